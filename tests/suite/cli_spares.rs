//! The command line destroys nothing: neither what it reads, nor what nobody named, nor an old picture.

use std::fs;
use std::path::Path;

use shadowpool::place::write_place;
use shadowpool::store::{LeftByOthers, PlaceLock};
use tempfile::TempDir;

use crate::cli::{run, said};
use crate::support_ledgers::small_place;

/// A folder with a place, its source, a broken file and a place of another town.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let town = write_place(&small_place());
    for (name, text) in [
        ("town.ron", town.as_str()),
        ("other.ron", &town.replace("Small Town", "Other Town")),
        ("newer.ron", &town.replacen("format: 1,", "format: 7,\n  tides: 2,", 1)),
        ("book.csv", "Agency,Amount\nCouncil,300.00\n"),
        ("broken.xlsx", "not a workbook"),
        ("broken.ron", "(format: 1, nam: \"Here\")"),
        ("names.ron", "(names: [])"),
        ("old.svg", "an old picture"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut contents: Vec<(String, Vec<u8>)> = entries
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    contents.sort();
    contents
}

/// It cannot run, says why in these words, and everything in the folder is as it was.
fn check_refused(words: &[&str], why: &str) {
    let folder = folder();
    let before = contents(folder.path());
    let output = run(folder.path(), words, "");
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
    assert!(said.contains(why), "{words:?}: {said}");
    assert!(output.stdout.is_empty(), "{words:?}: nothing is printed");
    assert_eq!(contents(folder.path()), before, "{words:?}");
}

#[test]
fn an_input_that_cannot_be_read_means_that_nothing_is_written() {
    check_refused(
        &["import", "book.csv", "broken.xlsx", "-o", "new.ron", "--save-map", "map.ron"],
        "Nothing was written",
    );
    check_refused(&["import", "broken.ron", "book.csv", "-o", "new.ron"], "broken.ron: line 1");
    check_refused(&["import", "broken.ron", "book.csv", "-o", "broken.ron"], "broken.ron: line 1");
}

#[test]
fn what_is_read_is_not_written_over() {
    check_refused(
        &["import", "book.csv", "--names", "names.ron", "-o", "names.ron"],
        "read by the same command",
    );
    check_refused(
        &["import", "book.csv", "-o", "new.ron", "--save-map", "book.csv"],
        "read by the same command",
    );
    check_refused(&["check", "book.csv", "--rejects", "book.csv"], "read by the same command");
    check_refused(
        &["check", "town.ron", "--audit", "./book.csv"],
        "lines of the place were read from a file",
    );
    check_refused(&["check", "book.csv", "--proposals", "other.ron"], "this file is a place");
    check_refused(
        &["import", "book.csv", "-o", "new.ron", "--save-map", "other.ron"],
        "this file is a place",
    );
}

#[test]
fn a_place_that_nobody_named_is_not_written_over_unless_it_is_meant() {
    check_refused(
        &["import", "book.csv", "-o", "other.ron"],
        "is there already and is not among the files to read",
    );
    let folder = folder();
    let output = run(folder.path(), &["import", "book.csv", "-o", "other.ron", "--replace-file"], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // The place itself grows as it always did.
    let output = run(folder.path(), &["import", "town.ron", "book.csv", "-o", "town.ron"], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let versions = shadowpool::store::versions(&folder.path().join("town.ron"));
    assert_eq!(fs::read_to_string(&versions[0].path).unwrap(), write_place(&small_place()));
}

#[test]
fn a_newer_place_is_never_written_over() {
    check_refused(&["import", "newer.ron", "book.csv", "-o", "newer.ron"], "import would lose that");
    check_refused(&["import", "newer.ron", "book.csv", "-o", "new.ron"], "import would lose that");
    check_refused(
        &["import", "book.csv", "-o", "newer.ron", "--replace-file"],
        "a newer Shadowpool has written",
    );
    // It may be looked at, and what is not shown is said.
    let folder = folder();
    let output = run(folder.path(), &["totals", "newer.ron"], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("what it says under tides is not shown"), "{}", said(&output));
}

#[test]
fn sums_and_pictures_of_what_cannot_be_read_are_not_made() {
    check_refused(&["render", "broken.ron", "-o", "old.svg"], "broken.ron: line 1");
    check_refused(&["render", "book.csv", "broken.xlsx", "-o", "old.svg"], "broken.xlsx");
    check_refused(&["totals", "book.csv", "broken.xlsx"], "broken.xlsx");
    check_refused(&["totals", "broken.ron"], "broken.ron: line 1");
    check_refused(&["pool", "broken.ron"], "broken.ron: line 1");
}

#[test]
fn a_place_that_a_window_has_open_is_left_to_it() {
    let folder = folder();
    let lock = PlaceLock::take(&folder.path().join("town.ron"), LeftByOthers::Ask).unwrap();
    let words = ["import", "town.ron", "book.csv", "-o", "town.ron"];
    let output = run(folder.path(), &words, "");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("it is open in another window"), "{}", said(&output));
    assert_eq!(
        run(folder.path(), &["totals", "town.ron"], "").status.code(),
        Some(0),
        "reading disturbs nobody"
    );
    drop(lock);
    assert_eq!(run(folder.path(), &words, "").status.code(), Some(0));
    assert!(!folder.path().join(".~lock.town.ron#").exists());
}
