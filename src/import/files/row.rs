//! One row of a table as text cells, the coin of every reader: filled again and again without new memory.

/// One row of a table as text cells; the same one is filled again and again.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Row {
    /// As a spreadsheet numbers it, from 1.
    pub(in crate::import) number: u32,
    text: String,
    ends: Vec<u32>,
    /// A quote that was opened and never closed; it was read as a letter.
    pub(in crate::import) quote_unclosed: bool,
    /// It is not shown where the workbook is opened.
    pub(in crate::import) hidden: bool,
    /// Cells in which a formula adds up those above or below them.
    sums: Vec<u32>,
}

/// More columns than any spreadsheet has; what is beyond is not kept.
pub(super) const MOST_COLUMNS: usize = 16_384;

impl Row {
    pub(in crate::import) fn clear(&mut self, number: u32) {
        self.number = number;
        self.text.clear();
        self.ends.clear();
        self.quote_unclosed = false;
        self.hidden = false;
        self.sums.clear();
    }

    /// Notes that a formula in this cell adds up those above or below it.
    pub(super) fn mark_sum(&mut self, place: u32) {
        self.sums.push(place);
    }

    /// Whether a formula in this cell adds up those above or below it.
    pub(in crate::import) fn is_sum(&self, place: usize) -> bool {
        self.sums.iter().any(|&sum| sum as usize == place)
    }

    /// Puts other cells into the row, which is otherwise as it was.
    pub(super) fn replace_cells<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        self.text.clear();
        self.ends.clear();
        for cell in cells {
            self.push(cell);
        }
    }

    /// The same row with other cells.
    pub(in crate::import) fn with_cells<'c>(&self, cells: impl Iterator<Item = &'c str>) -> Self {
        let mut row = Self { number: self.number, hidden: self.hidden, ..Self::default() };
        for cell in cells {
            row.push(cell);
        }
        row
    }

    pub(super) fn push_text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Takes the formula off a cell that is written as one of its text: `="007"`.
    pub(super) fn unguard(&mut self) {
        let start = self.ends.last().map_or(0, |&end| end as usize);
        let inner = self.text[start..].strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
        if let Some(inner) = inner.map(str::to_owned) {
            self.text.truncate(start);
            self.text.push_str(&inner);
        }
    }

    /// Ends the cell that `push_text` wrote.
    pub(super) fn end_cell(&mut self) {
        if self.ends.len() < MOST_COLUMNS {
            self.ends.push(self.text.len() as u32);
        } else {
            self.text.truncate(self.ends.last().map_or(0, |&end| end as usize));
        }
    }

    pub(in crate::import) fn push(&mut self, cell: &str) {
        self.push_text(cell);
        self.end_cell();
    }

    /// All its cells, one after another.
    pub(in crate::import) fn text(&self) -> &str {
        &self.text
    }

    /// Bytes of all its cells together.
    pub(super) fn text_len(&self) -> usize {
        self.text.len()
    }

    pub(in crate::import) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell without surrounding space; empty beyond the last.
    pub(in crate::import) fn cell(&self, index: usize) -> &str {
        trimmed(self.raw_cell(index))
    }

    pub(in crate::import) fn raw_cell(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start as usize..end as usize]
    }

    pub(in crate::import) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.cell(index))
    }

    pub(in crate::import) fn is_blank(&self) -> bool {
        self.text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
            || self.cells().all(str::is_empty)
    }

    /// How many cells hold something.
    pub(in crate::import) fn filled(&self) -> usize {
        self.cells().filter(|cell| !cell.is_empty()).count()
    }

    /// The filled cells with commas between, cut where it gets long.
    pub(in crate::import) fn summary(&self) -> String {
        let mut text = String::new();
        for cell in self.cells().filter(|cell| !cell.is_empty()) {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200));
            if text.len() > 200 {
                text.push('…');
                break;
            }
        }
        text
    }
}

/// Without surrounding space, no-break space, byte-order marks and zero-width space.
pub(in crate::import) fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) if *first > b' ' && *first < 0x80 && *last > b' ' && *last < 0x80 => text,
        (None, None) => text,
        _ => text.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\0')
        }),
    }
}
