//! The program's promises, one file per feature.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod export;
mod figure;
mod support;
