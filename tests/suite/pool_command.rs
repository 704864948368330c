//! `shadowpool pool`, and scenarios in `totals` and `render`.

use std::fs;
use std::sync::Arc;

use shadowpool::cli::Status;
use shadowpool::ledger::{Filter, Ledger, SpendLine};
use shadowpool::place::{Place, write_place};
use shadowpool::pool::{NewMoney, Outturn, OutturnOf, RiskShare, Scenario};

use super::support::run_command as run;
use super::support_pool::{
    POOL, allocation, amount, contribution, percent, place, pounds, scenario, themed, to_service,
};

/// A place with one good scenario and one that is broken.
fn saved(folder: &tempfile::TempDir) -> String {
    let good = Scenario {
        years: vec!["2024/25".parse().unwrap()],
        ..scenario(
            vec![
                contribution("Council", themed("Ageing Well"), percent("10%")),
                contribution("Health", Filter::default(), amount("100.00")),
            ],
            vec![allocation(Filter::default(), amount("60.05"), to_service("Falls clinic"))],
        )
    };
    let broken = Scenario { name: "Broken".into(), host: Some("Helth".into()), ..good.clone() };
    let place = Place { scenarios: Arc::new(vec![good, broken]), ..place() };
    let path = folder.path().join("place.ron");
    fs::write(&path, write_place(&place)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_command_lists_scenarios_and_works_one_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder);
    let (status, out, _) = run(&["pool", &path, "--format", "json"]);
    assert_eq!(status, Status::Fine);
    let listed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(listed, serde_json::json!({ "scenarios": ["A", "Broken"] }));
    assert_eq!(run(&["pool", &path]).1, "A\nBroken\n");

    let (status, out, errors) = run(&["pool", &path, "--scenario", "A", "--format", "json"]);
    assert_eq!((status, errors.as_str()), (Status::Fine, ""));
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["scenario"], "A");
    assert_eq!(found["pool"], POOL);
    assert_eq!(found["in"], "190.05");
    assert_eq!(found["allocated"], "190.05");
    assert_eq!(found["unallocated"], "0.00");
    assert_eq!(found["ring_fenced"], "0.00");
    assert_eq!(
        found["partners"][0],
        serde_json::json!({
            "agency": "Health", "puts_in": "100.00", "gets_back": "128.46", "net": "28.46", "share_of_pool": "0.526177",
            "share_of_own": "0.343879", "no_worse_off": true, "reason": "Gets back £28.46 more than it puts in",
        })
    );
    assert_eq!(found["partners"][1]["net"], "-28.46");
    assert_eq!(found["partners"][1]["no_worse_off"], false);
    assert_eq!(found["warnings"], serde_json::json!([]));

    let (_, out, _) = run(&["pool", &path, "--scenario", "A", "--format", "csv"]);
    assert_eq!(
        out.lines().next(),
        Some(
            "agency,puts_in,gets_back,net,share_of_pool,share_of_own,no_worse_off,reason,illustrative,model"
        )
    );
    // A number is a number, also below nothing, and every row says that it is a model.
    let council = out.lines().find(|line| line.starts_with("Council,")).unwrap();
    assert!(council.contains(",-28.46,"), "{council}");
    assert!(out.lines().skip(1).all(|line| line.ends_with(r#",0,"MODEL, not an offer""#)), "{out}");
    let (_, out, _) = run(&["pool", &path, "--scenario", "A"]);
    assert!(out.contains("MODEL, not an offer"), "{out}");
}

#[test]
fn the_command_says_what_is_broken_and_what_there_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder);
    let (status, _, errors) = run(&["pool", &path, "--scenario", "Brokn"]);
    assert_eq!(status, Status::CannotRun);
    assert!(
        errors.contains("there is no scenario \"Brokn\" in Testshire; did you mean \"Broken\"?"),
        "{errors}"
    );
    let (status, out, _) = run(&["pool", &path, "--scenario", "Broken", "--format", "json"]);
    assert_eq!(status, Status::DataHasErrors);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["warnings"][0], "Host: no line has an agency \"Helth\"; did you mean \"Health\"?");
    assert_eq!(run(&["pool", "/nowhere.ron"]).0, Status::CannotRun);
}

#[test]
fn new_money_is_listed_for_all_its_years_and_illustrative_money_is_said_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let line = |year: &str| SpendLine {
        amount: "400.00".parse().unwrap(),
        year: Some(year.into()),
        agency: Some("Council".into()),
        theme: Some("Care".into()),
        ..SpendLine::default()
    };
    let years = ["2024/25", "2025/26"];
    let new = NewMoney { partner: "Charity".into(), amount: "50.00".parse().unwrap(), ..NewMoney::default() };
    let pool = Scenario {
        years: years.iter().map(|year| year.parse().unwrap()).collect(),
        new_money: vec![new],
        ..scenario(vec![contribution("Council", Filter::default(), amount("100.00"))], vec![])
    };
    let ledger = Arc::new(Ledger::from_lines(&years.map(line), &[], &[]));
    let place =
        Place { name: "Testshire".into(), scenarios: Arc::new(vec![pool]), ledger, ..Place::default() };
    let path = folder.path().join("place.ron");
    fs::write(&path, write_place(&place)).unwrap();
    let path = path.to_str().unwrap();

    let (_, out, _) = run(&["pool", path, "--scenario", "A", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    let rows = found["contributions"].as_array().unwrap();
    assert_eq!((&rows[1]["amount"], &rows[1]["of"]), (&"100.00".into(), &"100.00".into()));
    assert_eq!(rows[1]["share_of_pool"], "0.333333");
    assert_eq!(rows[1]["what"], "New money, £50.00 a year");
    assert_eq!(found["in"], "300.00", "the rows come to the pool");
    assert_eq!(found["illustrative"], "0.333333");

    let (_, out, _) = run(&["pool", path, "--scenario", "A"]);
    assert!(out.contains("Illustrative: 33% of the pool\n"), "{out}");
    let (_, out, _) = run(&["pool", path, "--scenario", "A", "--format", "csv"]);
    assert!(out.contains(r#",0.333333,"MODEL, not an offer""#), "{out}");
    let (_, out, _) = run(&["totals", path, "--scenario", "A", "--by", "year"]);
    assert!(out.starts_with("MODEL, not an offer\n"), "{out}");
    assert!(out.ends_with("Illustrative: 11% of the total, £100.00\n"), "{out}");
    let (_, out, _) = run(&["totals", path, "--scenario", "A", "--by", "agency,year", "--format", "csv"]);
    let first: Vec<&str> = out.lines().collect();
    assert_eq!(first[0], "agency,year,amount,lines,illustrative,model");
    assert!(first[3].starts_with("Charity,2024/25,50.00,"), "{out}");
    assert!(first[3].ends_with(r#",50.00,"MODEL, not an offer""#), "{out}");
    let (_, out, _) = run(&["totals", path, "--scenario", "A", "--by", "year", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["illustrative"], "100.00");
    assert_eq!(found["model"], "MODEL, not an offer");
}

#[test]
fn every_partners_bill_of_an_overspend_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder);
    let bills = |overspend: &str| {
        let (status, out, _) =
            run(&["pool", &path, "--scenario", "A", "--overspend", overspend, "--format", "json"]);
        assert_eq!(status, Status::Fine);
        serde_json::from_str::<serde_json::Value>(&out).unwrap()["bills"].clone()
    };
    assert_eq!(
        bills("100"),
        serde_json::json!([{ "agency": "Health", "amount": "52.62" }, { "agency": "Council", "amount": "47.38" }])
    );
    assert_eq!(bills("-10%")[0], serde_json::json!({ "agency": "Health", "amount": "-10.00" }));
    let (_, out, _) = run(&["pool", &path, "--scenario", "A", "--overspend", "8%"]);
    assert!(out.contains("+8% of the pool = £15.20 more to pay"), "{out}");
    let (_, out, _) = run(&["pool", &path, "--scenario", "A", "--overspend", "8%", "--format", "csv"]);
    assert!(out.lines().next().unwrap().ends_with(",reason,bill,illustrative,model"), "{out}");
}

#[test]
fn bills_are_those_of_the_outturn_where_one_was_entered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("place.ron");
    let pool = Scenario {
        risk_share: RiskShare::OwnRisk,
        outturn: vec![Outturn { of: OutturnOf::Partner("Health".into()), spent: pounds("250.00") }],
        ..scenario(vec![contribution("Health", Filter::default(), amount("100.00"))], vec![])
    };
    fs::write(&path, write_place(&Place { scenarios: Arc::new(vec![pool]), ..place() })).unwrap();
    let path = path.to_str().unwrap();
    let (_, out, _) = run(&["pool", path, "--scenario", "A", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["in"], "200.00", "a year, in two years");
    assert_eq!(
        found["outturn"],
        serde_json::json!([{ "of": "Health", "planned": "200.00", "spent": "250.00" }])
    );
    assert_eq!(found["bills"], serde_json::json!([{ "agency": "Health", "amount": "50.00" }]));
    let (_, out, _) = run(&["pool", path, "--scenario", "A"]);
    assert!(out.contains("£50.00 more to pay, by the outturn that was entered"), "{out}");
    assert!(out.contains("Health        200.00     250.00     50.00\n"), "{out}");
}

#[test]
fn totals_and_pictures_work_on_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder);
    let totals = |more: &[&str]| {
        let (_, out, _) =
            run(&[&["totals", &path, "--by", "pool", "--where", "year=2024/25", "--format", "json"], more]
                .concat());
        serde_json::from_str::<serde_json::Value>(&out).unwrap()
    };
    let (before, after) = (totals(&[]), totals(&["--scenario", "A"]));
    assert_eq!(before["total"], after["total"]);
    assert_eq!(after["rows"][1], serde_json::json!({ "pool": POOL, "amount": "190.05", "lines": 8 }));

    let picture = folder.path().join("flows.svg");
    let picture = picture.to_str().unwrap();
    let (status, _, errors) = run(&["render", &path, "--scenario", "A", "--year", "2024/25", "-o", picture]);
    assert_eq!((status, errors.as_str()), (Status::Fine, ""));
    let drawn = fs::read_to_string(picture).unwrap();
    assert!(drawn.contains(POOL), "the pool is a node");
    assert!(drawn.contains("MODEL, not an offer"), "the picture says what it is");
    assert_eq!(run(&["render", &path, "--scenario", "C", "-o", picture]).0, Status::CannotRun);
}
