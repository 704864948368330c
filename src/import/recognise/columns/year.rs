//! The year that a file is of, by its titles and its name.

use crate::dimension::{Date, FinancialYear};
use crate::import::cell::month_name;
use crate::import::recognise::meaning::year_in;

/// The financial year that a file's titles or name state.
pub(in crate::import) fn year_of_file(titles: &[String], file: &str) -> Option<(FinancialYear, String)> {
    let of_file = || {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let spaced = stem.replace('_', " ");
        year_in(stem)
            .or_else(|| year_in(&spaced))
            .or_else(|| month_of_name(&spaced))
            .map(|year| (year, file.to_owned()))
    };
    titles
        .iter()
        .find_map(|title| year_in(title).map(|year| (year, title.clone())))
        .or_else(of_file)
        .or_else(|| titles.iter().find_map(|title| month_of_name(title).map(|year| (year, title.clone()))))
}

/// `august 2011`, `2011 08`, `spend-apr-12`.
fn month_of_name(name: &str) -> Option<FinancialYear> {
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).find_map(|pair| {
        let year = |word: &str| -> Option<u16> {
            let number: u16 = word.parse().ok()?;
            match word.len() {
                4 if (1990..2100).contains(&number) => Some(number),
                2 => Some(2000 + number),
                _ => None,
            }
        };
        let month = month_name(pair[0]).filter(|_| pair[0].len() == 3 || pair[0].len() > 3);
        if let (Some(month), Some(year)) = (month, year(pair[1])) {
            return Date::of_month(year, month).map(Date::financial_year);
        }
        let (first, second) = (pair[0], pair[1]);
        if first.len() == 4 && second.len() == 2 {
            return Date::of_month(year(first)?, second.parse().ok()?).map(Date::financial_year);
        }
        None
    })
}
