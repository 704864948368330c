//! Workbooks of every kind: which sheet is a list of spending, which sheets are one list, and their rows.
//! Cells are read one by one, so that a sheet of a million rows is never in memory whole.

use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xls, Xlsb, Xlsx, XlsxFormulaMetadata};

use super::biff::{blot_out_sizes, is_dense_enough, sheets_begin_at_records};
use super::filler::{Filler, Value};
use super::kind::WorkbookFormat;
use super::ods::Ods;
use super::ole2::SheetStream;
use super::refused::unreadable_workbook;
use super::row::Row;
use super::table::{RowSink, Table};
use super::xlsx::{PlainBook, Scanned, SheetNotes, adds_up_column};
use crate::import::input::Input;
use crate::import::problem::{Code, ImportError};

/// A workbook whose sheets are read cell by cell.
pub(in crate::import) enum Book<'a> {
    /// One that is read the thorough way, and its bytes.
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>, &'a [u8]),
    /// One that can be scanned, and its bytes.
    Plain(Box<PlainBook<'a>>, &'a [u8]),
    Xlsb(Xlsb<Cursor<&'a [u8]>>),
    Xls(Xls<Cursor<Vec<u8>>>),
    Ods(Ods<'a>),
}

impl<'a> Book<'a> {
    /// Opens a workbook; the `thorough` way does without what is scanned.
    pub(in crate::import) fn open(
        input: Input<'a>,
        format: WorkbookFormat,
        thorough: bool,
    ) -> Result<Self, ImportError> {
        let cursor = Cursor::new(input.bytes);
        let book = match format {
            WorkbookFormat::Xlsx => match PlainBook::open(input.bytes).filter(|_| !thorough) {
                Some(book) => return Ok(Self::Plain(Box::new(book), input.bytes)),
                None => Xlsx::new(cursor)
                    .map(|book| Self::Xlsx(Box::new(book), input.bytes))
                    .map_err(|error| error.to_string()),
            },
            WorkbookFormat::Xlsb => Xlsb::new(cursor).map(Self::Xlsb).map_err(|error| error.to_string()),
            WorkbookFormat::Xls => {
                let mut sheets =
                    SheetStream::of(input.bytes).map_err(|error| unreadable_workbook(input.name, error))?;
                if !sheets_begin_at_records(&sheets.bytes) {
                    return Err(unreadable_workbook(input.name, "it is damaged"));
                }
                if !is_dense_enough(&sheets.bytes) {
                    return Err(ImportError::refused(
                        input.name,
                        Code::FileTooLarge,
                        "holds cells that stand too far apart to be a list of spending; save its table as CSV",
                    ));
                }
                blot_out_sizes(&mut sheets.bytes);
                let alone = Cursor::new(sheets.into_file());
                Xls::new(alone).map(Self::Xls).map_err(|error| error.to_string())
            }
            WorkbookFormat::Ods => return Ods::open(input).map(Self::Ods),
        };
        book.map_err(|error| unreadable_workbook(input.name, &error))
    }

    pub(in crate::import) fn format(&self) -> &'static str {
        match self {
            Self::Xlsx(..) | Self::Plain(..) => "xlsx",
            Self::Xlsb(_) => "xlsb",
            Self::Xls(_) => "xls",
            Self::Ods(_) => "ods",
        }
    }

    /// The sheets that hold cells, and whether they are shown.
    pub(in crate::import) fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(book, _) => book.sheets_metadata(),
            Self::Plain(book, _) => return book.sheets().to_vec(),
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

/// Bytes of text that the cells of a sheet may come to, each as often as it stands there.
/// A workbook keeps a text once however often it stands: a small file can be made that takes hours to go through. A
/// million rows of twenty cells come to some three hundred megabytes.
const MOST_TEXT: u64 = 1 << 30;

/// One sheet of a workbook as a table.
pub(in crate::import) struct SheetTable<'b, 'a> {
    file: &'b str,
    book: &'b mut Book<'a>,
    sheet: String,
    /// Numbers that were shown shorter than they are held.
    pub(in crate::import) dust: u64,
    /// What the sheet says besides its cells, once it was read.
    notes: SheetNotes,
    /// The same and the hidden rows, looked up where the sheet is read the thorough way, which does not tell them.
    beside: Option<(SheetNotes, Vec<u32>)>,
}

impl Table for SheetTable<'_, '_> {
    fn each_row(&mut self, take: &mut RowSink<'_>) -> Result<(), ImportError> {
        self.read_rows(None, take)
    }

    fn each_sampled_row(
        &mut self,
        wanted: &dyn Fn(u32) -> bool,
        take: &mut RowSink<'_>,
    ) -> Result<(), ImportError> {
        self.read_rows(Some(wanted), &mut |row| {
            if wanted(row.number) { take(row) } else { ControlFlow::Continue(()) }
        })
    }
}

impl<'b, 'a> SheetTable<'b, 'a> {
    pub(in crate::import) fn new(file: &'b str, book: &'b mut Book<'a>, sheet: &str) -> Self {
        Self { file, book, sheet: sheet.to_owned(), dust: 0, notes: SheetNotes::default(), beside: None }
    }

    /// Whether the numbers of a column are only shown in thousands or millions.
    pub(in crate::import) fn shows_scaled(&self, column: usize) -> bool {
        u32::try_from(column).is_ok_and(|column| self.notes.scaled.contains(&column))
    }

    /// Gives each row to `take`, as long as all of them hold no more text than a table does.
    fn read_rows(
        &mut self,
        wanted: Option<&dyn Fn(u32) -> bool>,
        take: &mut RowSink<'_>,
    ) -> Result<(), ImportError> {
        let file = self.file;
        let mut bytes = 0;
        self.fill_rows(wanted, &mut |row| {
            bytes += row.text_len() as u64;
            if bytes > MOST_TEXT { ControlFlow::Break(()) } else { take(row) }
        })?;
        if bytes > MOST_TEXT {
            return Err(ImportError::refused(
                file,
                Code::FileTooLarge,
                "holds far more text than any list of spending; it was not read. Save its table as CSV",
            ));
        }
        Ok(())
    }

    /// Gives each row to `take`; those that are not wanted may be left out.
    fn fill_rows(
        &mut self,
        wanted: Option<&dyn Fn(u32) -> bool>,
        take: &mut RowSink<'_>,
    ) -> Result<(), ImportError> {
        let (file, sheet) = (self.file, self.sheet.as_str());
        let fail = |error: String| unreadable_workbook(file, &error);
        let mut filler = Filler::new(file, take).with_merged(&self.notes.merged_down);
        match self.book {
            Book::Xlsx(book, bytes) => {
                let (notes, hidden) = self.beside.get_or_insert_with(|| beside_cells(bytes, sheet));
                filler.all_hidden.clone_from(hidden);
                fill_from(book, file, sheet, None, &mut filler)?;
                if !filler.is_stopped() {
                    filler.notes = notes.clone();
                }
            }
            Book::Plain(book, bytes) => match book.fill(sheet, wanted, &mut filler)? {
                Scanned::Whole => {}
                Scanned::UpTo(passed) => {
                    let book = book.thorough(bytes).map_err(|error| fail(error.to_string()))?;
                    fill_from(book, file, sheet, passed, &mut filler)?;
                }
            },
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
        if !filler.notes.merged_down.is_empty() {
            self.notes.merged_down = std::mem::take(&mut filler.notes.merged_down);
        }
        self.notes.scaled.append(&mut filler.notes.scaled);
        Ok(())
    }
}

/// What a sheet says besides its cells, and its hidden rows from 0.
fn beside_cells(bytes: &[u8], sheet: &str) -> (SheetNotes, Vec<u32>) {
    let mut hidden = Vec::new();
    let Some(mut book) = PlainBook::open(bytes) else { return (SheetNotes::default(), hidden) };
    let mut note_hidden = |row: &Row| {
        if row.hidden {
            hidden.push(row.number - 1);
        }
        ControlFlow::Continue(())
    };
    let mut filler = Filler::new("", &mut note_hidden);
    let is_read = book.fill(sheet, None, &mut filler).is_ok();
    filler.end();
    let notes = if is_read { filler.notes } else { SheetNotes::default() };
    (notes, hidden)
}

/// Puts the cells of a sheet into `filler`, those after the one that was passed already.
fn fill_from(
    book: &mut Xlsx<Cursor<&[u8]>>,
    file: &str,
    sheet: &str,
    mut passed: Option<(u32, u32)>,
    filler: &mut Filler<'_>,
) -> Result<(), ImportError> {
    let fail = |error: calamine::XlsxError| unreadable_workbook(file, &error.to_string());
    let mut cells = book.worksheet_cells_reader(sheet).map_err(fail)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(fail)? {
        let value = match (&cell.value, &cell.formula) {
            (DataRef::Empty, Some(formula)) => Value::Formula(text_of(formula)),
            (value, _) => Value::of_ref(value),
        };
        // An empty cell may say that it stands anywhere, and is put nowhere.
        if passed.is_some_and(|passed| cell.pos <= passed) || matches!(value, Value::Nothing) {
            continue;
        }
        passed = None;
        let is_sum = cell
            .formula
            .as_ref()
            .is_some_and(|formula| adds_up_column(text_of(formula).as_bytes(), cell.pos));
        if filler.put(cell.pos, value)?.is_break() {
            break;
        }
        if is_sum {
            filler.mark_sum(cell.pos.1);
        }
    }
    Ok(())
}

/// What a formula says, where that is written beside it.
fn text_of(formula: &XlsxFormulaMetadata) -> &str {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
        _ => "…",
    }
}
