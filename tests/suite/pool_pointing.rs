//! Journeys with what is pointed at: pins and drilling in comparisons, P and Delete in every view, and a whole meeting
//! without a mouse.

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Ledger, SpendLine};
use shadowpool::place::{Compared, Comparison, Place, Screen, ViewSpec, add_pool_layer, write_place};
use shadowpool::pool::{Lines, Portion};

use super::pool_view::{check_partners, model, place, scenario, window_on};
use super::support_ledgers::{money, small_place};
use super::support_window::{CTRL, Window, folder, has_keyboard};

/// The place of three, its flows compared with the baseline.
fn compared(shows: Compared) -> Place {
    let mut layers = vec![Dimension::Agency, Dimension::Theme, Dimension::Service];
    add_pool_layer(&mut layers);
    let view = ViewSpec {
        screen: Screen::Flows,
        scenario: Some("Together".to_owned()),
        compare: Some(Comparison { with: None, shows }),
        layers,
        ..ViewSpec::default()
    };
    Place { view: Arc::new(view), ..place() }
}

fn focus(window: &mut Window, beginning: &str) {
    let name = window.names_like(beginning).into_iter().next();
    let name = name.unwrap_or_else(|| panic!("nothing is named \"{beginning}…\": {:#?}", window.names()));
    window.harness.get_all_by_label(&name).next().expect("it was there").focus();
    window.settle();
}

#[test]
fn nodes_of_a_comparison_are_pinned_and_lead_to_lines_and_to_the_list() {
    let folder = folder();
    let mut window = window_on(&folder, &compared(Compared::SideBySide));
    window.click_like("Together: Ageing well, £700,000.00");
    window.press(Modifiers::NONE, Key::T);
    assert!(window.says("What changes in Ageing well"), "{:#?}", window.names());
    assert!(window.says("+£200,000.00 in all"), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::T);
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::T);
    assert!(window.says("What changes"), "{:#?}", window.names());
    assert!(!window.says("What changes in Ageing well"), "Esc takes the pin off");
    window.press(Modifiers::NONE, Key::T);

    focus(&mut window, "Baseline: Ageing well, £500,000.00");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().view.screen, Screen::Ledger);
    assert!(window.says("Lines behind Ageing well, Baseline"), "{:#?}", window.names());
    assert!(window.says("together £500,000.00"), "{:#?}", window.names());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.place().view.screen, Screen::Flows);
    focus(&mut window, "Together: Ageing well, £700,000.00");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().view.screen, Screen::Ledger);
    assert!(window.says("together £700,000.00"), "{:#?}", window.names());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.place().view.screen, Screen::Flows);
}

#[test]
fn rows_of_a_difference_lead_to_their_lines_and_so_do_those_of_its_list() {
    let folder = folder();
    let mut window = window_on(&folder, &compared(Compared::Difference));
    focus(&mut window, "Less on Midwives, \u{2212}£200k, £1,000,000.00 before, £800,000.00 after");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("together £800,000.00"), "{:#?}", window.names());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    window.press(Modifiers::NONE, Key::T);
    assert!(
        window.says("Health, In the pool, +£500,000.00"),
        "the lists stand behind: {:#?}",
        window.names()
    );
    assert!(window.says("Ageing well, +£200,000.00"), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::T);
    window.click_like("More on Ageing well, +£200k");
    window.press(Modifiers::NONE, Key::T);
    assert!(window.says("What changes in Ageing well"), "{:#?}", window.names());
    focus(&mut window, "Health, Early years pool, Ageing well");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("together £200,000.00"), "{:#?}", window.names());
}

#[test]
fn rows_of_the_pool_go_in_whole_by_p_and_out_by_delete() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    focus(&mut window, "Lines of Health");
    window.press(Modifiers::NONE, Key::P);
    assert_eq!(scenario(&window).contributions[0].what, Portion::Whole);
    check_partners(&window);
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before);
    focus(&mut window, "Lines of Police");
    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(scenario(&window).contributions.len(), 2);
    check_partners(&window);
    window.press(CTRL, Key::Z);
    focus(&mut window, "Remove allocation 1");
    window.press(Modifiers::NONE, Key::Delete);
    assert!(scenario(&window).allocations.is_empty());
    window.press(CTRL, Key::Z);
    assert!(window.says("Undone: Remove allocation"));
    assert_eq!(write_place(window.place()), before);
    focus(&mut window, "Council puts in");
    window.press(Modifiers::NONE, Key::Delete);
    assert!(scenario(&window).contributions.iter().all(|contribution| contribution.partner != "Council"));
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before);
}

#[test]
fn chosen_lines_and_themes_go_in_by_p_and_out_by_delete() {
    let folder = folder();
    let mut window =
        window_on(&folder, &Place { scenarios: Arc::default(), view: Arc::default(), ..place() });
    window.press(CTRL, Key::Num4);
    window.wait_for("£500,000.00, Council, Day care");
    window.click_like("£500,000.00, Council, Day care");
    window.press(Modifiers::NONE, Key::P);
    assert!(
        matches!(&scenario(&window).contributions[0].lines, Lines::ByHand(lines) if lines.len() == 1),
        "{:#?}",
        window.names()
    );
    assert_eq!(model(&window).balance.into_pool, money("500000.00"));
    window.wait_for("£500,000.00, Council, Day care");
    window.click_like("£500,000.00, Council, Day care");
    window.press(Modifiers::NONE, Key::Delete);
    assert!(scenario(&window).contributions.is_empty(), "{:#?}", window.names());

    window.press(CTRL, Key::Num2);
    focus(&mut window, "Safer places, £400,000.00");
    window.press(Modifiers::NONE, Key::P);
    assert_eq!(model(&window).balance.into_pool, money("400000.00"));
    focus(&mut window, "Safer places, £400,000.00");
    window.press(Modifiers::NONE, Key::Delete);
    assert_eq!(model(&window).balance.into_pool, money("0.00"));
}

/// Walks with Tab until what has the keyboard is named so.
fn walk_to(window: &mut Window, beginning: &str) {
    for _ in 0..160 {
        if has_keyboard(window).is_some_and(|name| name.starts_with(beginning)) {
            return;
        }
        window.press(Modifiers::NONE, Key::Tab);
    }
    panic!("Tab does not lead to \"{beginning}…\": {:#?}", window.names());
}

fn type_here(window: &mut Window, text: &str) {
    window.harness.input_mut().events.push(egui::Event::Text(text.to_owned()));
    window.settle();
}

fn press(window: &mut Window, key: Key) {
    window.press(Modifiers::NONE, key);
}

#[test]
fn a_whole_meeting_without_a_mouse() {
    let folder = folder();
    let mut window =
        window_on(&folder, &Place { scenarios: Arc::default(), view: Arc::default(), ..place() });
    let before = write_place(window.place());

    // A scenario, and a theme in its pool.
    window.press(CTRL, Key::Num3);
    walk_to(&mut window, "New scenario");
    press(&mut window, Key::Enter);
    window.press(CTRL, Key::Num2);
    walk_to(&mut window, "Early years, £4,000,000.00");
    press(&mut window, Key::P);
    assert_eq!(model(&window).balance.into_pool, money("4000000.00"));

    // Sixty per cent of Health's, and a quarter of a million more.
    window.press(CTRL, Key::Num3);
    walk_to(&mut window, "Contribution 2 of Health: puts in");
    type_here(&mut window, "60%");
    press(&mut window, Key::Enter);
    assert_eq!(scenario(&window).contributions[1].what, Portion::Percent("60%".parse().unwrap()));
    walk_to(&mut window, "Contribution 2 of Health: puts in");
    type_here(&mut window, "+250k");
    press(&mut window, Key::Enter);
    assert_eq!(model(&window).balance.into_pool, money("3850000.00"));

    // A tenth of what Health puts in goes to day care.
    walk_to(&mut window, "Move from");
    press(&mut window, Key::Enter);
    type_here(&mut window, "Health");
    press(&mut window, Key::Enter);
    walk_to(&mut window, "Move to");
    press(&mut window, Key::Enter);
    type_here(&mut window, "Day care");
    press(&mut window, Key::Enter);
    walk_to(&mut window, "Allocate");
    press(&mut window, Key::Enter);
    assert_eq!(scenario(&window).allocations.len(), 1, "{:#?}", window.names());
    check_partners(&window);
    assert!(window.says("worse off"), "{:#?}", window.names());
    walk_to(&mut window, "Health puts in £850,000.00");
    press(&mut window, Key::Space);
    assert!(window.says("Puts in £85,000.00 more than it gets back"), "{:#?}", window.names());
    press(&mut window, Key::Escape);

    // Beside the baseline.
    window.press(CTRL, Key::Num1);
    walk_to(&mut window, "Compare with");
    press(&mut window, Key::Enter);
    walk_to(&mut window, "Baseline");
    press(&mut window, Key::Enter);
    assert!(window.place().compared_with().is_some(), "{:#?}", window.names());
    walk_to(&mut window, "Shadow pool: Early years");

    // And back to the first penny.
    while window.app().history().undo_label().is_some() {
        window.press(CTRL, Key::Z);
    }
    assert_eq!(write_place(window.place()), before);
}

#[test]
fn the_sentence_follows_the_pin_the_lines_drilled_into_and_the_rules() {
    let folder = folder();
    let mut window = Window::small(&folder);
    assert!(!window.says("the £400 spent on Early years"), "{:#?}", window.names());
    let is_theme = |name: &String| name.starts_with("Early years, Theme, £");
    let name = window.names().into_iter().find(is_theme);
    let name = name.unwrap_or_else(|| panic!("no node of the theme: {:#?}", window.names()));
    window.click_like(&name);
    assert!(
        window.says("Early years: £400 from 2 agencies, three quarters from Council."),
        "{:#?}",
        window.names()
    );
    assert!(window.says("Pinned: £400.00 in 2 of 3 lines"), "the foot: {:#?}", window.names());
    window.press(Modifiers::NONE, Key::T);
    assert!(window.says("2 rows, 2 lines, £400.00"), "the table behind: {:#?}", window.names());
    window.press(Modifiers::NONE, Key::T);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Pinned: "), "Esc takes the pin off");
    focus(&mut window, &name);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().view.screen, Screen::Ledger);
    assert!(window.says("the £400 spent on Early years"), "the drill: {:#?}", window.names());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert!(!window.says("the £400 spent on Early years"), "back is back");
}

/// Where the top of the flows is.
fn picture_top(window: &Window) -> f32 {
    let canvas = window.names_like("Flows of money").remove(0);
    window.harness.get_by_label(&canvas).rect().top()
}

#[test]
fn a_longer_sentence_and_more_badges_move_nothing_below_them() {
    for size in [[1024.0, 768.0], [1280.0, 800.0], [1920.0, 1080.0]] {
        let mut window = Window::sample();
        window.harness.set_size(size.into());
        window.settle();
        let whole = picture_top(&window);
        let is_theme = |name: &String| name.contains(", Theme, £");
        let themes: Vec<String> = window.names().into_iter().filter(is_theme).collect();
        assert!(themes.len() > 2, "{:#?}", window.names());
        for theme in &themes {
            window.harness.get_all_by_label(theme).next().expect("it is drawn").click();
            window.settle();
            assert_eq!(picture_top(&window).to_bits(), whole.to_bits(), "{theme} pinned at {size:?}");
        }
        window.press(Modifiers::NONE, Key::Escape);
        let scenarios: Vec<String> =
            window.place().scenarios.iter().map(|scenario| scenario.name.clone()).collect();
        for name in scenarios {
            window.press(CTRL, Key::K);
            window.harness.event(egui::Event::Text(format!("Show {name}")));
            window.settle();
            window.press(Modifiers::NONE, Key::Enter);
            assert_eq!(window.place().shown_scenario().map(|scenario| &scenario.name), Some(&name));
            assert_eq!(picture_top(&window).to_bits(), whole.to_bits(), "{name} at {size:?}");
        }
    }
}

#[test]
fn a_pool_is_made_from_nothing_by_dropping_a_node_where_it_will_be() {
    let folder = folder();
    let mut window = Window::small(&folder);
    assert!(window.place().shown_scenario().is_none());
    let canvas = window.harness.get_by_label("Flows of money").rect();
    let layers = window.place().view.layers.len();
    let heading = |window: &Window, layer: usize| {
        let name =
            window.names_like(&format!("Layer {}: ", layer + 1)).into_iter().next().expect("a heading");
        window.harness.get_by_label(&name).rect().center().x
    };
    let x = f32::midpoint(heading(&window, layers / 2 - 1), heading(&window, layers / 2));
    let target = egui::pos2(x, canvas.bottom() - 40.0);
    let from = window.harness.get_by_label("Health, Agency, £100.00").rect().center();
    window.drag(from, target);
    window.harness.drop_at(target);
    window.settle();
    let scenario = window.place().shown_scenario().expect("there is a pool now").clone();
    let partners: Vec<&str> = scenario.contributions.iter().map(|one| one.partner.as_str()).collect();
    assert_eq!(partners, ["Health"]);
    window.press(CTRL, Key::Z);
    assert!(window.place().scenarios.is_empty(), "one step");
}

#[test]
fn an_empty_pool_says_how_and_a_click_with_ctrl_puts_in() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.press(CTRL, Key::Num3);
    window.click("New scenario");
    assert!(window.says("Nobody puts anything in yet"), "{:#?}", window.names());
    window.press(CTRL, Key::Num1);
    assert!(window.says("Nothing is in the pool yet"), "{:#?}", window.names());
    window.harness.get_by_label("Health, Agency, £100.00").click_modifiers(CTRL);
    window.settle();
    assert_eq!(window.place().shown_scenario().unwrap().contributions.len(), 1);
    assert!(!window.says("Nothing is in the pool yet"));
}

#[test]
fn what_is_ring_fenced_of_what_comes_in_is_said_and_left_out_or_aligned() {
    let folder = folder();
    let mut window = Window::fenced(&folder);
    let put_in = |window: &mut Window| {
        focus(window, "Health, Agency, £100.00");
        window.press(Modifiers::NONE, Key::P);
        let said = "Health: £100 of it is ring-fenced: it may come in, but only fund ";
        assert!(window.says(said), "{:#?}", window.names());
    };
    put_in(&mut window);
    let balance = |window: &Window| {
        let scenario = window.place().shown_scenario().expect("there is a pool").clone();
        scenario.model(&window.place().ledger).balance
    };
    assert_eq!(balance(&window).ring_fenced, money("100.00"));
    window.click("Align it");
    let scenario = window.place().shown_scenario().unwrap().clone();
    assert_eq!(scenario.contributions.len(), 1, "no empty part stays: {:#?}", scenario.contributions);
    assert!(scenario.contributions[0].aligned);
    assert_eq!(balance(&window).into_pool, money("100.00"));
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    put_in(&mut window);
    window.click("Leave it out");
    assert_eq!(balance(&window).into_pool, money("0.00"));
}

#[test]
fn what_is_ring_fenced_is_said_of_a_place_whose_steps_are_made_beside_the_window() {
    let folder = folder();
    let mut place = small_place();
    let mut lines: Vec<SpendLine> = place.ledger.lines().map(|line| line.to_spend_line()).collect();
    lines[1].ringfence = Some("Public health grant".to_owned());
    let mut more = lines[0].clone();
    more.amount = money("1.00");
    lines.extend(std::iter::repeat_n(more, 20_000));
    place.ledger = Ledger::from_lines(&lines, &place.sources, &place.agencies).into();
    let mut window = window_on(&folder, &place);
    focus(&mut window, "Health, Agency, £100.00");
    window.press(Modifiers::NONE, Key::P);
    let said = "Health: £100 of it is ring-fenced: it may come in, but only fund ";
    window.wait("what is ring-fenced is said", |window| window.says(said));
    window.click("Leave it out");
    let into_pool = |window: &Window| {
        let scenario = window.place().shown_scenario().map(|scenario| scenario.model(&window.place().ledger));
        scenario.map(|model| model.balance.into_pool)
    };
    window.wait("it is left out", |window| into_pool(window) == Some(money("0.00")));
}
