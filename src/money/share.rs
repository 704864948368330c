//! Exact fractions, and the weights that amounts are split by. A fraction becomes a float only as a width on
//! the screen.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Money, Weighting};

/// An exact fraction: of a total, of a line, of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Share {
    numerator: i128,
    denominator: i128,
}

impl Share {
    pub const NONE: Self = Self { numerator: 0, denominator: 1 };
    pub const WHOLE: Self = Self { numerator: 1, denominator: 1 };

    /// `part` of `whole`; nothing where the whole is nothing.
    pub fn of(part: Money, whole: Money) -> Option<Self> {
        Self::ratio(part.units(), whole.units())
    }

    /// An exact ratio in lowest terms; `None` where the denominator is zero.
    pub fn ratio(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        // Lowest terms keep numbers small, so that adding and comparing rarely needs more than 128 bits.
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()) as i128;
        let sign = if denominator < 0 { -1 } else { 1 };
        Some(Self { numerator: sign * numerator / divisor, denominator: sign * denominator / divisor })
    }

    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// The exact sum; `None` where it needs more than 128 bits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        // Shares of one whole have denominators in common, and their sum is no larger than that.
        let common =
            greatest_common_divisor(self.denominator.unsigned_abs(), other.denominator.unsigned_abs());
        let (own, others) = (self.denominator / common as i128, other.denominator / common as i128);
        let sum = self.numerator.checked_mul(others)?.checked_add(other.numerator.checked_mul(own)?)?;
        Self::ratio(sum, self.denominator.checked_mul(others)?)
    }

    /// As a float, for widths on screen.
    pub fn to_approximate(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.numerator.checked_mul(other.denominator), other.numerator.checked_mul(self.denominator)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // Only numbers beyond any budget come here; an order that is nearly right is better than none.
            _ => self.to_approximate().total_cmp(&other.to_approximate()),
        }
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// What an amount is split in proportion to: at least one, none negative, not all zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    weights: Vec<u128>,
    sum: u128,
}

/// Why numbers cannot be weights.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ShareError {
    #[error("a share cannot be negative")]
    Negative,
    #[error("at least one share must be more than nothing")]
    AllZero,
    #[error("the shares are too large to be added")]
    TooLarge,
}

impl Weights {
    /// # Errors
    /// When a weight is negative, all are zero, or they are too large to be split by exactly.
    pub fn new(weights: impl IntoIterator<Item = i128>) -> Result<Self, ShareError> {
        let mut kept = Vec::new();
        let mut sum: u128 = 0;
        for weight in weights {
            let weight = u128::try_from(weight).map_err(|_| ShareError::Negative)?;
            sum = sum.checked_add(weight).ok_or(ShareError::TooLarge)?;
            kept.push(weight);
        }
        match sum {
            0 => Err(ShareError::AllZero),
            _ => Ok(Self { weights: kept, sum }),
        }
    }

    /// What partners count for.
    ///
    /// # Errors
    /// As [`Weights::new`].
    pub fn of(weights: impl IntoIterator<Item = Weighting>) -> Result<Self, ShareError> {
        Self::new(weights.into_iter().map(|weight| weight.steps() as i128))
    }

    /// Weights from amounts: splitting in proportion to what each holds.
    ///
    /// # Errors
    /// As [`Weights::new`].
    pub fn from_amounts(amounts: impl IntoIterator<Item = Money>) -> Result<Self, ShareError> {
        Self::new(amounts.into_iter().map(Money::units))
    }

    pub fn iter(&self) -> impl Iterator<Item = u128> + '_ {
        self.weights.iter().copied()
    }

    pub(super) fn sum(&self) -> u128 {
        self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_in_lowest_terms_and_its_sign_stands_above() {
        let terms =
            |part, whole| Share::ratio(part, whole).map(|share| (share.numerator(), share.denominator()));
        assert_eq!(terms(6, 8), Some((3, 4)));
        assert_eq!(terms(-6, 8), Some((-3, 4)));
        assert_eq!(terms(6, -8), Some((-3, 4)));
        assert_eq!(terms(0, -8), Some((0, 1)));
        assert_eq!(terms(6, 0), None);
        let of = Share::of(Money::from_pence(150), Money::from_pounds(6));
        assert_eq!(of, Share::ratio(1, 4));
        assert_eq!(of.map(Share::to_approximate), Some(0.25));
        assert_eq!(Share::of(Money::from_pence(150), Money::ZERO), None);
    }

    #[test]
    fn shares_are_compared_exactly_while_they_fit() {
        let share = |part, whole| Share::ratio(part, whole).unwrap();
        // As floats these are the same.
        let (less, more) = (share(1_000_000_000_000_000_000, 3_000_000_000_000_000_001), share(1, 3));
        assert_eq!([less.cmp(&more), more.cmp(&less)], [Ordering::Less, Ordering::Greater]);
        assert_eq!(less.to_approximate(), more.to_approximate());
        assert!(share(-1, 2) < Share::NONE && Share::NONE < share(1, i128::MAX));
        assert!(share(i128::MAX, 3) > share(i128::MAX, 5));
    }

    #[test]
    fn shares_of_one_large_whole_are_added_exactly() {
        let whole = 1_000_000_000_000_000_000_000_000_000_003;
        let part = |part| Share::ratio(part, whole).unwrap();
        assert_eq!(part(1).checked_add(part(whole - 1)), Some(Share::WHOLE));
        let third = Share::ratio(1, 3).unwrap();
        assert_eq!(third.checked_add(Share::ratio(1, 6).unwrap()), Share::ratio(1, 2));
        assert_eq!(third.checked_add(Share::ratio(-1, 3).unwrap()), Some(Share::NONE));
        assert_eq!(Share::ratio(1, i128::MAX).unwrap().checked_add(part(1)), None);
    }
}
