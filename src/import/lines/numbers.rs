//! The balance of numbers, kept while rows are read: every cell that holds a number was read as an amount or is told as
//! something else, by its column or by its row.

use std::collections::BTreeMap;

use super::plan::LinePlan;
use crate::import::cell::{Amount, read_date};
use crate::import::files::Row;
use crate::import::recognise::{ColumnMap, Field};
use crate::import::report::{Numbers, ToldNumbers};
use crate::import::words::column_name;
use crate::money::Money;

/// The number that a cell holds, as an amount where it could be one: an amount, a code, a count, a date.
pub(in crate::import) fn number_in(cell: &str, map: &ColumnMap) -> Option<Money> {
    let bytes = cell.as_bytes();
    if !bytes.iter().any(u8::is_ascii_digit) || !may_be_number(bytes) {
        return None;
    }
    let date = || read_date(cell, map.dates).map(|_| Money::ZERO);
    // Dates and financial years come in every row, and no amount is of digits and strokes alone.
    if bytes.contains(&b'/') && bytes.iter().all(|b| b.is_ascii_digit() || *b == b'/') {
        return date();
    }
    match map.amounts.read(cell) {
        Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => Some(money),
        _ => date(),
    }
}

/// Whether a cell may be a number or a date: surely not where it is empty or begins with a word that belongs to neither.
#[inline]
pub(in crate::import) fn may_be_number(cell: &[u8]) -> bool {
    let mut inner = cell.strip_prefix(b"\"").unwrap_or(cell);
    while let [b' ', after @ ..] = inner {
        inner = after;
    }
    let letter = |at: usize| inner.get(at).map_or(0, u8::to_ascii_lowercase);
    match inner.first() {
        None => false,
        Some(first) if first.is_ascii_alphabetic() => {
            let word = [letter(0), letter(1), letter(2)];
            word.starts_with(b"of")
                || matches!(
                    &word,
                    b"jan"
                        | b"feb"
                        | b"mar"
                        | b"apr"
                        | b"may"
                        | b"jun"
                        | b"jul"
                        | b"aug"
                        | b"sep"
                        | b"oct"
                        | b"nov"
                        | b"dec"
                        | b"mon"
                        | b"tue"
                        | b"wed"
                        | b"thu"
                        | b"fri"
                        | b"sat"
                        | b"sun"
                        | b"gbp"
                )
        }
        Some(_) => true,
    }
}

/// By column, how many numbers it holds and what they come to.
#[derive(Debug, Default)]
pub(in crate::import) struct ColumnNumbers {
    columns: Vec<(u64, Money)>,
}

impl ColumnNumbers {
    #[inline]
    pub(in crate::import) fn add(&mut self, column: usize, cells: u64, sum: Money) {
        if self.columns.len() <= column {
            self.columns.resize(column + 1, (0, Money::ZERO));
        }
        let (count, money) = &mut self.columns[column];
        *count += cells;
        *money += sum;
    }

    pub(in crate::import) fn add_all(&mut self, other: &Self) {
        for (column, &(cells, sum)) in other.columns.iter().enumerate() {
            self.add(column, cells, sum);
        }
    }
}

/// What became of every number so far.
#[derive(Debug, Default)]
pub(super) struct NumberCounts {
    /// Those of rows that were read.
    by_column: ColumnNumbers,
    /// Those of rows that were not, by what became of them.
    by_row: BTreeMap<&'static str, u64>,
    /// Those of rows of which it is not known yet: their row, their column, what they say.
    waiting: Vec<(u32, usize, Money)>,
}

impl NumberCounts {
    /// Takes the numbers of the row at hand; until something else is said of it, it is read.
    pub(super) fn take(&mut self, row: &Row, map: &ColumnMap) {
        let found = row.cells().enumerate().filter_map(|(place, cell)| Some((place, number_in(cell, map)?)));
        self.waiting.extend(found.map(|(place, money)| (row.number, place, money)));
    }

    /// Says what became of a row that was not read.
    pub(super) fn tell(&mut self, row: u32, what: &'static str) {
        let before = self.waiting.len();
        self.waiting.retain(|(number, ..)| *number != row);
        let cells = before - self.waiting.len();
        if cells > 0 {
            *self.by_row.entry(what).or_default() += cells as u64;
        }
    }

    /// Says that the rows which wait were read.
    pub(super) fn settle(&mut self) {
        for (_, column, money) in self.waiting.drain(..) {
            self.by_column.add(column, 1, money);
        }
    }

    /// Adds those of ordinary lines that were taken apart by blocks.
    pub(super) fn add_plain(&mut self, plain: &ColumnNumbers) {
        self.by_column.add_all(plain);
    }

    /// The balance of what was read by a plan.
    pub(super) fn balance(&self, plan: &LinePlan) -> Numbers {
        let map = plan.map();
        let mut numbers = Numbers::default();
        let (columns, amounts) = (told_columns(map), map.amount_columns());
        for (place, &(cells, sum)) in self.by_column.columns.iter().enumerate() {
            numbers.cells += cells;
            if amounts.contains(&place) {
                numbers.amounts += cells;
            } else if cells > 0 {
                // What is no money is counted, and comes to nothing.
                let is_money = plan.adds_up_told(place);
                let beyond = || format!("beyond the headings: {}", column_name(&[], place));
                numbers.told.push(ToldNumbers {
                    what: columns.get(place).cloned().unwrap_or_else(beyond),
                    cells,
                    sum: if is_money { sum } else { Money::ZERO },
                    is_money,
                });
            }
        }
        for (what, &cells) in &self.by_row {
            numbers.cells += cells;
            numbers.told.push(ToldNumbers { what: (*what).to_owned(), cells, ..ToldNumbers::default() });
        }
        numbers
    }
}

/// What the numbers of each column are told as: what it is read as, or that it is not.
fn told_columns(map: &ColumnMap) -> Vec<String> {
    let headings: Vec<String> = map.columns.iter().map(|column| column.heading.clone()).collect();
    let told = map.columns.iter().enumerate().map(|(place, column)| {
        let name = column_name(&headings, place);
        match &column.field {
            Field::Passed => format!("not read: {name}"),
            field => format!("{}: {name}", field.key()),
        }
    });
    told.collect()
}
