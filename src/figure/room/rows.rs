//! Rows for a hall: names on the left, one bar for each on one scale, a number at its end. What is less runs to the left of
//! a line and has its sign, what is more to the right.

use super::super::{
    Anchor, Color, Figure, Mark, MarkId, Paint, Point, Rect, Shape, Text, Weight, extent, fit, width_px,
};
use super::flows::add_dashes;
use super::page::{Greys, RoomPage, RoomSizes};
use crate::money::Money;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomRow {
    pub name: String,
    /// Under the name: "gets back 96p in the pound".
    pub note: String,
    /// As it is said: "−£650k".
    pub amount: String,
    /// £; what runs to the left is negative.
    pub value: Money,
    pub kind: RoomRowKind,
    pub tooltip: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomRowKind {
    /// What the title is about.
    Subject,
    Plain,
    Less,
    More,
    /// What is not told apart, or not given to anybody yet: dashed, below a line.
    Rest,
}

/// Rows, and what stands around them.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomRows {
    pub rows: Vec<RoomRow>,
    /// Over the bars to the left of the line and to the right.
    pub heads: Option<(&'static str, &'static str)>,
    /// A line below: "No change: NHS England, Probation".
    pub below: Option<(String, String)>,
    /// The hue of what the title is about.
    pub hue: Color,
}

/// Draws them on a page.
pub fn room_rows(input: &RoomRows, page: &RoomPage) -> Figure {
    let drawing = RoomRowsDrawing { input, page, sizes: page.sizes(), greys: page.greys() };
    page.around(drawing.marks())
}

struct RoomRowsDrawing<'a> {
    input: &'a RoomRows,
    page: &'a RoomPage,
    sizes: RoomSizes,
    greys: Greys,
}

/// Where bars stand, px.
struct RowBars {
    axis: f64,
    /// Pixels for a pound.
    scale: f64,
    /// From a bar to its number.
    gap: f64,
}

/// The most of the picture's width that names take.
const MOST_FOR_NAMES: f64 = 0.4;

impl RoomRowsDrawing<'_> {
    fn marks(&self) -> Vec<Mark> {
        let (inside, step) = (self.page.inside(), self.sizes.step);
        let heads = if self.input.heads.is_some() { self.sizes.label * 1.3 } else { 0.0 };
        let below = if self.input.below.is_some() { self.sizes.label * 1.6 } else { 0.0 };
        let room = Rect::new(inside.x0, inside.y0 + heads - step, inside.x1, inside.y1 - below);
        let count = self.input.rows.len().max(1) as f64;
        // Not so far apart that an eye loses the row.
        let pitch = (room.height() / count).min(step * 14.0);
        let bars = self.bars(room);
        let mut marks = Vec::new();
        self.add_heads(&mut marks, &bars, room.y0 - heads / 2.0);
        let mut y = room.y0;
        for (index, row) in self.input.rows.iter().enumerate() {
            let is_first_rest = row.kind == RoomRowKind::Rest
                && index > 0
                && self.input.rows[index - 1].kind != RoomRowKind::Rest;
            if is_first_rest {
                let line = Shape::line(Point::new(inside.x0, y), Point::new(inside.x1, y));
                let paint = Paint::stroke(self.page.scheme.grid(), (step * 0.15).max(1.0) as f32);
                marks.push(Mark::decoration(MarkId::of(&["rows", "line"]), line, paint));
            }
            self.add_row(&mut marks, row, &bars, Rect::new(room.x0, y, room.x1, y + pitch));
            y += pitch;
        }
        if self.input.rows.iter().any(|row| row.value.is_negative()) || self.input.heads.is_some() {
            let line = Shape::line(Point::new(bars.axis, room.y0), Point::new(bars.axis, y));
            let paint = Paint::stroke(self.page.scheme.ink(), (step * 0.3).max(1.5) as f32);
            marks.push(Mark::decoration(MarkId::of(&["rows", "axis"]), line, paint));
        }
        self.add_below(&mut marks, y + below * 0.6);
        marks
    }

    /// The scale on which all bars have room, with their numbers.
    fn bars(&self, room: Rect) -> RowBars {
        let (step, number) = (self.sizes.step, self.sizes.number);
        let rows = &self.input.rows;
        let names = rows.iter().map(|row| {
            let note = width_px(&row.note, self.sizes.floor, Weight::Regular);
            width_px(&row.name, self.sizes.label, Weight::SemiBold).max(note)
        });
        let names = names.fold(0.0, f64::max).min(self.page.width * MOST_FOR_NAMES);
        let gap = step * 1.6;
        let words = |row: &RoomRow| width_px(&row.amount, number, Weight::SemiBold) + gap;
        let left = room.x0 + names + step * 2.5;
        let (less, more): (Vec<&RoomRow>, Vec<&RoomRow>) =
            rows.iter().partition(|row| row.value.is_negative());
        let longest = |of: &[&RoomRow]| of.iter().map(|row| extent(row.value.abs())).fold(0.0, f64::max);
        let widest = |of: &[&RoomRow]| of.iter().map(|row| words(row)).fold(0.0, f64::max);
        let heads = self.input.heads.map_or((0.0, 0.0), |(less, more)| {
            let width = |head: &str| width_px(head, self.sizes.label, Weight::SemiBold) + step * 2.0;
            (width(less), width(more))
        });
        // The number of a short bar has room beside it: only the longest needs its own.
        let room_for = room.x1 - left;
        let (wide_less, wide_more) = (widest(&less), widest(&more));
        let all = longest(&less) + longest(&more);
        let scale = ((room_for - wide_less - wide_more) / all.max(f64::MIN_POSITIVE)).max(0.0);
        let before = (longest(&less) * scale + wide_less).max(heads.0);
        RowBars { axis: left + before, scale, gap }
    }

    fn add_heads(&self, marks: &mut Vec<Mark>, bars: &RowBars, y: f64) {
        let Some((less, more)) = self.input.heads else { return };
        let scheme = self.page.scheme;
        let gap = self.sizes.step * 1.8;
        for (words, x, anchor, color) in [
            (less, bars.axis - gap, Anchor::End, scheme.less()),
            (more, bars.axis + gap, Anchor::Start, scheme.more()),
        ] {
            let at = Point::new(x, y);
            let text = Text::centred(at, anchor, self.sizes.label, Weight::SemiBold, words);
            marks.push(Mark::label(MarkId::of(&["head", words]), text, self.greys.readable(color)));
        }
    }

    fn add_row(&self, marks: &mut Vec<Mark>, row: &RoomRow, bars: &RowBars, at: Rect) {
        let (sizes, scheme) = (self.sizes, self.page.scheme);
        let is_rest = row.kind == RoomRowKind::Rest;
        let hue = match row.kind {
            RoomRowKind::Subject => self.input.hue,
            RoomRowKind::Plain => self.greys.node,
            RoomRowKind::Less => scheme.less(),
            RoomRowKind::More => scheme.more(),
            RoomRowKind::Rest => scheme.faint_ink(),
        };
        let id = MarkId::of(&["row", &row.name]);
        let middle = at.center().y;
        let thick = (at.height() * 0.5).min(sizes.step * 6.0);
        let long = extent(row.value.abs()) * bars.scale;
        let (x0, x1) = if row.value.is_negative() {
            (bars.axis - long, bars.axis)
        } else {
            (bars.axis, bars.axis + long)
        };
        let bar = Rect::new(x0, middle - thick / 2.0, x1, middle + thick / 2.0);
        let fill = if is_rest { self.greys.ground } else { hue };
        marks.push(Mark::new(id, bar, Paint::fill(fill), row.tooltip.clone()));
        if is_rest && long > 0.0 {
            add_dashes(marks, id, bar, hue, (sizes.step * 0.25).max(1.0));
        }
        let word = |key: &str, at: Point, anchor, size, weight, text: &str, color| {
            let text = Text::centred(at, anchor, size, weight, text);
            Mark::label(MarkId::of(&["row", key, &row.name]), text, color)
                .pointing_at(id)
                .with_tooltip(row.tooltip.clone())
        };
        let (x, anchor) = if row.value.is_negative() {
            (bar.x0 - bars.gap, Anchor::End)
        } else {
            (bar.x1 + bars.gap, Anchor::Start)
        };
        let color = match row.kind {
            RoomRowKind::Plain => scheme.ink(),
            _ => self.greys.readable(hue),
        };
        let number = Point::new(x, middle);
        marks.push(word("amount", number, anchor, sizes.number, Weight::SemiBold, &row.amount, color));
        let room = self.page.width * MOST_FOR_NAMES;
        let color = match row.kind {
            RoomRowKind::Rest => scheme.faint_ink(),
            RoomRowKind::Subject => self.greys.readable(hue),
            _ => scheme.ink(),
        };
        let (up, down) = if row.note.is_empty() { (0.0, 0.0) } else { (0.55, 0.75) };
        let name = fit(&row.name, room, sizes.label, Weight::SemiBold).text;
        let place = Point::new(at.x0, middle - sizes.label * up);
        marks.push(word("name", place, Anchor::Start, sizes.label, Weight::SemiBold, &name, color));
        if !row.note.is_empty() {
            let note = fit(&row.note, room, sizes.floor, Weight::Regular).text;
            let place = Point::new(at.x0, middle + sizes.label * down);
            let color = scheme.faint_ink();
            marks.push(word("note", place, Anchor::Start, sizes.floor, Weight::Regular, &note, color));
        }
    }

    fn add_below(&self, marks: &mut Vec<Mark>, y: f64) {
        let Some((head, rest)) = &self.input.below else { return };
        let (inside, size, color) = (self.page.inside(), self.sizes.floor, self.page.scheme.ink());
        let text = Text::centred(Point::new(inside.x0, y), Anchor::Start, size, Weight::SemiBold, head);
        let x = inside.x0 + text.width() + self.sizes.step;
        marks.push(Mark::label(MarkId::of(&["below", "head"]), text, color));
        let rest = fit(rest, (inside.x1 - x).max(1.0), size, Weight::Regular).text;
        let text = Text::centred(Point::new(x, y), Anchor::Start, size, Weight::Regular, rest);
        marks.push(Mark::label(MarkId::of(&["below", "rest"]), text, color));
    }
}
