//! Tables that tell the same money at several levels: a service with its sum, and below it the parts of the service.

use super::columns::{ColumnMap, Field, MappedColumn};
use super::meaning::names_parties;
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
    let by_code = sums_by_code(&levels, &names);
    if !by_code.is_empty() {
        return by_code;
    }
    let deepest = levels.iter().map(|level| level.depth).max().unwrap_or(0);
    if deepest == levels.iter().map(|level| level.depth).min().unwrap_or(0) {
        return sums_above_parts(&levels);
    }
    let upper = levels.iter().filter(|level| level.depth < deepest && !is_total(level.row)).count();
    let sums: Vec<u32> = levels
        .iter()
        .enumerate()
        .filter(|(index, level)| {
            // What is headed a total is one of the rows above it.
            level.depth < deepest && !is_total(level.row) && is_sum(level, &levels[index + 1..])
        })
        .map(|(_, level)| level.number)
        .collect();
    if sums.len() >= 2 && sums.len() * 10 >= upper * 8 { sums } else { Vec::new() }
}

/// Whether a table may have levels: a list of payments has none, and one column of names does not say them.
pub(in crate::import) fn may_have_levels(map: &ColumnMap) -> bool {
    let is_of_lists = |column: &MappedColumn| match &column.field {
        Field::Date | Field::Reference | Field::Direction => true,
        // "Name" may be that of a part of a budget.
        Field::Dimension(Dimension::Supplier) => names_parties(&column.heading),
        _ => false,
    };
    map.columns.len() > map.amount_columns().len() && !map.columns.iter().any(is_of_lists)
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

/// The rows that are the sums of those whose codes begin with theirs: "0", "01", "011". Found where nearly every such row
/// is the sum of the level below it.
fn sums_by_code(levels: &[Level<'_>], names: &[usize]) -> Vec<u32> {
    let is_code = |cell: &str| {
        (1..=12).contains(&cell.len())
            && cell.bytes().any(|b| b.is_ascii_digit())
            && cell.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'/'))
    };
    let of_codes = |place: &usize| {
        let is_of_code = |level: &Level<'_>| is_total(level.row) || is_code(level.row.cell(*place));
        levels.len() >= 4 && levels.iter().all(is_of_code)
    };
    let sums = names.iter().filter(|place| of_codes(place)).map(|&place| sums_of_prefixes(levels, place));
    sums.max_by_key(Vec::len).unwrap_or_default()
}

/// The rows whose codes in this column others begin with, and that are the sums of these.
fn sums_of_prefixes(levels: &[Level<'_>], place: usize) -> Vec<u32> {
    let coded: Vec<(&str, &Level<'_>)> = levels
        .iter()
        .filter(|level| !is_total(level.row))
        .map(|level| (level.row.cell(place).trim_end_matches(['.', '-', '/']), level))
        .collect();
    let is_below = |code: &str, upper: &str| code.len() > upper.len() && code.starts_with(upper);
    let (mut upper, mut sums) = (0, Vec::new());
    for (code, level) in &coded {
        let below: Vec<&(&str, &Level<'_>)> =
            coded.iter().filter(|(other, _)| is_below(other, code)).collect();
        if below.is_empty() {
            continue;
        }
        upper += 1;
        // The next level: codes that no other between stands above.
        let next =
            below.iter().filter(|(other, _)| !below.iter().any(|(between, _)| is_below(other, between)));
        let mut total = vec![Money::ZERO; level.amounts.len()];
        for (_, part) in next {
            for (sum, amount) in total.iter_mut().zip(&part.amounts) {
                *sum += *amount;
            }
        }
        if total == level.amounts {
            sums.push(level.number);
        }
    }
    if sums.len() >= 2 && sums.len() * 10 >= upper * 8 { sums } else { Vec::new() }
}

/// The rows of a table in compact form, one column of names, that are the sums of the rows that follow them. Found only
/// where the whole table falls into such groups.
fn sums_above_parts(levels: &[Level<'_>]) -> Vec<u32> {
    let rows: Vec<&Level<'_>> = levels.iter().filter(|level| !is_total(level.row)).collect();
    let mut sums = Vec::new();
    let (mut at, mut parts) = (0, 0);
    while at < rows.len() {
        let mut total = vec![Money::ZERO; rows[at].amounts.len()];
        let end = (at + 1..rows.len()).find(|&next| {
            for (sum, amount) in total.iter_mut().zip(&rows[next].amounts) {
                *sum += *amount;
            }
            total == rows[at].amounts
        });
        let Some(end) = end else { return Vec::new() };
        sums.push(rows[at].number);
        parts += end - at;
        at = end + 1;
    }
    if sums.len() >= 2 && parts >= sums.len() + 2 { sums } else { Vec::new() }
}

fn is_name(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic)
}

fn is_total(row: &Row) -> bool {
    row.cells().any(|cell| total_label(cell).might)
}

/// The columns of names whose empty cells are meant to be what stands above them: each name comes once, where it changes,
/// beside a column that is full. A list of payments has none; there an empty cell is not stated.
pub(in crate::import) fn columns_filled_down(
    rows: &[Row],
    rows_before_data: u32,
    map: &ColumnMap,
) -> Vec<usize> {
    if !may_have_levels(map) {
        return Vec::new();
    }
    let amounts = map.amount_columns();
    let data: Vec<&Row> = rows
        .iter()
        .filter(|row| row.number > rows_before_data && row.filled() >= 2 && !is_total(row))
        .filter(|row| amounts.iter().any(|&place| !row.cell(place).is_empty()))
        .collect();
    let names: Vec<usize> = (0..map.columns.len())
        .filter(|place| matches!(map.columns[*place].field, Field::Dimension(_)))
        .collect();
    let filled = |place: usize| data.iter().filter(|row| !row.cell(place).is_empty()).count();
    let is_outline = |place: &usize| {
        let named: Vec<&str> =
            data.iter().map(|row| row.cell(*place)).filter(|cell| !cell.is_empty()).collect();
        let mut distinct = named.clone();
        distinct.sort_unstable();
        distinct.dedup();
        named.len() >= 2
            && named.len() < data.len()
            && distinct.len() == named.len()
            && named.iter().all(|cell| is_name(cell))
            && data.first().is_some_and(|row| !row.cell(*place).is_empty())
            && names.iter().any(|&next| next > *place && filled(next) * 20 >= data.len() * 19)
    };
    names.iter().copied().filter(is_outline).collect()
}
