//! Cells of workbooks to rows of text, whatever library or scanner they come from. Numbers come out as a
//! spreadsheet shows them, and floats go no further than here.

use std::ops::ControlFlow;

use calamine::{Data, DataRef, ExcelDateTime};

use super::refused::unreadable_workbook;
use super::row::{MOST_COLUMNS, Row};
use super::table::RowSink;
use super::xlsx::SheetNotes;
use crate::import::problem::ImportError;

/// Gathers cells into rows; rows without cells come out blank.
pub(super) struct Filler<'f> {
    row: Row,
    /// The row being filled, from 0.
    current: Option<u32>,
    pub(super) take: &'f mut RowSink<'f>,
    stopped: bool,
    file: &'f str,
    /// Numbers held with more digits than are shown.
    pub(super) dust: u64,
    /// The row that is known to be hidden, from 0, and others where all were known before.
    hidden: Option<u32>,
    pub(super) all_hidden: Vec<u32>,
    /// By column, the row up to which its cells are merged down, and the name in them.
    merged: Vec<(u32, u32, u32)>,
    names: Vec<String>,
    pub(super) notes: SheetNotes,
}

impl<'f> Filler<'f> {
    pub(super) fn new(file: &'f str, take: &'f mut RowSink<'f>) -> Self {
        Self {
            row: Row::default(),
            current: None,
            take,
            stopped: false,
            file,
            dust: 0,
            hidden: None,
            all_hidden: Vec::new(),
            merged: Vec::new(),
            names: Vec::new(),
            notes: SheetNotes::default(),
        }
    }

    /// Has cells that are merged down filled with the name in the first of them.
    pub(super) fn with_merged(mut self, merged: &[(u32, u32, u32)]) -> Self {
        self.merged = merged.to_vec();
        self.merged.sort_unstable();
        self.names = vec![String::new(); self.merged.len()];
        self
    }

    /// Notes that a row is hidden, before its cells come.
    pub(super) fn hide(&mut self, row: u32) {
        self.hidden = Some(row);
    }

    /// Notes that the cell that was put last is a formula that adds up others of its column.
    pub(super) fn mark_sum(&mut self, column: u32) {
        self.row.mark_sum(column);
    }

    /// Gives a row away, with the names of merged cells.
    fn give(&mut self) -> ControlFlow<()> {
        let Some(current) = self.current else { return ControlFlow::Continue(()) };
        if self.merged.iter().any(|(_, top, bottom)| (*top..=*bottom).contains(&current)) {
            self.fill_merged(current);
        }
        (self.take)(&self.row)
    }

    fn fill_merged(&mut self, current: u32) {
        let mut cells: Vec<String> = (0..self.row.len()).map(|at| self.row.raw_cell(at).to_owned()).collect();
        let mut is_filled = false;
        for ((column, top, bottom), name) in self.merged.iter().zip(&mut self.names) {
            let column = *column as usize;
            if current == *top {
                // An amount stands once, however many rows its cell spans.
                let cell = self.row.cell(column);
                *name = if cell.contains(char::is_alphabetic) { cell.to_owned() } else { String::new() };
            } else if (*top..=*bottom).contains(&current) && !name.is_empty() {
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if cells[column].is_empty() {
                    cells[column].clone_from(name);
                    is_filled = true;
                }
            }
        }
        if is_filled {
            self.row.replace_cells(cells.iter().map(String::as_str));
        }
    }

    pub(super) fn put(
        &mut self,
        (row, column): (u32, u32),
        value: Value<'_>,
    ) -> Result<ControlFlow<()>, ImportError> {
        if matches!(value, Value::Nothing) || column as usize >= MOST_COLUMNS {
            return Ok(ControlFlow::Continue(()));
        }
        match self.current {
            Some(current) if row < current => {
                return Err(unreadable_workbook(self.file, "its rows are out of order"));
            }
            Some(current) if row == current => {}
            _ => {
                if self.move_to(row).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        while self.row.len() < column as usize {
            self.row.push("");
        }
        if self.row.len() == column as usize {
            self.dust += u64::from(value.has_dust());
            value.write(&mut self.row);
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Gives away the row that is full, then blank ones up to `row`.
    fn move_to(&mut self, row: u32) -> ControlFlow<()> {
        let mut next = 0;
        if let Some(current) = self.current {
            if self.give().is_break() {
                self.stopped = true;
                return ControlFlow::Break(());
            }
            next = current + 1;
        }
        for blank in next..row {
            self.row.clear(blank + 1);
            if (self.take)(&self.row).is_break() {
                self.stopped = true;
                self.current = None;
                return ControlFlow::Break(());
            }
        }
        self.row.clear(row + 1);
        self.row.hidden = self.hidden == Some(row) || self.all_hidden.binary_search(&row).is_ok();
        self.current = Some(row);
        ControlFlow::Continue(())
    }

    /// Whether no more rows were wanted.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    pub(super) fn end(&mut self) {
        if self.current.is_some() && !self.stopped {
            let _ = self.give();
        }
    }
}

/// A cell's value, before it becomes text.
pub(super) enum Value<'v> {
    Nothing,
    /// A formula whose result was never worked out.
    Formula(&'v str),
    Text(&'v str),
    Number(f64),
    /// A number as its shortest decimal, of up to fifteen digits.
    Decimal(&'v str),
    Whole(i64),
    Date(ExcelDateTime),
    Error(String),
    Truth(bool),
}

impl<'v> Value<'v> {
    pub(super) fn of_ref(value: &'v DataRef<'v>) -> Self {
        match value {
            DataRef::Empty => Self::Nothing,
            DataRef::Int(number) => Self::Whole(*number),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                Self::Text(text)
            }
            DataRef::SharedString(text) => Self::Text(text),
            DataRef::Bool(truth) => Self::Truth(*truth),
            DataRef::DateTime(date) => Self::Date(*date),
            DataRef::Error(error) => Self::Error(error.to_string()),
        }
    }

    pub(super) fn of_data(value: &'v Data) -> Self {
        match value {
            Data::Empty => Self::Nothing,
            Data::Int(number) => Self::Whole(*number),
            Data::Float(number) => Self::Number(*number),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Self::Text(text),
            Data::Bool(truth) => Self::Truth(*truth),
            Data::DateTime(date) => Self::Date(*date),
            Data::Error(error) => Self::Error(error.to_string()),
        }
    }

    /// Whether the number has more digits than a spreadsheet shows.
    fn has_dust(&self) -> bool {
        matches!(self, Self::Number(number) if number_text(*number) != number.to_string())
    }

    fn write(self, row: &mut Row) {
        match self {
            Self::Nothing => row.push(""),
            Self::Text(text) | Self::Decimal(text) => row.push(text),
            Self::Formula(formula) => {
                row.push_text("=");
                row.push(formula);
            }
            Self::Number(number) => row.push(&number_text(number)),
            Self::Whole(number) => row.push(&number.to_string()),
            Self::Date(date) => row.push(&date_text(date)),
            Self::Error(error) => row.push(&error),
            Self::Truth(truth) => row.push(if truth { "TRUE" } else { "FALSE" }),
        }
    }
}

/// A number as its shortest decimal, to the fifteen digits that a spreadsheet shows: its own arithmetic leaves dust
/// beyond them (0.1 + 0.2 is 0.30000000000000004 in its file and 0.3 on its screen).
pub(super) fn number_text(number: f64) -> String {
    let text = number.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits <= 15 || !number.is_finite() {
        return text;
    }
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    shown.to_string()
}

fn date_text(date: ExcelDateTime) -> String {
    if date.is_duration() {
        return number_text(date.as_f64());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
