//! What a window left behind is looked for after the first frame, offered as a list, and brought back, all of it
//! elsewhere: the window waits for nothing.

use std::path::PathBuf;

use egui::Context;

use super::keeping::journals_in;
use super::offer::{ComesBack, Offer};
use crate::app::App;
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::app::jobs::{Job, Poll};
use crate::app::style::Tone;
use crate::app::trail::Trail;
use crate::app::window::tell_error;
use crate::store::{self, LeftBehind, Recovered, StoreError};
use crate::words::counted_plain;

/// What is looked for, and what is being brought back.
#[derive(Default)]
pub(in crate::app) struct BringingBack {
    has_looked: bool,
    looking: Option<Looking>,
    coming: Option<Job<Result<Recovered, StoreError>>>,
    /// It is here, and a question about the place that is shown comes first.
    here: Option<Box<Recovered>>,
}

/// The list is on its way.
struct Looking {
    job: Job<Vec<LeftBehind>>,
    /// Somebody has asked for it: it is shown even if nothing is on it.
    is_asked_for: bool,
}

impl App {
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
        if self.history.is_changed() && !self.leaves_changes {
            return self.ask_for_changes(Action::BringBack(one, how));
        }
        let name = format!("Bringing {} back", one.place);
        let job = Job::start(&name, context, move |_| one.bring_back(how == ComesBack::AsCopy));
        self.bringing_back.coming = Some(job);
    }

    fn take_back(&mut self, done: Poll<Result<Recovered, StoreError>>, context: &Context) {
        match done {
            Poll::Done(Ok(recovered)) => {
                self.bringing_back.here = Some(Box::new(recovered));
                self.perform(Action::ShowBroughtBack, context);
            }
            Poll::Done(Err(error)) => {
                self.leaves_changes = false;
                tell_error(&mut self.notices, error.to_string());
            }
            Poll::Gone | Poll::Working => {
                self.leaves_changes = false;
                let what = "this stopped through a fault of the program; what was left behind is as it was";
                tell_error(&mut self.notices, format!("Bringing work back: {what}"));
            }
        }
    }

    /// Shows what was brought back, unless something was changed here meanwhile.
    pub(in crate::app) fn show_brought_back(&mut self) {
        if self.history.is_changed() && !self.leaves_changes {
            return self.ask_for_changes(Action::ShowBroughtBack);
        }
        self.leaves_changes = false;
        let Some(recovered) = self.bringing_back.here.take() else { return };
        let Recovered { history, file, steps, words, origin } = *recovered;
        self.stop_editing();
        self.trail = Trail::new(history.place().view.screen);
        self.history = history;
        self.views.start_afresh();
        self.shown.start_afresh();
        self.reports.clear();
        self.read_files.clear();
        self.file = file.as_ref().map(|(path, _)| path.clone());
        // The journal that it is from is set aside once all of it is in this window's own.
        let file = file.as_ref().map(|(path, hash)| (path.as_path(), *hash));
        self.keeping.journal.go_on(&self.history, file, origin);
        let tone = if words.is_empty() { Tone::Ok } else { Tone::Warning };
        let text = format!("{} brought back; undo works as before", counted_plain(steps, "step"));
        self.notices.tell_all(tone, text, words, None);
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

/// What a journal is of, in words.
pub(super) fn name_of(one: &LeftBehind) -> String {
    if one.place.is_empty() { "a place without a name".to_owned() } else { one.place.clone() }
}

/// Whose file it was, in words.
pub(super) fn file_of(one: &LeftBehind) -> String {
    let shown = |path: &PathBuf| format!("of {}", path.display());
    one.file.as_ref().map_or_else(|| "in no file yet".to_owned(), shown)
}
