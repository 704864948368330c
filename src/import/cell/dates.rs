//! Dates as publishers write them: days and months by number and by name, and the day counts of spreadsheets.
//! Day or month first is a question for a whole column, never for a cell.

use jiff::{ToSpan as _, civil};
use serde::{Deserialize, Serialize};

use crate::dimension::Date;

/// Whether `03/04/2024` is the third of April or the fourth of March; one answer for a whole column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    #[default]
    DayFirst,
    MonthFirst,
}

/// A day of these numbers, or a month where `day` is 0; beyond these years stand numbers that only look like dates.
fn checked(year: u16, month: u8, day: u8) -> Option<Date> {
    if !(1900..=2150).contains(&year) {
        return None;
    }
    if day == 0 { Date::of_month(year, month) } else { Date::of_day(year, month, day) }
}

/// Reads a date as publishers write it: `31/08/2011`, `31.08.11`, `2011-08-31 00:00:00`, `1-Aug-11`, `20 Dec  2012`,
/// `9th December, 2012`, `Apr-24`, `20110831`.
pub(in crate::import) fn read_date(text: &str, order: DateOrder) -> Option<Date> {
    date_of(parts(text)?, order).filter(|date| date.year() >= 1950)
}

/// The year of a date as [`read_date`] reads it, also where only a person can be as old.
pub(in crate::import) fn read_year_of_birth(text: &str) -> Option<u16> {
    let parts = parts(text)?;
    let date = date_of(parts, DateOrder::DayFirst).or_else(|| date_of(parts, DateOrder::MonthFirst))?;
    date.is_day().then_some(date.year())
}

/// Whether a text is a date with the day first, and with the month first.
pub(in crate::import) fn read_both_ways(text: &str) -> (bool, bool) {
    let Some(parts) = parts(text) else { return (false, false) };
    let is = |order| date_of(parts, order).is_some_and(|date| date.year() >= 1950);
    (is(DateOrder::DayFirst), is(DateOrder::MonthFirst))
}

fn date_of((first, second, third): (Part, Part, Option<Part>), order: DateOrder) -> Option<Date> {
    match (first, second, third) {
        (Part::Number(year, 4), Part::Number(month, 1..=2), Some(Part::Number(day, 1..=2))) => {
            checked(year as u16, month as u8, day as u8).filter(|date| date.is_day())
        }
        (Part::Number(a, 1..=2), Part::Number(b, 1..=2), Some(Part::Number(year, digits @ (2 | 4)))) => {
            let (day, month) = match order {
                DateOrder::DayFirst => (a, b),
                DateOrder::MonthFirst => (b, a),
            };
            checked(full(year, digits), month as u8, day as u8).filter(|date| date.is_day())
        }
        (Part::Number(day, 1..=2), Part::Month(month), Some(Part::Number(year, digits @ (2 | 4))))
        | (Part::Month(month), Part::Number(day, 1..=2), Some(Part::Number(year, digits @ 4)))
            if day > 0 =>
        {
            checked(full(year, digits), month, day as u8)
        }
        (Part::Number(year, 4), Part::Month(month), Some(Part::Number(day, 1..=2))) => {
            checked(year as u16, month, day as u8)
        }
        (Part::Month(month), Part::Number(year, digits @ (2 | 4)), None) => {
            checked(full(year, digits), month, 0)
        }
        (Part::Number(year, 4), Part::Month(month), None) => checked(year as u16, month, 0),
        (Part::Number(whole, 8), Part::None, None) => {
            checked((whole / 10_000) as u16, (whole / 100 % 100) as u8, (whole % 100) as u8)
                .filter(|date| date.is_day())
        }
        _ => None,
    }
}

/// Days as spreadsheets count them, between 1982 and 2064.
pub(in crate::import) fn read_serial(text: &str) -> Option<Date> {
    let whole = text.split('.').next().unwrap_or(text);
    if whole.len() != 5 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let serial: i64 = whole.parse().ok()?;
    if !(30_000..60_000).contains(&serial) {
        return None;
    }
    // Spreadsheets take 1900 for a leap year, so that their days are counted from one day earlier after February.
    let day = civil::date(1899, 12, 30) + serial.days();
    Date::of_day(day.year() as u16, day.month() as u8, day.day() as u8)
}

/// A month by numbers alone: `2024-04`, `04/2024`, `2024M04`. `2011-12` may be a financial year as well, which only the
/// column tells.
pub(in crate::import) fn read_year_month(text: &str) -> Option<Date> {
    let text = text.trim();
    let (first, second) = text.split_once(['-', '/', '.', 'M', 'm', ' '])?;
    let is_number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let (year, month) = if is_number(first, 4..=4) && is_number(second, 1..=2) {
        (first, second)
    } else if is_number(first, 1..=2) && is_number(second, 4..=4) {
        (second, first)
    } else {
        return None;
    };
    checked(year.parse().ok()?, month.parse().ok()?, 0).filter(|date| date.year() >= 1990)
}

/// A month by its name: `April`, `Apr`, `Sept`.
pub(in crate::import) fn month_name(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    if lower.len() < 3 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|month| month.starts_with(&lower) || lower == "sept" && *month == "september")?;
    Some(at as u8 + 1)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A number and how many digits it was written with.
    Number(u32, usize),
    Month(u8),
    None,
}

/// Two or three parts of a date; a time after them is passed over.
fn parts(text: &str) -> Option<(Part, Part, Option<Part>)> {
    let mut found = [Part::None; 3];
    let mut count = 0;
    let mut rest = text.trim();
    if rest.len() > 40 || !rest.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let part = if digits > 0 {
            let number = rest[..digits].parse().ok()?;
            rest = &rest[digits..];
            if count > 0 && rest.starts_with(':') {
                return None;
            }
            for ending in ["st", "nd", "rd", "th"] {
                rest = rest.strip_prefix(ending).unwrap_or(rest);
            }
            Part::Number(number, digits)
        } else if letters > 0 {
            let word = &rest[..letters];
            rest = &rest[letters..];
            match month_name(word) {
                Some(month) => Part::Month(month),
                None if count == 0 && is_weekday(word) || word.eq_ignore_ascii_case("of") => {
                    rest = rest.trim_start_matches([' ', ',']);
                    continue;
                }
                None => return None,
            }
        } else {
            return None;
        };
        found[count] = part;
        count += 1;
        let after = rest.trim_start_matches([' ', '/', '-', '.', ',', '\u{a0}', '\u{2013}', '\'', '_']);
        if count == 3 {
            // What follows may only be a time.
            let is_time = rest.is_empty()
                || after.bytes().all(|b| b.is_ascii_digit() || b":.TZ+- APMapm".contains(&b))
                || rest.starts_with('T');
            if !is_time || rest.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            return Some((found[0], found[1], Some(found[2])));
        }
        if after.len() == rest.len()
            && !rest.is_empty()
            && !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            return None;
        }
        if count == 2
            && matches!((found[0], found[1]), (Part::Month(_), Part::Number(_, 4)))
            && after.is_empty()
        {
            break;
        }
        rest = after;
    }
    match count {
        1 => Some((found[0], Part::None, None)),
        2 => Some((found[0], found[1], None)),
        _ => None,
    }
}

fn is_weekday(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .any(|day| lower.len() >= 3 && day.starts_with(&lower))
}

fn full(year: u32, digits: usize) -> u16 {
    match digits {
        2 if year >= 70 => 1900 + year as u16,
        2 => 2000 + year as u16,
        _ => year.min(9_999) as u16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, order: DateOrder, right: Option<&str>) {
        assert_eq!(read_date(text, order).map(|date| date.to_string()).as_deref(), right, "{text:?}");
    }

    #[test]
    fn published_dates_are_read() {
        for text in [
            "31/08/2011",
            "31.08.2011",
            "31-08-11",
            "2011-08-31",
            "2011-08-31 00:00:00",
            "2011-08-31T00:00:00Z",
            "31-Aug-11",
            "31 Aug  2011",
            "31st August, 2011",
            "20110831",
            "31/08/2011 00:00",
            "August 31, 2011",
            "Wednesday 31 August 2011",
            "31Aug2011",
        ] {
            check(text, DateOrder::DayFirst, Some("2011-08-31"));
        }
        check("03/04/2011", DateOrder::DayFirst, Some("2011-04-03"));
        check("03/04/2011", DateOrder::MonthFirst, Some("2011-03-04"));
        check("12/31/2020", DateOrder::MonthFirst, Some("2020-12-31"));
        check("12/31/2020", DateOrder::DayFirst, None);
        check("Apr-24", DateOrder::DayFirst, Some("2024-04"));
        check("September 2024", DateOrder::DayFirst, Some("2024-09"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "00:00:00",
            "1234567",
            "29/02/2011",
            "2011",
            "31/08",
            "1109-00001",
            "n/a",
            "5107745583",
            "1.5",
        ] {
            check(text, DateOrder::DayFirst, None);
        }
    }

    #[test]
    fn months_are_read_by_their_numbers() {
        for text in ["2024-04", "04/2024", "2024M04", "4.2024"] {
            assert_eq!(
                read_year_month(text).map(|date| date.to_string()).as_deref(),
                Some("2024-04"),
                "{text}"
            );
        }
        for text in ["2024", "2024-25", "2024-00", "31/08", "1234-5678"] {
            assert_eq!(read_year_month(text), None, "{text}");
        }
    }

    #[test]
    fn spreadsheet_days_are_counted_from_1900() {
        assert_eq!(read_serial("40756").map(|date| date.to_string()).as_deref(), Some("2011-08-01"));
        assert_eq!(read_serial("44197").map(|date| date.to_string()).as_deref(), Some("2021-01-01"));
        assert_eq!(read_serial("45351").map(|date| date.to_string()).as_deref(), Some("2024-02-29"));
    }
}
