//! Taking an amount out of several, the same ratio of each as nearly as pennies allow, and of none more than
//! it has left.

use super::apportion::divide_product;
use super::{Money, Share};

/// Takes `wanted` out of `amounts`, the same `ratio` of each as nearly as pennies allow; the parts add up exactly.
///
/// Of each no more is taken than is `left` of it, which has its sign and is no larger; credits are taken as credits.
/// What one cannot give, the others do. Pennies left over go to the largest remainders, earlier amounts first among
/// equals. Parts are whole pennies where everything given is. Where all that is left comes to less than `wanted`,
/// all of it is taken.
pub fn portion(amounts: &[Money], left: &[Money], ratio: Share, wanted: Money) -> Vec<Money> {
    const PENNY: i128 = 100;
    let whole_pennies = amounts.iter().chain(left).chain([&wanted]).all(|amount| amount.units() % PENNY == 0);
    // Where a line holds fractions of a penny somebody has to give them, so all of it is done in fractions.
    let grid = if whole_pennies { PENNY } else { 1 };
    let (mut parts, remainders) = taken(amounts, left, ratio, grid);
    let missing = |parts: &[i128]| wanted.units() / grid - parts.iter().sum::<i128>();

    let count = amounts.len() as i128;
    // Less than a step for each is what rounding left over; more means that some could not give their share.
    if missing(&parts).abs() > count {
        // Some had too little left: the others give in proportion to what they still have.
        let room: Vec<Money> = left
            .iter()
            .zip(&parts)
            .map(|(left, part)| Money::from_units(left.units() - part * grid))
            .collect();
        let sum: Money = room.iter().copied().sum();
        let extra = Money::from_units(missing(&parts) * grid);
        if let Some(more) = Share::of(extra, sum).filter(|more| *more > Share::NONE) {
            let more = more.min(Share::WHOLE);
            let (extra_parts, _) = taken(&room, &room, more, grid);
            for (part, extra) in parts.iter_mut().zip(extra_parts) {
                *part += extra;
            }
        }
    }
    let last = missing(&parts);
    hand_out(&mut parts, last, &remainders, left, grid);
    parts.into_iter().map(|part| Money::from_units(part * grid)).collect()
}

/// The ratio of each amount in steps of the grid, rounded towards zero, with what the rounding left as a share of a
/// step, in millionths and with its sign.
fn taken(amounts: &[Money], left: &[Money], ratio: Share, grid: i128) -> (Vec<i128>, Vec<i128>) {
    let numerator = ratio.numerator().unsigned_abs();
    let denominator = ratio.denominator().unsigned_abs();
    amounts
        .iter()
        .zip(left)
        .map(|(amount, left)| {
            let steps = (amount.units() / grid).unsigned_abs();
            let (part, remainder) = divide_product(steps, numerator, denominator);
            let sign = amount.units().signum();
            let part = part.min((left.units() / grid).unsigned_abs()) as i128 * sign;
            let (share, _) = divide_product(remainder, 1_000_000_000, denominator);
            (part, share as i128 * sign)
        })
        .unzip()
}

/// Hands the last steps out, the largest remainders first, wherever there is room: one by one where they are few, in
/// equal parts where they are many.
fn hand_out(parts: &mut [i128], mut missing: i128, remainders: &[i128], left: &[Money], grid: i128) {
    let way = missing.signum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(remainders[index] * way), index));
    while missing != 0 && !order.is_empty() {
        let before = missing;
        // One by one a million missing pennies would take a million rounds.
        let most = (missing.abs() / order.len() as i128).max(1);
        for &index in &order {
            let (low, high) = (left[index].units().min(0) / grid, left[index].units().max(0) / grid);
            let room = if way > 0 { high - parts[index] } else { parts[index] - low };
            let given = most.min(room.max(0)).min(missing.abs());
            parts[index] += given * way;
            missing -= given * way;
        }
        if missing == before {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Percent;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn amounts(texts: &[&str]) -> Vec<Money> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn check(from: &[&str], left: &[&str], percent: i32, right: &[&str]) {
        let (from, left) = (amounts(from), amounts(left));
        let percent = Percent::new(percent);
        let wanted = from.iter().copied().sum::<Money>().times(percent);
        let parts = portion(&from, &left, percent.share(), wanted);
        assert_eq!(parts, amounts(right));
    }

    #[test]
    fn each_gives_the_same_share_and_pennies_go_to_the_largest_remainders() {
        check(&["300.00"], &["300.00"], 33, &["99.00"]);
        check(&["0.01", "0.01", "0.01"], &["0.01", "0.01", "0.01"], 50, &["0.01", "0.01", "0.00"]);
        check(&["900.00", "-50.05"], &["900.00", "-50.05"], 10, &["90.00", "-5.00"]);
        check(&["0.0003", "10.00"], &["0.0003", "10.00"], 50, &["0.0001", "4.9999"]);
    }

    #[test]
    fn what_one_cannot_give_the_others_do() {
        check(&["100.00", "100.00"], &["10.00", "100.00"], 50, &["10.00", "90.00"]);
        check(&["100.00", "100.00"], &["10.00", "20.00"], 50, &["10.00", "20.00"]);
        // In proportion to what they still have: £40 more, a quarter of it from the smaller.
        let left = ["10.00", "100.00", "300.00"];
        check(&["100.00", "100.00", "300.00"], &left, 50, &["10.00", "60.00", "180.00"]);
        let credits = ["-10.00", "-100.00", "-300.00"];
        check(&["-100.00", "-100.00", "-300.00"], &credits, 50, &["-10.00", "-60.00", "-180.00"]);
        // The last pennies go where there is room.
        check(&["0.01", "0.01", "0.01"], &["0.00", "0.01", "0.01"], 67, &["0.00", "0.01", "0.01"]);
    }

    #[test]
    fn large_sums_of_debits_and_credits_are_quickly_shared() {
        let from = amounts(&["100000000.00", "-100000000.00", "5.00"]);
        let parts = portion(&from, &from, Share::NONE, Money::from_pounds(60_000_000));
        assert_eq!(parts, amounts(&["100000000.00", "-40000005.00", "5.00"]));
        let from = amounts(&["100000000.00", "-100000000.00", "-5.00"]);
        let parts = portion(&from, &from, Share::NONE, Money::from_pounds(-60_000_000));
        assert_eq!(parts, amounts(&["40000005.00", "-100000000.00", "-5.00"]));
    }

    proptest! {
        #[test]
        fn portions_add_up_and_no_line_gives_more_than_it_has(
            pence in proptest::collection::vec(-1_000_000_i64..100_000_000, 1..12),
            percent in 0_i32..=100,
        ) {
            let from: Vec<Money> = pence.into_iter().map(Money::from_pence).collect();
            let percent = Percent::new(percent);
            let wanted = from.iter().copied().sum::<Money>().times(percent);
            let parts = portion(&from, &from, percent.share(), wanted);
            prop_assert_eq!(parts.iter().copied().sum::<Money>(), wanted);
            for (part, amount) in parts.iter().zip(&from) {
                prop_assert!(part.abs() <= amount.abs());
                prop_assert!(part.is_zero() || part.is_negative() == amount.is_negative());
                prop_assert!((*part - amount.times(percent)).abs() <= Money::from_pence(1));
            }
        }
    }
}
