//! Lines of a large place in a file beside its own: tidy CSV, written and read row by row, so that neither takes
//! memory beyond that of the ledger itself.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::ron_text::PlaceFileError;
use super::spelled::{nearest_known, spell};
use crate::dimension::{Agency, Date, Dimension, NameId};
use crate::ledger::{
    AmountRange, DateId, Ledger, LedgerBuilder, LineId, Source, SourceId, TidyRows, tidy_headings,
    tidy_headings_of, unguarded,
};
use crate::money::Money;

/// A place of more lines has them in a file of their own.
///
/// Fifty thousand are 10 MB of text: more is too long to be mailed, and to be looked through for what has changed;
/// less is opened and saved within a fifth of a second as it is.
pub const MOST_LINES_INLINE: usize = 50_000;

/// About as many bytes as are handed on at a time.
const BLOCK: usize = 256 << 10;

/// The longest row that is read. A cell of a workbook holds 32,767 letters at most.
const LONGEST_ROW: usize = 16 << 20;

/// The file that holds a place's lines, as the place's own file names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinesFile {
    /// From the folder of the place, with `/` between folders.
    pub file: String,
    /// The SHA-256 of what it holds.
    pub hash: String,
    pub lines: u64,
}

/// Writes all lines of a ledger as tidy CSV.
///
/// # Errors
/// When `out` takes no more.
pub fn write_lines(ledger: &Ledger, out: &mut dyn Write) -> io::Result<()> {
    let mut block = tidy_headings_of(ledger).join(",");
    block.push('\n');
    let rows = TidyRows::of(ledger);
    for line in (0..ledger.len() as u32).map(LineId) {
        rows.push(&mut block, line);
        block.push('\n');
        if block.len() >= BLOCK {
            out.write_all(block.as_bytes())?;
            block.clear();
        }
    }
    out.write_all(block.as_bytes())
}

/// Reads lines that were written by [`write_lines`], of a place with these sources and agencies.
///
/// # Errors
/// When a row is not as it would be written, or names what the place does not know.
pub(super) fn read_lines(
    mut input: impl BufRead,
    sources: &[Source],
    agencies: &[Agency],
) -> Result<Ledger, PlaceFileError> {
    let mut row = Vec::new();
    read_row(&mut input, &mut row, 1)?;
    let columns = columns_of(&row).map_err(|what| wrong_row(1, &what))?;
    let mut reader = LinesReader::new(columns, sources, agencies);
    let mut number = 1;
    while read_row(&mut input, &mut row, number + 1)? {
        number += 1;
        reader.take(&row).map_err(|what| wrong_row(number, &what))?;
    }
    reader.lines.set_sectors(agencies);
    Ok(reader.lines.finish())
}

/// What a column of a file of lines holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TidyColumn {
    Name(Dimension),
    Amount,
    Description,
    Date,
    Source,
    Row,
    Low,
    High,
}

/// The columns by their headings. A file of an earlier version has fewer, and may have them in another order.
fn columns_of(heading: &[u8]) -> Result<Vec<TidyColumn>, String> {
    let heading = std::str::from_utf8(heading).map_err(|_| "it is not text in UTF-8".to_owned())?;
    let column = |name: &str| match name {
        "amount" => Ok(TidyColumn::Amount),
        "description" => Ok(TidyColumn::Description),
        "date" => Ok(TidyColumn::Date),
        "source" => Ok(TidyColumn::Source),
        "row" => Ok(TidyColumn::Row),
        "low" => Ok(TidyColumn::Low),
        "high" => Ok(TidyColumn::High),
        name => {
            let known = Dimension::ALL.into_iter().find(|dimension| dimension.key() == name);
            let expected =
                || format!("\"{name}\" is no heading of a file of lines: {}", tidy_headings().join(","));
            known.map(TidyColumn::Name).ok_or_else(expected)
        }
    };
    let columns: Vec<TidyColumn> = heading.split(',').map(column).collect::<Result<_, _>>()?;
    let is_twice = |(index, column): (usize, &TidyColumn)| columns[..index].contains(column);
    if columns.iter().enumerate().any(is_twice) || !columns.contains(&TidyColumn::Amount) {
        return Err("each heading belongs here once, and amount among them".to_owned());
    }
    Ok(columns)
}

fn wrong_row(row: u64, what: &str) -> PlaceFileError {
    PlaceFileError::Content(format!("row {row}: {what}"))
}

/// Takes the next row without what ends it; false at the end. A line's end between quotes belongs to the row.
fn read_row(input: &mut impl BufRead, row: &mut Vec<u8>, number: u64) -> Result<bool, PlaceFileError> {
    row.clear();
    loop {
        let count = input
            .read_until(b'\n', row)
            .map_err(|error| wrong_row(number, &format!("it could not be read ({error})")))?;
        let is_whole = memchr::memchr_iter(b'"', row).count().is_multiple_of(2);
        match (count, is_whole) {
            (0, true) => return Ok(!row.is_empty()),
            (0, false) => return Err(wrong_row(number, "a quotation mark is missing at its end")),
            (_, true) if row.last() == Some(&b'\n') => {
                row.pop();
                return Ok(true);
            }
            _ if row.len() > LONGEST_ROW => {
                return Err(wrong_row(number, "it is longer than any row of spending"));
            }
            _ => {}
        }
    }
}

/// A column of names, dates or sources: what its cells stand for, so that each is looked at once.
#[derive(Default)]
struct CellIds {
    ids: FxHashMap<Box<[u8]>, u32>,
    /// The cell of the row before, which most often is that of the next one too.
    last: Vec<u8>,
    last_id: u32,
}

impl CellIds {
    fn id(&mut self, cell: &[u8], read: impl FnOnce(&[u8]) -> Result<u32, String>) -> Result<u32, String> {
        if cell == self.last {
            return Ok(self.last_id);
        }
        let id = if let Some(&id) = self.ids.get(cell) {
            id
        } else {
            let id = read(cell)?;
            self.ids.insert(cell.into(), id);
            id
        };
        cell.clone_into(&mut self.last);
        self.last_id = id;
        Ok(id)
    }
}

struct LinesReader<'a> {
    columns: Vec<TidyColumn>,
    lines: LedgerBuilder,
    names: [CellIds; Dimension::COUNT],
    dates: CellIds,
    /// The source's number plus one.
    sources: CellIds,
    known_sources: &'a [Source],
    agencies: &'a [Agency],
}

impl<'a> LinesReader<'a> {
    fn new(columns: Vec<TidyColumn>, sources: &'a [Source], agencies: &'a [Agency]) -> Self {
        let mut lines = Ledger::builder();
        for source in sources {
            lines.add_source(source.clone());
        }
        Self {
            columns,
            lines,
            names: Default::default(),
            dates: CellIds::default(),
            sources: CellIds::default(),
            known_sources: sources,
            agencies,
        }
    }

    fn take(&mut self, row: &[u8]) -> Result<(), String> {
        let mut cells = RowCells { rest: Some(row) };
        let mut line = RowIds::default();
        for at in 0..self.columns.len() {
            let column = self.columns[at];
            let cell = cells.next().ok_or_else(|| format!("it has {at} of {} cells", self.columns.len()))?;
            self.take_cell(column, cell, &mut line)?;
        }
        if cells.rest.is_some() {
            return Err("it has more cells than there are headings".to_owned());
        }
        let source = line.source.checked_sub(1).map(|source| SourceId(source as u16));
        self.lines.push_ids(line.amount, line.names, line.description, line.date, source, line.row);
        if line.low.is_some() || line.high.is_some() {
            let or_amount = |side: Option<Money>| side.unwrap_or(line.amount);
            let range = AmountRange { low: or_amount(line.low), high: or_amount(line.high) };
            range.wrong_for(line.amount).map_or(Ok(()), Err)?;
            self.lines.set_range_of_last(range);
        }
        Ok(())
    }

    fn take_cell(&mut self, column: TidyColumn, cell: &[u8], line: &mut RowIds) -> Result<(), String> {
        let lines = &mut self.lines;
        match column {
            TidyColumn::Name(dimension) => {
                let agencies = self.agencies;
                let add = |cell: &[u8]| name_id(lines, agencies, dimension, cell);
                line.names[dimension.index()] = NameId(self.names[dimension.index()].id(cell, add)?);
            }
            TidyColumn::Amount => line.amount = read_amount(cell)?,
            // Most are unlike any other, so that remembering their cells would be keeping them twice.
            TidyColumn::Description => {
                line.description = match text_of(cell)? {
                    text if text.is_empty() => NameId::NOT_STATED,
                    text => lines.texts_mut().add(unguarded(&text)),
                };
            }
            TidyColumn::Date => {
                line.date = DateId(self.dates.id(cell, |cell| date_id(lines, cell))?);
            }
            TidyColumn::Source => {
                let known = self.known_sources;
                line.source = self.sources.id(cell, |cell| source_number(known, cell))?;
            }
            TidyColumn::Row => line.row = read_number(cell)?,
            TidyColumn::Low => line.low = read_side("low", cell)?,
            TidyColumn::High => line.high = read_side("high", cell)?,
        }
        Ok(())
    }
}

/// A row of which some cells have been read.
struct RowIds {
    amount: Money,
    names: [NameId; Dimension::COUNT],
    description: NameId,
    date: DateId,
    /// The source's number plus one; 0 is none.
    source: u32,
    row: Option<u32>,
    low: Option<Money>,
    high: Option<Money>,
}

impl Default for RowIds {
    fn default() -> Self {
        Self {
            amount: Money::ZERO,
            names: [NameId::NOT_STATED; Dimension::COUNT],
            description: NameId::NOT_STATED,
            date: DateId::NONE,
            source: 0,
            row: None,
            low: None,
            high: None,
        }
    }
}

fn date_id(lines: &mut LedgerBuilder, cell: &[u8]) -> Result<u32, String> {
    let text = text_of(cell)?;
    if text.is_empty() {
        return Ok(DateId::NONE.0);
    }
    let date: Date = text.parse().map_err(|_| format!("date: \"{text}\" is no date, such as 2024-04-30"))?;
    Ok(lines.dates_mut().add(date).0)
}

fn source_number(known: &[Source], cell: &[u8]) -> Result<u32, String> {
    let text = text_of(cell)?;
    let key = unguarded(&text);
    if key.is_empty() {
        return Ok(0);
    }
    let at = known.iter().position(|source| source.key == key);
    let unknown = || nearest_known("source", key, known.iter().map(|source| source.key.as_str()));
    at.map(|at| at as u32 + 1).ok_or_else(unknown)
}

/// The number of a row; nothing where there is none.
fn read_number(cell: &[u8]) -> Result<Option<u32>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let digits = |number: u32, digit: &u8| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    let number = cell.iter().try_fold(0, digits);
    let wrong = || format!("row: \"{}\" is no number of a row, such as 118", String::from_utf8_lossy(cell));
    number.map(Some).ok_or_else(wrong)
}

/// The number of a name, in its one spelling; what the place does not know is refused.
fn name_id(
    lines: &mut LedgerBuilder,
    agencies: &[Agency],
    dimension: Dimension,
    cell: &[u8],
) -> Result<u32, String> {
    if cell.is_empty() {
        return Ok(NameId::NOT_STATED.0);
    }
    let text = text_of(cell)?;
    let name = unguarded(&text);
    let is_known = || agencies.is_empty() || agencies.iter().any(|agency| agency.name == name);
    if dimension == Dimension::Agency && !is_known() {
        return Err(nearest_known("agency", name, agencies.iter().map(|agency| agency.name.as_str())));
    }
    Ok(lines.names_mut(dimension).add(&spell(dimension, name)?).0)
}

/// What a cell says, quotes taken off.
fn text_of(cell: &[u8]) -> Result<Cow<'_, str>, String> {
    let text = std::str::from_utf8(cell).map_err(|_| "it is not text in UTF-8".to_owned())?;
    Ok(match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(quoted) if quoted.contains('"') => quoted.replace("\"\"", "\"").into(),
        Some(quoted) => quoted.into(),
        None => text.into(),
    })
}

/// `-1234.5678` at once; anything else as people write it.
fn read_amount(cell: &[u8]) -> Result<Money, String> {
    if let Some(units) = plain_units(cell) {
        return Ok(Money::from_units(i128::from(units)));
    }
    let text = text_of(cell)?;
    let amount: Money = text.parse().map_err(|error| format!("amount: {error}"))?;
    if amount.abs() > Money::LARGEST_LINE {
        return Err(format!("amount: {text} is more than a line can hold"));
    }
    Ok(amount)
}

/// What an amount may be; nothing where that is not stated.
fn read_side(side: &str, cell: &[u8]) -> Result<Option<Money>, String> {
    let read = || read_amount(cell).map_err(|error| error.replacen("amount", side, 1));
    if cell.is_empty() { Ok(None) } else { read().map(Some) }
}

/// Ten-thousandths of a pound, where the cell is digits with a point among them.
fn plain_units(cell: &[u8]) -> Option<i64> {
    let digits = cell.strip_prefix(b"-").unwrap_or(cell);
    let point = digits.iter().position(|&byte| byte == b'.')?;
    let (pounds, parts) = (&digits[..point], &digits[point + 1..]);
    // Twelve digits of pounds are far from the edge of 64 bits.
    if !(1..=12).contains(&pounds.len()) || !(1..=4).contains(&parts.len()) {
        return None;
    }
    let mut units = 0_i64;
    for &digit in pounds.iter().chain(parts) {
        units = units * 10 + i64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    for _ in parts.len()..4 {
        units *= 10;
    }
    Some(if digits.len() < cell.len() { -units } else { units })
}

/// The cells of a row, one after another, quotes and all.
struct RowCells<'r> {
    rest: Option<&'r [u8]>,
}

impl<'r> RowCells<'r> {
    fn next(&mut self) -> Option<&'r [u8]> {
        let rest = self.rest.take()?;
        let end = if rest.first() == Some(&b'"') { end_of_quoted(rest) } else { memchr::memchr(b',', rest) };
        match end {
            Some(end) => {
                self.rest = Some(&rest[end + 1..]);
                Some(&rest[..end])
            }
            None => Some(rest),
        }
    }
}

/// Where the comma after a quoted cell is.
fn end_of_quoted(cell: &[u8]) -> Option<usize> {
    let mut is_inside = false;
    cell.iter().position(|&byte| {
        is_inside ^= byte == b'"';
        byte == b',' && !is_inside
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_amounts_are_what_money_reads() {
        for text in ["0.00", "1250.00", "-20.50", "0.0001", "999999999999.99", "-1.2345"] {
            let units = plain_units(text.as_bytes()).map(i128::from);
            assert_eq!(units, text.parse::<Money>().ok().map(Money::units), "{text}");
        }
        for text in ["", "1", ".5", "1.", "1e5.0", "1.23456", "+1.00", "1,000.00"] {
            assert_eq!(plain_units(text.as_bytes()), None, "{text}");
        }
    }
}
