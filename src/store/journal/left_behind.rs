//! The list of what can be brought back: journals of windows that did not close in good order, and those that
//! were set aside, which are kept for a while.

use std::fs;
use std::path::{Path, PathBuf};

use super::comes_back::ComesBack;
use super::course::Course;
use super::disk::{self, LOG, Locked};
use super::known_file::FileNow;
use super::old_format::{self, OLD_LOG};
use super::recovery::{Recovered, bring_back};
use crate::money::Money;
use crate::store::{StoreError, read_bytes};

/// So many journals that were set aside are kept, the latest.
const MOST_SET_ASIDE: usize = 20;
/// So long they are kept, in seconds: thirty days.
const LONGEST_SET_ASIDE: u64 = 30 * 24 * 60 * 60;

/// A journal that can be brought back.
#[derive(Clone, Debug)]
pub struct LeftBehind {
    journals: PathBuf,
    name: String,
    /// The journals that it was brought back from: all that they hold is in it.
    of: Vec<String>,
    /// The place's name.
    pub place: String,
    pub file: Option<PathBuf>,
    /// What has become of the file since it was opened or saved.
    pub file_now: FileNow,
    /// When the last step was taken, seconds since 1970.
    pub when: u64,
    /// The steps that no file holds, by name.
    pub steps: Vec<String>,
    /// What the place comes to without them and with them, £.
    pub before: Money,
    pub after: Money,
    /// It was set aside, and goes when it is old.
    pub is_set_aside: bool,
    /// What of it cannot be brought back, in words.
    pub trouble: Option<String>,
    /// Whether anything of it can be.
    pub can_be_brought_back: bool,
    /// A file holds it all the same.
    pub is_in_a_file: bool,
}

/// What was left behind, the latest first, and after it what was set aside. Journals that nothing would be lost with
/// are cleared away, and so is what was set aside and is old. Reads no place.
///
/// `program_folder` is where older programs kept their journals.
pub fn left_behind(journals: &Path, program_folder: &Path) -> Vec<LeftBehind> {
    old_format::take_in(program_folder, journals);
    let mut found: Vec<LeftBehind> =
        names_in(journals).into_iter().filter_map(|name| look_at(journals, &name)).collect();
    clear_locks(journals);
    let mut set_aside: Vec<LeftBehind> = names_in(&disk::set_aside_folder(journals))
        .into_iter()
        .filter_map(|name| {
            let locked = Locked::take(journals, &name)?;
            let folder = locked.folder();
            Some(LeftBehind { is_set_aside: true, ..LeftBehind::read(journals, &name, &folder) })
        })
        .collect();
    set_aside.sort_by_key(|one| std::cmp::Reverse(one.when));
    let oldest = disk::now().saturating_sub(LONGEST_SET_ASIDE);
    let is_kept = |(index, one): &(usize, &LeftBehind)| *index < MOST_SET_ASIDE && one.when >= oldest;
    let kept = set_aside.iter().enumerate().filter(is_kept).count();
    for one in set_aside.split_off(kept) {
        // One that cannot be removed now goes at another start.
        let _ = one.throw_away();
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.when));
    found.extend(set_aside);
    // What a later one holds is not offered twice; it stays where it is all the same.
    let in_others: Vec<String> =
        found.iter().filter(|one| one.can_be_brought_back).flat_map(|one| one.of.clone()).collect();
    found.retain(|one| !in_others.contains(&one.name));
    found
}

/// Looks at a journal that no window writes to; none where nothing of it would be missed.
fn look_at(journals: &Path, name: &str) -> Option<LeftBehind> {
    let locked = Locked::take(journals, name)?;
    let folder = locked.folder();
    match read_bytes(&folder.join(LOG)).ok().map(|bytes| Course::read(&bytes)) {
        Some(Ok(course)) if !course.standing.is_unsaved() => {
            // What was cut off may have been a step that was never told to be safe: it can be looked for there.
            let _ = if course.broken.is_some() { locked.set_aside() } else { locked.remove() };
            None
        }
        // Nobody has changed what that file holds: it is no news, and kept for a while all the same.
        Some(Ok(course)) if course.is_in_a_file() => {
            let _ = locked.set_aside();
            None
        }
        // A folder in which nothing was begun.
        None if !folder.join(LOG).exists() && !folder.join(OLD_LOG).exists() => {
            let _ = locked.remove();
            None
        }
        _ => Some(LeftBehind::read(journals, name, &folder)),
    }
}

/// Folders that may hold a journal, by name.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let names = entries.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name());
    let mut names: Vec<String> = names.filter_map(|name| name.into_string().ok()).collect();
    names.retain(|name| disk::is_name(name) && name.starts_with(|c: char| c.is_ascii_digit()));
    names.sort_unstable();
    names
}

/// Removes locks whose journals are gone.
fn clear_locks(journals: &Path) {
    for entry in fs::read_dir(journals).into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".lock")
            && let Some(locked) = Locked::take(journals, name)
            && !locked.folder().is_dir()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

impl LeftBehind {
    fn read(journals: &Path, name: &str, folder: &Path) -> Self {
        let mut one = Self {
            journals: journals.to_owned(),
            name: name.to_owned(),
            of: Vec::new(),
            place: String::new(),
            file: None,
            file_now: FileNow::AsItWas,
            when: written(folder),
            steps: Vec::new(),
            before: Money::ZERO,
            after: Money::ZERO,
            is_set_aside: false,
            trouble: None,
            can_be_brought_back: false,
            is_in_a_file: false,
        };
        let told = if folder.join(OLD_LOG).is_file() { one.take_old(folder) } else { one.take_new(folder) };
        match told {
            Ok(()) => one.can_be_brought_back = true,
            Err(what) => one.trouble = Some(what),
        }
        one
    }

    fn take_new(&mut self, folder: &Path) -> Result<(), String> {
        let bytes = read_bytes(&folder.join(LOG)).map_err(|error| error.to_string())?;
        let course = Course::read(&bytes).map_err(|error| error.to_string())?;
        let (steps, before) = course.unsaved_steps();
        self.steps = steps.into_iter().map(str::to_owned).collect();
        self.before = before;
        self.after = course.total;
        self.place.clone_from(&course.name);
        self.when = course.time;
        self.is_in_a_file = course.is_in_a_file();
        self.of = course.of;
        if let Some(file) = course.file {
            self.file_now = file.now();
            self.file = Some(file.path);
        }
        self.trouble = course.broken.map(|broken| format!("Of its journal {broken}"));
        Ok(())
    }

    fn take_old(&mut self, folder: &Path) -> Result<(), String> {
        let text = fs::read_to_string(folder.join(OLD_LOG)).map_err(|error| error.to_string())?;
        let old = old_format::read(&text)?;
        self.place.clone_from(&old.history.place().name);
        (self.before, self.after) = (old.before, old.history.place().ledger.total());
        (self.steps, self.file) = (old.steps, old.file);
        self.trouble = Some(old.missing.join("; ")).filter(|missing| !missing.is_empty());
        Ok(())
    }

    /// Brings the place back.
    ///
    /// # Errors
    /// When another window is bringing it back, or nothing of it can be.
    pub fn bring_back(&self, how: ComesBack) -> Result<Recovered, StoreError> {
        bring_back(self.take()?, how)
    }

    /// Throws the journal away, for good.
    ///
    /// # Errors
    /// When another window is bringing it back, or it cannot be removed.
    pub fn throw_away(&self) -> Result<(), StoreError> {
        self.take()?.remove().map_err(|error| StoreError::saving(&self.journals, &error))
    }

    fn take(&self) -> Result<Locked, StoreError> {
        let path = self.journals.join(&self.name);
        let what = "another window has taken it up meanwhile".to_owned();
        Locked::take(&self.journals, &self.name)
            .filter(|locked| locked.folder().is_dir())
            .ok_or(StoreError::File { path, what })
    }
}

/// When anything was last written in a folder, seconds since 1970.
fn written(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let times = files.filter_map(|file| file.metadata().ok()?.modified().ok());
    let since = times.filter_map(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    since.map(|since| since.as_secs()).max().unwrap_or(0)
}
