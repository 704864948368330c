//! Where the keyboard leads in a picture of flows: from node to node, along the largest band, and from band to band.

use egui::{Key, Modifiers};

use crate::figure::FlowsFigure;
use crate::flow::{FlowGraph, FlowLink, Focus};

/// The largest node of the first layer.
pub(super) fn first(graph: &FlowGraph) -> Option<Focus> {
    graph.layer(0).max_by_key(|(_, node)| node.amount.abs()).map(|(node, _)| Focus::Node(node))
}

/// Where an arrow leads from a node or a band.
pub(super) fn next(
    graph: &FlowGraph,
    drawing: &FlowsFigure,
    from: Focus,
    pressed: &impl Fn(Modifiers, Key) -> bool,
) -> Option<Focus> {
    let way = |key| pressed(Modifiers::NONE, key);
    match from {
        Focus::Node(node) => {
            let bounds = drawing.node_box(node);
            if pressed(Modifiers::COMMAND, Key::ArrowRight) {
                largest_band(graph, |link| graph.links[link].source == node).map(Focus::Link)
            } else if pressed(Modifiers::COMMAND, Key::ArrowLeft) {
                largest_band(graph, |link| graph.links[link].target == node).map(Focus::Link)
            } else if way(Key::ArrowUp) {
                beside(graph, drawing, node, 0, |y| bounds.center().y - y).map(Focus::Node)
            } else if way(Key::ArrowDown) {
                beside(graph, drawing, node, 0, |y| y - bounds.center().y).map(Focus::Node)
            } else if way(Key::ArrowLeft) {
                along(graph, drawing, node, -1).map(Focus::Node)
            } else if way(Key::ArrowRight) {
                along(graph, drawing, node, 1).map(Focus::Node)
            } else {
                None
            }
        }
        Focus::Link(link) => {
            let ends = &graph.links[link];
            if way(Key::ArrowLeft) || pressed(Modifiers::COMMAND, Key::ArrowLeft) {
                Some(Focus::Node(ends.source))
            } else if way(Key::ArrowRight) || pressed(Modifiers::COMMAND, Key::ArrowRight) {
                Some(Focus::Node(ends.target))
            } else if way(Key::ArrowUp) {
                by_size(graph, link, -1)
            } else if way(Key::ArrowDown) {
                by_size(graph, link, 1)
            } else {
                None
            }
        }
    }
}

fn largest_band(graph: &FlowGraph, is_of_it: impl Fn(usize) -> bool) -> Option<usize> {
    let links = &graph.links;
    // Of two that are as large the first.
    (0..links.len()).rev().filter(|&link| is_of_it(link)).max_by_key(|&link| links[link].amount.abs())
}

/// The node at the other end of the largest band, in the layer before or after; where no band runs there, the nearest.
fn along(graph: &FlowGraph, drawing: &FlowsFigure, node: usize, way: isize) -> Option<usize> {
    let links = &graph.links;
    let ends =
        |link: &FlowLink| if way > 0 { (link.source, link.target) } else { (link.target, link.source) };
    let band = largest_band(graph, |link| ends(&links[link]).0 == node);
    let y = drawing.node_box(node).center().y;
    band.map(|link| ends(&links[link]).1)
        .or_else(|| beside(graph, drawing, node, way, |other| (other - y).abs() + 1.0))
}

/// The next larger or smaller band between the same two layers.
fn by_size(graph: &FlowGraph, link: usize, way: isize) -> Option<Focus> {
    let layer = |link: usize| graph.nodes[graph.links[link].source].layer;
    let mut bands: Vec<usize> = (0..graph.links.len()).filter(|&other| layer(other) == layer(link)).collect();
    bands.sort_by_key(|&band| (std::cmp::Reverse(graph.links[band].amount.abs()), band));
    let at = bands.iter().position(|&band| band == link)?.checked_add_signed(way)?;
    bands.get(at).copied().map(Focus::Link)
}

/// The nearest node of a layer some steps away, of those whose distance is more than nothing.
fn beside(
    graph: &FlowGraph,
    drawing: &FlowsFigure,
    node: usize,
    layers: isize,
    distance: impl Fn(f64) -> f64,
) -> Option<usize> {
    let layer = graph.nodes[node].layer.checked_add_signed(layers)?;
    graph
        .layer(layer)
        .filter(|(index, _)| *index != node)
        .map(|(index, _)| (index, distance(drawing.node_box(index).center().y)))
        .filter(|(_, distance)| *distance > 0.0)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(index, _)| index)
}
