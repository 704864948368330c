//! Rows that could not be read: each is mended in place, or left out for a reason.

use egui::{Align, Grid, Key, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::agree::{Fate, RejectedRow, Rejects};
use crate::app::action::{Action, Picture};
use crate::app::controls::nothing_ui;
use crate::app::style;
use crate::app::style::{Colors, name_field, primary_button, space, weak_text};
use crate::figure::visible;
use crate::import::Field;
use crate::ledger::Source;
use crate::place::{Command, Decision, Place};
use crate::words::counted;

/// So many rejected rows are listed.
const MOST: usize = 500;

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

/// The first row that nobody has decided about.
fn first_open(place: &Place) -> Option<(&Rejects, &RejectedRow)> {
    let rows = |rejects: &'_ Rejects| rejects.rows.iter().position(|row| row.fate.is_open());
    place.rejects.iter().find_map(|rejects| Some((rejects, &rejects.rows[rows(rejects)?])))
}

pub(super) fn rejects_ui(ui: &mut Ui, place: &Place, form: &mut RejectForm) -> Option<Action> {
    let mut action = left_out_ui(ui, place);
    if place.rejects.iter().all(|rejects| rejects.rows.is_empty()) {
        if !place.decisions.left_out.is_empty() {
            return action;
        }
        let words = "Rows that cannot be read stand here, to be mended or left out for a reason.";
        nothing_ui(ui, "Every row of the files became a line", words);
        return action;
    }
    // The row at hand is decided about, or gone: on to the next.
    let is_at_hand = place
        .rejects
        .iter()
        .any(|rejects| rejects.rows.iter().any(|row| row.fate.is_open() && form.is_about(rejects, row)));
    if !is_at_hand {
        match first_open(place) {
            Some((rejects, row)) => form.begin(rejects, row),
            None => *form = RejectForm::default(),
        }
    }
    ui.horizontal(|ui| {
        let open = place.open_rejects();
        let words = if open == 0 {
            "Every rejected row is decided about".to_owned()
        } else {
            format!("{open} of the rejected rows to decide about; none of these is counted")
        };
        weak_text(ui, &words);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let export =
                ui.button("Export rejected rows…").on_hover_text("As CSV, for whoever sent the file");
            if export.clicked() {
                action = Some(Action::Export(Picture::Rejects));
            }
        });
    });
    ScrollArea::vertical().id_salt("rejected rows").auto_shrink(false).show(ui, |ui| {
        for rejects in place.rejects.iter() {
            for row in rejects.rows.iter().take(MOST) {
                if let Some(wish) = row_ui(ui, place, rejects, row, form) {
                    action = Some(wish);
                }
            }
        }
    });
    action
}

/// Lines that were read and left out by hand, each of which can be counted again.
fn left_out_ui(ui: &mut Ui, place: &Place) -> Option<Action> {
    let left_out = &place.decisions.left_out;
    if left_out.is_empty() {
        return None;
    }
    let mut action = None;
    let title = format!("{} left out of the total by hand", counted(left_out.len(), "line"));
    ui.label(RichText::new(title).font(style::semibold(14.0)));
    ScrollArea::vertical().id_salt("lines left out").max_height(180.0).show(ui, |ui| {
        for (index, out) in left_out.iter().enumerate().take(MOST) {
            ui.horizontal(|ui| {
                if ui.push_id(("left out", index), |ui| ui.button("Count again")).inner.clicked() {
                    let again = Decision::CountAgain(vec![out.line.clone()]);
                    action = Some(Command::Decide(Box::new(again)).into());
                }
                let words = format!("{}: {}", out.line.says, out.reason);
                ui.add(egui::Label::new(visible(&words)).truncate());
            });
        }
    });
    ui.add_space(space::S);
    action
}

/// One row: what is wrong with it and what was decided; the one that is chosen can be mended.
fn row_ui(
    ui: &mut Ui,
    place: &Place,
    rejects: &Rejects,
    row: &RejectedRow,
    form: &mut RejectForm,
) -> Option<Action> {
    let mut action = None;
    let is_chosen = form.is_about(rejects, row);
    style::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let title = format!("{}, row {}", rejects.source, row.row);
            ui.label(RichText::new(visible(&title)).font(style::semibold(14.0)));
            let ink = if row.fate.is_open() { Colors::of(ui).warning } else { Colors::of(ui).ok };
            ui.label(RichText::new(visible(&row.fate.words())).color(ink));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if !row.fate.is_open() {
                    if ui.button(format!("Decide again about row {}", row.row)).clicked() {
                        let again = Decision::ReopenReject { source: rejects.source.clone(), row: row.row };
                        action = Some(Command::Decide(Box::new(again)).into());
                    }
                } else if !is_chosen && ui.button(format!("Decide about row {}", row.row)).clicked() {
                    form.begin(rejects, row);
                }
            });
        });
        ui.add(egui::Label::new(visible(&row.reason)).wrap());
        if is_chosen && row.fate.is_open() {
            if let Some(decided) = mend_ui(ui, &place.sources, rejects, row, form) {
                form.of = None;
                action = Some(Command::Decide(Box::new(decided)).into());
            }
        } else {
            let cells = if let Fate::Fixed(mended) = &row.fate { mended } else { &row.cells };
            weak_text(ui, &visible(&cells.join("  |  ")));
        }
    });
    ui.add_space(space::XS);
    action
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
    Grid::new("mend").num_columns(4).spacing(vec2(space::S, 6.0)).show(ui, |ui| {
        let columns = rejects.map.columns.len().max(cells.len());
        cells.resize(columns, String::new());
        for (index, cell) in cells.iter_mut().enumerate() {
            let heading = rejects.map.columns.get(index).map_or("", |column| column.heading.trim());
            let heading =
                if heading.is_empty() { format!("(column {})", index + 1) } else { heading.to_owned() };
            ui.allocate_ui(vec2(130.0, 26.0), |ui| {
                ui.set_min_width(130.0);
                ui.add(egui::Label::new(visible(&heading)).truncate()).on_hover_text(visible(&heading));
            });
            let edit = ui.add_sized([220.0, 26.0], TextEdit::singleline(cell));
            name_field(&edit, cell, &heading);
            if faulty.unwrap_or(0) == index && std::mem::take(wants_focus) {
                edit.request_focus();
            }
            counts |= edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if index % 2 == 1 {
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
