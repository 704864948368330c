//! Portions as people type them over what is there: amounts, percentages, sums, or a change to what was.

use thiserror::Error;

use super::Portion;
use crate::money::{Current, Money, Percent, Typed, TypedError, read_typed};

/// Why what was typed is no portion; the field then keeps what it had.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PortionError {
    #[error(transparent)]
    Typed(#[from] TypedError),
    /// A change by an amount would have to be another one in each year.
    #[error(
        "it is of {0} years with amounts of their own; type an amount a year, such as 1.2m, or a percentage"
    )]
    OfSeveralYears(usize),
    #[error("{0}")]
    NoPortion(String),
}

/// What a change of the amount that is there begins with.
const SIGNS: [char; 7] = ['+', '-', '\u{2212}', '*', '\u{d7}', '/', '\u{f7}'];

impl Portion {
    /// The portion that is meant by what a person types over this one: `1.2m`, `60%`, `+250k`, `=1200/4`, `all`.
    ///
    /// `of` is what there is to choose from, £, and `years` how many years that is of.
    ///
    /// # Errors
    /// When it is no amount, percentage or sum, or no part of what there is.
    pub fn retyped(self, text: &str, of: Money, years: usize) -> Result<Self, PortionError> {
        let text = text.trim();
        if ["all", "whole", "all of it"].contains(&text.to_lowercase().as_str()) {
            return Ok(Self::Whole);
        }
        // More or fewer per cent are the same in every year and need no question.
        let after_sign = text.trim_start_matches(['+', '-', '\u{2212}']);
        let is_points = after_sign.ends_with('%') && after_sign.parse::<Percent>().is_ok();
        let changes = text.starts_with(SIGNS) && !is_points;
        if changes && years > 1 && !matches!(self, Self::Amount(_)) {
            return Err(PortionError::OfSeveralYears(years));
        }
        let current = match self {
            Self::Whole => Current { amount: of, percent: Some(Percent::WHOLE) },
            Self::Percent(percent) => Current { amount: of.times(percent), percent: Some(percent) },
            Self::Amount(amount) => Current { amount, percent: None },
        };
        let portion = match read_typed(text, current)? {
            Typed::Percent(percent) if percent == Percent::WHOLE => Self::Whole,
            Typed::Percent(percent) => Self::Percent(percent),
            Typed::Amount(amount) => Self::Amount(amount),
        };
        portion.is_no_portion().map_or(Ok(portion), |why| Err(PortionError::NoPortion(why)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(portion: Portion, text: &str, years: usize, right: &str) {
        let of = Money::from_pounds(6_910_000);
        let found = match portion.retyped(text, of, years) {
            Ok(Portion::Whole) => "all".to_owned(),
            Ok(Portion::Percent(percent)) => percent.to_string(),
            Ok(Portion::Amount(amount)) => amount.to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, right, "{text:?}");
    }

    #[test]
    fn what_is_typed_over_a_portion_is_a_portion() {
        let half = Portion::Percent(Percent::new(50));
        check(half, "+250k", 1, "3705000.00");
        check(half, "60%", 1, "60%");
        check(half, "+5%", 1, "55%");
        check(half, "=1200/4", 1, "300.00");
        check(half, "100%", 1, "all");
        check(half, "All", 1, "all");
        check(Portion::Whole, "-10%", 1, "90%");
        check(Portion::Whole, "-10k", 1, "6900000.00");
        check(Portion::Amount(Money::from_pounds(100)), "+5%", 3, "105.00");
        check(Portion::Amount(Money::from_pounds(100)), "+50", 3, "150.00");
        check(Portion::Whole, "\u{2212}10%", 3, "90%");
        check(half, "/7", 1, "493571.43");
    }

    #[test]
    fn what_is_no_portion_says_why() {
        let half = Portion::Percent(Percent::new(50));
        check(half, "lots", 1, "\"lots\" is not an amount of money, such as 1250.00 or (1,250.00)");
        check(half, "160%", 1, "160% is not a part of what there is; give a percentage from 0% to 100%");
        check(half, "(500)", 1, "\u{2212}£500.00 is less than nothing; give an amount above nothing");
        for change in ["+250k", "/7", "*60%", "+250k*12.5%"] {
            let why = "it is of 3 years with amounts of their own; type an amount a year, such as 1.2m, or a percentage";
            check(half, change, 3, why);
        }
    }
}
