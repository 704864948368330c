//! Published files that nobody here wrote, each read without a hint and held against what is known of it.
//!
//! The files lie beside the project and are no part of it; where they are absent the tests say so and pass.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde_json::Value;
use shadowpool::dimension::Dimension;
use shadowpool::import::{ImportOptions, Imported, Input, import};
use shadowpool::ledger::{Filter, Totals};
use shadowpool::money::Money;

/// The folder of published files, or `None` with a word about it.
fn folder() -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/real"));
    let found = path.is_dir().then_some(path);
    if found.is_none() {
        println!("skipped: the published files are not here");
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
