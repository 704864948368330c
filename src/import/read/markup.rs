//! A table in HTML or in the XML of older spreadsheets.

use super::table::{Progress, Readable, read_table, source_of};
use crate::import::files::{Encoding, MarkupTable};
use crate::import::input::Input;
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::report::{FileReport, Imported};
use crate::words::counted_as;

/// Reads the largest table of a marked-up text.
pub(super) fn read_markup(
    input: Input<'_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let encoding = options.encoding.unwrap_or_else(|| Encoding::guess(input.bytes, true));
    let mut text = String::new();
    encoding.decoder().decode(input.bytes, &mut text, true);
    let mut table = MarkupTable::of(&text);
    let report = FileReport {
        name: input.name.to_owned(),
        format: "html".to_owned(),
        encoding: Some(encoding),
        source: source_of(input.name, ""),
        ..FileReport::default()
    };
    let others = table.others;
    let mut imported = read_table(&mut table, report, &[], options, progress).map_err(|error| match error {
        ImportError::Refused(problem) if problem.code == Code::NoAmounts => ImportError::refused(
            input.name,
            Code::FileWebPage,
            "is a web page, and no table in it holds amounts of money: most likely an error page saved in the file's place; download the file again",
        ),
        other => other,
    })?;
    if others > 0 {
        let what = format!(
            "the largest of its tables was read; {} not",
            counted_as(others, "other table was", "other tables were")
        );
        imported.file.problems.push(Problem::of_file(
            input.name,
            Severity::Question,
            Code::TableApart,
            &what,
        ));
    }
    Ok(imported)
}

impl Readable for MarkupTable {}
