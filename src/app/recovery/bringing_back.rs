//! What a window left behind, on its way: the list that is looked for, and a place that is brought back.

use crate::app::jobs::Job;
use crate::store::{LeftBehind, LeftByOthers, PlaceLock, Recovered, StoreError};

/// What is looked for, and what is being brought back.
#[derive(Default)]
pub(in crate::app) struct BringingBack {
    pub(super) has_looked: bool,
    pub(super) looking: Option<Looking>,
    pub(super) coming: Option<Job<Result<BroughtBack, StoreError>>>,
    /// It is here, and a question about the place that is shown comes first.
    pub(super) here: Option<Box<BroughtBack>>,
    /// The state of the place that is shown which may go without being saved: it was said so. Another state is asked for.
    pub(in crate::app) may_leave: Option<u64>,
}

/// A place that was brought back, and the hold on its file.
pub(super) struct BroughtBack {
    pub(super) recovered: Recovered,
    pub(super) lock: Option<PlaceLock>,
    /// Its file holds something else by now, and is to be held against it.
    pub(super) is_to_compare: bool,
}

impl BroughtBack {
    /// Takes hold of its file, so that nobody else changes it from now on. Where somebody else has it, that is said now
    /// and not only when it is saved.
    pub(super) fn hold(mut recovered: Recovered, is_held_here: bool, is_to_compare: bool) -> Self {
        let file = recovered.file.as_ref().filter(|_| !is_held_here);
        let lock = match file.map(|(path, _)| PlaceLock::take(path, LeftByOthers::Ask)).transpose() {
            Ok(lock) => lock,
            Err(why) => {
                recovered.words.push(why.to_string());
                None
            }
        };
        Self { recovered, lock, is_to_compare }
    }
}

/// The list is on its way.
pub(super) struct Looking {
    pub(super) job: Job<Vec<LeftBehind>>,
    /// Somebody has asked for it: it is shown even if nothing is on it.
    pub(super) is_asked_for: bool,
}
