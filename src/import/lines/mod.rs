//! The rows below the headings to lines, by a column map: whatever a row may be.

mod plain;
mod rejected;
mod repair;
mod rows;
mod running_totals;
mod said;
mod told;
mod totals;

use rustc_hash::FxHashMap;
use std::ops::ControlFlow;

use super::files::Row;
use super::problem::{Code, SkipReason};
use super::recognise::{ColumnMap, Credits, Field, Spelling, month_in};
use super::report::FileReport;
use crate::dimension::{Date, Dimension, FinancialYear, NameId};
use crate::ledger::{DateId, LedgerBuilder, SourceId};
use crate::money::Money;

pub(super) use plain::PlainBlock;
use running_totals::RunningTotals;

/// Problems of rows that are listed one by one; beyond, they are counted.
const MOST_PROBLEMS: usize = 10_000;

/// Reads the rows below the headings into lines, by a column map.
pub(super) struct LineReader<'a> {
    map: &'a ColumnMap,
    headings: Vec<String>,
    /// How many cells a row usually fills.
    usually_filled: usize,
    amounts: Vec<AmountColumn>,
    date: Option<usize>,
    month: Option<usize>,
    /// The column that is the sum of the amounts side by side.
    total: Option<usize>,
    /// How many rows miss it, and by how much together.
    not_itemised: (u64, Money),
    direction: Option<usize>,
    description: Option<usize>,
    reference: Option<usize>,
    source: Option<usize>,
    source_row: Option<usize>,
    names: Vec<NameColumn>,
    /// Cells that are filled in every line and empty in an unlabelled total.
    keys: Vec<usize>,
    /// What holds for every line.
    base: [NameId; Dimension::COUNT],
    own_source: SourceId,
    sources: FxHashMap<String, SourceId>,
    dates: FxHashMap<String, (DateId, NameId)>,
    texts: FxHashMap<String, NameId>,
    totals: RunningTotals,
    rounded: (u64, Option<u32>, i128),
    /// What tells the first rows apart from each other.
    remembered: Vec<u64>,
    unlisted: FxHashMap<Code, u64>,
    last_rejected: Option<(u32, Code)>,
    /// Damaged rows are read as they may have been meant.
    pub(super) mend: bool,
    /// Where another column tells which amounts are credits.
    pub(super) credits: Option<Credits>,
    mended: Vec<u32>,
    /// Rows that are the sums of rows of a deeper level below them, in order.
    pub(super) repeated: Vec<u32>,
    /// Only the sums by these dimensions are kept, not the lines.
    sums_by: Option<[bool; Dimension::COUNT]>,
    /// What tells the row at hand from others, where a block has worked it out.
    print: Option<u64>,
    /// By number: the date and the year of a cell of the date column, for blocks.
    date_pairs: Vec<(DateId, NameId)>,
    header_rows: (u32, u32),
    pub(super) lines: LedgerBuilder,
    pub(super) report: FileReport,
}

struct AmountColumn {
    place: usize,
    /// The dimension it sets, with the name's id.
    of: Option<(Dimension, NameId)>,
    /// The date it sets, where it is an amount of a month.
    date: DateId,
}

struct NameColumn {
    place: usize,
    dimension: Dimension,
    spelling: Spelling,
    ids: FxHashMap<String, NameId>,
}

impl<'a> LineReader<'a> {
    #[expect(
        clippy::too_many_arguments,
        reason = "what is known of a file before its rows are read, each used once"
    )]
    pub(super) fn new(
        map: &'a ColumnMap,
        headings: Vec<String>,
        usually_filled: usize,
        base: &[(Dimension, String)],
        file_year: Option<FinancialYear>,
        (rows_before_data, heading_height): (u32, u32),
        sums_by: Option<&[Dimension]>,
        report: FileReport,
    ) -> Self {
        let mut lines = LedgerBuilder::default();
        let own_source = lines.add_source(report.source.clone());
        let mut base_ids = [NameId::NOT_STATED; Dimension::COUNT];
        if let Some(year) = file_year {
            base_ids[Dimension::Year.index()] = lines.names_mut(Dimension::Year).add(&year.to_string());
        }
        for (dimension, name) in base {
            base_ids[dimension.index()] = lines.names_mut(*dimension).add(name);
        }
        let wants_year = sums_by.is_none_or(|by| by.contains(&Dimension::Year));
        let set: Vec<Dimension> = base.iter().map(|(dimension, _)| *dimension).collect();
        let mut amounts = Vec::new();
        for place in map.amount_columns() {
            amounts.push(match &map.columns[place].field {
                Field::AmountFor(dimension, name) => {
                    amount_for(&mut lines, place, *dimension, name, file_year)
                }
                _ => AmountColumn { place, of: None, date: DateId::NONE },
            });
        }
        let names: Vec<NameColumn> = map
            .columns
            .iter()
            .enumerate()
            .filter_map(|(place, column)| match column.field {
                Field::Dimension(dimension)
                    if !set.contains(&dimension) && sums_by.is_none_or(|by| by.contains(&dimension)) =>
                {
                    Some(NameColumn {
                        place,
                        dimension,
                        spelling: Spelling::of(dimension),
                        ids: FxHashMap::default(),
                    })
                }
                _ => None,
            })
            .collect();
        let place = |field: &Field| map.place(field);
        // For sums a date only matters where it alone tells the year.
        let wants_date = sums_by.is_none()
            || wants_year
                && !set.contains(&Dimension::Year)
                && place(&Field::Dimension(Dimension::Year)).is_none();
        let keys = key_columns(map);
        Self {
            headings,
            usually_filled,
            date: place(&Field::Date).filter(|_| wants_date),
            month: place(&Field::Month).filter(|_| wants_date),
            total: map.total.as_ref().and_then(|heading| {
                map.columns
                    .iter()
                    .position(|column| column.heading == *heading && column.field == Field::Passed)
            }),
            not_itemised: (0, Money::ZERO),
            direction: place(&Field::Direction),
            description: place(&Field::Description),
            reference: place(&Field::Reference),
            source: place(&Field::Source),
            source_row: place(&Field::SourceRow),
            totals: RunningTotals::new(amounts.len()),
            amounts,
            names,
            keys,
            base: base_ids,
            own_source,
            sources: FxHashMap::default(),
            dates: FxHashMap::default(),
            texts: FxHashMap::default(),
            rounded: (0, None, 0),
            remembered: Vec::new(),
            unlisted: FxHashMap::default(),
            last_rejected: None,
            mend: false,
            credits: None,
            mended: Vec::new(),
            repeated: Vec::new(),
            sums_by: sums_by.map(|by| Dimension::ALL.map(|dimension| by.contains(&dimension))),
            print: None,
            date_pairs: Vec::new(),
            header_rows: (rows_before_data, heading_height),
            lines,
            report,
            map,
        }
    }

    /// Takes a row out of the ordinary from a block.
    pub(super) fn take_odd(&mut self, row: &Row, print: u64) -> ControlFlow<()> {
        self.print = Some(print);
        let flow = self.take_from_first(row);
        self.print = None;
        flow
    }

    /// Takes a row from the file's first on: titles and headings too.
    pub(super) fn take_from_first(&mut self, row: &Row) -> ControlFlow<()> {
        let (before, height) = self.header_rows;
        self.report.rows += 1;
        if row.number > before {
            return self.take(row);
        }
        if height > 0 && row.number > before - height {
            self.report.heading_rows += 1;
        } else {
            self.skip(row, if row.is_blank() { SkipReason::Blank } else { SkipReason::Title });
        }
        ControlFlow::Continue(())
    }

    /// Takes the next row: a line, or a row to pass over, or a problem.
    pub(super) fn take(&mut self, row: &Row) -> ControlFlow<()> {
        if row.is_blank() {
            self.skip(row, SkipReason::Blank);
            return ControlFlow::Continue(());
        }
        if self.repeated.binary_search(&row.number).is_ok() {
            self.skip(row, SkipReason::Total);
            return ControlFlow::Continue(());
        }
        if row.quote_unclosed {
            self.warn(
                row,
                None,
                Code::QuoteUnclosed,
                "a quotation mark is opened and never closed; it was read as part of the text",
            );
        }
        if self.amounts.len() == 1 {
            self.take_single(row);
        } else {
            self.take_wide(row);
        }
        ControlFlow::Continue(())
    }
}

/// A date, a payee, a number: filled in a line and empty in a total. Files without them have their other names.
fn key_columns(map: &ColumnMap) -> Vec<usize> {
    let of = |wanted: &dyn Fn(&Field) -> bool| -> Vec<usize> {
        map.columns
            .iter()
            .enumerate()
            .filter(|(_, column)| wanted(&column.field))
            .map(|(place, _)| place)
            .collect()
    };
    let keys =
        of(&|field| matches!(field, Field::Date | Field::Reference | Field::Dimension(Dimension::Supplier)));
    if keys.is_empty() {
        of(&|field| matches!(field, Field::Dimension(_) | Field::Description))
    } else {
        keys
    }
}

fn amount_for(
    lines: &mut LedgerBuilder,
    place: usize,
    dimension: Dimension,
    name: &str,
    file_year: Option<FinancialYear>,
) -> AmountColumn {
    let month = if dimension == Dimension::Year && name.parse::<FinancialYear>().is_err() {
        month_of(name, file_year)
    } else {
        None
    };
    if let Some(date) = month {
        let year = lines.names_mut(Dimension::Year).add(&date.financial_year().to_string());
        let date = lines.dates_mut().add(date);
        return AmountColumn { place, of: Some((Dimension::Year, year)), date };
    }
    let id =
        if name.starts_with("month ") { NameId::NOT_STATED } else { lines.names_mut(dimension).add(name) };
    AmountColumn { place, of: Some((dimension, id)), date: DateId::NONE }
}

/// `2024-04`, or `month 4` of the file's financial year.
fn month_of(name: &str, file_year: Option<FinancialYear>) -> Option<Date> {
    if let Some((year, month)) = name.split_once('-') {
        return Date::of_month(year.parse().ok()?, month.parse().ok()?);
    }
    let month: u8 =
        name.strip_prefix("month ")?.parse().ok().or_else(|| month_in(name).map(|(month, _)| month))?;
    let start = file_year?.start();
    Date::of_month(if month < 4 { start + 1 } else { start }, month)
}
