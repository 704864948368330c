//! `OpenDocument` spreadsheets, element by element: cells that stand for a million others take no memory, and
//! files made to do harm come to an end.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use encoding_rs::{Decoder, UTF_8};
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::row::{MOST_COLUMNS, Row};
use super::table::RowSink;
use crate::import::input::Input;
use crate::import::problem::{Code, ImportError};

/// Rows of a sheet, as many as spreadsheets have.
const MOST_ROWS: u32 = 1_048_576;
/// Cells of a sheet once repeated ones are written out; more is no table of spending.
const MOST_CELLS: u64 = 60_000_000;
/// A tag or a text longer than this is harm.
const LONGEST: usize = 4 << 20;

/// An `OpenDocument` spreadsheet, read element by element, so that repeated cells take no memory.
pub(in crate::import) struct Ods<'a> {
    input: Input<'a>,
    sheets: Vec<(String, bool)>,
}

impl<'a> Ods<'a> {
    pub(super) fn open(input: Input<'a>) -> Result<Self, ImportError> {
        let mut sheets = Vec::new();
        with_elements(input, |event| {
            if let Event::Start(tag) | Event::Empty(tag) = event
                && tag.name().into_inner() == "table:table"
            {
                sheets.push((attribute(tag, "table:name").unwrap_or_default(), true));
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(Self { input, sheets })
    }

    pub(super) fn sheets(&self) -> &[(String, bool)] {
        &self.sheets
    }

    pub(super) fn each_row(&mut self, sheet: &str, take: &mut RowSink<'_>) -> Result<(), ImportError> {
        let mut reader = SheetReader::new(self.input.name, take);
        with_elements(self.input, |event| reader.take_event(sheet, event))
    }
}

/// Gives every element of the workbook's content to `take`. One whose elements do not close each other is damaged, cut
/// short or not written by a spreadsheet: what is missing of it could be money, so it is not read in part.
fn with_elements(
    input: Input<'_>,
    mut take: impl FnMut(&Event<'_>) -> Result<ControlFlow<()>, ImportError>,
) -> Result<(), ImportError> {
    let damaged = || {
        ImportError::refused(
            input.name,
            Code::WorkbookUnreadable,
            "is a workbook that cannot be read; open it in a spreadsheet and save it again, or save it as CSV",
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(input.bytes)).map_err(|_| damaged())?;
    let content = archive.by_name("content.xml").map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(_) => super::refused::password(input.name),
        _ => damaged(),
    })?;
    let content = BufReader::with_capacity(64 * 1024, content);
    let mut reader = Reader::from_reader(Letters::of(content));
    let config = reader.config_mut();
    config.check_end_names = true;
    config.allow_unmatched_ends = false;
    config.allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let (mut is_known, mut depth) = (false, 0_u64);
    loop {
        buffer.clear();
        reader.get_mut().left = LONGEST;
        let event = reader.read_event_into(&mut buffer).map_err(|_| damaged())?;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match &event {
            Event::Eof if depth > 0 || !is_known => return Err(damaged()),
            Event::Eof => return Ok(()),
            Event::Start(tag) | Event::Empty(tag) if !is_known => {
                is_known = tag.contains("office:");
                if !is_known {
                    return Err(damaged());
                }
            }
            _ => {}
        }
        if take(&event)?.is_break() {
            return Ok(());
        }
    }
}

/// The text of a part of a workbook: bytes that stand for no letter are replaced, so that one of them spoils one cell,
/// and an element that goes on for too long is an error, as a few bytes of an archive can be made to unpack into more
/// than any memory holds.
struct Letters<R> {
    inner: R,
    decoder: Decoder,
    text: String,
    /// How much of the text has been taken.
    taken: usize,
    /// Bytes that may still be taken before the element has to end.
    left: usize,
}

impl<R: BufRead> Letters<R> {
    fn of(inner: R) -> Self {
        let decoder = UTF_8.new_decoder_without_bom_handling();
        Self { inner, decoder, text: String::with_capacity(64 * 1024), taken: 0, left: LONGEST }
    }
}

impl<R: BufRead> Read for Letters<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Letters<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("an element that does not end"));
        }
        while self.taken == self.text.len() {
            let bytes = self.inner.fill_buf()?;
            let is_end = bytes.is_empty();
            self.text.clear();
            self.taken = 0;
            let (_, read, _) = self.decoder.decode_to_string(bytes, &mut self.text, false);
            self.inner.consume(read);
            if is_end {
                break;
            }
        }
        Ok(&self.text.as_bytes()[self.taken..])
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.taken += count;
    }
}

/// An attribute of an element.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    attributes(tag).find(|(key, _)| *key == name).map(|(_, value)| unescaped(&value))
}

/// The attributes of an element that can be told apart, by name, as they are written.
fn attributes<'t>(tag: &'t BytesStart<'_>) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    attributes.flatten().map(|attribute| (attribute.key.into_inner(), attribute.value))
}

/// A value without its references; one that holds what is no reference stays as it is written.
fn unescaped(value: &str) -> String {
    unescape(value).map_or_else(|_| value.to_owned(), Cow::into_owned)
}

/// The character that a reference in a text stands for.
fn referred(reference: &BytesRef<'_>) -> char {
    let named = || resolve_predefined_entity(reference).and_then(|text| text.chars().next());
    reference.resolve_char_ref().ok().flatten().or_else(named).unwrap_or('\u{fffd}')
}

fn repeats(written: &str) -> u32 {
    written.parse().unwrap_or(1)
}

struct SheetReader<'r> {
    file: &'r str,
    take: &'r mut RowSink<'r>,
    inside: bool,
    row: Row,
    rows: u32,
    /// Blank rows that only count if another row follows.
    blank_before: u32,
    row_repeats: u32,
    cell: Option<OdsCell>,
    /// Empty cells that only count if another follows.
    empty_before: usize,
    in_annotation: bool,
    cells: u64,
}

struct OdsCell {
    repeats: u32,
    value: Option<String>,
    /// What it is worked out by.
    formula: Option<String>,
    text: String,
    paragraphs: u32,
}

impl OdsCell {
    fn of(tag: &BytesStart<'_>) -> Self {
        /// The first of these that a cell has is its value.
        const VALUES: [&str; 4] =
            ["office:date-value", "office:value", "office:boolean-value", "office:time-value"];
        let mut cell = Self { repeats: 1, value: None, formula: None, text: String::new(), paragraphs: 0 };
        let mut values = [None, None, None, None];
        for (name, value) in attributes(tag) {
            match name {
                "table:number-columns-repeated" => cell.repeats = repeats(&value),
                "table:formula" => cell.formula = Some(unescaped(&value)),
                _ => {
                    if let Some(at) = VALUES.iter().position(|known| *known == name) {
                        values[at] = Some(value);
                    }
                }
            }
        }
        // Of a day and its time the day is enough.
        let value = values.into_iter().flatten().next();
        cell.value = value.map(|value| unescaped(value.split('T').next().unwrap_or_default()));
        cell
    }
}

impl<'r> SheetReader<'r> {
    fn new(file: &'r str, take: &'r mut RowSink<'r>) -> Self {
        Self {
            file,
            take,
            inside: false,
            row: Row::default(),
            rows: 0,
            blank_before: 0,
            row_repeats: 1,
            cell: None,
            empty_before: 0,
            in_annotation: false,
            cells: 0,
        }
    }

    fn take_event(&mut self, sheet: &str, event: &Event<'_>) -> Result<ControlFlow<()>, ImportError> {
        match event {
            Event::Start(tag) => return self.start(sheet, tag, false),
            Event::Empty(tag) => return self.start(sheet, tag, true),
            Event::End(tag) => return self.end(tag),
            Event::Text(text) => self.say(text),
            Event::CData(text) => self.say(text),
            Event::GeneralRef(reference) => self.say(referred(reference).encode_utf8(&mut [0; 4])),
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Takes the start of an element, and its end where it is empty.
    fn start(
        &mut self,
        sheet: &str,
        tag: &BytesStart<'_>,
        is_empty: bool,
    ) -> Result<ControlFlow<()>, ImportError> {
        match tag.name().into_inner() {
            "table:table" => self.inside = attribute(tag, "table:name").is_some_and(|name| name == sheet),
            _ if !self.inside => {}
            "table:table-row" => {
                self.row_repeats =
                    attribute(tag, "table:number-rows-repeated").map_or(1, |count| repeats(&count));
                self.row.clear(0);
                self.empty_before = 0;
                if is_empty {
                    return self.end_row();
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(OdsCell::of(tag));
                if is_empty {
                    self.end_cell();
                }
            }
            "office:annotation" => self.in_annotation = !is_empty,
            _ if self.in_annotation => {}
            "text:p" => {
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "text:s" | "text:tab" | "text:line-break" => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push(' ');
                }
            }
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, name: &str) -> Result<ControlFlow<()>, ImportError> {
        match name {
            _ if !self.inside => {}
            "table:table" => return Ok(ControlFlow::Break(())),
            "table:table-row" => return self.end_row(),
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "office:annotation" => self.in_annotation = false,
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Takes a text, or the part of one up to the next reference.
    fn say(&mut self, text: &str) {
        if self.inside
            && !self.in_annotation
            && let Some(cell) = &mut self.cell
            && cell.paragraphs > 0
        {
            cell.text.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let mut text = cell.value.unwrap_or(cell.text);
        if let Some(formula) = cell.formula.filter(|_| text.is_empty() && cell.paragraphs == 0) {
            // It was never worked out.
            text = format!("={}", formula.trim_start_matches("of:").trim_start_matches('='));
        }
        let room = MOST_COLUMNS.saturating_sub(self.row.len() + self.empty_before);
        let repeats = (cell.repeats as usize).min(room);
        if text.is_empty() {
            self.empty_before += repeats;
            return;
        }
        for _ in 0..self.empty_before {
            self.row.push("");
        }
        self.empty_before = 0;
        for _ in 0..repeats {
            self.row.push(&text);
        }
    }

    fn end_row(&mut self) -> Result<ControlFlow<()>, ImportError> {
        let repeats = self.row_repeats.min(MOST_ROWS.saturating_sub(self.rows + self.blank_before));
        if self.row.len() == 0 {
            self.blank_before += repeats;
            return Ok(ControlFlow::Continue(()));
        }
        let filled = std::mem::take(&mut self.row);
        let mut blank = Row::default();
        for _ in 0..self.blank_before {
            self.rows += 1;
            blank.clear(self.rows);
            if (self.take)(&blank).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        self.blank_before = 0;
        self.row = filled;
        for _ in 0..repeats {
            self.rows += 1;
            self.row.number = self.rows;
            self.cells += self.row.len() as u64;
            if self.cells > MOST_CELLS {
                return Err(ImportError::refused(
                    self.file,
                    Code::FileTooLarge,
                    "holds far more cells than any list of spending; it was not read. Save its table as CSV",
                ));
            }
            if (self.take)(&self.row).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}
