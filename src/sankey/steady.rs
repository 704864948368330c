//! What a layout remembers of an earlier one, so that little moves when little changes.

use std::collections::BTreeMap;

use super::graph::Graph;
use super::position::Placing;
use super::proper_graph::ProperGraph;

/// Where nodes and lanes were, by their keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Previous {
    /// px per unit of value.
    pub scale: f64,
    pub nodes: BTreeMap<u64, PreviousNode>,
    /// The middle (px) of the lanes of long links, by the keys of both ends and the layer passed.
    pub lanes: BTreeMap<(u64, u64, usize), f64>,
}

impl Previous {
    /// The same in a picture of another height: all that is up and down by a factor.
    pub fn stretch(&mut self, factor: f64) {
        self.scale *= factor;
        for node in self.nodes.values_mut() {
            node.y0 *= factor;
            node.y1 *= factor;
        }
        for lane in self.lanes.values_mut() {
            *lane *= factor;
        }
    }
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
pub(super) fn former_middles(graph: &Graph, net: &ProperGraph, previous: &Previous) -> Vec<Option<f64>> {
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
pub(super) fn former_order(net: &ProperGraph, middles: &[Option<f64>]) -> Vec<Vec<u32>> {
    let mut guess = middles.to_vec();
    // New items take the mean of what they are joined to, as far as that is known, in a few rounds.
    // A new item may know its neighbours only through other new ones, in as many steps as there are rounds.
    for _ in 0..4 {
        let known = guess.clone();
        for item in 0..net.item_count() as u32 {
            if middles[item as usize].is_some() {
                continue;
            }
            let (mut sum, mut weight) = (0.0, 0.0);
            for &(other, segment) in net.left.of(item).iter().chain(net.right.of(item)) {
                if let Some(y) = known[other as usize] {
                    // A link without money still says where its end belongs.
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
            // What nothing is known of goes below all else, where it pushes nobody.
            let y = |item: &u32| guess[*item as usize].unwrap_or(f64::INFINITY);
            y(a).total_cmp(&y(b)).then(a.cmp(b))
        });
    }
    order
}

/// How firmly nodes are held where they were.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hold {
    /// 1 is usual: half of what flows in or out holds a node against all but a pull that is nearly one-sided.
    pub(super) pull: f64,
    /// How far nodes may move on average (px) before all are held harder.
    pub(super) far: f64,
}

impl Hold {
    /// For a picture that changes under somebody's eyes.
    pub(super) fn firm(pull: f64) -> Self {
        // Beyond five pixels on average a picture has visibly changed, though little in it did.
        Self { pull, far: 5.0 }
    }

    /// For a better picture: only where it makes next to no difference things stay.
    pub(super) fn light() -> Self {
        // A fiftieth of the usual: it breaks ties, and no more.
        Self { pull: 0.02, far: f64::INFINITY }
    }

    /// The tops that `solve` finds with nodes pulled to where they were.
    pub(super) fn tops(
        self,
        placing: &mut Placing,
        middles: &[Option<f64>],
        solve: impl Fn(&Placing, Vec<f64>) -> Vec<f64>,
    ) -> Vec<f64> {
        // Each node is held as one of some size, so that small ones do not fly about; the rest by what it
        // carries.
        const EVEN: f64 = 0.3;
        const OWN: f64 = 0.5;
        // Two rounds harder; held more than that, a changed picture would be bent out of shape to stay in
        // place.
        const HARDEST: f64 = 9.0;
        let net = placing.net;
        let mean = placing.weight.iter().sum::<f64>() / net.item_count().max(1) as f64;
        let mut start = placing.spread();
        for (item, middle) in middles.iter().enumerate() {
            if let Some(middle) = middle {
                start[item] = middle - placing.heights[item] / 2.0;
            }
        }
        let held: Vec<usize> = (0..net.node_count).filter(|node| middles[*node].is_some()).collect();
        let mut pull = self.pull;
        loop {
            for &node in &held {
                let weight = pull * (EVEN * mean + OWN * placing.heights[node]);
                placing.home[node] = Some((start[node], weight));
            }
            let tops = solve(placing, start.clone());
            let moved: f64 = held.iter().map(|node| (tops[*node] - start[*node]).abs()).sum();
            if moved <= self.far * held.len() as f64 || pull <= 0.0 || pull >= HARDEST * self.pull {
                return tops;
            }
            // Each round lays the picture out again, so steps are wide.
            pull *= 3.0;
        }
    }
}
