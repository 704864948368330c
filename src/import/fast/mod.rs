//! Plain delimited files at full speed: blocks are taken apart on all cores, and whatever is out of the ordinary is
//! left to [`LineReader`](super::lines::LineReader), so that the results are those of the thorough way.
//!
//! Its contract: the lines, the report and the problems are those that [`LineReader`](super::lines::LineReader) comes to
//! row by row, in the same order; what it cannot promise that of it leaves alone ([`BlockPlan::of`] gives nothing) or
//! gives up ([`Stopped::NotPlain`]), and the file is read again. Tests and fuzz targets hold the two against each other.

mod blocks;
mod cells;
mod dictionary;
mod marks;
mod merge;
mod numbers;
mod plan;
mod read;
mod stopped;
mod sums;
mod worker;

pub(super) use plan::BlockPlan;
pub(super) use read::read_plain;
pub(super) use stopped::Stopped;
