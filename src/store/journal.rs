//! The journal: each step since the last save on a line of its own, so that a program that is killed loses
//! nothing. Writing it never keeps a save or a step from happening.

use std::borrow::Cow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};

use super::{StoreError, open_place};
use crate::place::{Command, History, Place, read_place, write_place};

/// The most lines an entry writes out; larger files are read again from where they came.
/// About 40 MB of text: within the time that a file of so many lines takes to read anyway.
const MOST_LINES: usize = 200_000;

/// Every change since the last save, one a line, so that a program that is killed loses nothing.
///
/// The file is locked while its window lives: one that can be locked was left behind.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    /// The same file, for as long as this journal lives, for whoever forces it to the disk when something fails.
    shared: Arc<File>,
    /// How often it has been started again; whoever writes to it elsewhere writes to the one they know.
    start: Arc<Mutex<u64>>,
}

/// What a journal starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// A place file as it was: its path, its length in bytes, and when it was written (seconds since 1970).
    File { path: PathBuf, length: u64, written: u64 },
    /// A place that no file holds as it is: a sample, a new place, one that was brought back.
    Text { text: String, file: Option<PathBuf> },
}

/// One step, as it was taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Entry {
    Do(Command),
    Undo,
    Redo,
    /// Lines too many to be written out: the step's name.
    Unwritten(String),
}

/// A place as a journal brings it back.
#[derive(Debug)]
pub struct Recovered {
    pub history: History,
    pub file: Option<PathBuf>,
    /// How many steps were done again.
    pub steps: usize,
    /// What could not be brought back, in words.
    pub missing: Vec<String>,
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

fn line_of(value: &impl Serialize) -> io::Result<String> {
    let mut line = options().to_string(value).map_err(io::Error::other)?;
    line.push('\n');
    Ok(line)
}

impl Entry {
    /// How many lines it writes out, one by one.
    pub fn added_lines(&self) -> usize {
        match self {
            Self::Do(command) => command.added_lines(),
            _ => 0,
        }
    }

    /// The step as it is written: of very many lines, what they were called.
    fn shortened(&self) -> Cow<'_, Self> {
        match self {
            Self::Do(command) if command.added_lines() > MOST_LINES => {
                Cow::Owned(Self::Unwritten(command.label()))
            }
            entry => Cow::Borrowed(entry),
        }
    }
}

impl Base {
    /// What a place starts from: the file that holds it, or its own text where it differs from its file.
    pub fn of(history: &History, file: Option<&Path>) -> Self {
        match file.filter(|_| !history.is_changed()).and_then(|path| Some((path, stamp(path)?))) {
            Some((path, (length, written))) => Self::File { path: path.to_owned(), length, written },
            None => Self::Text { text: write_place(history.place()), file: file.map(Path::to_owned) },
        }
    }

    fn open(&self) -> Result<(Place, Option<PathBuf>), String> {
        match self {
            Self::Text { text, file } => {
                read_place(text).map(|place| (place, file.clone())).map_err(|error| error.to_string())
            }
            Self::File { path, length, written } => {
                // Steps are only true of the very file they were made on.
                if stamp(path) != Some((*length, *written)) {
                    return Err(format!("{} has been changed or moved since", path.display()));
                }
                let place = open_place(path).map_err(|error| error.to_string())?;
                Ok((place, Some(path.clone())))
            }
        }
    }
}

/// A file's length, and when it was written.
fn stamp(path: &Path) -> Option<(u64, u64)> {
    let known = fs::metadata(path).ok()?;
    let written = known.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((known.len(), written.as_secs()))
}

impl Journal {
    /// Begins a journal in the program's folder.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn begin(folder: &Path, base: &Base) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(|error| StoreError::saving(folder, &error))?;
        let path = (0..1000)
            .map(|number| folder.join(format!("journal-{}-{number}.ron", std::process::id())))
            // Several windows may be open, and one process may have begun a journal before, so names are
            // numbered.
            .find(|path| !path.exists())
            .unwrap_or_else(|| folder.join("journal.ron"));
        let failed = |error: io::Error| StoreError::saving(&path, &error);
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(failed)?;
        // The lock goes with the process, however it ends: that is how a journal that was left behind is told
        // from one that is in use.
        file.try_lock().map_err(|error| failed(error.into()))?;
        let shared = Arc::new(file.try_clone().map_err(failed)?);
        let mut journal = Self { path: path.clone(), file, shared, start: Arc::default() };
        journal.write(base).map_err(failed)?;
        Ok(journal)
    }

    /// Starts again from a new base: the place was saved, or another one is shown.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn start_again(&mut self, base: &Base) -> Result<(), StoreError> {
        let start = Arc::clone(&self.start);
        let mut start = start.lock().unwrap_or_else(PoisonError::into_inner);
        // Under the lock: a writer on another thread that began before must not add its steps behind the new
        // base.
        *start += 1;
        let started = self.file.set_len(0).and_then(|()| self.file.rewind()).and_then(|()| self.write(base));
        started.map_err(|error| StoreError::saving(&self.path, &error))
    }

    /// Adds a step. It is with the system when this returns: a program that is killed has not lost it.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn add(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.write(&*entry.shortened()).map_err(|error| StoreError::saving(&self.path, &error))
    }

    /// What adds steps on another thread, in their order, and forces them to the disk. Where the journal is started
    /// again before, nothing is written.
    pub fn writer(&self) -> impl FnOnce(&[Entry]) -> Result<(), StoreError> + Send + use<> {
        let (path, file, start) = (self.path.clone(), self.file.try_clone(), Arc::clone(&self.start));
        let known = *start.lock().unwrap_or_else(PoisonError::into_inner);
        move |entries| {
            let write = || {
                let mut file = file?;
                for entry in entries {
                    // Made into text outside the lock, which is what takes long.
                    let line = line_of(&*entry.shortened())?;
                    let start = start.lock().unwrap_or_else(PoisonError::into_inner);
                    if *start != known {
                        return Ok(());
                    }
                    file.write_all(line.as_bytes())?;
                }
                file.sync_data()
            };
            write().map_err(|error| StoreError::saving(&path, &error))
        }
    }

    fn write(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.file.write_all(line_of(value)?.as_bytes())
    }

    /// What forces the steps so far to the disk, against power cuts; it takes as long as the disk does, so it is
    /// for another thread.
    pub fn syncer(&self) -> impl FnOnce() + Send + use<> {
        let file = self.file.try_clone();
        // A disk that refuses has had its say when the step was written.
        move || drop(file.and_then(|file| file.sync_data()))
    }

    /// What forces the steps so far to the disk when something fails.
    pub fn flusher(&self) -> Box<dyn Fn() + Send + Sync> {
        // Weak, or the lock that tells a living journal from one left behind would outlive the journal.
        let file = Arc::downgrade(&self.shared);
        Box::new(move || {
            if let Some(file) = file.upgrade() {
                // Whatever the disk says, nobody could do more about it now.
                let _ = file.sync_data();
            }
        })
    }

    /// The window closes in good order: nothing has to be brought back.
    pub fn end(self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// The journals that were left behind by a program that did not close in good order, latest first.
pub fn left_behind(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<(std::time::SystemTime, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("journal-"))
        .filter_map(|entry| {
            let file = File::open(entry.path()).ok()?;
            // Let go of again at once, as the file is closed; whoever recovers it reads it without a lock.
            file.try_lock().ok()?;
            Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, path)| path).collect()
}

/// Brings a place back from a journal: its base, and every step done again, so that undo works as before. A last
/// line that was cut short is passed over.
///
/// # Errors
/// When the base is gone or has changed, or the journal says nothing.
pub fn recover(path: &Path) -> Result<Recovered, StoreError> {
    let refuse = |what: String| StoreError::File { path: path.to_owned(), what };
    let file = File::open(path).map_err(|error| StoreError::reading(path, &error))?;
    let mut lines = BufReader::new(file).lines();
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    let base: Base = options()
        .from_str(&first)
        .map_err(|_| refuse("this journal does not say what it starts from".to_owned()))?;
    let (place, file) =
        base.open().map_err(|what| refuse(format!("its place cannot be brought back: {what}")))?;
    let mut recovered = Recovered { history: History::new(place), file, steps: 0, missing: Vec::new() };
    for line in lines {
        // What follows a line that cannot be read may build on it, so it ends there.
        let Some(entry) = line.ok().and_then(|line| options().from_str::<Entry>(&line).ok()) else { break };
        recovered.take(&entry);
    }
    Ok(recovered)
}

/// Throws a journal away.
pub fn discard(path: &Path) {
    let _ = fs::remove_file(path);
}

impl Recovered {
    fn take(&mut self, entry: &Entry) {
        match entry {
            Entry::Do(command) => {
                if let Err(error) = self.history.execute(command) {
                    self.missing.push(format!("{}: {error}", command.label()));
                }
            }
            Entry::Undo => {
                self.history.undo();
            }
            Entry::Redo => {
                self.history.redo();
            }
            Entry::Unwritten(label) => {
                self.missing
                    .push(format!("{label}: its lines were too many to be kept; open the files again"));
                // A step in its place, so that what was undone after it undoes it.
                let nothing = Command::Several(label.clone(), Vec::new());
                self.history.execute(&nothing).expect("nothing can always be done");
            }
        }
        self.steps += 1;
    }
}
