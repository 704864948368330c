//! Recovery in the window: the list of what was left behind, and what each of its buttons does.

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use shadowpool::place::{Place, write_place};
use shadowpool::store::{LeftByOthers, PlaceLock, left_behind, open_place};
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
pub(crate) fn killed(window: Window, program: &Path) -> TempDir {
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
    // The list is drawn up when it is opened, which may be a moment before the journal is set aside.
    for _ in 0..5 {
        window.click_role(Role::Button, "File");
        window.click_like("Bring back unsaved work");
        window.wait_for("Unsaved work");
        window.settle();
        if window.says("Set aside") {
            return;
        }
        window.press(Modifiers::NONE, Key::Escape);
    }
    panic!("it is not set aside: {:#?}", window.names());
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

/// The small place as a colleague saved it meanwhile; what the file holds then.
fn saved_by_a_colleague(file: &Path) -> String {
    let text = write_place(&Place { about: "As they see it".to_owned(), ..small_place() });
    fs::write(file, &text).unwrap();
    text
}

/// A window after another one was killed with changes, and something was done to its file.
fn after_a_kill_and(files: &Path, then: impl FnOnce(&Path)) -> (Window, TempDir) {
    let program = folder();
    let left = killed(changed(files, program.path()), program.path());
    then(&files.join("small.ron"));
    let mut window = Window::open_in(&[], Some(left.path()));
    window.wait_for("Unsaved work");
    (window, left)
}

#[test]
fn a_file_that_a_colleague_saved_meanwhile_is_compared_and_merged() {
    let files = folder();
    let file = files.path().join("small.ron");
    let (mut window, _left) = after_a_kill_and(files.path(), |file| drop(saved_by_a_colleague(file)));
    let theirs = fs::read(&file).unwrap();
    assert!(window.says("Its file was saved by somebody else since"), "{:#?}", window.names());
    window.click("Compare Small Town");
    window.wait_for("The file has changed meanwhile");
    window.settle();
    assert!(window.says("Description. They: changed. You: as it was."), "{:#?}", window.names());
    assert!(window.says("Lines of more.csv. They: as it was. You: 2 lines added (£1,300.50)."));
    assert_eq!(fs::read(&file).unwrap(), theirs, "nothing is written over");
    // Not now: it is asked again when it is saved.
    window.click("Cancel");
    assert_eq!(window.place().ledger.total(), money("1750.75"));
    assert!(window.app().history().is_changed());
    window.press(CTRL, Key::S);
    window.wait_for("The file has changed meanwhile");
    window.settle();
    assert_eq!(fs::read(&file).unwrap(), theirs);
    window.click("Merge and save");
    window.wait_until("it is saved", |app| !app.history().is_changed());
    let saved = open_place(&file).unwrap();
    assert_eq!((saved.about.as_str(), saved.ledger.total()), ("As they see it", money("1750.75")));
}

#[test]
fn what_is_compared_and_killed_again_is_offered_to_be_compared_again() {
    let files = folder();
    let (mut window, mut left) = after_a_kill_and(files.path(), |file| drop(saved_by_a_colleague(file)));
    for _ in 0..2 {
        window.click("Compare Small Town");
        window.wait_for("The file has changed meanwhile");
        window.settle();
        window.press(Modifiers::NONE, Key::Escape);
        left = killed(window, left.path());
        window = Window::open_in(&[], Some(left.path()));
        window.wait_for("Unsaved work");
        window.settle();
    }
    assert!(window.says("Compare Small Town"), "{:#?}", window.names());
}

#[test]
fn work_that_is_brought_back_knows_what_it_was_made_from() {
    let files = folder();
    let (mut window, _left) = after_a_kill(files.path());
    bring_back(&mut window);
    saved_by_a_colleague(&files.path().join("small.ron"));
    window.press(CTRL, Key::S);
    window.wait_for("The file has changed meanwhile");
    window.settle();
    assert!(window.says("Description. They: changed. You: as it was."), "{:#?}", window.names());
}

#[test]
fn a_file_that_was_touched_or_renamed_is_the_same_file() {
    let files = folder();
    let to = files.path().join("town.ron");
    let touch_and_rename = |file: &Path| {
        let bytes = fs::read(file).unwrap();
        fs::write(file, bytes).unwrap();
        fs::rename(file, &to).unwrap();
    };
    let (mut window, _left) = after_a_kill_and(files.path(), touch_and_rename);
    assert!(window.says("Its file is called town.ron now"), "{:#?}", window.names());
    bring_back(&mut window);
    window.press(CTRL, Key::S);
    window.wait_until("it is saved", |app| !app.history().is_changed());
    assert_eq!(open_place(&to).unwrap().ledger.total(), money("1750.75"));
    assert!(!files.path().join("small.ron").exists());
}

#[test]
fn a_file_of_a_newer_program_is_compared_and_can_not_be_merged_into() {
    let files = folder();
    let newer = write_place(&small_place()).replacen("format: 1,", "format: 7,\n  tides: (1, [2]),", 1);
    let (mut window, _left) = after_a_kill_and(files.path(), |file| fs::write(file, &newer).unwrap());
    window.click("Compare Small Town");
    window.wait_for("The file has changed meanwhile");
    window.settle();
    assert!(!window.says("Merge and save") && !window.says("Save mine over it"), "{:#?}", window.names());
    window.click("Cancel");
    assert_eq!(fs::read_to_string(files.path().join("small.ron")).unwrap(), newer);
}

#[test]
fn work_that_cannot_have_its_file_says_who_has_it() {
    let files = folder();
    let file = files.path().join("small.ron");
    let (mut window, _left) = after_a_kill(files.path());
    let theirs = PlaceLock::take(&file, LeftByOthers::Ask).unwrap();
    bring_back(&mut window);
    let who = format!("process {}", std::process::id());
    assert!(window.says(&who) && window.says("small.ron"), "{:#?}", window.names());
    // It is not taken from them.
    window.press(CTRL, Key::S);
    window.settle();
    assert_eq!(fs::read_to_string(&file).unwrap(), write_place(&small_place()));
    assert!(window.app().history().is_changed());
    drop(theirs);
    window.press(CTRL, Key::S);
    window.wait_until("it is saved", |app| !app.history().is_changed());
}

#[test]
fn a_copy_that_is_what_its_file_holds_is_no_news() {
    let files = folder();
    let (mut window, left) = after_a_kill(files.path());
    window.click("Open Small Town as a copy");
    window.wait_until("the copy is here", |app| app.history().place().ledger.len() == 5);
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), write_place(&small_place()));
    let left = killed(window, left.path());
    let offers = left_behind(&left.path().join("journals"), left.path());
    assert!(offers.iter().all(|one| one.is_set_aside), "{offers:#?}");
    assert!(offers.iter().any(|one| one.is_in_a_file), "it can be looked for all the same");
    // The file gone, nothing else holds it.
    let (mut window, left) = after_a_kill(files.path());
    window.click("Open Small Town as a copy");
    window.wait_until("the copy is here", |app| app.history().place().ledger.len() == 5);
    window.press(CTRL, Key::Z);
    let left = killed(window, left.path());
    fs::remove_file(files.path().join("small.ron")).unwrap();
    let offers = left_behind(&left.path().join("journals"), left.path());
    assert!(offers.iter().any(|one| !one.is_set_aside && one.steps.is_empty()), "{offers:#?}");
}
