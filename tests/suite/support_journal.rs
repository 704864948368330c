//! Windows without a screen: a history with its journal on the disk, that can be killed and brought back.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Ledger, Source};
use shadowpool::place::{Addition, Command, History, Place, write_place};
use shadowpool::store::{
    ComesBack, ContentHash, Journal, JournalHealth, JournalWriter, LeftBehind, left_behind, open_place,
    save_place,
};
use tempfile::TempDir;

use crate::support_ledgers::spend_lines;

/// Nothing that a test waits for takes so long.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// A folder for a moment, in memory where the system has such a thing: what is forced to the disk takes no time there.
pub(crate) fn quick_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder for a moment")
}

/// A window, as far as its place and its journal are concerned.
pub(crate) struct Life {
    pub(crate) history: History,
    pub(crate) file: Option<PathBuf>,
    pub(crate) journal: Journal,
    writer: JoinHandle<()>,
}

impl Life {
    /// A window that shows a place that no file holds.
    pub(crate) fn begin(folder: &Path, place: Place) -> Self {
        let (journal, writer) = Journal::new(Some(journals(folder)), || ());
        let writer = written_elsewhere(writer);
        let life = Self { history: History::new(place), file: None, journal, writer };
        life.journal.begin(&life.history, None);
        life
    }

    pub(crate) fn edit(&mut self, command: &Command) {
        self.history.execute(command).unwrap();
        self.journal.step(command.clone(), &self.history);
    }

    pub(crate) fn rename(&mut self, name: &str) {
        self.edit(&Command::Rename(name.to_owned()));
    }

    pub(crate) fn undo(&mut self) {
        if self.history.undo().is_some() {
            self.journal.go_to(&self.history);
        }
    }

    pub(crate) fn redo(&mut self) {
        if self.history.redo().is_some() {
            self.journal.go_to(&self.history);
        }
    }

    pub(crate) fn save(&mut self, file: &Path) {
        self.save_as_it_was(file, &self.history.clone());
    }

    /// A save that began when the history was this one, and ends now.
    pub(crate) fn save_as_it_was(&mut self, file: &Path, was: &History) {
        save_place(file, was.place()).unwrap();
        self.history.mark_saved(was.state());
        self.journal.mark_saved(was.state(), Some(ContentHash::of_file(file).unwrap()), file);
        self.file = Some(file.to_owned());
    }

    pub(crate) fn open(&mut self, file: &Path) {
        self.history = History::new(open_place(file).unwrap());
        self.file = Some(file.to_owned());
        self.journal.begin(&self.history, Some((file, None)));
    }

    /// Everything that was told so far is on the disk.
    pub(crate) fn is_kept(&self) -> bool {
        self.journal.flush_blocking(PATIENCE) && self.journal.health() == JournalHealth::Well
    }

    /// The program ends at once. What its window held then.
    pub(crate) fn kill(self) -> History {
        drop(self.journal);
        self.writer.join().expect("a journal is written without a fault");
        self.history
    }

    /// The window closes in good order.
    pub(crate) fn close(self) -> History {
        self.journal.end(PATIENCE);
        self.kill()
    }

    /// Another window, in which a journal is brought back.
    pub(crate) fn bring_back(folder: &Path, one: &LeftBehind) -> Self {
        let mut life = Self::begin(folder, Place::default());
        life.take_back(one);
        life
    }

    pub(crate) fn take_back(&mut self, one: &LeftBehind) -> Vec<String> {
        let recovered = one.bring_back(ComesBack::WithItsFile).unwrap();
        self.history = recovered.history;
        self.file = recovered.file.as_ref().map(|(path, _)| path.clone());
        let file = recovered.file.as_ref().map(|(path, hash)| (path.as_path(), *hash));
        self.journal.go_on(&self.history, file, recovered.origin);
        assert!(self.is_kept());
        recovered.words
    }
}

/// What writes a journal, on a thread of its own.
pub(crate) fn written_elsewhere(writer: JournalWriter) -> JoinHandle<()> {
    let thread = std::thread::Builder::new().name("journal".to_owned());
    thread.spawn(move || writer.run()).expect("a thread can be had")
}

pub(crate) fn journals(folder: &Path) -> PathBuf {
    folder.join("journals")
}

/// What was left behind, and what was set aside before.
pub(crate) fn offered(folder: &Path) -> (Vec<LeftBehind>, Vec<LeftBehind>) {
    left_behind(&journals(folder), folder).into_iter().partition(|one| !one.is_set_aside)
}

/// The one journal that was left behind.
pub(crate) fn only_offer(folder: &Path) -> LeftBehind {
    let (mut offers, _) = offered(folder);
    assert_eq!(offers.len(), 1, "{offers:#?}");
    offers.remove(0)
}

/// All that a history holds: every state that undo and redo lead to, in words, and which of them is shown.
pub(crate) fn states(history: &History) -> (Vec<(u64, String)>, usize) {
    let mut history = history.clone();
    let mut states = vec![state(&history)];
    while history.redo().is_some() {
        states.push(state(&history));
    }
    let to_come = states.len() - 1;
    history.go_to(states[0].0);
    states.reverse();
    while history.undo().is_some() {
        states.push(state(&history));
    }
    (states, to_come)
}

fn state(history: &History) -> (u64, String) {
    (history.state(), text(history.place()))
}

/// The text of a place, whatever screen it is looked at.
pub(crate) fn text(place: &Place) -> String {
    let mut history = History::new(place.clone());
    history.show(shadowpool::place::Screen::Flows);
    write_place(history.place())
}

/// So many lines from a file of this name.
pub(crate) fn lines_from(file: &str, count: usize) -> Command {
    let source = Source {
        key: file.to_owned(),
        title: format!("Spending in {file}"),
        file: file.to_owned(),
        ..Source::default()
    };
    let columns = [Dimension::Agency, Dimension::Theme, Dimension::Supplier];
    let row = |row: usize| format!("Council  Theme {}  Supplier {row}  {row}.25", row % 7);
    let rows = (0..count).map(row).collect::<Vec<_>>().join("\n");
    let mut lines = spend_lines(&columns, &rows);
    for (row, line) in (2..).zip(&mut lines) {
        line.source = Some(file.to_owned());
        line.row = (row % 5 != 0).then_some(row);
        line.description = (row % 3 == 0).then(|| format!("Order {row}"));
        line.high = (row == 1_000).then(|| line.amount + line.amount);
        line.date = (row % 2 == 0).then(|| "2024-04-30".parse().unwrap());
    }
    let ledger = Ledger::from_lines(&lines, std::slice::from_ref(&source), &[]).into();
    Command::AddLines(
        Addition { title: file.to_owned(), sources: vec![source], ledger, ..Addition::default() }.into(),
    )
}

/// The files of the journal that was left behind or set aside, by name.
pub(crate) fn journal_files(folder: &Path, name: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut folders = vec![journals(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if name(&path.file_name().unwrap().to_string_lossy()) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
