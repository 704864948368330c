//! A history made again: the steps that lead to where somebody was, and those that were undone, each with the
//! number of its state.

use super::{Command, CommandError, History, Place};

/// What a history is made of again.
#[derive(Debug)]
pub struct Replay<'a> {
    /// The place before the first step.
    pub base: Place,
    pub base_state: u64,
    /// Each step with the state it leads to, in order: those that were undone come after the others.
    pub steps: Vec<(u64, &'a Command)>,
    /// The state that was shown.
    pub present: u64,
    /// The last state that was ever made, on whatever way.
    pub last: u64,
}

/// A step that cannot be made again.
#[derive(Debug)]
pub struct ReplayError {
    pub label: String,
    pub error: CommandError,
    /// The history up to it.
    pub before: Box<History>,
}

impl Replay<'_> {
    /// Makes the steps again, and goes to the state that was shown. No file is said to hold anything of it.
    ///
    /// # Errors
    /// When a step that led to where somebody was cannot be made. Of what was undone nobody misses the rest.
    pub fn into_history(self) -> Result<History, ReplayError> {
        let mut history = History::resumed(self.base, self.base_state);
        let mut was_present = self.present == self.base_state;
        for (state, command) in self.steps {
            history.number_beyond(state.saturating_sub(1));
            if let Err(error) = history.execute(command) {
                if was_present {
                    break;
                }
                let label = command.label_on(history.place());
                history.number_beyond(self.last);
                return Err(ReplayError { label, error, before: Box::new(history) });
            }
            was_present |= state == self.present;
        }
        history.number_beyond(self.last);
        history.go_to(self.present);
        Ok(history)
    }
}
