//! Journeys through the Pool view by the names that a screen reader hears.

use std::fs;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Filter, Ledger};
use shadowpool::money::{Money, in_full};
use shadowpool::place::{Place, Screen, ViewSpec, write_place};
use shadowpool::pool::{
    Allocation, Commitment, Contribution, Lines, Model, OutturnOf, Portion, Purpose, Rest, RiskShare,
    Scenario, SplitRule,
};
use tempfile::TempDir;

use super::support_ledgers::{money, small_place, spend_lines};
use super::support_window::{CTRL, Window, folder};

const COLUMNS: [Dimension; 5] =
    [Dimension::Agency, Dimension::Theme, Dimension::Service, Dimension::Ringfence, Dimension::Year];

fn contribution(partner: &str, theme: &str, what: Portion) -> Contribution {
    Contribution {
        partner: partner.to_owned(),
        lines: Lines::Where(Filter::default().only(Dimension::Theme, [theme])),
        what,
        ..Contribution::default()
    }
}

fn to_theme(theme: &str) -> Purpose {
    Purpose { theme: Some(theme.to_owned()), ..Purpose::default() }
}

/// Three partners; the council's nurseries are paid by a grant that may fund nothing else. Health's midwives give a
/// part to day care.
pub(crate) fn place() -> Place {
    let lines = spend_lines(
        &COLUMNS,
        "Health   Early years   Midwives   -                  2024/25  1000000.00
         Council  Early years   Nurseries  Early years grant  2024/25  3000000.00
         Council  Ageing well   Day care   -                  2024/25  500000.00
         Police   Safer places  Patrols    -                  2024/25  400000.00",
    );
    let scenario = Scenario {
        name: "Together".to_owned(),
        pool: "Early years pool".to_owned(),
        contributions: vec![
            contribution("Health", "Early years", Portion::Percent("50%".parse().unwrap())),
            contribution("Council", "Early years", Portion::Whole),
            contribution("Police", "Safer places", Portion::Amount(money("100000.00"))),
        ],
        allocations: vec![Allocation {
            from: Filter::default().only(Dimension::Agency, ["Health"]),
            what: Portion::Percent("40%".parse().unwrap()),
            to: to_theme("Ageing well"),
            note: String::new(),
        }],
        ..Scenario::default()
    };
    let view =
        ViewSpec { screen: Screen::Pool, scenario: Some("Together".to_owned()), ..ViewSpec::default() };
    Place {
        name: "Three".to_owned(),
        ledger: Ledger::from_lines(&lines, &[], &[]).into(),
        scenarios: Arc::new(vec![scenario]),
        view: Arc::new(view),
        ..Place::default()
    }
}

/// The window on this place's pool.
pub(crate) fn window_on(folder: &TempDir, place: &Place) -> Window {
    let path = folder.path().join("three.ron");
    fs::write(&path, write_place(place)).unwrap();
    let mut window = Window::open(&[path]);
    let name = place.name.clone();
    // A tall window: what is pressed must be in view.
    window.harness.set_size(egui::vec2(1280.0, 1500.0));
    window.wait_until("the place is open", move |app| app.history().place().name == name);
    window
}

pub(crate) fn scenario(window: &Window) -> &Scenario {
    window.place().shown_scenario().expect("a scenario is shown")
}

pub(crate) fn model(window: &Window) -> Model {
    scenario(window).model(&window.place().ledger)
}

/// What the window says of each partner is what the model says, to the penny.
pub(crate) fn check_partners(window: &Window) {
    for position in model(window).positions {
        let right = format!(
            "{} puts in {}, gets back {}, net {}, ",
            position.agency,
            in_full(position.puts_in),
            in_full(position.gets_back),
            in_full(position.net)
        );
        assert!(window.says(&right), "{right}: not in {:#?}", window.names());
    }
}

pub(crate) fn type_and_enter(window: &mut Window, field: &str, text: &str) {
    window.type_into(field, text);
    window.press(Modifiers::NONE, Key::Enter);
}

/// Opens a list by its name's beginning and takes the entry that begins so.
pub(crate) fn choose(window: &mut Window, list: &str, entry: &str) {
    window.click_like(list);
    window.click_role(Role::Button, entry);
}

const HEALTH: &str = "Contribution 1 of Health: puts in";
const POLICE: &str = "Contribution 3 of Police: puts in";

#[test]
fn what_if_you_put_in_another_quarter_of_a_million_and_if_not() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    check_partners(&window);
    assert!(window.says("3 partners put £3.60m into the Early years pool; all of it is allocated"));
    let before = (write_place(window.place()), window.names());

    type_and_enter(&mut window, HEALTH, "+250k");
    let health =
        model(&window).positions.iter().find(|position| position.agency == "Health").cloned().unwrap();
    assert_eq!((health.puts_in, health.net), (money("750000.00"), money("-300000.00")));
    assert!(window.says("Health puts in £250k more; "), "{:#?}", window.names());
    check_partners(&window);
    assert!(window.says("Allocated £3,850,000.00"));
    assert_eq!(scenario(&window).contributions[0].what, Portion::Amount(money("750000.00")));

    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before.0, "to the penny");
    assert!(window.says("Undone: Change contribution of Health"));
    window.wait("the marks of where bars ended go", |window| !window.says("; it put in"));
    let now = window.names();
    let gone: Vec<&String> = before.1.iter().filter(|name| !now.contains(name) && *name != "Redo").collect();
    assert!(gone.is_empty(), "everything that was there is there again: {gone:?}");
}

#[test]
fn a_cell_takes_percentages_sums_and_all_and_enter_goes_down() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    type_and_enter(&mut window, HEALTH, "60%");
    assert_eq!(scenario(&window).contributions[0].what, Portion::Percent("60%".parse().unwrap()));
    assert!(window.field("Contribution 2 of Council: puts in").is_focused(), "Enter goes down");
    type_and_enter(&mut window, POLICE, "=1200/4");
    assert_eq!(scenario(&window).contributions[2].what, Portion::Amount(money("300.00")));
    type_and_enter(&mut window, POLICE, "all");
    assert_eq!(scenario(&window).contributions[2].what, Portion::Whole);
    check_partners(&window);

    let before = write_place(window.place());
    window.type_into(HEALTH, "1m");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(write_place(window.place()), before, "Esc keeps what was there");
    assert_eq!(window.field(HEALTH).value().as_deref(), Some("600,000.00"));
    window.type_into(HEALTH, "30%");
    window.press(Modifiers::NONE, Key::Tab);
    assert_eq!(scenario(&window).contributions[0].what, Portion::Percent("30%".parse().unwrap()));
    assert!(!window.field(HEALTH).is_focused(), "Tab goes on");
}

#[test]
fn what_cannot_be_read_keeps_the_old_value_and_says_why() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    for (typed, why) in [
        ("lots", "\"lots\" is not an amount of money"),
        ("160%", "160% is not a part of what there is"),
        ("=1/0", "it divides by nothing"),
    ] {
        type_and_enter(&mut window, HEALTH, typed);
        assert!(window.says(why), "{why}: not in {:#?}", window.names());
        assert!(window.says("It keeps what it had."));
        assert_eq!(write_place(window.place()), before);
        assert_eq!(window.field(HEALTH).value().as_deref(), Some("500,000.00"));
    }
    window.click("Close the reason");
    assert!(!window.says("It keeps what it had."));
}

#[test]
fn more_than_there_is_is_refused_and_new_money_offered() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    type_and_enter(&mut window, HEALTH, "1.5m");
    assert!(window.says("nobody can put in more than there is"), "{:#?}", window.names());
    assert_eq!(write_place(window.place()), before);
    window.click("Put in all of it, and £500,000.00 of new money");
    assert_eq!(model(&window).balance.into_pool, money("4600000.00"));
    assert_eq!(model(&window).balance.new_money, money("500000.00"));
    assert!(window.says("New money 1 of Health: puts in a year"));
    check_partners(&window);
    type_and_enter(&mut window, "New money 1 of Health: puts in a year", "+100k");
    assert_eq!(model(&window).balance.new_money, money("600000.00"));
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before, "one step brought both");
}

#[test]
fn money_under_a_ring_fence_is_refused_with_the_rule_and_aligned_instead() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    choose(&mut window, "Move to", "Ageing well");
    type_and_enter(&mut window, "How much to move", "all");
    window.click("Allocate");
    assert!(window.says("Early years grant may only fund Nurseries"), "{:#?}", window.names());
    assert_eq!(scenario(&window).allocations.len(), 1, "it was not made");
    window.click_like("Align Early years grant");
    let aligned = scenario(&window)
        .contributions
        .iter()
        .any(|contribution| contribution.partner == "Council" && contribution.aligned);
    assert!(aligned, "{:#?}", scenario(&window).contributions);
    check_partners(&window);
    window.press(CTRL, Key::Z);
    assert!(window.says("Undone: Align"), "{:#?}", window.names());
    assert_eq!(scenario(&window).allocations.len(), 1);
    assert!(scenario(&window).contributions.iter().all(|contribution| !contribution.aligned));
}

#[test]
fn allocations_move_money_by_typing_and_by_slider_and_too_much_is_shown() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let before = write_place(window.place());
    type_and_enter(&mut window, "Allocation 1: amount", "700k");
    assert_eq!(model(&window).balance.over, money("200000.00"));
    assert!(window.says("Over-allocated £200,000.00"));
    assert!(window.says("£200k too much"));
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before);

    window.harness.get_by_label("Allocation 1 share").focus();
    window.settle();
    assert_eq!(write_place(window.place()), before, "looking at a slider changes nothing");
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(scenario(&window).allocations[0].what, Portion::Percent("41%".parse().unwrap()));
    check_partners(&window);

    let slider = window.harness.get_by_label("Allocation 1 share").rect();
    let steps = window.app().history().undo_label().map(str::to_owned);
    window.harness.drag_at(slider.left_center());
    window.settle();
    window.harness.hover_at(slider.center());
    window.settle();
    let told = window.names().into_iter().find(|name| name.starts_with("Health puts in")).unwrap();
    assert!(!told.contains("net \u{2212}£205,000.00"), "the bars follow the hand: {told}");
    assert_eq!(window.app().history().undo_label().map(str::to_owned), steps, "nothing is done yet");
    window.harness.drop_at(slider.center());
    window.settle();
    check_partners(&window);
    assert_ne!(scenario(&window).allocations[0].what, Portion::Percent("41%".parse().unwrap()));
    window.press(CTRL, Key::Z);
    assert_eq!(scenario(&window).allocations[0].what, Portion::Percent("41%".parse().unwrap()), "one step");

    choose(&mut window, "Allocation 1 to", "Safer places");
    assert_eq!(scenario(&window).allocations[0].to, to_theme("Safer places"));
    choose(&mut window, "Allocation 1 from", "all of the pool");
    assert!(window.says("Early years grant"), "the council's part cannot go there: {:#?}", window.names());
    window.click("Remove allocation 1");
    assert!(scenario(&window).allocations.is_empty());
}

#[test]
fn a_pool_is_built_from_nothing_in_the_window() {
    let folder = folder();
    let mut window =
        window_on(&folder, &Place { scenarios: Arc::default(), view: Arc::default(), ..place() });
    let before = write_place(&Place { view: Arc::default(), ..window.place().clone() });
    window.press(CTRL, Key::Num3);
    assert!(window.says("A scenario says what partners would put in"));
    window.click_role(Role::Button, "New scenario");
    assert!(window.says("Nobody puts anything in yet."));
    choose(&mut window, "Partner to add", "Health");
    choose(&mut window, "Lines to add", "Early years");
    type_and_enter(&mut window, "How much to add", "60%");
    window.click_role(Role::Button, "Add");
    assert_eq!(model(&window).balance.into_pool, money("600000.00"));
    choose(&mut window, "Partner to add", "Police");
    window.click_role(Role::Button, "Add");
    assert_eq!(model(&window).balance.into_pool, money("1000000.00"));
    check_partners(&window);

    type_and_enter(&mut window, "Name of the scenario", "First try");
    type_and_enter(&mut window, "Name of the pool", "Safety pool");
    assert_eq!(
        (scenario(&window).name.as_str(), scenario(&window).pool.as_str()),
        ("First try", "Safety pool")
    );
    window.click_like("Commitment 1 of Health");
    window.click("Agreed");
    assert_eq!(scenario(&window).contributions[0].commitment, Commitment::Agreed);
    assert!(window.says("MODEL, not an offer"), "the police have not agreed");
    window.click_like("More for contribution 2");
    window.click_role(Role::CheckBox, "Aligned: it keeps its purpose");
    assert!(scenario(&window).contributions[1].aligned);
    window.press(Modifiers::NONE, Key::Escape);
    window.click_like("The rest of the pool");
    window.click("waits, unallocated");
    assert_eq!(scenario(&window).rest, Rest::Unallocated);
    assert!(window.says("Unallocated £600,000.00"), "what is aligned keeps its purpose");
    for _ in 0..12 {
        window.press(CTRL, Key::Z);
    }
    assert_eq!(write_place(&Place { view: Arc::default(), ..window.place().clone() }), before);
}

#[test]
fn scenarios_are_duplicated_renamed_and_removed_and_a_taken_name_is_refused() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    window.click_role(Role::Button, "Duplicate…");
    window.type_into("Name of the copy", "Together");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("There is a scenario of this name already"));
    window.type_into("Name of the copy", "By population");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(scenario(&window).name, "By population");
    type_and_enter(&mut window, "Name of the scenario", "Together");
    assert!(window.says("There is already a scenario named \"Together\""), "{:#?}", window.names());
    assert_eq!(scenario(&window).name, "By population");
    type_and_enter(&mut window, HEALTH, "+250k");
    // The place says so, also when it is opened again.
    window.press(CTRL, Key::S);
    let place = folder.path().join("three.ron");
    window.wait("it is saved", |_| std::fs::read_to_string(&place).unwrap().contains("By population"));
    drop(window);
    let mut window = Window::open(&[place]);
    window.harness.set_size(egui::vec2(1280.0, 1500.0));
    window.wait_until("the place is open", |app| app.history().place().scenarios.len() == 2);
    window.press(CTRL, Key::Num3);
    window.click_role(Role::Button, "Compare");
    window.click("Compare with the original, Together");
    assert_eq!(window.place().view.screen, Screen::Flows);
    assert!(
        window.says("Largest gain: Council, +£100k; largest loss: Health, −£100k."),
        "{:#?}",
        window.names()
    );
    window.press(CTRL, Key::Num3);
    window.click_role(Role::Button, "Remove");
    assert_eq!(window.place().scenarios.len(), 1);
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().scenarios.len(), 2);
}

#[test]
fn bills_follow_the_overspend_and_the_rule() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    let check = |window: &Window, overspend: &str| {
        let bills = model(window).bills(scenario(window), money(overspend));
        assert_eq!(bills.iter().map(|bill| bill.amount).sum::<Money>(), money(overspend));
        for bill in bills {
            let verb = if bill.amount.is_negative() { "is given back" } else { "pays" };
            let right = format!("{} {verb} {}", bill.payer, in_full(bill.amount.abs()));
            assert!(window.says(&right), "{right}: not in {:#?}", window.names());
        }
    };
    let before = write_place(window.place());
    type_and_enter(&mut window, "Overspend (£)", "10%");
    check(&window, "360000.00");
    type_and_enter(&mut window, "Overspend (£)", "(36,000)");
    check(&window, "-36000.00");
    assert_eq!(write_place(window.place()), before, "a rehearsal changes nothing");
    window.click_like("Risk share");
    window.click("Each for its own services");
    assert_eq!(scenario(&window).risk_share, RiskShare::OwnRisk);
    check(&window, "-36000.00");
}

#[test]
fn an_outturn_is_typed_in_beside_the_contributions_and_says_who_pays() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    assert!(
        window.names_like("Outturn of").is_empty(),
        "nobody asks for it where it is shared in proportion"
    );
    window.click_like("Risk share");
    window.click("Each for its own services");
    assert!(window.says("If it falls in proportion to spending"), "{:#?}", window.names());
    let partner = scenario(&window).contributions[0].partner.clone();
    let planned = model(&window).positions.iter().find(|one| one.agency == partner).unwrap().gets_back;
    let spent = planned + money("50000.00");
    type_and_enter(&mut window, &format!("Outturn of {partner} (£)"), &spent.to_string());
    assert_eq!(scenario(&window).outturn_of(&OutturnOf::Partner(partner.clone())), Some(spent));
    window.click_like("As the outturn: £50k overspent");
    assert!(window.says(&format!("{partner} pays £50,000.00")), "{:#?}", window.names());
    type_and_enter(&mut window, &format!("Outturn of {partner} (£)"), "lots");
    assert!(window.says("\"lots\" is not an amount of money"), "{:#?}", window.names());
    window.type_into(&format!("Outturn of {partner} (£)"), "0");
    window.press(Modifiers::NONE, Key::Backspace);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(scenario(&window).outturn, vec![]);
}

#[test]
fn a_split_rule_is_chosen_and_partners_are_locked() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    window.click_like("Split rule");
    window.click("Fixed shares");
    let split = scenario(&window).split.clone().expect("a rule is set");
    assert_eq!((split.rule, split.shares.len()), (SplitRule::Fixed, 3));
    check_partners(&window);
    window.click("Lock Council as it is");
    let split = scenario(&window).split.clone().expect("a rule is set");
    assert_eq!((split.locked, split.shares.len()), (vec!["Council".to_owned()], 2));
    assert!(!window.says("do not come to 100"), "the others share what is left: {:#?}", window.names());
    check_partners(&window);
    window.click_like("Split rule");
    window.click("As today");
    let split = scenario(&window).split.clone().expect("who is locked stays so for the next rule");
    assert_eq!((split.rule, split.locked), (SplitRule::AsToday, vec!["Council".to_owned()]));
    window.click("Lock Council as it is");
    assert_eq!(scenario(&window).split, None);
    window.click("Lock Council as it is");
    window.click_like("Split rule");
    window.click("Equal");
    let split = scenario(&window).split.clone().expect("a rule is set");
    assert_eq!((split.rule, split.locked), (SplitRule::Equal, vec!["Council".to_owned()]));
}

#[test]
fn what_is_gone_is_shown_with_its_nearest_and_mended() {
    let folder = folder();
    let mut broken = place();
    let scenarios = Arc::make_mut(&mut broken.scenarios);
    "Helth".clone_into(&mut scenarios[0].contributions[0].partner);
    let mut window = window_on(&folder, &broken);
    assert!(
        window.says("no line has an agency \"Helth\"; did you mean \"Health\"?"),
        "{:#?}",
        window.names()
    );
    window.click("Use Health");
    assert_eq!(scenario(&window).contributions[0].partner, "Health");
    check_partners(&window);
    assert!(!window.says("left out until"));
}

#[test]
fn a_year_that_is_gone_is_told_once_and_mended_with_the_nearest() {
    let folder = folder();
    let mut broken = place();
    let scenarios = Arc::make_mut(&mut broken.scenarios);
    scenarios[0].years = vec!["2019/20".parse().unwrap()];
    let mut window = window_on(&folder, &broken);
    assert!(
        window.says("no line has a year \"2019/20\"; did you mean \"2024/25\"?"),
        "{:#?}",
        window.names()
    );
    assert!(!window.says("chooses no lines"), "{:#?}", window.names());
    window.click("Use 2024/25");
    assert_eq!(model(&window).balance.into_pool, money("3600000.00"));
    check_partners(&window);
}

#[test]
fn a_partner_says_why_and_leads_to_its_lines() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    window.click_like("Health puts in");
    assert!(window.says("Puts in £200,000.00 more than it gets back"), "{:#?}", window.names());
    window.click("Show the lines");
    assert_eq!(window.place().view.screen, Screen::Ledger);
    assert!(window.says("together £500,000.00"), "{:#?}", window.names());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.place().view.screen, Screen::Pool);
    window.click_like("Lines of Police");
    assert!(window.says("together £100,000.00"), "{:#?}", window.names());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    window.click_like("Allocated £");
    assert!(window.says("together £3,600,000.00"), "{:#?}", window.names());
}

#[test]
fn the_table_behind_is_copied_and_the_pool_is_exported() {
    let folder = folder();
    let mut window = window_on(&folder, &place());
    window.press(Modifiers::NONE, Key::T);
    window.click_role(Role::Button, "Copy");
    let copied = window.copied.borrow().last().cloned().expect("something was copied");
    assert!(copied.starts_with("Partner\tPuts in (£)\tGets back (£)\tNet (£)"), "{copied}");
    assert!(copied.contains("Health\t500000.00\t300000.00\t"), "{copied}");
    window.press(Modifiers::NONE, Key::T);

    for (title, ending) in [("Export as PNG…", "png"), ("Export as SVG…", "svg"), ("Export as XLSX…", "xlsx")]
    {
        let path = folder.path().join(format!("pool.{ending}"));
        window.press(CTRL, Key::K);
        window.type_into("Find an action", title);
        window.press(Modifiers::NONE, Key::Enter);
        window.type_into("Path of the file", &path.display().to_string());
        window.press(Modifiers::NONE, Key::Enter);
        window.wait_for("Exported");
        assert!(fs::read(&path).unwrap().len() > 1000, "{ending}");
        window.press(Modifiers::NONE, Key::Escape);
    }
    let svg = fs::read_to_string(folder.path().join("pool.svg")).unwrap();
    assert!(svg.contains("MODEL, not an offer") && svg.contains("gets back 60p of each £1"));
    check_workbook(&fs::read(folder.path().join("pool.xlsx")).unwrap(), &model(&window));
}

/// The workbook's columns sum to what the model says.
fn check_workbook(bytes: &[u8], model: &Model) {
    use calamine::{Data, Reader as _, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Cover", "Partners", "Contributions", "Allocations", "Spent on"]);
    let mut sum = |sheet: &str, column: usize| -> Money {
        let range = book.worksheet_range(sheet).unwrap();
        let amounts = range.rows().skip(1).map(|row| match &row[column] {
            Data::Float(amount) => money(&format!("{amount:.2}")),
            other => panic!("{sheet}: {other:?} is no amount"),
        });
        amounts.sum()
    };
    assert_eq!(sum("Partners", 1), model.balance.into_pool);
    assert_eq!(sum("Partners", 3), model.sum_of_nets());
    assert_eq!(sum("Contributions", 2), model.balance.into_pool);
    assert_eq!(sum("Spent on", 2), model.balance.into_pool);
    let cover = book.worksheet_range("Cover").unwrap();
    let checks: Vec<bool> = cover
        .rows()
        .filter_map(|row| if let Data::Bool(holds) = row[1] { Some(holds) } else { None })
        .collect();
    assert_eq!(checks, [true, true]);
}

#[test]
fn a_small_place_without_scenarios_says_what_belongs_here() {
    let folder = folder();
    let mut window = window_on(&folder, &small_place());
    window.press(CTRL, Key::Num3);
    assert!(window.says("Try a shadow pool"));
    window.click_role(Role::Button, "New scenario");
    window.press(CTRL, Key::Z);
    assert!(window.place().scenarios.is_empty());
}
