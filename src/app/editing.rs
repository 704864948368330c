//! Changes of the place. Those that go through many lines are made on another thread; the place as it was stays on
//! screen and alive until they are done, and nothing has changed where they are stopped.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use super::jobs::Job;
use super::tray::Tray;
use crate::import::FileReport;
use crate::ledger::{Filter, LineId, OfLedger};
use crate::place::{Command, CommandError, Place};
use crate::words::capitalised;

/// So many lines are gone through within a frame.
pub(super) const AT_ONCE: usize = 20_000;

/// Work shorter than this is not mentioned.
// Words that come and go within a blink only make one wonder what they said.
const QUIET: Duration = Duration::from_millis(300);

/// Changes that are being made elsewhere, in the order they were asked for.
#[derive(Default)]
pub(super) struct Editing {
    pub(super) going_on: Option<GoingOn>,
    pub(super) waiting: VecDeque<Edit>,
}

/// A change of the place.
pub(super) struct Edit {
    pub(super) wanted: Wanted,
    pub(super) brings: Option<Brought>,
    /// What went into a pool, whose ring-fences are told once it is in.
    pub(super) pooled: Option<Pooled>,
}

/// What goes into a pool, under its title.
#[derive(Clone)]
pub(super) enum Pooled {
    Filter(Filter, String),
    Lines(OfLedger<Vec<LineId>>, String),
}

/// What is to be done.
#[derive(Clone)]
pub(super) enum Wanted {
    Command(Command),
    /// A command that has to be put together first, out of as many lines as the place has, under this name.
    Made(&'static str, Arc<MakeCommand>),
}

/// Puts a command together for a place, or says why there is none.
type MakeCommand = dyn Fn(&Place) -> Result<Command, String> + Send + Sync;

impl Wanted {
    fn label(&self) -> String {
        match self {
            Self::Command(command) => command.label(),
            Self::Made(label, _) => (*label).to_owned(),
        }
    }

    pub(super) fn lines_gone_through(&self, place: &Place) -> usize {
        match self {
            Self::Command(command) => command.lines_gone_through(place),
            Self::Made(..) => place.lines_as_read().len(),
        }
    }

    /// The command, and what it makes of a place.
    pub(super) fn make(&self, place: &Place) -> (Command, Result<Place, CommandError>) {
        let command = match self {
            Self::Command(command) => command.clone(),
            Self::Made(label, make) => match make(place) {
                Ok(command) => command,
                Err(why) => {
                    let nothing = Command::Several((*label).to_owned(), Vec::new());
                    return (nothing, Err(CommandError::NothingToPool(capitalised(&why))));
                }
            },
        };
        // On a copy, whose lines are shared: one that fails half way has changed nothing.
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

pub(super) struct GoingOn {
    pub(super) edit: Edit,
    pub(super) before: Place,
    pub(super) job: Job<(Command, Result<Place, CommandError>)>,
}

impl GoingOn {
    pub(super) fn start(edit: Edit, before: Place, context: &Context) -> Self {
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
