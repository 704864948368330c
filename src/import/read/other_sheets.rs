//! The sheets of a workbook that were not read: what they come to, so that it can be asked whether they are meant, and how
//! many numbers they hold.

use std::ops::ControlFlow;

use super::asked::rows_as_read;
use super::sheet::{Workbook, listed};
use super::sheet_choice::SheetChoice;
use crate::import::files::{SheetTable, Table as _};
use crate::import::lines::number_in;
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::question::{FileAnswer, RowAsRead, WayToRead};
use crate::import::recognise::ColumnMap;
use crate::import::report::{FileReport, Imported};
use crate::money::Money;

/// Ways that are shown beside the one that was taken.
const OTHER_WAYS: usize = 2;

/// Tells of the sheets that could be read as well: asks, where they come to another sum, and counts their numbers.
pub(super) fn tell_other_sheets(
    workbook: &mut Workbook<'_, '_>,
    choice: &SheetChoice,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let mut others = Vec::new();
    // Where nothing but sums is wanted, nobody is there to be asked, and reading them would take its time.
    if workbook.options.balance {
        others = read_others(workbook, choice)?;
    }
    if let Some(numbers) = &mut imported.file.numbers {
        for other in &others {
            numbers.tell_sheet(&other.name, other.cells, other.total);
        }
    }
    if choice.others.is_empty() {
        return Ok(());
    }
    let what = format!(
        "sheet \"{}\" was read; {} could be read as well, one at a time",
        choice.sheet,
        listed(&choice.others)
    );
    let is_other_sum = |other: &&Other| {
        choice.others.contains(&other.name) && other.lines > 0 && other.total != imported.file.total
    };
    let mut differing: Vec<&Other> = others.iter().filter(is_other_sum).collect();
    // The largest first, as most depends on it.
    differing.sort_by_key(|other| std::cmp::Reverse(other.total.abs()));
    let severity = if differing.is_empty() { Severity::Warning } else { Severity::Question };
    let mut problem = Problem::of_file(workbook.file, severity, Code::SheetChosen, &what);
    if !differing.is_empty() {
        let taken = Other::of(&choice.sheet, &imported.file);
        let ways = std::iter::once(&taken).chain(differing.into_iter().take(OTHER_WAYS));
        problem.readings = ways.map(Other::way).collect();
    }
    imported.file.problems.push(problem);
    Ok(())
}

/// A sheet as it would be read.
struct Other {
    name: String,
    lines: u64,
    total: Money,
    cells: u64,
    rows: Vec<RowAsRead>,
}

impl Other {
    fn of(name: &str, report: &FileReport) -> Self {
        Self {
            name: name.to_owned(),
            lines: report.lines,
            total: report.total,
            cells: report.numbers.as_ref().map_or(0, |numbers| numbers.cells),
            rows: rows_as_read(report),
        }
    }

    fn way(&self) -> WayToRead {
        let answer = FileAnswer::Sheet(self.name.clone());
        WayToRead {
            choose: answer.option(),
            total: self.total,
            lines: self.lines,
            answer,
            rows: self.rows.clone(),
        }
    }
}

/// Every sheet that was not read, as far as it can be.
fn read_others(workbook: &mut Workbook<'_, '_>, choice: &SheetChoice) -> Result<Vec<Other>, ImportError> {
    let is_read = |name: &String| {
        *name == choice.sheet || choice.alike.contains(name) || choice.continued.contains(name)
    };
    let names: Vec<String> = workbook.book.sheets().into_iter().map(|(name, _)| name).collect();
    // What was said of columns was said of the sheet that is read.
    let options = ImportOptions {
        fields: Vec::new(),
        columns: Vec::new(),
        header_row: None,
        lines_at: Vec::new(),
        ..workbook.options.clone()
    };
    let mut others = Vec::new();
    for name in names.iter().filter(|name| !is_read(name)) {
        match workbook.read_sheet(name, &SheetChoice::default(), &options) {
            Ok(read) => others.push(Other::of(name, &read.file)),
            Err(ImportError::Cancelled) => return Err(ImportError::Cancelled),
            // A sheet of remarks, or one that must not be read: its numbers are counted all the same.
            Err(ImportError::Refused(_)) => {
                let cells = numbers_on(workbook, name);
                others.push(Other { cells, ..Other::of(name, &FileReport::default()) });
            }
        }
    }
    Ok(others)
}

/// How many cells of a sheet hold numbers, as far as it can be read.
fn numbers_on(workbook: &mut Workbook<'_, '_>, sheet: &str) -> u64 {
    let (map, mut cells) = (ColumnMap::default(), 0);
    let read = SheetTable::new(workbook.file, &mut workbook.book, sheet).each_row(&mut |row| {
        cells += row.cells().filter(|cell| number_in(cell, &map).is_some()).count() as u64;
        ControlFlow::Continue(())
    });
    read.map_or(0, |()| cells)
}
