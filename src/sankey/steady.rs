//! What a layout remembers of an earlier one, so that little moves when little changes.

use std::collections::BTreeMap;

use super::graph::Graph;
use super::net::Net;

/// Where nodes and lanes were, by their keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Previous {
    /// px per unit of value.
    pub scale: f64,
    pub nodes: BTreeMap<u64, PreviousNode>,
    /// The middle (px) of the lanes of long links, by the keys of both ends and the layer passed.
    pub lanes: BTreeMap<(u64, u64, usize), f64>,
}

/// Where a node was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PreviousNode {
    pub layer: usize,
    /// Top and bottom (px).
    pub y0: f64,
    pub y1: f64,
}

/// The middle each item had, where it was in the same layer.
pub(super) fn former_middles(graph: &Graph, net: &Net, previous: &Previous) -> Vec<Option<f64>> {
    let mut middles = vec![None; net.item_count()];
    let mut layers = vec![0; net.columns.len()];
    for (index, node) in graph.nodes.iter().enumerate() {
        layers[net.column_of[index] as usize] = node.layer;
        let former = previous.nodes.get(&node.key).filter(|former| former.layer == node.layer);
        middles[index] = former.map(|former| f64::midpoint(former.y0, former.y1)).filter(|y| y.is_finite());
    }
    for bundle in &net.bundles {
        let (source, target) =
            (graph.nodes[bundle.source as usize].key, graph.nodes[bundle.target as usize].key);
        for lane in bundle.lanes.clone() {
            let layer = layers[net.column_of[lane as usize] as usize];
            middles[lane as usize] = previous.lanes.get(&(source, target, layer)).copied();
        }
    }
    middles
}

/// Every column as it was; what is new stands where its neighbours are.
pub(super) fn former_order(net: &Net, middles: &[Option<f64>]) -> Vec<Vec<u32>> {
    let mut guess = middles.to_vec();
    // New items take the mean of what they are joined to, as far as that is known, in a few rounds.
    for _ in 0..4 {
        let known = guess.clone();
        for item in 0..net.item_count() as u32 {
            if middles[item as usize].is_some() {
                continue;
            }
            let (mut sum, mut weight) = (0.0, 0.0);
            for &(other, segment) in net.left.of(item).iter().chain(net.right.of(item)) {
                if let Some(y) = known[other as usize] {
                    let value = net.segments[segment as usize].value + 1e-9;
                    sum += y * value;
                    weight += value;
                }
            }
            if weight > 0.0 {
                guess[item as usize] = Some(sum / weight);
            }
        }
    }
    let mut order = net.columns.clone();
    for column in &mut order {
        column.sort_by(|a, b| {
            let y = |item: &u32| guess[*item as usize].unwrap_or(f64::INFINITY);
            y(a).total_cmp(&y(b)).then(a.cmp(b))
        });
    }
    order
}
