//! Published files that nobody here wrote, each read without a hint and held against what is known of it.
//!
//! The files lie beside the project and are no part of it; where they are absent the tests say so and pass.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde_json::Value;
use shadowpool::import::{ImportOptions, Imported, Input, import};
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
            let started = std::time::Instant::now();
            let imported = std::panic::catch_unwind(|| read(&path));
            let Ok(imported) = imported else {
                wrong.push(format!("{name}: cannot be read"));
                continue;
            };
            let report = imported.file;
            println!(
                "{:45} {:>7} {:>18} {:>6?} {:?} [{}] {}",
                name,
                report.lines,
                report.total.to_string(),
                report.header_row,
                started.elapsed(),
                report.encoding.map_or_else(String::new, |encoding| encoding.name()),
                report
                    .columns()
                    .iter()
                    .map(|(field, heading)| format!("{}={heading}", field.key()))
                    .collect::<Vec<_>>()
                    .join(" "),
            );
            for problem in report.problems.iter().take(8) {
                println!("      {:?} {}", problem.severity, problem.message);
            }
            for skipped in report.skipped.iter().take(10) {
                println!(
                    "      skipped {} +{} {:?} {}",
                    skipped.row, skipped.rows, skipped.reason, skipped.text
                );
            }
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

#[test]
fn tables_are_read() {
    let Some(folder) = folder() else { return };
    for name in [
        "oakland-budget/FY22-23__adopted.csv",
        "fdp-australia-budget/data/201505181230budget1516.csv",
        "hmt-cra/CRA_2014_Combined_Database_for_Publication.xlsx",
        "mhclg-revenue-budget/RA_2023-24_data_Part_1.csv",
        "mhclg-revenue-outturn/Revenue_Outturn_Summary__RS__data_2011-12_by_LA_-_Revised_28-Nov-2013.xls",
        "mhclg-revenue-outturn/RS_2017-18_data_by_LA.xlsx",
        "hmt-pesa/pesa.xlsx",
    ] {
        let started = std::time::Instant::now();
        let path = folder.join(name);
        let bytes = fs::read(&path).expect("bytes");
        let result =
            import(Input { name, bytes: &bytes }, &ImportOptions::default(), |_| ControlFlow::Continue(()));
        let (report, lines) = match result {
            Ok(imported) => (imported.file, imported.lines),
            Err(error) => {
                println!("{name}: {error}");
                continue;
            }
        };
        println!(
            "{name} {:?} rows {} lines {} {} header {:?} sheet {:?} {:?} {:?}",
            started.elapsed(),
            report.read,
            report.lines,
            report.total,
            report.header_row,
            report.sheet,
            report.encoding,
            report.stated_total
        );
        println!(
            "   {}",
            report
                .columns()
                .iter()
                .map(|(field, heading)| format!("{}={heading}", field.key()))
                .collect::<Vec<_>>()
                .join(" | ")
        );
        for problem in report.problems.iter().take(8) {
            println!("      {:?} {}", problem.severity, problem.message);
        }
        for skipped in report.skipped.iter().take(14) {
            println!(
                "      skipped {} +{} {:?} {}",
                skipped.row,
                skipped.rows,
                skipped.reason,
                skipped.text.chars().take(150).collect::<String>()
            );
        }
    }
}
