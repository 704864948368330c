//! Names over amounts beside the nodes of a picture for a hall, with an elbow to the node where one had to make room.

use super::super::{
    Anchor, Color, Mark, MarkId, Paint, Point, Rect, Scheme, Text, Weight, fit, width_px, wrap,
};
use super::page::RoomSizes;

/// Words in one weight and color.
#[derive(Clone, Debug)]
pub(super) struct RoomWords {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) color: Color,
}

impl RoomWords {
    fn width(&self) -> f64 {
        width_px(&self.text, self.size, self.weight)
    }
}

/// What is said of a node.
#[derive(Clone, Debug)]
pub(super) struct RoomLabel {
    pub(super) target: MarkId,
    pub(super) tooltip: String,
    /// The node, px.
    pub(super) of: Rect,
    pub(super) name: RoomWords,
    /// Side by side.
    pub(super) amount: Vec<RoomWords>,
    pub(super) side: LabelSide,
    /// The room from the node outwards, px.
    pub(super) room: f64,
    /// The name is what the title is about: it is broken before it is cut.
    pub(super) is_subject: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelSide {
    Left,
    Right,
    /// To the right, where bands run: on a plate.
    OnBands,
}

/// Between a line's letters and the next, as a share of their size.
const LINE: f64 = 1.2;

/// A label in lines, with where it stands.
struct LabelLines<'a> {
    label: &'a RoomLabel,
    /// The name's, one or two, and the amount under them; or all of it in one.
    names: Vec<String>,
    is_one: bool,
    top: f64,
}

impl LabelLines<'_> {
    fn amount_size(&self) -> f64 {
        self.label.amount.iter().map(|words| words.size).fold(0.0, f64::max)
    }

    fn height(&self) -> f64 {
        let name = self.label.name.size * LINE;
        if self.is_one {
            name.max(self.amount_size() * LINE)
        } else {
            name * self.names.len() as f64 + self.amount_size() * LINE
        }
    }

    fn middle(&self) -> f64 {
        self.top + self.height() / 2.0
    }
}

fn amount_width(label: &RoomLabel, between: f64) -> f64 {
    let words: f64 = label.amount.iter().map(RoomWords::width).sum();
    words + between * label.amount.len().saturating_sub(1) as f64
}

/// How wide a label likes to be, px: its name in one line, or its amount.
pub(super) fn wish(name: &RoomWords, amount: &[RoomWords], sizes: RoomSizes) -> f64 {
    let amounts: f64 = amount.iter().map(RoomWords::width).sum();
    let between = sizes.step * 0.7 * amount.len().saturating_sub(1) as f64;
    name.width().max(amounts + between)
}

/// The labels of one layer, from the top down, in a room (px, its height counts), as marks.
pub(super) fn label_marks(labels: &[RoomLabel], room: Rect, sizes: RoomSizes, scheme: Scheme) -> Vec<Mark> {
    let between = sizes.step * 0.7;
    let mut lines: Vec<LabelLines<'_>> = labels
        .iter()
        .map(|label| {
            let name = fit(&label.name.text, label.room, label.name.size, label.name.weight).text;
            let both = width_px(&name, label.name.size, label.name.weight)
                + sizes.step * 1.2
                + amount_width(label, between);
            // Over the amount where there is height for it, and before it where the node is thin.
            let is_low = label.of.height() < (label.name.size + sizes.label) * LINE;
            let is_one = is_low && name == label.name.text && both <= label.room;
            LabelLines { label, names: vec![name], is_one, top: 0.0 }
        })
        .collect();
    break_names(&mut lines, room);
    place(&mut lines, room, sizes.step * 0.4);
    lines.iter().flat_map(|lines| marks_of(lines, sizes, scheme)).collect()
}

/// Names that are cut take a second line while there is height for it, those of the title first.
fn break_names(lines: &mut [LabelLines<'_>], room: Rect) {
    let mut spare = room.height() - lines.iter().map(LabelLines::height).sum::<f64>();
    let mut cut: Vec<usize> =
        (0..lines.len()).filter(|&at| lines[at].names[0] != lines[at].label.name.text).collect();
    cut.sort_by_key(|&at| !lines[at].label.is_subject);
    for at in cut {
        let label = lines[at].label;
        let more = label.name.size * LINE;
        if spare < more {
            break;
        }
        let mut broken = wrap(&label.name.text, label.room, label.name.size, label.name.weight);
        if broken.len() > 2 {
            let rest = broken.split_off(1).join(" ");
            broken.push(fit(&rest, label.room, label.name.size, label.name.weight).text);
        }
        spare -= more;
        lines[at].names = broken;
    }
}

/// Each as near to the middle of its node as its neighbours let it be.
fn place(lines: &mut [LabelLines<'_>], room: Rect, gap: f64) {
    let mut top = room.y0;
    for line in lines.iter_mut() {
        let of = line.label.of;
        line.top = (f64::midpoint(of.y0, of.y1) - line.height() / 2.0).max(top);
        top = line.top + line.height() + gap;
    }
    let mut bottom = room.y1;
    for line in lines.iter_mut().rev() {
        line.top = line.top.min(bottom - line.height());
        bottom = line.top - gap;
    }
}

fn marks_of(lines: &LabelLines<'_>, sizes: RoomSizes, scheme: Scheme) -> Vec<Mark> {
    let label = lines.label;
    let gap = sizes.step * 1.6;
    let is_left = label.side == LabelSide::Left;
    let (edge, sign) = if is_left { (label.of.x0, -1.0) } else { (label.of.x1, 1.0) };
    let x = edge + sign * gap;
    let between = sizes.step * 0.7;
    let amount = amount_width(label, between);
    let mut placed: Vec<(&'static str, f64, f64, &RoomWords, &str)> = Vec::new();
    let name = &label.name;
    let mut width: f64 = 0.0;
    let line = name.size * LINE;
    for (index, text) in lines.names.iter().enumerate() {
        let of_name = width_px(text, name.size, name.weight);
        let whole = if lines.is_one { of_name + sizes.step * 1.2 + amount } else { of_name };
        let left = if is_left { x - whole } else { x };
        let middle = if lines.is_one { lines.middle() } else { lines.top + line * (index as f64 + 0.5) };
        placed.push((if index == 0 { "name" } else { "rest" }, left, middle, name, text));
        width = width.max(whole);
    }
    let (mut left, middle) = if lines.is_one {
        (if is_left { x - amount } else { x + width - amount }, lines.middle())
    } else {
        (if is_left { x - amount } else { x }, lines.top + lines.height() - lines.amount_size() * LINE / 2.0)
    };
    width = width.max(amount);
    for (index, words) in label.amount.iter().enumerate() {
        placed.push((if index == 0 { "amount" } else { "whole" }, left, middle, words, &words.text));
        left += words.width() + between;
    }
    let mut marks = Vec::new();
    if label.side == LabelSide::OnBands {
        let pad = sizes.step * 0.4;
        let plate = Rect::new(x - pad, lines.top, x + width + pad, lines.top + lines.height());
        let id = MarkId::of(&["label", "plate", &label.target.0.to_string()]);
        marks.push(Mark::decoration(id, plate, Paint::fill(scheme.ground()).opacity(0.88)));
    }
    let is_beside = (label.of.y0..=label.of.y1).contains(&lines.middle());
    if !is_beside {
        let step = sizes.step * 0.5;
        let (own, other) = (f64::midpoint(label.of.y0, label.of.y1), lines.middle());
        let elbow = vec![
            Point::new(edge + sign * 1.0, own),
            Point::new(edge + sign * step, own),
            Point::new(x - sign * step, other),
            Point::new(x - sign * 1.0, other),
        ];
        let id = MarkId::of(&["label", "leader", &label.target.0.to_string()]);
        let paint = Paint::stroke(scheme.faint_ink(), (sizes.step * 0.18).max(1.0) as f32);
        marks.push(Mark::decoration(id, super::super::Shape::Line(elbow), paint));
    }
    for (word, left, middle, words, text) in placed {
        let at = Point::new(left, middle);
        let text = Text::centred(at, Anchor::Start, words.size, words.weight, text);
        let id = MarkId::of(&["label", word, &label.target.0.to_string()]);
        let mark = Mark::label(id, text, words.color);
        marks.push(mark.pointing_at(label.target).with_tooltip(label.tooltip.clone()));
    }
    marks
}
