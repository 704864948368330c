//! What runs through a node or a link that is pointed at, everywhere in the picture. From the paths of the
//! very lines, never guessed from neighbouring bands.

use super::{FlowGraph, Focus};
use crate::money::Money;

/// How much of every node and every part of a link runs through what is pointed at, £, from the paths themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub nodes: Vec<Money>,
    /// For each link, for each of its parts.
    pub links: Vec<Vec<Money>>,
    /// What runs through the focus, £.
    pub total: Money,
}

pub fn trace(graph: &FlowGraph, focus: Focus) -> Trace {
    let mut trace = Trace {
        nodes: vec![Money::ZERO; graph.nodes.len()],
        links: graph.links.iter().map(|link| vec![Money::ZERO; link.parts.len()]).collect(),
        total: Money::ZERO,
    };
    for path in &graph.paths {
        let runs_through = match focus {
            Focus::Node(node) => path.nodes.contains(&(node as u32)),
            Focus::Link(link) => path.links.contains(&(link as u32)),
        };
        if !runs_through {
            continue;
        }
        trace.total += path.amount;
        for &node in &path.nodes {
            trace.nodes[node as usize] += path.amount;
        }
        for &link in &path.links {
            let parts = &graph.links[link as usize].parts;
            let part = parts
                .binary_search_by_key(&path.kind, |part| part.kind)
                // Each part of a link was made from a path of this kind.
                .expect("links are sums of their paths");
            trace.links[link as usize][part] += path.amount;
        }
    }
    trace
}
