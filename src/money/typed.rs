use thiserror::Error;

use super::{AmountError, Money, Percent, PercentError, Share, read_amount};

/// What a person typed into a field of money: an exact amount, or a percentage of whatever the field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    Amount(Money),
    Percent(Percent),
}

/// What a field holds while a person types into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Current {
    /// What it is worth now, £.
    pub amount: Money,
    /// The percentage, where the field holds one.
    pub percent: Option<Percent>,
}

/// Why what was typed is neither: in words, with what would be right.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TypedError {
    #[error(
        "type an amount such as 1.2m, +250k or (500), a percentage such as 60%, or a sum such as =1200/4"
    )]
    Empty,
    #[error("\"{0}\" {1}")]
    Amount(String, AmountError),
    #[error("\"{0}\" {1}")]
    Percent(String, PercentError),
    #[error("\"{0}\" cannot be worked out: {1}")]
    Sum(String, &'static str),
    #[error("the result is larger than the largest amount a line can hold")]
    TooLarge,
}

/// Reads what people type over a value: `1.2m`, `£1,200`, `(500)` are amounts and `60%` is a percentage; `+250k` and
/// `-250k` change what is there by an amount, `+5%` and `-5%` by a share of it (or, where the field holds a
/// percentage, by percentage points); `=1200/4` is worked out, to the nearest penny.
///
/// A negative amount is written in brackets, since a minus takes away from what is there.
///
/// # Errors
/// When it is none of these, or the result is beyond [`Money::LARGEST_LINE`]; the field then keeps what it had.
pub fn read_typed(text: &str, current: Current) -> Result<Typed, TypedError> {
    let text = text.trim();
    if let Some(sum) = text.strip_prefix('=') {
        return read_sum(sum.trim(), current);
    }
    let change = match text.chars().next() {
        None => return Err(TypedError::Empty),
        Some('+') => Some(false),
        Some('-' | '\u{2212}') => Some(true),
        Some(_) => None,
    };
    let rest = match change {
        Some(_) => text.trim_start_matches(['+', '-', '\u{2212}']).trim_start(),
        None => text,
    };
    if change.is_some() && text.chars().take_while(|c| matches!(c, '+' | '-' | '\u{2212}')).count() > 1 {
        return Err(TypedError::Amount(text.to_owned(), AmountError::Unreadable));
    }
    let signed = |amount: Money| if change == Some(true) { -amount } else { amount };
    if rest.ends_with('%') {
        let percent: Percent = rest.parse().map_err(|error| TypedError::Percent(text.to_owned(), error))?;
        let Some(less) = change else { return Ok(Typed::Percent(percent)) };
        return match current.percent {
            Some(now) => {
                let points = if less { percent.negated() } else { percent };
                now.checked_add(points).map(Typed::Percent).ok_or(TypedError::TooLarge)
            }
            None => amount(current.amount + signed(current.amount.times(percent))),
        };
    }
    let typed = read_amount(rest).map_err(|error| TypedError::Amount(text.to_owned(), error))?;
    amount(if change.is_some() { current.amount + signed(typed) } else { typed })
}

fn amount(amount: Money) -> Result<Typed, TypedError> {
    if amount.abs() > Money::LARGEST_LINE { Err(TypedError::TooLarge) } else { Ok(Typed::Amount(amount)) }
}

/// A sum after `=`: `1200/4`, `(1.2m + 300k) * 60%`; a percentage by itself stays one.
fn read_sum(text: &str, current: Current) -> Result<Typed, TypedError> {
    if text.is_empty() {
        return Err(TypedError::Empty);
    }
    if text.ends_with('%') && text.parse::<Percent>().is_ok() {
        return read_typed(text, current);
    }
    let wrong = |why| TypedError::Sum(text.to_owned(), why);
    let mut sum = Sum { rest: text };
    let value = sum.terms().map_err(wrong)?;
    if !sum.rest.trim().is_empty() {
        return Err(wrong("something stands after its end"));
    }
    amount(nearest_penny(value).ok_or(TypedError::TooLarge)?)
}

/// Pounds as an exact fraction to the nearest penny, halves away from zero.
fn nearest_penny(pounds: Share) -> Option<Money> {
    let doubled = pounds.numerator().unsigned_abs().checked_mul(200)?;
    let denominator = pounds.denominator().unsigned_abs();
    let pence = (doubled / denominator).div_ceil(2);
    let units = i128::try_from(pence).ok()?.checked_mul(100)?;
    Some(Money::from_units(if pounds.numerator() < 0 { -units } else { units }))
}

/// A sum that is read from left to right, times before plus.
struct Sum<'a> {
    rest: &'a str,
}

const TOO_LARGE: &str = "a number in it grows too large";

impl Sum<'_> {
    fn terms(&mut self) -> Result<Share, &'static str> {
        let mut value = self.factors()?;
        loop {
            let less = match self.next() {
                Some('+') => false,
                Some('-' | '\u{2212}') => true,
                _ => return Ok(value),
            };
            self.skip();
            let other = self.factors()?;
            value = add(value, if less { negated(other) } else { other }).ok_or(TOO_LARGE)?;
        }
    }

    fn factors(&mut self) -> Result<Share, &'static str> {
        let mut value = self.factor()?;
        loop {
            let divides = match self.next() {
                Some('*' | '\u{d7}') => false,
                Some('/' | '\u{f7}') => true,
                _ => return Ok(value),
            };
            self.skip();
            let other = self.factor()?;
            let other = if divides {
                Share::ratio(other.denominator(), other.numerator()).ok_or("it divides by nothing")?
            } else {
                other
            };
            value = times(value, other).ok_or(TOO_LARGE)?;
        }
    }

    fn factor(&mut self) -> Result<Share, &'static str> {
        match self.next() {
            Some('(') => {
                self.skip();
                let value = self.terms()?;
                if self.next() != Some(')') {
                    return Err("a bracket is not closed");
                }
                self.skip();
                Ok(value)
            }
            Some('-' | '\u{2212}') => {
                self.skip();
                Ok(negated(self.factor()?))
            }
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Result<Share, &'static str> {
        const WHAT: &str = "an amount is missing or cannot be read";
        let ends =
            |c: char| matches!(c, '+' | '-' | '\u{2212}' | '*' | '\u{d7}' | '/' | '\u{f7}' | '(' | ')');
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        if text.trim_end().ends_with('%') {
            return text.parse::<Percent>().map(Percent::share).map_err(|_| WHAT);
        }
        let amount = read_amount(text).map_err(|_| WHAT)?;
        Share::of(amount, Money::from_pounds(1)).ok_or(WHAT)
    }

    fn next(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn skip(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }
}

fn negated(value: Share) -> Share {
    Share::ratio(-value.numerator(), value.denominator()).unwrap_or(Share::NONE)
}

fn times(a: Share, b: Share) -> Option<Share> {
    Share::ratio(a.numerator().checked_mul(b.numerator())?, a.denominator().checked_mul(b.denominator())?)
}

fn add(a: Share, b: Share) -> Option<Share> {
    let left = a.numerator().checked_mul(b.denominator())?;
    let right = b.numerator().checked_mul(a.denominator())?;
    Share::ratio(left.checked_add(right)?, a.denominator().checked_mul(b.denominator())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, right: &str) {
        let current = Current { amount: Money::from_pounds(1000), percent: None };
        check_at(text, current, right);
    }

    fn check_at(text: &str, current: Current, right: &str) {
        let found = match read_typed(text, current) {
            Ok(Typed::Amount(amount)) => amount.to_string(),
            Ok(Typed::Percent(percent)) => percent.to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, right, "{text:?}");
    }

    #[test]
    fn amounts_percentages_changes_and_sums_are_read() {
        check("1.2m", "1200000.00");
        check("£1,200", "1200.00");
        check("(500)", "-500.00");
        check("60%", "60%");
        check("+250k", "251000.00");
        check("-250", "750.00");
        check("\u{2212} 250", "750.00");
        check("+5%", "1050.00");
        check("-5%", "950.00");
        check("=1200/4", "300.00");
        check("=1000/3", "333.33");
        check("=2000/3", "666.67");
        check("=(1.2m + 300k) * 60%", "900000.00");
        check("= -5 + 2 * -3", "-11.00");
        check("=60%", "60%");
    }

    #[test]
    fn a_percentage_is_changed_by_points_and_an_amount_by_its_share() {
        let sixty = Current { amount: Money::from_pounds(600), percent: Some(Percent::new(60)) };
        check_at("+5%", sixty, "65%");
        check_at("-10%", sixty, "50%");
        check_at("+250k", sixty, "250600.00");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        check(
            "",
            "type an amount such as 1.2m, +250k or (500), a percentage such as 60%, or a sum such as =1200/4",
        );
        check("lots", "\"lots\" is not an amount of money, such as 1250.00 or (1,250.00)");
        check("--5", "\"--5\" is not an amount of money, such as 1250.00 or (1,250.00)");
        check("x%", "\"x%\" is not a percentage, such as 60% or 12.5%");
        check("=1/0", "\"1/0\" cannot be worked out: it divides by nothing");
        check("=(1+2", "\"(1+2\" cannot be worked out: a bracket is not closed");
        check("=1+", "\"1+\" cannot be worked out: an amount is missing or cannot be read");
        check("=1)2", "\"1)2\" cannot be worked out: something stands after its end");
        check("=900bn*900bn", "the result is larger than the largest amount a line can hold");
    }
}
