//! Rows that are no spending of their own: totals, income.

use super::reader::LineReader;
use crate::dimension::Dimension;
use crate::import::files::Row;
use crate::import::problem::{Code, Severity, SkipReason};
use crate::import::question::{FileAnswer, RowAsRead, WayToRead};
use crate::import::recognise::{Field, TotalLabel, says_total, total_label};
use crate::money::Money;
use crate::words::counted_as;

/// A cell that says nothing but "Total" is no longer than this.
const LONGEST_LABEL: usize = 20;

impl LineReader<'_> {
    pub(super) fn is_income(&self, row: &Row) -> bool {
        self.plan.places.direction.is_some_and(|place| {
            matches!(row.cell(place).to_lowercase().as_str(), "revenue" | "income" | "receipts" | "receipt")
        })
    }

    /// Whether the row is a total of those above; if so it is struck out, and said where it does not agree.
    pub(super) fn is_total(&mut self, row: &Row, amounts: &[Option<Money>]) -> bool {
        let (table, places) = (&self.plan.table, &self.plan.places);
        if table.lines_at.contains(&row.number) {
            return false;
        }
        if places.amounts.iter().any(|&place| row.is_sum(place)) {
            self.strike_sum(row, amounts);
            return true;
        }
        let (label_at, mut label) = self.label_of(row);
        // "Total for June" where a date or a number would stand, and nobody is paid.
        let is_of_number = [places.date_said, places.reference].contains(&Some(label_at));
        label.surely |= label.leads && is_of_number && row.filled() <= 1 + amounts.len();
        let is_empty = |place: usize| row.cell(place).is_empty() || label.surely && place == label_at;
        let keys_empty = !places.keys.is_empty() && places.keys.iter().all(|&key| is_empty(key));
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
        let dateless = [places.date_said, places.reference].into_iter().flatten().all(is_empty);
        // "Acme Total" below a single payment to Acme: what tells payments apart is missing.
        let closes = label.might
            && places.keys.len() > 1
            && places.keys.iter().any(|&key| row.cell(key).is_empty())
            && self.totals.closes_group(amounts);
        self.take_waiting_where_they_agree(amounts);
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
                self.say_differs(row, "this total says", stated, found);
            }
            self.totals.close();
            self.report.skip(row, SkipReason::Total);
            return true;
        }
        false
    }

    /// The cell that says what the row is: the first with words, or any that says nothing but "Total".
    fn label_of(&self, row: &Row) -> (usize, TotalLabel) {
        let places = &self.plan.places;
        let mut words = (0..row.len()).filter(|at| !places.amounts.contains(at) && !row.cell(*at).is_empty());
        let Some(first) = words.next() else { return (0, TotalLabel::default()) };
        let label = total_label(row.cell(first));
        // Few rows say it anywhere; the cells of the others need not be looked at one by one.
        if label.surely || !says_total(row.text()) {
            return (first, label);
        }
        let sure = words.find(|&at| {
            let cell = row.cell(at);
            cell.len() <= LONGEST_LABEL && says_total(cell) && total_label(cell).surely
        });
        sure.map_or((first, label), |at| (at, total_label(row.cell(at))))
    }

    /// Says by how much a total misses what stands above it.
    fn say_differs(&mut self, row: &Row, says: &str, stated: Money, found: Money) {
        let rejected = self.report.file.rejected;
        let rejected = if rejected == 0 {
            String::new()
        } else {
            format!("; {} above could not be read", counted_as(rejected, "row", "rows"))
        };
        let what = format!(
            "{says} {stated}, and the rows above add up to {found}: {} {}{rejected}",
            (stated - found).abs(),
            if stated > found { "less" } else { "more" }
        );
        self.report.say_missed(row, self.plan.places.amounts[0], stated, &what);
    }

    /// Strikes out a row whose amounts are formulas that add up others, whatever they come to.
    fn strike_sum(&mut self, row: &Row, amounts: &[Option<Money>]) {
        self.take_waiting_where_they_agree(amounts);
        if let [Some(stated)] = *amounts
            && self.totals.lines() > 0
        {
            if self.totals.is_grand(amounts) {
                self.report.file.stated_total = Some(stated);
            } else if !self.totals.agree(amounts) && !self.totals.closes_group(amounts) {
                let found = self.totals.nearest(stated);
                self.say_differs(row, "a formula adds rows up to", stated, found);
            }
        }
        self.totals.close();
        self.report.skip(row, SkipReason::Total);
    }

    /// Whether a row holds nothing but amounts, where others say what they are for: it waits, to be a line if others
    /// follow it, and the total that it looks like if none does.
    pub(super) fn waits(&mut self, row: &Row, amount: Money) -> bool {
        let table = &self.plan.table;
        let is_bare = table.usually_filled >= 3
            && row.filled() + 2 <= table.usually_filled
            && self.totals.lines() >= 2
            && (0..row.len()).all(|at| row.cell(at).is_empty() || table.measures.contains(&at));
        if !is_bare || table.lines_at.contains(&row.number) {
            return false;
        }
        if self.totals.follows_total() || amount.abs().units() * 10 >= self.totals.sum().abs().units() * 4 {
            self.suppose_total(row, amount);
        } else {
            self.waiting.push((row.clone(), amount));
        }
        true
    }

    /// Rows that wait are lines where a total below counts them.
    fn take_waiting_where_they_agree(&mut self, amounts: &[Option<Money>]) {
        if let [Some(stated)] = *amounts
            && !self.waiting.is_empty()
        {
            let waiting: Money = self.waiting.iter().map(|(_, money)| *money).sum();
            if self.totals.sum() + waiting == stated {
                self.begin_line();
            }
        }
    }

    /// The file ends: what still waits stands where a total does.
    pub(super) fn end_waiting(&mut self) {
        for (row, amount) in std::mem::take(&mut self.waiting) {
            self.suppose_total(&row, amount);
        }
    }

    fn suppose_total(&mut self, row: &Row, amount: Money) {
        let found = self.totals.sum();
        let what = format!(
            "holds nothing but {amount}, as a total does; the rows above add up to {found} ({} {}). It was left out",
            (amount - found).abs(),
            if amount > found { "less" } else { "more" }
        );
        if self.report.file.stated_total == Some(self.report.file.total) {
            // The file has proved its sum already; what follows is beside it.
            self.report.warn(row, Some(self.plan.places.amounts[0]), Code::TotalSupposed, &what);
            return self.report.skip(row, SkipReason::Total);
        }
        let way = |answer: FileAnswer, amount: Option<Money>| {
            WayToRead::of_row(answer, RowAsRead { row: row.number, words: row.summary(), amount })
        };
        let readings = vec![way(FileAnswer::AsRead, None), way(FileAnswer::LineAt(row.number), Some(amount))];
        self.report.ask(row, Code::TotalSupposed, &what, readings);
        self.report.file.stated_total.get_or_insert(amount);
        self.totals.close();
        self.report.skip(row, SkipReason::Total);
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
