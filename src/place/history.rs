//! Undo and redo: a place with its past and future, and whether its file holds what is here. Earlier places
//! are kept whole; what did not change is shared, and what is not is counted: steps are kept as far as memory allows.

use std::sync::Arc;

use super::{Command, CommandError, Place};

/// What all steps together may take of memory, bytes.
/// A quarter of what the smallest laptop spares: some two hundred thousand steps of a filter or of a pool, hundreds of a
/// name given to a million lines, and the last eight of a million lines brought or taken away.
const BUDGET: usize = 256 << 20;

/// A place with its past and future: each change keeps the place as it was, whose big parts are shared.
#[derive(Clone, Debug, Default)]
pub struct History {
    present: Place,
    past: Vec<Step>,
    future: Vec<Step>,
    revision: u64,
    /// The number of what is here; see [`History::state`].
    state: u64,
    /// The state in which what the place holds was last changed; views are not counted.
    changes: u64,
    /// How many steps had to be given up.
    given_up: usize,
    /// The last state that was made.
    last: u64,
    /// What each state of this history holds: the state in which that came to be. By state.
    contents: Vec<(u64, u64)>,
    /// The contents that the file holds; `None` where no state is what a file holds.
    saved: Option<u64>,
}

#[derive(Clone, Debug)]
struct Step {
    label: String,
    /// The place on the other side of the step.
    place: Place,
    state: u64,
    changes: u64,
    /// What its place takes of memory beside its neighbour on the way to the present one, bytes.
    bytes: usize,
}

impl Step {
    fn new(label: String, place: Place, (state, changes): (u64, u64), beside: &Place) -> Self {
        let bytes = size_of::<Self>() + label.len() + place.bytes_beside(beside);
        Self { label, place, state, changes, bytes }
    }
}

impl History {
    /// A place as its file holds it.
    pub fn new(place: Place) -> Self {
        Self { saved: Some(0), ..Self::resumed(place, 0) }
    }

    /// A place that no file holds, though it is no new one.
    pub fn brought_back(place: Place) -> Self {
        Self::resumed(place, 0)
    }

    /// A place that no file holds, as the state of this number.
    pub(super) fn resumed(place: Place, state: u64) -> Self {
        let contents = vec![(state, state)];
        Self { present: place, state, changes: state, last: state, contents, ..Self::default() }
    }

    /// From now on states have numbers beyond this one: others up to it were made and left behind.
    pub(super) fn number_beyond(&mut self, last: u64) {
        self.last = self.last.max(last);
    }

    pub fn place(&self) -> &Place {
        &self.present
    }

    /// Another number after each change; derived values are kept as long as it stays.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Makes a change that can be undone.
    ///
    /// # Errors
    /// When the command cannot be done; nothing has changed then.
    pub fn execute(&mut self, command: &Command) -> Result<(), CommandError> {
        let mut next = self.present.clone();
        command.apply(&mut next)?;
        self.step(command, next);
        Ok(())
    }

    fn step(&mut self, command: &Command, after: Place) {
        let before = std::mem::replace(&mut self.present, after);
        let label = command.label_on(&before);
        self.past.push(Step::new(label, before, (self.state, self.changes), &self.present));
        self.future.clear();
        self.keep_to(BUDGET);
        self.revision += 1;
        // A number never used before: what was undone and replaced must not pass for saved.
        self.last += 1;
        self.state = self.last;
        if !command.is_view() {
            self.changes = self.state;
        }
        self.contents.push((self.state, self.changes));
    }

    /// Takes over what a command has made of a place elsewhere, as the step that it is; false, and nothing is taken,
    /// where more than the view has changed since `before`.
    pub fn take(&mut self, command: &Command, before: &Place, mut after: Place) -> bool {
        if !self.present.differs_in_view_only(before) {
            return false;
        }
        // Meanwhile the person may have looked elsewhere: what is shown now stays, unless the command is
        // about the view.
        if Arc::ptr_eq(&after.view, &before.view) {
            after.view = Arc::clone(&self.present.view);
        } else if after.view.screen != self.present.view.screen {
            Arc::make_mut(&mut after.view).screen = self.present.view.screen;
        }
        self.step(command, after);
        true
    }

    /// Takes the last change back and says its name.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.past.pop()?;
        let after = std::mem::replace(&mut self.present, step.place);
        let now = (self.state, self.changes);
        self.future.push(Step::new(step.label.clone(), after, now, &self.present));
        (self.state, self.changes) = (step.state, step.changes);
        self.revision += 1;
        Some(step.label)
    }

    /// Makes the last undone change again and says its name.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.future.pop()?;
        let before = std::mem::replace(&mut self.present, step.place);
        let now = (self.state, self.changes);
        self.past.push(Step::new(step.label.clone(), before, now, &self.present));
        (self.state, self.changes) = (step.state, step.changes);
        self.revision += 1;
        Some(step.label)
    }

    /// Gives the oldest steps up, which share least with the present place, until the rest fits; the last can always be
    /// undone.
    fn keep_to(&mut self, budget: usize) {
        let mut bytes = self.bytes();
        let fits = |step: &&Step| {
            let is_too_much = bytes > budget;
            bytes -= step.bytes;
            is_too_much
        };
        let too_many = self.past.iter().take(self.past.len().saturating_sub(1)).take_while(fits).count();
        self.past.drain(..too_many);
        self.given_up += too_many;
    }

    /// What the steps take of memory beside the present place, bytes.
    pub fn bytes(&self) -> usize {
        self.past.iter().chain(&self.future).map(|step| step.bytes).sum()
    }

    /// How many steps had to be given up, the oldest, because all took too much memory.
    pub fn given_up(&self) -> usize {
        self.given_up
    }

    /// The names of all steps, the oldest first, those that are undone after those that are done.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.past.iter().chain(self.future.iter().rev()).map(|step| step.label.as_str())
    }

    /// How many of [`History::steps`] are done.
    pub fn done(&self) -> usize {
        self.past.len()
    }

    /// The name of the change that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// Whether the place holds what its file does not; views are not counted.
    pub fn is_changed(&self) -> bool {
        self.saved != Some(self.changes)
    }

    /// The number of what is here now, another one in each state that this history was ever in, views counted: to be
    /// gone back to by [`History::go_to`], and given to [`History::mark_saved`] once a file holds it.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// Undoes or makes again until a state is here; false, and nothing is done, where no step leads to it.
    pub fn go_to(&mut self, state: u64) -> bool {
        let is_it = |step: &Step| step.state == state;
        if let Some(at) = self.past.iter().rposition(is_it) {
            (at..self.past.len()).for_each(|_| drop(self.undo()));
        } else if let Some(at) = self.future.iter().rposition(is_it) {
            (at..self.future.len()).for_each(|_| drop(self.redo()));
        }
        self.state == state
    }

    /// The file now holds what was here at this state; what was changed since is not in it.
    pub fn mark_saved(&mut self, state: u64) {
        let known = self.contents.binary_search_by_key(&state, |(state, _)| *state);
        self.saved = known.ok().map(|at| self.contents[at].1);
    }

    /// Which screen is shown is remembered with the place, but it is no step.
    pub fn show(&mut self, screen: super::Screen) {
        if self.present.view.screen != screen {
            Arc::make_mut(&mut self.present.view).screen = screen;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_steps_go_first_and_the_last_can_always_be_undone() {
        let mut history = History::default();
        for step in 0..10 {
            history.execute(&Command::Rename(format!("Town {step}"))).unwrap();
        }
        let each = history.bytes() / 10;
        history.keep_to(each * 4);
        assert!((3..=4).contains(&history.done()), "{} of {each} bytes", history.done());
        assert_eq!(history.given_up() + history.done(), 10);
        history.keep_to(0);
        assert_eq!(history.done(), 1);
        history.undo();
        assert_eq!(history.place().name, "Town 8");
    }
}
