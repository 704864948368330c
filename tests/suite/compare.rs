//! Scenarios side by side at one scale, and as a difference that sums to the change in totals.

use std::sync::Arc;

use proptest::prelude::*;
use shadowpool::dimension::Dimension;
use shadowpool::figure::{Figure, MarkId, Scheme, Shape};
use shadowpool::ledger::{Filter, Ledger};
use shadowpool::money::{Money, Percent};
use shadowpool::place::{Command, Comparison, History, Place, read_place, write_place};
use shadowpool::pool::{
    Allocation, ChangedAmount, Contribution, Lines, NewMoney, Portion, Purpose, Scenario, Split, SplitRule,
};
use shadowpool::scene::{Changes, compare_picture, difference_picture};

use crate::support_ledgers::{any_ledger, small_place, spend_lines};
use crate::support_pool::at_home;

fn contribution(partner: &str, percent: i32) -> Contribution {
    Contribution {
        partner: partner.to_owned(),
        lines: Lines::Where(Filter::default().only(Dimension::Theme, ["Early years"])),
        what: Portion::Percent(Percent::new(percent)),
        ..Contribution::default()
    }
}

/// A third of early years from each, spent on ageing well.
fn scenario(name: &str) -> Scenario {
    let to = Purpose { theme: Some("Ageing well".to_owned()), ..Purpose::default() };
    Scenario {
        name: name.to_owned(),
        pool: "Pool".to_owned(),
        contributions: vec![contribution("Council", 50), contribution("Health", 50)],
        allocations: vec![Allocation { to, ..Allocation::default() }],
        ..Scenario::default()
    }
}

fn place() -> Place {
    let equal = Scenario {
        split: Some(Split { rule: SplitRule::Equal, ..Split::default() }),
        ..scenario("Equal shares")
    };
    Place { scenarios: Arc::new(vec![scenario("As today"), equal]), ..small_place() }
}

fn show(place: &Place, name: Option<&str>) -> Place {
    let mut place = place.clone();
    Command::ShowScenario(name.map(str::to_owned)).apply(&mut place).unwrap();
    match name {
        Some(name) => place.modelled(name).unwrap().0,
        None => place,
    }
}

fn sum(rows: &[ChangedAmount]) -> Money {
    rows.iter().map(ChangedAmount::change).sum()
}

/// The bar of a node, on one side of a comparison: its words, and how thick its node is.
fn thickness(figure: &Figure, side: &str, name: &str) -> f64 {
    let bars = figure
        .marks
        .iter()
        .filter(|mark| mark.tooltip.starts_with(&format!("{name}: ")) && matches!(mark.shape, Shape::Bar(_)));
    let middle = figure.width / 2.0;
    let is_there = |x: f64| (x < middle) == (side == "left");
    bars.map(|mark| mark.shape.bounds()).find(|bounds| is_there(bounds.x0)).unwrap().height()
}

#[test]
fn both_sides_have_the_same_pounds_per_pixel_and_the_scale_is_printed() {
    let place = place();
    let (before, after) = (show(&place, None), show(&place, Some("As today")));
    let figure = compare_picture(&before, &after, Scheme::Light, (1400.0, 700.0), 4);
    // Early years: £400.00 before, £200.00 after; ageing well £50.25 and £250.25.
    let early = (thickness(&figure, "left", "Early years"), thickness(&figure, "right", "Early years"));
    let ageing = (thickness(&figure, "left", "Ageing well"), thickness(&figure, "right", "Ageing well"));
    let scale = early.0 / 400.0;
    assert!((early.1 - 200.0 * scale).abs() < 0.01, "{early:?}");
    assert!((ageing.0 - 50.25 * scale).abs() < 0.01 && (ageing.1 - 250.25 * scale).abs() < 0.01);
    let words: Vec<String> = figure
        .marks
        .iter()
        .filter_map(|mark| match &mark.shape {
            Shape::Label(text) => Some(text.content.clone()),
            _ => None,
        })
        .collect();
    assert!(words.iter().any(|text| text.contains("1 cm = £")), "{words:?}");
    for name in ["Baseline", "As today", "MODEL, not an offer"] {
        assert!(words.contains(&name.to_owned()), "{name} in {words:?}");
    }
    let bar = figure.mark(MarkId::of(&["scale", "bar"])).unwrap().shape.bounds();
    let stated = words.iter().find_map(|text| text.strip_prefix("= £")).unwrap();
    assert!((bar.height() - stated.parse::<f64>().unwrap() * scale).abs() < 0.01, "{stated}");
}

#[test]
fn what_has_the_same_amount_on_both_sides_stands_at_the_same_place() {
    let place = place();
    let both = show(&place, Some("As today"));
    let figure = compare_picture(&both, &both, Scheme::Dark, (1400.0, 700.0), 4);
    let middle = figure.width / 2.0;
    let bars: Vec<_> = figure
        .marks
        .iter()
        .filter(|mark| matches!(mark.shape, Shape::Bar(_)) && mark.target.is_some())
        .map(|mark| (mark.tooltip.clone(), mark.shape.bounds()))
        .collect();
    let (left, right): (Vec<_>, Vec<_>) = bars.into_iter().partition(|(_, bounds)| bounds.x0 < middle);
    assert!(!left.is_empty() && left.len() == right.len());
    for ((name, one), (other_name, other)) in left.iter().zip(&right) {
        assert_eq!(name, other_name);
        assert!((one.y0 - other.y0).abs() < 0.01 && (one.y1 - other.y1).abs() < 0.01, "{name}");
    }
}

#[test]
fn what_is_the_same_stands_back_and_what_changes_says_by_how_much() {
    let mut place = place();
    let lines = spend_lines(
        &[Dimension::Agency, Dimension::Theme, Dimension::Service, Dimension::Year],
        "Council  Early years   Nurseries  2024/25  300.00
         Health   Early years   Midwives   2024/25  100.00
         Council  Ageing well   Day care   2023/24   50.25
         Police   Safer places  Patrols    2024/25  400.00",
    );
    place.ledger = Ledger::from_lines(&lines, &[], &[]).into();
    let (before, after) = (show(&place, None), show(&place, Some("As today")));
    // Whichever of the two is looked at, the baseline stands on the left.
    for (first, second) in [(&before, &after), (&after, &before)] {
        let figure = compare_picture(first, second, Scheme::Light, (1400.0, 700.0), 4);
        let name = figure.mark(MarkId::of(&["compare", "name", "left"])).unwrap();
        assert!(matches!(&name.shape, Shape::Label(text) if text.content == "Baseline"));
        let of = |beginning: &str| {
            let is_it = |mark: &&shadowpool::figure::Mark| {
                mark.tooltip.starts_with(&format!("{beginning}: ")) && matches!(mark.shape, Shape::Bar(_))
            };
            figure.marks.iter().filter(is_it).map(|mark| mark.paint.opacity).collect::<Vec<f32>>()
        };
        assert_eq!(of("Ageing well"), [1.0, 1.0]);
        assert_eq!(of("Safer places"), [0.25, 0.25], "what is the same is at a quarter of its strength");
        let said: Vec<&str> = figure
            .marks
            .iter()
            .filter_map(|mark| match &mark.shape {
                Shape::Label(text) => Some(text.content.as_str()),
                _ => None,
            })
            .collect();
        for words in ["£250.25 +£200", "£200 \u{2212}£200", "£400"] {
            assert!(said.contains(&words), "{words} in {said:?}");
        }
    }
}

#[test]
fn a_difference_shows_by_partner_theme_and_service_only_what_changes() {
    let place = place();
    let (before, after) = (show(&place, None), show(&place, Some("As today")));
    let changes = Changes::between(&before, &after);
    let rows = |rows: &[ChangedAmount]| -> Vec<String> {
        rows.iter().map(|row| format!("{} {}", row.names[0], row.change())).collect()
    };
    assert_eq!(rows(&changes.partners.rows), ["Council 150.00", "Health 50.00"]);
    assert_eq!(rows(&changes.themes.rows), ["Ageing well 200.00", "Early years -200.00"]);
    // What partners put in comes to something else than what they get back.
    assert_eq!(rows(&changes.nets.rows), ["Council 50.00", "Health -50.00"]);
    assert_eq!(changes.nets.total, Money::ZERO, "all of the pool is allocated");
    let equal = show(&place, Some("Equal shares"));
    let shift = Changes::between(&after, &equal);
    assert_eq!(rows(&shift.partners.rows), ["Council -50.00", "Health 50.00"]);
    let figure = difference_picture(&before, &after, Scheme::HighContrast, (1000.0, 600.0));
    let heights: Vec<f64> = figure
        .marks
        .iter()
        .filter(|mark| mark.tooltip.contains("before") && matches!(mark.shape, Shape::Bar(_)))
        .map(|mark| mark.shape.bounds().height())
        .collect();
    assert!((heights[0] / heights[1] - 3.0).abs() < 0.01, "£150 is three times as high as £50: {heights:?}");
    assert!((heights[2] - heights[0] - heights[1]).abs() < 0.01, "all of it goes to one theme: {heights:?}");
    let same = difference_picture(&after, &after, Scheme::Light, (1000.0, 600.0));
    assert!(same.marks.iter().all(|mark| mark.target.is_none()), "nothing that does not change has width");
}

#[test]
fn a_comparison_is_kept_with_the_view_and_goes_with_its_scenario() {
    let mut history = History::new(place());
    let with = |name: &str| {
        Command::Compare(Some(Comparison { with: Some(name.to_owned()), ..Comparison::default() }))
    };
    history.execute(&Command::ShowScenario(Some("As today".to_owned()))).unwrap();
    history.execute(&with("Equal shares")).unwrap();
    assert_eq!(history.undo_label(), Some("Compare with Equal shares"));
    assert!(history.execute(&with("Nobody's")).is_err());
    let read = read_place(&write_place(history.place())).unwrap();
    assert_eq!(read.view, history.place().view);
    assert!(matches!(read.compared_with(), Some(Some(scenario)) if scenario.name == "Equal shares"));
    let rename = Command::RenameScenario { from: "Equal shares".to_owned(), to: "Even".to_owned() };
    history.execute(&rename).unwrap();
    assert!(history.place().compared_with().is_some());
    history.execute(&Command::RemoveScenario("Even".to_owned())).unwrap();
    assert!(history.place().view.compare.is_none());
    history.execute(&Command::Compare(Some(Comparison::default()))).unwrap();
    assert!(matches!(history.place().compared_with(), Some(None)), "with the baseline");
    history.execute(&Command::ShowScenario(None)).unwrap();
    assert!(history.place().compared_with().is_none(), "nothing is compared with itself");
}

#[test]
fn colors_stay_with_their_names_when_a_scenario_moves_the_money() {
    let place = place();
    let (before, after) = (show(&place, None), show(&place, Some("As today")));
    let names = |place: &Place| -> Vec<String> {
        let names = place.ledger.names_by_money(Dimension::Theme);
        names.into_iter().filter(|name| *name != "Unallocated").map(str::to_owned).collect()
    };
    assert!(after.ledger.total() == before.ledger.total());
    assert_eq!(names(&before), names(&after));
}

fn any_scenario(name: &'static str) -> impl Strategy<Value = Scenario> {
    let names = || prop::sample::select(vec!["Council", "Health", "Police", "Housing", "A", "B"]);
    let contribution = (names(), 0_i32..101).prop_map(|(partner, percent)| Contribution {
        partner: partner.to_owned(),
        what: Portion::Percent(Percent::new(percent)),
        ..Contribution::default()
    });
    let money = (names(), 0_i64..1000).prop_map(|(partner, pounds)| NewMoney {
        partner: partner.to_owned(),
        amount: Money::from_pounds(pounds),
        ..NewMoney::default()
    });
    (prop::collection::vec(contribution, 0..3), prop::collection::vec(money, 0..2)).prop_map(
        move |(contributions, new_money)| Scenario {
            name: name.to_owned(),
            pool: "P".to_owned(),
            contributions,
            new_money,
            ..Scenario::default()
        },
    )
}

proptest! {
    #[test]
    fn a_difference_sums_to_the_change_in_totals(
        ledger in any_ledger(20), a in any_scenario("A"), b in any_scenario("B")
    ) {
        let scenarios = vec![at_home(a, &ledger), at_home(b, &ledger)];
        let place = Place { ledger: Arc::new(ledger), scenarios: Arc::new(scenarios), ..Place::default() };
        let (first, second) = (show(&place, Some("A")), show(&place, Some("B")));
        let change = second.ledger.total() - first.ledger.total();
        let changes = Changes::between(&first, &second);
        prop_assert_eq!(sum(&changes.themes.rows), change);
        prop_assert_eq!(sum(&changes.services.rows), change);
        prop_assert_eq!(sum(&Changes::list(&first, &second).rows), change);
        let pooled = |place: &Place| {
            let outside = place.ledger.names(Dimension::Pool).id("Outside the pool").unwrap();
            let inside = place.ledger.lines().filter(|line| line.name_id(Dimension::Pool) != outside);
            inside.map(|line| line.amount()).sum::<Money>()
        };
        prop_assert_eq!(sum(&changes.partners.rows), pooled(&second) - pooled(&first));
        let back = Changes::between(&second, &first);
        prop_assert_eq!(sum(&back.themes.rows), -change);
    }

    #[test]
    fn removing_a_scenario_restores_the_baseline(ledger in any_ledger(20), a in any_scenario("A")) {
        let place = Place { ledger: Arc::new(ledger), ..Place::default() };
        let mut history = History::new(place);
        let before = write_place(history.place());
        history.execute(&Command::AddScenario(Box::new(a))).unwrap();
        history.execute(&Command::ShowScenario(Some("A".to_owned()))).unwrap();
        history.execute(&Command::RemoveScenario("A".to_owned())).unwrap();
        prop_assert_eq!(write_place(history.place()), before);
    }
}
