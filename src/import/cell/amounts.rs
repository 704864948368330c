//! What a cell of an amount column says, in every way publishers write money: exact, or told that and how it
//! is not. Whatever is finer than a hundredth of a penny is rounded once and counted as rounded.

use serde::{Deserialize, Serialize};

use super::signs::{is_untidy, is_withheld, tidied, without_note_marks};
use crate::money::{AmountError, Money, nearest, read_amount};

/// How the amounts of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AmountStyle {
    /// What the numbers count: pounds, thousands or millions of them.
    pub unit: Unit,
    /// `1.234,50` rather than `1,234.50`.
    pub decimal_comma: bool,
}

/// What the numbers of a file count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    Pence,
    #[default]
    Pounds,
    Thousands,
    Millions,
    Billions,
}

impl Unit {
    pub const ALL: [Self; 5] = [Self::Pence, Self::Pounds, Self::Thousands, Self::Millions, Self::Billions];

    /// How many pounds one is; a hundredth of one where it is a penny.
    pub const fn factor(self) -> i128 {
        match self {
            Self::Pence | Self::Pounds => 1,
            Self::Thousands => 1_000,
            Self::Millions => 1_000_000,
            Self::Billions => 1_000_000_000,
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Pence => "pence",
            Self::Pounds => "pounds",
            Self::Thousands => "thousands of pounds",
            Self::Millions => "millions of pounds",
            Self::Billions => "thousand millions of pounds",
        }
    }
}

/// What a cell of an amount column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Amount {
    Exact(Money),
    /// Finer than a hundredth of a penny: rounded to it. The rest is what was lost, in 10^-12 of a unit.
    Rounded(Money, i64),
    /// `1.2E+05`: its last digits may have been lost before.
    Shortened(Money),
    /// A dash: nothing was spent.
    Nil,
    Blank,
    /// Not there to be counted: `…`, `[x]`, `nfp`, `#N/A`.
    Withheld,
    Not(AmountError),
}

impl AmountStyle {
    pub(in crate::import) fn read(self, text: &str) -> Amount {
        if let Some(units) = self.read_plain(text.as_bytes()) {
            return Amount::Exact(Money::from_units(i128::from(units)));
        }
        self.read_any(text)
    }

    /// The everyday spellings, without a detour: `-1234.56`, `£1,234.56`, `(12.00)`.
    fn read_plain(self, text: &[u8]) -> Option<i64> {
        if self.unit != Unit::Pounds || self.decimal_comma {
            return None;
        }
        plain_units(text)
    }

    /// A dash, or a word that stands for an amount; `None` where there may be one.
    pub(in crate::import) fn read_word(text: &str) -> Option<Amount> {
        if text.is_empty() {
            return Some(Amount::Blank);
        }
        if text.chars().all(|c| matches!(c, '-' | '–' | '—' | '\u{2212}' | ' ' | '£' | '\u{a0}'))
            && text != "£"
        {
            return Some(Amount::Nil);
        }
        is_withheld(text).then_some(Amount::Withheld)
    }

    fn read_any(self, text: &str) -> Amount {
        if let Some(found) = Self::read_word(text) {
            return found;
        }
        let swapped: String;
        let mut text = text;
        if self.decimal_comma {
            swapped = text
                .chars()
                .map(|c| match c {
                    ',' => '.',
                    '.' => ',',
                    other => other,
                })
                .collect();
            text = &swapped;
        }
        let tidy: String;
        text = without_note_marks(text);
        if is_untidy(text) {
            tidy = tidied(text);
            text = &tidy;
        }
        if let Some(found) = self.read_decimal(text) {
            return found;
        }
        match read_amount(text) {
            Ok(amount) => self.scaled(amount.units(), 4),
            Err(error) => Amount::Not(error),
        }
    }

    /// Decimals of any length and powers of ten: `0.30000000000000004`, `1.1641532182693481E-10`, `4.5E+06`.
    fn read_decimal(self, text: &str) -> Option<Amount> {
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'(' => (true, text.get(1..text.len() - 1).filter(|_| text.ends_with(')'))?),
            _ => (false, text),
        };
        let digits = digits.trim().trim_start_matches('£').trim_start();
        let (mantissa, power) = match digits.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().ok()?),
            None => (digits, 0),
        };
        let has_power = mantissa.len() != digits.len();
        let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && decimals.is_empty() || !decimals.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let whole = without_thousands(whole)?;
        if whole.len() + decimals.len() > 60 || power.abs() > 60 {
            return None;
        }
        let all: String = format!("{whole}{decimals}");
        let mut value: i128 = 0;
        let mut scale = decimals.len() as i32 - power;
        for digit in all.bytes() {
            // 30 digits are more than a line can hold; what follows only matters for rounding.
            if value > 10_i128.pow(30) {
                scale -= 1;
            } else {
                value = value * 10 + i128::from(digit - b'0');
            }
        }
        let shortened = has_power && power > 0 && scale < 0 && value != 0;
        let value = if negative { -value } else { value };
        let amount = self.scaled(value, scale);
        Some(match amount {
            Amount::Exact(money) | Amount::Rounded(money, _) if shortened => Amount::Shortened(money),
            other => other,
        })
    }

    /// `value` × 10^-scale in the file's unit, as pounds.
    fn scaled(self, value: i128, scale: i32) -> Amount {
        let too_large = Amount::Not(AmountError::TooLarge);
        let scale = if self.unit == Unit::Pence { scale + 2 } else { scale };
        let Some(mut value) = value.checked_mul(self.unit.factor()) else { return too_large };
        // Ten-thousandths: four powers of ten up.
        let mut down = scale - 4;
        while down < 0 {
            let Some(more) = value.checked_mul(10) else { return too_large };
            value = more;
            down += 1;
            if value == 0 {
                down = 0;
            }
        }
        if down > 36 {
            return if value == 0 { Amount::Exact(Money::ZERO) } else { Amount::Rounded(Money::ZERO, 0) };
        }
        let divisor = 10_i128.pow(down as u32);
        let units = nearest(value, 1, divisor.unsigned_abs());
        let lost = value - units * divisor;
        if units.abs() > Money::LARGEST_LINE.units() {
            return too_large;
        }
        if lost == 0 {
            Amount::Exact(Money::from_units(units))
        } else {
            let parts = if down > 12 {
                lost / 10_i128.pow(down as u32 - 12)
            } else {
                lost * 10_i128.pow(12 - down as u32)
            };
            Amount::Rounded(Money::from_units(units), parts as i64)
        }
    }
}

/// Digits of a whole number, its thousands separated or not.
fn without_thousands(whole: &str) -> Option<String> {
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return Some(whole.to_owned());
    }
    let groups: Vec<&str> = whole.split([',', ' ', '\u{a0}', '\u{202f}', '\'']).collect();
    let (first, groups) = groups.split_first()?;
    let mut digits = (*first).to_owned();
    if first.is_empty() || first.len() > 3 {
        return None;
    }
    // "1,00,100" as it is written in India: pairs before the last three.
    let is_paired = first.len() <= 2 && groups.iter().rev().skip(1).all(|group| group.len() == 2);
    for (at, group) in groups.iter().enumerate() {
        let is_last = at + 1 == groups.len();
        if group.len() != 3 && (is_last || !is_paired) {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

/// Reads `1234.5`, `-£1,234.56`, `(1,234.56)`, `£ 1,234.56 ` into ten-thousandths of a pound; `None` leaves it to the
/// thorough reader.
pub(in crate::import) fn plain_units(text: &[u8]) -> Option<i64> {
    let mut rest = text;
    while let [b' ', after @ ..] = rest {
        rest = after;
    }
    while let [before @ .., b' '] = rest {
        rest = before;
    }
    let mut negative = false;
    if let [b'(', inner @ .., b')'] = rest {
        rest = inner;
        negative = true;
    } else if let [b'-', after @ ..] = rest {
        rest = after;
        negative = true;
    }
    if let [0xC2, 0xA3, after @ ..] = rest {
        rest = after;
        while let [b' ', after @ ..] = rest {
            rest = after;
        }
    }
    if rest.is_empty() || rest.len() > 19 {
        return None;
    }
    let mut value: i64 = 0;
    let mut digits = 0_u32;
    let mut index = 0;
    // Digits since the last comma; commas must part groups of three.
    let mut group = 0_u32;
    let mut commas = false;
    while index < rest.len() {
        let digit = rest[index].wrapping_sub(b'0');
        if digit < 10 {
            if digits == 14 {
                return None;
            }
            value = value * 10 + i64::from(digit);
            digits += 1;
            group += 1;
        } else if rest[index] == b',' {
            if group == 0 || group > 3 || commas && group != 3 {
                return None;
            }
            commas = true;
            group = 0;
        } else if rest[index] == b'.' {
            break;
        } else {
            return None;
        }
        index += 1;
    }
    if commas && group != 3 {
        return None;
    }
    let mut decimals = 0;
    if index < rest.len() {
        for &byte in &rest[index + 1..] {
            let digit = byte.wrapping_sub(b'0');
            if digit >= 10 || decimals == 4 {
                return None;
            }
            value = value * 10 + i64::from(digit);
            decimals += 1;
        }
    }
    if digits + decimals == 0 {
        return None;
    }
    value *= [10_000, 1_000, 100, 10, 1][decimals as usize];
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(style: AmountStyle, text: &str, right: &str) {
        let found = match style.read(text) {
            Amount::Exact(money) => money.to_string(),
            Amount::Rounded(money, lost) => format!("{money} rounded {lost}"),
            Amount::Shortened(money) => format!("{money} shortened"),
            other => format!("{other:?}"),
        };
        assert_eq!(found, right, "{text:?}");
    }

    #[test]
    fn published_spellings_are_read() {
        let pounds = AmountStyle::default();
        check(pounds, "1234.56", "1234.56");
        check(pounds, "£1,234.56", "1234.56");
        check(pounds, "-£1,234.56", "-1234.56");
        check(pounds, "(1,234.56)", "-1234.56");
        check(pounds, "(£1,234.56)", "-1234.56");
        check(pounds, "£ 1,234.56 ", "1234.56");
        check(pounds, "5-", "-5.00");
        check(pounds, "12.50 CR", "-12.50");
        check(pounds, "1.2m", "1200000.00");
        check(pounds, "œ5", "5.00");
        check(pounds, "GBP 5.10", "5.10");
        check(pounds, "$252,000", "252000.00");
        check(pounds, " -   ", "Nil");
        check(pounds, "…", "Withheld");
        check(pounds, "", "Blank");
        check(pounds, "n/a", "Withheld");
        check(pounds, "1,00,100.50", "100100.50");
        check(pounds, "?1,000.10", "1000.10");
        check(pounds, "-?5.00", "-5.00");
        check(pounds, "\u{fffd}5.00", "5.00");
        check(pounds, "¬£100.00", "100.00");
        check(pounds, "&pound;7", "7.00");
        check(pounds, "500?", "Not(Unreadable)");
        check(pounds, "12,34", "Not(Unreadable)");
        check(pounds, "1,2345", "Not(Unreadable)");
        check(pounds, "-9823372036854775808", "Not(TooLarge)");
    }

    #[test]
    fn dust_is_rounded_as_a_spreadsheet_shows_it() {
        let pounds = AmountStyle::default();
        check(pounds, "60110413.53999998", "60110413.54 rounded -200000000");
        check(pounds, "0.30000000000000004", "0.30 rounded 0");
        check(pounds, "1.1641532182693481E-10", "0.00 rounded 1164153");
        check(pounds, "12345.6", "12345.60");
        check(pounds, "1.2345E+02", "123.45");
        check(pounds, "1.2E+05", "120000.00 shortened");
        check(pounds, "4.72E+21", "Not(TooLarge)");
        check(pounds, "79228162514264337593543950336", "Not(TooLarge)");
    }

    #[test]
    fn units_and_decimal_commas_come_from_the_column() {
        let thousands = AmountStyle { unit: Unit::Thousands, decimal_comma: false };
        check(thousands, "1,234", "1234000.00");
        check(thousands, "0.0001234", "0.1234");
        check(thousands, "5,000.5", "5000500.00");
        check(thousands, "(12)", "-12000.00");
        let comma = AmountStyle { unit: Unit::Pounds, decimal_comma: true };
        check(comma, "1.234,50", "1234.50");
        check(comma, "-1.234.567,89", "-1234567.89");
    }
}
