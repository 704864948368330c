//! What one cell looks like, judged once however often it comes.

use crate::dimension::FinancialYear;
use crate::import::cell::{
    Amount, AmountStyle, Currency, currency_of, has_lost_pound, read_both_ways, read_serial, read_year_month,
};

/// What one cell looks like; see [`Profile`](super::profile::Profile).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Judged {
    pub(super) letters: bool,
    pub(super) formula: bool,
    pub(super) nil: bool,
    pub(super) withheld: bool,
    pub(super) day_first: bool,
    pub(super) month_first: bool,
    pub(super) serial: bool,
    pub(super) long_number: bool,
    pub(super) money: bool,
    pub(super) negative: bool,
    pub(super) sure_money: bool,
    pub(super) point_decimals: bool,
    pub(super) comma_decimals: bool,
    pub(super) point_thousands: bool,
    pub(super) year_month: bool,
    /// Words with a space between.
    pub(super) spaced: bool,
    pub(super) padded: bool,
    pub(super) lost_pound: bool,
    pub(super) currency: Option<Currency>,
    /// Of a whole number without any sign.
    pub(super) whole_digits: Option<usize>,
}

impl Judged {
    pub(super) fn of(cell: &str) -> Self {
        let mut judged = Self {
            letters: cell.bytes().any(|b| b.is_ascii_alphabetic()),
            formula: cell.starts_with('='),
            spaced: cell.contains(' '),
            ..Self::default()
        };
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 {
            // A long text is neither a dash nor a word that stands for an amount.
            let word = if cell.len() <= 32 { AmountStyle::read_word(cell) } else { None };
            judged.nil = word == Some(Amount::Nil);
            judged.withheld = word == Some(Amount::Withheld);
            return judged;
        }
        (judged.day_first, judged.month_first) = read_both_ways(cell);
        judged.serial = read_serial(cell).is_some();
        let plain = cell.len() == digits;
        judged.padded = plain && digits > 1 && cell.starts_with('0');
        judged.long_number = plain && digits >= 8 || judged.padded;
        judged.whole_digits = plain.then_some(digits);
        // "2011-12" is a financial year as well as a month.
        judged.year_month =
            cell.len() <= 7 && read_year_month(cell).is_some() && cell.parse::<FinancialYear>().is_err();
        match AmountStyle::default().read(cell) {
            Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => {
                judged.money = true;
                judged.negative = money.is_negative();
                judged.sure_money = cell.contains(['.', ',', '£', '(', '-']);
                judged.point_thousands = is_point_thousands(cell);
                // Of nearly every amount this is all there is to see.
                let is_bare =
                    cell.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'(' | b')'));
                judged.lost_pound = !is_bare && has_lost_pound(cell);
                let decimals = cell.rsplit_once('.').map_or(0, |(_, after)| after.len());
                judged.point_decimals = decimals > 0 && decimals != 3;
            }
            // Without either of them a number reads alike both ways.
            _ if cell.contains([',', '.']) => {
                let comma = AmountStyle { decimal_comma: true, ..AmountStyle::default() };
                judged.comma_decimals = matches!(comma.read(cell), Amount::Exact(_) | Amount::Rounded(..));
            }
            _ => {}
        }
        if judged.money || judged.comma_decimals {
            judged.currency = currency_of(cell);
        }
        judged
    }
}

/// "1.100", "12.345.678": points where those of thousands stand.
fn is_point_thousands(cell: &str) -> bool {
    let digits = cell.trim_start_matches(['-', '(', '£', '€', '$', ' ']).trim_end_matches([')', ' ', '€']);
    let mut groups = digits.split('.');
    let first = groups.next().unwrap_or("");
    let is_number = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let mut rest = groups.peekable();
    (1..=3).contains(&first.len())
        && is_number(first)
        && !first.starts_with('0')
        && rest.peek().is_some()
        && rest.all(|group| group.len() == 3 && is_number(group))
}
