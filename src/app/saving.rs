//! Saving, closing and what follows: the place's own file is held for editing, compared before it is written over, and
//! whatever was to happen after a save goes with that save and with nothing else.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use super::App;
use super::action::Action;
use super::dialog::Dialog;
use super::save_request::{Meanwhile, SaveDone, SaveFailure, SaveRequest, Then, WriteFailure};
use super::style::Tone;
use super::window::tell_error;
use crate::money::in_full;
use crate::place::{Command, Place, WholePlace};
use crate::store::{Known, PlaceLock, SavedFile};
use crate::words::counted;

impl App {
    /// Saves the place to its file, or asks for one.
    pub(super) fn save(&mut self, then: Then, context: &Context) {
        match (&self.file, &self.held.read_only) {
            (Some(file), None) => {
                // What it holds is not known where the place was brought back from elsewhere: then it is compared.
                let known = self.held.known_of(self.history.place());
                self.save_to(file.clone(), known, then, context);
            }
            (Some(_), Some(why)) => {
                self.notices
                    .tell(Tone::Plain, format!("This place is open to read: {why}. Save a copy instead"));
                self.ask_for_copy(then);
            }
            (None, _) => self.dialog = Some(Dialog::SaveAs { path: self.suggested_path("ron"), then }),
        }
    }

    /// Asks for a name that is not the file's own.
    pub(super) fn ask_for_copy(&mut self, then: Then) {
        let path = PathBuf::from(self.suggested_path("ron"));
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let path = path.with_file_name(format!("{stem} copy.ron")).display().to_string();
        self.dialog = Some(Dialog::SaveAs { path, then });
    }

    /// Saves to a file of which this is known. One save after another: the second knows what the first has written.
    pub(super) fn save_to(&mut self, path: PathBuf, known: Known, then: Then, context: &Context) {
        if self.work.is_saving() {
            self.waiting_save = Some((path, known, then));
            return;
        }
        let request = self.save_request(path, known, then);
        self.work.save(request, context);
    }

    /// Holds the place against what its file holds by now; nothing is written.
    pub(super) fn compare_with_file(&mut self, context: &Context) {
        if let Some(path) = self.file.clone() {
            let known = self.held.known_of(self.history.place());
            let request = SaveRequest { only_compares: true, ..self.save_request(path, known, None) };
            self.work.save(request, context);
        }
    }

    fn save_request(&self, path: PathBuf, known: Known, then: Then) -> SaveRequest {
        let takes_lock = !self.held.lock.as_ref().is_some_and(|lock| lock.is_of(&path));
        SaveRequest {
            path,
            place: self.history.place().clone(),
            state: self.history.state(),
            of: self.place_number,
            known,
            base: self.held.base.clone(),
            takes_lock,
            only_compares: false,
            then,
        }
    }

    /// Takes in how a save went.
    pub(super) fn take_saved(&mut self, done: SaveDone, context: &Context) {
        let SaveDone { request, outcome } = done;
        match outcome {
            Ok((saved, lock)) => self.saved(request, saved, lock, context),
            Err(SaveFailure::Failed(failure)) => {
                self.waiting_save = None;
                self.not_written(failure);
            }
            Err(SaveFailure::Changed(theirs, comparing)) => {
                self.waiting_save = None;
                self.closing = None;
                self.answered = None;
                let size = |place: &Place| {
                    let ledger = place.all_lines();
                    format!("{}, {}", counted(ledger.len(), "line"), in_full(ledger.total()))
                };
                let sizes = format!("Theirs: {}. Yours: {}.", size(&theirs.place), size(&request.place));
                self.dialog = Some(Dialog::Changed(Arc::new(Meanwhile {
                    path: request.path,
                    hash: theirs.hash,
                    is_newer: theirs.newer.is_some(),
                    sizes,
                    theirs: theirs.place,
                    merge: comparing.merge,
                    differences: comparing.differences,
                    state: request.state,
                    then: request.then,
                })));
            }
        }
    }

    /// The place, as it was at this state, is now in this file.
    fn saved(&mut self, request: SaveRequest, saved: SavedFile, lock: Option<PlaceLock>, context: &Context) {
        let SaveRequest { path, place, state, of, then, .. } = request;
        self.notices.tell(Tone::Ok, format!("Saved {}", path.display()));
        for words in saved.warnings {
            self.notices.tell(Tone::Warning, format!("{}: {words}", path.display()));
        }
        // Another place is shown by now: what was saved is its own affair.
        if of != self.place_number {
            return;
        }
        self.answered = None;
        self.history.mark_saved(state);
        self.remember(&path);
        if lock.is_some() || self.held.lock.is_none() {
            self.held.lock = lock;
        }
        self.held.known = Some(saved.hash);
        self.held.base = Some(place);
        self.held.read_only = None;
        let is_own = self.file.as_ref() == Some(&path);
        self.keeping.journal.mark_saved(state, Some(saved.hash), &path);
        self.file = Some(path);
        if let Some((path, known, next)) = self.waiting_save.take() {
            // Of its own file more is known by now than when it was asked for.
            let is_own = is_own && self.file.as_ref() == Some(&path);
            let known = if is_own { self.held.known_of(self.history.place()) } else { known };
            return self.save_to(path, known, next.or(then), context);
        }
        // Only once it is on the disk: a save that fails keeps the window open.
        if let Some(then) = then {
            self.perform(*then, context);
        }
    }

    /// A file was not written: nothing that was to follow is done.
    pub(super) fn not_written(&mut self, failure: WriteFailure) {
        self.closing = None;
        if failure.is_stop {
            self.answered = None;
            self.notices.tell(Tone::Plain, failure.message);
        } else {
            self.ask_again();
            tell_error(&mut self.notices, failure.message);
        }
    }

    /// The place becomes what the file holds now, as a step that can be undone.
    pub(super) fn take_theirs(&mut self, meanwhile: &Meanwhile, context: &Context) {
        let name = file_name(&meanwhile.path);
        self.become_place(format!("Take what {name} holds now"), meanwhile.theirs.clone());
        self.know(meanwhile);
        self.history.mark_saved(self.history.state());
        if meanwhile.is_newer {
            self.held.read_only = Some("it was saved by a newer Shadowpool".to_owned());
        }
        self.keeping.journal.mark_saved(self.history.state(), Some(meanwhile.hash), &meanwhile.path);
        if let Some(then) = meanwhile.then.clone() {
            self.perform(*then, context);
        }
    }

    /// The place gets their changes beside its own, and is saved.
    pub(super) fn merge_theirs(&mut self, meanwhile: &Meanwhile, context: &Context) {
        let merged = meanwhile.merge.as_ref().and_then(|merge| merge.merged.clone());
        // What was changed since the comparison is not in it: it is made again.
        let Some(merged) = merged.filter(|_| self.history.state() == meanwhile.state) else {
            return self.save(meanwhile.then.clone(), context);
        };
        self.become_place(format!("Merge with {}", file_name(&meanwhile.path)), merged);
        self.know(meanwhile);
        self.save_to(meanwhile.path.clone(), Known::Content(meanwhile.hash), meanwhile.then.clone(), context);
    }

    /// What is here takes the place of what they have saved, which is kept among the earlier versions.
    pub(super) fn save_over_theirs(&mut self, meanwhile: &Meanwhile, context: &Context) {
        self.save_to(meanwhile.path.clone(), Known::Content(meanwhile.hash), meanwhile.then.clone(), context);
    }

    fn know(&mut self, meanwhile: &Meanwhile) {
        self.held.known = Some(meanwhile.hash);
        self.held.base = Some(meanwhile.theirs.clone());
    }

    /// The whole place is replaced, as one step.
    pub(super) fn become_place(&mut self, label: String, place: Place) {
        self.edit(&Command::Become(label, Box::new(WholePlace(place))));
    }

    /// Leaves the place for something else, asking first where changes would be lost.
    pub(super) fn leave_place(&mut self, action: Action, context: &Context) {
        // What is being saved is no change to be asked about: the answer comes with the save.
        if matches!(action, Action::Quit) && self.work.is_saving() {
            return self.close_once_written(action);
        }
        if self.history.is_changed() {
            let name = self.history.place().name.clone();
            self.dialog = Some(Dialog::Unsaved { name, then: Box::new(action) });
        } else {
            self.leave(action, context);
        }
    }

    /// Leaves the place, whatever of it no file holds.
    pub(super) fn leave(&mut self, action: Action, context: &Context) {
        match action {
            Action::New => self.show_place(Place::default(), None),
            Action::OpenSample(index) => self.show_sample(index),
            Action::Quit if self.work.is_writing() => {
                self.close_once_written(Action::Discard(Box::new(Action::Quit)));
            }
            Action::Quit => {
                self.quits = true;
                self.end_journal();
                context.send_viewport_cmd(ViewportCommand::Close);
            }
            other => self.perform(other, context),
        }
    }

    /// A file that is half written is finished first.
    fn close_once_written(&mut self, action: Action) {
        self.closing = Some(Box::new(action));
        self.notices.tell(Tone::Plain, "Closing as soon as what is being saved is on the disk");
    }

    /// Closes the window that waited for what was being written.
    pub(super) fn go_on_closing(&mut self, context: &Context) {
        if !self.work.is_writing()
            && self.dialog.is_none()
            && let Some(action) = self.closing.take()
        {
            self.perform(*action, context);
        }
    }

    /// What was to happen afterwards is not done any more.
    pub(super) fn forget_what_follows(&mut self) {
        self.waiting_save = None;
        self.closing = None;
    }
}

/// A path's last part, as people call the file.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
