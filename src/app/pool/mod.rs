//! Pool: the scenario, as cells to change and a picture of who puts in and who gains.

mod allocation;
mod allocations;
mod balance;
mod cell;
mod chooser;
mod conditions;
mod contribution;
mod contributions;
mod detail;
mod empty;
mod filter;
mod findings;
mod head;
mod lines;
mod partners;
mod pooling;
mod purpose;
mod risk;
mod risk_parts;
mod risk_terms;
mod split;
mod table;
mod terms;
mod view;

pub(super) use table::partners_table_ui;
pub(super) use view::{PoolView, pool_view_ui};
