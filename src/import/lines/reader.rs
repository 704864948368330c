//! What reads the rows of a table: a plan that is fixed, and what changes from row to row.

use super::fingerprints::Fingerprints;
use super::ids::Ids;
use super::plan::LinePlan;
use super::report::LineReport;
use super::running_totals::RunningTotals;
use crate::import::problem::Code;
use crate::import::report::{FileReport, Imported};

/// Reads the rows below the headings into lines, by a plan.
pub(in crate::import) struct LineReader<'p> {
    pub(super) plan: &'p LinePlan,
    pub(super) ids: Ids<'p>,
    pub(super) totals: RunningTotals,
    pub(super) fingerprints: Fingerprints,
    pub(super) report: LineReport<'p>,
    pub(super) damaged: Damaged,
}

/// What becomes of a damaged row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Damaged {
    /// It is kept back, with how it may have been meant.
    Proposed,
    /// It is read as it may have been meant.
    Mended,
}

impl<'p> LineReader<'p> {
    pub(in crate::import) fn new(plan: &'p LinePlan, report: FileReport, damaged: Damaged) -> Self {
        Self {
            plan,
            ids: Ids::new(plan, report.source.clone()),
            totals: RunningTotals::new(plan.places.amounts.len()),
            fingerprints: Fingerprints::default(),
            report: LineReport::new(plan, report),
            damaged,
        }
    }

    /// Rows of the file so far.
    pub(in crate::import) fn rows(&self) -> u64 {
        self.report.file.rows
    }

    /// Whether the file's own total proves how its damaged rows were meant.
    pub(in crate::import) fn proves_repairs(&self) -> bool {
        self.report.file.problems.iter().any(|problem| problem.code == Code::RepairsProved)
    }

    pub(in crate::import) fn wants_fingerprints(&self) -> bool {
        self.fingerprints.wants_more()
    }

    /// Ends the file: what is known only now is said.
    pub(in crate::import) fn finish(self) -> Imported {
        let all = self.fingerprints.wants_more();
        let file = self.report.finish(self.fingerprints.twice(), all);
        Imported { file, lines: self.ids.lines }
    }
}
