//! The tray: files that wait to become part of the place, with what was understood of each.

mod answers;
mod columns;
mod detail;
mod file;
mod questions;
mod view;

pub(super) use file::{TrayFile, TrayOrigin, in_bytes};
pub(super) use view::tray_ui;

use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use super::awaited::Awaited;
use crate::agree::Decisions;
use crate::import::ColumnMap;
use crate::ledger::Ledger;
use crate::money::{Money, in_full};
use crate::place::{Addition, Place, first_name};
use crate::words::{counted, noun, thousands};
use file::Outcome;

/// So many files are read at the same time.
// A file is taken apart on all cores; a second one fills the gaps while the first is unpacked or waits for the disk,
// more would only share them.
const AT_ONCE: usize = 2;
/// Of so many lines a name is found within a frame.
const AT_ONCE_LINES: usize = 20_000;
/// Reading that takes longer says how far it is.
pub(super) const QUIET: Duration = Duration::from_millis(300);

/// Files that wait to be added.
pub(super) struct Tray {
    pub(in crate::app) files: Vec<TrayFile>,
    pub(super) chosen: usize,
    /// Whether the first answer to what the chosen file asks is to have the keyboard when it is next shown.
    pub(super) wants_question: bool,
    /// Whether the chosen file is to have the keyboard when it is next shown.
    pub(super) wants_focus: bool,
    /// Whether it is put aside, and its files wait.
    pub(in crate::app) is_put_aside: bool,
    /// Whether its files are in the place already and are to be read in another way.
    pub(super) is_second_look: bool,
    /// The name of the place they are to become, where a person has typed one.
    pub(super) name: Option<String>,
    /// Decisions that came in files of their own, to be taken over with the files.
    pub(super) decisions: Vec<(String, Decisions)>,
    /// A name by what was read, worked out again whenever that is other than before.
    suggested: Awaited<u64, String>,
    readings: u64,
}

impl Tray {
    pub(super) fn new(origins: Vec<TrayOrigin>, maps: &[ColumnMap], older: Option<&Place>) -> Self {
        Self {
            files: origins.into_iter().map(|origin| TrayFile::new(origin, maps, older)).collect(),
            chosen: 0,
            wants_question: false,
            wants_focus: true,
            is_put_aside: false,
            is_second_look: false,
            name: None,
            decisions: Vec::new(),
            suggested: Awaited::default(),
            readings: 0,
        }
    }

    pub(super) fn is_reading(&self) -> bool {
        self.files.iter().any(|file| file.is_reading() || file.is_waiting())
    }

    /// Takes in what was read and starts what waits.
    pub(super) fn go_on(&mut self, context: &Context) {
        let mut is_new = false;
        for file in &mut self.files {
            is_new |= file.collect();
        }
        self.readings += u64::from(is_new);
        self.suggest_name(context);
        let mut running = self.files.iter().filter(|file| file.is_reading()).count();
        for file in &mut self.files {
            if file.is_waiting() && running < AT_ONCE {
                file.start(context);
                running += 1;
            }
        }
        for since in self.files.iter().filter_map(TrayFile::since) {
            let next = if since < QUIET { QUIET.saturating_sub(since) } else { Duration::from_millis(100) };
            context.request_repaint_after(next);
        }
    }

    fn suggest_name(&mut self, context: &Context) {
        let readings = self.files.iter().flat_map(TrayFile::readings);
        let additions: Vec<Arc<Addition>> = readings.map(|reading| Arc::clone(&reading.addition)).collect();
        let is_quick = additions.iter().map(|addition| addition.ledger.len()).sum::<usize>() <= AT_ONCE_LINES;
        self.suggested.get(self.readings, is_quick, context, move || {
            let ledgers: Vec<&Ledger> = additions.iter().map(|addition| &*addition.ledger).collect();
            first_name(&ledgers, additions.first().map_or("", |first| first.title.as_str()))
        });
    }

    /// A name by what was read.
    pub(super) fn suggested(&self) -> &str {
        self.suggested.kept().map_or("", String::as_str)
    }

    /// "4 files wait", while it is put aside.
    pub(in crate::app) fn waiting_words(&self) -> Option<String> {
        let files = self.files.len();
        self.is_put_aside
            .then(|| format!("{} {}", counted(files as u64, "file"), noun(files, "waits", "wait")))
    }

    /// Stops what is being read; false where nothing is.
    pub(super) fn stop(&mut self) -> bool {
        self.files.iter_mut().fold(false, |stopped, file| file.stop() | stopped)
    }

    /// Takes a file out of the tray.
    pub(super) fn leave_out(&mut self, index: usize) {
        self.files.remove(index);
        // The file below moves up to the place of the one that went.
        self.chosen = self.chosen.min(self.files.len().saturating_sub(1));
        self.readings += 1;
    }

    /// Whether what was read can be added.
    pub(super) fn is_ready(&self) -> bool {
        !self.is_reading() && self.addable().count() > 0
    }

    /// The files that can be added.
    pub(in crate::app) fn addable(&self) -> impl Iterator<Item = &TrayFile> {
        self.files.iter().filter(|file| matches!(file.outcome, Outcome::Read(_)) && file.lines() > 0)
    }

    /// Turns to the first file that asks something, and says what is to be answered before anything is added; nothing
    /// where all is read and answered, or while something is being read.
    pub(super) fn turn_to_question(&mut self) -> Option<String> {
        if self.is_reading() {
            return None;
        }
        let is_addable = |file: &&TrayFile| matches!(file.outcome, Outcome::Read(_)) && file.lines() > 0;
        let asks = |file: &TrayFile| is_addable(&file) && !file.open_questions().is_empty();
        let index = self.files.iter().position(asks)?;
        self.chosen = index;
        self.wants_question = true;
        let file = &self.files[index];
        let question = file.open_questions().first().map(|problem| problem.message.clone())?;
        Some(format!("Nothing was added: {} is to be answered first, or left out. {question}", file.title))
    }

    /// How many questions are open in what can be added.
    pub(super) fn questions(&self) -> usize {
        self.addable().map(|file| file.open_questions().len()).sum()
    }

    /// "6 files, 26,607 lines, £8,778,781,345.97".
    pub(super) fn words(&self) -> String {
        let count = self.addable().count() as u64;
        let lines: u64 = self.addable().map(TrayFile::lines).sum();
        let total: Money = self.addable().map(TrayFile::total).sum();
        let left = self.files.len() as u64 - count;
        let mut words = format!("{}, {}, {}", counted(count, "file"), counted(lines, "line"), in_full(total));
        if left > 0 && !self.is_reading() {
            words.extend(["; ", &thousands(left), " left out"]);
        }
        for (name, _) in &self.decisions {
            words.extend(["; with ", name]);
        }
        words
    }
}
