//! Journeys through what the Pool view shows on demand: every part of a scenario can be changed there, and undone.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use shadowpool::dimension::Dimension;
use shadowpool::ledger::Filter;
use shadowpool::money::Money;
use shadowpool::place::{Place, write_place};
use shadowpool::pool::{
    BandShare, Lines, NewMoney, Portion, Purpose, RiskBand, RiskShare, RiskStep, SplitRule,
};

use super::pool_view::{check_partners, choose, model, place, scenario, type_and_enter, window_on};
use super::support_ledgers::money;
use super::support_window::{CTRL, Window, folder};

/// Undoes a step and hears its name; the place is then what it was.
fn check_undone(window: &mut Window, step: &str, before: &str) {
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before, "{step}");
    assert!(window.says(&format!("Undone: {step}")), "{step}: not in {:#?}", window.names());
}

#[test]
fn a_contribution_takes_other_lines_by_what_they_are_and_by_hand() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    window.click("More for contribution 2 of Council");
    window.click("Remove Theme: Early years");
    assert_eq!(scenario(&window).contributions[1].lines, Lines::default(), "all its lines");
    assert_eq!(model(&window).contributed[1].amount, money("3500000.00"));
    check_undone(&mut window, "Change contribution of Council", &before);

    choose(&mut window, "Only in contribution 2", "Day care");
    assert!(window.says("chooses no lines"), "no line is both: {:#?}", window.names());
    assert_eq!(write_place(window.place()), before, "it was refused with the reason");
    choose(&mut window, "Only in contribution 2", "Ageing well");
    check_partners(&window);
    assert_eq!(model(&window).contributed[1].amount, money("3500000.00"), "both themes");
    check_undone(&mut window, "Change contribution of Council", &before);
    choose(&mut window, "But not in contribution 2", "Nurseries");
    assert!(window.says("chooses no lines"), "{:#?}", window.names());

    window.click("Picked by hand");
    window.click("Early years · Nurseries · 2024/25 · £3,000,000.00");
    window.click("Ageing well · Day care · 2024/25 · £500,000.00");
    window.click_role(Role::Button, "Use 1 line");
    assert!(matches!(&scenario(&window).contributions[1].lines, Lines::ByHand(lines) if lines.len() == 1));
    assert_eq!(model(&window).contributed[1].amount, money("500000.00"));
    check_partners(&window);
    check_undone(&mut window, "Change contribution of Council", &before);

    type_and_enter(&mut window, "Note on contribution 2 of Council", "as the cabinet said");
    assert_eq!(scenario(&window).contributions[1].note, "as the cabinet said");
    check_undone(&mut window, "Change contribution of Council", &before);
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Show the lines"), "Esc closes the details: {:#?}", window.names());
}

#[test]
fn ring_fences_are_loosened_and_what_was_refused_goes() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    window.click_like("Ring-fences: ");
    choose(&mut window, "Ring-fence to loosen", "Early years grant");
    assert!(window.says("Today it funds Nurseries"), "{:#?}", window.names());
    choose(&mut window, "It may also fund", "Ageing well");
    assert_eq!(
        scenario(&window).ring_fences[0].allows,
        Filter::default().only(Dimension::Theme, ["Ageing well"])
    );
    choose(&mut window, "Move to", "Ageing well");
    type_and_enter(&mut window, "How much to move", "all");
    window.click("Allocate");
    assert_eq!(scenario(&window).allocations.len(), 2, "now it may go there: {:#?}", window.names());
    check_partners(&window);
    window.press(CTRL, Key::Z);
    check_undone(&mut window, "Change ring-fences", &before);
}

#[test]
fn a_partner_asks_to_keep_something_and_its_badge_says_whether_it_does() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    window.click_like("Conditions: ");
    choose(&mut window, "Who asks", "Police");
    type_and_enter(&mut window, "How much it keeps", "80%");
    window.click("Add condition");
    assert_eq!(scenario(&window).conditions[0].keeps, Portion::Percent("80%".parse().unwrap()));
    let police = |window: &Window| {
        let positions = model(window).positions;
        positions.into_iter().find(|position| position.agency == "Police").unwrap().no_worse_off
    };
    assert!(!police(&window).holds, "it puts in a quarter: {}", police(&window).reason);
    type_and_enter(&mut window, "Condition 1: Police keeps", "300k");
    assert!(police(&window).holds, "{}", police(&window).reason);
    choose(&mut window, "Only in condition 1", "Patrols");
    assert!(!scenario(&window).conditions[0].of.is_empty());
    window.click("Remove condition 1");
    assert!(scenario(&window).conditions.is_empty());
    for _ in 0..3 {
        window.press(CTRL, Key::Z);
    }
    check_undone(&mut window, "Change conditions", &before);
}

#[test]
fn years_and_notes_are_changed() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    window.click_like("Years: all");
    window.click_role(Role::CheckBox, "2024/25");
    assert_eq!(scenario(&window).years.len(), 1);
    assert!(window.says("Years: 2024/25"));
    check_undone(&mut window, "Change years", &before);
    window.click_like("Notes: none");
    window.type_into_lines("Notes on the scenario", "Agreed in March.");
    assert_eq!(scenario(&window).notes, "Agreed in March.");
    assert!(window.says("Notes: Agreed in March."));
    check_undone(&mut window, "Change notes", &before);
}

#[test]
fn numbers_of_a_split_are_typed_until_they_come_to_a_hundred() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    window.click_like("Split rule");
    window.click("Fixed shares");
    let before = write_place(window.place());
    type_and_enter(&mut window, "Weight of Health", "20");
    assert!(window.says("they must come to 100"), "{:#?}", window.names());
    assert_eq!(write_place(window.place()), before, "until then nothing is changed");
    window.click("Let the others follow");
    let split = scenario(&window).split.clone().unwrap();
    let health = split.shares.iter().find(|share| share.partner == "Health").unwrap();
    assert_eq!(health.weight.to_string(), "20");
    assert_eq!(split.missing(&["Council", "Health", "Police"]), None);
    check_partners(&window);
    check_undone(&mut window, "Split: Fixed shares", &before);

    window.click_like("Split rule");
    window.click("By population");
    assert!(window.says("has no number for"), "the place knows no people: {:#?}", window.names());
    assert_eq!(write_place(window.place()), before);
    for (field, people) in
        [("Weight of Council", "300000"), ("Weight of Health", "60,000"), ("Weight of Police", "10000")]
    {
        type_and_enter(&mut window, field, people);
    }
    assert_eq!(scenario(&window).split.as_ref().unwrap().rule, SplitRule::Population);
    check_partners(&window);
    type_and_enter(&mut window, "Weight of Health", "many");
    assert!(window.says("\"many\" is not a number"), "{:#?}", window.names());
    type_and_enter(&mut window, "Weight of Health", "60k");
    assert!(window.says("\"60k\" is not a number"), "{:#?}", window.names());
    assert!(window.says("type it without £, %, k, m or brackets"), "an amount is no weight");
    check_undone(&mut window, "Split: By population", &before);
}

#[test]
fn the_terms_of_a_risk_share_are_put_together_and_used_as_one_step() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    type_and_enter(&mut window, "Overspend (£)", "10%");
    window.click_like("Risk share");
    window.click("By bands");
    let before = write_place(window.place());
    window.click_like("Terms of the risk share");
    type_and_enter(&mut window, "Band 1: up to", "5");
    window.click_like("Band 2: how");
    window.click("by shares");
    type_and_enter(&mut window, "Band 2: share of Council", "50");
    assert!(window.says("must come to 100%"), "{:#?}", window.names());
    window.click("Use these terms");
    assert!(window.says("not to 100%"), "refused with the reason: {:#?}", window.names());
    assert_eq!(write_place(window.place()), before);
    type_and_enter(&mut window, "Band 2: share of Health", "17%");
    window.click("Use these terms");
    let RiskShare::Banded(bands) = &scenario(&window).risk_share else { panic!("bands were chosen") };
    assert_eq!(bands.len(), 2);
    assert_eq!(bands[0].up_to, Some("5%".parse().unwrap()));
    assert!(
        matches!(&bands[1], RiskBand { up_to: None, share: BandShare::Shares(shares) } if shares.len() == 3)
    );
    check_undone(&mut window, "Change risk share", &before);

    window.click_like("Risk share");
    window.click("In order, until it is paid");
    window.click_like("Terms of the risk share");
    window.click("Add a step");
    type_and_enter(&mut window, "Step 2: at most", "50k");
    window.click("Step 2 earlier");
    window.click("Use these terms");
    let RiskShare::InOrder(steps) = &scenario(&window).risk_share else { panic!("an order was chosen") };
    assert!(
        matches!(&steps[0], RiskStep::Partner { most: Portion::Amount(most), .. } if *most == money("50000.00"))
    );
    let bills = model(&window).bills(scenario(&window), money("360000.00"));
    assert_eq!(bills.iter().map(|bill| bill.amount).sum::<Money>(), money("360000.00"));

    window.click_like("Risk share");
    window.click("Line by line, fixed or variable");
    window.click_like("Terms of the risk share");
    window.click("Add a line");
    choose(&mut window, "Line 1: what", "Midwives");
    choose(&mut window, "Line 1: borne by", "Health");
    window.click("Use these terms");
    assert!(window.says("Midwives: fixed, Health bears it"), "{:#?}", window.names());
}

#[test]
fn money_goes_to_what_does_not_exist_yet() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    window.click_like("Move to");
    window.type_into("Find a name to choose", "Family hubs");
    window.click_role(Role::Button, "Family hubs (new service)");
    window.click("Allocate");
    let to = &scenario(&window).allocations[1].to;
    assert_eq!((to.service.as_deref(), to.theme.as_deref()), (Some("Family hubs"), None));
    check_partners(&window);
    check_undone(&mut window, "Allocate to Family hubs", &before);

    window.click("Details of allocation 1");
    window.click_like("Allocation 1: service");
    window.type_into("Find a name to choose", "Family hubs");
    window.click_role(Role::Button, "Family hubs");
    choose(&mut window, "Allocation 1: responsible", "Council");
    let to = scenario(&window).allocations[0].to.clone();
    let right = Purpose {
        theme: Some("Ageing well".to_owned()),
        service: Some("Family hubs".to_owned()),
        responsible: Some("Council".to_owned()),
        ..Purpose::default()
    };
    assert_eq!(to, right);
    check_partners(&window);
    window.press(CTRL, Key::Z);
    check_undone(&mut window, "Change allocation to Ageing well, Family hubs", &before);
}

#[test]
fn new_money_says_what_it_is_for_and_where_it_comes_from() {
    let folder = folder();
    let mut place = place();
    let scenarios = Arc::make_mut(&mut place.scenarios);
    scenarios[0].new_money =
        vec![NewMoney { partner: "Police".to_owned(), amount: money("1000.00"), ..NewMoney::default() }];
    let mut window = window_on(&folder, &Place { ..place });
    let before = write_place(window.place());
    assert!(window.says("Unallocated £1,000.00"), "{:#?}", window.names());
    window.click("More for new money 1 of Police");
    choose(&mut window, "New money 1 is spent on", "Ageing well");
    assert!(!window.says("Unallocated £1,000.00"), "{:#?}", window.names());
    window.click_like("New money 1 comes from");
    window.type_into("Find a name to choose", "Lottery");
    window.click_role(Role::Button, "Lottery");
    assert_eq!(scenario(&window).new_money[0].funder.as_deref(), Some("Lottery"));
    window.press(CTRL, Key::Z);
    check_undone(&mut window, "Change new money", &before);
}
