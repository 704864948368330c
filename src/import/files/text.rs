//! Delimited text as a table, wherever its bytes come from.

use std::io::Read;

use super::csv::Delimited;
use super::dialect::Dialect;
use super::encoding::Encoding;
use super::fixed_width::{columns_of, split};
use super::refused::unfinished;
use super::row::Row;
use super::table::{RowSink, Table};
use crate::import::problem::ImportError;

/// Bytes from which the encoding and the delimiter are guessed.
pub(in crate::import) const HEAD_BYTES: usize = 1 << 20;

/// Opens a file from its beginning, as often as it must be read.
pub(in crate::import) type Open<'o, 'r> =
    &'o (dyn Fn() -> std::io::Result<Box<dyn Read + Send + 'r>> + Sync + 'o);

/// Delimited text, with how it is written.
pub(in crate::import) struct TextTable<'a, 'r> {
    file: &'a str,
    open: Open<'a, 'r>,
    /// The beginning, or all of it.
    head: &'a [u8],
    whole: bool,
    pub(in crate::import) encoding: Encoding,
    pub(in crate::import) dialect: Dialect,
    /// Where the cells of a report of fixed width begin.
    fixed: Option<Vec<usize>>,
    /// Some bytes stood for no letter.
    pub(in crate::import) damaged: bool,
}

impl<'a, 'r> TextTable<'a, 'r> {
    /// The text of which `head` is the beginning, or all of it where it is `whole`; in the encoding `said`, or else in
    /// the one that the bytes suggest.
    pub(in crate::import) fn new(
        file: &'a str,
        head: &'a [u8],
        whole: bool,
        open: Open<'a, 'r>,
        said: Option<Encoding>,
    ) -> Self {
        let encoding = said.unwrap_or_else(|| Encoding::guess(head, whole));
        let first = &head[..head.len().min(HEAD_BYTES)];
        let mut text = String::new();
        encoding.decoder().decode(first, &mut text, whole && first.len() == head.len());
        let dialect = Dialect::guess(&text);
        let fixed = columns_of(&text, dialect.delimiter);
        Self { file, open, head, whole, encoding, dialect, fixed, damaged: false }
    }

    /// Its bytes from the first on.
    pub(in crate::import) fn opened(&self) -> Result<Box<dyn Read + Send + 'r>, ImportError> {
        (self.open)().map_err(|error| self.unfinished(&error))
    }

    /// What is said where its bytes end in a failure.
    pub(in crate::import) fn unfinished(&self, error: &std::io::Error) -> ImportError {
        unfinished(self.file, error)
    }

    /// Whether its cells stand in columns of fixed width.
    pub(in crate::import) fn is_fixed_width(&self) -> bool {
        self.fixed.is_some()
    }

    /// How many bytes it has, where all of them are at hand.
    pub(in crate::import) fn known_length(&self) -> Option<usize> {
        self.whole.then_some(self.head.len())
    }

    fn rows_of(&mut self, reader: impl Read, take: &mut RowSink<'_>) -> Result<(), ImportError> {
        // Nothing stands between the cells of fixed width, and no text holds the letter nought.
        let delimiter = if self.fixed.is_some() { b'\0' } else { self.dialect.delimiter };
        let mut rows = Delimited::new(reader, self.encoding, delimiter, self.dialect.carriage_returns)
            .with_guards(self.dialect.guarded);
        let mut row = Row::default();
        while rows.next(&mut row) {
            let split = self.fixed.as_ref().map(|starts| split(&row, starts));
            if take(split.as_ref().unwrap_or(&row)).is_break() {
                break;
            }
        }
        self.damaged |= rows.damaged;
        rows.failed.take().map_or(Ok(()), |error| Err(self.unfinished(&error)))
    }
}

impl Table for TextTable<'_, '_> {
    fn each_row(&mut self, take: &mut RowSink<'_>) -> Result<(), ImportError> {
        let reader = self.opened()?;
        self.rows_of(reader, take)
    }

    fn each_first_row(&mut self, take: &mut RowSink<'_>) -> Result<(), ImportError> {
        if self.whole {
            return self.rows_of(self.head, take);
        }
        // The last row of the beginning may be cut.
        let end = memchr::memrchr(b'\n', self.head).map_or(self.head.len(), |at| at + 1);
        let damaged = self.damaged;
        let result = self.rows_of(&self.head[..end], take);
        self.damaged = damaged;
        result
    }
}
