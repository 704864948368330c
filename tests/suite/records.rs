//! How each file was read is kept with the place: in its file, in the audit, and in the window after it is opened again.

use std::fs;
use std::path::Path;

use egui_kittest::kittest::Queryable as _;
use shadowpool::place::{Command, SourceWords, read_place, write_place};
use shadowpool::scene::{AuditCell, audit};
use shadowpool::store::{ContentHash, open_place};

use crate::cli::{out, run, said};
use crate::support_window::{Window, folder};

const SPENDING: &str = "Town Council\n\nPayment Date,Supplier Name,Ref,Net Amount\n\
    03/05/2024,Tarmac Ltd,71,1000.00\n09/05/2024,Seeds Ltd,72,250.50\n10/05/2024,Lamps Ltd,73,lots\n";

fn imported(folder: &Path) -> String {
    fs::write(folder.join("may.csv"), SPENDING).unwrap();
    let output = run(folder, &["import", "may.csv", "-o", "place.ron"], "");
    assert!(folder.join("place.ron").exists(), "{}{}", out(&output), said(&output));
    fs::read_to_string(folder.join("place.ron")).unwrap()
}

#[test]
fn a_place_keeps_how_each_file_was_read() {
    let folder = folder();
    let text = imported(folder.path());
    assert!(text.starts_with("(\n  format: 2,\n  name: "), "{text}");
    let place = open_place(&folder.path().join("place.ron")).unwrap();
    let record = place.sources[0].record.clone().unwrap();
    assert_eq!(record.sha256, ContentHash::of(SPENDING.as_bytes()).to_string());
    assert_eq!((record.size, record.header_row), (Some(SPENDING.len() as u64), Some(3)));
    assert_eq!((record.rows.all, record.rows.read, record.rows.rejected), (6, 2, 1));
    assert_eq!((record.lines, record.total.to_string().as_str()), (2, "1250.50"));
    assert!(record.columns.contains(&("amount".to_owned(), "Net Amount".to_owned())), "{record:?}");
    let numbers = record.numbers.as_ref().unwrap();
    let told: u64 = numbers.told.iter().map(|(_, cells, _)| cells).sum();
    assert_eq!((numbers.cells, numbers.amounts, told), (8, 2, 6));
    assert_eq!(record.passed_over[0].text, "Town Council");
    assert!(record.notes.iter().any(|note| note.row == Some(6) && note.code == "amount-unreadable"));
    assert_eq!(record.on.len(), "2026-11-30".len(), "the day: {}", record.on);
    // A line for each part of it, and the same text again.
    assert!(text.contains("\n        sha256: \"") && text.contains("\n        rows: (all: 6,"), "{text}");
    assert_eq!(write_place(&place), text);
    let page = audit(&place);
    let section = |title| page.sections.iter().find(|section| section.title == title).unwrap();
    assert!(section("How the files were read").rows[0].contains(&AuditCell::from(record.sha256.clone())));
    assert!(section("What became of the numbers").rows.len() == 1 + numbers.told.len());
    assert_eq!(section("Rows passed over").rows.len(), 2);
}

#[test]
fn a_place_without_records_is_written_as_it_always_was() {
    let text = "(\n  format: 1,\n  name: \"Here\",\n  sources: [\n    (key: \"a\", title: \"A\", publisher: \"P\"),\n  ],\n  \
        lines: [],\n)\n";
    let place = read_place(text).unwrap();
    let written = write_place(&place);
    assert!(written.starts_with("(\n  format: 1,\n"), "{written}");
    assert!(written.contains("    (key: \"a\", title: \"A\", publisher: \"P\"),\n"), "{written}");
    // Beside one that has a record it is written the same.
    let folder = folder();
    let mut with = read_place(&imported(folder.path())).unwrap();
    std::sync::Arc::make_mut(&mut with.sources).extend(place.sources.iter().cloned());
    let written = write_place(&with);
    assert!(written.contains("    (key: \"a\", title: \"A\", publisher: \"P\"),\n"), "{written}");
}

#[test]
fn who_published_a_source_is_typed_and_taken_back() {
    let folder = folder();
    imported(folder.path());
    let mut place = open_place(&folder.path().join("place.ron")).unwrap();
    let before = write_place(&place);
    let words = SourceWords { publisher: " The Council ".to_owned(), ..SourceWords::default() };
    Command::DescribeSource("may.csv".to_owned(), Box::new(words)).apply(&mut place).unwrap();
    assert_eq!(place.sources[0].publisher, "The Council");
    assert_eq!(place.ledger.sources()[0].publisher, "The Council", "lines say so as well");
    assert!(write_place(&place).contains("publisher: \"The Council\""));
    let nothing = Command::DescribeSource("june.csv".to_owned(), Box::default());
    assert!(nothing.apply(&mut place).is_err());
    let back = Command::DescribeSource("may.csv".to_owned(), Box::default());
    back.apply(&mut place).unwrap();
    assert_eq!(write_place(&place), before);
}

#[test]
fn what_was_said_of_a_file_is_there_when_its_place_is_opened_again() {
    let folder = folder();
    imported(folder.path());
    let mut window = Window::open(&[folder.path().join("place.ron")]);
    window.wait_until("the place is open", |app| app.history().place().ledger.len() == 2);
    window.click("Ledger");
    window.click_like("Problems (");
    assert!(window.says("\"lots\" is not an amount of money"), "{:#?}", window.names());
    window.click("Sources (1)");
    window.click("Choose may.csv");
    assert!(window.says("headings in row 3; 2 of 6 rows read"), "{:#?}", window.names());
    assert!(window.says("8 numbers: 2 read as amounts"), "{:#?}", window.names());
    window.type_into("Licence", "Open Government Licence");
    window.press(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(window.place().sources[0].licence, "Open Government Licence");
    window.press(crate::support_window::CTRL, egui::Key::Z);
    assert_eq!(window.place().sources[0].licence, "");
}

#[test]
fn who_published_a_file_when_and_where_is_typed_and_is_in_the_audit_after_it_is_opened_again() {
    let folder = folder();
    imported(folder.path());
    let path = folder.path().join("place.ron");
    let mut window = Window::open(std::slice::from_ref(&path));
    window.wait_until("the place is open", |app| app.history().place().ledger.len() == 2);
    window.click("Ledger");
    window.click("Sources (1)");
    window.click("Choose may.csv");
    let said = [
        ("Publisher", "Town Council"),
        ("Published", "2024-06-12"),
        ("Licence", "Open Government Licence v3.0"),
        ("Address", "https://town.example/spending"),
    ];
    for (field, words) in said {
        window.type_into(field, words);
        window.press(egui::Modifiers::NONE, egui::Key::Enter);
    }
    window.press(crate::support_window::CTRL, egui::Key::S);
    window.wait("it is saved", |_| fs::read_to_string(&path).unwrap().contains("https://town.example"));
    // One window holds the file.
    drop(window);
    let mut again = Window::open(&[path]);
    again.wait_until("the place is open", |app| app.history().place().ledger.len() == 2);
    again.click("Ledger");
    again.click("Audit");
    for (_, words) in said {
        assert!(again.says(words), "{words}: {:#?}", again.names());
    }
    again.click("Sources (1)");
    again.click("Choose may.csv");
    for (field, words) in said {
        let edit = again.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, field);
        assert_eq!(edit.value().as_deref(), Some(words), "{field}");
    }
}

#[test]
fn what_was_taken_over_for_a_newer_version_is_shown_with_it_in_the_ledger_and_in_the_audit() {
    let folder = folder();
    let folder = folder.path();
    fs::write(folder.join("may.csv"), SPENDING).unwrap();
    let importing =
        ["import", "may.csv", "--unit", "thousands", "--set", "agency=Town Council", "-o", "place.ron"];
    run(folder, &importing, "");
    fs::write(folder.join("newer.csv"), SPENDING.replace("250.50", "260.50")).unwrap();
    let replacing = ["import", "place.ron", "newer.csv", "--replace", "may.csv", "-o", "place.ron"];
    let output = run(folder, &replacing, "");
    let words =
        "read as may.csv was: its columns and its amounts in thousands of pounds and agency Town Council";
    assert!(said(&output).contains(words), "{}", said(&output));
    let place = open_place(&folder.join("place.ron")).unwrap();
    let page = audit(&place);
    let section = |title| page.sections.iter().find(|section| section.title == title).unwrap();
    let noted = section("What was said of the files").rows.iter().flatten();
    let words_of = |cell: &AuditCell| format!("{cell:?}");
    assert!(noted.clone().any(|cell| words_of(cell).contains(words)), "{:?}", noted.collect::<Vec<_>>());
    let mut window = Window::open(&[folder.join("place.ron")]);
    window.wait_until("the place is open", |app| app.history().place().ledger.len() == 2);
    window.click("Ledger");
    window.click("Sources (1)");
    let choose = window.names_like("Choose ").into_iter().next().expect("the source");
    window.click(&choose);
    assert!(window.says(words), "{:#?}", window.names());
    assert!(window.says("Said of it: its amounts in thousands of pounds"), "{:#?}", window.names());
}
