//! Two versions of a place and the one that both were made from: what nobody changed twice is put together.

use proptest::prelude::*;
use shadowpool::appraisal::{Appraisal, CostLine};
use shadowpool::ledger::{Ledger, SpendLine};
use shadowpool::place::{Command, Place, PlaceMerge, differences, merge, write_place};
use shadowpool::pool::{Contribution, NewMoney, Outturn, OutturnOf, Scenario};

use crate::support_ledgers::{any_ledger, money, small_place};

fn after(place: &Place, commands: &[Command]) -> Place {
    let mut place = place.clone();
    for command in commands {
        command.apply(&mut place).unwrap();
    }
    place
}

fn rename(name: &str) -> Command {
    Command::Rename(name.to_owned())
}

fn scenario(name: &str, pool: &str) -> Command {
    let scenario = Scenario { name: name.to_owned(), pool: pool.to_owned(), ..Scenario::default() };
    Command::AddScenario(Box::new(scenario))
}

/// The parts that were changed, each with what they and I did to it.
fn said(merge: &PlaceMerge) -> Vec<String> {
    let said = |change: &shadowpool::place::PartChange| {
        let both = if change.is_conflict { "! " } else { "" };
        format!("{both}{}: {} / {}", change.part, change.theirs, change.mine)
    };
    merge.changes.iter().map(said).collect()
}

#[test]
fn different_parts_are_put_together() {
    let base = small_place();
    let theirs = after(&base, &[rename("Their Town"), scenario("A", "Pool A")]);
    let mine = after(&base, &[scenario("B", "Pool B")]);
    let merge = merge(&base, &theirs, &mine);
    assert_eq!(said(&merge), ["Name: changed / ", "Scenarios: 1 added / 1 added"]);
    assert_eq!(merge.words(), "2 parts changed, none by both");
    let merged = merge.merged.unwrap();
    assert_eq!(merged.name, "Their Town");
    let scenarios: Vec<&str> = merged.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    assert_eq!(scenarios, ["B", "A"]);
}

#[test]
fn a_part_that_both_changed_is_named_and_nothing_is_merged() {
    let base = small_place();
    let theirs = after(&base, &[rename("Their Town"), scenario("A", "Pool A")]);
    let mine = after(&base, &[rename("My Town"), scenario("A", "Pool of mine")]);
    let merge = merge(&base, &theirs, &mine);
    assert_eq!(
        said(&merge),
        ["! Name: changed / changed", "Scenarios: 1 added / 1 added", "! Scenarios: A: added / added"]
    );
    assert!(merge.merged.is_none());
}

/// A place with one scenario, to which two partners put in all they have.
fn with_scenario(change: impl Fn(&mut Scenario)) -> Place {
    let puts_in = |partner: &str| Contribution { partner: partner.to_owned(), ..Contribution::default() };
    let mut scenario = Scenario {
        name: "A".to_owned(),
        pool: "Pool".to_owned(),
        contributions: vec![puts_in("Council"), puts_in("Trust")],
        ..Scenario::default()
    };
    change(&mut scenario);
    let mut place = small_place();
    place.scenarios = vec![scenario].into();
    place
}

#[test]
fn a_scenario_is_put_together_partner_by_partner() {
    let base = with_scenario(|_| {});
    let theirs = with_scenario(|scenario| {
        scenario.contributions[1].note = "Agreed in May".to_owned();
        scenario.notes = "Theirs".to_owned();
    });
    let mine = with_scenario(|scenario| {
        scenario.contributions[0].in_kind = true;
        scenario.new_money.push(NewMoney {
            partner: "Trust".to_owned(),
            amount: money("5"),
            ..NewMoney::default()
        });
    });
    let merged = merge(&base, &theirs, &mine).merged.unwrap();
    let scenario = &merged.scenarios[0];
    let partners = scenario.contributions.iter();
    let said: Vec<_> =
        partners.map(|puts_in| (puts_in.partner.as_str(), puts_in.in_kind, puts_in.note.as_str())).collect();
    assert_eq!(said, [("Council", true, ""), ("Trust", false, "Agreed in May")]);
    assert_eq!(scenario.notes, "Theirs");
    assert_eq!(scenario.new_money.len(), 1);
    let other = merge(&base, &mine, &theirs).merged.unwrap();
    assert_eq!(other.scenarios[0], *scenario);
}

#[test]
fn an_appraisal_is_put_together_part_by_part() {
    let pays = |partner: &str| CostLine { partner: partner.to_owned(), ..CostLine::default() };
    let with = |change: &dyn Fn(&mut Appraisal)| {
        let mut appraisal =
            Appraisal { name: "A".to_owned(), costs: vec![pays("Council")], ..Appraisal::default() };
        change(&mut appraisal);
        Place { appraisals: vec![appraisal].into(), ..small_place() }
    };
    let base = with(&|_| {});
    let theirs = with(&|appraisal| appraisal.costs.push(pays("Trust")));
    let mine = with(&|appraisal| appraisal.prices = "Cash".to_owned());
    let merged = merge(&base, &theirs, &mine).merged.unwrap();
    assert_eq!((merged.appraisals[0].costs.len(), &*merged.appraisals[0].prices), (2, "Cash"));
    let other = with(&|appraisal| appraisal.prices = "2024/25 prices".to_owned());
    let clash = merge(&base, &other, &mine);
    let conflicts: Vec<&str> = clash.conflicts().map(|change| change.part.as_str()).collect();
    assert_eq!(conflicts, ["Appraisals: A: the price base"]);
}

#[test]
fn two_enter_outturns_of_two_partners_and_both_stand() {
    let spent = |partner: &str, amount: &str| Outturn {
        of: OutturnOf::Partner(partner.to_owned()),
        spent: money(amount),
    };
    let base = with_scenario(|_| {});
    let theirs = with_scenario(|scenario| scenario.outturn.push(spent("Council", "5")));
    let mine = with_scenario(|scenario| scenario.outturn.push(spent("Trust", "7")));
    let merged = merge(&base, &theirs, &mine).merged.unwrap();
    assert_eq!(merged.scenarios[0].outturn.len(), 2);
    let other = with_scenario(|scenario| scenario.outturn.push(spent("Council", "6")));
    let clash = merge(&base, &theirs, &other);
    let conflicts: Vec<&str> = clash.conflicts().map(|change| change.part.as_str()).collect();
    assert_eq!(conflicts, ["Scenarios: A: outturn: Council"]);
}

#[test]
fn what_both_changed_of_one_partner_is_a_conflict_that_names_it() {
    let base = with_scenario(|_| {});
    let theirs = with_scenario(|scenario| scenario.contributions[0].note = "Theirs".to_owned());
    let mine = with_scenario(|scenario| {
        let more = scenario.contributions[0].clone();
        scenario.contributions.push(more);
        scenario.notes = "Mine".to_owned();
    });
    let merge = merge(&base, &theirs, &mine);
    let conflicts: Vec<&str> = merge.conflicts().map(|change| change.part.as_str()).collect();
    assert_eq!(conflicts, ["Scenarios: A: contributions: Council"]);
    assert!(merge.merged.is_none());
}

#[test]
fn lines_are_merged_by_their_sources() {
    let base = small_place();
    // They have read the book again, and one line is dearer; I have added a line of my own.
    let mut lines: Vec<SpendLine> = base.ledger.lines().map(|line| line.to_spend_line()).collect();
    lines[0].amount = money("310.00");
    let theirs =
        Place { ledger: Ledger::from_lines(&lines, &base.sources, &base.agencies).into(), ..base.clone() };
    let mut lines: Vec<SpendLine> = base.ledger.lines().map(|line| line.to_spend_line()).collect();
    lines.push(SpendLine {
        amount: money("5.00"),
        agency: Some("Health".to_owned()),
        ..SpendLine::default()
    });
    let mine =
        Place { ledger: Ledger::from_lines(&lines, &base.sources, &base.agencies).into(), ..base.clone() };
    let both = merge(&base, &theirs, &mine);
    assert_eq!(
        said(&both),
        [
            "Lines of no source:  / 1 line added (£5.00)",
            "Lines of book: 1 line added (£310.00), 1 line taken out (£300.00) / "
        ]
    );
    assert_eq!(both.merged.unwrap().ledger.total(), money("465.25"));
    // The same lines changed in two ways cannot be.
    lines.remove(3);
    lines[0].amount = money("320.00");
    let mine =
        Place { ledger: Ledger::from_lines(&lines, &base.sources, &base.agencies).into(), ..base.clone() };
    let clash = merge(&base, &theirs, &mine);
    assert!(clash.merged.is_none());
    assert_eq!(clash.conflicts().count(), 1);
}

#[test]
fn a_place_differs_from_itself_in_nothing() {
    assert_eq!(differences(&small_place(), &small_place()), []);
}

/// A version of the small place: some parts changed, perhaps lines of a source of its own added.
fn any_version(who: &'static str) -> impl Strategy<Value = Place> {
    let parts = (any::<bool>(), any::<bool>(), any::<bool>(), prop::option::of(any_ledger(6)));
    parts.prop_map(move |(renames, tells, adds, lines)| {
        let mut place = small_place();
        if renames {
            place.name = format!("{who} Town");
        }
        if tells {
            place.about = format!("As {who} see it");
        }
        if adds {
            place = after(&place, &[scenario(who, "Pool")]);
        }
        if let Some(lines) = lines {
            let mut all: Vec<SpendLine> = place.ledger.lines().map(|line| line.to_spend_line()).collect();
            let source = shadowpool::ledger::Source { key: who.to_owned(), ..Default::default() };
            let mut sources = place.sources.to_vec();
            sources.push(source);
            all.extend(lines.lines().map(|line| SpendLine {
                agency: Some("Council".to_owned()),
                sector: None,
                source: Some(who.to_owned()),
                ..line.to_spend_line()
            }));
            place.ledger = Ledger::from_lines(&all, &sources, &place.agencies).into();
            place.sources = sources.into();
        }
        place
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_one_side_alone_has_changed_is_what_comes_of_it(version in any_version("One")) {
        let base = small_place();
        for (theirs, mine) in [(&version, &base), (&base, &version), (&version, &version)] {
            let merged = merge(&base, theirs, mine).merged.expect("one change is no conflict");
            prop_assert_eq!(write_place(&merged), write_place(&version));
        }
    }

    #[test]
    fn both_sides_come_to_the_same_and_every_penny_is_there(
        theirs in any_version("They"),
        mine in any_version("I"),
    ) {
        let base = small_place();
        let (one, other) = (merge(&base, &theirs, &mine), merge(&base, &mine, &theirs));
        prop_assert_eq!(one.conflicts().count(), other.conflicts().count());
        let clashes = usize::from(theirs.name != base.name && mine.name != base.name)
            + usize::from(!theirs.about.is_empty() && !mine.about.is_empty());
        prop_assert_eq!(one.conflicts().count(), clashes);
        if let (Some(one), Some(other)) = (one.merged, other.merged) {
            let total = |place: &Place| place.ledger.total();
            prop_assert_eq!(total(&one) + total(&base), total(&theirs) + total(&mine));
            prop_assert_eq!(total(&one), total(&other));
            prop_assert_eq!(one.ledger.len(), other.ledger.len());
            let text = write_place(&one);
            prop_assert_eq!(write_place(&shadowpool::place::read_place(&text).unwrap()), text);
        }
    }
}
