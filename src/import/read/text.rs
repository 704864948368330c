//! Delimited text, at full speed where it is plain.

use super::table::{Progress, Readable, read_table, source_of};
use crate::import::fast::{BlockPlan, Stopped, read_plain};
use crate::import::files::{Encoding, Open, TextTable};
use crate::import::lines::{LinePlan, LineReader};
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::report::{FileReport, Imported};

/// Smaller files are read row by row: they are done before the cores have begun.
const FAST_BYTES: usize = 256 * 1024;

/// Reads delimited text of which `head` is the beginning, or all of it.
pub(super) fn read_text(
    name: &str,
    head: &[u8],
    whole: bool,
    open: Open<'_, '_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let mut table = TextTable::new(name, head, whole, open, options.encoding);
    let encoding = table.encoding;
    let report = FileReport {
        name: name.to_owned(),
        format: table.dialect.name().to_owned(),
        encoding: Some(encoding),
        source: source_of(name, ""),
        ..FileReport::default()
    };
    let mut imported = read_table(&mut table, report, &[], options, progress)?;
    if table.damaged {
        imported.file.problems.push(Problem::of_file(
            name,
            Severity::Warning,
            Code::CharactersDamaged,
            &format!(
                "some characters could not be read as {encoding} and stand as \u{fffd}; choose another encoding if names look wrong"
            ),
        ));
    }
    if encoding == Encoding::TWICE_UTF_8 {
        imported.file.problems.push(Problem::of_file(
            name,
            Severity::Note,
            Code::EncodingMended,
            "was encoded as UTF-8 twice over (Â£ for £); this was undone",
        ));
    }
    Ok(imported)
}

impl Readable for TextTable<'_, '_> {
    fn is_parted_by_semicolons(&self) -> bool {
        self.dialect.delimiter == b';'
    }

    fn read_fast(
        &mut self,
        plan: &LinePlan,
        lines: &mut LineReader<'_>,
        progress: Progress<'_>,
    ) -> Result<bool, ImportError> {
        if self.is_fixed_width() || self.known_length().is_some_and(|bytes| bytes < FAST_BYTES) {
            return Ok(false);
        }
        let Some(plan) = BlockPlan::of(plan, self.dialect, self.encoding) else { return Ok(false) };
        match read_plain(&plan, self.opened()?, lines, progress) {
            Ok(()) => Ok(true),
            Err(Stopped::NotPlain) => Ok(false),
            Err(Stopped::Cancelled) => Err(ImportError::Cancelled),
            Err(Stopped::Failed(error)) => Err(self.unfinished(&error)),
        }
    }
}
