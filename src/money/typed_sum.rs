//! Sums as people type them into a field of money: `1200/4`, `250k*3`, `(1.2m + 300k) * 60%`, times before plus.
//!
//! Numbers are decimals that keep all their digits, and what is divided stays a quotient, so that a sum is rounded
//! once, to the penny, at its end: a third of £100 three times is £100.

use rust_decimal::Decimal;

use super::decimal::{product, sum};
use super::{Money, Percent, nearest, read_amount};

const TOO_LARGE: &str = "a number in it grows too large";

/// What a sum comes to, to the nearest penny.
///
/// # Errors
/// Why it cannot be worked out. Where it can and is more than the largest amount of a line, there is no amount.
pub(super) fn work_out(text: &str) -> Result<Option<Money>, &'static str> {
    let mut sum = Sum { rest: text, opened: 0 };
    let first = sum.factors()?;
    sum.ended(first)
}

/// What an amount comes to by a sum that goes on from it: `+ 250k*3`, `/7`.
///
/// # Errors
/// As [`work_out`].
pub(super) fn work_out_from(amount: Money, text: &str) -> Result<Option<Money>, &'static str> {
    let mut sum = Sum { rest: text, opened: 0 };
    let first = sum.factors_after(Quotient::pounds(amount).ok_or(TOO_LARGE)?)?;
    sum.ended(first)
}

/// A value on its way: one decimal over another.
#[derive(Clone, Copy)]
struct Quotient {
    over: Decimal,
    under: Decimal,
}

impl Quotient {
    const fn whole(over: Decimal) -> Self {
        Self { over, under: Decimal::ONE }
    }

    fn pounds(amount: Money) -> Option<Self> {
        Decimal::try_from_i128_with_scale(amount.units(), 4).ok().map(Self::whole)
    }

    fn negated(self) -> Self {
        Self { over: -self.over, ..self }
    }

    fn plus(self, other: Self) -> Option<Self> {
        if self.under == other.under {
            return Some(Self { over: sum(self.over, other.over)?, under: self.under }.lowest());
        }
        let over = sum(product(self.over, other.under)?, product(other.over, self.under)?)?;
        Some(Self { over, under: product(self.under, other.under)? }.lowest())
    }

    fn times(self, other: Self) -> Option<Self> {
        let (over, under) = (product(self.over, other.over)?, product(self.under, other.under)?);
        Some(Self { over, under }.lowest())
    }

    /// One over it; `None` where it is nothing.
    fn turned(self) -> Option<Self> {
        (!self.over.is_zero()).then_some(Self { over: self.under, under: self.over })
    }

    /// As one decimal, where the division ends: numbers stay small.
    fn lowest(self) -> Self {
        let divided = self.over.checked_div(self.under);
        let ends = |value: &Decimal| product(*value, self.under) == Some(self.over);
        divided.filter(ends).map_or(self, Self::whole)
    }

    /// The amount of so many pounds, no larger than a line can hold.
    fn nearest_penny(self) -> Option<Money> {
        let about = self.over.checked_div(self.under)?;
        if about.abs() > Decimal::from(LARGEST + 1) {
            return None;
        }
        // Pence are two decimals up, and what the two numbers have of their own goes to where it is whole.
        let places = 2 + i64::from(self.under.scale()) - i64::from(self.over.scale());
        let power = 10_u128.pow(places.unsigned_abs() as u32);
        let (times, by) = if places > 0 { (power, 1) } else { (1, power) };
        let signed = self.over.mantissa() * self.under.mantissa().signum();
        // Where this does not fit, it is so much more than what it divides that nothing is left.
        let Some(by) = self.under.mantissa().unsigned_abs().checked_mul(by) else { return Some(Money::ZERO) };
        let amount = Money::from_units(nearest(signed, times, by) * 100);
        (amount.abs() <= Money::LARGEST_LINE).then_some(amount)
    }
}

/// Pounds that a line can hold.
const LARGEST: i64 = 900_000_000_000_000;

/// A sum that is read from left to right.
struct Sum<'a> {
    rest: &'a str,
    /// Brackets and signs so far: each is a step deeper.
    opened: usize,
}

/// More brackets and signs than anybody types; what is pasted may have any number.
const MOST_OPENED: usize = 100;

impl Sum<'_> {
    /// The sum to its end, after its first factors.
    fn ended(&mut self, first: Quotient) -> Result<Option<Money>, &'static str> {
        let value = self.terms_after(first)?;
        if self.rest.trim().is_empty() {
            Ok(value.nearest_penny())
        } else {
            Err("something stands after its end")
        }
    }

    fn terms_after(&mut self, mut value: Quotient) -> Result<Quotient, &'static str> {
        loop {
            let less = match self.next() {
                Some('+') => false,
                Some('-' | '\u{2212}') => true,
                _ => return Ok(value),
            };
            self.skip();
            let other = self.factors()?;
            value = value.plus(if less { other.negated() } else { other }).ok_or(TOO_LARGE)?;
        }
    }

    fn factors(&mut self) -> Result<Quotient, &'static str> {
        let first = self.factor()?;
        self.factors_after(first)
    }

    fn factors_after(&mut self, mut value: Quotient) -> Result<Quotient, &'static str> {
        loop {
            let divides = match self.next() {
                Some('*' | '\u{d7}') => false,
                Some('/' | '\u{f7}') => true,
                _ => return Ok(value),
            };
            self.skip();
            let other = self.factor()?;
            let other = if divides { other.turned().ok_or("it divides by nothing")? } else { other };
            value = value.times(other).ok_or(TOO_LARGE)?;
        }
    }

    fn factor(&mut self) -> Result<Quotient, &'static str> {
        match self.next() {
            Some('(') => {
                self.open()?;
                let first = self.factors()?;
                let value = self.terms_after(first)?;
                if self.next() != Some(')') {
                    return Err("a bracket is not closed");
                }
                self.skip();
                Ok(value)
            }
            Some('-' | '\u{2212}') => {
                self.open()?;
                Ok(self.factor()?.negated())
            }
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Result<Quotient, &'static str> {
        const WHAT: &str = "an amount is missing or cannot be read";
        let ends =
            |c: char| matches!(c, '+' | '-' | '\u{2212}' | '*' | '\u{d7}' | '/' | '\u{f7}' | '(' | ')');
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        if text.trim_end().ends_with('%') {
            let percent: Percent = text.parse().map_err(|_| WHAT)?;
            return Ok(Quotient::whole(percent.of_one()));
        }
        let amount = read_amount(text).map_err(|_| WHAT)?;
        Quotient::pounds(amount).ok_or(WHAT)
    }

    fn next(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn open(&mut self) -> Result<(), &'static str> {
        self.opened += 1;
        self.skip();
        if self.opened > MOST_OPENED { Err("it has too many brackets and signs") } else { Ok(()) }
    }

    fn skip(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Share;
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};

    fn check(text: &str, right: &str) {
        let found = match work_out(text) {
            Ok(Some(amount)) => amount.to_string(),
            Ok(None) => "too large".to_owned(),
            Err(why) => why.to_owned(),
        };
        assert_eq!(found, right, "{text:?}");
    }

    #[test]
    fn a_sum_goes_a_hundred_brackets_deep_and_no_deeper() {
        let nested = |deep: usize| format!("{}5*2{}", "(".repeat(deep), ")".repeat(deep));
        check(&nested(MOST_OPENED), "10.00");
        check(&nested(MOST_OPENED + 1), "it has too many brackets and signs");
        check(&nested(MOST_OPENED + 2), "it has too many brackets and signs");
    }

    #[test]
    fn a_sum_is_rounded_once_at_its_end() {
        check("250k*3", "750000.00");
        check("1m/7", "142857.14");
        check("100/3 + 100/3 + 100/3", "100.00");
        check("1/3 * 0.015", "0.01");
        check("1/12 + 1/12 - 1/24", "0.13");
        check("1/24 + 1/24 + 1/24", "0.13");
        check("2000/3*3/2000", "1.00");
        check("12.5% * 1000", "125.00");
        check("(1.2m + 300k) * 60%", "900000.00");
        check("-1/200", "-0.01");
        check("0.005", "0.01");
        check("0.0049 + 0.0001", "0.01");
        check("0.0049", "0.00");
        check("900000000000000 * 900000000000000 / 900000000000000", TOO_LARGE);
        check("900bn * 900bn / 900bn", "900000000000.00");
        check("900000000000000 + 0.005", "too large");
        check("900000000000000 + 0.0049", "900000000000000.00");
    }

    #[test]
    fn digits_that_would_be_lost_are_refused() {
        check("0.0001*0.0001*0.0001*0.0001*0.0001*0.0001*0.0001*0.0001", TOO_LARGE);
        check("123456789.1234*123456789.1234*123456789.1234*123456789.1234", TOO_LARGE);
    }

    #[test]
    fn brackets_without_end_are_refused() {
        check(&"(".repeat(100_000), "it has too many brackets and signs");
        check(&format!("{}5", "-".repeat(100_000)), "it has too many brackets and signs");
    }

    /// The same in fractions of whole numbers.
    fn add(a: Share, b: Share) -> Share {
        a.checked_add(b).expect("small numbers")
    }

    fn ratio(over: i128, under: i128) -> Share {
        Share::ratio(over, under).expect("it is not divided by nothing")
    }

    fn numbers() -> impl Strategy<Value = (String, Share)> {
        (1_i64..2_000, 0_u32..3).prop_map(|(number, decimals)| {
            (Decimal::new(number, decimals).to_string(), ratio(number.into(), 10_i128.pow(decimals)))
        })
    }

    fn factors() -> impl Strategy<Value = (String, Share)> {
        let more = proptest::collection::vec((any::<bool>(), numbers()), 0..3);
        (numbers(), more).prop_map(|(first, more)| {
            more.into_iter().fold(first, |(text, value), (divides, (number, by))| {
                let by = if divides { ratio(by.denominator(), by.numerator()) } else { by };
                let value = ratio(value.numerator() * by.numerator(), value.denominator() * by.denominator());
                (format!("{text}{}{number}", if divides { "/" } else { "*" }), value)
            })
        })
    }

    proptest! {
        #[test]
        fn sums_come_to_what_exact_fractions_come_to(
            first in factors(),
            sign in prop_oneof![Just(" + "), Just(" - ")],
            second in factors(),
        ) {
            let other = if sign == " - " { ratio(-second.1.numerator(), second.1.denominator()) } else { second.1 };
            let exact = add(first.1, other);
            let pence = nearest(exact.numerator(), 100, exact.denominator().unsigned_abs());
            let text = format!("{}{sign}{}", first.0, second.0);
            prop_assert_eq!(work_out(&text), Ok(Some(Money::from_units(pence * 100))), "{}", text);
        }
    }
}
