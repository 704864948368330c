//! An over- or underspend as people say it: so many per cent of the pool, or an amount. What is less than
//! nothing is an underspend.

use std::str::FromStr;

use thiserror::Error;

use crate::money::{AmountError, Money, Percent, PercentError, in_full, read_amount};

/// By how much a pool spends more than it holds; less than nothing is an underspend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variance {
    /// £.
    Amount(Money),
    /// Of what is in the pool.
    Percent(Percent),
}

impl Default for Variance {
    fn default() -> Self {
        Self::Amount(Money::ZERO)
    }
}

/// Why a text is no over- or underspend.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum VarianceError {
    #[error("type an overspend such as 8% or 250k, or an underspend such as -8% or -250k")]
    Empty,
    #[error("\"{0}\" {1}; an overspend is written 8% or 250k, an underspend -8% or -250k")]
    Amount(String, AmountError),
    #[error("\"{0}\" {1}; an overspend is written 8% or 250k, an underspend -8% or -250k")]
    Percent(String, PercentError),
}

impl FromStr for Variance {
    type Err = VarianceError;

    /// Reads `8%`, `+8%`, `-8%`, `250k`, `+250k`, `-250k`, `(250k)`.
    fn from_str(text: &str) -> Result<Self, VarianceError> {
        let text = text.trim();
        let (is_under, rest) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let rest = rest.trim_start();
        if rest.is_empty() {
            return Err(VarianceError::Empty);
        }
        // Two signs say two things; which of them is meant is not guessed.
        if text.len() != rest.len() && rest.starts_with(['-', '+', '\u{2212}', '(']) {
            return Err(VarianceError::Amount(text.to_owned(), AmountError::Unreadable));
        }
        if rest.ends_with('%') {
            let percent: Percent =
                rest.parse().map_err(|error| VarianceError::Percent(text.to_owned(), error))?;
            return Ok(Self::Percent(if is_under { percent.negated() } else { percent }));
        }
        let amount = read_amount(rest).map_err(|error| VarianceError::Amount(text.to_owned(), error))?;
        Ok(Self::Amount(if is_under { -amount } else { amount }))
    }
}

impl Variance {
    /// What it comes to for a pool of this size, £.
    pub fn of(self, pool: Money) -> Money {
        match self {
            Self::Amount(amount) => amount,
            Self::Percent(percent) => pool.times(percent),
        }
    }

    /// What was understood: "+8% of the pool = £1,850,320.00 more to pay".
    pub fn in_words(self, pool: Money) -> String {
        let amount = self.of(pool);
        let effect = match amount {
            amount if amount.is_zero() => return "neither over- nor underspent".to_owned(),
            amount if amount.is_negative() => format!("{} given back", in_full(amount.abs())),
            amount => format!("{} more to pay", in_full(amount)),
        };
        match self {
            Self::Amount(_) => effect,
            Self::Percent(percent) => {
                let sign = if percent.is_negative() { "" } else { "+" };
                format!("{sign}{percent} of the pool = {effect}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        match text.parse::<Variance>() {
            Ok(variance) => variance.of("1000.00".parse().unwrap()).to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_sign_is_the_way_it_goes_and_never_a_change_of_what_is_there() {
        for (text, amount) in [
            ("8%", "80.00"),
            ("+8%", "80.00"),
            ("-8%", "-80.00"),
            ("\u{2212}8 %", "-80.00"),
            ("250", "250.00"),
            ("+1.5k", "1500.00"),
            ("-4,000", "-4000.00"),
            ("(250k)", "-250000.00"),
            ("0", "0.00"),
        ] {
            assert_eq!(of(text), amount, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_aloud() {
        for text in ["", "-", "--8%", "-(250k)", "a lot", "8%%"] {
            assert!(of(text).contains("8% or 250k"), "{text}: {}", of(text));
        }
    }

    #[test]
    fn it_says_what_it_understood() {
        let pool = "23129000.00".parse().unwrap();
        let said = |text: &str| text.parse::<Variance>().unwrap().in_words(pool);
        assert_eq!(said("+8%"), "+8% of the pool = £1,850,320.00 more to pay");
        assert_eq!(said("-8%"), "-8% of the pool = £1,850,320.00 given back");
        assert_eq!(said("-4,000"), "£4,000.00 given back");
    }
}
