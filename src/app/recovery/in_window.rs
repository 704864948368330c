//! How the window keeps its journal, and how it brings back what others left behind: looked for after the first
//! frame, offered as a list, and read elsewhere. The window waits for nothing.

use std::time::Duration;

use egui::Context;

use super::bringing_back::{BroughtBack, Looking};
use super::keeping::{Keeping, journals_in};
use super::offer::{Offer, name_of};
use crate::app::App;
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::app::jobs::{Job, Poll};
use crate::app::save_request::HeldFile;
use crate::app::style::Tone;
use crate::app::trail::Trail;
use crate::app::window::tell_error;
use crate::place::Command;
use crate::store::{self, ComesBack, LeftBehind, Recovered, StoreError};
use crate::words::counted_plain;

/// What writes the journal is begun again so often after faults of its own: what fails each time is told instead.
const MOST_FAULTS: u32 = 3;

/// The window waits so long at its end for its journal to be cleared away; a disk that takes longer is not waited for,
/// and the next start clears it away.
const AT_THE_END: Duration = Duration::from_secs(5);

impl Drop for App {
    /// A window that closes in good order leaves nothing to bring back.
    fn drop(&mut self) {
        if self.quits || !self.history.is_changed() {
            self.keeping.journal.end(AT_THE_END);
        } else {
            self.keeping.journal.flush_blocking(AT_THE_END);
        }
    }
}

impl App {
    /// Another place is shown: steps count from here.
    pub(in crate::app) fn begin_journal(&mut self) {
        let file = self.file.as_deref().map(|file| (file, None));
        self.keeping.journal.begin(&self.history, file);
    }

    /// Keeps a step that was taken.
    pub(in crate::app) fn keep_step(&mut self, command: Command) {
        self.keeping.journal.step(command, &self.history);
    }

    /// Keeps that something was undone, done again or gone back to.
    pub(in crate::app) fn keep_where_it_stands(&mut self) {
        self.keeping.journal.go_to(&self.history);
    }

    pub(in crate::app) fn end_journal(&mut self) {
        self.keeping.journal.end(AT_THE_END);
    }

    /// What writes the journal has come to an end by a fault of its own: another one takes over.
    pub(in crate::app) fn go_on_keeping(&mut self) {
        if self.keeping.has_ended() && self.keeping.faults < MOST_FAULTS {
            let faults = self.keeping.faults + 1;
            self.keeping = Keeping::start(self.folder.as_deref(), &self.context);
            self.keeping.faults = faults;
            self.begin_journal();
        }
    }

    /// Takes in what was found and brought back since the last frame.
    pub(in crate::app) fn go_on_bringing_back(&mut self, context: &Context) {
        if !std::mem::replace(&mut self.bringing_back.has_looked, true) {
            self.look_for_left_behind(false, context);
        }
        let found =
            self.bringing_back.looking.as_ref().map(|looking| (looking.job.poll(), looking.is_asked_for));
        match found {
            None | Some((Poll::Working, _)) => {}
            Some((Poll::Gone, _)) => self.bringing_back.looking = None,
            Some((Poll::Done(list), is_asked_for)) => {
                self.bringing_back.looking = None;
                // What was set aside before is no news.
                if is_asked_for || list.iter().any(|one| !one.is_set_aside) {
                    self.offer = Some(Offer::of(list));
                }
            }
        }
        match self.bringing_back.coming.as_ref().map(Job::poll) {
            None | Some(Poll::Working) => {}
            Some(done) => {
                self.bringing_back.coming = None;
                self.take_back(done, context);
            }
        }
    }

    /// Looks for what was left behind, on another thread.
    pub(in crate::app) fn look_for_left_behind(&mut self, is_asked_for: bool, context: &Context) {
        let Some(folder) = self.folder.clone() else {
            if is_asked_for {
                self.offer = Some(Offer::of(Vec::new()));
            }
            return;
        };
        let journals = journals_in(&folder);
        let look = move |_: &_| store::left_behind(&journals, &folder);
        let job = Job::start("Looking for unsaved work", context, look);
        self.bringing_back.looking = Some(Looking { job, is_asked_for });
    }

    /// Brings a place back, asking first where changes would be lost.
    pub(in crate::app) fn bring_back(&mut self, one: Box<LeftBehind>, how: ComesBack, context: &Context) {
        if self.history.is_changed() && self.bringing_back.may_leave != Some(self.history.state()) {
            return self.ask_for_changes(Action::BringBack(one, how));
        }
        let name = format!("Bringing {} back", one.place);
        // This window may have the same file open already.
        let is_held_here =
            self.held.lock.as_ref().zip(one.file.as_ref()).is_some_and(|(lock, path)| lock.is_of(path));
        let job = Job::start(&name, context, move |_| {
            let recovered = one.bring_back(how)?;
            Ok(BroughtBack::hold(recovered, is_held_here, how == ComesBack::ToCompare))
        });
        self.bringing_back.coming = Some(job);
    }

    fn take_back(&mut self, done: Poll<Result<BroughtBack, StoreError>>, context: &Context) {
        match done {
            Poll::Done(Ok(brought_back)) => {
                self.bringing_back.here = Some(Box::new(brought_back));
                self.perform(Action::ShowBroughtBack, context);
            }
            Poll::Done(Err(error)) => {
                self.bringing_back.may_leave = None;
                tell_error(&mut self.notices, error.to_string());
            }
            Poll::Gone | Poll::Working => {
                self.bringing_back.may_leave = None;
                let what = "this stopped through a fault of the program; what was left behind is as it was";
                tell_error(&mut self.notices, format!("Bringing work back: {what}"));
            }
        }
    }

    /// Shows what was brought back, unless something was changed here meanwhile.
    pub(in crate::app) fn show_brought_back(&mut self, context: &Context) {
        if self.history.is_changed() && self.bringing_back.may_leave != Some(self.history.state()) {
            return self.ask_for_changes(Action::ShowBroughtBack);
        }
        self.bringing_back.may_leave = None;
        let Some(brought_back) = self.bringing_back.here.take() else { return };
        let BroughtBack { recovered, lock, is_to_compare } = *brought_back;
        let Recovered { history, file, base, steps, words, origin } = recovered;
        self.stop_editing();
        self.trail = Trail::new(history.place().view.screen);
        self.history = history;
        self.views.start_afresh();
        self.shown.start_afresh();
        self.reports.clear();
        self.read_files.clear();
        self.file = file.as_ref().map(|(path, _)| path.clone());
        self.place_number += 1;
        self.forget_what_follows();
        let lock = lock.or_else(|| self.held.take_lock_of(file.as_ref()?.0.as_path()));
        self.held = HeldFile { known: file.as_ref().map(|(_, hash)| *hash), base, lock, read_only: None };
        // The journal that it is from is set aside once all of it is in this window's own.
        let file = file.as_ref().map(|(path, hash)| (path.as_path(), *hash));
        self.keeping.journal.go_on(&self.history, file, origin);
        let tone = if words.is_empty() { Tone::Ok } else { Tone::Warning };
        let text = format!("{} brought back; undo works as before", counted_plain(steps, "step"));
        self.notices.tell_all(tone, text, words, Vec::new());
        if is_to_compare {
            self.compare_with_file(context);
        }
    }

    fn ask_for_changes(&mut self, then: Action) {
        let name = self.history.place().name.clone();
        self.dialog = Some(Dialog::Unsaved { name, then: Box::new(then) });
    }

    /// Throws a journal away, which was asked for twice.
    pub(in crate::app) fn throw_away(&mut self, one: &LeftBehind) {
        match one.throw_away() {
            Ok(()) => self.notices.tell(Tone::Plain, format!("Thrown away: {}", name_of(one))),
            Err(error) => tell_error(&mut self.notices, error.to_string()),
        }
    }
}
