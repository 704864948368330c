//! Percentages as partners agree on them: `60%` of a line, of a pool, of an overspend.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use super::Share;
use super::decimal::{NotPlain, read_plain, sum};

/// More decimals than any agreement has; a third of a hundred is told from its neighbours.
const DECIMALS: u32 = 6;

/// Either way. With six decimals it has 19 digits, so that what is added stays far from the 28 of a decimal.
const LARGEST: u64 = 1_000_000_000_000;

/// An exact percentage with up to six decimals: `60%`, `33.333333%`. What it is of is said where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(Decimal);

/// Why a text is not a percentage. The text itself is quoted by whoever reports it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PercentError {
    #[error("is not a percentage, such as 60% or 12.5%")]
    Unreadable,
    #[error("has more than six decimals")]
    TooFine,
    #[error("is too large for a percentage")]
    TooLarge,
}

impl Percent {
    pub const NONE: Self = Self(Decimal::ZERO);
    pub const WHOLE: Self = Self(Decimal::ONE_HUNDRED);

    /// From whole percents.
    pub fn new(percent: i32) -> Self {
        Self(percent.into())
    }

    /// As an exact fraction: 60% is 3/5.
    ///
    /// # Panics
    /// Never: a hundred is not zero.
    pub fn share(self) -> Share {
        let whole = 100 * 10_i128.pow(self.0.scale());
        Share::ratio(self.0.mantissa(), whole).expect("a hundred is not zero")
    }

    /// Of one, as a decimal: 60% is 0.6.
    pub(super) fn of_one(self) -> Decimal {
        let scale = self.0.scale() + 2;
        Decimal::from_i128_with_scale(self.0.mantissa(), scale).normalize()
    }

    /// A whole number that is in proportion to it, to split by.
    pub const fn weight(self) -> i128 {
        self.0.mantissa() * 10_i128.pow(DECIMALS - self.0.scale())
    }

    /// The sum, where it is not too large.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        sum(self.0, other.0).filter(|sum| sum.abs() <= Decimal::from(LARGEST)).map(Self)
    }

    #[must_use]
    pub fn negated(self) -> Self {
        Self(Decimal::ZERO - self.0)
    }

    pub fn is_negative(self) -> bool {
        self < Self::NONE
    }
}

/// With as many decimals as it has: `60%`, `12.5%`.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0)
    }
}

/// Reads `60%`, `60`, `12.5 %`, `-5%`.
impl FromStr for Percent {
    type Err = PercentError;

    fn from_str(text: &str) -> Result<Self, PercentError> {
        let text = text.trim();
        let text = text.strip_suffix('%').unwrap_or(text).trim_end();
        let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let number = read_plain(digits, DECIMALS as usize, LARGEST).map_err(|error| match error {
            NotPlain::Unreadable => PercentError::Unreadable,
            NotPlain::TooFine => PercentError::TooFine,
            NotPlain::TooLarge => PercentError::TooLarge,
        })?;
        Ok(Self(if negative && !number.is_zero() { -number } else { number }))
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| de::Error::custom(format!("\"{text}\" {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    #[test]
    fn a_percentage_is_an_exact_share_and_has_a_sign() {
        let percent = |text: &str| text.parse::<Percent>().unwrap();
        assert_eq!(percent("60%").share(), Share::ratio(3, 5).unwrap());
        assert_eq!(percent("-12.5%").share(), Share::ratio(-1, 8).unwrap());
        let is_negative = ["-0.000001%", "0%", "0.000001%"].map(|text| percent(text).is_negative());
        assert_eq!(is_negative, [true, false, false]);
        let written = serde_json::to_string(&percent("12.50 %")).unwrap();
        assert_eq!(written, "\"12.5%\"");
        assert_eq!(serde_json::from_str::<Percent>(&written).unwrap(), percent("12.5"));
        let refused = serde_json::from_str::<Percent>("\"sixty\"").unwrap_err().to_string();
        assert!(refused.starts_with("\"sixty\" "), "{refused}");
    }

    #[test]
    fn percentages_are_read_written_and_taken_exactly() {
        for (text, written) in
            [("60%", "60%"), ("12.50 %", "12.5%"), ("33.333333", "33.333333%"), ("-5%", "-5%"), ("-0%", "0%")]
        {
            assert_eq!(text.parse::<Percent>().unwrap().to_string(), written);
        }
        for (text, error) in [
            ("", PercentError::Unreadable),
            ("%", PercentError::Unreadable),
            ("sixty", PercentError::Unreadable),
            ("+60%", PercentError::Unreadable),
            ("1_000%", PercentError::Unreadable),
            ("1.2345678%", PercentError::TooFine),
            ("99999999999999999999", PercentError::TooLarge),
        ] {
            assert_eq!(text.parse::<Percent>(), Err(error), "{text}");
        }
        let of = |percent: &str, amount: &str| {
            amount.parse::<Money>().unwrap().times(percent.parse::<Percent>().unwrap()).to_string()
        };
        assert_eq!(of("33%", "300.00"), "99.00");
        assert_eq!(of("50%", "0.01"), "0.01");
        assert_eq!(of("50%", "-0.01"), "-0.01");
        assert_eq!(of("33.333333%", "100.00"), "33.33");
        assert_eq!(of("100%", "900000000000000"), "900000000000000.00");
    }

    #[test]
    fn the_largest_percentage_is_a_million_million() {
        let largest: Percent = "1000000000000%".parse().unwrap();
        assert_eq!(largest.checked_add("0.000001%".parse().unwrap()), None);
        assert_eq!(largest.negated().checked_add(largest), Some(Percent::NONE));
    }

    proptest! {
        #[test]
        fn a_percentage_of_an_amount_is_within_half_a_penny(
            units in -9_000_000_000_000_000_000_i128..9_000_000_000_000_000_000,
            millionths in -100_000_000_i64..=100_000_000,
        ) {
            const WHOLE: i128 = 100_000_000;
            let percent = Percent(Decimal::new(millionths, DECIMALS));
            let taken = Money::from_units(units).times(percent).units();
            let off = (taken * WHOLE - units * i128::from(millionths)).abs();
            prop_assert!(off * 2 <= 100 * WHOLE, "half a penny is fifty units");
            prop_assert_eq!(taken % 100, 0);
            prop_assert_eq!(Money::from_units(-units).times(percent).units(), -taken);
            prop_assert_eq!(percent.weight(), i128::from(millionths));
        }

        #[test]
        fn percentages_add_up_exactly_and_come_back_from_their_text(
            first in any::<i32>(), second in any::<i32>(),
        ) {
            let millionths = |number: i32| Percent(Decimal::new(number.into(), DECIMALS));
            let sum = millionths(first).checked_add(millionths(second)).unwrap();
            prop_assert_eq!(sum.weight(), i128::from(first) + i128::from(second));
            prop_assert_eq!(sum.to_string().parse(), Ok(sum));
        }
    }
}
