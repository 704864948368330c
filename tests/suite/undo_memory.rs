//! What undo takes of memory: what a step changes, and no more.

use std::collections::BTreeMap;
use std::sync::Arc;

use shadowpool::agree::{OneName, Pattern, Rule, Test, TestedField};
use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Filter, Ledger, LineColumn, Source};
use shadowpool::place::{Addition, Command, Decision, History, Place, put_in_pool, write_place};
use shadowpool::pool::PoolingTerms;

use crate::sample_data::sample;
use crate::support_memory::{passes_alone, resident};

/// So many suppliers, as a county has.
const SUPPLIERS: u32 = 2_000;

/// A place of many lines: two agencies, of which one pays the other, services, suppliers, and a rule for their themes.
fn many_lines(count: u32) -> History {
    let mut builder = Ledger::builder();
    let mut source = |key: &str| builder.add_source(Source { key: key.to_owned(), ..Source::default() });
    let sources = [source("council"), source("health")];
    let mut name = |dimension: Dimension, name: &str| builder.names_mut(dimension).add(name).0;
    let agencies = [name(Dimension::Agency, "Council"), name(Dimension::Agency, "Health")];
    let services: Vec<u32> = (0..40).map(|at| name(Dimension::Service, &format!("Service {at}"))).collect();
    let mut suppliers: Vec<u32> =
        (1..SUPPLIERS).map(|at| name(Dimension::Supplier, &format!("Supplier {at}"))).collect();
    suppliers.push(name(Dimension::Supplier, "Health"));
    let amounts: Vec<i64> = (0..i64::from(count)).map(|line| 10_000 + line % 977).collect();
    builder.push_amounts(&amounts);
    for dimension in Dimension::ALL {
        let (column, line) = (LineColumn::Dimension(dimension), 0..count);
        match dimension {
            Dimension::Agency => {
                builder.extend(column, 2, line.map(|line| agencies[usize::from(line % 7 == 0)]));
            }
            Dimension::Service => builder.extend(column, 40, line.map(|line| services[(line % 40) as usize])),
            Dimension::Supplier => {
                builder.extend(column, SUPPLIERS, line.map(|line| suppliers[(line % SUPPLIERS) as usize]));
            }
            _ => builder.extend_same(column, 0, count as usize),
        }
    }
    builder.extend_same(LineColumn::Description, 0, count as usize);
    builder.extend_same(LineColumn::Date, 0, count as usize);
    builder.extend(LineColumn::Row, count, 1..=count);
    builder.extend_source(Some(sources[0]), count as usize / 2);
    builder.extend_source(Some(sources[1]), count as usize - count as usize / 2);
    let mut history = History::new(Place::default());
    let addition =
        Addition { title: "spending".to_owned(), ledger: Arc::new(builder.finish()), ..Addition::default() };
    history.execute(&Command::AddLines(Arc::new(addition))).unwrap();
    let rule = Rule {
        dimension: Dimension::Theme,
        name: "Homes".to_owned(),
        when: vec![Test {
            asked: TestedField::Dimension(Dimension::Service),
            is: Pattern::Equals(vec!["Service 3".to_owned()]),
        }],
        reason: String::new(),
    };
    history.execute(&Command::Decide(Box::new(Decision::AddRule { at: 0, rule }))).unwrap();
    history
}

fn merge(number: u32) -> Command {
    let (name, also) = (format!("Supplier {number}"), vec![format!("Supplier {}", number + 1)]);
    let one = OneName { dimension: Dimension::Supplier, name, also };
    Command::Decide(Box::new(Decision::OneName(one)))
}

/// What one more name that is merged takes, bytes, where others were merged before.
fn bytes_of_a_merge(history: &mut History, number: u32) -> usize {
    let before = history.bytes();
    history.execute(&merge(number)).unwrap();
    history.bytes() - before
}

#[test]
fn a_name_given_to_many_lines_takes_what_a_table_of_names_takes() {
    let bytes: Vec<usize> = [20_000, 120_000]
        .into_iter()
        .map(|count| {
            let mut history = many_lines(count);
            assert!(!history.place().transferred().is_empty(), "what is paid to Health is counted once");
            bytes_of_a_merge(&mut history, 1);
            bytes_of_a_merge(&mut history, 5)
        })
        .collect();
    // Suppliers are not told apart in the sums, which stay as they are: a table of four bytes a name, in all lines and
    // in those that are counted, and a few words.
    assert!(bytes[1] < 64 << 10, "{bytes:?}");
    assert!(bytes[1].abs_diff(bytes[0]) < 1 << 10, "however many lines there are: {bytes:?}");
}

#[test]
fn what_shares_its_columns_has_the_names_that_were_decided_and_undo_the_ones_before() {
    let mut history = many_lines(5_000);
    let totals = |history: &History| {
        let place = history.place();
        let totals =
            shadowpool::ledger::Totals::of(&place.ledger, &Filter::default(), &[Dimension::Supplier]);
        totals.rows.into_iter().map(|row| (row.names, row.amount)).collect::<Vec<_>>()
    };
    let before = totals(&history);
    history.execute(&merge(1)).unwrap();
    let after = totals(&history);
    assert_eq!(before.len(), after.len() + 1);
    let sum = |rows: &[(Vec<String>, shadowpool::money::Money)], names: &[&str]| {
        let of = rows.iter().filter(|(name, _)| names.contains(&name[0].as_str()));
        of.map(|(_, amount)| *amount).sum::<shadowpool::money::Money>()
    };
    assert_eq!(sum(&after, &["Supplier 1"]), sum(&before, &["Supplier 1", "Supplier 2"]));
    history.undo();
    assert_eq!(totals(&history), before);
}

#[test]
fn a_node_of_all_lines_in_a_pool_takes_a_few_bytes_a_line() {
    let history = many_lines(120_000);
    let place = history.place();
    let pooled = put_in_pool(place, &Filter::default(), "everything", PoolingTerms::Pooled).unwrap();
    let mut after = place.clone();
    pooled.apply(&mut after).unwrap();
    let modelled = after.modelled(&after.scenarios[0].name).unwrap().0;
    let parts = |ledger: &Ledger| {
        let mut parts = BTreeMap::new();
        ledger.parts(&mut |address, bytes| {
            parts.insert(address, bytes());
        });
        parts
    };
    let shared = parts(&place.ledger);
    let own: usize = parts(&modelled.ledger)
        .into_iter()
        .filter(|(address, _)| !shared.contains_key(address))
        .map(|part| part.1)
        .sum();
    // The pool, how firmly it is meant and how it is held: a byte each, where all columns take some thirty.
    assert!(own < 6 * place.ledger.len(), "{own} bytes for {} lines", place.ledger.len());
}

#[test]
fn on_a_sample_a_thousand_steps_can_be_undone() {
    let place = sample("west-cheshire.ron");
    let first = write_place(&place);
    let years: Vec<String> =
        place.ledger.names(Dimension::Year).iter().skip(1).map(|(_, year)| year.to_owned()).collect();
    let mut history = History::new(place);
    for step in 0..1_000 {
        let year = &years[step % years.len()];
        let command = match step % 3 {
            0 => Command::Rename(format!("Town {step}")),
            1 => Command::SetFilter(Filter::default().only(Dimension::Year, [year.as_str()])),
            _ => merge(step as u32),
        };
        history.execute(&command).unwrap();
    }
    assert_eq!((history.done(), history.given_up()), (1_000, 0));
    while history.undo().is_some() {}
    assert_eq!(write_place(history.place()), first);
}

/// Run alone, by the test below: the memory of a process is that of all its tests.
#[test]
#[ignore = "it looks at the memory of its process, and is run in one of its own"]
fn steps_take_the_memory_that_they_say() {
    let mut history = many_lines(200_000);
    bytes_of_a_merge(&mut history, 1);
    let (before, said_before) = (resident().unwrap(), history.bytes());
    for number in 2..22 {
        history.execute(&merge(number * 2)).unwrap();
    }
    let (taken, said) = (resident().unwrap().saturating_sub(before), history.bytes() - said_before);
    // Without sharing it was some thirty bytes a line and step, a hundred megabytes.
    assert!(taken < 24 << 20, "{taken} bytes are taken, {said} are said");
}

#[test]
fn the_system_agrees_with_what_steps_say_of_their_memory() {
    passes_alone("undo_memory::steps_take_the_memory_that_they_say");
}
