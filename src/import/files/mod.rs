//! Bytes to rows of cells, whatever the kind of file; nothing here knows what a cell means.

pub(super) mod archive;
mod biff;
mod cells;
mod csv;
mod encoding;
mod kind;
mod ods;
mod ole2;
mod read_ahead;
mod row;
pub(super) mod workbook;
mod xlsx;

pub(super) use csv::{Delimited, Dialect};
pub use encoding::Encoding;
pub(super) use kind::{Kind, kind_of};
pub(super) use read_ahead::{THREADS, read_ahead};
pub(super) use row::{Row, trimmed};
