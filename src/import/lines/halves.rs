//! Records that a line break inside an unquoted cell has broken in two.

use super::reader::LineReader;
use crate::import::cell::{Amount, read_date, read_serial};
use crate::import::files::Row;
use crate::import::problem::{Code, SkipReason};

impl LineReader<'_> {
    /// Whether a row ends before its amount, in words, as the first half of a broken record does.
    pub(super) fn may_be_half(&self, row: &Row) -> bool {
        let last = row.len().saturating_sub(1);
        (2..=self.plan.places.amounts[0]).contains(&row.len())
            && row.filled() == row.len()
            && row.cell(last).contains(char::is_alphabetic)
    }

    /// The record whose halves two rows are: together they have the cells of a sound row, with an amount and a date where
    /// these belong.
    pub(super) fn whole_of(&self, half: &Row, rest: &Row) -> Option<Row> {
        let headings = &self.plan.headings;
        let width = headings.iter().rposition(|heading| !heading.is_empty()).map_or(0, |last| last + 1);
        if rest.is_blank() || half.len() + rest.len() != width + 1 {
            return None;
        }
        let last = half.len() - 1;
        let broken = format!("{} {}", half.cell(last), rest.cell(0));
        let cells = (0..last).map(|at| half.cell(at)).chain([broken.as_str()]);
        let whole = half.with_cells(cells.chain((1..rest.len()).map(|at| rest.cell(at))));
        let places = &self.plan.places;
        let amounts = self.plan.table.map.amounts;
        let is_amount =
            matches!(amounts.read(whole.cell(places.amounts[0])), Amount::Exact(_) | Amount::Rounded(..));
        let is_dated = places.date_said.is_none_or(|place| {
            let cell = whole.cell(place);
            read_date(cell, self.plan.table.map.dates).or_else(|| read_serial(cell)).is_some()
        });
        (is_amount && is_dated).then_some(whole)
    }

    /// Reads a record whose halves have come.
    pub(super) fn take_broken(&mut self, half: &Row, whole: &Row) {
        self.report.warn(
            half,
            None,
            Code::RowBroken,
            "a line break inside a cell has broken this record in two; it was read with the row below it",
        );
        self.report.skip(half, SkipReason::Note);
        self.take_single(whole);
    }

    /// What seemed to be a half is a row of its own.
    pub(super) fn end_half(&mut self) {
        if let Some(row) = self.half.take() {
            self.without_amount(&row, Amount::Blank);
        }
    }
}
