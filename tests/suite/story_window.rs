//! The story in the window: views captured, scenes opened, ordered, named, described and removed, by keys and by hand.

use egui::{Key, Modifiers};
use shadowpool::dimension::Dimension;
use shadowpool::ledger::Filter;
use shadowpool::place::{Annotations, Callout, Screen};
use tempfile::TempDir;

use crate::pool_view::window_on;
use crate::story::with_scenes;
use crate::support_window::{CTRL, Window, folder, has_keyboard};

const NONE: Modifiers = Modifiers::NONE;

fn scenes(window: &Window) -> Vec<String> {
    window.place().story.iter().map(|scene| scene.name.clone()).collect()
}

/// The story of the small place, with these scenes.
fn story(folder: &TempDir, names: &[&str]) -> Window {
    let mut window = window_on(folder, &with_scenes(names));
    window.press(CTRL, Key::Num6);
    window
}

/// The row of a scene has the keyboard.
fn focus_row(window: &mut Window, beginning: &str) {
    window.click_like(beginning);
    assert!(
        has_keyboard(window).is_some_and(|name| name.starts_with(beginning)),
        "{:#?}",
        has_keyboard(window)
    );
}

#[test]
fn a_place_without_a_story_says_what_belongs_there_and_captures_the_view_one_came_from() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.press(CTRL, Key::Num2);
    window.press(CTRL, Key::Num6);
    assert!(window.says("Tell it as a story"));
    window.click("Capture the view you came from");
    assert_eq!(scenes(&window), ["Themes"]);
    assert_eq!(window.place().story[0].view.screen, Screen::Themes);
}

#[test]
fn a_view_is_captured_where_one_stands_with_its_caption_to_be_typed_over() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.click("Early years, Theme, £400.00");
    window.press(CTRL, Key::Enter);
    assert_eq!(window.place().view.screen, Screen::Flows, "nothing is left");
    let scene = &window.place().story[0];
    assert_eq!(scene.pinned, [(Dimension::Theme, "Early years".to_owned())]);
    assert_eq!(scene.caption, "");
    assert_eq!(has_keyboard(&window).as_deref(), Some("Caption of the new scene"));
    // All of it is chosen: what is typed stands in its place.
    window.field("Caption of the new scene").type_text("Who pays");
    window.settle();
    window.press(NONE, Key::Enter);
    assert_eq!(window.place().story[0].caption, "Who pays");
    assert!(!window.says("Caption of the new scene"));
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert!(window.place().story.is_empty());
}

#[test]
fn a_caption_that_nobody_types_stays_what_the_picture_finds() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.press(CTRL, Key::Enter);
    window.press(NONE, Key::Escape);
    assert_eq!(window.place().story[0].caption, "");
    assert!(!window.says("Caption of the new scene"));
    window.press(CTRL, Key::Enter);
    window.click("Undo");
    assert_eq!(window.place().story.len(), 1);
}

#[test]
fn scenes_are_walked_and_put_in_order_by_keys_alone() {
    let folder = folder();
    let mut window = story(&folder, &["A", "B", "C"]);
    focus_row(&mut window, "1. A");
    window.press(NONE, Key::ArrowDown);
    assert!(has_keyboard(&window).is_some_and(|name| name.starts_with("2. B")));
    window.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(scenes(&window), ["A", "C", "B"]);
    window.press(Modifiers::ALT, Key::ArrowUp);
    window.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(scenes(&window), ["B", "A", "C"]);
    window.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(scenes(&window), ["B", "A", "C"], "further up there is nothing");
    window.press(CTRL, Key::D);
    assert_eq!(scenes(&window), ["B", "B 2", "A", "C"]);
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert_eq!(scenes(&window), ["A", "B", "C"]);
}

#[test]
fn a_scene_is_renamed_by_f2_and_removed_by_delete_and_both_are_taken_back() {
    let folder = folder();
    let mut window = story(&folder, &["A", "B"]);
    focus_row(&mut window, "1. A");
    window.press(NONE, Key::F2);
    assert_eq!(has_keyboard(&window).as_deref(), Some("Name of A"));
    window.type_into("Name of A", "The beginning");
    window.press(NONE, Key::Enter);
    assert_eq!(scenes(&window), ["The beginning", "B"]);
    assert!(has_keyboard(&window).is_some_and(|name| name.starts_with("1. The beginning")));
    window.press(NONE, Key::Delete);
    assert_eq!(scenes(&window), ["B"]);
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert_eq!(scenes(&window), ["A", "B"]);
}

#[test]
fn caption_and_notes_are_kept_when_their_fields_are_left() {
    let folder = folder();
    let mut window = story(&folder, &["A", "B"]);
    window.type_into("Caption", "What it is about");
    window.press(NONE, Key::Tab);
    assert_eq!(window.place().story[0].caption, "What it is about");
    window.type_into_lines("Notes", "Wait.\nThen go on.");
    assert_eq!(window.place().story[0].notes, "Wait.\nThen go on.");
}

#[test]
fn opening_a_scene_shows_its_view_and_one_undo_takes_it_back() {
    let folder = folder();
    let mut place = with_scenes(&["A"]);
    let mut scene = place.story[0].clone();
    scene.view.layers = vec![Dimension::Theme, Dimension::Agency];
    // Of several years nothing is said in a sum.
    scene.view.filter = Filter::default().only(Dimension::Year, ["2024/25"]);
    scene.pinned = vec![(Dimension::Agency, "Health".to_owned())];
    place.story = vec![scene].into();
    let mut window = window_on(&folder, &place);
    let before = window.place().view.layers.clone();
    window.press(CTRL, Key::Num6);
    focus_row(&mut window, "1. A");
    window.press(NONE, Key::Enter);
    assert_eq!(window.place().view.screen, Screen::Flows);
    assert_eq!(window.place().view.layers, [Dimension::Theme, Dimension::Agency]);
    assert!(window.says("Pinned: £100.00 in 1 of "), "{:#?}", window.names());
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().view.layers, before);
}

#[test]
fn what_does_not_apply_any_more_is_said_in_the_list_and_when_it_is_opened() {
    let folder = folder();
    let mut place = with_scenes(&["A"]);
    let mut scene = place.story[0].clone();
    scene.view.scenario = Some("Gone".to_owned());
    let at = vec![(Dimension::Agency, "Police".to_owned())];
    scene.annotations = Annotations {
        callouts: vec![Callout { at, words: "They are not there".to_owned() }],
        ..Annotations::default()
    };
    place.story = vec![scene].into();
    let mut window = window_on(&folder, &place);
    window.press(CTRL, Key::Num6);
    window.wait_for("The scenario \u{201c}Gone\u{201d} is gone; the place is shown as it is.");
    window.wait_for("\u{201c}Police\u{201d} is not in the picture, and so its callout is not");
    window.click("Open");
    assert!(window.says("A is not as it was"));
    assert_eq!(window.place().view.scenario, None);
}

#[test]
fn a_callout_is_added_beside_what_is_largest_and_said_otherwise() {
    let folder = folder();
    let mut window = story(&folder, &["A"]);
    window.wait("the scene is drawn", |window| window.names().iter().any(|name| name.starts_with("1. A: ")));
    window.settle();
    window.click("Add a callout");
    let callout = window.place().story[0].annotations.callouts[0].clone();
    assert_eq!(callout.at[0].1, callout.words);
    window.type_into("Callout 1", "Not agreed yet");
    window.press(NONE, Key::Tab);
    assert_eq!(window.place().story[0].annotations.callouts[0].words, "Not agreed yet");
    window.click("Take callout 1 out");
    assert!(window.place().story[0].annotations.is_empty());
}

#[test]
fn a_hundred_scenes_are_listed_and_the_last_is_reached_by_one_key() {
    let folder = folder();
    let names: Vec<String> = (1..=100).map(|number| format!("Scene {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut window = story(&folder, &names);
    focus_row(&mut window, "1. Scene 1");
    window.press(NONE, Key::End);
    window.settle();
    assert!(
        has_keyboard(&window).is_some_and(|name| name.starts_with("100. Scene 100")),
        "{:?}",
        has_keyboard(&window)
    );
}
