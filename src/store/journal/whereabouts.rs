//! Where somebody stands: which state is shown, which states there were, and what of them a file holds.

use std::collections::BTreeMap;

/// Where somebody stands among the states of a history, as its journal tells.
#[derive(Clone, Debug)]
pub(super) struct Whereabouts {
    /// What each state holds: the state in which that came to be, as views change nothing.
    contents: BTreeMap<u64, u64>,
    present: u64,
    /// The contents that a file holds.
    saved: Option<u64>,
}

impl Whereabouts {
    pub(super) fn new(state: u64, is_saved: bool) -> Self {
        let contents = [(state, state)].into_iter().collect();
        Self { contents, present: state, saved: is_saved.then_some(state) }
    }

    /// A step leads to a state that was never there; false, and nothing is taken, where it was.
    pub(super) fn step(&mut self, state: u64, is_view: bool) -> bool {
        if state <= self.last() {
            return false;
        }
        let contents = if is_view { self.contents_of(self.present) } else { state };
        self.contents.insert(state, contents);
        self.present = state;
        true
    }

    /// Undo and redo lead to a state that was there; false, and nothing is taken, where it was not.
    pub(super) fn go_to(&mut self, state: u64) -> bool {
        let is_known = self.contents.contains_key(&state);
        if is_known {
            self.present = state;
        }
        is_known
    }

    /// A file holds a state.
    pub(super) fn save(&mut self, state: u64) {
        self.saved = self.contents.get(&state).copied();
    }

    /// No file holds any of it.
    pub(super) fn lose_file(&mut self) {
        self.saved = None;
    }

    pub(super) fn present(&self) -> u64 {
        self.present
    }

    /// The last state there was.
    pub(super) fn last(&self) -> u64 {
        self.contents.last_key_value().map_or(0, |(state, _)| *state)
    }

    /// A state whose contents a file holds.
    pub(super) fn saved(&self) -> Option<u64> {
        self.saved
    }

    pub(super) fn contents_of(&self, state: u64) -> u64 {
        self.contents.get(&state).copied().unwrap_or(state)
    }

    /// Whether something would be lost with the journal.
    pub(super) fn is_unsaved(&self) -> bool {
        self.saved != Some(self.contents_of(self.present))
    }
}
