//! What is told of a file: rows passed over, problems, what is known only at its end.

use super::super::fast;
use super::super::problem::{Code, Problem, Severity, SkipReason, Skipped};
use super::super::report::FileReport;
use super::{LineReader, MOST_PROBLEMS};
use crate::import::files::Row;
use crate::import::words::column_name;
use crate::ledger::LedgerBuilder;
use crate::money::Money;
use crate::words::{counted_as, noun, thousands};

/// Passed-over rows that are listed one by one.
const MOST_SKIPPED: usize = 10_000;
/// Rows that are remembered to tell which come twice.
const MOST_REMEMBERED: usize = 1_000_000;

impl LineReader<'_> {
    pub(in super::super) fn skip(&mut self, row: &Row, reason: SkipReason) {
        self.report.skipped_rows += 1;
        if let Some(last) = self.report.skipped.last_mut()
            && last.reason == reason
            && last.row + last.rows == row.number
            && matches!(reason, SkipReason::Blank | SkipReason::Income)
        {
            last.rows += 1;
            return;
        }
        if self.report.skipped.len() < MOST_SKIPPED {
            let text = row.summary();
            self.report.skipped.push(Skipped { row: row.number, rows: 1, reason, text });
        }
    }

    pub(super) fn note_rounded(&mut self, row: &Row, lost: i64) {
        self.rounded.0 += 1;
        self.rounded.1.get_or_insert(row.number);
        self.rounded.2 += i128::from(lost);
    }

    pub(super) fn warn(&mut self, row: &Row, place: Option<usize>, code: Code, what: &str) {
        self.problem(row, place, Severity::Warning, code, what);
    }

    pub(super) fn warn_amount(&mut self, row: &Row, place: usize, code: Code, what: &str) {
        self.problem(row, Some(place), Severity::Warning, code, what);
    }

    pub(super) fn problem(
        &mut self,
        row: &Row,
        place: Option<usize>,
        severity: Severity,
        code: Code,
        what: &str,
    ) {
        if self.report.problems.len() >= MOST_PROBLEMS {
            *self.unlisted.entry(code).or_default() += 1;
            return;
        }
        let column = place.map(|place| column_name(&self.headings, place));
        self.report.problems.push(Problem::of_row(
            &self.report.name,
            row.number,
            column.as_deref(),
            severity,
            code,
            what,
        ));
    }

    pub(super) fn remember(&mut self, print: u64) {
        if self.wants_fingerprints() {
            self.remembered.push(print);
        }
    }

    /// How many of the remembered rows read exactly as an earlier one does.
    fn twice(&mut self) -> u64 {
        let count = self.remembered.len();
        fast::sort(&mut self.remembered);
        self.remembered.dedup();
        (count - self.remembered.len()) as u64
    }

    pub(in super::super) fn wants_fingerprints(&self) -> bool {
        self.remembered.len() < MOST_REMEMBERED
    }

    /// Ends the file: what is known only now is said.
    pub(in super::super) fn finish(mut self) -> (FileReport, LedgerBuilder) {
        let name = self.report.name.clone();
        let note = |code, what: &str| Problem::of_file(&name, Severity::Note, code, what);
        if self.rounded.0 > 0 {
            let (count, row, lost) = self.rounded;
            let lost = Money::from_units(lost / 1_000_000_000_000);
            self.report.problems.push(note(
                Code::AmountsRounded,
                &format!(
                    "{} finer than a hundredth of a penny (the first in row {}) and {} rounded to it, as spreadsheets show them; together this changes the total by {}",
                    counted_as(count, "amount is", "amounts are"),
                    row.unwrap_or(0),
                    noun(count, "was", "were"),
                    if lost.is_zero() { "less than a hundredth of a penny".to_owned() } else { format!("{lost}") },
                ),
            ));
        }
        let all_remembered = self.wants_fingerprints();
        let twice = self.twice();
        if twice > 0 {
            self.report.problems.push(note(
                Code::DuplicateLines,
                &format!(
                    "{}{} exactly as an earlier row does; such rows are common and genuine, so none was left out",
                    if all_remembered {
                        String::new()
                    } else {
                        format!("of the first {} lines ", thousands(MOST_REMEMBERED))
                    },
                    counted_as(twice, "row reads", "rows read")
                ),
            ));
        }
        let (rows_short, missing) = self.not_itemised;
        if rows_short > 0 {
            self.report.problems.push(note(
                Code::TotalNotItemised,
                &format!(
                    "{} its own total, by {missing} together; the difference is kept as \"Not itemised\"",
                    counted_as(rows_short, "row misses", "rows miss"),
                ),
            ));
        }
        if !self.mended.is_empty() {
            let rows: Vec<String> = self.mended.iter().take(50).map(u32::to_string).collect();
            self.report.problems.push(note(
                Code::RowsMended,
                &format!(
                    "{} read as it may have been meant, which the file's own total proves (row {})",
                    counted_as(self.mended.len(), "damaged row was", "damaged rows were"),
                    rows.join(", ")
                ),
            ));
        }
        if let Some((row, Code::AmountMissing)) = self.last_rejected {
            self.report.problems.push(Problem::of_row(
                &name,
                row,
                None,
                Severity::Warning,
                Code::FileTruncated,
                "the last row has no amount; the file may have been cut short, so ask its publisher for the whole of it",
            ));
        }
        let mut unlisted: Vec<(Code, u64)> = self.unlisted.into_iter().collect();
        unlisted.sort_unstable();
        for (code, count) in unlisted {
            self.report.problems.push(Problem::of_file(
                &name,
                Severity::Warning,
                code,
                &format!(
                    "{} of the same kind, not listed one by one",
                    counted_as(count, "more problem", "more problems")
                ),
            ));
        }
        (self.report, self.lines)
    }
}

pub(super) fn fingerprint(row: &Row) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    for index in 0..row.len() {
        row.raw_cell(index).hash(&mut hasher);
    }
    hasher.finish()
}
