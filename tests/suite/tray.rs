//! Journeys of a finance officer with files as agencies send them: from the drop to a place that agrees.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, Queryable as _};
use shadowpool::dimension::Dimension;
use shadowpool::place::write_place;
use shadowpool::scene::Sentence;
use tempfile::TempDir;

use crate::support_ledgers::{money, small_place};
use crate::support_window::{CTRL, Window, folder};

pub(crate) const COUNCIL: &str = "Body Name,Service Area,Supplier Name,Payment Date,Net Amount,Gross Amount\n\
    Town Council,Highways,Tarmac Ltd,03/05/2024,\"1,000.00\",1200.00\n\
    Town Council,Parks,Seeds Ltd,09/05/2024,250.50,300.60\n";
pub(crate) const BOARD: &str = "Entity;Expense Area;Supplier;Date;Amount\n\
    Town ICB;Community nursing;Care Ltd;2024-05-14;2000.00\nTown ICB;Prescribing;Pills Ltd;2024-05-20;-75.25\n";
const POLICE: &str = "agency\ttheme\tservice\tdate\tamount\n\
    Town Police\tSafety\tPatrols\t01/05/2024\t£500.00\n";

pub(crate) fn file(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Opens a chooser by its name and takes a choice.
pub(crate) fn choose(window: &mut Window, chooser: &str, choice: &'static str) {
    window.harness.get_by_role_and_label(Role::ComboBox, chooser).focus();
    window.settle();
    window.click_role(Role::ComboBox, chooser);
    let is_choice = move |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.label().as_deref() == Some(choice) && !matches!(node.role(), Role::Label | Role::ComboBox)
    };
    window.hit(By::new().predicate(is_choice));
}

/// Waits until everything in the tray has been read.
pub(crate) fn wait_for_reading(window: &mut Window) {
    window.settle();
    window
        .wait("everything is read", |window| !window.says("Reading…") && !window.says("Waiting to be read"));
    window.settle();
}

#[test]
fn three_agencies_files_become_one_picture_in_one_step() {
    let folder = folder();
    let mut window = Window::sample();
    let files = [
        file(&folder, "council.csv", COUNCIL),
        file(&folder, "icb.csv", BOARD),
        file(&folder, "police.txt", POLICE),
    ];
    for path in &files {
        window.drop_file(path);
    }
    window.wait_for("Add 3 files");
    let before = window.app().history().revision();
    for (name, total) in [("council.csv", "£1,250.50"), ("icb.csv", "£1,924.75"), ("police.txt", "£500.00")]
    {
        assert!(window.says(name) && window.says(total), "{:#?}", window.names());
    }
    assert_eq!(window.app().history().revision(), before, "nothing is in the place before it is added");
    window.press(Modifiers::NONE, Key::Enter);
    let place = window.place();
    assert_eq!(place.name, "3 agencies, May 2024");
    assert_eq!(place.ledger.total(), money("3675.25"));
    assert_eq!(place.view.layers[..2], [Dimension::Agency, Dimension::Service]);
    let sentence = Sentence::about(place, &place.view.filter).text;
    assert_eq!(sentence, "In 2024/25, 3 agencies spend £3.68k, on 1 theme and 5 services.");
    assert!(window.says(&sentence));
    window.press(CTRL, Key::Z);
    assert!(window.place().ledger.is_empty(), "one undo takes all three back");
}

#[test]
fn what_each_column_means_is_shown_and_can_be_changed() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "council.csv", COUNCIL));
    window.wait_for("Add 1 file");
    assert!(window.says("\"Net Amount\" is read as the amount"));
    choose(&mut window, "Gross Amount", "Amount");
    wait_for_reading(&mut window);
    assert!(window.says("£1,500.60"), "{:#?}", window.names());
    choose(&mut window, "Service Area", "Cohort");
    wait_for_reading(&mut window);
    window.click_like("Add 1 file");
    assert_eq!(window.place().ledger.total(), money("450.25") + money("1500.60"));
    assert!(window.place().ledger.names(Dimension::Cohort).id("Highways").is_some());
}

#[test]
fn what_a_file_lacks_is_said_once() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "hospital.csv", "Supplier,Amount\nCare Ltd,10.00\nPills Ltd,20.00\n"));
    window.wait_for("Add 1 file");
    assert!(window.says("No agency"), "{:#?}", window.names());
    window.type_into("Agency", "Town Hospital");
    window.press(Modifiers::NONE, Key::Enter);
    wait_for_reading(&mut window);
    window.type_into("Year", "2024-25");
    window.press(Modifiers::NONE, Key::Enter);
    wait_for_reading(&mut window);
    assert!(
        window.says("Town Hospital, 2024/25") && window.says("Nothing to confirm"),
        "{:#?}",
        window.names()
    );
    choose(&mut window, "Amounts in", "£000");
    wait_for_reading(&mut window);
    window.click_like("Add 1 file");
    assert_eq!(window.place().ledger.total(), money("450.25") + money("30000.00"));
    assert!(window.place().ledger.names(Dimension::Agency).id("Town Hospital").is_some());
}

/// Four title rows, pounds, brackets, a total row, three rows that cannot be read, in an encoding of Windows.
pub(crate) fn ugly() -> Vec<u8> {
    let text = "Town Council\nPayments over £500\nMay 2024\n\n\
        Payment Date,Supplier Name,Service Area,Net Amount (£)\n\
        03/05/2024,Café Ltd,Parks,\"£1,200.00\"\n\
        04/05/2024,Tarmac Ltd,Highways,(200.00)\n\
        05/05/2024,Seeds Ltd,Parks,n/k yet\n\
        06/05/2024,Bins Ltd,Waste,12.3.4\n\
        07/05/2024,Chalk Ltd,Schools,see note\n\
        08/05/2024,Lamps Ltd,Highways,£40.00\n\
        ,Total,,\"£1,040.00\"\n";
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("a letter of Latin-1")).collect()
}

#[test]
fn an_ugly_month_is_compared_with_the_ledgers_total() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "may.csv", ugly()));
    window.wait_for("Add 1 file");
    assert!(
        window.says("windows-1252") && window.says("3 rows read, 5 passed over, 3 rejected"),
        "{:#?}",
        window.names()
    );
    assert!(window.says("Café Ltd"));
    for row in ["row 8", "row 9", "row 10"] {
        assert!(window.says(row), "{row}");
    }
    window.type_into("Control total", "1,052.34");
    assert!(window.says("differs by £12.34: the lines are less"), "{:#?}", window.names());
    window.type_into("Control total", "£1,000.00");
    assert!(window.says("row 11 is exactly that amount"), "{:#?}", window.names());
    window.type_into("Control total", "£1,040.00");
    assert!(window.says("agrees"));
    window.click_like("Add 1 file");
    window.click("Ledger");
    window.click("Control totals (1 agree)");
    assert!(window.says("may.csv"));
    window.type_into("Stated total", "1,500.25");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("Control totals (1 of 2 differ)"), "{:#?}", window.names());
    window.click("Remove the control total All lines");
    assert!(window.says("Control totals (1 agree)"));
    window.press(CTRL, Key::Z);
    assert!(window.says("Control totals (1 of 2 differ)"));
}

#[test]
fn rows_that_cannot_be_read_are_mended_or_left_out_until_the_total_agrees() {
    let folder = folder();
    let mut window = Window::sample();
    window.drop_file(&file(&folder, "may.csv", ugly()));
    window.wait_for("Add 1 file");
    window.type_into("Control total", "1,052.30");
    window.click_like("Add 1 file");
    window.click("Ledger");
    assert!(window.says("Control totals (1 of 1 differ)"), "{:#?}", window.names());
    window.click("Rejects (3)");
    // The first row is open already; another can be chosen.
    assert!(!window.says("Decide about row 8") && window.says("Decide about row 10"));
    window.click("Decide about row 9");
    window.type_into("Net Amount (£)", "twelve");
    window.click("Count it so");
    assert!(window.says("\"twelve\" is not an amount of money"), "{:#?}", window.names());
    window.type_into("Net Amount (£)", "12.30");
    window.click("Count it so");
    assert!(window.says("Rejects (2)") && window.says("Control totals (1 agree)"), "{:#?}", window.names());
    // Whoever has decided about a row is at the next.
    for row in [8, 10] {
        assert!(!window.says(&format!("Decide about row {row}")), "{:#?}", window.names());
        window.type_into("Why it is left out", "never paid");
        window.click("Leave it out");
    }
    assert!(window.says("excluded: never paid") && window.says("Control totals (1 agree)"));
    assert_eq!(window.place().ledger.total(), money("1052.30"));
    window.click("Audit");
    let excluded = By::new().predicate(|node| node.value().as_deref() == Some("excluded: never paid"));
    assert_eq!(window.harness.query_all(excluded).count(), 2);
    for _ in 0..3 {
        window.press(CTRL, Key::Z);
    }
    window.click("Rejects (3)");
    assert_eq!(window.place().ledger.total(), money("1040.00"));
}

#[test]
fn the_next_month_of_a_publisher_asks_nothing_and_a_newer_version_lists_its_changes() {
    let folder = folder();
    let mut window = Window::sample();
    let april = "Ref,Who,What,Amount\n1,Care Ltd,Day care,300.00\n2,Pills Ltd,Nursing,100.00\n";
    window.drop_file(&file(&folder, "april.csv", april));
    window.wait_for("Add 1 file");
    choose(&mut window, "What", "Cohort");
    wait_for_reading(&mut window);
    window.type_into("Agency", "Town Hospital");
    window.press(Modifiers::NONE, Key::Enter);
    wait_for_reading(&mut window);
    window.click_like("Add 1 file");
    assert!(window.place().ledger.names(Dimension::Cohort).id("Day care").is_some());

    let may = "Ref,Who,What,Amount\n3,Care Ltd,Night care,50.00\n";
    window.drop_file(&file(&folder, "may.csv", may));
    window.wait_for("Add 1 file to Town Hospital");
    wait_for_reading(&mut window);
    assert!(
        window.says("Same layout as april.csv") && window.says("Nothing to confirm"),
        "{:#?}",
        window.names()
    );
    window.click_like("Add 1 file");
    assert!(window.place().ledger.names(Dimension::Cohort).id("Night care").is_some());
    assert_eq!(window.place().ledger.names(Dimension::Agency).len(), 2);

    let newer = "Ref,Who,What,Amount\n1,Care Ltd,Day care,310.00\n2,Pills Ltd,Nursing,100.00\n4,Lamps Ltd,Light,5.00\n";
    window.drop_file(&file(&folder, "april.csv", newer));
    window.wait_for("A newer version of a file of the place");
    for words in
        ["1 line unchanged, £100.00", "1 line changed, £300.00 before, £310.00 now", "1 line new, £5.00"]
    {
        assert!(window.says(words), "{words}: {:#?}", window.names());
    }
    assert!(window.says("row 2 now in row 2") && window.says("amount was £300.00"), "{:#?}", window.names());
    let before = write_place(window.place());
    window.click_like("Add 1 file");
    assert_eq!(window.place().ledger.total(), money("465.00"));
    assert_eq!(window.place().ledger.len(), 4);
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before);
}

#[test]
fn a_tray_that_is_closed_leaves_the_place_as_it_was() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let before = (write_place(window.place()), window.app().history().revision());
    window.drop_file(&file(&folder, "council.csv", COUNCIL));
    window.wait_for("Add 1 file");
    choose(&mut window, "Gross Amount", "Amount");
    wait_for_reading(&mut window);
    window.click("Cancel");
    assert!(!window.says("Files to add"));
    assert_eq!((write_place(window.place()), window.app().history().revision()), before);
    window.drop_file(&file(&folder, "icb.csv", BOARD));
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.says("Files to add"));
    assert_eq!((write_place(window.place()), window.app().history().revision()), before);
    // What was put aside waits, and can be shown again.
    window.click("1 file waits");
    assert!(window.says("Files to add") && window.says("icb.csv"), "{:#?}", window.names());
}

#[test]
fn the_files_of_the_tray_are_walked_by_arrows() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "council.csv", COUNCIL));
    window.drop_file(&file(&folder, "icb.csv", BOARD));
    wait_for_reading(&mut window);
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert!(window.says("Tarmac Ltd") && !window.says("Pills Ltd"), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(window.says("Pills Ltd") && !window.says("Tarmac Ltd"), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(window.says("Pills Ltd"), "below the last there is nothing, and no picture either");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().ledger.total(), money("450.25") + money("1250.50") + money("1924.75"));
}

#[test]
fn a_file_that_cannot_be_loaded_says_why_and_the_others_can_be_added() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let personal = format!("Name,NI Number,Amount\n{}", "J Bloggs,AB123456C,10.00\n".repeat(12));
    window.drop_file(&file(&folder, "council.csv", COUNCIL));
    window.drop_file(&file(&folder, "people.csv", personal));
    window.drop_file(&file(&folder, "page.csv", "<!DOCTYPE html><html><body>404</body></html>"));
    wait_for_reading(&mut window);
    assert!(window.says("Not loaded: personal data"), "{:#?}", window.names());
    assert!(window.says("is a web page, not a table") || window.says("Not loaded"));
    assert!(!window.says("AB12345"), "the values are never shown");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().ledger.total(), money("450.25") + money("1250.50"));
}

#[test]
fn cells_from_a_spreadsheet_are_pasted_into_the_tray() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.harness.event(egui::Event::Paste("Agency\tService\tAmount\nCouncil\tParks\t12.50\n".to_owned()));
    window.wait_for("Add 1 file");
    assert!(window.says("Pasted cells"));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.place().ledger.total(), money("462.75"));
}

#[test]
fn files_of_the_command_line_are_drawn_at_once_and_can_be_read_in_another_way() {
    let folder = folder();
    let mut window = Window::open(&[file(&folder, "council.csv", COUNCIL), file(&folder, "icb.csv", BOARD)]);
    window.wait_until("both are there", |app| app.history().place().ledger.len() == 4);
    assert!(!window.says("Files to add"));
    window.click("Ledger");
    window.click("Sources (2)");
    window.click("How it was read…");
    window.wait_for("Read 2 files again");
    choose(&mut window, "Gross Amount", "Amount");
    wait_for_reading(&mut window);
    window.click("Read 2 files again");
    assert_eq!(window.place().ledger.total(), money("1500.60") + money("1924.75"));
    assert_eq!(window.place().ledger.len(), 4);
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.total(), money("1250.50") + money("1924.75"));
}

#[test]
fn a_heading_row_can_be_pointed_out() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let text = "Agency,Service,Amount\nAgency,Theme,Amount\nCouncil,Ageing Well,5.00\n";
    window.drop_file(&file(&folder, "two.csv", text));
    window.wait_for("Add 1 file");
    let row = window.harness.get_by_role_and_label(Role::SpinButton, "Headings in row");
    row.click();
    window.settle();
    window.press(CTRL, Key::A);
    window.harness.event(egui::Event::Text("2".to_owned()));
    window.press(Modifiers::NONE, Key::Enter);
    wait_for_reading(&mut window);
    window.click_like("Add 1 file");
    assert!(
        window.place().ledger.names(Dimension::Theme).id("Ageing Well").is_some(),
        "{:#?}",
        window.names()
    );
}

/// More lines than are gone through within a frame.
fn long_file(folder: &TempDir, name: &str) -> PathBuf {
    let mut text = "Body Name,Service Area,Supplier Name,Payment Date,Net Amount\n".to_owned();
    for line in 0..24_000 {
        let (day, supplier) = (line % 28 + 1, line % 700);
        writeln!(text, "Town Council,Parks,Supplier {supplier} Ltd,{day:02}/05/2024,{line}.50").unwrap();
    }
    file(folder, name, text)
}

#[test]
fn many_lines_are_added_while_the_picture_stays_and_stopping_changes_nothing() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let (path, before) = (long_file(&folder, "long.csv"), money("450.25"));
    // It takes a moment to be added; sooner or later somebody is quick enough.
    let stopped = (0..30).any(|attempt| {
        if attempt == 0 {
            window.drop_file(&path);
        }
        window.wait_for("Add 1 file");
        window.settle();
        window.harness.key_press(Key::Enter);
        window.harness.step();
        assert_eq!(window.place().ledger.total(), before, "the place as it was is still there");
        window.harness.key_press(Key::Escape);
        window.harness.step();
        window.settle();
        if window.place().ledger.total() == before {
            return true;
        }
        window.press(CTRL, Key::Z);
        window.drop_file(&path);
        false
    });
    assert!(stopped);
    assert!(window.says("Stopped; nothing was changed"), "{:#?}", window.names());
    let revision = window.app().history().revision();
    window.wait_for("Add 1 file");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait_until("they are added", |app| app.history().revision() > revision);
    assert_eq!(window.place().ledger.len(), 24_000 + small_place().ledger.len());
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.total(), before, "one undo takes them back");
}

#[test]
fn a_question_is_answered_by_a_click_and_asked_again() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let mut list = "Paid on,Payee,Reference,Team,Net,Gross\n".to_owned();
    for day in 1..=6 {
        writeln!(list, "0{day}/05/2024,Firm {day} Ltd,R{day},Parks,{day}00.01,{day}20.01").unwrap();
    }
    window.drop_file(&file(&folder, "list.csv", list + ",,,,2100.47,\n"));
    window.wait_for("1 question open");
    assert!(window.says("1 open question"), "{:#?}", window.names());
    assert!(window.says("£2,100.06") && window.says("£4,200.53"), "both ways: {:#?}", window.names());
    assert!(window.says("1 column of amounts is not read: £2.22k"), "{:#?}", window.names());
    window.click_like("Row 8 is a payment");
    wait_for_reading(&mut window);
    assert!(window.says("You said: Row 8 is a payment (7 lines, £4,200.53)"), "{:#?}", window.names());
    assert!(!window.says("question open"));
    window.click_like("Ask again");
    wait_for_reading(&mut window);
    assert!(window.says("question open"), "{:#?}", window.names());
    window.click_like("As it is read");
    assert!(!window.says("question open"));
    window.click_like("Add 1 file");
    assert_eq!(window.place().ledger.total(), money("450.25") + money("2100.06"));
}

#[test]
fn a_control_total_that_agrees_answers_what_a_file_asks() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let list = "Paid on,Payee,Reference,Team,Net\n01/05/2024,A Ltd,R1,Parks,100.01\n02/05/2024,B Ltd,R2,Parks,200.01\n,,,,300.50\n";
    window.drop_file(&file(&folder, "list.csv", list));
    window.wait_for("1 question open");
    window.type_into("Control total", "300.02");
    window.settle();
    assert!(!window.says("question open"), "{:#?}", window.names());
}

/// A row of nothing but an amount at the end: a total that misses, or a payment.
const ASKS: &str = "Paid on,Payee,Reference,Team,Net\n01/05/2024,Firm 1 Ltd,R1,Parks,100.01\n\
    02/05/2024,Firm 2 Ltd,R2,Parks,200.01\n03/05/2024,Firm 3 Ltd,R3,Parks,300.01\n,,,,600.50\n";

#[test]
fn files_of_the_command_line_wait_in_the_tray_while_one_of_them_asks() {
    let folder = folder();
    let mut window = Window::open(&[file(&folder, "council.csv", COUNCIL), file(&folder, "list.csv", ASKS)]);
    window.wait_for("Add 2 files");
    assert!(window.place().ledger.is_empty() && window.says("1 question open"), "{:#?}", window.names());
    window.click_like("Add 2 files");
    assert!(window.place().ledger.is_empty(), "nothing is added while it is open");
    assert!(window.says("list.csv is to be answered first"), "{:#?}", window.names());
    // The likeliest answer has the keyboard: one key gives it, and the next adds the files.
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("You said: As it is read"), "{:#?}", window.names());
    window.click("Add 2 files");
    assert_eq!(window.place().ledger.total(), money("1250.50") + money("600.03"));
}

#[test]
fn a_file_whose_lines_are_there_already_is_not_added_unless_a_person_says_so() {
    let folder = folder();
    let mut window = Window::small(&folder);
    for name in ["council.csv", "copy of council.csv"] {
        window.drop_file(&file(&folder, name, COUNCIL));
    }
    window.wait_for("Its lines are there already; not added");
    assert!(window.says("Add 1 file"), "{:#?}", window.names());
    window.click_like("copy of council.csv");
    window.click("They are other payments: add it too");
    window.wait_for("Add 2 files");
    window.click("Ask again");
    window.wait_for("Add 1 file");
    window.click_like("Add 1 file");
    assert_eq!(window.place().ledger.total(), money("450.25") + money("1250.50"));
    // Against the place, under another name.
    window.drop_file(&file(&folder, "council again.csv", COUNCIL));
    window.wait_for("Its lines are there already; not added");
}
