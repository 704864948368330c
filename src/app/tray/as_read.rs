//! Lines of a file as they were read: the first, the largest and the last, each with its amount, date and year.

use egui::{Align, Grid, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::file::TrayTable;
use crate::app::style;
use crate::app::style::weak_text;
use crate::dimension::{Dimension, NameId};
use crate::figure::visible;
use crate::ledger::{LineId, LineView};
use crate::money::in_full;

/// How wide a column is at least, and how wide one of names, points.
const WIDTH: f32 = 96.0;
const NAMES: f32 = 190.0;
const HEIGHT: f32 = 20.0;

/// Shows them under the rows of the file.
pub(super) fn as_read_ui(ui: &mut Ui, table: &TrayTable) {
    let to_see = &table.to_see;
    if to_see.first.is_empty() {
        return;
    }
    ScrollArea::horizontal().id_salt("as read").show(ui, |ui| {
        Grid::new("as read").striped(true).spacing(vec2(12.0, 2.0)).show(ui, |ui| {
            ui.label(RichText::new("As it was read").font(style::semibold(13.0)));
            weak_text(ui, "Row");
            right(ui, "Amount (£)", true);
            for heading in ["Date", "Year", "Agency", "Paid to, or what for"] {
                weak_text(ui, heading);
            }
            ui.end_row();
            let groups = [("First", &to_see.first), ("Largest", &to_see.largest), ("Last", &to_see.last)];
            for (words, lines) in groups {
                for (index, line) in lines.iter().enumerate() {
                    weak_text(ui, if index == 0 { words } else { "" });
                    line_ui(ui, table, *line);
                    ui.end_row();
                }
            }
        });
    });
}

fn line_ui(ui: &mut Ui, table: &TrayTable, line: LineId) {
    let line = table.addition.ledger.line(line);
    weak_text(ui, &line.provenance().row.map_or_else(String::new, |row| row.to_string()));
    right(ui, &in_full(line.amount()).replacen('£', "", 1), false);
    let date = line.date().map_or_else(String::new, |date| date.to_string());
    cell(ui, &date, WIDTH);
    cell(ui, name(&line, Dimension::Year), WIDTH);
    cell(ui, name(&line, Dimension::Agency), NAMES);
    let paid_to = [Dimension::Supplier, Dimension::Provider, Dimension::Service];
    let paid_to = paid_to.into_iter().map(|dimension| name(&line, dimension)).find(|name| !name.is_empty());
    cell(ui, paid_to.unwrap_or(line.description()), NAMES);
}

fn name<'a>(line: &LineView<'a>, dimension: Dimension) -> &'a str {
    if line.name_id(dimension) == NameId::NOT_STATED { "" } else { line.name(dimension) }
}

/// Numbers end in one line.
fn right(ui: &mut Ui, words: &str, is_heading: bool) {
    ui.allocate_ui_with_layout(vec2(WIDTH, HEIGHT), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(WIDTH);
        if is_heading {
            weak_text(ui, words);
        } else {
            ui.label(words);
        }
    });
}

fn cell(ui: &mut Ui, words: &str, width: f32) {
    ui.allocate_ui(vec2(width, HEIGHT), |ui| {
        ui.set_max_width(width);
        let label = ui.add(Label::new(visible(words)).truncate());
        if !words.is_empty() {
            label.on_hover_text(words);
        }
    });
}
