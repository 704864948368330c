//! Many files to one place that agrees: control totals and what explains a difference.
//!
//! Everything here is a pure function of a ledger and of what people have decided; nothing is decided unasked.

mod control;
mod explain;

pub use control::control_total;
pub use explain::{Cause, Explanation, LeftOut, Verdict, compare, explain, left_out};
