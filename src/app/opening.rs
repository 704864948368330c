//! What is to be opened and how, and what came of it: a place that somebody else may have open is asked about.

use std::path::{Path, PathBuf};

use crate::store::{self, LeftByOthers, Loaded, LockError, PlaceLock};

/// What is to be opened, and how.
#[derive(Clone, Debug)]
pub(super) struct OpenRequest {
    pub(super) files: Vec<PathBuf>,
    pub(super) way: OpenWay,
    /// The place may take the place of changes that no file holds: the person said so.
    pub(super) leaves_changes: bool,
}

/// How a place is opened that somebody else may have open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OpenWay {
    /// For editing; where somebody has it, the person is asked.
    Edit,
    /// For editing, although another computer seems to have it.
    TakeOver,
    Read,
    Copy,
}

/// What was read, and whether the place may be written.
pub(super) struct OpenedFiles {
    pub(super) request: OpenRequest,
    pub(super) loaded: Loaded,
    pub(super) lock: Option<Result<PlaceLock, LockError>>,
}

/// Takes the place among the files for editing, where that is wanted.
pub(super) fn lock_of(request: &OpenRequest, held: Option<&Path>) -> Option<Result<PlaceLock, LockError>> {
    let others = match request.way {
        OpenWay::Edit => LeftByOthers::Ask,
        OpenWay::TakeOver => LeftByOthers::TakeOver,
        OpenWay::Read | OpenWay::Copy => return None,
    };
    // Decisions that were mailed have the ending of places too.
    let is_place = |path: &&PathBuf| {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
            && store::looks_like_place(path)
    };
    let place = request.files.iter().find(is_place)?;
    // What this window has it need not take again, and could not.
    (!held.is_some_and(|held| store::is_same_file(held, place))).then(|| PlaceLock::take(place, others))
}
