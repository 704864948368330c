//! The heat table: a row for each theme, a column for each agency, in each cell what meets there.

use egui::{Align2, Id, Pos2, Rect, Ui, Vec2, pos2, vec2};

use super::shown::{Column, Shown};
use super::spot::{Ground, Hands};
use super::words::{plate, said};
use crate::app::controls::{color32, hatch_rect};
use crate::app::style::Colors;
use crate::figure::{HatchKind, Weight, extent, fit, on_fill, width_px, wrap};
use crate::flow::breakdown::Graded;
use crate::money::Money;

/// Where the cells stand.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// The upper left corner of the first cell.
    pub(super) corner: Pos2,
    pub(super) cell: Vec2,
    /// Where hatches are counted from.
    pub(super) origin: Pos2,
}

const LINE: f32 = 13.5;
const MOST_LINES: usize = 4;
const STRIP: f32 = 5.0;

/// How high the headings of the columns are.
pub(super) fn headings_height(columns: &[Column], width: f32) -> f32 {
    let size = heading_size(columns, width);
    let lines =
        columns.iter().map(|column| heading_lines(&column.name, width, size).len()).max().unwrap_or(1);
    lines as f32 * LINE + STRIP + 10.0
}

/// The size of letters at which every word has room, the same for all columns.
fn heading_size(columns: &[Column], width: f32) -> f64 {
    let room = f64::from(width) - 5.0;
    let fits = |size: &f64| {
        let mut words = columns.iter().flat_map(|column| column.name.split_whitespace());
        words.all(|word| width_px(word, *size, Weight::Regular) <= room)
    };
    [11.0, 10.5, 10.0].into_iter().find(fits).unwrap_or(10.0)
}

fn heading_lines(name: &str, width: f32, size: f64) -> Vec<String> {
    let room = f64::from(width) - 5.0;
    let mut lines = wrap(name, room, size, Weight::Regular);
    if lines.len() > MOST_LINES {
        let rest = lines.split_off(MOST_LINES - 1).join(" ");
        lines.push(fit(&rest, room, size, Weight::Regular).text);
    }
    lines
}

/// The agencies' names above their columns, over a strip of their color: the key to the bars.
pub(super) fn headings_ui(ui: &mut Ui, ground: Ground<'_>, shown: &Shown, grid: Grid, hands: &mut Hands) {
    let colors = Colors::of(ui);
    let size = heading_size(&shown.columns, grid.cell.x);
    let height = headings_height(&shown.columns, grid.cell.x);
    for (index, column) in shown.columns.iter().enumerate() {
        let left = grid.corner.x + grid.cell.x * index as f32;
        let bottom = grid.corner.y - 2.0;
        let strip =
            Rect::from_min_max(pos2(left + 1.0, bottom - STRIP), pos2(left + grid.cell.x - 1.0, bottom));
        ui.painter().rect_filled(strip, 1.0, color32(column.color, 1.0));
        let is_pointed = hands.last_agency == Some(index);
        let ink = if is_pointed { colors.text } else { colors.weak_text };
        let lines = heading_lines(&column.name, grid.cell.x, size);
        for (line, words) in lines.iter().rev().enumerate() {
            let at = pos2(left + grid.cell.x - 3.0, strip.top() - 3.0 - LINE * line as f32);
            let font = egui::FontId::proportional(size as f32);
            ui.painter().text(at, Align2::RIGHT_BOTTOM, words, font, ink);
        }
        let rect = Rect::from_min_max(
            pos2(left, grid.corner.y - height),
            pos2(left + grid.cell.x, grid.corner.y - 1.0),
        );
        let id = Id::unique(("themes", "agency", &column.spot.title));
        hands.reach(ui, ground, rect, id, &column.spot, Some(index));
    }
}

/// The cells, darker the more money there is.
pub(super) fn cells_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    grid: Grid,
    hands: &mut Hands,
    say: &dyn Fn(Money) -> String,
) {
    let scheme = shown.scheme;
    let size = |amount: &Graded| extent(amount.total()).max(0.0);
    let amounts = shown.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let most = amounts.map(|spot| size(&spot.amount)).fold(0.0, f64::max);
    for (row, theme) in shown.rows.iter().enumerate() {
        for (index, spot) in theme.cells.iter().enumerate() {
            let corner = grid.corner + vec2(grid.cell.x * index as f32, grid.cell.y * row as f32);
            let rect = Rect::from_min_size(corner, grid.cell).shrink(1.0);
            let Some(spot) = spot else {
                let ink = color32(scheme.grid(), 1.0);
                ui.painter().hline(
                    rect.center().x - 4.0..=rect.center().x + 4.0,
                    rect.center().y,
                    (1.0, ink),
                );
                continue;
            };
            // The root makes small amounts tell apart; the number says how much it is.
            let share = if most > 0.0 { (size(&spot.amount) / most).sqrt() } else { 0.0 };
            let color = scheme.heat(share);
            ui.painter().rect_filled(rect, 2.0, color32(color, 1.0));
            if let Some(kind) = HatchKind::of(spot.amount.mostly()) {
                hatch_rect(ui.painter(), grid.origin, rect, scheme.hatch_on(kind, color));
            }
            let words = say(spot.amount.total());
            if let Some(size) = fitting(&words, rect.width() - 10.0) {
                let text = said(ui, &words, size, Weight::Regular, color32(on_fill(color), 1.0));
                let min = pos2(rect.right() - 6.0 - text.size().x, rect.center().y - text.size().y / 2.0);
                plate(ui, Rect::from_min_size(min, text.size()), color32(color, 1.0));
                ui.painter().galley(min, text, egui::Color32::PLACEHOLDER);
            }
            let id = Id::unique(("themes", "cell", &spot.title));
            hands.reach(ui, ground, rect, id, spot, Some(index));
        }
    }
}

/// The sums of the columns, under the last row.
pub(super) fn sums_ui(ui: &mut Ui, shown: &Shown, grid: Grid, middle: f32, say: &dyn Fn(Money) -> String) {
    let color = Colors::of(ui).text;
    for (index, column) in shown.columns.iter().enumerate() {
        let words = say(column.spot.amount.total());
        let Some(size) = fitting(&words, grid.cell.x - 10.0) else { continue };
        let right = grid.corner.x + grid.cell.x * (index + 1) as f32 - 7.0;
        super::words::write_to(ui, pos2(right, middle), &words, size, Weight::SemiBold, color);
    }
}

/// The size at which words fit.
fn fitting(words: &str, room: f32) -> Option<f32> {
    [12.0, 11.0, 10.0, 9.0]
        .into_iter()
        .find(|&size| width_px(words, size, Weight::SemiBold) <= f64::from(room))
        .map(|size| size as f32)
}
