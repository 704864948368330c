//! Sums of lines: exact, of the lines asked for, and the same whichever way they are divided.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shadowpool::dimension::Dimension::{self, Agency, Basis, Evidence, Service, Supplier, Theme, Year};
use shadowpool::ledger::{Chip, ControlTotal, Filter, Keep, Periods, SeparateTotals, Totals};
use shadowpool::money::Money;

use crate::support_ledgers::{RANDOM, any_ledger, ledger, money, some_dimensions, sums_by_hand};

/// Ledger text in, totals text out: names, amount and number of lines, largest first.
fn check(columns: &[Dimension], lines: &str, filter: &Filter, by: &[Dimension], expected: &str) {
    let totals = Totals::of(&ledger(columns, lines), filter, by);
    let found: Vec<String> = totals
        .rows
        .iter()
        .map(|row| format!("{}  {}  {}", row.names.join("  "), row.amount, row.lines))
        .chain([format!("Total  {}  {}", totals.total, totals.lines)])
        .collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(found, expected);
}

fn everything() -> Filter {
    Filter::default()
}

fn without(dimension: Dimension, name: &str) -> Filter {
    let chip = Chip { dimension, keep: Keep::Without, names: [name.to_owned()].into() };
    Filter { chips: vec![chip], ..Filter::default() }
}

const TOWN: &str = "Council  Early years  2024/25  300.00
                    Health   Early years  2024/25  100.00
                    Council  Ageing well  2023/24   50.25
                    Police   -            2024/25   50.25
                    Council  Early years  2024/25  -20.00";
const TOWN_COLUMNS: [Dimension; 3] = [Agency, Theme, Year];

#[test]
fn sums_stand_largest_first_and_ties_by_name() {
    check(
        &TOWN_COLUMNS,
        TOWN,
        &everything(),
        &[Agency],
        "Council  330.25  3
         Health  100.00  1
         Police  50.25  1
         Total  480.50  5",
    );
    check(
        &TOWN_COLUMNS,
        TOWN,
        &everything(),
        &[Theme],
        "Early years  380.00  3
         Ageing well  50.25  1
         Not stated  50.25  1
         Total  480.50  5",
    );
}

#[test]
fn two_dimensions_divide_one_after_the_other() {
    check(
        &TOWN_COLUMNS,
        TOWN,
        &everything(),
        &[Theme, Agency],
        "Early years  Council  280.00  2
         Early years  Health  100.00  1
         Ageing well  Council  50.25  1
         Not stated  Police  50.25  1
         Total  480.50  5",
    );
}

#[test]
fn a_filter_lets_through_what_it_names() {
    check(
        &TOWN_COLUMNS,
        TOWN,
        &everything().only(Year, ["2024/25"]).only(Agency, ["Council", "Police"]),
        &[Agency],
        "Council  280.00  2
         Police  50.25  1
         Total  330.25  3",
    );
    check(
        &TOWN_COLUMNS,
        TOWN,
        &everything().only(Theme, ["Not stated"]),
        &[Agency],
        "Police  50.25  1
         Total  50.25  1",
    );
}

#[test]
fn a_filter_can_leave_out_instead() {
    check(
        &TOWN_COLUMNS,
        TOWN,
        &without(Agency, "Council"),
        &[Agency],
        "Health  100.00  1
         Police  50.25  1
         Total  150.25  2",
    );
}

#[test]
fn names_that_no_line_has_let_nothing_through() {
    check(&TOWN_COLUMNS, TOWN, &everything().only(Agency, ["Navy"]), &[Agency], "Total  0.00  0");
}

#[test]
fn a_searched_text_is_found_in_names_and_amounts() {
    let search = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    let early = "Council  280.00  2
                 Health  100.00  1
                 Total  380.00  3";
    check(&TOWN_COLUMNS, TOWN, &search("EARLY"), &[Agency], early);
    check(
        &TOWN_COLUMNS,
        TOWN,
        &search("£50.25"),
        &[Agency],
        "Council  50.25  1
         Police  50.25  1
         Total  100.50  2",
    );
}

#[test]
fn pennies_and_their_fractions_are_exact() {
    // Ten times a tenth of a penny, where floats would drift.
    let tenths = "Council  0.001\n".repeat(10) + "Council  0.10\nCouncil  0.20\nHealth  0.0001";
    check(
        &[Agency],
        &tenths,
        &everything(),
        &[Agency],
        "Council  0.31  12
         Health  0.0001  1
         Total  0.3101  13",
    );
}

#[test]
fn the_largest_lines_add_up_beyond_what_one_line_can_hold() {
    let largest = format!("Council  {}\n", Money::LARGEST_LINE).repeat(1000);
    check(
        &[Agency],
        &largest,
        &everything(),
        &[Agency],
        "Council  900000000000000000.00  1000
         Total  900000000000000000.00  1000",
    );
}

#[test]
fn suppliers_are_told_apart_only_where_they_are_asked_for() {
    let lines = "Council  Acme   10.00
                 Council  Bloggs  5.00
                 Council  Acme    1.00";
    let cells = ledger(&[Agency, Supplier], lines);
    assert_eq!(cells.cells().len(), 1);
    check(
        &[Agency, Supplier],
        lines,
        &everything(),
        &[Supplier],
        "Acme  11.00  2
         Bloggs  5.00  1
         Total  16.00  3",
    );
    check(
        &[Agency, Supplier],
        lines,
        &everything().only(Supplier, ["Bloggs"]),
        &[Agency],
        "Council  5.00  1
         Total  5.00  1",
    );
}

#[test]
fn a_control_total_agrees_to_the_penny_or_says_by_how_much_not() {
    let ledger = ledger(&TOWN_COLUMNS, TOWN);
    let mut control = ControlTotal {
        name: "Council".to_owned(),
        amount: money("330.25"),
        lines: everything().only(Agency, ["Council"]),
        ..ControlTotal::default()
    };
    assert!(control.compare(&ledger).agrees());
    control.amount = money("330.26");
    let agreement = control.compare(&ledger);
    assert!(!agreement.agrees());
    assert_eq!((agreement.found, agreement.difference), (money("330.25"), money("-0.01")));
}

#[test]
fn joined_ledgers_hold_the_lines_of_both() {
    let one = ledger(&TOWN_COLUMNS, TOWN);
    let other = ledger(&[Agency, Service], "Police  Patrols  7.00\nCouncil  -  1.00");
    let both = one.join(&other);
    assert_eq!(both.len(), 7);
    assert_eq!(both.total(), money("488.50"));
    let by_hand = sums_by_hand(one.lines().chain(other.lines()), &[Agency, Theme, Service, Year]);
    assert_eq!(sums_by_hand(both.lines(), &[Agency, Theme, Service, Year]), by_hand);
}

/// Totals as a table of names without an order.
fn as_sums(totals: &Totals, order: &[Dimension]) -> BTreeMap<Vec<String>, (i128, u64)> {
    let mut sums = BTreeMap::new();
    for row in &totals.rows {
        let name = |dimension: &Dimension| {
            row.names[totals.by.iter().position(|by| by == dimension).expect("divided by it")].clone()
        };
        let before = sums.insert(order.iter().map(name).collect(), (row.amount.units(), row.lines));
        assert_eq!(before, None, "one row for each combination");
    }
    sums
}

/// What is told apart, and each total with its names.
fn check_separate(lines: &str, by: &[Dimension], periods: Periods, expected: &str) {
    let columns = [Agency, Basis, Year];
    let totals = SeparateTotals::of(&ledger(&columns, lines), &everything(), by, periods);
    let found: Vec<String> = totals
        .parts
        .iter()
        .map(|part| format!("{}  {}", part.names.join("  "), part.totals.total).trim().to_owned())
        .chain([totals.why()])
        .filter(|line| !line.is_empty())
        .collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(found, expected);
}

const TWO_COUNTS: &str = "Council  Budget   2025/26  300.00
                          Health   Budget   2025/26  100.00
                          Council  Outturn  2024/25  250.00
                          Health   -        2024/25   50.00";

#[test]
fn bases_and_years_are_never_one_sum() {
    check_separate(
        TWO_COUNTS,
        &[],
        Periods::Yearly,
        "2025/26  Budget  400.00
         2024/25  Outturn  250.00
         2024/25  Not stated  50.00
         Lines of different years (2024/25 and 2025/26) and different bases (Budget, Not stated and Outturn) are not \
         added: each has its own total.",
    );
}

#[test]
fn divided_by_year_only_bases_are_told_apart() {
    check_separate(
        "Council  Budget  2025/26  300.00
         Council  Budget  2024/25  250.00",
        &[Year],
        Periods::Yearly,
        "550.00",
    );
}

#[test]
fn payments_by_date_are_one_list_over_the_years_and_this_is_said() {
    check_separate(
        "Council  Outturn  2025/26  300.00
         Council  Outturn  2024/25  250.00",
        &[],
        Periods::DatedPayments,
        "550.00
         Payments by date, added over the years from 2024/25 to 2025/26.",
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn totals_are_what_adding_line_by_line_gives(ledger in any_ledger(60), by in some_dimensions(0, 7)) {
        let totals = Totals::of(&ledger, &everything(), &by);
        prop_assert_eq!(as_sums(&totals, &by), sums_by_hand(ledger.lines(), &by));
        prop_assert_eq!(totals.total.units(), ledger.lines().map(|line| line.amount().units()).sum::<i128>());
        prop_assert_eq!(totals.lines, ledger.len() as u64);
    }

    #[test]
    fn separate_totals_have_every_line_once_and_each_of_one_kind(
        ledger in any_ledger(60),
        by in some_dimensions(0, 3),
    ) {
        let totals = SeparateTotals::of(&ledger, &everything(), &by, Periods::Yearly);
        let sum: Money = totals.parts.iter().map(|part| part.totals.total).sum();
        prop_assert_eq!(sum.units(), ledger.lines().map(|line| line.amount().units()).sum::<i128>());
        prop_assert_eq!(totals.parts.iter().map(|part| part.totals.lines).sum::<u64>(), ledger.len() as u64);
        let mut kinds: Vec<_> = totals.parts.iter().map(|part| &part.names).collect();
        kinds.sort_unstable();
        kinds.dedup();
        prop_assert_eq!(kinds.len(), totals.parts.len());
        if totals.apart.is_empty() {
            prop_assert_eq!(&totals.parts[0].totals, &Totals::of(&ledger, &everything(), &by));
        }
    }

    #[test]
    fn any_order_of_dimensions_gives_the_same_sums(
        ledger in any_ledger(60),
        (one, other) in some_dimensions(1, 7)
            .prop_flat_map(|by| (Just(by.clone()), Just(by).prop_shuffle())),
    ) {
        let (first, second) = (Totals::of(&ledger, &everything(), &one), Totals::of(&ledger, &everything(), &other));
        prop_assert_eq!(first.total, second.total);
        prop_assert_eq!(as_sums(&first, &one), as_sums(&second, &one));
    }

    #[test]
    fn rows_add_up_to_the_total_and_stand_in_order(ledger in any_ledger(60), by in some_dimensions(1, 3)) {
        let totals = Totals::of(&ledger, &everything(), &by);
        prop_assert_eq!(totals.rows.iter().map(|row| row.amount).sum::<Money>(), totals.total);
        prop_assert_eq!(totals.rows.iter().map(|row| row.lines).sum::<u64>(), totals.lines);
        for pair in totals.rows.windows(2) {
            let ordered = pair[0].amount > pair[1].amount
                || pair[0].amount == pair[1].amount && pair[0].names < pair[1].names;
            prop_assert!(ordered, "{:?} before {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn what_a_filter_keeps_and_what_it_leaves_out_are_all_lines(
        ledger in any_ledger(60),
        dimension in prop::sample::select(&RANDOM[..]),
        numbers in prop::collection::btree_set(0_usize..10, 1..5),
    ) {
        let names = ledger.names(dimension);
        let names: std::collections::BTreeSet<String> = numbers
            .into_iter()
            .filter(|&number| number < names.len())
            .map(|number| names.iter().nth(number).expect("it is among them").1.to_owned())
            .collect();
        prop_assume!(!names.is_empty());
        let chip = |keep| Filter {
            chips: vec![Chip { dimension, keep, names: names.clone() }],
            ..Filter::default()
        };
        let kept = Totals::of(&ledger, &chip(Keep::Only), &[]);
        let left = Totals::of(&ledger, &chip(Keep::Without), &[]);
        prop_assert_eq!(kept.total + left.total, ledger.total());
        prop_assert_eq!(kept.lines + left.lines, ledger.len() as u64);
        let by_hand = ledger.lines().filter(|line| names.contains(line.name(dimension)));
        prop_assert_eq!(kept.total, by_hand.map(|line| line.amount()).sum::<Money>());
    }

    #[test]
    fn the_lines_of_a_filter_are_the_lines_of_its_sums(
        ledger in any_ledger(60),
        text in prop::sample::select(&["", "agency 1", "Theme", "0.00", "estimated"][..]),
        year in prop::option::of(prop::sample::select(&["2020/21", "2021/22", "Not stated"][..])),
    ) {
        let filter = Filter { text: text.to_owned(), ..Filter::default() }.only(Year, year);
        let lines = ledger.lines_where(&filter);
        let totals = Totals::of(&ledger, &filter, &[Agency, Evidence]);
        prop_assert_eq!(totals.lines, lines.len() as u64);
        let views = lines.into_iter().map(|id| ledger.line(id));
        prop_assert_eq!(as_sums(&totals, &[Agency, Evidence]), sums_by_hand(views, &[Agency, Evidence]));
    }
}
