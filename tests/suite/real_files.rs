//! Published files that nobody here wrote, each read without a hint and held against what is known of it.
//!
//! The files lie beside the project and are no part of it; where they are absent the tests say so and pass.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde_json::Value;
use shadowpool::agree::{
    Counted, Decisions, OneName, PassedOn, PublicBody, Transfer, pooled_budgets, public_body,
};
use shadowpool::dimension::Dimension;
use shadowpool::import::{ImportOptions, Imported, Input, import};
use shadowpool::ledger::{Filter, Totals};
use shadowpool::money::Money;
use shadowpool::place::{Addition, Command, Decision, Place};

use super::support::say_skipped;

/// The folder of published files, or `None` with a word about it.
fn folder() -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/real"));
    let found = path.is_dir().then_some(path);
    if found.is_none() {
        say_skipped("the published files are not here");
    }
    found
}

fn read(path: &std::path::Path) -> Imported {
    let name = path.file_name().and_then(|name| name.to_str()).expect("a file name");
    let bytes = fs::read(path).expect("a file that can be read");
    import(Input { name, bytes: &bytes }, &ImportOptions::default(), |_| ControlFlow::Continue(()))
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_spend_list_agrees_with_its_publisher_to_the_penny() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    let mut truths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path().join("truth.json"))
        .filter(|path| path.is_file())
        .collect();
    truths.sort();
    for truth in truths {
        let text = fs::read_to_string(&truth).expect("truth.json");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        for file in value["files"].as_array().expect("files") {
            let Some(pence) = file["sum_pence"].as_str() else { continue };
            let unit = file["unit"].as_str().unwrap_or_default();
            if unit != "GBP" {
                continue;
            }
            let path = truth.with_file_name(file["path"].as_str().expect("a path"));
            let rows = file["data_rows"].as_u64().expect("rows");
            let name = file["path"].as_str().unwrap_or_default();
            let imported = std::panic::catch_unwind(|| read(&path));
            let Ok(imported) = imported else {
                wrong.push(format!("{name}: cannot be read"));
                continue;
            };
            let report = imported.file;
            let right = Money::from_units(pence.parse::<i128>().expect("pence") * 100);
            if report.total.rounded_pence() != right.rounded_pence() || report.read != rows {
                wrong.push(format!(
                    "{name}: {} rows, {}, not {rows} rows, {right}",
                    report.read, report.total
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A table, the sum that it comes to by year, and how many of its rows are read.
fn check_table(name: &str, rows: u64, right: &[(&str, &str)]) {
    let Some(folder) = folder() else { return };
    let imported = read(&folder.join(name));
    let file = imported.file;
    assert_eq!(file.read, rows, "{name}");
    let totals = Totals::of(&imported.lines.finish(), &Filter::default(), &[Dimension::Year]);
    for (year, pence) in right {
        let row = totals.rows.iter().find(|row| row.names[0] == *year).expect("a year");
        assert_eq!(row.amount.rounded_pence().to_string(), *pence, "{name} {year}");
    }
}

#[test]
fn a_budget_of_expenses_and_revenue_is_its_expenses() {
    check_table("oakland-budget/FY22-23__adopted.csv", 21_407, &[("2022/23", "192027111800")]);
}

#[test]
fn a_budget_in_five_years_is_read_by_year() {
    // The file alone does not say that it counts thousands.
    check_table("fdp-australia-budget/data/201505181230budget1516.csv", 1_605, &[("2015/16", "45128992978")]);
}

#[test]
fn the_country_and_regional_analysis_agrees_in_every_year() {
    check_table(
        "hmt-cra/CRA_2014_Combined_Database_for_Publication.xlsx",
        22_469,
        &[
            ("2009/10", "63787605895000"),
            ("2010/11", "65526230509000"),
            ("2011/12", "65270156522277"),
            ("2012/13", "65980793498694"),
            ("2013/14", "67697696797910"),
        ],
    );
}

#[test]
fn revenue_outturn_and_budget_come_to_total_service_expenditure() {
    // The services of nine authorities of 2011-12 miss their own totals by one; the totals stand as published.
    check_table(
        "mhclg-revenue-outturn/Revenue_Outturn_Summary__RS__data_2011-12_by_LA_-_Revised_28-Nov-2013.xls",
        444,
        &[("2011/12", "9543514500000")],
    );
    check_table("mhclg-revenue-outturn/RS_2017-18_data_by_LA.xlsx", 444, &[("2017/18", "8979125634732")]);
    check_table("mhclg-revenue-budget/RA_2023-24_data_Part_1.csv", 397, &[("2023/24", "11449931600000")]);
}

#[test]
fn a_table_of_departments_is_read_without_its_total() {
    let Some(folder) = folder() else { return };
    let bytes = fs::read(folder.join("hmt-pesa/pesa.xlsx")).expect("bytes");
    let options = ImportOptions { sheet: Some("Table_1_10".to_owned()), ..ImportOptions::default() };
    let imported =
        import(Input { name: "pesa.xlsx", bytes: &bytes }, &options, |_| ControlFlow::Continue(()));
    let totals =
        Totals::of(&imported.expect("a table").lines.finish(), &Filter::default(), &[Dimension::Year]);
    let found: Vec<(String, String)> =
        totals.rows.iter().map(|row| (row.names[0].clone(), row.amount.to_string())).collect();
    for (year, millions) in [
        ("2020/21", 552_851),
        ("2021/22", 535_274),
        ("2022/23", 541_606),
        ("2023/24", 558_807),
        ("2024/25", 596_228),
        ("2025/26", 632_297),
    ] {
        let right = (year.to_owned(), format!("{millions}000000.00"));
        assert!(found.contains(&right), "{right:?} in {found:?}");
    }
}

/// Greater Manchester in August 2011, by the files of its two councils and the list of bodies that they pay.
#[test]
fn greater_manchester_counts_what_its_agencies_pay_each_other_once() {
    let Some(folder) = folder() else { return };
    let text = fs::read_to_string(folder.join("place-greater-manchester-2011-08.json")).expect("the place");
    let truth: Value = serde_json::from_str(&text).expect("JSON");
    let right = |value: &Value| {
        Money::from_units(value.as_str().expect("pence").parse::<i128>().expect("pence") * 100)
    };
    let mut place = Place::default();
    for name in ["manchester-city-council/aug-2011.csv", "salford-city-council/2011-08.csv"] {
        let ledger = read(&folder.join(name)).lines.finish();
        let sources = ledger.sources().iter().map(|source| (**source).clone()).collect();
        let addition =
            Addition { title: name.to_owned(), sources, ledger: ledger.into(), ..Addition::default() };
        Command::AddLines(addition.into()).apply(&mut place).expect("lines are added");
    }
    let totals = &truth["totals"];
    let local = right(&totals["local_agency_spend_pence"]);
    assert_eq!(place.all_lines().total(), local);
    // What the two pay each other is found without a word.
    let between: Vec<String> = place.transfers().iter().map(|pair| pair.amount.to_string()).collect();
    assert_eq!(between, ["846610.07", "34260.61"]);
    // A person says which other bodies are of the place: pair by pair, as the list of flows has them.
    let flows = truth["flows"].as_array().expect("flows");
    let is_local = |flow: &&Value| {
        matches!(flow["source"].as_str(), Some("manchester" | "salford"))
            && flow["payee_kind"] != "housing and VCS"
    };
    let once = right(&totals["local_payments_to_other_public_agencies_pence"]);
    let word = |flow: &Value, field: &str| flow[field].as_str().expect("a word").to_owned();
    let transfers = flows.iter().filter(is_local).map(|flow| Transfer {
        payer: word(flow, "payer"),
        receiver: word(flow, "payee"),
        suppliers: [word(flow, "payee")].into(),
        counted: Counted::Once,
    });
    let by_pair = Decisions { transfers: transfers.collect(), ..Decisions::default() };
    let mut paired = place.clone();
    Command::Decide(Box::new(Decision::Take(by_pair.into()))).apply(&mut paired).expect("pairs are taken");
    // What the two spend on each other is counted once; the others' own spending is not here, and what they are paid stays.
    let all = Filter::default();
    assert_eq!(paired.counted_once(&all) + paired.passed_on(&all), once);
    assert_eq!(paired.counted_once(&all).to_string(), "880870.68");
    assert_eq!(paired.ledger.total(), local - paired.counted_once(&all));
    let pairs = paired.transfers();
    assert_eq!(pairs.iter().map(|pair| pair.amount + pair.passed_amount).sum::<Money>(), once);
    let largest = pairs.iter().max_by_key(|pair| pair.passed_amount).expect("there are pairs");
    assert_eq!(
        (largest.transfer.receiver.as_str(), largest.passed_amount.to_string().as_str()),
        ("GMCA", "2866346.82")
    );
    // Or body by body, whoever pays it.
    let names = flows.iter().filter(is_local).map(|flow| OneName {
        dimension: Dimension::Agency,
        name: flow["payee"].as_str().expect("a payee").to_owned(),
        also: Vec::new(),
    });
    let decisions = Decisions { names: names.collect(), ..Decisions::default() };
    Command::Decide(Box::new(Decision::Take(decisions.into()))).apply(&mut place).expect("names are taken");
    // The list names Greater Manchester West among those whom Salford pays; that Manchester pays it too is found, and
    // can be undone.
    let (payer, receiver) = ("Manchester City Council".to_owned(), "Greater Manchester West".to_owned());
    let found = place
        .transfers()
        .into_iter()
        .find(|pair| (&pair.transfer.payer, &pair.transfer.receiver) == (&payer, &receiver));
    assert_eq!(found.map(|pair| pair.passed_amount.to_string()).as_deref(), Some("23064.00"));
    let undo = Decision::Count { payer, receiver, counted: Counted::Twice };
    Command::Decide(undo.into()).apply(&mut place).expect("a pair can be undone");
    assert_eq!(place.counted_once(&all) + place.passed_on(&all), once);
    let mut spent_here = place.clone();
    let leave_out = Decision::CountPassedOn(PassedOn::LeftOut);
    Command::Decide(leave_out.into()).apply(&mut spent_here).expect("what is passed on can be left out");
    assert_eq!(spent_here.ledger.total(), local - once);
    assert_eq!((local - once).to_string(), "53226200.71");
    // Credits outweigh payments in what goes to the primary care trusts.
    let to_trusts = place.transfers();
    let to_trusts = to_trusts.iter().filter(|pair| {
        pair.transfer.payer == "Manchester City Council"
            && matches!(public_body(&pair.transfer.receiver), Some((PublicBody::PrimaryCareTrust, _)))
    });
    assert_eq!(to_trusts.map(|pair| pair.passed_amount).sum::<Money>().to_string(), "-16703.30");
    let pooled = pooled_budgets(place.all_lines());
    let pooled = pooled.iter().find(|budget| budget.name == "Learning Disabilities PB").expect("it is found");
    assert_eq!((pooled.lines.len(), pooled.amount), (41, right(&truth["pooled_budget_rows"]["pence"])));
}

/// The same from all six agencies' files as they are: what four departments pay far beyond the place is left out, and
/// what the list counts comes of names alone.
#[test]
fn greater_manchester_is_one_place_of_six_files() {
    let Some(folder) = folder() else { return };
    let text = fs::read_to_string(folder.join("place-greater-manchester-2011-08.json")).expect("the place");
    let truth: Value = serde_json::from_str(&text).expect("JSON");
    let files = [
        "manchester-city-council/aug-2011.csv",
        "salford-city-council/2011-08.csv",
        "dwp/dwp-payments-august11.csv",
        "home-office/august-2011.csv",
        "ministry-of-justice/moj-aramis-data-aug-11.csv",
        "department-of-health/August-2011-amd.csv",
    ];
    let mut place = Place::default();
    for name in files {
        let ledger = read(&folder.join(name)).lines.finish();
        let sources = ledger.sources().iter().map(|source| (**source).clone()).collect();
        let addition =
            Addition { title: name.to_owned(), sources, ledger: ledger.into(), ..Addition::default() };
        Command::AddLines(addition.into()).apply(&mut place).expect("lines are added");
    }
    let national: Vec<String> = place.sources.iter().skip(2).map(|source| source.key.clone()).collect();
    // A person says which bodies are of the place, as the list spells them.
    let flows = truth["flows"].as_array().expect("flows");
    let names = flows.iter().filter(|flow| flow["payee_kind"] != "housing and VCS").map(|flow| OneName {
        dimension: Dimension::Agency,
        name: flow["payee"].as_str().expect("a payee").to_owned(),
        also: Vec::new(),
    });
    let decisions = Decisions { names: names.collect(), ..Decisions::default() };
    Command::Decide(Box::new(Decision::Take(decisions.into()))).apply(&mut place).expect("names are taken");
    Command::KeepPaymentsToPlace(national).apply(&mut place).expect("payments to the place are kept");
    let council = |name: &str| Filter::default().only(Dimension::Agency, [name]);
    let local =
        Filter::default().only(Dimension::Agency, ["Manchester City Council", "Salford City Council"]);
    let sum = |filter: &Filter| Totals::of(place.all_lines(), filter, &[]).total.to_string();
    assert_eq!(sum(&council("Manchester City Council")), "41879845.77");
    assert_eq!(sum(&local), "60817475.10");
    // All of the list but the credit union.
    assert_eq!((place.all_lines().total() - Money::from_units(608_174_751_000)).to_string(), "363082391.70");
    assert_eq!((place.counted_once(&local) + place.passed_on(&local)).to_string(), "7591274.39");
    assert_eq!(place.counted_once(&local).to_string(), "880870.68");
    // What Manchester pays by the short name that Salford pays an NHS trust by has nothing to do with health.
    let doubtful: Vec<_> = place.transfers().into_iter().filter(|pair| pair.doubt.is_some()).collect();
    assert_eq!(doubtful.len(), 1);
    assert_eq!(doubtful[0].transfer.counted, Counted::Twice);
    assert_eq!(doubtful[0].amount.to_string(), "23064.00");
    // What councils pay the departments is counted where it is paid, for those spend nothing of their own here.
    let is_department = |name: &str| name.starts_with("Department") || name == "Home Office";
    let to_departments = place.transfers();
    let mut to_departments = to_departments.iter().filter(|pair| is_department(&pair.transfer.receiver));
    assert!(to_departments.all(|pair| pair.lines.is_empty()));
    let agree = Decision::Count {
        payer: "Manchester City Council".to_owned(),
        receiver: "Greater Manchester West".to_owned(),
        counted: Counted::Once,
    };
    Command::Decide(agree.into()).apply(&mut place).expect("a pair can be agreed to");
    assert_eq!((place.counted_once(&local) + place.passed_on(&local)).to_string(), "7614338.39");
}
