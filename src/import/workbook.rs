use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use super::columns::recognise;
use super::compound::chains_end;
use super::lines::counted;
use super::problem::{Code, ImportError, Problem, Severity};
use super::profile::Profiles;
use super::read::{Progress, Table, first_rows, read_table, source_of};
use super::report::FileReport;
use super::row::{MOST_COLUMNS, Row};
use super::{ImportOptions, Imported, Input, ods};

/// A workbook whose sheets are read cell by cell.
enum Book<'a> {
    Xlsx(Xlsx<Cursor<&'a [u8]>>),
    Xlsb(Xlsb<Cursor<&'a [u8]>>),
    Xls(Xls<Cursor<&'a [u8]>>),
    Ods(ods::Ods<'a>),
}

/// One sheet of a workbook as a table.
struct SheetTable<'b, 'a> {
    file: &'b str,
    book: &'b mut Book<'a>,
    sheet: String,
    /// Numbers that were shown shorter than they are held.
    dust: u64,
}

impl Book<'_> {
    fn format(&self) -> &'static str {
        match self {
            Self::Xlsx(_) => "xlsx",
            Self::Xlsb(_) => "xlsb",
            Self::Xls(_) => "xls",
            Self::Ods(_) => "ods",
        }
    }

    /// The sheets that hold cells, and whether they are shown.
    fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => return book.sheets().to_vec(),
        };
        sheets
            .iter()
            .filter(|sheet| matches!(sheet.typ, SheetType::WorkSheet))
            .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
            .collect()
    }
}

/// Reads a workbook in memory.
pub(super) fn read_workbook(
    input: Input<'_>,
    format: Format,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    // The reader of workbooks can stumble over damaged ones; that is the file's fault, not the program's end.
    catch_unwind(AssertUnwindSafe(|| read_sheets(input, format, options, progress)))
        .unwrap_or_else(|_| Err(unreadable(input.name, "it is damaged")))
}

fn read_sheets(
    input: Input<'_>,
    format: Format,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let mut book = open(input, format)?;
    let sheets = book.sheets();
    let Choice { sheet, others, elsewhere } = choose_sheet(input.name, &mut book, &sheets, options)?;
    let format = book.format();
    let report = || FileReport {
        name: input.name.to_owned(),
        format: format.to_owned(),
        sheet: Some(sheet.clone()),
        sheets: sheets.iter().filter(|(_, visible)| *visible).map(|(name, _)| name.clone()).collect(),
        source: source_of(input.name, &sheet),
        ..FileReport::default()
    };
    let mut table = SheetTable { file: input.name, book: &mut book, sheet: sheet.clone(), dust: 0 };
    let mut imported = read_table(&mut table, &report, &elsewhere, options, progress)?;
    if table.dust > 0 {
        imported.file.problems.push(Problem::of_file(
            input.name,
            Severity::Note,
            Code::AmountsRounded,
            &format!(
                "{} more digits than a spreadsheet shows, left over from its own arithmetic; each was read as it is shown, to fifteen digits",
                counted(table.dust, "number is held with", "numbers are held with")
            ),
        ));
    }
    if !others.is_empty() {
        let listed: Vec<String> = others.iter().map(|other| format!("\"{other}\"")).collect();
        imported.file.problems.push(Problem::of_file(
            input.name,
            Severity::Warning,
            Code::SheetChosen,
            &format!(
                "sheet \"{sheet}\" was read; {} could be read as well, one at a time",
                listed.join(", ")
            ),
        ));
    }
    Ok(imported)
}

/// The kinds of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

fn open(input: Input<'_>, format: Format) -> Result<Book<'_>, ImportError> {
    let cursor = Cursor::new(input.bytes);
    let book = match format {
        Format::Xlsx => Xlsx::new(cursor).map(Book::Xlsx).map_err(|error| error.to_string()),
        Format::Xlsb => Xlsb::new(cursor).map(Book::Xlsb).map_err(|error| error.to_string()),
        Format::Xls if !chains_end(input.bytes) => {
            return Err(unreadable(input.name, "it is damaged, or not yet whole"));
        }
        Format::Xls => Xls::new(cursor).map(Book::Xls).map_err(|error| error.to_string()),
        Format::Ods => return ods::Ods::open(input).map(Book::Ods),
    };
    book.map_err(|error| unreadable(input.name, &error))
}

fn unreadable(file: &str, error: &str) -> ImportError {
    if error.contains("password") {
        return password(file);
    }
    ImportError::refused(
        file,
        Code::WorkbookUnreadable,
        &format!(
            "is a workbook that cannot be read ({error}); open it in a spreadsheet and save it again, or save it as CSV"
        ),
    )
}

pub(super) fn password(file: &str) -> ImportError {
    ImportError::refused(
        file,
        Code::WorkbookPassword,
        "is a workbook behind a password; open it, take the password off and save it, or save it as CSV",
    )
}

/// The sheet to read, the others that could be, and what sheets without a table say.
#[derive(Debug, Default)]
struct Choice {
    sheet: String,
    others: Vec<String>,
    elsewhere: Vec<String>,
}

/// The sheet asked for, or the one that is most like a list of spending; and the others that are like one.
fn choose_sheet(
    file: &str,
    book: &mut Book<'_>,
    sheets: &[(String, bool)],
    options: &ImportOptions,
) -> Result<Choice, ImportError> {
    if let Some(wanted) = &options.sheet {
        let found = sheets.iter().find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted.trim()));
        return found.map(|(name, _)| Choice { sheet: name.clone(), ..Choice::default() }).ok_or_else(|| {
            let listed: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
            ImportError::refused(
                file,
                Code::SheetMissing,
                &format!("has no sheet \"{wanted}\"; its sheets are {}", listed.join(", ")),
            )
        });
    }
    let mut best: Option<((bool, bool, usize, i32), String)> = None;
    let mut readable = Vec::new();
    let mut elsewhere = Vec::new();
    for (name, visible) in sheets {
        let mut table = SheetTable { file, book: &mut *book, sheet: name.clone(), dust: 0 };
        let Ok(rows) = first_rows(&mut table, 400) else { continue };
        let header = super::read::headings_of(&rows, &ImportOptions { header_row: None, ..options.clone() });
        let mut profiles = Profiles::default();
        for row in rows.iter().filter(|row| row.number > header.rows_before_data) {
            profiles.add(row);
        }
        let is_table = header.row.is_some() && recognise(&header, &profiles, &[], &[]).is_some();
        if is_table && *visible {
            readable.push(name.clone());
        }
        if !is_table {
            let texts = rows.iter().take(60).flat_map(|row| {
                row.cells().filter(|cell| cell.len() > 6).map(str::to_owned).collect::<Vec<_>>()
            });
            elsewhere.extend(texts.take(200));
        }
        let merit = (is_table, *visible, profiles.rows.min(100), header.score);
        if best.as_ref().is_none_or(|(most, _)| merit > *most) {
            best = Some((merit, name.clone()));
        }
    }
    let Some((_, name)) = best else {
        return Err(ImportError::refused(
            file,
            Code::NoRows,
            "is a workbook without a sheet that can be read",
        ));
    };
    readable.retain(|other| *other != name);
    Ok(Choice { sheet: name, others: readable, elsewhere })
}

impl Table for SheetTable<'_, '_> {
    fn each_row(&mut self, take: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), ImportError> {
        let (file, sheet) = (self.file, self.sheet.as_str());
        let fail = |error: String| unreadable(file, &error);
        let mut filler = Filler { row: Row::default(), current: None, take, stopped: false, file, dust: 0 };
        match self.book {
            Book::Xlsx(book) => {
                let mut cells =
                    book.worksheet_cells_reader(sheet).map_err(|error| fail(error.to_string()))?;
                while let Some(cell) = cells.next_cell().map_err(|error| fail(error.to_string()))? {
                    if filler.put(cell.get_position(), Value::of_ref(cell.get_value()))?.is_break() {
                        break;
                    }
                }
            }
            Book::Xlsb(book) => {
                let mut cells =
                    book.worksheet_cells_reader(sheet).map_err(|error| fail(error.to_string()))?;
                while let Some(cell) = cells.next_cell().map_err(|error| fail(error.to_string()))? {
                    if filler.put(cell.get_position(), Value::of_ref(cell.get_value()))?.is_break() {
                        break;
                    }
                }
            }
            Book::Xls(book) => {
                let range = book.worksheet_range(sheet).map_err(|error| fail(error.to_string()))?;
                let (top, left) = range.start().unwrap_or((0, 0));
                for (row, column, value) in range.used_cells() {
                    if filler.put((top + row as u32, left + column as u32), Value::of_data(value))?.is_break()
                    {
                        break;
                    }
                }
            }
            Book::Ods(book) => return book.each_row(sheet, filler.take),
        }
        filler.end();
        self.dust = filler.dust;
        Ok(())
    }
}

/// Gathers cells into rows; rows without cells come out blank.
struct Filler<'f> {
    row: Row,
    /// The row being filled, from 0.
    current: Option<u32>,
    take: &'f mut dyn FnMut(&Row) -> ControlFlow<()>,
    stopped: bool,
    file: &'f str,
    /// Numbers held with more digits than are shown.
    dust: u64,
}

impl Filler<'_> {
    fn put(&mut self, (row, column): (u32, u32), value: Value<'_>) -> Result<ControlFlow<()>, ImportError> {
        if matches!(value, Value::Nothing) || column as usize >= MOST_COLUMNS {
            return Ok(ControlFlow::Continue(()));
        }
        match self.current {
            Some(current) if row < current => {
                return Err(unreadable(self.file, "its rows are out of order"));
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
            if (self.take)(&self.row).is_break() {
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
        self.current = Some(row);
        ControlFlow::Continue(())
    }

    fn end(&mut self) {
        if self.current.is_some() && !self.stopped {
            let _ = (self.take)(&self.row);
        }
    }
}

/// A cell's value, before it becomes text.
enum Value<'v> {
    Nothing,
    Text(&'v str),
    Number(f64),
    Whole(i64),
    Date(ExcelDateTime),
    Error(String),
    Truth(bool),
}

impl<'v> Value<'v> {
    fn of_ref(value: &'v DataRef<'v>) -> Self {
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

    fn of_data(value: &'v Data) -> Self {
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
            Self::Text(text) => row.push(text),
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
