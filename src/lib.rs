//! Shadowpool: a place's public spending as flows and themes, to the penny.
//!
//! The rooms stand in reading order; each uses only those above it. `docs/ARCHITECTURE.md` has the whole picture.

pub mod words;

pub mod painter;

pub mod money;

pub mod dimension;

pub mod ledger;

pub mod import;

pub mod agree;

pub mod flow;

pub mod pool;

pub mod appraisal;

pub mod sankey;

pub mod figure;

pub mod place;

pub mod scene;

pub mod export;

pub mod store;

pub mod cli;

pub mod app;
