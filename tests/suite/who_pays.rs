//! What two or more agencies spend on, as a list in the window and as it is worked out.

use shadowpool::dimension::Dimension::{self, Agency, Area, Cohort, Provider};
use shadowpool::flow::{PaidTogether, paid_together};
use shadowpool::ledger::Filter;

use super::pool_view::window_on;
use super::support_ledgers::ledger;
use shadowpool::place::Place;

const TOWN: &str = "Council  Home-Start    Families  North  300.00
                    Health   Home-Start    Families  -      100.00
                    Police   -             -         North   50.00
                    Council  Age UK        Older     South   70.00
                    Health   Not itemised  Older     -       20.00
                    Council  Not itemised  Older     -       -90.00";
const COLUMNS: [Dimension; 4] = [Agency, Provider, Cohort, Area];

#[test]
fn what_two_or_more_pay_for_is_listed_with_what_each_pays() {
    let found: Vec<String> = paid_together(&ledger(&COLUMNS, TOWN), &Filter::default())
        .iter()
        .map(|PaidTogether { dimension, name, amount, by_agency }| {
            let payers: Vec<String> =
                by_agency.iter().map(|(agency, amount)| format!("{agency} {amount}")).collect();
            format!("{} {name} {amount}: {}", dimension.key(), payers.join(", "))
        })
        .collect();
    // Of the older people the council takes back more than it spends; "Not itemised" is nobody.
    assert_eq!(
        found,
        [
            "provider Home-Start 400.00: Council 300.00, Health 100.00",
            "cohort Families 400.00: Council 300.00, Health 100.00",
            "area North 350.00: Council 300.00, Police 50.00",
        ]
    );
    let only_health = Filter::default().only(Agency, ["Health"]);
    assert_eq!(paid_together(&ledger(&COLUMNS, TOWN), &only_health), []);
}

#[test]
fn each_entry_of_the_list_is_a_filter_and_pressed_again_lets_all_in() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place { name: "Town".into(), ledger: ledger(&COLUMNS, TOWN).into(), ..Place::default() };
    let mut window = window_on(&folder, &place);
    window.click("Command palette");
    window.type_into("Find an action", "who else");
    window.press(egui::Modifiers::NONE, egui::Key::Enter);
    assert!(window.says("Council £300 · Health £100"), "{:#?}", window.names());
    window.click("North, area: £350");
    let north = Filter::default().only(Area, ["North"]);
    assert_eq!(window.place().view.filter, north);
    let home_start = Filter::default().only(Provider, ["Home-Start"]);
    window.click("Home-Start, provider: £400");
    assert_eq!(window.place().view.filter, home_start, "it takes the place of the one before");
    window.click("Home-Start, provider: £400");
    assert!(window.place().view.filter.is_empty());
    window.press(egui::Modifiers::NONE, egui::Key::Escape);
    assert!(!window.says("Council £300 · Health £100"), "Esc closes it");
    window.click("Command palette");
    window.type_into("Find an action", "only home-start");
    window.press(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(window.place().view.filter, home_start);
}
