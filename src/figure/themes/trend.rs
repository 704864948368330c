//! How each theme went over the years.

use super::super::{Anchor, HatchKind, Mark, MarkId, Paint, Point, Rect, Shape, Weight, fit, width_px};
use super::ThemesPart;
use super::drawing::{BODY, Drawing, SMALL};
use crate::dimension::Names;
use crate::flow::breakdown::Graded;
use crate::money::{Money, in_short};

impl Drawing<'_> {
    // The lower half on the left: a small chart for each theme, all to the same scale.

    pub(super) fn years(&mut self) {
        let unit = self.unit;
        let top = self.lower_top();
        let width = self.options.width * 0.57;
        let years: Vec<String> = self.breakdown.years.parts.iter().map(|part| part.name.clone()).collect();
        let years: Vec<String> = years.into_iter().filter(|year| year != Names::NOT_STATED).collect();
        let [first, .., last] = &years[..] else {
            let said = years
                .first()
                .map_or("No line states its year".to_owned(), |year| format!("Only {year} is loaded"));
            self.heading(0.0, top + 9.0 * unit, width, "Over the years", "");
            let words = format!("{said}; a trend needs two years.");
            let text = self.text(0.0, top + 36.0 * unit, Anchor::Start, BODY, Weight::Regular, words);
            self.words(&["themes", "no-trend"], text, self.scheme().faint_ink());
            return;
        };
        let more = format!("{first} to {last}, all to one scale");
        self.heading(0.0, top + 9.0 * unit, width, "Over the years", &more);
        let charts: Vec<usize> = self.trending();
        let across = charts.len().div_ceil(if charts.len() > 5 { 2 } else { 1 });
        let down = charts.len().div_ceil(across.max(1)).max(1);
        let (chart_width, chart_height) = (
            width / across as f64,
            ((self.options.height - top - 26.0 * unit) / down as f64).min(130.0 * unit),
        );
        let most = charts
            .iter()
            .flat_map(|&theme| &self.breakdown.years.amounts[theme])
            .map(|amount| amount.total().to_approximate())
            .fold(0.0, f64::max);
        for (place, &theme) in charts.iter().enumerate() {
            let x = chart_width * (place % across) as f64;
            let y = top + 26.0 * unit + chart_height * (place / across) as f64;
            let room = Rect::new(x, y, x + chart_width - 16.0 * unit, y + chart_height - 6.0 * unit);
            self.trend(theme, &years, room, most);
        }
    }

    /// Whether there are years to compare.
    pub(super) fn has_trend(&self) -> bool {
        self.breakdown.years.parts.iter().filter(|part| part.name != Names::NOT_STATED).count() > 1
    }

    /// The themes that get a chart: those with money in any year, as many as there is room for.
    fn trending(&self) -> Vec<usize> {
        let has_money = |&theme: &usize| {
            self.breakdown.years.amounts[theme].iter().any(|amount| !amount.total().is_zero())
        };
        (0..self.breakdown.themes.len()).filter(has_money).take(12).collect()
    }

    fn trend(&mut self, theme: usize, years: &[String], room: Rect, most: f64) {
        let (unit, scheme) = (self.unit, self.scheme());
        let name = self.theme(theme).name.clone();
        let words = fit(&name, room.width(), SMALL * unit, Weight::SemiBold).text;
        let text = self.text(room.x0, room.y0 + 7.0 * unit, Anchor::Start, SMALL, Weight::SemiBold, words);
        self.words(&["themes", "trend-name", &name], text, scheme.ink());
        let plot = Rect::new(
            room.x0 + 3.0 * unit,
            room.y0 + 34.0 * unit,
            room.x1 - 3.0 * unit,
            room.y1 - 16.0 * unit,
        );
        let amounts: Vec<Graded> = years
            .iter()
            .filter_map(|year| {
                let part = self.breakdown.years.parts.iter().position(|part| part.name == *year)?;
                Some(self.breakdown.years.amounts[theme][part])
            })
            .collect();
        let step = plot.width() / (years.len() - 1) as f64;
        let height = |amount: Money| if most > 0.0 { amount.to_approximate().max(0.0) / most } else { 0.0 };
        let points: Vec<Point> = amounts
            .iter()
            .enumerate()
            .map(|(index, amount)| {
                Point::new(plot.x0 + step * index as f64, plot.y1 - plot.height() * height(amount.total()))
            })
            .collect();
        let base = Shape::line(Point::new(plot.x0, plot.y1), Point::new(plot.x1, plot.y1));
        self.marks.push(Mark::decoration(
            MarkId::of(&["themes", "trend-base", &name]),
            base,
            Paint::stroke(scheme.grid(), 1.0),
        ));
        let color = scheme.category(0);
        let mut area = points.clone();
        area.extend([Point::new(plot.x1, plot.y1), Point::new(plot.x0, plot.y1)]);
        self.marks.push(Mark::decoration(
            MarkId::of(&["themes", "trend-area", &name]),
            Shape::Polygon(area),
            Paint::fill(color).opacity(0.10),
        ));
        let line = Shape::Line(points.clone());
        self.marks.push(Mark::decoration(
            MarkId::of(&["themes", "trend-line", &name]),
            line,
            Paint::stroke(color, (2.0 * unit) as f32),
        ));
        for ((year, amount), point) in years.iter().zip(&amounts).zip(&points) {
            // A hollow dot: most of the year's money is not actual.
            let fill = if HatchKind::of(amount.mostly()).is_some() { scheme.ground() } else { color };
            let dot = Shape::Dot { centre: *point, radius: 3.2 * unit };
            let paint = Paint::fill(fill).outlined(color, (1.6 * unit) as f32);
            let all = self.breakdown.years.parts.iter().find(|part| part.name == *year);
            let whole = all.map_or(Money::ZERO, |part| part.amount.total());
            let tooltip = self.tooltip(&format!("{name}, {year}"), *amount, whole, year);
            self.marks.push(Mark::new(ThemesPart::Year { theme: &name, year }.id(), dot, paint, tooltip));
        }
        self.trend_ends(&name, years, &amounts, &points, plot);
    }

    /// The first and the last amount above their points, the years below.
    fn trend_ends(&mut self, name: &str, years: &[String], amounts: &[Graded], points: &[Point], plot: Rect) {
        let (unit, scheme) = (self.unit, self.scheme());
        let last = points.len() - 1;
        let say = |amount: &Graded| in_short(amount.total());
        let (first_words, last_words) = (say(&amounts[0]), say(&amounts[last]));
        let both = width_px(&first_words, SMALL * unit, Weight::Regular)
            + width_px(&last_words, SMALL * unit, Weight::SemiBold);
        let edge = 3.0 * unit;
        if both + 8.0 * unit <= plot.width() {
            let text = self.text(
                plot.x0 - edge,
                points[0].y - 11.0 * unit,
                Anchor::Start,
                SMALL,
                Weight::Regular,
                first_words,
            );
            self.words(&["themes", "trend-first", name], text, scheme.faint_ink());
        }
        let text = self.text(
            plot.x1 + edge,
            points[last].y - 11.0 * unit,
            Anchor::End,
            SMALL,
            Weight::SemiBold,
            last_words,
        );
        self.words(&["themes", "trend-last", name], text, scheme.ink());
        let year_size = 10.0;
        let (first, latest) = (&years[0], &years[last]);
        let taken = width_px(first, year_size * unit, Weight::Regular)
            + width_px(latest, year_size * unit, Weight::Regular);
        let y = plot.y1 + 9.0 * unit;
        if taken + 8.0 * unit <= plot.width() + 2.0 * edge {
            let text =
                self.text(plot.x0 - edge, y, Anchor::Start, year_size, Weight::Regular, first.as_str());
            self.words(&["themes", "trend-from", name], text, scheme.faint_ink());
        }
        let text = self.text(plot.x1 + edge, y, Anchor::End, year_size, Weight::Regular, latest.as_str());
        self.words(&["themes", "trend-to", name], text, scheme.faint_ink());
    }
}
