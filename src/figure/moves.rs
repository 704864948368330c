//! A change as a Sankey: what there is less of on the left, what there is more of on the right, and between them the
//! money that moves. Only what changes has width.

mod ends;

use std::collections::BTreeMap;

use self::ends::{EndMark, MovesEnds};
use super::compare::scale_marks;
use super::dashes::dashes_around;
use super::label_marks::{Inks, LabelPlace};
use super::node_label::{LABEL_GAP_PX, NodeLabel, Word};
use super::{
    Anchor, Color, Figure, Mark, MarkId, Paint, Point, Rect, RibbonShape, Scheme, Shape, Stamp, Text, Weight,
    fit,
};
use crate::money::{Money, in_full, in_short};
use crate::pool::{Difference, MoveEnd, Moves};

/// What moves, and what each thing has before and after.
pub struct MovesInput<'a> {
    pub moves: &'a Moves,
    /// By the same dimensions: what tooltips say was there before.
    pub changes: &'a Difference,
    pub scheme: Scheme,
    /// px.
    pub width: f64,
    pub height: f64,
    pub stamp: Option<Stamp>,
}

/// The change with what can be pointed at.
pub struct MovesFigure {
    pub figure: Figure,
    pub spots: Vec<MovesSpot>,
}

/// Something with less or more, or a band between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovesSpot {
    pub mark: MarkId,
    pub title: String,
    /// Less is negative, £; of a band what moves.
    pub amount: Money,
    /// The names of what it stands for, by the dimensions of the moves; several where the smallest stand together.
    pub names: Vec<Vec<String>>,
    /// What is lit with it.
    pub with: Vec<MarkId>,
    pub is_band: bool,
}

/// Sizes of letters at the usual size, px.
const LARGE: f64 = 16.0;
const SMALL: f64 = 14.0;
const NOTE: f64 = 12.0;
const NODE: f64 = 14.0;
const GAP: f64 = 10.0;
const HEAD: f64 = 34.0;
const SCALE: f64 = 30.0;
const NOTE_LINE: f64 = 18.0;
/// A band ends in a point so long, px.
const POINT: f64 = 10.0;
/// What a band leaves of its place, so that one beside it can be told from it, px.
const EDGE: f64 = 0.75;
/// The left and right nodes' inner edges: shares of the width.
const LEFT: f64 = 0.35;
const RIGHT: f64 = 0.63;

/// The mark of what has less (to the left) or more.
pub fn moves_node(is_less: bool, title: &str) -> MarkId {
    MarkId::of(&["moves", if is_less { "less" } else { "more" }, title])
}

/// The mark of the band between what has less and what has more.
pub fn moves_band(less: &str, more: &str) -> MarkId {
    MarkId::of(&["moves", "band", less, more])
}

/// Draws what moves.
pub fn moves_figure(input: &MovesInput<'_>) -> MovesFigure {
    let unit = (input.width / 1232.0).min(input.height / 600.0).clamp(1.0, 3.0);
    let notes = notes_of(input.moves);
    let stamp = input.stamp.as_ref().map_or(0.0, Stamp::height_px);
    let foot = notes.len() as f64 * NOTE_LINE * unit + SCALE + stamp;
    let room = Rect::new(0.0, HEAD * unit, input.width, (input.height - foot).max(HEAD * unit + 60.0));
    let ends = MovesEnds::placed(input.moves, room, unit);
    let mut drawing = MovesDrawing { input, unit, ends, marks: Vec::new(), spots: Vec::new() };
    drawing.headings();
    drawing.bands();
    drawing.nodes();
    let mut y = room.y1;
    for (index, note) in notes.iter().enumerate() {
        y += NOTE_LINE * unit;
        let words = fit(note, input.width, NOTE * unit, Weight::Regular).text;
        let text = Text::centred(
            Point::new(0.0, y - 8.0 * unit),
            Anchor::Start,
            NOTE * unit,
            Weight::Regular,
            words,
        );
        let id = MarkId::of(&["moves", "note", &index.to_string()]);
        drawing.marks.push(Mark::label(id, text, input.scheme.ink()).with_tooltip(note.clone()));
    }
    let at = Point::new(0.0, input.height - stamp - SCALE / 2.0);
    drawing.marks.extend(scale_marks(drawing.ends.scale, at, "Both sides at one scale:", input.scheme));
    if let Some(stamp) = &input.stamp {
        drawing.marks.extend(stamp.marks(input.scheme, input.width, input.height));
    }
    let figure = Figure {
        width: input.width,
        height: input.height,
        title: String::new(),
        notes: Vec::new(),
        scheme: input.scheme,
        marks: drawing.marks,
        unbalanced: None,
        words: Vec::new(),
    };
    MovesFigure { figure, spots: drawing.spots }
}

/// What is said at the foot of money that is not paired, or that a filter does not show on both sides.
fn notes_of(moves: &Moves) -> Vec<String> {
    let sum = |is_it: fn(&MoveEnd) -> bool| -> (Money, Money) {
        let of = |side: fn(&crate::pool::MovedAmount) -> &MoveEnd| -> Money {
            moves.rows.iter().filter(|row| is_it(side(row))).map(|row| row.amount).sum()
        };
        (of(|row| &row.to), of(|row| &row.from))
    };
    let mut notes = Vec::new();
    let (less, more) = sum(|end| *end == MoveEnd::NotPaired);
    if !less.is_zero() || !more.is_zero() {
        notes.push(format!(
            "Not paired: {} less and {} more of lines of which several things have less and several more; \
             nobody says which went where.",
            in_short(less),
            in_short(more)
        ));
    }
    let (less, more) = sum(|end| *end == MoveEnd::LeftOut);
    if !less.is_zero() || !more.is_zero() {
        notes.push(format!(
            "Beyond the filter: {} goes there and {} comes from there.",
            in_short(less),
            in_short(more)
        ));
    }
    notes
}

/// The drawing as far as it has come.
struct MovesDrawing<'a> {
    input: &'a MovesInput<'a>,
    unit: f64,
    ends: MovesEnds,
    marks: Vec<Mark>,
    spots: Vec<MovesSpot>,
}

impl MovesDrawing<'_> {
    /// Where the nodes of a side stand: their left and right edges.
    fn columns(&self) -> [(f64, f64); 2] {
        let node = NODE * self.unit;
        let (left, right) = (self.input.width * LEFT, self.input.width * RIGHT);
        [(left - node, left), (right, right + node)]
    }

    fn headings(&mut self) {
        let scheme = self.input.scheme;
        let columns = self.columns();
        for (side, words, color) in [(0, "less on", scheme.less()), (1, "more on", scheme.more())] {
            let sum: Money = self.ends.sides[side].iter().map(|end| end.amount).sum();
            let sign = match side {
                0 => "\u{2212}",
                _ if self.ends.sides[1].iter().any(EndMark::is_more) => "+",
                _ => "",
            };
            let sum = format!("{sign}{}", in_short(sum));
            // Read from the node outwards: the words first, and how much it is in all.
            let size = LARGE * self.unit;
            let (x, anchor) =
                if side == 0 { (columns[0].1, Anchor::End) } else { (columns[1].0, Anchor::Start) };
            let at = Point::new(x, 12.0 * self.unit);
            let text = Text::centred(at, anchor, size, Weight::SemiBold, words);
            let faint = scheme.faint_ink();
            let beyond = text.width() + 10.0 * self.unit;
            let x = if side == 0 { x - beyond } else { x + beyond };
            let said = Text::centred(
                Point::new(x, 12.0 * self.unit),
                anchor,
                SMALL * self.unit,
                Weight::Regular,
                format!("{sum} in all"),
            );
            self.marks.push(Mark::label(
                MarkId::of(&["moves", "heading", words]),
                text,
                readable(color, scheme),
            ));
            self.marks.push(Mark::label(MarkId::of(&["moves", "sum", words]), said, faint));
        }
    }

    /// The money between: a band for each pair, and a point before what it goes to.
    fn bands(&mut self) {
        let scheme = self.input.scheme;
        let [(_, from_x), (to_x, _)] = self.columns();
        let point = POINT * self.unit;
        let mut colors: BTreeMap<usize, Color> = BTreeMap::new();
        for band in &self.ends.bands {
            let (less, more) = (&self.ends.sides[0][band.from], &self.ends.sides[1][band.to]);
            let is_held = less.is_held() || more.is_held();
            let color = if is_held { scheme.pool() } else { scheme.more() };
            let share = if scheme == Scheme::Light { 0.70 } else { 0.58 };
            let fill = color.mix(scheme.ground(), share);
            colors.entry(band.to).or_insert(fill);
            // An edge of the ground between neighbours; a thin band would be all edge.
            let edge = if band.thickness >= 4.0 { EDGE } else { 0.0 };
            let height = (band.thickness - edge).max(1.0);
            let (from, to) = (Point::new(from_x, band.from_y), Point::new(to_x - point, band.to_y));
            let id = moves_band(&less.title, &more.title);
            let told = format!("{} \u{2192} {}\n{}", less.title, more.title, in_full(band.amount));
            self.marks.push(Mark::new(id, RibbonShape::sweep(from, to, height), Paint::fill(fill), told));
            self.spots.push(MovesSpot {
                mark: id,
                title: format!("{} \u{2192} {}", less.title, more.title),
                amount: band.amount,
                names: more.names.iter().chain(&less.names).cloned().collect(),
                with: vec![moves_node(true, &less.title), moves_node(false, &more.title)],
                is_band: true,
            });
        }
        for (to, fill) in colors {
            let end = &self.ends.sides[1][to];
            let height = self.ends.sides[1][to].height.max(1.0);
            let x = to_x - point;
            let (top, bottom) = (end.y - height / 2.0, end.y + height / 2.0);
            let tip = vec![Point::new(x, top), Point::new(to_x, end.y), Point::new(x, bottom)];
            let id = MarkId::of(&["moves", "point", &end.title]);
            let target = moves_node(false, &end.title);
            self.marks.push(Mark::decoration(id, Shape::Polygon(tip), Paint::fill(fill)).pointing_at(target));
        }
    }

    fn nodes(&mut self) {
        for side in [0, 1] {
            for index in 0..self.ends.sides[side].len() {
                self.node(side, index);
            }
        }
    }

    /// A bar with its name and amount beside it, on the far side from the bands.
    fn node(&mut self, side: usize, index: usize) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let end = self.ends.sides[side][index].clone();
        let (x0, x1) = self.columns()[side];
        let height = end.height.max(1.0);
        let rect = Rect::new(x0, end.y - height / 2.0, x1, end.y + height / 2.0);
        let id = moves_node(side == 0, &end.title);
        let (ink, fill) = end.colors(side == 0, scheme);
        let told = self.told(&end, side == 0);
        match fill {
            Some(fill) => self.marks.push(Mark::new(id, rect, Paint::fill(fill), told)),
            None if end.is_held() => {
                let inside = rect.inflate(-unit.min(rect.height() / 4.0), -unit);
                let paint = Paint::fill(scheme.ground()).outlined(scheme.pool(), (2.0 * unit) as f32);
                self.marks.push(Mark::new(id, inside, paint, told));
            }
            None => {
                self.marks.push(Mark::new(id, rect, Paint::fill(scheme.ground()), told));
                for (number, dash) in dashes_around(rect, 4.0 * unit).into_iter().enumerate() {
                    let dash_id = MarkId::of(&["moves", "dash", &id.0.to_string(), &number.to_string()]);
                    let paint = Paint::stroke(scheme.neutral(), 1.0);
                    self.marks.push(Mark::decoration(dash_id, dash, paint).pointing_at(id));
                }
            }
        }
        self.label(side, &end, (id, rect), ink);
        let bands =
            self.ends.bands.iter().filter(|band| (if side == 0 { band.from } else { band.to }) == index);
        let with = bands
            .flat_map(|band| {
                let (less, more) = (&self.ends.sides[0][band.from].title, &self.ends.sides[1][band.to].title);
                [moves_band(less, more), moves_node(true, less), moves_node(false, more)]
            })
            .collect();
        let amount = if side == 0 { -end.amount } else { end.amount };
        self.spots.push(MovesSpot {
            mark: id,
            title: end.title.clone(),
            amount,
            names: end.names.clone(),
            with,
            is_band: false,
        });
    }

    fn label(&mut self, side: usize, end: &EndMark, (id, rect): (MarkId, Rect), ink: Color) {
        let (unit, scheme, is_large) = (self.unit, self.input.scheme, self.ends.is_large);
        let px = if is_large { LARGE } else { SMALL } * unit;
        let gap = LABEL_GAP_PX * unit;
        let room = if side == 0 { rect.x0 } else { self.input.width - rect.x1 } - gap;
        let note = end.note().map(|note| Word::quiet("what", note.to_owned(), NOTE * unit));
        let amount = Word::amount(end.said(side == 0), px);
        let mut label = NodeLabel::new(end.title.clone(), px, vec![amount]);
        let set = if is_large {
            label.amounts.extend(note);
            label.stacked(room)
        } else {
            // As many lines as stand clear of the ends above and below, and of theirs.
            let others = self.ends.sides[side].iter().map(|other| (other.y - end.y).abs());
            let apart = others.filter(|apart| *apart > 0.0).fold(f64::INFINITY, f64::min);
            label.set(room, if apart >= 2.0 * label.line_px() { 2 } else { 1 })
        };
        let place = LabelPlace { bar: rect, is_right: side == 1, gap, y: end.y, is_on_bands: false };
        let name = if end.is_remainder() { scheme.faint_ink() } else { scheme.ink() };
        let inks = Inks { name, amount: ink, quiet: scheme.faint_ink() };
        self.marks.extend(set.marks(id, &end.title, place, inks, scheme.ground()));
    }

    /// What it is, what it has before and after, and what that is more or less in all.
    fn told(&self, end: &EndMark, is_less: bool) -> String {
        let mut told = format!("{}\n{}", end.title, end.said(is_less));
        if let [names] = &end.names[..]
            && let Some(row) = self.input.changes.rows.iter().find(|row| row.names == *names)
        {
            let (before, after) = (in_full(row.before), in_full(row.after));
            told = format!("{}\n{before} before, {after} after\n{}", names.join(", "), end.said(is_less));
            let change = row.change();
            let own = if is_less { -end.amount } else { end.amount };
            if change != own {
                told.extend([format!(", {} in all", crate::money::in_short_signed(change))]);
            }
        } else if end.names.len() > 1 {
            let names: Vec<String> = end.names.iter().map(|names| names.join(", ")).collect();
            told.extend(["\n".to_owned(), names.join("\n")]);
        }
        told
    }
}

/// A colour in which words can be read on the ground.
pub(super) fn readable(color: Color, scheme: Scheme) -> Color {
    let mixed = |step: u32| color.mix(scheme.ink(), f64::from(step) / 10.0);
    (0..=10).map(mixed).find(|mixed| mixed.contrast(scheme.ground()) >= 4.5).unwrap_or(scheme.ink())
}
