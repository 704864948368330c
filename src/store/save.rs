//! Files saved whole or not at all: beside the target, forced to the disk, put in its place. Also the
//! program's own small notes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::StoreError;
use crate::place::{Place, write_place};

/// Saves a place, whole or not at all.
///
/// # Errors
/// When the file cannot be written; what was there before is untouched.
pub fn save_place(path: &Path, place: &Place) -> Result<(), StoreError> {
    save_bytes(path, write_place(place).as_bytes())
}

/// Saves a file, whole or not at all: beside it first, forced to the disk, then put in its place.
///
/// A symbolic link is followed to its file; permissions are kept. A copy left beside by a power cut has a fixed name
/// and is written over by the next save.
///
/// # Errors
/// When the file cannot be written; what was there before is untouched.
pub fn save_bytes(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    if path.is_dir() {
        return Err(StoreError::File { path: path.to_owned(), what: StoreError::folder() });
    }
    // The copy has to lie beside the file itself, as renaming works within one file system only.
    let target = fs::canonicalize(path).unwrap_or_else(|_| followed(path));
    let known = fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        let what = "this is not a file but a device or a pipe; save it elsewhere".to_owned();
        return Err(StoreError::File { path: path.to_owned(), what });
    }
    let permissions = known.map(|known| known.permissions());
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        let what =
            "this file may not be written to; save it under another name. Nothing was changed".to_owned();
        return Err(StoreError::File { path: path.to_owned(), what });
    }
    let beside = beside(&target);
    replace(&target, &beside, bytes, permissions).map_err(|error| {
        // The stray is of no use; the first failure is the one to tell.
        let _ = fs::remove_file(&beside);
        StoreError::saving(path, &error)
    })
}

/// Where a path leads whose file is not there yet: a link that points at nothing is followed, not replaced.
fn followed(path: &Path) -> PathBuf {
    // As many as Linux follows; links that go round end here.
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    target
}

/// The name a file has while it is written: hidden, in the same folder.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!(".{name}.saving"))
}

fn replace(
    target: &Path,
    beside: &Path,
    bytes: &[u8],
    permissions: Option<fs::Permissions>,
) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(beside)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    // Before the renaming: otherwise a power cut may leave the new name with nothing in it.
    file.sync_all()?;
    drop(file);
    fs::rename(beside, target)?;
    sync_folder(target)
}

/// Makes the new name itself safe from a power cut, where folders can be opened as files.
fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder =
            target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Writes a small note of the program's own, in a folder that is made where it is missing.
///
/// # Errors
/// When the note cannot be written.
pub fn note(path: &Path, text: &str) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| StoreError::saving(path, &error))?;
    }
    save_bytes(path, text.as_bytes())
}

/// Takes a note away; one that is not there is no loss.
pub fn forget(path: &Path) {
    let _ = fs::remove_file(path);
}
