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
            damaged: false,
            failed: None,
        }
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
            }
            let rest = &bytes[at..];
            let Some(length) = memchr2(self.delimiter, b'\n', rest) else {
                if !self.ended {
                    return Attempt::Cut;
                }
                row.push_text(without_return(&self.text[at..]));
                row.end_cell();
                self.at = self.text.len();
                return Attempt::Done;
            };
            let cell = &self.text[at..at + length];
            at += length + 1;
            if rest[length] == b'\n' {
                row.push_text(without_return(cell));
                row.end_cell();
                self.at = at;
                return Attempt::Done;
            }
            row.push_text(cell);
            row.end_cell();
        }
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

/// How a delimited file is written, found from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct Dialect {
    pub(in crate::import) delimiter: u8,
    pub(in crate::import) carriage_returns: bool,
}

impl Dialect {
    /// The delimiter that gives the most rows of the same number of cells.
    pub(in crate::import) fn guess(text: &str) -> Self {
        let carriage_returns = !text.contains('\n') && text.contains('\r');
        let delimiter = [b',', b'\t', b';', b'|']
            .into_iter()
            .map(|delimiter| (evenness(text, delimiter, carriage_returns), delimiter))
            .max_by_key(|(evenness, delimiter)| (*evenness, *delimiter == b','))
            .map_or(b',', |(_, delimiter)| delimiter);
        Self { delimiter, carriage_returns }
    }

    pub(in crate::import) fn name(self) -> &'static str {
        match self.delimiter {
            b'\t' => "tsv",
            _ => "csv",
        }
    }
}

/// How many cells stand in rows of the commonest width of two or more.
fn evenness(text: &str, delimiter: u8, carriage_returns: bool) -> usize {
    if memchr(delimiter, text.as_bytes()).is_none() {
        return 0;
    }
    let mut rows = Delimited::new(text.as_bytes(), Encoding::UTF_8, delimiter, carriage_returns);
    let mut row = Row::default();
    let mut widths: Vec<usize> = Vec::new();
    // Titles and notes are outvoted by so many rows, and a file need not be read for it.
    while widths.len() < 200 && rows.next(&mut row) {
        if !row.is_blank() && row.len() > 1 {
            widths.push(row.len());
        }
    }
    widths.sort_unstable();
    // More cells are more of a sign, up to a width that no list has: a comma in every word is none.
    widths.chunk_by(|a, b| a == b).map(|same| same.len() * (same[0] - 1).min(60)).max().unwrap_or(0)
}
