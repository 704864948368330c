//! Amounts as people type and publish them. What is not understood whole is refused: a number misread is
//! worse than one that is asked about.

use thiserror::Error;

use super::Money;

/// Why a text is not an amount of money. The text itself is quoted by whoever reports it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum AmountError {
    #[error("is not an amount of money, such as 1250.00 or (1,250.00)")]
    Unreadable,
    #[error("is larger than the largest amount a line can hold, £900,000,000,000,000.00")]
    TooLarge,
    #[error("has more than four decimals; amounts are kept to a hundredth of a penny and never rounded")]
    TooFine,
}

/// Reads an amount as people type and publish it: `1250`, `£1,250.00`, `(1,250.00)`, `-£5`, `5-`, `1.2m`, `250k`,
/// `12.50 CR`.
///
/// A full stop is the decimal point and a comma or a space separates thousands. Brackets, a leading or trailing
/// minus (also U+2212) and `CR` make it negative; `DR` and `+` say that it is positive. `k`, `m`, `bn` multiply.
///
/// # Errors
/// When the text is not an amount, is beyond [`Money::LARGEST_LINE`], or is finer than a hundredth of a penny.
pub fn read_amount(text: &str) -> Result<Money, AmountError> {
    let (text, negative) = take_signs(text)?;
    let (digits, factor) = take_multiplier(text);
    let units = read_units(digits, factor)?;
    if units > Money::LARGEST_LINE.units() {
        return Err(AmountError::TooLarge);
    }
    Ok(Money::from_units(if negative { -units } else { units }))
}

/// Takes off brackets, signs, the pound sign and CR/DR, each at most once, and says whether the amount is negative.
fn take_signs(text: &str) -> Result<(&str, bool), AmountError> {
    let mut rest = text.trim();
    let mut minus = false;
    let mut signed = false;
    let mut pound = false;
    let mut mark_sign = |negative: bool| {
        let first = !signed;
        signed = true;
        minus |= negative;
        if first { Ok(()) } else { Err(AmountError::Unreadable) }
    };
    if let Some(inner) = rest.strip_prefix('(') {
        rest = inner.strip_suffix(')').ok_or(AmountError::Unreadable)?.trim();
        mark_sign(true)?;
    }
    // "-£5" and "£-5" are both written, so sign and pound sign may come either way round.
    for _ in 0..2 {
        if let Some(after) = rest.strip_prefix(['-', '\u{2212}']) {
            mark_sign(true)?;
            rest = after.trim_start();
        } else if let Some(after) = rest.strip_prefix('+') {
            mark_sign(false)?;
            rest = after.trim_start();
        }
        if let Some(after) = rest.strip_prefix('£')
            && !pound
        {
            pound = true;
            rest = after.trim_start();
        }
    }
    if let Some(inner) = rest.strip_prefix('(') {
        rest = inner.strip_suffix(')').ok_or(AmountError::Unreadable)?.trim();
        mark_sign(true)?;
    }
    let ending = rest.len().checked_sub(2).and_then(|at| rest.get(at..)).unwrap_or("");
    if ending.eq_ignore_ascii_case("cr") || ending.eq_ignore_ascii_case("dr") {
        mark_sign(ending.eq_ignore_ascii_case("cr"))?;
        rest = rest[..rest.len() - 2].trim_end();
    } else if let Some(before) = rest.strip_suffix(['-', '\u{2212}']) {
        mark_sign(true)?;
        rest = before.trim_end();
    }
    Ok((rest, minus))
}

/// Takes off `k`, `m` or `bn` and gives what they multiply by.
fn take_multiplier(text: &str) -> (&str, i128) {
    let lower = text.to_ascii_lowercase();
    for (ending, factor) in [("bn", 1_000_000_000), ("mn", 1_000_000), ("m", 1_000_000), ("k", 1_000)] {
        if lower.ends_with(ending) {
            return (text[..text.len() - ending.len()].trim_end(), factor);
        }
    }
    (text, 1)
}

/// Reads `1,250.5` into ten-thousandths of a pound, multiplied by `factor`.
fn read_units(text: &str, factor: i128) -> Result<i128, AmountError> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() && decimals.is_empty() || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return Err(AmountError::Unreadable);
    }
    let decimals = decimals.trim_end_matches('0');
    // More would not fit the sum below, and is finer than anything a line can hold.
    if decimals.len() > 18 {
        return Err(AmountError::TooFine);
    }
    let mut value: i128 = 0;
    for digit in thousands_digits(whole)?.chain(decimals.bytes()) {
        value = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(i128::from(digit - b'0')))
            .ok_or(AmountError::TooLarge)?;
    }
    let scaled = value.checked_mul(factor * 10_000).ok_or(AmountError::TooLarge)?;
    let divisor = 10_i128.pow(decimals.len() as u32);
    if scaled % divisor != 0 {
        return Err(AmountError::TooFine);
    }
    Ok(scaled / divisor)
}

/// The digits of a whole number whose thousands may be separated: groups of three, the first of one to three.
pub(super) fn thousands_digits(whole: &str) -> Result<impl Iterator<Item = u8> + '_, AmountError> {
    let is_separator = |c: char| matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'');
    let grouped = whole.contains(is_separator);
    for (index, group) in whole.split(is_separator).enumerate() {
        let right_length = match (grouped, index) {
            (false, _) => true,
            (true, 0) => (1..=3).contains(&group.len()),
            (true, _) => group.len() == 3,
        };
        if !right_length || !group.bytes().all(|b| b.is_ascii_digit()) {
            return Err(AmountError::Unreadable);
        }
    }
    Ok(whole.bytes().filter(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, right: Result<&str, AmountError>) {
        assert_eq!(read_amount(text).map(|amount| amount.to_string()), right.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        check("1250", Ok("1250.00"));
        check("£1,250.00", Ok("1250.00"));
        check("(1,250.50)", Ok("-1250.50"));
        check("(£1,250.50)", Ok("-1250.50"));
        check("£(5)", Ok("-5.00"));
        check("-£5", Ok("-5.00"));
        check("£-5", Ok("-5.00"));
        check("\u{2212}5", Ok("-5.00"));
        check("5-", Ok("-5.00"));
        check("12.50 CR", Ok("-12.50"));
        check("12.50DR", Ok("12.50"));
        check("1.2m", Ok("1200000.00"));
        check("£250k", Ok("250000.00"));
        check("1.5bn", Ok("1500000000.00"));
        check(".5", Ok("0.50"));
        check("1250.", Ok("1250.00"));
        check(" £ 1,234.56 ", Ok("1234.56"));
        check("0.1234", Ok("0.1234"));
        check("1 250 000", Ok("1250000.00"));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        use AmountError::{TooFine, TooLarge, Unreadable};
        for text in [
            "", "-", "n/a", "1e5", "1_000", "12,34", "1.2.3", "--5", "(5", "-5-", "(5)CR", "£", "££5", "5 5",
            "٣",
        ] {
            check(text, Err(Unreadable));
        }
        check("0.00001", Err(TooFine));
        check(&format!("0.{}", "1".repeat(60)), Err(TooFine));
        check("900000000000000.01", Err(TooLarge));
        check("99999999999999999999999999999999999999999", Err(TooLarge));
    }
}
