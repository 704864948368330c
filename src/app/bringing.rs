//! Files that are brought to the window: into the tray, and out of it into the place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Ui};

use super::App;
use super::action::Action;
use super::editing::{Brought, Edit, Wanted};
use super::style::Tone;
use super::tray::{Tray, TrayFile, TrayOrigin, tray_ui};
use super::work::with_decisions;
use crate::agree::Decisions;
use crate::import::FileReport;
use crate::ledger::ControlTotal;
use crate::place::{AddedFiles, Command, Place};
use crate::store;
use crate::words::{counted, without_quotes};

impl App {
    /// Brings files: places are opened, and files of spending wait in the tray.
    pub(super) fn bring(&mut self, files: Vec<PathBuf>, context: &Context) {
        let files = self.with_files_of_folders(files);
        let is_place =
            |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
        let (places, spending): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(is_place);
        if !places.is_empty() {
            self.perform(Action::open(places), context);
        }
        if !spending.is_empty() {
            self.put_in_tray(spending.into_iter().map(TrayOrigin::File).collect(), context);
        }
    }

    /// Files, and those of folders in their place; what cannot be taken is said.
    fn with_files_of_folders(&mut self, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for path in paths {
            if !path.is_dir() {
                files.push(path);
                continue;
            }
            let found = store::files_of_folder(&path);
            let folder = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let mut said = Vec::new();
            if !found.not_taken.is_empty() {
                let names: Vec<String> =
                    found.not_taken.iter().take(MOST_NAMED).map(|path| name_of(path)).collect();
                let more = found.not_taken.len() - names.len();
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                said.push(format!("not of a kind that holds lines: {}{more}", names.join(", ")));
            }
            if !found.not_looked_into.is_empty() {
                let names: Vec<String> =
                    found.not_looked_into.iter().take(MOST_NAMED).map(|path| name_of(path)).collect();
                said.push(format!("not looked into: {}", names.join(", ")));
            }
            if found.are_too_many {
                said.push(format!("there are more files; the first {} were taken", found.files.len()));
            }
            if found.files.is_empty() || !said.is_empty() {
                let taken = counted(found.files.len() as u64, "file");
                let words = format!("{taken} of the folder {folder} taken");
                self.notices.tell_all(Tone::Warning, words, said, Vec::new());
            }
            files.extend(found.files);
        }
        files
    }

    /// Cells from a spreadsheet, as a file of their own; paths of files, as they are copied from a folder, bring these.
    pub(super) fn paste(&mut self, text: &str, context: &Context) {
        if let Some(paths) = paths_in(text) {
            self.bring(paths, context);
        } else if text.trim().is_empty() {
            self.notices.tell(Tone::Plain, "There is nothing on the clipboard to paste");
        } else {
            self.put_in_tray(vec![TrayOrigin::Pasted(text.into())], context);
        }
    }

    pub(super) fn put_in_tray(&mut self, origins: Vec<TrayOrigin>, context: &Context) {
        // Should the program not survive what a file does to it, nothing is lost.
        self.keeping.journal.flush();
        let place = self.history.place();
        // A sample makes way, so nothing in it can be an older version of a file.
        let older: Option<&Place> = (!self.is_untouched_sample()).then_some(place);
        let maps = &self.shapes.maps;
        match &mut self.tray {
            Some(tray) if !tray.is_second_look => {
                tray.chosen = tray.files.len();
                tray.wants_focus = true;
                tray.is_put_aside = false;
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
        // What was read before comes again: the tray then replaces, and adds nothing twice.
        tray.is_second_look = true;
        tray.go_on(context);
        self.tray = Some(tray);
    }

    /// Stops what is being read for the tray; false where nothing is.
    pub(super) fn stop_reading(&mut self) -> bool {
        // What waits to be added once it is read is not added then.
        self.tray.as_mut().is_some_and(|tray| std::mem::take(&mut tray.adds_when_read) | tray.stop())
    }

    /// Whether the tray lies over the picture.
    pub(super) fn tray_is_open(&self) -> bool {
        self.tray.as_ref().is_some_and(|tray| !tray.is_put_aside)
    }

    /// Esc: the tray is put aside, and its files wait; a second look at files of the place is over.
    pub(super) fn put_tray_aside(&mut self) {
        match &mut self.tray {
            Some(tray) if !tray.is_second_look => {
                tray.is_put_aside = true;
                tray.adds_when_read = false;
            }
            _ => self.close_tray(),
        }
    }

    /// The files that wait lie over the picture again.
    pub(super) fn show_waiting(&mut self) {
        if let Some(tray) = &mut self.tray {
            tray.is_put_aside = false;
            tray.wants_focus = true;
        }
    }

    /// Cancel: the tray goes; the place is as it was.
    pub(super) fn close_tray(&mut self) {
        self.tray = None;
        self.notices.tell(Tone::Plain, "Nothing was added; the place is as it was");
    }

    /// Adds what lies in the tray to the place, in one step.
    pub(super) fn add_tray(&mut self) {
        if let Some(tray) = self.tray.as_mut().filter(|tray| tray.is_working()) {
            tray.adds_when_read = true;
            return;
        }
        if let Some(question) = self.tray.as_mut().and_then(Tray::turn_to_question) {
            return self.notices.tell(Tone::Warning, question);
        }
        let Some(tray) = self.tray.take_if(|tray| tray.is_ready()) else { return };
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
        self.begin_edit(Edit { wanted: Wanted::Command(command), brings: Some(brought), pooled: None });
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
            && let Err(error) = self.shapes.save(&folder.join(super::window::SHAPES))
        {
            self.notices.tell(Tone::Warning, format!("How the files were read could not be kept. {error}"));
        }
    }

    /// The tray over the picture.
    pub(super) fn show_tray(&mut self, ui: &mut Ui) -> Option<Action> {
        let name = (!self.is_untouched_sample()).then(|| self.history.place().name.clone());
        tray_ui(ui, self.tray.as_mut().filter(|tray| !tray.is_put_aside)?, name.as_deref())
    }
}

/// Names of files that are listed in a message.
const MOST_NAMED: usize = 4;

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The paths of which a text consists, one a line, where each is there.
fn paths_in(text: &str) -> Option<Vec<PathBuf>> {
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_PASTED + 1).collect();
    let paths: Vec<PathBuf> = lines.into_iter().map(|line| PathBuf::from(without_quotes(line))).collect();
    let are_paths = (1..=MOST_PASTED).contains(&paths.len())
        && paths.iter().all(|path| path.is_absolute() && path.exists());
    are_paths.then_some(paths)
}

/// Paths that are pasted together.
const MOST_PASTED: usize = 50;

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
