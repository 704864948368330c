//! Dragging a node along its layer.

use super::assemble::{SankeyLayout, finish, shifts};
use super::graph::Graph;
use super::metrics::Metrics;
use super::options::LayoutOptions;
use super::pins;
use super::ports::Ports;
use super::position::Placing;
use super::proper_graph::ProperGraph;
use super::returns::Returns;

/// The layout with a node's top at `y` (px), or as near as the picture allows: the others of its layer make
/// room, pinned ones stay, and all other layers stand still. Made for every frame of a drag, always from
/// the layout at its start.
pub fn move_node(
    graph: &Graph,
    options: &LayoutOptions,
    from: &SankeyLayout,
    node: usize,
    y: f64,
) -> SankeyLayout {
    let net = ProperGraph::new(graph);
    let options = &options.fitted(net.columns.len());
    let returns = Returns::new(graph, &net);
    // The scale of where the drag began: a node must not change its size under the hand that holds it.
    let metrics = Metrics::new(&net, graph, &from.order, options, returns.need(), Some(from.scale));
    let mut order = from.order.clone();
    let mut pins = pins::pins(graph, &metrics);
    let height = metrics.heights[node];
    let y = if y.is_finite() { y } else { from.tops[node] };
    let y = y.min(metrics.bottom - height).max(metrics.top);
    pins[node] = Some(y);
    let column = &mut order[net.column_of[node] as usize];
    column.retain(|item| *item as usize != node);
    let middle = y + height / 2.0;
    let place = column
        .partition_point(|item| from.tops[*item as usize] + metrics.heights[*item as usize] / 2.0 < middle);
    column.insert(place, node as u32);
    pins::make_room(&net, std::slice::from_mut(column), &metrics, &pins);
    let ports = Ports::new(graph, &net, &order, metrics.scale);
    let mut tops = from.tops.clone();
    Placing::new(&net, &order, &metrics, shifts(graph, &net, &metrics, &ports), &pins)
        .settle(net.column_of[node] as usize, &mut tops);
    finish(graph, &net, order, options, &metrics, &returns, &ports, tops)
}
