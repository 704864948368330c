//! The balance of numbers: every cell that holds a number was read as an amount or is told as something else, by its column
//! or its row.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::table::Readable;
use crate::import::cell::{Amount, read_date};
use crate::import::problem::{ImportError, Skipped};
use crate::import::recognise::{ColumnMap, Field};
use crate::import::report::{FileReport, Numbers, ToldNumbers};
use crate::import::words::column_name;
use crate::money::Money;

/// Counts the numbers of a table that was read, and what became of each.
pub(super) fn count_numbers(
    table: &mut dyn Readable,
    rows_before_data: u32,
    money: &[usize],
    file: &mut FileReport,
) -> Result<(), ImportError> {
    let mut by_row: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut by_column: Vec<(u64, Money)> = Vec::new();
    let mut numbers = Numbers::default();
    let columns = told_columns(&file.map);
    let amounts = file.map.amount_columns();
    // Rows that waited for others are listed behind these.
    let mut passed_over: Vec<&Skipped> = file.skipped.iter().collect();
    passed_over.sort_by_key(|skipped| skipped.row);
    let mut rejected: Vec<u32> = file.rejects.iter().map(|reject| reject.row).collect();
    rejected.sort_unstable();
    let is_listed = |number: u32| {
        let skipped = passed_over.partition_point(|skipped| skipped.row <= number).checked_sub(1);
        let skipped = skipped.map(|at| passed_over[at]);
        skipped.filter(|skipped| number < skipped.row + skipped.rows).map(|skipped| skipped.reason.words())
    };
    table.each_row(&mut |row| {
        let of_row = if row.number <= rows_before_data {
            Some(is_listed(row.number).unwrap_or("heading"))
        } else if rejected.binary_search(&row.number).is_ok() {
            Some("rejected row")
        } else {
            is_listed(row.number)
        };
        for (place, cell) in row.cells().enumerate() {
            let Some(amount) = number_in(cell, &file.map) else { continue };
            numbers.cells += 1;
            if let Some(reason) = of_row {
                *by_row.entry(reason).or_default() += 1;
            } else if amounts.contains(&place) {
                numbers.amounts += 1;
            } else {
                if by_column.len() <= place {
                    by_column.resize(place + 1, (0, Money::ZERO));
                }
                by_column[place].0 += 1;
                by_column[place].1 += amount;
            }
        }
        ControlFlow::Continue(())
    })?;
    let rows = by_row.into_iter();
    let rows =
        rows.map(|(what, cells)| ToldNumbers { what: what.to_owned(), cells, ..ToldNumbers::default() });
    let found = by_column.into_iter().enumerate().filter(|(_, (cells, _))| *cells > 0);
    let by_columns = found.map(|(place, (cells, sum))| {
        let is_passed = file.map.columns.get(place).is_none_or(|column| column.field == Field::Passed);
        ToldNumbers {
            what: columns
                .get(place)
                .cloned()
                .unwrap_or_else(|| format!("beyond the headings: {}", column_name(&[], place))),
            cells,
            sum,
            is_money: is_passed && money.contains(&place),
        }
    });
    numbers.told = by_columns.chain(rows).collect();
    file.numbers = Some(numbers);
    Ok(())
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

/// The number that a cell holds, as an amount where it could be one: an amount, a code, a count, a date.
fn number_in(cell: &str, map: &ColumnMap) -> Option<Money> {
    if !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    match map.amounts.read(cell) {
        Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => Some(money),
        _ => read_date(cell, map.dates).map(|_| Money::ZERO),
    }
}
