//! Tables that tell the same money at several levels: a service with its sum, and below it the parts of the service.

use super::columns::{ColumnMap, Field};
use super::total_label::total_label;
use crate::dimension::Dimension;
use crate::import::cell::Amount;
use crate::import::files::Row;
use crate::money::Money;

/// A row of a table with levels.
struct Level<'r> {
    number: u32,
    /// The place of its last filled column of names.
    depth: usize,
    amounts: Vec<Money>,
    row: &'r Row,
}

/// The rows that are the sums of the rows of a deeper level below them, in a table that says its levels by columns which
/// are filled at one level and empty at another. They are found where nearly all rows of a level are such sums.
///
/// Nothing is found where [`may_have_levels`] says that there are none.
pub(in crate::import) fn sums_of_parts(rows: &[Row], rows_before_data: u32, map: &ColumnMap) -> Vec<u32> {
    let amounts = map.amount_columns();
    let names: Vec<usize> = (0..map.columns.len()).filter(|place| !amounts.contains(place)).collect();
    let levels: Vec<Level<'_>> = rows
        .iter()
        .filter(|row| row.number > rows_before_data)
        .filter_map(|row| {
            let depth = *names.iter().rev().find(|&&place| is_name(row.cell(place)))?;
            let read = |place: &usize| match map.amounts.read(row.cell(*place)) {
                Amount::Exact(money) | Amount::Rounded(money, _) => Some(money),
                Amount::Nil | Amount::Blank => Some(Money::ZERO),
                _ => None,
            };
            let amounts = amounts.iter().map(read).collect::<Option<Vec<Money>>>()?;
            let is_empty = amounts.iter().all(|amount| amount.is_zero());
            (!is_empty).then_some(Level { number: row.number, depth, amounts, row })
        })
        .collect();
    let deepest = levels.iter().map(|level| level.depth).max().unwrap_or(0);
    let upper = levels.iter().filter(|level| level.depth < deepest && !is_total(level.row)).count();
    let sums: Vec<u32> = levels
        .iter()
        .enumerate()
        .filter(|(index, level)| level.depth < deepest && is_sum(level, &levels[index + 1..]))
        .map(|(_, level)| level.number)
        .collect();
    if sums.len() >= 2 && sums.len() * 10 >= upper * 8 { sums } else { Vec::new() }
}

/// Whether a table may have levels: a list of payments has none, and one column of names does not say them.
pub(in crate::import) fn may_have_levels(map: &ColumnMap) -> bool {
    let is_of_lists = |field: &Field| {
        matches!(
            field,
            Field::Date | Field::Reference | Field::Direction | Field::Dimension(Dimension::Supplier)
        )
    };
    map.columns.len() > map.amount_columns().len() + 1
        && !map.columns.iter().any(|column| is_of_lists(&column.field))
}

/// Whether the rows of the next level below add up to this one.
fn is_sum(upper: &Level<'_>, below: &[Level<'_>]) -> bool {
    let below = below.iter().take_while(|level| level.depth > upper.depth);
    let Some(next) = below.clone().map(|level| level.depth).min() else { return false };
    let mut sums = vec![Money::ZERO; upper.amounts.len()];
    for level in below.filter(|level| level.depth == next) {
        for (sum, amount) in sums.iter_mut().zip(&level.amounts) {
            *sum += *amount;
        }
    }
    sums == upper.amounts
}

fn is_name(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic)
}

fn is_total(row: &Row) -> bool {
    row.cells().any(|cell| total_label(cell).might)
}
