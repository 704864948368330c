//! How much a row sounds like headings: what columns of spending are called, years, months; numbers and dates speak
//! against it.

use rustc_hash::FxHashMap;

use super::meaning::{Meaning, meaning, month_in, quarter_in, year_in};
use crate::import::cell::{Amount, AmountStyle, DateOrder, read_date};

pub(super) fn is_number(cell: &str) -> bool {
    cell.bytes().any(|b| b.is_ascii_digit())
        && matches!(
            AmountStyle::default().read(cell),
            Amount::Exact(_) | Amount::Rounded(..) | Amount::Shortened(_)
        )
}

/// What a cell is, for one that might be a heading.
#[derive(Clone, Copy)]
enum CellKind {
    /// A year or a month, and what it would mean were it the only one: "Budget 2023/24".
    Period(Meaning, u8),
    /// A number or a date.
    Value,
    Words(Meaning, u8),
}

/// What cells are that were met before: in lists of spending the same ones come again and again.
#[derive(Default)]
pub(super) struct Meanings(FxHashMap<String, CellKind>);

impl Meanings {
    fn of(&mut self, cell: &str) -> CellKind {
        if let Some(kind) = self.0.get(cell) {
            return *kind;
        }
        let kind = if year_in(cell).is_some() || month_in(cell).is_some() || quarter_in(cell).is_some() {
            let (meaning, sure) = meaning(cell);
            CellKind::Period(meaning, sure)
        } else if is_number(cell) || read_date(cell, DateOrder::DayFirst).is_some() {
            CellKind::Value
        } else {
            let (meaning, sure) = meaning(cell);
            CellKind::Words(meaning, sure)
        };
        self.0.insert(cell.to_owned(), kind);
        kind
    }
}

/// How many of these cells are years, quarters or months.
pub(super) fn periods(cells: &[String], known: &mut Meanings) -> usize {
    cells.iter().filter(|cell| !cell.is_empty() && matches!(known.of(cell), CellKind::Period(..))).count()
}

/// How much these cells sound like headings of spending, in hundredths of a heading.
pub(super) fn score(cells: &[String], known: &mut Meanings) -> i32 {
    let mut score = 0;
    let mut amounts = 0;
    let mut periods = 0;
    let mut of_period = None;
    let mut seen: Vec<Meaning> = Vec::new();
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        if cell.len() > 120 {
            score -= 60;
            continue;
        }
        let (meaning, sure) = match known.of(cell) {
            CellKind::Period(meaning, sure) => {
                periods += 1;
                of_period = Some((meaning, sure));
                continue;
            }
            CellKind::Value => {
                score -= 60;
                continue;
            }
            CellKind::Words(Meaning::Unknown, _) => continue,
            CellKind::Words(meaning, sure) => (meaning, sure),
        };
        let again = seen.contains(&meaning);
        seen.push(meaning);
        if matches!(meaning, Meaning::Amount(_)) {
            amounts += 1;
        }
        score += if again && matches!(meaning, Meaning::Amount(_)) {
            0
        } else if again {
            i32::from(sure) / 4
        } else {
            i32::from(sure)
        };
    }
    if let Some((meaning @ Meaning::Amount(_), sure)) = of_period.filter(|_| periods == 1) {
        seen.push(meaning);
        amounts += 1;
        score += i32::from(sure);
    }
    if seen.is_empty() && periods < 2 {
        return 0;
    }
    score + if amounts > 0 { 50 } else { 0 } + if periods >= 2 { 60 + 20 * periods.min(5) } else { 0 }
}
