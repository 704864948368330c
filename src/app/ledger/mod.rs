//! Ledger: the lines behind every figure, and what stands behind the lines.

mod audit;
mod choice;
mod columns;
mod control;
mod detail;
mod foot;
mod lines;
mod name_proposals;
mod once;
mod rejects;
mod rows;
mod rules;
mod screen;
mod short_names;
mod sources;
mod view;

pub(super) use screen::SCREEN;
