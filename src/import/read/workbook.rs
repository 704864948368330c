//! A workbook: the sheet to read, or all that are alike.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::sheet_choice::{SheetChoice, choose_sheet};
use super::table::{Progress, Readable, read_table, source_of};
use crate::import::files::{Book, SheetTable, WorkbookFormat, unreadable_workbook};
use crate::import::input::Input;
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::report::{FileReport, Imported};
use crate::money::Money;
use crate::words::counted_as;

/// Reads a workbook in memory.
pub(super) fn read_workbook(
    input: Input<'_>,
    format: WorkbookFormat,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    // The reader of workbooks can stumble over damaged ones; that is the file's fault, not the program's end.
    FORGIVES.set(true);
    let read = catch_unwind(AssertUnwindSafe(|| read_sheets(input, format, options, progress)));
    FORGIVES.set(false);
    read.unwrap_or_else(|_| Err(unreadable_workbook(input.name, "it is damaged")))
}

thread_local! {
    static FORGIVES: Cell<bool> = const { Cell::new(false) };
}

/// Whether what fails on this thread is a damaged file, which is refused as such: no fault of the program.
pub(in crate::import) fn forgives_faults() -> bool {
    FORGIVES.get()
}

fn read_sheets(
    input: Input<'_>,
    format: WorkbookFormat,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let mut book = Book::open(input, format, options.thorough)?;
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
    choice: &SheetChoice,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let format = book.format();
    let shown: Vec<String> =
        book.sheets().into_iter().filter(|(_, visible)| *visible).map(|(name, _)| name).collect();
    // Where several sheets are read, each is told apart in what is said of its rows.
    let several = !choice.alike.is_empty();
    let report = FileReport {
        name: if several { format!("{file}, sheet {sheet}") } else { file.to_owned() },
        format: format.to_owned(),
        sheet: Some(sheet.to_owned()),
        sheets: shown,
        source: source_of(file, sheet),
        ..FileReport::default()
    };
    let mut table = SheetTable::new(file, book, sheet);
    let mut imported = read_table(&mut table, report, &choice.elsewhere, options, progress)?;
    if table.dust > 0 {
        imported.file.problems.push(Problem::of_file(
            &imported.file.name,
            Severity::Note,
            Code::AmountsRounded,
            &format!(
                "{} more digits than a spreadsheet shows, left over from its own arithmetic; each was read as it is shown, to fifteen digits",
                counted_as(table.dust, "number is held with", "numbers are held with")
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
    choice: &SheetChoice,
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
    let Some((_, mut first)) = kept.next() else { return Err(unreadable_workbook(file, "it has no sheets")) };
    for (_, next) in kept {
        first.file.add(next.file);
        first.lines.append(next.lines);
    }
    file.clone_into(&mut first.file.name);
    first.file.problems.push(Problem::of_file(file, Severity::Note, Code::SheetsJoined, &what));
    Ok(first)
}

impl Readable for SheetTable<'_, '_> {}
