//! Exact fractions of any size, and the one place where they end: at a penny, or at so many decimals.
//!
//! An effect is a product of seven decimals, and a factor of discount one of thirty rates; both are beyond the 128 bits
//! that shares of a pool need, so their numbers are as long as they come to be.

use num_bigint::{BigInt, BigUint, Sign};
use num_rational::BigRational;

use crate::money::{Money, Share};

/// An exact fraction.
pub(super) type Exact = BigRational;

/// Ten-thousandths of a pound in a penny.
const UNITS_PER_PENNY: i64 = 100;

pub(super) fn of_share(share: Share) -> Exact {
    Exact::new(share.numerator().into(), share.denominator().into())
}

pub(super) fn of_people(people: u64) -> Exact {
    Exact::from_integer(people.into())
}

/// An amount in pence.
pub(super) fn in_pence(amount: Money) -> Exact {
    Exact::new(amount.units().into(), UNITS_PER_PENNY.into())
}

/// The nearest whole penny, halves away from zero; none where it is more than a line may hold.
pub(super) fn whole_pence(pence: &Exact) -> Option<Money> {
    rounded(pence.numer(), pence.denom())
}

/// Whole pence times a fraction, as [`whole_pence`].
pub(super) fn pence_times(amount: Money, by: &Exact) -> Option<Money> {
    let pence = amount.units() / i128::from(UNITS_PER_PENNY);
    if pence == 0 {
        return Some(Money::ZERO);
    }
    rounded(&(BigInt::from(pence) * by.numer()), by.denom())
}

fn rounded(numerator: &BigInt, denominator: &BigInt) -> Option<Money> {
    let pence = i128::try_from(nearest(numerator, denominator)).ok()?;
    let amount = Money::from_units(pence.checked_mul(UNITS_PER_PENNY.into())?);
    (amount.abs() <= Money::LARGEST_LINE).then_some(amount)
}

/// The nearest whole number, halves away from zero. The denominator of a fraction is above nothing.
fn nearest(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let (size, by): (&BigUint, &BigUint) = (numerator.magnitude(), denominator.magnitude());
    let whole = (size * 2_u8 + by) / (by * 2_u8);
    BigInt::from_biguint(if numerator.sign() == Sign::Minus { Sign::Minus } else { Sign::Plus }, whole)
}

/// With at most so many decimals, halves away from zero, and no noughts at the end: `371.2`, `0.966183574879`, `1`.
pub(super) fn in_decimals(number: &Exact, places: u32) -> String {
    let text = in_fixed_decimals(number, places);
    let Some((whole, decimals)) = text.split_once('.') else { return text };
    match decimals.trim_end_matches('0') {
        "" if whole == "-0" => "0".to_owned(),
        "" => whole.to_owned(),
        decimals => format!("{whole}.{decimals}"),
    }
}

/// With exactly so many decimals: `2.8303`, `-0.1000`.
pub(super) fn in_fixed_decimals(number: &Exact, places: u32) -> String {
    let steps = nearest(&(number.numer() * BigInt::from(10).pow(places)), number.denom());
    let sign = if steps.sign() == Sign::Minus { "-" } else { "" };
    let digits = format!("{:0>width$}", steps.magnitude().to_string(), width = places as usize + 1);
    let (whole, decimals) = digits.split_at(digits.len() - places as usize);
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Exact {
        Exact::new(numerator.into(), denominator.into())
    }

    #[test]
    fn halves_of_a_penny_go_away_from_zero() {
        let pence =
            |numerator, denominator| whole_pence(&ratio(numerator, denominator)).map(|p| p.to_string());
        assert_eq!(pence(1, 2).as_deref(), Some("0.01"));
        assert_eq!(pence(-1, 2).as_deref(), Some("-0.01"));
        assert_eq!(pence(49, 100).as_deref(), Some("0.00"));
        assert_eq!(pence(-249, 2).as_deref(), Some("-1.25"));
        assert_eq!(pence(i64::MAX, 1), None);
        assert_eq!(pence_times(Money::from_pence(-3), &ratio(1, 2)), Some(Money::from_pence(-2)));
    }

    #[test]
    fn decimals_are_as_many_as_are_asked_for() {
        assert_eq!(in_decimals(&ratio(1856, 5), 2), "371.2");
        assert_eq!(in_decimals(&ratio(640, 1), 2), "640");
        assert_eq!(in_decimals(&ratio(-1, 1000), 2), "0");
        assert_eq!(in_decimals(&ratio(200, 207), 12), "0.966183574879");
        assert_eq!(in_fixed_decimals(&ratio(-1, 10), 4), "-0.1000");
        assert_eq!(in_fixed_decimals(&ratio(5, 2), 0), "3");
    }
}
