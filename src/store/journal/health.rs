//! Whether changes are kept as they are made, and why not.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Whether changes are kept as they are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum JournalHealth {
    #[default]
    Well,
    /// There is no folder to keep them in.
    NoFolder,
    /// Writing fails, since then, for this reason; it is tried again every few seconds.
    Failing { reason: String, since: SystemTime },
}

/// The health of a journal, where its writer tells it and the window looks at it each frame.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedHealth(Arc<Mutex<JournalHealth>>);

impl SharedHealth {
    pub(super) fn get(&self) -> JournalHealth {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells how it is; whether that is news.
    pub(super) fn set(&self, health: JournalHealth) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = match (&*known, &health) {
            // Since when stays as it was.
            (JournalHealth::Failing { reason, .. }, JournalHealth::Failing { reason: new, .. }) => {
                reason != new
            }
            (known, new) => known != new,
        };
        if is_news {
            *known = health;
        }
        is_news
    }
}
