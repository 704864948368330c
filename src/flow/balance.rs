//! The proof of a graph: at every node what comes in goes out, and every layer adds up to the same total.

use std::sync::Arc;

use super::FlowGraph;
use crate::dimension::Dimension;
use crate::money::{Money, in_full};

/// Where a graph does not add up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Imbalance {
    /// What comes in, what the node shows and what goes out are not one amount.
    #[error("at {name}, {} comes in, {} is shown and {} goes out", in_full(*comes_in), in_full(*shown), in_full(*goes_out))]
    Node { name: Arc<str>, comes_in: Money, shown: Money, goes_out: Money },
    /// The nodes of a layer are not all of the money.
    #[error("the {} add up to {}, of {} in all", layer.plural(), in_full(*adds_up_to), in_full(*total))]
    Layer { layer: Dimension, adds_up_to: Money, total: Money },
    /// A line runs through a layer more than once, or not at all.
    #[error("the {} have {lines} lines, of {all} in all", layer.plural())]
    Lines { layer: Dimension, lines: u64, all: u64 },
}

/// Where a graph does not add up: nowhere, ever, in a graph made by [`super::aggregate`].
///
/// It is cheap beside a layout, so that each picture is made of a graph that was proved.
pub fn imbalances(graph: &FlowGraph) -> Vec<Imbalance> {
    let mut sums = vec![(Money::ZERO, Money::ZERO); graph.nodes.len()];
    for link in &graph.links {
        sums[link.source].1 += link.amount;
        sums[link.target].0 += link.amount;
    }
    let last = graph.layers.len().saturating_sub(1);
    let of_nodes = graph.nodes.iter().zip(sums).filter_map(|(node, (comes_in, goes_out))| {
        let shown = node.amount;
        // The first layer is where money begins, the last where it ends.
        let comes_in = if node.layer == 0 { shown } else { comes_in };
        let goes_out = if node.layer == last { shown } else { goes_out };
        let name = || Arc::clone(&node.name);
        (comes_in != shown || goes_out != shown).then(|| Imbalance::Node {
            name: name(),
            comes_in,
            shown,
            goes_out,
        })
    });
    let of_layers = graph.layers.iter().enumerate().filter_map(|(index, &layer)| {
        let (total, all) = (graph.total, graph.lines);
        let adds_up_to: Money = graph.layer(index).map(|(_, node)| node.amount).sum();
        let lines: u64 = graph.layer(index).map(|(_, node)| node.lines).sum();
        if adds_up_to != total {
            return Some(Imbalance::Layer { layer, adds_up_to, total });
        }
        (lines != all).then_some(Imbalance::Lines { layer, lines, all })
    });
    of_nodes.chain(of_layers).collect()
}
