//! Rows with an amount: one, or several side by side.

use super::super::problem::{Code, Severity, SkipReason};
use super::super::report::Sample;
use super::LineReader;
use super::plain::kept_only;
use super::rejected::{uncalculated, unreadable_code};
use super::said::text_id;
use super::told::fingerprint;
use crate::dimension::{Dimension, NameId};
use crate::import::cell::Amount;
use crate::import::files::Row;
use crate::import::recognise::{Credits, is_credit};
use crate::import::words::shown;
use crate::ledger::DateId;
use crate::money::Money;

/// Lines shown in the preview.
const SAMPLES: usize = 5;

impl LineReader<'_> {
    pub(super) fn take_single(&mut self, row: &Row) {
        let place = self.amounts[0].place;
        let text = row.cell(place);
        let amount = match (self.map.amounts.read(text), self.credits) {
            (amount, Some(Credits::Beside(credit))) => self.less_credit(amount, row.cell(credit)),
            (amount, _) => amount,
        };
        let money = match amount {
            Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => money,
            Amount::Nil => Money::ZERO,
            Amount::Blank | Amount::Withheld | Amount::Not(_) => return self.without_amount(row, amount),
        };
        let money = match self.credits {
            Some(Credits::Told(told)) if is_credit(row.cell(told)) => -money,
            _ => money,
        };
        if self.is_total(row, &[Some(money)]) {
            return;
        }
        if self.is_income(row) {
            return self.skip(row, SkipReason::Income);
        }
        match amount {
            Amount::Rounded(_, lost) => self.note_rounded(row, lost),
            Amount::Shortened(_) => self.warn_amount(
                row,
                place,
                Code::AmountShortened,
                &format!("\"{text}\" was cut short by a spreadsheet; it is read as {money}, and its last digits may be lost"),
            ),
            _ => {}
        }
        self.read_line(row, &[(0, money)]);
    }

    /// A debit less the credit beside it; either may be blank.
    fn less_credit(&self, debit: Amount, credit: &str) -> Amount {
        match (debit, self.map.amounts.read(credit)) {
            (Amount::Exact(debit), Amount::Exact(credit)) => Amount::Exact(debit - credit),
            (Amount::Blank | Amount::Nil, Amount::Exact(credit)) => Amount::Exact(-credit),
            (debit, Amount::Blank | Amount::Nil) => debit,
            (_, credit) => credit,
        }
    }

    pub(super) fn take_wide(&mut self, row: &Row) {
        let mut found: Vec<Option<Money>> = Vec::with_capacity(self.amounts.len());
        let mut unreadable = Vec::new();
        for index in 0..self.amounts.len() {
            let place = self.amounts[index].place;
            found.push(match self.map.amounts.read(row.cell(place)) {
                Amount::Exact(money) | Amount::Shortened(money) => Some(money),
                Amount::Rounded(money, lost) => {
                    self.note_rounded(row, lost);
                    Some(money)
                }
                Amount::Nil | Amount::Blank => None,
                Amount::Withheld => {
                    self.report.withheld += 1;
                    None
                }
                Amount::Not(error) => {
                    unreadable.push((place, error));
                    None
                }
            });
        }
        if found.iter().all(Option::is_none) {
            return if self.repeats_headings(row) {
                self.skip(row, SkipReason::RepeatedHeading);
            } else if row.filled() > 2 && self.amounts.iter().any(|amount| !row.cell(amount.place).is_empty())
            {
                self.skip(row, SkipReason::NotGiven);
            } else {
                self.skip(row, SkipReason::Note);
            };
        }
        if self.is_total(row, &found) {
            return;
        }
        if self.is_income(row) {
            return self.skip(row, SkipReason::Income);
        }
        for (place, error) in unreadable {
            let text = row.cell(place).to_owned();
            if text.starts_with('=') {
                self.problem(
                    row,
                    Some(place),
                    Severity::Error,
                    Code::FormulaUncalculated,
                    &uncalculated(&text),
                );
                continue;
            }
            self.problem(
                row,
                Some(place),
                Severity::Error,
                unreadable_code(error),
                &format!("\"{}\" {error}", shown(&text)),
            );
        }
        let lines: Vec<(usize, Money)> =
            found.iter().enumerate().filter_map(|(index, money)| money.map(|money| (index, money))).collect();
        self.read_line(row, &lines);
        self.read_rest(row, &lines);
    }

    /// What the amounts of a row miss of its own total is a line too, so that the file's figure stands.
    fn read_rest(&mut self, row: &Row, parts: &[(usize, Money)]) {
        let Some(place) = self.total else { return };
        let (Amount::Exact(total) | Amount::Rounded(total, _)) = self.map.amounts.read(row.cell(place))
        else {
            return;
        };
        let parts: Money = parts.iter().map(|(_, money)| *money).sum();
        let rest = total - parts;
        // Less than a hundredth of what the file counts in is dust of its arithmetic.
        if rest.abs() < Money::from_units(self.map.amounts.unit.factor() * 100) {
            return;
        }
        let Some((dimension, _)) = self.amounts.first().and_then(|amount| amount.of) else { return };
        let name = self.lines.names_mut(dimension).add("Not itemised");
        let (date, mut ids) = self.dimensions(row);
        ids[dimension.index()] = name;
        self.push_line(row, rest, ids, date);
        self.not_itemised.0 += 1;
        self.not_itemised.1 += rest;
    }

    pub(super) fn read_line(&mut self, row: &Row, amounts: &[(usize, Money)]) {
        let (date, mut ids) = self.dimensions(row);
        for &(index, money) in amounts {
            let mut date = date;
            if let Some((dimension, name)) = self.amounts[index].of {
                ids[dimension.index()] = name;
                if self.amounts[index].date != DateId::NONE {
                    date = self.amounts[index].date;
                }
            }
            self.push_line(row, money, ids, date);
            self.totals.add(index, money);
        }
        self.report.read += 1;
        self.last_rejected = None;
        if self.report.sample.len() < SAMPLES {
            self.report
                .sample
                .push(Sample { row: row.number, cells: row.cells().map(str::to_owned).collect() });
        }
        if self.sums_by.is_none() && self.wants_fingerprints() {
            let print = self.print.take().unwrap_or_else(|| fingerprint(row));
            self.remember(print);
        }
    }

    fn push_line(&mut self, row: &Row, money: Money, ids: [NameId; Dimension::COUNT], date: DateId) {
        if let Some(by) = self.sums_by {
            self.lines.add_sum(kept_only(ids, by), money, 1);
        } else {
            let description = match self.description {
                Some(place) => text_id(&mut self.texts, &mut self.lines, row.cell(place)),
                None => NameId::NOT_STATED,
            };
            let (source, line_row) = self.origin(row);
            self.lines.push_ids(money, ids, description, date, Some(source), Some(line_row));
        }
        self.report.lines += 1;
        self.report.total += money;
        self.report.negative_lines += u64::from(money.is_negative());
    }
}
