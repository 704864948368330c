use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use super::{Money, Share};

/// Millionths of a percent in one percent.
const UNITS_PER_PERCENT: i128 = 1_000_000;

/// An exact percentage with up to six decimals: `60%`, `33.333333%`. What it is of is said where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i64);

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
    pub const NONE: Self = Self(0);
    pub const WHOLE: Self = Self(100 * UNITS_PER_PERCENT as i64);

    /// From whole percents.
    pub const fn new(percent: i32) -> Self {
        Self(percent as i64 * UNITS_PER_PERCENT as i64)
    }

    /// Its part of an amount, to the nearest penny, halves away from zero.
    pub fn of(self, amount: Money) -> Money {
        const PENNY: u128 = 100;
        let negative = amount.is_negative() != (self.0 < 0);
        let share = u128::from(self.0.unsigned_abs());
        let (whole, _) = super::apportion::divide_product(
            amount.units().unsigned_abs(),
            share,
            Self::WHOLE.0.unsigned_abs().into(),
        );
        let pence = whole / PENNY + u128::from(whole % PENNY * 2 >= PENNY);
        let units = (pence * PENNY) as i128;
        Money::from_units(if negative { -units } else { units })
    }

    /// As an exact fraction: 60% is 3/5.
    ///
    /// # Panics
    /// Never: a hundred is not zero.
    pub fn share(self) -> Share {
        Share::ratio(self.0.into(), Self::WHOLE.0.into()).expect("a hundred is not zero")
    }

    /// The sum, where it is not too large.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    #[must_use]
    pub const fn negated(self) -> Self {
        Self(-self.0)
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// With as many decimals as it has: `60%`, `12.5%`.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) =
            (i128::from(self.0).abs() / UNITS_PER_PERCENT, i128::from(self.0).abs() % UNITS_PER_PERCENT);
        write!(f, "{sign}{whole}")?;
        if rest > 0 {
            write!(f, ".{}", format!("{rest:06}").trim_end_matches('0'))?;
        }
        f.write_str("%")
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
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let decimals = decimals.trim_end_matches('0');
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && decimals.is_empty() || !all_digits(whole) || !all_digits(decimals) {
            return Err(PercentError::Unreadable);
        }
        if decimals.len() > 6 {
            return Err(PercentError::TooFine);
        }
        let units: i64 = format!("{whole}{decimals:0<6}").parse().map_err(|_| PercentError::TooLarge)?;
        Ok(Self(if negative { -units } else { units }))
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

    #[test]
    fn percentages_are_read_written_and_taken_exactly() {
        for (text, written) in
            [("60%", "60%"), ("12.50 %", "12.5%"), ("33.333333", "33.333333%"), ("-5%", "-5%")]
        {
            assert_eq!(text.parse::<Percent>().unwrap().to_string(), written);
        }
        for (text, error) in [
            ("", PercentError::Unreadable),
            ("%", PercentError::Unreadable),
            ("sixty", PercentError::Unreadable),
            ("1.2345678%", PercentError::TooFine),
            ("99999999999999999999", PercentError::TooLarge),
        ] {
            assert_eq!(text.parse::<Percent>(), Err(error), "{text}");
        }
        let of = |percent: &str, amount: &str| {
            percent.parse::<Percent>().unwrap().of(amount.parse().unwrap()).to_string()
        };
        assert_eq!(of("33%", "300.00"), "99.00");
        assert_eq!(of("50%", "0.01"), "0.01");
        assert_eq!(of("50%", "-0.01"), "-0.01");
        assert_eq!(of("33.333333%", "100.00"), "33.33");
        assert_eq!(of("100%", "900000000000000"), "900000000000000.00");
    }
}
