use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xls, Xlsb, Xlsx, XlsxFormulaMetadata};

use super::biff::is_dense_enough;
use super::cells::{Filler, Value};
use super::ods;
use super::ole2::{chains_end, workbook_stream};
use super::row::Row;
use super::xlsx::{PlainBook, Scanned};
use crate::dimension::Dimension;
use crate::import::input::Input;
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::read::{Progress, Table, first_rows, read_table, source_of};
use crate::import::recognise::{ColumnMap, Field, Profiles, recognise};
use crate::import::report::{FileReport, Imported};
use crate::import::words::counted;
use crate::money::Money;

/// A workbook whose sheets are read cell by cell.
enum Book<'a> {
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>),
    /// One that can be scanned, and its bytes.
    Plain(Box<PlainBook<'a>>, &'a [u8]),
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
            Self::Xlsx(_) | Self::Plain(..) => "xlsx",
            Self::Xlsb(_) => "xlsb",
            Self::Xls(_) => "xls",
            Self::Ods(_) => "ods",
        }
    }

    /// The sheets that hold cells, and whether they are shown.
    fn sheets(&self) -> Vec<(String, bool)> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
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

/// Reads a workbook in memory.
pub(in crate::import) fn read_workbook(
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
    let mut book = open(input, format, options)?;
    let sheets = book.sheets();
    let choice = choose_sheet(input.name, &mut book, &sheets, options)?;
    let mut imported = if choice.alike.is_empty() {
        read_sheet(input.name, &mut book, &choice.sheet, &choice, options, progress)?
    } else {
        read_alike(input.name, &mut book, &choice, options, progress)?
    };
    if !choice.others.is_empty() {
        imported.file.problems.push(Problem::of_file(
            input.name,
            Severity::Warning,
            Code::SheetChosen,
            &format!(
                "sheet \"{}\" was read; {} could be read as well, one at a time",
                choice.sheet,
                listed(&choice.others)
            ),
        ));
    }
    Ok(imported)
}

fn listed(sheets: &[String]) -> String {
    let quoted: Vec<String> = sheets.iter().map(|sheet| format!("\"{sheet}\"")).collect();
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => quoted.concat(),
    }
}

fn read_sheet(
    file: &str,
    book: &mut Book<'_>,
    sheet: &str,
    choice: &Choice,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let format = book.format();
    let shown: Vec<String> =
        book.sheets().into_iter().filter(|(_, visible)| *visible).map(|(name, _)| name).collect();
    // Where several sheets are read, each is told apart in what is said of its rows.
    let several = !choice.alike.is_empty();
    let report = || FileReport {
        name: if several { format!("{file}, sheet {sheet}") } else { file.to_owned() },
        format: format.to_owned(),
        sheet: Some(sheet.to_owned()),
        sheets: shown.clone(),
        source: source_of(file, sheet),
        ..FileReport::default()
    };
    let mut table = SheetTable { file, book, sheet: sheet.to_owned(), dust: 0 };
    let mut imported = read_table(&mut table, &report, &choice.elsewhere, options, progress)?;
    if table.dust > 0 {
        imported.file.problems.push(Problem::of_file(
            &imported.file.name,
            Severity::Note,
            Code::AmountsRounded,
            &format!(
                "{} more digits than a spreadsheet shows, left over from its own arithmetic; each was read as it is shown, to fifteen digits",
                counted(table.dust, "number is held with", "numbers are held with")
            ),
        ));
    }
    Ok(imported)
}

/// Sheets of the same headings, such as one for each month, as one list; one that is the sum of the others is theirs
/// already.
fn read_alike(
    file: &str,
    book: &mut Book<'_>,
    choice: &Choice,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let mut read = Vec::new();
    for sheet in &choice.alike {
        read.push((sheet.clone(), read_sheet(file, book, sheet, choice, options, progress)?));
    }
    let all: Money = read.iter().map(|(_, imported)| imported.file.total).sum();
    let lines: u64 = read.iter().map(|(_, imported)| imported.file.lines).sum();
    let whole = read.iter().position(|(_, imported)| {
        let file = &imported.file;
        read.len() > 2 && file.lines > 0 && file.lines * 2 == lines && file.total + file.total == all
    });
    let (what, kept) = if let Some(whole) = whole {
        let (sheet, imported) = read.swap_remove(whole);
        let rest: Vec<String> = choice.alike.iter().filter(|other| **other != sheet).cloned().collect();
        let what = format!(
            "sheet \"{sheet}\" holds the same lines as {} together, so it alone was read",
            listed(&rest)
        );
        (what, vec![(sheet, imported)])
    } else {
        let what = format!(
            "sheets {} have the same headings and were read together; name one of them to read it alone",
            listed(&choice.alike)
        );
        (what, read)
    };
    let mut kept = kept.into_iter();
    let Some((_, mut first)) = kept.next() else { return Err(unreadable(file, "it has no sheets")) };
    for (_, next) in kept {
        first.file.add(next.file);
        first.lines.append(next.lines);
    }
    file.clone_into(&mut first.file.name);
    first.file.problems.push(Problem::of_file(file, Severity::Note, Code::SheetsJoined, &what));
    Ok(first)
}

/// The kinds of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Format {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

fn open<'a>(input: Input<'a>, format: Format, options: &ImportOptions) -> Result<Book<'a>, ImportError> {
    let cursor = Cursor::new(input.bytes);
    let book = match format {
        Format::Xlsx => match PlainBook::open(input.bytes).filter(|_| !options.thorough) {
            Some(book) => return Ok(Book::Plain(Box::new(book), input.bytes)),
            None => Xlsx::new(cursor).map(Box::new).map(Book::Xlsx).map_err(|error| error.to_string()),
        },
        Format::Xlsb => Xlsb::new(cursor).map(Book::Xlsb).map_err(|error| error.to_string()),
        Format::Xls if !chains_end(input.bytes) => {
            return Err(unreadable(input.name, "it is damaged, or not yet whole"));
        }
        Format::Xls if workbook_stream(input.bytes).is_some_and(|stream| !is_dense_enough(&stream)) => {
            return Err(ImportError::refused(
                input.name,
                Code::FileTooLarge,
                "holds cells that stand too far apart to be a list of spending; save its table as CSV",
            ));
        }
        Format::Xls => Xls::new(cursor).map(Book::Xls).map_err(|error| error.to_string()),
        Format::Ods => return ods::Ods::open(input).map(Book::Ods),
    };
    book.map_err(|error| unreadable(input.name, &error))
}

pub(super) fn unreadable(file: &str, error: &str) -> ImportError {
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

pub(in crate::import) fn password(file: &str) -> ImportError {
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
    /// All sheets with the headings of that one, where there are several.
    alike: Vec<String>,
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
    let mut readable: Vec<(String, Option<Vec<String>>)> = Vec::new();
    let mut elsewhere = Vec::new();
    for (name, visible) in sheets {
        let mut table = SheetTable { file, book: &mut *book, sheet: name.clone(), dust: 0 };
        let Ok(rows) = first_rows(&mut table, 400) else { continue };
        let header =
            crate::import::read::headings_of(&rows, &ImportOptions { header_row: None, ..options.clone() });
        let mut profiles = Profiles::default();
        for row in rows.iter().filter(|row| row.number > header.rows_before_data) {
            profiles.add(row);
        }
        let map = header.row.and_then(|_| recognise(&header, &profiles, &[], &[])).map(|(map, _)| map);
        let is_table = map.is_some();
        if is_table && *visible {
            readable.push((name.clone(), map.filter(is_payments).map(|_| tidy_headings(&header.headings))));
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
    let headings =
        readable.iter().find(|(sheet, _)| *sheet == name).and_then(|(_, headings)| headings.clone());
    let (alike, others): (Vec<_>, Vec<_>) =
        readable.into_iter().partition(|(_, other)| headings.is_some() && headings == *other);
    let names = |sheets: Vec<(String, Option<Vec<String>>)>| -> Vec<String> {
        sheets.into_iter().map(|(sheet, _)| sheet).filter(|sheet| *sheet != name).collect()
    };
    let alike =
        if alike.len() > 1 { alike.into_iter().map(|(sheet, _)| sheet).collect() } else { Vec::new() };
    Ok(Choice { others: names(others), alike, elsewhere, sheet: name })
}

/// Whether rows are payments, one amount each, rather than a table whose sheets say different things.
fn is_payments(map: &ColumnMap) -> bool {
    map.amount_columns().len() == 1
        && (map.place(&Field::Date).is_some() || map.place(&Field::Dimension(Dimension::Supplier)).is_some())
}

fn tidy_headings(headings: &[String]) -> Vec<String> {
    headings
        .iter()
        .map(|heading| heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
        .collect()
}

impl Table for SheetTable<'_, '_> {
    fn each_row(&mut self, take: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), ImportError> {
        self.read_rows(None, take)
    }

    fn each_sampled_row(
        &mut self,
        wanted: &dyn Fn(u32) -> bool,
        take: &mut dyn FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), ImportError> {
        self.read_rows(Some(wanted), &mut |row| {
            if wanted(row.number) { take(row) } else { ControlFlow::Continue(()) }
        })
    }
}

impl SheetTable<'_, '_> {
    /// Gives each row to `take`; those that are not wanted may be left out.
    fn read_rows(
        &mut self,
        wanted: Option<&dyn Fn(u32) -> bool>,
        take: &mut dyn FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), ImportError> {
        let (file, sheet) = (self.file, self.sheet.as_str());
        let fail = |error: String| unreadable(file, &error);
        let mut filler = Filler::new(file, take);
        match self.book {
            Book::Xlsx(book) => fill_from(book, file, sheet, None, &mut filler)?,
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
        Ok(())
    }
}

/// Puts the cells of a sheet into `filler`, those after the one that was passed already.
fn fill_from(
    book: &mut Xlsx<Cursor<&[u8]>>,
    file: &str,
    sheet: &str,
    mut passed: Option<(u32, u32)>,
    filler: &mut Filler<'_>,
) -> Result<(), ImportError> {
    let fail = |error: calamine::XlsxError| unreadable(file, &error.to_string());
    let mut cells = book.worksheet_cells_reader(sheet).map_err(fail)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(fail)? {
        if passed.is_some_and(|passed| cell.pos <= passed) {
            continue;
        }
        passed = None;
        let value = match (&cell.value, &cell.formula) {
            (DataRef::Empty, Some(formula)) => Value::Formula(text_of(formula)),
            (value, _) => Value::of_ref(value),
        };
        if filler.put(cell.pos, value)?.is_break() {
            break;
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
