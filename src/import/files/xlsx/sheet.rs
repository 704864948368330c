//! Cells of a modern workbook's sheet, scanned as bytes in the handful of ways spreadsheets write them. The
//! first cell written otherwise ends the scan, and the thorough reader goes on there.

use std::io::Read;
use std::ops::ControlFlow;

use calamine::{CellErrorType, ExcelDateTime};
use memchr::memchr;
use memchr::memmem::Finder;

use super::notes::adds_up_column;
use super::parts::{XmlPart, attribute, tag_end};
use super::strings::Strings;
use super::styles::Style;
use super::text::push_text;
use crate::import::files::filler::{Filler, Value};
use crate::import::problem::ImportError;

/// A row longer than this is left to the thorough way.
// Sixteen thousand cells of five hundred bytes each.
const LONGEST_ROW: usize = 8 << 20;

/// What stands below the rows of a sheet is looked at up to here.
const MOST_BELOW: usize = 4 << 20;

/// Of so many rows none is passed over: what is out of the ordinary mostly stands among them.
const ALL_SCANNED: u32 = 600;

/// How far a sheet was plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::files) enum Scanned {
    /// To its end, or to where no more was wanted.
    Whole,
    /// Up to the cell of this row and column, or not at all.
    UpTo(Option<(u32, u32)>),
}

/// Takes the XML of one sheet apart.
pub(super) struct Scanner<'s, R> {
    part: XmlPart<R>,
    cells: CellParser<'s>,
}

impl<'s, R: Read> Scanner<'s, R> {
    pub(super) fn new(part: XmlPart<R>, strings: &'s Strings, styles: &'s [Style]) -> Self {
        Self {
            part,
            cells: CellParser { strings, styles, text: String::new(), last: None, shared: Vec::new() },
        }
    }

    /// Puts the cells of the rows that are wanted into `filler`.
    pub(super) fn fill(
        mut self,
        wanted: Option<&dyn Fn(u32) -> bool>,
        filler: &mut Filler<'_>,
    ) -> Result<Scanned, ImportError> {
        if self.begin().is_none() {
            return Ok(Scanned::UpTo(None));
        }
        let (end_of_row, row_within) = (Finder::new(b"</row>"), Finder::new(b"<row"));
        // Rows and cells that do not say where they stand follow those before them.
        let mut next_row = 0;
        loop {
            let rest = self.part.rest();
            let row = rest.trim_ascii_start();
            let space = rest.len() - row.len();
            if row.starts_with(b"</sheetData>") {
                self.part.pass(space);
                self.note_merged(filler);
                return Ok(Scanned::Whole);
            }
            let Some((tag, cells, length)) = first_row(row, &end_of_row) else {
                // Shorter than the tag that ends the sheet, it may be the beginning of that.
                let is_cut = row.len() < 12 || row.starts_with(b"<row");
                if is_cut && self.part.more(LONGEST_ROW) {
                    continue;
                }
                return Ok(Scanned::UpTo(self.cells.last));
            };
            let number = if tag.trim_ascii().is_empty() {
                Some(next_row)
            } else {
                attribute(tag, |key| key == b"r").and_then(number_in).and_then(|number| number.checked_sub(1))
            };
            let Some(number) = number else { return Ok(Scanned::UpTo(self.cells.last)) };
            next_row = number + 1;
            if attribute(tag, |key| key == b"hidden")
                .is_some_and(|hidden| hidden == b"1" || hidden == b"true")
            {
                filler.hide(number);
            }
            if number < ALL_SCANNED || wanted.is_none_or(|wanted| wanted(number + 1)) {
                match self.cells.fill(cells, number, filler)? {
                    Some(ControlFlow::Continue(())) => {}
                    Some(ControlFlow::Break(())) => return Ok(Scanned::Whole),
                    None => return Ok(Scanned::UpTo(self.cells.last)),
                }
            } else if row_within.find(cells).is_some() {
                // One that does not end before the next would take that with it unseen.
                return Ok(Scanned::UpTo(self.cells.last));
            }
            self.part.pass(space + length);
        }
    }

    /// Notes the merged cells, which stand below the rows.
    fn note_merged(&mut self, filler: &mut Filler<'_>) {
        while self.part.more(MOST_BELOW) {}
        let below = self.part.rest();
        for at in memchr::memmem::find_iter(below, b"<mergeCell ") {
            let tag = &below[at..];
            let Some(end) = tag_end(tag) else { return };
            if let Some(range) = attribute(&tag[..end], |key| key == b"ref") {
                filler.notes.merge(range);
            }
        }
    }

    /// Passes on to the first row.
    fn begin(&mut self) -> Option<()> {
        self.part.begin(b"<sheetData>")?;
        self.part.pass(b"<sheetData>".len());
        Some(())
    }
}

/// The attributes of the first row, what stands in it, and how long it is with its tags; `None` where it does not end.
fn first_row<'x>(xml: &'x [u8], end_of_row: &Finder<'_>) -> Option<(&'x [u8], &'x [u8], usize)> {
    let attributes = xml.strip_prefix(b"<row")?;
    let end_of_tag = tag_end(attributes)?;
    // Anything else is no XML: what it was meant to be is for the thorough way to say.
    if !holds_attributes(&attributes[..end_of_tag]) {
        return None;
    }
    let inside = &attributes[end_of_tag + 1..];
    let before = xml.len() - inside.len();
    if let Some(tag) = attributes[..end_of_tag].strip_suffix(b"/") {
        return Some((tag, b"", before));
    }
    let end = end_of_row.find(inside)?;
    Some((&attributes[..end_of_tag], &inside[..end], before + end + b"</row>".len()))
}

/// Whether a tag holds attributes and nothing else: each a name and a value in double quotation marks, after a space.
fn holds_attributes(tag: &[u8]) -> bool {
    let is_of_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_' | b'-' | b'.');
    let mut rest = tag;
    loop {
        let next = rest.trim_ascii_start();
        if next.is_empty() || next == b"/" {
            return true;
        }
        let name = next.iter().take_while(|b| is_of_name(b)).count();
        let Some(value) = next[name..].strip_prefix(b"=\"") else { return false };
        let Some(end) = memchr(b'"', value) else { return false };
        if next.len() == rest.len() || name == 0 || memchr(b'<', &value[..end]).is_some() {
            return false;
        }
        rest = &value[end + 1..];
    }
}

/// What a cell says its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ValueKind {
    Number,
    Shared,
    Inline,
    Written,
    Truth,
    Error,
}

/// A cell's start tag.
struct Start {
    place: Option<(u32, u32)>,
    style: Option<usize>,
    kind: ValueKind,
    closed: bool,
}

/// What cells are taken apart with.
struct CellParser<'s> {
    strings: &'s Strings,
    styles: &'s [Style],
    /// The text of the cell at hand, where it is not as it is written.
    text: String,
    /// The last cell that was passed.
    last: Option<(u32, u32)>,
    /// Formulas that are written once and hold for others, by their numbers, that add up columns.
    shared: Vec<u32>,
}

impl CellParser<'_> {
    /// Puts the cells of one row into `filler`; `None` where one is out of the ordinary.
    fn fill(
        &mut self,
        mut xml: &[u8],
        row: u32,
        filler: &mut Filler<'_>,
    ) -> Result<Option<ControlFlow<()>>, ImportError> {
        let mut next_column = 0;
        loop {
            if !xml.starts_with(b"<") {
                xml = xml.trim_ascii_start();
                if xml.is_empty() {
                    return Ok(Some(ControlFlow::Continue(())));
                }
            }
            let Some((start, inside)) = start_tag(xml) else { return Ok(None) };
            let place = start.place.unwrap_or((row, next_column));
            // A cell that says it stands in another row, or before one that is read.
            if place.0 != row || place.1 < next_column {
                return Ok(None);
            }
            let is_sum = self.is_sum(inside, place);
            if start.style.and_then(|style| self.styles.get(style)).is_some_and(|style| style.is_scaled())
                && start.kind == ValueKind::Number
            {
                filler.notes.scaled.insert(place.1);
            }
            let Some((value, rest)) = self.value(&start, inside) else { return Ok(None) };
            let is_empty = matches!(value, Value::Nothing);
            if filler.put(place, value)?.is_break() {
                return Ok(Some(ControlFlow::Break(())));
            }
            if is_sum {
                filler.mark_sum(place.1);
            }
            next_column = place.1 + 1;
            // An empty cell is no cell: one of its place that holds something may follow.
            if !is_empty {
                self.last = self.last.max(Some(place));
            }
            xml = rest;
        }
    }

    /// Whether a cell is a formula that adds up others of its column.
    fn is_sum(&mut self, inside: &[u8], place: (u32, u32)) -> bool {
        let Some(formula) = inside.strip_prefix(b"<f") else { return false };
        let Some(end) = tag_end(formula) else { return false };
        let (tag, rest) = (&formula[..end], &formula[end + 1..]);
        let shared = attribute(tag, |key| key == b"si").and_then(number_in);
        let text = if tag.ends_with(b"/") { b"" } else { &rest[..memchr(b'<', rest).unwrap_or(0)] };
        if text.is_empty() {
            return shared.is_some_and(|number| self.shared.contains(&number));
        }
        let is_sum = adds_up_column(text, place);
        if let Some(number) = shared.filter(|_| is_sum) {
            self.shared.push(number);
        }
        is_sum
    }

    /// The value of a cell, and what follows it.
    fn value<'v, 'x: 'v>(&'v mut self, start: &Start, inside: &'x [u8]) -> Option<(Value<'v>, &'x [u8])> {
        if start.closed {
            return Some((Value::Nothing, inside));
        }
        let mut rest = inside;
        if start.kind == ValueKind::Inline && rest.starts_with(b"<is>") {
            let text = rest[4..].strip_prefix(b"<t")?;
            let end = memchr(b'>', text)?;
            let preserve = match &text[..end] {
                b"" => false,
                b" xml:space=\"preserve\"" => true,
                _ => return None,
            };
            let text = &text[end + 1..];
            let end = memchr(b'<', text)?;
            rest = text[end..].strip_prefix(b"</t></is></c>")?;
            self.text.clear();
            push_text(&text[..end], preserve, &mut self.text)?;
            return Some((Value::Text(&self.text), rest));
        }
        let mut is_formula = false;
        if let Some(formula) = rest.strip_prefix(b"<f") {
            is_formula = true;
            let end = tag_end(formula)?;
            rest = &formula[end + 1..];
            if !formula[..end].ends_with(b"/") {
                let end = memchr(b'<', rest)?;
                rest = rest[end..].strip_prefix(b"</f>")?;
            }
        }
        let Some(written) = rest.strip_prefix(b"<v>") else {
            let is_empty = !is_formula && start.kind != ValueKind::Inline;
            return rest.strip_prefix(b"</c>").filter(|_| is_empty).map(|rest| (Value::Nothing, rest));
        };
        let end = memchr(b'<', written)?;
        rest = written[end..].strip_prefix(b"</v></c>")?;
        let written = &written[..end];
        // What a formula without a result says is worked out the thorough way.
        if written.is_empty() && (is_formula || start.kind != ValueKind::Number) {
            return None;
        }
        let value = match start.kind {
            ValueKind::Inline => return None,
            ValueKind::Number if written.is_empty() => Value::Nothing,
            ValueKind::Number => self.number(start.style, written)?,
            ValueKind::Shared => Value::Text(self.strings.get(number_in(written)? as usize)?),
            ValueKind::Written => {
                self.text.clear();
                push_text(written, true, &mut self.text)?;
                Value::Text(&self.text)
            }
            ValueKind::Truth => match written {
                b"0" => Value::Truth(false),
                b"1" => Value::Truth(true),
                _ => return None,
            },
            ValueKind::Error => {
                Value::Error(str::from_utf8(written).ok()?.parse::<CellErrorType>().ok()?.to_string())
            }
        };
        Some((value, rest))
    }

    fn number<'v>(&self, style: Option<usize>, written: &'v [u8]) -> Option<Value<'v>> {
        let is_plain = written.first().is_some_and(|first| first.is_ascii_digit() || *first == b'-')
            && written.iter().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
        let written = str::from_utf8(written).ok().filter(|_| is_plain)?;
        let date = style.and_then(|style| self.styles.get(style)).and_then(|style| style.date_type());
        if let Some((date_type, is_1904)) = date {
            return Some(Value::Date(ExcelDateTime::new(written.parse().ok()?, date_type, is_1904)));
        }
        if let Some(shown) = shortest(written) {
            return Some(Value::Decimal(shown));
        }
        written.parse().ok().map(Value::Number)
    }
}

/// The start tag of the cell that the XML begins with, and what follows it.
fn start_tag(xml: &[u8]) -> Option<(Start, &[u8])> {
    let mut rest = xml.strip_prefix(b"<c")?;
    let mut place = None;
    let mut style = None;
    let mut kind = None;
    loop {
        match rest {
            [b'>', rest @ ..] => {
                let kind = kind.unwrap_or(ValueKind::Number);
                return Some((Start { place, style, kind, closed: false }, rest));
            }
            [b'/', b'>', rest @ ..] | [b' ', b'/', b'>', rest @ ..] => {
                return Some((Start { place, style, kind: ValueKind::Number, closed: true }, rest));
            }
            [b' ', name, b'=', b'"', value @ ..] => {
                let end = memchr(b'"', &value[..value.len().min(24)])?;
                match name {
                    b'r' if place.is_none() => place = Some(place_in(&value[..end])?),
                    b's' if style.is_none() => style = Some(number_in(&value[..end])? as usize),
                    b't' if kind.is_none() => {
                        kind = Some(match &value[..end] {
                            b"s" => ValueKind::Shared,
                            b"n" => ValueKind::Number,
                            b"str" => ValueKind::Written,
                            b"inlineStr" => ValueKind::Inline,
                            b"b" => ValueKind::Truth,
                            b"e" => ValueKind::Error,
                            _ => return None,
                        });
                    }
                    _ => return None,
                }
                rest = &value[end + 1..];
            }
            _ => return None,
        }
    }
}

/// `B7` as row 6 and column 1, from 0.
fn place_in(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|b| b.is_ascii_uppercase()).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let column = text[..letters].iter().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Some((number_in(&text[letters..])?.checked_sub(1)?, column - 1))
}

/// A number of a few digits.
fn number_in(text: &[u8]) -> Option<u32> {
    // Nine digits fit 32 bits whatever they are.
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
}

/// A number as its shortest decimal, where that is how it is written but for zeros at its end: no two decimals of up to
/// fifteen digits are one number to a spreadsheet.
fn shortest(written: &str) -> Option<&str> {
    let digits = written.strip_prefix('-').unwrap_or(written);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let is_plain = is_digits(whole)
        && is_digits(part)
        // A spreadsheet keeps fifteen digits; with more, what is written is not what it holds.
        && whole.len() + part.len() <= 15
        && (whole == "0" || !whole.is_empty() && !whole.starts_with('0'));
    if !is_plain {
        return None;
    }
    let shown =
        if written.contains('.') { written.trim_end_matches('0').trim_end_matches('.') } else { written };
    (shown != "-0").then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::files::filler::number_text;

    #[test]
    fn a_short_decimal_is_shown_as_its_number_is() {
        for written in [
            "904.90",
            "0.5",
            "-12.000",
            "100",
            "0",
            "0.000",
            "123456789012345",
            "-0.07",
            "0.00000000000001",
            "5.",
        ] {
            let number: f64 = written.parse().expect("it is a number");
            assert_eq!(shortest(written), Some(number_text(number).as_str()), "{written}");
            assert_eq!(number_text(number), number.to_string());
        }
        for written in ["-0", "-0.0", "1e5", "007", ".5", "1234567890.123456", "1.2.3", "--1", "1-2", ""] {
            assert_eq!(shortest(written), None, "{written}");
        }
    }

    #[test]
    fn places_are_read_as_spreadsheets_write_them() {
        for (text, place) in [
            ("A1", Some((0, 0))),
            ("Z26", Some((25, 25))),
            ("AA10", Some((9, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
        ] {
            assert_eq!(place_in(text.as_bytes()), place);
        }
        for text in ["A0", "1", "A", "a1", "$A$1", "ABCD1", "A1B", "A12345678901"] {
            assert_eq!(place_in(text.as_bytes()), None, "{text}");
        }
    }
}
