//! Undo under the pointer: what the window remembers of one place is not done to another.

use std::fs;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, Queryable as _};
use shadowpool::dimension::Dimension;
use shadowpool::place::write_place;

use crate::support_window::{CTRL, Window, folder};

const SPENDING: &str = "Agency,Theme,Service,Year,Amount\n\
    Council,Early years,Nurseries,2024/25,300.00\n\
    Council,Homes,Housing advice,2024/25,50.25\n\
    Health,Early years,Health visitors,2024/25,100.00\n";

/// A window with a file of spending in it: one step from a place without lines.
fn one_step_from_empty(folder: &tempfile::TempDir) -> Window {
    let path = folder.path().join("spending.csv");
    fs::write(&path, SPENDING).unwrap();
    let mut window = Window::open(&[path]);
    window.wait_until("the file is read", |app| app.history().place().ledger.len() == 3);
    window
}

fn to_the_empty_place(window: &mut Window) {
    while !window.place().ledger.is_empty() {
        window.press(CTRL, Key::Z);
    }
}

#[test]
fn what_was_pointed_at_in_a_place_that_is_undone_is_not_put_in_its_pool() {
    let folder = folder();
    let mut window = one_step_from_empty(&folder);
    let council = window.names_like("Council, ").into_iter().next().unwrap();
    let at = window.harness.get_by_label(&council).rect().center();
    window.harness.hover_at(at);
    window.settle();
    to_the_empty_place(&mut window);
    for key in [Key::P, Key::Delete, Key::Enter, Key::Space] {
        window.press(Modifiers::NONE, key);
    }
    assert!(window.place().scenarios.is_empty());
    assert!(window.says("Choose, pin or point at something first"));
}

#[test]
fn lines_that_were_picked_in_a_place_that_is_undone_are_not_put_in_its_pool() {
    let folder = folder();
    let mut window = one_step_from_empty(&folder);
    window.press(CTRL, Key::Num4);
    window.click_like("£300.00, Council");
    to_the_empty_place(&mut window);
    window.press(Modifiers::NONE, Key::P);
    assert!(window.place().scenarios.is_empty());
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.press(Modifiers::NONE, Key::P);
    // The very lines are back that were picked, and so are they.
    assert_eq!(window.place().scenarios.len(), 1);
}

#[test]
fn a_picture_of_a_place_that_is_undone_is_not_exported_under_the_words_of_another() {
    let folder = folder();
    let mut window = one_step_from_empty(&folder);
    to_the_empty_place(&mut window);
    let path = folder.path().join("picture.svg");
    window.press(CTRL, Key::K);
    window.type_into("Find an action", "Export as SVG…");
    window.press(Modifiers::NONE, Key::Enter);
    window.type_into("Path of the file", path.to_str().unwrap());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("there is nothing to draw; the place has no lines yet");
    assert!(!path.exists());
}

#[test]
fn a_fault_within_a_frame_is_told_and_the_window_goes_on() {
    let folder = folder();
    let mut window = one_step_from_empty(&folder);
    let before = write_place(window.place());
    window.fail(1);
    window.press(CTRL, Key::Num2);
    assert!(window.says("Something stopped through a fault of the program"));
    assert_eq!(window.place().ledger.len(), 3);
    window.press(CTRL, Key::Num1);
    assert!(window.names_like("Council, Agency").len() == 1, "the flows are drawn");
    assert_eq!(write_place(window.place()), before);
    window.press(CTRL, Key::Z);
    assert!(window.place().ledger.is_empty(), "undo works as before");
}

#[test]
fn in_blind_mode_a_fault_tells_nobody_who_is_who() {
    let folder = folder();
    let mut window = one_step_from_empty(&folder);
    window.press(Modifiers::NONE, Key::B);
    window.fail(1);
    window.press(CTRL, Key::Num2);
    window.settle();
    assert!(window.says("Blind mode") && !window.says("Council"));
}

#[test]
fn any_step_can_be_gone_to_from_the_list_of_steps() {
    let mut window = Window::sample();
    let first = write_place(window.place());
    let years: Vec<String> = window
        .place()
        .ledger
        .names(Dimension::Year)
        .iter()
        .skip(1)
        .take(3)
        .map(|year| year.1.to_owned())
        .collect();
    let mut states = vec![first];
    for year in &years {
        window.click(year);
        states.push(write_place(window.place()));
    }
    window.press(CTRL, Key::H);
    assert!(window.says("\u{25b6} Change year"));
    for at in [0, 2, 1, 3] {
        let steps = window.harness.query_all(By::new().predicate(|node| is_step(node.label())));
        let mut rows: Vec<_> = steps.map(|node| node.rect().center()).collect();
        rows.sort_by(|a, b| a.y.total_cmp(&b.y));
        window.harness.hover_at(rows[at]);
        window.harness.step();
        click_at(&mut window, rows[at]);
        assert!(write_place(window.place()) == states[at], "step {at}");
    }
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says("As it was at first"));
}

fn is_step(label: Option<String>) -> bool {
    let label = label.unwrap_or_default();
    ["Change year", "As it was at first"].contains(&label.trim_start_matches("\u{25b6} "))
}

fn click_at(window: &mut Window, pos: egui::Pos2) {
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        window.harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
    }
    window.settle();
}
