//! What the window tells its journal: which place it shows, each step, where undo went, that a file holds it.
//! Nothing of it waits for the disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, SyncSender, channel, sync_channel};
use std::time::Duration;

use super::health::{JournalHealth, SharedHealth};
use super::recovery::BroughtBackFrom;
use super::writer::JournalWriter;
use crate::place::{Command, History, Place};
use crate::store::ContentHash;

/// The journal of a window: every change is told to it as it is made, so that a program that is killed loses nothing.
///
/// Others write it, on a thread of their own ([`JournalWriter::run`]). A clone tells the same journal.
#[derive(Clone, Debug)]
pub struct Journal {
    /// Shared, so that what outlives the window can hold on to it without keeping it alive.
    messages: Arc<Sender<JournalMessage>>,
    health: SharedHealth,
}

/// What a journal is told.
pub(super) enum JournalMessage {
    Begin(Box<Beginning>),
    Step {
        command: Command,
        label: String,
        state: u64,
        place: Place,
    },
    GoTo {
        state: u64,
        place: Place,
    },
    Saved {
        state: u64,
        path: PathBuf,
        hash: Option<ContentHash>,
    },
    /// Forces everything to the disk, and says whether it is there.
    Flush(Option<SyncSender<bool>>),
    End(SyncSender<()>),
}

/// A place that is shown from now on.
pub(super) struct Beginning {
    pub(super) place: Place,
    pub(super) state: u64,
    pub(super) is_saved: bool,
    pub(super) file: Option<(PathBuf, Option<ContentHash>)>,
    /// What it was brought back from.
    pub(super) origin: Option<BroughtBackFrom>,
}

impl Journal {
    /// A journal in this folder, and what writes it; `wake` is called when its health has changed.
    pub fn new(folder: Option<PathBuf>, wake: impl Fn() + Send + 'static) -> (Self, JournalWriter) {
        let (messages, received) = channel();
        let health = SharedHealth::default();
        if folder.is_none() {
            health.set(JournalHealth::NoFolder);
        }
        let writer = JournalWriter::new(folder, received, health.clone(), Box::new(wake));
        (Self { messages: Arc::new(messages), health }, writer)
    }

    /// Another place is shown: the journal so far goes where nothing of it is unsaved, and is set aside otherwise.
    ///
    /// `file` holds the place as it is, if its history says so; its hash where it is known already.
    pub fn begin(&self, history: &History, file: Option<(&Path, Option<ContentHash>)>) {
        self.begin_with(history, file, None);
    }

    /// A place that was brought back is shown. What it was brought back from is set aside once all of it is here.
    pub fn go_on(&self, history: &History, file: Option<(&Path, ContentHash)>, origin: BroughtBackFrom) {
        self.begin_with(history, file.map(|(path, hash)| (path, Some(hash))), Some(origin));
    }

    fn begin_with(
        &self,
        history: &History,
        file: Option<(&Path, Option<ContentHash>)>,
        origin: Option<BroughtBackFrom>,
    ) {
        self.tell(JournalMessage::Begin(Box::new(Beginning {
            place: history.place().clone(),
            state: history.state(),
            is_saved: !history.is_changed(),
            file: file.map(|(path, hash)| (path.to_owned(), hash)),
            origin,
        })));
    }

    /// A step was taken; the history is the one after it.
    pub fn step(&self, command: Command, history: &History) {
        self.tell(JournalMessage::Step {
            command,
            label: history.undo_label().unwrap_or_default().to_owned(),
            state: history.state(),
            place: history.place().clone(),
        });
    }

    /// Something was undone or done again: this is shown now.
    pub fn go_to(&self, history: &History) {
        self.tell(JournalMessage::GoTo { state: history.state(), place: history.place().clone() });
    }

    /// A file now holds the place as it was at a state; its hash where it is known already. What was changed since
    /// stays unsaved.
    pub fn mark_saved(&self, state: u64, hash: Option<ContentHash>, path: &Path) {
        self.tell(JournalMessage::Saved { state, path: path.to_owned(), hash });
    }

    /// Forces what was told so far to the disk, soon: something risky is about to begin.
    pub fn flush(&self) {
        self.tell(JournalMessage::Flush(None));
    }

    /// Forces what was told so far to the disk, and waits for it, but no longer than this; whether it is there.
    pub fn flush_blocking(&self, longest: Duration) -> bool {
        let (reply, done) = sync_channel(1);
        self.tell(JournalMessage::Flush(Some(reply)));
        done.recv_timeout(longest).unwrap_or(false)
    }

    /// [`Journal::flush_blocking`] for whoever may outlive it, as what is done when something fails does: a journal that
    /// was held on to would be taken for that of a living window.
    pub fn flusher(&self, longest: Duration) -> impl Fn() + Send + Sync + use<> {
        let (messages, health) = (Arc::downgrade(&self.messages), self.health.clone());
        move || {
            if let Some(messages) = messages.upgrade() {
                // Whatever comes of it, nobody could do more about it now.
                let _ = Self { messages, health: health.clone() }.flush_blocking(longest);
            }
        }
    }

    /// The window closes in good order, and nothing has to be brought back. What is unsaved is set aside all the same.
    pub fn end(&self, longest: Duration) {
        let (reply, done) = sync_channel(1);
        self.tell(JournalMessage::End(reply));
        let _ = done.recv_timeout(longest);
    }

    pub fn health(&self) -> JournalHealth {
        self.health.get()
    }

    fn tell(&self, message: JournalMessage) {
        // Where its thread has ended, the window is told by the thread's job.
        let _ = self.messages.send(message);
    }
}
