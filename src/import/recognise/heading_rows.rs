//! Headings on several rows: years over measures, with the corner empty or merged, a row of units among them.

use super::heading_score::is_number;
use super::meaning::{month_in, unit_in, year_in};
use crate::import::cell::{DateOrder, read_date};
use crate::import::files::Row;

/// The same words under each of several others are headings, whatever else they sound like.
const REPEATED: i32 = 150;

/// How much likelier rows are headings for standing as headings of several rows do; `None` where they do not.
pub(super) fn rows_of_headings(rows: &[Row]) -> Option<i32> {
    // A row of units among them says nothing of how the others stand to each other.
    let rows: Vec<&Row> = rows.iter().filter(|row| !is_unit_row(row)).collect();
    match rows[..] {
        [upper, lower] if upper.filled() < 2 || lower.filled() < 2 => None,
        [upper, lower] if is_repeated_under(upper, lower) => Some(REPEATED),
        [upper, lower] if is_spanned(upper, lower) => Some(20),
        [_, _] => Some(-40),
        [upper, middle, lower]
            if (is_spanned(upper, middle) || is_repeated_under(upper, middle))
                && is_repeated_under(middle, lower) =>
        {
            Some(REPEATED)
        }
        _ => None,
    }
}

/// Rows of headings as one; a cell of an upper row holds for the empty ones to its right, as merged cells do. Rows of
/// units are left out.
pub(super) fn joined(rows: &[Row]) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| rows.len() == 1 || !is_unit_row(row)) {
        let below: Vec<String> = row.cells().map(str::to_owned).collect();
        headings = if headings.is_empty() { below } else { over(&headings, &below) };
    }
    headings
}

fn over(upper: &[String], lower: &[String]) -> Vec<String> {
    fn cell(row: &[String], index: usize) -> &str {
        row.get(index).map_or("", String::as_str)
    }
    let mut over = "";
    (0..upper.len().max(lower.len()))
        .map(|index| {
            let (above, below) = (cell(upper, index), cell(lower, index));
            if !above.is_empty() {
                over = above;
            }
            match (above.is_empty(), below.is_empty()) {
                (_, true) => above.to_owned(),
                (true, false) if over.is_empty() => below.to_owned(),
                _ => format!("{over} {below}"),
            }
        })
        .collect()
}

/// Whether cells of the upper row stand for several of the lower, and others for a column of their own, as merged
/// headings do.
fn is_spanned(upper: &Row, lower: &Row) -> bool {
    let width = upper.len().max(lower.len());
    let stands = |above: bool, below: bool| {
        move |&index: &usize| upper.cell(index).is_empty() != above && lower.cell(index).is_empty() != below
    };
    (0..width).any(|index| stands(true, false)(&index)) && (1..width).any(|index| stands(false, true)(&index))
}

/// Whether the same words stand under each of the upper cells, such as "Gross, Income, Net" under each year.
fn is_repeated_under(upper: &Row, lower: &Row) -> bool {
    let starts: Vec<usize> = (0..upper.len()).filter(|&index| !upper.cell(index).is_empty()).collect();
    let width = upper.len().max(lower.len());
    let groups: Vec<Vec<&str>> = starts
        .iter()
        .enumerate()
        .map(|(at, &start)| {
            let end = starts.get(at + 1).copied().unwrap_or(width);
            (start..end).map(|index| lower.cell(index)).filter(|cell| !cell.is_empty()).collect()
        })
        .collect();
    let several = groups.iter().filter(|group| group.len() >= 2).count();
    several >= 2
        && groups.iter().enumerate().any(|(at, group)| group.len() >= 2 && groups[..at].contains(group))
}

/// How many rows of units these begin with: none or one.
pub(super) fn unit_rows(rows: &[Row]) -> usize {
    usize::from(rows.first().is_some_and(is_unit_row))
}

/// Whether a row says nothing but what columns count: "£000", "(£)", "£m".
fn is_unit_row(row: &Row) -> bool {
    let mut cells = row.cells().filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some()
        && cells.all(|cell| {
            cell.chars().count() <= 20
                && !cell.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
                && (unit_in(cell).is_some() || cell == "%")
        })
}

/// Whether no cell is an amount or a date, and at least two are filled.
pub(super) fn looks_like_words(row: &Row) -> bool {
    row.filled() >= 1
        && row.cells().all(|cell| {
            let is_month = month_in(cell).is_some() && cell.starts_with(char::is_alphabetic);
            year_in(cell).is_some()
                || is_month
                || !is_number(cell) && read_date(cell, DateOrder::DayFirst).is_none()
        })
}
