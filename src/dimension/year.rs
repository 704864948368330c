//! Financial years from April to March, in every way publishers write them; never a calendar year.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// A financial year, April to March, by the calendar year it starts in; written `2024/25`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(u16);

#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("\"{0}\" is not a financial year, such as 2024/25")]
pub struct YearError(String);

impl FinancialYear {
    /// The year that starts in April of `year`.
    pub const fn starting(year: u16) -> Self {
        Self(year)
    }

    /// The year that holds a day of `month` (1 to 12) in calendar year `year`.
    pub(super) const fn of_month(year: u16, month: u8) -> Self {
        Self(if month < 4 { year - 1 } else { year })
    }

    pub const fn start(self) -> u16 {
        self.0
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1) % 100)
    }
}

impl FromStr for FinancialYear {
    type Err = YearError;

    /// Reads `2024/25`, `2024-25`, `2024/2025`, `2024 to 2025`, `24/25`, `2024_25`, `202425`, `FY2024/25`, `FY25` (the
    /// year that ends in 2025) and `2024` (the year that starts in 2024).
    fn from_str(text: &str) -> Result<Self, YearError> {
        let wrong = || YearError(text.to_owned());
        let lower = text.trim().to_lowercase();
        let (lower, ends) = match lower.strip_prefix("fy") {
            Some(rest) => (rest.trim_start_matches([' ', '-', '_']), true),
            None => (lower.trim_start_matches("financial year").trim_start_matches("year ").trim(), false),
        };
        let parts: Vec<&str> =
            lower.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let joined_by_little = lower
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .all(|c| matches!(c, '/' | '-' | '\u{2013}' | '\u{2014}' | '_' | ' ' | 't' | 'o' | '.'));
        if !joined_by_little {
            return Err(wrong());
        }
        let start = match parts[..] {
            [one] if one.len() == 6 && follows(&one[..4], &one[4..]) => full_year(&one[..4]),
            // "FY2025" names the year by its end, a bare "2025" by its start.
            [one] if one.len() == 4 && ends => full_year(one).and_then(|year| year.checked_sub(1)),
            [one] if one.len() == 2 && ends => full_year(one).and_then(|year| year.checked_sub(1)),
            [one] if one.len() == 4 => full_year(one),
            [first, second] if follows(first, second) => full_year(first),
            _ => None,
        };
        // Beyond these a number of four digits is an amount or a code that stands where a year was looked
        // for.
        start.filter(|year| (1900..=2199).contains(year)).map(Self).ok_or_else(wrong)
    }
}

fn full_year(digits: &str) -> Option<u16> {
    let year: u16 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        // The usual pivot of two-digit years (POSIX has 69): nobody publishes spending of 1969, nor yet a
        // plan for 2070.
        2 if year >= 70 => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// Whether the second of two written years is the one after the first.
fn follows(first: &str, second: &str) -> bool {
    match (full_year(first), full_year(second)) {
        (Some(first), Some(second)) => (first + 1) % 100 == second % 100,
        _ => false,
    }
}

impl Serialize for FinancialYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FinancialYear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_spelling_is_read() {
        for text in [
            "2024/25",
            "2024-25",
            "2024\u{2013}25",
            "2024/2025",
            "2024 to 2025",
            "2024 - 25",
            "24/25",
            "24-25",
            "202425",
            "2024_25",
            "FY2024/25",
            "FY 2024-25",
            "FY25",
            "FY2025",
            "2024",
        ] {
            assert_eq!(
                text.parse::<FinancialYear>().map(|year| year.to_string()),
                Ok("2024/25".to_owned()),
                "{text}"
            );
        }
        assert_eq!("1999/00".parse::<FinancialYear>().map(|year| year.to_string()), Ok("1999/00".to_owned()));
        assert_eq!("99/00".parse::<FinancialYear>().map(FinancialYear::start), Ok(1999));
    }

    #[test]
    fn what_is_no_financial_year_is_refused() {
        for text in ["", "2024/26", "spring", "2024/25/26", "1.2", "20245", "1024/25", "April 2024", "12/11"]
        {
            assert!(text.parse::<FinancialYear>().is_err(), "{text}");
        }
    }

    #[test]
    fn march_belongs_to_the_year_before() {
        assert_eq!(FinancialYear::of_month(2025, 3).to_string(), "2024/25");
        assert_eq!(FinancialYear::of_month(2025, 4).to_string(), "2025/26");
    }
}
