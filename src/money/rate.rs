//! So much of one: what an amount is multiplied by, and how programs are told a share.

use std::fmt;

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Percent, Share, nearest};

/// A plain decimal: `0.41` of a pool, `0.125` for 12.5%.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Rate(Decimal);

impl Rate {
    /// An exact share to the nearest millionth.
    ///
    /// A share of more than 10^22, which no part of a budget is, comes to the largest decimal.
    pub fn of(share: Share) -> Self {
        let millionths = nearest(share.numerator(), 1_000_000, share.denominator().unsigned_abs());
        let rate = Decimal::try_from_i128_with_scale(millionths, 6);
        Self(rate.map_or(Decimal::MAX, |rate| rate.normalize()))
    }

    /// As a whole number over a power of ten.
    pub(super) const fn fraction(self) -> (i128, u128) {
        (self.0.mantissa(), 10_u128.pow(self.0.scale()))
    }
}

impl From<Percent> for Rate {
    fn from(percent: Percent) -> Self {
        Self(percent.of_one())
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_to_the_nearest_millionth() {
        let of = |part, whole| Rate::of(Share::ratio(part, whole).unwrap()).to_string();
        assert_eq!(of(41, 100), "0.41");
        assert_eq!(of(1, 3), "0.333333");
        assert_eq!(of(2, 3), "0.666667");
        assert_eq!(of(1, 2_000_000), "0.000001");
        assert_eq!(of(-1, 3), "-0.333333");
        assert_eq!(of(-1, 3_000_000), "0");
        assert_eq!(of(5, 5), "1");
        // Both too large to be doubled and multiplied in 128 bits.
        assert_eq!(of(i128::MAX / 3, i128::MAX), "0.333333");
    }

    #[test]
    fn a_rate_is_written_for_programs_as_text() {
        assert_eq!(serde_json::to_string(&Rate::from(Percent::new(60))).unwrap(), "\"0.6\"");
    }
}
