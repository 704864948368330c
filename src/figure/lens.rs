//! A pool that is small beside its place, under a lens: the whole place as one narrow bar with a sliver of it, and from
//! there partners, pool and purposes at a scale of their own. Both scales are printed.

use std::collections::{BTreeMap, HashMap};

use kurbo::Point;

use super::flows::{add_link, at_least, finished, label_mark, link_mark, node_mark, node_tooltip};
use super::flows_label::labels_of;
use super::flows_layout::{label_sizes, layout_options, sankey_graph};
use super::flows_magnified::magnify_hatches;
use super::flows_pool::{PoolSide, pool_side};
use super::lens_label::side_inks;
use super::lens_places::{
    HEADING_LETTERS_PX, LensPlaces, bands, is_held_back, of_the_whole, places, pool_amount, share_of_whole,
};
use super::lens_scale::scale_marks;
use super::{
    Anchor, Color, FlowsFigure, FlowsInput, Mark, MarkId, Paint, Palette, Scheme, Shape, Text, Weight,
};
use crate::flow::{FlowGraph, Focus, imbalances};
use crate::money::{Money, in_full, in_short, percent};
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

/// What is hollow is at least so high, px.
const LEAST_HOLLOW_PX: f64 = 6.0;
const WHOLE_LETTERS_PX: f64 = 16.0;
const POOL_LETTERS_PX: f64 = 22.0;

/// Draws a graph of partners, one pool and purposes under a lens.
pub fn lens_figure(input: &FlowsInput<'_>, lens: &LensInput) -> FlowsFigure {
    drawn(input, lens, places(input, lens), 1.0)
}

/// The same so many times as large, in letters of their size.
pub fn lens_figure_magnified(input: &FlowsInput<'_>, lens: &LensInput, by: f64) -> FlowsFigure {
    let larger = FlowsInput { width: input.width * by, height: input.height * by, ..input.clone() };
    let mut drawn = drawn(&larger, lens, places(input, lens).magnified(by), by);
    magnify_hatches(&mut drawn.figure.marks, by);
    drawn
}

fn drawn(input: &FlowsInput<'_>, lens: &LensInput, places: LensPlaces, magnified: f64) -> FlowsFigure {
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
    let first = marks.len();
    for label in &places.labels {
        marks.extend(label.marks(input, side_inks(input, label.node)));
    }
    let label_marks = first..marks.len();
    add_head(&mut marks, input, &places);
    marks.extend(scale_marks(input, &places));
    if let Some(stamp) = &input.stamp {
        // All of its bands are the pool's, and hatched by how firmly it is meant.
        marks.extend(stamp.marks(input.scheme, input.width, input.height));
    }
    let figure = finished(input, marks, imbalances(input.graph).into_iter().next());
    let labels = labels_of(input, None);
    let options = layout_options(input, &labels);
    let graph = sankey_graph(input, &label_sizes(input, &labels, &options), &options);
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
        label_top: places.bar.y0,
        placed: places.labels,
        label_marks,
        targets,
        bands,
        lens: Some(places.lens),
        magnified,
    }
}

impl FlowsFigure {
    /// How it is drawn, where it is a pool under a lens: nothing in it can be moved by hand.
    pub fn lens(&self) -> Option<Lens> {
        self.lens
    }
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
