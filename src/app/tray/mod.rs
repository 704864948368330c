//! The tray: files that wait to become part of the place, with what was understood of each.

mod agreement;
mod answers;
mod as_read;
mod columns;
mod detail;
mod file;
mod left_out;
mod questions;
mod rows;
mod twice;
mod view;

pub(super) use file::{TrayFile, TrayOrigin, in_bytes};
pub(super) use view::tray_ui;

use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use super::awaited::Awaited;
use crate::agree::{ComparedLines, Decisions};
use crate::import::ColumnMap;
use crate::ledger::Ledger;
use crate::money::{Money, in_full};
use crate::place::{Addition, Place, first_name};
use crate::words::{counted, noun, thousands};
use twice::{ToCompare, Twice, lines_twice};

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
    /// What has the keyboard beneath the tray because a person has clicked there.
    clicked_beneath: Option<egui::Id>,
    /// Whether it is put aside, and its files wait.
    pub(in crate::app) is_put_aside: bool,
    /// Whether its files are to be added as soon as all is read: what is typed is read again first.
    pub(in crate::app) adds_when_read: bool,
    /// Whether its files are in the place already and are to be read in another way.
    pub(super) is_second_look: bool,
    /// The name of the place they are to become, where a person has typed one.
    pub(super) name: Option<String>,
    /// Decisions that came in files of their own, to be taken over with the files.
    pub(super) decisions: Vec<(String, Decisions)>,
    /// A name by what was read, worked out again whenever that is other than before.
    suggested: Awaited<u64, String>,
    readings: u64,
    /// The lines of the place the files are added to.
    place_lines: Option<Arc<Ledger>>,
    /// What of each file stands in another one, or in the place, too.
    twice: Awaited<u64, Twice>,
    /// The readings of which that is told.
    twice_told: Option<u64>,
    /// How much of the lines was compared.
    compared: ComparedLines,
}

impl Tray {
    pub(super) fn new(origins: Vec<TrayOrigin>, maps: &[ColumnMap], older: Option<&Place>) -> Self {
        Self {
            files: origins.into_iter().map(|origin| TrayFile::new(origin, maps, older)).collect(),
            chosen: 0,
            wants_question: false,
            wants_focus: true,
            clicked_beneath: None,
            is_put_aside: false,
            adds_when_read: false,
            is_second_look: false,
            name: None,
            decisions: Vec::new(),
            suggested: Awaited::default(),
            readings: 0,
            place_lines: older.map(|place| Arc::clone(place.lines_as_read())),
            twice: Awaited::default(),
            twice_told: None,
            compared: ComparedLines::OneIn(1),
        }
    }

    pub(super) fn is_reading(&self) -> bool {
        self.files.iter().any(|file| file.is_reading() || file.is_waiting())
    }

    /// Takes in what was read and starts what waits.
    pub(super) fn go_on(&mut self, context: &Context) {
        let mut is_new = false;
        for file in &mut self.files {
            is_new |= file.collect() | std::mem::take(&mut file.is_decided_anew);
        }
        self.readings += u64::from(is_new);
        self.suggest_name(context);
        if !self.is_reading() {
            self.ask_of_lines_twice(context);
        }
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

    /// Asks of files whose lines stand in one above them, or in the place, too.
    fn ask_of_lines_twice(&mut self, context: &Context) {
        if self.twice_told == Some(self.readings) {
            return;
        }
        let files: Vec<ToCompare> = self.files.iter().map(TrayFile::to_compare).collect();
        let place = self.place_lines.clone();
        let lines =
            files.iter().map(ToCompare::lines).sum::<usize>() + place.as_ref().map_or(0, |place| place.len());
        let is_quick = lines <= AT_ONCE_LINES;
        let seen =
            self.twice.get(self.readings, is_quick, context, move || lines_twice(&files, place.as_deref()));
        if let Some(found) = seen.filter(|seen| seen.is_current) {
            self.compared = found.value.compared;
            for (at, file) in self.files.iter_mut().enumerate() {
                file.twice = found.value.found.get(at).cloned().flatten();
            }
            self.twice_told = Some(self.readings);
        }
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

    /// Whether something can be added now, or once what is being read has been read.
    pub(super) fn can_be_asked_to_add(&self) -> bool {
        self.addable().count() > 0
    }

    /// Whether what was read is being compared with what is there already.
    pub(super) fn is_comparing(&self) -> bool {
        !self.is_reading() && self.twice_told != Some(self.readings)
    }

    /// Whether it waits for what is being read, or compared, before it can be added.
    pub(in crate::app) fn is_working(&self) -> bool {
        self.is_reading() || self.twice_told != Some(self.readings)
    }

    /// Whether what was read can be added.
    pub(super) fn is_ready(&self) -> bool {
        !self.is_reading() && self.twice_told == Some(self.readings) && self.addable().count() > 0
    }

    /// The files that can be added; one whose lines are there already is not, unless a person says so.
    pub(in crate::app) fn addable(&self) -> impl Iterator<Item = &TrayFile> {
        self.files.iter().filter(|file| file.holds_lines() && !file.is_there_already())
    }

    /// Turns to the first file that asks something, and says what is to be answered before anything is added; nothing
    /// where all is read and answered, or while something is being read.
    pub(super) fn turn_to_question(&mut self) -> Option<String> {
        if self.is_reading() {
            return None;
        }
        let asks = |file: &TrayFile| {
            file.holds_lines() && !file.is_there_already() && !file.open_questions().is_empty()
        };
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
        if let Some(compared) = self.compared.words() {
            words.extend(["; ", &compared]);
        }
        for (name, _) in &self.decisions {
            words.extend(["; with ", name]);
        }
        words
    }
}
