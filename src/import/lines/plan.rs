//! What is known of a table before its rows are read, and stays so while they are.

use crate::dimension::{Dimension, FinancialYear};
use crate::import::cell::Currency;
use crate::import::recognise::{ColumnMap, Credits, Field, MappedColumn, Spelling};

/// What was recognised of a table.
pub(in crate::import) struct Recognised {
    pub(in crate::import) map: ColumnMap,
    /// Rows before the first line, headings among them.
    pub(in crate::import) rows_before_data: u32,
    /// How many rows the headings take.
    pub(in crate::import) heading_height: u32,
    /// How many cells a row usually fills.
    pub(in crate::import) usually_filled: usize,
    /// What holds for every line.
    pub(in crate::import) set: Vec<(Dimension, String)>,
    /// The year of the file's titles or name.
    pub(in crate::import) file_year: Option<FinancialYear>,
    /// Where another column tells which amounts are credits.
    pub(in crate::import) credits: Option<Credits>,
    /// Rows that are the sums of rows of a deeper level below them, in order.
    pub(in crate::import) sums_of_parts: Vec<u32>,
    /// Columns of names whose empty cells are what stands above them.
    pub(in crate::import) filled_down: Vec<usize>,
    /// Columns that hold amounts or other measures, read or not.
    pub(in crate::import) measures: Vec<usize>,
    /// The currency of the amounts, and the column that says it row by row.
    pub(in crate::import) currency: Currency,
    pub(in crate::import) currencies: Option<usize>,
    /// The dates are months by their numbers: `2024-04`.
    pub(in crate::import) year_months: bool,
    /// Rows that are lines wherever they stand.
    pub(in crate::import) lines_at: Vec<u32>,
    /// Where it is counted what became of every number: the columns of amounts, read or not.
    pub(in crate::import) counted: Option<Vec<usize>>,
    /// Only the sums by these dimensions are kept, not the lines.
    pub(in crate::import) sums_by: Option<Vec<Dimension>>,
}

/// How the rows of a table are read.
pub(in crate::import) struct LinePlan {
    pub(super) table: Recognised,
    /// Without surrounding space.
    pub(super) headings: Vec<String>,
    pub(super) places: Places,
    /// By dimension, whether the sums tell it apart; `None` where lines are kept.
    pub(super) sums_by: Option<[bool; Dimension::COUNT]>,
}

/// Where which cell of a line stands.
pub(super) struct Places {
    /// One, or several side by side.
    pub(super) amounts: Vec<usize>,
    /// The column that is the sum of the amounts side by side.
    pub(super) total: Option<usize>,
    pub(super) names: Vec<NameColumn>,
    pub(super) date: Option<usize>,
    /// The date, also where it need not be kept: it tells lines from totals.
    pub(super) date_said: Option<usize>,
    pub(super) month: Option<usize>,
    pub(super) direction: Option<usize>,
    pub(super) description: Option<usize>,
    pub(super) reference: Option<usize>,
    pub(super) source: Option<usize>,
    pub(super) source_row: Option<usize>,
    /// What an estimated amount is at least and at most.
    pub(super) low: Option<usize>,
    pub(super) high: Option<usize>,
    /// Cells that are filled in every line and empty in an unlabelled total.
    pub(super) keys: Vec<usize>,
}

/// A column of names of a dimension.
pub(super) struct NameColumn {
    pub(super) place: usize,
    pub(super) dimension: Dimension,
    pub(super) spelling: Spelling,
}

impl LinePlan {
    pub(in crate::import) fn new(table: Recognised) -> Self {
        let by = |by: &Vec<Dimension>| Dimension::ALL.map(|dimension| by.contains(&dimension));
        Self {
            headings: table.map.columns.iter().map(|column| column.heading.trim().to_owned()).collect(),
            places: Places::of(&table),
            sums_by: table.sums_by.as_ref().map(by),
            table,
        }
    }

    pub(in crate::import) fn map(&self) -> &ColumnMap {
        &self.table.map
    }

    /// Rows before the first line, headings among them.
    pub(in crate::import) fn rows_before_data(&self) -> u32 {
        self.table.rows_before_data
    }

    /// Whether only sums are kept, and no lines.
    pub(in crate::import) fn sums_only(&self) -> bool {
        self.sums_by.is_some()
    }

    /// Whether it is counted what became of every number.
    pub(in crate::import) fn counts_numbers(&self) -> bool {
        self.table.counted.is_some()
    }

    /// Whether the numbers of a column are added up where it is counted what became of them: those of another column of
    /// amounts that is not read.
    pub(in crate::import) fn adds_up_told(&self, column: usize) -> bool {
        let is_passed = self.table.map.columns.get(column).is_none_or(|known| known.field == Field::Passed);
        is_passed && self.table.counted.as_ref().is_some_and(|money| money.contains(&column))
    }

    /// Columns of which a line fills one at least.
    pub(in crate::import) fn keys(&self) -> &[usize] {
        &self.places.keys
    }

    /// Whether the fast way can do without what this table has.
    pub(in crate::import) fn is_simple(&self) -> bool {
        self.places.month.is_none()
            && self.places.amounts.len() == 1
            && self.places.low.is_none()
            && self.places.high.is_none()
            && self.table.credits.is_none()
            && self.table.sums_of_parts.is_empty()
            && self.table.filled_down.is_empty()
            && self.table.currencies.is_none()
    }

    /// The columns whose cells a block keeps as numbers, and whether new cells must come as rows first.
    pub(in crate::import) fn kept_columns(&self) -> (Vec<usize>, Vec<bool>) {
        let names = self.places.names.iter();
        let mut kept: Vec<(usize, bool)> =
            names.map(|column| (column.place, column.spelling != Spelling::Free)).collect();
        kept.extend(self.places.date.map(|place| (place, true)));
        if !self.sums_only() {
            kept.extend(self.places.description.map(|place| (place, false)));
        }
        kept.into_iter().unzip()
    }
}

impl Places {
    fn of(table: &Recognised) -> Self {
        let map = &table.map;
        let place = |field: &Field| map.place(field);
        let is_set = |wanted: Dimension| table.set.iter().any(|(dimension, _)| *dimension == wanted);
        let is_kept = |dimension: Dimension| table.sums_by.as_ref().is_none_or(|by| by.contains(&dimension));
        // For sums a date only matters where it alone tells the year.
        let wants_date = table.sums_by.is_none()
            || is_kept(Dimension::Year)
                && !is_set(Dimension::Year)
                && place(&Field::Dimension(Dimension::Year)).is_none();
        let names = map.columns.iter().enumerate().filter_map(|(place, column)| match column.field {
            Field::Dimension(dimension) if !is_set(dimension) && is_kept(dimension) => {
                Some(NameColumn { place, dimension, spelling: Spelling::of(dimension) })
            }
            _ => None,
        });
        Self {
            amounts: map.amount_columns(),
            total: map.total.as_ref().and_then(|heading| {
                let is_total =
                    |column: &MappedColumn| column.heading == *heading && column.field == Field::Passed;
                map.columns.iter().position(is_total)
            }),
            names: names.collect(),
            date: place(&Field::Date).filter(|_| wants_date),
            date_said: place(&Field::Date),
            month: place(&Field::Month).filter(|_| wants_date),
            direction: place(&Field::Direction),
            description: place(&Field::Description),
            reference: place(&Field::Reference),
            source: place(&Field::Source),
            source_row: place(&Field::SourceRow),
            low: place(&Field::Low),
            high: place(&Field::High),
            keys: key_columns(map),
        }
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
