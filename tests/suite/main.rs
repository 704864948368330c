//! The program's promises, one file per feature; one program, linked once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod export;
mod figure;
mod import;
mod pool;
mod problems;
mod real_files;
mod sample_data;
mod support;
mod support_renderer;
mod window;
