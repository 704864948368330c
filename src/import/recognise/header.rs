//! Where the headings of a table stand: the row that sounds most like what columns of spending are called, or
//! words above columns of amounts. Titles above it are kept, for years, units and agencies.

use super::heading_rows::{joined, looks_like_words, rows_of_headings, unit_rows};
use super::heading_score::{Meanings, is_number, periods, score};
use super::meaning::year_in;
use crate::import::cell::{Amount, AmountStyle, DateOrder, read_date};
use crate::import::files::Row;

/// Headings are looked for in so many rows.
const DEEPEST: usize = 80;
/// Where none are found, further down: below pages of notes.
const DEEPEST_OF_ALL: usize = 400;
/// Rows of headings at most.
const MOST_HEIGHT: usize = 3;
/// A row needs this much meaning to be the headings.
const ENOUGH: i32 = 120;
/// So many rows are looked at to see what stands below headings that nobody knows.
const BELOW: usize = 20;
/// How much less a row sounds like the headings for being a title that a comma has split.
const SPLIT_TITLE: i32 = 100;

/// Where the headings stand and what they say.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Header {
    /// Rows before the first line, headings among them; none where there are no headings.
    pub(in crate::import) rows_before_data: u32,
    /// The row of the headings, from 1; the last of them where there are several. None: there are none.
    pub(in crate::import) row: Option<u32>,
    /// How many rows the headings take.
    pub(in crate::import) height: u32,
    pub(in crate::import) headings: Vec<String>,
    /// How much they sound like headings, in hundredths of a heading.
    pub(in crate::import) score: i32,
    /// What stands above the headings: titles, periods, units.
    pub(in crate::import) titles: Vec<String>,
    /// What other sheets of the workbook say, where they hold no table themselves.
    pub(in crate::import) elsewhere: Vec<String>,
}

/// The headings in a row that is known beforehand; none in row 0.
pub(in crate::import) fn header_at(rows: &[Row], number: u32) -> Header {
    let Some(at) = rows.iter().position(|row| row.number == number) else { return without_headings(rows) };
    let headings = cells(&rows[at]);
    Header {
        rows_before_data: number,
        row: Some(number),
        height: 1,
        score: score(&headings, &mut Meanings::default()).max(ENOUGH),
        headings: trimmed_at_end(headings),
        titles: titles(&rows[..at]),
        elsewhere: Vec::new(),
    }
}

/// Finds the headings among the first rows: one that holds headings `said` beforehand, or else the row that says most of what columns of spending are called.
pub(in crate::import) fn find_header(rows: &[Row], said: &[String]) -> Header {
    let mut known_meanings = Meanings::default();
    let mut best = best_of(rows, 0, DEEPEST, said, &mut known_meanings);
    let mut below = by_what_is_below(rows, DEEPEST);
    let is_found = |best: Option<(i32, usize, usize)>| best.filter(|(score, ..)| *score >= ENOUGH);
    if is_found(best).is_none() && below.is_none() && rows.len() > DEEPEST {
        best = best_of(rows, DEEPEST, DEEPEST_OF_ALL, said, &mut known_meanings);
        below = by_what_is_below(rows, DEEPEST_OF_ALL);
    }
    let Some((score, first, height)) = is_found(best).or(below) else {
        return without_headings(rows);
    };
    // Below the headings a row may say what each column counts.
    let unit_row = unit_rows(rows.get(first + height..).unwrap_or(&[]));
    let headings = joined(&rows[first..first + height]);
    let inside = rows[first..first + height].iter().filter(|row| unit_rows(std::slice::from_ref(row)) == 1);
    let last = first + height + unit_row - 1;
    Header {
        rows_before_data: rows[last].number,
        row: Some(rows[last].number),
        height: (height + unit_row) as u32,
        headings: trimmed_at_end(headings),
        score,
        titles: rows[..first]
            .iter()
            .chain(inside)
            .chain(&rows[first + height..=last])
            .flat_map(|row| titles(std::slice::from_ref(row)))
            .collect(),
        elsewhere: Vec::new(),
    }
}

/// The rows that sound most like headings, of those from one row to another: their score, the first, how many.
fn best_of(
    rows: &[Row],
    from: usize,
    to: usize,
    said: &[String],
    known_meanings: &mut Meanings,
) -> Option<(i32, usize, usize)> {
    let mut best: Option<(i32, usize, usize)> = None;
    for (index, row) in rows.iter().enumerate().take(to).skip(from) {
        let filled = row.filled();
        if filled < 2 && !row.cell(0).is_empty() || filled == 0 {
            continue;
        }
        if filled >= 2 {
            let is_said = |cell: &&str| said.iter().any(|said| said.trim().eq_ignore_ascii_case(cell));
            let known = row.cells().filter(is_said).count();
            let own = cells(row);
            let is_title = is_split_title(rows, index) && periods(&own, known_meanings) < 2;
            let title = if is_title { SPLIT_TITLE } else { 0 };
            consider(&mut best, score(&own, known_meanings) + 120 * known as i32 - title, index, 1);
        }
        for height in 2..=MOST_HEIGHT {
            let Some(block) = rows.get(index..index + height) else { break };
            if !block.iter().all(|row| looks_like_words(row) || unit_rows(std::slice::from_ref(row)) == 1) {
                break;
            }
            let Some(likely) = rows_of_headings(block) else { continue };
            consider(&mut best, score(&joined(block), known_meanings) + likely, index, height);
        }
    }
    best
}

/// A row of words that nobody here knows, above columns of amounts or dates: headings in another language, or of a table
/// that calls its columns by what they are about.
fn by_what_is_below(rows: &[Row], deepest: usize) -> Option<(i32, usize, usize)> {
    let is_value = |cell: &str| {
        is_number(cell) || is_amount_with_comma(cell) || read_date(cell, DateOrder::DayFirst).is_some()
    };
    let is_heading = |(index, row): &(usize, &Row)| {
        let below: Vec<&Row> = rows[index + 1..].iter().filter(|row| row.filled() >= 2).take(BELOW).collect();
        let mut cells: Vec<&str> = row.cells().filter(|cell| !cell.is_empty()).collect();
        let count = cells.len();
        let is_of_words = count >= 2
            && cells.iter().all(|cell| cell.len() <= 60 && (year_in(cell).is_some() || !is_value(cell)));
        cells.sort_unstable();
        cells.dedup();
        let usual = below.iter().map(|row| row.filled()).max().unwrap_or(0);
        let stands_over = |place: usize| {
            let filled = below.iter().filter(|row| !row.cell(place).is_empty()).count();
            let values = below.iter().filter(|row| is_value(row.cell(place))).count();
            !row.cell(place).is_empty() && filled * 2 > below.len() && values * 10 >= filled * 8
        };
        is_of_words
            && cells.len() == count
            && below.len() >= 3
            && count * 10 >= usual * 6
            && (0..row.len()).any(stands_over)
    };
    let found = rows.iter().enumerate().take(deepest).find(is_heading)?;
    Some((ENOUGH / 2, found.0, 1))
}

/// "1.234,50", which is no amount where the point parts the pence.
fn is_amount_with_comma(cell: &str) -> bool {
    let comma = AmountStyle { decimal_comma: true, ..AmountStyle::default() };
    cell.contains(',') && matches!(comma.read(cell), Amount::Exact(_) | Amount::Rounded(..))
}

/// Whether a row seems to be a title with a comma in it: a blank row follows, and then rows of more cells.
fn is_split_title(rows: &[Row], index: usize) -> bool {
    let below = &rows[index + 1..];
    below.first().is_some_and(Row::is_blank)
        && below.iter().take(20).any(|row| row.filled() > rows[index].filled())
}

fn without_headings(rows: &[Row]) -> Header {
    // Titles may still stand above: rows with one cell before rows with several.
    let first = rows.iter().position(|row| row.filled() >= 2).unwrap_or(0);
    Header {
        rows_before_data: first.checked_sub(1).map_or(0, |last| rows[last].number),
        row: None,
        height: 0,
        headings: Vec::new(),
        score: 0,
        titles: titles(&rows[..first]),
        elsewhere: Vec::new(),
    }
}

fn trimmed_at_end(mut headings: Vec<String>) -> Vec<String> {
    while headings.last().is_some_and(String::is_empty) {
        headings.pop();
    }
    headings
}

/// What the rows above the headings say.
fn titles(rows: &[Row]) -> Vec<String> {
    let cells = rows.iter().flat_map(Row::cells);
    cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

fn consider(best: &mut Option<(i32, usize, usize)>, score: i32, index: usize, height: usize) {
    // Headings that come again further down are not better for being written in another way.
    let further = |first: usize| if index > first + 3 { 60 } else { 0 };
    if best.is_none_or(|(most, first, _)| score > most + if most >= 2 * ENOUGH { further(first) } else { 0 })
    {
        *best = Some((score, index, height));
    }
}

fn cells(row: &Row) -> Vec<String> {
    row.cells().map(str::to_owned).collect()
}
