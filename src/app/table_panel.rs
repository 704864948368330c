use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use super::action::Action;
use super::memo::Memo;
use super::style::{Colors, space, weak_text};
use crate::dimension::Dimension;
use crate::ledger::Totals;
use crate::money::{Share, in_full, percent};
use crate::place::{Place, Screen};

/// The figures behind the picture: the same filter, the same totals.
#[derive(Default)]
pub(super) struct TablePanel {
    totals: Memo<u64, Totals>,
}

impl TablePanel {
    /// The totals that stand behind what is shown.
    pub(super) fn totals(&self, place: &Place) -> Totals {
        Totals::of(&place.ledger, &place.view.filter, &divided_by(place))
    }
}

/// Flows are divided by their layers, themes by theme and agency.
fn divided_by(place: &Place) -> Vec<Dimension> {
    match place.view.screen {
        Screen::Themes => vec![Dimension::Theme, Dimension::Agency],
        _ => place.view.layers.clone(),
    }
}

#[must_use]
pub(super) fn table_panel_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    panel: &mut TablePanel,
) -> Option<Action> {
    let mut action = None;
    let key = revision * 8 + place.view.screen as u64;
    let totals = panel.totals.get(key, || Totals::of(&place.ledger, &place.view.filter, &divided_by(place)));
    ui.horizontal(|ui| {
        ui.heading("Table behind");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Copy").on_hover_text("Copy all rows for a spreadsheet").clicked() {
                action = Some(Action::CopyTable);
            }
        });
    });
    weak_text(ui, &format!("{} rows, {} lines, {}", totals.rows.len(), totals.lines, in_full(totals.total)));
    ui.add_space(space::XS);
    let colors = Colors::of(ui);
    egui::ScrollArea::horizontal().show(ui, |ui| {
        let mut table = TableBuilder::new(ui).striped(true).cell_layout(Layout::left_to_right(Align::Center));
        table =
            table.column(Column::initial(124.0)).column(Column::initial(52.0)).column(Column::initial(42.0));
        for _ in &totals.by {
            table = table.column(Column::initial(120.0).clip(true).resizable(true));
        }
        table
            .header(24.0, |mut header| {
                for title in ["£", "Share", "Lines"] {
                    header.col(|ui| {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            ui.label(RichText::new(title).strong().color(colors.weak_text));
                        });
                    });
                }
                for dimension in &totals.by {
                    header.col(|ui| {
                        ui.label(RichText::new(dimension.title()).strong().color(colors.weak_text));
                    });
                }
            })
            .body(|body| {
                body.rows(24.0, totals.rows.len(), |mut row| {
                    let total = &totals.rows[row.index()];
                    let share = Share::of(total.amount, totals.total).map(percent).unwrap_or_default();
                    let amount = in_full(total.amount).replacen('£', "", 1);
                    for words in [amount, share, total.lines.to_string()] {
                        row.col(|ui| {
                            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(words));
                        });
                    }
                    for name in &total.names {
                        row.col(|ui| {
                            ui.add(egui::Label::new(name).truncate());
                        });
                    }
                });
            });
    });
    action
}
