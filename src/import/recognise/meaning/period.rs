//! Years and months that headings name.

use crate::dimension::FinancialYear;
use crate::import::cell::{DateOrder, month_name, read_date, read_year_month};

/// A financial year that a heading names: `2023-24`, `Expenditure 23/24 (£)`, `2013/14 outturn`.
pub(in crate::import) fn year_in(heading: &str) -> Option<FinancialYear> {
    let text = heading.trim();
    if text.len() > 80 {
        return None;
    }
    if let Ok(year) = text.parse::<FinancialYear>() {
        return Some(year);
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '\u{2013}' | '_');
    let lower = text.replace(" / ", "/").replace(" - ", "-").replace(" to ", "-");
    lower
        .split(|c: char| !is_part(c))
        .map(|piece| piece.trim_matches(|c: char| !c.is_ascii_digit()))
        .filter(|piece| piece.len() >= 5 && piece.contains(['/', '-', '\u{2013}', '_']))
        .find_map(|piece| piece.parse::<FinancialYear>().ok())
        .or_else(|| {
            // "Approved_FY12", "FY2012 budget".
            let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
            words.find_map(|word| {
                let digits = word.strip_prefix(['f', 'F'])?.strip_prefix(['y', 'Y'])?;
                let is_year = matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
                if is_year { word.parse::<FinancialYear>().ok() } else { None }
            })
        })
}

/// The quarter of a year that a heading names: `Q1`, `Qtr 2`, `Quarter 3`, `1st quarter`, `Q4 2023/24`.
pub(in crate::import) fn quarter_in(heading: &str) -> Option<u8> {
    if heading.len() > 60 {
        return None;
    }
    let lower = heading.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| -> Option<u8> {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse().ok().filter(|number| digits.len() == 1 && (1..=4).contains(number))
    };
    let ordinal = |word: &str| match word {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" => Some(4),
        _ => None,
    };
    words.iter().enumerate().find_map(|(at, word)| {
        let is_word = matches!(*word, "q" | "qtr" | "quarter" | "trimestre" | "quartal");
        if is_word {
            let next = words.get(at + 1).and_then(|next| number(next));
            let before = at.checked_sub(1).and_then(|at| ordinal(words[at]));
            return before.or(next);
        }
        word.strip_prefix("qtr")
            .or_else(|| word.strip_prefix('q'))
            .and_then(|digits| if digits.len() == 1 { number(digits) } else { None })
    })
}

/// A month that a heading names, with its calendar year where that is said: `Apr`, `April 2024`, `Apr-24`.
pub(in crate::import) fn month_in(heading: &str) -> Option<(u8, Option<u16>)> {
    let text = heading.trim();
    if let Some(month) = month_name(text) {
        return Some((month, None));
    }
    // "2011-12" is a financial year.
    let of_numbers = || read_year_month(text).filter(|_| text.parse::<FinancialYear>().is_err());
    let date = read_date(text, DateOrder::DayFirst).or_else(of_numbers)?;
    date.day().is_none_or(|day| day == 1).then_some((date.month(), Some(date.year())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_months_are_found_in_headings() {
        assert_eq!(year_in("Expenditure 23/24 (£)").map(FinancialYear::start), Some(2023));
        assert_eq!(year_in("2013-14").map(FinancialYear::start), Some(2013));
        assert_eq!(year_in("2012 / 13").map(FinancialYear::start), Some(2012));
        assert_eq!(year_in("Approved_FY12").map(FinancialYear::start), Some(2011));
        assert_eq!(year_in("Amount"), None);
        assert_eq!(quarter_in("Q1"), Some(1));
        assert_eq!(quarter_in("Qtr 2 2024/25"), Some(2));
        assert_eq!(quarter_in("1st quarter"), Some(1));
        assert_eq!(quarter_in("Equipment 3"), None);
        assert_eq!(month_in("Apr-24"), Some((4, Some(2024))));
        assert_eq!(month_in("2024-04"), Some((4, Some(2024))));
        assert_eq!(month_in("2011-12"), None);
        assert_eq!(month_in("September"), Some((9, None)));
    }
}
