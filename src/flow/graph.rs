//! Flows as a graph of exact amounts: nodes in layers, links between neighbours, the paths both are sums of;
//! and from what is pointed at back to a filter on lines.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::FlowEnd;
use super::breakdown::Grade;
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Chip, Filter, Keep};
use crate::money::Money;

/// Lines as a graph: nodes in layers, links between neighbouring layers, and the paths both are sums of.
///
/// Every line runs through every layer once ("Not stated" is a node), so each layer adds up to the same total and at
/// each inner node what comes in equals what goes out.
#[derive(Clone, Debug, Default)]
pub struct FlowGraph {
    pub layers: Vec<Dimension>,
    /// By layer, then by name.
    pub nodes: Vec<FlowNode>,
    /// By source, then by target.
    pub links: Vec<FlowLink>,
    pub paths: Vec<Path>,
    /// By node, its place in its layer's order, where that is known: the smaller, the higher.
    pub ranks: Vec<Option<i32>>,
    /// By layer, what the numbers of its names mean: those of the ledger that it was made of, wherever it is kept.
    pub(super) names: Vec<Arc<Names>>,
    /// Bodies beyond the place, at which money ends.
    pub(super) ends: Vec<FlowEnd>,
    /// The sum of the filtered lines, £.
    pub total: Money,
    pub lines: u64,
}

/// One name of a layer's dimension, or a fold of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowNode {
    pub layer: usize,
    pub member: Member,
    /// The name, or "Other (14 services)".
    pub name: Arc<str>,
    /// The net sum of its lines, £.
    pub amount: Money,
    pub lines: u64,
    /// The color dimension's names in it with their amounts, in the order of their ids.
    pub parts: Vec<BandPart>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member {
    Name(NameId),
    /// A fold: the group it folds (a theme's name, or nothing) and who is in it.
    Other {
        group: Arc<str>,
        members: Vec<NameId>,
    },
    /// Bodies whose own spending is not here: where money leaves the place.
    End {
        bodies: Vec<u32>,
    },
}

/// Money that runs from a node to one of the next layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLink {
    pub source: usize,
    pub target: usize,
    /// The net sum of its lines, £; negative where credits outweigh, which is drawn as a credit.
    pub amount: Money,
    pub lines: u64,
    pub parts: Vec<BandPart>,
}

/// The share of a node or link that has one color and is equally well known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandPart {
    pub kind: PartKind,
    pub amount: Money,
}

/// What sets the parts of a band apart: their color, and how firm and how well known they are, which is drawn as
/// hatching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartKind {
    pub color: NameId,
    /// In a pool how firmly it is meant, else how well it is known.
    pub grade: Grade,
    /// How well it is known, in a pool too.
    pub known: Grade,
}

/// Lines that run through the same nodes and are of the same kind, added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// A node for each layer.
    pub nodes: Vec<u32>,
    /// A link for each pair of neighbouring layers.
    pub links: Vec<u32>,
    pub kind: PartKind,
    pub amount: Money,
    pub lines: u32,
}

/// What a person points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Focus {
    Node(usize),
    Link(usize),
}

impl FlowNode {
    /// The same for the same node of every graph: of its dimension and name.
    pub fn key(&self, layers: &[Dimension]) -> u64 {
        let dimension = layers[self.layer].key();
        match &self.member {
            Member::Name(_) => stable_key(&[dimension, &self.name]),
            // By its group and not by its members: a fold that gains a name is still the same fold, and
            // stands still.
            Member::Other { group, .. } => stable_key(&[dimension, "other", group]),
            Member::End { .. } => stable_key(&["passed on", &self.name]),
        }
    }

    /// What keeps the node's place in a saved view: its name, or that of its group.
    pub fn saved_name(&self) -> String {
        match &self.member {
            Member::Name(_) | Member::End { .. } => self.name.to_string(),
            Member::Other { group, .. } => format!("Other: {group}"),
        }
    }
}

impl FlowGraph {
    /// The lines behind a node or a link, as a filter: that of the graph and the names of what is pointed at.
    pub fn filter_of(&self, focus: Focus, base: &Filter) -> Filter {
        let mut filter = base.clone();
        let mut only = |node: usize| {
            let node = &self.nodes[node];
            let dimension = self.layers[node.layer];
            let names = &self.names[node.layer];
            let ids: &[NameId] = match &node.member {
                Member::Name(id) => std::slice::from_ref(id),
                Member::Other { members, .. } => members,
                Member::End { bodies } => return self.only_paid_to(bodies, &mut filter),
            };
            filter.set_only(dimension, ids.iter().map(|&id| names.name(id).to_owned()).collect());
            // What leaves the place ends at nodes of its own and not at this one.
            if node.layer + 1 == self.layers.len() && dimension != Dimension::Supplier {
                self.without_paid_on(&mut filter);
            }
        };
        match focus {
            Focus::Node(node) => only(node),
            Focus::Link(link) => {
                only(self.links[link].source);
                only(self.links[link].target);
            }
        }
        filter
    }

    /// Of a filter only what is paid to bodies beyond the place.
    fn only_paid_to(&self, bodies: &[u32], filter: &mut Filter) {
        let ends = || bodies.iter().map(|&body| &self.ends[body as usize]);
        filter.set_only(Dimension::Supplier, ends().flat_map(|end| end.suppliers.iter().cloned()).collect());
        if filter.names(Dimension::Agency).is_none() {
            filter.set_only(Dimension::Agency, ends().flat_map(|end| end.payers.iter().cloned()).collect());
        }
    }

    /// Of a filter nothing that is paid to bodies beyond the place.
    fn without_paid_on(&self, filter: &mut Filter) {
        let drawn = self.nodes.iter().filter_map(|node| match &node.member {
            Member::End { bodies } => Some(bodies),
            Member::Name(_) | Member::Other { .. } => None,
        });
        let names: BTreeSet<String> =
            drawn.flatten().flat_map(|&body| self.ends[body as usize].suppliers.iter().cloned()).collect();
        if !names.is_empty() {
            filter.chips.push(Chip { dimension: Dimension::Supplier, keep: Keep::Without, names });
        }
    }

    /// The nodes of a layer.
    pub fn layer(&self, layer: usize) -> impl Iterator<Item = (usize, &FlowNode)> {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.layer == layer)
    }
}

/// A number made from words, the same on every machine and in every version: FNV-1a, 64 bits.
pub fn stable_key(words: &[&str]) -> u64 {
    let mut key: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words {
        // 0xff stands in no UTF-8, so that "ab", "c" and "a", "bc" have different keys.
        for byte in word.bytes().chain([0xff]) {
            key = (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    key
}
