//! Rows without an amount that can be read: notes, damaged rows with how they were meant, problems.

use super::reader::{Damaged, LineReader};
use super::repair::{RowShape, repair_of};
use crate::dimension::Dimension;
use crate::import::cell::{Amount, is_marked};
use crate::import::files::Row;
use crate::import::problem::{Code, SkipReason};
use crate::import::report::Repair;
use crate::import::words::shown;
use crate::money::AmountError;

impl LineReader<'_> {
    /// A row whose amount is missing or cannot be read: a heading again, a note, or a problem.
    pub(super) fn without_amount(&mut self, row: &Row, amount: Amount) {
        if self.begins_other_table(row) {
            return self.leave_apart(row);
        }
        if self.repeats_headings(row) {
            return self.report.skip(row, SkipReason::RepeatedHeading);
        }
        if row.cells().all(|cell| cell.is_empty() || says_nil(cell)) {
            return self.report.skip(row, SkipReason::Note);
        }
        let filled = row.filled();
        let place = self.plan.places.amounts[0];
        if amount == Amount::Withheld && is_marked(row.cell(place)) && filled > 1 {
            self.report.file.withheld += 1;
            return self.report.skip(row, SkipReason::NotGiven);
        }
        let few = filled == 1 || filled * 2 < self.plan.table.usually_filled;
        let keyed = self.plan.places.keys.iter().filter(|&&key| !row.cell(key).is_empty()).count();
        let is_note = filled == 1 || amount == Amount::Blank && few && (keyed == 0 || filled <= 2);
        let repair = if is_note && filled > 1 || self.is_income(row) { None } else { self.repair_of(row) };
        if let Some(repair) = repair {
            return match self.damaged {
                Damaged::Mended => self.read_mended(row, &repair),
                Damaged::Proposed => self.propose(row, repair),
            };
        }
        if is_note {
            self.note_title(row);
            return self.report.skip(row, SkipReason::Note);
        }
        if self.is_income(row) {
            return self.report.skip(row, SkipReason::Income);
        }
        let text = row.cell(place);
        if text.starts_with('=') && keyed == 0 {
            // Only a total stands beside nothing else.
            return self.report.skip(row, SkipReason::Total);
        }
        let (code, what) = match amount {
            _ if text.starts_with('=') => (Code::FormulaUncalculated, uncalculated(text)),
            Amount::Blank => {
                (Code::AmountMissing, "there is no amount; fill it in, or take the row out".to_owned())
            }
            Amount::Not(error) => (unreadable_code(error), format!("\"{}\" {error}", shown(text))),
            _ => (Code::AmountUnreadable, format!("\"{}\" {}", shown(text), AmountError::Unreadable)),
        };
        self.report.reject(row, place, code, &what);
    }

    /// Reads a damaged row as it may have been meant.
    fn read_mended(&mut self, row: &Row, repair: &Repair) {
        let mut meant = Row::default();
        meant.clear(row.number);
        for cell in &repair.cells {
            meant.push(cell);
        }
        self.report.note_mended(row);
        self.read_line(&meant, &[(0, repair.amount)]);
    }

    /// Keeps back a damaged row, with how it may have been meant.
    fn propose(&mut self, row: &Row, repair: Repair) {
        let what = format!(
            "its cells stand beside their columns; read as \"{}\" its amount would be {}",
            shown(&repair.cells.join(", ")),
            repair.amount
        );
        self.totals.propose(repair.amount);
        self.report.reject(row, self.plan.places.amounts[0], Code::RowDamaged, &what);
        if let Some(reject) = self.report.file.rejects.last_mut().filter(|reject| reject.row == row.number) {
            reject.repair = Some(repair);
        }
    }

    fn repair_of(&self, row: &Row) -> Option<Repair> {
        let payees = self.plan.places.names.iter().filter(|column| column.dimension == Dimension::Supplier);
        let shape = RowShape {
            map: &self.plan.table.map,
            width: self
                .plan
                .headings
                .iter()
                .rposition(|heading| !heading.is_empty())
                .map_or(0, |last| last + 1),
            amount: self.plan.places.amounts[0],
            date: self.plan.places.date,
            texts: payees.map(|column| column.place).chain(self.plan.places.description).collect(),
        };
        repair_of(row, &shape)
    }
}

/// Whether a cell says that there is nothing.
fn says_nil(cell: &str) -> bool {
    let words = ["nil", "none", "n/a", "na", "-", "nil return", "no return", "nothing", "not applicable"];
    words.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

pub(super) fn uncalculated(formula: &str) -> String {
    format!(
        "the formula \"{}\" holds no value; open the file in a spreadsheet, let it calculate, and save it again",
        shown(formula)
    )
}

pub(super) fn unreadable_code(error: AmountError) -> Code {
    match error {
        AmountError::TooLarge => Code::AmountTooLarge,
        AmountError::Unreadable | AmountError::TooFine => Code::AmountUnreadable,
    }
}
