//! What comes into a pool is seen: lit for a moment, with where the bars ended before, and what of it is ring-fenced said.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::pool_view::{place, scenario, type_and_enter, window_on};
use super::support_ledgers::money;
use super::support_window::{CTRL, Window, folder};

const LIT: &str = "Health has just come into the pool";

#[test]
fn what_went_in_is_lit_for_a_moment_and_then_no_longer() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Health, Agency, £100.00").focus();
    window.settle();
    assert!(!window.says("has just come into the pool"));
    window.press(Modifiers::NONE, Key::P);
    assert!(window.says(LIT), "{:#?}", window.names());
    window.wait("it goes out", |window| !window.says(LIT));
    // What is refused is not lit.
    window.press(Modifiers::NONE, Key::P);
    assert!(!window.says("has just come into the pool"), "{:#?}", window.names());
}

#[test]
fn a_click_with_ctrl_lights_what_went_in() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.get_by_label("Health, Agency, £100.00").click_modifiers(CTRL);
    window.settle();
    assert!(window.says(LIT), "{:#?}", window.names());
}

#[test]
fn where_bars_ended_before_a_change_is_marked_for_some_seconds() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let was = "; it put in £500,000.00, net −£200,000.00";
    assert!(!window.says("; it put in"));
    type_and_enter(&mut window, "Contribution 1 of Health: puts in", "+250k");
    assert!(window.says("Health puts in £250k more; "), "{:#?}", window.names());
    assert!(window.says(was), "{:#?}", window.names());
    window.wait("the marks go", |window| !window.says(was));
    window.press(CTRL, Key::Z);
    assert!(window.says("; it put in £750,000.00"), "undo is a change too: {:#?}", window.names());
}

#[test]
fn lines_picked_in_the_ledger_say_what_of_them_is_ring_fenced() {
    let folder = folder();
    let mut window = Window::fenced(&folder);
    let put_in = |window: &mut Window| {
        window.press(CTRL, Key::Num4);
        window.wait_for("£100.00, Health");
        window.click_like("£100.00, Health");
        // One more with Ctrl: the pane of the first covers none of them.
        let more = window.names_like("£300.00, Council").remove(0);
        window.harness.get_by_label(&more).click_modifiers(CTRL);
        window.settle();
        window.press(Modifiers::NONE, Key::P);
        let said = "2 lines: £100 of it is ring-fenced: it may come in, but only fund ";
        assert!(window.says(said), "{:#?}", window.names());
    };
    let into_pool = |window: &Window| {
        let model = scenario(window).model(&window.place().ledger);
        model.balance.into_pool
    };
    put_in(&mut window);
    assert_eq!(into_pool(&window), money("400.00"), "a pool from nothing, by the ledger");
    window.click("Align it");
    assert_eq!(into_pool(&window), money("400.00"));
    let aligned = scenario(&window).contributions.iter().filter(|one| one.aligned);
    assert_eq!(aligned.map(|one| one.partner.as_str()).collect::<Vec<_>>(), ["Health"]);
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    put_in(&mut window);
    window.click("Leave it out");
    assert_eq!(into_pool(&window), money("300.00"));
}
