//! Files saved whole or not at all: beside the target, forced to the disk, put in its place. Also the
//! program's own small notes.

use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::StoreError;
use super::attributes;
use super::new_file::{NewFile, SavedFile};

/// Saves a file, whole or not at all: beside it first, forced to the disk, then put in its place.
///
/// A symbolic link is followed to its file; permissions, group and attributes are kept. What a killed saver left
/// beside it is swept away.
///
/// # Errors
/// When the file cannot be written; what was there before is untouched.
pub fn save_bytes(path: &Path, bytes: &[u8]) -> Result<SavedFile, StoreError> {
    save_with(path, &mut |_| ControlFlow::Continue(()), |file| file.write_all(bytes))
}

/// As [`save_bytes`], of bytes that are made as they are written. `progress` is told how many there are, and may stop
/// it until the file is put in its place.
///
/// # Errors
/// When the file cannot be written or was stopped; what was there before is untouched.
pub fn save_with(
    path: &Path,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<SavedFile, StoreError> {
    let mut new = NewFile::begin(path, progress)?;
    write(&mut new).map_err(|error| new.why(error))?;
    let hash = new.force_to_disk()?;
    let others = new.old().map_or(0, |known| attributes::names(known).saturating_sub(1));
    say_other_names(&mut new, others);
    new.put_in_place(hash)
}

/// Copies what a file holds, block by block.
pub(super) fn copy_into(from: &Path, new: &mut NewFile<'_>) -> io::Result<()> {
    io::copy(&mut fs::File::open(from)?, new).map(|_| ())
}

/// A file of several names is replaced under this one alone.
pub(super) fn say_other_names(new: &mut NewFile<'_>, others: u64) {
    match others {
        0 => {}
        1 => new.warn("the file has another name, which keeps the old version".to_owned()),
        many => new.warn(format!("the file has {many} other names, which keep the old version")),
    }
}

/// Writes a small note of the program's own, in a folder that is made where it is missing.
///
/// # Errors
/// When the note cannot be written.
pub fn note(path: &Path, text: &str) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| StoreError::saving(path, &error))?;
    }
    // Nobody misses an attribute of a note.
    save_bytes(path, text.as_bytes()).map(|_| ())
}

/// Takes a note away; one that is not there is no loss.
pub fn forget(path: &Path) {
    let _ = fs::remove_file(path);
}
