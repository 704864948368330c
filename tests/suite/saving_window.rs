//! Journeys of saving, closing and two windows: nothing happens that nobody asks for any more, and nothing is written
//! over unasked.

use std::fs;
use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use shadowpool::place::{Place, read_place, write_place};
use shadowpool::store::{LeftByOthers, PlaceLock, open_place, save_place, versions};
use tempfile::TempDir;

use crate::saving::large_place;
use crate::support::say_skipped;
use crate::support_ledgers::{money, small_place};
use crate::support_window::{CTRL, Window, folder};

const TWO_LINES: &str = "agency,theme,amount\nCouncil,Early years,300.00\nPolice,Safety,\"1,000.50\"\n";

/// A window whose place has two lines more than its file.
fn changed(window: &mut Window, folder: &TempDir) {
    let path = folder.path().join("more.csv");
    fs::write(&path, TWO_LINES).unwrap();
    let lines = window.place().ledger.len();
    window.add_files(&[&path]);
    window.wait_until("the lines are there", |app| app.history().place().ledger.len() == lines + 2);
}

fn small_changed(folder: &TempDir) -> Window {
    let mut window = Window::small(folder);
    changed(&mut window, folder);
    window
}

/// A window with a place that takes a moment to save, and changes.
fn large_changed(folder: &TempDir) -> Window {
    let path = folder.path().join("large.ron");
    let _ = save_place(&path, &large_place("Large Town")).unwrap();
    let mut window = Window::open(&[path]);
    window.wait_until("the place is open", |app| app.history().place().name == "Large Town");
    changed(&mut window, folder);
    window
}

/// Clicks a button, and presses Esc in the very next frame.
fn click_and_escape(window: &mut Window, button: &str) {
    window.harness.get_by_role_and_label(Role::Button, button).click();
    window.harness.key_press(Key::Escape);
    window.settle();
}

fn wait_until_saved(window: &mut Window) {
    window.wait_until("it is saved", |app| !app.history().is_changed());
}

fn save_as(window: &mut Window, path: &std::path::Path) {
    window.type_into("Path of the file", &path.display().to_string());
    window.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn a_save_that_was_stopped_closes_nothing_later() {
    let folder = folder();
    let mut window = large_changed(&folder);
    window.press(CTRL, Key::Q);
    click_and_escape(&mut window, "Save");
    window.wait("it says how it ended", |window| {
        window.says("Saved") || window.says("saving was stopped; the file is as it was")
    });
    if window.says("Saved") {
        return say_skipped("this machine saves faster than Esc is pressed");
    }
    assert!(window.app().history().is_changed());
    assert_eq!(open_place(&folder.path().join("large.ron")).unwrap().ledger.len(), 50_001);
    window.press(CTRL, Key::S);
    wait_until_saved(&mut window);
    window.settle();
    assert!(!window.has_closed.get(), "nobody asks for that any more");
    assert!(!window.app().history().is_changed());
}

#[test]
fn closing_waits_until_everything_is_on_the_disk() {
    let folder = folder();
    let mut window = large_changed(&folder);
    window.harness.key_press_modifiers(CTRL, Key::S);
    window.harness.key_press_modifiers(CTRL, Key::Q);
    window.wait("it is closed", |window| window.has_closed.get());
    assert_eq!(open_place(&folder.path().join("large.ron")).unwrap().ledger.len(), 50_003);
}

#[test]
fn changes_are_asked_about_again_where_opening_was_stopped() {
    let folder = folder();
    let mut window = small_changed(&folder);
    let other = folder.path().join("large.ron");
    let _ = save_place(&other, &large_place("Large Town")).unwrap();
    window.drop_file(&other);
    window.wait_for("Save the changes to Small Town?");
    window.settle();
    click_and_escape(&mut window, "Don't save");
    window
        .wait("it says how it ended", |window| window.says("Stopped") || window.place().name == "Large Town");
    if window.place().name == "Large Town" {
        return say_skipped("this machine opens faster than Esc is pressed");
    }
    window.drop_file(&other);
    window.wait_for("Save the changes to Small Town?");
    assert_eq!(window.place().ledger.total(), money("1750.75"));
}

#[test]
fn a_dialog_that_is_cancelled_closes_nothing_later() {
    let folder = folder();
    let path = folder.path().join("more.csv");
    fs::write(&path, TWO_LINES).unwrap();
    let mut window = Window::sample();
    window.add_files(&[&path]);
    window.press(CTRL, Key::Q);
    window.click_role(Role::Button, "Save");
    assert!(window.says("Save the place as"));
    window.click("Cancel");
    window.press(CTRL, Key::S);
    save_as(&mut window, &folder.path().join("town.ron"));
    wait_until_saved(&mut window);
    window.settle();
    assert!(!window.has_closed.get());
    // Said again, it closes.
    window.press(CTRL, Key::Q);
    assert!(window.has_closed.get());
}

#[test]
fn a_path_that_is_corrected_still_leads_to_what_was_wanted() {
    let folder = folder();
    let path = folder.path().join("more.csv");
    fs::write(&path, TWO_LINES).unwrap();
    let mut window = Window::sample();
    window.add_files(&[&path]);
    window.press(CTRL, Key::Q);
    window.click_role(Role::Button, "Save");
    save_as(&mut window, &folder.path().join("nowhere/town.ron"));
    window.wait_for("its folder does not exist");
    window.settle();
    save_as(&mut window, &folder.path().join("town.ron"));
    window.wait("it is closed", |window| window.has_closed.get());
    assert!(folder.path().join("town.ron").exists());
}

/// The small place as a colleague saved it meanwhile.
fn saved_by_a_colleague(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("small.ron");
    fs::write(&path, write_place(&Place { about: "As they see it".to_owned(), ..small_place() })).unwrap();
    path
}

#[test]
fn what_a_colleague_saved_meanwhile_is_merged_and_not_written_over() {
    let folder = folder();
    let mut window = small_changed(&folder);
    let path = saved_by_a_colleague(&folder);
    let theirs = fs::read(&path).unwrap();
    window.press(CTRL, Key::S);
    window.wait_for("The file has changed meanwhile");
    window.settle();
    assert_eq!(fs::read(&path).unwrap(), theirs);
    assert!(window.says("Description. They: changed. You: as it was."), "{:#?}", window.names());
    window.click("Merge and save");
    wait_until_saved(&mut window);
    let saved = open_place(&path).unwrap();
    assert_eq!((saved.about.as_str(), saved.ledger.total()), ("As they see it", money("1750.75")));
    assert_eq!(fs::read(&versions(&path)[0].path).unwrap(), theirs, "what they saved is kept");
    assert!(!window.app().history().is_changed());
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().about, "", "the merge is a step");
}

#[test]
fn what_a_colleague_saved_can_be_taken_and_mine_is_one_undo_away() {
    let folder = folder();
    let mut window = small_changed(&folder);
    let path = saved_by_a_colleague(&folder);
    window.press(CTRL, Key::S);
    window.wait_for("The file has changed meanwhile");
    window.settle();
    window.click("Take theirs");
    assert_eq!((window.place().about.as_str(), window.place().ledger.len()), ("As they see it", 3));
    assert!(!window.app().history().is_changed());
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.len(), 5);
    assert!(window.app().history().is_changed());
    // What the file holds is known by now.
    window.press(CTRL, Key::S);
    wait_until_saved(&mut window);
    assert_eq!(open_place(&path).unwrap().ledger.len(), 5);
}

#[test]
fn a_second_window_is_told_and_reads_only() {
    let folder = folder();
    let path = folder.path().join("small.ron");
    fs::write(&path, write_place(&small_place())).unwrap();
    let lock = PlaceLock::take(&path, LeftByOthers::Ask).unwrap();
    let mut window = Window::open(std::slice::from_ref(&path));
    window.wait_for("This place is open elsewhere");
    window.settle();
    assert!(window.says(&format!("process {}", std::process::id())), "{:#?}", window.names());
    window.click("Open to read");
    window.wait_until("it is open", |app| app.history().place().name == "Small Town");
    window.press(CTRL, Key::S);
    assert!(window.says("This place is open to read") && window.says("Save the place as"));
    let mine = folder.path().join("mine.ron");
    save_as(&mut window, &mine);
    window.wait_until("it is saved", |_| mine.exists());
    window.wait("its hold is taken", |window| window.says("Saved in mine.ron"));
    drop(lock);
    assert!(PlaceLock::take(&path, LeftByOthers::Ask).is_ok(), "the window holds its own file alone");
    assert!(PlaceLock::take(&mine, LeftByOthers::Ask).is_err());
}

#[test]
fn a_window_holds_its_place_until_it_shows_another() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let path = folder.path().join("small.ron");
    assert!(PlaceLock::take(&path, LeftByOthers::Ask).is_err());
    // Opened again in the same window it stays held.
    window.drop_file(&path);
    window.wait_until("it is read", |_| true);
    window.settle();
    assert!(PlaceLock::take(&path, LeftByOthers::Ask).is_err());
    window.press(CTRL, Key::N);
    assert!(PlaceLock::take(&path, LeftByOthers::Ask).is_ok());
}

#[test]
fn an_earlier_version_is_looked_at_and_brought_back_as_a_step() {
    let folder = folder();
    let mut window = small_changed(&folder);
    window.press(CTRL, Key::S);
    wait_until_saved(&mut window);
    window.press(CTRL, Key::K);
    window.type_into("Find an action", "earlier versions");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("Until 2");
    window.settle();
    window.click_like("Until 2");
    window.wait_for("Small Town: 3 lines, £450.25");
    window.settle();
    assert!(window.says("Lines of more.csv: 2 lines added (£1,300.50)"), "{:#?}", window.names());
    window.click("Bring it back");
    assert_eq!(window.place().ledger.total(), money("450.25"));
    assert!(window.app().history().is_changed());
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.total(), money("1750.75"));
    let saved = fs::read_to_string(folder.path().join("small.ron")).unwrap();
    assert_eq!(read_place(&saved).unwrap().ledger.total(), money("1750.75"));
}

#[test]
fn a_newer_place_is_opened_to_read_and_stays_as_it_was() {
    let folder = folder();
    let path = folder.path().join("newer.ron");
    let text = write_place(&small_place()).replacen("format: 1,", "format: 7,\n  tides: (1, [2]),", 1);
    fs::write(&path, &text).unwrap();
    let mut window = Window::open(std::slice::from_ref(&path));
    window.wait_until("it is open", |app| app.history().place().name == "Small Town");
    assert!(window.says("what it says under tides is not shown"), "{:#?}", window.names());
    window.press(CTRL, Key::S);
    assert!(window.says("Save the place as"));
    save_as(&mut window, &path);
    window.settle();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}
