//! `OpenDocument` spreadsheets, element by element: cells that stand for a million others take no memory, and
//! files made to do harm come to an end.

use std::io::{BufRead, BufReader, Cursor};
use std::ops::ControlFlow;

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
        with_elements(input, |element| {
            if let Element::Start(tag) = element
                && tag.name == "table:table"
            {
                sheets.push((tag.attribute("table:name").unwrap_or_default(), true));
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
        with_elements(self.input, |element| reader.element(sheet, &element))
    }
}

/// A start tag: its name, its attributes, and whether it closes itself.
struct Tag<'t> {
    name: &'t str,
    attributes: &'t str,
    closed: bool,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some(at) = rest.find('=') {
            let found = rest[..at].trim();
            let after = rest[at + 1..].trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let value = &after[1..];
            let end = value.find(quote)?;
            if found == name {
                return Some(unescaped(&value[..end]));
            }
            rest = &value[end + 1..];
        }
        None
    }

    fn repeats(&self, name: &str) -> u32 {
        self.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(1)
    }
}

enum Element<'e> {
    Start(Tag<'e>),
    End(&'e str),
    Text(&'e str),
}

fn with_elements(
    input: Input<'_>,
    mut take: impl FnMut(Element<'_>) -> Result<ControlFlow<()>, ImportError>,
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
    let mut content = BufReader::with_capacity(64 * 1024, content);
    let mut text = Vec::new();
    let mut any = false;
    loop {
        text.clear();
        if read_to(&mut content, b'<', &mut text).ok_or_else(damaged)? == 0 {
            break;
        }
        let ended = text.pop_if(|last| *last == b'<').is_none();
        if !text.is_empty() {
            let words = unescaped(&String::from_utf8_lossy(&text));
            if take(Element::Text(&words))?.is_break() {
                return Ok(());
            }
        }
        if ended {
            break;
        }
        text.clear();
        // A ">" inside an attribute is no end.
        loop {
            if read_to(&mut content, b'>', &mut text).ok_or_else(damaged)? == 0 {
                return Err(damaged());
            }
            if memchr::memchr_iter(b'"', &text).count().is_multiple_of(2) || text.starts_with(b"!") {
                break;
            }
        }
        text.pop();
        let tag = std::str::from_utf8(&text).map_err(|_| damaged())?;
        if !any && !tag.starts_with('?') && !tag.contains("office:") {
            return Err(damaged());
        }
        any = true;
        if tag.starts_with(['?', '!']) {
            continue;
        }
        let flow = if let Some(name) = tag.strip_prefix('/') {
            take(Element::End(name.trim()))?
        } else {
            let closed = tag.ends_with('/');
            let tag = tag.trim_end_matches('/');
            let (name, attributes) = tag.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((tag, ""));
            take(Element::Start(Tag { name, attributes, closed }))?
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads up to and with `end`; `None` where that fails or goes on for too long.
fn read_to(reader: &mut impl BufRead, end: u8, text: &mut Vec<u8>) -> Option<usize> {
    let mut limited = std::io::Read::take(&mut *reader, LONGEST as u64);
    let count = limited.read_until(end, text).ok()?;
    (count < LONGEST).then_some(count)
}

fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find(';').filter(|end| *end <= 10) else {
            result.push('&');
            rest = &rest[1..];
            continue;
        };
        match &rest[1..end] {
            "amp" => result.push('&'),
            "lt" => result.push('<'),
            "gt" => result.push('>'),
            "quot" => result.push('"'),
            "apos" => result.push('\''),
            code => {
                let number = code.strip_prefix("#x").map_or_else(
                    || code.strip_prefix('#').and_then(|n| n.parse().ok()),
                    |n| u32::from_str_radix(n, 16).ok(),
                );
                result.push(number.and_then(char::from_u32).unwrap_or('\u{fffd}'));
            }
        }
        rest = &rest[end + 1..];
    }
    result.push_str(rest);
    result
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
    cell: Option<Cell>,
    /// Empty cells that only count if another follows.
    empty_before: usize,
    in_annotation: bool,
    cells: u64,
}

struct Cell {
    repeats: u32,
    value: Option<String>,
    /// What it is worked out by.
    formula: Option<String>,
    text: String,
    paragraphs: u32,
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

    fn element(&mut self, sheet: &str, element: &Element<'_>) -> Result<ControlFlow<()>, ImportError> {
        match element {
            Element::Start(tag) if tag.name == "table:table" => {
                self.inside = tag.attribute("table:name").is_some_and(|name| name == sheet);
            }
            Element::End("table:table") if self.inside => return Ok(ControlFlow::Break(())),
            _ if !self.inside => {}
            Element::Start(tag) if tag.name == "table:table-row" => {
                self.row_repeats = tag.repeats("table:number-rows-repeated");
                self.row.clear(0);
                self.empty_before = 0;
                if tag.closed {
                    return self.end_row();
                }
            }
            Element::End("table:table-row") => return self.end_row(),
            Element::Start(tag) if matches!(tag.name, "table:table-cell" | "table:covered-table-cell") => {
                let value =
                    ["office:date-value", "office:value", "office:boolean-value", "office:time-value"]
                        .iter()
                        .find_map(|name| tag.attribute(name));
                let formula = tag.attribute("table:formula");
                self.cell = Some(Cell {
                    repeats: tag.repeats("table:number-columns-repeated"),
                    value: value.map(|value| value.split('T').next().unwrap_or_default().to_owned()),
                    formula,
                    text: String::new(),
                    paragraphs: 0,
                });
                if tag.closed {
                    self.end_cell();
                }
            }
            Element::End("table:table-cell" | "table:covered-table-cell") => self.end_cell(),
            Element::Start(tag) if tag.name == "office:annotation" => self.in_annotation = !tag.closed,
            Element::End("office:annotation") => self.in_annotation = false,
            Element::Start(tag) if !self.in_annotation => {
                if let Some(cell) = &mut self.cell {
                    match tag.name {
                        "text:p" => {
                            if cell.paragraphs > 0 {
                                cell.text.push('\n');
                            }
                            cell.paragraphs += 1;
                        }
                        "text:s" | "text:tab" | "text:line-break" => cell.text.push(' '),
                        _ => {}
                    }
                }
            }
            Element::Text(text) if !self.in_annotation => {
                if let Some(cell) = &mut self.cell
                    && cell.paragraphs > 0
                {
                    cell.text.push_str(text);
                }
            }
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
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
