//! Hands that drag in a place of many lines: what they hold follows them, and what it comes to is worked out beside the
//! window, the newest wish last.

use std::sync::Arc;

use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use shadowpool::ledger::{Ledger, SpendLine};
use shadowpool::money::{Money, Percent, in_full};
use shadowpool::place::{Place, ViewSpec};
use shadowpool::pool::{Allocation, Portion};

use super::pool_view::{check_partners, place, scenario, window_on};
use super::support_ledgers::money;
use super::support_window::{CTRL, Window, folder};

/// More lines than are gone through within a frame.
const LINES: usize = 20_500;

/// The place of three partners, with a penny of health's many times over.
fn many() -> Place {
    let place = place();
    let mut lines: Vec<SpendLine> = place.ledger.lines().map(|line| line.to_spend_line()).collect();
    let penny = SpendLine { amount: money("0.01"), ..lines[0].clone() };
    lines.extend(std::iter::repeat_n(penny, LINES));
    Place { ledger: Arc::new(Ledger::from_lines(&lines, &[], &[])), ..place }
}

/// What is heard of health once an allocation is of so many per cent.
fn told_of_health(window: &Window, percent: f64) -> String {
    let mut scenario = scenario(window).clone();
    let what = Portion::Percent(Percent::new(percent.round() as i32));
    let first = scenario.allocations[0].clone();
    scenario.allocations[0] = Allocation { what, ..first };
    let model = scenario.model(&window.place().ledger);
    let health = model.positions.iter().find(|position| position.agency == "Health").unwrap();
    let amounts = [health.puts_in, health.gets_back, health.net].map(in_full);
    format!("Health puts in {}, gets back {}, net {}, ", amounts[0], amounts[1], amounts[2])
}

fn share(window: &Window) -> f64 {
    let slider = window.harness.get_by_label("Allocation 1 share");
    slider.accesskit_node().numeric_value().expect("it has a value")
}

fn hover(window: &mut Window, at: Pos2) {
    window.harness.hover_at(at);
    window.harness.run_steps(1);
}

#[test]
fn a_slider_stands_where_the_hand_is_and_its_outcome_follows_the_newest_last() {
    let folder = folder();
    let mut window = window_on(&folder, &many());
    check_partners(&window);
    let slider = window.harness.get_by_label("Allocation 1 share").rect();
    window.harness.drag_at(slider.left_center());
    window.harness.run_steps(1);
    for along in [0.3, 0.5, 0.7] {
        hover(&mut window, slider.left_center() + (slider.right_center() - slider.left_center()) * along);
        let held = share(&window);
        assert!((held / 100.0 - f64::from(along)).abs() < 0.1, "it follows at once: {held}");
        window.harness.run_steps(1);
        assert!((share(&window) - held).abs() < 0.5, "and stays: {held}");
    }
    let held = share(&window);
    let told = told_of_health(&window, held);
    window.wait_for(&told);
    assert_eq!(window.app().history().undo_label(), None, "nothing is done yet");

    window.harness.drop_at(slider.left_center() + (slider.right_center() - slider.left_center()) * 0.7);
    window.harness.run_steps(2);
    assert!((share(&window) - held).abs() < 0.5, "let go, it stays where it was left");
    window.wait_until("it is done", |app| app.history().undo_label().is_some());
    assert_eq!(
        scenario(&window).allocations[0].what,
        Portion::Percent(Percent::new(held.round() as i32)),
        "one step"
    );
    assert!(window.says(&told), "{told}: {:#?}", window.names());
    window.press(CTRL, Key::Z);
    window.wait("it is undone", |window| (share(window) - 40.0).abs() < 0.5);
    check_partners(&window);
}

#[test]
fn what_a_dropped_node_would_come_to_is_said_once_it_is_known() {
    let folder = folder();
    let nothing = Place { scenarios: Arc::default(), view: Arc::new(ViewSpec::default()), ..many() };
    let mut window = window_on(&folder, &nothing);
    window.press(CTRL, Key::Num1);
    let canvas = window.harness.get_by_label("Flows of money").rect();
    let name = window.names_like("Police, Agency, £400").into_iter().next().expect("the police");
    let from = window.harness.get_by_label(&name).rect().center();
    let layers = window.place().view.layers.len();
    let heading = |window: &Window, layer: usize| {
        let name = window.names_like(&format!("Layer {}: ", layer + 1)).into_iter().next().unwrap();
        window.harness.get_by_label(&name).rect().center().x
    };
    let x = f32::midpoint(heading(&window, layers / 2 - 1), heading(&window, layers / 2));
    let target = egui::pos2(x, canvas.bottom() - 40.0);
    hover(&mut window, from);
    window.harness.drag_at(from);
    window.harness.run_steps(1);
    hover(&mut window, from + (target - from) * 0.5);
    hover(&mut window, target);
    // Until it is worked out, or at once where that was sooner than this frame.
    assert!(window.says("Put Police in: "), "{:#?}", window.names());
    window.wait_for("Put Police in: Shadow pool: £0 \u{2192} £400k");
    window.harness.drop_at(target);
    window.wait_until("it is in", |app| app.history().place().shown_scenario().is_some());
    let into_pool: Money = scenario(&window).model(&window.place().ledger).balance.into_pool;
    assert_eq!(into_pool, money("400000.00"));
    window.press(Modifiers::NONE, Key::Escape);
}

#[test]
fn lines_picked_in_a_large_place_are_put_in_and_taken_out_beside_the_window() {
    let folder = folder();
    let nothing = Place { scenarios: Arc::default(), view: Arc::new(ViewSpec::default()), ..many() };
    let mut window = window_on(&folder, &nothing);
    let into_pool = |window: &Window| scenario(window).model(&window.place().ledger).balance.into_pool;
    let pick = |window: &mut Window| {
        window.press(CTRL, Key::Num4);
        window.wait_for("£400,000.00, Police");
        window.click_like("£400,000.00, Police");
    };
    pick(&mut window);
    window.press(Modifiers::NONE, Key::P);
    window.wait_until("it is in", |app| app.history().place().shown_scenario().is_some());
    assert_eq!(into_pool(&window), money("400000.00"));
    // What is in already is said, once that was found out.
    pick(&mut window);
    window.press(Modifiers::NONE, Key::P);
    window.wait_for("hese lines are in Shadow pool already");
    assert_eq!(window.app().history().undo_label(), Some("Put 1 line in the pool"));
}
