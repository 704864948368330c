//! A row that could not be read, to be mended in place or left out for a reason.

use egui::{Grid, Key, RichText, TextEdit, Ui, vec2};

use super::give_keyboard;
use crate::agree::{RejectedRow, Rejects};
use crate::app::style::{Colors, name_field, primary_button, space};
use crate::figure::visible;
use crate::import::Field;
use crate::ledger::Source;
use crate::place::Decision;

/// How wide a heading and its cell are, points.
const HEADING: f32 = 130.0;
const CELL: f32 = 220.0;

/// A rejected row as it is being mended.
#[derive(Default)]
pub(in crate::app) struct RejectForm {
    /// The source and row it is about.
    pub(in crate::app) of: Option<(String, u32)>,
    cells: Vec<String>,
    reason: String,
    /// What is still wrong with it.
    wrong: String,
    /// Whether the cell that is to be mended is to have the keyboard.
    wants_focus: bool,
}

impl RejectForm {
    pub(in crate::app) fn is_about(&self, rejects: &Rejects, row: &RejectedRow) -> bool {
        self.of.as_ref().is_some_and(|(source, number)| *source == rejects.source && *number == row.row)
    }

    pub(in crate::app) fn begin(&mut self, rejects: &Rejects, row: &RejectedRow) {
        *self = Self {
            of: Some((rejects.source.clone(), row.row)),
            cells: row.proposal.as_ref().unwrap_or(&row.cells).clone(),
            wants_focus: true,
            ..Self::default()
        };
    }
}

/// The cells of a row, to be mended, or the reason why it is left out.
pub(in crate::app) fn mend_ui(
    ui: &mut Ui,
    sources: &[Source],
    rejects: &Rejects,
    row: &RejectedRow,
    form: &mut RejectForm,
) -> Option<Decision> {
    let mut decided = None;
    let RejectForm { cells, reason, wrong, wants_focus, .. } = form;
    let mut counts = false;
    let faulty = rejects.map.columns.iter().position(|column| matches!(column.field, Field::Amount));
    // Two beside each other where there is room: what is wider than its window widens it.
    let beside = if ui.available_width() < 2.0 * (HEADING + CELL + 2.0 * space::S) { 1 } else { 2 };
    Grid::new("mend").num_columns(2 * beside).spacing(vec2(space::S, 6.0)).show(ui, |ui| {
        let columns = rejects.map.columns.len().max(cells.len());
        cells.resize(columns, String::new());
        for (index, cell) in cells.iter_mut().enumerate() {
            let heading = rejects.map.columns.get(index).map_or("", |column| column.heading.trim());
            let heading =
                if heading.is_empty() { format!("(column {})", index + 1) } else { heading.to_owned() };
            ui.allocate_ui(vec2(HEADING, 26.0), |ui| {
                ui.set_min_width(HEADING);
                ui.add(egui::Label::new(visible(&heading)).truncate()).on_hover_text(visible(&heading));
            });
            let edit = ui.add_sized([CELL, 26.0], TextEdit::singleline(cell));
            name_field(&edit, cell, &heading);
            if faulty.unwrap_or(0) == index {
                give_keyboard(&edit, wants_focus);
            }
            counts |= edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if index % beside == beside - 1 {
                ui.end_row();
            }
        }
    });
    if !wrong.is_empty() {
        ui.label(RichText::new(visible(wrong)).color(Colors::of(ui).error));
    }
    ui.horizontal(|ui| {
        let count = primary_button(ui, "Count it so");
        if count.on_hover_text("Enter; reads the row again as it now stands").clicked() || counts {
            let source = sources.iter().find(|source| source.key == rejects.source);
            match source.map(|source| rejects.read_again(source, row.row, cells)) {
                Some(Ok(lines)) => {
                    let (source, cells) = (rejects.source.clone(), cells.clone());
                    decided = Some(Decision::FixReject { source, row: row.row, cells, lines });
                }
                Some(Err(message)) => *wrong = message,
                None => "its file is no longer part of the place".clone_into(wrong),
            }
        }
        ui.add_space(space::L);
        let hint = "Why it is left out";
        let edit = ui.add(TextEdit::singleline(reason).hint_text(hint).desired_width(220.0));
        name_field(&edit, reason, hint);
        let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let has_reason = !reason.trim().is_empty();
        let leaves = ui.add_enabled(has_reason, egui::Button::new("Leave it out")).clicked();
        if leaves || entered && has_reason {
            let (source, reason) = (rejects.source.clone(), reason.trim().to_owned());
            decided = Some(Decision::ExcludeReject { source, row: row.row, reason });
        }
    });
    decided
}
