//! Years and months that headings name.

use crate::dimension::FinancialYear;
use crate::import::cell::{DateOrder, month_name, read_date};

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
}

/// A month that a heading names, with its calendar year where that is said: `Apr`, `April 2024`, `Apr-24`.
pub(in crate::import) fn month_in(heading: &str) -> Option<(u8, Option<u16>)> {
    let text = heading.trim();
    if let Some(month) = month_name(text) {
        return Some((month, None));
    }
    let date = read_date(text, DateOrder::DayFirst)?;
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
        assert_eq!(year_in("Amount"), None);
        assert_eq!(month_in("Apr-24"), Some((4, Some(2024))));
        assert_eq!(month_in("September"), Some((9, None)));
    }
}
