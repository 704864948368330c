//! A workbook that is open, one sheet of it read, and sheets by their names.

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

/// A workbook that is open.
pub(super) struct Workbook<'w, 'b> {
    pub(super) file: &'w str,
    pub(super) book: Book<'b>,
    /// What was said of it.
    pub(super) options: &'w ImportOptions,
    pub(super) progress: Progress<'w>,
}

impl Workbook<'_, '_> {
    /// Reads one sheet, as `options` say.
    pub(super) fn read_sheet(
        &mut self,
        sheet: &str,
        choice: &SheetChoice,
        options: &ImportOptions,
    ) -> Result<Imported, ImportError> {
        let file = self.file;
        let shown = self.book.sheets().into_iter().filter(|(_, visible)| *visible);
        // Where several sheets are read, each is told apart in what is said of its rows.
        let several = !choice.alike.is_empty();
        let report = FileReport {
            name: if several { format!("{file}, sheet {sheet}") } else { file.to_owned() },
            format: self.book.format().to_owned(),
            sheet: Some(sheet.to_owned()),
            sheets: shown.map(|(name, _)| name).collect(),
            source: source_of(file, sheet),
            ..FileReport::default()
        };
        let mut table = SheetTable::new(file, &mut self.book, sheet);
        let mut imported = read_table(&mut table, report, &choice.elsewhere, options, self.progress)?;
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
}

impl Readable for SheetTable<'_, '_> {
    fn is_shown_scaled(&self, column: usize) -> bool {
        self.shows_scaled(column)
    }
}
