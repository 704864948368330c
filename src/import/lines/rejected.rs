//! Rows without an amount that can be read: notes, damaged rows with how they were meant, problems.

use super::super::problem::{Code, Severity, SkipReason};
use super::super::report::{Reject, Repair};
use super::repair::{Shape, repair_of};
use super::{LineReader, MOST_PROBLEMS};
use crate::dimension::Dimension;
use crate::import::cell::Amount;
use crate::import::files::Row;
use crate::import::words::shown;
use crate::money::{AmountError, Money};

impl LineReader<'_> {
    /// A row whose amount is missing or cannot be read: a heading again, a note, or a problem.
    pub(super) fn without_amount(&mut self, row: &Row, amount: Amount) {
        if self.repeats_headings(row) {
            return self.skip(row, SkipReason::RepeatedHeading);
        }
        let filled = row.filled();
        let place = self.amounts[0].place;
        let few = filled == 1 || filled * 2 < self.usually_filled;
        let keyed = self.keys.iter().filter(|&&key| !row.cell(key).is_empty()).count();
        let is_note = filled == 1 || amount == Amount::Blank && few && (keyed == 0 || filled <= 2);
        let repair = if is_note && filled > 1 || self.is_income(row) { None } else { self.repair_of(row) };
        if let Some(repair) = repair {
            return if self.mend { self.read_mended(row, &repair) } else { self.propose(row, repair) };
        }
        if is_note {
            return self.skip(row, SkipReason::Note);
        }
        if self.is_income(row) {
            return self.skip(row, SkipReason::Income);
        }
        let text = row.cell(place);
        if text.starts_with('=') && keyed == 0 {
            // Only a total stands beside nothing else.
            return self.skip(row, SkipReason::Total);
        }
        let (code, what) = match amount {
            _ if text.starts_with('=') => (Code::FormulaUncalculated, uncalculated(text)),
            Amount::Blank => {
                (Code::AmountMissing, "there is no amount; fill it in, or take the row out".to_owned())
            }
            Amount::Not(error) => (unreadable_code(error), format!("\"{}\" {error}", shown(text))),
            _ => (Code::AmountUnreadable, format!("\"{}\" {}", shown(text), AmountError::Unreadable)),
        };
        self.reject(row, Some(place), code, &what);
    }

    /// Reads a damaged row as it may have been meant.
    fn read_mended(&mut self, row: &Row, repair: &Repair) {
        let mut meant = Row::default();
        meant.clear(row.number);
        for cell in &repair.cells {
            meant.push(cell);
        }
        self.mended.push(row.number);
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
        self.reject(row, Some(self.amounts[0].place), Code::RowDamaged, &what);
        if let Some(reject) = self.report.rejects.last_mut().filter(|reject| reject.row == row.number) {
            reject.repair = Some(repair);
        }
    }

    fn reject(&mut self, row: &Row, place: Option<usize>, code: Code, what: &str) {
        self.problem(row, place, Severity::Error, code, what);
        self.report.rejected += 1;
        self.last_rejected = Some((row.number, code));
        if self.report.rejects.len() < MOST_PROBLEMS {
            self.report.rejects.push(Reject {
                row: row.number,
                code,
                cells: row.cells().map(str::to_owned).collect(),
                repair: None,
            });
        }
    }

    fn repair_of(&self, row: &Row) -> Option<Repair> {
        let payees = self.names.iter().filter(|column| column.dimension == Dimension::Supplier);
        let shape = Shape {
            map: self.map,
            width: self.headings.iter().rposition(|heading| !heading.is_empty()).map_or(0, |last| last + 1),
            amount: self.amounts[0].place,
            date: self.date,
            texts: payees.map(|column| column.place).chain(self.description).collect(),
        };
        repair_of(row, &shape)
    }

    /// Says that the file's own total proves the repairs above it.
    pub(super) fn prove_repairs(&mut self, row: &Row, stated: Money) {
        let rows: Vec<String> = self
            .report
            .rejects
            .iter()
            .filter(|reject| reject.repair.is_some())
            .map(|reject| reject.row.to_string())
            .collect();
        let what = format!(
            "this total of {stated} agrees if the damaged rows ({}) are read as proposed; mend them so in the file",
            rows.join(", ")
        );
        self.problem(row, Some(self.amounts[0].place), Severity::Warning, Code::RepairsProved, &what);
        self.report.stated_total = Some(stated);
        self.totals.close();
        self.skip(row, SkipReason::Total);
    }
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
