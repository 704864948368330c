//! The figures behind a picture as a table beside it, by the same filter and the same totals.

use egui::text::LayoutJob;
use egui::{Align, FontId, Layout, RichText, Ui, vec2};
use egui_extras::{Column, TableBuilder};

use crate::app::action::Action;
use crate::app::memo::Memo;
use crate::app::style;
use crate::app::style::{Colors, space, weak_text};
use crate::dimension::Dimension;
use crate::figure::{Weight, width_px};
use crate::ledger::{ABOUT, TotalRow, Totals, full_or_between};
use crate::money::{Share, in_full, percent};
use crate::place::Place;
use crate::words::thousands;

/// The figures behind the picture: the same filter, the same totals.
#[derive(Default)]
pub(in crate::app) struct TablePanel {
    /// By revision and what they are divided by.
    totals: Memo<(u64, Vec<Dimension>), (Totals, Vec<f32>)>,
}

/// The totals of what passes the filter, divided by these.
#[must_use]
pub(in crate::app) fn table_panel_ui(
    ui: &mut Ui,
    place: &Place,
    by: &[Dimension],
    revision: u64,
    panel: &mut TablePanel,
) -> Option<Action> {
    let mut action = None;
    let (totals, names) = panel.totals.get((revision, by.to_vec()), || {
        let totals = Totals::of(&place.ledger, &place.view.filter, by);
        let names = name_widths(&totals);
        (totals, names)
    });
    ui.horizontal(|ui| {
        ui.heading("Table behind");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Copy").on_hover_text("Copy all rows for a spreadsheet").clicked() {
                action = Some(Action::CopyTable);
            }
        });
    });
    weak_text(
        ui,
        &format!(
            "{} rows, {} lines, {}",
            totals.rows.len(),
            totals.lines,
            full_or_between(totals.total, totals.range)
        ),
    );
    ui.add_space(space::XS);
    totals_ui(ui, totals, names);
    action
}

/// Widths of share and count; the amounts are as wide as the widest.
const SHARE: f32 = 40.0;
const LINES: f32 = 40.0;
const LEAST_NAME: f32 = 84.0;
const GAP: f32 = 8.0;
/// One line of small letters, and two.
const ROWS: (f32, f32) = (22.0, 34.0);
/// So many rows, the largest, say how wide names are.
/// Measuring tens of thousands of names would be felt, and the largest rows are those that are read.
const MEASURED: usize = 400;

/// How wide the names of each column are, px.
fn name_widths(totals: &Totals) -> Vec<f32> {
    let names = |column: usize| totals.rows.iter().take(MEASURED).map(move |row| &row.names[column]);
    let width = |name: &String| width_px(name, 12.0, Weight::Regular) as f32 + 2.0;
    (0..totals.by.len()).map(|column| names(column).map(width).fold(40.0, f32::max)).collect()
}

/// Amounts first, then names, which share what is left of the panel.
fn totals_ui(ui: &mut Ui, totals: &Totals, names: &[f32]) {
    ui.spacing_mut().item_spacing = vec2(GAP, 0.0);
    let widest =
        totals.rows.iter().map(|row| row.amount).max_by_key(|amount| (amount.abs(), amount.is_negative()));
    let widest = in_full(widest.unwrap_or_default()).replacen('£', "", 1);
    let widest = if totals.range.is_some() { format!("{ABOUT}{widest}") } else { widest };
    let amount = (width_px(&widest, 12.0, Weight::Regular) as f32 + 4.0).max(76.0);
    let figures = amount + SHARE + LINES + 3.0 * GAP;
    let room = ui.available_width() - figures - ui.spacing().scroll.allocated_width();
    let gaps = GAP * names.len().saturating_sub(1) as f32;
    // Names have what they need where there is room for all of them, and else two lines.
    let most = widest_that_fits(names, room - gaps).max(LEAST_NAME);
    let row_height = if names.iter().any(|name| *name > most) { ROWS.1 } else { ROWS.0 };
    egui::ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        let height = ui.available_height() - ROWS.1 - GAP;
        let mut table = TableBuilder::new(ui)
            .id_salt(&totals.by)
            .striped(true)
            .auto_shrink(false)
            .max_scroll_height(height)
            .cell_layout(Layout::left_to_right(Align::Center));
        for width in [amount, SHARE, LINES] {
            table = table.column(Column::exact(width));
        }
        for name in names {
            table = table.column(Column::exact(name.min(most)).clip(true));
        }
        table
            .header(26.0, |mut header| {
                for title in ["Amount (£)", "Share", "Lines"] {
                    header.col(|ui| {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| heading_ui(ui, title));
                    });
                }
                for dimension in &totals.by {
                    header.col(|ui| heading_ui(ui, dimension.title()));
                }
            })
            .body(|body| {
                body.rows(row_height, totals.rows.len(), |mut row| {
                    let total = &totals.rows[row.index()];
                    let share = Share::of(total.amount, totals.total).map(percent).unwrap_or_default();
                    let lines = thousands(total.lines);
                    for words in [amount_in_column(total), share, lines] {
                        row.col(|ui| {
                            let right = Layout::right_to_left(Align::Center);
                            let response = ui.with_layout(right, |ui| ui.small(words)).inner;
                            if let Some(range) = total.range {
                                response.on_hover_text(range.in_words());
                            }
                        });
                    }
                    for name in &total.names {
                        row.col(|ui| name_ui(ui, name));
                    }
                });
            });
    });
}

/// To the penny; of an estimate no pennies are known.
fn amount_in_column(row: &TotalRow) -> String {
    let amount = in_full(row.amount).replacen('£', "", 1);
    match (row.range, amount.split_once('.')) {
        (None, _) => amount,
        (Some(_), Some((pounds, _))) => format!("{ABOUT}{pounds}"),
        (Some(_), None) => format!("{ABOUT}{amount}"),
    }
}

/// The width that no column may pass for all to fit the room, px: narrower ones keep what they need.
fn widest_that_fits(widths: &[f32], room: f32) -> f32 {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut room = room;
    for (index, width) in sorted.iter().enumerate() {
        let share = room / (sorted.len() - index) as f32;
        if *width > share {
            return share;
        }
        room -= width;
    }
    f32::INFINITY
}

fn heading_ui(ui: &mut Ui, title: &str) {
    let words = RichText::new(title).font(style::semibold(12.0)).color(Colors::of(ui).weak_text);
    ui.add(egui::Label::new(words).truncate());
}

/// A name in two lines at most; the rest of a longer one is told by a tooltip.
fn name_ui(ui: &mut Ui, name: &str) {
    let color = Colors::of(ui).text;
    let shown = crate::figure::visible(name).into_owned();
    let mut job = LayoutJob::simple(shown, FontId::proportional(12.0), color, ui.available_width());
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    let is_cut = galley.elided;
    let response = ui.add(egui::Label::new(galley));
    if is_cut {
        response.on_hover_text(name);
    }
}
