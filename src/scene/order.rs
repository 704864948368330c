//! The one order that all pictures of a place's flows have: found for all of its lines, whatever is in view.

use crate::dimension::{Basis, Commitment, Dimension, Evidence, SpendType, Stage};
use crate::figure::extent;
use crate::flow::{FlowGraph, FlowOrder, Member, whole};
use crate::place::Place;
use crate::sankey::{Graph, Link, Node, places, steps_for_ms};

/// How long an order is looked for, in milliseconds' worth of steps: once for all pictures of the layers.
const SEARCH_MS: u64 = 24;

/// The graph with its nodes in the place's order.
pub(super) fn in_order(place: &Place, graph: FlowGraph) -> FlowGraph {
    // A pool comes and goes among layers, and moves nobody.
    let layers: Vec<Dimension> =
        graph.layers.iter().copied().filter(|layer| *layer != Dimension::Pool).collect();
    let order = place.flow_orders.of(&place.ledger, &layers, || find(place, &layers));
    graph.in_order(&order)
}

fn find(place: &Place, layers: &[Dimension]) -> FlowOrder {
    let (graph, cells) = whole(&place.ledger, layers);
    // By amount, and by number where that is the same: names decide nothing, so hiding them changes nothing.
    let number = |node: usize| match &graph.nodes[node].member {
        Member::Name(id) => Some(*id),
        Member::Other { members, .. } => members.first().copied(),
        Member::End { .. } => None,
    };
    let mut by_size: Vec<usize> = (0..graph.nodes.len()).collect();
    by_size.sort_by_key(|&node| {
        let of = &graph.nodes[node];
        (of.layer, std::cmp::Reverse(of.amount.abs()), number(node))
    });
    let mut at = vec![0; by_size.len()];
    for (index, &node) in by_size.iter().enumerate() {
        at[node] = index;
    }
    let nodes = by_size.iter().map(|&node| {
        let of = &graph.nodes[node];
        Node {
            key: node as u64,
            layer: of.layer,
            rank: rank(layers[of.layer], &of.name),
            foot: of.remainder().map(|rest| rest as u8),
            ..Node::default()
        }
    });
    let links = graph.links.iter().enumerate().map(|(index, link)| Link {
        source: at[link.source],
        target: at[link.target],
        value: extent(link.amount.abs()),
        key: index as u64,
    });
    let found = places(&Graph { nodes: nodes.collect(), links: links.collect() }, steps_for_ms(SEARCH_MS));
    let by_node: Vec<usize> = (0..graph.nodes.len()).map(|node| found[at[node]]).collect();
    FlowOrder::new(&graph, &cells, &by_node)
}

/// Where a name stands in a dimension that has an order of its own.
fn rank(dimension: Dimension, name: &str) -> Option<i32> {
    let among = |names: &[&str]| names.iter().position(|other| *other == name).map(|at| at as i32);
    match dimension {
        Dimension::Year => name.get(..4)?.parse().ok(),
        Dimension::Stage => among(&Stage::ALL.map(Stage::name)),
        Dimension::Evidence => among(&Evidence::ALL.map(Evidence::name)),
        Dimension::Type => among(&SpendType::ALL.map(SpendType::name)),
        Dimension::Basis => among(&Basis::ALL.map(Basis::name)),
        Dimension::Commitment => among(&Commitment::ALL.map(Commitment::name)),
        _ => None,
    }
}
