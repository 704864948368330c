//! The audit: all that stands behind the figures, on one page.

use egui::{Align, Grid, Layout, RichText, ScrollArea, Ui, vec2};

use crate::app::action::{Action, Picture};
use crate::app::style;
use crate::app::style::{Colors, space, weak_text};
use crate::figure::visible;
use crate::money::in_full;
use crate::scene::{Audit, AuditCell, AuditSection};
use crate::words::thousands;

/// So many rows of a section are shown; an export has all of them.
const MOST_ROWS: usize = 200;

pub(super) fn audit_ui(ui: &mut Ui, audit: &Audit) -> Option<Action> {
    let mut action = None;
    ui.horizontal(|ui| {
        weak_text(ui, "Where the figures are from, what was left out, and what was decided");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui
                .button("Export the audit…")
                .on_hover_text("As CSV; the workbook has it as a sheet")
                .clicked()
            {
                action = Some(Action::Export(Picture::Audit));
            }
        });
    });
    ScrollArea::both().id_salt("audit").auto_shrink(false).show(ui, |ui| {
        for section in audit.sections.iter().filter(|section| !section.rows.is_empty()) {
            section_ui(ui, section);
            ui.add_space(space::M);
        }
    });
    action
}

fn section_ui(ui: &mut Ui, section: &AuditSection) {
    ui.label(RichText::new(section.title).font(style::semibold(15.0)));
    Grid::new(section.title).striped(true).spacing(vec2(space::L, 4.0)).show(ui, |ui| {
        for title in &section.columns {
            ui.label(RichText::new(*title).font(style::semibold(12.0)).color(Colors::of(ui).weak_text));
        }
        ui.end_row();
        for row in section.rows.iter().take(MOST_ROWS) {
            for cell in row {
                match cell {
                    AuditCell::Text(text) => {
                        ui.label(visible(text).into_owned());
                    }
                    AuditCell::Amount(amount) => {
                        let words = in_full(*amount).replacen('£', "", 1);
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(words));
                    }
                    AuditCell::Count(count) => {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            ui.label(thousands(*count))
                        });
                    }
                }
            }
            ui.end_row();
        }
    });
    if section.rows.len() > MOST_ROWS {
        weak_text(ui, &format!("and {} more rows in the export", section.rows.len() - MOST_ROWS));
    }
}
