//! Splits of a pool: each rule within what the partners' lines hold, and who cannot follow it.

use shadowpool::ledger::Filter;
use shadowpool::pool::{ChangeError, ScenarioChange, Split, SplitRule};

use super::support_pool::Checked as _;
use super::support_pool::{check_balance, contribution, ledger, percent, pounds, scenario, shares};

#[track_caller]
fn check_split(split: Split, right: &[(&str, &str)]) {
    let ledger = ledger(
        "Council | A | One   | - | 1000.00
         Health  | A | Two   | - | 500.00
         Police  | A | Three | - | 100.00",
    );
    let half = |partner| contribution(partner, Filter::default(), percent("50%"));
    let pool = scenario(vec![half("Council"), half("Health"), half("Police")], vec![]);
    let pool = ScenarioChange::SetSplit(Some(split)).apply(&pool, &ledger);
    let found: Vec<(String, String)> = match &pool {
        Ok(pool) => {
            let model = pool.model(&ledger);
            check_balance(&ledger, &model);
            assert_eq!(model.balance.into_pool, pounds("800.00"));
            model.positions.iter().map(|p| (p.agency.clone(), p.puts_in.to_string())).collect()
        }
        Err(error) => vec![("refused".into(), error.to_string())],
    };
    let right: Vec<(String, String)> = right.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
    assert_eq!(found, right);
}

#[test]
fn contributions_are_split_by_rule_within_what_the_lines_hold() {
    use SplitRule::{AsToday, Benefit, Equal, Fixed, Need, Population};
    let split = |rule, weights: &[(&str, &str)], locked: &[&str]| Split {
        rule,
        shares: shares(weights),
        locked: locked.iter().map(|name| (*name).to_owned()).collect(),
        ..Split::default()
    };
    let today = [("Council", "500.00"), ("Health", "250.00"), ("Police", "50.00")];
    check_split(split(AsToday, &[], &[]), &today);
    check_split(split(Benefit, &[], &[]), &today);
    check_split(
        split(Population, &[("Council", "3"), ("Health", "3"), ("Police", "1")], &[]),
        &[(
            "refused",
            "Split: By population (the pool): Police would put in £114.28, and the lines it offers hold £100.00; let it offer more lines, follow the rule as near as can be, lock it, or choose another rule",
        )],
    );
    check_split(
        split(Equal, &[], &["Police"]),
        &[("Council", "375.00"), ("Health", "375.00"), ("Police", "50.00")],
    );
    check_split(
        split(Need, &[("Council", "1.25"), ("Health", "1"), ("Police", "0.12")], &[]),
        &[("Council", "421.94"), ("Health", "337.55"), ("Police", "40.51")],
    );
    check_split(
        split(Fixed, &[("Council", "60"), ("Health", "35"), ("Police", "5")], &[]),
        &[("Council", "480.00"), ("Health", "280.00"), ("Police", "40.00")],
    );
    check_split(
        split(Fixed, &[("Council", "60"), ("Health", "35")], &[]),
        &[("refused", "Split: the fixed shares Council 60, Health 35 do not come to 100")],
    );
    check_split(
        split(Equal, &[("Police", "1")], &["Police"]),
        &[("refused", "Split: Police is locked and has a share; unlock it, or take its share out")],
    );
}

#[test]
fn those_who_cannot_put_in_their_share_can_be_locked_by_a_choice() {
    let ledger = ledger(
        "Council | A | One   | - | 1000.00
         Health  | A | Two   | - | 500.00
         Police  | A | Three | - | 100.00",
    );
    let half = |partner| contribution(partner, Filter::default(), percent("50%"));
    let pool = scenario(vec![half("Council"), half("Health"), half("Police")], vec![]);
    let choices = |split: Split| match ScenarioChange::SetSplit(Some(split)).apply(&pool, &ledger) {
        Err(ChangeError::Refused(finding)) => finding.choices,
        other => panic!("{other:?}"),
    };
    let equal = Split { rule: SplitRule::Equal, ..Split::default() };
    let put_in = |change: &ScenarioChange| {
        let model = change.apply(&pool, &ledger).unwrap().model(&ledger);
        check_balance(&ledger, &model);
        model.positions.iter().map(|position| position.puts_in.to_string()).collect::<Vec<_>>()
    };
    let [near, lock, new] = &choices(equal)[..] else { panic!("three choices") };
    assert_eq!(near.label(), "Follow it as near as can be");
    assert_eq!(
        put_in(near),
        ["350.00", "350.00", "100.00"],
        "Police puts in all it has, the others share the rest"
    );
    assert_eq!(lock.label(), "Lock Police at what it puts in today");
    assert_eq!(put_in(lock), ["375.00", "375.00", "50.00"]);
    assert_eq!(new.label(), "Add £275 of new money from Police, beside all its lines");
    assert_eq!(put_in(new), ["375.00", "375.00", "375.00"], "all alike, as the rule has it");

    let fixed = Split {
        rule: SplitRule::Fixed,
        shares: shares(&[("Council", "30"), ("Health", "30"), ("Police", "40")]),
        ..Split::default()
    };
    let [near, lock, new] = &choices(fixed)[..] else { panic!("three choices") };
    assert_eq!(put_in(near), ["350.00", "350.00", "100.00"]);
    assert_eq!(put_in(new), ["500.00", "375.00", "375.00"], "40, 30 and 30 of a hundred");
    let locked = lock.apply(&pool, &ledger).unwrap().split.unwrap();
    assert_eq!(locked.shares, shares(&[("Council", "50"), ("Health", "50")]));
    // Where all but one cannot, nothing is left to share out, and the rule is still followed as near as can be.
    let one = Split {
        rule: SplitRule::Need,
        shares: shares(&[("Council", "0"), ("Health", "1"), ("Police", "9")]),
        ..Split::default()
    };
    let [near, ..] = &choices(one)[..] else { panic!("some choice") };
    assert_eq!(near.label(), "Follow it as near as can be");
    put_in(near);
}

#[test]
fn a_rule_begins_with_what_is_known_of_those_who_are_not_locked() {
    let puts_in = [("Council", pounds("300.00")), ("Health", pounds("100.00")), ("Police", pounds("600.00"))];
    let people = |name: &str| (name == "Council").then_some(330_000);
    let begun = |rule| {
        let split = Split::begun(rule, vec!["Police".to_owned()], &puts_in, people);
        assert_eq!((split.rule, split.locked), (rule, vec!["Police".to_owned()]));
        split.shares.iter().map(|share| format!("{} {}", share.partner, share.weight)).collect::<Vec<_>>()
    };
    assert_eq!(begun(SplitRule::Need), ["Council 1", "Health 1"]);
    assert_eq!(begun(SplitRule::Population), ["Council 330000"]);
    assert_eq!(begun(SplitRule::Fixed), ["Council 75", "Health 25"]);
    assert_eq!(begun(SplitRule::AsToday), [""; 0]);
}
