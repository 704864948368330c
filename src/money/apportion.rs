//! Splitting an amount in proportion to weights, to the penny, so that the parts add up to it exactly
//! (Hamilton's method of largest remainders).

use super::{Money, Weights};

/// Splits `total` in proportion to `weights`; the parts add up to it exactly.
///
/// Hamilton's method (largest remainders): each part is rounded towards zero to a whole penny, then the pennies left
/// over go to the largest remainders, earlier parts first among equals. Fractions of a penny that `total` holds go
/// with the first penny handed out.
pub fn apportion(total: Money, weights: &Weights) -> Vec<Money> {
    const UNITS_PER_PENNY: u128 = 100;
    // Sizes are split and the sign is put back, so that a credit is split as the payment of its size is.
    let negative = total.is_negative();
    let units = total.units().unsigned_abs();
    let (pence, fraction) = (units / UNITS_PER_PENNY, units % UNITS_PER_PENNY);
    let mut parts: Vec<u128> =
        split_steps(pence, weights).into_iter().map(|part| part * UNITS_PER_PENNY).collect();
    if fraction > 0 {
        let heaviest =
            weights.iter().enumerate().max_by_key(|&(index, weight)| (weight, std::cmp::Reverse(index)));
        parts[heaviest.map_or(0, |(index, _)| index)] += fraction;
    }
    let signed = |part: u128| if negative { -(part as i128) } else { part as i128 };
    parts.into_iter().map(|part| Money::from_units(signed(part))).collect()
}

/// Splits so many steps, pence or whatever cannot be divided, in proportion to `weights`; the parts add up exactly.
pub(super) fn split_steps(steps: u128, weights: &Weights) -> Vec<u128> {
    let divided: Vec<(u128, u128)> =
        weights.iter().map(|weight| divide_product(steps, weight, weights.sum())).collect();
    let mut parts: Vec<u128> = divided.iter().map(|(part, _)| *part).collect();
    let left_over = steps - parts.iter().sum::<u128>();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    // The index decides between equal remainders: no part is favoured by chance, and the same split comes out
    // each time.
    by_remainder.sort_by_key(|&index| (std::cmp::Reverse(divided[index].1), index));
    for &index in by_remainder.iter().take(usize::try_from(left_over).unwrap_or(usize::MAX)) {
        parts[index] += 1;
    }
    parts
}

/// `a * b / c` with its remainder, where the product may need more than 128 bits and the result fits.
pub(super) fn divide_product(a: u128, b: u128, c: u128) -> (u128, u128) {
    if let Some(product) = a.checked_mul(b) {
        return (product / c, product % c);
    }
    // Long division by doubling, highest bit of `a` first; the remainder stays below `c`.
    let (mut quotient, mut remainder) = (0_u128, 0_u128);
    for bit in (0..128 - a.leading_zeros()).rev() {
        (quotient, remainder) = add_part(quotient * 2, remainder, remainder, c);
        if a >> bit & 1 == 1 {
            (quotient, remainder) = add_part(quotient + b / c, remainder, b % c, c);
        }
    }
    (quotient, remainder)
}

/// Adds two remainders below `c`, carrying a whole `c` over to the quotient.
fn add_part(quotient: u128, remainder: u128, more: u128, c: u128) -> (u128, u128) {
    if more >= c - remainder { (quotient + 1, more - (c - remainder)) } else { (quotient, remainder + more) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn check(total: &str, weights: &[i128], right: &[&str]) {
        let parts = apportion(total.parse().unwrap(), &Weights::new(weights.iter().copied()).unwrap());
        let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
        assert_eq!(parts, right, "{total} by {weights:?}");
    }

    #[test]
    fn left_over_pennies_go_to_the_largest_remainders() {
        check("100.00", &[1, 1, 1], &["33.34", "33.33", "33.33"]);
        check("-100.00", &[1, 1, 1], &["-33.34", "-33.33", "-33.33"]);
        check("10.00", &[0, 2, 1], &["0.00", "6.67", "3.33"]);
        check("0.0101", &[1, 3], &["0.00", "0.0101"]);
        check("0.00", &[5, 5], &["0.00", "0.00"]);
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_lie_within_a_penny(
            units in -9_000_000_000_000_000_000_i128..9_000_000_000_000_000_000,
            weights in proptest::collection::vec(0_i128..1_000_000_000_000_000_000_000_000, 1..9),
        ) {
            let Ok(weights) = Weights::new(weights) else { return Ok(()) };
            let total = Money::from_units(units);
            let parts = apportion(total, &weights);
            prop_assert_eq!(parts.iter().copied().sum::<Money>(), total);
            for (part, weight) in parts.iter().zip(weights.iter()) {
                let fair = total.to_approximate() * (weight as f64 / weights.sum() as f64);
                prop_assert!((part.to_approximate() - fair).abs() < 0.02 + fair.abs() * 1e-9);
            }
        }
    }
}
