//! Nothing lost: every step goes to a journal, and what a window left behind that did not close in good order can
//! be brought back.

mod bringing_back;
mod in_window;
mod keeping;
mod offer;

pub(super) use bringing_back::BringingBack;
pub(super) use keeping::{Keeping, keeping_sign_ui};
pub(super) use offer::Offer;
