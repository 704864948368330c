//! What writes a journal, on a thread of its own: each entry as it is told, forced to the disk a second later.
//! What fails is tried again with everything that is known, until it is on the disk.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use super::disk::Locked;
use super::entry::{Entry, StepTaken};
use super::handle::{Beginning, JournalMessage};
use super::health::{JournalHealth, SharedHealth};
use super::known_file::KnownFile;
use super::open_journal::OpenJournal;
use super::present::Present;
use super::side_file::{MOST_LINES, SideFile};
use super::whereabouts::Whereabouts;
use crate::money::Money;
use crate::place::Command;
use crate::store::{ContentHash, StoreError};

/// An entry is forced to the disk so long after it was written, with those that came meanwhile. Two seconds are
/// promised, and a slow disk takes its time.
const SYNC_AFTER: Duration = Duration::from_secs(1);
/// What failed is tried again after so long: soon enough for a stick that was put back, too seldom to be felt.
const RETRY_AFTER: Duration = Duration::from_secs(3);
/// More steps than these are not kept in memory while writing fails: the place itself is then written.
const MOST_PENDING: usize = 10_000;
/// A journal that has grown beyond it begins anew when a file holds everything.
const LARGE: u64 = 64 << 20;

/// Writes the journal of a window.
pub struct JournalWriter {
    /// Where journals lie.
    folder: Option<PathBuf>,
    messages: Receiver<JournalMessage>,
    health: SharedHealth,
    wake: Box<dyn Fn() + Send>,
    /// What is shown, whether or not it is on the disk yet.
    present: Option<Present>,
    open: Option<OpenJournal>,
    /// What is not in the journal yet, in its order.
    pending: VecDeque<Pending>,
    /// The end of the journal may be half an entry.
    is_torn: bool,
    /// What is shown cannot be told by another entry.
    must_begin: bool,
    sync_due: Option<Instant>,
    retry_due: Option<Instant>,
}

/// What is yet to be written.
enum Pending {
    Step { command: Command, label: String, name: String, total: Money, state: u64 },
    GoTo { state: u64, name: String, total: Money },
    Saved { state: u64, file: KnownFile },
}

impl JournalWriter {
    pub(super) fn new(
        folder: Option<PathBuf>,
        messages: Receiver<JournalMessage>,
        health: SharedHealth,
        wake: Box<dyn Fn() + Send>,
    ) -> Self {
        Self {
            folder,
            messages,
            health,
            wake,
            present: None,
            open: None,
            pending: VecDeque::new(),
            is_torn: false,
            must_begin: false,
            sync_due: None,
            retry_due: None,
        }
    }

    /// Writes what it is told until nobody can tell it anything any more. At rest it takes no time at all.
    pub fn run(mut self) {
        loop {
            let due = self.sync_due.into_iter().chain(self.retry_due).min();
            let received = match due {
                Some(due) => self.messages.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => self.messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match received {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    self.write();
                    self.sync();
                    return;
                }
            }
            let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= Instant::now());
            if is_due(self.retry_due) {
                self.write();
                self.sync();
            } else if is_due(self.sync_due) {
                self.sync();
            }
        }
    }

    fn take(&mut self, message: JournalMessage) {
        match message {
            JournalMessage::Begin(_)
            | JournalMessage::Step { .. }
            | JournalMessage::GoTo { .. }
            | JournalMessage::Saved { .. }
                if self.folder.is_none() => {}
            JournalMessage::Begin(beginning) => self.begin(*beginning),
            JournalMessage::Step { command, label, state, place } => {
                let Some(present) = &mut self.present else { return };
                let (name, total) = (place.name.clone(), place.ledger.total());
                present.place = place;
                if !present.standing.step(state, command.is_view()) {
                    self.must_begin = true;
                    present.standing = Whereabouts::new(state, false);
                }
                self.add(Pending::Step { command, label, name, total, state });
            }
            JournalMessage::GoTo { state, place } => {
                let Some(present) = &mut self.present else { return };
                let (name, total) = (place.name.clone(), place.ledger.total());
                present.place = place;
                // A state from before the journal began: it begins with that one now.
                if !present.standing.go_to(state) {
                    self.must_begin = true;
                    present.standing = Whereabouts::new(state, false);
                }
                self.add(Pending::GoTo { state, name, total });
            }
            JournalMessage::Saved { state, path, hash } => self.save(state, path, hash),
            JournalMessage::Flush(reply) => {
                self.write();
                self.sync();
                if let Some(reply) = reply {
                    // Whoever waited may have given up.
                    let _ = reply.send(self.retry_due.is_none() && self.folder.is_some());
                }
            }
            JournalMessage::End(reply) => {
                self.finish();
                let _ = reply.send(());
            }
        }
    }

    fn begin(&mut self, beginning: Beginning) {
        self.finish();
        let origin_name = beginning.origin.as_ref().and_then(super::recovery::BroughtBackFrom::name_to_go);
        let mut present = Present::of(beginning);
        let origin = present.origin.take();
        self.retry_due = None;
        let begun = match (&self.folder, &origin) {
            (Some(folder), Some(origin)) => OpenJournal::go_on(folder, origin, &mut present),
            _ => Ok(None),
        };
        // Where its journal cannot be gone on with, the place itself is written.
        present.of.extend(origin_name);
        present.origin = origin;
        self.present = Some(present);
        if let Ok(Some(open)) = begun {
            self.open = Some(open);
            self.set_origin_aside();
        } else {
            self.must_begin = true;
        }
        self.write();
    }

    /// Writes an entry, or keeps it until writing is tried again.
    fn add(&mut self, pending: Pending) {
        self.pending.push_back(pending);
        if self.pending.len() > MOST_PENDING {
            self.pending.clear();
            self.must_begin = true;
        }
        if self.retry_due.is_none() {
            self.write();
        }
    }

    fn save(&mut self, state: u64, path: PathBuf, hash: Option<ContentHash>) {
        let Some(present) = &mut self.present else { return };
        // A file that cannot be read holds nothing that could be known again.
        let Some(hash) = hash.or_else(|| ContentHash::of_file(&path).ok()) else { return };
        let path = std::path::absolute(&path).unwrap_or(path);
        let file = KnownFile { path, hash };
        present.standing.save(state);
        present.file = Some(file.clone());
        self.pending.push_back(Pending::Saved { state, file });
        self.write();
        self.sync();
        let Some(present) = &mut self.present else { return };
        if self.retry_due.is_some() || present.standing.is_unsaved() {
            return;
        }
        if let Some(folder) = &self.folder {
            for name in present.of.drain(..) {
                // One that cannot be removed goes when it is old.
                let _ = Locked::take(folder, &name).map(Locked::remove);
            }
        }
        if self.open.as_ref().is_some_and(|open| open.size() > LARGE) {
            self.must_begin = true;
            self.write();
        }
    }

    /// The journal so far comes to its end.
    fn finish(&mut self) {
        self.write();
        self.sync();
        self.pending.clear();
        (self.is_torn, self.must_begin, self.sync_due, self.retry_due) = (false, false, None, None);
        let (open, present) = (self.open.take(), self.present.take());
        let Some(open) = open else { return };
        let is_unsaved = present.is_none_or(|present| present.standing.is_unsaved());
        let locked = open.close();
        // Where that fails it is offered at the next start.
        let _ = if is_unsaved { locked.set_aside() } else { locked.remove() };
    }

    /// Writes whatever is not written yet.
    fn write(&mut self) {
        if let Err(error) = self.try_to_write() {
            self.fail(&error);
        }
    }

    fn try_to_write(&mut self) -> io::Result<()> {
        if self.present.is_none() {
            return Ok(());
        }
        if self.is_torn && !self.must_begin {
            match self.open.as_mut().map_or(Ok(()), OpenJournal::write_anew) {
                Ok(()) => self.is_torn = false,
                // What was written is gone or spoilt: the place itself is written in its stead.
                Err(error) if is_lost(&error) => self.must_begin = true,
                Err(error) => return Err(error),
            }
        }
        if self.must_begin || self.open.is_none() {
            return self.begin_anew();
        }
        while let Some(pending) = self.pending.pop_front() {
            if let Err(error) = self.write_entry(&pending) {
                self.pending.push_front(pending);
                return Err(error);
            }
            self.sync_due.get_or_insert_with(|| Instant::now() + SYNC_AFTER);
        }
        let (Some(open), Some(present)) = (&mut self.open, &mut self.present) else { return Ok(()) };
        if present.owes_base {
            open.keep(present)?;
        }
        Ok(())
    }

    fn write_entry(&mut self, pending: &Pending) -> io::Result<()> {
        let (Some(open), Some(present)) = (&mut self.open, &mut self.present) else { return Ok(()) };
        match pending {
            Pending::GoTo { state, name, total } => {
                open.write(*state, &Entry::GoTo { name: name.clone(), total: *total })
            }
            Pending::Saved { state, file } => open.write(*state, &Entry::Saved(file.clone())),
            Pending::Step { command, label, name, total, state } => {
                let is_first = present.base.is_some() && !command.is_view();
                // A place that no file holds is kept before the first step, which would be worth nothing
                // without it; one that a file holds after it, as that may take a while.
                if is_first && present.base_file.is_none() {
                    open.keep(present)?;
                }
                let mut lines = Vec::new();
                let mut failed = None;
                let command = command.with_additions(&mut |addition| {
                    if addition.ledger.len() <= MOST_LINES || failed.is_some() {
                        lines.push(None);
                        return addition.clone();
                    }
                    match SideFile::write_lines(open.folder(), &addition.ledger) {
                        Ok(file) => lines.push(Some(file)),
                        Err(error) => failed = Some(error),
                    }
                    let ledger = std::sync::Arc::default();
                    std::sync::Arc::new(crate::place::Addition { ledger, ..(**addition).clone() })
                });
                if let Some(error) = failed {
                    return Err(error);
                }
                if lines.iter().all(Option::is_none) {
                    lines.clear();
                }
                let done =
                    StepTaken { label: label.clone(), name: name.clone(), total: *total, command, lines };
                open.write(*state, &Entry::Do(Box::new(done)))?;
                present.owes_base |= is_first && present.base.is_some();
                Ok(())
            }
        }
    }

    /// Begins a journal with what is shown now; the one so far goes once that is on the disk.
    fn begin_anew(&mut self) -> io::Result<()> {
        let (Some(folder), Some(present)) = (&self.folder, &mut self.present) else { return Ok(()) };
        let open = OpenJournal::begin(folder, present)?;
        if let Some(before) = self.open.replace(open) {
            let _ = before.close().remove();
        }
        self.pending.clear();
        (self.is_torn, self.must_begin) = (false, false);
        self.set_origin_aside();
        Ok(())
    }

    fn set_origin_aside(&mut self) {
        let origin = self.present.as_mut().and_then(|present| present.origin.take());
        // Where that fails it is offered again: twice is better than never.
        let _ = origin.map(super::recovery::BroughtBackFrom::set_aside);
    }

    /// Forces what is written to the disk.
    fn sync(&mut self) {
        self.sync_due = None;
        if let Err(error) = self.open.as_mut().map_or(Ok(()), OpenJournal::sync) {
            return self.fail(&error);
        }
        if self.pending.is_empty() && !self.is_torn && !self.must_begin {
            self.retry_due = None;
            if self.folder.is_some() {
                self.tell(JournalHealth::Well);
            }
        }
    }

    fn fail(&mut self, error: &io::Error) {
        self.is_torn |= self.open.is_some();
        self.retry_due = Some(Instant::now() + RETRY_AFTER);
        if let Some(folder) = &self.folder {
            let reason = StoreError::saving(folder, error).to_string();
            self.tell(JournalHealth::Failing { reason, since: SystemTime::now() });
        }
    }

    fn tell(&self, health: JournalHealth) {
        if self.health.set(health) {
            (self.wake)();
        }
    }
}

/// Whether what was written cannot be read back.
fn is_lost(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, NotADirectory, NotFound, Other, UnexpectedEof};
    matches!(error.kind(), NotFound | NotADirectory | UnexpectedEof | InvalidData | Other)
}
