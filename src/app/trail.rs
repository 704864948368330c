//! Back and forward, as a browser has them: where one was, never what one did.

use crate::ledger::Filter;
use crate::place::Screen;

/// Where one has been, as a browser remembers it: screens, and the lines drilled into.
#[derive(Clone, Debug)]
pub(super) struct Trail {
    /// Never empty; each visit with a number of its own.
    visits: Vec<(u64, Visit)>,
    at: usize,
    /// The number of the next visit.
    next: u64,
}

/// One screen as it was visited.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Visit {
    pub(super) screen: Screen,
    pub(super) drill: Option<Drill>,
}

/// The lines behind something that was pointed at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drill {
    /// What was pointed at: "Police → Living Well".
    pub(super) title: String,
    pub(super) filter: Filter,
    /// They are lines of what is compared with, and not of what is shown.
    pub(super) is_before: bool,
}

impl Trail {
    pub(super) fn new(screen: Screen) -> Self {
        Self { visits: vec![(0, Visit { screen, drill: None })], at: 0, next: 1 }
    }

    pub(super) fn here(&self) -> &Visit {
        &self.visits[self.at].1
    }

    /// The screen that is shown, or was last before this one; the first where no other was.
    pub(super) fn last_but(&self, screen: Screen) -> Screen {
        let visits = self.visits[..=self.at].iter().rev();
        visits.map(|(_, visit)| visit.screen).find(|visited| *visited != screen).unwrap_or_default()
    }

    /// A number that no other visit has.
    pub(super) fn number(&self) -> u64 {
        self.visits[self.at].0
    }

    /// Goes somewhere; what lay ahead is forgotten.
    pub(super) fn go(&mut self, visit: Visit) {
        // Twice the same would take two presses to leave.
        if visit == *self.here() {
            return;
        }
        self.visits.truncate(self.at + 1);
        self.visits.push((self.next, visit));
        self.next += 1;
        self.at = self.visits.len() - 1;
    }

    pub(super) fn back(&mut self) -> Option<Visit> {
        self.at = self.at.checked_sub(1)?;
        Some(self.here().clone())
    }

    pub(super) fn forward(&mut self) -> Option<Visit> {
        if !self.can_go_forward() {
            return None;
        }
        self.at += 1;
        Some(self.here().clone())
    }

    pub(super) fn can_go_back(&self) -> bool {
        self.at > 0
    }

    pub(super) fn can_go_forward(&self) -> bool {
        self.at + 1 < self.visits.len()
    }
}
