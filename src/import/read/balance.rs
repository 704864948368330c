//! The balance of numbers: every cell that holds a number was read as an amount or is told as something else, by its column
//! or its row.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::table::Readable;
use crate::import::cell::{Amount, read_date};
use crate::import::problem::{ImportError, Skipped};
use crate::import::recognise::{ColumnMap, Field};
use crate::import::report::{FileReport, Numbers};
use crate::import::words::column_name;

/// Counts the numbers of a table that was read, and what became of each.
pub(super) fn count_numbers(
    table: &mut dyn Readable,
    rows_before_data: u32,
    file: &mut FileReport,
) -> Result<(), ImportError> {
    let mut told: BTreeMap<String, u64> = BTreeMap::new();
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
            if !is_number(cell, &file.map) {
                continue;
            }
            numbers.cells += 1;
            let what = match of_row {
                Some(reason) => reason.to_owned(),
                None if amounts.contains(&place) => {
                    numbers.amounts += 1;
                    continue;
                }
                None => columns
                    .get(place)
                    .cloned()
                    .unwrap_or_else(|| format!("beyond the headings: {}", column_name(&[], place))),
            };
            *told.entry(what).or_default() += 1;
        }
        ControlFlow::Continue(())
    })?;
    numbers.told = told.into_iter().collect();
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

/// Whether a cell holds a number: an amount, a code, a count, a date.
fn is_number(cell: &str, map: &ColumnMap) -> bool {
    cell.bytes().any(|b| b.is_ascii_digit())
        && (matches!(map.amounts.read(cell), Amount::Exact(_) | Amount::Rounded(..) | Amount::Shortened(_))
            || read_date(cell, map.dates).is_some())
}
