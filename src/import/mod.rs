//! Bytes to lines of spending and problems: text in any encoding and delimiter, workbooks, data packages.
//!
//! [`import`] looks at a file's content, not its ending; finds the headings; recognises the columns by heading and
//! content, or takes them from a [`ColumnMap`]; and reads every row. A bad row never spoils a good file.

mod amounts;
mod archive;
mod columns;
mod csv;
mod dates;
mod encoding;
mod header;
mod kind;
mod lines;
mod meaning;
mod names;
mod ods;
mod privacy;
mod problem;
mod profile;
mod read;
mod report;
mod row;
mod totals_rows;
mod wide;
mod workbook;

use std::ops::ControlFlow;

pub use amounts::{AmountStyle, Unit};
pub use columns::{ColumnMap, Field, MappedColumn};
pub use dates::DateOrder;
pub use encoding::Encoding;
pub use problem::{Code, ImportError, Problem, Severity, SkipReason, Skipped};
pub use report::{FileReport, Reject, Sample};

use crate::dimension::Dimension;
use crate::ledger::LedgerBuilder;

/// A file as it came: its name and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// What is said beforehand about how a file is to be read; nothing need be.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Instead of the encoding that the bytes suggest.
    pub encoding: Option<Encoding>,
    /// Instead of the sheet with most lines of spending.
    pub sheet: Option<String>,
    /// Remembered shapes of files; the one whose headings these are is used.
    pub column_maps: Vec<ColumnMap>,
    /// What holds for every line of the file, whatever its columns say.
    pub set: Vec<(Dimension, String)>,
}

/// A file that was read.
#[derive(Debug)]
pub struct Imported {
    pub file: FileReport,
    /// The lines, in the file's order; `finish` makes a ledger of them.
    pub lines: LedgerBuilder,
}

/// Reads a file into lines. `progress` is told the rows so far; `Break` stops.
///
/// # Errors
/// When the file is none that can be read, holds personal data, has no amounts, or was cancelled.
pub fn import(
    input: Input<'_>,
    options: &ImportOptions,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Result<Imported, ImportError> {
    let mut progress = progress;
    read::read_file(input, options, &mut progress)
}
