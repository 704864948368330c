//! Rows with several amounts side by side.

use super::reader::LineReader;
use super::rejected::{uncalculated, unreadable_code};
use crate::import::cell::{Amount, Currency};
use crate::import::files::Row;
use crate::import::problem::{Code, Severity, SkipReason};
use crate::import::words::shown;
use crate::money::{AmountError, Money};

/// Why an amount was not read.
enum Unread {
    Amount(AmountError),
    Currency(Currency),
}

impl LineReader<'_> {
    pub(super) fn take_wide(&mut self, row: &Row) {
        let mut found: Vec<Option<Money>> = Vec::with_capacity(self.plan.places.amounts.len());
        let mut unreadable = Vec::new();
        for index in 0..self.plan.places.amounts.len() {
            let place = self.plan.places.amounts[index];
            if let Some(currency) = self.other_currency(row, row.cell(place)) {
                unreadable.push((place, Unread::Currency(currency)));
                found.push(None);
                continue;
            }
            found.push(match self.plan.table.map.amounts.read(row.cell(place)) {
                Amount::Exact(money) | Amount::Shortened(money) => Some(money),
                Amount::Rounded(money, lost) => {
                    self.report.note_rounded(row, lost);
                    Some(money)
                }
                Amount::Nil | Amount::Blank => None,
                Amount::Withheld => {
                    self.report.file.withheld += 1;
                    None
                }
                Amount::Not(error) => {
                    unreadable.push((place, Unread::Amount(error)));
                    None
                }
            });
        }
        if found.iter().all(Option::is_none) {
            return if self.repeats_headings(row) {
                self.report.skip(row, SkipReason::RepeatedHeading);
            } else if row.filled() > 2
                && self.plan.places.amounts.iter().any(|&place| !row.cell(place).is_empty())
            {
                self.report.skip(row, SkipReason::NotGiven);
            } else {
                self.report.skip(row, SkipReason::Note);
            };
        }
        if self.is_total(row, &found) {
            return;
        }
        if self.is_income(row) {
            return self.report.skip(row, SkipReason::Income);
        }
        for (place, error) in unreadable {
            let text = row.cell(place).to_owned();
            if text.starts_with('=') {
                self.report.problem(
                    row,
                    Some(place),
                    Severity::Error,
                    Code::FormulaUncalculated,
                    &uncalculated(&text),
                );
                continue;
            }
            let (code, what) = match error {
                Unread::Amount(error) => (unreadable_code(error), format!("\"{}\" {error}", shown(&text))),
                Unread::Currency(currency) => (
                    Code::CurrencyOther,
                    format!("\"{}\" is in {}; it was kept back", shown(&text), currency.words()),
                ),
            };
            self.report.problem(row, Some(place), Severity::Error, code, &what);
        }
        let lines: Vec<(usize, Money)> =
            found.iter().enumerate().filter_map(|(index, money)| money.map(|money| (index, money))).collect();
        self.read_line(row, &lines);
        self.read_rest(row, &lines);
    }

    /// What the amounts of a row miss of its own total is a line too, so that the file's figure stands.
    fn read_rest(&mut self, row: &Row, parts: &[(usize, Money)]) {
        let Some(place) = self.plan.places.total else { return };
        let (Amount::Exact(total) | Amount::Rounded(total, _)) =
            self.plan.table.map.amounts.read(row.cell(place))
        else {
            return;
        };
        let parts: Money = parts.iter().map(|(_, money)| *money).sum();
        let rest = total - parts;
        // Less than a hundredth of what the file counts in is dust of its arithmetic.
        if rest.abs() < Money::from_units(self.plan.table.map.amounts.unit.factor() * 100) {
            return;
        }
        let Some((dimension, _)) = self.ids.amounts.first().and_then(|amount| amount.of) else { return };
        let name = self.ids.lines.names_mut(dimension).add("Not itemised");
        let (date, mut ids) = self.ids.dimensions(row, &mut self.report);
        ids[dimension.index()] = name;
        self.push_line(row, rest, ids, date);
        self.report.note_not_itemised(rest);
    }
}
