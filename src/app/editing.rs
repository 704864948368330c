//! Changes of the place. Those that go through many lines are made on another thread; the place as it was stays on
//! screen and alive until they are done, and nothing has changed where they are stopped.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use super::App;
use super::jobs::{Job, Poll};
use super::style::Tone;
use super::tell_error;
use super::trail::Visit;
use super::tray::Tray;
use crate::agree::ByHand;
use crate::dimension::Dimension;
use crate::import::FileReport;
use crate::ledger::LineId;
use crate::place::{Command, CommandError, Decision, Place};
use crate::store::Entry;

/// So many lines are gone through within a frame.
const AT_ONCE: usize = 20_000;

/// Work shorter than this is not mentioned.
const QUIET: Duration = Duration::from_millis(300);

/// Changes that are being made elsewhere, in the order they were asked for.
#[derive(Default)]
pub(super) struct Editing {
    going_on: Option<GoingOn>,
    waiting: VecDeque<Edit>,
}

/// A change of the place.
pub(super) struct Edit {
    pub(super) wanted: Wanted,
    pub(super) brings: Option<Brought>,
}

/// What is to be done.
#[derive(Clone)]
pub(super) enum Wanted {
    Command(Command),
    /// A command that has to be put together first, out of as many lines as the place has, under this name.
    Made(&'static str, Arc<dyn Fn() -> Command + Send + Sync>),
}

impl Wanted {
    fn label(&self) -> String {
        match self {
            Self::Command(command) => command.label(),
            Self::Made(label, _) => (*label).to_owned(),
        }
    }

    fn lines_gone_through(&self, place: &Place) -> usize {
        match self {
            Self::Command(command) => command.lines_gone_through(place),
            Self::Made(..) => place.lines_as_read().len(),
        }
    }

    /// The command, and what it makes of a place.
    fn make(&self, place: &Place) -> (Command, Result<Place, CommandError>) {
        let command = match self {
            Self::Command(command) => command.clone(),
            Self::Made(_, make) => make(),
        };
        let mut after = place.clone();
        let made = command.apply(&mut after).map(|()| after);
        (command, made)
    }
}

/// What comes with lines from files.
#[derive(Default)]
pub(super) struct Brought {
    /// The untouched sample makes way for a place of their own.
    pub(super) is_new_place: bool,
    /// What was known of files that were read before is no longer true.
    pub(super) forgets: bool,
    pub(super) reports: Vec<FileReport>,
    pub(super) files: Vec<PathBuf>,
    /// What is told once they are in the place.
    pub(super) words: String,
    /// Where they lay, and lie again when this is stopped.
    pub(super) tray: Option<Tray>,
}

struct GoingOn {
    edit: Edit,
    before: Place,
    job: Job<(Command, Result<Place, CommandError>)>,
}

impl GoingOn {
    fn start(edit: Edit, before: Place, context: &Context) -> Self {
        let (wanted, place) = (edit.wanted.clone(), before.clone());
        let job = Job::start(&edit.wanted.label(), context, move |_| wanted.make(&place));
        Self { edit, before, job }
    }
}

impl Editing {
    pub(super) fn is_going_on(&self) -> bool {
        self.going_on.is_some()
    }

    /// What is being done, in words, once it takes long enough to be mentioned.
    pub(super) fn words(&self, context: &Context) -> Option<String> {
        let GoingOn { job, .. } = self.going_on.as_ref()?;
        let since = job.started.elapsed();
        if since < QUIET {
            context.request_repaint_after(QUIET.saturating_sub(since));
            return None;
        }
        Some(format!("{}…", job.name))
    }
}

impl App {
    /// Makes a change, at once or elsewhere.
    pub(super) fn edit(&mut self, command: &Command) {
        self.begin_edit(Edit { wanted: Wanted::Command(command.clone()), brings: None });
    }

    /// Gives lines of the shown place a theme by hand.
    pub(super) fn give_theme(&mut self, lines: Vec<LineId>, name: String) {
        let place = self.shown.listed(self.trail.here().drill.as_ref()).0.clone();
        let make = move || {
            let given = place.references(&lines).into_iter().map(|line| ByHand {
                line,
                dimension: Dimension::Theme,
                name: name.clone(),
                reason: String::new(),
            });
            Command::Decide(Box::new(Decision::NameByHand(given.collect())))
        };
        self.begin_edit(Edit { wanted: Wanted::Made("Give a theme by hand", Arc::new(make)), brings: None });
    }

    pub(super) fn begin_edit(&mut self, edit: Edit) {
        let before = self.place_before(&edit);
        if edit.wanted.lines_gone_through(&before) <= AT_ONCE {
            let (command, made) = edit.wanted.make(&before);
            return self.end_edit(edit, command, &before, made);
        }
        if self.editing.is_going_on() {
            self.editing.waiting.push_back(edit);
        } else {
            self.editing.going_on = Some(GoingOn::start(edit, before, &self.context));
        }
    }

    /// What the change is made of: the place, or an empty one where the sample makes way.
    fn place_before(&self, edit: &Edit) -> Place {
        let is_new = edit.brings.as_ref().is_some_and(|brings| brings.is_new_place);
        if is_new && self.is_untouched_sample() { Place::default() } else { self.history.place().clone() }
    }

    /// Takes over what was made elsewhere; what was made of a place that has changed meanwhile is made again.
    pub(super) fn go_on_editing(&mut self) {
        let Some(going_on) = self.editing.going_on.take() else { return };
        match going_on.job.poll() {
            Poll::Working => {
                self.editing.going_on = Some(going_on);
                return;
            }
            Poll::Done((command, made)) => self.end_edit(going_on.edit, command, &going_on.before, made),
            Poll::Gone => {
                let what = "this stopped through a fault of the program; the place is as it was";
                tell_error(&mut self.notices, format!("{}: {what}", going_on.job.name));
            }
        }
        if !self.editing.is_going_on()
            && let Some(next) = self.editing.waiting.pop_front()
        {
            self.begin_edit(next);
        }
    }

    fn end_edit(&mut self, edit: Edit, command: Command, before: &Place, made: Result<Place, CommandError>) {
        let after = match made {
            Ok(after) => after,
            Err(error) => return self.refuse(&command, &error),
        };
        let Edit { wanted, brings } = edit;
        let makes_way =
            brings.as_ref().is_some_and(|brings| brings.is_new_place) && self.is_untouched_sample();
        if makes_way {
            self.show_place(before.clone(), None);
        }
        if !self.history.take(&command, before, after) {
            let edit = Edit { wanted, brings };
            let before = self.place_before(&edit);
            self.editing.going_on = Some(GoingOn::start(edit, before, &self.context));
            return;
        }
        self.note(Entry::Do(command));
        if let Some(brought) = brings {
            self.receive(brought, makes_way);
        }
    }

    fn refuse(&mut self, command: &Command, error: &CommandError) {
        let (view, _) = self.here();
        if !view.refused(command, error) {
            tell_error(&mut self.notices, error.to_string());
        }
    }

    /// Tells of files that are now part of the place.
    fn receive(&mut self, brought: Brought, is_new: bool) {
        if is_new {
            self.go(Visit::default());
        }
        if brought.forgets || is_new {
            self.reports.clear();
            self.read_files.clear();
        }
        self.reports.extend(brought.reports);
        self.read_files.extend(brought.files);
        if !brought.words.is_empty() {
            self.notices.tell(Tone::Ok, brought.words);
        }
    }

    /// Stops changes that are being made elsewhere, and nothing has changed: files lie in the tray again. False where
    /// none is.
    pub(super) fn stop_editing(&mut self) -> bool {
        self.editing.waiting.clear();
        let Some(stopped) = self.editing.going_on.take() else { return false };
        let tray = stopped.edit.brings.and_then(|brings| brings.tray);
        if self.tray.is_none() {
            self.tray = tray;
        }
        true
    }
}
