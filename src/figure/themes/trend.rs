//! How each theme went over the years: a small chart for each, all to one scale.

use super::super::{
    Anchor, HatchKind, Mark, MarkId, Paint, Point, Rect, Shape, Weight, extent, fit, width_px,
};
use super::ThemesPart;
use super::content::{ThemesContent, TrendChart, Unfolded};
use super::drawing::{EMPTY, HEADING, SMALL, SMALLEST, ThemesDrawing, text_at};
use super::plan::LeastHeights;

/// The usual width of a chart, and the least one where the size is given.
const CHART: f64 = 150.0;
const NARROW_CHART: f64 = 96.0;
/// How high a chart is at least where the size is given, and at most.
const LEAST_HEIGHT: f64 = 84.0;
const MOST_HEIGHT: f64 = 150.0;
/// Between charts side by side; the last of a row ends where the picture does.
const CHART_GAP: f64 = 24.0;
/// A chart's name and the first amounts above it, and the years below it: where there is room, and where it is dear.
const ABOVE: (f64, f64) = (42.0, 36.0);
const BELOW: (f64, f64) = (28.0, 22.0);
/// Charts from this height on have room.
const ROOMY: f64 = 100.0;
/// The ends of a line stand in by this, so that the rim of a dot lies within the picture.
const EDGE: f64 = 6.0;

/// How high the charts are at their least in a page.
pub(super) fn trend_height(
    source: &Unfolded<'_>,
    content: &ThemesContent,
    width: f64,
    least: LeastHeights,
) -> f64 {
    if !source.has_trend() {
        return EMPTY;
    }
    let (_, down) = charts(content.trends.len(), width, f64::INFINITY);
    HEADING + down as f64 * least.chart
}

/// How many charts stand side by side, and one below the other: as many in each row as can be.
fn charts(count: usize, width: f64, height: f64) -> (usize, usize) {
    let count = count.max(1);
    let most_down = ((height - HEADING) / LEAST_HEIGHT).floor().max(1.0);
    let usual = (((width + CHART_GAP) / CHART) as usize).clamp(1, count);
    let down = (count.div_ceil(usual) as f64).min(most_down) as usize;
    let most_across = (((width + CHART_GAP) / NARROW_CHART) as usize).max(1);
    (count.div_ceil(down).min(most_across), down)
}

impl ThemesDrawing<'_> {
    pub(super) fn trends(&mut self) {
        const TITLE: &str = "Over the years";
        let (content, room) = (self.content, self.plan.trend);
        let [first, .., last] = &content.years[..] else {
            let only = content.years.first();
            let said =
                only.map_or("No line states its year".to_owned(), |year| format!("Only {year} is loaded"));
            self.empty_section(room, TITLE, &format!("{said}; a trend needs two years."));
            return;
        };
        let (across, down) = charts(content.trends.len(), room.width(), room.height());
        let shown = &content.trends[..content.trends.len().min(across * down)];
        let what = if shown.len() < content.trends.len() {
            format!("the {} largest to one scale", shown.len())
        } else {
            "all to one scale".to_owned()
        };
        let more = format!("£, {first} to {last}, {what}");
        let heading = self.heading(room.x0, room.x1, room.y0 + 11.0, TITLE, &more);
        self.opens_the_years(heading, TITLE);
        let (width, height) = (
            (room.width() + CHART_GAP) / across as f64,
            ((room.height() - HEADING) / down as f64).min(MOST_HEIGHT),
        );
        let most = shown
            .iter()
            .flat_map(|trend| &trend.years)
            .map(|year| extent(year.amount.total()))
            .fold(0.0, f64::max);
        for (index, trend) in shown.iter().enumerate() {
            let x = room.x0 + width * (index % across) as f64;
            let y = room.y0 + HEADING + height * (index / across) as f64;
            self.chart(trend, Rect::new(x, y, x + width - CHART_GAP, y + height), most);
        }
    }

    /// The heading stands for all the charts: pressing it opens them as one.
    fn opens_the_years(&mut self, heading: Rect, title: &str) {
        let target = ThemesPart::Years.id();
        let ids = ["heading", "subheading"].map(|which| MarkId::of(&["themes", which, title]));
        for mark in self.marks.iter_mut().filter(|mark| ids.contains(&mark.id)) {
            mark.target = Some(target);
        }
        self.years_heading = Some(heading.inflate(3.0, 3.0));
    }

    /// One theme's years as a line over a pale ground, the ends in figures.
    fn chart(&mut self, trend: &TrendChart, room: Rect, most: f64) {
        let scheme = self.scheme();
        let title = &trend.theme.title;
        let part = ThemesPart::Trend { theme: title };
        let name = fit(&self.name(title), room.width(), SMALL, Weight::SemiBold).text;
        let text = text_at(room.x0, room.y0 + 8.0, Anchor::Start, SMALL, Weight::SemiBold, name);
        let reach = text.bounds().inflate(3.0, 1.0);
        let id = MarkId::of(&["themes", "trend-name", title]);
        let tooltip = self.tooltip(&trend.theme);
        let mark = Mark::label(id, text, scheme.ink()).pointing_at(part.id());
        self.marks.push(mark.with_tooltip(tooltip));
        self.spot(part, reach, &trend.theme);

        let is_roomy = room.height() >= ROOMY;
        let (above, below) = if is_roomy { (ABOVE.0, BELOW.0) } else { (ABOVE.1, BELOW.1) };
        let plot = Rect::new(room.x0 + EDGE, room.y0 + above, room.x1 - EDGE, room.y1 - below);
        let step = plot.width() / (trend.years.len() - 1).max(1) as f64;
        let height = |size: f64| if most > 0.0 { plot.height() * size.max(0.0) / most } else { 0.0 };
        let amounts = trend.years.iter().map(|year| extent(year.amount.total())).enumerate();
        let points: Vec<Point> = amounts
            .map(|(index, size)| Point::new(plot.x0 + step * index as f64, plot.y1 - height(size)))
            .collect();
        let color = scheme.faint_ink();
        let mut area = points.clone();
        area.extend(points.iter().rev().map(|point| Point::new(point.x, plot.y1)));
        self.marks.push(Mark::decoration(
            MarkId::of(&["themes", "trend-area", title]),
            Shape::Polygon(area),
            Paint::fill(color).opacity(0.12),
        ));
        self.rule(title, plot.x0 - EDGE, plot.x1 + EDGE, plot.y1);
        self.marks.push(Mark::decoration(
            MarkId::of(&["themes", "trend-line", title]),
            Shape::Line(points.clone()),
            Paint::stroke(color, 2.0),
        ));
        self.years_of(trend, &points, plot, step);
        self.trend_ends(trend, &points, plot);
    }

    /// A dot for each year: hollow where most of its money is not actual, larger where it is in view.
    fn years_of(&mut self, trend: &TrendChart, points: &[Point], plot: Rect, step: f64) {
        let (content, scheme) = (self.content, self.scheme());
        let (title, color) = (&trend.theme.title, scheme.faint_ink());
        for ((year, meaning), point) in content.years.iter().zip(&trend.years).zip(points) {
            let is_hollow = HatchKind::of(meaning.amount.mostly()).is_some();
            let is_in_view = self.breakdown.years_in_view.contains(year);
            let fill = if is_hollow { scheme.ground() } else { color };
            let radius = if is_in_view { 4.5 } else { 3.5 };
            let dot = Shape::Dot { centre: *point, radius };
            let part = ThemesPart::Year { theme: title, year };
            let tooltip = self.tooltip(meaning);
            self.marks.push(Mark::new(part.id(), dot, Paint::fill(fill).outlined(color, 2.0), tooltip));
            let half = (step / 2.0).min(12.0);
            let reach = Rect::new(point.x - half, plot.y0 - 8.0, point.x + half, plot.y1 + 16.0);
            self.spot(part, reach, meaning);
        }
    }

    /// The first and the last amount above their points, the years below.
    fn trend_ends(&mut self, trend: &TrendChart, points: &[Point], plot: Rect) {
        let (Some(first), Some(last)) = (trend.years.first(), trend.years.last()) else { return };
        let (ink, faint) = (self.scheme().ink(), self.scheme().faint_ink());
        let title = &trend.theme.title;
        let [from, to] = [first, last].map(|year| year.amount.in_short());
        let (start, end) = (points[0], points[points.len() - 1]);
        let (left, right, room) = (plot.x0 - EDGE, plot.x1 + EDGE, plot.width() + 2.0 * EDGE);
        let taken = width_px(&from, SMALL, Weight::Regular) + width_px(&to, SMALL, Weight::SemiBold);
        if taken + 10.0 <= room {
            let text = text_at(left, start.y - 13.0, Anchor::Start, SMALL, Weight::Regular, from);
            self.words(&["themes", "trend-first", title], text, faint);
        }
        let text = text_at(right, end.y - 13.0, Anchor::End, SMALL, Weight::SemiBold, to);
        self.words(&["themes", "trend-last", title], text, ink);
        let years = &self.content.years;
        let (from, to) = (&years[0], &years[years.len() - 1]);
        let y = plot.y1 + 11.0;
        let taken = width_px(from, SMALLEST, Weight::Regular) + width_px(to, SMALLEST, Weight::Regular);
        if taken + 8.0 <= room {
            let text = text_at(left, y, Anchor::Start, SMALLEST, Weight::Regular, from.as_str());
            self.words(&["themes", "trend-from", title], text, faint);
        }
        let to = fit(to, room, SMALLEST, Weight::Regular).text;
        let text = text_at(right, y, Anchor::End, SMALLEST, Weight::Regular, to);
        self.words(&["themes", "trend-to", title], text, faint);
    }
}
