//! Two scenarios side by side at the same pounds per pixel, with the scale that proves it. What stays the
//! same stands at the same place on both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::flows::{link_mark, node_mark};
use super::{
    Anchor, Beside, Figure, FlowsFigure, FlowsInput, Mark, MarkId, Paint, Point, Rect, Scheme, Shape,
    SharesOf, Stamp, Text, Vec2, Weight, fit, flows_figure, side_mark, width_px,
};
use crate::dimension::{Agency, Dimension};
use crate::flow::{FlowGraph, Focus};
use crate::ledger::Ledger;
use crate::money::{Money, in_short};
use crate::sankey::Previous;
use crate::words::all_of;

/// One of two places that are drawn side by side.
pub struct CompareSide<'a> {
    /// What stands above it: the scenario's name, or "Baseline".
    pub name: String,
    pub graph: &'a FlowGraph,
    pub ledger: &'a Ledger,
    pub stamp: Option<Stamp>,
}

/// What both sides have in common.
pub struct CompareOptions<'a> {
    pub agencies: &'a [Agency],
    pub color_by: Dimension,
    /// Layers that have no room: the picture says so.
    pub left_out: &'a [Dimension],
    /// What amounts are parts of, where they are not pounds alone.
    pub shares: Option<SharesOf>,
    pub scheme: Scheme,
    /// px, of the whole picture.
    pub width: f64,
    pub height: f64,
    pub budget_steps: u64,
    /// A drawing that was seen before, of this graph: what is in it stands as it stood there.
    pub from: Option<(&'a FlowsFigure, &'a FlowGraph)>,
}

/// Two graphs drawn side by side, with what can be pointed at in them.
pub struct ComparedFigure {
    pub figure: Figure,
    pub spots: Vec<SideSpot>,
}

/// A node or a band of one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SideSpot {
    pub mark: MarkId,
    /// The same for the same node or band on either side.
    pub key: MarkId,
    pub is_left: bool,
    /// In the graph of its side.
    pub focus: Focus,
}

/// Between the two halves, with a line in the middle.
const GAP_PX: f64 = 28.0;
const NAME_PX: f64 = 26.0;
const SCALE_PX: f64 = 34.0;
/// CSS pixels in a centimetre.
/// What a pixel is on paper is for the printer to say; on paper the bar is what counts.
const CM_PX: f64 = 96.0 / 2.54;

/// How wide each of two pictures side by side is, in a picture of this width, px.
pub fn side_width_px(width: f64) -> f64 {
    ((width - GAP_PX) / 2.0).max(1.0)
}

/// Two graphs side by side at the same pounds per pixel, with the scale below. One stands as near to the other as its
/// amounts allow: nothing moves that has no cause.
pub fn side_by_side(
    left: &CompareSide<'_>,
    right: &CompareSide<'_>,
    options: &CompareOptions<'_>,
) -> ComparedFigure {
    let stamp = right.stamp.as_ref().or(left.stamp.as_ref());
    let below = SCALE_PX + stamp.map_or(0.0, Stamp::height_px);
    let size = (side_width_px(options.width), (options.height - NAME_PX - below).max(1.0));
    let changed = ChangedMarks::between(left.graph, right.graph);
    let drawn = |side: &CompareSide<'_>, beside: Option<Beside>, previous: Option<Previous>| {
        flows_figure(&FlowsInput {
            changes: changed.nodes_of(std::ptr::eq(side, right)),
            graph: side.graph,
            ledger: side.ledger,
            agencies: options.agencies,
            color_by: options.color_by,
            scheme: options.scheme,
            width: size.0,
            height: size.1,
            pins: Vec::new(),
            title: String::new(),
            notes: Vec::new(),
            transfers: Vec::new(),
            stamp: None,
            shares: options.shares.clone(),
            beside,
            previous: previous.as_ref(),
            budget_steps: options.budget_steps,
        })
    };
    // The second mostly has more in it, so it is laid out first and the other follows.
    // Each is laid out by itself first, only to learn which scale both can have.
    let beside = drawn(right, None, None).beside().and(&drawn(left, None, None).beside());
    let seen = options.from.map(|(seen, graph)| Previous {
        // Both sides have a scale of their own.
        scale: beside.scale,
        ..seen.previous_in(graph, &right.graph.layers, size.1)
    });
    let second = drawn(right, Some(beside.clone()), seen);
    let first = drawn(left, Some(beside.clone()), Some(second.previous()));

    let unbalanced = first.figure.unbalanced.clone().or_else(|| second.figure.unbalanced.clone());
    let mut marks = Vec::new();
    for (key, side, figure, x) in
        [("left", left, first.figure, 0.0), ("right", right, second.figure, size.0 + GAP_PX)]
    {
        marks.push(name_above(key, &side.name, x, size.0, options.scheme));
        let moved = figure.translated(Vec2::new(x, NAME_PX));
        marks.extend(
            moved.marks.into_iter().map(|mark| of_side(key == "left", changed.lit(mark, options.scheme))),
        );
    }
    let x = size.0 + GAP_PX / 2.0;
    let line = Shape::line(Point::new(x, 4.0), Point::new(x, NAME_PX + size.1));
    marks.push(Mark::decoration(
        MarkId::of(&["compare", "between"]),
        line,
        Paint::stroke(options.scheme.grid(), 1.0),
    ));
    let foot = Point::new(0.0, NAME_PX + size.1 + SCALE_PX / 2.0);
    let left_out = left_out_mark(options, foot.y);
    let room = left_out.as_ref().map_or(options.width, |mark| mark.shape.bounds().x0 - 16.0);
    // Where both have no room, the bar alone says the scale.
    let scale = scale_marks(beside.scale, foot, "Both at the same scale:", options.scheme);
    marks.extend(scale.into_iter().filter(|mark| mark.shape.bounds().x1 <= room));
    marks.extend(left_out);
    if let Some(stamp) = stamp {
        marks.extend(stamp.marks(options.scheme, options.width, options.height));
    }
    let figure = Figure {
        width: options.width,
        height: options.height,
        title: String::new(),
        notes: Vec::new(),
        words: Vec::new(),
        scheme: options.scheme,
        marks,
        unbalanced,
    };
    let spots = [(left.graph, true), (right.graph, false)];
    let spots = spots.into_iter().flat_map(|(graph, is_left)| spots_of(graph, is_left)).collect();
    ComparedFigure { figure, spots }
}

/// How much is left of what is the same on both sides.
const UNCHANGED: f32 = 0.25;

/// What has another amount on the right than on the left, by marks that are the same on both sides.
struct ChangedMarks {
    /// What nodes have more on the right.
    nodes: BTreeMap<MarkId, Money>,
    links: BTreeSet<MarkId>,
}

impl ChangedMarks {
    fn between(left: &FlowGraph, right: &FlowGraph) -> Self {
        let mut nodes: BTreeMap<MarkId, Money> = BTreeMap::new();
        let mut links: BTreeMap<MarkId, Money> = BTreeMap::new();
        for (graph, sign) in [(left, -1), (right, 1)] {
            let signed = |amount: Money| if sign < 0 { -amount } else { amount };
            for (index, node) in graph.nodes.iter().enumerate() {
                *nodes.entry(node_mark(graph, index)).or_default() += signed(node.amount);
            }
            for (index, link) in graph.links.iter().enumerate() {
                *links.entry(link_mark(graph, index)).or_default() += signed(link.amount);
            }
        }
        nodes.retain(|_, change| !change.is_zero());
        let links = links.into_iter().filter(|(_, change)| !change.is_zero()).map(|(link, _)| link);
        Self { nodes, links: links.collect() }
    }

    /// The nodes that change, with what they have more on the right; on the left only that they do.
    fn nodes_of(&self, is_right: bool) -> BTreeMap<MarkId, Money> {
        let change = |change: Money| if is_right { change } else { Money::ZERO };
        self.nodes.iter().map(|(node, own)| (*node, change(*own))).collect()
    }

    /// A mark as it is where it changes, or stands for nothing; paler where it is the same on both sides. Words stand back
    /// and can still be read.
    fn lit(&self, mut mark: Mark, scheme: Scheme) -> Mark {
        let is_same = mark
            .target
            .is_some_and(|target| !self.nodes.contains_key(&target) && !self.links.contains(&target));
        // Where all is the same there is nothing that anything could stand back for.
        if is_same && !self.nodes.is_empty() {
            match mark.shape {
                Shape::Label(_) => mark.paint.fill = scheme.receding_ink(),
                _ => mark.paint.opacity *= UNCHANGED,
            }
        }
        mark
    }
}

fn spots_of(graph: &FlowGraph, is_left: bool) -> impl Iterator<Item = SideSpot> + '_ {
    let nodes = (0..graph.nodes.len()).map(|node| (node_mark(graph, node), Focus::Node(node)));
    let links = (0..graph.links.len()).map(|link| (link_mark(graph, link), Focus::Link(link)));
    nodes.chain(links).map(move |(key, focus)| SideSpot {
        mark: side_mark(is_left, key),
        key,
        is_left,
        focus,
    })
}

/// What is not drawn since there is no room, at the right end of the scale's line.
fn left_out_mark(options: &CompareOptions<'_>, middle: f64) -> Option<Mark> {
    let names: Vec<&str> = options.left_out.iter().map(|dimension| dimension.title()).collect();
    let words = match names[..] {
        [] => return None,
        [one] => format!("{one} has no room at this width"),
        _ => format!("{} have no room at this width", all_of(&names)),
    };
    // The scale's own words need the rest.
    let words = fit(&words, (options.width - 240.0).max(80.0), 12.0, Weight::SemiBold).text;
    let at = Point::new(options.width, middle);
    let text = Text::centred(at, Anchor::End, 12.0, Weight::SemiBold, words);
    Some(Mark::label(MarkId::of(&["compare", "left-out"]), text, options.scheme.ink()))
}

/// The same mark of another side is another mark.
fn of_side(is_left: bool, mut mark: Mark) -> Mark {
    mark.target = mark.target.map(|target| side_mark(is_left, target));
    mark.id = side_mark(is_left, mark.id);
    mark
}

fn name_above(key: &str, name: &str, x: f64, width: f64, scheme: Scheme) -> Mark {
    let words = fit(name, width, 16.0, Weight::SemiBold).text;
    let text =
        Text::centred(Point::new(x, NAME_PX / 2.0 - 2.0), Anchor::Start, 16.0, Weight::SemiBold, &words);
    Mark::label(MarkId::of(&["compare", "name", key]), text, scheme.ink()).with_tooltip(name)
}

/// A bar with what its length stands for, and the same for a centimetre: `scale` is px for a pound.
pub(super) fn scale_marks(scale: f64, at: Point, words: &str, scheme: Scheme) -> Vec<Mark> {
    // As thick as a band of the amount is.
    scale_with_bar(scale, at, words, scheme, 22.0, |start, length| {
        Rect::new(start, at.y - length / 2.0, start + 8.0, at.y + length / 2.0)
    })
}

/// The same where amounts run to the side.
pub(super) fn scale_marks_sideways(scale: f64, at: Point, words: &str, scheme: Scheme) -> Vec<Mark> {
    scale_with_bar(scale, at, words, scheme, 110.0, |start, length| {
        Rect::new(start, at.y - 4.0, start + length, at.y + 4.0)
    })
}

fn scale_with_bar(
    scale: f64,
    at: Point,
    words: &str,
    scheme: Scheme,
    most_px: f64,
    bar: impl FnOnce(f64, f64) -> Rect,
) -> Vec<Mark> {
    let Some(amount) = round_amount(most_px / scale) else { return Vec::new() };
    let label = |key: &str, x: f64, weight, text: &str| {
        let text = Text::centred(Point::new(x, at.y), Anchor::Start, 12.0, weight, text);
        Mark::label(MarkId::of(&["scale", key]), text, scheme.ink())
    };
    let bar = bar(at.x + width_px(words, 12.0, Weight::Regular) + 10.0, super::extent(amount) * scale);
    let said = format!("= {}", in_short(amount));
    // Whole pounds: a legend with pence would claim what no ruler can show.
    let centimetre = Money::from_pounds((CM_PX / scale) as i64);
    let rest = format!("\u{00b7}  1 cm = {} at 96 pixels an inch", in_short(centimetre));
    let after = bar.x1 + 6.0;
    let last = after + width_px(&said, 12.0, Weight::SemiBold) + 10.0;
    vec![
        label("words", at.x, Weight::Regular, words),
        Mark::decoration(MarkId::of(&["scale", "bar"]), bar, Paint::fill(scheme.ink())),
        label("amount", after, Weight::SemiBold, &said),
        label("centimetre", last, Weight::Regular, &rest),
    ]
}

/// The largest of 1, 2 and 5 times a power of ten that is no more than so many pounds.
pub(super) fn round_amount(most: f64) -> Option<Money> {
    if !most.is_finite() || most < 1.0 {
        return None;
    }
    let power = 10_f64.powf(most.log10().floor());
    // As on a map: readers divide by 1, 2 and 5 in their heads.
    let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * power <= most).unwrap_or(1.0);
    Some(Money::from_pounds((step * power) as i64))
}
