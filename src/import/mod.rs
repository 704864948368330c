//! Bytes to lines of spending and problems: text in any encoding and delimiter, workbooks, data packages.
//!
//! [`import`] looks at a file's content, not its ending; finds the headings; recognises the columns by heading and
//! content, or takes them from a [`ColumnMap`]; and reads every row. A bad row never spoils a good file.

mod cell;
mod fast;
mod files;
mod input;
mod lines;
mod lines_to_see;
mod options;
mod package;
mod problem;
mod question;
mod read;
mod recognise;
mod report;
mod words;

use std::io::{self, Read};
use std::ops::ControlFlow;

use cell::Amount;
pub use cell::{AmountStyle, DateOrder, Unit};
pub use files::Encoding;
pub use input::Input;
pub use lines_to_see::LinesToSee;
pub use options::{ImportOptions, Retention};
pub use package::{Package, PackageFile, read_package};
pub use problem::{Code, ImportError, Problem, Severity, SkipReason, Skipped};
pub use question::{FileAnswer, RowAsRead, WayToRead};
pub use recognise::{ColumnMap, Field, MappedColumn};
pub use report::{FileReport, Imported, Numbers, Reject, Repair, Sample, ToldNumbers};

use crate::dimension::Date;
use crate::money::Money;

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

/// Whether what fails on this thread is a damaged file, which is refused as such: no fault of the program.
pub fn is_reading_what_may_be_damaged() -> bool {
    read::forgives_faults()
}

/// The amount that a cell states, as a file of this style is read; `None` where it states none.
pub fn amount_in(cell: &str, style: AmountStyle) -> Option<Money> {
    match style.read(files::trimmed(cell)) {
        Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => Some(money),
        Amount::Nil => Some(Money::ZERO),
        Amount::Blank | Amount::Withheld | Amount::Not(_) => None,
    }
}

/// The date that a cell states; `None` where it states none.
pub fn date_in(cell: &str, order: DateOrder) -> Option<Date> {
    let cell = files::trimmed(cell);
    cell::read_date(cell, order).or_else(|| cell::read_serial(cell))
}
