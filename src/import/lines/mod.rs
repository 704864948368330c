//! The rows below the headings to lines, by a column map: whatever a row may be.
//!
//! A [`LinePlan`] is made once and never changes. A [`LineReader`] goes through the rows by it: a row is a line
//! (`line`), nothing of its own (`totals`), or not readable (`rejected`); `report` is told of each.

mod fingerprints;
mod halves;
mod ids;
mod line;
mod numbers;
mod other_table;
mod plain;
mod plan;
mod reader;
mod rejected;
mod repair;
mod report;
mod rows;
mod running_totals;
mod totals;
mod wide;

pub(super) use numbers::{ColumnNumbers, may_be_number, number_in};
pub(super) use plain::PlainBlock;
pub(super) use plan::{LinePlan, Recognised};
pub(super) use reader::{Damaged, LineReader};
