//! The lower half of the themes view: how much of each theme is prevention, and how each went over the years.

use egui::{Id, Rect, Stroke, Ui, pos2, vec2};

use super::plot::{Bars, Piece};
use super::shown::{Shown, Trend};
use super::spot::{Ground, Hands, Spot};
use super::words::{heading, rule, write, write_to};
use crate::app::controls::color32;
use crate::app::style::Colors;
use crate::figure::{HatchKind, Weight, extent, fit, width_px};
use crate::money::{Share, in_short, percent};

const HEADING: f32 = 30.0;
const KEY: f32 = 24.0;
/// The least height of a theme's row.
const STAGE_ROW: f32 = 26.0;
const CHART_HEIGHT: f32 = 108.0;
const CHART_WIDTH: f32 = 150.0;
/// Between charts side by side; the last of a row ends where the page does.
const CHART_GAP: f32 = 24.0;

/// How high the stages are at their least.
pub(super) fn stages_height(shown: &Shown) -> f32 {
    if shown.has_stages() { HEADING + KEY + shown.rows.len() as f32 * STAGE_ROW } else { HEADING + 24.0 }
}

/// How high the charts of the years are at their least.
pub(super) fn trend_height(shown: &Shown, width: f32) -> f32 {
    if !shown.has_trend() {
        return HEADING + 24.0;
    }
    let (_, down) = charts(shown, width);
    HEADING + down as f32 * CHART_HEIGHT
}

/// How many charts stand side by side, and one below the other.
fn charts(shown: &Shown, width: f32) -> (usize, usize) {
    let count = shown.trends.len().max(1);
    let room = ((width / CHART_WIDTH) as usize).clamp(1, count);
    let down = count.div_ceil(room);
    // The same number in each row where that can be.
    (count.div_ceil(down), down)
}

pub(super) fn stages_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    rect: Rect,
    label_width: f32,
    hands: &mut Hands,
) {
    let colors = Colors::of(ui);
    let middle = rect.top() + 11.0;
    if !shown.has_stages() {
        heading(ui, rect.left(), rect.right(), middle, "Prevention against acute", "");
        let words = "No line says whether it is prevention, early help or acute.";
        write(ui, pos2(rect.left(), rect.top() + 38.0), words, 13.0, Weight::Regular, colors.weak_text);
        return;
    }
    heading(ui, rect.left(), rect.right(), middle, "Prevention against acute", "% of each theme");
    let left = rect.left() + label_width + 12.0;
    let mut x = rect.left();
    let key_y = rect.top() + HEADING + KEY / 2.0 - 4.0;
    for stage in &shown.stages {
        let width = width_px(&stage.name, 12.0, Weight::Regular) as f32 + 15.0;
        if x + width > rect.right() {
            break;
        }
        let square = Rect::from_min_size(pos2(x, key_y - 5.0), vec2(10.0, 10.0));
        ui.painter().rect_filled(square, 1.0, color32(stage.color, 1.0));
        write(ui, pos2(x + 15.0, key_y), &stage.name, 12.0, Weight::Regular, colors.text);
        let id = Id::unique(("themes", "stage", &stage.name));
        let reach = Rect::from_min_size(pos2(x - 3.0, key_y - 11.0), vec2(width + 6.0, 22.0));
        hands.reach(ui, ground, reach, id, &stage.spot, None);
        x += width + 18.0;
    }
    let top = rect.top() + HEADING + KEY;
    let row_height = ((rect.bottom() - top) / shown.rows.len() as f32).clamp(STAGE_ROW, 40.0);
    let bars =
        Rect::from_min_size(pos2(left, top), vec2(rect.right() - left, row_height * shown.rows.len() as f32));
    let rows = shown.rows.iter().map(|row| pieces(shown, &row.stages, &row.spot)).collect();
    let bars = Bars {
        name: "stages",
        rect: bars,
        thickness: (row_height * 0.68).min(24.0),
        range: (0.0, 1.0),
        rows,
        scheme: shown.scheme,
        origin: rect.min,
    };
    bars.show(ui, ground, hands);
    for (index, row) in shown.rows.iter().enumerate() {
        let middle = top + row_height * (index as f32 + 0.5);
        let words = fit(&row.spot.title, f64::from(label_width), 13.0, Weight::Regular).text;
        write(ui, pos2(rect.left(), middle), &words, 13.0, Weight::Regular, colors.text);
        let id = Id::unique(("themes", "stage theme", &row.spot.title));
        let reach = Rect::from_min_size(
            pos2(rect.left() - 4.0, middle - row_height / 2.0 + 1.0),
            vec2(label_width + 8.0, row_height - 2.0),
        );
        hands.reach(ui, ground, reach, id, &row.spot, None);
    }
}

/// A theme's money by stage; credits that outweigh a stage are no part of the bar.
fn pieces<'a>(shown: &Shown, stages: &'a [Option<Spot>], theme: &Spot) -> Vec<Piece<'a>> {
    let size = |spot: &Spot| extent(spot.amount.total()).max(0.0);
    let whole: f64 = stages.iter().flatten().map(size).sum();
    let mut at = 0.0;
    let mut pieces = Vec::new();
    for (stage, spot) in shown.stages.iter().zip(stages) {
        let Some(spot) = spot.as_ref().filter(|spot| size(spot) > 0.0) else { continue };
        let to = at + size(spot) / whole;
        let words = Share::of(spot.amount.total(), theme.amount.total()).map(percent).unwrap_or_default();
        let color = stage.color;
        pieces.push(Piece { spot, color, from: at, to, words, may_be_cut: false, agency: None });
        at = to;
    }
    pieces
}

pub(super) fn trend_ui(ui: &mut Ui, ground: Ground<'_>, shown: &Shown, rect: Rect, hands: &mut Hands) {
    let middle = rect.top() + 11.0;
    let [first, .., last] = &shown.years[..] else {
        let only = shown.years.first();
        let said = only.map_or("No line states its year".to_owned(), |year| format!("Only {year} is loaded"));
        heading(ui, rect.left(), rect.right(), middle, "Over the years", "");
        let words = format!("{said}; a trend needs two years.");
        let color = Colors::of(ui).weak_text;
        write(ui, pos2(rect.left(), rect.top() + 38.0), &words, 13.0, Weight::Regular, color);
        return;
    };
    let more = format!("£, {first} to {last}, all to one scale");
    heading(ui, rect.left(), rect.right(), middle, "Over the years", &more);
    let (across, down) = charts(shown, rect.width());
    let size = vec2(
        (rect.width() + CHART_GAP) / across as f32,
        ((rect.height() - HEADING) / down as f32).clamp(CHART_HEIGHT, 150.0),
    );
    let most = shown
        .trends
        .iter()
        .flat_map(|trend| &trend.years)
        .map(|spot| extent(spot.amount.total()))
        .fold(0.0, f64::max);
    for (index, trend) in shown.trends.iter().enumerate() {
        let corner = pos2(
            rect.left() + size.x * (index % across) as f32,
            rect.top() + HEADING + size.y * (index / across) as f32,
        );
        chart_ui(ui, ground, shown, trend, Rect::from_min_size(corner, size), most, hands);
    }
}

/// One theme's years as a line over a pale ground, the ends in figures.
fn chart_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    trend: &Trend,
    rect: Rect,
    most: f64,
    hands: &mut Hands,
) {
    let colors = Colors::of(ui);
    let scheme = shown.scheme;
    let color = color32(scheme.category(0), 1.0);
    let rect = Rect::from_min_max(rect.min, pos2(rect.right() - CHART_GAP, rect.bottom() - 10.0));
    let name = fit(&trend.spot.title, f64::from(rect.width()), 12.0, Weight::SemiBold).text;
    let label = write(ui, pos2(rect.left(), rect.top() + 9.0), &name, 12.0, Weight::SemiBold, colors.text);
    let id = Id::unique(("themes", "trend", &trend.spot.title));
    hands.reach(ui, ground, label.expand2(vec2(3.0, 2.0)), id, &trend.spot, None);

    let plot = Rect::from_min_max(
        pos2(rect.left() + 4.0, rect.top() + 44.0),
        pos2(rect.right() - 4.0, rect.bottom() - 18.0),
    );
    let step = plot.width() / (trend.years.len() - 1).max(1) as f32;
    let points: Vec<_> = trend
        .years
        .iter()
        .enumerate()
        .map(|(index, spot)| {
            let share = if most > 0.0 { extent(spot.amount.total()).max(0.0) / most } else { 0.0 };
            pos2(plot.left() + step * index as f32, plot.bottom() - plot.height() * share as f32)
        })
        .collect();
    for pair in points.windows(2) {
        let corners = vec![pair[0], pair[1], pos2(pair[1].x, plot.bottom()), pos2(pair[0].x, plot.bottom())];
        let pale = color.gamma_multiply(0.12);
        ui.painter().add(egui::Shape::convex_polygon(corners, pale, Stroke::NONE));
    }
    rule(ui, plot.left() - 4.0, plot.right() + 4.0, plot.bottom());
    ui.painter().line(points.clone(), Stroke::new(2.0, color));
    for ((year, spot), point) in shown.years.iter().zip(&trend.years).zip(&points) {
        let is_in_view = shown.years_in_view.contains(year);
        // A hollow dot: most of the year's money is not actual.
        let is_hollow = HatchKind::of(spot.amount.mostly()).is_some();
        let fill = if is_hollow { color32(scheme.ground(), 1.0) } else { color };
        let radius = if is_in_view { 4.5 } else { 3.5 };
        ui.painter().circle(*point, radius, fill, Stroke::new(2.0, color));
        let id = Id::unique(("themes", "year", &spot.title));
        let reach = Rect::from_min_max(
            pos2(point.x - (step / 2.0).min(12.0), plot.top() - 8.0),
            pos2(point.x + (step / 2.0).min(12.0), plot.bottom() + 16.0),
        );
        hands.reach(ui, ground, reach, id, spot, None);
    }
    ends(ui, shown, trend, &points, plot);
}

/// The first and the last amount above their points, the years below.
fn ends(ui: &Ui, shown: &Shown, trend: &Trend, points: &[egui::Pos2], plot: Rect) {
    let colors = Colors::of(ui);
    let (Some(first), Some(last)) = (trend.years.first(), trend.years.last()) else { return };
    let words = [in_short(first.amount.total()), in_short(last.amount.total())];
    let widths = [
        width_px(&words[0], 12.0, Weight::Regular) as f32,
        width_px(&words[1], 12.0, Weight::SemiBold) as f32,
    ];
    let (start, end) = (points[0], points[points.len() - 1]);
    if widths[0] + widths[1] + 10.0 <= plot.width() + 8.0 {
        write(
            ui,
            pos2(plot.left() - 4.0, start.y - 14.0),
            &words[0],
            12.0,
            Weight::Regular,
            colors.weak_text,
        );
    }
    write_to(ui, pos2(plot.right() + 4.0, end.y - 14.0), &words[1], 12.0, Weight::SemiBold, colors.text);
    let (from, to) = (&shown.years[0], &shown.years[shown.years.len() - 1]);
    let y = plot.bottom() + 10.0;
    let taken = width_px(from, 11.0, Weight::Regular) + width_px(to, 11.0, Weight::Regular);
    if taken as f32 + 8.0 <= plot.width() + 8.0 {
        write(ui, pos2(plot.left() - 4.0, y), from, 11.0, Weight::Regular, colors.weak_text);
    }
    write_to(ui, pos2(plot.right() + 4.0, y), to, 11.0, Weight::Regular, colors.weak_text);
}
