//! The table behind the pool: its partners to the penny.

use egui::{Align, Layout, RichText, ScrollArea, Ui, vec2};
use egui_extras::{Column, TableBuilder};

use super::contributions::amount_width;
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Colors, space, weak_text};
use crate::ledger::{full_or_about, full_or_between};
use crate::money::{Money, percent};
use crate::pool::Model;

const AMOUNT: f32 = 112.0;
/// What "about" takes before an estimate.
const ABOUT: f32 = 40.0;
const SHARE: f32 = 56.0;
const NAME: f32 = 170.0;
const WHY: f32 = 330.0;

/// The table behind the pool: every partner with its figures to the penny.
#[must_use]
pub(in crate::app) fn partners_table_ui(ui: &mut Ui, model: &Model) -> Option<Action> {
    let mut action = None;
    ui.horizontal(|ui| {
        ui.heading("Table behind");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Copy").on_hover_text("Copy all rows for a spreadsheet").clicked() {
                action = Some(Action::CopyTable);
            }
        });
    });
    let words = format!(
        "{} partners, {} in the pool",
        model.positions.len(),
        full_or_between(model.balance.into_pool, model.range)
    );
    weak_text(ui, &words);
    ui.add_space(space::XS);
    ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
    let amounts =
        model.positions.iter().flat_map(|position| [position.puts_in, position.gets_back, position.net]);
    let about = if model.range.is_some() { ABOUT } else { 0.0 };
    let amount = amount_width(amounts, AMOUNT) + about;
    ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .id_salt("partners behind")
            .striped(true)
            .auto_shrink(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        for width in [NAME, amount, amount, amount, SHARE, SHARE, 60.0, WHY] {
            table = table.column(Column::exact(width).clip(true));
        }
        let headings =
            ["Partner", "Puts in (£)", "Gets back (£)", "Net (£)", "Of pool", "Of own", "No worse", "Why"];
        table
            .header(26.0, |mut header| {
                for (index, title) in headings.into_iter().enumerate() {
                    header.col(|ui| {
                        let words = RichText::new(title).font(style::semibold(12.0));
                        let words = words.color(Colors::of(ui).weak_text);
                        if (1..6).contains(&index) {
                            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(words));
                        } else {
                            ui.label(words);
                        }
                    });
                }
            })
            .body(|body| {
                body.rows(28.0, model.positions.len(), |mut row| {
                    let position = &model.positions[row.index()];
                    let amount = |amount: Money, is_estimate: bool| {
                        full_or_about(amount, is_estimate && !amount.is_zero()).replacen('£', "", 1)
                    };
                    let badge = if position.no_worse_off.holds { "yes" } else { "no" };
                    row.col(|ui| {
                        ui.add(egui::Label::new(RichText::new(&position.agency).small()).truncate());
                    });
                    for words in [
                        amount(position.puts_in, position.range.is_some()),
                        amount(position.gets_back, position.is_estimate),
                        amount(position.net, position.is_estimate),
                        percent(position.share_of_pool),
                        percent(position.share_of_own),
                    ] {
                        row.col(|ui| {
                            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.small(words));
                        });
                    }
                    row.col(|ui| {
                        ui.small(badge);
                    });
                    row.col(|ui| {
                        let reason = &position.no_worse_off.reason;
                        ui.add(egui::Label::new(RichText::new(reason).small()).truncate());
                    });
                });
            });
    });
    action
}
