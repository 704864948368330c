//! How a delimited file is written, found from its beginning: what parts its cells and its lines.

use memchr::{memchr, memmem};

use super::csv::Delimited;
use super::encoding::Encoding;
use super::row::Row;

/// Titles and notes are outvoted by so many rows, and a file need not be read for it.
const MOST_ROWS: usize = 200;

/// How a delimited file is written, found from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct Dialect {
    pub(in crate::import) delimiter: u8,
    pub(in crate::import) carriage_returns: bool,
    /// Cells are written as formulas of their text: `="007"`.
    pub(in crate::import) guarded: bool,
}

impl Dialect {
    /// The delimiter that gives the most rows of the same number of cells.
    pub(in crate::import) fn guess(text: &str) -> Self {
        let carriage_returns = !text.contains('\n') && text.contains('\r');
        let found: Vec<(u8, Evenness)> = [b',', b'\t', b';', b'|']
            .into_iter()
            .map(|delimiter| (delimiter, evenness(text, delimiter, carriage_returns)))
            .collect();
        let most = found.iter().max_by_key(|(delimiter, even)| (even.cells, *delimiter == b','));
        // A list parts its headings as it does its rows; what parts the rows alone stands in their words.
        let better = most.and_then(|(_, most)| {
            found.iter().find(|(_, even)| {
                even.cells * 4 >= most.cells && even.rows >= most.rows && even.first < most.first
            })
        });
        let delimiter = better.or(most).map_or(b',', |(delimiter, _)| *delimiter);
        Self { delimiter, carriage_returns, guarded: is_guarded(text) }
    }

    pub(in crate::import) fn name(self) -> &'static str {
        match self.delimiter {
            b'\t' => "tsv",
            _ => "csv",
        }
    }
}

/// Whether several cells are written as formulas of their text.
fn is_guarded(text: &str) -> bool {
    let begins = |at: usize| {
        let before = text.as_bytes()[..at].last();
        before.is_none_or(|b| matches!(b, b',' | b'\t' | b';' | b'|' | b'\n' | b'\r' | b'"'))
    };
    memmem::find_iter(text.as_bytes(), "=\"").filter(|at| begins(*at)).nth(1).is_some()
}

/// How evenly a delimiter parts a text.
#[derive(Clone, Copy, Debug, Default)]
struct Evenness {
    /// Cells beyond the first in rows of the commonest width of two or more.
    cells: usize,
    /// These rows.
    rows: usize,
    /// The first of them.
    first: usize,
}

fn evenness(text: &str, delimiter: u8, carriage_returns: bool) -> Evenness {
    if memchr(delimiter, text.as_bytes()).is_none() {
        return Evenness::default();
    }
    let mut rows = Delimited::new(text.as_bytes(), Encoding::UTF_8, delimiter, carriage_returns);
    let mut row = Row::default();
    let mut widths: Vec<(usize, usize)> = Vec::new();
    while widths.len() < MOST_ROWS && rows.next(&mut row) {
        if !row.is_blank() && row.len() > 1 {
            widths.push((row.len(), row.number as usize));
        }
    }
    widths.sort_unstable();
    // More cells are more of a sign, up to a width that no list has: a comma in every word is none.
    let same = widths.chunk_by(|a, b| a.0 == b.0);
    same.max_by_key(|same| same.len() * (same[0].0 - 1).min(60)).map_or_else(Evenness::default, |same| {
        Evenness { cells: same.len() * (same[0].0 - 1).min(60), rows: same.len(), first: same[0].1 }
    })
}
