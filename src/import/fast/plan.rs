//! Whether a file is plain enough for the fast way, and all that this way must know of it. Anything unusual
//! in the column map makes it a file for the thorough way, whole.

use super::sums::MOST_SUMMED;
use crate::import::cell::Unit;
use crate::import::files::{Dialect, Encoding};
use crate::import::lines::LinePlan;
use crate::import::recognise::{ColumnMap, Field};

/// Columns beyond these make a file one for the thorough way.
/// The places of a row's cells lie on the stack; published lists have ten to forty columns.
pub(super) const MOST_PLAIN_COLUMNS: usize = 256;

/// What the fast way must know of a file: where which cell stands.
#[derive(Clone, Debug)]
pub(in crate::import) struct BlockPlan {
    pub(super) delimiter: u8,
    pub(super) encoding: Encoding,
    /// Where £ is a byte of its own, its value.
    pub(super) pound: Option<u8>,
    pub(super) utf_8: bool,
    pub(super) amount: usize,
    /// How cells are read as numbers, where it is counted what became of every number.
    pub(super) counts: Option<ColumnMap>,
    /// Columns of which nothing is kept, and whose numbers are counted all the same, and whether they are added up too.
    pub(super) counted: Vec<(usize, bool)>,
    /// How many columns have a heading.
    pub(super) columns: usize,
    /// Columns whose cells are kept as small numbers, in the order that [`LinePlan::kept_columns`] has them.
    pub(super) kept: Vec<usize>,
    /// By kept column: a cell met for the first time makes its row one for the thorough way, which may have to
    /// complain about it.
    pub(super) checked: Vec<bool>,
    /// Lines are not kept, only the sums of their combinations.
    pub(super) sums_only: bool,
    /// A cell of one of these tells a line from a total.
    pub(super) keys: Vec<usize>,
    /// Columns up to here are looked at.
    pub(super) width: usize,
    /// Rows before the first line.
    pub(super) rows_before_data: u32,
}

impl BlockPlan {
    /// A plan, where the file is plain enough: one amount in pounds a row, in an encoding that keeps ASCII.
    pub(in crate::import) fn of(lines: &LinePlan, dialect: Dialect, encoding: Encoding) -> Option<Self> {
        let map = lines.map();
        let (kept, checked) = lines.kept_columns();
        let keys = lines.keys().to_vec();
        let amounts = map.amount_columns();
        let [amount] = amounts[..] else { return None };
        let plain = lines.is_simple()
            && map.amounts.unit == Unit::Pounds
            && !map.amounts.decimal_comma
            && !dialect.carriage_returns
            && !dialect.guarded
            // Commas and line ends can be told as bytes only where no other letter holds them.
            && encoding.keeps_ascii()
            && !keys.is_empty()
            && map.columns.len() <= MOST_PLAIN_COLUMNS
            // What turns an amount round, or says where a row is from, needs the whole row.
            && map.place(&Field::Direction).is_none()
            && map.place(&Field::Source).is_none()
            && (!lines.sums_only() || kept.len() <= MOST_SUMMED && !lines.counts_numbers());
        let width = kept.iter().chain(&keys).chain([&amount]).max().map_or(0, |last| last + 1);
        let counted = (0..map.columns.len()).filter(|place| *place != amount && !kept.contains(place));
        plain.then_some(Self {
            counts: lines.counts_numbers().then(|| map.clone()),
            counted: counted
                .filter(|_| lines.counts_numbers())
                .map(|place| (place, lines.adds_up_told(place)))
                .collect(),
            columns: map.columns.len(),
            delimiter: dialect.delimiter,
            encoding,
            pound: encoding.pound_byte(),
            utf_8: encoding.is_utf_8(),
            amount,
            kept,
            checked,
            sums_only: lines.sums_only(),
            keys,
            width,
            rows_before_data: lines.rows_before_data(),
        })
    }
}
