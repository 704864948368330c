//! The file that is chosen in the tray: how it was read, its columns, what it lacks, its total, and its problems.

use egui::{ComboBox, DragValue, Grid, RichText, TextEdit, Ui, vec2};

use super::as_read::as_read_ui;
use super::columns::columns_ui;
use super::file::{SAID_ONCE, TrayFile, WaitingFile, checked_name};
use super::questions::{numbers_ui, questions_ui};
use super::rows::{chosen_by_the_reader, problems_ui};
use crate::app::controls::chooser_ui;
use crate::app::style;
use crate::app::style::{Colors, Tone, badge, name_field, space, weak_text};
use crate::dimension::{Basis, Dimension, Sector};
use crate::figure::visible;
use crate::import::{Encoding, Field, FileReport, Reject, Unit};
use crate::money::{Money, in_full, read_amount};
use crate::words::{counted_as, thousands};

/// The encodings that files of spending really come in.
const ENCODINGS: [&str; 7] =
    ["utf-8", "windows-1252", "ibm850", "macintosh", "iso-8859-15", "utf-16le", "utf-8 encoded twice"];
const UNITS: [(Unit, &str); 5] = [
    (Unit::Pence, "pence"),
    (Unit::Pounds, "£"),
    (Unit::Thousands, "£000"),
    (Unit::Millions, "£m"),
    (Unit::Billions, "£bn"),
];

pub(super) fn detail_ui(ui: &mut Ui, file: &mut TrayFile, wants_question: bool) {
    if let WaitingFile::Refused(message) = &file.outcome {
        let colors = Colors::of(ui);
        ui.label(RichText::new(visible(message)).color(colors.error));
        weak_text(ui, "It is left out; whatever else lies here can be added without it.");
        ui.add_space(space::S);
        if ui.button("Try again").on_hover_text("When the file has been mended, or is whole").clicked() {
            file.read_again();
        }
    }
    how_ui(ui, file);
    version_ui(ui, file);
    if file.shown().is_none() {
        return;
    }
    questions_ui(ui, file, wants_question);
    ui.add_space(space::S);
    control_ui(ui, file);
    explanations_ui(ui, file);
    numbers_ui(ui, file);
    ui.add_space(space::S);
    columns_ui(ui, file);
    ui.add_space(space::S);
    choices_ui(ui, file);
    // What is missing is asked for first; what is to be looked at otherwise.
    if file.shown().is_some_and(|reading| reading.agencies.is_empty()) {
        lacking_ui(ui, file);
        problems_ui(ui, file);
    } else {
        problems_ui(ui, file);
        lacking_ui(ui, file);
    }
    // A frame later than the rest: with the letters of all of it one frame would be long.
    if std::mem::replace(&mut file.is_shown, true) {
        ui.add_space(space::S);
        as_read_ui(ui, file);
    } else {
        ui.ctx().request_repaint();
    }
}

/// Encoding, sheet, headings' row and unit, each as it was found or said.
fn how_ui(ui: &mut Ui, file: &mut TrayFile) {
    let how = file.shown().map(|reading| {
        let report = &reading.report;
        (report.encoding, report.sheets.clone(), report.sheet.clone(), report.map.amounts.unit)
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if file.readings().len() > 1 {
            table_ui(ui, file);
        }
        let encoding = how.as_ref().and_then(|(encoding, ..)| *encoding).or(file.said.encoding);
        if encoding.is_some() {
            encoding_ui(ui, file, encoding);
        }
        if let Some((_, sheets, sheet, unit)) = &how {
            if sheets.len() > 1 {
                sheet_ui(ui, file, sheets, sheet.as_deref().unwrap_or_default());
            }
            header_ui(ui, file);
            unit_ui(ui, file, *unit);
            if let Some(like) = file.shown().and_then(|reading| reading.like.clone()) {
                badge(ui, &format!("Same layout as {like}"), Tone::Ok);
            }
        }
    });
}

/// How the file differs from the one of its name that the place has, and whether it takes its place.
fn version_ui(ui: &mut Ui, file: &mut TrayFile) {
    let Some(changes) = &file.changes else { return };
    ui.add_space(space::S);
    if changes.is_same() {
        ui.label("The place has a file of this name, with the same lines.");
    } else {
        ui.label("The place has a file of this name. Against it, this one has:");
    }
    for words in changes.words() {
        weak_text(ui, &words);
    }
    for words in &file.changed_lines {
        weak_text(ui, &visible(words));
    }
    if changes.changed.len() > file.changed_lines.len() {
        weak_text(
            ui,
            &format!("and {} more changed lines", changes.changed.len() - file.changed_lines.len()),
        );
    }
    ui.checkbox(&mut file.takes_place, "It takes the older one's place");
}

/// Which table of a data package is shown.
fn table_ui(ui: &mut Ui, file: &mut TrayFile) {
    let label = ui.label("Table");
    let names: Vec<String> = file.readings().iter().map(|reading| reading.report.name.clone()).collect();
    let combo = ComboBox::from_id_salt("table").selected_text(names[file.table].as_str());
    let choices: Vec<(&str, bool)> =
        names.iter().enumerate().map(|(index, name)| (name.as_str(), index == file.table)).collect();
    let (shown, chosen) = chooser_ui(ui, combo, &choices);
    shown.labelled_by(label.id);
    if let Some(chosen) = chosen {
        file.table = chosen;
    }
}

fn encoding_ui(ui: &mut Ui, file: &mut TrayFile, now: Option<Encoding>) {
    let label = ui.label("Encoding");
    let now = now.map_or_else(|| "as found".to_owned(), Encoding::name);
    let combo = ComboBox::from_id_salt("encoding").selected_text(now.as_str());
    let (shown, chosen) = chooser_ui(ui, combo, &ENCODINGS.map(|name| (name, now == name)));
    shown.labelled_by(label.id);
    if let Some(chosen) = chosen.and_then(|chosen| ENCODINGS[chosen].parse::<Encoding>().ok()) {
        file.said.encoding = Some(chosen);
        file.read_again();
    }
}

fn sheet_ui(ui: &mut Ui, file: &mut TrayFile, sheets: &[String], now: &str) {
    let label = ui.label("Sheet");
    let choices: Vec<(&str, bool)> = sheets.iter().map(|sheet| (sheet.as_str(), sheet == now)).collect();
    let combo = ComboBox::from_id_salt("sheet").selected_text(now);
    let (shown, chosen) = chooser_ui(ui, combo, &choices);
    shown.labelled_by(label.id);
    if let Some(chosen) = chosen {
        file.said.sheet = Some(sheets[chosen].clone());
        // Another sheet has other columns.
        file.said.fields.clear();
        file.said.lines_at.clear();
        file.said.header_row = None;
        file.answered.clear();
        file.decided.clear();
        file.read_again();
    }
}

fn header_ui(ui: &mut Ui, file: &mut TrayFile) {
    let label = ui.label("Headings in row");
    let was = file.header_row;
    let row = DragValue::new(&mut file.header_row).range(0..=400).speed(0.1).update_while_editing(false);
    let row = ui.add(row).labelled_by(label.id).on_hover_text("0 where the file has no headings");
    let is_done = !row.dragged() && (row.drag_stopped() || row.lost_focus() || file.header_row != was);
    let found = file.shown().and_then(|reading| reading.report.header_row).unwrap_or(0);
    if is_done && file.header_row != file.said.header_row.unwrap_or(found) {
        file.said.header_row = Some(file.header_row);
        // Columns are told by their place; under other headings they are told anew.
        file.said.fields.clear();
        file.answered.clear();
        file.decided.clear();
        file.read_again();
    }
}

fn unit_ui(ui: &mut Ui, file: &mut TrayFile, now: Unit) {
    let label = ui.label("Amounts in");
    let words = UNITS.iter().find(|(unit, _)| *unit == now).map_or("£", |(_, words)| words);
    let combo = ComboBox::from_id_salt("unit").width(64.0).selected_text(words);
    let (shown, chosen) = chooser_ui(ui, combo, &UNITS.map(|(unit, words)| (words, unit == now)));
    shown.labelled_by(label.id);
    if let Some((unit, _)) = chosen.map(|chosen| UNITS[chosen]).filter(|(unit, _)| *unit != now) {
        file.said.unit = Some(unit);
        file.read_again();
    }
}

/// What the reader chose where a file offers several readings.
fn choices_ui(ui: &mut Ui, file: &TrayFile) {
    let Some(reading) = file.shown() else { return };
    for words in chosen_by_the_reader(&reading.report) {
        ui.label(RichText::new(format!("Chosen: {}", visible(words))).color(Colors::of(ui).text));
    }
}

/// What holds for the whole file, where no column says it.
fn lacking_ui(ui: &mut Ui, file: &mut TrayFile) {
    let Some(reading) = file.shown() else { return };
    let of_columns: Vec<Option<String>> = SAID_ONCE
        .iter()
        .map(|dimension| {
            let is_it = |field: &Field| match field {
                Field::Dimension(of) | Field::AmountFor(of, _) => of == dimension,
                Field::Date => *dimension == Dimension::Year,
                _ => false,
            };
            if let Some((_, known)) = reading.report.map.set.iter().find(|(known, _)| known == dimension) {
                return Some(format!("last time: {known}"));
            }
            let mut columns = reading.report.map.used();
            columns
                .find(|(_, column)| is_it(&column.field))
                .map(|(_, column)| format!("from \"{}\"", column.heading.trim()))
        })
        .collect();
    ui.add_space(space::S);
    ui.label(RichText::new("For every line of this file").font(style::semibold(14.0)));
    let mut said = None;
    Grid::new("for every line").num_columns(6).spacing(vec2(space::S, 6.0)).show(ui, |ui| {
        for (index, dimension) in SAID_ONCE.into_iter().enumerate() {
            let label = ui.label(dimension.title());
            let column = of_columns[index].as_deref();
            if let Some(name) = said_ui(ui, file, index, column, label.id) {
                said = Some((dimension, name));
            }
            if index % 3 == 2 {
                ui.end_row();
            }
        }
    });
    if let Some((dimension, name)) = said {
        file.say(dimension, &name);
    }
}

/// One of them: words of a short list, or a field. What is said goes before what a column says.
fn said_ui(
    ui: &mut Ui,
    file: &mut TrayFile,
    index: usize,
    column: Option<&str>,
    label: egui::Id,
) -> Option<String> {
    let dimension = SAID_ONCE[index];
    let said =
        file.said.set.iter().find(|(said, _)| *said == dimension).map_or("", |(_, name)| name.as_str());
    let hint = column.unwrap_or("Not stated").to_owned();
    let list: Vec<&'static str> = match dimension {
        Dimension::Sector => Sector::ALL.map(Sector::name).to_vec(),
        Dimension::Basis => Basis::ALL.map(Basis::name).to_vec(),
        _ => Vec::new(),
    };
    if !list.is_empty() {
        let now = if said.is_empty() { hint.as_str() } else { said };
        let combo = ComboBox::from_id_salt(("said", index)).width(150.0).selected_text(now);
        let nothing = (hint.as_str(), said.is_empty());
        let choices: Vec<(&str, bool)> =
            std::iter::once(nothing).chain(list.into_iter().map(|name| (name, said == name))).collect();
        let (shown, chosen) = chooser_ui(ui, combo, &choices);
        shown.labelled_by(label);
        return chosen.map(|chosen| if chosen == 0 { String::new() } else { choices[chosen].0.to_owned() });
    }
    let said = said.to_owned();
    let typed = &mut file.typed[index];
    let edit = ui.add_sized([150.0, 26.0], TextEdit::singleline(typed).hint_text(hint));
    name_field(&edit, typed, dimension.title());
    let checked = checked_name(dimension, typed);
    if let Err(wrong) = &checked {
        edit.clone().on_hover_text(wrong);
        ui.painter().rect_stroke(
            edit.rect,
            4.0,
            egui::Stroke::new(1.5, Colors::of(ui).error),
            egui::StrokeKind::Outside,
        );
    }
    if !edit.lost_focus() {
        return None;
    }
    checked.ok().filter(|name| *name != said)
}

/// A published or ledger figure, and whether the lines agree with it.
fn control_ui(ui: &mut Ui, file: &mut TrayFile) {
    ui.horizontal_wrapped(|ui| {
        ui.label("Control total");
        let edit = TextEdit::singleline(&mut file.control).hint_text("As published").desired_width(140.0);
        let edit = ui.add(edit);
        name_field(&edit, &file.control, "Control total");
        match file.agreement() {
            Some(Ok(difference)) if difference.is_zero() => {
                badge(ui, "agrees", Tone::Ok);
            }
            Some(Ok(difference)) => {
                let way = if difference.is_negative() { "less" } else { "more" };
                let words = format!("differs by {}: the lines are {way}", in_full(difference.abs()));
                badge(ui, &words, Tone::Warning);
            }
            Some(Err(wrong)) => {
                badge(ui, &wrong, Tone::Error);
            }
            None => {
                weak_text(ui, &format!("The lines come to {}", in_full(file.total())));
            }
        }
        let stated = file.shown().and_then(|reading| reading.report.stated_total);
        if let Some(stated) = stated.filter(|_| file.control.is_empty()) {
            let words = format!("Use the file's {}", in_full(stated));
            if ui.button(words).on_hover_text("The total that the file itself states").clicked() {
                file.control = stated.to_string();
            }
        }
    });
}

/// What may explain a difference: a row that was left out, a line that stands twice, VAT.
fn explanations_ui(ui: &mut Ui, file: &mut TrayFile) {
    if !matches!(file.agreement(), Some(Ok(difference)) if !difference.is_zero()) {
        return;
    }
    if let Some(words) = file.shown().and_then(|reading| rejected_words(&reading.report)) {
        ui.label(words);
    }
    let context = ui.ctx().clone();
    for (index, words) in file.explanations(&context).iter().take(3).enumerate() {
        let start = if index == 0 { "Most likely" } else { "Or" };
        ui.label(format!("{start}: {}", visible(words)));
    }
}

/// What rejected rows hold, which is the first place to look for money that is missing.
fn rejected_words(report: &FileReport) -> Option<String> {
    let amount = report.map.used().find(|(_, column)| column.field == Field::Amount).map(|(place, _)| place);
    let cell = |reject: &Reject| reject.cells.get(amount?).and_then(|cell| read_amount(cell.trim()).ok());
    let known: Vec<Money> = report.rejects.iter().filter_map(cell).collect();
    let rows = counted_as(
        report.rejects.len(),
        "row was rejected and is not in it",
        "rows were rejected and are not in it",
    );
    let sum = match known.len() {
        0 => "no amount can be read in them".to_owned(),
        count => format!("{} of them come to {}", thousands(count), in_full(known.iter().copied().sum())),
    };
    (!report.rejects.is_empty()).then(|| format!("First {rows}: {sum}"))
}
