//! Amounts of money, exact to a hundredth of a penny: added, compared, written, multiplied by a rate. Never a
//! float before the last step to a picture.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::read::AmountError;
use super::{Rate, nearest};

/// Ten-thousandths of a pound in a pound.
/// Published files hold fractions of a penny, from percentages of amounts; four decimals keep all that have
/// been met.
const UNITS_PER_POUND: i128 = 10_000;

/// Ten-thousandths of a pound in a penny.
const UNITS_PER_PENNY: u128 = 100;

/// An exact amount of money in pounds, held as ten-thousandths of a pound.
///
/// A single line holds at most £900 million million ([`Money::LARGEST_LINE`]), which fits 64 bits; a sum holds
/// 128 bits, so that even a thousand million lines of that size cannot overflow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

impl Money {
    pub const ZERO: Self = Self(0);
    /// The largest amount a single line may hold, either way: £900,000,000,000,000.
    pub const LARGEST_LINE: Self = Self(900_000_000_000_000 * UNITS_PER_POUND);

    /// An amount from whole pounds.
    pub const fn from_pounds(pounds: i64) -> Self {
        Self(pounds as i128 * UNITS_PER_POUND)
    }

    /// An amount from whole pence.
    pub const fn from_pence(pence: i64) -> Self {
        Self(pence as i128 * (UNITS_PER_POUND / 100))
    }

    /// An amount from ten-thousandths of a pound, as ledgers hold it.
    pub const fn from_units(units: i128) -> Self {
        Self(units)
    }

    /// Ten-thousandths of a pound.
    pub const fn units(self) -> i128 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The amount to the nearest penny; for display only.
    pub fn rounded_pence(self) -> i128 {
        nearest(self.0, 1, UNITS_PER_PENNY)
    }

    /// So much of it, to the nearest penny: a [`Percent`](super::Percent) or another [`Rate`].
    #[must_use]
    pub fn times(self, rate: impl Into<Rate>) -> Self {
        let (parts, of) = rate.into().fraction();
        let pence = nearest(self.0, parts.unsigned_abs(), of * UNITS_PER_PENNY);
        let pence = if parts < 0 { -pence } else { pence };
        Self(pence * UNITS_PER_PENNY as i128)
    }

    /// What one of so many has of it, to the nearest penny.
    ///
    /// # Panics
    /// Where there is nobody.
    #[must_use]
    pub fn per(self, count: u64) -> Self {
        let pence = nearest(self.0, 1, u128::from(count) * UNITS_PER_PENNY);
        Self(pence * UNITS_PER_PENNY as i128)
    }

    /// Pounds as a float: the last step before screen coordinates, and nowhere else.
    pub fn to_approximate(self) -> f64 {
        self.0 as f64 / UNITS_PER_POUND as f64
    }
}

/// Pounds with two decimals, or up to four where there are fractions of a penny: `-1250.00`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let (pounds, rest) = (units / UNITS_PER_POUND as u128, units % UNITS_PER_POUND as u128);
        if rest.is_multiple_of(100) {
            write!(f, "{sign}{pounds}.{:02}", rest / 100)
        } else if rest.is_multiple_of(10) {
            write!(f, "{sign}{pounds}.{:03}", rest / 10)
        } else {
            write!(f, "{sign}{pounds}.{rest:04}")
        }
    }
}

/// Reads what [`fmt::Display`] writes, and whatever people type; see [`super::read_amount`].
impl FromStr for Money {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        super::read_amount(text)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| de::Error::custom(format_args!("\"{text}\" {error}")))
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn amounts_are_made_added_and_taken_away() {
        let amount = |text: &str| text.parse::<Money>().unwrap();
        assert_eq!((Money::from_pence(-1_234), Money::from_pounds(7)), (amount("-12.34"), amount("7")));
        let mut sum = amount("10.01") - amount("0.02");
        assert_eq!(sum, amount("9.99"));
        sum += amount("0.01");
        sum -= amount("2.50");
        assert_eq!(sum, amount("7.50"));
        assert_eq!(-sum, amount("-7.50"));
        assert_eq!([sum, sum, -sum].into_iter().sum::<Money>(), sum);
        assert_eq!(amount("-1234.5678").to_approximate(), -1_234.567_8);
    }

    #[test]
    fn nothing_is_neither_more_nor_less_than_nothing() {
        let is = |amount: Money| (amount.is_negative(), amount.is_zero(), amount.is_positive());
        assert_eq!(is(Money::from_units(-1)), (true, false, false));
        assert_eq!(is(Money::ZERO), (false, true, false));
        assert_eq!(is(Money::from_units(1)), (false, false, true));
    }

    #[test]
    fn an_amount_comes_back_from_what_is_written_of_it() {
        for text in ["0.00", "-1250.00", "0.0001", "12.345", "900000000000000.00"] {
            let written = serde_json::to_string(&text.parse::<Money>().unwrap()).unwrap();
            assert_eq!(written, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Money>(&written).unwrap().to_string(), text);
        }
        let refused = serde_json::from_str::<Money>("\"12.345.6\"").unwrap_err().to_string();
        assert!(refused.starts_with("\"12.345.6\" "), "{refused}");
    }

    #[test]
    fn a_head_has_its_part_to_the_nearest_penny() {
        let part = |amount: &str, people| amount.parse::<Money>().unwrap().per(people).to_string();
        assert_eq!(part("100.00", 3), "33.33");
        assert_eq!(part("200.00", 3), "66.67");
        assert_eq!(part("-0.05", 2), "-0.03");
        assert_eq!(part("3650000000", 326_300), "11186.03");
    }

    proptest! {
        #[test]
        fn what_a_head_has_is_within_half_a_penny(
            units in -9_000_000_000_000_000_000_i128..9_000_000_000_000_000_000,
            people in 1_u64..100_000_000,
        ) {
            let part = Money::from_units(units).per(people).units();
            prop_assert!((part * i128::from(people) - units).abs() * 2 <= 100 * i128::from(people));
            prop_assert_eq!(part % 100, 0);
            prop_assert_eq!(Money::from_units(-units).per(people).units(), -part);
        }
    }
}
