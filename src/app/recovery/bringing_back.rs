//! What a window left behind, on its way: the list that is looked for, and a place that is brought back.

use crate::app::jobs::Job;
use crate::store::{LeftBehind, Recovered, StoreError};

/// What is looked for, and what is being brought back.
#[derive(Default)]
pub(in crate::app) struct BringingBack {
    pub(super) has_looked: bool,
    pub(super) looking: Option<Looking>,
    pub(super) coming: Option<Job<Result<Recovered, StoreError>>>,
    /// It is here, and a question about the place that is shown comes first.
    pub(super) here: Option<Box<Recovered>>,
    /// The state of the place that is shown which may go without being saved: it was said so. Another state is asked for.
    pub(in crate::app) may_leave: Option<u64>,
}

/// The list is on its way.
pub(super) struct Looking {
    pub(super) job: Job<Vec<LeftBehind>>,
    /// Somebody has asked for it: it is shown even if nothing is on it.
    pub(super) is_asked_for: bool,
}
