//! What is told of a file once it was read.

use super::files::Encoding;
use super::problem::{Code, Problem, Severity, Skipped};
use super::recognise::{ColumnMap, Field};
use crate::ledger::{
    FileNote, FileRecord, LedgerBuilder, NumberBalance, PassedOver, RowCounts, SaidOfFile, Source,
};
use crate::money::Money;

/// Rows that were passed over, and problems, that a place keeps one by one.
const MOST_KEPT: usize = 100;

/// A file that was read.
#[derive(Debug)]
pub struct Imported {
    pub file: FileReport,
    /// The lines, in the file's order; `finish` makes a ledger of them.
    pub lines: LedgerBuilder,
}

/// What was read from a file, what was not, and why.
///
/// Every row is accounted for: `heading_rows + read + skipped_rows + rejected = rows`.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// The file's name.
    pub name: String,
    /// `csv`, `tsv`, `xlsx`, `xls`, `xlsb`, `ods`, `zip`.
    pub format: String,
    /// Of text; workbooks have none.
    pub encoding: Option<Encoding>,
    pub sheet: Option<String>,
    /// All sheets of a workbook that are shown.
    pub sheets: Vec<String>,
    /// The row of the headings, the last of them where there are several; none where the file has no headings.
    pub header_row: Option<u32>,
    /// How its columns were understood; may be changed and given back.
    pub map: ColumnMap,
    /// Rows in the file.
    pub rows: u64,
    pub heading_rows: u64,
    /// Rows that became lines.
    pub read: u64,
    /// Rows that hold no line: blank, titles, totals, notes.
    pub skipped_rows: u64,
    /// Rows that should hold a line and cannot be read.
    pub rejected: u64,
    /// Lines; more than rows where a row holds amounts for several years.
    pub lines: u64,
    pub total: Money,
    pub negative_lines: u64,
    /// Cells of a wide table whose amount is not given.
    pub withheld: u64,
    /// What became of every number, where that was asked for.
    pub numbers: Option<Numbers>,
    /// What the file itself says is its total, in a total row.
    pub stated_total: Option<Money>,
    pub skipped: Vec<Skipped>,
    pub rejects: Vec<Reject>,
    pub problems: Vec<Problem>,
    pub sample: Vec<Sample>,
    pub source: Source,
}

impl FileReport {
    /// The columns that were read as something, with their headings.
    pub fn columns(&self) -> Vec<(Field, String)> {
        self.map.used().map(|(_, column)| (column.field.clone(), column.heading.trim().to_owned())).collect()
    }

    /// How it was read, for a place to keep. Long lists are cut: what is behind them is counted.
    pub fn record(&self) -> FileRecord {
        let passed_over = self.skipped.iter().take(MOST_KEPT).map(|skipped| PassedOver {
            row: skipped.row,
            rows: skipped.rows,
            reason: skipped.reason.words().to_owned(),
            text: skipped.text.clone(),
        });
        let notes = self.problems.iter().take(MOST_KEPT).map(|problem| FileNote {
            severity: problem.severity.key().to_owned(),
            code: problem.code.key(),
            row: problem.row,
            message: problem.message.clone(),
        });
        FileRecord {
            format: self.format.clone(),
            encoding: self.encoding.map(|encoding| encoding.to_string()).unwrap_or_default(),
            header_row: self.header_row,
            columns: self.columns().into_iter().map(|(field, heading)| (field.key(), heading)).collect(),
            not_read: self.not_read_beside_several(),
            said: SaidOfFile {
                sheet: self.map.sheet.clone(),
                pounds: self.map.pounds,
                credits_off: self.map.credits_off,
                unit: self.map.unit_said.then(|| self.map.amounts.unit.words().to_owned()),
                decimal_comma: self.map.decimals_said.then_some(self.map.amounts.decimal_comma),
            },
            rows: RowCounts {
                all: self.rows,
                headings: self.heading_rows,
                read: self.read,
                passed_over: self.skipped_rows,
                rejected: self.rejected,
            },
            lines: self.lines,
            total: self.total,
            numbers: self.numbers.as_ref().map(|numbers| NumberBalance {
                cells: numbers.cells,
                amounts: numbers.amounts,
                told: numbers.told.iter().map(ToldNumbers::kept).collect(),
            }),
            passed_over: passed_over.collect(),
            notes: notes.collect(),
            ..FileRecord::default()
        }
    }

    /// The headings that are not read, where several columns are amounts.
    fn not_read_beside_several(&self) -> Vec<String> {
        if self.map.amount_columns().len() < 2 {
            return Vec::new();
        }
        let headings = self.map.columns.iter().filter(|column| column.field == Field::Passed);
        headings
            .map(|column| column.heading.trim().to_owned())
            .filter(|heading| !heading.is_empty())
            .collect()
    }

    /// Adds what was read from another sheet of the same shape.
    pub(super) fn add(&mut self, next: Self) {
        self.rows += next.rows;
        self.heading_rows += next.heading_rows;
        self.read += next.read;
        self.skipped_rows += next.skipped_rows;
        self.rejected += next.rejected;
        self.lines += next.lines;
        self.total += next.total;
        self.negative_lines += next.negative_lines;
        self.withheld += next.withheld;
        self.numbers = self.numbers.take().zip(next.numbers).map(|(own, next)| own.with(next));
        self.stated_total = self.stated_total.zip(next.stated_total).map(|(own, next)| own + next);
        self.skipped.extend(next.skipped);
        self.rejects.extend(next.rejects);
        self.problems.extend(next.problems);
    }

    /// Whether money depends on a reading that nobody has chosen.
    pub fn asks(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Question)
    }

    /// Whether every row of the file is accounted for.
    pub fn adds_up(&self) -> bool {
        self.heading_rows + self.read + self.skipped_rows + self.rejected == self.rows
    }
}

/// What became of the cells that hold numbers: `cells` = `amounts` + those told as something else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    pub cells: u64,
    /// Those in the columns of amounts, in rows that were read.
    pub amounts: u64,
    /// What the others are, by column or by row, and how many of them there are.
    pub told: Vec<ToldNumbers>,
}

/// Numbers that are told as something else than amounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldNumbers {
    /// What they are, by column or by row.
    pub what: String,
    pub cells: u64,
    /// What they come to, £, where they are money.
    pub sum: Money,
    /// Whether they are of a column of amounts, or of another measure that looks like one.
    pub is_money: bool,
}

impl ToldNumbers {
    /// As a place keeps it: what it is, how many, and what they come to where they are money.
    fn kept(&self) -> (String, u64, Option<Money>) {
        (self.what.clone(), self.cells, self.is_money.then_some(self.sum))
    }
}

impl Numbers {
    /// How many are told as something else than amounts.
    pub fn told_cells(&self) -> u64 {
        self.told.iter().map(|told| told.cells).sum()
    }

    /// How many columns and sheets of amounts are not read, and what they come to.
    pub fn amounts_not_read(&self) -> (usize, Money) {
        let money = self.told.iter().filter(|told| told.is_money);
        (money.clone().count(), money.map(|told| told.sum).sum())
    }

    /// Adds those of a sheet that was not read, with what it comes to.
    pub(super) fn tell_sheet(&mut self, name: &str, cells: u64, sum: Money) {
        if cells > 0 {
            let what = format!("on sheet \"{name}\", not read");
            self.cells += cells;
            self.told.push(ToldNumbers { what, cells, sum, is_money: !sum.is_zero() });
        }
    }

    /// Both together.
    fn with(mut self, next: Self) -> Self {
        self.cells += next.cells;
        self.amounts += next.amounts;
        for next in next.told {
            match self.told.iter_mut().find(|told| told.what == next.what) {
                Some(told) => {
                    told.cells += next.cells;
                    told.sum += next.sum;
                    told.is_money |= next.is_money;
                }
                None => self.told.push(next),
            }
        }
        self
    }
}

/// A row that could not be read, as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    pub row: u32,
    pub code: Code,
    pub cells: Vec<String>,
    /// The row as it may have been meant, where its cells stand beside their columns, and its amount.
    pub repair: Option<Repair>,
}

/// How a damaged row may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    pub cells: Vec<String>,
    pub amount: Money,
}

/// A row as it stands in the file, to be shown beside what its columns are read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub row: u32,
    pub cells: Vec<String>,
}
