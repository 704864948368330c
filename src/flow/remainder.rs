//! What is the rest of its layer: money that is told apart no further, under the same names in every layer.

use super::{FlowGraph, FlowNode, Member};
use crate::dimension::{Names, comparison_key};

/// A rest, in the order in which they stand at the foot of a layer, from the top down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remainder {
    NotItemised,
    NotClassified,
    NotStated,
    Unallocated,
    OutsideThePool,
    /// Small names folded together.
    Other,
}

impl FlowNode {
    /// What rest it is, where it is one.
    pub fn remainder(&self) -> Option<Remainder> {
        match self.member {
            Member::Other { .. } => Some(Remainder::Other),
            Member::End { .. } => None,
            Member::Name(_) => Some(match comparison_key(&self.name).as_str() {
                _ if !Names::is_remainder(&self.name) => return None,
                "notitemised" => Remainder::NotItemised,
                "notclassified" => Remainder::NotClassified,
                "unallocated" => Remainder::Unallocated,
                "outsidethepool" => Remainder::OutsideThePool,
                _ => Remainder::NotStated,
            }),
        }
    }
}

impl FlowGraph {
    /// Whether a node is the same rest as one of the layer before, of the same money: saying it once is enough.
    pub fn is_same_rest_as_before(&self, node: usize) -> bool {
        let of = &self.nodes[node];
        of.remainder().is_some_and(|rest| {
            rest != Remainder::Other
                && self.links.iter().any(|link| {
                    let source = &self.nodes[link.source];
                    link.target == node
                        && source.remainder() == Some(rest)
                        && source.amount == of.amount
                        && link.amount == of.amount
                })
        })
    }
}
