//! Bytes to lines of spending and problems: text in any encoding and delimiter, workbooks, data packages.
//!
//! [`import`] looks at a file's content, not its ending; finds the headings; recognises the columns by heading and
//! content, or takes them from a [`ColumnMap`]; and reads every row. A bad row never spoils a good file.

mod cell;
mod fast;
mod files;
mod lines;
mod problem;
mod read;
mod recognise;
mod report;

use std::io::{self, Read};
use std::ops::ControlFlow;

use cell::Amount;
pub use cell::{AmountStyle, DateOrder, Unit};
pub use files::Encoding;
pub use problem::{Code, ImportError, Problem, Severity, SkipReason, Skipped};
pub use recognise::{ColumnMap, Field, MappedColumn, Package, PackageFile, read_package};
pub use report::{FileReport, Reject, Repair, Sample};

use crate::dimension::Dimension;
use crate::ledger::LedgerBuilder;
use crate::money::Money;

/// A file as it came: its name and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// What is to be kept of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// Every line, with where it is from.
    #[default]
    Lines,
    /// Only the sums by these dimensions, the supplier not among them: little memory and more speed, for totals.
    SumsBy(Vec<Dimension>),
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
    /// What single columns are, by their headings; the rest is recognised.
    pub columns: Vec<(String, Field)>,
    /// What single columns are, by their place from 0, whatever their headings say; the rest is recognised.
    pub fields: Vec<(usize, Field)>,
    /// The row of the headings instead of the one that is found, as a spreadsheet numbers it; 0 where there are none.
    pub header_row: Option<u32>,
    /// What the amounts count, where the file does not say it.
    pub unit: Option<Unit>,
    /// What holds for every line of the file, whatever its columns say.
    pub set: Vec<(Dimension, String)>,
    pub keep: Keep,
    /// Reads damaged rows as they may have been meant, where the file's own total proves it.
    pub mend: bool,
    /// Row by row even where the file is plain: slower, with the same results.
    pub thorough: bool,
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

/// Reads a file block by block, so that one of any size takes little memory. `open` gives it from its beginning, as
/// often as it must be read; workbooks and archives are read into memory.
///
/// # Errors
/// As [`import`], and when the file cannot be read to its end.
pub fn import_stream(
    name: &str,
    open: &(dyn Fn() -> io::Result<Box<dyn Read + Send>> + Sync),
    options: &ImportOptions,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Result<Imported, ImportError> {
    let mut progress = progress;
    read::read_stream(name, open, options, &mut progress)
}

/// The amount that a cell states, as a file of this style is read; `None` where it states none.
pub fn amount_in(cell: &str, style: AmountStyle) -> Option<Money> {
    match style.read(files::trimmed(cell)) {
        Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => Some(money),
        Amount::Nil => Some(Money::ZERO),
        Amount::Blank | Amount::Withheld | Amount::Not(_) => None,
    }
}

/// The date that a cell states, as `2024-08-31`, or `2024-08` for a month; `None` where it states none.
pub fn date_in(cell: &str, order: DateOrder) -> Option<String> {
    let cell = files::trimmed(cell);
    cell::read_date(cell, order).or_else(|| cell::read_serial(cell)).map(cell::Date::iso)
}
