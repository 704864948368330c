//! One order of names in each layer, for pictures of any size, scheme and filter: that of all lines of a place, found once
//! and kept. A scenario has the order of the place that it is of.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{FlowGraph, Member};
use crate::dimension::{Dimension, NameId};
use crate::ledger::{Cells, Ledger};

/// How many orders are kept: those of the layers that one goes to and fro between.
const MOST_KEPT: usize = 8;

/// How far down the last of a layer could stand: a million such layers are not told apart.
const LAST: i128 = 1_000_000_000;

/// Where each name of some layers stands, from the top down.
#[derive(Debug, Default)]
pub struct FlowOrder {
    /// By layer, by the name's number.
    ranks: Vec<(Dimension, FxHashMap<NameId, i32>)>,
}

/// Orders that were found, for when the same is asked for again. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct FlowOrders {
    /// The latest last.
    kept: Arc<Mutex<Vec<OrderOfLayers>>>,
}

#[derive(Debug)]
struct OrderOfLayers {
    /// What it is of: cells never change, so the same pointer is the same money.
    cells: Arc<Cells>,
    layers: Vec<Dimension>,
    order: Arc<FlowOrder>,
}

impl FlowOrders {
    /// The order of a ledger's names in layers, found now or before.
    pub fn of(
        &self,
        ledger: &Ledger,
        layers: &[Dimension],
        find: impl FnOnce() -> FlowOrder,
    ) -> Arc<FlowOrder> {
        // Cells know no suppliers: those are of the lines, and a revision has lines of its own.
        let cells =
            if layers.contains(&Dimension::Supplier) { ledger.shared_cells() } else { ledger.cells_before() };
        let is_of = |kept: &OrderOfLayers| Arc::ptr_eq(&kept.cells, &cells) && kept.layers == layers;
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().iter().find(|kept| is_of(kept)) {
            return Arc::clone(&known.order);
        }
        // The lock is not held while an order is looked for.
        let order = Arc::new(find());
        let mut kept = kept();
        kept.push(OrderOfLayers { cells, layers: layers.to_vec(), order: Arc::clone(&order) });
        if kept.len() > MOST_KEPT {
            kept.remove(0);
        }
        order
    }
}

impl FlowOrder {
    /// The order in which the nodes of a graph of all lines stand, `places` from the top of their layers; a name that is
    /// folded there stands where most of what it is joined to does.
    pub fn new(graph: &FlowGraph, cells: &Cells, places: &[usize]) -> Self {
        let mut standing: Vec<FxHashMap<NameId, i128>> = vec![FxHashMap::default(); graph.layers.len()];
        for (layer, standing) in standing.iter_mut().enumerate() {
            let count = graph.layer(layer).count().max(1) as i128;
            for (node, of) in graph.layer(layer) {
                if let Member::Name(id) = of.member {
                    standing.insert(id, (2 * places[node] as i128 + 1) * LAST / (2 * count));
                }
            }
        }
        let mut joined: Vec<FxHashMap<NameId, (i128, i128)>> = vec![FxHashMap::default(); graph.layers.len()];
        for cell in cells.iter() {
            let id = |layer: usize| cell.ids[graph.layers[layer].index()];
            for layer in (0..graph.layers.len()).filter(|&layer| !standing[layer].contains_key(&id(layer))) {
                let beside = [layer.checked_sub(1), Some(layer + 1).filter(|at| *at < graph.layers.len())];
                let (sum, weight) = joined[layer].entry(id(layer)).or_default();
                for at in beside.into_iter().flatten().filter_map(|at| standing[at].get(&id(at))) {
                    let amount = cell.amount.abs().units();
                    *sum += at * amount;
                    *weight += amount;
                }
            }
        }
        let ranks = standing.into_iter().zip(joined).map(|(standing, joined)| {
            let folded = joined.into_iter().map(|(id, (sum, weight))| {
                // What is joined to nothing that stands goes last.
                (if weight > 0 { sum / weight } else { LAST }, id)
            });
            let mut all: Vec<(i128, NameId)> = standing.into_iter().map(|(id, at)| (at, id)).collect();
            all.extend(folded);
            all.sort_unstable();
            all.into_iter().zip(0..).map(|((_, id), rank)| (id, rank)).collect()
        });
        Self { ranks: graph.layers.iter().copied().zip(ranks).collect() }
    }

    fn rank(&self, layer: Dimension, id: NameId) -> Option<i32> {
        self.ranks.iter().find(|(dimension, _)| *dimension == layer)?.1.get(&id).copied()
    }
}

impl FlowGraph {
    /// Whether all of its nodes have their place: what is the rest of its layer and a pool have one in any case.
    pub fn is_in_order(&self) -> bool {
        let has_place = |(at, node): (usize, &super::FlowNode)| {
            node.remainder().is_some()
                || self.layers[node.layer] == Dimension::Pool
                || self.ranks.get(at).copied().flatten().is_some()
        };
        self.nodes.iter().enumerate().all(has_place)
    }

    /// The same graph with its nodes in an order of its layers: what the order does not know finds its own place.
    #[must_use]
    pub fn in_order(mut self, order: &FlowOrder) -> Self {
        let themes = self.layers.iter().position(|layer| *layer == Dimension::Theme);
        let rank = |node: &super::FlowNode| match &node.member {
            Member::Name(id) => order.rank(self.layers[node.layer], *id),
            // Folds stand as the themes that they are of.
            Member::Other { group, .. } => {
                let themes = themes?;
                order.rank(Dimension::Theme, self.names[themes].id(group)?)
            }
            Member::End { .. } => None,
        };
        self.ranks = self.nodes.iter().map(rank).collect();
        self
    }
}
