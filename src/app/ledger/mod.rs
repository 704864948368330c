//! Ledger: the lines behind every figure, and what stands behind the lines.

mod audit;
mod choice;
mod columns;
mod control;
mod detail;
mod lines;
mod names;
mod once;
mod rejects;
mod rows;
mod rules;
mod sources;
mod view;

pub(super) use rejects::open_count;
pub(super) use view::{LedgerView, ledger_view_ui, problems_csv};
