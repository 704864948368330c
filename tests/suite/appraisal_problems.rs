//! A catalogue: the smallest appraisal or claim that causes each problem, and its message as a finance officer reads it.

use std::collections::BTreeSet;

use shadowpool::appraisal::{AppraisalCode, Claim, SharingRule, claim_findings};
use shadowpool::place::read_place;

use crate::support_appraisal::appraised_place;

/// An appraisal with nothing wrong, of one year, one cost and one outcome.
fn sound() -> String {
    "(name: \"A\", today: \"Nothing\", years: [\"2013/14\", \"2014/15\"], prices: \"Cash\", discount: [], \
     cohort: (name: \"People\", people: 10), \
     costs: [(partner: \"Council\", amounts: [\"10.00\"], correction: \"0%\")], \
     outcomes: [(name: \"Incidents avoided\", engagement: \"100%\", impact: \"30%\", deadweight: Points(\"10%\"), \
     profile: [\"100%\", \"100%\"], correction: \"0%\", \
     gains: [(partner: \"Ministry of Justice\", part: \"courts\", value: \"20.00\", cashable: \"100%\")])], \
     sharing: AsItFalls)"
        .to_owned()
}

const AGENCIES: [&str; 2] = ["Council", "Ministry of Justice"];

/// What is told of the sound appraisal with one thing changed.
fn told(from: &str, to: &str) -> Vec<String> {
    let text = sound();
    assert!(text.contains(from), "{from}");
    let place = appraised_place(
        &AGENCIES,
        &text.replacen(from, to, 1),
        "scenarios: [(name: \"Pool\", pool: \"Pool\")],",
    );
    place.appraise(&place.appraisals[0], None).findings.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn check(from: &str, to: &str, right: &str) {
    assert_eq!(told(from, to), [right], "{to}");
}

#[test]
fn nothing_is_wrong_with_a_sound_appraisal() {
    assert_eq!(told("", ""), [] as [String; 0]);
}

#[test]
fn what_the_whole_lacks() {
    check(
        "today: \"Nothing\", ",
        "",
        "no-baseline: It does not say what would be done without it, so no saving, return or payback is shown; say it \
         under \"Today\"",
    );
    check("\"2014/15\"", "\"2015/16\"", "years-apart: 2015/16 does not follow 2013/14");
    check(
        "discount: []",
        "discount: [(from: 2, rate: \"3.5%\")]",
        "discount-unclear: the rates of discount are from year 2; the first is from 1, and each later one from a later \
         year",
    );
    check(
        "discount: []",
        "discount: [(from: 1, rate: \"-100%\")]",
        "percent-out-of-range: discount -100%: give more than -100%, such as 3.5%",
    );
    check(
        "today",
        "scenario: \"Pol\", today",
        "scenario-unknown: there is no scenario \"Pol\"; did you mean \"Pool\"?",
    );
    check(
        "today",
        "scenario: \"Pool\", today",
        "scenario-unlike-cost: the pool puts in £0.00 in 2013/14, the appraisal costs £10.00: different by £10.00",
    );
}

#[test]
fn costs_that_cannot_be_followed() {
    check(
        "partner: \"Council\"",
        "partner: \"Counsil\"",
        "partner-unknown: no agency \"Counsil\"; did you mean \"Council\"?",
    );
    check(
        "correction: \"0%\")],",
        "correction: \"-10%\")],",
        "correction-wrong-way: Council, -10%: a correction of benefits is 0% or less, of costs 0% or more",
    );
    check(
        "[\"10.00\"]",
        "[\"1\", \"2\", \"3\"]",
        "amounts-too-long: Council: 3 amounts, 2 years in the appraisal",
    );
    check(
        "[\"10.00\"], correction: \"0%\"",
        "[\"900000000000000.00\"], correction: \"10%\"",
        "amount-too-large: Council: it comes to more than £900,000,000,000,000 in a year; correct what is too large",
    );
}

#[test]
fn outcomes_that_cannot_be_followed() {
    // Whoever pays is left, and nothing comes back.
    let check = |from: &str, to: &str, right: &str| {
        let told = told(from, to);
        assert_eq!(told[0], right, "{to}");
        assert!(told[1].starts_with("cash-short: "), "{told:?}");
        assert_eq!(told.len(), 2, "{told:?}");
    };
    check(
        "deadweight: Points(\"10%\"), ",
        "",
        "deadweight-missing: Incidents avoided: say how much would have happened anyway, in points or as a share; the two \
         differ by 35% here if it is 10%",
    );
    check(
        "Points(\"10%\")",
        "Points(\"40%\")",
        "net-impact-negative: Incidents avoided: deadweight of 40 points is more than the impact of 30%",
    );
    check(
        "[\"100%\", \"100%\"]",
        "[\"1%\", \"1%\", \"1%\"]",
        "profile-too-long: Incidents avoided: 3 years in the profile, 2 in the appraisal",
    );
    check(
        "engagement: \"100%\"",
        "engagement: \"120%\"",
        "percent-out-of-range: Incidents avoided: engagement 120%: give 0% to 100%",
    );
    check(
        "cashable: \"100%\"",
        "cashable: \"120%\"",
        "percent-out-of-range: Incidents avoided: cashable 120%: give 0% to 100%",
    );
    check(
        "correction: \"0%\", gains",
        "correction: \"5%\", gains",
        "correction-wrong-way: Incidents avoided, 5%: a correction of benefits is 0% or less, of costs 0% or more",
    );
    check(
        "cohort: (name: \"People\", people: 10), ",
        "",
        "people-missing: Incidents avoided: say how many people it is for, here or in the cohort",
    );
    check(
        "partner: \"Ministry of Justice\"",
        "partner: \"Ministry of Justise\"",
        "partner-unknown: no agency \"Ministry of Justise\"; did you mean \"Ministry of Justice\"?",
    );
}

#[test]
fn what_should_be_looked_at() {
    check(
        "cashable: \"100%\"",
        "cashable: \"10%\"",
        "cash-short: no split leaves everyone no worse off in cash: £0.80 comes back for each £1",
    );
}

#[test]
fn a_published_unit_value_is_held_against_its_parts() {
    let text = sound().replacen(
        "gains: [",
        "stated: \"1509.00\", gains: [(partner: \"Council\", value: \"1489.33\"), ",
        1,
    );
    let place = appraised_place(&AGENCIES, &text, "");
    let found = place.appraise(&place.appraisals[0], None);
    let told: Vec<String> = found.findings.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["stated-differs: Incidents avoided: the parts come to £1,509.33, published £1,509.00"]);
    assert!(!found.is_broken());
}

#[test]
fn one_saving_may_be_in_two_outcomes() {
    let text = sound();
    let outcome = &text[text.find("(name: \"Incidents").unwrap()..text.find("], sharing").unwrap()];
    let twice = text.replacen("], sharing", &format!(", {outcome}], sharing"), 1);
    let place = appraised_place(&AGENCIES, &twice, "");
    let told: Vec<String> =
        place.appraise(&place.appraisals[0], None).findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "counted-twice: two outcomes give the same part (courts) for the same cohort: the same saving may be in both"
        ]
    );
}

#[test]
fn agreed_shares_that_cannot_be_followed() {
    let fixed = |shares: &str| format!("sharing: Fixed([{shares}])");
    let check = |shares: &str, right: &str| check("sharing: AsItFalls", &fixed(shares), right);
    check(
        "(partner: \"Council\", share: \"45%\"), (partner: \"Ministry of Justice\", share: \"50%\")",
        "shares-not-hundred: the shares of Council and Ministry of Justice come to 95%, not to 100%",
    );
    check(
        "(partner: \"Council\", share: \"50%\"), (partner: \"Council\", share: \"50%\")",
        "shares-not-hundred: Council has two shares; give it one",
    );
    let shares =
        "(partner: \"Council\", share: \"120%\"), (partner: \"Ministry of Justice\", share: \"-20%\")";
    assert_eq!(
        told("sharing: AsItFalls", &fixed(shares)),
        [
            "percent-out-of-range: the share of Council is 120%: give 0% to 100%",
            "percent-out-of-range: the share of Ministry of Justice is -20%: give 0% to 100%",
        ]
    );
}

#[test]
fn an_appraisal_whose_partner_year_or_scenario_is_gone_is_kept_and_tells() {
    let text = sound().replacen("today", "scenario: \"Gone\", today", 1).replacen("\"2013/14\", ", "", 1);
    let place = appraised_place(&["Ministry of Justice"], &text, "");
    let found = place.appraise(&place.appraisals[0], None);
    let codes: Vec<&str> = found.findings.iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["scenario-unknown", "partner-unknown", "profile-too-long"]);
    assert_eq!(place.appraisals[0].costs.len(), 1);
    assert_eq!(found.shared.rule, SharingRule::AsItFalls);
}

#[test]
fn what_is_too_much_to_work_out_is_refused_when_it_is_read() {
    let refused = |text: &str| {
        let text = format!("(format: 2, name: \"T\", appraisals: [{text}], view: (), lines: [])");
        read_place(&text).err().unwrap().to_string()
    };
    let years: Vec<String> = (2000..2031).map(|year| format!("\"{year}\"")).collect();
    assert_eq!(
        refused(&format!("(name: \"A\", years: [{}], prices: \"Cash\")", years.join(", "))),
        "the appraisal \"A\" has 31 years, and at most 30 can be worked out; leave some out, or join them"
    );
    let costs = "(partner: \"C\"),".repeat(33_334);
    assert_eq!(
        refused(&format!("(name: \"A\", years: [\"2000\"], prices: \"Cash\", costs: [{costs}])")),
        "the appraisal \"A\" has 33,334 costs, and at most 5,000 can be worked out; leave some out, or join them"
    );
    assert_eq!(
        refused("(name: \"A\", years: [], prices: \"\"), (name: \"A\", years: [], prices: \"\")"),
        "there are two appraisals named \"A\"; give one of them another name"
    );
    assert_eq!(
        refused("(name: \"A\", years: [], price: \"\")"),
        "line 1, column 60: there is no field `price` here; did you mean `prices`?"
    );
    assert!(
        refused("(name: \"A\", years: [], prices: \"\", sharing: EqualNett)")
            .contains("did you mean `EqualNet`?")
    );
    assert!(
        refused("(name: \"A\", years: [], prices: \"\", costs: [(partner: \"C\", correction: \"ten\")])")
            .contains("\"ten\" is not a percentage, such as 60% or 12.5%")
    );
}

fn claim(text: &str) -> Claim {
    let place = format!("(format: 2, name: \"T\", claims: [{text}], view: (), lines: [])");
    read_place(&place).unwrap_or_else(|error| panic!("{error}")).claims[0].clone()
}

#[test]
fn claims_that_contradict_themselves_or_each_other() {
    let check = |claims: &[&str], right: &str| {
        let claims: Vec<Claim> = claims.iter().map(|text| claim(text)).collect();
        let found = claim_findings(&claims.iter().collect::<Vec<_>>());
        let told: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(told, [right]);
    };
    check(
        &["(name: \"N\", of: \"X\", from: \"2\", to: \"1\", measure: Cost)"],
        "range-reversed: X, N: from £2.00 to £1.00; put the lower end first",
    );
    check(
        &[
            "(name: \"N\", of: \"X\", from: \"3\", to: \"3\", measure: Cost, parts: [(name: \"P\", amount: \"1\"), (name: \
           \"Q\", amount: \"1.50\")])",
        ],
        "parts-differ: X, N: its parts come to £2.50, the claim to £3.00: £0.50 is not itemised",
    );
    check(
        &[
            "(name: \"N\", of: \"X\", from: \"3\", to: \"3\", measure: Benefit, years: 5)",
            "(name: \"M\", of: \"X\", from: \"3\", to: \"4\", measure: Saving, net: Net, years: 5)",
        ],
        "claim-conflict: X: £3.00 (N) and £3.00 to £4.00 (M) are claims of one thing that differ",
    );
    let years = "(name: \"N\", of: \"X\", from: \"3\", to: \"3\", measure: Cost, years: Anual)";
    let place = format!("(format: 2, name: \"T\", claims: [{years}], view: (), lines: [])");
    let error = read_place(&place).err().unwrap().to_string();
    assert!(
        error.ends_with("`Anual` is no number of years, such as 5, nor Annual; did you mean `Annual`?"),
        "{error}"
    );
}

#[test]
fn every_code_is_in_the_documents() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/DATA.md");
    let text = std::fs::read_to_string(path).unwrap();
    let listed: BTreeSet<&str> = text
        .split("## Problems of appraisals and claims")
        .nth(1)
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let codes: BTreeSet<&str> = AppraisalCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(listed, codes);
}
