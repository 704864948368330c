//! Cells as bytes: which are surely amounts, surely filled, surely no totals. Each answer errs on the safe
//! side, since whatever is not sure goes the thorough way.

use memchr::memchr_iter;

use super::dictionary::hash;
use crate::import::cell::plain_units;
use crate::import::files::{Delimited, Encoding, Row, trimmed};

/// What tells a row from others: its bytes without the line end.
pub(super) fn fingerprint(row: &[u8]) -> u64 {
    hash(row.strip_suffix(b"\r").unwrap_or(row))
}

/// An amount in one of its everyday spellings, quoted or not.
pub(super) fn plain_amount(cell: &[u8], pound: Option<u8>, utf_8: bool) -> Option<i64> {
    let inner = match cell {
        [b'"', inner @ .., b'"'] => inner,
        _ => cell,
    };
    // The two bytes that £ is in UTF-8 are letters of their own elsewhere.
    if !utf_8 && inner.contains(&0xC2) {
        return None;
    }
    if let Some(units) = plain_units(inner) {
        return Some(units);
    }
    // £ as one byte: made two for the reader of amounts.
    let pound = pound?;
    let at = inner.iter().take(4).position(|b| *b == pound)?;
    let mut text = [0_u8; 32];
    // What is longer than the buffer is no everyday amount.
    if inner.len() > 30 {
        return None;
    }
    text[..at].copy_from_slice(&inner[..at]);
    text[at..at + 2].copy_from_slice("£".as_bytes());
    text[at + 2..=inner.len()].copy_from_slice(&inner[at + 1..]);
    plain_units(&text[..=inner.len()])
}

/// Whether a cell surely holds something.
pub(super) fn is_plainly_filled(cell: &[u8]) -> bool {
    match cell {
        // Beyond ASCII a byte may be the first of a space that is not one byte long.
        [b'"', second, _, ..] => *second > b' ' && *second < 0x80 && *second != b'"',
        [first, ..] => *first > b' ' && *first < 0x80 && *first != b'"',
        [] => false,
    }
}

/// Whether a cell begins as the labels do that [`total_label`](crate::import::recognise::total_label) knows beside
/// "total": "Number of payments", "Memorandum", "Net budget".
fn begins_like_a_label(cell: &[u8]) -> bool {
    let begins = |word: &[u8]| cell.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match cell.first().map(u8::to_ascii_lowercase) {
        Some(b'n') => begins(b"number") || begins(b"net ") || begins(b"note"),
        Some(b'c') => begins(b"count "),
        Some(b'm') => begins(b"memo"),
        Some(b'g') => begins(b"gross "),
        Some(b'o') => begins(b"of "),
        Some(b'*') => true,
        Some(b'b') => begins(b"budget "),
        Some(b's') => begins(b"source"),
        _ => false,
    }
}

/// Whether the first cell of a row may say "total"; an empty one leaves it to the thorough way.
pub(super) fn might_be_total(cell: &[u8]) -> bool {
    match cell.first() {
        None | Some(b' ' | b'"') => {
            cell.len() < 3
                || cell.windows(4).any(|four| four.eq_ignore_ascii_case(b"otal"))
                || cell.starts_with(b"\" ")
                || begins_like_a_label(&cell[1..])
        }
        // "20…" years, codes and numbers are no totals.
        Some(b'0'..=b'9') if cell.len() <= 10 => false,
        Some(_) => {
            begins_like_a_label(cell)
                || memchr_iter(b'o', cell)
                    .chain(memchr_iter(b'O', cell))
                    // By "otal", as the "t" before it may be of either case and the second letter is rarer
                    // than the first.
                    .any(|at| cell.get(at..at + 4).is_some_and(|four| four.eq_ignore_ascii_case(b"otal")))
        }
    }
}

/// Where the word of a label ends a cell that says no more than "Total", "Grand total", "Sub-totals:": before it stands
/// no more than so many letters. In order; other places may be among them, as the thorough way looks again.
pub(super) fn find_labels(block: &[u8], delimiter: u8, found: &mut Vec<usize>) {
    found.clear();
    let ends_cell = |at: usize| {
        let rest = &block[at..];
        let rest = rest.strip_prefix(b"s").or_else(|| rest.strip_prefix(b"S")).unwrap_or(rest);
        match rest.iter().find(|b| **b != b' ') {
            Some(b) => *b == delimiter || matches!(b, b'"' | b'\r' | b'\n' | b':' | b'.'),
            None => true,
        }
    };
    for word in [&b"otal"[..], b"OTAL"] {
        found.extend(memchr::memmem::find_iter(block, word).filter(|at| ends_cell(at + 4)));
    }
    found.sort_unstable();
}

/// The text of a cell as the thorough way has it: without quotation marks, decoded, trimmed.
pub(super) fn cell_text(cell: &[u8], encoding: Encoding) -> String {
    if !cell.starts_with(b"\"")
        && let Ok(text) = std::str::from_utf8(cell)
        && (encoding.is_utf_8() || text.is_ascii())
    {
        return trimmed(text).to_owned();
    }
    let mut row = Row::default();
    // A byte that stands in no text as delimiter: the cell is one cell whatever it holds.
    row_of(cell, b'\0', encoding, 1, &mut row);
    row.cell(0).to_owned()
}

/// A row of the block as the thorough way has it.
pub(super) fn row_of(bytes: &[u8], delimiter: u8, encoding: Encoding, number: u32, row: &mut Row) {
    let mut text = String::with_capacity(bytes.len() + 8);
    encoding.decoder().decode(bytes, &mut text, true);
    let mut reader = Delimited::of_text(text, delimiter);
    if !reader.next(row) {
        row.clear(number);
        row.push("");
    }
    row.number = number;
}
