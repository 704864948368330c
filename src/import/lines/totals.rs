//! Rows that are no spending of their own: totals, headings again, income.

use super::super::problem::{Code, SkipReason};
use super::LineReader;
use crate::dimension::Dimension;
use crate::import::files::Row;
use crate::import::recognise::{Field, TotalLabel, total_label};
use crate::money::Money;

impl LineReader<'_> {
    pub(super) fn repeats_headings(&self, row: &Row) -> bool {
        let named = self.headings.iter().filter(|heading| !heading.is_empty()).count();
        let same = self
            .headings
            .iter()
            .enumerate()
            .filter(|(index, heading)| !heading.is_empty() && row.cell(*index).eq_ignore_ascii_case(heading))
            .count();
        named > 0 && same * 3 >= named * 2
    }

    pub(super) fn is_income(&self, row: &Row) -> bool {
        self.direction.is_some_and(|place| {
            matches!(row.cell(place).to_lowercase().as_str(), "revenue" | "income" | "receipts" | "receipt")
        })
    }

    /// Whether the row is a total of those above; if so it is struck out, and said where it does not agree.
    pub(super) fn is_total(&mut self, row: &Row, amounts: &[Option<Money>]) -> bool {
        let keys_empty = !self.keys.is_empty() && self.keys.iter().all(|&key| row.cell(key).is_empty());
        let label = (0..row.len())
            .filter(|index| !self.amounts.iter().any(|amount| amount.place == *index))
            .find_map(|index| {
                let cell = row.cell(index);
                if cell.is_empty() { None } else { Some(total_label(cell)) }
            });
        let label = label.unwrap_or_default();
        if !keys_empty && !label.might && !label.note && !label.part {
            return false;
        }
        let is_of_list = |fields: &[Field]| {
            fields.iter().any(|field| self.map.place(field).is_some_and(|at| !row.cell(at).is_empty()))
        };
        if label.part && !is_of_list(&[Field::Date, Field::Reference, Field::Dimension(Dimension::Supplier)])
        {
            self.skip(row, SkipReason::Memorandum);
            return true;
        }
        if label.note && !self.keys.is_empty() && !is_of_list(&[Field::Date, Field::Reference]) {
            self.skip(row, SkipReason::Note);
            return true;
        }
        if amounts.len() > 1 && self.is_wide_total(row, amounts, keys_empty, label) {
            return true;
        }
        if let [Some(stated)] = *amounts
            && (keys_empty || label.might)
            && self.totals.proves_repairs(stated)
        {
            self.prove_repairs(row, stated);
            return true;
        }
        let few = row.filled() <= amounts.len() + 1 + self.usually_filled.saturating_sub(amounts.len()) / 2;
        let dateless =
            [self.date, self.reference].into_iter().flatten().all(|place| row.cell(place).is_empty());
        // "Acme Total" below a single payment to Acme: what tells payments apart is missing.
        let closes = label.might
            && self.keys.len() > 1
            && self.keys.iter().any(|&key| row.cell(key).is_empty())
            && self.totals.closes_group(amounts);
        let agrees = closes || self.totals.agree(amounts);
        if agrees && (keys_empty || label.might && few || label.surely && dateless) {
            self.report.stated_total = self
                .totals
                .is_grand(amounts)
                .then(|| amounts.iter().flatten().copied().sum())
                .or(self.report.stated_total);
            self.totals.close();
            self.skip(row, SkipReason::Total);
            return true;
        }
        if label.surely && dateless && few && row.filled() <= 2 + amounts.len() {
            if amounts.len() == 1 && self.totals.lines() > 0 {
                let stated = amounts[0].unwrap_or_default();
                let found = self.totals.nearest(stated);
                self.report.stated_total = Some(stated);
                self.warn_amount(
                    row,
                    self.amounts[0].place,
                    Code::TotalDiffers,
                    &format!(
                        "this total says {stated}, and the rows above add up to {found}: {} {}",
                        (stated - found).abs(),
                        if stated > found { "less" } else { "more" }
                    ),
                );
            }
            self.totals.close();
            self.skip(row, SkipReason::Total);
            return true;
        }
        false
    }

    /// In a wide table a row without its code, or one that says "Total", adds up others; "of which" repeats a part.
    fn is_wide_total(
        &mut self,
        row: &Row,
        amounts: &[Option<Money>],
        keys_empty: bool,
        label: TotalLabel,
    ) -> bool {
        if label.note {
            self.skip(row, SkipReason::Note);
            return true;
        }
        let has_code = self.reference.is_some();
        let tolerance = Money::from_units(self.map.amounts.unit.factor() * 30_000);
        let agrees = self.totals.agree_within(amounts, tolerance);
        if !(keys_empty && (has_code || agrees) || label.might && (agrees || label.leads)) {
            return false;
        }
        self.totals.close();
        self.skip(row, SkipReason::Total);
        true
    }
}
