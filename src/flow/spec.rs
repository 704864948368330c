//! What flows to draw: layers, filter, colours, and how much is folded.

use std::collections::BTreeSet;

use crate::dimension::Dimension;
use crate::ledger::Filter;

/// What flows to draw: between which layers, of which lines, colored by what, with what folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FlowSpec {
    /// From left to right, at least one.
    pub layers: Vec<Dimension>,
    pub filter: Filter,
    /// Links are told apart by it, so that each can be drawn in parts.
    pub color_by: Dimension,
    pub fold: FoldSpec,
}

/// Which small nodes are folded into "Other (14 services)".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FoldSpec {
    /// How many nodes a layer shows before the smallest are folded: as many as have a line of words each, where those of
    /// much money take several. Of one group together, so many nodes.
    pub most_nodes: usize,
    /// Nodes below this share of the total, in thousandths, are folded wherever at least two can be.
    pub smallest_thousandths: u32,
    /// Groups shown one by one all the same: a layer's dimension and the group's name.
    pub unfolded: BTreeSet<(Dimension, String)>,
    /// All small ones of a layer together, whatever themes they belong under: for pictures of few nodes.
    pub is_one_group: bool,
}

impl FoldSpec {
    /// What a picture of this height (px) can show with a legible label for each node.
    pub fn for_height(height_px: f64, unfolded: BTreeSet<(Dimension, String)>) -> Self {
        // 26 px are a label's line and the gap to the next. Fewer than six nodes say nothing on a small
        // screen, and more than sixty nobody reads on a large one; two thousandths of 700 px are a hairline.
        let most_nodes = ((height_px / 26.0) as usize).clamp(6, 60);
        Self { most_nodes, smallest_thousandths: 2, unfolded, is_one_group: false }
    }

    /// So few nodes that a hall can read each of them.
    pub const fn for_hall(most_nodes: usize) -> Self {
        // What is smaller than its label is high crowds the labels of others.
        Self { most_nodes, smallest_thousandths: 15, unfolded: BTreeSet::new(), is_one_group: true }
    }
}
