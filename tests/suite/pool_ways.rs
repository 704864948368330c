//! Ways on from whatever is refused of a scenario: each that is offered works, and none leads back.

use shadowpool::ledger::{Filter, Ledger};
use shadowpool::pool::{
    ChangeError, Commitment, Condition, Contribution, NewMoney, Portion, RingFence, RiskShare, Scenario,
    ScenarioChange, Split, SplitRule,
};

use super::support_pool::Checked as _;
use super::support_pool::{
    allocation, amount, check_balance, contribution, ledger, percent, pounds, scenario, shares, themed,
    to_theme,
};

fn place() -> Ledger {
    ledger(
        "Council | Early years | Nurseries | - | 300.00
         Council | Early years | Advice    | - | 100.00
         Council | Ageing well | Day care  | - | 200.00
         Health  | Early years | Midwives  | - | 100.00",
    )
}

/// The ways on from a change that is refused, with the scenarios they lead to.
#[track_caller]
fn ways(change: &ScenarioChange, pool: &Scenario) -> Vec<(String, Scenario)> {
    let ledger = place();
    let Err(ChangeError::Refused(finding)) = change.apply(pool, &ledger) else { panic!("it is refused") };
    let way = |way: &ScenarioChange| {
        let after = way.apply(pool, &ledger).unwrap_or_else(|error| panic!("{}: {error}", way.label()));
        assert_ne!(after, *pool, "{} leads back", way.label());
        let model = after.model(&ledger);
        check_balance(&ledger, &model);
        assert_eq!(model.broken().count(), 0, "{}", way.label());
        (way.label(), after)
    };
    finding.choices.iter().map(way).collect()
}

fn labels(ways: &[(String, Scenario)]) -> Vec<&str> {
    ways.iter().map(|(label, _)| label.as_str()).collect()
}

fn into_pool(scenario: &Scenario) -> String {
    scenario.model(&place()).balance.into_pool.to_string()
}

#[test]
fn two_contributions_that_take_more_than_there_is_of_a_line_fit_in_three_ways() {
    let pool = scenario(vec![contribution("Council", themed("Early years"), percent("60%"))], vec![]);
    let all = ScenarioChange::AddContribution(contribution("Council", Filter::default(), Portion::Whole));
    let ways_on = ways(&all, &pool);
    assert_eq!(
        labels(&ways_on),
        [
            "Put in 40% of them: as much as is left",
            "Leave out the lines of contribution 1",
            "Take out contribution 1"
        ]
    );
    let right = ["480.00", "440.00", "600.00"];
    assert_eq!(ways_on.iter().map(|(_, after)| into_pool(after)).collect::<Vec<_>>(), right);

    let sum =
        ScenarioChange::AddContribution(contribution("Council", themed("Early years"), amount("300.00")));
    let ways_on = ways(&sum, &pool);
    assert_eq!(
        labels(&ways_on),
        ["Put in £160 a year of them: as much as is left", "Take out contribution 1"]
    );
    assert_eq!(into_pool(&ways_on[0].1), "400.00");
}

#[test]
fn a_sum_beyond_its_lines_is_all_of_them_or_new_money_besides() {
    let sum = ScenarioChange::AddContribution(contribution("Health", Filter::default(), amount("150.00")));
    let ways_on = ways(&sum, &scenario(vec![], vec![]));
    assert_eq!(labels(&ways_on), ["Put in all of it, and £50.00 of new money", "Put in all of it"]);
    let right = ["150.00", "100.00"];
    assert_eq!(ways_on.iter().map(|(_, after)| into_pool(after)).collect::<Vec<_>>(), right);
}

#[test]
fn a_pool_that_asks_for_too_much_is_agreed_with_less_or_with_more_money() {
    let pool = scenario(
        vec![contribution("Council", themed("Early years"), Portion::Whole)],
        vec![
            allocation(Filter::default(), amount("300.00"), to_theme("Living well")),
            allocation(Filter::default(), amount("150.00"), to_theme("Ageing well")),
        ],
    );
    let ways_on = ways(&ScenarioChange::SetCommitment(0, Commitment::Agreed), &pool);
    assert_eq!(
        labels(&ways_on),
        ["Allocate £50 less: what the pool holds", "Add £50 of new money from Council, agreed"]
    );
    assert_eq!(ways_on[0].1.allocations[1].what, amount("100.00"));
    assert_eq!(into_pool(&ways_on[1].1), "450.00");
    for (label, after) in ways_on {
        assert!(after.is_agreed(), "{label}");
        assert_eq!(after.model(&place()).balance.over, pounds("0.00"), "{label}");
    }
}

#[test]
fn a_condition_that_stands_twice_takes_the_place_of_the_other() {
    let condition = |keeps: &str| Condition {
        partner: "Council".to_owned(),
        keeps: percent(keeps),
        of: Filter::default(),
        note: String::new(),
    };
    let council = contribution("Council", themed("Early years"), Portion::Whole);
    let pool = Scenario { conditions: vec![condition("90%")], ..scenario(vec![council], vec![]) };
    let twice = ScenarioChange::SetConditions(vec![condition("90%"), condition("50%")]);
    let ways_on = ways(&twice, &pool);
    // To take out the second again would only lead back.
    assert_eq!(labels(&ways_on), ["Take out condition 1"]);
    assert_eq!(ways_on[0].1.conditions, [condition("50%")]);
}

#[test]
fn every_part_that_is_left_out_has_a_way_on() {
    let wrong = Scenario {
        pool: String::new(),
        host: Some("Nobody at all".to_owned()),
        years: vec!["2030/31".parse().unwrap()],
        new_money: vec![NewMoney { partner: "Council".to_owned(), ..NewMoney::default() }],
        split: Some(Split {
            rule: SplitRule::Fixed,
            shares: shares(&[("Council", "30"), ("Council", "20"), ("Health", "10")]),
            locked: vec!["Health".to_owned()],
            ..Split::default()
        }),
        ring_fences: vec![RingFence {
            name: "A grant that is not there".to_owned(),
            allows: themed("Early years"),
            note: String::new(),
        }],
        conditions: vec![Condition {
            partner: "Xyz".to_owned(),
            keeps: percent("150%"),
            of: Filter::default(),
            note: String::new(),
        }],
        risk_share: RiskShare::Capped { caps: Vec::new(), beyond: Some("Xyz".to_owned()) },
        ..scenario(
            vec![
                contribution("Council", themed("Quantum"), percent("150%")),
                contribution("Qqq", Filter::default(), amount("-5.00")),
                Contribution { partner: "Council".to_owned(), ..Contribution::default() },
            ],
            vec![
                allocation(themed("Quantum"), percent("50%"), to_theme("Early years")),
                allocation(Filter::default(), percent("500%"), to_theme("Early years")),
            ],
        )
    };
    let ledger = place();
    let model = wrong.model(&ledger);
    assert!(model.broken().count() >= 12, "{:#?}", model.findings);
    for finding in model.broken() {
        let is_mended = |choice: &ScenarioChange| {
            let after = choice.tried(&wrong).unwrap().model(&ledger);
            !after.broken().any(|other| other.message == finding.message && other.part == finding.part)
        };
        assert!(finding.choices.iter().any(is_mended), "{finding}: {:#?}", finding.choices);
    }
}
