//! Lines as a graph of flows: aggregated, small nodes folded, traced and balanced. Amounts only, no geometry.

mod aggregate;
mod balance;
pub mod breakdown;
mod ends;
mod fold;
mod graph;
mod order;
mod remainder;
mod spec;
mod together;
mod trace;

pub use aggregate::{aggregate, whole};
pub use balance::{Imbalance, imbalances};
pub use ends::{FlowEnd, FlowEnds};
pub use graph::{BandPart, FlowGraph, FlowLink, FlowNode, Focus, Member, PartKind, Path, stable_key};
pub use order::{FlowOrder, FlowOrders};
pub use remainder::Remainder;
pub use spec::{FlowSpec, FoldSpec};
pub use together::{PaidTogether, paid_together};
pub use trace::{Trace, trace};
