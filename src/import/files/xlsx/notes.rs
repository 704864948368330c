//! What a sheet says besides its cells: cells merged down, columns that are only shown in thousands; and which formulas add
//! up the cells above or below them.

use std::collections::BTreeSet;

/// More merged cells than these are decoration.
const MOST_MERGED: usize = 20_000;

/// What a sheet says besides its cells.
#[derive(Clone, Debug, Default)]
pub(in crate::import::files) struct SheetNotes {
    /// Cells merged down a column: it, the first row and the last, from 0.
    pub(in crate::import::files) merged_down: Vec<(u32, u32, u32)>,
    /// Columns with numbers that are shown in thousands or millions.
    pub(in crate::import::files) scaled: BTreeSet<u32>,
}

impl SheetNotes {
    /// Notes a range of merged cells: `A2:A4`.
    pub(super) fn merge(&mut self, range: &[u8]) {
        let Some(Range { top, bottom, left, right }) = range_in(range) else { return };
        if bottom > top && left == right && self.merged_down.len() < MOST_MERGED {
            self.merged_down.push((left, top, bottom));
        }
    }
}

struct Range {
    top: u32,
    bottom: u32,
    left: u32,
    right: u32,
}

fn range_in(text: &[u8]) -> Option<Range> {
    let at = text.iter().position(|b| *b == b':')?;
    let ((top, left), (bottom, right)) = (cell_in(&text[..at])?, cell_in(&text[at + 1..])?);
    Some(Range { top, bottom, left, right })
}

/// `$B$7` as row 6 and column 1, from 0.
fn cell_in(text: &[u8]) -> Option<(u32, u32)> {
    let plain: Vec<u8> = text.iter().copied().filter(|b| *b != b'$').collect();
    let letters = plain.iter().take_while(|b| b.is_ascii_uppercase()).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let column = plain[..letters].iter().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    let row: u32 = std::str::from_utf8(&plain[letters..]).ok()?.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// Whether a formula adds up cells of its own column, above it or below: `SUM(D2:D9)`, `SUBTOTAL(9,D2:D9)`.
pub(in crate::import::files) fn adds_up_column(formula: &[u8], (row, column): (u32, u32)) -> bool {
    let formula = formula.strip_prefix(b"=").unwrap_or(formula);
    let inside = formula
        .strip_prefix(b"SUM(")
        .or_else(|| formula.strip_prefix(b"SUBTOTAL(9,"))
        .or_else(|| formula.strip_prefix(b"SUBTOTAL(109,"))
        .and_then(|inside| inside.strip_suffix(b")"));
    let Some(inside) = inside else { return false };
    inside.split(|b| *b == b',').all(|part| {
        range_in(part).is_some_and(|Range { top, bottom, left, right }| {
            left == column && right == column && bottom > top && !(top..=bottom).contains(&row)
        })
    })
}

/// Whether a format shows numbers in thousands or millions: a comma after the last digit.
pub(super) fn is_scaled(format: &str) -> bool {
    let first = format.split(';').next().unwrap_or("");
    let mut quoted = false;
    let mut after_digit = false;
    let mut scaled = false;
    for c in first.chars() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '0' | '#' | '?' => (after_digit, scaled) = (true, false),
            ',' if after_digit => scaled = true,
            // "0.0," too: the comma comes after the decimals.
            '.' => {}
            _ => after_digit = false,
        }
    }
    scaled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_a_column_are_told_from_other_formulas() {
        for (formula, is_sum) in [
            ("SUM(D2:D5)", true),
            ("SUM($D$2:$D$5)", true),
            ("SUBTOTAL(9,D2:D5)", true),
            ("SUM(D8:D9)", true),
            ("SUM(A7:C7)", false),
            ("SUM(D2:D9)", false),
            ("D2+D3", false),
            ("SUM(D2)", false),
            ("AVERAGE(D2:D5)", false),
        ] {
            assert_eq!(adds_up_column(formula.as_bytes(), (6, 3)), is_sum, "{formula}");
        }
    }

    #[test]
    fn formats_in_thousands_end_with_a_comma() {
        for format in ["#,##0,", "\"£\"#,##0.0,,\"m\"", "0,"] {
            assert!(is_scaled(format), "{format}");
        }
        for format in ["#,##0", "#,##0.00;(#,##0.00)", "General", "dd/mm/yyyy", "0.00"] {
            assert!(!is_scaled(format), "{format}");
        }
    }
}
