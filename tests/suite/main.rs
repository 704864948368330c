//! The program's promises, one file per feature; one program, linked once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod agree;
mod agree_cli;
mod agreeing;
mod app;
mod architecture;
mod blind;
mod cli;
mod compare;
mod compare_command;
mod export;
mod figure;
mod first_view;
mod flow;
mod import;
mod painters;
mod pairs;
mod place;
mod pool;
mod pool_detail;
mod pool_figure;
mod pool_pointing;
mod pool_view;
mod pooling;
mod problems;
mod quirks;
mod reading;
mod real_files;
mod sample_data;
mod sankey;
mod sankey_travel;
mod store;
mod support;
mod support_ledgers;
mod support_painters;
mod support_pdf;
mod support_renderer;
mod totals;
mod tray;
mod window;
