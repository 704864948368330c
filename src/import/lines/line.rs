//! A row with its amounts becomes lines of the ledger.

use super::reader::LineReader;
use crate::dimension::{Dimension, NameId};
use crate::import::cell::Amount;
use crate::import::files::Row;
use crate::import::problem::Code;
use crate::import::report::Sample;
use crate::import::words::shown;
use crate::ledger::{AmountRange, DateId};
use crate::money::Money;

/// Lines shown in the preview.
const SAMPLES: usize = 5;

impl LineReader<'_> {
    /// Reads a row as a line for each of its amounts, which are told by their column among those of amounts.
    pub(super) fn read_line(&mut self, row: &Row, amounts: &[(usize, Money)]) {
        self.begin_line();
        let filled = self.filled_down(row);
        let row = filled.as_ref().unwrap_or(row);
        if row.hidden {
            self.report.note_hidden(row, amounts.iter().map(|(_, money)| *money).sum());
        }
        let (date, mut ids) = self.ids.dimensions(row, &mut self.report);
        for &(index, money) in amounts {
            let mut date = date;
            let amount = self.ids.amounts[index];
            if let Some((dimension, name)) = amount.of {
                ids[dimension.index()] = name;
                if amount.date != DateId::NONE {
                    date = amount.date;
                }
            }
            self.push_line(row, money, ids, date);
            if amounts.len() == 1 {
                self.read_range(row, money);
            }
            self.totals.add(index, money);
        }
        self.report.add_read(1);
        let sample = &mut self.report.file.sample;
        if sample.len() < SAMPLES {
            sample.push(Sample { row: row.number, cells: row.cells().map(str::to_owned).collect() });
        }
        if !self.plan.sums_only() {
            self.fingerprints.remember_row(row);
        }
    }

    /// A line follows: the rows that waited for one are lines too, and what stood above it no longer matters.
    pub(super) fn begin_line(&mut self) {
        self.end_half();
        if self.around.is_apart {
            self.around.is_apart = false;
            self.around.title.clear();
        }
        for (row, money) in std::mem::take(&mut self.waiting) {
            self.read_line(&row, &[(0, money)]);
        }
    }

    /// The row with the names above it in its empty cells, where a column has them only where they change.
    fn filled_down(&mut self, row: &Row) -> Option<Row> {
        self.remember_above(row);
        let columns = &self.plan.table.filled_down;
        if columns.iter().all(|&column| !row.cell(column).is_empty()) {
            return None;
        }
        let cells = (0..row.len()).map(|place| match columns.iter().position(|&column| column == place) {
            Some(at) if row.cell(place).is_empty() => self.above[at].as_str(),
            _ => row.raw_cell(place),
        });
        Some(row.with_cells(cells))
    }

    /// Remembers the names of a row for those below it.
    pub(super) fn remember_above(&mut self, row: &Row) {
        for (above, &column) in self.above.iter_mut().zip(&self.plan.table.filled_down) {
            let cell = row.cell(column);
            if !cell.is_empty() {
                cell.clone_into(above);
            }
        }
    }

    pub(super) fn push_line(
        &mut self,
        row: &Row,
        money: Money,
        ids: [NameId; Dimension::COUNT],
        date: DateId,
    ) {
        if let Some(by) = self.plan.sums_by {
            self.ids.lines.add_sum(kept_only(ids, by), money, 1);
        } else {
            let description = match self.plan.places.description {
                Some(place) => self.ids.text_id(row.cell(place)),
                None => NameId::NOT_STATED,
            };
            let (source, line_row) = self.ids.origin(row);
            self.ids.lines.push_ids(money, ids, description, date, Some(source), Some(line_row));
        }
        self.report.add_line(money);
    }
}

impl LineReader<'_> {
    /// Reads what the amount of the line that was added last may be, where columns say it.
    fn read_range(&mut self, row: &Row, amount: Money) {
        let (plan, places) = (self.plan, &self.plan.places);
        if plan.sums_only() || places.low.is_none() && places.high.is_none() {
            return;
        }
        let mut unreadable = None;
        let mut side = |place: Option<usize>| {
            let (place, cell) = place.map(|place| (place, row.cell(place)))?;
            match plan.table.map.amounts.read(cell) {
                Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => Some(money),
                Amount::Nil => Some(Money::ZERO),
                Amount::Blank | Amount::Withheld => None,
                Amount::Not(_) => {
                    unreadable = Some((place, format!("\"{}\" is no amount of money", shown(cell))));
                    None
                }
            }
        };
        let (low, high) = (side(places.low), side(places.high));
        let stated = (low.is_some() || high.is_some())
            .then(|| AmountRange { low: low.unwrap_or(amount), high: high.unwrap_or(amount) });
        let wrong = stated.and_then(|range| range.wrong_for(amount));
        let at = places.low.or(places.high).unwrap_or_default();
        match (unreadable.or(wrong.map(|wrong| (at, wrong))), stated) {
            (Some((place, what)), _) => {
                let what = format!("{what}; the line is read without its low and high");
                self.report.warn(row, Some(place), Code::RangeUnreadable, &what);
            }
            (None, Some(range)) => self.ids.lines.set_range_of_last(range),
            (None, None) => {}
        }
    }
}

/// The dimensions that are asked for; the others are not told apart.
pub(super) fn kept_only(
    ids: [NameId; Dimension::COUNT],
    by: [bool; Dimension::COUNT],
) -> [NameId; Dimension::COUNT] {
    std::array::from_fn(|index| if by[index] { ids[index] } else { NameId::NOT_STATED })
}
