//! A workbook: the sheet to read, or all that are alike.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::other_sheets::tell_other_sheets;
use super::sheet::{Workbook, listed};
use super::sheet_choice::{SheetChoice, choose_sheet};
use super::table::Progress;
use crate::dimension::Dimension;
use crate::import::files::{Book, WorkbookFormat, unreadable_workbook};
use crate::import::input::Input;
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::recognise::{Field, month_in, year_in};
use crate::import::report::Imported;
use crate::money::Money;
use crate::words::{counted_as, noun};

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
    let mut workbook = Workbook { file: input.name, book, options, progress };
    let mut imported = if choice.alike.is_empty() {
        workbook.read_sheet(&choice.sheet, &choice, options)?
    } else {
        read_alike(&mut workbook, &choice)?
    };
    read_continued(&mut workbook, &choice, &mut imported)?;
    if !choice.hidden.is_empty() {
        let what = format!(
            "{} hidden in the workbook and {} not read: {}; name it to read it",
            counted_as(choice.hidden.len(), "sheet is", "sheets are"),
            noun(choice.hidden.len(), "was", "were"),
            listed(&choice.hidden)
        );
        imported.file.problems.push(Problem::of_file(input.name, Severity::Note, Code::SheetHidden, &what));
    }
    tell_other_sheets(&mut workbook, &choice, &mut imported)?;
    Ok(imported)
}

/// Sheets that carry the list on, page by page, without its headings.
fn read_continued(
    workbook: &mut Workbook<'_, '_>,
    choice: &SheetChoice,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    if choice.continued.is_empty() {
        return Ok(());
    }
    let map = imported.file.map.clone();
    let options = ImportOptions {
        header_row: Some(0),
        fields: map.columns.iter().map(|column| column.field.clone()).enumerate().collect(),
        unit: Some(map.amounts.unit),
        ..workbook.options.clone()
    };
    // Each sheet is told apart in what is said of its rows.
    let several = SheetChoice { alike: choice.continued.clone(), ..SheetChoice::default() };
    for sheet in &choice.continued {
        let mut next = workbook.read_sheet(sheet, &several, &options)?;
        next.file.problems.retain(|problem| {
            !matches!(problem.code, Code::HeadingMissing | Code::UnitScaled | Code::AgencyMissing)
        });
        imported.file.add(next.file);
        imported.lines.append(next.lines);
    }
    let what = format!(
        "{} without headings, as pages of one list do, and {} read with it: {}",
        counted_as(choice.continued.len(), "sheet carries the list on", "sheets carry the list on"),
        noun(choice.continued.len(), "was", "were"),
        listed(&choice.continued)
    );
    imported.file.problems.push(Problem::of_file(workbook.file, Severity::Note, Code::SheetsJoined, &what));
    Ok(())
}

/// What the name of each sheet says of its lines, where the sheets are alike and differ in it: a service, unless the names
/// are those of months, years or pages.
fn names_of_sheets(choice: &SheetChoice) -> Option<Dimension> {
    let mut names: Vec<String> = choice.alike.iter().map(|sheet| name_in(sheet)).collect();
    names.sort_unstable();
    names.dedup();
    let are_telling = choice.alike.len() >= 2
        && names.len() == choice.alike.len()
        && names.iter().all(|name| !name.is_empty());
    let is_free = |dimension: &Dimension| choice.map.place(&Field::Dimension(*dimension)).is_none();
    [Dimension::Service, Dimension::Theme].into_iter().filter(|_| are_telling).find(is_free)
}

/// The name of a sheet without months, years and the words of paper; nothing where it says no more.
fn name_in(sheet: &str) -> String {
    let is_of_paper = |word: &str| {
        matches!(
            word,
            "sheet"
                | "page"
                | "table"
                | "tab"
                | "part"
                | "data"
                | "list"
                | "report"
                | "p"
                | "q"
                | "quarter"
                | "week"
        )
    };
    let is_telling = |word: &&str| {
        let letters = word.to_lowercase();
        let letters = letters.trim_matches(|c: char| !c.is_alphabetic());
        !word.contains(|c: char| c.is_ascii_digit())
            && !is_of_paper(letters)
            && (month_in(letters).is_none() || year_in(word).is_some())
    };
    let words: Vec<&str> = sheet.split_whitespace().filter(is_telling).collect();
    let name = words.join(" ");
    if name.contains(char::is_alphabetic) { name } else { String::new() }
}

/// Sheets of the same headings, such as one for each month, as one list; one that is the sum of the others is theirs
/// already.
fn read_alike(workbook: &mut Workbook<'_, '_>, choice: &SheetChoice) -> Result<Imported, ImportError> {
    let file = workbook.file;
    let mut read = Vec::new();
    let named = names_of_sheets(choice);
    for sheet in &choice.alike {
        let mut options = workbook.options.clone();
        if let Some(dimension) = named.filter(|named| !options.set.iter().any(|(set, _)| set == named)) {
            options.set.push((dimension, name_in(sheet)));
        }
        read.push((sheet.clone(), workbook.read_sheet(sheet, choice, &options)?));
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
        let mut imported = imported;
        if let Some(numbers) = &mut imported.file.numbers {
            for (sheet, other) in &read {
                let cells = other.file.numbers.as_ref().map_or(0, |numbers| numbers.cells);
                numbers.tell_sheet(sheet, cells, other.file.total);
            }
        }
        (what, vec![(sheet, imported)])
    } else {
        let what = format!(
            "sheets {} have the same headings and were read together; name one of them to read it alone{}",
            listed(&choice.alike),
            named.map_or_else(String::new, |named| format!(
                "; the name of each is the {} of its lines",
                named.key()
            ))
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
