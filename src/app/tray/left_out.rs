//! A row that was read and is left out of the total for a reason, before its file is added: a payment that stands twice, one
//! that is not the place's.

use egui::{Button, Key, RichText, TextEdit, Ui};

use super::answers::{DecidedAs, RowDecided};
use super::file::{TrayFile, TrayTable};
use crate::app::controls::give_keyboard;
use crate::app::style;
use crate::app::style::name_field;
use crate::figure::visible;
use crate::import::FileReport;
use crate::ledger::{Ledger, LineId, LineView};
use crate::money::{Money, in_full};
use crate::words::counted;

/// A row that is being left out, with the reason as it is typed.
pub(super) struct RowLeftOut {
    table: usize,
    /// The key of its source.
    source: String,
    row: u32,
    /// "Row 8: £12.50 Tarmac", as it was read last.
    words: String,
    reason: String,
    /// Whether the reason is to have the keyboard.
    wants_focus: bool,
}

/// The row at hand, and the reason why it is left out.
pub(super) fn leaving_out_ui(ui: &mut Ui, file: &mut TrayFile) {
    let Some(mut form) = file.leaving_out.take_if(|form| form.table == file.table) else { return };
    let mut is_decided = false;
    style::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(visible(&form.words)).font(style::semibold(14.0)));
        ui.horizontal(|ui| {
            let hint = "Why the row is left out";
            let edit = ui.add(TextEdit::singleline(&mut form.reason).hint_text(hint).desired_width(260.0));
            name_field(&edit, &form.reason, hint);
            give_keyboard(&edit, &mut form.wants_focus);
            let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let has_reason = !form.reason.trim().is_empty();
            let leaves = ui.add_enabled(has_reason, Button::new("Leave the row out"));
            is_decided = (leaves.clicked() || entered) && has_reason;
        });
    });
    if is_decided {
        file.leave_out_row(form);
    } else {
        file.leaving_out = Some(form);
    }
}

/// The rows that a problem speaks of and that were read, in order.
pub(super) fn told_rows(report: &FileReport, ledger: &Ledger) -> Vec<u32> {
    let mut told: Vec<u32> = report.problems.iter().filter_map(|problem| problem.row).collect();
    told.sort_unstable();
    told.dedup();
    if told.is_empty() {
        return told;
    }
    let read = ledger.lines().filter_map(|line| line.provenance().row);
    let mut read: Vec<u32> = read.filter(|row| told.binary_search(row).is_ok()).collect();
    read.sort_unstable();
    read.dedup();
    read
}

impl TrayFile {
    /// Asks why a row of the shown table that was read is to be left out.
    pub(super) fn begin_leaving_out(&mut self, row: u32) {
        let table = self.table;
        self.leaving_out = self.shown().and_then(|reading| {
            let source = reading.source_of_row(row)?;
            let words = reading.words_of_row(&source, row)?;
            Some(RowLeftOut { table, source, row, words, reason: String::new(), wants_focus: true })
        });
    }

    /// Finds the lines of the row at hand again, once the file was read anew.
    pub(super) fn find_row_again(&mut self) {
        let Some(mut form) = self.leaving_out.take() else { return };
        let words = self.readings().get(form.table);
        if let Some(words) = words.and_then(|reading| reading.words_of_row(&form.source, form.row)) {
            form.words = words;
            self.leaving_out = Some(form);
        }
    }

    fn leave_out_row(&mut self, form: RowLeftOut) {
        let RowLeftOut { table, source, row, reason, .. } = form;
        let what = DecidedAs::LeftOut(source, reason.trim().to_owned());
        self.decided.push(RowDecided { table, row, what });
        self.leave_out_rows(table);
    }

    /// Leaves out of a table what was decided to be left out, and nothing else.
    pub(super) fn leave_out_rows(&mut self, table: usize) {
        let decided: Vec<(u32, String, String)> = self
            .decided
            .iter()
            .filter(|decided| decided.table == table)
            .filter_map(|decided| match &decided.what {
                DecidedAs::LeftOut(source, reason) => Some((decided.row, source.clone(), reason.clone())),
                DecidedAs::Rejected(_) => None,
            })
            .collect();
        let Some(reading) = self.reading_mut(table) else { return };
        if decided.is_empty() && reading.addition.left_out.is_empty() {
            return;
        }
        let lines: Vec<(LineId, String)> = decided
            .iter()
            .flat_map(|(row, source, reason)| {
                reading.lines_of(source, *row).into_iter().map(move |line| (line, reason.clone()))
            })
            .collect();
        reading.addition = reading.addition.leaving_out(&lines).into();
        self.is_decided_anew = true;
    }
}

impl TrayTable {
    /// How many of its lines are left out, and what they come to, £.
    pub(super) fn left_out(&self) -> (u64, Money) {
        let lines = self.addition.left_out();
        (lines.len() as u64, lines.into_iter().map(|line| self.addition.ledger.amount(line)).sum())
    }

    /// The lines of a row of a source.
    pub(super) fn lines_of(&self, source: &str, row: u32) -> Vec<LineId> {
        let is_of = |line: &LineView<'_>| line.provenance().source.is_some_and(|known| known.key == source);
        self.addition.ledger.lines_of_row(row).filter(is_of).map(|line| line.id()).collect()
    }

    /// "Row 8: £12.50 Tarmac"; nothing where no line is of that row.
    fn words_of_row(&self, source: &str, row: u32) -> Option<String> {
        let (lines, ledger) = (self.lines_of(source, row), &self.addition.ledger);
        let sum: Money = lines.iter().map(|line| ledger.amount(*line)).sum();
        let what = match lines[..] {
            [] => return None,
            [only] => ledger.description(only).to_owned(),
            _ => counted(lines.len() as u64, "line"),
        };
        Some(format!("Row {row}: {} {what}", in_full(sum)).trim_end().to_owned())
    }

    fn source_of_row(&self, row: u32) -> Option<String> {
        let first = self.addition.ledger.lines_of_row(row).next()?;
        first.provenance().source.map(|source| source.key.clone())
    }
}
