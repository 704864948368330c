//! A journal that was left behind is read again: its base, the steps that led to where somebody was, and those that
//! were undone, so that undo and redo work as before.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::comes_back::ComesBack;
use super::course::Course;
use super::disk::{LOG, Locked};
use super::known_file::{FileNow, KnownFile};
use super::old_format::{self, OLD_LOG};
use super::side_file::SideFile;
use super::whereabouts::Whereabouts;
use crate::place::{Addition, Command, History, Place, Replay};
use crate::store::{ContentHash, StoreError, open_place, read_bytes};

/// A place as a journal brings it back.
#[derive(Debug)]
pub struct Recovered {
    pub history: History,
    /// The file that it was opened from or saved in, with the hash of what it held; it is as it was, or to be compared.
    /// Without one it is a copy.
    pub file: Option<(PathBuf, ContentHash)>,
    /// The place that the file held then, where that is known, so that it can be told who has changed what.
    pub base: Option<Place>,
    /// How many steps were done again.
    pub steps: usize,
    /// What is not as before, in words.
    pub words: Vec<String>,
    /// To be given to the journal that goes on.
    pub origin: BroughtBackFrom,
}

/// The journal that a place was brought back from. Nobody else can bring it back as long as it is held.
#[derive(Debug)]
pub struct BroughtBackFrom {
    pub(super) locked: Locked,
    /// What can be gone on with; none where something of it could not be brought back.
    pub(super) whole: Option<WholePart>,
    /// No file holds any of it, as the one that did has changed.
    pub(super) is_copy: bool,
    /// More than was brought back may be in it: it stays with those that were set aside until it is old.
    stays: bool,
}

/// The entries of a journal that can be gone on with.
#[derive(Debug)]
pub(super) struct WholePart {
    pub(super) end: usize,
    pub(super) entries: u64,
    pub(super) side_files: Vec<SideFile>,
    pub(super) standing: Whereabouts,
    pub(super) of: Vec<String>,
}

impl BroughtBackFrom {
    /// Its name, where it goes once a file holds the place.
    pub(super) fn name_to_go(&self) -> Option<String> {
        (!self.stays).then(|| self.locked.name.clone())
    }

    pub(super) fn set_aside(self) -> std::io::Result<()> {
        self.locked.set_aside()
    }
}

/// Brings back what a journal holds, as a copy where that is wanted, and where the file of the place has changed and is
/// not to be compared.
pub(super) fn bring_back(locked: Locked, how: ComesBack) -> Result<Recovered, StoreError> {
    let folder = locked.folder();
    if folder.join(OLD_LOG).is_file() {
        return bring_old_back(locked, how);
    }
    let log = folder.join(LOG);
    let refuse = |what: String| StoreError::File { path: log.clone(), what };
    let bytes = read_bytes(&log)?;
    let course = Course::read(&bytes).map_err(|error| refuse(error.to_string()))?;
    let base = base_of(&course, &folder).map_err(refuse)?;
    let mut words: Vec<String> =
        course.broken.iter().map(|broken| format!("Of its journal {broken}")).collect();
    let (commands, missing) = commands_of(&course, &folder);
    let (taken, mut is_whole) = (course.taken(), missing.is_none());
    // What was undone nobody misses; where a step is missing that was not, those after it are too.
    let is_short = commands.len() < taken;
    if let Some(missing) = missing.filter(|_| is_short) {
        words.push(missing);
    }
    let present = if is_short {
        commands.last().map_or(course.base_state, |(state, _)| *state)
    } else {
        course.standing.present()
    };
    let replay = Replay {
        base,
        base_state: course.base_state,
        steps: commands.iter().map(|(state, command)| (*state, command)).collect(),
        present,
        last: course.standing.last(),
    };
    let steps = replay.steps.len().min(taken);
    let mut history = replay.into_history().unwrap_or_else(|error| {
        is_whole = false;
        words.push(format!("{}: {}; this step and those after it are not back", error.label, error.error));
        *error.before
    });
    // The states of an abandoned way are numbered too: where somebody stood must be one that is here.
    is_whole &= history.state() == course.standing.present();
    let (known, said) = file_of(&course, how);
    words.extend(said);
    let is_copy = known.is_none();
    let saved = course.standing.saved().filter(|_| !is_copy);
    if let Some(saved) = saved {
        history.mark_saved(saved);
    }
    let base = saved.and_then(|saved| place_at(&history, saved));
    let is_damaged = course.broken.as_ref().is_some_and(super::course::Broken::is_more_than_a_cut);
    let whole = (is_whole && course.kept.is_some()).then_some(WholePart {
        end: course.end,
        entries: course.entries,
        side_files: course.side_files,
        standing: course.standing,
        of: course.of,
    });
    let file = known.map(|file| (file.path, file.hash));
    let origin = BroughtBackFrom { locked, whole, is_copy, stays: is_damaged || !is_whole };
    Ok(Recovered { history, file, base, steps, words, origin })
}

/// The file that the place goes on with, and what has to be said of it.
fn file_of(course: &Course, how: ComesBack) -> (Option<KnownFile>, Option<String>) {
    let Some(was) = course.file.as_ref().filter(|_| how != ComesBack::AsCopy) else { return (None, None) };
    let path = was.path.display();
    match was.now() {
        FileNow::AsItWas => (Some(was.clone()), None),
        FileNow::Renamed(to) => {
            let said = format!("{path} is called {} now", to.file_name().unwrap_or_default().display());
            (Some(KnownFile { path: to, hash: was.hash }), Some(said))
        }
        FileNow::Changed if how == ComesBack::ToCompare => (Some(was.clone()), None),
        FileNow::Changed | FileNow::Gone => {
            let said = format!("{path} is not there or not as it was: this is a copy, to be saved elsewhere");
            (None, Some(said))
        }
    }
}

/// The place as it was at a state, where a step leads there.
fn place_at(history: &History, state: u64) -> Option<Place> {
    let mut history = history.clone();
    history.go_to(state).then(|| history.place().clone())
}

/// The place that the steps begin from: what is kept beside the journal, or the file, if it is as it was.
fn base_of(course: &Course, folder: &Path) -> Result<Place, String> {
    let kept = course.kept.as_ref().map(|kept| kept.read(folder));
    let trouble = match kept {
        Some(Ok(place)) => return Ok(place),
        Some(Err(what)) => what,
        None => "it was not kept beside the journal".to_owned(),
    };
    match course.begin.file.as_ref().filter(|_| course.begin.is_saved).and_then(KnownFile::found) {
        Some(file) => open_place(&file.path).map_err(|error| error.to_string()),
        None => Err(format!("the place that its steps begin from is gone: {trouble}")),
    }
}

/// The steps with all their lines, as far as these are there, and which is the first that is not.
fn commands_of(course: &Course, folder: &Path) -> (Vec<(u64, Command)>, Option<String>) {
    let mut commands = Vec::new();
    for (state, done) in &course.steps {
        let mut lines = done.lines.iter();
        let mut failed = None;
        let command =
            done.command.with_additions(&mut |addition| match lines.next().and_then(Option::as_ref) {
                None => Arc::clone(addition),
                Some(file) => match file.read_lines(folder) {
                    Ok(ledger) => Arc::new(Addition { ledger: Arc::new(ledger), ..(**addition).clone() }),
                    Err(what) => {
                        failed.get_or_insert(what);
                        Arc::clone(addition)
                    }
                },
            });
        if let Some(what) = failed {
            let missing =
                format!("{}: its lines are gone, and with them the steps after it ({what})", done.label);
            return (commands, Some(missing));
        }
        commands.push((*state, command));
    }
    (commands, None)
}

/// A journal of an earlier program: what it was brought back from is begun anew.
fn bring_old_back(locked: Locked, how: ComesBack) -> Result<Recovered, StoreError> {
    let path = locked.folder().join(OLD_LOG);
    let text = fs::read_to_string(&path).map_err(|error| StoreError::reading(&path, &error))?;
    let old = old_format::read(&text).map_err(|what| StoreError::File { path, what })?;
    let file = old.file.filter(|_| how != ComesBack::AsCopy);
    let file = file.and_then(|path| ContentHash::of_file(&path).ok().map(|hash| (path, hash)));
    let origin =
        BroughtBackFrom { locked, whole: None, is_copy: file.is_none(), stays: !old.missing.is_empty() };
    let (steps, words) = (old.steps.len(), old.missing);
    Ok(Recovered { history: old.history, file, base: None, steps, words, origin })
}
