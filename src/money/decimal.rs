//! Plain decimals without loss: read from digits, added and multiplied where all digits are kept.
//!
//! A [`Decimal`] holds 28 digits, and its own checked operations drop digits beyond in silence. Percentages, weights
//! and typed sums go through these, which refuse instead; sums of money are whole numbers of 128 bits and never
//! decimals.

use rust_decimal::Decimal;

/// Why a text is not a plain decimal of the wanted size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotPlain {
    Unreadable,
    TooFine,
    TooLarge,
}

/// Reads digits with at most one decimal point and nothing else: `12`, `12.50`, `.5`.
pub(super) fn read_plain(text: &str, decimals: usize, largest: u64) -> Result<Decimal, NotPlain> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(NotPlain::Unreadable);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals {
        return Err(NotPlain::TooFine);
    }
    // What is still refused has more digits than a decimal holds.
    let number = Decimal::from_str_exact(&format!("0{whole}.{fraction}0")).map_err(|_| NotPlain::TooLarge)?;
    if number > Decimal::from(largest) { Err(NotPlain::TooLarge) } else { Ok(number.normalize()) }
}

/// The product with all its digits; `None` where they do not fit.
pub(super) fn product(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let product = a.checked_mul(b)?;
    let is_whole = a.is_zero() || b.is_zero() || product.scale() == a.scale() + b.scale();
    is_whole.then(|| product.normalize())
}

/// The sum with all its digits; `None` where they do not fit.
pub(super) fn sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let sum = a.checked_add(b)?;
    let is_whole = a.is_zero() || b.is_zero() || sum.scale() == a.scale().max(b.scale());
    is_whole.then(|| sum.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn digits_and_a_point_are_read_and_nothing_else() {
        let read = |text: &str| read_plain(text, 4, 1000).map(|number| number.to_string());
        for (text, right) in
            [("12", "12"), ("12.50", "12.5"), (".5", "0.5"), ("7.", "7"), ("0012.50000", "12.5")]
        {
            assert_eq!(read(text).as_deref(), Ok(right), "{text}");
        }
        for text in ["", ".", "1.2.3", "+5", "-5", "1_000", "1e3", "1,000", "£5", " 5", "\u{663}"] {
            assert_eq!(read(text), Err(NotPlain::Unreadable), "{text}");
        }
        assert_eq!(read("0.00001"), Err(NotPlain::TooFine));
        assert_eq!(read("1000.0001"), Err(NotPlain::TooLarge));
        assert_eq!(read(&"9".repeat(60)), Err(NotPlain::TooLarge));
    }

    #[test]
    fn nothing_has_all_its_digits_whatever_stands_beside_it() {
        let (nothing, part): (Decimal, Decimal) = (Decimal::ZERO, "0.05".parse().unwrap());
        assert_eq!([product(nothing, part), product(part, nothing)], [Some(nothing); 2]);
        assert_eq!([sum(nothing, part), sum(part, nothing)], [Some(part); 2]);
    }

    #[test]
    fn digits_that_do_not_fit_are_refused_and_not_dropped() {
        let large: Decimal = "1234567890123456789012345678".parse().unwrap();
        let small: Decimal = "0.01".parse().unwrap();
        assert_eq!(large.checked_add(small), Some(large), "the crate drops the penny");
        assert_eq!(sum(large, small), None);
        assert_eq!(product(large, "0.1234".parse().unwrap()), None);
        assert_eq!(product(large, Decimal::ZERO), Some(Decimal::ZERO));
        assert_eq!(sum(large, Decimal::ZERO), Some(large));
    }

    proptest! {
        #[test]
        fn what_is_added_and_multiplied_is_exact(
            a in any::<i32>(), a_decimals in 0_u32..6, b in any::<i32>(), b_decimals in 0_u32..6,
        ) {
            let (first, second) = (Decimal::new(a.into(), a_decimals), Decimal::new(b.into(), b_decimals));
            let whole = |number: Decimal| number.mantissa() * 10_i128.pow(12 - number.scale());
            let (a, b) = (i128::from(a), i128::from(b));
            let multiplied = a * b * 10_i128.pow(12 - a_decimals - b_decimals);
            let added = a * 10_i128.pow(12 - a_decimals) + b * 10_i128.pow(12 - b_decimals);
            prop_assert_eq!(product(first, second).map(whole), Some(multiplied));
            prop_assert_eq!(sum(first, second).map(whole), Some(added));
        }
    }
}
