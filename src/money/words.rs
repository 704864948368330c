use super::{Money, Share};
use crate::words::thousands;

/// An amount for a picture, to three significant figures: `£182m`, `£4.32m`, `£950k`, `−£12.5k`, `£84.20`.
pub fn in_short(amount: Money) -> String {
    let sign = if amount.is_negative() { "\u{2212}" } else { "" };
    let pence = amount.rounded_pence().unsigned_abs();
    if pence < 100_000 {
        let (pounds, rest) = (pence / 100, pence % 100);
        return if rest == 0 { format!("{sign}£{pounds}") } else { format!("{sign}£{pounds}.{rest:02}") };
    }
    let (rounded, digits) = three_figures(pence);
    // `rounded` has `digits` digits and counts pence, so pounds have two digits fewer.
    let (unit, unit_digits) = match digits {
        0..=8 => ("k", 5),
        9..=11 => ("m", 8),
        _ => ("bn", 11),
    };
    let scale = 10_u128.pow(unit_digits);
    let (whole, rest) = (rounded / scale, rounded % scale);
    let decimals = (3_usize).saturating_sub(whole.to_string().len());
    let mut text = format!("{sign}£{}", thousands(whole));
    let fraction = format!("{rest:0width$}", width = unit_digits as usize);
    let fraction = fraction[..decimals].trim_end_matches('0');
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
        text.extend(std::iter::repeat_n('0', decimals - fraction.len()));
    }
    text.push_str(unit);
    text
}

/// A change for a picture, with its sign: `+£4.32m`, `−£12.5k`, `£0`.
pub fn in_short_signed(change: Money) -> String {
    let plus = if change.is_positive() { "+" } else { "" };
    format!("{plus}{}", in_short(change))
}

/// The number rounded to three significant figures (halves up), and how many digits it then has.
fn three_figures(number: u128) -> (u128, u32) {
    let digits = number.checked_ilog10().map_or(1, |log| log + 1);
    let scale = 10_u128.pow(digits.saturating_sub(3));
    let rounded = (number + scale / 2) / scale * scale;
    (rounded, rounded.checked_ilog10().map_or(1, |log| log + 1))
}

/// An amount for a table or a tooltip, with pence and thousands commas: `£4,318.20`, `−£12.00`.
pub fn in_full(amount: Money) -> String {
    let sign = if amount.is_negative() { "\u{2212}" } else { "" };
    format!("{sign}£{}", thousands(amount.abs()))
}

/// A share as a percentage, one decimal below ten percent: `41%`, `0.6%`, `<0.1%`.
pub fn percent(share: Share) -> String {
    let percent = share.to_approximate() * 100.0;
    let sign = if percent < 0.0 { "\u{2212}" } else { "" };
    match percent.abs() {
        0.0 => "0%".to_owned(),
        size if size < 0.1 => format!("{sign}<0.1%"),
        size if size < 9.95 => format!("{sign}{size:.1}%"),
        size => format!("{sign}{size:.0}%"),
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
            ("1234567000000000", "£1,230,000bn"),
        ] {
            let amount: Money = amount.parse().unwrap_or(Money::from_units(12_345_670_000_000_000_000));
            assert_eq!(in_short(amount), words);
        }
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
        assert_eq!(percent(share(6, 1000)), "0.6%");
        assert_eq!(percent(share(1, 100_000)), "<0.1%");
        assert_eq!(percent(Share::NONE), "0%");
    }
}
