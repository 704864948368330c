//! What a file in the tray comes to, and how that compares with the control total that was typed.

use std::sync::Arc;

use egui::Context;

use super::file::{TrayFile, WaitingFile};
use crate::agree::{compare, left_out};
use crate::ledger::ControlTotal;
use crate::money::{Money, read_amount};

/// In larger files a difference is told, and its explanation not looked for.
// Explaining tries sums of rows and words of lines; over more of them nobody waits for it.
const MOST_EXPLAINED: u64 = 100_000;

impl TrayFile {
    /// What its lines come to, £, without those that are left out.
    pub(super) fn total(&self) -> Money {
        self.total_as_read() - self.readings().iter().map(|reading| reading.left_out().1).sum::<Money>()
    }

    fn total_as_read(&self) -> Money {
        self.readings().iter().map(|reading| reading.report.total).sum()
    }

    /// How many lines it has, without those that are left out.
    pub(super) fn lines(&self) -> u64 {
        self.readings().iter().map(|reading| reading.report.lines - reading.left_out().0).sum()
    }

    /// How the lines compare with the control total that was typed: all of them, or what is left where some are left out.
    pub(super) fn agreement(&self) -> Option<Result<Money, String>> {
        let typed = self.control.trim();
        if typed.is_empty() {
            return None;
        }
        let stated = read_amount(typed).map_err(|error| format!("\"{typed}\" {error}"));
        Some(stated.map(|stated| match self.total_as_read() - stated {
            difference if difference.is_zero() => difference,
            _ => self.total() - stated,
        }))
    }

    /// What may explain a difference, the likeliest first.
    pub(super) fn explanations(&mut self, context: &Context) -> &[String] {
        let Some(stated) = self.stated() else { return &[] };
        let (total, WaitingFile::Read(readings)) = (self.total(), &self.outcome) else { return &[] };
        let [reading] = &readings[..] else { return &[] };
        if reading.report.lines > MOST_EXPLAINED {
            return &[];
        }
        let key = (stated, total);
        let left_out = if self.explained.is_of(&key) { Vec::new() } else { left_out(&reading.report) };
        let addition = Arc::clone(&reading.addition);
        // A half of what is gone through in a frame elsewhere, as explaining goes through them more than
        // once.
        let is_quick = reading.report.lines <= 10_000;
        let make = move || {
            let control = ControlTotal { amount: stated, ..ControlTotal::default() };
            let verdict = compare(&control, &addition.ledger, &addition.left_out(), &left_out);
            verdict.explanations.into_iter().map(|found| found.words).collect()
        };
        let seen = self.explained.get(key, is_quick, context, make).filter(|seen| seen.is_current);
        seen.map_or(&[][..], |seen| seen.value)
    }

    /// The control total that was typed, £.
    pub(in crate::app) fn stated(&self) -> Option<Money> {
        read_amount(self.control.trim()).ok().filter(|_| !self.control.trim().is_empty())
    }
}
