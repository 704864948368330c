//! Who has a place open for editing: a lock of the system's, which goes with the process however it ends, on a small
//! file beside the place that people can read.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::attributes::are_one;
use super::error::StoreError;
use super::new_file::{remove, sweep, target_of};

/// A place that this program may write, for as long as this is kept.
#[derive(Debug)]
pub struct PlaceLock {
    /// The place's own file, links followed.
    target: PathBuf,
    path: PathBuf,
    /// Nothing where the folder takes no files: then there is nothing to be saved in it either.
    file: Option<File>,
}

/// Who has a place open, as the file beside it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    pub user: String,
    pub host: String,
    pub process: u32,
    /// `2026-05-04 13:07 UTC`.
    pub since: String,
}

/// Why a place cannot be had for editing.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another window or command has it.
    #[error("{}: it is open in another window ({holder}); close it there, or work on a copy", path.display())]
    Held { path: PathBuf, holder: Box<Holder> },
    /// The file beside it is of another computer, whose locks may not reach here.
    #[error(
        "{}: it seems to be open on another computer ({holder}); ask there, or work on a copy. If nobody has it open, \
         delete {}", path.display(), lock.display()
    )]
    Elsewhere { path: PathBuf, lock: PathBuf, holder: Box<Holder> },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// "nina on FIN-0231 since 2026-05-04 13:07 UTC, process 4711".
impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known =
            |text: &str, unknown: &str| if text.is_empty() { unknown.to_owned() } else { text.to_owned() };
        let (user, host) = (known(&self.user, "somebody"), known(&self.host, "an unknown computer"));
        write!(f, "{user} on {host}")?;
        if !self.since.is_empty() {
            write!(f, " since {}", self.since)?;
        }
        if self.process != 0 {
            write!(f, ", process {}", self.process)?;
        }
        Ok(())
    }
}

/// What is done about a place that another computer seems to have open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftByOthers {
    /// A person has to say.
    Ask,
    /// A person said that nobody has it open.
    TakeOver,
}

impl PlaceLock {
    /// Takes a place for editing, and sweeps away what a killed saver left beside it.
    ///
    /// # Errors
    /// When somebody else has it.
    pub fn take(place: &Path, others: LeftByOthers) -> Result<Self, LockError> {
        let target = target_of(place)?;
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let path = target.with_file_name(format!(".~lock.{name}#"));
        // Its holder may let go of it, and take its name away, between the opening and the locking.
        for _ in 0..10 {
            let Ok(mut file) = open_lock(&path) else {
                return Ok(Self { target, path, file: None });
            };
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    let holder = Box::new(read_holder(&mut file));
                    return Err(LockError::Held { path: place.to_owned(), holder });
                }
                // Where there are no locks what the file says is all there is.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            let is_there = match (fs::symlink_metadata(&path), file.metadata()) {
                (Ok(there), Ok(own)) => !cfg!(unix) || are_one(&there, &own),
                _ => false,
            };
            if !is_there {
                continue;
            }
            let holder = read_holder(&mut file);
            // On this computer the system's lock is the truth: whoever left the file was killed.
            let is_from_elsewhere = !holder.host.is_empty() && holder.host != host();
            if is_from_elsewhere && others == LeftByOthers::Ask {
                let holder = Box::new(holder);
                return Err(LockError::Elsewhere { path: place.to_owned(), lock: path, holder });
            }
            // Where the disk is full the lock holds all the same.
            let _ = write_holder(&mut file, &name);
            sweep(&target);
            return Ok(Self { target, path, file: Some(file) });
        }
        Ok(Self { target, path, file: None })
    }

    /// Whether it is the lock of this file.
    pub fn is_of(&self, place: &Path) -> bool {
        target_of(place).is_ok_and(|target| target == self.target)
    }
}

impl Drop for PlaceLock {
    fn drop(&mut self) {
        // The name goes before the lock does: nobody may find a name whose lock is about to go.
        if self.file.is_some() {
            remove(&self.path);
        }
    }
}

/// So much of a lock's file is read: what is written into one is a tenth of it, bytes.
const LONGEST_HOLDER: usize = 4096;

fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // What is written into it must not land in a file that somebody made it point to.
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32);
    }
    options.open(path)
}

fn write_holder(file: &mut File, name: &str) -> io::Result<()> {
    let holder = Holder::this();
    let text = format!(
        "Shadowpool has {name} open for editing. This file goes when it is closed.\nuser: {}\nhost: {}\nprocess: {}\n\
         since: {}\n",
        holder.user, holder.host, holder.process, holder.since
    );
    // Whoever left it may have said more: spaces stand where that was, as no file is ever cut.
    let before = usize::try_from(file.metadata()?.len()).unwrap_or(LONGEST_HOLDER).min(LONGEST_HOLDER);
    file.rewind()?;
    file.write_all(format!("{text:<before$}").as_bytes())
}

fn read_holder(file: &mut File) -> Holder {
    let mut text = Vec::new();
    // Whatever else has this name is not read to its end.
    let _ = file.rewind().and_then(|()| file.take(LONGEST_HOLDER as u64).read_to_end(&mut text));
    Holder::from_text(&String::from_utf8_lossy(&text))
}

impl Holder {
    fn this() -> Self {
        let since = Timestamp::now().to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string();
        Self { user: user(), host: host(), process: std::process::id(), since }
    }

    fn from_text(text: &str) -> Self {
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
            line.map(one_line).unwrap_or_default()
        };
        Self {
            user: value("user"),
            host: value("host"),
            process: value("process").parse().unwrap_or_default(),
            since: value("since"),
        }
    }
}

/// Who runs this program, by the name the system has for them.
pub(super) fn user() -> String {
    let name = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    one_line(&name.unwrap_or_default())
}

/// What somebody else has written is shown, but not whatever it is.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect::<String>().trim().to_owned()
}

fn host() -> String {
    #[cfg(unix)]
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(unix))]
    let host = std::env::var("COMPUTERNAME").unwrap_or_default();
    one_line(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_it_is_read_back() {
        let text = "Shadowpool has it open.\nuser: nina\nhost: FIN-0231\nprocess: 4711\nsince: 2026-05-04 13:07 UTC\n";
        let said = "nina on FIN-0231 since 2026-05-04 13:07 UTC, process 4711";
        assert_eq!(Holder::from_text(text).to_string(), said);
        assert_eq!(Holder::from_text("\u{1b}[2Juser\n").to_string(), "somebody on an unknown computer");
    }
}
