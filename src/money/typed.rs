//! What people type over an amount: another one, a percentage, a change, a sum.

use thiserror::Error;

use super::typed_sum::{work_out, work_out_from};
use super::{AmountError, Money, Percent, PercentError, read_amount};

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

/// No amount and no percentage has these.
const TIMES_AND_BY: [char; 4] = ['*', '\u{d7}', '/', '\u{f7}'];

/// Reads what people type over a value: `1.2m`, `£1,200`, `(500)` are amounts and `60%` is a percentage; `+250k` and
/// `-250k` change what is there by an amount, `+5%` and `-5%` by a share of it (or, where the field holds a
/// percentage, by percentage points). `=1200/4`, `250k*3` are worked out, and so is `/7` of what is there, to the
/// nearest penny.
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
    if text.contains(TIMES_AND_BY) {
        return read_bare_sum(text, current);
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
    worked_out(text, work_out(text))
}

/// A sum that shows itself by its signs: `250k*3`; one that begins with a sign goes on from what is there.
fn read_bare_sum(text: &str, current: Current) -> Result<Typed, TypedError> {
    let goes_on = text.starts_with(['+', '-', '\u{2212}']) || text.starts_with(TIMES_AND_BY);
    worked_out(text, if goes_on { work_out_from(current.amount, text) } else { work_out(text) })
}

fn worked_out(text: &str, sum: Result<Option<Money>, &'static str>) -> Result<Typed, TypedError> {
    let value = sum.map_err(|why| TypedError::Sum(text.to_owned(), why))?;
    amount(value.ok_or(TypedError::TooLarge)?)
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
    fn what_comes_of_a_change_fits_a_line_or_is_refused() {
        let largest = Current { amount: Money::LARGEST_LINE, percent: None };
        assert_eq!(read_typed("+0.00", largest), Ok(Typed::Amount(Money::LARGEST_LINE)));
        assert_eq!(read_typed("+0.01", largest), Err(TypedError::TooLarge));
        assert_eq!(read_typed("+1m", largest), Err(TypedError::TooLarge));
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
        check("250k*3", "750000.00");
        check("1m / 7", "142857.14");
        check("/7", "142.86");
        check("*3", "3000.00");
        check("\u{f7} 4 + 1", "251.00");
        check("+250k*3", "751000.00");
        check("-1k/4 + 5", "755.00");
        check("250k * 12.5%", "31250.00");
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
        check("n/a", "\"n/a\" cannot be worked out: an amount is missing or cannot be read");
        check("/0", "\"/0\" cannot be worked out: it divides by nothing");
        check("=1/0", "\"1/0\" cannot be worked out: it divides by nothing");
        check("=(1+2", "\"(1+2\" cannot be worked out: a bracket is not closed");
        check("=1+", "\"1+\" cannot be worked out: an amount is missing or cannot be read");
        check("=1)2", "\"1)2\" cannot be worked out: something stands after its end");
        check("=900bn*900bn", "the result is larger than the largest amount a line can hold");
    }
}
