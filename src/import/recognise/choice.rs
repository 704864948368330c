//! What was decided while a table was recognised, to be told.

use crate::import::problem::{Code, Severity};

/// Something decided while the columns were recognised, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Choice {
    pub(in crate::import) severity: Severity,
    pub(in crate::import) code: Code,
    pub(in crate::import) what: String,
}

impl Choice {
    pub(in crate::import) fn note(code: Code, what: impl Into<String>) -> Self {
        Self { severity: Severity::Note, code, what: what.into() }
    }

    pub(super) fn warning(code: Code, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code, what: what.into() }
    }
}
