//! Nothing lost: every step goes to a journal, and one that was left behind is offered again.

use std::path::Path;

use super::App;
use super::action::Action;
use super::jobs::{Job, Poll, Reporter};
use super::style::Tone;
use super::trail::Trail;
use crate::store::{self, Base, Entry, Journal, PanicGuard, guard_with};
use crate::words::counted_plain;

/// Steps that bring so many lines are written within a frame.
// A thousand lines of text are written within a frame; a file's hundred thousand are not.
const AT_ONCE: usize = 1_000;

fn sync_of(journal: &Journal) -> impl FnOnce(&Reporter) + Send + use<> {
    let sync = journal.syncer();
    move |_| sync()
}

impl Drop for App {
    /// A window that closes in good order leaves nothing to bring back.
    fn drop(&mut self) {
        if self.quits || !self.history.is_changed() {
            self.end_journal();
        }
    }
}

impl App {
    pub(super) fn begin_journal(&mut self) {
        let Some(folder) = &self.folder else { return };
        match Journal::begin(folder, &Base::of(&self.history, self.file.as_deref())) {
            Ok(journal) => {
                guard_with(PanicGuard { folder: folder.clone(), flush: journal.flusher() });
                self.journal = Some(journal);
            }
            Err(error) => {
                self.notices.tell(Tone::Warning, format!("Changes are not kept as you make them. {error}"));
            }
        }
    }

    /// The place was saved, or another one is shown: steps count from here.
    pub(super) fn restart_journal(&mut self) {
        self.unwritten.clear();
        self.writing = None;
        let Some(journal) = &mut self.journal else { return };
        if let Err(error) = journal.start_again(&Base::of(&self.history, self.file.as_deref())) {
            self.give_journal_up(&error.to_string());
        }
    }

    /// Writes a step down. One that brings many lines is written on another thread, and those that follow it meanwhile
    /// after it.
    pub(super) fn note(&mut self, entry: Entry) {
        let Some(journal) = &mut self.journal else { return };
        // In the order they were taken: a step must not be on the disk before the one it builds on.
        if entry.added_lines() > AT_ONCE || self.writing.is_some() {
            self.unwritten.push(entry);
            self.go_on_noting();
            return;
        }
        match journal.add(&entry) {
            Ok(()) => self.sync = Some(Job::start("Keeping the last step", &self.context, sync_of(journal))),
            Err(error) => self.give_journal_up(&error.to_string()),
        }
    }

    /// Takes in that steps were written, and has others written.
    pub(super) fn go_on_noting(&mut self) {
        match self.writing.as_ref().map(Job::poll) {
            Some(Poll::Working) => return,
            Some(Poll::Done(Err(error))) => self.give_journal_up(&error.to_string()),
            Some(Poll::Gone) => self.give_journal_up("Writing them ended through a fault of the program."),
            Some(Poll::Done(Ok(()))) | None => {}
        }
        self.writing = None;
        let entries = std::mem::take(&mut self.unwritten);
        let Some(journal) = self.journal.as_ref().filter(|_| !entries.is_empty()) else { return };
        let write = journal.writer();
        let job = Job::start("Keeping the last steps", &self.context, move |_| write(&entries));
        self.writing = Some(job);
    }

    fn give_journal_up(&mut self, why: &str) {
        self.journal = None;
        self.notices
            .tell(Tone::Warning, format!("Changes are no longer kept as you make them; save now. {why}"));
    }

    pub(super) fn end_journal(&mut self) {
        if let Some(journal) = self.journal.take() {
            journal.end();
        }
    }

    /// Offers what the last window left behind; journals without a step are thrown away.
    pub(super) fn offer_recovery(&mut self) {
        let Some(folder) = &self.folder else { return };
        for path in store::left_behind(folder) {
            match store::recover(&path) {
                // Looking at a place is no work to be lost.
                Ok(recovered) if !recovered.history.is_changed() && recovered.missing.is_empty() => {
                    store::discard(&path);
                }
                Ok(recovered) => {
                    let name = recovered.history.place().name.clone();
                    let text = format!(
                        "{name} was not closed in good order; {} can be brought back",
                        counted_plain(recovered.steps, "step")
                    );
                    let offer = Some(("Bring them back".to_owned(), Action::Recover(path)));
                    self.notices.tell_all(Tone::Warning, text, recovered.missing, offer);
                    return;
                }
                Err(error) => {
                    self.notices.tell(Tone::Warning, error.to_string());
                    store::discard(&path);
                }
            }
        }
    }

    pub(super) fn recover(&mut self, path: &Path) {
        match store::recover(path) {
            Ok(recovered) => {
                self.trail = Trail::new(recovered.history.place().view.screen);
                self.history = recovered.history;
                self.file = recovered.file;
                self.views.start_afresh();
                // Only now that the new window has it all: a fault on the way leaves it to be offered again.
                store::discard(path);
                self.end_journal();
                self.begin_journal();
                self.notices.tell(
                    Tone::Ok,
                    format!("{} brought back; undo works as before", counted_plain(recovered.steps, "step")),
                );
            }
            Err(error) => self.notices.tell(Tone::Error, error.to_string()),
        }
    }
}
