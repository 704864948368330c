//! Journeys through the window by the names that a screen reader hears.

use std::fs;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::{Money, in_full};
use shadowpool::place::{Command, Compared, Place, Screen, read_place, write_place};
use shadowpool::pool::{Allocation, Contribution, Lines, Purpose, Scenario};
use tempfile::TempDir;

use crate::support_ledgers::{money, small_place};
use crate::support_window::{CTRL, Window, folder, has_keyboard};

fn ctrl_shift() -> Modifiers {
    Modifiers::COMMAND | Modifiers::SHIFT
}

/// Each node of the flows by name: `Early years, Theme, £400.00` as dimension, name and amount.
fn nodes(window: &Window) -> Vec<(Dimension, String, Money)> {
    let mut nodes = Vec::new();
    for name in window.names() {
        let Some((rest, amount)) = name.rsplit_once(", ").filter(|(_, amount)| amount.contains('£')) else {
            // Thousands are apart by commas without a space, so this is no node.
            continue;
        };
        let Some((name, layer)) = rest.rsplit_once(", ") else { continue };
        let Some(dimension) = Dimension::ALL.into_iter().find(|dimension| dimension.title() == layer) else {
            continue;
        };
        nodes.push((dimension, name.to_owned(), money(&amount.replace('\u{2212}', "-"))));
    }
    nodes
}

/// Every node on screen has the amount that the totals give, and every layer is the total.
fn check_flows_agree(window: &Window) {
    let place = window.place();
    let nodes = nodes(window);
    for &layer in &place.view.layers {
        let totals = Totals::of(&place.ledger, &place.view.filter, &[layer]);
        let of_layer: Vec<_> = nodes.iter().filter(|(dimension, _, _)| *dimension == layer).collect();
        assert!(!of_layer.is_empty(), "{layer} is drawn");
        assert_eq!(of_layer.iter().map(|node| node.2).sum::<Money>(), totals.total, "{layer}");
        for (_, name, amount) in of_layer {
            if !name.starts_with("Other (") {
                let row = totals.rows.iter().find(|row| row.names[0] == *name);
                assert_eq!(row.map(|row| row.amount), Some(*amount), "{layer}: {name}");
            }
        }
    }
}

#[test]
fn the_sample_is_drawn_at_once_and_agrees_with_its_totals() {
    let window = Window::sample();
    assert_eq!(window.place().name, "West Cheshire");
    assert!(window.says("West Cheshire") && window.says("agencies spend £"));
    check_flows_agree(&window);
}

#[test]
fn the_picture_can_be_painted_without_a_gpu() {
    let mut window = Window::sample();
    let picture = window.harness.render().unwrap();
    let colors: std::collections::BTreeSet<[u8; 4]> = picture.pixels().map(|pixel| pixel.0).collect();
    assert!(colors.len() > 200, "{} colors", colors.len());
}

#[test]
fn views_are_switched_by_tab_and_by_key() {
    let mut window = Window::sample();
    window.click("Ledger");
    assert!(window.says("lines, together £"));
    window.press(CTRL, Key::Num2);
    assert_eq!(window.place().view.screen, Screen::Themes);
    window.press(CTRL, Key::Num1);
    assert_eq!(window.place().view.screen, Screen::Flows);
    check_flows_agree(&window);
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.place().view.screen, Screen::Themes);
    window.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(window.place().view.screen, Screen::Flows);
}

#[test]
fn the_lines_shown_add_up_to_the_total_of_the_filter() {
    let mut window = Window::sample();
    window.press(CTRL, Key::Num4);
    let place = window.place();
    let totals = Totals::of(&place.ledger, &place.view.filter, &[]);
    assert!(window.says(&format!("{} lines, together {}", totals.lines, in_full(totals.total))));
}

#[test]
fn another_year_is_another_picture_of_the_same_place() {
    let mut window = Window::sample();
    let years: Vec<String> =
        window.place().ledger.names(Dimension::Year).iter().skip(1).map(|y| y.1.to_owned()).collect();
    for year in &years {
        window.click(year);
        let filter = Filter::default().only(Dimension::Year, [year.as_str()]);
        assert_eq!(window.place().view.filter, filter);
        assert!(window.says(&format!("In {year}, ")));
        check_flows_agree(&window);
    }
    window.click("All years");
    assert_eq!(window.total(&window.place().view.filter), window.place().ledger.total());
    check_flows_agree(&window);
}

#[test]
fn a_filter_is_put_on_and_taken_off_as_a_chip() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.click("+ Filter");
    window.click("Agency  (2)");
    window.click_role(Role::CheckBox, "Council");
    assert_eq!(window.total(&window.place().view.filter), money("350.25"));
    check_flows_agree(&window);
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Remove Agency: Council");
    assert!(window.place().view.filter.is_empty());
    check_flows_agree(&window);
}

#[test]
fn every_step_is_undone_and_done_again() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let before = write_place(window.place());
    window.click("2023/24");
    let after = write_place(window.place());
    assert_ne!(before, after);
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before);
    assert!(window.says("Undone: Change year"));
    window.press(CTRL, Key::Y);
    assert_eq!(write_place(window.place()), after);
    window.press(CTRL, Key::Z);
    window.press(ctrl_shift(), Key::Z);
    assert_eq!(write_place(window.place()), after);
    window.click_like("Undo");
    assert_eq!(write_place(window.place()), before);
    check_flows_agree(&window);
}

#[test]
fn layers_are_moved_changed_added_and_taken_away() {
    use Dimension::{Agency, Funder, Service, Theme, Year};
    let folder = folder();
    let mut window = Window::small(&folder);
    assert_eq!(window.place().view.layers, [Funder, Agency, Theme, Service]);
    window.click("Layer 1: Funder");
    window.click("Remove this layer");
    assert_eq!(window.place().view.layers, [Agency, Theme, Service]);
    window.click("Layer 1: Agency");
    window.click("Move right");
    assert_eq!(window.place().view.layers, [Theme, Agency, Service]);
    check_flows_agree(&window);
    window.click("Layer 3: Service");
    window.click("Year");
    assert_eq!(window.place().view.layers, [Theme, Agency, Year]);
    window.click("Add a layer");
    window.click("Service");
    assert_eq!(window.place().view.layers, [Theme, Agency, Year, Service]);
    check_flows_agree(&window);
}

#[test]
fn anything_is_found_by_typing_a_part_of_its_name() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.press(CTRL, Key::K);
    window.type_into("Find an action", "colour evid");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(write_place(window.place()).contains("color_by: Evidence"));
    window.press(CTRL, Key::K);
    window.type_into("Find an action", "ledger");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().view.screen, Screen::Ledger);
}

#[test]
fn a_place_is_opened_by_its_path() {
    let folder = folder();
    let path = folder.path().join("small.ron");
    fs::write(&path, write_place(&small_place())).unwrap();
    let mut window = Window::sample();
    window.press(CTRL, Key::O);
    window.type_into("Path of the file", &path.display().to_string());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_until("the place is open", |app| app.history().place().name == "Small Town");
    assert_eq!(write_place(window.place()), write_place(&small_place()));
    assert!(!window.app().history().is_changed());
    check_flows_agree(&window);
}

#[test]
fn a_bad_file_is_told_and_the_place_stays_as_it_was() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.click("2024/25");
    let before = write_place(window.place());
    let bad = folder.path().join("bad.ron");
    for (content, message) in [
        (
            "(format: 1,\n nam: \"Here\")",
            "line 2, column 2: there is no field `nam` here; did you mean `name`?",
        ),
        ("", "this file is empty"),
        ("(format: 7)", "this file has format 7"),
    ] {
        fs::write(&bad, content).unwrap();
        window.drop_file(&bad);
        window.wait_for(message);
        assert_eq!(write_place(window.place()), before);
    }
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    window.drop_file(&empty);
    window.wait_for("0 files of the folder empty taken");
    window.drop_file(&folder.path().join("none.csv"));
    window.wait_for("there is no such file");
    assert_eq!(write_place(window.place()), before);
    check_flows_agree(&window);
}

const TWO_LINES: &str = "agency,theme,amount\nCouncil,Early years,300.00\nPolice,Safety,\"1,000.50\"\n";

#[test]
fn a_file_dropped_on_the_sample_becomes_a_place_of_its_own() {
    let folder = folder();
    let path = folder.path().join("spend_may.csv");
    fs::write(&path, TWO_LINES).unwrap();
    let mut window = Window::sample();
    window.add_files(&[&path]);
    assert_eq!(window.place().name, "Police and Council");
    assert_eq!(window.place().ledger.total(), money("1300.50"));
    assert!(window.says("Added 1 file, 2 lines, £1,300.50"));
    check_flows_agree(&window);
}

#[test]
fn a_file_dropped_on_a_place_is_added_to_it_and_can_be_taken_back() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let before = write_place(window.place());
    let path = folder.path().join("more.csv");
    fs::write(&path, TWO_LINES).unwrap();
    window.add_files(&[&path]);
    assert_eq!(window.place().ledger.len(), 5);
    assert_eq!(window.place().ledger.total(), money("1750.75"));
    assert!(window.app().history().is_changed());
    check_flows_agree(&window);
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before);
    assert!(!window.app().history().is_changed());
}

#[test]
fn rows_that_cannot_be_read_are_counted_and_named() {
    let folder = folder();
    let path = folder.path().join("rejects.csv");
    fs::write(&path, format!("{TWO_LINES}Police,Safety,lots\n")).unwrap();
    let mut window = Window::open(&[path]);
    window.wait_for("rejects.csv: 2 lines read, 1 rejected");
    assert!(window.says("rejects.csv, row 4, amount: \"lots\" is not an amount of money"));
}

#[test]
fn a_place_is_saved_under_another_name() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let path = folder.path().join("copy.ron");
    window.press(ctrl_shift(), Key::S);
    window.type_into("Path of the file", &path.display().to_string());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("Saved in copy.ron");
    let saved = read_place(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(write_place(&saved), write_place(window.place()));
}

#[test]
fn a_place_that_cannot_be_saved_says_so_and_stays() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let before = write_place(window.place());
    window.press(ctrl_shift(), Key::S);
    window.type_into("Path of the file", &folder.path().join("nowhere/copy.ron").display().to_string());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("its folder does not exist; save it elsewhere");
    assert_eq!(write_place(window.place()), before);
}

/// The small place with two more lines that no file holds.
#[test]
fn the_palette_knows_the_scenarios_and_years_of_the_place() {
    let mut window = Window::sample();
    let run = |window: &mut Window, words: &str| {
        window.press(CTRL, Key::K);
        window.type_into("Find an action", words);
        window.press(Modifiers::NONE, Key::Enter);
    };
    let shown = |window: &Window| window.place().shown_scenario().map(|scenario| scenario.name.clone());
    run(&mut window, "show earlier help");
    assert_eq!(shown(&window).as_deref(), Some("Starting Well, earlier help"));
    run(&mut window, "duplicate");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(shown(&window).as_deref(), Some("Starting Well, earlier help 2"));
    run(&mut window, "compare baseline");
    assert_eq!(window.place().compared_with(), Some(None));
    run(&mut window, "difference");
    assert_eq!(window.place().view.compare.as_ref().unwrap().shows, Compared::Difference);
    run(&mut window, "2011");
    let years = window.place().view.filter.names(Dimension::Year).cloned().unwrap();
    assert_eq!(years.into_iter().collect::<Vec<_>>(), ["2011/12"]);
    run(&mut window, "per head");
    assert_eq!(window.place().view.screen, Screen::Themes);
    run(&mut window, "police");
    let agencies = window.place().view.filter.names(Dimension::Agency).cloned().unwrap();
    assert_eq!(agencies.into_iter().collect::<Vec<_>>(), ["Cheshire Constabulary"], "by its short name");
    window.press(Modifiers::NONE, Key::Backspace);
    assert_eq!(window.place().view.filter.names(Dimension::Agency), None, "Backspace clears the filter");
    let here = window.place().view.screen;
    window.press(Modifiers::NONE, Key::Backspace);
    assert_ne!(window.place().view.screen, here, "without a filter it goes back");
    run(&mut window, "night mode");
    assert!(window.harness.ctx.global_style().visuals.dark_mode);
    window.press(CTRL, Key::K);
    window.type_into("Find an action", "sample essex");
    assert!(!window.names_like("Sample: ").is_empty(), "{:#?}", window.names());
}

#[test]
fn what_can_be_done_with_scenarios_is_in_a_menu() {
    let mut window = Window::sample();
    window.click_role(Role::Button, "Scenario");
    window.click("Show Starting Well, earlier help");
    let shown = |window: &Window| window.place().shown_scenario().map(|scenario| scenario.name.clone());
    assert_eq!(shown(&window).as_deref(), Some("Starting Well, earlier help"));
    window.click_role(Role::Button, "Scenario");
    window.click("Duplicate Starting Well, earlier help…");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(shown(&window).as_deref(), Some("Starting Well, earlier help 2"));
    window.click_role(Role::Button, "Scenario");
    window.click("Compare with Starting Well, earlier help");
    assert_eq!(
        window.place().compared_with().flatten().map(|other| other.name.as_str()),
        Some("Starting Well, earlier help")
    );
}

#[test]
fn a_path_that_fails_can_be_corrected_where_it_was_typed() {
    let folder = folder();
    let mut window = Window::sample();
    let missing = folder.path().join("no such folder").join("town.ron");
    window.press(CTRL | Modifiers::SHIFT, Key::S);
    window.type_into("Path of the file", &missing.display().to_string());
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_for("its folder does not exist");
    window.settle();
    let right = folder.path().join("town.ron").display().to_string();
    window.type_into("Path of the file", &right);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_until("it is saved", |_| folder.path().join("town.ron").exists());
}

/// Clicks twice at the middle of what is named so, as fast as a double click.
fn double_click(window: &mut Window, beginning: &str) {
    let name = window.names_like(beginning).into_iter().next().expect("it is there");
    let pos = window.harness.get_by_label(&name).rect().center();
    // A step of the tests takes as long as a slow hand.
    window.harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 60.0);
    window.harness.hover_at(pos);
    window.harness.step();
    for pressed in [true, false, true, false] {
        let button = egui::PointerButton::Primary;
        window.harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        window.harness.step();
    }
    window.settle();
}

#[test]
fn a_double_click_on_a_fold_opens_it_and_does_nothing_to_what_comes_there() {
    let mut window = Window::sample();
    double_click(&mut window, "Other (");
    assert_eq!(window.place().view.unfolded.len(), 1);
    assert_eq!(window.place().view.screen, Screen::Flows, "the second click leads nowhere");
}

#[test]
fn a_double_click_on_a_node_leads_to_its_lines() {
    let mut window = Window::sample();
    double_click(&mut window, "Ageing Well, Theme");
    assert_eq!(window.place().view.screen, Screen::Ledger);
}

#[test]
fn an_arrow_begins_the_walk_through_the_picture() {
    let mut window = Window::sample();
    window.press(Modifiers::NONE, Key::ArrowDown);
    let first = has_keyboard(&window).expect("a node has the keyboard");
    assert!(first.contains(", Funder, £"), "{first}");
    window.press(Modifiers::NONE, Key::ArrowRight);
    let next = has_keyboard(&window).expect("a node has the keyboard");
    assert!(next.contains(", Agency, £"), "{next}");
}

fn changed(folder: &TempDir) -> Window {
    let mut window = Window::small(folder);
    let path = folder.path().join("more.csv");
    fs::write(&path, TWO_LINES).unwrap();
    window.add_files(&[&path]);
    assert!(window.app().history().is_changed());
    window
}

#[test]
fn changes_are_asked_about_before_they_would_be_lost() {
    let folder = folder();
    let mut window = changed(&folder);
    let before = write_place(window.place());
    window.press(CTRL, Key::N);
    assert!(window.says("Save the changes to Small Town?"));
    window.click("Cancel");
    assert_eq!(write_place(window.place()), before);
    window.press(CTRL, Key::N);
    window.click("Don't save");
    assert!(window.place().ledger.is_empty());
    assert!(window.says("This place has no spending yet"));
}

#[test]
fn saving_when_asked_goes_on_with_what_was_wanted() {
    let folder = folder();
    let mut window = changed(&folder);
    window.press(CTRL, Key::N);
    window.click_role(Role::Button, "Save");
    window.wait_until("the new place is there", |app| app.history().place().ledger.is_empty());
    let saved = read_place(&fs::read_to_string(folder.path().join("small.ron")).unwrap()).unwrap();
    assert_eq!(saved.ledger.total(), money("1750.75"));
}

#[test]
fn changes_outlive_a_place_that_could_not_be_opened_in_their_stead() {
    let folder = folder();
    let mut window = changed(&folder);
    let other = folder.path().join("other.ron");
    fs::write(&other, write_place(&small_place())).unwrap();
    window.drop_file(&other);
    window.wait_for("Save the changes to Small Town?");
    window.settle();
    fs::write(&other, "broken").unwrap();
    window.click("Don't save");
    window.wait_for("other.ron: line 1");
    assert!(window.app().history().is_changed());
    assert_eq!(window.place().ledger.total(), money("1750.75"));
}

#[test]
fn the_table_behind_is_copied_as_the_totals_are() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.press(Modifiers::NONE, Key::T);
    assert!(window.says("Table behind") && window.says("3 rows, 3 lines, £450.25"));
    window.click("Copy");
    let place = window.place();
    let totals = Totals::of(&place.ledger, &place.view.filter, &place.view.layers);
    assert_eq!(*window.copied.borrow(), [shadowpool::export::totals_tsv(&totals)]);
}

#[test]
fn enter_leads_to_the_lines_and_alt_left_back() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Early years, Theme, £400.00").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("Lines behind Early years"));
    assert!(window.says("2 lines, together £400.00"));
    assert!(window.says("book.csv, row 2") && window.says("book.csv, row 3"));
    assert!(!window.says("book.csv, row 4"));
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.place().view.screen, Screen::Flows);
    check_flows_agree(&window);
}

/// The node that has the keyboard.
fn focused(window: &Window) -> String {
    has_keyboard(window).expect("something has the keyboard")
}

#[test]
fn the_flows_are_walked_with_the_arrow_keys() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Council, Agency, £350.25").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!(focused(&window).contains(", Theme, "), "{}", focused(&window));
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!(focused(&window).contains(", Service, "), "{}", focused(&window));
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert!(focused(&window).contains(", Service, "), "there is nothing further");
    window.press(Modifiers::NONE, Key::ArrowLeft);
    window.press(Modifiers::NONE, Key::ArrowLeft);
    let before = focused(&window);
    assert!(before.contains(", Agency, "), "{before}");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowUp);
    window.press(Modifiers::NONE, Key::ArrowUp);
    let after = focused(&window);
    assert!(after.contains(", Agency, "), "{after}");
}

#[test]
fn escape_steps_outwards_and_loses_nothing() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.click("+ Filter");
    window.click("Agency  (2)");
    window.click_role(Role::CheckBox, "Council");
    window.press(Modifiers::NONE, Key::Escape);
    window.harness.get_by_label("Early years, Theme, £300.00").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().view.screen, Screen::Ledger);
    for _ in 0..6 {
        window.press(Modifiers::NONE, Key::Escape);
    }
    assert_eq!(window.place().view.screen, Screen::Flows);
    assert!(window.place().view.filter.is_empty());
    assert_eq!(window.place().ledger.total(), money("450.25"));
    window.press(CTRL, Key::Z);
    assert_eq!(window.total(&window.place().view.filter), money("350.25"));
}

#[test]
fn a_node_is_moved_by_keyboard_and_released() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Health, Agency, £100.00").focus();
    window.settle();
    window.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(window.place().view.moved.len(), 1);
    assert_eq!(window.place().view.moved[0].name, "Health");
    check_flows_agree(&window);
    window.press(CTRL, Key::Z);
    assert!(window.place().view.moved.is_empty());
}

#[test]
fn every_sample_opens_and_agrees_with_its_totals() {
    let mut window = Window::sample();
    let samples: Vec<Place> = crate::sample_data::samples().map(|(_, place)| place).collect();
    for sample in samples {
        window.press(CTRL, Key::O);
        window.click_like(sample.name.split(',').next().unwrap_or_default());
        if window.place().name == sample.name {
            check_flows_agree(&window);
        } else {
            window.press(Modifiers::NONE, Key::Escape);
        }
    }
}

/// What is in the pool of the scenario that is shown, £.
fn in_pool(window: &Window) -> Money {
    let place = window.place();
    let name = &place.shown_scenario().expect("a scenario is shown").name;
    place.modelled(name).unwrap().1.balance.into_pool
}

#[test]
fn a_node_goes_into_a_pool_by_its_key_and_comes_out_again() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Health, Agency, £100.00").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::P);
    assert_eq!(window.place().shown_scenario().map(|scenario| scenario.name.as_str()), Some("Shadow pool"));
    assert_eq!(in_pool(&window), money("100.00"));
    assert!(window.says("MODEL, not an offer"));
    assert!(window.says("£100 of it is in the pool"), "{:#?}", window.names());
    window.harness.get_by_label("Shadow pool, Pool, £100.00").focus();
    window.harness.get_by_label("Outside the pool, Pool, £350.25");
    window.settle();
    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(in_pool(&window), Money::ZERO);
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert!(window.place().scenarios.is_empty(), "the scenario that P made went with its step");
    assert!(!window.says("MODEL, not an offer"));
}

#[test]
fn a_node_is_dragged_into_the_pool_and_a_drag_is_stopped() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Health, Agency, £100.00").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::P);
    let node = |window: &Window, name: &str| window.harness.get_by_label(name).rect().center();
    let (council, pool) =
        (node(&window, "Council, Agency, £350.25"), node(&window, "Shadow pool, Pool, £100.00"));
    let drag = |window: &mut Window, is_stopped: bool| {
        window.harness.drag_at(council);
        window.settle();
        for share in [0.3, 0.6, 1.0] {
            window.harness.hover_at(council + (pool - council) * share);
            window.settle();
        }
        if is_stopped {
            window.press(Modifiers::NONE, Key::Escape);
        }
        window.harness.drop_at(pool);
        window.settle();
    };
    drag(&mut window, true);
    assert_eq!(in_pool(&window), money("100.00"), "Escape stops a drag");
    drag(&mut window, false);
    assert_eq!(in_pool(&window), money("450.25"));
    assert_eq!(window.app().history().undo_label(), Some("Put Council in the pool"));
}

/// The small place with a line of Health under a ring-fence, and a pool of the Council's that is all for old age.
fn fenced_window(folder: &TempDir) -> Window {
    let mut place = small_place();
    let mut lines: Vec<SpendLine> = place.ledger.lines().map(|line| line.to_spend_line()).collect();
    lines[1].ringfence = Some("Public health grant".to_owned());
    place.ledger = Arc::new(Ledger::from_lines(&lines, &place.sources, &place.agencies));
    let scenario = Scenario {
        name: "Move it".to_owned(),
        pool: "Pool".to_owned(),
        contributions: vec![Contribution { partner: "Council".to_owned(), ..Contribution::default() }],
        allocations: vec![Allocation {
            to: Purpose { theme: Some("Ageing well".to_owned()), ..Purpose::default() },
            ..Allocation::default()
        }],
        ..Scenario::default()
    };
    Command::AddScenario(Box::new(scenario)).apply(&mut place).unwrap();
    Command::ShowScenario(Some("Move it".to_owned())).apply(&mut place).unwrap();
    let path = folder.path().join("fenced.ron");
    fs::write(&path, write_place(&place)).unwrap();
    let mut window = Window::open(&[path]);
    window.wait_until("the place is open", |app| app.history().place().name == "Small Town");
    window
}

#[test]
fn a_ring_fence_that_forbids_is_named_and_aligning_is_offered() {
    let folder = folder();
    let mut window = fenced_window(&folder);
    window.harness.get_by_label("Health, Agency, £100.00").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::P);
    assert!(window.says("Health was not put in the pool"));
    assert!(window.says("Public health grant may only fund"), "{:#?}", window.names());
    assert_eq!(in_pool(&window), money("350.25"));
    window.click("Align it");
    assert_eq!(in_pool(&window), money("450.25"));
    assert!(window.place().shown_scenario().unwrap().contributions[1].aligned);
}

#[test]
fn a_line_under_a_ring_fence_that_was_picked_is_aligned_instead() {
    let folder = folder();
    let mut window = fenced_window(&folder);
    window.press(CTRL, Key::Num4);
    window.wait_for("£100.00, Health");
    window.click_like("£100.00, Health");
    window.press(Modifiers::NONE, Key::P);
    assert!(window.says("1 line was not put in the pool"), "{:#?}", window.names());
    assert!(window.says("Public health grant may only fund"), "{:#?}", window.names());
    window.click("Align it");
    let contribution = window.place().shown_scenario().unwrap().contributions[1].clone();
    assert!(contribution.aligned && matches!(contribution.lines, Lines::ByHand(_)), "{contribution:?}");
    assert_eq!(in_pool(&window), money("450.25"));
}

#[test]
fn scenarios_are_duplicated_and_compared_side_by_side_and_as_a_difference() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Health, Agency, £100.00").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::P);
    window.click_role(Role::ComboBox, "Scenario");
    window.click("Duplicate Shadow pool…");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().shown_scenario().map(|scenario| scenario.name.as_str()), Some("Shadow pool 2"));
    window.harness.get_by_label("Council, Agency, £350.25").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::P);
    window.click_role(Role::ComboBox, "Compare with");
    window.click("Shadow pool");
    assert!(window.says("side by side, at the same scale"), "{:#?}", window.names());
    window.click("Difference");
    assert!(window.says("what changes from"), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::T);
    assert!(window.says("changes from Shadow pool to Shadow pool 2, £0.00 in all"), "{:#?}", window.names());
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert!(window.place().view.compare.is_none());
}

#[test]
fn blind_mode_tells_no_partner_and_no_amount_until_it_is_left() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Health, Agency, £100.00").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::P);
    window.press(Modifiers::NONE, Key::T);
    window.press(Modifiers::NONE, Key::B);
    for key in [Key::Num1, Key::Num2, Key::Num3, Key::Num4] {
        window.press(CTRL, key);
        window.harness.run_steps(2);
        for name in window.names() {
            for told in ["£", "Health", "Council"] {
                assert!(!name.contains(told), "{told} in \"{name}\"");
            }
        }
    }
    window.press(CTRL, Key::Num1);
    window.press(ctrl_shift(), Key::C);
    let copied = window.copied.borrow().last().cloned().unwrap();
    assert!(
        copied.contains("Partner ") && !copied.contains("Health") && !copied.contains("100.00"),
        "{copied}"
    );
    window.click("Reveal");
    assert!(window.says("Health, Agency, £100.00"), "{:#?}", window.names());
}

#[test]
fn undoing_a_filter_of_another_view_leaves_this_one_its_choices() {
    let mut window = Window::sample();
    window.press(CTRL, Key::Num2);
    window.click("All years");
    window.press(CTRL, Key::Num1);
    window.press(CTRL, Key::Z);
    assert!(window.names().iter().any(|name| name.contains("Colour")), "{:#?}", window.names());
}

#[test]
fn a_question_is_answered_by_enter() {
    let folder = folder();
    let mut window = changed(&folder);
    window.press(CTRL, Key::N);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_until("the new place is there", |app| app.history().place().ledger.is_empty());
    let saved = read_place(&fs::read_to_string(folder.path().join("small.ron")).unwrap()).unwrap();
    assert_eq!(saved.ledger.total(), money("1750.75"));
}

#[test]
fn keys_are_found_by_what_they_do() {
    let mut window = Window::sample();
    window.press(Modifiers::NONE, Key::F1);
    assert!(window.says("Show all lines") || window.says("Undo. Take the last change back"));
    window.type_into("Find a key", "palette");
    assert!(!window.says("Undo. Take the last change back"));
}
