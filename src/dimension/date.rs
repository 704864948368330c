//! When money was paid: a calendar day, or a month where no day is stated.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use super::FinancialYear;

/// When something was paid, as closely as a file states it: a day, `2024-08-31`, or a month, `2024-08`.
///
/// A month stands for one of its days, nobody knows which. Where days are counted it counts as its first day, and in
/// order it comes before its days. Dates are ordered as their texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The day; of a month the first.
    first: civil::Date,
    precision: Precision,
}

/// How closely a date is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Month,
    Day,
}

impl Date {
    /// A day of the calendar, if there is one of these numbers.
    pub fn of_day(year: u16, month: u8, day: u8) -> Option<Self> {
        let [month, day] = [month, day].map(i8::try_from);
        let first = civil::Date::new(i16::try_from(year).ok()?, month.ok()?, day.ok()?).ok()?;
        Self::of(first, Precision::Day)
    }

    /// A month of the calendar, if there is one of these numbers.
    pub fn of_month(year: u16, month: u8) -> Option<Self> {
        Self::of_day(year, month, 1).map(Self::to_month)
    }

    /// Years before the first are not counted by anybody here.
    fn of(first: civil::Date, precision: Precision) -> Option<Self> {
        (first.year() > 0).then_some(Self { first, precision })
    }

    pub fn year(self) -> u16 {
        self.first.year().unsigned_abs()
    }

    /// 1 is January.
    pub fn month(self) -> u8 {
        self.first.month().unsigned_abs()
    }

    /// The day of the month, where it is stated.
    pub fn day(self) -> Option<u8> {
        self.is_day().then_some(self.first.day().unsigned_abs())
    }

    /// Whether it is a day, rather than a month of which no day is stated.
    pub fn is_day(self) -> bool {
        self.precision == Precision::Day
    }

    /// The month that it is in.
    #[must_use]
    pub fn to_month(self) -> Self {
        Self { first: self.first.first_of_month(), precision: Precision::Month }
    }

    /// The month in words: "August 2024".
    pub fn month_in_words(self) -> String {
        self.first.strftime("%B %Y").to_string()
    }

    /// The date in words: "31 August 2024", or the month of one that is no day.
    pub fn in_words(self) -> String {
        if self.is_day() { self.first.strftime("%-d %B %Y").to_string() } else { self.month_in_words() }
    }

    pub fn financial_year(self) -> FinancialYear {
        FinancialYear::of_month(self.year(), self.month())
    }

    /// How many days lie between two dates, in either direction; a month counts as its first day.
    pub fn days_between(self, other: Self) -> u32 {
        (self.first - other.first).get_days().unsigned_abs()
    }

    /// How many months after the month of `other` this one's month is, whatever their days.
    pub fn months_since(self, other: Self) -> i32 {
        let months = |date: Self| i32::from(date.year()) * 12 + i32::from(date.month());
        months(self) - months(other)
    }
}

/// `2024-08-31`, or `2024-08` for a month.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())?;
        match self.day() {
            Some(day) => write!(f, "-{day:02}"),
            None => Ok(()),
        }
    }
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("\"{0}\" is not a date, such as 2024-08-31, or 2024-08 for a month")]
pub struct DateError(String);

impl FromStr for Date {
    type Err = DateError;

    /// Reads what is written here, and nothing else: files are read by publishers' spellings in `import`.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let read = || match text.len() {
            10 => Self::of(text.parse().ok()?, Precision::Day),
            7 => Self::of(format!("{text}-01").parse().ok()?, Precision::Month),
            _ => None,
        };
        read().ok_or_else(|| DateError(text.to_owned()))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn days_and_months_are_written_as_they_are_read() {
        for text in ["2024-02-29", "2024-08", "1900-01-01", "0987-12", "2150-12-31"] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_refused() {
        for text in [
            "",
            "2023-02-29",
            "1900-02-29",
            "2024-13",
            "2024-00",
            "2024-04-31",
            "2024-8-1",
            "2024-8",
            "20240831",
            "31/08/2024",
            "2024",
            "0000-01",
            "-024-08-31",
            "+024-08-31",
            "2024-08-31T00:00:00",
            "August",
            "20240831T0",
            "2024-W35-6",
            "2024-244",
            "202408 ",
            "2024-08-3\u{e9}",
        ] {
            let said = text.parse::<Date>().map_err(|error| error.to_string());
            let right = format!("\"{text}\" is not a date, such as 2024-08-31, or 2024-08 for a month");
            assert_eq!(said, Err(right));
        }
        assert_eq!(Date::of_day(2024, 0, 1), None);
        assert_eq!(Date::of_day(2024, 2, 30), None);
        assert_eq!(Date::of_day(60_000, 2, 3), None);
        assert_eq!(Date::of_month(2024, 200), None);
    }

    #[test]
    fn dates_are_in_the_order_of_their_texts() {
        let texts = ["2023-12-31", "2024-01", "2024-01-01", "2024-01-31", "2024-02"];
        let mut dates = texts.map(date);
        dates.reverse();
        dates.sort_unstable();
        assert_eq!(dates.map(|date| date.to_string()), texts);
    }

    #[test]
    fn days_and_months_are_counted_by_the_calendar() {
        for (from, to, days, months) in [
            ("2023-02-28", "2023-03-01", 1, 1),
            ("2024-02-28", "2024-03-01", 2, 1),
            ("2024-01-31", "2024-03-16", 45, 2),
            ("2023-12-31", "2024-01-01", 1, 1),
            ("2024-08", "2024-08-31", 30, 0),
            ("2024-08-31", "2024-11", 62, 3),
        ] {
            let (from, to) = (date(from), date(to));
            assert_eq!((from.days_between(to), to.months_since(from)), (days, months), "{from} {to}");
            assert_eq!((to.days_between(from), from.months_since(to)), (days, -months), "{to} {from}");
        }
    }

    #[test]
    fn a_month_is_said_in_words_and_is_of_a_financial_year() {
        assert_eq!(date("2011-08-31").month_in_words(), "August 2011");
        assert_eq!(date("2011-08-01").in_words(), "1 August 2011");
        assert_eq!(date("2011-08").in_words(), "August 2011");
        assert_eq!(date("2025-03-31").financial_year().to_string(), "2024/25");
        assert_eq!(date("2025-04").financial_year().to_string(), "2025/26");
    }
}
