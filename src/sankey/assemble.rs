//! From an order to a finished layout: scale, places, ports, ribbons and labels.

use std::collections::BTreeMap;

use kurbo::Point;

use super::fold::sheaves;
use super::graph::Graph;
use super::labels::{LabelBox, columns_x, place_labels};
use super::metrics::Metrics;
use super::options::LayoutOptions;
use super::order::{Crossings, crossings};
use super::pins;
use super::ports::Ports;
use super::position::Placing;
use super::proper_graph::ProperGraph;
use super::returns::Returns;
use super::ribbon::Ribbon;
use super::steady::{Hold, Previous, PreviousNode};

/// A node's place (px).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NodeBox {
    pub x0: f64,
    pub x1: f64,
    pub y0: f64,
    pub y1: f64,
    /// Is it one of too many for their pixels, drawn narrow beside its neighbours?
    pub is_folded: bool,
}

/// Where everything goes. Nodes, links and labels are in the graph's order.
#[derive(Clone, Debug, PartialEq)]
pub struct SankeyLayout {
    pub nodes: Vec<NodeBox>,
    pub links: Vec<Ribbon>,
    pub labels: Vec<Option<LabelBox>>,
    /// px per unit of value.
    pub scale: f64,
    /// The gap between nodes of the same layer (px), at least.
    pub gap: f64,
    /// How much money crosses money, returns left out.
    pub crossings: Crossings,
    /// The items of each column from top to bottom: nodes, then lanes as the net numbers them.
    pub(super) order: Vec<Vec<u32>>,
    /// The top of each item.
    pub(super) tops: Vec<f64>,
}

/// What keeps a layout near an earlier one.
pub(super) struct Former<'a> {
    pub(super) scale: f64,
    /// The middle each item had (px).
    pub(super) middles: &'a [Option<f64>],
    pub(super) hold: Hold,
}

/// Finishes a layout from its order; `former` keeps it near an earlier one.
pub(super) fn assemble(
    graph: &Graph,
    net: &ProperGraph,
    mut order: Vec<Vec<u32>>,
    options: &LayoutOptions,
    former: Option<&Former>,
) -> SankeyLayout {
    let returns = Returns::new(graph, net);
    let best = Metrics::new(net, graph, &order, options, returns.need(), None);
    // The scale is kept while it fills half of what it could: another would move everything a little, and
    // equal amounts stay equally large from one picture to the next.
    let kept = former.map(|former| former.scale).filter(|scale| (0.5..=1.0).contains(&(scale / best.scale)));
    let metrics = match kept {
        Some(scale) => Metrics::new(net, graph, &order, options, returns.need(), Some(scale)),
        None => best,
    };
    // Pins come after the scale: they are heights in the picture, whatever amounts are drawn like.
    let pins = pins::pins(graph, &metrics);
    pins::make_room(net, &mut order, &metrics, &pins);
    let ports = Ports::new(graph, net, &order, metrics.scale);
    let mut placing = Placing::new(net, &order, &metrics, shifts(graph, net, &metrics, &ports), &pins);
    // In many columns more hangs together, and takes more to be moved as one.
    let depth = net.columns.len().clamp(5, 20) as u64;
    // Small graphs are finished exactly however little may be spent: so many looks are soon done. The floor
    // falls with each segment, since each makes every cut dearer.
    let few = 44_000_u64.saturating_sub(20 * net.segments.len() as u64) * depth / 5;
    // A third on top of what the order may cost: an order that crosses less is worth more than the last bit
    // of level.
    let effort = (options.budget_steps / 3).max(few);
    // Fewer sweeps come less near the best places, which large pictures have no time for, and which a picture
    // near an earlier one mostly has already.
    let sweeps = |most| (250_000 / net.segments.len().max(1)).clamp(36, most);
    let tops = match former {
        // What a place at one end wants reaches the other only after some sweeps.
        None => placing.solve(None, sweeps(30 + 8 * depth as usize), effort),
        Some(former) => former.hold.tops(&mut placing, former.middles, |placing, start| {
            placing.solve(Some(start), sweeps(60), effort)
        }),
    };
    finish(graph, net, order, options, &metrics, &returns, &ports, tops)
}

/// Boxes, ribbons and labels for items whose places are known.
#[expect(clippy::too_many_arguments, reason = "the parts of a layout, put together in one place")]
pub(super) fn finish(
    graph: &Graph,
    net: &ProperGraph,
    order: Vec<Vec<u32>>,
    options: &LayoutOptions,
    metrics: &Metrics,
    returns: &Returns,
    ports: &Ports,
    tops: Vec<f64>,
) -> SankeyLayout {
    let (reach, outer) = returns.reaches(graph, net, options, metrics.scale);
    let columns = columns_x(net, options, outer);
    let sheaves = sheaves(&order, net.node_count, &tops, &metrics.heights, options.node_width);
    let nodes: Vec<NodeBox> = sheaves
        .into_iter()
        .enumerate()
        .map(|(node, edges)| {
            let x = columns[net.column_of[node] as usize];
            let (left, right) = edges.unwrap_or((0.0, options.node_width));
            let (y0, y1) = (tops[node], tops[node] + metrics.heights[node]);
            NodeBox { x0: x + left, x1: x + right, y0, y1, is_folded: edges.is_some() }
        })
        .collect();
    let mut links: Vec<Option<Ribbon>> = vec![None; graph.links.len()];
    let (starts, ends) = ports.in_picture(graph, &tops, metrics.scale);
    let firsts = first_links(net);
    let mut points = Vec::new();
    for (index, link) in graph.links.iter().enumerate() {
        let Some(number) = net.bundle_of[index].map(|bundle| bundle as usize) else { continue };
        let bundle = &net.bundles[number];
        let width = graph.value(index) * metrics.scale;
        let (source, target) = (nodes[link.source], nodes[link.target]);
        // Links of one bundle lie beside each other in its lanes as they do at the source.
        let first = firsts[number];
        let first = ports.source[first] - graph.value(first) * metrics.scale / 2.0;
        points.clear();
        points.push((source.x1, starts[index]));
        for lane in bundle.lanes.clone() {
            let y = tops[lane as usize] + ports.source[index] - first;
            let x = columns[net.column_of[lane as usize] as usize];
            points.push((x, y));
            // Level across the column, so that a lane passes beside nodes as one of them would.
            points.push((x + options.node_width, y));
        }
        points.push((target.x0, ends[index]));
        links[index] = Some(Ribbon::forward(index, width, &points));
    }
    // What is left below the nodes is shared out between the levels of returns.
    let mut depth = metrics.bottom;
    let gap = ((options.height - options.margin_bottom - metrics.bottom - returns.need().0 * metrics.scale)
        / returns.levels.len().max(1) as f64)
        .max(0.0);
    let depths: Vec<f64> = returns
        .levels
        .iter()
        .map(|value| {
            let top = depth + gap;
            depth = top + value * metrics.scale;
            top
        })
        .collect();
    for (one, reach) in returns.list.iter().zip(&reach) {
        let index = one.link as usize;
        let link = &graph.links[index];
        let width = graph.value(index) * metrics.scale;
        // Returns turn beside their columns, in the midst of which folded nodes are.
        let start =
            Point::new(columns[net.column_of[link.source] as usize] + options.node_width, starts[index]);
        let end = Point::new(columns[net.column_of[link.target] as usize], ends[index]);
        let below = depths[one.level as usize] + width / 2.0;
        links[index] = Some(Ribbon::backward(index, width, (start, reach.0), (end, reach.1), below));
    }
    let labels = place_labels(graph, net, options, &columns, &tops, &metrics.heights);
    SankeyLayout {
        nodes,
        links: links.into_iter().map(|link| link.expect("each link is forward or a return")).collect(),
        labels,
        scale: metrics.scale,
        gap: metrics.gap,
        crossings: crossings(net, &order),
        order,
        tops,
    }
}

/// For each segment, how much lower it starts in its item than it ends in its own.
pub(super) fn shifts(graph: &Graph, net: &ProperGraph, metrics: &Metrics, ports: &Ports) -> Vec<f64> {
    let mut shifts = vec![0.0; net.segments.len()];
    for (bundle, first) in net.bundles.iter().zip(first_links(net)) {
        let half = bundle.value * metrics.scale / 2.0;
        let own = graph.value(first) * metrics.scale / 2.0;
        let out = ports.source[first] - own + half;
        let into = ports.target[first] - own + half;
        for segment in bundle.segments.clone() {
            let from = if segment == bundle.segments.start { out } else { half };
            let to = if segment + 1 == bundle.segments.end { into } else { half };
            shifts[segment as usize] = from - to;
        }
    }
    shifts
}

/// The first link of each bundle.
fn first_links(net: &ProperGraph) -> Vec<usize> {
    let mut first: Vec<Option<usize>> = vec![None; net.bundles.len()];
    for (link, bundle) in net.bundle_of.iter().enumerate() {
        if let Some(bundle) = bundle {
            first[*bundle as usize].get_or_insert(link);
        }
    }
    first.into_iter().map(|first| first.expect("a bundle is made from links")).collect()
}

impl SankeyLayout {
    /// The middle (px) of each of the net's items.
    pub(super) fn middles(&self, net: &ProperGraph) -> Vec<f64> {
        let mut middles: Vec<f64> = self.nodes.iter().map(|b| f64::midpoint(b.y0, b.y1)).collect();
        // Of lanes these are the tops; half of their height comes on below.
        middles.extend_from_slice(&self.tops[self.nodes.len()..]);
        for bundle in &net.bundles {
            for lane in bundle.lanes.clone() {
                middles[lane as usize] += bundle.value * self.scale / 2.0;
            }
        }
        middles
    }

    /// How far the money of all links goes up or down: width times px.
    pub(super) fn travel(&self) -> f64 {
        let way = |link: &Ribbon| {
            let ends = link.waypoints.iter().map(|point| point.1).chain([link.y1]);
            let mut at = link.y0;
            ends.map(|y| (y - std::mem::replace(&mut at, y)).abs()).sum::<f64>()
        };
        self.links.iter().filter(|link| !link.is_return).map(|link| link.width * way(link)).sum()
    }

    /// What a later layout needs to stay near this one.
    pub fn previous(&self, graph: &Graph) -> Previous {
        let net = ProperGraph::new(graph);
        let mut lanes = BTreeMap::new();
        let mut layers = vec![0; net.columns.len()];
        for (index, node) in graph.nodes.iter().enumerate() {
            layers[net.column_of[index] as usize] = node.layer;
        }
        for bundle in &net.bundles {
            let ends = (graph.nodes[bundle.source as usize].key, graph.nodes[bundle.target as usize].key);
            for lane in bundle.lanes.clone() {
                let middle = self.tops[lane as usize] + bundle.value * self.scale / 2.0;
                lanes.insert((ends.0, ends.1, layers[net.column_of[lane as usize] as usize]), middle);
            }
        }
        let nodes = graph.nodes.iter().zip(&self.nodes);
        let nodes = nodes.map(|(node, b)| (node.key, PreviousNode { layer: node.layer, y0: b.y0, y1: b.y1 }));
        Previous { scale: self.scale, nodes: nodes.collect(), lanes }
    }
}
