//! The one rounding: to the nearest, halves away from zero.
//!
//! Amounts are added, shared out and compared exactly. What a percentage takes of an amount, what one of so many heads
//! has of it, what a typed sum comes to and what words say has to end somewhere: at a penny, a millionth, a third
//! figure. It ends here, once, from the exact fraction. Splitting an amount rounds nothing away: see
//! [`apportion`](super::apportion()).

use super::apportion::divide_product;

/// `number × times ÷ by` as the nearest whole number, halves away from zero.
///
/// The product may need more than 128 bits; the result has to fit.
///
/// # Panics
/// Where `by` is zero.
pub fn nearest(number: i128, times: u128, by: u128) -> i128 {
    let (whole, rest) = divide_product(number.unsigned_abs(), times, by);
    let size = (whole + u128::from(rest >= by - rest)) as i128;
    if number < 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
    use rust_decimal::{Decimal, RoundingStrategy};

    #[test]
    fn halves_go_away_from_zero() {
        for (number, by, right) in [
            (5, 10, 1),
            (4, 10, 0),
            (15, 10, 2),
            (-5, 10, -1),
            (-4, 10, 0),
            (-15, 10, -2),
            (1, 3, 0),
            (2, 3, 1),
        ] {
            assert_eq!(nearest(number, 1, by), right, "{number} by {by}");
        }
        assert_eq!(nearest(i128::MAX, 1_000_000, 1_000_000), i128::MAX);
    }

    proptest! {
        #[test]
        fn nothing_nearer_is_left_out(
            number in -1_000_000_000_000_i128..1_000_000_000_000,
            times in 0_u128..1_000_000,
            by in 1_u128..1_000_000,
        ) {
            let rounded = nearest(number, times, by);
            let off = (number * times as i128 - rounded * by as i128).unsigned_abs();
            prop_assert!(off * 2 <= by);
            let is_half = off * 2 == by;
            prop_assert!(!is_half || rounded.unsigned_abs() * by > number.unsigned_abs() * times);
        }

        #[test]
        fn decimals_rounded_by_their_own_crate_come_to_the_same(number: i64, decimals in 0_u32..18) {
            let by_crate = Decimal::new(number, decimals)
                .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            prop_assert_eq!(Decimal::from(nearest(number.into(), 1, 10_u128.pow(decimals)) as i64), by_crate);
        }
    }
}
