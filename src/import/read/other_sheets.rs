//! The sheets of a workbook that were not read: what they come to, so that it can be asked whether they are meant, and how
//! many numbers they hold.

use std::ops::ControlFlow;

use rustc_hash::FxHashSet;

use super::asked::rows_as_read;
use super::sheet::{Workbook, listed};
use super::sheet_choice::SheetChoice;
use crate::import::files::{SheetTable, Table};
use crate::import::lines::number_in;
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::question::{FileAnswer, RowAsRead, WayToRead};
use crate::import::recognise::ColumnMap;
use crate::import::report::{FileReport, Imported};
use crate::money::Money;

/// A sheet without headings that has fewer lines is a remark.
const FEWEST_LINES: u64 = 3;
/// What comes to less than one in so many of what was read is no list beside it.
const ONE_IN: u128 = 100;
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
        others = read_others(workbook, choice, imported)?;
    }
    tell_numbers(&mut imported.file, &others);
    others.retain(|other| choice.others.contains(&other.name) || other.is_list);
    let mut could_be_read = choice.others.clone();
    could_be_read.extend(others.iter().filter(|other| other.is_list).map(|other| other.name.clone()));
    if could_be_read.is_empty() {
        return Ok(());
    }
    let what = format!(
        "sheet \"{}\" was read; {} could be read as well, one at a time",
        choice.sheet,
        listed(&could_be_read)
    );
    let taken = choice.sheet.as_str();
    ask_about_others(&mut imported.file, (taken, &others), (Code::SheetChosen, &what), false);
    Ok(())
}

/// Counts the numbers of what was not read.
pub(super) fn tell_numbers(file: &mut FileReport, others: &[Other]) {
    if let Some(numbers) = &mut file.numbers {
        for other in others {
            numbers.tell_sheet(&other.name, other.cells, other.total);
        }
    }
}

/// Puts the others beside the one that was taken: asks, where they come to another sum and nobody has chosen.
pub(super) fn ask_about_others(
    file: &mut FileReport,
    (taken, others): (&str, &[Other]),
    (code, what): (Code, &str),
    is_chosen: bool,
) {
    let is_other_sum = |other: &&Other| other.lines > 0 && other.total != file.total;
    let mut differing: Vec<&Other> = others.iter().filter(is_other_sum).collect();
    // The largest first, as most depends on it.
    differing.sort_by_key(|other| std::cmp::Reverse(other.total.abs()));
    let severity = match (is_chosen, differing.is_empty()) {
        (true, _) => Severity::Note,
        (false, true) => Severity::Warning,
        (false, false) => Severity::Question,
    };
    let mut problem = Problem::of_file(&file.name, severity, code, what);
    if severity == Severity::Question {
        let taken = Other::of(taken, file);
        let ways = std::iter::once(&taken).chain(differing.into_iter().take(OTHER_WAYS));
        problem.readings = ways.map(Other::way).collect();
    }
    file.problems.push(problem);
}

/// A sheet as it would be read.
pub(super) struct Other {
    name: String,
    lines: u64,
    total: Money,
    cells: u64,
    rows: Vec<RowAsRead>,
    /// Whether it is a list of amounts that nothing explains, though no headings say so.
    is_list: bool,
}

impl Other {
    pub(super) fn of(name: &str, report: &FileReport) -> Self {
        Self {
            name: name.to_owned(),
            lines: report.lines,
            total: report.total,
            cells: report.numbers.as_ref().map_or(0, |numbers| numbers.cells),
            rows: rows_as_read(report),
            is_list: false,
        }
    }

    /// One that cannot be read, and so many numbers of it.
    pub(super) fn unread(name: &str, cells: u64) -> Self {
        Self { cells, ..Self::of(name, &FileReport::default()) }
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
fn read_others(
    workbook: &mut Workbook<'_, '_>,
    choice: &SheetChoice,
    list: &Imported,
) -> Result<Vec<Other>, ImportError> {
    let is_read = |name: &String| {
        *name == choice.sheet || choice.alike.contains(name) || choice.continued.contains(name)
    };
    let sheets = workbook.book.sheets();
    // What was said of columns was said of the sheet that is read.
    let options = ImportOptions {
        fields: Vec::new(),
        columns: Vec::new(),
        header_row: None,
        lines_at: Vec::new(),
        ..workbook.options.clone()
    };
    let mut others = Vec::new();
    for (name, is_visible) in sheets.iter().filter(|(name, _)| !is_read(name)) {
        match workbook.read_sheet(name, &SheetChoice::default(), &options) {
            Ok(read) => {
                let other = Other::of(name, &read.file);
                // What was looked at and chosen is asked about already; what is hidden is said.
                let may_be_list = *is_visible && !choice.is_said && !choice.others.contains(name);
                let is_list = may_be_list && is_list_of_its_own(&read, list);
                others.push(Other { is_list, ..other });
            }
            Err(ImportError::Cancelled) => return Err(ImportError::Cancelled),
            // A sheet of remarks, or one that must not be read: its numbers are counted all the same.
            Err(ImportError::Refused(_)) => {
                let cells = numbers_in(&mut SheetTable::new(workbook.file, &mut workbook.book, name));
                others.push(Other::unread(name, cells));
            }
        }
    }
    Ok(others)
}

/// Whether a sheet that no headings make a list holds amounts of its own: several lines that come to another sum than
/// what was read. Rates and percentages come to next to nothing beside it, a summary has its sum among others, and an
/// extract has its amounts.
fn is_list_of_its_own(read: &Imported, list: &Imported) -> bool {
    let (sum, total) = (read.file.total, list.file.total);
    let is_next_to_nothing = sum.units().unsigned_abs().saturating_mul(ONE_IN) < total.units().unsigned_abs();
    if read.file.lines < FEWEST_LINES || sum.is_zero() || sum == total || is_next_to_nothing {
        return false;
    }
    let known: FxHashSet<Money> = list.lines.amounts().chain([total]).collect();
    let mut amounts = read.lines.amounts();
    amounts.all(|amount| amount != total) && read.lines.amounts().any(|amount| !known.contains(&amount))
}

/// How many cells of a table hold numbers, as far as it can be read.
pub(super) fn numbers_in(table: &mut dyn Table) -> u64 {
    let (map, mut cells) = (ColumnMap::default(), 0);
    let read = table.each_row(&mut |row| {
        cells += row.cells().filter(|cell| number_in(cell, &map).is_some()).count() as u64;
        ControlFlow::Continue(())
    });
    read.map_or(0, |()| cells)
}
