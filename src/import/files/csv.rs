//! Delimited text to rows, block by block: quoted cells, line ends of every kind, and a stray quotation mark
//! that must not swallow the rest of a file.

use std::io::Read;

use memchr::{memchr, memchr2};

use super::encoding::{Encoding, TextDecoder};
use super::row::Row;

/// Bytes read at a time.
// Some thousand rows: soon decoded, and large enough that asking the disk costs nothing beside it.
const BLOCK: usize = 256 * 1024;
/// A quoted cell longer than this was opened by a stray quotation mark.
// Four times what a spreadsheet's cell can hold.
const LONGEST_QUOTED: usize = 128 * 1024;

/// The rows of delimited text, read in blocks, so that a file of any size takes little memory.
pub(in crate::import) struct Delimited<'a> {
    reader: Box<dyn Read + 'a>,
    decoder: TextDecoder,
    delimiter: u8,
    /// Lines end with a carriage return alone, as on old Macs.
    carriage_returns: bool,
    block: Vec<u8>,
    text: String,
    /// Where the next row starts in `text`.
    at: usize,
    ended: bool,
    rows: u32,
    /// Cells may be written as formulas of their text: `="007"`.
    guarded: bool,
    /// Bytes that stood for no letter were met.
    pub(in crate::import) damaged: bool,
    /// What the reader said when it failed.
    pub(in crate::import) failed: Option<std::io::Error>,
}

/// What became of an attempt to read a row.
enum Attempt {
    Done,
    /// The row goes on beyond what has been read.
    Cut,
}

impl<'a> Delimited<'a> {
    pub(in crate::import) fn new(
        reader: impl Read + 'a,
        encoding: Encoding,
        delimiter: u8,
        carriage_returns: bool,
    ) -> Self {
        Self {
            reader: Box::new(reader),
            decoder: encoding.decoder(),
            delimiter,
            carriage_returns,
            block: Vec::new(),
            text: String::new(),
            at: 0,
            ended: false,
            rows: 0,
            guarded: false,
            damaged: false,
            failed: None,
        }
    }

    /// The same rows, where cells may be written as formulas of their text.
    pub(in crate::import) fn with_guards(self, guarded: bool) -> Self {
        Self { guarded, ..self }
    }

    /// The rows of a text at hand.
    pub(in crate::import) fn of_text(text: String, delimiter: u8) -> Self {
        Self { text, ended: true, ..Self::new(std::io::empty(), Encoding::UTF_8, delimiter, false) }
    }

    /// Reads the next row into `row`; `false` after the last.
    pub(in crate::import) fn next(&mut self, row: &mut Row) -> bool {
        loop {
            if self.at == self.text.len() && self.ended {
                return false;
            }
            if self.at < self.text.len() {
                row.clear(self.rows + 1);
                let start = self.at;
                if let Attempt::Done = self.read_row(row) {
                    self.rows += 1;
                    return true;
                }
                self.at = start;
            }
            self.read_block();
        }
    }

    fn read_block(&mut self) {
        self.text.drain(..self.at);
        self.at = 0;
        // A row that is longer than a block is met with blocks twice as long, so that it is not read too often.
        let wanted = BLOCK.max(self.text.len());
        self.block.resize(wanted, 0);
        let mut filled = 0;
        while filled < wanted {
            match self.reader.read(&mut self.block[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failed = Some(error);
                    self.ended = true;
                    break;
                }
            }
        }
        let from = self.text.len();
        self.damaged |= self.decoder.decode(&self.block[..filled], &mut self.text, self.ended);
        if self.carriage_returns {
            let new = self.text.split_off(from).replace('\r', "\n");
            self.text.push_str(&new);
        }
    }

    fn read_row(&mut self, row: &mut Row) -> Attempt {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            // One cell: quoted or not.
            if bytes.get(at) == Some(&b'"') {
                match self.quoted_end(at) {
                    Quoted::Ends(end) => {
                        push_unquoted(row, &self.text[at + 1..end]);
                        at = end + 1;
                    }
                    Quoted::Never => row.quote_unclosed = true,
                    Quoted::Cut => return Attempt::Cut,
                }
            } else if self.guarded && bytes[at..].starts_with(b"=\"") {
                match self.quoted_end(at + 1) {
                    Quoted::Ends(end) => {
                        row.push_text("=\"");
                        push_unquoted(row, &self.text[at + 2..end]);
                        row.push_text("\"");
                        at = end + 1;
                    }
                    Quoted::Never => {}
                    Quoted::Cut => return Attempt::Cut,
                }
            }
            let rest = &bytes[at..];
            let Some(length) = memchr2(self.delimiter, b'\n', rest) else {
                if !self.ended {
                    return Attempt::Cut;
                }
                row.push_text(without_return(&self.text[at..]));
                self.end_cell(row);
                self.at = self.text.len();
                return Attempt::Done;
            };
            let cell = &self.text[at..at + length];
            at += length + 1;
            if rest[length] == b'\n' {
                row.push_text(without_return(cell));
                self.end_cell(row);
                self.at = at;
                return Attempt::Done;
            }
            row.push_text(cell);
            self.end_cell(row);
        }
    }

    fn end_cell(&self, row: &mut Row) {
        if self.guarded {
            row.unguard();
        }
        row.end_cell();
    }

    /// Where the cell that opens with a quotation mark at `start` closes.
    fn quoted_end(&self, start: usize) -> Quoted {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while let Some(next) = memchr(b'"', &bytes[at..]) {
            at += next;
            if at - start > LONGEST_QUOTED {
                return Quoted::Never;
            }
            match bytes.get(at + 1) {
                Some(b'"') => at += 2,
                None if !self.ended => return Quoted::Cut,
                _ => return Quoted::Ends(at),
            }
        }
        if self.ended || bytes.len() - start > LONGEST_QUOTED { Quoted::Never } else { Quoted::Cut }
    }
}

enum Quoted {
    Ends(usize),
    Never,
    Cut,
}

fn push_unquoted(row: &mut Row, inner: &str) {
    let mut rest = inner;
    while let Some(at) = memchr(b'"', rest.as_bytes()) {
        row.push_text(&rest[..=at]);
        rest = rest.get(at + 2..).unwrap_or("");
    }
    row.push_text(rest);
}

fn without_return(text: &str) -> &str {
    text.strip_suffix('\r').unwrap_or(text)
}
