//! What reads the rows of a table: a plan that is fixed, and what changes from row to row.

use super::fingerprints::Fingerprints;
use super::ids::Ids;
use super::plan::LinePlan;
use super::report::LineReport;
use super::running_totals::RunningTotals;
use crate::import::files::Row;
use crate::import::problem::Code;
use crate::import::report::{FileReport, Imported};
use crate::money::Money;

/// Reads the rows below the headings into lines, by a plan.
pub(in crate::import) struct LineReader<'p> {
    pub(super) plan: &'p LinePlan,
    pub(super) ids: Ids<'p>,
    pub(super) totals: RunningTotals,
    pub(super) fingerprints: Fingerprints,
    pub(super) report: LineReport<'p>,
    pub(super) damaged: Damaged,
    /// Rows of nothing but an amount that are lines only if others follow.
    pub(super) waiting: Vec<(Row, Money)>,
    pub(super) around: Around,
    /// A row that may be the first half of a record, broken by a line break inside a cell.
    pub(super) half: Option<Row>,
    /// By column that is filled down, the last name.
    pub(super) above: Vec<String>,
}

/// What stands just above the row at hand, and what has been left below the table.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// A blank row, or what a row of one cell says, since the last line.
    pub(super) is_apart: bool,
    pub(super) title: String,
    /// Another table below: the row it begins in, its rows and their sum.
    pub(super) table: Option<(u32, u64, Money)>,
    /// Whether that table is of income, as its title says.
    pub(super) is_income: bool,
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
            waiting: Vec::new(),
            around: Around::default(),
            half: None,
            above: vec![String::new(); plan.table.filled_down.len()],
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

    /// Whether another table has begun below.
    pub(in crate::import) fn has_left_table(&self) -> bool {
        self.around.table.is_some()
    }

    pub(in crate::import) fn wants_fingerprints(&self) -> bool {
        self.fingerprints.wants_more()
    }

    /// Ends the file: what is known only now is said.
    pub(in crate::import) fn finish(mut self) -> Imported {
        self.end_half();
        self.end_waiting();
        self.say_table_apart();
        if let Some(numbers) = self.report.numbers.as_mut() {
            numbers.settle();
            self.report.file.numbers = Some(numbers.balance(self.plan));
        }
        let all = self.plan.sums_only() || self.fingerprints.are_of_all(self.report.file.read);
        let file = self.report.finish(self.fingerprints.twice(), all);
        Imported { file, lines: self.ids.lines }
    }
}
