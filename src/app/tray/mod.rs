//! The tray: files that wait to become part of the place, with what was understood of each.

mod columns;
mod detail;
mod file;
mod view;

pub(super) use file::in_bytes;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Ui};

use super::App;
use super::action::Action;
use super::awaited::Awaited;
use super::editing::{Brought, Edit, Wanted};
use super::style::Tone;
use super::work::with_decisions;
use crate::agree::Decisions;
use crate::import::{ColumnMap, FileReport};
use crate::ledger::{ControlTotal, Ledger};
use crate::money::{Money, in_full};
use crate::place::{AddedFiles, Addition, Command, Place, first_name};
use crate::words::{counted, thousands};
use file::{Outcome, TrayFile, TrayOrigin};
use view::tray_ui;

/// So many files are read at the same time.
const AT_ONCE: usize = 2;
/// Of so many lines a name is found within a frame.
const AT_ONCE_LINES: usize = 20_000;
/// Reading that takes longer says how far it is.
pub(super) const QUIET: Duration = Duration::from_millis(300);

/// Files that wait to be added.
pub(super) struct Tray {
    pub(in crate::app) files: Vec<TrayFile>,
    pub(super) chosen: usize,
    /// Whether the chosen file is to have the keyboard when it is next shown.
    pub(super) wants_focus: bool,
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
    fn new(origins: Vec<TrayOrigin>, maps: &[ColumnMap], older: Option<&Place>) -> Self {
        Self {
            files: origins.into_iter().map(|origin| TrayFile::new(origin, maps, older)).collect(),
            chosen: 0,
            wants_focus: true,
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

    /// Stops what is being read; false where nothing is.
    fn stop(&mut self) -> bool {
        self.files.iter_mut().fold(false, |stopped, file| file.stop() | stopped)
    }

    /// Takes a file out of the tray.
    pub(super) fn leave_out(&mut self, index: usize) {
        self.files.remove(index);
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

impl App {
    /// Brings files: places are opened, and files of spending wait in the tray.
    pub(super) fn bring(&mut self, files: Vec<PathBuf>, context: &Context) {
        let is_place =
            |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
        let (places, spending): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(is_place);
        if !places.is_empty() {
            self.perform(Action::Open(places), context);
        }
        if !spending.is_empty() {
            self.put_in_tray(spending.into_iter().map(TrayOrigin::File).collect(), context);
        }
    }

    /// Cells from a spreadsheet, as a file of their own.
    pub(super) fn paste(&mut self, text: &str, context: &Context) {
        if text.trim().is_empty() {
            self.notices.tell(Tone::Plain, "There is nothing on the clipboard to paste");
        } else {
            self.put_in_tray(vec![TrayOrigin::Pasted(text.into())], context);
        }
    }

    fn put_in_tray(&mut self, origins: Vec<TrayOrigin>, context: &Context) {
        let place = self.history.place();
        let older: Option<&Place> = (!self.is_untouched_sample()).then_some(place);
        let maps = &self.shapes.maps;
        match &mut self.tray {
            Some(tray) if !tray.is_second_look => {
                tray.chosen = tray.files.len();
                tray.wants_focus = true;
                tray.files.extend(origins.into_iter().map(|origin| TrayFile::new(origin, maps, older)));
            }
            tray => *tray = Some(Tray::new(origins, maps, older)),
        }
        if let Some(tray) = &mut self.tray {
            tray.go_on(context);
        }
    }

    /// Shows how the files of the place were read, to have them read in another way.
    pub(super) fn look_again(&mut self, context: &Context) {
        let origins = self.read_files.iter().cloned().map(TrayOrigin::File).collect();
        let mut tray = Tray::new(origins, &self.shapes.maps, None);
        tray.is_second_look = true;
        tray.go_on(context);
        self.tray = Some(tray);
    }

    /// Stops what is being read for the tray; false where nothing is.
    pub(super) fn stop_reading(&mut self) -> bool {
        self.tray.as_mut().is_some_and(Tray::stop)
    }

    /// Esc and Cancel: what is being read is stopped, then the tray goes; the place is as it was.
    pub(super) fn close_tray(&mut self) {
        self.tray = None;
        self.notices.tell(Tone::Plain, "Nothing was added; the place is as it was");
    }

    /// Adds what lies in the tray to the place, in one step.
    pub(super) fn add_tray(&mut self) {
        let Some(tray) = self.tray.take_if(|tray| !tray.is_reading() && tray.addable().count() > 0) else {
            return;
        };
        let verb = if tray.is_second_look { "Read again" } else { "Added" };
        let words = format!("{verb} {}", tray.words());
        let reports: Vec<FileReport> = tray
            .addable()
            .flat_map(|file| file.readings().iter().map(|reading| reading.report.clone()))
            .collect();
        self.remember_shapes(&tray);
        let replaced = if tray.is_second_look {
            replaced_keys(self.history.place(), &tray)
        } else {
            tray.addable().filter_map(TrayFile::replaced).collect()
        };
        let is_new = self.is_untouched_sample();
        let control_totals = control_totals(self.history.place(), &tray);
        let files = AddedFiles {
            control_totals,
            name: tray.name.clone().filter(|name| is_new && !name.trim().is_empty()),
            replaced,
            additions: tray
                .addable()
                .flat_map(|file| file.readings().iter().map(|reading| Arc::clone(&reading.addition)))
                .collect(),
        };
        let decisions: Vec<Decisions> =
            tray.decisions.iter().map(|(_, decisions)| decisions.clone()).collect();
        let brought = Brought {
            is_new_place: is_new && !tray.is_second_look,
            forgets: tray.is_second_look,
            reports,
            files: tray.addable().filter_map(|file| file.path().cloned()).collect(),
            words,
            tray: Some(tray),
        };
        let command = with_decisions(Command::AddFiles(Box::new(files)), decisions.into_iter());
        self.begin_edit(Edit { wanted: Wanted::Command(command), brings: Some(brought) });
    }

    /// Remembers how the files were read, and what was said of them; the year is another one in the next file.
    fn remember_shapes(&mut self, tray: &Tray) {
        let mut is_new = false;
        for file in tray.addable() {
            for map in file.maps() {
                is_new |= self.shapes.remember(&map, &file.title);
            }
        }
        if let Some(folder) = self.folder.as_ref().filter(|_| is_new)
            && let Err(error) = self.shapes.save(&folder.join(super::SHAPES))
        {
            self.notices.tell(Tone::Warning, format!("How the files were read could not be kept. {error}"));
        }
    }

    /// The tray over the picture.
    pub(super) fn show_tray(&mut self, ui: &mut Ui) -> Option<Action> {
        let name = (!self.is_untouched_sample()).then(|| self.history.place().name.clone());
        tray_ui(ui, self.tray.as_mut()?, name.as_deref())
    }
}

/// The keys of the sources that the tray's files were read from before.
fn replaced_keys(place: &Place, tray: &Tray) -> Vec<String> {
    let titles: Vec<&str> =
        tray.addable().flat_map(TrayFile::readings).map(|r| r.addition.title.as_str()).collect();
    let is_of_tray = |file: &str| titles.contains(&file);
    place.sources.iter().filter(|source| is_of_tray(&source.file)).map(|source| source.key.clone()).collect()
}

/// The figures that were typed, each for the lines of its file, by its place among what is added, under a name of its own.
fn control_totals(place: &Place, tray: &Tray) -> Vec<(usize, ControlTotal)> {
    let mut at = 0;
    let mut totals = Vec::new();
    for file in tray.addable() {
        if let Some(amount) = file.stated() {
            let is_free = |name: &str| !place.control_totals.iter().any(|known| known.name == name);
            let numbered = (2..).map(|number| format!("{} ({number})", file.title));
            let name = std::iter::once(file.title.clone()).chain(numbered).find(|name| is_free(name));
            let name = name.expect("numbers do not run out");
            totals.push((at, ControlTotal { name, amount, ..ControlTotal::default() }));
        }
        at += file.readings().len();
    }
    totals
}
