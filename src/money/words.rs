//! Amounts and percentages in words: short for pictures, full for tables. Rounded for reading only; nothing
//! is worked out from them.

use super::{Money, Share, nearest};
use crate::words::thousands;

/// An amount for a picture, to three significant figures: `£1.05tn`, `£182m`, `£4.32m`, `£950k`, `−£12.5k`, `£84.20`.
pub fn in_short(amount: Money) -> String {
    said(amount, Zeros::Dropped)
}

/// The same where amounts stand below each other: from £1,000 on always with three figures, `£97.0m`, `£7.30bn`.
pub fn in_column(amount: Money) -> String {
    said(amount, Zeros::Kept)
}

/// Whether a whole number of thousands or millions has noughts behind its point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zeros {
    Dropped,
    Kept,
}

fn said(amount: Money, zeros: Zeros) -> String {
    let sign = if amount.is_negative() { "\u{2212}" } else { "" };
    let pence = amount.rounded_pence().unsigned_abs();
    if pence < 100_000 {
        let (pounds, rest) = (pence / 100, pence % 100);
        return if rest == 0 { format!("{sign}£{pounds}") } else { format!("{sign}£{pounds}.{rest:02}") };
    }
    // From the amount itself: pence that were rounded first could be rounded up twice.
    let (rounded, digits) = three_figures(amount.units());
    // `rounded` has `digits` digits and counts ten-thousandths, so pounds have four digits fewer.
    let (unit, unit_digits) = match digits {
        0..=10 => ("k", 7),
        11..=13 => ("m", 10),
        14..=16 => ("bn", 13),
        // National accounts: a thousand billion.
        _ => ("tn", 16),
    };
    let scale = 10_u128.pow(unit_digits);
    let (whole, rest) = (rounded / scale, rounded % scale);
    let decimals = (3_usize).saturating_sub(whole.to_string().len());
    let mut text = format!("{sign}£{}", thousands(whole));
    let fraction = format!("{rest:0width$}", width = unit_digits as usize);
    let fraction = &fraction[..decimals];
    if !fraction.is_empty() && (zeros == Zeros::Kept || fraction.contains(|digit| digit != '0')) {
        text.push('.');
        text.push_str(fraction);
    }
    text.push_str(unit);
    text
}

/// A change for a picture, with its sign: `+£4.32m`, `−£12.5k`, `£0`.
pub fn in_short_signed(change: Money) -> String {
    let plus = if change.is_positive() { "+" } else { "" };
    format!("{plus}{}", in_short(change))
}

/// The same where changes stand below each other: `+£4.30m`, `−£12.0k`.
pub fn in_column_signed(change: Money) -> String {
    let plus = if change.is_positive() { "+" } else { "" };
    format!("{plus}{}", in_column(change))
}

/// The size of a number to three significant figures, and how many digits it then has.
fn three_figures(number: i128) -> (u128, u32) {
    let digits = number.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    let scale = 10_u128.pow(digits.saturating_sub(3));
    let rounded = nearest(number, 1, scale).unsigned_abs() * scale;
    (rounded, rounded.checked_ilog10().map_or(1, |log| log + 1))
}

/// An amount for a table or a tooltip, with pence and thousands commas: `£4,318.20`, `−£12.00`.
pub fn in_full(amount: Money) -> String {
    let sign = if amount.is_negative() { "\u{2212}" } else { "" };
    format!("{sign}£{}", thousands(amount.abs()))
}

/// A share as a percentage, one decimal below ten percent: `41%`, `0.6%`, `<0.1%`.
pub fn percent(share: Share) -> String {
    let sign = if share.numerator() < 0 { "\u{2212}" } else { "" };
    let whole = share.denominator().unsigned_abs();
    let size = |times| nearest(share.numerator(), times, whole).unsigned_abs();
    match size(1000) {
        _ if share.numerator() == 0 => "0%".to_owned(),
        _ if share.numerator().unsigned_abs() < whole.div_ceil(1000) => format!("{sign}<0.1%"),
        tenths if tenths < 100 => format!("{sign}{}.{}%", tenths / 10, tenths % 10),
        _ => format!("{sign}{}%", size(100)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_say_three_significant_figures() {
        for (amount, words) in [
            ("182400318.20", "£182m"),
            ("4318000", "£4.32m"),
            ("950000", "£950k"),
            ("999600", "£1m"),
            ("4300000", "£4.30m"),
            ("-12500", "\u{2212}£12.5k"),
            ("84.20", "£84.20"),
            ("84", "£84"),
            ("1234.56", "£1.23k"),
            ("13000000000", "£13bn"),
            ("3650000000", "£3.65bn"),
            ("0", "£0"),
            // A penny from the half, not on it.
            ("1234999.9999", "£1.23m"),
            ("1235000", "£1.24m"),
            ("999.9999", "£1k"),
            ("-1235000", "\u{2212}£1.24m"),
            ("999499999999", "£999bn"),
            ("999500000000", "£1tn"),
            ("1000000000000", "£1tn"),
            ("1234567000000", "£1.23tn"),
            ("-84200000000000", "\u{2212}£84.2tn"),
            ("1234567000000000", "£1,230tn"),
        ] {
            let amount: Money = amount.parse().unwrap_or(Money::from_units(12_345_670_000_000_000_000));
            assert_eq!(in_short(amount), words);
        }
    }

    #[test]
    fn a_column_of_amounts_has_three_figures_throughout() {
        for (amount, words) in [
            ("97000000", "£97.0m"),
            ("7300000000", "£7.30bn"),
            ("3000000000", "£3.00bn"),
            ("-12000", "\u{2212}£12.0k"),
            ("999600", "£1.00m"),
            ("182400318.20", "£182m"),
            ("84", "£84"),
            ("84.20", "£84.20"),
        ] {
            assert_eq!(in_column(amount.parse().unwrap()), words);
        }
    }

    #[test]
    fn a_change_says_its_way() {
        let changes = [4_320_000, 0, -12_500].map(|pounds| in_short_signed(Money::from_pounds(pounds)));
        assert_eq!(changes, ["+£4.32m", "£0", "\u{2212}£12.5k"]);
    }

    #[test]
    fn tables_say_pence() {
        assert_eq!(in_full("4318.2".parse().unwrap()), "£4,318.20");
        assert_eq!(in_full("-1234567.8901".parse().unwrap()), "\u{2212}£1,234,567.8901");
        assert_eq!(in_full(Money::ZERO), "£0.00");
    }

    #[test]
    fn small_shares_are_not_said_to_be_nothing() {
        let share = |part, whole| Share::ratio(part, whole).unwrap();
        assert_eq!(percent(share(41, 100)), "41%");
        assert_eq!([percent(share(1, 10)), percent(share(999, 10_000))], ["10%", "10%"]);
        assert_eq!(percent(share(994, 10_000)), "9.9%");
        assert_eq!(percent(share(6, 1000)), "0.6%");
        assert_eq!(percent(share(1, 100_000)), "<0.1%");
        assert_eq!(percent(share(1, 1000)), "0.1%");
        assert_eq!(percent(share(999, 1_000_000)), "<0.1%");
        assert_eq!(percent(share(-6, 1000)), "\u{2212}0.6%");
        assert_eq!(percent(Share::NONE), "0%");
    }

    #[test]
    fn halves_of_a_percent_go_away_from_zero() {
        let share = |part, whole| Share::ratio(part, whole).unwrap();
        for (part, whole, words) in [
            (1, 8, "13%"),
            (3, 8, "38%"),
            (-1, 8, "\u{2212}13%"),
            // As a binary float 14.5% is a little less.
            (29, 200, "15%"),
            (7_050, 100_000, "7.1%"),
            (35, 10_000, "0.4%"),
            (25, 10_000, "0.3%"),
            (995, 10_000, "10%"),
            (99_499, 1_000_000, "9.9%"),
        ] {
            assert_eq!(percent(share(part, whole)), words, "{part}/{whole}");
        }
    }
}
