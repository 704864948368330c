//! The next row, whatever it may be: a title, a heading, a line, or nothing to read.

use std::ops::ControlFlow;

use super::reader::LineReader;
use crate::import::cell::{Amount, Currency, currency_of};
use crate::import::files::Row;
use crate::import::problem::{Code, SkipReason};
use crate::import::recognise::{Credits, is_credit};
use crate::import::words::shown;
use crate::money::Money;

impl LineReader<'_> {
    /// Takes a row from the file's first on: titles and headings too.
    pub(in crate::import) fn take_from_first(&mut self, row: &Row) -> ControlFlow<()> {
        let (before, height) = (self.plan.table.rows_before_data, self.plan.table.heading_height);
        self.report.file.rows += 1;
        if let Some(numbers) = &mut self.report.numbers {
            numbers.take(row, &self.plan.table.map);
        }
        if row.number > before {
            self.take(row);
        } else if height > 0 && row.number > before - height {
            self.report.file.heading_rows += 1;
            self.report.tell_numbers(row, "heading");
        } else {
            self.report.skip(row, if row.is_blank() { SkipReason::Blank } else { SkipReason::Title });
        }
        // A row that waits is a line or not by what follows it.
        if self.waiting.is_empty()
            && self.half.is_none()
            && let Some(numbers) = &mut self.report.numbers
        {
            numbers.settle();
        }
        ControlFlow::Continue(())
    }

    /// Takes the next row: a line, or a row to pass over, or a problem.
    fn take(&mut self, row: &Row) {
        if let Some(half) = self.half.take() {
            if let Some(whole) = self.whole_of(&half, row) {
                return self.take_broken(&half, &whole);
            }
            self.half = Some(half);
            self.end_half();
        }
        if row.is_blank() {
            self.around.is_apart = true;
            return self.report.skip(row, SkipReason::Blank);
        }
        if self.around.table.is_some() {
            return self.leave_apart(row);
        }
        if self.plan.table.sums_of_parts.binary_search(&row.number).is_ok() {
            self.remember_above(row);
            return self.report.skip(row, SkipReason::Total);
        }
        if row.quote_unclosed {
            self.report.warn(
                row,
                None,
                Code::QuoteUnclosed,
                "a quotation mark is opened and never closed; it was read as part of the text",
            );
        }
        if self.plan.places.amounts.len() == 1 {
            self.take_single(row);
        } else {
            self.take_wide(row);
        }
    }

    /// A row with one amount.
    pub(super) fn take_single(&mut self, row: &Row) {
        let place = self.plan.places.amounts[0];
        let text = row.cell(place);
        if let Some(currency) = self.other_currency(row, text) {
            return self.keep_back(row, place, currency);
        }
        let amount = match (self.plan.table.map.amounts.read(text), self.plan.table.credits) {
            (amount, Some(Credits::Beside(credit))) => self.less_credit(amount, row.cell(credit)),
            (amount, _) => amount,
        };
        let money = match amount {
            Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => money,
            Amount::Nil if is_rule(row) => return self.report.skip(row, SkipReason::Note),
            Amount::Nil => Money::ZERO,
            Amount::Blank if self.may_be_half(row) => return self.half = Some(row.clone()),
            Amount::Blank | Amount::Withheld | Amount::Not(_) => return self.without_amount(row, amount),
        };
        let money = match self.plan.table.credits {
            Some(Credits::ToldNumbers(told)) if is_credit(row.cell(told)) => -money,
            _ => money,
        };
        if self.is_total(row, &[Some(money)]) || self.waits(row, money) {
            return;
        }
        if self.is_income(row) {
            return self.report.skip(row, SkipReason::Income);
        }
        match amount {
            Amount::Rounded(_, lost) => self.report.note_rounded(row, lost),
            Amount::Shortened(_) => self.report.warn(
                row,
                Some(place),
                Code::AmountShortened,
                &format!("\"{text}\" was cut short by a spreadsheet; it is read as {money}, and its last digits may be lost"),
            ),
            _ => {}
        }
        self.read_line(row, &[(0, money)]);
    }

    /// The currency of an amount that is not in that of the file.
    pub(super) fn other_currency(&self, row: &Row, text: &str) -> Option<Currency> {
        let table = &self.plan.table;
        let is_other = |currency: &Currency| *currency != table.currency;
        let told = table.currencies.and_then(|column| Currency::of_code(row.cell(column)));
        told.filter(is_other).or_else(|| currency_of(text).filter(is_other))
    }

    /// Keeps back a row whose amount is in another currency: amounts of two currencies are never added.
    fn keep_back(&mut self, row: &Row, place: usize, currency: Currency) {
        let what = format!(
            "\"{}\" is in {}, and the amounts of this file are in {}; it was kept back",
            shown(row.cell(place)),
            currency.words(),
            self.plan.table.currency.words()
        );
        self.report.reject(row, place, Code::CurrencyOther, &what);
    }

    /// A debit less the credit beside it; either may be blank.
    fn less_credit(&self, debit: Amount, credit: &str) -> Amount {
        match (debit, self.plan.table.map.amounts.read(credit)) {
            (Amount::Exact(debit), Amount::Exact(credit)) => Amount::Exact(debit - credit),
            (Amount::Blank | Amount::Nil, Amount::Exact(credit)) => Amount::Exact(-credit),
            (debit, Amount::Blank | Amount::Nil) => debit,
            (_, credit) => credit,
        }
    }
}

/// Whether a row is a rule between others: dashes in every cell.
fn is_rule(row: &Row) -> bool {
    row.filled() >= 2 && row.cells().all(|cell| cell.bytes().all(|b| matches!(b, b'-' | b'=' | b'_' | b'+')))
}
