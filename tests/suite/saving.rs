//! What a save leaves behind and what it leaves alone: strays, names, earlier versions, locks, lines beside the place.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Ledger, SpendLine};
use shadowpool::place::{MOST_LINES_INLINE, Place, differences, write_place};
use shadowpool::store::{
    ContentHash, Known, LeftByOthers, LockError, PlaceLock, StoreError, looks_like_place, open_place,
    open_place_file, save_bytes, save_known, save_place, save_with, versions,
};

use crate::sample_data::in_first_format;
use crate::support_ledgers::{money, small_place};
use crate::support_window::folder;

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn go_on(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The small place under another name.
fn named(name: &str) -> Place {
    Place { name: name.to_owned(), ..small_place() }
}

fn save(path: &Path, place: &Place) -> ContentHash {
    save_place(path, place).unwrap().hash
}

#[test]
fn what_killed_savers_left_is_swept_by_the_next_save() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    let others = [".other.ron.0123456789abcdef.saving", ".town.ron.backup", "town.ron.saving"];
    for name in [".town.ron.0123456789abcdef.saving", ".town.ron.saving"].iter().chain(&others) {
        fs::write(folder.path().join(name), "half of a pla").unwrap();
    }
    save(&path, &small_place());
    let mut expected: Vec<&str> = others.to_vec();
    expected.push("town.ron");
    expected.sort_unstable();
    assert_eq!(names(folder.path()), expected);
}

#[test]
fn a_save_that_is_stopped_leaves_everything_as_it_was() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    let before = save(&path, &named("Before"));
    let mut stop = |_| ControlFlow::Break(());
    let error = save_known(&path, &named("After"), Known::Content(before), &mut stop).unwrap_err();
    assert!(matches!(error, StoreError::Stopped { .. }), "{error}");
    assert_eq!(error.to_string(), format!("{}: saving was stopped; the file is as it was", path.display()));
    assert_eq!(open_place(&path).unwrap().name, "Before");
    assert_eq!(names(folder.path()), ["town.ron"]);
    // One that is stopped while its bytes are made is no other.
    let stopped = save_with(&path, &mut stop, |file| file.write_all(&vec![0; 1 << 20]));
    assert!(matches!(stopped, Err(StoreError::Stopped { .. })));
    assert_eq!(names(folder.path()), ["town.ron"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;
    use crate::support::say_skipped;

    #[test]
    fn a_link_where_the_copy_would_be_is_not_written_through() {
        let folder = folder();
        let victim = folder.path().join("victim");
        fs::write(&victim, "kept").unwrap();
        symlink(&victim, folder.path().join(".town.ron.saving")).unwrap();
        symlink(&victim, folder.path().join(".~lock.town.ron#")).unwrap();
        let path = folder.path().join("town.ron");
        let lock = PlaceLock::take(&path, LeftByOthers::Ask).unwrap();
        save(&path, &small_place());
        drop(lock);
        assert_eq!(fs::read_to_string(&victim).unwrap(), "kept");
    }

    #[test]
    fn other_names_of_a_file_are_told_and_earlier_versions_are_not() {
        let folder = folder();
        let path = folder.path().join("town.ron");
        save(&path, &named("One"));
        fs::hard_link(&path, folder.path().join("also.ron")).unwrap();
        let saved = save_place(&path, &named("Two")).unwrap();
        assert_eq!(saved.warnings, ["the file has another name, which keeps the old version"]);
        assert_eq!(open_place(&folder.path().join("also.ron")).unwrap().name, "One");
        assert_eq!(save_place(&path, &named("Three")).unwrap().warnings, [""; 0]);
    }

    #[test]
    fn nobody_else_can_read_a_private_place_while_it_is_saved() {
        let folder = folder();
        let path = folder.path().join("town.ron");
        save(&path, &named("One"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let beside = || names(folder.path()).into_iter().find(|name| name.ends_with(".saving"));
        let mut modes = Vec::new();
        let mut look = |_| {
            let beside = beside().expect("it is being written");
            modes.push(fs::metadata(folder.path().join(beside)).unwrap().mode() & 0o777);
            ControlFlow::Continue(())
        };
        let _ = save_with(&path, &mut look, |file| file.write_all(&vec![b'x'; 1 << 20])).unwrap();
        modes.dedup();
        assert_eq!(modes, [0o600]);
    }

    #[test]
    fn attributes_that_people_set_stay_with_the_file() {
        let folder = folder();
        let path = folder.path().join("town.ron");
        save(&path, &named("One"));
        let set = |value: &str| {
            std::process::Command::new("setfattr").args(["-n", "user.owner", "-v", value]).arg(&path).status()
        };
        if !set("Finance").is_ok_and(|status| status.success()) {
            return say_skipped("setfattr is not here, or this disk has no attributes");
        }
        save(&path, &named("Two"));
        let got =
            std::process::Command::new("getfattr").args(["-n", "user.owner"]).arg(&path).output().unwrap();
        assert!(String::from_utf8_lossy(&got.stdout).contains("Finance"));
    }
}

#[test]
fn each_save_keeps_the_version_before_it() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    for name in ["One", "Two", "Three", "Three"] {
        save(&path, &named(name));
    }
    let kept: Vec<String> =
        versions(&path).iter().map(|version| open_place(&version.path).unwrap().name).collect();
    assert_eq!(kept, ["Two", "One"], "the same again is no version of its own");
    assert_eq!(names(folder.path()), [".shadowpool-backups", "town.ron"]);
    // Earlier versions can be told from what is here by what they hold.
    let changes = differences(&open_place(&versions(&path)[0].path).unwrap(), &named("Three"));
    assert_eq!((changes.len(), changes[0].part.as_str()), (1, "Name"));
}

#[test]
fn what_is_no_whole_place_pushes_no_version_out() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    save(&path, &named("One"));
    save(&path, &named("Two"));
    fs::write(&path, "(format: 1, name: \"To").unwrap();
    save(&path, &named("Three"));
    assert_eq!(versions(&path).len(), 1, "half a place is not kept");
}

#[test]
fn a_file_that_changed_meanwhile_is_not_written_over() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    let mine = save(&path, &named("Mine"));
    let theirs = save(&path, &named("Theirs"));
    for known in [Known::Content(mine), Known::NoFile] {
        let error = save_known(&path, &named("Mine again"), known, &mut go_on).unwrap_err();
        assert!(matches!(error, StoreError::Changed { .. }), "{error}");
        assert_eq!(open_place(&path).unwrap().name, "Theirs");
    }
    let _ = save_known(&path, &named("After looking"), Known::Content(theirs), &mut go_on).unwrap();
    assert_eq!(open_place(&path).unwrap().name, "After looking");
    // One that was deleted meanwhile is saved again.
    fs::remove_file(&path).unwrap();
    let _ = save_known(&path, &named("Back"), Known::Content(mine), &mut go_on).unwrap();
    assert_eq!(open_place(&path).unwrap().name, "Back");
}

#[test]
fn a_place_has_one_writer_and_who_it_is_can_be_read() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    save(&path, &small_place());
    let first = PlaceLock::take(&path, LeftByOthers::Ask).unwrap();
    assert!(first.is_of(&path));
    let readable = fs::read_to_string(folder.path().join(".~lock.town.ron#")).unwrap();
    assert!(readable.contains(&format!("process: {}\n", std::process::id())), "{readable}");
    let second = PlaceLock::take(&path, LeftByOthers::TakeOver).unwrap_err();
    let LockError::Held { holder, .. } = &second else { panic!("{second}") };
    assert_eq!(holder.process, std::process::id());
    assert!(second.to_string().contains("it is open in another window"), "{second}");
    drop(first);
    assert_eq!(names(folder.path()), ["town.ron"]);
    assert!(PlaceLock::take(&path, LeftByOthers::Ask).is_ok());
}

#[test]
fn what_a_killed_window_left_locks_nothing_and_another_computer_is_asked_about() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    save(&path, &small_place());
    let lock_file = folder.path().join(".~lock.town.ron#");
    let lock = PlaceLock::take(&path, LeftByOthers::Ask).unwrap();
    let left = fs::read_to_string(&lock_file).unwrap();
    drop(lock);
    fs::write(&lock_file, &left).unwrap();
    assert!(PlaceLock::take(&path, LeftByOthers::Ask).is_ok(), "the system's lock went with its process");
    fs::write(&lock_file, "user: nina\nhost: FIN-0231\nprocess: 4711\nsince: 2026-05-04 13:07 UTC\n")
        .unwrap();
    let error = PlaceLock::take(&path, LeftByOthers::Ask).unwrap_err().to_string();
    assert!(error.contains("nina on FIN-0231 since 2026-05-04 13:07 UTC"), "{error}");
    assert!(lock_file.exists(), "it is not taken away unasked");
    assert!(PlaceLock::take(&path, LeftByOthers::TakeOver).is_ok());
}

/// A place of more lines than its own file holds.
pub(crate) fn large_place(name: &str) -> Place {
    let line = |row: usize| {
        let mut line =
            SpendLine { amount: money("10.50"), row: Some(row as u32 + 2), ..SpendLine::default() };
        line.set(Dimension::Agency, Some("Council".to_owned()));
        line.set(
            Dimension::Theme,
            (!row.is_multiple_of(5)).then(|| format!("Theme {}, of \"five\"", row % 5)),
        );
        line.set(Dimension::Year, Some("2024/25".to_owned()));
        line.description = row.is_multiple_of(3).then(|| format!("=Payment\n{row}"));
        line.date = "2024-05-06".parse().ok();
        line.source = Some("book".to_owned());
        line
    };
    let lines: Vec<SpendLine> = (0..=MOST_LINES_INLINE).map(line).collect();
    let small = small_place();
    let ledger = Ledger::from_lines(&lines, &small.sources, &small.agencies);
    Place { name: name.to_owned(), ledger: ledger.into(), ..small }
}

/// The one file of lines of `town.ron`.
fn lines_file(folder: &Path) -> PathBuf {
    let mut files = names(&folder.join("town lines"));
    assert_eq!(files.len(), 1, "{files:?}");
    folder.join("town lines").join(files.remove(0))
}

#[test]
fn many_lines_lie_beside_the_place_and_come_back_as_they_were() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    let place = large_place("Large");
    save(&path, &place);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("(\n  format: 2,\n  lines_in: (\n"), "{}", &text[..60]);
    assert!(text.len() < 5_000, "{}", text.len());
    let opened = open_place(&path).unwrap();
    assert_eq!(write_place(&opened), write_place(&place));
    let first = lines_file(folder.path());
    let again = save(&path, &opened);
    assert_eq!(lines_file(folder.path()), first, "the same lines are the same file");
    assert_eq!(ContentHash::of(text.as_bytes()), again);
    // With other lines there is another file, and the one before stays for the earlier version.
    let mut fewer = place.clone();
    fewer.ledger = place.ledger.retain(|line| line.id().0 > 0 || line.amount().is_zero()).into();
    save(&path, &large_place("Renamed"));
    let place_copied = folder.path().join("copy of town.ron");
    fs::copy(&path, &place_copied).unwrap();
    save(&path, &named("Small"));
    assert!(first.exists(), "a copy and the versions before name it");
    assert_eq!(open_place(&place_copied).unwrap().ledger.len(), place.ledger.len());
    let version = &versions(&path)[0];
    assert!(version.is_before_format, "the format has changed with it");
    assert_eq!(open_place(&version.path).unwrap().ledger.len(), place.ledger.len());
}

#[test]
fn lines_that_nothing_names_any_more_are_taken_away() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    save(&path, &large_place("Large"));
    fs::write(folder.path().join("town lines/notes.txt"), "of somebody").unwrap();
    fs::remove_dir_all(folder.path().join(".shadowpool-backups")).unwrap_or_default();
    let stray = folder.path().join("town lines/lines-0123456789abcdef.csv");
    fs::write(&stray, "of a save that was killed").unwrap();
    save(&path, &large_place("Again"));
    assert!(!stray.exists());
    assert!(folder.path().join("town lines/notes.txt").exists());
}

#[test]
fn lines_that_are_missing_or_altered_are_refused_in_words() {
    let folder = folder();
    let path = folder.path().join("town.ron");
    save(&path, &large_place("Large"));
    let file = lines_file(folder.path());
    let whole = fs::read_to_string(&file).unwrap();
    let hash = ContentHash::of(whole.as_bytes());
    for altered in
        [whole.replacen("10.50", "99.50", 1), whole.replacen("2024/25", "last year", 1), String::new()]
    {
        fs::write(&file, &altered).unwrap();
        let error = open_place(&path).expect_err("it was altered").to_string();
        let found = ContentHash::of(altered.as_bytes());
        assert_eq!(
            error,
            format!(
                "{}: its file of lines {} was altered: the place was saved with SHA-256 {hash}, and it has {found} now; \
                 put the file back as it was, or open an earlier version of the place",
                path.display(),
                file.display()
            )
        );
    }
    fs::remove_file(&file).unwrap();
    let error = open_place(&path).expect_err("it is missing").to_string();
    assert!(error.contains("its 50001 lines are in") && error.contains(&hash.to_string()), "{error}");
    let text = fs::read_to_string(&path).unwrap();
    for elsewhere in ["/etc/passwd", "../lines.csv", "a/../../b.csv"] {
        let start = text.find("file: \"").unwrap() + 7;
        let end = start + text[start..].find('"').unwrap();
        fs::write(&path, format!("{}{elsewhere}{}", &text[..start], &text[end..])).unwrap();
        let error = open_place(&path).expect_err("it leads elsewhere").to_string();
        assert!(error.contains("which leads out of its folder"), "{error}");
    }
}

/// A file as a program of the future may write it.
const NEWER: &str = "(
  format: 9,
  name: \"Small Town\",
  weather: (rain: [\"often, (very)\", \"\\\"wet\\\"\"], sun: 1),
  agencies: [
    (name: \"Council\", sector: LocalGovernment, colour: \"red\"),
  ],
  lines: [
    (amount: \"12.50\", agency: \"Council\"),
  ],
  tides: 4,
)
";

#[test]
fn a_newer_place_is_read_as_far_as_it_can_be_and_never_written_over() {
    let folder = folder();
    let path = folder.path().join("newer.ron");
    fs::write(&path, NEWER).unwrap();
    let opened = open_place_file(&path).unwrap();
    let newer = opened.newer.expect("it is newer");
    assert_eq!((newer.format, newer.unknown.join(" ")), (9, "weather colour tides".to_owned()));
    assert_eq!(opened.place.ledger.total(), money("12.50"));
    for known in [Known::Anything, Known::Content(opened.hash)] {
        let error = save_known(&path, &small_place(), known, &mut go_on).unwrap_err().to_string();
        assert!(error.contains("a place of format 9, which a newer Shadowpool has written"), "{error}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), NEWER);
    let strange = folder.path().join("strange.ron");
    fs::write(&strange, "(format: 9, name: Wood(1))").unwrap();
    let error = open_place(&strange).unwrap_err().to_string();
    assert!(error.contains("this file has format 9"), "{error}");
    assert!(looks_like_place(&path) && looks_like_place(&strange));
}

#[test]
fn the_samples_of_every_format_open_as_the_same_place() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let first = open_place(&formats.join("format-1.ron")).unwrap();
    let second = open_place(&formats.join("format-2.ron")).unwrap();
    assert_eq!(write_place(&second), write_place(&first));
    assert_eq!(first.ledger.total(), money("250.2475"));
    // Few lines are written back into the place itself.
    let folder = folder();
    save(&folder.path().join("place.ron"), &second);
    assert_eq!(names(folder.path()), ["place.ron"]);
}

#[test]
fn places_of_the_first_format_are_written_back_as_they_were() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for entry in fs::read_dir(samples).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "ron") {
            let folder = folder();
            let (first, second) = (folder.path().join("first.ron"), folder.path().join("second.ron"));
            save(&first, &in_first_format(open_place(&path).unwrap()));
            save(&second, &open_place(&first).unwrap());
            assert_eq!(fs::read(&second).unwrap(), fs::read(&first).unwrap(), "{}", path.display());
            assert!(fs::read_to_string(&first).unwrap().starts_with("(\n  format: 1,\n"));
        }
    }
}

#[test]
fn a_text_is_saved_with_the_hash_of_what_is_on_the_disk() {
    let folder = folder();
    let path = folder.path().join("note.txt");
    let saved = save_bytes(&path, b"abc").unwrap();
    assert_eq!(saved.hash, ContentHash::of_file(&path).unwrap());
    let empty = save_bytes(&path, b"").unwrap();
    assert_eq!((empty.hash, fs::read(&path).unwrap()), (ContentHash::of(b""), Vec::new()));
}
