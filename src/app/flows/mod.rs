//! Flows: the Sankey, its pointer and drags, and two scenarios compared in it.

mod compare;
mod compare_table;
mod heading;
mod passed;
mod pointer;
mod pool;
mod tooltip;
mod view;

pub(super) use compare::{CompareView, compare_view_ui, is_difference};
pub(super) use compare_table::{as_tsv, compare_table_ui};
pub(super) use view::{FlowsView, flows_view_ui, scheme_of};
