//! One sheet of a workbook, and sheets by their names.

use super::sheet_choice::SheetChoice;
use super::table::{Progress, Readable, read_table, source_of};
use crate::import::files::{Book, SheetTable};
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::report::{FileReport, Imported};
use crate::words::counted_as;

/// Names of sheets in a sentence.
pub(super) fn listed(sheets: &[String]) -> String {
    let quoted: Vec<String> = sheets.iter().map(|sheet| format!("\"{sheet}\"")).collect();
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => quoted.concat(),
    }
}

/// Reads one sheet.
pub(super) fn read_sheet(
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

impl Readable for SheetTable<'_, '_> {
    fn is_shown_scaled(&self, column: usize) -> bool {
        self.shows_scaled(column)
    }
}
