//! Files as bytes and places as what they hold, with a kind refusal for whatever cannot be read: folders,
//! devices, files that change meanwhile.

use std::fs::{self, File, Metadata};
use std::io::Read as _;
use std::path::Path;

use super::StoreError;
use super::attributes::are_one;
use super::content_hash::ContentHash;
use super::first_bytes::check_beginning;
use super::lines_file::finish_place;
use crate::place::{NewerFormat, Place, PlaceFileError, begin_newer_place, begin_place, begins_as_place};

/// The largest file that is read whole: 8 GiB.
/// Beyond it most computers have no memory to hold it. Files of lines are read block by block and may be
/// larger.
pub(super) const LARGEST: u64 = 8 << 30;

/// All bytes of a file.
///
/// # Errors
/// When there is no such file, it is a folder or a device, may not be read, or is too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
    let refuse = |what: String| StoreError::File { path: path.to_owned(), what };
    let known = check_size(path)?;
    let mut file = File::open(path).map_err(|error| StoreError::reading(path, &error))?;
    let mut bytes = Vec::new();
    let size = usize::try_from(known.len()).unwrap_or(usize::MAX);
    bytes
        // Asked for first, so that a file larger than the memory is an error and not the end of the program.
        .try_reserve_exact(size)
        .map_err(|_| refuse(format!("there is not enough memory to read its {} MiB", known.len() >> 20)))?;
    file.read_to_end(&mut bytes).map_err(|error| StoreError::reading(path, &error))?;
    if bytes.len() as u64 != known.len() {
        return Err(refuse("it changed while it was read; try again when it is complete".to_owned()));
    }
    Ok(bytes)
}

/// What is known of a file that is to be read whole: that it is one, and not too large.
fn check_size(path: &Path) -> Result<Metadata, StoreError> {
    let known = check_file(path)?;
    if known.len() > LARGEST {
        let what = format!("it is larger than {} GiB; split it into several files", LARGEST >> 30);
        return Err(StoreError::File { path: path.to_owned(), what });
    }
    Ok(known)
}

/// How many bytes a file has, where it is there.
pub fn file_size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(Metadata::is_file).map(|known| known.len())
}

/// Whether two paths lead to one file; one that is not there is the file it would be.
pub fn is_same_file(first: &Path, second: &Path) -> bool {
    let found = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let by_folder = || Some(fs::canonicalize(folder).ok()?.join(path.file_name()?));
        fs::canonicalize(path).ok().or_else(by_folder)
    };
    let is_one = || match (fs::metadata(first), fs::metadata(second)) {
        (Ok(first), Ok(second)) => are_one(&first, &second),
        _ => false,
    };
    found(first).is_some_and(|found_first| Some(found_first) == found(second)) || is_one()
}

/// Whether a file begins as places do, whether or not the rest of it can be read.
pub fn looks_like_place(path: &Path) -> bool {
    // A comment of some lines may come first.
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut start));
    read.is_ok() && begins_as_place(&String::from_utf8_lossy(&start))
}

/// What is known about a file before it is opened: that it is one.
pub(super) fn check_file(path: &Path) -> Result<Metadata, StoreError> {
    let refuse = |what: String| StoreError::File { path: path.to_owned(), what };
    let known = fs::metadata(path).map_err(|error| StoreError::reading(path, &error))?;
    if known.is_dir() {
        return Err(refuse(StoreError::folder()));
    }
    if !known.is_file() {
        return Err(refuse(
            "this is not a file but a device or a pipe; save what it gives to a file first".to_owned(),
        ));
    }
    Ok(known)
}

/// A place as its file holds it.
#[derive(Debug)]
pub struct OpenedPlace {
    pub place: Place,
    /// Of what the file holds.
    pub hash: ContentHash,
    /// Where the file is of a format that this program does not know: what of it could not be read.
    pub newer: Option<NewerFormat>,
}

/// Opens a place file.
///
/// # Errors
/// As [`read_bytes`], and when it is not a place.
pub fn open_place(path: &Path) -> Result<Place, StoreError> {
    open_place_file(path).map(|opened| opened.place)
}

/// Opens a place file, with what has to be known to save it again.
///
/// # Errors
/// As [`open_place`].
pub fn open_place_file(path: &Path) -> Result<OpenedPlace, StoreError> {
    check_size(path)?;
    check_beginning(path)?;
    let bytes = read_bytes(path)?;
    let hash = ContentHash::of(&bytes);
    let text = String::from_utf8(bytes).map_err(|error| StoreError::File {
        path: path.to_owned(),
        what: format!(
            "this is not a place: it is not text from byte {} on; a place is a readable .ron file",
            error.utf8_error().valid_up_to() + 1
        ),
    })?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        let what =
            "this file is empty; a place is a readable .ron file that starts with its format".to_owned();
        return Err(StoreError::File { path: path.to_owned(), what });
    }
    let refuse = |source| StoreError::Place { path: path.to_owned(), source };
    let (half_read, newer) = match begin_place(&text) {
        Ok(half_read) => (half_read, None),
        Err(PlaceFileError::Newer { found }) => {
            let (half_read, newer) = begin_newer_place(&text, found).map_err(refuse)?;
            (half_read, Some(newer))
        }
        Err(error) => return Err(refuse(error)),
    };
    Ok(OpenedPlace { place: finish_place(path, half_read)?, hash, newer })
}
