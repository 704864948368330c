//! The picture without sight or mouse: one stop for Tab, arrows from node to node and to bands, and all of it in words.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use shadowpool::dimension::Dimension;

use super::support_window::{CTRL, Window, has_keyboard};

/// What has the keyboard, by its accessible name.
fn focused(window: &Window) -> String {
    has_keyboard(window).unwrap_or_default()
}

/// `Council, Agency, £350.25` is a node of the picture.
fn is_node(name: &str) -> bool {
    Dimension::ALL.into_iter().any(|dimension| name.contains(&format!(", {}, ", dimension.title())))
}

/// What a screen reader is told of something after its name.
fn description(window: &Window, name: &str) -> String {
    let is_it = By::new().predicate(|node| node.label().as_deref() == Some(name));
    let mut found = window.harness.query_all(is_it).filter_map(|node| node.accesskit_node().description());
    found.next().unwrap_or_default()
}

#[test]
fn tab_goes_into_the_picture_once_and_on() {
    let mut window = Window::sample();
    let mut stops = Vec::new();
    for _ in 0..120 {
        window.press(Modifiers::NONE, Key::Tab);
        let name = focused(&window);
        if stops.first() == Some(&name) {
            break;
        }
        stops.push(name);
    }
    let nodes: Vec<&String> = stops.iter().filter(|name| is_node(name)).collect();
    assert_eq!(nodes.len(), 1, "{stops:#?}");
    assert!(stops.len() > 8, "{stops:#?}");
}

#[test]
fn arrows_walk_nodes_and_bands_and_space_pins() {
    let mut window = Window::sample();
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowRight);
    let agency = focused(&window);
    assert!(agency.contains(", Agency, "), "{agency}");
    window.press(CTRL, Key::ArrowRight);
    let band = focused(&window);
    let name = agency.split(", Agency").next().unwrap();
    assert!(band.starts_with(name) && band.ends_with(", band"), "{band}");
    // Its words are those of the lines between the two.
    let theme = band.trim_end_matches(", band").split(" \u{2192} ").nth(1).unwrap().to_owned();
    let place = window.place();
    let filter = place.view.filter.clone().only(Dimension::Agency, [name]).only(Dimension::Theme, [&theme]);
    let (sum, lines) = (window.total(&filter), place.ledger.lines_where(&filter).len());
    let said = description(&window, &band);
    assert!(said.starts_with(&shadowpool::money::in_full(sum)), "{said}");
    assert!(said.contains(&format!("{lines} line")), "{said}");
    window.press(Modifiers::NONE, Key::ArrowDown);
    let smaller = focused(&window);
    assert!(smaller.ends_with(", band") && smaller != band, "{smaller}");
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(focused(&window), band);
    window.press(Modifiers::NONE, Key::Space);
    assert!(window.says("Pinned: "), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!(focused(&window).starts_with(&format!("{theme}, Theme, ")), "{}", focused(&window));
    // Esc leaves, and Tab comes back to where the walk was left.
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!is_node(&focused(&window)), "{}", focused(&window));
    window.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(focused(&window).starts_with(&format!("{theme}, Theme, ")), "{}", focused(&window));
}

#[test]
fn a_node_is_told_with_its_share_its_lines_and_its_agencies() {
    let window = Window::sample();
    let node = window.names_like("Starting Well, Theme, ").remove(0);
    let said = description(&window, &node);
    assert_eq!(said, "17% of £3bn, 31 lines, from 10 agencies");
}

#[test]
fn the_picture_is_told_in_words_and_copied_so() {
    let mut window = Window::sample();
    let is_described = By::new().predicate(|node| node.description().is_some());
    let told = window.harness.query_all(is_described).filter_map(|node| node.accesskit_node().description());
    let told: Vec<String> = told.filter(|words| words.contains(" largest of ")).collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    window.press(CTRL, Key::K);
    window.type_into("Find an action", "Copy picture in words");
    window.press(Modifiers::NONE, Key::Enter);
    let copied = window.copied.borrow().last().cloned().expect("words are copied");
    assert!(copied.contains("\n1. ") && copied.contains("\n5. ") && copied.contains("Made on "), "{copied}");
}
