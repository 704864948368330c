//! Journals of the first format, which older programs left behind: what they start from on the first line, and a
//! step on each line after it. They are read, and never written.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ron::extensions::Extensions;
use serde::Deserialize;

use super::disk::Locked;
use crate::place::{Command, History, read_place};
use crate::store::open_place;

/// Its name, in the folder that it is moved to.
pub(super) const OLD_LOG: &str = "old.ron";

/// What an old journal holds.
pub(super) struct OldJournal {
    pub(super) history: History,
    pub(super) before: crate::money::Money,
    pub(super) file: Option<PathBuf>,
    /// The steps by name; undo and redo are steps too.
    pub(super) steps: Vec<String>,
    pub(super) missing: Vec<String>,
}

#[derive(Deserialize)]
enum OldBase {
    File { path: PathBuf, length: u64, written: u64 },
    Text { text: String, file: Option<PathBuf> },
}

#[derive(Deserialize)]
enum OldEntry {
    Do(Command),
    Undo,
    Redo,
    Unwritten(String),
}

fn from_line<'de, T: Deserialize<'de>>(line: &'de str) -> Option<T> {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).from_str(line).ok()
}

/// Moves the journals of older programs to where journals lie now, so that they are offered with the others.
pub(super) fn take_in(program_folder: &Path, journals: &Path) {
    let found = std::fs::read_dir(program_folder).into_iter().flatten().filter_map(Result::ok);
    let is_old = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("journal-") && name.ends_with(".ron")
    };
    for path in found.map(|entry| entry.path()).filter(is_old) {
        // One that is locked is in use by a program of before.
        let is_free = std::fs::File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if !is_free {
            continue;
        }
        // Where that fails it stays where it is, until the next start.
        if let Ok(locked) = Locked::make(journals)
            && std::fs::rename(&path, locked.folder().join(OLD_LOG)).is_err()
        {
            let _ = locked.remove();
        }
    }
}

/// Reads a journal and makes its steps again. A last line that was cut short is passed over.
pub(super) fn read(text: &str) -> Result<OldJournal, String> {
    let mut lines = text.lines();
    let base: OldBase =
        from_line(lines.next().unwrap_or_default()).ok_or("it does not say what it starts from")?;
    let (place, file) = match base {
        OldBase::Text { text, file } => (read_place(&text).map_err(|error| error.to_string())?, file),
        OldBase::File { path, length, written } => {
            // Steps are only true of the very file they were made on, which these journals know by its time.
            if stamp(&path) != Some((length, written)) {
                return Err(format!("its place file, {}, has been changed or moved since", path.display()));
            }
            (open_place(&path).map_err(|error| error.to_string())?, Some(path))
        }
    };
    let before = place.ledger.total();
    let mut old = OldJournal {
        history: History::brought_back(place),
        before,
        file,
        steps: Vec::new(),
        missing: Vec::new(),
    };
    // What follows a line that cannot be read may build on it, so it ends there.
    for entry in lines.map_while(from_line::<OldEntry>) {
        old.take(&entry);
    }
    Ok(old)
}

impl OldJournal {
    fn take(&mut self, entry: &OldEntry) {
        let label = match entry {
            OldEntry::Do(command) => {
                if let Err(error) = self.history.execute(command) {
                    self.missing.push(format!("{}: {error}", command.label()));
                }
                command.label()
            }
            OldEntry::Undo => self.history.undo().map(|label| format!("Undo {label}")).unwrap_or_default(),
            OldEntry::Redo => self.history.redo().map(|label| format!("Redo {label}")).unwrap_or_default(),
            OldEntry::Unwritten(label) => {
                self.missing
                    .push(format!("{label}: its lines were too many to be kept; open the files again"));
                // A step in its place, so that what was undone after it undoes it.
                let nothing = Command::Several(label.clone(), Vec::new());
                self.history.execute(&nothing).expect("nothing can always be done");
                label.clone()
            }
        };
        self.steps.push(label);
    }
}

/// A file's length, and when it was written.
fn stamp(path: &Path) -> Option<(u64, u64)> {
    let known = std::fs::metadata(path).ok()?;
    let written = known.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((known.len(), written.as_secs()))
}
