//! Rows that are no spending of their own: totals, headings again, income.

use super::reader::LineReader;
use crate::dimension::Dimension;
use crate::import::files::Row;
use crate::import::problem::{Code, Severity, SkipReason};
use crate::import::recognise::{Field, TotalLabel, total_label};
use crate::money::Money;

impl LineReader<'_> {
    pub(super) fn repeats_headings(&self, row: &Row) -> bool {
        let named = self.plan.headings.iter().filter(|heading| !heading.is_empty()).count();
        let same = self
            .plan
            .headings
            .iter()
            .enumerate()
            .filter(|(index, heading)| !heading.is_empty() && row.cell(*index).eq_ignore_ascii_case(heading))
            .count();
        named > 0 && same * 3 >= named * 2
    }

    pub(super) fn is_income(&self, row: &Row) -> bool {
        self.plan.places.direction.is_some_and(|place| {
            matches!(row.cell(place).to_lowercase().as_str(), "revenue" | "income" | "receipts" | "receipt")
        })
    }

    /// Whether the row is a total of those above; if so it is struck out, and said where it does not agree.
    pub(super) fn is_total(&mut self, row: &Row, amounts: &[Option<Money>]) -> bool {
        let (table, places) = (&self.plan.table, &self.plan.places);
        let keys_empty = !places.keys.is_empty() && places.keys.iter().all(|&key| row.cell(key).is_empty());
        let mut words =
            (0..row.len()).filter(|index| !places.amounts.contains(index)).map(|index| row.cell(index));
        let label = words.find(|cell| !cell.is_empty()).map(total_label).unwrap_or_default();
        if !keys_empty && !label.might && !label.note && !label.part {
            return false;
        }
        let is_of_list = |fields: &[Field]| {
            fields.iter().any(|field| table.map.place(field).is_some_and(|at| !row.cell(at).is_empty()))
        };
        if label.part && !is_of_list(&[Field::Date, Field::Reference, Field::Dimension(Dimension::Supplier)])
        {
            self.report.skip(row, SkipReason::Memorandum);
            return true;
        }
        if label.note && !places.keys.is_empty() && !is_of_list(&[Field::Date, Field::Reference]) {
            self.report.skip(row, SkipReason::Note);
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
        let few = row.filled() <= amounts.len() + 1 + table.usually_filled.saturating_sub(amounts.len()) / 2;
        let dateless =
            [places.date, places.reference].into_iter().flatten().all(|place| row.cell(place).is_empty());
        // "Acme Total" below a single payment to Acme: what tells payments apart is missing.
        let closes = label.might
            && places.keys.len() > 1
            && places.keys.iter().any(|&key| row.cell(key).is_empty())
            && self.totals.closes_group(amounts);
        let agrees = closes || self.totals.agree(amounts);
        if agrees && (keys_empty || label.might && few || label.surely && dateless) {
            self.report.file.stated_total = self
                .totals
                .is_grand(amounts)
                .then(|| amounts.iter().flatten().copied().sum())
                .or(self.report.file.stated_total);
            self.totals.close();
            self.report.skip(row, SkipReason::Total);
            return true;
        }
        if label.surely && dateless && few && row.filled() <= 2 + amounts.len() {
            if amounts.len() == 1 && self.totals.lines() > 0 {
                let stated = amounts[0].unwrap_or_default();
                let found = self.totals.nearest(stated);
                self.report.file.stated_total = Some(stated);
                self.report.warn(
                    row,
                    Some(places.amounts[0]),
                    Code::TotalDiffers,
                    &format!(
                        "this total says {stated}, and the rows above add up to {found}: {} {}",
                        (stated - found).abs(),
                        if stated > found { "less" } else { "more" }
                    ),
                );
            }
            self.totals.close();
            self.report.skip(row, SkipReason::Total);
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
            self.report.skip(row, SkipReason::Note);
            return true;
        }
        let has_code = self.plan.places.reference.is_some();
        let tolerance = Money::from_units(self.plan.table.map.amounts.unit.factor() * 30_000);
        let agrees = self.totals.agree_within(amounts, tolerance);
        if !(keys_empty && (has_code || agrees) || label.might && (agrees || label.leads)) {
            return false;
        }
        self.totals.close();
        self.report.skip(row, SkipReason::Total);
        true
    }

    /// Says that the file's own total proves the repairs above it.
    fn prove_repairs(&mut self, row: &Row, stated: Money) {
        let rows: Vec<String> = self
            .report
            .file
            .rejects
            .iter()
            .filter(|reject| reject.repair.is_some())
            .map(|reject| reject.row.to_string())
            .collect();
        let what = format!(
            "this total of {stated} agrees if the damaged rows ({}) are read as proposed; mend them so in the file",
            rows.join(", ")
        );
        self.report.problem(
            row,
            Some(self.plan.places.amounts[0]),
            Severity::Warning,
            Code::RepairsProved,
            &what,
        );
        self.report.file.stated_total = Some(stated);
        self.totals.close();
        self.report.skip(row, SkipReason::Total);
    }
}
