//! Where everything stands under a lens: three columns at the pool's own scale, as large as their names leave room for,
//! beside the bar that is the whole.

use std::collections::HashMap;

use kurbo::{Point, Rect};

use super::flows_label::PlacedLabel;
use super::label_marks::LabelPlace;
use super::lens::{Lens, LensInput};
use super::lens_label::side_label;
use super::node_label::{LABEL_GAP_PX, NodeLabel, SetLabel};
use super::{FlowsInput, RibbonShape, Stamp, Weight, extent, width_px};
use crate::dimension::{NameId, Names};
use crate::flow::{FlowGraph, Member};
use crate::money::{Money, Share, percent};

/// A sliver is at least so high, or nobody would see that there is one, px.
const LEAST_SLIVER_PX: f64 = 3.0;
/// A pool that is what the picture is about is at least so high, px.
const LEAST_POOL_PX: f64 = 24.0;
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
pub(super) const HEADING_LETTERS_PX: f64 = 13.0;

/// Where all of it stands, px.
pub(super) struct LensPlaces {
    /// Pixels for a pixel of a picture of the usual size.
    pub(super) unit: f64,
    pub(super) bar: Rect,
    pub(super) sliver: Rect,
    /// The columns of partners, the pool and purposes.
    pub(super) columns: [(f64, f64); 3],
    /// By node.
    pub(super) boxes: Vec<Rect>,
    /// Of partners and purposes.
    pub(super) labels: Vec<PlacedLabel>,
    pub(super) lens: Lens,
    /// Where the scales are printed.
    pub(super) foot: f64,
}

/// How much runs through a node, whichever way: it is as high as that.
fn size(graph: &FlowGraph, node: usize) -> f64 {
    let sum = |amounts: &mut dyn Iterator<Item = Money>| amounts.map(Money::abs).sum::<Money>();
    let into = sum(&mut graph.links.iter().filter(|link| link.target == node).map(|link| link.amount));
    let out = sum(&mut graph.links.iter().filter(|link| link.source == node).map(|link| link.amount));
    extent(into.max(out))
}

pub(super) fn places(input: &FlowsInput<'_>, lens: &LensInput) -> LensPlaces {
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
        let labels = graph.layer(layer).map(|(node, _)| side_label(input, lens, node, unit).width());
        labels.fold(0.0, f64::max) + (LABEL_GAP_PX + 4.0) * unit
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
    let gap = LABEL_GAP_PX * unit;
    let rooms = [left - label_left - gap, 0.0, width - columns[2].1 - gap];

    let sides = [ordered(graph, 0), ordered(graph, 2)];
    let mut labels: Vec<Option<(NodeLabel, SetLabel)>> = vec![None; graph.nodes.len()];
    for (side, layer) in sides.iter().zip([0, 2]) {
        for &node in side {
            let label = side_label(input, lens, node, unit);
            let set = label.set(rooms[layer], 2);
            labels[node] = Some((label, set));
        }
    }
    let pool_extent = (0..graph.nodes.len())
        .filter(|&node| graph.nodes[node].layer == 1)
        .map(|node| size(graph, node))
        .sum::<f64>()
        .max(f64::MIN_POSITIVE);
    let apart = GAP_PX * unit;
    let slot = |node: usize, scale: f64| {
        let label = labels[node].as_ref().map_or(0.0, |(_, set)| set.height());
        (size(graph, node) * scale).max(label)
    };
    let needs = |side: &[usize], scale: f64| {
        side.iter().map(|&node| slot(node, scale)).sum::<f64>() + apart * side.len().saturating_sub(1) as f64
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
            y += slot + apart;
        }
    }
    let mut y = top + (room - pool_extent * pool_scale) / 2.0;
    for (node, _) in graph.layer(1) {
        let height = size(graph, node) * pool_scale;
        boxes[node] = Rect::new(columns[1].0, y, columns[1].1, y + height);
        y += height;
    }
    let labels = labels.into_iter().enumerate().filter_map(|(node, label)| {
        let (layer, bar) = (graph.nodes[node].layer, boxes[node]);
        let (label, set) = label?;
        let set = label.set_with_facts(rooms[layer], set.lines(), bar.height());
        let y = bar.center().y;
        let place = LabelPlace { bar, is_right: layer != 0, gap: LABEL_GAP_PX * unit, y, is_on_bands: false };
        Some(PlacedLabel { node, label, set, place, room: rooms[layer] })
    });
    let labels = labels.collect();
    let lens = Lens { whole_scale, pool_scale, label_left };
    LensPlaces { unit, bar, sliver, columns, boxes, labels, lens, foot: bottom }
}

impl LensPlaces {
    /// The same so many times as large; labels are set in the room they have then.
    pub(super) fn magnified(mut self, by: f64) -> Self {
        let larger = |rect: Rect| Rect::new(rect.x0 * by, rect.y0 * by, rect.x1 * by, rect.y1 * by);
        for rect in [&mut self.bar, &mut self.sliver].into_iter().chain(&mut self.boxes) {
            *rect = larger(*rect);
        }
        self.columns = self.columns.map(|(x0, x1)| (x0 * by, x1 * by));
        self.foot *= by;
        self.lens.whole_scale *= by;
        self.lens.pool_scale *= by;
        for label in &mut self.labels {
            label.room *= by;
            label.place.bar = larger(label.place.bar);
            label.place.y *= by;
            let height = label.place.bar.height();
            label.set = label.label.set_with_facts(label.room, 2, height);
        }
        self
    }
}

/// Bands from the partners to the pool and on, in the order of the nodes: none crosses another.
pub(super) fn bands(graph: &FlowGraph, places: &LensPlaces) -> Vec<RibbonShape> {
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

/// The nodes of a layer from above: the largest first, what has no name of its own after that, what waits to be
/// allocated last.
fn ordered(graph: &FlowGraph, layer: usize) -> Vec<usize> {
    let mut nodes: Vec<usize> = graph.layer(layer).map(|(index, _)| index).collect();
    let last = |node: usize| match &graph.nodes[node].member {
        _ if is_held_back(graph, node) => 3,
        Member::Name(id) if *id == NameId::NOT_STATED => 2,
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

pub(super) fn pool_amount(graph: &FlowGraph) -> Money {
    graph.layer(1).map(|(_, node)| node.amount).sum()
}

pub(super) fn share_of_whole(graph: &FlowGraph, lens: &LensInput) -> Share {
    Share::of(pool_amount(graph), lens.whole).unwrap_or(Share::NONE)
}

pub(super) fn of_the_whole(share: Share) -> String {
    format!("{} of it", percent(share))
}
