//! What the cells of each column look like, in counts: money, dates, words, long numbers. Columns are
//! recognised by these and by their headings together.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::person::PersonalSigns;
use crate::import::cell::{Amount, AmountStyle, read_both_ways, read_serial};
use crate::import::files::Row;

/// Distinct values that are kept for a column.
const MOST_VALUES: usize = 64;
/// Distinct cells of a column that are judged once.
const MOST_JUDGED: usize = 1_000;

/// What the cells of a column look like.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) filled: usize,
    pub(super) money: usize,
    /// Money with pence, thousands separators or a pound sign: surely no number of something else.
    pub(super) sure_money: usize,
    pub(super) withheld: usize,
    /// Formulas that were never worked out.
    pub(super) formulas: usize,
    pub(super) nil: usize,
    pub(super) negative: usize,
    pub(super) day_first: usize,
    pub(super) month_first: usize,
    pub(super) serials: usize,
    /// Eight digits and more, or digits with a leading nought: numbers of documents.
    pub(super) long_numbers: usize,
    pub(super) letters: usize,
    pub(super) length: usize,
    pub(super) comma_decimals: usize,
    pub(super) point_decimals: usize,
    /// The commonest values by how often they occur, while there are few.
    pub(super) values: FxHashMap<String, usize>,
    pub(super) many_values: bool,
    pub(super) personal: PersonalSigns,
    /// What cells are that were met before: the same ones come again and again.
    judged: FxHashMap<String, Judged>,
}

/// What one cell looks like; see [`Profile`].
#[derive(Clone, Copy, Debug, Default)]
struct Judged {
    letters: bool,
    formula: bool,
    nil: bool,
    withheld: bool,
    day_first: bool,
    month_first: bool,
    serial: bool,
    long_number: bool,
    money: bool,
    negative: bool,
    sure_money: bool,
    point_decimals: bool,
    comma_decimals: bool,
}

impl Judged {
    fn of(cell: &str) -> Self {
        let mut judged = Self {
            letters: cell.bytes().any(|b| b.is_ascii_alphabetic()),
            formula: cell.starts_with('='),
            ..Self::default()
        };
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 {
            // A long text is neither a dash nor a word that stands for an amount.
            let word = if cell.len() <= 32 { AmountStyle::read_word(cell) } else { None };
            judged.nil = word == Some(Amount::Nil);
            judged.withheld = word == Some(Amount::Withheld);
            return judged;
        }
        (judged.day_first, judged.month_first) = read_both_ways(cell);
        judged.serial = read_serial(cell).is_some();
        let plain = cell.len() == digits;
        judged.long_number = plain && (digits >= 8 || digits > 1 && cell.starts_with('0'));
        match AmountStyle::default().read(cell) {
            Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => {
                judged.money = true;
                judged.negative = money.is_negative();
                judged.sure_money = cell.contains(['.', ',', '£', '(', '-']);
                let decimals = cell.rsplit_once('.').map_or(0, |(_, after)| after.len());
                judged.point_decimals = decimals > 0 && decimals != 3;
            }
            _ => {
                let comma = AmountStyle { decimal_comma: true, ..AmountStyle::default() };
                judged.comma_decimals = matches!(comma.read(cell), Amount::Exact(_) | Amount::Rounded(..));
            }
        }
        judged
    }
}

impl Profile {
    fn add(&mut self, cell: &str) {
        self.filled += 1;
        self.length += cell.len();
        if let Some(count) = self.values.get_mut(cell) {
            *count += 1;
        } else if self.values.len() < MOST_VALUES {
            self.values.insert(cell.to_owned(), 1);
        } else {
            self.many_values = true;
        }
        // People are told by most of a column, so some of it will do.
        if self.filled <= 200 || self.filled.is_multiple_of(8) {
            self.personal.add(cell);
        }
        if let Some(&judged) = self.judged.get(cell) {
            return self.count(judged);
        }
        let judged = Judged::of(cell);
        if self.judged.len() < MOST_JUDGED {
            self.judged.insert(cell.to_owned(), judged);
        }
        self.count(judged);
    }

    fn count(&mut self, judged: Judged) {
        for (count, holds) in [
            (&mut self.letters, judged.letters),
            (&mut self.formulas, judged.formula),
            (&mut self.nil, judged.nil),
            (&mut self.withheld, judged.withheld),
            (&mut self.day_first, judged.day_first),
            (&mut self.month_first, judged.month_first),
            (&mut self.serials, judged.serial),
            (&mut self.long_numbers, judged.long_number),
            (&mut self.money, judged.money),
            (&mut self.negative, judged.negative),
            (&mut self.sure_money, judged.sure_money),
            (&mut self.point_decimals, judged.point_decimals),
            (&mut self.comma_decimals, judged.comma_decimals),
        ] {
            *count += usize::from(holds);
        }
    }

    /// Share of the filled cells, in hundredths; of nothing it is nothing.
    pub(super) fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.filled).unwrap_or(0)
    }

    /// Whether most cells can be read as money, nil or not given.
    pub(super) fn is_money(&self) -> bool {
        self.money + self.comma_decimals > 0
            && self.percent(self.money + self.comma_decimals + self.nil + self.withheld) >= 70
            && self.money + self.comma_decimals > self.long_numbers
    }

    pub(super) fn is_date(&self) -> bool {
        self.percent(self.day_first.max(self.month_first)) >= 60
    }

    pub(super) fn is_text(&self) -> bool {
        self.percent(self.letters) >= 60
    }

    pub(super) fn distinct(&self) -> usize {
        self.values.len()
    }
}

/// Rows whose amounts are kept to see which columns are totals of others.
const MOST_SUMMED: usize = 300;

/// What every column of the rows below the headings looks like.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Profiles {
    pub(super) columns: Vec<Profile>,
    /// Rows looked at, blank ones apart.
    pub(in crate::import) rows: usize,
    /// The amounts of the first rows of wide tables, in ten-thousandths, by column.
    pub(super) sums: Vec<Vec<Option<i64>>>,
    /// How many cells a row usually fills.
    filled: FxHashMap<usize, usize>,
    /// Cells beyond the last heading: by their place, how many there are and the row of the first.
    beyond: BTreeMap<usize, (u64, u32)>,
}

/// So many columns without headings are told apart.
const MOST_BEYOND: usize = 64;

impl Profiles {
    pub(in crate::import) fn add(&mut self, row: &Row) {
        let mut filled = 0;
        for index in 0..row.len() {
            let cell = row.cell(index);
            if cell.is_empty() {
                continue;
            }
            filled += 1;
            while self.columns.len() <= index {
                self.columns.push(Profile::default());
            }
            self.columns[index].add(cell);
        }
        if filled > 3 && self.sums.len() < MOST_SUMMED {
            self.sums.push((0..row.len()).map(|index| units(row.cell(index))).collect());
        }
        if filled > 0 {
            self.rows += 1;
            *self.filled.entry(filled).or_default() += 1;
        }
    }

    /// Notes what a row holds beyond the last heading.
    pub(in crate::import) fn note_beyond(&mut self, row: &Row, headings: usize) {
        for place in (headings..row.len()).filter(|&place| !row.cell(place).is_empty()) {
            if self.beyond.len() < MOST_BEYOND || self.beyond.contains_key(&place) {
                self.beyond.entry(place).or_insert((0, row.number)).0 += 1;
            }
        }
    }

    /// How many cells stand in columns that have no heading and are not read, and the first of them: its row and place.
    pub(in crate::import) fn beyond(&self, is_read: impl Fn(usize) -> bool) -> Option<(u64, u32, usize)> {
        let unread = || self.beyond.iter().filter(|(place, _)| !is_read(**place));
        let (place, (_, row)) = unread().min_by_key(|(place, (_, row))| (*row, **place))?;
        Some((unread().map(|(_, (count, _))| count).sum(), *row, *place))
    }

    pub(super) fn get(&self, index: usize) -> &Profile {
        static NOTHING: std::sync::LazyLock<Profile> = std::sync::LazyLock::new(Profile::default);
        self.columns.get(index).unwrap_or(&NOTHING)
    }

    /// The columns up to the last that holds anything.
    pub(super) fn width(&self) -> usize {
        self.columns.iter().rposition(|column| column.filled > 0).map_or(0, |last| last + 1)
    }

    /// The number of cells that most rows fill.
    pub(in crate::import) fn usually_filled(&self) -> usize {
        let mut counts: Vec<(usize, usize)> =
            self.filled.iter().map(|(&filled, &rows)| (rows, filled)).collect();
        counts.sort_unstable();
        counts.last().map_or(0, |(_, filled)| *filled)
    }
}

fn units(cell: &str) -> Option<i64> {
    if !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    match AmountStyle::default().read(cell) {
        Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => {
            i64::try_from(money.units()).ok()
        }
        _ => None,
    }
}
