//! What was decided while a table was recognised, to be told.

use crate::import::problem::{Code, Severity};
use crate::import::question::FileAnswer;

/// Something decided while the columns were recognised, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Choice {
    pub(in crate::import) severity: Severity,
    pub(in crate::import) code: Code,
    pub(in crate::import) what: String,
    /// Of a question: the ways to read it, the one that was taken first.
    pub(in crate::import) readings: Vec<FileAnswer>,
}

impl Choice {
    pub(in crate::import) fn note(code: Code, what: impl Into<String>) -> Self {
        Self { severity: Severity::Note, code, what: what.into(), readings: Vec::new() }
    }

    pub(super) fn warning(code: Code, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code, what: what.into(), readings: Vec::new() }
    }

    /// What the file does not prove and money depends on, with the ways to read it.
    pub(in crate::import) fn question(
        code: Code,
        what: impl Into<String>,
        readings: Vec<FileAnswer>,
    ) -> Self {
        Self { severity: Severity::Question, code, what: what.into(), readings }
    }
}
