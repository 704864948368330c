//! What the parts of the screen share and remember: cells that are typed in, details that are open, a change that is tried.

use super::cell::EditCells;
use super::detail::Details;
use super::trial::Trial;

#[derive(Default)]
pub(super) struct Parts {
    pub(super) cells: EditCells,
    /// Which part of the scenario is shown in detail.
    pub(super) details: Details,
    pub(super) trial: Trial,
}
