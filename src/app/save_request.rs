//! A save as it is asked for and as it went, with what the window knows of the file it writes over.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::Action;
use crate::export::StoryFileError;
use crate::place::{PartChange, Place, PlaceMerge, differences, merge};
use crate::store::{
    self, ContentHash, Known, LeftByOthers, LockError, OpenedPlace, PlaceLock, SavedFile, StoreError,
};

/// What is done after a save, once the place is on the disk; it goes with the save, and where that fails or is stopped
/// it is not done.
pub(super) type Then = Option<Box<Action>>;

/// What the window knows of the file that its place is in.
#[derive(Default)]
pub(super) struct HeldFile {
    /// What it held when it was read or saved last.
    pub(super) known: Option<ContentHash>,
    /// The place it was then.
    pub(super) base: Option<Place>,
    pub(super) lock: Option<PlaceLock>,
    /// Why it may be looked at only.
    pub(super) read_only: Option<String>,
}

impl HeldFile {
    pub(super) fn opened(known: Option<ContentHash>, base: Place, lock: Option<PlaceLock>) -> Self {
        Self { known, base: Some(base), lock, read_only: None }
    }

    /// What is known of the file for saving this place to it.
    pub(super) fn known_of(&self, place: &Place) -> Known {
        let same_lines = |base: &Place| Arc::ptr_eq(base.lines_as_read(), place.lines_as_read());
        match self.known {
            None => Known::NoFile,
            Some(hash) if self.base.as_ref().is_some_and(same_lines) => Known::SameLines(hash),
            Some(hash) => Known::Content(hash),
        }
    }

    /// The hold on this file, to be kept while it is read again.
    pub(super) fn take_lock_of(&mut self, path: &Path) -> Option<PlaceLock> {
        self.lock.take_if(|lock| lock.is_of(path))
    }

    /// The file may be looked at, and not saved over.
    pub(super) fn to_read(why: String) -> Self {
        Self { read_only: Some(why), ..Self::default() }
    }
}

/// A save that was asked for.
pub(super) struct SaveRequest {
    pub(super) path: PathBuf,
    pub(super) place: Place,
    /// The state of it, as its history counts.
    pub(super) state: u64,
    /// Which of the places that this window has shown it is.
    pub(super) of: u64,
    pub(super) known: Known,
    /// The place as it was when it was opened, for a comparison.
    pub(super) base: Option<Place>,
    /// The file is not held for editing yet.
    pub(super) takes_lock: bool,
    /// Nothing is written: the place is held against what the file holds.
    pub(super) only_compares: bool,
    pub(super) then: Then,
}

/// How a save went.
pub(super) struct SaveDone {
    pub(super) request: SaveRequest,
    pub(super) outcome: Result<(SavedFile, Option<PlaceLock>), SaveFailure>,
}

pub(super) enum SaveFailure {
    Failed(WriteFailure),
    /// Somebody else has saved it meanwhile.
    Changed(Box<OpenedPlace>, Box<Comparing>),
}

/// What they and we have changed.
pub(super) struct Comparing {
    pub(super) merge: Option<PlaceMerge>,
    pub(super) differences: Vec<PartChange>,
}

/// A file that somebody else has saved since it was opened here.
#[derive(Debug)]
pub(super) struct Meanwhile {
    pub(super) path: PathBuf,
    pub(super) theirs: Place,
    pub(super) hash: ContentHash,
    /// They have a format that this program would spoil.
    pub(super) is_newer: bool,
    pub(super) merge: Option<PlaceMerge>,
    /// How many lines, and how much, each has.
    pub(super) sizes: String,
    /// From mine to theirs, where it is not known what both were made from.
    pub(super) differences: Vec<PartChange>,
    pub(super) state: u64,
    pub(super) then: Then,
}

impl SaveRequest {
    /// Saves, on a thread of its own.
    pub(super) fn carry_out(self, progress: &mut dyn FnMut(u64) -> ControlFlow<()>) -> SaveDone {
        let outcome = self.save(progress);
        SaveDone { request: self, outcome }
    }

    fn save(
        &self,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<(SavedFile, Option<PlaceLock>), SaveFailure> {
        if self.only_compares {
            return Err(self.changed());
        }
        let failed = |error: StoreError| SaveFailure::Failed(error.into());
        let lock = match self.takes_lock.then(|| PlaceLock::take(&self.path, LeftByOthers::Ask)).transpose() {
            Ok(lock) => lock,
            Err(LockError::Store(error)) => return Err(failed(error)),
            Err(held) => return Err(SaveFailure::Failed(held.to_string().into())),
        };
        match store::save_known(&self.path, &self.place, self.known, progress) {
            Ok(saved) => Ok((saved, lock)),
            Err(StoreError::Changed { .. }) => Err(self.changed()),
            Err(error) => Err(failed(error)),
        }
    }

    /// The file holds something else than was known: what that is, and how it compares.
    fn changed(&self) -> SaveFailure {
        match store::open_place_file(&self.path) {
            Ok(theirs) => {
                let comparing = self.compare(&theirs.place);
                SaveFailure::Changed(Box::new(theirs), Box::new(comparing))
            }
            Err(error) => SaveFailure::Failed(WriteFailure::from(format!(
                "{error}. It was changed since it was opened here; save under another name"
            ))),
        }
    }

    fn compare(&self, theirs: &Place) -> Comparing {
        Comparing {
            merge: self.base.as_ref().map(|base| merge(base, theirs, &self.place)),
            differences: differences(&self.place, theirs),
        }
    }
}

/// A file that was written, and what has to be said of it.
pub(super) struct ExportedFile {
    pub(super) path: PathBuf,
    pub(super) warnings: Vec<String>,
}

impl ExportedFile {
    /// With more to be said of it.
    #[must_use]
    pub(super) fn with_warnings(mut self, warnings: Vec<String>) -> Self {
        self.warnings.extend(warnings);
        self
    }
}

/// Why a file was not written.
pub(super) struct WriteFailure {
    pub(super) message: String,
    /// The person asked for it.
    pub(super) is_stop: bool,
}

impl From<StoreError> for WriteFailure {
    fn from(error: StoreError) -> Self {
        Self { message: error.to_string(), is_stop: matches!(error, StoreError::Stopped { .. }) }
    }
}

impl From<StoryFileError> for WriteFailure {
    fn from(error: StoryFileError) -> Self {
        Self { message: error.to_string(), is_stop: error == StoryFileError::Stopped }
    }
}

impl From<String> for WriteFailure {
    fn from(message: String) -> Self {
        Self { message, is_stop: false }
    }
}
