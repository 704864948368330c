//! Control totals: published or ledger figures that the lines must agree to, and by how much they do not. It
//! only compares; what may explain a difference is found in `agree`.

use serde::{Deserialize, Serialize};

use super::{Filter, Ledger, LineId};
use crate::money::Money;

/// A published or ledger figure that the loaded lines must agree to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlTotal {
    pub name: String,
    /// £.
    pub amount: Money,
    /// The key of the source whose lines it counts; empty counts those of every source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// The lines it counts.
    #[serde(default, skip_serializing_if = "Filter::is_empty")]
    pub lines: Filter,
    /// The key of the source it is from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What explains a difference, if that is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// How the lines compare with a control total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The sum of the lines, £.
    pub found: Money,
    /// Lines less control total, £; zero when they agree to the penny and beyond.
    pub difference: Money,
}

impl Agreement {
    pub const fn agrees(self) -> bool {
        self.difference.is_zero()
    }
}

impl ControlTotal {
    pub fn compare(&self, ledger: &Ledger) -> Agreement {
        let found = if self.file.is_empty() {
            // The usual case goes through the cells. Files are no dimension, so the lines of one file have to
            // be added themselves.
            self.lines.resolve(ledger).cells(false).total()
        } else {
            self.lines_of(ledger).into_iter().map(|line| ledger.amount(line)).sum()
        };
        Agreement { found, difference: found - self.amount }
    }

    /// The same, where these lines, in order, were left out by hand: a total agrees with the file as it is, or with what
    /// is left of it.
    pub fn compare_without(&self, ledger: &Ledger, left_out: &[LineId]) -> Agreement {
        let whole = self.compare(ledger);
        if whole.agrees() || left_out.is_empty() {
            return whole;
        }
        let counted = self.lines_of(ledger);
        let counted = counted.into_iter().filter(|line| left_out.binary_search(line).is_err());
        let found: Money = counted.map(|line| ledger.amount(line)).sum();
        Agreement { found, difference: found - self.amount }
    }

    /// The lines it counts, in the ledger's order.
    pub fn lines_of(&self, ledger: &Ledger) -> Vec<LineId> {
        let mut lines = ledger.lines_where(&self.lines);
        if !self.file.is_empty() {
            let source = ledger.sources().iter().position(|source| source.key == self.file);
            // A file that is not there has no lines; the total then differs by all of itself, which is what
            // it should say.
            lines.retain(|&line| source.is_some() && ledger.source_index(line) == source);
        }
        lines
    }
}
