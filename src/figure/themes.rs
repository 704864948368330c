use super::{
    Anchor, Color, Figure, HatchKind, Mark, MarkId, Paint, Palette, Point, Rect, Scheme, Shape, Text, Weight,
    fit, on_fill, width_px, wrap,
};
use crate::dimension::{Agency, Dimension, Names};
use crate::flow::breakdown::{Breakdown, Grade, Graded, Split, Theme};
use crate::ledger::Ledger;
use crate::money::{Money, Share, in_full, in_short, percent};

/// How the themes are drawn.
#[derive(Clone, Copy, Debug)]
pub struct ThemesOptions<'a> {
    pub width: f64,
    pub height: f64,
    pub scheme: Scheme,
    pub measure: Measure,
    /// The ledger the breakdown is of: colors follow its agencies, filtered or not.
    pub ledger: &'a Ledger,
    /// The place's agencies: a short name, where one is given, stands in the picture, the full one in tooltips.
    pub agencies: &'a [Agency],
}

/// What the numbers beside the shapes say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    #[default]
    Amount,
    /// Percent of all that is in view.
    Share,
    /// Pounds for each of this many people.
    PerHead(u64),
}

/// What a mark of the themes figure shows; clicking it narrows to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemesPart<'a> {
    Theme {
        theme: &'a str,
    },
    Agency {
        agency: &'a str,
    },
    /// A piece of a theme's bar.
    Bar {
        theme: &'a str,
        agency: &'a str,
    },
    /// A cell of the heat table.
    Cell {
        theme: &'a str,
        agency: &'a str,
    },
    Stage {
        theme: &'a str,
        stage: &'a str,
    },
    Year {
        theme: &'a str,
        year: &'a str,
    },
}

impl ThemesPart<'_> {
    pub fn id(self) -> MarkId {
        match self {
            Self::Theme { theme } => MarkId::of(&["themes", "theme", theme]),
            Self::Agency { agency } => MarkId::of(&["themes", "agency", agency]),
            Self::Bar { theme, agency } => MarkId::of(&["themes", "bar", theme, agency]),
            Self::Cell { theme, agency } => MarkId::of(&["themes", "cell", theme, agency]),
            Self::Stage { theme, stage } => MarkId::of(&["themes", "stage", theme, stage]),
            Self::Year { theme, year } => MarkId::of(&["themes", "year", theme, year]),
        }
    }
}

/// The breakdown as one picture: a row for each theme with its bar by agency and its cells of a heat table, and below
/// how each theme went over the years and how much of it is prevention.
pub fn themes(breakdown: &Breakdown, options: &ThemesOptions<'_>) -> Figure {
    let mut drawing = Drawing::new(breakdown, options);
    if drawing.rows.is_empty() {
        drawing.say_that_nothing_is_here();
    } else {
        drawing.bars_and_cells();
        drawing.years();
        drawing.stages();
    }
    Figure {
        width: options.width,
        height: options.height,
        title: String::new(),
        notes: themes_notes(breakdown),
        scheme: options.scheme,
        marks: drawing.marks,
    }
}

/// What should be known about the amounts of a breakdown, for the foot of its picture.
pub fn themes_notes(breakdown: &Breakdown) -> Vec<String> {
    let mut notes = Vec::new();
    let whole = breakdown.total.total();
    let unsure: Vec<String> = breakdown
        .total
        .parts()
        .filter(|(grade, _)| *grade != Grade::Firm)
        .filter_map(|(grade, amount)| {
            Some(format!("{} is {}", percent(Share::of(amount, whole)?), grade.word()))
        })
        .collect();
    let mut words = Vec::new();
    if !unsure.is_empty() {
        words.push(format!("Hatched: of the total, {}.", unsure.join(", ")));
    }
    if breakdown.bases.len() > 1 {
        let bases: Vec<String> =
            breakdown.bases.iter().map(|(basis, amount)| format!("{} {basis}", in_short(*amount))).collect();
        words.push(format!("Adds different bases: {}.", bases.join(", ").to_lowercase()));
    }
    if breakdown.years_in_view.len() > 1 {
        words.push(format!("Sums of {} years.", breakdown.years_in_view.len()));
    }
    words.push("Figures may not sum due to rounding.".to_owned());
    notes.push(words.join(" "));
    notes
}

/// The picture in words: `£3.65bn in 6 themes by 9 agencies, 2011/12: Ageing Well is the largest, £1.2bn (33%)`.
pub fn themes_sentence(breakdown: &Breakdown) -> String {
    let whole = breakdown.total.total();
    let themes =
        breakdown.themes.iter().filter(|theme| theme.lines > 0 && !Names::is_remainder(&theme.name)).count();
    let agencies = breakdown.agencies.parts.iter().filter(|part| !Names::is_remainder(&part.name)).count();
    let years = match &breakdown.years_in_view[..] {
        [] => String::new(),
        [year] if year == Names::NOT_STATED => String::new(),
        [year] => format!(", {year}"),
        [first, .., last] => format!(", {first} to {last}"),
    };
    let mut sentence = format!(
        "{} in {} by {}{years}",
        in_short(whole),
        counted(themes, "theme", "themes"),
        counted(agencies, "agency", "agencies"),
    );
    if let Some(largest) = breakdown.themes.first().filter(|_| themes > 1)
        && let Some(share) = Share::of(largest.amount.total(), whole)
    {
        let amount = in_short(largest.amount.total());
        sentence.extend([": ", &largest.name, " is the largest, ", &amount, " (", &percent(share), ")"]);
    }
    sentence
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// The drawing as far as it has come, and what all its parts go by.
struct Drawing<'a> {
    options: &'a ThemesOptions<'a>,
    breakdown: Breakdown,
    /// The numbers of the themes that have a row.
    rows: Vec<usize>,
    agencies: Split,
    colors: Palette,
    stage_colors: Palette,
    /// Pixels for a pixel of the picture at its usual size.
    unit: f64,
    /// Where the rows of the table begin, and how high they are.
    rows_top: f64,
    row_height: f64,
    marks: Vec<Mark>,
}

/// The part of the width that the heat table has.
const CELLS_SHARE: f64 = 0.46;
const LABEL_WIDTH: f64 = 148.0;
const TOTAL_WIDTH: f64 = 112.0;
const GAP: f64 = 18.0;
/// The lower half, where there is something to show in it and where there is not.
const LOWER_HEIGHT: f64 = 196.0;
const LOWER_HEIGHT_EMPTY: f64 = 64.0;
const HEADING_LINES: usize = 4;
const HEADING_LINE: f64 = 13.5;
const BODY: f64 = 13.0;
const SMALL: f64 = 11.0;

impl<'a> Drawing<'a> {
    fn new(breakdown: &Breakdown, options: &'a ThemesOptions<'a>) -> Self {
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
    fn short(&self, agency: &str) -> String {
        let known = self.options.agencies.iter().find(|known| known.name == agency);
        known.and_then(|known| known.short.clone()).unwrap_or_else(|| agency.to_owned())
    }

    fn column_width(&self) -> f64 {
        (self.options.width * CELLS_SHARE / self.agencies.parts.len().max(1) as f64).min(88.0 * self.unit)
    }

    /// The lines of a column's heading, and the size that its longest word fits in.
    fn column_heading(&self, agency: &str) -> (Vec<String>, f64) {
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

    fn scheme(&self) -> Scheme {
        self.options.scheme
    }

    fn theme(&self, index: usize) -> &Theme {
        &self.breakdown.themes[index]
    }

    fn row_middle(&self, row: usize) -> f64 {
        self.rows_top + self.row_height * (row as f64 + 0.5)
    }

    /// Where the lower half begins.
    fn lower_top(&self) -> f64 {
        self.rows_top + self.row_height * self.rows.len() as f64 + GAP * 1.6 * self.unit
    }

    fn words(&mut self, id: &[&str], text: Text, color: Color) {
        self.marks.push(Mark::label(MarkId::of(id), text, color));
    }

    fn text(
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

    fn say_that_nothing_is_here(&mut self) {
        let middle = (self.options.width / 2.0, self.options.height / 2.0);
        let words = "No line passes the filter.";
        let text = self.text(middle.0, middle.1, Anchor::Middle, 16.0, Weight::Regular, words);
        self.words(&["themes", "empty"], text, self.scheme().faint_ink());
    }

    /// A heading with a few quieter words behind it.
    fn heading(&mut self, x: f64, y: f64, room: f64, heading: &str, more: &str) {
        let (ink, faint) = (self.scheme().ink(), self.scheme().faint_ink());
        let text = self.text(x, y, Anchor::Start, 14.0, Weight::SemiBold, heading);
        let after = x + text.width() + 9.0 * self.unit;
        self.words(&["themes", "heading", heading], text, ink);
        let more = fit(more, room - (after - x), SMALL * self.unit, Weight::Regular).text;
        let text = self.text(after, y + 0.5 * self.unit, Anchor::Start, SMALL, Weight::Regular, more);
        self.words(&["themes", "subheading", heading], text, faint);
    }

    /// An amount as the measure has it.
    fn say(&self, amount: Money) -> String {
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
    fn tooltip(&self, what: &str, amount: Graded, whole: Money, of_what: &str) -> String {
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

    fn bars_and_cells(&mut self) {
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

    fn theme_names(&mut self) {
        for row in 0..self.rows.len() {
            let theme = self.theme(self.rows[row]).clone();
            let (unit, middle) = (self.unit, self.row_middle(row));
            let target = ThemesPart::Theme { theme: &theme.name }.id();
            let tooltip = self.tooltip(&theme.name, theme.amount, self.breakdown.total.total(), "the total");
            let mut lines = wrap(&theme.name, LABEL_WIDTH * unit, BODY * unit, Weight::SemiBold);
            let most = if self.row_height >= 34.0 * unit { 2 } else { 1 };
            if lines.len() > most {
                let rest = lines.split_off(most - 1).join(" ");
                lines.push(fit(&rest, LABEL_WIDTH * unit, BODY * unit, Weight::SemiBold).text);
            }
            let top = middle - (lines.len() as f64 - 1.0) * 8.0 * unit;
            let color = self.scheme().ink();
            for (index, line) in lines.into_iter().enumerate() {
                let y = top + 16.0 * unit * index as f64;
                let text = self.text(0.0, y, Anchor::Start, BODY, Weight::SemiBold, line);
                let id = MarkId::of(&["themes", "name", &theme.name, &index.to_string()]);
                self.marks
                    .push(Mark::label(id, text, color).pointing_at(target).with_tooltip(tooltip.clone()));
            }
        }
    }

    /// Bars from zero to the right; what credits outweigh goes to the left.
    fn bars(&mut self, left: f64, right: f64) {
        let side = |row: &[Graded], positive: bool| -> f64 {
            row.iter()
                .map(Graded::total)
                .filter(|amount| amount.is_positive() == positive)
                .map(|amount| amount.abs().to_approximate())
                .sum()
        };
        let rows = self.rows.clone();
        let most = |positive: bool| {
            rows.iter().map(|&theme| side(&self.agencies.amounts[theme], positive)).fold(0.0, f64::max)
        };
        let (above, below) = (most(true), most(false));
        let scale = if above + below > 0.0 { (right - left) / (above + below) } else { 0.0 };
        let zero = left + below * scale;
        let height = (self.row_height * 0.64).min(36.0 * self.unit);
        for (row, &theme) in rows.iter().enumerate() {
            let ends = self.bar(row, theme, zero, scale, height);
            self.bar_total(row, theme, ends);
        }
        let (top, bottom) = (self.rows_top, self.rows_top + self.row_height * rows.len() as f64);
        let line = Shape::line(Point::new(zero, top), Point::new(zero, bottom));
        let stroke = Paint::stroke(self.scheme().faint_ink(), 1.0);
        self.marks.push(Mark::decoration(MarkId::of(&["themes", "zero"]), line, stroke));
    }

    /// Draws one theme's bar and says where it ends on the right.
    fn bar(&mut self, row: usize, theme: usize, zero: f64, scale: f64, height: f64) -> f64 {
        let middle = self.row_middle(row);
        let name = self.theme(theme).name.clone();
        let whole = self.theme(theme).amount.total();
        let (mut right, mut left) = (zero, zero);
        for (part, amount) in self.agencies.amounts[theme].clone().into_iter().enumerate() {
            let total = amount.total();
            if total.is_zero() {
                continue;
            }
            let width = total.abs().to_approximate() * scale;
            let from = if total.is_positive() { right } else { left - width };
            let agency = self.agencies.parts[part].name.clone();
            let color = self.colors.color(&agency);
            let id = ThemesPart::Bar { theme: &name, agency: &agency }.id();
            let what = format!("{name}: {agency}");
            let tooltip = self.tooltip(&what, amount, whole, &name);
            let rect = Rect::new(from, middle - height / 2.0, from + width, middle + height / 2.0);
            self.piece(id, rect, color, amount, tooltip);
            let short = self.short(&agency);
            self.name_in_piece(id, rect, color, &short);
            if total.is_positive() {
                right += width;
            } else {
                left -= width;
            }
        }
        right
    }

    /// A rectangle of which each part is hatched by how well it is known, a hair apart from the next.
    fn piece(&mut self, id: MarkId, rect: Rect, color: Color, amount: Graded, tooltip: String) {
        let scheme = self.scheme();
        let shown = inset(rect);
        self.marks.push(Mark::new(id, shown, Paint::fill(color), tooltip));
        let sizes: Vec<(Grade, f64)> =
            amount.parts().map(|(grade, part)| (grade, part.abs().to_approximate())).collect();
        let whole: f64 = sizes.iter().map(|(_, size)| size).sum();
        let mut at = shown.x0;
        for (grade, size) in sizes {
            let width = shown.width() * size / whole;
            if let Some(kind) = HatchKind::of(grade)
                && width >= 1.5
            {
                let part = Rect::new(at, shown.y0, at + width, shown.y1);
                let paint = Paint::fill(color).hatched(Some(scheme.hatch_on(kind, color)));
                let hatch_id = MarkId::of(&["themes", "hatch", &id.0.to_string(), grade.word()]);
                self.marks.push(Mark::decoration(hatch_id, part, paint).pointing_at(id));
            }
            at += width;
        }
    }

    fn name_in_piece(&mut self, id: MarkId, rect: Rect, color: Color, name: &str) {
        let room = rect.width() - 12.0 * self.unit;
        let short = fit(name, room, SMALL * self.unit, Weight::Regular);
        let letters = short.text.chars().count();
        if rect.height() < 14.0 * self.unit || (short.shortened && (letters < 9 || name.contains('('))) {
            return;
        }
        let mut text = self.text(
            rect.x0 + 6.0 * self.unit,
            rect.center().y,
            Anchor::Start,
            SMALL,
            Weight::Regular,
            short.text,
        );
        text.halo = Some(color);
        let label = MarkId::of(&["themes", "in-bar", &id.0.to_string()]);
        self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
    }

    fn bar_total(&mut self, row: usize, theme: usize, end: f64) {
        let amount = self.theme(theme).amount.total();
        let name = self.theme(theme).name.clone();
        let words = self.say(amount);
        let (y, x) = (self.row_middle(row), end + 7.0 * self.unit);
        let text = self.text(x, y, Anchor::Start, BODY, Weight::SemiBold, words);
        let after = x + text.width() + 6.0 * self.unit;
        let (ink, faint) = (self.scheme().ink(), self.scheme().faint_ink());
        self.words(&["themes", "total", &name], text, ink);
        if self.options.measure != Measure::Share
            && let Some(share) = Share::of(amount, self.breakdown.total.total())
        {
            let text = self.text(after, y, Anchor::Start, SMALL, Weight::Regular, percent(share));
            self.words(&["themes", "share", &name], text, faint);
        }
    }

    /// An agency's name above its cells, under a strip of its color: the key to the bars.
    fn column_headings(&mut self, left: f64, width: f64) {
        let unit = self.unit;
        for (index, part) in self.agencies.parts.clone().into_iter().enumerate() {
            let x = left + width * index as f64;
            let id = ThemesPart::Agency { agency: &part.name }.id();
            let tooltip = self.tooltip(&part.name, part.amount, self.breakdown.total.total(), "the total");
            let bottom = self.rows_top - 3.0 * unit;
            let strip = Rect::new(x + 1.0, bottom - 5.0 * unit, x + width - 1.0, bottom);
            self.marks.push(Mark::new(
                id,
                strip,
                Paint::fill(self.colors.color(&part.name)),
                tooltip.clone(),
            ));
            let (lines, size) = self.column_heading(&part.name);
            let count = lines.len();
            let faint = self.scheme().faint_ink();
            for (line, words) in lines.into_iter().enumerate() {
                let y = bottom - 13.0 * unit - HEADING_LINE * unit * (count - 1 - line) as f64;
                let text = self.text(x + 2.0, y, Anchor::Start, size, Weight::Regular, words);
                let label = MarkId::of(&["themes", "column", &part.name, &line.to_string()]);
                self.marks
                    .push(Mark::label(label, text, faint).pointing_at(id).with_tooltip(tooltip.clone()));
            }
        }
    }

    fn cells(&mut self, left: f64, width: f64) {
        let scheme = self.scheme();
        let rows = self.rows.clone();
        let size = |amount: Money| amount.to_approximate().max(0.0);
        let amounts = || rows.iter().flat_map(|&theme| &self.agencies.amounts[theme]);
        let most = amounts().map(|amount| size(amount.total())).fold(0.0, f64::max);
        for (row, &theme) in rows.iter().enumerate() {
            let name = self.theme(theme).name.clone();
            for (part, amount) in self.agencies.amounts[theme].clone().into_iter().enumerate() {
                let agency = self.agencies.parts[part].name.clone();
                let x = left + width * part as f64;
                let top = self.rows_top + self.row_height * row as f64;
                let rect = Rect::new(x + 1.0, top + 1.0, x + width - 1.0, top + self.row_height - 1.0);
                let id = ThemesPart::Cell { theme: &name, agency: &agency }.id();
                let total = amount.total();
                if total.is_zero() {
                    self.marks.push(Mark::decoration(id, rect, Paint::fill(scheme.heat(0.0)).opacity(0.35)));
                    continue;
                }
                // The root makes small amounts tell apart; the number says how much it is.
                let color = scheme.heat(if most > 0.0 { (size(total) / most).sqrt() } else { 0.0 });
                let hatch = HatchKind::of(amount.mostly()).map(|kind| scheme.hatch_on(kind, color));
                let whole = self.agencies.parts[part].amount.total();
                let tooltip = self.tooltip(&format!("{agency}: {name}"), amount, whole, &agency);
                self.marks.push(Mark::new(id, rect, Paint::fill(color).hatched(hatch), tooltip));
                self.number_in_cell(id, rect, color, total);
            }
        }
    }

    fn number_in_cell(&mut self, id: MarkId, rect: Rect, color: Color, amount: Money) {
        let words = self.say(amount);
        let sizes = [11.5, 10.0, 9.0];
        let fits = |size: &f64| width_px(&words, size * self.unit, Weight::Regular) <= rect.width() - 4.0;
        let Some(size) = sizes.into_iter().find(fits) else { return };
        let centre = rect.center();
        let mut text = self.text(centre.x, centre.y, Anchor::Middle, size, Weight::Regular, words);
        text.halo = Some(color);
        let label = MarkId::of(&["themes", "number", &id.0.to_string()]);
        self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
    }

    // The lower half on the left: a small chart for each theme, all to the same scale.

    fn years(&mut self) {
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
    fn has_trend(&self) -> bool {
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

    // The lower half on the right: how much of each theme is prevention.

    fn stages(&mut self) {
        let unit = self.unit;
        let top = self.lower_top();
        let left = self.options.width * 0.60;
        let width = self.options.width - left;
        if !self.has_stages() {
            self.heading(left, top + 9.0 * unit, width, "Prevention against acute", "");
            let words = "No line says whether it is prevention or acute.";
            let text = self.text(left, top + 36.0 * unit, Anchor::Start, BODY, Weight::Regular, words);
            self.words(&["themes", "no-stages"], text, self.scheme().faint_ink());
            return;
        }
        let names_width = (LABEL_WIDTH * 0.86 * unit).min(width * 0.34);
        let bars = Rect::new(
            left + names_width + 8.0 * unit,
            top + 48.0 * unit,
            self.options.width,
            self.options.height,
        );
        let room = (bars.height() / (13.0 * unit)).floor().max(1.0) as usize;
        let rows: Vec<usize> = self.rows.iter().copied().take(room).collect();
        let more = if rows.len() < self.rows.len() {
            format!("% of each theme, the {} largest", rows.len())
        } else {
            "% of each theme".to_owned()
        };
        self.heading(left, top + 9.0 * unit, width, "Prevention against acute", &more);
        self.stage_key(left, top + 33.0 * unit, width);
        let row_height = (bars.height() / rows.len() as f64).min(30.0 * unit);
        for (row, &theme) in rows.iter().enumerate() {
            let middle = bars.y0 + row_height * (row as f64 + 0.5);
            let name = self.theme(theme).name.clone();
            let words = fit(&name, names_width, SMALL * unit, Weight::Regular).text;
            let text = self.text(left, middle, Anchor::Start, SMALL, Weight::Regular, words);
            self.words(&["themes", "stage-name", &name], text, self.scheme().ink());
            let height = (row_height * 0.70).min(20.0 * unit);
            let room = Rect::new(bars.x0, middle - height / 2.0, bars.x1, middle + height / 2.0);
            self.stage_bar(theme, &name, room);
        }
    }

    /// Whether any money is said to be prevention or acute.
    fn has_stages(&self) -> bool {
        self.breakdown
            .stages
            .parts
            .iter()
            .any(|part| !Names::is_remainder(&part.name) && !part.amount.total().is_zero())
    }

    /// The stages' names with their colors, in the order of the bars.
    fn stage_key(&mut self, left: f64, y: f64, width: f64) {
        let unit = self.unit;
        let faint = self.scheme().faint_ink();
        let mut x = left;
        for part in self.breakdown.stages.parts.clone() {
            let text =
                self.text(x + 12.0 * unit, y, Anchor::Start, SMALL, Weight::Regular, part.name.as_str());
            let next = x + 12.0 * unit + text.width() + GAP * 0.5 * unit;
            if next - GAP * 0.5 * unit > left + width {
                break;
            }
            let square = Rect::new(x, y - 4.5 * unit, x + 9.0 * unit, y + 4.5 * unit);
            let color = self.stage_color(&part.name);
            self.marks.push(Mark::decoration(
                MarkId::of(&["themes", "stage-key", &part.name]),
                square,
                Paint::fill(color),
            ));
            self.words(&["themes", "stage-key-name", &part.name], text, faint);
            x = next;
        }
    }

    /// What nobody classified is gray, what nobody stated is paler still.
    fn stage_color(&self, stage: &str) -> Color {
        if stage == Names::NOT_STATED { self.scheme().muted() } else { self.stage_colors.color(stage) }
    }

    /// Money spent by stage fills the room; credits that outweigh a stage are not part of it.
    fn stage_bar(&mut self, theme: usize, name: &str, room: Rect) {
        let amounts = self.breakdown.stages.amounts[theme].clone();
        let size = |amount: &Graded| amount.total().to_approximate().max(0.0);
        let whole: f64 = amounts.iter().map(size).sum();
        if whole <= 0.0 {
            return;
        }
        let of_theme: Money = amounts.iter().map(Graded::total).sum();
        let mut x = room.x0;
        for (part, amount) in amounts.iter().enumerate() {
            let width = room.width() * size(amount) / whole;
            if width <= 0.0 {
                continue;
            }
            let stage = self.breakdown.stages.parts[part].name.clone();
            let id = ThemesPart::Stage { theme: name, stage: &stage }.id();
            let rect = Rect::new(x, room.y0, x + width, room.y1);
            x += width;
            let color = self.stage_color(&stage);
            let tooltip = self.tooltip(&format!("{name}: {}", stage.to_lowercase()), *amount, of_theme, name);
            self.piece(id, rect, color, *amount, tooltip);
            let Some(share) = Share::of(amount.total(), of_theme) else { continue };
            let words = percent(share);
            if width_px(&words, SMALL * self.unit, Weight::Regular) + 8.0 * self.unit > width {
                continue;
            }
            let centre = rect.center();
            let mut text = self.text(centre.x, centre.y, Anchor::Middle, SMALL, Weight::Regular, words);
            text.halo = Some(color);
            let label = MarkId::of(&["themes", "stage-share", name, &stage]);
            self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
        }
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
fn inset(rect: Rect) -> Rect {
    let gap = if rect.width() > 4.0 { 1.0 } else { 0.0 };
    Rect::new(rect.x0, rect.y0, rect.x1 - gap, rect.y1)
}
