//! Saving a place: what its file holds is compared with what was known of it, its lines go beside it where they are
//! many, the version before is kept, and the new one takes its place.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::content_hash::ContentHash;
use super::error::StoreError;
use super::lines_file::LinesAre;
use super::new_file::{NewFile, SavedFile, target_of};
use super::save::say_other_names;
use super::{attributes, backups, lines_file, open_place};
use crate::ledger::Ledger;
use crate::place::{FORMAT, LinesFile, MOST_LINES_INLINE, Place, write_place_to};

/// What the person who saves knows of the file they save to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// There is none.
    NoFile,
    /// It holds this, as it was read or saved last.
    Content(ContentHash),
    /// The same, and the lines to be saved are those it was saved with.
    SameLines(ContentHash),
    /// Whatever it holds may be replaced: they were asked.
    Anything,
}

/// Saves a place, whole or not at all, in place of whatever is there.
///
/// # Errors
/// When the file cannot be written; what was there before is untouched.
pub fn save_place(path: &Path, place: &Place) -> Result<SavedFile, StoreError> {
    save_known(path, place, Known::Anything, &mut |_| ControlFlow::Continue(()))
}

/// Saves a place, whole or not at all, and keeps the version before it. `progress` is told how many bytes are written,
/// and may stop it until the file is put in its place.
///
/// # Errors
/// When the file cannot be written, was stopped, or holds something else than was known; what was there before is
/// untouched.
pub fn save_known(
    path: &Path,
    place: &Place,
    known: Known,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<SavedFile, StoreError> {
    let target = target_of(path)?;
    // Whatever was known or asked: what this program does not know of it would be lost.
    if let Some(format) = backups::format_of(&target).filter(|format| *format > FORMAT) {
        return Err(StoreError::NewerPlace { path: path.to_owned(), format });
    }
    let before = content_before(path, &target, known)?;
    let lines = place.lines_as_read();
    let lines_in = match there_already(&target, lines, known) {
        Some(lines_in) => Some(lines_in),
        None => beside(&target, lines, progress)?,
    };
    let format = place.format(lines_in.is_some());
    let saved = save_own_file(path, place, lines_in, Before { known, hash: before, format }, progress)?;
    backups::thin_out(&target);
    lines_file::tidy_up(&target);
    Ok(saved)
}

/// What is there already, and what comes.
#[derive(Clone, Copy)]
struct Before {
    known: Known,
    /// Of what the file holds; nothing where there is none.
    hash: Option<ContentHash>,
    /// That comes.
    format: u32,
}

/// What the file holds, which has to be what was known of it.
fn content_before(path: &Path, target: &Path, known: Known) -> Result<Option<ContentHash>, StoreError> {
    // What is no file is refused with better words when it is written.
    let hash = match fs::metadata(target) {
        Ok(found) if found.is_file() => {
            Some(ContentHash::of_file(target).map_err(|error| StoreError::reading(path, &error)))
        }
        _ => None,
    };
    match (known, hash) {
        // It may be replaced, but was never read.
        (Known::Anything, hash) => Ok(hash.and_then(Result::ok)),
        (Known::NoFile | Known::Content(_) | Known::SameLines(_), None) => Ok(None),
        (Known::NoFile, Some(_)) => Err(StoreError::Changed { path: path.to_owned() }),
        (Known::Content(known) | Known::SameLines(known), Some(hash)) => match hash? {
            hash if hash == known => Ok(Some(hash)),
            _ => Err(StoreError::Changed { path: path.to_owned() }),
        },
    }
}

/// The file of lines that the place before names, where the lines are the same and it is as it was written.
fn there_already(target: &Path, lines: &Ledger, known: Known) -> Option<LinesFile> {
    if !matches!(known, Known::SameLines(_)) || lines.len() <= MOST_LINES_INLINE {
        return None;
    }
    match lines_file::lines_of(target) {
        LinesAre::Beside(lines_in) if lines_in.lines == lines.len() as u64 => {
            lines_file::is_as_named(target, &lines_in).then_some(lines_in)
        }
        _ => None,
    }
}

/// Writes many lines beside the place; few are in the place itself.
fn beside(
    target: &Path,
    lines: &Ledger,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Option<LinesFile>, StoreError> {
    if lines.len() <= MOST_LINES_INLINE {
        return Ok(None);
    }
    lines_file::save_lines(target, lines, progress).map(Some)
}

fn save_own_file(
    path: &Path,
    place: &Place,
    lines_in: Option<LinesFile>,
    before: Before,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<SavedFile, StoreError> {
    let mut new = NewFile::begin(path, progress)?;
    write_place_to(place, lines_in, &mut new).map_err(|error| new.why(error))?;
    let hash = new.force_to_disk()?;
    // Before the version before is kept: a save that is stopped leaves nothing.
    new.go_on()?;
    if let (Some(known), Some(old)) = (new.old().cloned(), before.hash) {
        let target = new.target().to_owned();
        let names = attributes::names(&known).saturating_sub(1 + backups::own_names(&target, &known));
        say_other_names(&mut new, names);
        // The same again is no version of its own.
        if old != hash && is_good(path, before.known) {
            let other_format = backups::format_of(&target).is_some_and(|format| format != before.format);
            if let Err(error) = backups::keep(&target, old, other_format.then_some(before.format)) {
                new.warn(not_kept(&error));
            }
        }
    }
    new.put_in_place(hash)
}

/// Only what is known to be whole may push another version out: what was read or written here, or what opens.
fn is_good(path: &Path, known: Known) -> bool {
    matches!(known, Known::Content(_) | Known::SameLines(_)) || open_place(path).is_ok()
}

fn not_kept(error: &io::Error) -> String {
    format!("the version before could not be kept ({})", super::error::plain(error))
}
