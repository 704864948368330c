//! Scenarios of the samples, and one of a large place.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Filter, Ledger, SpendLine};
use shadowpool::money::Money;
use shadowpool::place::{Command, CommandError, Compared, Comparison, History, Place, read_place};
use shadowpool::pool::{ChangeError, Lines, ScenarioChange, Split, SplitRule};

use super::support_pool::{allocation, check_balance, contribution, percent, scenario, themed, to_service};

fn samples() -> impl Iterator<Item = (String, Place)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "ron")).map(|file| {
        let place = read_place(&fs::read_to_string(&file).unwrap()).unwrap();
        (file.file_name().unwrap().to_string_lossy().into_owned(), place)
    })
}

#[test]
fn every_scenario_of_the_samples_holds_together() {
    for (file, place) in samples() {
        for scenario in place.scenarios.iter() {
            let model = scenario.model(&place.ledger);
            check_balance(&place.ledger, &model);
            let broken: Vec<String> = model.broken().map(ToString::to_string).collect();
            assert_eq!(broken, Vec::<String>::new(), "{file}: {}", scenario.name);
            assert!(model.balance.into_pool.is_positive(), "{file}: {}", scenario.name);
            assert!(!scenario.notes.is_empty(), "{file}: {} says nothing of itself", scenario.name);
            assert!(!scenario.is_agreed(), "{file}: a sample agrees to nothing");
        }
    }
}

#[test]
fn sixty_partners_and_sixty_thousand_lines_add_up() {
    let partner = |index: usize| format!("Partner {index}");
    let lines: Vec<SpendLine> = (0..60_000)
        .map(|index| SpendLine {
            amount: Money::from_pence(100_000 + (index as i64 * 7919) % 1_000_003),
            year: Some("2024/25".into()),
            agency: Some(partner(index % 60)),
            theme: Some(format!("Theme {}", index % 11)),
            service: Some(format!("Service {}", index % 3000)),
            ..SpendLine::default()
        })
        .collect();
    let ledger = Ledger::from_lines(&lines, &[], &[]);
    let contributions = (0..60)
        .map(|index| contribution(&partner(index), themed(&format!("Theme {}", index % 11)), percent("40%")));
    let pool = scenario(
        contributions.collect(),
        vec![allocation(Filter::default(), percent("10%"), to_service("Service 7"))],
    );
    let model = pool.model(&ledger);
    assert_eq!(model.findings, []);
    check_balance(&ledger, &model);
}

#[test]
fn a_scenario_of_another_year_brings_its_year_and_undo_takes_it_back() {
    let mut shown = 0;
    for (file, place) in samples() {
        for scenario in place.scenarios.iter().filter(|scenario| !scenario.years.is_empty()) {
            let years: Vec<String> = scenario.years.iter().map(ToString::to_string).collect();
            let mut other = place.clone();
            Arc::make_mut(&mut other.view).filter.set_only(Dimension::Year, ["1999/00".to_owned()].into());
            let mut history = History::new(other);
            history.execute(&Command::ShowScenario(Some(scenario.name.clone()))).unwrap();
            let names = history.place().view.filter.names(Dimension::Year).cloned().unwrap_or_default();
            assert_eq!(names.iter().max(), years.iter().max(), "{file}: {}", scenario.name);
            history.undo().expect("a step to take back");
            assert!(history.place().view.filter.names(Dimension::Year).unwrap().contains("1999/00"));
            shown += 1;
        }
    }
    assert!(shown > 0, "some scenario says its years");
}

#[test]
fn a_scenario_that_names_years_only_in_what_it_puts_in_brings_them_too() {
    let (_, mut place) = samples().find(|(_, place)| !place.scenarios.is_empty()).unwrap();
    let scenario = &mut Arc::make_mut(&mut place.scenarios)[0];
    scenario.years.clear();
    scenario.new_money.clear();
    for contribution in &mut scenario.contributions {
        let mut filter = Filter::default();
        filter.set_only(Dimension::Year, ["2012/13".to_owned(), "2013/14".to_owned()].into());
        contribution.lines = Lines::Where(filter);
    }
    let name = scenario.name.clone();
    let shown_year = |mut place: Place| {
        Arc::make_mut(&mut place.view).filter.set_only(Dimension::Year, ["1999/00".to_owned()].into());
        Command::ShowScenario(Some(name.clone())).apply(&mut place).unwrap();
        place.view.filter.names(Dimension::Year).cloned().unwrap_or_default().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(shown_year(place.clone()), ["2013/14"]);
    // One that puts in money of any year is about every year.
    Arc::make_mut(&mut place.scenarios)[0].contributions[0].lines = Lines::default();
    assert_eq!(shown_year(place), ["1999/00"]);
}

#[test]
fn a_baseline_beside_a_scenario_of_another_year_is_seen_in_that_year() {
    let mut compared = 0;
    for (file, place) in samples() {
        for scenario in place.scenarios.iter().filter(|scenario| !scenario.years.is_empty()) {
            let mut other = place.without_scenario();
            Arc::make_mut(&mut other.view).filter.set_only(Dimension::Year, ["1999/00".to_owned()].into());
            let beside = Comparison { with: Some(scenario.name.clone()), shows: Compared::Difference };
            Command::Compare(Some(beside)).apply(&mut other).unwrap();
            let newest = scenario.years.iter().map(ToString::to_string).max();
            let names = other.view.filter.names(Dimension::Year).cloned().unwrap_or_default();
            assert_eq!(names.into_iter().max(), newest, "{file}: {}", scenario.name);
            compared += 1;
        }
    }
    assert!(compared > 0, "some scenario says its years");
}

/// The same change, or the first way on that is offered where it is refused, and so on; how many times it was refused.
fn by_the_first_way(place: &Place, scenario: &str, change: ScenarioChange) -> (History, usize) {
    let mut history = History::new(place.clone());
    let mut change = change;
    for refused in 0..4 {
        let command = Command::ChangeScenario(scenario.to_owned(), Box::new(change.clone()));
        match history.execute(&command) {
            Ok(()) => return (history, refused),
            Err(CommandError::Scenario(ChangeError::Refused(finding))) => {
                let way = finding.choices.first().cloned();
                change =
                    way.unwrap_or_else(|| panic!("{scenario}: {} and there is no way on", finding.message));
            }
            Err(error) => panic!("{scenario}: {error}"),
        }
    }
    panic!("{scenario}: refused without an end: {change:?}")
}

#[test]
fn every_rule_of_who_puts_in_ends_somewhere_and_every_way_that_is_offered_works() {
    let mut refusals = 0;
    for (file, place) in samples() {
        for scenario in place.scenarios.iter() {
            let model = scenario.model(&place.ledger);
            let mut partners: Vec<&str> =
                scenario.contributions.iter().map(|contribution| contribution.partner.as_str()).collect();
            partners.sort_unstable();
            partners.dedup();
            let puts_in = |name: &str| {
                let own = model.positions.iter().find(|position| position.agency == name);
                own.map_or(Money::ZERO, |position| position.puts_in)
            };
            let today: Vec<(&str, Money)> = partners.iter().map(|name| (*name, puts_in(name))).collect();
            for rule in SplitRule::ALL {
                let split = Split::begun(rule, Vec::new(), &today, |partner| place.people_of(partner));
                // Where a number lacks, the window offers to lock.
                let change =
                    split.with_lacking_mended(&partners).unwrap_or(ScenarioChange::SetSplit(Some(split)));
                let (history, refused) = by_the_first_way(&place, &scenario.name, change.clone());
                assert!(
                    refused < 2,
                    "{file}: {}: {}: a way that was offered was refused",
                    scenario.name,
                    rule.name()
                );
                refusals += refused;
                let after = history.place().scenario(&scenario.name).unwrap();
                let after = after.model(&history.place().ledger);
                check_balance(&history.place().ledger, &after);
                assert_eq!(after.broken().count(), 0, "{file}: {}: {}", scenario.name, rule.name());
                let command = Command::ChangeScenario(scenario.name.clone(), Box::new(change));
                let mut again = place.clone();
                if let Err(CommandError::Scenario(ChangeError::Refused(finding))) = command.apply(&mut again)
                {
                    for way in finding.choices {
                        let (_, refused) = by_the_first_way(&place, &scenario.name, way.clone());
                        assert_eq!(refused, 0, "{file}: {}: {}", scenario.name, way.label());
                    }
                }
            }
        }
    }
    assert!(refusals > 0, "some sample refuses some rule");
}
