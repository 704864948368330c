//! Risk shares: who pays an overspend, to the penny, and what contradicts itself.

use shadowpool::dimension::Dimension;
use shadowpool::ledger::Filter;
use shadowpool::money::Percent;
use shadowpool::pool::{
    Arrangement, BandShare, Cap, FindingSeverity, LineRisk, LineShare, Outturn, OutturnOf, PartnerShare,
    Portion, RiskBand, RiskShare, RiskStep, Scenario, ScenarioChange, ScenarioPart,
};

use super::support::small_place;
use super::support_pool::{Checked as _, check_bills_of};
use super::support_pool::{
    allocation, amount, check_finding, contribution, ledger, percent, pounds, scenario, to_theme,
};

#[track_caller]
fn check_bills(rule: RiskShare, overspend: &str, right: &[(&str, &str)]) {
    let ledger = ledger(
        "Council | A | Care    | - | 600.00
         Health  | A | Nursing | - | 300.00
         Police  | A | Beat    | - | 100.00",
    );
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let pool = Scenario {
        host: Some("Council".into()),
        arrangement: Arrangement::Pooled,
        ..scenario(
            vec![whole("Council"), whole("Health"), whole("Police")],
            vec![allocation(Filter::default(), amount("50.00"), to_theme("Unallocated"))],
        )
    };
    let pool = ScenarioChange::SetRiskShare(rule).apply(&pool, &ledger).unwrap();
    check_bills_of(&pool, &ledger, overspend, right);
}

#[test]
fn an_overspend_is_paid_as_the_agreement_says_and_the_bills_add_up() {
    let share = |partner: &str, percent: &str| PartnerShare {
        partner: partner.into(),
        share: percent.parse().unwrap(),
    };
    check_bills(
        RiskShare::Proportional,
        "80.00",
        &[("Council", "48.00"), ("Health", "24.00"), ("Police", "8.00")],
    );
    check_bills(RiskShare::Proportional, "0.01", &[("Council", "0.01")]);
    check_bills(
        RiskShare::Proportional,
        "-80.00",
        &[("Council", "-48.00"), ("Health", "-24.00"), ("Police", "-8.00")],
    );
    // 5% of everyone's money waits, so each is responsible for 95% of what it put in.
    check_bills(
        RiskShare::OwnRisk,
        "95.00",
        &[("Council", "57.00"), ("Health", "28.50"), ("Police", "9.50")],
    );
    check_bills(
        RiskShare::PerLine(vec![
            LineRisk { theme: None, service: Some("Care".into()), share: LineShare::Fixed("Council".into()) },
            LineRisk {
                theme: Some("A".into()),
                service: Some("Nursing".into()),
                share: LineShare::Variable(vec![share("Council", "50%"), share("Health", "50%")]),
            },
        ]),
        "100.00",
        &[("Council", "81.00"), ("Health", "18.00"), ("Police", "1.00")],
    );
    check_bills(
        RiskShare::Capped {
            caps: vec![Cap { partner: "Police".into(), most: amount("5.00") }],
            beyond: None,
        },
        "80.00",
        &[("Council", "50.00"), ("Health", "25.00"), ("Police", "5.00")],
    );
    // 100, of which Health pays 6 and Police 5; what is beyond falls to whoever is named, or without a cap.
    let capped = |beyond: Option<&str>| RiskShare::Capped {
        caps: vec![
            Cap { partner: "Health".into(), most: percent("2%") },
            Cap { partner: "Police".into(), most: amount("5.00") },
        ],
        beyond: beyond.map(str::to_owned),
    };
    check_bills(capped(None), "100.00", &[("Council", "89.00"), ("Health", "6.00"), ("Police", "5.00")]);
    check_bills(
        capped(Some("Police")),
        "100.00",
        &[("Council", "60.00"), ("Police", "34.00"), ("Health", "6.00")],
    );
    let everybody =
        ["Council", "Health", "Police"].map(|partner| Cap { partner: partner.into(), most: percent("1%") });
    check_bills(
        RiskShare::Capped { caps: everybody.to_vec(), beyond: None },
        "100.00",
        &[("Council", "96.00"), ("Health", "3.00"), ("Police", "1.00")],
    );
    check_bills(
        RiskShare::Banded(vec![
            RiskBand { up_to: "2%".parse().ok(), share: BandShare::Partner("Health".into()) },
            RiskBand { up_to: "5%".parse().ok(), share: BandShare::Proportional },
            RiskBand {
                up_to: None,
                share: BandShare::Shares(vec![share("Council", "70%"), share("Police", "30%")]),
            },
        ]),
        "80.00",
        &[("Council", "39.00"), ("Health", "29.00"), ("Police", "12.00")],
    );
    check_bills(
        RiskShare::InOrder(vec![
            RiskStep::Unallocated,
            RiskStep::Partner { partner: "Police".into(), most: percent("10%") },
            RiskStep::Share(BandShare::Partner("Council".into())),
        ]),
        "80.00",
        &[("Unallocated", "50.00"), ("Council", "20.00"), ("Police", "10.00")],
    );
}

#[test]
fn contradictions_in_a_risk_share_are_refused() {
    let ledger = small_place();
    let pool = scenario(vec![contribution("Council", Filter::default(), Portion::Whole)], vec![]);
    let check = |rule, words: &str| {
        let refused = ScenarioChange::SetRiskShare(rule).apply(&pool, &ledger).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    };
    let half = PartnerShare { partner: "Council".into(), share: Percent::new(50) };
    check(
        RiskShare::Banded(vec![RiskBand { up_to: None, share: BandShare::Shares(vec![half]) }]),
        "the shares Council 50% come to 50%, not to 100%",
    );
    let band =
        |percent: Option<i32>| RiskBand { up_to: percent.map(Percent::new), share: BandShare::Proportional };
    check(RiskShare::Banded(vec![band(Some(5)), band(Some(3))]), "band 1 goes up to 5%, and band 2 up to 3%");
    check(
        RiskShare::Banded(vec![RiskBand { up_to: None, share: BandShare::Partner("Counsil".into()) }]),
        "no line has an agency \"Counsil\"; did you mean \"Council\"?",
    );
}

/// A pool of three partners, of whose services one has cost more, and what each pays.
#[track_caller]
fn check_outturn(rule: RiskShare, outturn: &[(OutturnOf, &str)], overspend: &str, right: &[(&str, &str)]) {
    let ledger = ledger(
        "Council | A | Care    | - | 600.00
         Health  | A | Nursing | - | 300.00
         Police  | B | Beat    | - | 100.00",
    );
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let mut pool = scenario(vec![whole("Council"), whole("Health"), whole("Police")], vec![]);
    pool.risk_share = rule;
    for (of, spent) in outturn {
        let change = ScenarioChange::SetOutturn(of.clone(), Some(pounds(spent)));
        pool = change.apply(&pool, &ledger).unwrap();
    }
    check_bills_of(&pool, &ledger, overspend, right);
}

#[test]
fn whose_services_cost_more_by_the_outturn_pays_for_them() {
    let own = |overspend, outturn: &[(&str, &str)], right: &[(&str, &str)]| {
        let outturn: Vec<_> =
            outturn.iter().map(|(partner, spent)| (OutturnOf::Partner((*partner).into()), *spent)).collect();
        check_outturn(RiskShare::OwnRisk, &outturn, overspend, right);
    };
    own("50.00", &[("Health", "350.00")], &[("Health", "50.00")]);
    own(
        "20.00",
        &[("Health", "350.00"), ("Council", "570.00")],
        &[("Health", "50.00"), ("Council", "-30.00")],
    );
    // What the outturn does not explain falls on those of whom nothing is known yet.
    own("85.00", &[("Health", "350.00")], &[("Health", "50.00"), ("Council", "30.00"), ("Police", "5.00")]);
    // Without one, in proportion to spending.
    own("100.00", &[], &[("Council", "60.00"), ("Health", "30.00"), ("Police", "10.00")]);
}

#[test]
fn line_by_line_the_line_that_cost_more_is_shared_by_its_own_rule() {
    let line = |theme: Option<&str>, service: Option<&str>| OutturnOf::Line {
        theme: theme.map(str::to_owned),
        service: service.map(str::to_owned),
    };
    let rule = |service: &str, partner: &str| LineRisk {
        theme: None,
        service: Some(service.into()),
        share: LineShare::Fixed(partner.into()),
    };
    let rules = RiskShare::PerLine(vec![rule("Care", "Health"), rule("Nursing", "Council")]);
    check_outturn(
        rules.clone(),
        &[(line(None, Some("Nursing")), "340.00")],
        "40.00",
        &[("Council", "40.00")],
    );
    // A theme's outturn is of all its services: 40 of its 70 are those of nursing, and care has the rest.
    check_outturn(
        rules,
        &[(line(Some("A"), None), "970.00"), (line(Some("A"), Some("Nursing")), "340.00")],
        "70.00",
        &[("Council", "40.00"), ("Health", "30.00")],
    );
}

#[test]
fn an_outturn_says_what_was_overspent_and_where_it_falls() {
    let ledger = ledger("Council | A | Care | - | 600.00\nHealth | A | Nursing | - | 300.00");
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let mut pool = scenario(vec![whole("Council"), whole("Health")], vec![]);
    pool.risk_share = RiskShare::OwnRisk;
    assert_eq!(pool.model(&ledger).outturn_variance(&pool), None);
    assert!(pool.where_it_falls().unwrap().starts_with("if it falls in proportion to spending"));
    let health = OutturnOf::Partner("Health".into());
    let entered = ScenarioChange::SetOutturn(health.clone(), Some(pounds("290.00")));
    assert_eq!(entered.label(), "Outturn of Health");
    let after = entered.apply(&pool, &ledger).unwrap();
    assert_eq!(after.model(&ledger).outturn_variance(&after), Some(pounds("-10.00")));
    assert!(after.where_it_falls().unwrap().starts_with("by the outturn"));
    assert_eq!(ScenarioChange::SetOutturn(health, None).apply(&after, &ledger).unwrap(), pool);
    let nobody = ScenarioChange::SetOutturn(OutturnOf::Partner("Helth".into()), Some(pounds("1.00")));
    let refused = nobody.apply(&pool, &ledger).unwrap_err().to_string();
    assert!(refused.contains("did you mean \"Health\"?"), "{refused}");
}

#[test]
fn an_outturn_of_what_is_not_in_the_pool_is_said_with_a_way_that_takes_it_out() {
    let ledger = ledger(
        "Council | A | Care    | - | 600.00
         Council | A | Nursing | - | 300.00
         Police  | B | Beat    | - | 100.00",
    );
    let line = |theme: Option<&str>, service: Option<&str>| OutturnOf::Line {
        theme: theme.map(str::to_owned),
        service: service.map(str::to_owned),
    };
    let entered = |of, spent| Outturn { of, spent: pounds(spent) };
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let mut pool = scenario(vec![whole("Council"), whole("Police")], vec![]);
    pool.risk_share = RiskShare::PerLine(vec![]);

    // A name that no line has, as a file may say it: left out of the figures, with what may have been meant.
    pool.outturn =
        vec![entered(line(None, Some("Nursin")), "340.00"), entered(line(None, Some("Care")), "610.00")];
    let model = pool.model(&ledger);
    check_finding(
        &model,
        ScenarioPart::Outturn(0),
        FindingSeverity::Broken,
        "no line has a service \"Nursin\"; did you mean \"Nursing\"?",
    );
    assert_eq!(model.outturn_variance(&pool), Some(pounds("10.00")));
    let ways: Vec<Scenario> =
        model.findings[0].choices.iter().map(|way| way.apply(&pool, &ledger).unwrap()).collect();
    assert_eq!(ways[0].model(&ledger).outturn_variance(&ways[0]), Some(pounds("50.00")));
    assert_eq!(ways[1].outturn, pool.outturn[1..]);
    assert!(ways.iter().all(|pool| pool.model(&ledger).findings.is_empty()));

    // What has left the pool: the change goes through, and what it leaves behind is said.
    pool.outturn = vec![entered(line(Some("B"), Some("Beat")), "90.00")];
    assert_eq!(pool.model(&ledger).findings, vec![]);
    let pool = ScenarioChange::RemoveContribution(1).apply(&pool, &ledger).unwrap();
    let model = pool.model(&ledger);
    let words = "the pool spends nothing on B, Beat, so that all of the £90.00 counts as spent beyond";
    check_finding(&model, ScenarioPart::Outturn(0), FindingSeverity::Warning, words);
    let finding = model.findings.iter().find(|finding| finding.part == ScenarioPart::Outturn(0)).unwrap();
    assert_eq!(finding.choices[0].label(), "Take out the outturn of B, Beat");
    assert_eq!(finding.choices[0].apply(&pool, &ledger).unwrap().outturn, vec![]);

    // Twice the same: either may stand.
    let twice = [entered(line(Some("A"), None), "1.00"), entered(line(Some("A"), None), "2.00")];
    let pool = Scenario { outturn: twice.to_vec(), ..pool };
    let ways = pool
        .model(&ledger)
        .findings
        .iter()
        .find(|f| f.part == ScenarioPart::Outturn(1))
        .unwrap()
        .choices
        .clone();
    let left = ways.iter().map(|way| way.apply(&pool, &ledger).unwrap().outturn);
    assert_eq!(left.collect::<Vec<_>>(), [vec![twice[0].clone()], vec![twice[1].clone()]]);
}

#[test]
fn a_rule_by_line_for_what_no_line_has_is_said_and_the_others_hold() {
    let ledger = ledger(
        "Council | A | Care    | - | 600.00
         Health  | A | Nursing | - | 300.00
         Health  | B | Beds    | - | 100.00",
    );
    let rule = |theme: Option<&str>, service: &str, partner: &str| LineRisk {
        theme: theme.map(str::to_owned),
        service: Some(service.to_owned()),
        share: LineShare::Fixed(partner.to_owned()),
    };
    let rules =
        vec![rule(None, "Nursin", "Council"), rule(None, "Beds", "Health"), rule(None, "Care", "Council")];
    let whole = contribution("Council", Filter::default(), Portion::Whole);
    let nursing =
        contribution("Health", Filter::default().only(Dimension::Service, ["Nursing"]), Portion::Whole);
    let pool =
        Scenario { risk_share: RiskShare::PerLine(rules), ..scenario(vec![whole, nursing], Vec::new()) };
    let model = pool.model(&ledger);
    let found: Vec<&str> = model
        .findings
        .iter()
        .filter(|finding| finding.part == ScenarioPart::RiskShare)
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        found,
        [
            "no line has a service \"Nursin\"; did you mean \"Nursing\"?",
            "the pool spends nothing on Beds, and its rule is for nothing",
        ]
    );
    // What is left holds: care is the council's, and nursing in proportion.
    check_bills_of(&pool, &ledger, "90.00", &[("Council", "80.00"), ("Health", "10.00")]);
    let lost = model.findings.iter().find(|finding| finding.message.contains("Nursin")).unwrap();
    let mended = lost.choices[0].apply(&pool, &ledger).unwrap();
    check_bills_of(&mended, &ledger, "90.00", &[("Council", "90.00")]);
    let out = lost.choices.last().unwrap();
    assert_eq!(out.label(), "Take out the rule for Nursin");
    let without = out.apply(&pool, &ledger).unwrap();
    assert!(matches!(&without.risk_share, RiskShare::PerLine(rules) if rules.len() == 2));
    // A theme and a service that no line has together.
    let apart = Scenario { risk_share: RiskShare::PerLine(vec![rule(Some("B"), "Care", "Council")]), ..pool };
    let words = apart.model(&ledger).findings.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(words, ["Risk share: the pool spends nothing on B, Care, and its rule is for nothing"]);
}

#[test]
fn a_cap_of_whoever_is_owed_by_the_pool_is_nothing_and_pays_nothing_out() {
    let ledger = ledger(
        "Council | A | Care   | - | 600.00
         Health  | A | Refund | - | -100.00",
    );
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let caps = vec![Cap { partner: "Health".into(), most: percent("20%") }];
    let risk_share = RiskShare::Capped { caps, beyond: None };
    let pool = Scenario { risk_share, ..scenario(vec![whole("Council"), whole("Health")], Vec::new()) };
    check_bills_of(&pool, &ledger, "50.00", &[("Council", "50.00")]);
}
