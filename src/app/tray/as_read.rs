//! Lines of a file as they were read: the first, the largest and the last, each with its amount, date and year. A row can
//! be clicked to be left out.

use egui::{
    Align, Grid, Label, Layout, RichText, ScrollArea, TextStyle, Ui, WidgetInfo, accesskit::Role, vec2,
};

use super::file::{TrayFile, TrayTable};
use super::left_out::leaving_out_ui;
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
pub(super) fn as_read_ui(ui: &mut Ui, file: &mut TrayFile) {
    let Some(table) = file.shown() else { return };
    let (mut wish, left_out) = (None, table.addition.left_out());
    let to_see = &table.to_see;
    if to_see.first.is_empty() {
        return;
    }
    ScrollArea::horizontal().id_salt("as read").show(ui, |ui| {
        Grid::new("as read").striped(true).spacing(vec2(12.0, 2.0)).show(ui, |ui| {
            ui.label(RichText::new("As it was read").font(style::semibold(13.0)));
            weak_text(ui, "Row");
            right(ui, RichText::new("Amount (£)").text_style(TextStyle::Small).weak());
            for heading in ["Date", "Year", "Agency", "Paid to, or what for"] {
                weak_text(ui, heading);
            }
            ui.end_row();
            let groups = [("First", &to_see.first), ("Largest", &to_see.largest), ("Last", &to_see.last)];
            for (words, lines) in groups {
                for (index, line) in lines.iter().enumerate() {
                    weak_text(ui, if index == 0 { words } else { "" });
                    let is_left_out = left_out.binary_search(line).is_ok();
                    wish = wish.or(line_ui(ui, table, *line, is_left_out));
                    ui.end_row();
                }
            }
        });
    });
    if let Some(row) = wish {
        file.begin_leaving_out(row);
    }
    leaving_out_ui(ui, file);
}

/// The row, where it was clicked to be left out.
fn line_ui(ui: &mut Ui, table: &TrayTable, line: LineId, is_left_out: bool) -> Option<u32> {
    let line = table.addition.ledger.line(line);
    let row = line.provenance().row;
    let wish = row.filter(|row| {
        if is_left_out {
            weak_text(ui, &row.to_string());
            return false;
        }
        let link = ui.link(row.to_string());
        let name = format!("Leave out row {row}");
        link.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
        link.on_hover_text("Leave it out of the total, for a reason").clicked()
    });
    if row.is_none() {
        weak_text(ui, "");
    }
    let amount = in_full(line.amount()).replacen('£', "", 1);
    right(ui, if is_left_out { RichText::new(amount).strikethrough() } else { RichText::new(amount) });
    let date = line.date().map_or_else(String::new, |date| date.to_string());
    cell(ui, &date, WIDTH);
    cell(ui, name(&line, Dimension::Year), WIDTH);
    cell(ui, name(&line, Dimension::Agency), NAMES);
    let paid_to = [Dimension::Supplier, Dimension::Provider, Dimension::Service];
    let paid_to = paid_to.into_iter().map(|dimension| name(&line, dimension)).find(|name| !name.is_empty());
    cell(ui, paid_to.unwrap_or(line.description()), NAMES);
    wish
}

fn name<'a>(line: &LineView<'a>, dimension: Dimension) -> &'a str {
    if line.name_id(dimension) == NameId::NOT_STATED { "" } else { line.name(dimension) }
}

/// Numbers end in one line.
fn right(ui: &mut Ui, words: RichText) {
    ui.allocate_ui_with_layout(vec2(WIDTH, HEIGHT), Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(WIDTH);
        ui.label(words);
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
