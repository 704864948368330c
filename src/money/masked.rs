//! What a room may see of amounts: all, shares, or nothing.

use serde::{Deserialize, Serialize};

/// How amounts are said to a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MaskedValues {
    /// As they are.
    #[default]
    Shown,
    /// As percentages of what is in view, or of the pool.
    Shares,
    /// Not at all, nor as percentages or fractions.
    Hidden,
}

impl MaskedValues {
    /// What stands for an amount that is hidden.
    pub const HIDDEN_AMOUNT: &str = "£\u{2022}\u{2022}\u{2022}";
    /// What stands for a percentage that is hidden.
    pub const HIDDEN_PERCENT: &str = "\u{2022}\u{2022}%";
}
