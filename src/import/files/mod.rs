//! Bytes to rows of cells, whatever the kind of file; nothing here knows what a cell means.
//!
//! Whoever reads a file hands over a sink that the rows are given to; nothing here calls anybody else.

mod archive;
mod biff;
mod csv;
mod dialect;
mod encoding;
mod filler;
mod fixed_width;
mod kind;
mod markup;
mod ods;
mod ole2;
mod read_ahead;
mod refused;
mod row;
mod table;
mod text;
mod workbook;
mod xlsx;

pub(super) use archive::{Unpacked, inner_workbook, unpack};
pub(super) use csv::Delimited;
pub(super) use dialect::Dialect;
pub use encoding::Encoding;
pub(super) use kind::{FileKind, WorkbookFormat, kind_of};
pub(super) use markup::MarkupTable;
pub(super) use ole2::is_encrypted;
pub(super) use read_ahead::THREADS;
pub(super) use refused::{password, unfinished, unreadable_workbook};
pub(super) use row::{Row, trimmed};
pub(super) use table::{Table, first_rows};
pub(super) use text::{HEAD_BYTES, Open, TextTable};
pub(super) use workbook::{Book, SheetTable};
