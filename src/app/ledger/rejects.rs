//! Rows that could not be read: each is mended in place, or left out for a reason.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use crate::agree::{Fate, RejectedRow, Rejects};
use crate::app::action::{Action, Picture};
use crate::app::controls::{RejectForm, mend_ui, nothing_ui, scroll_ui};
use crate::app::style;
use crate::app::style::{Colors, space, weak_text};
use crate::figure::visible;
use crate::place::{Command, Decision, Place};
use crate::words::counted;

/// So many rejected rows are listed.
const MOST: usize = 500;

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
    scroll_ui(ui, ScrollArea::vertical().id_salt("rejected rows").auto_shrink(false), |ui| {
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
    scroll_ui(ui, ScrollArea::vertical().id_salt("lines left out").max_height(180.0), |ui| {
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
