//! The file of lines beside a place: written before the place that names it, found and held against its hash when the
//! place is opened, taken away when no version names it any more.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read as _};
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use super::backups;
use super::content_hash::{ContentHash, Hashing};
use super::error::StoreError;
use super::new_file::{NewFile, folder_of, remove};
use crate::ledger::Ledger;
use crate::place::{
    FORMAT, FORMAT_INLINE, HalfRead, LinesFile, Place, begins_without_lines_file, format_in, lines_file_in,
    write_lines,
};

/// What the name of a file of lines begins and ends with; between them are digits of its hash.
const NAME: (&str, &str) = ("lines-", ".csv");

/// Digits of the hash in the name: two versions of one place never share so many.
const DIGITS: usize = 16;

/// Writes the lines of a place beside it and forces them to the disk; the place's own file can name them from then on.
pub(super) fn save_lines(
    target: &Path,
    ledger: &Ledger,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<LinesFile, StoreError> {
    let folder = folder_of_lines(target);
    fs::create_dir_all(&folder).map_err(|error| StoreError::saving(&folder, &error))?;
    let mut new = NewFile::begin(&folder.join("lines.csv"), progress)?;
    write_lines(ledger, &mut new).map_err(|error| new.why(error))?;
    let hash = new.force_to_disk()?;
    let name = format!("{}{}{}", NAME.0, &hash.to_string()[..DIGITS], NAME.1);
    new.name_it(&name);
    let _ = new.put_in_place(hash)?;
    // The folder may be new itself.
    super::new_file::sync_folder(&folder).map_err(|error| StoreError::saving(&folder, &error))?;
    let folder = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(LinesFile { file: format!("{folder}/{name}"), hash: hash.to_string(), lines: ledger.len() as u64 })
}

/// `town.ron` has its lines in `town lines`.
fn folder_of_lines(target: &Path) -> PathBuf {
    // Two places of one folder must not share it: those that are named alike but for their endings, which are few,
    // show them.
    let is_plain = target.extension().is_some_and(|ending| ending == "ron");
    let stem = if is_plain { target.file_stem() } else { target.file_name() }.unwrap_or_default();
    // A name that is no text could not be written into the place.
    target.with_file_name(format!("{} lines", stem.to_string_lossy().replace('\u{fffd}', "_")))
}

/// Reads the rest of a place: its lines from the file beside it, where it names one.
pub(super) fn finish_place(path: &Path, half_read: HalfRead<'_>) -> Result<Place, StoreError> {
    let of_place = |source| StoreError::Place { path: path.to_owned(), source };
    let Some(beside) = half_read.lines_in().cloned() else {
        return half_read.finish(None::<&[u8]>).map_err(of_place);
    };
    let refuse = |what: String| StoreError::File { path: path.to_owned(), what };
    let Some(found) = find(path, &beside.file) else {
        return Err(refuse(format!(
            "its file of lines is named \"{}\", which leads out of its folder; it has to lie beside the place",
            beside.file
        )));
    };
    let file = match File::open(&found) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(refuse(format!(
                "its {} lines are in {}, which is not there; put that file back, as it came with the place (SHA-256 {})",
                beside.lines,
                found.display(),
                beside.hash
            )));
        }
        opened => opened.map_err(|error| StoreError::reading(&found, &error))?,
    };
    // A line takes some sixty bytes in a ledger at most times. Asked for first, so that a place larger than the memory
    // is an error and not the end of the program.
    let needed = usize::try_from(beside.lines.saturating_mul(64)).unwrap_or(usize::MAX);
    let room: Result<(), _> = Vec::<u8>::new().try_reserve_exact(needed);
    if room.is_err() {
        return Err(refuse(format!("there is not enough memory for its {} lines", beside.lines)));
    }
    let mut reader = BufReader::with_capacity(1 << 20, Hashing::new(file));
    let place = half_read.finish(Some(&mut reader));
    // To the end, whatever was wrong on the way: an altered file is the reason to be told.
    let mut rest = [0_u8; 8 << 10];
    while reader.read(&mut rest).map_err(|error| StoreError::reading(&found, &error))? > 0 {}
    let hash = reader.get_ref().hash().to_string();
    if hash != beside.hash {
        return Err(refuse(format!(
            "its file of lines {} was altered: the place was saved with SHA-256 {}, and it has {hash} now; put the \
             file back as it was, or open an earlier version of the place",
            found.display(),
            beside.hash
        )));
    }
    place.map_err(|source| StoreError::Place { path: found, source })
}

/// Where the file of this name lies; none where its name leads elsewhere.
fn find(place: &Path, file: &str) -> Option<PathBuf> {
    let relative = Path::new(file);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let target = fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
    // An earlier version names it as the place does from whose folder it comes.
    let folder = backups::folder_of_place(&target).unwrap_or_else(|| folder_of(&target).to_owned());
    Some(folder.join(relative))
}

/// Takes away files of lines that no place of the folder and no earlier version of one names any more.
pub(super) fn tidy_up(target: &Path) {
    let folder = folder_of_lines(target);
    let Ok(entries) = fs::read_dir(&folder) else { return };
    let names = entries.filter_map(Result::ok).filter_map(|entry| entry.file_name().into_string().ok());
    let ours: Vec<String> = names.filter(|name| is_lines_file(name)).collect();
    // One is in use, so that nothing has to be looked for at most times.
    if ours.len() > 1 || !ours.is_empty() && matches!(lines_of(target), LinesAre::InThePlace) {
        let Some(named) = named_in(folder_of(target)) else { return };
        for name in ours {
            if !named.iter().any(|file| file.rsplit('/').next() == Some(name.as_str())) {
                remove(&folder.join(name));
            }
        }
    }
    // Only where it is empty: nothing of anybody else's goes with it.
    let _ = fs::remove_dir(&folder);
}

/// The files of lines that places of a folder and their earlier versions name: a place may have been copied under
/// another name. `None` where it cannot be known of one of them, which may name any.
fn named_in(folder: &Path) -> Option<BTreeSet<String>> {
    let mut named = BTreeSet::new();
    for path in backups::all_versions(folder).into_iter().chain(places_in(folder)?) {
        match lines_of(&path) {
            LinesAre::InThePlace => {}
            LinesAre::Beside(lines) => {
                named.insert(lines.file);
            }
            LinesAre::Unknown => return None,
        }
    }
    Some(named)
}

fn places_in(folder: &Path) -> Option<Vec<PathBuf>> {
    let is_place = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) && path.is_file()
    };
    Some(
        fs::read_dir(folder)
            .ok()?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(is_place)
            .collect(),
    )
}

/// Whether the file of lines that a place names is there and as it was written.
pub(super) fn is_as_named(place: &Path, lines_in: &LinesFile) -> bool {
    let found = find(place, &lines_in.file);
    found.is_some_and(|path| ContentHash::of_file(&path).is_ok_and(|hash| hash.to_string() == lines_in.hash))
}

fn is_lines_file(name: &str) -> bool {
    let digits = name.strip_prefix(NAME.0).and_then(|rest| rest.strip_suffix(NAME.1));
    digits.is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Where the beginning of a place says that its lines are.
pub(super) enum LinesAre {
    InThePlace,
    Beside(LinesFile),
    /// It cannot be read so far, and may name any file.
    Unknown,
}

/// Where a place says at its beginning that its lines are.
pub(super) fn lines_of(place: &Path) -> LinesAre {
    let mut start = Vec::new();
    if File::open(place).and_then(|file| file.take(4096).read_to_end(&mut start)).is_err() {
        return LinesAre::Unknown;
    }
    let start = String::from_utf8_lossy(&start);
    match (format_in(&start), lines_file_in(&start)) {
        // What is no place, and what holds its lines itself, names none.
        (None | Some(FORMAT_INLINE), _) => LinesAre::InThePlace,
        (Some(_), Some(beside)) => LinesAre::Beside(beside),
        (Some(FORMAT), None) if begins_without_lines_file(&start) => LinesAre::InThePlace,
        (Some(_), None) => LinesAre::Unknown,
    }
}
