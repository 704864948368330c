//! Where the headings of a table stand: the row that sounds most like what columns of spending are called, or
//! words above columns of amounts. Titles above it are kept, for years, units and agencies.

use rustc_hash::FxHashMap;

use super::meaning::{Meaning, meaning, month_in, unit_in, year_in};
use crate::import::cell::{Amount, AmountStyle, DateOrder, read_date};
use crate::import::files::Row;

/// Headings are looked for in so many rows.
const DEEPEST: usize = 80;
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
    let mut best: Option<(i32, usize, usize)> = None;
    let mut known_meanings = Meanings::default();
    for (index, row) in rows.iter().enumerate().take(DEEPEST) {
        if row.filled() < 2 {
            continue;
        }
        let known =
            row.cells().filter(|cell| said.iter().any(|said| said.trim().eq_ignore_ascii_case(cell))).count();
        let title = if is_split_title(rows, index) { SPLIT_TITLE } else { 0 };
        let alone = score(&cells(row), &mut known_meanings) + 120 * known as i32 - title;
        consider(&mut best, alone, index, 1);
        if let Some(next) = rows.get(index + 1)
            && looks_like_words(next)
            && looks_like_words(row)
        {
            let unlikely = if is_spanned(row, next) { 0 } else { 40 };
            consider(&mut best, score(&joined(row, next), &mut known_meanings) - unlikely, index, 2);
        }
    }
    let known = best.filter(|(score, ..)| *score >= ENOUGH);
    let Some((score, first, height)) = known.or_else(|| by_what_is_below(rows)) else {
        return without_headings(rows);
    };
    // Below the headings a row may say what each column counts.
    let unit_row = rows.get(first + height).is_some_and(is_unit_row);
    let height = height + usize::from(unit_row);
    let last = first + height - 1;
    let headings = match height - usize::from(unit_row) {
        2 => joined(&rows[first], &rows[first + 1]),
        _ => cells(&rows[first]),
    };
    Header {
        rows_before_data: rows[last].number,
        row: Some(rows[last].number),
        height: height as u32,
        headings: trimmed_at_end(headings),
        score,
        titles: [&rows[..first], if unit_row { &rows[last..=last] } else { &[] }]
            .into_iter()
            .flat_map(titles)
            .collect(),
        elsewhere: Vec::new(),
    }
}

/// A row of words that nobody here knows, above columns of amounts or dates: headings in another language, or of a table
/// that calls its columns by what they are about.
fn by_what_is_below(rows: &[Row]) -> Option<(i32, usize, usize)> {
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
    let found = rows.iter().enumerate().take(DEEPEST).find(is_heading)?;
    Some((ENOUGH / 2, found.0, 1))
}

/// "1.234,50", which is no amount where the point parts the pence.
fn is_amount_with_comma(cell: &str) -> bool {
    let comma = AmountStyle { decimal_comma: true, ..AmountStyle::default() };
    cell.contains(',') && matches!(comma.read(cell), Amount::Exact(_) | Amount::Rounded(..))
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

/// Whether a row seems to be a title with a comma in it: a blank row follows, and then rows of more cells.
fn is_split_title(rows: &[Row], index: usize) -> bool {
    let below = &rows[index + 1..];
    below.first().is_some_and(Row::is_blank)
        && below.iter().take(20).any(|row| row.filled() > rows[index].filled())
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

/// Two rows of headings as one; a cell of the upper row holds for the empty ones to its right, as merged cells do.
fn joined(upper: &Row, lower: &Row) -> Vec<String> {
    let mut over = "";
    (0..upper.len().max(lower.len()))
        .map(|index| {
            let (above, below) = (upper.cell(index), lower.cell(index));
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

/// Whether no cell is an amount or a date, and at least two are filled.
fn looks_like_words(row: &Row) -> bool {
    row.filled() >= 2
        && row.cells().all(|cell| {
            year_in(cell).is_some() || !is_number(cell) && read_date(cell, DateOrder::DayFirst).is_none()
        })
}

fn is_number(cell: &str) -> bool {
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
struct Meanings(FxHashMap<String, CellKind>);

impl Meanings {
    fn of(&mut self, cell: &str) -> CellKind {
        if let Some(kind) = self.0.get(cell) {
            return *kind;
        }
        let kind = if year_in(cell).is_some() || month_in(cell).is_some() {
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

/// How much these cells sound like headings of spending, in hundredths of a heading.
fn score(cells: &[String], known: &mut Meanings) -> i32 {
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
    score + if amounts > 0 { 50 } else { 0 } + if periods >= 2 { 60 + 15 * periods.min(6) } else { 0 }
}
