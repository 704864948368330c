//! Which columns are sums of the columns before them, as nearly every row proves.

use crate::import::recognise::profile::Profiles;

/// A column that is the sum of parts before it: those from `start` up to `end`, counted among the parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    pub(super) column: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The columns that are sums of the parts just before them, in nearly every row.
pub(super) fn find_totals(money: &[usize], profiles: &Profiles) -> Vec<Total> {
    let mut parts: Vec<usize> = Vec::new();
    let mut totals = Vec::new();
    for &column in money {
        match sum_of_parts(column, &parts, profiles) {
            Some(start) => totals.push(Total { column, start, end: parts.len() }),
            None => parts.push(column),
        }
    }
    totals
}

/// The first part from which on the parts add up to this column; the longest run where several do.
pub(super) fn sum_of_parts(column: usize, parts: &[usize], profiles: &Profiles) -> Option<usize> {
    let cell = |row: &Vec<Option<i64>>, column: usize| row.get(column).copied().flatten();
    let rows: Vec<&Vec<Option<i64>>> =
        profiles.sums.iter().filter(|row| cell(row, column).is_some_and(|amount| amount != 0)).collect();
    if rows.len() < 3 || rows.len() * 5 < profiles.sums.len() {
        return None;
    }
    let mut sums = vec![0_i128; rows.len()];
    let mut found = None;
    for (count, start) in (0..parts.len()).rev().enumerate() {
        for (sum, row) in sums.iter_mut().zip(&rows) {
            *sum += i128::from(cell(row, parts[start]).unwrap_or(0));
        }
        // A published total may miss its parts by their rounding.
        let near =
            |sum: i128, stated: i64| (sum - i128::from(stated)).abs() <= 10_000 * (count as i128 + 1).min(3);
        let right =
            sums.iter().zip(&rows).filter(|(sum, row)| near(**sum, cell(row, column).unwrap_or(0))).count();
        if count >= 1 && right * 100 >= rows.len() * 93 {
            found = Some(start);
        }
    }
    found
}

/// The total that the table is about: the first of everything before it, or a total of totals that follows on it.
pub(super) fn main_total(totals: &[Total]) -> Option<Total> {
    let mut main = *totals.first()?;
    let start = main.start;
    for next in totals.iter().filter(|total| total.start == start) {
        if next.end <= main.end {
            continue;
        }
        let covered = (main.end..next.end).all(|part| {
            totals.iter().any(|total| {
                total.start >= main.end
                    && total.end <= next.end
                    && (total.start..total.end).contains(&part)
                    && total.column != next.column
            })
        });
        // Groups of one service need no total of their own.
        let grouped = totals
            .iter()
            .filter(|total| total.start >= main.end && total.end <= next.end)
            .map(|total| total.end - total.start)
            .sum::<usize>();
        if covered || grouped * 10 >= (next.end - main.end) * 8 {
            main = *next;
        } else {
            break;
        }
    }
    Some(main)
}
