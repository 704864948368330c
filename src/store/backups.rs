//! Earlier versions of a place, kept beside it: the last good one before each save, and one before each change of
//! format. They are places like any other and can be opened, compared and brought back.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::attributes::are_one;
use super::content_hash::ContentHash;
use super::new_file::{NewFile, remove};
use super::save::copy_into;

/// The folder beside places that has a folder of versions for each.
const FOLDER: &str = ".shadowpool-backups";

/// How many of the latest versions are kept, whenever they were saved.
const LATEST: usize = 10;

/// Of how many days before those the last version is kept.
/// Ten versions are an afternoon of saving; these tell what there was last week.
const DAYS: usize = 10;

/// In the name of a version that was kept because the next one has another format.
const BEFORE_FORMAT: &str = " before format ";

/// When a version was taken over from the place's file, in its name: sorted by name is sorted by time.
const STAMP: &str = "%Y-%m-%d %H.%M.%S";

/// An earlier version of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierVersion {
    pub path: PathBuf,
    /// When it was replaced: `2026-05-04 13.07.22`, by the clock of Greenwich.
    pub replaced: String,
    pub bytes: u64,
    /// It was kept because the next version has another format, and stays.
    pub is_before_format: bool,
}

/// The folder of the versions of a place.
pub(super) fn folder_of_versions(target: &Path) -> PathBuf {
    target.with_file_name(FOLDER).join(target.file_name().unwrap_or_default())
}

/// The folder of the place that a file is an earlier version of.
pub(super) fn folder_of_place(version: &Path) -> Option<PathBuf> {
    let folder = version.parent()?.parent()?;
    (folder.file_name()? == FOLDER).then(|| folder.parent()).flatten().map(Path::to_owned)
}

/// The earlier versions of a place, the latest first.
pub fn versions(place: &Path) -> Vec<EarlierVersion> {
    let target = fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
    let Ok(entries) = fs::read_dir(folder_of_versions(&target)) else { return Vec::new() };
    let mut versions: Vec<EarlierVersion> =
        entries.filter_map(Result::ok).filter_map(|entry| version_of(&entry.path())).collect();
    // Without their endings, before which a number would sort.
    versions.sort_by(|a, b| b.path.file_stem().cmp(&a.path.file_stem()));
    versions
}

/// The earlier versions of all places of a folder.
pub(super) fn all_versions(folder: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(folder.join(FOLDER)).into_iter().flatten().filter_map(Result::ok);
    let files =
        folders.filter_map(|folder| fs::read_dir(folder.path()).ok()).flatten().filter_map(Result::ok);
    files.map(|file| file.path()).filter(|path| path.is_file()).collect()
}

fn version_of(path: &Path) -> Option<EarlierVersion> {
    let name = path.file_name()?.to_str()?.strip_suffix(".ron")?;
    let known = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    let digits: usize = STAMP_LENGTH;
    let replaced = name.get(..digits).filter(|stamp| stamp.starts_with("20"))?.to_owned();
    let is_before_format = name.contains(BEFORE_FORMAT);
    Some(EarlierVersion { path: path.to_owned(), replaced, bytes: known.len(), is_before_format })
}

/// `2026-05-04 13.07.22`.
const STAMP_LENGTH: usize = 19;

/// Keeps the file as it is among its earlier versions, before another takes its place. Nothing is done where the latest
/// version is this very file.
pub(super) fn keep(target: &Path, hash: ContentHash, next_format: Option<u32>) -> io::Result<()> {
    let folder = folder_of_versions(target);
    fs::create_dir_all(&folder)?;
    let known = fs::metadata(target)?;
    let there = versions(target);
    let is_it = |version: &&EarlierVersion| {
        fs::metadata(&version.path).is_ok_and(|other| {
            are_one(&known, &other)
                || known.len() == other.len()
                    && ContentHash::of_file(&version.path).is_ok_and(|other| other == hash)
        })
    };
    if next_format.is_none() && there.first().as_ref().is_some_and(is_it) {
        return Ok(());
    }
    let stamp = Timestamp::now().to_zoned(TimeZone::UTC).strftime(STAMP).to_string();
    let why = next_format.map(|format| format!("{BEFORE_FORMAT}{format}")).unwrap_or_default();
    // Several within a second are numbered, so that the later one is the later name. Counted on from the last rather than
    // tried from the first, whose name is free again once it was thinned out; and a save makes the same calls whether or
    // not the second has changed since the last one.
    let of_this_second = there.iter().filter(|version| version.replaced == stamp);
    let last = of_this_second.map(|version| nth_of_second(&version.path)).max().unwrap_or(0);
    for number in last + 1..1000 {
        let nth = if number == 1 { String::new() } else { format!(" {number:03}") };
        let name = folder.join(format!("{stamp}{nth}{why}.ron"));
        match fs::hard_link(target, &name) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // Some disks have one name for each file only.
            Err(_) if !name.exists() => return copy(target, &name),
            Err(_) => {}
        }
    }
    Err(io::Error::other("there are too many versions of this second"))
}

/// Which version of its second a version is, from 1.
fn nth_of_second(path: &Path) -> u32 {
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let nth = name.get(STAMP_LENGTH + 1..STAMP_LENGTH + 4);
    nth.and_then(|nth| nth.parse().ok()).unwrap_or(1)
}

fn copy(target: &Path, name: &Path) -> io::Result<()> {
    let mut go_on = |_| ControlFlow::Continue(());
    let copied = NewFile::begin(name, &mut go_on).and_then(|mut new| {
        copy_into(target, &mut new).map_err(|error| new.why(error))?;
        let hash = new.force_to_disk()?;
        new.put_in_place(hash)
    });
    copied.map(|_| ()).map_err(io::Error::other)
}

/// How many names of a file are its earlier versions, which a save replaces nothing of.
pub(super) fn own_names(target: &Path, known: &fs::Metadata) -> u64 {
    let is_it =
        |version: &EarlierVersion| fs::metadata(&version.path).is_ok_and(|other| are_one(known, &other));
    versions(target).iter().filter(|version| is_it(version)).count() as u64
}

/// Takes away the versions that are too many.
pub(super) fn thin_out(target: &Path) {
    let versions = versions(target);
    let dated: Vec<&EarlierVersion> = versions.iter().filter(|version| !version.is_before_format).collect();
    let days: Vec<&str> = dated.iter().map(|version| day_of(version)).collect();
    for (version, keeps) in dated.iter().zip(kept(&days)) {
        if !keeps {
            remove(&version.path);
        }
    }
}

fn day_of(version: &EarlierVersion) -> &str {
    version.replaced.split(' ').next().unwrap_or_default()
}

/// Which of versions of these days, the latest first, are kept.
fn kept(days: &[&str]) -> Vec<bool> {
    let mut kept_days = 0;
    let mut keeps = |index: usize| {
        let is_last_of_day = days[..index].last().is_none_or(|later| *later != days[index]);
        let is_kept = index < LATEST || is_last_of_day && kept_days < DAYS;
        kept_days += usize::from(is_kept && index >= LATEST);
        is_kept
    };
    (0..days.len()).map(&mut keeps).collect()
}

/// The format that a place's file says it has, from its beginning.
pub(super) fn format_of(target: &Path) -> Option<u32> {
    let mut start = Vec::new();
    File::open(target).ok()?.take(4096).read_to_end(&mut start).ok()?;
    crate::place::format_in(&String::from_utf8_lossy(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_one_second_are_numbered_in_order() {
        for (name, nth) in [
            ("2026-05-04 13.07.22.ron", 1),
            ("2026-05-04 13.07.22 002.ron", 2),
            ("2026-05-04 13.07.22 031 before format 2.ron", 31),
            ("2026-05-04 13.07.22 before format 2.ron", 1),
        ] {
            assert_eq!(nth_of_second(Path::new(name)), nth, "{name}");
        }
    }

    #[test]
    fn of_thirty_saves_in_a_second_the_last_are_kept_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("place.ron");
        for save in 0..30 {
            fs::write(&place, save.to_string()).unwrap();
            keep(&place, ContentHash::of_file(&place).unwrap(), None).unwrap();
            fs::remove_file(&place).unwrap();
            thin_out(&place);
        }
        let kept = versions(&place).into_iter().map(|version| fs::read_to_string(version.path).unwrap());
        let kept: Vec<String> = kept.collect();
        let last_ten: Vec<String> = (20..30).rev().map(|save| save.to_string()).collect();
        assert_eq!(kept, last_ten);
    }

    #[test]
    fn the_latest_ten_are_kept_and_the_last_of_ten_days_before() {
        let of_today = vec!["2026-05-04"; 30];
        assert_eq!(kept(&of_today).iter().filter(|keeps| **keeps).count(), 10);
        let days: Vec<String> = (0..60).map(|index| format!("2026-04-{:02}", 30 - index / 3)).collect();
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        let keeps = kept(&days);
        assert_eq!(keeps.iter().filter(|keeps| **keeps).count(), 20);
        assert!(keeps[..10].iter().all(|keeps| *keeps));
        assert!(
            !keeps[10] && !keeps[11] && keeps[12] && !keeps[13],
            "the tenth and its day are kept already"
        );
        assert_eq!(kept(&[]), Vec::<bool>::new());
    }
}
