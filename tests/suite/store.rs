//! The disk: files saved whole or not at all, and messages that say what to do.

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use shadowpool::agree::ComparedLines;
use shadowpool::import::ImportOptions;
use shadowpool::place::{Place, read_place, write_place};
use shadowpool::store::{Loaded, Recent, load, open_place, read_bytes, save_bytes, save_place};
use tempfile::TempDir;

use crate::support::say_skipped;
use crate::support_ledgers::{money, small_place};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for a moment")
}

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A file of this name and content, and the whole of what is said when it is opened as a place.
fn check_message(name: &str, content: &[u8], message: &str) {
    let folder = folder();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let error = open_place(&path).expect_err("it is no place").to_string();
    assert_eq!(error, format!("{}: {message}", path.display()));
    assert_eq!(fs::read(&path).unwrap(), content, "what is read is left as it was");
}

#[test]
fn a_saved_place_opens_as_it_was_saved() {
    let folder = folder();
    let path = folder.path().join("small town.ron");
    save_place(&path, &small_place()).unwrap();
    let opened = open_place(&path).unwrap();
    assert_eq!(write_place(&opened), write_place(&small_place()));
    assert_eq!(names(folder.path()), ["small town.ron"], "nothing is left beside it");
}

#[test]
fn saving_again_replaces_the_whole_file() {
    let folder = folder();
    let path = folder.path().join("place.ron");
    save_bytes(&path, "a long text that was there before".as_bytes()).unwrap();
    save_bytes(&path, b"short").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"short");
    assert_eq!(names(folder.path()), ["place.ron"]);
}

#[test]
fn what_a_power_cut_left_beside_is_written_over() {
    let folder = folder();
    let path = folder.path().join("place.ron");
    fs::write(folder.path().join(".place.ron.saving"), "half of a pla").unwrap();
    save_bytes(&path, b"whole").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"whole");
    assert_eq!(names(folder.path()), ["place.ron"]);
}

/// Saving there is refused with these words, and everything in the folder stays as it was.
fn check_not_saved(folder: &Path, path: &Path, words: &str) {
    let before: Vec<(String, Option<Vec<u8>>)> =
        names(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).ok())).collect();
    let error = save_place(path, &small_place()).expect_err("it cannot be saved").to_string();
    assert_eq!(error, format!("{}: {words}", path.display()));
    let after: Vec<(String, Option<Vec<u8>>)> =
        names(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).ok())).collect();
    assert_eq!(after, before);
}

#[test]
fn a_folder_is_not_saved_over() {
    let folder = folder();
    check_not_saved(folder.path(), folder.path(), "this is a folder; name a file in it");
}

#[test]
fn a_folder_that_is_missing_is_told() {
    let folder = folder();
    check_not_saved(
        folder.path(),
        &folder.path().join("nowhere/place.ron"),
        "its folder does not exist; save it elsewhere",
    );
}

#[test]
fn a_file_in_the_way_of_a_folder_is_told() {
    let folder = folder();
    fs::write(folder.path().join("town"), "a file").unwrap();
    let path = folder.path().join("town/place.ron");
    let error = save_place(&path, &small_place()).expect_err("a file holds no files").to_string();
    assert!(error.contains("save it elsewhere") && !error.contains("os error"), "{error}");
    assert_eq!(fs::read(folder.path().join("town")).unwrap(), b"a file");
}

#[test]
fn a_file_that_may_not_be_written_stays_as_it_was() {
    let folder = folder();
    let path = folder.path().join("place.ron");
    fs::write(&path, "kept").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    check_not_saved(
        folder.path(),
        &path,
        "this file may not be written to; save it under another name. Nothing was changed",
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_folder_that_may_not_be_written_to_stays_as_it_was() {
        let folder = folder();
        let path = folder.path().join("place.ron");
        fs::write(&path, "kept").unwrap();
        set_mode(folder.path(), 0o555);
        if File::create(folder.path().join("try")).is_ok() {
            say_skipped("this user may write everywhere");
        } else {
            check_not_saved(
                folder.path(),
                &path,
                "this folder cannot be written to; save it elsewhere. Nothing was changed",
            );
        }
        set_mode(folder.path(), 0o755);
    }

    #[test]
    fn permissions_stay_as_they_were() {
        let folder = folder();
        for mode in [0o600, 0o640, 0o664, 0o777] {
            let path = folder.path().join(format!("{mode:o}.ron"));
            fs::write(&path, "before").unwrap();
            set_mode(&path, mode);
            save_place(&path, &small_place()).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
            assert!(open_place(&path).is_ok());
        }
    }

    #[test]
    fn a_link_is_followed_to_its_file_and_stays_a_link() {
        let (here, there) = (folder(), folder());
        let target = there.path().join("real.ron");
        fs::write(&target, "before").unwrap();
        let link = here.path().join("place.ron");
        symlink(&target, &link).unwrap();
        save_place(&link, &small_place()).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(open_place(&target).is_ok());
        assert_eq!(
            (names(here.path()), names(there.path())),
            (vec!["place.ron".into()], vec!["real.ron".into()])
        );
    }

    #[test]
    fn a_device_or_a_pipe_is_neither_read_nor_saved_over() {
        let folder = folder();
        let pipe = folder.path().join("pipe.ron");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|status| status.success()) {
            let what = "this is not a file but a device or a pipe; save what it gives to a file first";
            let error = read_bytes(&pipe).expect_err("a pipe is not waited for").to_string();
            assert_eq!(error, format!("{}: {what}", pipe.display()));
            let what = "this is not a file but a device or a pipe; save it elsewhere";
            let error = save_bytes(&pipe, b"text").expect_err("a pipe is no file").to_string();
            assert_eq!(error, format!("{}: {what}", pipe.display()));
            assert_eq!(names(folder.path()), ["pipe.ron"]);
            assert!(!fs::metadata(&pipe).unwrap().is_file());
        } else {
            say_skipped("no pipe could be made");
        }
        let error = read_bytes(Path::new("/dev/zero")).expect_err("it has no end").to_string();
        assert!(error.starts_with("/dev/zero: this is not a file"), "{error}");
    }

    #[test]
    fn a_name_that_is_no_text_is_a_name_all_the_same() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = folder();
        let path = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.ron"));
        save_place(&path, &small_place()).unwrap();
        assert!(open_place(&path).is_ok());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_missing_file_is_told() {
    let folder = folder();
    let path = folder.path().join("none.ron");
    let error = open_place(&path).expect_err("there is none").to_string();
    assert_eq!(error, format!("{}: there is no such file; check the name and the folder", path.display()));
}

#[test]
fn a_folder_is_told_from_a_file() {
    let folder = folder();
    let error = open_place(folder.path()).expect_err("a folder").to_string();
    assert_eq!(error, format!("{}: this is a folder; name a file in it", folder.path().display()));
}

#[test]
fn an_empty_place_file_is_told() {
    for content in ["", "  \n\n", "\u{feff}"] {
        check_message(
            "empty.ron",
            content.as_bytes(),
            "this file is empty; a place is a readable .ron file that starts with its format",
        );
    }
}

#[test]
fn a_place_file_that_is_no_text_is_told() {
    check_message(
        "picture.ron",
        b"\x89PNG\r\n\x1a\n\x00\xff\xfe",
        "this is not a place: it is not text from byte 1 on; a place is a readable .ron file",
    );
    check_message(
        "old.ron",
        b"(format: 1, name: \"Caf\xe9\")",
        "this is not a place: it is not text from byte 23 on; a place is a readable .ron file",
    );
}

#[test]
fn a_place_file_cut_off_anywhere_is_told_with_its_line() {
    let text = write_place(&small_place());
    for (lines, _) in text.match_indices('\n').step_by(3) {
        if lines + 2 >= text.len() {
            continue;
        }
        let folder = folder();
        let path = folder.path().join("cut.ron");
        fs::write(&path, &text[..lines]).unwrap();
        let error = open_place(&path).expect_err("half a place").to_string();
        let line =
            error.strip_prefix(&format!("{}: line ", path.display())).unwrap_or_else(|| panic!("{error}"));
        let line: usize = line.split(',').next().unwrap().parse().unwrap();
        assert!(line <= text[..lines].lines().count() + 1, "{error}");
    }
}

#[test]
fn a_file_larger_than_memory_is_refused_before_it_is_read() {
    let folder = folder();
    let path = folder.path().join("huge.ron");
    // A file of holes: it says that it is large and takes no room.
    if File::create(&path).and_then(|file| file.set_len(9 << 30)).is_err() {
        say_skipped("this disk has no holes");
        return;
    }
    let error = open_place(&path).expect_err("it is too large").to_string();
    assert_eq!(error, format!("{}: it is larger than 8 GiB; split it into several files", path.display()));
}

/// Opens files of the folder together.
fn load_all(folder: &Path, files: &[&str]) -> Loaded {
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(file)).collect();
    let no_input = || Err(std::io::ErrorKind::Unsupported.into());
    load(&paths, &ImportOptions::default(), no_input, |_| ControlFlow::Continue(()))
}

#[test]
fn one_bad_file_does_not_keep_the_others_out() {
    let folder = folder();
    fs::write(folder.path().join("good.csv"), "Agency,Amount\nCouncil,300.00\nHealth,100.00\n").unwrap();
    fs::write(folder.path().join("empty.csv"), "").unwrap();
    fs::write(folder.path().join("bad.ron"), "(format: 1, nam: \"Here\")").unwrap();
    save_place(&folder.path().join("place.ron"), &small_place()).unwrap();
    let loaded = load_all(folder.path(), &["bad.ron", "good.csv", "none.csv", "empty.csv", "place.ron"]);
    assert_eq!(loaded.failures.len(), 3);
    let place = loaded.into_place();
    assert_eq!(place.name, "Small Town");
    assert_eq!(place.ledger.total(), money("850.25"));
}

#[test]
fn a_second_place_is_added_to_the_first() {
    let folder = folder();
    save_place(&folder.path().join("one.ron"), &small_place()).unwrap();
    let mut other = small_place();
    other.name = "Next Town".to_owned();
    save_place(&folder.path().join("two.ron"), &other).unwrap();
    let loaded = load_all(folder.path(), &["one.ron", "two.ron"]);
    let place: Place = loaded.into_place();
    assert_eq!((place.name.as_str(), place.ledger.total()), ("Small Town", money("900.50")));
    assert_eq!(write_place(&read_place(&write_place(&place)).unwrap()), write_place(&place));
}

#[test]
fn files_that_hold_the_same_lines_are_told() {
    let folder = folder();
    fs::write(folder.path().join("april.csv"), "Agency,Amount\nCouncil,300.00\nHealth,100.00\n").unwrap();
    fs::write(folder.path().join("again.csv"), "Agency,Amount\nHealth,100.00\nPolice,7.00\n").unwrap();
    let mut loaded = load_all(folder.path(), &["april.csv", "again.csv"]);
    assert_eq!(loaded.ask_of_lines_twice(None), ComparedLines::OneIn(1));
    let told: Vec<&str> = loaded.files[1].problems.iter().map(|problem| problem.message.as_str()).collect();
    let right = "again.csv: 1 of its 2 lines (£100.00) are in april.csv too, and are counted twice; leave one of the files \
        out if they hold the same spending";
    assert!(told.contains(&right), "{told:?}");
    assert!(!loaded.files[0].asks() && loaded.files[1].asks());
}

#[test]
fn reading_can_be_stopped() {
    let folder = folder();
    fs::write(folder.path().join("a.csv"), "Agency,Amount\nCouncil,300.00\n").unwrap();
    let no_input = || Err(std::io::ErrorKind::Unsupported.into());
    let stop = |_| ControlFlow::Break(());
    let loaded = load(&[folder.path().join("a.csv")], &ImportOptions::default(), no_input, stop);
    assert!(loaded.additions.is_empty() && loaded.place.is_none());
}

#[test]
fn the_places_opened_last_are_remembered_latest_first() {
    let folder = folder();
    let list = folder.path().join("made/when/needed/recent.ron");
    let mut recent = Recent::load(&list);
    assert_eq!(recent, Recent::default(), "a list that is missing is empty");
    for number in 0..12 {
        recent.add(&folder.path().join(format!("{number}.ron")), &format!("Town {number}"));
    }
    recent.add(&folder.path().join("5.ron"), "Town 5");
    recent.save(&list).unwrap();
    let read = Recent::load(&list);
    assert_eq!(read, recent);
    let names: Vec<&str> = read.places.iter().map(|place| place.name.as_str()).collect();
    let latest: Vec<String> = [5, 11, 10, 9, 8, 7, 6, 4, 3, 2].iter().map(|n| format!("Town {n}")).collect();
    assert_eq!(names, latest);
    assert!(!read.places[0].exists());
}

#[test]
fn a_damaged_list_of_recent_places_is_an_empty_one() {
    let folder = folder();
    let list = folder.path().join("recent.ron");
    for damaged in [&b"((("[..], b"\xff\xff", b""] {
        fs::write(&list, damaged).unwrap();
        assert_eq!(Recent::load(&list), Recent::default());
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_points_at_nothing_yet_is_saved_through() {
    let folder = tempfile::tempdir().unwrap();
    let (link, target) = (folder.path().join("link.ron"), folder.path().join("shared/place.ron"));
    fs::create_dir(folder.path().join("shared")).unwrap();
    std::os::unix::fs::symlink("shared/place.ron", &link).unwrap();
    save_place(&link, &small_place()).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&target).unwrap(), write_place(&small_place()));
}
