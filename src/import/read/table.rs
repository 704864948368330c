//! One table, from its rows to its lines and its report.

use std::ops::ControlFlow;

use super::of_file::{agency_for_file, year_for_file};
use super::recognised::{cells_beyond, choose_map, headings_of, profile, refuse_personal_data};
use crate::dimension::Dimension;
use crate::import::files::{Table, first_rows};
use crate::import::lines::LineReader;
use crate::import::options::{ImportOptions, Keep};
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::recognise::{Choice, ColumnMap, Header, find_credits, may_have_levels, sums_of_parts};
use crate::import::report::{FileReport, Imported};
use crate::ledger::Source;

/// Rows among which the headings are looked for.
pub(super) const HEAD_ROWS: usize = 400;
/// Rows among which levels of a hierarchy are looked for; such tables are short.
const LEVEL_ROWS: usize = 4_000;

/// Is told the rows so far; `Break` stops.
pub(super) type Progress<'p> = &'p mut dyn FnMut(u64) -> ControlFlow<()>;

/// A table whose rows may be read all at once.
pub(super) trait Readable: Table {
    /// Reads all rows at once where that can be done; `false` where it must be done row by row.
    fn read_fast(
        &mut self,
        _map: &ColumnMap,
        _header: &Header,
        _lines: &mut LineReader<'_>,
        _progress: Progress<'_>,
    ) -> Result<bool, ImportError> {
        Ok(false)
    }
}

pub(super) fn source_of(file: &str, sheet: &str) -> Source {
    Source {
        key: if sheet.is_empty() { file.to_owned() } else { format!("{file} {sheet}") },
        title: file.to_owned(),
        file: file.to_owned(),
        sheet: sheet.to_owned(),
        ..Source::default()
    }
}

/// Finds the headings, judges the columns, and reads every row.
pub(super) fn read_table(
    table: &mut dyn Readable,
    mut report: FileReport,
    elsewhere: &[String],
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let header =
        Header { elsewhere: elsewhere.to_vec(), ..headings_of(&first_rows(table, HEAD_ROWS)?, options) };
    let profiles = profile(table, &header)?;
    refuse_personal_data(&report.name, &header, &profiles)?;
    let (mut map, mut choices) = choose_map(&header, &profiles, &report, options)?;
    if let Some(unit) = options.unit {
        map.amounts.unit = unit;
    }
    let credits = find_credits(&map, &profiles).map(|(credits, choice)| {
        choices.push(choice);
        credits
    });
    let headings: Vec<String> = map.columns.iter().map(|column| column.heading.trim().to_owned()).collect();
    for Choice { severity, code, what } in choices {
        report.problems.push(Problem::of_file(&report.name, severity, code, &what));
    }
    report.problems.extend(cells_beyond(&report.name, &map, &profiles));
    let mut base = map.set.clone();
    base.extend(options.set.iter().cloned());
    let file_year = year_for_file(&header, &map, &mut report);
    if let Some(agency) = agency_for_file(&header, &map, &base, &mut report) {
        base.push((Dimension::Agency, agency));
    }
    report.header_row = header.row;
    report.map = map.clone();
    let sums_by = match &options.keep {
        Keep::Lines => None,
        Keep::SumsBy(dimensions) => Some(dimensions.as_slice()),
    };
    let repeated = if may_have_levels(&map) {
        sums_of_parts(&first_rows(table, LEVEL_ROWS)?, header.rows_before_data, &map)
    } else {
        Vec::new()
    };
    let reader = |report: FileReport| {
        let rows = (header.rows_before_data, header.height);
        let mut lines = LineReader::new(
            &map,
            headings.clone(),
            profiles.usually_filled(),
            &base,
            file_year,
            rows,
            sums_by,
            report,
        );
        lines.credits = credits;
        lines.repeated.clone_from(&repeated);
        lines
    };
    let mut lines = reader(report.clone());
    if options.thorough || !table.read_fast(&map, &header, &mut lines, progress)? {
        lines = reader(report.clone());
        read_each(table, &mut lines, progress)?;
    }
    if options.mend && lines.report.problems.iter().any(|problem| problem.code == Code::RepairsProved) {
        lines = reader(report);
        lines.mend = true;
        read_each(table, &mut lines, progress)?;
    }
    let (mut file, lines) = lines.finish();
    if file.read + file.rejected == 0 {
        let what = "has headings and no rows of spending below them";
        file.problems.push(Problem::of_file(&file.name, Severity::Warning, Code::NoRows, what));
    }
    assert!(file.adds_up(), "every row is read, passed over or rejected");
    Ok(Imported { file, lines })
}

/// Reads a table row by row.
fn read_each(
    table: &mut dyn Table,
    lines: &mut LineReader<'_>,
    progress: Progress<'_>,
) -> Result<(), ImportError> {
    let mut stopped = false;
    table.each_row(&mut |row| {
        if lines.report.rows.is_multiple_of(4096) && progress(lines.report.rows).is_break() {
            stopped = true;
            return ControlFlow::Break(());
        }
        lines.take_from_first(row)
    })?;
    if stopped { Err(ImportError::Cancelled) } else { Ok(()) }
}
