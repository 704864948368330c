//! The sections of the themes view: bars with their amounts, the heat table, stages and years.

use egui::{Id, Rect, Ui, Vec2, pos2, vec2};

use super::heat::{Grid, cells_ui, headings_ui, sums_ui};
use super::lower::{stages_height, stages_ui, trend_ui};
use super::plan::{AMOUNT, GAP, GUTTER, Plan, SECTION, SHARE};
use super::plot::{Bars, Piece};
use super::shown::Shown;
use super::spot::{Ground, Hands};
use super::words::{heading, rule, write, write_to};
use crate::app::style::Colors;
use crate::figure::{Weight, extent, fit, wrap};
use crate::money::{Money, Share, percent};

/// How amounts are written on the page.
pub(super) struct Measured<'a> {
    /// What they are in: "£", "% of £3bn".
    pub(super) unit: String,
    pub(super) say: &'a dyn Fn(Money) -> String,
}

/// All sections, from top to bottom.
pub(super) fn page_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    plan: &Plan,
    page: Rect,
    hands: &mut Hands,
    measured: &Measured<'_>,
) {
    let say = measured.say;
    let count = shown.rows.len() as f32;
    let cells_width = plan.cell_width * shown.columns.len() as f32;
    let label = plan.columns.label;
    let top = page.top() + plan.header;
    let cells_left = page.right() - cells_width;
    let share_right = if plan.columns.is_beside { cells_left - GUTTER } else { page.right() };
    let bars = Rect::from_min_max(
        pos2(page.left() + label + GAP, top),
        pos2(share_right - SHARE - AMOUNT, top + plan.row * count),
    );
    let heading_y = top - 16.0;
    let more = format!("{}, by agency", measured.unit);
    heading(ui, page.left(), bars.right(), heading_y, "Who spends on each theme", &more);
    rule(ui, page.left(), share_right, top - 1.0);
    names_ui(ui, ground, shown, "theme", pos2(page.left(), top), vec2(label, plan.row), hands);
    bars_ui(ui, ground, shown, bars, plan.row, page.min, hands);
    amounts_ui(ui, shown, bars.right() + AMOUNT, share_right, top, plan.row, say);

    let grid_top = if plan.columns.is_beside {
        top
    } else {
        page.top() + plan.upper + plan.table - plan.row * (count + 1.0)
    };
    let grid_left = if plan.columns.is_beside { cells_left } else { page.left() + label + GAP };
    let grid =
        Grid { corner: pos2(grid_left, grid_top), cell: vec2(plan.cell_width, plan.row), origin: page.min };
    headings_ui(ui, ground, shown, grid, hands);
    cells_ui(ui, ground, shown, grid, hands, say);
    let sums_top = grid_top + plan.row * count;
    let sums_right = bars.right() + AMOUNT;
    sums_ui(ui, shown, grid, sums_top + plan.row / 2.0, say);
    sum_ui(ui, page.left(), sums_right, sums_top + plan.row / 2.0, shown, say);
    rule(ui, page.left(), page.right(), sums_top);
    if !plan.columns.is_beside {
        names_ui(ui, ground, shown, "table theme", pos2(page.left(), grid_top), vec2(label, plan.row), hands);
        let heading_y = grid_top - 16.0;
        heading(ui, page.left(), grid_left - 4.0, heading_y, "Theme by agency", "");
        for (row, theme) in shown.rows.iter().enumerate() {
            let middle = grid_top + plan.row * (row as f32 + 0.5);
            let words = say(theme.spot.amount.total());
            write_to(ui, pos2(sums_right, middle), &words, 13.0, Weight::SemiBold, Colors::of(ui).text);
        }
    }

    let lower_top = page.top() + plan.upper + plan.table + SECTION;
    let (trend, stages) = if plan.lower_is_split {
        let middle = page.left() + page.width() * 0.5;
        (
            Rect::from_min_max(pos2(middle + GUTTER / 2.0, lower_top), pos2(page.right(), page.bottom())),
            Rect::from_min_max(pos2(page.left(), lower_top), pos2(middle - GUTTER / 2.0, page.bottom())),
        )
    } else {
        let middle = lower_top + stages_height(shown);
        (
            Rect::from_min_max(pos2(page.left(), middle + SECTION), page.max),
            Rect::from_min_max(pos2(page.left(), lower_top), pos2(page.right(), middle)),
        )
    };
    stages_ui(ui, ground, shown, stages, label, hands);
    trend_ui(ui, ground, shown, trend, hands);
}

/// The themes' names, one a row; long ones in two lines where there is room.
fn names_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    section: &str,
    corner: egui::Pos2,
    row: Vec2,
    hands: &mut Hands,
) {
    let color = Colors::of(ui).text;
    let most = if row.y >= 38.0 { 2 } else { 1 };
    for (index, theme) in shown.rows.iter().enumerate() {
        let middle = corner.y + row.y * (index as f32 + 0.5);
        let room = f64::from(row.x);
        let mut lines = wrap(&theme.spot.title, room, 13.0, Weight::SemiBold);
        if lines.len() > most {
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(fit(&rest, room, 13.0, Weight::SemiBold).text);
        }
        let first = middle - (lines.len() as f32 - 1.0) * 8.0;
        for (line, words) in lines.iter().enumerate() {
            write(ui, pos2(corner.x, first + 16.0 * line as f32), words, 13.0, Weight::SemiBold, color);
        }
        let reach = Rect::from_min_max(
            pos2(corner.x - 4.0, middle - row.y / 2.0 + 1.0),
            pos2(corner.x + row.x + 4.0, middle + row.y / 2.0 - 1.0),
        );
        let id = Id::unique(("themes", section, &theme.spot.title));
        hands.reach(ui, ground, reach, id, &theme.spot, None);
    }
}

/// Bars from zero to the right; what credits outweigh goes to the left.
fn bars_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    rect: Rect,
    row: f32,
    origin: egui::Pos2,
    hands: &mut Hands,
) {
    let rows: Vec<Vec<Piece<'_>>> = shown
        .rows
        .iter()
        .map(|theme| {
            let (mut right, mut left) = (0.0, 0.0);
            let mut pieces = Vec::new();
            for (index, (column, spot)) in shown.columns.iter().zip(&theme.cells).enumerate() {
                let Some(spot) = spot.as_ref().filter(|spot| !spot.amount.total().is_zero()) else {
                    continue;
                };
                let amount = extent(spot.amount.total());
                let end = if amount > 0.0 { &mut right } else { &mut left };
                let (from, to) = (*end, *end + amount);
                *end = to;
                pieces.push(Piece {
                    spot,
                    color: column.color,
                    from: from.min(to),
                    to: from.max(to),
                    words: column.name.clone(),
                    may_be_cut: !column.name.starts_with("Other ("),
                    agency: Some(index),
                });
            }
            pieces
        })
        .collect();
    let ends = || rows.iter().flatten();
    let least = ends().map(|piece| piece.from).fold(0.0, f64::min);
    let most = ends().map(|piece| piece.to).fold(0.0, f64::max);
    let range = if most > least { (least, most) } else { (0.0, 1.0) };
    let thickness = (row * 0.66).min(34.0);
    let bars = Bars { name: "agencies", rect, thickness, range, rows, scheme: shown.scheme, origin };
    bars.show(ui, ground, hands);
    let zero = bars.x(0.0);
    ui.painter().vline(zero, rect.y_range(), (1.0, Colors::of(ui).outline));
}

/// Each theme's amount behind its bar, in a column of figures, and its share.
fn amounts_ui(
    ui: &Ui,
    shown: &Shown,
    right: f32,
    share_right: f32,
    top: f32,
    row: f32,
    say: &dyn Fn(Money) -> String,
) {
    let colors = Colors::of(ui);
    let whole = shown.total.total();
    for (index, theme) in shown.rows.iter().enumerate() {
        let amount = theme.spot.amount.total();
        let middle = top + row * (index as f32 + 0.5);
        let words = say(amount);
        write_to(ui, pos2(right, middle), &words, 13.0, Weight::SemiBold, colors.text);
        let share = Share::of(amount, whole).map(percent).unwrap_or_default();
        if share != words {
            write_to(ui, pos2(share_right, middle), &share, 12.0, Weight::Regular, colors.weak_text);
        }
    }
}

/// The sum of all, under the themes' amounts.
fn sum_ui(ui: &Ui, left: f32, right: f32, middle: f32, shown: &Shown, say: &dyn Fn(Money) -> String) {
    let color = Colors::of(ui).text;
    write(ui, pos2(left, middle), "All themes", 13.0, Weight::SemiBold, color);
    let words = say(shown.total.total());
    write_to(ui, pos2(right, middle), &words, 13.0, Weight::SemiBold, color);
}
