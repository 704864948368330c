//! Menus, chips and keys as a hand finds them on a small screen.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Chip, Keep};

use super::support_window::{CTRL, Window, has_keyboard};

fn small_screen() -> Window {
    let mut window = Window::sample();
    window.harness.set_size(vec2(1024.0, 768.0));
    window.settle();
    window
}

/// Whether a row of the open menu has its tick.
fn has_tick(window: &Window, row: &str) -> bool {
    let node = window.harness.get_by_role_and_label(Role::Button, row);
    node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

#[test]
fn the_view_menu_fits_a_small_screen_and_ticks_what_is_on() {
    let mut window = small_screen();
    window.click_role(Role::Button, "View");
    for (row, is_on) in [("Light", true), ("Dark", false), ("Blind mode", false), ("Colour by theme", true)] {
        assert_eq!(has_tick(&window, row), is_on, "{row}");
    }
    let rows = ["Flows", "Table behind", "Colour by theme"];
    for row in rows {
        let rect = window.harness.get_by_role_and_label(Role::Button, row).rect();
        assert!(rect.right() <= 1024.0 && rect.bottom() <= 768.0, "{row}: {rect:?}");
    }
    window.harness.get_by_role_and_label(Role::Button, "Dark").scroll_to_me();
    window.settle();
    window.harness.get_by_role_and_label(Role::Button, "Dark").click();
    window.settle();
    window.click_role(Role::Button, "View");
    assert!(has_tick(&window, "Dark") && !has_tick(&window, "Light"));
}

#[test]
fn the_words_of_a_chip_change_its_names_and_its_cross_takes_it_away() {
    let mut window = small_screen();
    let theme = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let filter = |window: &Window| window.place().view.filter.clone();
    window.click("+ Filter");
    window.click_like("Theme  (");
    window.click_role(Role::CheckBox, "Ageing Well");
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Change Theme: Ageing Well");
    window.click_role(Role::CheckBox, "Starting Well");
    assert_eq!(filter(&window).names(Dimension::Theme), Some(&theme(&["Ageing Well", "Starting Well"])));
    window.press(Modifiers::NONE, Key::Escape);
    window.click_like("Remove Theme: ");
    assert_eq!(filter(&window).names(Dimension::Theme), None);
}

#[test]
fn the_words_of_a_chip_that_leaves_out_change_what_is_left_out() {
    let mut window = small_screen();
    let node = window.names_like("Ageing Well, Theme").remove(0);
    window.harness.get_by_label(&node).click_secondary();
    window.settle();
    window.click("Without Ageing Well");
    window.click("Change Theme: not Ageing Well");
    window.click_role(Role::CheckBox, "Starting Well");
    let chips = &window.place().view.filter.chips;
    let left_out: Vec<&Chip> = chips.iter().filter(|chip| chip.keep == Keep::Without).collect();
    assert_eq!(left_out.len(), 1);
    assert_eq!(
        left_out[0].names.iter().map(String::as_str).collect::<Vec<_>>(),
        ["Ageing Well", "Starting Well"]
    );
}

#[test]
fn escape_closes_the_words_of_the_keyboard_and_an_arrow_goes_on_from_there() {
    let mut window = small_screen();
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowRight);
    let there = has_keyboard(&window).expect("a node has the keyboard");
    assert!(there.contains(", Agency, £"), "{there}");
    assert!(window.says("Sources: ") || window.says("Source: "), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Sources: ") && !window.says("Source: "), "the words are closed");
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(has_keyboard(&window).as_deref(), Some(there.as_str()), "the walk goes on where it was");
    // What is pinned stays until it is let go by itself.
    window.press(Modifiers::NONE, Key::Space);
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!(has_keyboard(&window).is_some());
}

#[test]
fn the_palette_knows_the_words_people_type() {
    let mut window = small_screen();
    let first = |window: &mut Window, words: &str| {
        window.press(CTRL, Key::K);
        window.type_into("Find an action", words);
        let rows = window.harness.query_all_by_role(Role::Button);
        let rows: Vec<String> = rows
            .filter(|node| node.rect().width() > 480.0)
            .filter_map(|node| node.accesskit_node().label())
            .collect();
        window.press(Modifiers::NONE, Key::Escape);
        rows.into_iter().next().unwrap_or_default()
    };
    for (words, right) in [
        ("night mode", "Dark"),
        ("police", "Only Cheshire Constabulary (Cheshire Police)"),
        ("duplicate", "Duplicate Starting Well, shadow pool…"),
        ("per head", "Per head"),
        ("print", "Export as PDF…"),
        ("present", "Present the story"),
        ("sample", "Sample: West Cheshire"),
    ] {
        assert_eq!(first(&mut window, words), right, "{words}");
    }
}

#[test]
fn a_fold_that_is_opened_lists_its_names_and_each_leads_to_its_lines() {
    let mut window = small_screen();
    let mut folds = window.names_like("Other (");
    folds.retain(|name| name.contains(", Service, "));
    let fold = folds.remove(0);
    window.harness.get_all_by_label(&fold).next().unwrap().focus();
    window.settle();
    window.press(Modifiers::NONE, Key::Enter);
    let (_, group) = window.place().view.unfolded.iter().next().cloned().expect("it is unfolded");
    let heading = format!("services of {group}");
    assert!(window.says(&heading), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says(&heading), "Esc closes the list");
    window.click(&format!("Change Unfolded: {group}"));
    assert!(window.says(&heading), "the chip opens it again");
    let is_row = |node: &egui_kittest::Node<'_>| node.rect().width() > 300.0;
    let row = window.harness.query_all_by_role(Role::Button).find(is_row).expect("a name");
    let label = row.accesskit_node().label().expect("it says which");
    row.click();
    window.settle();
    let name = label.split(" £").next().unwrap().trim().to_owned();
    assert!(window.says(&format!("Lines behind {name}")), "{name}: {:#?}", window.names());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    window.click(&format!("Remove Unfolded: {group}"));
    assert!(window.place().view.unfolded.is_empty());
}
