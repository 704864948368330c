//! The folder that journals lie in: each in a folder of its own with a lock beside it, private to its person;
//! those that were set aside in one more.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The entries of a journal, in its folder.
pub(super) const LOG: &str = "log";
/// Where journals lie that were set aside.
const SET_ASIDE: &str = "recovered";

/// The name of a journal, which no other has.
pub(super) fn new_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}-{}-{count}", now(), std::process::id())
}

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

pub(super) fn set_aside_folder(journals: &Path) -> PathBuf {
    journals.join(SET_ASIDE)
}

/// Makes a folder that only its person may look into, with those above it.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes a file that only its person may read; one that is there already is an error.
pub(super) fn make_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the names in a folder safe from a power cut, where folders can be opened as files.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A journal that nobody else touches meanwhile.
///
/// The lock goes with the process, however it ends: that is how a journal that was left behind is told from one that
/// is in use. It lies beside the journal's folder, which can be renamed so.
#[derive(Debug)]
pub(super) struct Locked {
    pub(super) name: String,
    journals: PathBuf,
    lock: File,
}

impl Locked {
    /// Makes the folder of a new journal, which is locked before it is there.
    pub(super) fn make(journals: &Path) -> io::Result<Self> {
        make_folder(journals)?;
        let name = new_name();
        let lock = make_file(&lock_path(journals, &name))?;
        lock.try_lock()?;
        let made = Self { name, journals: journals.to_owned(), lock };
        // A stray of the same name would mix two journals.
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        if let Err(error) = builder.create(made.folder()) {
            let _ = fs::remove_file(lock_path(journals, &made.name));
            return Err(error);
        }
        Ok(made)
    }

    /// Takes a journal that was left behind; none where a window still writes to it.
    pub(super) fn take(journals: &Path, name: &str) -> Option<Self> {
        let path = lock_path(journals, name);
        let lock = OpenOptions::new().write(true).open(&path).or_else(|_| make_file(&path)).ok()?;
        lock.try_lock().ok()?;
        Some(Self { name: name.to_owned(), journals: journals.to_owned(), lock })
    }

    /// Where it lies, or would lie: among those that are in use, or among those that were set aside.
    pub(super) fn folder(&self) -> PathBuf {
        let set_aside = set_aside_folder(&self.journals).join(&self.name);
        if set_aside.is_dir() { set_aside } else { self.journals.join(&self.name) }
    }

    /// Throws it away.
    pub(super) fn remove(self) -> io::Result<()> {
        // The entries first: half a journal must not be offered again.
        let folder = self.folder();
        match fs::remove_file(folder.join(LOG)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::remove_dir_all(folder)?;
        self.let_go(true);
        Ok(())
    }

    /// Puts it with those that were set aside, where it stays for a while.
    pub(super) fn set_aside(self) -> io::Result<()> {
        let there = set_aside_folder(&self.journals);
        make_folder(&there)?;
        let (from, to) = (self.folder(), there.join(&self.name));
        if from != to {
            fs::rename(&from, &to)?;
            sync_folder(&there)?;
            sync_folder(&self.journals)?;
        }
        self.let_go(true);
        Ok(())
    }

    fn let_go(self, for_good: bool) {
        drop(self.lock);
        if for_good {
            let _ = fs::remove_file(lock_path(&self.journals, &self.name));
        }
    }
}

fn lock_path(journals: &Path, name: &str) -> PathBuf {
    journals.join(format!("{name}.lock"))
}

/// Whether a text is the name of a file and no way to another folder.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('.')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
}
