//! Tiny ledgers written as text, random ones, and sums done by hand.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shadowpool::dimension::{Agency, Dimension, NameId, Sector};
use shadowpool::ledger::{Ledger, LineView, Source, SpendLine};
use shadowpool::money::Money;
use shadowpool::place::Place;

/// An amount as people write it.
pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// A ledger from text: a line for each spend line, its columns apart by two spaces, the amount last; `-` is not
/// stated.
///
/// ```text
/// Council  Early years  300.00
/// Health   -            100.00
/// ```
pub(crate) fn ledger(columns: &[Dimension], text: &str) -> Ledger {
    Ledger::from_lines(&spend_lines(columns, text), &[], &[])
}

pub(crate) fn spend_lines(columns: &[Dimension], text: &str) -> Vec<SpendLine> {
    let rows = text.lines().map(str::trim).filter(|row| !row.is_empty());
    rows.map(|row| {
        let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(cells.len(), columns.len() + 1, "a name for each column and an amount: {row}");
        let mut line = SpendLine { amount: money(cells[columns.len()]), ..SpendLine::default() };
        for (&dimension, cell) in columns.iter().zip(&cells) {
            line.set(dimension, (*cell != "-").then(|| (*cell).to_owned()));
        }
        line
    })
    .collect()
}

/// A place of two agencies, two themes, a source and three lines, small enough to count by hand: £450.25.
pub(crate) fn small_place() -> Place {
    let source = Source {
        key: "book".to_owned(),
        title: "Budget book".to_owned(),
        publisher: "Small Town Council".to_owned(),
        file: "book.csv".to_owned(),
        ..Source::default()
    };
    let columns = [Dimension::Agency, Dimension::Theme, Dimension::Service, Dimension::Year];
    let mut lines = spend_lines(
        &columns,
        "Council  Early years   Nurseries  2024/25  300.00
         Health   Early years   Midwives   2024/25  100.00
         Council  Ageing well   Day care   2023/24   50.25",
    );
    for (row, line) in (2..).zip(&mut lines) {
        line.source = Some("book".to_owned());
        line.row = Some(row);
    }
    let agency = |name: &str, sector| Agency { name: name.to_owned(), short: None, sector: Some(sector) };
    let agencies = vec![agency("Council", Sector::LocalGovernment), agency("Health", Sector::Nhs)];
    let sources = vec![source];
    Place {
        name: "Small Town".to_owned(),
        ledger: Ledger::from_lines(&lines, &sources, &agencies).into(),
        agencies: agencies.into(),
        sources: sources.into(),
        ..Place::default()
    }
}

/// The dimensions that random ledgers have names in.
pub(crate) const RANDOM: [Dimension; 7] = [
    Dimension::Funder,
    Dimension::Agency,
    Dimension::Theme,
    Dimension::Service,
    Dimension::Supplier,
    Dimension::Year,
    Dimension::Evidence,
];

/// An amount of any size and sign, with fractions of a penny among them; zero is common.
pub(crate) fn any_amount() -> impl Strategy<Value = Money> {
    let largest = Money::LARGEST_LINE.units();
    prop_oneof![
        1 => Just(Money::ZERO),
        4 => (-100_000_i64..1_000_000).prop_map(Money::from_pence),
        3 => (-50_000_000_i128..500_000_000).prop_map(Money::from_units),
        1 => (-largest..=largest).prop_map(Money::from_units),
    ]
}

/// A ledger of up to `most` random lines, with credits, zeros, huge amounts and names not stated.
pub(crate) fn any_ledger(most: usize) -> impl Strategy<Value = Ledger> {
    let line = (any_amount(), prop::array::uniform7(prop::option::weighted(0.85, 0_u8..9)));
    prop::collection::vec(line, 0..=most).prop_map(|rows| {
        let lines: Vec<SpendLine> = rows
            .into_iter()
            .map(|(amount, names)| {
                let mut line = SpendLine { amount, ..SpendLine::default() };
                for (dimension, name) in RANDOM.into_iter().zip(names) {
                    line.set(dimension, name.map(|number| random_name(dimension, number)));
                }
                line
            })
            .collect();
        Ledger::from_lines(&lines, &[], &[])
    })
}

/// A name of the dimension's own kind: years are years, grades of evidence are grades.
fn random_name(dimension: Dimension, number: u8) -> String {
    match dimension {
        Dimension::Year => format!("20{:02}/{:02}", 20 + number % 3, 21 + number % 3),
        Dimension::Evidence => ["Actual", "Apportioned", "Estimated"][usize::from(number % 3)].to_owned(),
        _ => format!("{} {number}", dimension.title()),
    }
}

/// Some of [`RANDOM`], each once, in any order.
pub(crate) fn some_dimensions(least: usize, most: usize) -> impl Strategy<Value = Vec<Dimension>> {
    (Just(RANDOM.to_vec()).prop_shuffle(), least..=most).prop_map(|(mut dimensions, count)| {
        dimensions.truncate(count);
        dimensions
    })
}

/// Sums done the plain way, line by line, in ten-thousandths of a pound: names to amount and number of lines.
pub(crate) fn sums_by_hand<'a>(
    lines: impl IntoIterator<Item = LineView<'a>>,
    by: &[Dimension],
) -> BTreeMap<Vec<String>, (i128, u64)> {
    let mut sums = BTreeMap::new();
    for line in lines {
        let names = by.iter().map(|&dimension| line.name(dimension).to_owned()).collect();
        let (amount, count) = sums.entry(names).or_insert((0, 0));
        *amount += line.amount().units();
        *count += 1;
    }
    sums
}

/// Whether a line's name in a dimension is among these.
pub(crate) fn is_among(line: LineView<'_>, dimension: Dimension, ids: &[NameId]) -> bool {
    ids.contains(&line.name_id(dimension))
}
