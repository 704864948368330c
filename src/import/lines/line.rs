//! A row with its amounts becomes lines of the ledger.

use super::reader::LineReader;
use crate::dimension::{Dimension, NameId};
use crate::import::files::Row;
use crate::import::report::Sample;
use crate::ledger::DateId;
use crate::money::Money;

/// Lines shown in the preview.
const SAMPLES: usize = 5;

impl LineReader<'_> {
    /// Reads a row as a line for each of its amounts, which are told by their column among those of amounts.
    pub(super) fn read_line(&mut self, row: &Row, amounts: &[(usize, Money)]) {
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

/// The dimensions that are asked for; the others are not told apart.
pub(super) fn kept_only(
    ids: [NameId; Dimension::COUNT],
    by: [bool; Dimension::COUNT],
) -> [NameId; Dimension::COUNT] {
    std::array::from_fn(|index| if by[index] { ids[index] } else { NameId::NOT_STATED })
}
