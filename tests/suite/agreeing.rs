//! Journeys through the sheets of the ledger in which files are made to agree.

use egui::{Key, Modifiers};
use shadowpool::dimension::Dimension;
use shadowpool::money::Money;

use crate::support_ledgers::money;
use crate::support_window::{CTRL, Window, folder, has_keyboard};
use crate::tray::file;

const COUNCIL: &str = "Agency,Service,Supplier,Date,Amount\n\
    Town Council,Residential care for adults,Care Ltd,03/05/2024,1000.00\n\
    Town Council,Residential care for adults,CARE LIMITED,09/05/2024,500.00\n\
    Town Council,Public health,Town ICB,12/05/2024,250.00\n\
    Town Council,Odds and ends,Lamps Ltd,12/05/2024,40.00\n";
const BOARD: &str = "Agency,Service,Supplier,Date,Amount\nTown ICB,Nursing,Pills Ltd,14/05/2024,2000.00\n";

/// The ledger of a place of two files.
fn ledger_of_two() -> Window {
    let folder = folder();
    let files = [file(&folder, "council.csv", COUNCIL), file(&folder, "icb.csv", BOARD)];
    let mut window = Window::open(&files);
    window.wait_until("both are there", |app| app.history().place().lines_as_read().len() == 5);
    window.click("Ledger");
    window
}

fn of_theme(window: &Window, theme: &str) -> Money {
    let filter = shadowpool::ledger::Filter::default().only(Dimension::Theme, [theme]);
    window.total(&filter)
}

#[test]
fn money_that_one_agency_pays_another_is_counted_once_and_each_pair_can_be_undone() {
    let mut window = ledger_of_two();
    assert_eq!(window.place().ledger.total(), money("3540.00"));
    window.click("Counted once");
    assert!(window.says("£250.00 is paid by one agency to another"), "{:#?}", window.names());
    assert!(window.says("Town Council pays Town ICB"));
    window.click("Count both: Town Council to Town ICB");
    assert_eq!(window.place().ledger.total(), money("3790.00"));
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.total(), money("3540.00"));
}

#[test]
fn spellings_become_one_name_with_consent() {
    let mut window = ledger_of_two();
    window.click("Names");
    assert!(window.says("Care Ltd") && window.says("CARE LIMITED"), "{:#?}", window.names());
    window.click_like("One name: ");
    assert_eq!(window.place().decisions.names.len(), 1);
    window.click_like("Separate ");
    assert!(window.place().decisions.names.is_empty());
    window.click_like("Different: ");
    assert_eq!(window.place().decisions.apart.len(), 1);
}

#[test]
fn themes_come_from_rules_that_can_be_moved_and_a_line_says_which() {
    let mut window = ledger_of_two();
    window.click("Theme rules");
    assert!(window.says("Without a theme: £3,540.00"), "{:#?}", window.names());
    window.type_into("Theme to give", "Ageing Well");
    window.type_into("Text to look for", "care");
    window.type_into("Reason", "care of adults");
    window.click("Add rule");
    assert_eq!(of_theme(&window, "Ageing Well"), money("1500.00"));
    window.click("Rule for Odds and ends");
    window.type_into("Theme to give", "Living Well");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(of_theme(&window, "Living Well"), money("40.00"));
    assert!(window.says("2. Living Well: service equals \"Odds and ends\""), "{:#?}", window.names());
    window.click("Move rule 2 up");
    assert!(window.says("1. Living Well: service equals"));
    window.click("Lines");
    window.click_like("£1,000.00, Town Council");
    assert!(
        window.says("rule 2, Ageing Well: service contains \"care\" (care of adults)"),
        "{:#?}",
        window.names()
    );
    window.type_into("Theme by hand", "Starting Well");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(of_theme(&window, "Starting Well"), money("1000.00"));
    assert_eq!(of_theme(&window, "Ageing Well"), money("500.00"));
    window.press(CTRL, Key::Z);
    assert_eq!(of_theme(&window, "Ageing Well"), money("1500.00"));
    window.click("Theme rules");
    window.click("Remove rule 2");
    assert_eq!(of_theme(&window, "Ageing Well"), Money::ZERO);
    window.click("Standard rules");
    assert!(window.place().decisions.standard_rules.is_some());
}

#[test]
fn one_rule_is_made_for_several_services_and_a_theme_by_hand_says_why() {
    let mut window = ledger_of_two();
    window.click("Theme rules");
    let services: Vec<String> = window.names_like("Rule for ").into_iter().take(2).collect();
    let services: Vec<&str> = services.iter().map(|name| &name["Rule for ".len()..]).collect();
    for service in &services {
        window.click(&format!("{service}, for a rule with others"));
    }
    window.click("One rule for 2 services");
    assert_eq!(has_keyboard(&window).as_deref(), Some("Theme to give"));
    assert!(window.says("or 1 more"), "{:#?}", window.names());
    window.type_into("Theme to give", "Living Well");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(
        services.iter().all(|service| !window.says(&format!("Rule for {service}"))),
        "{:#?}",
        window.names()
    );
    window.click("Lines");
    window.click_like("£1,000.00, Town Council");
    window.type_into("Why by hand", "agreed in May");
    window.type_into("Theme by hand", "Starting Well");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().decisions.by_hand[0].reason, "agreed in May");
}

#[test]
fn money_without_a_theme_is_a_step_away_from_the_rules() {
    let mut window = Window::sample();
    window.press(CTRL, Key::Num2);
    window.click_like("Sort £");
    assert!(window.says("Rules, the first that fits decides"));
}

#[test]
fn a_body_is_taken_as_one_of_the_place_and_what_it_is_paid_stays_until_it_is_left_out() {
    let mut window = ledger_of_two();
    window.click("Counted once");
    assert!(!window.says("Of the place: Lamps Ltd"), "{:#?}", window.names());
    // Any payee can be found by its name.
    window.type_into("Find who is paid", "lamps");
    window.click("Of the place: Lamps Ltd");
    // It is counted nowhere else, so it stays; a switch leaves it out.
    assert_eq!(window.place().ledger.total(), money("3540.00"));
    assert!(
        window.says("Passed to bodies of the place whose own spending is not here: £40.00"),
        "{:#?}",
        window.names()
    );
    window.click("It is part of the total");
    assert_eq!(window.place().ledger.total(), money("3500.00"));
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.total(), money("3540.00"));
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.total(), money("3540.00"));
}

#[test]
fn a_line_that_was_read_is_left_out_for_a_reason_and_counted_again() {
    let mut window = ledger_of_two();
    window.click_like("£1,000.00, Town Council");
    window.type_into("Leave out, because", "paid twice");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().ledger.total(), money("2540.00"));
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.total(), money("3540.00"));
    window.press(CTRL, Key::Y);
    window.click("Audit");
    assert!(window.says("paid twice"), "{:#?}", window.names());
    window.click("Rejects");
    assert!(window.says("1 line left out of the total by hand"), "{:#?}", window.names());
    window.click("Count again");
    assert_eq!(window.place().ledger.total(), money("3540.00"));
    assert!(window.place().decisions.left_out.is_empty());
}

#[test]
fn of_a_body_that_spends_far_beyond_the_place_only_what_it_pays_there_is_kept() {
    let folder = folder();
    let ministry = "Agency,Supplier,Date,Amount\n\
        Ministry of Care,Town Council,02/05/2024,30.00\nMinistry of Care,Far Council,02/05/2024,900.00\n";
    let files = [file(&folder, "council.csv", COUNCIL), file(&folder, "ministry.csv", ministry)];
    let mut window = Window::open(&files);
    window.wait_until("both are there", |app| app.history().place().lines_as_read().len() == 6);
    window.click("Ledger");
    window.click_like("Sources");
    window.click("Choose ministry.csv");
    window.click("Keep only what they pay agencies of the place");
    assert_eq!(window.place().lines_as_read().total(), money("1820.00"));
    assert_eq!(window.place().ledger.total(), money("1790.00"));
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().lines_as_read().total(), money("2720.00"));
}

#[test]
fn a_file_of_names_is_taken_over_when_it_is_opened() {
    let folder = folder();
    let names = "(names: [(dimension: agency, name: \"Lamps Ltd\")])";
    let files = [
        file(&folder, "council.csv", COUNCIL),
        file(&folder, "icb.csv", BOARD),
        file(&folder, "names.ron", names),
    ];
    let mut window = Window::open(&files);
    window.wait_until("both are there", |app| app.history().place().lines_as_read().len() == 5);
    assert_eq!(window.place().passed_on(&shadowpool::ledger::Filter::default()), money("40.00"));
    window.press(CTRL, Key::Z);
    assert!(window.place().decisions.names.is_empty());
}

#[test]
fn a_pooled_budget_is_found_by_its_name_and_leads_to_its_lines() {
    let folder = folder();
    let council = COUNCIL.replace("Odds and ends", "Learning Disabilities PB");
    let mut window = Window::open(&[file(&folder, "council.csv", council)]);
    window.wait_until("it is there", |app| app.history().place().lines_as_read().len() == 4);
    window.click("Ledger");
    window.click("Counted once");
    assert!(window.says("Town Council: Learning Disabilities PB"), "{:#?}", window.names());
    window.click("Lines of Learning Disabilities PB");
    assert!(window.says("Lines behind Learning Disabilities PB") && window.says("1 line, together £40.00"));
}
