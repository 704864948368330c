//! What all parts of the picture of themes go by: words, headings, what can be pressed.

use std::borrow::Cow;

use super::super::{
    Anchor, Blind, Color, Figure, Mark, MarkId, Paint, Point, Rect, Scheme, Shape, Text, Weight, fit, wrap,
};
use super::content::{ThemesContent, Unfolded};
use super::plan::ThemesPlan;
use super::spot::SpotMeaning;
use super::{Measure, ThemesFigure, ThemesOptions, ThemesPart, ThemesSpot};
use crate::dimension::{Dimension, shown_name};
use crate::flow::breakdown::{Breakdown, Graded};
use crate::ledger::short_or_about;
use crate::money::{Share, percent};

/// How high the heading of a section is, px.
pub(super) const HEADING: f64 = 30.0;
/// A section that holds no more than a sentence which says why there is nothing.
pub(super) const EMPTY: f64 = HEADING + 24.0;

/// The drawing as far as it has come.
pub(super) struct ThemesDrawing<'a> {
    pub(super) options: &'a ThemesOptions<'a>,
    pub(super) breakdown: &'a Breakdown,
    blind: Option<&'a Blind>,
    pub(super) content: &'a ThemesContent,
    pub(super) plan: &'a ThemesPlan,
    pub(super) marks: Vec<Mark>,
    spots: Vec<ThemesSpot>,
    said: Vec<(Rect, String)>,
    pub(super) years_heading: Option<Rect>,
}

pub(super) const BODY: f64 = 14.0;
pub(super) const SMALL: f64 = 12.0;
/// Within bars, where room is dear.
pub(super) const SMALLEST: f64 = 12.0;
/// From line to line of a name that is broken.
const NAME_LINE: f64 = 16.0;
/// Rows from this height on have room for two lines.
const TWO_LINES: f64 = 38.0;

impl<'a> ThemesDrawing<'a> {
    pub(super) const fn new(
        options: &'a ThemesOptions<'a>,
        breakdown: &'a Breakdown,
        blind: Option<&'a Blind>,
        content: &'a ThemesContent,
        plan: &'a ThemesPlan,
    ) -> Self {
        Self {
            options,
            breakdown,
            blind,
            content,
            plan,
            marks: Vec::new(),
            spots: Vec::new(),
            said: Vec::new(),
            years_heading: None,
        }
    }

    pub(super) fn finish(self) -> ThemesFigure {
        let figure = Figure {
            width: self.plan.width,
            height: self.plan.height,
            title: String::new(),
            notes: Vec::new(),
            scheme: self.options.scheme,
            marks: self.marks,
            unbalanced: None,
            words: Vec::new(),
        };
        ThemesFigure {
            figure,
            spots: self.spots,
            said: self.said,
            years_heading: self.years_heading,
            trends: self.content.trends(),
        }
    }

    pub(super) const fn unfolded(&self) -> Unfolded<'a> {
        Unfolded::new(self.breakdown, self.options)
    }

    pub(super) const fn scheme(&self) -> Scheme {
        self.options.scheme
    }

    /// A name as it may be said.
    pub(super) fn name<'n>(&self, name: &'n str) -> Cow<'n, str> {
        self.blind.map_or(Cow::Borrowed(name), |blind| Cow::Owned(blind.say(name)))
    }

    /// An amount as the measure has it.
    pub(super) fn say(&self, of: &Graded) -> String {
        let (amount, is_estimate) = (of.total(), of.range().is_some());
        match self.options.measure {
            Measure::Amount | Measure::Both => of.in_short(),
            Measure::Share => {
                Share::of(amount, self.breakdown.total.total()).map_or_else(String::new, percent)
            }
            Measure::PerHead(people) => {
                let head = self.breakdown.per_head(amount, Ok(people));
                head.map_or_else(|_| String::new(), |head| short_or_about(head, is_estimate))
            }
        }
    }

    /// What the numbers are in: "£", "% of £3bn".
    pub(super) fn unit(&self) -> String {
        match self.options.measure {
            Measure::Amount => "£".to_owned(),
            Measure::Share => format!("% of {}", self.breakdown.total.in_short()),
            Measure::Both => format!("£ and % of {}", self.breakdown.total.in_short()),
            Measure::PerHead(_) => "£ per head".to_owned(),
        }
    }

    /// What is told of an amount: what it is, to the penny, of what it is how much, and how well it is known.
    pub(super) fn tooltip(&self, of: &SpotMeaning) -> String {
        let people = match self.options.measure {
            Measure::PerHead(people) => Some(people),
            Measure::Amount | Measure::Share | Measure::Both => None,
        };
        let mut lines = vec![of.title.clone(), of.amount.in_full()];
        lines.extend(of.shares(people));
        lines.extend(of.grades());
        lines.join("\n")
    }

    /// Something that can be pressed.
    pub(super) fn spot(
        &mut self,
        part: ThemesPart<'_>,
        reach: Rect,
        meaning: &SpotMeaning,
    ) -> &mut ThemesSpot {
        let spot =
            ThemesSpot { mark: part.id(), reach, column: None, is_piece: false, meaning: meaning.clone() };
        self.spots.push(spot);
        self.spots.last_mut().expect("it was just put there")
    }

    pub(super) fn words(&mut self, id: &[&str], text: Text, color: Color) {
        if !text.content.is_empty() {
            self.marks.push(Mark::label(MarkId::of(id), text, color));
        }
    }

    /// A line across that only divides.
    pub(super) fn rule(&mut self, id: &str, left: f64, right: f64, y: f64) {
        let line = Shape::line(Point::new(left, y), Point::new(right, y));
        let paint = Paint::stroke(self.scheme().grid(), 1.0);
        self.marks.push(Mark::decoration(MarkId::of(&["themes", "rule", id]), line, paint));
    }

    pub(super) fn say_that_nothing_is_here(&mut self) {
        let middle = (self.plan.width / 2.0, self.options.height / 2.0);
        let words = "No line passes this filter.";
        let text = text_at(middle.0, middle.1, Anchor::Middle, 16.0, Weight::Regular, words);
        self.said.push((text.bounds(), words.to_owned()));
        self.words(&["themes", "empty"], text, self.scheme().faint_ink());
    }

    /// A section's heading with a few quieter words behind it, its middle at `y`; returns where both lie.
    pub(super) fn heading(&mut self, x: f64, right: f64, y: f64, heading: &str, more: &str) -> Rect {
        let (ink, faint) = (self.scheme().ink(), self.scheme().faint_ink());
        let text = text_at(x, y, Anchor::Start, 16.0, Weight::SemiBold, heading);
        let after = x + text.width() + 10.0;
        let first = text.bounds();
        self.words(&["themes", "heading", heading], text, ink);
        let fitted = fit(more, right - after, SMALL, Weight::Regular).text;
        let text = text_at(after, y + 0.5, Anchor::Start, SMALL, Weight::Regular, fitted);
        let both = if text.content.is_empty() { first } else { first.union(text.bounds()) };
        self.words(&["themes", "subheading", heading], text, faint);
        let said = if more.is_empty() { heading.to_owned() } else { format!("{heading}, {more}") };
        self.said.push((both, said));
        both
    }

    /// A section's heading with a sentence below it that says why there is nothing.
    pub(super) fn empty_section(&mut self, room: Rect, heading: &str, why: &str) {
        self.heading(room.x0, room.x1, room.y0 + 11.0, heading, "");
        let fitted = fit(why, room.width(), BODY, Weight::Regular).text;
        let text = text_at(room.x0, room.y0 + 38.0, Anchor::Start, BODY, Weight::Regular, fitted);
        self.said.push((text.bounds(), why.to_owned()));
        self.words(&["themes", "nothing", heading], text, self.scheme().faint_ink());
    }

    /// Words of a key, with where they lie, for those who do not see them.
    pub(super) fn tell(&mut self, rect: Rect, words: &str) {
        self.said.push((rect, words.to_owned()));
    }

    /// The themes' names, one a row; long ones in two lines where there is room.
    pub(super) fn theme_names(
        &mut self,
        middle: fn(&ThemesPlan, usize) -> f64,
        part: fn(&str) -> ThemesPart<'_>,
    ) {
        let (content, plan) = (self.content, self.plan);
        let most = if plan.row >= TWO_LINES { 2 } else { 1 };
        for (index, row) in content.rows.iter().enumerate() {
            let (middle, title) = (middle(plan, index), &row.theme.title);
            let target = part(title);
            let tooltip = self.tooltip(&row.theme);
            let shown = shown_name(Dimension::Theme, title, &[]);
            let mut lines = wrap(&self.name(&shown), plan.label, BODY, Weight::SemiBold);
            if lines.len() > most {
                let rest = lines.split_off(most - 1).join(" ");
                lines.push(fit(&rest, plan.label, BODY, Weight::SemiBold).text);
            }
            let first = middle - (lines.len() as f64 - 1.0) * NAME_LINE / 2.0;
            for (line, words) in lines.into_iter().enumerate() {
                let y = first + NAME_LINE * line as f64;
                let text = text_at(0.0, y, Anchor::Start, BODY, Weight::SemiBold, words);
                let id = MarkId::of(&["themes", "name", &target.id().0.to_string(), &line.to_string()]);
                let mark = Mark::label(id, text, self.scheme().ink()).pointing_at(target.id());
                self.marks.push(mark.with_tooltip(tooltip.clone()));
            }
            let half = plan.row / 2.0 - 1.0;
            let reach = Rect::new(-4.0, middle - half, plan.label + 4.0, middle + half);
            self.spot(target, reach, &row.theme);
        }
    }
}

/// Words at a point, from one of their ends or their middle.
pub(super) fn text_at(
    x: f64,
    y: f64,
    anchor: Anchor,
    size: f64,
    weight: Weight,
    words: impl Into<String>,
) -> Text {
    Text::centred(Point::new(x, y), anchor, size, weight, words)
}
