//! Where the lines are from.

use std::collections::BTreeSet;

use egui::{Key, Panel, TextEdit, Ui};

use crate::app::action::Action;
use crate::app::controls::{ROW, amount, heading, nothing_ui, number, scroll_ui, table, text};
use crate::app::style::{name_field, space, weak_text};
use crate::figure::visible;
use crate::ledger::{FileRecord, Ledger, Source};
use crate::money::{Money, in_full};
use crate::place::{Command, Place, SourceWords};
use crate::words::thousands;

/// What keeping only payments to the place is for.
const KEEP: &str = "For files of bodies that spend far beyond the place, such as a department of state: of those that are \
                    ticked, only what they pay agencies of the place stays. Ledger, Counted once says who these are.";

/// What the sheet of sources remembers.
#[derive(Default)]
pub(super) struct SourcesSheet {
    /// The keys of the sources that something is to be done with.
    chosen: BTreeSet<String>,
    /// What is being said of one of them, and what the place says of it.
    typed: Option<(String, SourceWords, SourceWords)>,
}

/// A source with how many lines are from it, and their sum.
pub(super) struct SourceTotal {
    source: Source,
    lines: u64,
    total: Money,
}

pub(super) fn source_totals(ledger: &Ledger) -> Vec<SourceTotal> {
    let totals = ledger.totals_by_source();
    let known = ledger.sources().iter().map(|source| Source::clone(source));
    let none = Source { title: "No source stated".to_owned(), ..Source::default() };
    known
        .chain([none])
        .zip(totals)
        .map(|(source, (lines, total))| SourceTotal { source, lines, total })
        .filter(|row| row.lines > 0 || !row.source.key.is_empty())
        .collect()
}

/// Where the lines are from, and what can be done with the sources that are chosen.
pub(super) fn sources_ui(
    ui: &mut Ui,
    place: &Place,
    totals: &[SourceTotal],
    can_look_again: bool,
    sheet: &mut SourcesSheet,
) -> Option<Action> {
    if totals.is_empty() {
        nothing_ui(ui, "No source yet", "Each file that is read stands here with its publisher and licence.");
        return None;
    }
    let mut action = None;
    let SourcesSheet { chosen, typed } = sheet;
    chosen.retain(|key| totals.iter().any(|row| row.source.key == *key));
    ui.horizontal(|ui| {
        if can_look_again {
            let button = ui.button("How it was read…");
            if button.on_hover_text("The columns, units and choices of each file").clicked() {
                action = Some(Action::LookAgain);
            }
        }
        if totals.iter().filter(|row| !row.source.key.is_empty()).count() > 1 {
            let words = "Keep only what they pay agencies of the place";
            let keep = ui.add_enabled(!chosen.is_empty(), egui::Button::new(words));
            let keep = keep.on_hover_text(KEEP).on_disabled_hover_text(KEEP);
            if keep.clicked() {
                let keys = std::mem::take(chosen).into_iter().collect();
                action = Some(Command::KeepPaymentsToPlace(keys).into());
            }
        }
    });
    ui.add_space(space::XS);
    let only = chosen.first().filter(|_| chosen.len() == 1);
    if let Some(source) = only.and_then(|key| place.sources.iter().find(|source| source.key == *key)) {
        let frame = egui::Frame::new().inner_margin(egui::Margin { top: 10, ..egui::Margin::ZERO });
        let height = (ui.available_height() * 0.45).min(260.0);
        Panel::bottom("source").frame(frame).resizable(false).exact_size(height).show(ui, |ui| {
            action = action.take().or(source_ui(ui, source, typed));
        });
    } else if totals.iter().any(|row| !row.source.key.is_empty()) {
        weak_text(ui, "Tick one to see how it was read, and to say who published it");
    }
    let wide = ui.available_width() > 1300.0;
    let title = if wide { 480.0 } else { 230.0 };
    let (publisher, date, licence) = if wide { (300.0, 170.0, 220.0) } else { (140.0, 92.0, 90.0) };
    table(ui, "sources", &[20.0, title, publisher, date, licence, 56.0, 136.0])
        .header(ROW + 4.0, |mut header| {
            for (title, is_amount) in [
                ("", false),
                ("Source", false),
                ("Publisher", false),
                ("Date", false),
                ("Licence", false),
                ("Lines", true),
                ("Total (£)", true),
                ("File or address", false),
            ] {
                header.col(|ui| heading(ui, title, is_amount));
            }
        })
        .body(|body| {
            body.rows(ROW, totals.len(), |mut row| {
                let SourceTotal { source, lines, total } = &totals[row.index()];
                let title = if source.title.is_empty() { &source.key } else { &source.title };
                row.col(|ui| {
                    if source.key.is_empty() {
                        return;
                    }
                    let mut is_chosen = chosen.contains(&source.key);
                    let tick = ui.checkbox(&mut is_chosen, "");
                    let name = format!("Choose {}", crate::figure::visible(title));
                    let ticked = is_chosen;
                    tick.widget_info(|| {
                        egui::WidgetInfo::selected(egui::Role::CheckBox, true, ticked, &name)
                    });
                    if tick.changed() && is_chosen {
                        chosen.insert(source.key.clone());
                    } else if tick.changed() {
                        chosen.remove(&source.key);
                    }
                });
                row.col(|ui| {
                    let label = egui::Label::new(crate::figure::visible(title)).truncate();
                    let hover = [title.as_str(), &source.note].join("\n");
                    ui.add(label).on_hover_text(hover.trim_end());
                });
                row.col(|ui| text(ui, &source.publisher));
                row.col(|ui| text(ui, &source.date));
                row.col(|ui| text(ui, &source.licence));
                row.col(|ui| number(ui, &thousands(*lines)));
                row.col(|ui| amount(ui, *total));
                let at = if source.file.is_empty() { &source.address } else { &source.file };
                row.col(|ui| text(ui, at));
            });
        });
    action
}

/// How a source was read, and what is said of it, which can be typed.
fn source_ui(
    ui: &mut Ui,
    source: &Source,
    typed: &mut Option<(String, SourceWords, SourceWords)>,
) -> Option<Action> {
    let known = SourceWords::of(source);
    if !typed.as_ref().is_some_and(|(key, _, was)| *key == source.key && *was == known) {
        *typed = Some((source.key.clone(), known.clone(), known.clone()));
    }
    let (_, words, _) = typed.as_mut()?;
    let mut is_done = false;
    ui.horizontal_wrapped(|ui| {
        let fields = [
            ("Publisher", &mut words.publisher, 200.0),
            ("Published", &mut words.date, 110.0),
            ("Licence", &mut words.licence, 150.0),
            ("Address", &mut words.address, 260.0),
        ];
        for (name, text, width) in fields {
            let label = ui.label(name);
            let edit = ui.add(TextEdit::singleline(text).desired_width(width)).labelled_by(label.id);
            name_field(&edit, text, name);
            is_done |= edit.lost_focus() && !ui.input(|input| input.key_pressed(Key::Escape));
        }
    });
    ui.add_space(space::XS);
    scroll_ui(ui, egui::ScrollArea::vertical().id_salt("how it was read").auto_shrink(false), |ui| {
        match &source.record {
            Some(record) => record_ui(ui, record),
            None => {
                weak_text(ui, "How it was read is not known: it was added before that was kept.");
            }
        }
    });
    let command = Command::DescribeSource(source.key.clone(), Box::new(words.clone()));
    (is_done && *words != known).then(|| command.into())
}

/// What a place keeps of how a file was read.
fn record_ui(ui: &mut Ui, record: &FileRecord) {
    let mut say = |words: String| {
        ui.add(egui::Label::new(visible(&words)).wrap());
    };
    let rows = &record.rows;
    let who = record.who_and_when();
    say(format!("Read as {}{}{who}", record.words(), if who.is_empty() { "" } else { ", " }));
    say(format!(
        "{} of headings, {} passed over, {} rejected; {} lines, {}",
        thousands(rows.headings),
        thousands(rows.passed_over),
        thousands(rows.rejected),
        thousands(record.lines),
        in_full(record.total)
    ));
    let columns = record.columns.iter().map(|(meaning, heading)| format!("{meaning} from \"{heading}\""));
    say(format!("Columns: {}", columns.collect::<Vec<_>>().join(", ")));
    let said = record.said.words();
    if !said.is_empty() {
        say(format!("Said of it: {}", said.join(", ")));
    }
    if let Some(numbers) = &record.numbers {
        let told = numbers.told.iter().map(|(what, cells, sum)| {
            let sum = sum.map_or_else(String::new, |sum| format!(" ({})", in_full(sum)));
            format!("{} {what}{sum}", thousands(*cells))
        });
        let told = told.collect::<Vec<_>>().join("; ");
        let (cells, amounts) = (thousands(numbers.cells), thousands(numbers.amounts));
        say(format!("{cells} numbers: {amounts} read as amounts; {told}"));
    }
    for note in &record.notes {
        say(note.message.clone());
    }
    for passed in &record.passed_over {
        say(format!("Row {} passed over, {}: {}", passed.row, passed.reason, passed.text));
    }
    if let Some(size) = record.size {
        say(format!("{} bytes, SHA-256 {}", thousands(size), record.sha256));
    }
}
