//! Reports of fixed width: cells that stand below each other with spaces between, and nothing else that parts them.

use super::row::Row;

/// Lines that are looked at.
const MOST_LINES: usize = 300;
/// Fewer lines show no columns.
const FEWEST_LINES: usize = 3;

/// Where the cells of a report of fixed width begin, in letters; `None` where the text is none.
pub(super) fn columns_of(text: &str, delimiter: u8) -> Option<Vec<usize>> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim_end)
        .filter(|line| line.chars().any(char::is_alphanumeric))
        .take(MOST_LINES)
        .collect();
    let body: Vec<Vec<char>> = lines
        .iter()
        .filter(|line| !line.contains('\t') && gaps(line) >= 2)
        .map(|line| line.chars().collect())
        .collect();
    let headings = body.first()?;
    // Headings that are parted otherwise are those of another kind of text.
    let is_parted = headings.contains(&char::from(delimiter));
    if body.len() < FEWEST_LINES || body.len() * 10 < lines.len() * 6 || is_parted {
        return None;
    }
    let width = body.iter().map(Vec::len).max()?;
    let is_blank = |at: usize| body.iter().all(|line| line.get(at).is_none_or(|c| c.is_whitespace()));
    let mut starts = Vec::new();
    let mut blank = 2;
    for at in 0..width {
        if is_blank(at) {
            blank += 1;
        } else {
            if blank >= 2 {
                starts.push(at);
            }
            blank = 0;
        }
    }
    (starts.len() >= 3).then_some(starts)
}

/// How many times two spaces and more part words.
fn gaps(line: &str) -> usize {
    let line = line.trim();
    line.split("  ").filter(|part| !part.trim().is_empty()).count().saturating_sub(1)
}

/// A line as the cells that begin at `starts`.
pub(super) fn split(line: &Row, starts: &[usize]) -> Row {
    let letters: Vec<char> = line.raw_cell(0).chars().collect();
    let cells: Vec<String> = starts
        .iter()
        .enumerate()
        .map(|(index, &start)| {
            let start = if index == 0 { 0 } else { start };
            let end = starts.get(index + 1).copied().unwrap_or(letters.len());
            letters.get(start..end.min(letters.len())).unwrap_or(&[]).iter().collect()
        })
        .collect();
    line.with_cells(cells.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let text = "Date        Supplier      Amount\n01/05/2024  Firm 0 Ltd    1,000.10\n02/05/2024  Firm 10 Ltd      50.00\n";
        assert_eq!(columns_of(text, b','), Some(vec![0, 12, 26]));
        assert_eq!(columns_of("Date,Supplier,Amount\n01/05/2024,A  B  C,5.00\n", b','), None);
        assert_eq!(columns_of("Report of payments\n\nAll of them\n", b','), None);
    }
}
