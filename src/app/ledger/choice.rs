//! Which rows are chosen, as in a spreadsheet: by click, with Shift a stretch, with Ctrl one more.

use std::sync::Arc;

use egui::Modifiers;

use crate::ledger::{Ledger, LineId, OfLedger};
use crate::money::Money;

/// The lines that are chosen, with their count and sum: of one ledger, and none of any other.
#[derive(Default)]
pub(super) struct LineSelection {
    /// The ledger whose lines they are.
    ledger: Option<Arc<Ledger>>,
    /// By line, whether it is chosen.
    chosen: Vec<bool>,
    count: usize,
    sum: Money,
    /// The line that the next step starts from, and the line that a stretch reaches from.
    at: Option<LineId>,
    from: Option<LineId>,
}

impl LineSelection {
    /// Lets go of the lines of another ledger.
    pub(super) fn keep_to(&mut self, ledger: &Arc<Ledger>) {
        if !self.is_of(ledger) {
            *self = Self { ledger: Some(Arc::clone(ledger)), ..Self::default() };
        }
    }

    pub(super) fn contains(&self, line: LineId) -> bool {
        self.chosen.get(line.index()).copied().unwrap_or_default()
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn sum(&self) -> Money {
        self.sum
    }

    /// To the nearest penny.
    pub(super) fn average(&self) -> Option<Money> {
        (self.count > 0).then(|| self.sum.per(self.count as u64))
    }

    /// The line of a ledger that was last chosen: the one that is told about.
    pub(super) fn at(&self, ledger: &Arc<Ledger>) -> Option<LineId> {
        self.at.filter(|_| self.is_of(ledger))
    }

    fn is_of(&self, ledger: &Arc<Ledger>) -> bool {
        self.ledger.as_ref().is_some_and(|known| Arc::ptr_eq(known, ledger))
    }

    /// Lets go of all; false where nothing was chosen.
    pub(super) fn clear(&mut self) -> bool {
        let had = self.count > 0;
        self.chosen.clear();
        self.count = 0;
        self.sum = Money::ZERO;
        (self.at, self.from) = (None, None);
        had
    }

    /// Those of some lines of a ledger that are chosen, in their order.
    pub(super) fn of(&self, ledger: &Arc<Ledger>, lines: &[LineId]) -> OfLedger<Vec<LineId>> {
        let is_of = self.is_of(ledger);
        let chosen = lines.iter().copied().filter(|&line| is_of && self.contains(line));
        OfLedger::new(ledger, chosen.collect())
    }

    pub(super) fn all(&mut self, lines: &[LineId]) {
        let at = self.at;
        self.clear();
        for &line in lines {
            self.set(line, true);
        }
        self.at = at.or(lines.first().copied());
        self.from = self.at;
    }

    /// A row is clicked, or the keyboard steps to it.
    pub(super) fn go(&mut self, lines: &[LineId], row: usize, modifiers: Modifiers) {
        let Some(&line) = lines.get(row) else { return };
        if modifiers.shift {
            let from = self.from.unwrap_or(line);
            // Where the line is in the order of now, which may be another than when it was chosen.
            let start = lines.iter().position(|other| *other == from).unwrap_or(row);
            if !modifiers.command {
                self.clear();
            }
            for &other in &lines[start.min(row)..=start.max(row)] {
                self.set(other, true);
            }
            self.from = Some(from);
        } else if modifiers.command {
            self.set(line, !self.contains(line));
            self.from = Some(line);
        } else {
            self.clear();
            self.set(line, true);
            self.from = Some(line);
        }
        self.at = Some(line);
    }

    fn set(&mut self, line: LineId, is_chosen: bool) {
        let Some(ledger) = &self.ledger else { return };
        if self.chosen.len() < ledger.len() {
            self.chosen.resize(ledger.len(), false);
        }
        if self.chosen[line.index()] == is_chosen {
            return;
        }
        self.chosen[line.index()] = is_chosen;
        if is_chosen {
            self.count += 1;
            self.sum += ledger.amount(line);
        } else {
            self.count -= 1;
            // Exact sums: what was added and taken off again leaves nothing behind.
            self.sum -= ledger.amount(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::SpendLine;

    fn choice() -> (LineSelection, Vec<LineId>) {
        let lines: Vec<SpendLine> = (1..=6)
            .map(|pounds| SpendLine { amount: Money::from_pounds(pounds), ..SpendLine::default() })
            .collect();
        let ledger = Arc::new(Ledger::from_lines(&lines, &[], &[]));
        let mut choice = LineSelection::default();
        choice.keep_to(&ledger);
        (choice, (0..6).map(LineId).collect())
    }

    fn chosen(choice: &LineSelection, lines: &[LineId]) -> Vec<LineId> {
        let ledger = choice.ledger.as_ref().unwrap();
        choice.of(ledger, lines).of(ledger).unwrap().clone()
    }

    #[test]
    fn what_is_chosen_in_one_ledger_is_not_chosen_in_another() {
        let (mut choice, lines) = choice();
        choice.go(&lines, 2, Modifiers::NONE);
        let other = Arc::new(Ledger::clone(choice.ledger.as_ref().unwrap()));
        assert_eq!(choice.of(&other, &lines).of(&other), Some(&Vec::new()));
        assert_eq!(choice.at(&other), None);
    }

    #[test]
    fn shift_chooses_a_stretch_and_ctrl_one_more() {
        let (mut choice, lines) = choice();
        choice.go(&lines, 1, Modifiers::NONE);
        choice.go(&lines, 3, Modifiers::SHIFT);
        assert_eq!((choice.count(), choice.sum()), (3, Money::from_pounds(2 + 3 + 4)));
        choice.go(&lines, 5, Modifiers::COMMAND);
        choice.go(&lines, 2, Modifiers::COMMAND);
        assert_eq!(chosen(&choice, &lines), [1, 3, 5].map(LineId));
        assert_eq!(choice.average(), Some(Money::from_pounds(4)));
        choice.go(&lines, 0, Modifiers::NONE);
        assert_eq!(chosen(&choice, &lines), [LineId(0)]);
    }

    #[test]
    fn a_stretch_can_shrink_again() {
        let (mut choice, lines) = choice();
        choice.go(&lines, 2, Modifiers::NONE);
        choice.go(&lines, 5, Modifiers::SHIFT);
        choice.go(&lines, 1, Modifiers::SHIFT);
        assert_eq!(chosen(&choice, &lines), [1, 2].map(LineId));
    }

    #[test]
    fn all_can_be_chosen_and_let_go() {
        let (mut choice, lines) = choice();
        choice.all(&lines);
        assert_eq!((choice.count(), choice.sum()), (6, Money::from_pounds(21)));
        assert!(choice.clear());
        assert!(!choice.clear());
    }
}
