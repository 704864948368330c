//! What parts are weighed by where a pool is split: people, an index of need, a benefit, a part of a hundred.

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, de};
use thiserror::Error;

use super::apportion::split_steps;
use super::decimal::{NotPlain, read_plain};
use super::read::thousands_digits;
use super::rounding::nearest;
use super::{Money, Share, Weights};

/// So fine that shares of today, as parts of a hundred, split a pool of a thousand million pounds as it is split today:
/// one step is a ten-thousandth of a penny of it.
const DECIMALS: u32 = 10;

/// As many pounds as a line may hold. With ten decimals it has 25 digits, so that a thousand of them are added exactly.
const LARGEST: u64 = 900_000_000_000_000;

/// How much a partner counts for: any number that is not negative, with up to ten decimals.
///
/// A number and not an amount: it is typed in digits, without £, %, k or m.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Weighting(Decimal);

/// Why a text is not a weight. The text itself is quoted by whoever reports it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum WeightError {
    #[error("is not a number, such as 329608 or 1.12")]
    Unreadable,
    /// What says an amount or a percentage says nothing of a weight.
    #[error("is not a number, such as 329608 or 1.12; type it without £, %, k, m or brackets")]
    Marked,
    #[error("is less than nothing; a number here is nothing or more")]
    Negative,
    #[error("has more than ten decimals")]
    TooFine,
    #[error("is too large; a number here is at most 900,000,000,000,000")]
    TooLarge,
}

impl Weighting {
    /// What fixed shares come to.
    pub const HUNDRED: Self = Self(Decimal::ONE_HUNDRED);
    pub fn new(whole: u32) -> Self {
        Self(whole.into())
    }

    /// As an exact fraction: 1.12 is 28/25.
    ///
    /// # Panics
    /// Never: a power of ten is not zero.
    pub fn share(self) -> Share {
        Share::ratio(self.0.mantissa(), 10_i128.pow(self.0.scale())).expect("a power of ten is not zero")
    }

    /// What one is more than the other.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        Self((self.0 - other.0).abs().normalize())
    }

    /// What is left of it without another; nothing where that is more.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        if other < self { self.difference(other) } else { Self::default() }
    }

    /// Weights in the proportion of others that come to exactly so much, to ten decimals.
    pub fn in_proportion(self, weights: &Weights) -> Vec<Self> {
        split_steps(self.steps(), weights).into_iter().map(Self::from_steps).collect()
    }

    /// To two decimals, as tables show it: `33.33`, `100.00`.
    pub fn in_hundredths(self) -> String {
        let hundredths = nearest(self.steps().cast_signed(), 1, 10_u128.pow(DECIMALS - 2));
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }

    /// The smallest steps that it is told in.
    pub(super) const fn steps(self) -> u128 {
        self.0.mantissa().unsigned_abs() * 10_u128.pow(DECIMALS - self.0.scale())
    }

    fn from_steps(steps: u128) -> Self {
        let number = i128::try_from(steps)
            .ok()
            .and_then(|steps| Decimal::try_from_i128_with_scale(steps, DECIMALS).ok())
            .expect("a part of what is split is no more than that");
        Self(number.normalize())
    }
}

impl From<Money> for Weighting {
    /// An amount counts for its pounds; below nothing is nothing.
    fn from(amount: Money) -> Self {
        // Of amounts four decimals are kept.
        let finer = 10_u128.pow(DECIMALS - 4);
        Self::from_steps(amount.clamp(Money::ZERO, Money::LARGEST_LINE).units().unsigned_abs() * finer)
    }
}

impl Sum for Weighting {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        Self(weights.map(|weight| weight.0).sum::<Decimal>().normalize())
    }
}

impl fmt::Display for Weighting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Reads digits with a decimal point, thousands apart or not: `329608`, `329,608`, `1.12`.
impl FromStr for Weighting {
    type Err = WeightError;

    fn from_str(text: &str) -> Result<Self, WeightError> {
        let text = text.trim();
        if text.strip_prefix(['-', '\u{2212}']).is_some_and(|rest| rest.parse::<Self>().is_ok()) {
            return Err(WeightError::Negative);
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_marked = || text.parse::<Money>().is_ok() || text.ends_with('%');
        let unreadable = || if is_marked() { WeightError::Marked } else { WeightError::Unreadable };
        let whole = thousands_digits(whole).map_err(|_| unreadable())?;
        let digits: String = whole.map(char::from).chain(['.']).chain(fraction.chars()).collect();
        let number = read_plain(&digits, DECIMALS as usize, LARGEST).map_err(|error| match error {
            NotPlain::Unreadable => unreadable(),
            NotPlain::TooFine => WeightError::TooFine,
            NotPlain::TooLarge => WeightError::TooLarge,
        })?;
        Ok(Self(number))
    }
}

impl<'de> Deserialize<'de> for Weighting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| de::Error::custom(format!("\"{text}\" is not a weight, such as 329608 or 1.12")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    fn check(text: &str, right: &str) {
        let found = text.parse::<Weighting>();
        let found = found.map_or_else(|error| format!("{text} {error}"), |weight| weight.to_string());
        assert_eq!(found, right, "{text:?}");
    }

    #[test]
    fn weights_are_plain_numbers() {
        check("329608", "329608");
        check("329,608", "329608");
        check("1 250 000", "1250000");
        check(" 1.1200 ", "1.12");
        check(".5", "0.5");
        check("0", "0");
        check("900,000,000,000,000", "900000000000000");
    }

    #[test]
    fn a_weight_less_another_is_never_below_nothing() {
        let weight = |text: &str| text.parse::<Weighting>().unwrap();
        assert_eq!(weight("2.5").difference(weight("4")), weight("1.5"));
        assert_eq!(weight("4").difference(weight("2.5")), weight("1.5"));
        assert_eq!(weight("4").less(weight("2.5")), weight("1.5"));
        assert_eq!(weight("2.5").less(weight("4")), Weighting::default());
    }

    #[test]
    fn what_says_money_or_a_percentage_is_no_weight() {
        for text in ["£5", "250k", "1.2m", "3bn", "(5)", "5 CR", "+5", "60%", "12.5 %"] {
            check(
                text,
                &format!(
                    "{text} is not a number, such as 329608 or 1.12; type it without £, %, k, m or brackets"
                ),
            );
        }
        for text in ["", ".", "many", "1.2.3", "32,96,08", "1,000.5,0", "1e5", "--5"] {
            check(text, &format!("{text} is not a number, such as 329608 or 1.12"));
        }
        check("-5", "-5 is less than nothing; a number here is nothing or more");
        check("1.12345678901", "1.12345678901 has more than ten decimals");
        check(
            "900000000000001",
            "900000000000001 is too large; a number here is at most 900,000,000,000,000",
        );
    }

    #[test]
    fn a_weight_stands_in_a_file_as_its_digits() {
        let weight: Weighting = "60,000.50".parse().unwrap();
        assert_eq!(ron::to_string(&weight).unwrap(), "\"60000.5\"");
        assert_eq!(ron::from_str::<Weighting>("\"60000.5\"").unwrap(), weight);
        let refused = ron::from_str::<Weighting>("\"60k\"").unwrap_err().to_string();
        assert!(refused.contains("\"60k\" is not a weight, such as 329608 or 1.12"), "{refused}");
    }

    #[test]
    fn tables_show_hundredths() {
        for (weight, right) in
            [("33.3333333333", "33.33"), ("66.665", "66.67"), ("100", "100.00"), ("0.004", "0.00")]
        {
            assert_eq!(weight.parse::<Weighting>().unwrap().in_hundredths(), right);
        }
    }

    #[test]
    fn amounts_count_for_their_pounds() {
        let of = |amount: &str| Weighting::from(amount.parse::<Money>().unwrap()).to_string();
        assert_eq!(of("1250.50"), "1250.5");
        assert_eq!(of("-5"), "0");
        assert_eq!(Weighting::from(Money::from_units(i128::MAX)).0, Decimal::from(LARGEST));
    }

    proptest! {
        #[test]
        fn weights_scaled_to_a_hundred_come_to_a_hundred(
            weights in proptest::collection::vec(any::<u32>(), 1..12),
        ) {
            let weights: Vec<Weighting> = weights.into_iter().map(|steps| Weighting::from_steps(steps.into())).collect();
            let Ok(proportion) = Weights::of(weights.iter().copied()) else { return Ok(()) };
            let parts = Weighting::HUNDRED.in_proportion(&proportion);
            prop_assert_eq!(parts.iter().copied().sum::<Weighting>(), Weighting::HUNDRED);
            let all: Weighting = weights.iter().copied().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                let off = part.steps() as i128 * all.steps() as i128
                    - weight.steps() as i128 * Weighting::HUNDRED.steps() as i128;
                prop_assert!(off.unsigned_abs() <= all.steps(), "within a step");
            }
        }

        #[test]
        fn a_weight_comes_back_from_its_text(steps in 0_u64..9_000_000_000_000_000_000) {
            let weight = Weighting::from_steps(steps.into());
            prop_assert_eq!(weight.to_string().parse(), Ok(weight));
            prop_assert_eq!(crate::words::thousands(weight).parse(), Ok(weight));
            prop_assert_eq!(weight.steps(), u128::from(steps));
        }
    }
}
