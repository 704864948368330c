//! Where the lines are from.

use std::collections::BTreeSet;

use egui::Ui;

use crate::app::action::Action;
use crate::app::controls::{ROW, amount, heading, nothing_ui, number, table, text};
use crate::app::style::space;
use crate::ledger::{Ledger, Source};
use crate::money::Money;
use crate::place::Command;
use crate::words::thousands;

/// What keeping only payments to the place is for.
const KEEP: &str = "For files of bodies that spend far beyond the place, such as a department of state: of those that are \
                    ticked, only what they pay agencies of the place stays. Ledger, Counted once says who these are.";

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
    totals: &[SourceTotal],
    can_look_again: bool,
    chosen: &mut BTreeSet<String>,
) -> Option<Action> {
    if totals.is_empty() {
        nothing_ui(ui, "No source yet", "Each file that is read stands here with its publisher and licence.");
        return None;
    }
    let mut action = None;
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
