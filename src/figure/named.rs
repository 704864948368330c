//! Which mark a name has in pictures of flows: of a node by its dimension and name, of a band by its two ends; and on which
//! side of a comparison.

use super::MarkId;
use crate::dimension::Dimension;
use crate::flow::stable_key;

/// The mark of the node of a name, in every picture of flows that has it by itself.
pub fn named_mark(dimension: Dimension, name: &str) -> MarkId {
    MarkId(stable_key(&[dimension.key(), name]))
}

/// The mark of the band that runs from one node to another.
pub fn band_mark(from: MarkId, to: MarkId) -> MarkId {
    MarkId(stable_key(&["link", &from.0.to_string(), &to.0.to_string()]))
}

/// The same mark on a side of a comparison.
pub fn side_mark(is_left: bool, mark: MarkId) -> MarkId {
    let side = if is_left { "left" } else { "right" };
    MarkId::of(&["side", side, &mark.0.to_string()])
}
