//! The list behind a comparison: every combination of partner, pool, theme and service that changes.

use std::fmt::Write as _;

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use super::compare::{CompareView, is_difference};
use crate::app::action::Action;
use crate::app::controls::name_row;
use crate::app::style;
use crate::app::style::{Colors, space, weak_text};
use crate::money::{Money, in_full};
use crate::place::Place;
use crate::pool::Difference;
use crate::scene::{Changes, name_compared};

const ROW: f32 = 24.0;

#[must_use]
pub(in crate::app) fn compare_table_ui(
    ui: &mut Ui,
    before: &Place,
    after: &Place,
    revision: u64,
    view: &mut CompareView,
) -> Option<Action> {
    let mut action = None;
    let pinned = view.listed().map(|(title, filter, key)| (title.to_owned(), filter.clone(), key));
    let key = pinned.as_ref().map(|(_, _, key)| *key);
    let list = view.list.get((revision, key), || match &pinned {
        Some((_, filter, _)) => Changes::list(before, after).only(filter),
        None => all_that_changes(before, after),
    });
    let heading = match &pinned {
        Some((title, ..)) => format!("What changes in {title}"),
        None => "What changes".to_owned(),
    };
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Copy").on_hover_text("Copy all rows for a spreadsheet").clicked() {
                action = Some(Action::CopyTable);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(heading).heading()).truncate());
            });
        });
    });
    let (first, second) = (name_compared(before), name_compared(after));
    let count = list.rows.len();
    weak_text(ui, &format!("{count} changes from {first} to {second}, {} in all", signed(list.total)));
    ui.add_space(space::XS);
    if list.rows.is_empty() {
        ui.label("Nothing changes between the two.");
        return action;
    }
    let wish =
        egui::ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| list_ui(ui, after, list)).inner;
    action.or(wish)
}

/// Every combination that changes; of a difference the lists by partner, theme and service stand before them, with
/// nothing in the columns that a row is all of.
pub(in crate::app) fn all_that_changes(before: &Place, after: &Place) -> Difference {
    let mut list = Changes::list(before, after);
    if is_difference(after) {
        let mut rows = Changes::between(before, after).summary();
        rows.append(&mut list.rows);
        list.rows = rows;
    }
    list
}

/// The rows; clicking one twice leads to its lines.
fn list_ui(ui: &mut Ui, after: &Place, list: &Difference) -> Option<Action> {
    let mut action = None;
    let height = ui.available_height() - ROW - space::S;
    let mut table = TableBuilder::new(ui)
        .striped(true)
        .sense(egui::Sense::click())
        .auto_shrink(false)
        .max_scroll_height(height)
        .cell_layout(Layout::left_to_right(Align::Center));
    for _ in 0..3 {
        table = table.column(Column::exact(98.0));
    }
    for _ in &list.by {
        table = table.column(Column::exact(130.0).clip(true));
    }
    table
        .header(26.0, |mut header| {
            let titles = ["Change (£)", "Before (£)", "After (£)"];
            for title in titles.into_iter().chain(list.by.iter().map(|dimension| dimension.title())) {
                header.col(|ui| {
                    let words = RichText::new(title).font(style::semibold(12.0));
                    ui.label(words.color(Colors::of(ui).weak_text));
                });
            }
        })
        .body(|body| {
            body.rows(ROW, list.rows.len(), |mut row| {
                let changed = &list.rows[row.index()];
                let plain = |amount: Money| in_full(amount).replacen('£', "", 1);
                let amounts = [
                    signed(changed.change()).replacen('£', "", 1),
                    plain(changed.before),
                    plain(changed.after),
                ];
                for amount in amounts {
                    row.col(|ui| {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.small(amount));
                    });
                }
                for name in &changed.names {
                    row.col(|ui| {
                        ui.add(egui::Label::new(RichText::new(name).small()).truncate().selectable(false));
                    });
                }
                let response = row.response();
                let said = changed.names.iter().map(String::as_str).filter(|name| !name.is_empty());
                let said = said.collect::<Vec<_>>().join(", ");
                let name = format!("{said}, {}", signed(changed.change()));
                name_row(&response, || egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                let by_enter = response.has_focus() && response.clicked();
                if response.double_clicked() || by_enter {
                    let names = list.by.iter().zip(&changed.names).filter(|(_, name)| is_name(name));
                    let filter = names.fold(after.view.filter.clone(), |filter, (dimension, name)| {
                        filter.only(*dimension, [name.as_str()])
                    });
                    action = Some(Action::Drill(said, filter));
                }
            });
        });
    action
}

/// Whether a cell names something, rather than all there is or what a list is of.
fn is_name(words: &str) -> bool {
    !words.is_empty() && ![Changes::IN_THE_POOL, Changes::NET].contains(&words)
}

/// To the penny, with its sign.
fn signed(amount: Money) -> String {
    let plus = if amount.is_positive() { "+" } else { "" };
    format!("{plus}{}", in_full(amount))
}

/// The list for the clipboard.
pub(in crate::app) fn as_tsv(list: &Difference) -> String {
    let mut out = String::new();
    for dimension in &list.by {
        out.extend([dimension.title(), "\t"]);
    }
    out.push_str("Before (£)\tAfter (£)\tChange (£)\n");
    for row in &list.rows {
        for name in &row.names {
            out.extend([&crate::ledger::guarded(name), "\t"]);
        }
        let _ = writeln!(out, "{}\t{}\t{}", row.before, row.after, row.change());
    }
    out
}
