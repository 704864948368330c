//! The check behind "what comes in goes out": nodes of a graph where it does not hold.

use super::FlowGraph;
use crate::money::Money;

/// An inner node where what comes in is not what goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imbalance {
    pub node: usize,
    pub comes_in: Money,
    pub goes_out: Money,
}

/// The nodes that do not balance: none, ever, in a graph made by [`super::aggregate`].
pub fn imbalances(graph: &FlowGraph) -> Vec<Imbalance> {
    let mut sums = vec![(Money::ZERO, Money::ZERO); graph.nodes.len()];
    for link in &graph.links {
        sums[link.source].1 += link.amount;
        sums[link.target].0 += link.amount;
    }
    let last = graph.layers.len().saturating_sub(1);
    graph
        .nodes
        .iter()
        .enumerate()
        .filter_map(|(index, node)| {
            let (comes_in, goes_out) = sums[index];
            // The first layer has nothing coming in and the last nothing going out; each is held against its
            // own sum.
            let left_open = node.layer > 0 && comes_in != node.amount;
            let right_open = node.layer < last && goes_out != node.amount;
            (left_open || right_open).then_some(Imbalance { node: index, comes_in, goes_out })
        })
        .collect()
}
