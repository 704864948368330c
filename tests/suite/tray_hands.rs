//! What hands do in the tray: rows mended before they are added, the keyboard, columns that stay, folders and paths.

use std::fs;

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{By, Queryable as _};
use shadowpool::dimension::Dimension;

use crate::support_ledgers::money;
use crate::support_window::{CTRL, Window, folder, has_keyboard};
use crate::tray::{BOARD, COUNCIL, choose, file, ugly, wait_for_reading};

#[test]
fn rejected_rows_are_mended_and_left_out_before_the_file_is_added() {
    let folder = folder();
    let mut window = Window::sample();
    window.drop_file(&file(&folder, "may.csv", ugly()));
    window.wait_for("Add 1 file");
    window.type_into("Control total", "1,052.30");
    assert!(window.says("First 3 rows were rejected"), "{:#?}", window.names());
    window.harness.set_size(vec2(1024.0, 768.0));
    window.settle();
    window.click("Mend row 9");
    assert_eq!(
        has_keyboard(&window).as_deref(),
        Some("Net Amount (£)"),
        "what is to be mended is typed at once"
    );
    let add = window.names_like("Add 1 file").remove(0);
    let right = window.harness.get_all_by_label(&add).next().unwrap().rect().right();
    assert!(right < 1024.0, "a row of many columns leaves the window as wide as it is");
    window.type_into("Net Amount (£)", "12.30");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("agrees") && window.says("Row 9: fixed"), "{:#?}", window.names());
    window.click("Mend row 8");
    window.type_into("Why it is left out", "never paid");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("Row 8: excluded: never paid"), "{:#?}", window.names());
    // Read again, the decisions stand.
    choose(&mut window, "Service Area", "Cohort");
    wait_for_reading(&mut window);
    assert!(window.says("Row 9: fixed") && window.says("agrees"), "{:#?}", window.names());
    window.click("Decide again about row 8");
    wait_for_reading(&mut window);
    assert!(window.says("Mend row 8") && window.says("Row 9: fixed"), "{:#?}", window.names());
    window.click_like("Add 1 file");
    assert_eq!(window.place().ledger.total(), money("1052.30"));
    assert_eq!(window.place().open_rejects(), 2);
}

#[test]
fn a_row_that_is_mended_changes_whose_file_it_is_said_to_be() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let rows = "Agency,Date,Supplier,Net Amount (£)\nCouncil,01/05/2024,A Ltd,10.00\n\
        Council,02/05/2024,B Ltd,20.00\nPolice,03/05/2023,C Ltd,3O.00x\n";
    window.drop_file(&file(&folder, "may.csv", rows));
    window.wait_for("Add 1 file");
    assert!(window.says("Council, 2024/25"), "{:#?}", window.names());
    window.click("Mend row 4");
    window.type_into("Net Amount (£)", "30.00");
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.says("2 agencies, 2023/24 to 2024/25"), "{:#?}", window.names());
}

#[test]
fn tab_stays_within_the_chosen_card_and_never_leads_into_the_picture() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "council.csv", COUNCIL));
    window.drop_file(&file(&folder, "icb.csv", BOARD));
    wait_for_reading(&mut window);
    let mut went_round = false;
    for step in 0..80 {
        window.press(Modifiers::NONE, Key::Tab);
        let Some(name) = has_keyboard(&window) else { continue };
        let is_beneath =
            name.contains(", Agency, ") || name.contains(", Theme, ") || name == "Undo" || name == "File";
        assert!(!is_beneath && !name.starts_with("council.csv"), "{name}");
        went_round |= step > 5 && name.starts_with("icb.csv");
    }
    assert!(went_round, "from the last control Tab leads to the chosen card again");
}

#[test]
fn what_tab_leads_to_is_scrolled_into_sight() {
    let folder = folder();
    let mut window = Window::sample();
    window.drop_file(&file(&folder, "may.csv", ugly()));
    window.wait_for("Add 1 file");
    window.click("Mend row 9");
    let top = window.harness.get_by_label("Close the tray").rect().bottom();
    let bottom = window.harness.get_by_label("Cancel").rect().top();
    let mut seen = 0;
    for step in 0..40 {
        window.press(Modifiers::NONE, Key::Tab);
        let Some(name) = has_keyboard(&window) else { continue };
        let of_the_frame = ["Close the tray", "Cancel", "Add ", "Name of the place", "may.csv"];
        if of_the_frame.iter().any(|beginning| name.starts_with(beginning)) {
            continue;
        }
        let has_it = By::new().predicate(|node| node.is_focused() && node.label().is_some());
        let rect = window.harness.query_all(has_it).last().expect("it has a name").rect();
        assert!(rect.top() > top && rect.bottom() < bottom, "step {step}: {name}, {rect:?}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn adding_takes_what_is_being_typed_with_it() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "hospital.csv", "Supplier,Amount\nCare Ltd,10.00\nPills Ltd,20.00\n"));
    window.wait_for("Add 1 file");
    window.type_into("Agency", "Town Hospital");
    let before = window.app().history().revision();
    window.click_like("Add 1 file");
    window.wait_until("it is added", |app| app.history().revision() > before);
    assert!(window.place().ledger.names(Dimension::Agency).id("Town Hospital").is_some());
}

#[test]
fn a_column_that_was_seen_stays_when_another_is_set() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let text = "Council,Unit,Firm,Paid on,Amount\nTown Council,Parks,Seeds Ltd,01/05/2024,10.00\n\
        Town Council,Roads,Tarmac Ltd,02/05/2024,20.00\n";
    window.drop_file(&file(&folder, "list.csv", text));
    window.wait_for("Add 1 file");
    choose(&mut window, "Firm", "Provider");
    wait_for_reading(&mut window);
    choose(&mut window, "Unit", "Cohort");
    wait_for_reading(&mut window);
    window.click_like("Add 1 file");
    let place = window.place();
    assert!(place.ledger.names(Dimension::Provider).id("Seeds Ltd").is_some());
    assert!(place.ledger.names(Dimension::Supplier).id("Seeds Ltd").is_none());
    assert!(place.ledger.names(Dimension::Cohort).id("Roads").is_some());
}

#[test]
fn a_dropped_folder_brings_its_files_and_says_what_it_leaves() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let inner = folder.path().join("May");
    fs::create_dir_all(inner.join("more")).unwrap();
    fs::write(inner.join("council.csv"), COUNCIL).unwrap();
    fs::write(inner.join("more").join("icb.csv"), BOARD).unwrap();
    fs::write(inner.join("letter.docx"), "PK").unwrap();
    fs::write(inner.join(".hidden.csv"), COUNCIL).unwrap();
    window.drop_file(&inner);
    window.wait_for("Add 2 files");
    assert!(window.says("letter.docx"), "{:#?}", window.names());
}

#[test]
fn a_path_in_quotes_is_pasted_as_the_file_it_names() {
    let folder = folder();
    let mut window = Window::small(&folder);
    let path = file(&folder, "council.csv", COUNCIL);
    window.harness.event(egui::Event::Paste(format!("\"{}\"\r\n", path.display())));
    window.wait_for("Add 1 file");
    assert!(window.says("council.csv") && !window.says("Pasted cells"), "{:#?}", window.names());
}

#[test]
fn a_list_opens_at_what_is_chosen_and_goes_to_what_is_typed() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "council.csv", COUNCIL));
    window.wait_for("Add 1 file");
    window.click_role(egui::accesskit::Role::ComboBox, "Service Area");
    assert_eq!(has_keyboard(&window).as_deref(), Some("Service"));
    window.harness.event(egui::Event::Text("co".to_owned()));
    window.settle();
    assert_eq!(has_keyboard(&window).as_deref(), Some("Cohort"));
    window.press(Modifiers::NONE, Key::Enter);
    wait_for_reading(&mut window);
    window.click_like("Add 1 file");
    assert!(window.place().ledger.names(Dimension::Cohort).id("Highways").is_some());
}

#[test]
fn a_list_has_the_keyboard_again_after_a_choice_wherever_its_column_stands_then() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "council.csv", COUNCIL));
    window.wait_for("Add 1 file");
    let choose_by_keyboard = |window: &mut Window, list: &str, letters: &str| {
        window.harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, list).focus();
        window.settle();
        window.press(Modifiers::NONE, Key::Space);
        window.harness.event(egui::Event::Text(letters.to_owned()));
        window.settle();
        window.press(Modifiers::NONE, Key::Enter);
        wait_for_reading(window);
    };
    choose_by_keyboard(&mut window, "Service Area", "co");
    assert_eq!(has_keyboard(&window).as_deref(), Some("Service Area"), "{:#?}", window.names());
    // It is closed without a choice, and has the keyboard still.
    window.press(Modifiers::NONE, Key::Space);
    window.press(Modifiers::NONE, Key::Escape);
    window.settle();
    assert_eq!(has_keyboard(&window).as_deref(), Some("Service Area"));
    // The amounts of a file of many columns stand apart, and one that becomes an amount goes there.
    let others: Vec<String> = (1..=20).map(|column| format!("Note {column}")).collect();
    let row = |row: u32| format!("Council,0{row}/05/2024,Firm {row} Ltd,7.5,{}{row}50.25", "x,".repeat(19));
    let rows: Vec<String> = (1..=6).map(row).collect();
    let wide = format!("Agency,Date,Supplier,{},Amount\n{}\n", others.join(","), rows.join("\n"));
    window.drop_file(&file(&folder, "wide.csv", &wide));
    window.wait_for("Add 2 files");
    window.click_like("wide.csv");
    choose_by_keyboard(&mut window, "Note 1", "am");
    assert_eq!(has_keyboard(&window).as_deref(), Some("Note 1"), "{:#?}", window.names());
}

#[test]
fn the_first_the_largest_and_the_last_lines_stand_as_they_were_read() {
    let folder = folder();
    let row = |row: u32| {
        let amount = match row {
            12 => "(9,000.50)".to_owned(),
            15 => "1234.5".to_owned(),
            _ => format!("{}.00", 25 - row),
        };
        format!("Council,{row:02}/05/2024,Supplier {row},\"{amount}\"")
    };
    let rows: Vec<String> = (2..=20).map(row).collect();
    let rows = format!("Agency,Date,Supplier,Amount\n{}\n", rows.join("\n"));
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "may.csv", &rows));
    window.wait_for("As it was read");
    for words in ["First", "Largest", "Last", "-9,000.50", "1,234.50", "2024-05-20", "Supplier 20", "5.00"] {
        let words = words.replace('-', if words.starts_with("-9") { "\u{2212}" } else { "-" });
        assert!(window.says(&words), "{words}: {:#?}", window.names());
    }
}

#[test]
fn the_amount_stays_in_view_where_a_file_has_many_columns() {
    let folder = folder();
    let others: Vec<String> = (1..=20).map(|column| format!("Note {column}")).collect();
    let row = |row: u32| format!("Council,0{row}/05/2024,Firm {row} Ltd,7.5,{}{row}50.25", "x,".repeat(19));
    let rows: Vec<String> = (1..=6).map(row).collect();
    let wide = format!("Agency,Date,Supplier,{},Amount\n{}\n", others.join(","), rows.join("\n"));
    let mut window = Window::small(&folder);
    window.drop_file(&file(&folder, "wide.csv", &wide));
    window.wait_for("Add 1 file");
    let chooser = |window: &Window, name: &str| {
        window.harness.get_by_role_and_label(egui::accesskit::Role::ComboBox, name).rect()
    };
    let (amount, agency) = (chooser(&window, "Amount"), chooser(&window, "Agency"));
    assert!(amount.right() < agency.left() && amount.right() < 1280.0, "{amount:?}, {agency:?}");
    assert!((amount.top() - agency.top()).abs() < 1.0, "rows go on beside it: {amount:?}, {agency:?}");
    // What becomes the amount stands there, wherever the others are scrolled to.
    choose(&mut window, "Note 1", "Amount");
    wait_for_reading(&mut window);
    let note = chooser(&window, "Note 1");
    assert!((note.left() - amount.left()).abs() < 1.0, "{note:?}, {amount:?}");
    // A file that has room keeps its order.
    window.drop_file(&file(&folder, "council.csv", COUNCIL));
    window.wait_for("Add 2 files");
    let (amount, date) = (chooser(&window, "Net Amount"), chooser(&window, "Payment Date"));
    assert!(date.right() < amount.left(), "{date:?}, {amount:?}");
}

#[test]
fn a_row_that_was_read_is_left_out_for_a_reason_before_the_file_is_added() {
    let folder = folder();
    let mut window = Window::small(&folder);
    // The place has the very line that is left out, twice.
    let equal = "Agency,Service,Supplier,Date,Amount\nTown Council,Highways,Tarmac Ltd,03/05/2024,1000.00\n";
    let twice = format!("{equal}{}", equal.split_once('\n').unwrap().1);
    window.drop_file(&file(&folder, "before.csv", twice));
    window.wait_for("Add 1 file");
    window.click_like("Add 1 file");
    assert_eq!(window.place().ledger.total(), money("2450.25"));
    window.drop_file(&file(&folder, "council.csv", COUNCIL.replace(",Net Amount,", ",Net,")));
    window.wait_for("Its lines are there already");
    window.click("They are other payments: add it too");
    wait_for_reading(&mut window);
    window.type_into("Control total", "250.50");
    assert!(window.says("differs by £1,000.00"), "{:#?}", window.names());
    window.harness.get_by_label("Leave out row 2").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::Enter);
    window.type_into("Why the row is left out", "paid twice");
    window.press(Modifiers::NONE, Key::Enter);
    wait_for_reading(&mut window);
    assert!(window.says("Row 2: left out: paid twice"), "{:#?}", window.names());
    assert!(window.says("1 line left out: £1,000.00") && window.says("agrees"), "{:#?}", window.names());
    // A total that is that of the whole file is met as well.
    window.type_into("Control total", "1,250.50");
    assert!(window.says("agrees"), "{:#?}", window.names());
    // Read again, it stands; taken back, and decided again.
    choose(&mut window, "Service Area", "Cohort");
    wait_for_reading(&mut window);
    assert!(window.says("1 line left out: £1,000.00"), "{:#?}", window.names());
    window.click("Decide again about row 2");
    wait_for_reading(&mut window);
    assert!(!window.says("left out: £1,000.00"), "{:#?}", window.names());
    choose(&mut window, "Service Area", "Service");
    wait_for_reading(&mut window);
    window.harness.get_by_label("Leave out row 2").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::Enter);
    window.type_into("Why the row is left out", "paid twice");
    window.click("Leave the row out");
    wait_for_reading(&mut window);
    window.type_into("Control total", "250.50");
    window.click_like("Add 1 file");
    window.wait_until("it is added", |app| app.history().place().sources.len() == 3);
    let place = window.place();
    assert_eq!(place.ledger.total(), money("2450.25") + money("250.50"), "{:#?}", window.names());
    assert_eq!(place.decisions.left_out.len(), 1);
    assert_eq!(place.excluded().len(), 1);
    let out = place.all_lines().provenance(place.excluded()[0]);
    assert_eq!((out.source.unwrap().file.as_str(), out.row), ("council.csv", Some(2)));
    assert!(place.verdicts(&[]).iter().all(|verdict| verdict.agreement.agrees()));
    window.click("Ledger");
    window.click("Audit");
    assert!(window.says("paid twice"), "{:#?}", window.names());
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().ledger.total(), money("2450.25"), "one undo takes the file back");
    assert!(window.place().decisions.left_out.is_empty());
}
