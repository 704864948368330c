//! The same layout, larger: everything stays where it is in proportion, and labels are placed anew in the room there is.

use super::assemble::{SankeyLayout, finish};
use super::graph::Graph;
use super::metrics::Metrics;
use super::options::LayoutOptions;
use super::ports::Ports;
use super::proper_graph::ProperGraph;
use super::returns::Returns;

/// The layout so many times as large. `options` are those of the larger picture, and `graph` has the labels of that.
pub fn magnified(graph: &Graph, options: &LayoutOptions, from: &SankeyLayout, by: f64) -> SankeyLayout {
    let net = ProperGraph::new(graph);
    let options = &options.fitted(net.columns.len());
    let returns = Returns::new(graph, &net);
    let metrics = Metrics::new(&net, graph, &from.order, options, returns.need(), Some(from.scale * by));
    let ports = Ports::new(graph, &net, &from.order, metrics.scale);
    let tops = from.tops.iter().map(|top| top * by).collect();
    finish(graph, &net, from.order.clone(), options, &metrics, &returns, &ports, tops)
}
