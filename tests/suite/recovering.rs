//! Recovery in the window: the list of what was left behind, and what each of its buttons does.

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use shadowpool::place::write_place;
use shadowpool::store::{LeftByOthers, PlaceLock};
use tempfile::TempDir;

use crate::support_ledgers::{money, small_place};
use crate::support_window::{CTRL, Window, folder, has_keyboard};

const TWO_LINES: &str = "agency,theme,amount\nCouncil,Early years,300.00\nPolice,Safety,\"1,000.50\"\n";

/// A window that shows the small place, with two lines more than its file.
fn changed(files: &Path, program: &Path) -> Window {
    let (small, more) = (files.join("small.ron"), files.join("more.csv"));
    fs::write(&small, write_place(&small_place())).unwrap();
    fs::write(&more, TWO_LINES).unwrap();
    let mut window = Window::open_in(&[small], Some(program));
    window.wait_until("the place is open", |app| app.history().place().name == "Small Town");
    window.add_files(&[&more]);
    assert_eq!(window.place().ledger.total(), money("1750.75"));
    window
}

/// The program's folder as it is when the window is killed.
fn killed(window: Window, program: &Path) -> TempDir {
    drop(window);
    let left = folder();
    for journal in fs::read_dir(program.join("journals")).unwrap().map(|entry| entry.unwrap().path()) {
        // Locks go with whoever holds them.
        if journal.is_dir() {
            copy(&journal, &left.path().join("journals").join(journal.file_name().unwrap()));
        }
    }
    left
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let to = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            fs::copy(&entry, to).unwrap();
        }
    }
}

/// A window after another one was killed with changes.
fn after_a_kill(files: &Path) -> (Window, TempDir) {
    let program = folder();
    let left = killed(changed(files, program.path()), program.path());
    let mut window = Window::open_in(&[], Some(left.path()));
    window.wait_for("Unsaved work");
    (window, left)
}

fn bring_back(window: &mut Window) {
    window.click("Bring back Small Town");
    window.wait_until("it is back", |app| app.history().place().ledger.len() == 5);
}

#[test]
fn what_a_killed_window_held_is_offered_and_comes_back_with_undo() {
    let files = folder();
    let (mut window, _left) = after_a_kill(files.path());
    assert!(window.says("1 step, the last first: Add more.csv"), "{:#?}", window.names());
    assert!(window.says("It came to £450.25 and comes to £1,750.75"));
    assert!(window.says(&format!("of {}, just now", files.path().join("small.ron").display())));
    bring_back(&mut window);
    assert!(window.app().history().is_changed(), "no file holds it");
    assert!(window.says("Changed since small.ron was saved"));
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), write_place(&small_place()));
    assert!(!window.app().history().is_changed(), "undone it is what the file holds");
    window.press(CTRL, Key::Y);
    window.press(CTRL, Key::S);
    window.wait_until("it is saved", |app| !app.history().is_changed());
}

#[test]
fn what_is_brought_back_holds_its_file_before_it_is_saved_and_a_copy_does_not() {
    let files = folder();
    let file = files.path().join("small.ron");
    let (mut window, _left) = after_a_kill(files.path());
    assert!(PlaceLock::take(&file, LeftByOthers::Ask).is_ok(), "nobody holds it yet");
    bring_back(&mut window);
    assert!(PlaceLock::take(&file, LeftByOthers::Ask).is_err(), "the window holds it");
    drop(window);
    let (mut window, _left) = after_a_kill(files.path());
    window.click("Open Small Town as a copy");
    window.wait_until("the copy is here", |app| app.history().place().ledger.len() == 5);
    assert!(PlaceLock::take(&file, LeftByOthers::Ask).is_ok(), "a copy holds nothing");
}

#[test]
fn a_window_that_is_killed_again_before_it_is_saved_offers_it_again() {
    let files = folder();
    let (mut window, mut left) = after_a_kill(files.path());
    for _ in 0..2 {
        bring_back(&mut window);
        left = killed(window, left.path());
        window = Window::open_in(&[], Some(left.path()));
        window.wait_for("Unsaved work");
    }
    bring_back(&mut window);
}

#[test]
fn esc_and_enter_keep_it_and_the_menu_shows_it_again() {
    let files = folder();
    let (mut window, _left) = after_a_kill(files.path());
    assert_eq!(has_keyboard(&window).as_deref(), Some("Keep for later"));
    for key in [Key::Escape, Key::Enter] {
        window.press(Modifiers::NONE, key);
        assert!(!window.says("Unsaved work"), "{key:?}");
        assert_eq!(window.place().name, "West Cheshire");
        window.click_role(Role::Button, "File");
        window.click_like("Bring back unsaved work");
        window.wait_for("Unsaved work");
        window.settle();
    }
    bring_back(&mut window);
}

#[test]
fn a_copy_has_no_file() {
    let files = folder();
    let (mut window, _left) = after_a_kill(files.path());
    window.click("Open Small Town as a copy");
    window.wait_until("it is back", |app| app.history().place().ledger.len() == 5);
    assert!(window.says("Not saved yet"));
}

#[test]
fn it_is_thrown_away_only_after_a_second_look() {
    let files = folder();
    let (mut window, left) = after_a_kill(files.path());
    window.click("Throw away Small Town…");
    window.click("No, keep it");
    window.click("Throw away Small Town…");
    assert!(window.says("Throw 1 step away for good?"));
    window.click("Throw away for good: Small Town");
    assert!(!window.says("Unsaved work"), "nothing is left to be offered");
    window.click_role(Role::Button, "File");
    window.click_like("Bring back unsaved work");
    window.wait_for("Nothing was left behind");
    drop(left);
}

#[test]
fn unsaved_edits_are_asked_about_before_something_is_brought_back() {
    let files = folder();
    let (mut window, _left) = after_a_kill(files.path());
    window.press(Modifiers::NONE, Key::Escape);
    let other = files.path().join("other.csv");
    fs::write(&other, "agency,theme,amount\nFire,Safety,5.00\n").unwrap();
    window.add_files(&[&other]);
    let mine = write_place(window.place());
    let ask = |window: &mut Window| {
        window.click_role(Role::Button, "File");
        window.click_like("Bring back unsaved work");
        window.wait_for("Unsaved work");
        window.settle();
        window.click("Bring back Small Town");
        window.wait_for("Save the changes to");
        window.settle();
    };
    ask(&mut window);
    window.click("Cancel");
    assert_eq!(write_place(window.place()), mine);
    assert!(window.app().history().is_changed());
    ask(&mut window);
    window.click("Don't save");
    window.wait_until("it is back", |app| app.history().place().ledger.len() == 5);
    // What was not saved is not gone either.
    window.click_role(Role::Button, "File");
    window.click_like("Bring back unsaved work");
    window.wait_for("Set aside");
}

#[test]
fn that_changes_are_not_kept_is_in_sight_for_as_long_as_it_is_so() {
    let (files, program) = (folder(), folder());
    let in_the_way = program.path().join("journals");
    fs::write(&in_the_way, "a file where a folder should be").unwrap();
    let mut window = changed(files.path(), program.path());
    window.wait_for("Changes are not kept");
    fs::remove_file(&in_the_way).unwrap();
    window.settle();
    assert!(window.says("Changes are not kept"));
    window.click("Save now");
    window.wait("it is kept", |window| !window.says("Changes are not kept"));
}

#[test]
fn without_a_folder_the_first_change_says_that_it_is_not_kept() {
    let files = folder();
    let mut window = Window::small(&files);
    assert!(!window.says("Changes are not kept"));
    let more = files.path().join("more.csv");
    fs::write(&more, TWO_LINES).unwrap();
    window.add_files(&[&more]);
    assert!(window.says("Changes are not kept"));
}
