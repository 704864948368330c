//! What is told of the rows: those passed over or rejected, problems, and what is known only at the end.

use rustc_hash::FxHashMap;

use super::fingerprints::MOST_REMEMBERED;
use super::numbers::NumberCounts;
use super::plan::LinePlan;
use crate::import::files::Row;
use crate::import::problem::{Code, Problem, Severity, SkipReason, Skipped};
use crate::import::question::{FileAnswer, RowAsRead, WayToRead};
use crate::import::report::{FileReport, Reject};
use crate::import::words::column_name;
use crate::money::Money;
use crate::words::{counted_as, noun, thousands};

/// Problems of rows that are listed one by one; beyond, they are counted.
const MOST_PROBLEMS: usize = 10_000;
/// Passed-over rows that are listed one by one.
const MOST_SKIPPED: usize = 10_000;
/// Mended rows that are named.
const MOST_NAMED: usize = 50;

/// The report of a file while its rows are read.
pub(super) struct LineReport<'p> {
    pub(super) file: FileReport,
    headings: &'p [String],
    /// What became of every number, where that is counted.
    pub(super) numbers: Option<NumberCounts>,
    /// How many problems of a kind there are beyond those that are listed.
    unlisted: FxHashMap<Code, u64>,
    rounded: Rounded,
    /// How many rows miss their own total, and by how much together.
    not_itemised: (u64, Money),
    /// Damaged rows that were read as they may have been meant.
    mended: Vec<u32>,
    /// Rows that were read although they are hidden, what they come to, and the first of them.
    hidden: (Vec<u32>, u64, Money),
    /// The last total that misses what stands above it: its problem, what the row says, and its amount.
    missed: Option<(usize, RowAsRead)>,
    /// The last row, where it was rejected.
    last_rejected: Option<(u32, Code)>,
}

/// Amounts finer than a hundredth of a penny.
#[derive(Default)]
struct Rounded {
    count: u64,
    first_row: Option<u32>,
    /// In 10^-12 of a ten-thousandth of a pound.
    lost: i128,
}

impl<'p> LineReport<'p> {
    pub(super) fn new(plan: &'p LinePlan, file: FileReport) -> Self {
        Self {
            file,
            headings: &plan.headings,
            numbers: plan.counts_numbers().then(NumberCounts::default),
            unlisted: FxHashMap::default(),
            rounded: Rounded::default(),
            not_itemised: (0, Money::ZERO),
            mended: Vec::new(),
            hidden: (Vec::new(), 0, Money::ZERO),
            missed: None,
            last_rejected: None,
        }
    }

    /// Counts a row that holds no line of spending.
    pub(super) fn skip(&mut self, row: &Row, reason: SkipReason) {
        self.file.skipped_rows += 1;
        self.tell_numbers(row, reason.words());
        if let Some(last) = self.file.skipped.last_mut()
            && last.reason == reason
            && last.row + last.rows == row.number
            && matches!(reason, SkipReason::Blank | SkipReason::Income)
        {
            last.rows += 1;
            return;
        }
        if self.file.skipped.len() < MOST_SKIPPED {
            let text = row.summary();
            self.file.skipped.push(Skipped { row: row.number, rows: 1, reason, text });
        }
    }

    /// Counts a row that should hold a line and cannot be read.
    pub(super) fn reject(&mut self, row: &Row, place: usize, code: Code, what: &str) {
        self.problem(row, Some(place), Severity::Error, code, what);
        self.file.rejected += 1;
        self.tell_numbers(row, "rejected row");
        self.last_rejected = Some((row.number, code));
        if self.file.rejects.len() < MOST_PROBLEMS {
            self.file.rejects.push(Reject {
                row: row.number,
                code,
                cells: row.cells().map(str::to_owned).collect(),
                repair: None,
            });
        }
    }

    /// Says what the numbers of a row are that became no line.
    pub(super) fn tell_numbers(&mut self, row: &Row, what: &'static str) {
        if let Some(numbers) = &mut self.numbers {
            numbers.tell(row.number, what);
        }
    }

    /// Counts rows that became lines.
    pub(super) fn add_read(&mut self, rows: u64) {
        self.file.read += rows;
        self.last_rejected = None;
    }

    /// Counts a line.
    pub(super) fn add_line(&mut self, amount: Money) {
        self.file.lines += 1;
        self.file.total += amount;
        self.file.negative_lines += u64::from(amount.is_negative());
    }

    pub(super) fn warn(&mut self, row: &Row, place: Option<usize>, code: Code, what: &str) {
        self.problem(row, place, Severity::Warning, code, what);
    }

    pub(super) fn problem(
        &mut self,
        row: &Row,
        place: Option<usize>,
        severity: Severity,
        code: Code,
        what: &str,
    ) {
        if self.file.problems.len() >= MOST_PROBLEMS {
            *self.unlisted.entry(code).or_default() += 1;
            return;
        }
        let column = place.map(|place| column_name(self.headings, place));
        self.file.problems.push(Problem::of_row(
            &self.file.name,
            row.number,
            column.as_deref(),
            severity,
            code,
            what,
        ));
    }

    pub(super) fn note_rounded(&mut self, row: &Row, lost: i64) {
        self.rounded.count += 1;
        self.rounded.first_row.get_or_insert(row.number);
        self.rounded.lost += i128::from(lost);
    }

    pub(super) fn note_not_itemised(&mut self, rest: Money) {
        self.not_itemised.0 += 1;
        self.not_itemised.1 += rest;
    }

    pub(super) fn note_hidden(&mut self, row: &Row, amount: Money) {
        let (rows, count, sum) = &mut self.hidden;
        *count += 1;
        *sum += amount;
        if rows.len() < MOST_NAMED {
            rows.push(row.number);
        }
    }

    pub(super) fn note_mended(&mut self, row: &Row) {
        self.mended.push(row.number);
    }

    /// Ends the file: what is known only now is said, and how many of the rows come `twice`; `all` of them were looked at.
    pub(super) fn finish(mut self, twice: u64, all: bool) -> FileReport {
        self.ask_about_total();
        self.settle_ways();
        self.say_rounded();
        self.say_twice(twice, all);
        self.say_not_itemised();
        self.say_mended();
        self.say_hidden();
        self.say_withheld();
        self.say_truncated();
        self.say_unlisted();
        self.file
    }

    /// A question about a row, with the ways to read it.
    pub(super) fn ask(&mut self, row: &Row, code: Code, what: &str, readings: Vec<WayToRead>) {
        let mut problem = Problem::of_row(&self.file.name, row.number, None, Severity::Question, code, what);
        problem.readings = readings;
        self.file.problems.push(problem);
    }

    /// Says that a total misses what stands above it.
    pub(super) fn say_missed(&mut self, row: &Row, place: usize, stated: Money, what: &str) {
        let listed = self.file.problems.len();
        self.warn(row, Some(place), Code::TotalDiffers, what);
        let row = RowAsRead { row: row.number, words: row.summary(), amount: Some(stated) };
        self.missed = (self.file.problems.len() > listed).then_some((listed, row)).or(self.missed.take());
    }

    /// A total that the rows miss is asked about, once, unless the file proves its sum by another, or rows that could not be
    /// read are likely to be what is missing: those are an error already.
    fn ask_about_total(&mut self) {
        let Some((problem, row)) = self.missed.take() else { return };
        if self.file.stated_total == Some(self.file.total) || self.file.rejected > 0 {
            return;
        }
        let struck = RowAsRead { amount: None, ..row.clone() };
        let problem = &mut self.file.problems[problem];
        problem.severity = Severity::Question;
        problem.readings = vec![
            WayToRead::of_row(FileAnswer::AsRead, struck),
            WayToRead::of_row(FileAnswer::LineAt(row.row), row),
        ];
    }

    /// What the file comes to by each way is known once all its rows are.
    fn settle_ways(&mut self) {
        let (total, lines) = (self.file.total, self.file.lines);
        for way in self.file.problems.iter_mut().flat_map(|problem| &mut problem.readings) {
            let added: Vec<Money> = way.rows.iter().filter_map(|row| row.amount).collect();
            way.total = total + added.iter().copied().sum();
            way.lines = lines + added.len() as u64;
        }
    }

    pub(super) fn tell(&mut self, severity: Severity, code: Code, what: &str) {
        self.file.problems.push(Problem::of_file(&self.file.name, severity, code, what));
    }

    fn note(&mut self, code: Code, what: &str) {
        self.file.problems.push(Problem::of_file(&self.file.name, Severity::Note, code, what));
    }

    fn say_rounded(&mut self) {
        let Rounded { count, first_row, lost } = self.rounded;
        if count == 0 {
            return;
        }
        let lost = Money::from_units(lost / 1_000_000_000_000);
        let what = format!(
            "{} finer than a hundredth of a penny (the first in row {}) and {} rounded to it, as spreadsheets show them; together this changes the total by {}",
            counted_as(count, "amount is", "amounts are"),
            first_row.unwrap_or(0),
            noun(count, "was", "were"),
            if lost.is_zero() { "less than a hundredth of a penny".to_owned() } else { format!("{lost}") },
        );
        self.note(Code::AmountsRounded, &what);
    }

    fn say_twice(&mut self, twice: u64, all: bool) {
        if twice == 0 {
            if !all {
                let what = format!(
                    "of the first {} lines no row reads exactly as an earlier one does; those after them were not compared",
                    thousands(MOST_REMEMBERED)
                );
                self.note(Code::DuplicateLines, &what);
            }
            return;
        }
        let what = format!(
            "{}{} exactly as an earlier row does; such rows are common and genuine, so none was left out",
            if all { String::new() } else { format!("of the first {} lines ", thousands(MOST_REMEMBERED)) },
            counted_as(twice, "row reads", "rows read")
        );
        self.note(Code::DuplicateLines, &what);
    }

    fn say_not_itemised(&mut self) {
        let (rows, missing) = self.not_itemised;
        if rows == 0 {
            return;
        }
        let what = format!(
            "{} its own total, by {missing} together; the difference is kept as \"Not itemised\"",
            counted_as(rows, "row misses", "rows miss"),
        );
        self.note(Code::TotalNotItemised, &what);
    }

    fn say_mended(&mut self) {
        if self.mended.is_empty() {
            return;
        }
        let rows: Vec<String> = self.mended.iter().take(MOST_NAMED).map(u32::to_string).collect();
        let what = format!(
            "{} read as it may have been meant, which the file's own total proves (row {})",
            counted_as(self.mended.len(), "damaged row was", "damaged rows were"),
            rows.join(", ")
        );
        self.note(Code::RowsMended, &what);
    }

    fn say_hidden(&mut self) {
        let (rows, count, sum) = &self.hidden;
        if *count == 0 {
            return;
        }
        let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
        let what = format!(
            "{} hidden in the workbook and {} read like the others ({sum}): row {}",
            counted_as(*count, "row is", "rows are"),
            noun(*count, "was", "were"),
            rows.join(", ")
        );
        self.file.problems.push(Problem::of_file(
            &self.file.name,
            Severity::Warning,
            Code::RowsHidden,
            &what,
        ));
    }

    fn say_withheld(&mut self) {
        let count = self.file.withheld;
        if count > 0 {
            let what = format!(
                "{} by a mark as not available, such as [c] or \"..\"; nothing is counted for them",
                counted_as(count, "amount is given", "amounts are given")
            );
            self.note(Code::NotAvailable, &what);
        }
    }

    fn say_truncated(&mut self) {
        if let Some((row, Code::AmountMissing)) = self.last_rejected {
            self.file.problems.push(Problem::of_row(
                &self.file.name,
                row,
                None,
                Severity::Warning,
                Code::FileTruncated,
                "the last row has no amount; the file may have been cut short, so ask its publisher for the whole of it",
            ));
        }
    }

    fn say_unlisted(&mut self) {
        let mut unlisted: Vec<(Code, u64)> = std::mem::take(&mut self.unlisted).into_iter().collect();
        unlisted.sort_unstable();
        for (code, count) in unlisted {
            self.file.problems.push(Problem::of_file(
                &self.file.name,
                Severity::Warning,
                code,
                &format!(
                    "{} of the same kind, not listed one by one",
                    counted_as(count, "more problem", "more problems")
                ),
            ));
        }
    }
}
