//! A pool that is small beside its place, under a lens: the whole place as one narrow bar with a sliver of it, and from
//! there partners, pool and purposes at a scale of their own. Both scales are printed.

use std::collections::{BTreeMap, HashMap};

use kurbo::{Point, Rect};

use super::flows::{add_link, at_least, label_mark, link_mark, node_mark, node_tooltip};
use super::flows_label::labels_of;
use super::flows_layout::{layout_options, sankey_graph};
use super::flows_pool::{PoolSide, pool_side};
use super::lens_label::{SideLabel, add_side_label};
use super::lens_scale::scale_marks;
use super::{
    Anchor, Color, Figure, FlowsFigure, FlowsInput, Mark, MarkId, Paint, Palette, RibbonShape, Scheme, Shape,
    Stamp, Text, Weight, extent, width_px,
};
use crate::dimension::Names;
use crate::flow::{FlowGraph, Focus, Member, imbalances};
use crate::money::{Money, Share, in_full, in_short, percent};
use crate::sankey::layout;

/// What a lens is held over.
#[derive(Clone, Debug, Default)]
pub struct LensInput {
    /// All that the view shows, £: the pool is a sliver of it.
    pub whole: Money,
    /// What that is called.
    pub place: String,
    /// By partner, what it spends in all that the view shows, £.
    pub own: BTreeMap<String, Money>,
}

/// How a pool is drawn under a lens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    /// Pixels for a pound in the bar that is the whole.
    pub whole_scale: f64,
    /// Pixels for a pound of the pool.
    pub pool_scale: f64,
    /// How far left words may stand, px.
    pub(super) label_left: f64,
}

/// A sliver is at least so high, or nobody would see that there is one, px.
const LEAST_SLIVER_PX: f64 = 3.0;
/// A pool that is what the picture is about is at least so high, px.
const LEAST_POOL_PX: f64 = 24.0;
const LEAST_HOLLOW_PX: f64 = 6.0;
/// At the size of a picture of 1280 by 720 pixels: the bar, a node, the pool's node.
const BAR_PX: f64 = 30.0;
const NODE_PX: f64 = 16.0;
const POOL_PX: f64 = 58.0;
/// Between two nodes of a side.
const GAP_PX: f64 = 12.0;
/// Above the nodes: a heading, and the pool's amount.
const HEAD_PX: f64 = 56.0;
/// Below them: the two scales.
const SCALES_PX: f64 = 30.0;
const HEADING_LETTERS_PX: f64 = 13.0;
const WHOLE_LETTERS_PX: f64 = 16.0;
const POOL_LETTERS_PX: f64 = 22.0;

/// Where all of it stands, px.
pub(super) struct LensPlaces {
    /// Pixels for a pixel of a picture of the usual size.
    pub(super) unit: f64,
    pub(super) bar: Rect,
    pub(super) sliver: Rect,
    /// The columns of partners, the pool and purposes.
    columns: [(f64, f64); 3],
    /// By node.
    boxes: Vec<Rect>,
    labels: Vec<Option<SideLabel>>,
    pub(super) lens: Lens,
    /// Where the scales are printed.
    pub(super) foot: f64,
}

/// Draws a graph of partners, one pool and purposes under a lens.
pub fn lens_figure(input: &FlowsInput<'_>, lens: &LensInput) -> FlowsFigure {
    let places = places(input, lens);
    let bands = bands(input.graph, &places);
    let palette = Palette::new(input.ledger, input.color_by, input.scheme);
    let (mut marks, mut targets) = (Vec::new(), HashMap::new());
    for (link, band) in bands.iter().enumerate() {
        targets.insert(link_mark(input.graph, link), Focus::Link(link));
        let before = marks.len();
        add_link(&mut marks, input, &palette, band, link);
        if is_held_back(input.graph, input.graph.links[link].target) {
            // It goes nowhere yet.
            marks[before..].iter_mut().for_each(|mark| mark.paint.opacity *= 0.45);
        }
    }
    add_whole(&mut marks, input, lens, &places);
    for node in 0..input.graph.nodes.len() {
        let id = node_mark(input.graph, node);
        targets.insert(id, Focus::Node(node));
        // Lower, what is hollow would be all edge.
        let least = if is_held_back(input.graph, node) { LEAST_HOLLOW_PX * places.unit } else { 1.0 };
        let bar = at_least(places.boxes[node], least);
        marks.push(Mark::new(id, bar, node_paint(input, node), node_tooltip(input, node)));
    }
    for (node, label) in places.labels.iter().enumerate() {
        if let Some(label) = label {
            add_side_label(&mut marks, input, lens, node, label, places.unit);
        }
    }
    add_head(&mut marks, input, &places);
    marks.extend(scale_marks(input, &places));
    if let Some(stamp) = &input.stamp {
        // All of its bands are the pool's, and hatched by how firmly it is meant.
        marks.extend(stamp.marks(input.scheme, input.width, input.height));
    }
    let figure = Figure {
        width: input.width,
        height: input.height,
        title: input.title.clone(),
        notes: input.notes.clone(),
        scheme: input.scheme,
        marks,
        unbalanced: imbalances(input.graph).into_iter().next(),
    };
    let labels = labels_of(input);
    let options = layout_options(input, &labels);
    let graph = sankey_graph(input, &labels, &options);
    let mut placed = layout(&graph, &options);
    for (node, at) in placed.nodes.iter_mut().zip(&places.boxes) {
        (node.x0, node.x1, node.y0, node.y1) = (at.x0, at.x1, at.y0, at.y1);
    }
    FlowsFigure {
        figure,
        layout: placed,
        pipes: Vec::new(),
        graph,
        options,
        labels: super::flows_label::Labels::default(),
        targets,
        bands,
        lens: Some(places.lens),
    }
}

impl FlowsFigure {
    /// How it is drawn, where it is a pool under a lens: nothing in it can be moved by hand.
    pub fn lens(&self) -> Option<Lens> {
        self.lens
    }
}

/// The nodes of a layer from above: the largest first, what has no name of its own after that, what waits to be
/// allocated last.
fn ordered(graph: &FlowGraph, layer: usize) -> Vec<usize> {
    let mut nodes: Vec<usize> = graph.layer(layer).map(|(index, _)| index).collect();
    let last = |node: usize| match &graph.nodes[node].member {
        _ if is_held_back(graph, node) => 3,
        Member::Name(id) if *id == crate::dimension::NameId::NOT_STATED => 2,
        Member::Other { .. } => 1,
        Member::Name(_) | Member::End { .. } => 0,
    };
    nodes.sort_by_key(|&node| {
        (last(node), std::cmp::Reverse(graph.nodes[node].amount.abs()), graph.nodes[node].name.clone())
    });
    nodes
}

/// Whether a node is what of the pool is not allocated.
pub(super) fn is_held_back(graph: &FlowGraph, node: usize) -> bool {
    let node = &graph.nodes[node];
    node.layer == 2 && *node.name == *Names::UNALLOCATED
}

/// How much runs through a node, whichever way: it is as high as that.
fn size(graph: &FlowGraph, node: usize) -> f64 {
    let sum = |amounts: &mut dyn Iterator<Item = Money>| amounts.map(Money::abs).sum::<Money>();
    let into = sum(&mut graph.links.iter().filter(|link| link.target == node).map(|link| link.amount));
    let out = sum(&mut graph.links.iter().filter(|link| link.source == node).map(|link| link.amount));
    extent(into.max(out))
}

fn places(input: &FlowsInput<'_>, lens: &LensInput) -> LensPlaces {
    let (width, graph) = (input.width, input.graph);
    let unit = (width / 1232.0).min(input.height / 600.0).clamp(1.0, 3.0);
    let stamp = input.stamp.as_ref().map_or(0.0, Stamp::height_px);
    let top = (HEAD_PX * unit).min(input.height / 4.0);
    let bottom = (input.height - stamp - SCALES_PX * unit).max(top + LEAST_POOL_PX);
    let room = bottom - top;

    let share = Share::of(pool_amount(graph).abs(), lens.whole.abs()).map_or(0.0, Share::to_approximate);
    let whole_scale = room / extent(lens.whole.abs()).max(f64::MIN_POSITIVE);
    let bar = Rect::new(0.0, top, BAR_PX * unit, bottom);
    let sliver_px = (room * share.min(1.0)).max(LEAST_SLIVER_PX);
    // Where the wedge opens evenly to both sides.
    let above = (bar.center().y - sliver_px / 2.0).clamp(bar.y0, (bar.y1 - sliver_px).max(bar.y0));
    let sliver = Rect::new(bar.x0, above, bar.x1, above + sliver_px);

    let of_it = width_px(&of_the_whole(share_of_whole(graph, lens)), HEADING_LETTERS_PX * unit, Weight::Bold);
    let label_left = (bar.x1 + 16.0 * unit + of_it).min(width * 0.2);
    let wish = |layer: usize| {
        let labels = graph.layer(layer).map(|(node, _)| SideLabel::new(input, node, unit).width_px());
        labels.fold(0.0, f64::max) + 14.0 * unit
    };
    let left = (label_left + wish(0)).clamp(width * 0.26, width * 0.42);
    let right = (width - NODE_PX * unit - wish(2)).clamp(width * 0.6, width * 0.74);
    let middle = f64::midpoint(left + NODE_PX * unit, right);
    let pool = (POOL_PX * unit).min(width * 0.06);
    let columns = [
        (left, left + NODE_PX * unit),
        (middle - pool / 2.0, middle + pool / 2.0),
        (right, right + NODE_PX * unit),
    ];
    let rooms = [left - label_left - 8.0 * unit, 0.0, width - columns[2].1 - 10.0 * unit];

    let sides = [ordered(graph, 0), ordered(graph, 2)];
    let mut labels: Vec<Option<SideLabel>> = vec![None; graph.nodes.len()];
    for (side, layer) in sides.iter().zip([0, 2]) {
        for &node in side {
            labels[node] = Some(SideLabel::new(input, node, unit).within(rooms[layer]));
        }
    }
    let pool_extent = (0..graph.nodes.len())
        .filter(|&node| graph.nodes[node].layer == 1)
        .map(|node| size(graph, node))
        .sum::<f64>()
        .max(f64::MIN_POSITIVE);
    let gap = GAP_PX * unit;
    let slot = |node: usize, scale: f64| {
        let label = labels[node].as_ref().map_or(0.0, SideLabel::height_px);
        (size(graph, node) * scale).max(label)
    };
    let needs = |side: &[usize], scale: f64| {
        side.iter().map(|&node| slot(node, scale)).sum::<f64>() + gap * side.len().saturating_sub(1) as f64
    };
    // As large as both sides have room for, with a line for each name.
    let (mut small, mut large) = (0.0, room / pool_extent);
    for _ in 0..50 {
        let scale = f64::midpoint(small, large);
        if sides.iter().all(|side| needs(side, scale) <= room) { small = scale } else { large = scale }
    }
    let pool_scale = small.max(LEAST_POOL_PX / pool_extent);

    let mut boxes = vec![Rect::ZERO; graph.nodes.len()];
    for (side, column) in sides.iter().zip([columns[0], columns[2]]) {
        let mut y = top + ((room - needs(side, pool_scale)) / 2.0).max(0.0);
        for &node in side {
            let (slot, height) = (slot(node, pool_scale), size(graph, node) * pool_scale);
            let y0 = y + (slot - height) / 2.0;
            boxes[node] = Rect::new(column.0, y0, column.1, y0 + height);
            y += slot + gap;
        }
    }
    let mut y = top + (room - pool_extent * pool_scale) / 2.0;
    for (node, _) in graph.layer(1) {
        let height = size(graph, node) * pool_scale;
        boxes[node] = Rect::new(columns[1].0, y, columns[1].1, y + height);
        y += height;
    }
    for (node, label) in labels.iter_mut().enumerate() {
        if let Some(label) = label {
            label.stand_by(boxes[node], graph.nodes[node].layer != 0, rooms[graph.nodes[node].layer], unit);
        }
    }
    let lens = Lens { whole_scale, pool_scale, label_left };
    LensPlaces { unit, bar, sliver, columns, boxes, labels, lens, foot: bottom }
}

/// Bands from the partners to the pool and on, in the order of the nodes: none crosses another.
fn bands(graph: &FlowGraph, places: &LensPlaces) -> Vec<RibbonShape> {
    let scale = places.lens.pool_scale;
    let mut order: Vec<usize> = (0..graph.links.len()).collect();
    let outer = |link: usize| {
        let link = &graph.links[link];
        if graph.nodes[link.source].layer == 0 { link.source } else { link.target }
    };
    order.sort_by(|&a, &b| places.boxes[outer(a)].y0.total_cmp(&places.boxes[outer(b)].y0));
    // How much of each side of each node is taken, px.
    let mut taken: HashMap<(usize, bool), f64> = HashMap::new();
    let mut bands = vec![RibbonShape::sweep(Point::ZERO, Point::ZERO, 0.0); graph.links.len()];
    for index in order {
        let link = &graph.links[index];
        let height = extent(link.amount.abs()) * scale;
        let mut middle = |node: usize, leaves: bool| {
            let taken = taken.entry((node, leaves)).or_default();
            let y = places.boxes[node].y0 + *taken + height / 2.0;
            *taken += height;
            y
        };
        let from = Point::new(places.boxes[link.source].x1, middle(link.source, true));
        let to = Point::new(places.boxes[link.target].x0, middle(link.target, false));
        bands[index] = RibbonShape::sweep(from, to, height);
    }
    bands
}

fn pool_amount(graph: &FlowGraph) -> Money {
    graph.layer(1).map(|(_, node)| node.amount).sum()
}

fn share_of_whole(graph: &FlowGraph, lens: &LensInput) -> Share {
    Share::of(pool_amount(graph), lens.whole).unwrap_or(Share::NONE)
}

fn of_the_whole(share: Share) -> String {
    format!("{} of it", percent(share))
}

/// The whole place as a bar, the pool's sliver of it, and the wedge that opens from there.
fn add_whole(marks: &mut Vec<Mark>, input: &FlowsInput<'_>, lens: &LensInput, places: &LensPlaces) {
    let (scheme, unit, bar, sliver) = (input.scheme, places.unit, places.bar, places.sliver);
    let (x, partners) = (places.columns[0].0, of_layer(input.graph, places, 0));
    let x0 = bar.x1 + 2.0 * unit;
    let wedge = [
        Point::new(x0, sliver.y0),
        Point::new(x, partners.0),
        Point::new(x, partners.1),
        Point::new(x0, sliver.y1),
    ];
    let pale = scheme.pool().mix(scheme.ground(), 0.88);
    let id = |word: &str| MarkId::of(&["lens", word]);
    marks.push(Mark::decoration(id("wedge"), Shape::Polygon(wedge.to_vec()), Paint::fill(pale)));
    let place = if lens.place.is_empty() { "this place" } else { &lens.place };
    let all = format!("All of {place}: {}", in_full(lens.whole));
    let mut whole = Mark::decoration(id("whole"), bar, Paint::fill(whole_color(scheme)));
    whole.tooltip = all;
    marks.push(whole);
    let share = share_of_whole(input.graph, lens);
    let pool =
        (0..input.graph.nodes.len()).find(|&node| pool_side(input.graph, node) == Some(PoolSide::Inside));
    let says =
        format!("{}, {} of {}", in_full(pool_amount(input.graph)), percent(share), in_full(lens.whole));
    let mut part = Mark::decoration(id("sliver"), sliver, Paint::fill(scheme.pool()));
    part.tooltip = says;
    if let Some(pool) = pool {
        part = part.pointing_at(node_mark(input.graph, pool));
    }
    marks.push(part);
    let label = |word: &str, y: f64, x: f64, px: f64, weight, text: &str, color| {
        Mark::label(id(word), Text::centred(Point::new(x, y), Anchor::Start, px * unit, weight, text), color)
    };
    let heading = label(
        "whole heading",
        11.0 * unit,
        0.0,
        HEADING_LETTERS_PX,
        Weight::SemiBold,
        "The whole",
        scheme.faint_ink(),
    );
    marks.push(heading);
    let amount = in_short(lens.whole);
    marks.push(label(
        "whole amount",
        bar.y0 - 14.0 * unit,
        0.0,
        WHOLE_LETTERS_PX,
        Weight::SemiBold,
        &amount,
        scheme.ink(),
    ));
    // Above the sliver, where the wedge is still narrow.
    let y = sliver.y0 - 12.0 * unit;
    marks.push(label(
        "sliver share",
        y,
        bar.x1 + 8.0 * unit,
        HEADING_LETTERS_PX,
        Weight::Bold,
        &of_the_whole(share),
        pool_ink(scheme),
    ));
}

/// The top and the bottom of a layer's nodes, px.
fn of_layer(graph: &FlowGraph, places: &LensPlaces, layer: usize) -> (f64, f64) {
    let boxes = graph.layer(layer).map(|(node, _)| places.boxes[node]);
    boxes.fold((f64::MAX, f64::MIN), |(top, bottom), at| (top.min(at.y0), bottom.max(at.y1)))
}

/// What stands above the columns, and the pool's name and amount.
fn add_head(marks: &mut Vec<Mark>, input: &FlowsInput<'_>, places: &LensPlaces) {
    let (scheme, unit) = (input.scheme, places.unit);
    let mut heading = |word: &str, x: f64, anchor, text: &str| {
        let (px, at) = (HEADING_LETTERS_PX * unit, Point::new(x, 11.0 * unit));
        let text = Text::centred(at, anchor, px, Weight::SemiBold, text);
        marks.push(Mark::label(MarkId::of(&["lens", word]), text, scheme.faint_ink()));
    };
    let unit_of = input.shares.as_ref().map_or_else(String::new, |shares| format!(", {}", shares.unit()));
    heading("put in", places.columns[0].1, Anchor::End, &format!("Puts in{unit_of}"));
    heading("spent on", places.columns[2].0, Anchor::Start, "Spent on");
    let Some((node, pool)) = input.graph.layer(1).next() else { return };
    let id = node_mark(input.graph, node);
    let bar = places.boxes[node];
    let x = bar.center().x;
    let room = places.columns[2].0 - places.columns[0].1 - 8.0 * unit;
    let name = super::fit(&pool.name, room, HEADING_LETTERS_PX * unit, Weight::SemiBold).text;
    // In pounds: the whole beside it is.
    let amount = in_short(pool.amount);
    for (word, y, px, weight, text) in [
        ("name", 11.0 * unit, HEADING_LETTERS_PX, Weight::SemiBold, &name),
        ("amount", 36.0 * unit, POOL_LETTERS_PX, Weight::Bold, &amount),
    ] {
        let text = Text::centred(Point::new(x, y), Anchor::Middle, px * unit, weight, text);
        let mark = Mark::label(label_mark(word, id), text, pool_ink(scheme));
        marks.push(mark.pointing_at(id).with_tooltip(pool.name.to_string()));
    }
}

fn node_paint(input: &FlowsInput<'_>, node: usize) -> Paint {
    let scheme = input.scheme;
    if input.graph.nodes[node].layer == 1 {
        Paint::fill(scheme.pool())
    } else if is_held_back(input.graph, node) {
        // Hollow: nobody spends it yet.
        Paint::fill(scheme.ground()).outlined(scheme.pool(), 1.5)
    } else {
        Paint::fill(scheme.faint_ink())
    }
}

/// All but the pool.
fn whole_color(scheme: Scheme) -> Color {
    match scheme {
        Scheme::Light => Color::hex(0xdf_e3_e8),
        Scheme::Dark => Color::hex(0x3a_43_50),
        Scheme::HighContrast => Color::hex(0x5a_5a_5a),
    }
}

/// Words in the pool's color, which are to be read: darker than its bands on a light ground.
pub(super) fn pool_ink(scheme: Scheme) -> Color {
    match scheme {
        Scheme::Light => Color::hex(0x7a_56_00),
        Scheme::Dark | Scheme::HighContrast => scheme.pool(),
    }
}
