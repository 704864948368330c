//! What a file is by its first bytes, never by its ending; what can hold no spending is refused with the way
//! out.

use super::markup::holds_table;
use crate::import::problem::{Code, ImportError};

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum FileKind {
    Text,
    /// A ZIP archive: a modern workbook, or data files.
    Zip,
    /// OLE2, a file system in a file: Excel before 2007, or a modern workbook behind a password.
    Ole2,
    /// A Fiscal Data Package's descriptor.
    Json,
    /// A table in HTML or XML.
    Markup,
}

/// The kinds of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum WorkbookFormat {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

/// Within so many bytes a table in a marked-up text begins.
const MARKUP_BYTES: usize = 256 * 1024;

/// Tells what the bytes are, or refuses kindly what can never hold lines of spending.
pub(in crate::import) fn kind_of(name: &str, bytes: &[u8]) -> Result<FileKind, ImportError> {
    let refuse = |code, what: &str| Err(ImportError::refused(name, code, what));
    let start = &bytes[..bytes.len().min(4096)];
    if bytes.is_empty() {
        return refuse(Code::FileEmpty, "is empty; export it again, or choose another file");
    }
    if bytes.iter().take(1 << 20).all(|b| b.is_ascii_whitespace() || *b == 0) {
        return refuse(
            Code::FileEmpty,
            "holds nothing but blank space; export it again, or choose another file",
        );
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Ok(FileKind::Zip);
    }
    if start.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Ok(FileKind::Ole2);
    }
    for (mark, what) in [
        (&b"%PDF"[..], "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"Rar!", "a RAR archive"),
        (b"7z\xBC\xAF", "a 7-Zip archive"),
        (b"{\\rtf", "a text document"),
        (b"SQLite format 3", "a database"),
        (b"PAR1", "a Parquet file"),
        (b"MZ", "a program"),
        (b"\x7FELF", "a program"),
    ] {
        if start.starts_with(mark) {
            return refuse(
                Code::FileBinary,
                &format!("is {what}, not a table; export the figures as CSV or as an Excel workbook"),
            );
        }
    }
    let text = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if text.starts_with('<') && {
        let more = String::from_utf8_lossy(&bytes[..bytes.len().min(MARKUP_BYTES)]).to_lowercase();
        holds_table(&more)
    } {
        return Ok(FileKind::Markup);
    }
    if text.starts_with("<!doctype html")
        || text.starts_with("<html")
        || text.starts_with("<head")
        || text.starts_with("<body")
    {
        return refuse(
            Code::FileWebPage,
            "is a web page, not a table: most likely an error page saved in the file's place; download the file again",
        );
    }
    if text.starts_with("<?xml")
        || text.starts_with("<workbook")
        || text.starts_with("<table")
        || text.starts_with("<!--")
    {
        return refuse(
            Code::FileWebPage,
            "is written in XML or HTML, not as a table; open it in a spreadsheet and save it as an Excel workbook or CSV",
        );
    }
    if text.starts_with("mime-version:") {
        return refuse(
            Code::FileWebPage,
            "is a saved web archive; open it in a spreadsheet and save it as CSV",
        );
    }
    if text.starts_with('{') || text.starts_with('[') {
        return Ok(FileKind::Json);
    }
    if is_binary(start) {
        return refuse(
            Code::FileBinary,
            "is not text and not a workbook that can be read; export the figures as CSV or as an Excel workbook",
        );
    }
    // In UTF-16 the byte of a line end stands among others, and is found as well.
    if bytes.len() >= LONGEST_LINE && memchr::memchr2(b'\n', b'\r', &bytes[..LONGEST_LINE]).is_none() {
        return refuse(
            Code::FileBinary,
            "has no line end in all of its first megabyte, as no table has; export the figures as CSV or as an Excel workbook",
        );
    }
    Ok(FileKind::Text)
}

/// A first line longer than this is none: the widest tables have headings of some kilobytes.
const LONGEST_LINE: usize = 1 << 20;

/// Control characters that no text has, in more than one place of a hundred; UTF-16 is text.
fn is_binary(start: &[u8]) -> bool {
    let guessed = super::encoding::Encoding::guess(start, false).name();
    if guessed.starts_with("utf-16") {
        return false;
    }
    let control =
        start.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A)).count();
    control * 100 > start.len() && control > 1
}
