//! Where nodes and bands stand in a picture for a hall: each layer a column, the largest on top, remainders at the foot.
//! There are so few that no search is needed, and the order is the same at every size.

use kurbo::CubicBez;

use super::super::{Point, Rect, RibbonShape, extent};
use crate::flow::{FlowGraph, FlowNode, Member};
use crate::money::Money;

/// Nodes and bands in their places.
pub(super) struct Stack {
    pub(super) nodes: Vec<Rect>,
    pub(super) bands: Vec<RibbonShape>,
    /// By layer, the nodes from the top down.
    pub(super) layers: Vec<Vec<usize>>,
}

/// The room and what is given away of it, px.
pub(super) struct StackRoom {
    pub(super) room: Rect,
    /// The left edge of each layer's nodes.
    pub(super) columns: Vec<f64>,
    pub(super) node_width: f64,
    pub(super) gap: f64,
}

/// What is the rest of its layer: it stands at the foot and is nobody's message.
pub(super) fn is_rest(node: &FlowNode) -> bool {
    rank(node) > 0
}

/// Groups of small ones after the names, then what is not told apart.
fn rank(node: &FlowNode) -> u8 {
    match &node.member {
        Member::End { .. } => 1,
        Member::Name(_) if node.remainder().is_some() => 2,
        Member::Other { .. } | Member::Name(_) => 0,
    }
}

fn is_group(node: &FlowNode) -> bool {
    matches!(node.member, Member::Other { .. })
}

impl Stack {
    pub(super) fn of(graph: &FlowGraph, within: &StackRoom) -> Self {
        let sizes = sizes(graph);
        let layers = order(graph, &sizes);
        let scale = scale(&layers, &sizes, within);
        let mut nodes = vec![Rect::ZERO; graph.nodes.len()];
        for (layer, members) in layers.iter().enumerate() {
            let x = within.columns[layer];
            let place =
                |top: f64, node: usize| Rect::new(x, top, x + within.node_width, top + sizes[node] * scale);
            let (mut top, mut bottom) = (within.room.y0, within.room.y1);
            // From the foot up, so that the same remainder stands level in every layer.
            for &node in members.iter().rev().filter(|&&node| rank(&graph.nodes[node]) == 2) {
                bottom -= sizes[node] * scale;
                nodes[node] = place(bottom, node);
                bottom -= within.gap;
            }
            for &node in members.iter().filter(|&&node| rank(&graph.nodes[node]) < 2) {
                nodes[node] = place(top, node);
                top = nodes[node].y1 + within.gap;
            }
        }
        let bands = bands(graph, &nodes, scale);
        Self { nodes, bands, layers }
    }
}

impl Stack {
    /// Makes a node broader on either side, px; its bands end at its edges.
    pub(super) fn widen(&mut self, graph: &FlowGraph, node: usize, by: f64) {
        let rect = &mut self.nodes[node];
        (rect.x0, rect.x1) = (rect.x0 - by, rect.x1 + by);
        for (link, band) in graph.links.iter().zip(&mut self.bands) {
            let (upper, lower) = band.edges();
            let (Some(upper), Some(lower)) = (upper.first(), lower.first()) else { continue };
            let (mut from, mut to, height) = (upper.p0, upper.p3, lower.p0.y - upper.p0.y);
            if link.source == node {
                from.x = rect.x1;
            }
            if link.target == node {
                to.x = rect.x0;
            }
            *band = self::band((from.x, from.y), (to.x, to.y), height);
        }
    }
}

/// How much runs through each node, pounds of paper: credits have the width of their size.
fn sizes(graph: &FlowGraph) -> Vec<f64> {
    let mut sums = vec![(Money::ZERO, Money::ZERO); graph.nodes.len()];
    for link in &graph.links {
        sums[link.source].1 += link.amount.abs();
        sums[link.target].0 += link.amount.abs();
    }
    let of = |(index, node): (usize, &FlowNode)| sums[index].0.max(sums[index].1).max(node.amount.abs());
    graph.nodes.iter().enumerate().map(of).map(extent).collect()
}

/// The last layer by amount; each one before it as what it leads to lies, so that few bands cross.
fn order(graph: &FlowGraph, sizes: &[f64]) -> Vec<Vec<usize>> {
    let count = graph.layers.len();
    let mut layers = vec![Vec::new(); count];
    let mut middle = vec![0.0; graph.nodes.len()];
    for layer in (0..count).rev() {
        let mut members: Vec<usize> = graph.layer(layer).map(|(index, _)| index).collect();
        let pull = |node: usize| {
            let out = graph.links.iter().filter(|link| link.source == node);
            let (mut sum, mut weight) = (0.0, 0.0);
            for link in out.filter(|link| !is_rest(&graph.nodes[link.target])) {
                sum += extent(link.amount.abs()) * middle[link.target];
                weight += extent(link.amount.abs());
            }
            if weight > 0.0 { sum / weight } else { f64::MAX }
        };
        let is_last = layer + 1 == count;
        members.sort_by(|&a, &b| {
            let key = |node: usize| {
                let group = is_group(&graph.nodes[node]) && is_last;
                let rest = graph.nodes[node].remainder().filter(|_| rank(&graph.nodes[node]) == 2);
                let by = if is_last { -sizes[node] } else { pull(node) };
                ((rank(&graph.nodes[node]), rest, group), by)
            };
            let (one, other) = (key(a), key(b));
            one.0
                .cmp(&other.0)
                .then(one.1.total_cmp(&other.1))
                .then(sizes[b].total_cmp(&sizes[a]))
                .then_with(|| graph.nodes[a].name.cmp(&graph.nodes[b].name))
        });
        let mut above = 0.0;
        for &node in &members {
            middle[node] = above + sizes[node] / 2.0;
            above += sizes[node];
        }
        layers[layer] = members;
    }
    layers
}

/// Pixels for a pound: the fullest layer decides.
fn scale(layers: &[Vec<usize>], sizes: &[f64], within: &StackRoom) -> f64 {
    let of = |members: &Vec<usize>| {
        let sum: f64 = members.iter().map(|&node| sizes[node]).sum();
        let gaps = within.gap * members.len().saturating_sub(1) as f64;
        (within.room.height() - gaps).max(1.0) / sum.max(f64::MIN_POSITIVE)
    };
    let scale = layers.iter().filter(|members| !members.is_empty()).map(of).fold(f64::INFINITY, f64::min);
    if scale.is_finite() { scale } else { 0.0 }
}

fn bands(graph: &FlowGraph, nodes: &[Rect], scale: f64) -> Vec<RibbonShape> {
    let mut by_target: Vec<usize> = (0..graph.links.len()).collect();
    let mut by_source = by_target.clone();
    let top = |node: usize| nodes[node].y0;
    by_target.sort_by(|&a, &b| top(graph.links[a].target).total_cmp(&top(graph.links[b].target)));
    by_source.sort_by(|&a, &b| top(graph.links[a].source).total_cmp(&top(graph.links[b].source)));
    let height = |link: usize| extent(graph.links[link].amount.abs()) * scale;
    let (mut from, mut to) = (vec![0.0; graph.links.len()], vec![0.0; graph.links.len()]);
    let (mut left, mut right) = (vec![0.0; nodes.len()], vec![0.0; nodes.len()]);
    for link in by_target {
        let source = graph.links[link].source;
        from[link] = top(source) + left[source];
        left[source] += height(link);
    }
    for link in by_source {
        let target = graph.links[link].target;
        to[link] = top(target) + right[target];
        right[target] += height(link);
    }
    (0..graph.links.len())
        .map(|link| {
            let (source, target) = (graph.links[link].source, graph.links[link].target);
            band((nodes[source].x1, from[link]), (nodes[target].x0, to[link]), height(link))
        })
        .collect()
}

/// A band of a height between two upper corners, level at both ends.
pub(super) fn band(from: (f64, f64), to: (f64, f64), height: f64) -> RibbonShape {
    let middle = f64::midpoint(from.0, to.0);
    let edge = |down: f64| {
        vec![CubicBez::new(
            Point::new(from.0, from.1 + down),
            Point::new(middle, from.1 + down),
            Point::new(middle, to.1 + down),
            Point::new(to.0, to.1 + down),
        )]
    };
    RibbonShape::between(edge(0.0), edge(height))
}
