//! A file on its way: written under a name of its own beside its target, forced to the disk, and put in its place
//! only when it is whole. Whatever happens, the target is the old file or the new one.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::attributes;
use super::content_hash::{ContentHash, Hashing};
use super::error::StoreError;

/// What a file's name ends in while it is written.
const ENDING: &str = ".saving";

/// So many bytes are handed to the system at a time, and so often whoever waits may stop it.
/// Large enough that the calls do not count, and a thousandth of a second's work.
const BLOCK: usize = 256 << 10;

/// How often a name is taken away before it is left for the next sweep.
// Virus scanners hold on to files for a moment, and a call may fail once for no reason.
const TRIES: usize = 3;

/// A file that is being written. Dropped before it is put in its place, it leaves nothing behind.
pub(super) struct NewFile<'a> {
    /// As the person named it.
    path: PathBuf,
    /// The file itself, links followed.
    target: PathBuf,
    /// What is known of the file that is there already.
    old: Option<Metadata>,
    beside: PathBuf,
    /// Nothing any more once it is in its place.
    file: Option<BufWriter<Hashing<File>>>,
    /// Told how many bytes are written; may stop it.
    progress: &'a mut dyn FnMut(u64) -> ControlFlow<()>,
    /// Why a write failed: whoever passes the error on may lose what kind it was.
    failed: Option<io::Error>,
    stopped: bool,
    warnings: Vec<String>,
}

/// A file that is safe on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFile {
    /// Of what it holds now.
    pub hash: ContentHash,
    /// What is not as it was or as it should be, in words; the file itself is whole and in its place.
    pub warnings: Vec<String>,
}

impl<'a> NewFile<'a> {
    /// Begins a file that is to take the place of `path`, or to be there.
    pub(super) fn begin(
        path: &Path,
        progress: &'a mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Self, StoreError> {
        let target = target_of(path)?;
        let refuse = |what: &str| StoreError::File { path: path.to_owned(), what: what.to_owned() };
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(|known| !known.is_file()) {
            return Err(refuse("this is not a file but a device or a pipe; save it elsewhere"));
        }
        if old.as_ref().is_some_and(|known| known.permissions().readonly()) {
            return Err(refuse(
                "this file may not be written to; save it under another name. Nothing was changed",
            ));
        }
        sweep(&target);
        let failed = |error: io::Error| StoreError::saving(path, &error);
        let (beside, file) = create_beside(&target, old.is_some()).map_err(failed)?;
        let file = BufWriter::with_capacity(BLOCK, Hashing::new(file));
        let mut new = Self {
            path: path.to_owned(),
            target,
            old: None,
            beside,
            file: Some(file),
            progress,
            failed: None,
            stopped: false,
            warnings: Vec::new(),
        };
        if let Some(known) = old {
            new.take_over(&known).map_err(failed)?;
            new.old = Some(known);
        }
        Ok(new)
    }

    /// Before its first byte it may be read by those alone who may read the old one.
    fn take_over(&mut self, known: &Metadata) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        // Where the old one may be replaced but not read, its attributes stay unknown.
        if let Ok(old) = File::open(&self.target) {
            self.warnings = attributes::take_over(&file.get_ref().inner, &old, known)?;
        } else {
            file.get_ref().inner.set_permissions(known.permissions())?;
        }
        Ok(())
    }

    /// The file that it will be, links followed.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// Gives it another name in its folder, one that is made of what it holds.
    pub(super) fn name_it(&mut self, name: &str) {
        self.target.set_file_name(name);
    }

    /// What is known of the file that is there already.
    pub(super) fn old(&self) -> Option<&Metadata> {
        self.old.as_ref()
    }

    /// Something that will have to be said once it is saved.
    pub(super) fn warn(&mut self, words: String) {
        self.warnings.push(words);
    }

    /// Why it cannot be finished, from what a write was told.
    pub(super) fn why(&mut self, error: io::Error) -> StoreError {
        if self.stopped {
            return StoreError::Stopped { path: self.path.clone() };
        }
        StoreError::saving(&self.path, &self.failed.take().unwrap_or(error))
    }

    /// All bytes are there: forces them to the disk. What is left is to put it in its place.
    pub(super) fn force_to_disk(&mut self) -> Result<ContentHash, StoreError> {
        let forced = self.flush().and_then(|()| {
            let file = self.file.as_ref().map(BufWriter::get_ref).ok_or(io::ErrorKind::NotFound)?;
            // Before the renaming: otherwise a power cut may leave the new name with nothing in it.
            file.inner.sync_all().map(|()| file.hash())
        });
        forced.map_err(|error| self.why(error))
    }

    /// Hears whether it is to be stopped.
    pub(super) fn go_on(&mut self) -> Result<(), StoreError> {
        let written = self.file.as_ref().map_or(0, |file| file.get_ref().bytes);
        if (self.progress)(written).is_break() {
            self.stopped = true;
            return Err(self.why(io::ErrorKind::Other.into()));
        }
        Ok(())
    }

    /// Puts the file in its place. From here on it cannot be stopped any more.
    pub(super) fn put_in_place(mut self, hash: ContentHash) -> Result<SavedFile, StoreError> {
        self.go_on()?;
        fs::rename(&self.beside, &self.target).map_err(|error| StoreError::saving(&self.path, &error))?;
        // It has its lasting name; nothing is left to be taken away.
        self.file = None;
        if let Err(error) = sync_folder(&self.target) {
            self.warnings.push(format!(
                "it is saved, but its folder could not be forced to the disk ({}): it may not survive a power cut; \
                 save again in a moment",
                super::error::plain(&error)
            ));
        }
        Ok(SavedFile { hash, warnings: std::mem::take(&mut self.warnings) })
    }
}

impl Write for NewFile<'_> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let Some(file) = &mut self.file else { return Err(io::ErrorKind::NotFound.into()) };
        let before = file.get_ref().bytes;
        let result = file.write(block);
        let after = file.get_ref().bytes;
        if after != before && (self.progress)(after).is_break() {
            self.stopped = true;
            return Err(io::Error::other("stopped"));
        }
        result.inspect_err(|error| self.failed = Some(copied(error)))
    }

    fn flush(&mut self) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Err(io::ErrorKind::NotFound.into()) };
        file.flush().inspect_err(|error| self.failed = Some(copied(error)))
    }
}

fn copied(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

impl Drop for NewFile<'_> {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            // What waits in the buffer would only be written to be thrown away. The lock goes with the file, so the
            // name goes first.
            let (file, _unwritten) = file.into_parts();
            remove(&self.beside);
            drop(file);
        }
    }
}

/// The file that a path stands for: links are followed, and what is no file is refused.
pub(super) fn target_of(path: &Path) -> Result<PathBuf, StoreError> {
    if path.is_dir() {
        return Err(StoreError::File { path: path.to_owned(), what: StoreError::folder() });
    }
    // What is written lies beside the file itself, as renaming works within one file system only.
    Ok(fs::canonicalize(path).unwrap_or_else(|_| followed(path)))
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

/// Makes a file of a name that nobody can guess, which is there for the first time and is no link, and locks it.
fn create_beside(target: &Path, replaces: bool) -> io::Result<(PathBuf, File)> {
    // A sweep may take a file away between its making and its locking; not ten times in a row.
    for _ in 0..10 {
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".{:016x}{ENDING}", random()));
        let beside = target.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if replaces {
            use std::os::unix::fs::OpenOptionsExt as _;
            // Until it has the permissions of the one it replaces it is for nobody else.
            options.mode(0o600);
        }
        let _ = replaces;
        let file = match options.open(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            opened => opened?,
        };
        // Whoever sweeps leaves what is locked. Some file systems of networks know no locks.
        let _ = file.lock();
        let is_there = match (fs::symlink_metadata(&beside), file.metadata()) {
            (Ok(there), Ok(own)) => !cfg!(unix) || attributes::are_one(&there, &own),
            _ => false,
        };
        if is_there {
            return Ok((beside, file));
        }
    }
    Err(io::Error::other("another program takes its files away"))
}

/// A number that nobody can guess.
fn random() -> u64 {
    // The standard library seeds its maps from the system's own source.
    RandomState::new().hash_one(std::process::id())
}

/// Takes away what savers of this file left behind that were killed: what none has locked.
pub(super) fn sweep(target: &Path) {
    let Some(name) = target.file_name() else { return };
    let Ok(entries) = fs::read_dir(folder_of(target)) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_stray_of(name.as_encoded_bytes(), entry.file_name().as_encoded_bytes()) {
            // For writing, as locks of some networks ask for it.
            let stray = OpenOptions::new().write(true).open(entry.path());
            if stray.is_ok_and(|stray| stray.try_lock().is_ok()) {
                remove(&entry.path());
            }
        }
    }
}

/// `.town.ron.0123456789abcdef.saving`, or without the number, as it was once written.
fn is_stray_of(name: &[u8], found: &[u8]) -> bool {
    let rest = found.strip_prefix(b".").and_then(|rest| rest.strip_prefix(name));
    let Some(number) = rest.and_then(|rest| rest.strip_suffix(ENDING.as_bytes())) else { return false };
    let is_number = |digits: &[u8]| digits.len() == 16 && digits.iter().all(u8::is_ascii_hexdigit);
    number.is_empty() || number.strip_prefix(b".").is_some_and(is_number)
}

/// Takes a file's name away, trying more than once.
pub(super) fn remove(path: &Path) {
    for _ in 0..TRIES {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {}
            _ => break,
        }
    }
}

/// The folder that a file lies in.
pub(super) fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the new name itself safe from a power cut, where folders can be opened as files.
pub(super) fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder_of(target))?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strays_of_this_file_alone_are_swept() {
        let stray = |found: &str| is_stray_of(b"town.ron", found.as_bytes());
        assert!(stray(".town.ron.saving") && stray(".town.ron.0123456789abcdef.saving"));
        for other in
            ["town.ron", ".town.ron.1.saving", ".my town.ron.saving", ".town.ron.0123456789abcdeg.saving"]
        {
            assert!(!stray(other), "{other}");
        }
    }

    #[test]
    fn a_file_that_is_being_written_is_not_swept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("town.ron");
        let mut go_on = |_| ControlFlow::Continue(());
        let mut new = NewFile::begin(&path, &mut go_on).unwrap();
        new.write_all(b"whole").unwrap();
        sweep(&new.target);
        let hash = new.force_to_disk().unwrap();
        assert_eq!(new.put_in_place(hash).unwrap().hash, ContentHash::of(b"whole"));
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
