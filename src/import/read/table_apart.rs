//! Another table below the one that was read: what the file comes to if that one holds the lines.

use super::asked::rows_as_read;
use super::table::{HEAD_ROWS, Progress, Readable, read_table, source_of};
use crate::import::options::{ImportOptions, Retention};
use crate::import::problem::{Code, ImportError, Severity};
use crate::import::question::{FileAnswer, WayToRead};
use crate::import::report::FileReport;

/// Puts the other table beside the one that was read, where it is asked about and can be read by itself.
pub(super) fn ask_about_table_apart(
    table: &mut dyn Readable,
    elsewhere: &[String],
    options: &ImportOptions,
    progress: Progress<'_>,
    file: &mut FileReport,
) -> Result<(), ImportError> {
    let is_asked = |code: Code, severity| code == Code::TableApart && severity == Severity::Question;
    let at = file.problems.iter().position(|problem| is_asked(problem.code, problem.severity));
    let Some((at, row)) = at.and_then(|at| Some((at, file.problems[at].row?))) else { return Ok(()) };
    if row as usize > HEAD_ROWS {
        return Ok(());
    }
    // What was said of columns and rows was said of the first table; nobody is asked about what may be read.
    let below = ImportOptions {
        header_row: Some(row),
        fields: Vec::new(),
        columns: Vec::new(),
        lines_at: Vec::new(),
        keep: Retention::SumsBy(Vec::new()),
        balance: false,
        ..options.clone()
    };
    let report = FileReport {
        name: file.name.clone(),
        format: file.format.clone(),
        source: source_of(&file.name, ""),
        ..FileReport::default()
    };
    let other = match read_table(table, report, elsewhere, &below, progress) {
        Ok(imported) => imported.file,
        Err(ImportError::Cancelled) => return Err(ImportError::Cancelled),
        // It holds nothing that can be read as money.
        Err(ImportError::Refused(_)) => return Ok(()),
    };
    let answer = FileAnswer::Headings(row);
    let way = WayToRead {
        choose: answer.option(),
        total: other.total,
        lines: other.lines,
        rows: rows_as_read(&other),
        answer,
    };
    let mut taken = WayToRead::as_read(file.total, file.lines);
    taken.rows = rows_as_read(file);
    file.problems[at].readings = vec![taken, way];
    Ok(())
}
