//! A difference as a Sankey of the change: its bands are the money that moves, paired line by line, and of each name they
//! add up to what the totals say has changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use shadowpool::dimension::Dimension;
use shadowpool::export::{ChangesContent, changes_workbook};
use shadowpool::figure::{Figure, Scheme, Shape, moves_band, moves_node};
use shadowpool::ledger::{Filter, Ledger};
use shadowpool::money::{Money, Percent};
use shadowpool::place::{Command, Place};
use shadowpool::pool::{
    Allocation, Contribution, Difference, MoveEnd, MovedAmount, NewMoney, Portion, Purpose, Rest, Scenario,
};
use shadowpool::scene::{Changes, difference_picture, moves_between};

use super::figure::check_labels;
use super::support_ledgers::{any_ledger, money, spend_lines};
use super::support_pool::at_home;

fn show(place: &Place, name: Option<&str>) -> Place {
    let mut place = place.clone();
    Command::ShowScenario(name.map(str::to_owned)).apply(&mut place).unwrap();
    match name {
        Some(name) => place.modelled(name).unwrap().0,
        None => place,
    }
}

fn to(theme: &str, service: Option<&str>) -> Purpose {
    Purpose { theme: Some(theme.to_owned()), service: service.map(str::to_owned), ..Purpose::default() }
}

fn allocation(from: &str, pounds: i64, to: Purpose) -> Allocation {
    Allocation {
        from: Filter::default().only(Dimension::Service, [from]),
        what: Portion::Amount(Money::from_pounds(pounds)),
        to,
        ..Allocation::default()
    }
}

/// Two partners, four services; everything of 2024/25 is in the pool.
fn place(allocations: Vec<Allocation>) -> Place {
    let lines = spend_lines(
        &[Dimension::Agency, Dimension::Theme, Dimension::Service, Dimension::Year],
        "Council  Children  Homes       2024/25  900.00
         Council  Children  Early help  2024/25  100.00
         Council  Children  Clubs       2024/25  300.00
         Health   Children  Mental      2024/25  200.00",
    );
    let contribution =
        |partner: &str| Contribution { partner: partner.to_owned(), ..Contribution::default() };
    let scenario = |name: &str, allocations| Scenario {
        name: name.to_owned(),
        pool: "Pool".to_owned(),
        contributions: vec![contribution("Council"), contribution("Health")],
        allocations,
        ..Scenario::default()
    };
    let scenarios = vec![scenario("A", allocations), scenario("Nothing", Vec::new())];
    Place {
        ledger: Ledger::from_lines(&lines, &[], &[]).into(),
        scenarios: Arc::new(scenarios),
        ..Place::default()
    }
}

fn words(figure: &Figure) -> Vec<String> {
    let label = |mark: &shadowpool::figure::Mark| match &mark.shape {
        Shape::Label(text) => Some(text.content.clone()),
        _ => None,
    };
    figure.marks.iter().filter_map(label).collect()
}

/// The difference of two scenarios of a place, at a few sizes, with every label in its place.
fn drawn(place: &Place, from: Option<&str>, until: Option<&str>) -> Figure {
    let (before, after) = (show(place, from), show(place, until));
    for size in [(976.0, 620.0), (1832.0, 900.0), (640.0, 400.0)] {
        check_labels(&difference_picture(&before, &after, Scheme::Dark, size), "a change");
    }
    difference_picture(&before, &after, Scheme::Light, (976.0, 620.0))
}

#[test]
fn what_a_line_leaves_is_paired_with_where_its_money_goes() {
    let allocations = vec![
        allocation("Homes", 400, to("Children", Some("Early help"))),
        allocation("Clubs", 100, to("Children", Some("Early help"))),
        allocation("Clubs", 50, to("Unallocated", None)),
    ];
    let place = place(allocations);
    let figure = drawn(&place, None, Some("A"));
    let height = |id| figure.mark(id).unwrap().shape.bounds().height();
    let bar = height(moves_node(false, "Early help"));
    assert!((height(moves_node(true, "Homes")) / bar - 400.0 / 500.0).abs() < 0.01);
    let ribbon = |less: &str, more: &str| match &figure.mark(moves_band(less, more)).unwrap().shape {
        Shape::Ribbon(ribbon) => ribbon.width(),
        other => panic!("{other:?}"),
    };
    // Each leaves an edge of three quarters of a pixel.
    let edges = 2.0 * 0.75;
    assert!((ribbon("Homes", "Early help") + ribbon("Clubs", "Early help") + edges - bar).abs() < 0.01);
    assert!(figure.mark(moves_band("Homes", "Unallocated")).is_none());
    assert!(((ribbon("Clubs", "Unallocated") + 0.75) / bar - 50.0 / 500.0).abs() < 0.01);
    let words = words(&figure);
    for said in ["less on", "more on", "\u{2212}£400", "\u{2212}£150", "+£500", "£50", "Unallocated"] {
        assert!(words.contains(&said.to_owned()), "{said} in {words:?}");
    }
    assert!(!words.iter().any(|said| said.contains("Not paired")), "{words:?}");
}

#[test]
fn where_money_is_only_put_in_the_picture_says_that_nothing_moves() {
    let place = place(Vec::new());
    let figure = drawn(&place, None, Some("Nothing"));
    let words = words(&figure);
    let said =
        "\u{201c}Nothing\u{201d} puts £1.50k in a pool and moves nothing: each pound is spent as before.";
    assert!(words.contains(&said.to_owned()), "{words:?}");
    assert!(words.contains(&"+£1.30k".to_owned()), "who puts in how much: {words:?}");
}

#[test]
fn new_money_comes_from_no_line() {
    let mut place = place(Vec::new());
    let new = NewMoney {
        partner: "Health".to_owned(),
        amount: money("70.00"),
        purpose: to("Children", Some("Mental")),
        ..NewMoney::default()
    };
    Arc::make_mut(&mut place.scenarios)[0].new_money.push(new);
    let figure = drawn(&place, None, Some("A"));
    assert!(figure.mark(moves_band("New money", "Mental")).is_some());
    let words = words(&figure);
    assert!(words.contains(&"+£70".to_owned()) && words.contains(&"New money".to_owned()), "{words:?}");
}

#[test]
fn what_no_line_pairs_is_said_and_not_guessed() {
    let half =
        |to: Purpose| Allocation { what: Portion::Percent(Percent::new(50)), to, ..Allocation::default() };
    let first = vec![half(to("One", None)), half(to("Two", None))];
    let second = vec![half(to("Three", None)), half(to("Four", None))];
    let mut place = place(first);
    Arc::make_mut(&mut place.scenarios)[1].allocations = second;
    let moves = moves_between(&show(&place, Some("A")), &show(&place, Some("Nothing")));
    assert!(moves.rows.iter().all(|row| row.from == MoveEnd::NotPaired || row.to == MoveEnd::NotPaired));
    let unknown = |is_it: fn(&MovedAmount) -> bool| -> Money {
        moves.rows.iter().filter(|row| is_it(row)).map(|row| row.amount).sum()
    };
    let (less, more) =
        (unknown(|row| row.to == MoveEnd::NotPaired), unknown(|row| row.from == MoveEnd::NotPaired));
    assert_eq!((less, more), (money("1500.00"), money("1500.00")));
    let figure = drawn(&place, Some("A"), Some("Nothing"));
    let words = words(&figure);
    assert!(words.iter().any(|said| said.starts_with("Not paired: £1.50k less")), "{words:?}");
}

#[test]
fn a_filter_shows_what_comes_from_beyond_it() {
    let allocations = vec![allocation("Homes", 400, to("Adults", Some("Home care")))];
    let mut place = place(allocations);
    let view = Arc::make_mut(&mut place.view);
    view.filter = Filter::default().only(Dimension::Theme, ["Children"]);
    let moves = moves_between(&show(&place, None), &show(&place, Some("A")));
    let ends: Vec<_> = moves.rows.iter().map(|row| (&row.from, &row.to, row.amount)).collect();
    let homes = MoveEnd::Named(vec!["Children".to_owned(), "Homes".to_owned()]);
    assert_eq!(ends, [(&homes, &MoveEnd::LeftOut, money("400.00"))]);
    let words = words(&drawn(&place, None, Some("A")));
    assert!(words.iter().any(|said| said.starts_with("Beyond the filter: £400 goes there")), "{words:?}");
}

#[test]
fn sixty_changes_have_room_for_the_largest() {
    let mut lines = String::new();
    for number in 0..60 {
        let _ =
            writeln!(lines, "Council  Theme {number}  Service {number}  2024/25  {}.00", 1000 + number * 13);
    }
    let columns = [Dimension::Agency, Dimension::Theme, Dimension::Service, Dimension::Year];
    let allocations = (0..60)
        .map(|number| {
            allocation(&format!("Service {number}"), 10 + number, to(&format!("New {}", number % 40), None))
        })
        .collect();
    let place = Place {
        ledger: Ledger::from_lines(&spend_lines(&columns, &lines), &[], &[]).into(),
        ..place(allocations)
    };
    let words = words(&drawn(&place, None, Some("A")));
    assert!(words.iter().any(|said| said.ends_with(" others")), "{words:?}");
}

#[test]
fn a_workbook_of_a_change_has_its_lists_and_what_moves() {
    use calamine::{Data, Reader as _, Xlsx};
    let place = place(vec![allocation("Homes", 400, to("Children", Some("Early help")))]);
    let (before, after) = (show(&place, None), show(&place, Some("A")));
    let (changes, moves) = (Changes::between(&before, &after), moves_between(&before, &after));
    let [partners, .., (_, _, services)] = changes.lists();
    let lists = [("Partners", partners.2), ("Services", services)];
    let content = ChangesContent { title: "What moves", notes: &[], moves: &moves, lists: &lists };
    let bytes = changes_workbook(&content).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Cover", "What moves", "Partners", "Services"]);
    let mut row = |sheet: &str| book.worksheet_range(sheet).unwrap().rows().nth(1).unwrap().to_vec();
    let text = |words: &str| Data::String(words.to_owned());
    let moved = [text("Children, Homes"), text("Children, Early help"), Data::Float(400.0)];
    assert_eq!(row("What moves"), moved);
    let partner = [text("Council"), Data::Float(0.0), Data::Float(1300.0), Data::Float(1300.0)];
    assert_eq!(row("Partners"), partner);
    let service = [text("Early help"), Data::Float(100.0), Data::Float(500.0), Data::Float(400.0)];
    assert_eq!(row("Services"), service);
}

fn any_scenario(name: &'static str) -> impl Strategy<Value = Scenario> {
    let percent = || (0_i32..101).prop_map(|percent| Portion::Percent(Percent::new(percent)));
    let contribution = (0_usize..9, percent()).prop_map(|(partner, what)| Contribution {
        partner: format!("Agency {partner}"),
        what,
        ..Contribution::default()
    });
    let purpose =
        (prop::option::of(0_u8..9), prop::option::of(0_u8..9), 0_u8..4).prop_map(|(theme, service, held)| {
            match held {
                0 => to("Unallocated", None),
                _ => Purpose {
                    theme: theme.map(|number| format!("Theme {number}")),
                    service: service.map(|number| format!("Service {number}")),
                    ..Purpose::default()
                },
            }
        });
    let allocation = (prop::option::of(0_u8..9), percent(), purpose.clone()).prop_map(|(from, what, to)| {
        let only =
            |number: u8| Filter::default().only(Dimension::Service, [format!("Service {number}").as_str()]);
        Allocation { from: from.map(only).unwrap_or_default(), what, to, ..Allocation::default() }
    });
    let new = (0_usize..9, 1_i64..900, purpose).prop_map(|(partner, pounds, purpose)| NewMoney {
        partner: format!("Agency {partner}"),
        amount: Money::from_pounds(pounds),
        purpose,
        ..NewMoney::default()
    });
    (
        prop::collection::vec(contribution, 1..5),
        prop::collection::vec(allocation, 0..4),
        prop::collection::vec(new, 0..2),
        any::<bool>(),
    )
        .prop_map(move |(contributions, allocations, new_money, waits)| Scenario {
            name: name.to_owned(),
            pool: "P".to_owned(),
            contributions,
            allocations,
            new_money,
            rest: if waits { Rest::Unallocated } else { Rest::KeepsItsPurpose },
            ..Scenario::default()
        })
}

proptest! {
    #[test]
    fn a_differences_bands_add_up_to_the_changes(
        ledger in any_ledger(20),
        a in any_scenario("A"),
        b in any_scenario("B"),
        from_baseline in any::<bool>(),
        theme in prop::option::of(0_u8..9),
    ) {
        let scenarios = vec![at_home(a, &ledger), at_home(b, &ledger)];
        let mut place = Place { ledger: Arc::new(ledger), scenarios: Arc::new(scenarios), ..Place::default() };
        if let Some(number) = theme {
            let theme = format!("Theme {number}");
            Arc::make_mut(&mut place.view).filter = Filter::default().only(Dimension::Theme, [theme.as_str()]);
        }
        let first = show(&place, if from_baseline { None } else { Some("B") });
        let second = show(&place, Some("A"));
        let moves = moves_between(&first, &second);
        let changes = Difference::between(&first.ledger, &second.ledger, &place.view.filter, &moves.by);
        let mut named: BTreeMap<Vec<String>, Money> = BTreeMap::new();
        for row in &moves.rows {
            prop_assert!(row.amount.is_positive() && row.from != row.to);
            for (end, sign) in [(&row.from, -1), (&row.to, 1)] {
                if let MoveEnd::Named(names) = end {
                    let amount = if sign < 0 { -row.amount } else { row.amount };
                    *named.entry(names.clone()).or_default() += amount;
                }
            }
        }
        named.retain(|_, change| !change.is_zero());
        let right: BTreeMap<Vec<String>, Money> =
            changes.rows.iter().map(|row| (row.names.clone(), row.change())).collect();
        prop_assert_eq!(named, right);
        if from_baseline {
            // A line is for one thing before, so that all of what leaves it is known.
            let unknown = |end: &MoveEnd| *end == MoveEnd::NotPaired;
            prop_assert!(!moves.rows.iter().any(|row| unknown(&row.from) || unknown(&row.to)));
        }
        let forth: Money = moves.rows.iter().map(|row| row.amount).sum();
        let back: Money = moves_between(&second, &first).rows.iter().map(|row| row.amount).sum();
        prop_assert_eq!(forth, back, "the way back is the same way");
    }
}
