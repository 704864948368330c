//! What all parts of the picture of themes go by: rows, columns, sizes, words.

use super::super::{
    Anchor, Color, Mark, MarkId, Palette, Point, Rect, Scheme, Text, Weight, fit, width_px, wrap,
};
use super::{Measure, ThemesOptions};
use crate::dimension::Dimension;
use crate::flow::breakdown::{Breakdown, Grade, Graded, Split, Theme};
use crate::money::{Money, Share, in_full, in_short, percent};

/// The drawing as far as it has come, and what all its parts go by.
pub(super) struct Drawing<'a> {
    pub(super) options: &'a ThemesOptions<'a>,
    pub(super) breakdown: Breakdown,
    /// The numbers of the themes that have a row.
    pub(super) rows: Vec<usize>,
    pub(super) agencies: Split,
    pub(super) colors: Palette,
    pub(super) stage_colors: Palette,
    /// Pixels for a pixel of the picture at its usual size.
    pub(super) unit: f64,
    /// Where the rows of the table begin, and how high they are.
    pub(super) rows_top: f64,
    pub(super) row_height: f64,
    pub(super) marks: Vec<Mark>,
}

/// The part of the width that the heat table has.
const CELLS_SHARE: f64 = 0.46;
pub(super) const LABEL_WIDTH: f64 = 148.0;
const TOTAL_WIDTH: f64 = 112.0;
pub(super) const GAP: f64 = 18.0;
/// The lower half, where there is something to show in it and where there is not.
const LOWER_HEIGHT: f64 = 196.0;
const LOWER_HEIGHT_EMPTY: f64 = 64.0;
const HEADING_LINES: usize = 4;
pub(super) const HEADING_LINE: f64 = 13.5;
pub(super) const BODY: f64 = 13.0;
pub(super) const SMALL: f64 = 11.0;

impl<'a> Drawing<'a> {
    pub(super) fn new(breakdown: &Breakdown, options: &'a ThemesOptions<'a>) -> Self {
        let unit = (options.width / 1232.0).min(options.height / 600.0).clamp(0.92, 3.0);
        let most_columns = (options.width * CELLS_SHARE / (60.0 * unit)).floor().max(2.0) as usize;
        let agencies = breakdown.agencies.clone().with_parts(most_columns);
        let mut drawing = Self {
            colors: Palette::new(options.ledger, Dimension::Agency, options.scheme),
            stage_colors: Palette::new(options.ledger, Dimension::Stage, options.scheme),
            options,
            breakdown: breakdown.clone(),
            rows: Vec::new(),
            agencies,
            unit,
            rows_top: 0.0,
            row_height: 0.0,
            marks: Vec::new(),
        };
        drawing.rows_top = drawing.heading_height();
        let has_lower = drawing.has_trend() || drawing.has_stages();
        let lower = if has_lower { LOWER_HEIGHT } else { LOWER_HEIGHT_EMPTY };
        let upper = options.height - drawing.rows_top - (GAP * 1.6 + lower) * unit;
        drawing.fold_themes((upper / (21.0 * unit)).floor().max(2.0) as usize);
        let tallest = if has_lower { 72.0 } else { 84.0 };
        drawing.row_height = (upper / drawing.rows.len().max(1) as f64).clamp(18.0 * unit, tallest * unit);
        drawing
    }

    /// Keeps so many rows; the smallest themes go into one.
    fn fold_themes(&mut self, most: usize) {
        let breakdown = std::mem::replace(&mut self.breakdown, EMPTY);
        self.breakdown = breakdown.with_themes(most);
        let columns = self.agencies.parts.len();
        self.agencies = self.breakdown.agencies.clone().with_parts(columns);
        let has_row = |&theme: &usize| self.breakdown.themes[theme].lines > 0;
        self.rows = (0..self.breakdown.themes.len()).filter(has_row).collect();
    }

    /// What a name is on the picture, where room is dear.
    pub(super) fn short(&self, agency: &str) -> String {
        let known = self.options.agencies.iter().find(|known| known.name == agency);
        known.and_then(|known| known.short.clone()).unwrap_or_else(|| agency.to_owned())
    }

    fn column_width(&self) -> f64 {
        (self.options.width * CELLS_SHARE / self.agencies.parts.len().max(1) as f64).min(88.0 * self.unit)
    }

    /// The lines of a column's heading, and the size that its longest word fits in.
    pub(super) fn column_heading(&self, agency: &str) -> (Vec<String>, f64) {
        let room = self.column_width() - 5.0 * self.unit;
        let words = self.short(agency);
        let fits = |size: &f64| {
            words.split_whitespace().all(|word| width_px(word, size * self.unit, Weight::Regular) <= room)
                && wrap(&words, room, size * self.unit, Weight::Regular).len() <= HEADING_LINES
        };
        let size = [SMALL, 10.0, 9.2].into_iter().find(fits).unwrap_or(9.2);
        let mut lines = wrap(&words, room, size * self.unit, Weight::Regular);
        if lines.len() > HEADING_LINES {
            let rest = lines.split_off(HEADING_LINES - 1).join(" ");
            lines.push(fit(&rest, room, size * self.unit, Weight::Regular).text);
        }
        (lines, size)
    }

    fn heading_height(&self) -> f64 {
        let lines = self.agencies.parts.iter().map(|part| self.column_heading(&part.name).0.len()).max();
        (lines.unwrap_or(1).max(2) as f64 * HEADING_LINE + 16.0) * self.unit
    }

    pub(super) fn scheme(&self) -> Scheme {
        self.options.scheme
    }

    pub(super) fn theme(&self, index: usize) -> &Theme {
        &self.breakdown.themes[index]
    }

    pub(super) fn row_middle(&self, row: usize) -> f64 {
        self.rows_top + self.row_height * (row as f64 + 0.5)
    }

    /// Where the lower half begins.
    pub(super) fn lower_top(&self) -> f64 {
        self.rows_top + self.row_height * self.rows.len() as f64 + GAP * 1.6 * self.unit
    }

    pub(super) fn words(&mut self, id: &[&str], text: Text, color: Color) {
        self.marks.push(Mark::label(MarkId::of(id), text, color));
    }

    pub(super) fn text(
        &self,
        x: f64,
        y: f64,
        anchor: Anchor,
        size: f64,
        weight: Weight,
        words: impl Into<String>,
    ) -> Text {
        Text::centred(Point::new(x, y), anchor, size * self.unit, weight, words)
    }

    pub(super) fn say_that_nothing_is_here(&mut self) {
        let middle = (self.options.width / 2.0, self.options.height / 2.0);
        let words = "No line passes the filter.";
        let text = self.text(middle.0, middle.1, Anchor::Middle, 16.0, Weight::Regular, words);
        self.words(&["themes", "empty"], text, self.scheme().faint_ink());
    }

    /// A heading with a few quieter words behind it.
    pub(super) fn heading(&mut self, x: f64, y: f64, room: f64, heading: &str, more: &str) {
        let (ink, faint) = (self.scheme().ink(), self.scheme().faint_ink());
        let text = self.text(x, y, Anchor::Start, 14.0, Weight::SemiBold, heading);
        let after = x + text.width() + 9.0 * self.unit;
        self.words(&["themes", "heading", heading], text, ink);
        let more = fit(more, room - (after - x), SMALL * self.unit, Weight::Regular).text;
        let text = self.text(after, y + 0.5 * self.unit, Anchor::Start, SMALL, Weight::Regular, more);
        self.words(&["themes", "subheading", heading], text, faint);
    }

    /// An amount as the measure has it.
    pub(super) fn say(&self, amount: Money) -> String {
        match self.options.measure {
            Measure::Amount => in_short(amount),
            Measure::Share => {
                Share::of(amount, self.breakdown.total.total()).map_or_else(String::new, percent)
            }
            Measure::PerHead(people) => {
                self.breakdown.per_head(amount, Ok(people)).map_or_else(|_| String::new(), in_short)
            }
        }
    }

    fn measure_in_words(&self) -> String {
        match self.options.measure {
            Measure::Amount => "£, by agency".to_owned(),
            Measure::Share => format!("% of {}, by agency", in_short(self.breakdown.total.total())),
            Measure::PerHead(_) => "£ per head, by agency".to_owned(),
        }
    }

    /// What a tooltip says of an amount: what it is, to the penny, of what it is how much, and how well it is known.
    pub(super) fn tooltip(&self, what: &str, amount: Graded, whole: Money, of_what: &str) -> String {
        let mut lines = vec![what.to_owned(), in_full(amount.total())];
        if let Some(share) = Share::of(amount.total(), whole) {
            lines.push(format!("{} of {of_what}", percent(share)));
        }
        if let Measure::PerHead(people) = self.options.measure
            && let Ok(head) = self.breakdown.per_head(amount.total(), Ok(people))
        {
            lines.push(format!("{} per head", in_full(head)));
        }
        for (grade, part) in amount.parts().filter(|(grade, _)| *grade != Grade::Firm) {
            lines.push(format!("{} of it {}", in_short(part), grade.word()));
        }
        lines.join("\n")
    }

    // The upper half: a row for each theme.

    pub(super) fn bars_and_cells(&mut self) {
        let unit = self.unit;
        let width = self.options.width;
        let column_width = self.column_width();
        let cells_left = width - column_width * self.agencies.parts.len() as f64;
        let bars_left = (LABEL_WIDTH + 12.0) * unit;
        let bars_right = cells_left - (GAP + TOTAL_WIDTH) * unit;
        let measure = self.measure_in_words();
        self.heading(0.0, self.rows_top - 15.0 * unit, bars_right + TOTAL_WIDTH * unit, "Themes", &measure);
        self.column_headings(cells_left, column_width);
        self.theme_names();
        self.bars(bars_left, bars_right);
        self.cells(cells_left, column_width);
    }
}

/// A breakdown of nothing.
const EMPTY: Breakdown = Breakdown {
    themes: Vec::new(),
    agencies: Split { by: Dimension::Agency, parts: Vec::new(), amounts: Vec::new() },
    stages: Split { by: Dimension::Stage, parts: Vec::new(), amounts: Vec::new() },
    years: Split { by: Dimension::Year, parts: Vec::new(), amounts: Vec::new() },
    years_in_view: Vec::new(),
    bases: Vec::new(),
    total: Graded::NOTHING,
    lines: 0,
};

/// A hair of ground on the right keeps a piece apart from the next.
pub(super) fn inset(rect: Rect) -> Rect {
    let gap = if rect.width() > 4.0 { 1.0 } else { 0.0 };
    Rect::new(rect.x0, rect.y0, rect.x1 - gap, rect.y1)
}
