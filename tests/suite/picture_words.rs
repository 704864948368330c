//! The picture in words: true to the lines at every filter, scenario and year, to those who may know who is who and to
//! those who may not.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use shadowpool::dimension::{Dimension, Names};
use shadowpool::flow::{FlowNode, Member};
use shadowpool::ledger::Ledger;
use shadowpool::money::{Money, in_short};
use shadowpool::place::{Command, Place};
use shadowpool::scene::{Audience, BlindPlace, Flows, PictureWords, flows_words, themes_words};

use super::sample_data::samples;
use super::support_ledgers::{any_ledger, small_place};

/// What lines come to by two dimensions, and how many there are, added line by line.
fn pairs(ledger: &Ledger, [from, into]: [Dimension; 2], passes: impl Fn(&str) -> bool) -> Pairs {
    let mut pairs = Pairs::new();
    for line in ledger.lines() {
        if passes(line.name(Dimension::Year)) {
            let pair = [from, into].map(|dimension| line.name(dimension).to_owned());
            let sum = pairs.entry(pair).or_default();
            *sum = (sum.0 + line.amount(), sum.1 + 1);
        }
    }
    pairs
}

type Pairs = BTreeMap<[String; 2], (Money, usize)>;

/// The list says the largest of these pairs, largest first, with what their lines come to and how many they are.
fn check(words: &PictureWords, pairs: &Pairs, between: &str) {
    let mut named: Vec<_> =
        pairs.iter().filter(|(names, _)| !names.iter().any(|name| Names::is_remainder(name))).collect();
    named.sort_by_key(|(_, (amount, _))| std::cmp::Reverse(amount.abs()));
    assert_eq!(words.largest.len(), named.len().min(5), "{words:?}");
    for (said, (_, (largest, _))) in words.largest.iter().zip(&named) {
        let is_it = |([from, into], (amount, lines)): &(&[String; 2], &(Money, usize))| {
            let begins = said.starts_with(&format!("{from} {between} {into}: {}", in_short(*amount)));
            let lines = if *lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            begins && said.ends_with(&lines) && amount.abs() == largest.abs()
        };
        assert!(named.iter().any(is_it), "{said} is not in {named:?}");
    }
    // No name is told twice.
    let told: std::collections::BTreeSet<&str> =
        words.largest.iter().filter_map(|said| said.split(": ").next()).collect();
    assert_eq!(told.len(), words.largest.len(), "{words:?}");
}

fn of_year(place: &Place, year: &str) -> Place {
    let mut place = place.clone();
    let filter = place.view.filter.clone();
    Arc::make_mut(&mut place.view).filter = filter.only(Dimension::Year, [year]);
    place
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_largest_is_what_its_lines_come_to(ledger in any_ledger(40)) {
        let place = Place { name: "Testshire".to_owned(), ledger: Arc::new(ledger), ..Place::default() };
        let years: Vec<String> =
            place.ledger.names(Dimension::Year).iter().map(|(_, name)| name.to_owned()).collect();
        for year in years {
            let place = of_year(&place, &year);
            let of = |pair| pairs(&place.ledger, pair, |of_line| of_line == year);
            let flows = Flows::of(&place, 2000.0);
            let drawn = |dimension: Dimension, name: &str| {
                let graph = &flows.graph;
                let is_it = |node: &FlowNode| graph.layers[node.layer] == dimension && &*node.name == name;
                graph.nodes.iter().any(|node| is_it(node) && matches!(node.member, Member::Name(_)))
            };
            let mut in_flows = of([Dimension::Agency, Dimension::Theme]);
            // What is folded is told as a fold.
            in_flows.retain(|[agency, theme], _| drawn(Dimension::Agency, agency) && drawn(Dimension::Theme, theme));
            check(&flows_words(&place, &flows, Audience::DESK), &in_flows, "to");
            check(&themes_words(&place, Audience::DESK), &of([Dimension::Agency, Dimension::Theme]), "on");
        }
    }
}

/// A place and each of its scenarios, as they are shown.
fn shown(place: &Place) -> Vec<Place> {
    let mut all = vec![place.without_scenario()];
    for scenario in place.scenarios.iter() {
        let mut shown = place.clone();
        Command::ShowScenario(Some(scenario.name.clone())).apply(&mut shown).unwrap();
        all.push(shown.modelled(&scenario.name).unwrap().0);
    }
    all
}

#[test]
fn every_sample_is_told_in_words_and_to_a_blind_room_without_names_and_amounts() {
    for (file, place) in samples() {
        for place in shown(&place) {
            let flows = Flows::of(&place, 700.0);
            let words = flows_words(&place, &flows, Audience::DESK);
            assert!(!words.largest.is_empty() && words.lines().len() > 3, "{file}: {words:?}");
            let hidden = BlindPlace::of(&place);
            let to = Audience::DESK.blind(true);
            let told = [
                flows_words(&hidden.place, &Flows::of(&hidden.place, 700.0), to),
                themes_words(&hidden.place, to),
            ];
            for words in told {
                for said in words.lines() {
                    let said = hidden.blind.say(&said);
                    assert!(!said.contains('£'), "{file}: {said}");
                    for agency in place.agencies.iter() {
                        let is_place = place.name.contains(&agency.name);
                        assert!(is_place || !said.contains(&agency.name), "{file}: {said}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_small_place_in_words() {
    let place = small_place();
    let words = flows_words(&place, &Flows::of(&place, 700.0), Audience::DESK);
    assert_eq!(
        words.lines(),
        [
            "Over 2 years, 2023/24 to 2024/25, 2 agencies spend £450.25 in Small Town, on 2 themes and 3 services.",
            "The 3 flows with a name at both ends, from agency to theme, with their shares of £450.25:",
            "1. Council to Early years: £300, 67%, 1 line.",
            "2. Health to Early years: £100, 22%, 1 line.",
            "3. Council to Ageing well: £50.25, 11%, 1 line.",
            "£450.25 states no funder.",
            "Nothing of it is said to be planned, apportioned, estimated or illustrative.",
            "This adds different things: figures of 2024/25 and 2023/24. Choose one.",
        ]
    );
}
