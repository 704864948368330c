//! Headings that come again, and headings of another table below the first, which is not added to it.

use super::reader::LineReader;
use crate::import::cell::Amount;
use crate::import::files::Row;
use crate::import::problem::{Code, Severity, SkipReason};
use crate::import::recognise::{HeadingKind, heading_kind, is_income_title};
use crate::import::words::short;
use crate::money::Money;
use crate::words::counted_as;

impl LineReader<'_> {
    /// Whether a row says the headings again, in the same words or others for the same.
    pub(super) fn repeats_headings(&self, row: &Row) -> bool {
        let named = self.plan.headings.iter().filter(|heading| !heading.is_empty()).count();
        let same = self.same_headings(row);
        named > 0 && (same * 3 >= named * 2 || self.says_amount(row) && same * 2 >= row.filled())
    }

    fn same_headings(&self, row: &Row) -> usize {
        let is_same = |&(index, heading): &(usize, &String)| {
            !heading.is_empty() && row.cell(index).eq_ignore_ascii_case(heading)
        };
        self.plan.headings.iter().enumerate().filter(is_same).count()
    }

    /// Whether words that name an amount stand where the amount would.
    fn says_amount(&self, row: &Row) -> bool {
        let Some(&place) = self.plan.places.amounts.first() else { return false };
        let cell = row.cell(place);
        let heading = self.plan.headings.get(place).map_or("", String::as_str);
        !cell.is_empty() && (cell.eq_ignore_ascii_case(heading) || heading_kind(cell) == HeadingKind::Amount)
    }

    /// Remembers what a row of one cell says, as the title of what may follow.
    pub(super) fn note_title(&mut self, row: &Row) {
        if row.filled() == 1 {
            self.around.is_apart = true;
            self.around.title = row.summary();
        }
    }

    /// Whether a row below a gap or a title is the headings of another table: it names an amount, and other things than
    /// this table does, or its title says that it is of income.
    pub(super) fn begins_other_table(&mut self, row: &Row) -> bool {
        if !self.around.is_apart || self.totals.lines() == 0 || row.filled() < 2 || !self.says_amount(row) {
            return false;
        }
        let other = row.cells().enumerate().any(|(index, cell)| {
            let heading = self.plan.headings.get(index).map_or("", String::as_str);
            !cell.is_empty()
                && !cell.eq_ignore_ascii_case(heading)
                && heading_kind(cell) != heading_kind(heading)
        });
        self.around.is_income = is_income_title(&self.around.title);
        other || self.around.is_income
    }

    /// Passes over a row of another table.
    pub(super) fn leave_apart(&mut self, row: &Row) {
        let cell = self.plan.places.amounts.first().map_or("", |&place| row.cell(place));
        let amount = match self.plan.table.map.amounts.read(cell) {
            Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => money,
            _ => Money::ZERO,
        };
        let (_, rows, sum) = self.around.table.get_or_insert((row.number, 0, Money::ZERO));
        *rows += 1;
        *sum += amount;
        self.report.skip(row, SkipReason::OtherTable);
    }

    pub(super) fn say_table_apart(&mut self) {
        let Some((row, rows, sum)) = self.around.table else { return };
        let title = if self.around.title.is_empty() {
            String::new()
        } else {
            format!(" (\"{}\")", short(&self.around.title))
        };
        let what = format!(
            "another table{title} begins in row {row}; its {} ({sum} in the column of amounts) were not added to the first",
            counted_as(rows, "row", "rows")
        );
        // A title that speaks of income proves that it is no spending.
        let severity = if self.around.is_income { Severity::Warning } else { Severity::Question };
        self.report.tell(severity, Code::TableApart, &what);
        if let Some(told) = self.report.file.problems.last_mut() {
            told.row = Some(row);
        }
    }
}
