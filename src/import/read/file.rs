//! A file by its kind: text, a workbook, or an archive of one of them.

use std::io::Read as _;

use super::markup::read_markup;
use super::table::Progress;
use super::text::read_text;
use super::workbook::read_workbook;
use crate::import::files::{
    FileKind, HEAD_BYTES, Open, Unpacked, WorkbookFormat, inner_workbook, is_encrypted, kind_of, password,
    unfinished, unpack,
};
use crate::import::input::Input;
use crate::import::options::ImportOptions;
use crate::import::package::not_lines;
use crate::import::problem::{Code, ImportError};
use crate::import::report::Imported;

/// More than any workbook.
const MOST_IN_MEMORY: u64 = 2 << 30;

/// Reads a file in memory.
pub(in crate::import) fn read_file(
    input: Input<'_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    match kind_of(input.name, input.bytes)? {
        FileKind::Text => {
            let open =
                || -> std::io::Result<Box<dyn std::io::Read + Send + '_>> { Ok(Box::new(input.bytes)) };
            read_text(input.name, input.bytes, true, &open, options, progress)
        }
        FileKind::Zip => read_archive(input, options, progress),
        FileKind::Ole2 if is_encrypted(input.bytes) => Err(password(input.name)),
        FileKind::Ole2 => read_workbook(input, WorkbookFormat::Xls, options, progress),
        FileKind::Json => Err(not_lines(input)),
        FileKind::Markup => read_markup(input, options, progress),
    }
}

/// Reads a ZIP archive: a workbook, or the one data file in it.
fn read_archive(
    input: Input<'_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let (name, bytes) = match unpack(input)? {
        Unpacked::Workbook(format) => return read_workbook(input, format, options, progress),
        Unpacked::File { name, bytes } => (name, bytes),
    };
    let inner = Input { name: &name, bytes: &bytes };
    // An archive in an archive may be a workbook, and nothing deeper.
    if bytes.starts_with(b"PK\x03\x04") {
        read_workbook(inner, inner_workbook(inner)?, options, progress)
    } else {
        read_file(inner, options, progress)
    }
}

/// Reads a file block by block where it is text, and in memory where it is not.
pub(in crate::import) fn read_stream(
    name: &str,
    open: Open<'_, '_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let fail = |error: std::io::Error| unfinished(name, &error);
    let mut reader = open().map_err(fail)?;
    let mut head = Vec::new();
    (&mut reader).take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(fail)?;
    let whole = head.len() < HEAD_BYTES;
    if kind_of(name, &head)? == FileKind::Text {
        drop(reader);
        return read_text(name, &head, whole, open, options, progress);
    }
    (&mut reader).take(MOST_IN_MEMORY).read_to_end(&mut head).map_err(fail)?;
    if head.len() as u64 >= MOST_IN_MEMORY {
        return Err(ImportError::refused(
            name,
            Code::FileTooLarge,
            "is larger than a workbook can be; save its table as CSV",
        ));
    }
    read_file(Input { name, bytes: &head }, options, progress)
}
