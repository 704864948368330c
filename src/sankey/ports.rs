//! Where links meet their nodes: on top of each other, in the order of where they go.

use super::graph::Graph;
use super::order::positions;
use super::proper_graph::ProperGraph;

/// The middle of each link's end below the top of its node (px).
pub(super) struct Ports {
    /// Of each link, at its source and at its target.
    pub(super) source: Vec<f64>,
    pub(super) target: Vec<f64>,
    /// The links by source and by target, from the top of each node down.
    out: Vec<u32>,
    into: Vec<u32>,
}

impl Ports {
    /// Ports follow the order of the next items, so that links of one node never cross beside it; returns
    /// come last, as they are drawn below the nodes.
    pub(super) fn new(graph: &Graph, net: &ProperGraph, order: &[Vec<u32>], scale: f64) -> Self {
        let position = positions(net, order);
        let bundle = |link: u32| net.bundle_of[link as usize].map(|bundle| &net.bundles[bundle as usize]);
        let next = |link: u32| {
            bundle(link).map_or(u32::MAX, |b| position[net.segments[b.segments.start as usize].to as usize])
        };
        let last = |link: u32| {
            bundle(link)
                .map_or(u32::MAX, |b| position[net.segments[b.segments.end as usize - 1].from as usize])
        };
        let ends = |link: u32| &graph.links[link as usize];
        // Sorted by node, then the place at the other end, then the node there: the least important first.
        let nodes = graph.nodes.len();
        let places = net.columns.iter().map(Vec::len).max().unwrap_or(0) + 1;
        let place = |place: u32| (place as usize).min(places - 1);
        let all: Vec<u32> = (0..graph.links.len() as u32).collect();
        // Counting sort is stable, so the least important key goes first; made anew for every frame of a
        // drag.
        let by_source = sorted(&all, nodes, |link| ends(link).source);
        let by_target = sorted(&all, nodes, |link| ends(link).target);
        let out = sorted(&by_target, places, |link| place(next(link)));
        let out = sorted(&out, nodes, |link| ends(link).source);
        let into = sorted(&by_source, places, |link| place(last(link)));
        let into = sorted(&into, nodes, |link| ends(link).target);
        Self {
            source: stack(graph, &out, |link| ends(link).source, scale),
            target: stack(graph, &into, |link| ends(link).target, scale),
            out,
            into,
        }
    }

    /// The middles of all links at their sources and at their targets, in the picture.
    ///
    /// Stacked once more from the nodes' tops, so that no rounding lays a band, however thin, over its
    /// neighbour: each begins where the one above it ends or a hair below.
    pub(super) fn in_picture(&self, graph: &Graph, tops: &[f64], scale: f64) -> (Vec<f64>, Vec<f64>) {
        let ends = |link: u32| &graph.links[link as usize];
        (
            stack_in_picture(graph, &self.out, |link| ends(link).source, tops, scale),
            stack_in_picture(graph, &self.into, |link| ends(link).target, tops, scale),
        )
    }
}

/// The list sorted by a key below `bound`, equal ones as they were (counting sort).
fn sorted(list: &[u32], bound: usize, key: impl Fn(u32) -> usize) -> Vec<u32> {
    let mut next = vec![0_u32; bound + 1];
    for &one in list {
        next[key(one) + 1] += 1;
    }
    for key in 0..bound {
        next[key + 1] += next[key];
    }
    let mut sorted = vec![0; list.len()];
    for &one in list {
        let slot = &mut next[key(one)];
        sorted[*slot as usize] = one;
        *slot += 1;
    }
    sorted
}

fn stack(graph: &Graph, links: &[u32], node: impl Fn(u32) -> usize, scale: f64) -> Vec<f64> {
    let mut middle = vec![0.0; links.len()];
    let mut value = 0.0;
    let mut at = usize::MAX;
    for &link in links {
        if node(link) != at {
            at = node(link);
            value = 0.0;
        }
        let own = graph.value(link as usize);
        middle[link as usize] = (value + own / 2.0) * scale;
        value += own;
    }
    middle
}

fn stack_in_picture(
    graph: &Graph,
    links: &[u32],
    node: impl Fn(u32) -> usize,
    tops: &[f64],
    scale: f64,
) -> Vec<f64> {
    let mut middle = vec![0.0; links.len()];
    let mut edge = 0.0;
    let mut at = usize::MAX;
    for &link in links {
        if node(link) != at {
            at = node(link);
            edge = tops[at];
        }
        let half = graph.value(link as usize) * scale / 2.0;
        let mut y: f64 = edge + half;
        // `edge + half - half` may be a hair above `edge`; the next number that a float can hold settles it.
        while y - half < edge {
            y = y.next_up();
        }
        middle[link as usize] = y;
        edge = y + half;
    }
    middle
}
