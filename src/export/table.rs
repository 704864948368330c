//! Totals and lines as tables to read, CSV, JSON and cells for the clipboard. Amounts are plain decimals to
//! the last digit, and no text leaves that a spreadsheet would run as a formula.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::figure::visible;
use crate::ledger::TotalRow;
use crate::ledger::{
    AmountRange, Ledger, LineId, TidyRows, Totals, guarded, push_csv_cell, tidy_headings_of,
};
use crate::money::{Money, Share, in_full, percent};
use crate::words::thousands;

/// Totals as a table to read: names to the left, amounts to the right, the sum at the foot.
pub fn totals_text(totals: &Totals) -> String {
    let names = totals.by.iter().enumerate().map(|(index, dimension)| {
        let foot = if index == 0 { "Total" } else { "" };
        let names = totals.rows.iter().map(|row| row.names[index].as_str()).chain([foot]);
        TextColumn::names(dimension.title(), names)
    });
    let amounts: Vec<Money> = totals.rows.iter().map(|row| row.amount).chain([totals.total]).collect();
    let ranges: Vec<Option<AmountRange>> =
        totals.rows.iter().map(|row| row.range).chain([totals.range]).collect();
    let counts = totals.rows.iter().map(|row| row.lines).chain([totals.lines]);
    let numbers = [
        TextColumn {
            title: "Amount (£)".to_owned(),
            side: CellSide::Right,
            cells: aligned_amounts(&amounts, |row| ranges[row].is_some()),
        },
        TextColumn {
            title: "Lines".to_owned(),
            side: CellSide::Right,
            cells: counts.map(thousands).collect(),
        },
    ];
    let between = TextColumn::ranges(ranges.iter().copied());
    let mut out = table_text(&names.chain(numbers).chain(between).collect::<Vec<_>>(), true);
    if let Some(share) = Share::of(totals.illustrative, totals.total).filter(|share| *share != Share::NONE) {
        let _ =
            writeln!(out, "Illustrative: {} of the total, {}", percent(share), in_full(totals.illustrative));
    }
    out
}

/// Columns as a table to read, with a rule under the titles, and above the last row where that is a total.
pub fn table_text(columns: &[TextColumn], has_total: bool) -> String {
    let widths: Vec<usize> = columns
        .iter()
        .map(|column| {
            column.cells.iter().chain([&column.title]).map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    let rule = |out: &mut String| {
        let width = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        out.extend(std::iter::repeat_n('-', width));
        out.push('\n');
    };
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    push_text_row(&mut out, columns, &widths, None);
    rule(&mut out);
    for row in 0..rows {
        if has_total && row + 1 == rows && row > 0 {
            rule(&mut out);
        }
        push_text_row(&mut out, columns, &widths, Some(row));
    }
    out
}

/// One row of a table, or its titles.
fn push_text_row(out: &mut String, columns: &[TextColumn], widths: &[usize], row: Option<usize>) {
    let mut line = String::new();
    for (column, &width) in columns.iter().zip(widths) {
        let cell = row.map_or(&column.title, |row| &column.cells[row]);
        if !line.is_empty() || cell.is_empty() {
            line.push_str("  ");
        }
        let _ = match column.side {
            CellSide::Left => write!(line, "{cell:<width$}"),
            CellSide::Right => write!(line, "{cell:>width$}"),
        };
    }
    // Spaces at the end of a line are noise in every tool that shows differences.
    out.push_str(line.trim_end());
    out.push('\n');
}

/// A column of a table to read.
pub struct TextColumn {
    title: String,
    side: CellSide,
    cells: Vec<String>,
}

impl TextColumn {
    /// Names, to the left.
    pub fn names<'a>(title: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let cells = names.into_iter().map(|name| visible(name).into_owned()).collect();
        Self { title: title.to_owned(), side: CellSide::Left, cells }
    }

    /// Amounts, £, with pounds and pence below each other.
    pub fn amounts(title: &str, amounts: &[Money]) -> Self {
        Self { title: title.to_owned(), side: CellSide::Right, cells: aligned_amounts(amounts, |_| false) }
    }

    /// The same, of which some are estimates: these have no pence.
    pub fn estimates(title: &str, amounts: &[Money], is_estimate: impl Fn(usize) -> bool) -> Self {
        Self { title: title.to_owned(), side: CellSide::Right, cells: aligned_amounts(amounts, is_estimate) }
    }

    /// What amounts lie between; nothing where none of them is an estimate.
    pub fn ranges(ranges: impl IntoIterator<Item = Option<AmountRange>>) -> Option<Self> {
        let ranges: Vec<Option<AmountRange>> = ranges.into_iter().collect();
        ranges.iter().any(Option::is_some).then(|| Self {
            title: "Estimate".to_owned(),
            side: CellSide::Left,
            cells: ranges.iter().map(|range| range.map_or_else(String::new, AmountRange::in_words)).collect(),
        })
    }

    /// Other numbers, to the right.
    pub fn numbers(title: &str, numbers: impl IntoIterator<Item = String>) -> Self {
        Self { title: title.to_owned(), side: CellSide::Right, cells: numbers.into_iter().collect() }
    }
}

enum CellSide {
    Left,
    Right,
}

/// Amounts with their pounds and pence below each other, even where some have fractions of a penny. An estimate has no
/// pennies.
fn aligned_amounts(amounts: &[Money], is_estimate: impl Fn(usize) -> bool) -> Vec<String> {
    let text = |(row, amount): (usize, &Money)| {
        let text = in_full(*amount).replace('£', "");
        match text.split_once('.') {
            Some((pounds, _)) if is_estimate(row) => pounds.to_owned(),
            _ => text,
        }
    };
    let texts: Vec<String> = amounts.iter().enumerate().map(text).collect();
    let decimals = |text: &str| text.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    // Fractions of a penny are rare: with one in a column all others make room for it.
    let most = texts.iter().map(|text| decimals(text)).max().unwrap_or(0);
    // What has no pennies has no point either.
    let missing = |text: &str| match decimals(text) {
        0 if most > 0 => most + 1,
        decimals => most - decimals,
    };
    texts.iter().map(|text| format!("{text}{}", " ".repeat(missing(text)))).collect()
}

/// Totals as CSV: the dimensions' keys, `amount`, `lines`; amounts plain, so that any program reads them. Where some of
/// it is illustrative a column says how much, and of a scenario one says what it says of itself.
pub fn totals_csv(totals: &Totals, stamp: Option<&str>) -> String {
    let mut out = String::with_capacity(64 + totals.rows.len() * 64);
    let has_illustrative = !totals.illustrative.is_zero();
    let headings = totals.by.iter().map(|dimension| dimension.key()).chain(["amount", "lines"]);
    let headings = headings.chain(has_illustrative.then_some("illustrative"));
    let headings = headings.chain(range_headings([totals]).iter().copied()).chain(stamp.map(|_| "model"));
    push_row(&mut out, headings.map(Cow::Borrowed));
    for row in &totals.rows {
        for name in &row.names {
            push_csv_cell(&mut out, &guarded(name));
            out.push(',');
        }
        let _ = write!(out, "{},{}", row.amount, row.lines);
        if has_illustrative {
            let _ = write!(out, ",{}", row.illustrative);
        }
        if totals.range.is_some() {
            push_range(&mut out, row);
        }
        if let Some(stamp) = stamp {
            out.push(',');
            push_csv_cell(&mut out, stamp);
        }
        out.push('\n');
    }
    out
}

/// The headings of what amounts may be, where any may be less or more.
pub(super) fn range_headings<'a>(totals: impl IntoIterator<Item = &'a Totals>) -> &'static [&'static str] {
    if totals.into_iter().any(|totals| totals.range.is_some()) { &["low", "high"] } else { &[] }
}

/// What a row may come to, as two cells of CSV; of a row without a range its amount twice.
pub(super) fn push_range(out: &mut String, row: &TotalRow) {
    let range = row.range.unwrap_or(AmountRange::of(row.amount));
    let _ = write!(out, ",{},{}", range.low, range.high);
}

/// The same as members of JSON; nothing where there is none.
pub(super) fn push_range_json(out: &mut String, range: Option<AmountRange>) {
    if let Some(range) = range {
        let _ = write!(out, ", \"low\": \"{}\", \"high\": \"{}\"", range.low, range.high);
    }
}

/// Totals as JSON: `{"lines": …, "total": "…", "by": […], "rows": [{"agency": "…", "amount": "…", "lines": …}]}`.
///
/// Amounts are decimal strings in pounds, so that no reader rounds them. Where some of it is illustrative, `illustrative`
/// says how much; of a scenario `model` is what it says of itself.
pub fn totals_json(totals: &Totals, stamp: Option<&str>) -> String {
    let mut out = String::with_capacity(128 + totals.rows.len() * 96);
    let _ = write!(out, "{{\"lines\": {}, \"total\": \"{}\"", totals.lines, totals.total);
    push_range_json(&mut out, totals.range);
    out.push_str(", ");
    if !totals.illustrative.is_zero() {
        let _ = write!(out, "\"illustrative\": \"{}\", ", totals.illustrative);
    }
    if let Some(stamp) = stamp {
        out.push_str("\"model\": ");
        push_json(&mut out, stamp);
        out.push_str(", ");
    }
    out.push_str("\"by\": [");
    for (index, dimension) in totals.by.iter().enumerate() {
        let comma = if index > 0 { ", " } else { "" };
        let _ = write!(out, "{comma}\"{}\"", dimension.key());
    }
    out.push_str("], \"rows\": [");
    for (index, row) in totals.rows.iter().enumerate() {
        out.push_str(if index > 0 { ",\n  {" } else { "\n  {" });
        for (dimension, name) in totals.by.iter().zip(&row.names) {
            let _ = write!(out, "\"{}\": ", dimension.key());
            push_json(&mut out, name);
            out.push_str(", ");
        }
        let _ = write!(out, "\"amount\": \"{}\", \"lines\": {}", row.amount, row.lines);
        push_range_json(&mut out, row.range);
        out.push('}');
    }
    out.push_str(if totals.rows.is_empty() { "]}\n" } else { "\n]}\n" });
    out
}

pub(super) fn push_json(out: &mut String, text: &str) {
    out.push('"');
    // Nearly every name is as it stands.
    let plain = text.bytes().position(|b| b < b' ' || matches!(b, b'"' | b'\\')).unwrap_or(text.len());
    out.push_str(&text[..plain]);
    for c in text[plain..].chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Totals for the clipboard: tabs between cells, numbers as numbers.
pub fn totals_tsv(totals: &Totals) -> String {
    let mut out = String::new();
    for dimension in &totals.by {
        out.push_str(dimension.title());
        out.push('\t');
    }
    out.push_str("Amount (£)\tLines");
    // The same columns as CSV has, for whoever adds on.
    if totals.range.is_some() {
        out.push_str("\tLow (£)\tHigh (£)");
    }
    out.push('\n');
    for row in &totals.rows {
        for name in &row.names {
            push_tsv(&mut out, name);
            out.push('\t');
        }
        let _ = write!(out, "{}\t{}", row.amount, row.lines);
        if totals.range.is_some() {
            let range = row.range.unwrap_or(AmountRange::of(row.amount));
            let _ = write!(out, "\t{}\t{}", range.low, range.high);
        }
        out.push('\n');
    }
    out
}

/// Any cells for the clipboard; texts that look like formulas stay texts.
pub fn cells_tsv<'a>(rows: impl IntoIterator<Item = Vec<TableCell<'a>>>) -> String {
    let mut out = String::new();
    for row in rows {
        for (index, cell) in row.into_iter().enumerate() {
            if index > 0 {
                out.push('\t');
            }
            match cell {
                TableCell::Text(text) => push_tsv(&mut out, &text),
                TableCell::Number(number) => out.push_str(&number),
                TableCell::Amount(amount) => {
                    let _ = write!(out, "{amount}");
                }
            }
        }
        out.push('\n');
    }
    out
}

/// One cell of CSV, or for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableCell<'a> {
    /// What a spreadsheet would run as a formula is guarded.
    Text(Cow<'a, str>),
    Amount(Money),
    /// A percentage, a rate, a count: never guarded, since a negative one would become text.
    Number(String),
}

fn push_tsv(out: &mut String, text: &str) {
    // Spreadsheets end a cell at each of these when they paste, whatever stands around it.
    let flat = text.replace(['\t', '\n', '\r'], " ");
    out.push_str(&guarded(&flat));
}

/// Any cells as CSV; texts that look like formulas stay texts.
pub fn cells_csv<'a>(rows: impl IntoIterator<Item = Vec<TableCell<'a>>>) -> String {
    let mut out = String::new();
    for row in rows {
        let cells = row.into_iter().map(|cell| match cell {
            TableCell::Text(text) => Cow::Owned(guarded(&text).into_owned()),
            TableCell::Amount(amount) => Cow::Owned(amount.to_string()),
            TableCell::Number(number) => Cow::Owned(number),
        });
        push_row(&mut out, cells);
    }
    out
}

/// Lines as tidy CSV, one row each, which reads back as the same lines.
///
/// What a scenario says of itself stands in each row of its lines, under `model`, so that no row goes on its way
/// without it.
pub fn lines_csv_stamped(ledger: &Ledger, lines: &[LineId], stamp: Option<&str>) -> String {
    // About as long as lines of published lists come out; a million lines that grow by doubling are copied
    // twenty times.
    let mut out = String::with_capacity(128 + lines.len() * 110);
    let model = stamp.map(|_| "model");
    push_row(&mut out, tidy_headings_of(ledger).into_iter().chain(model).map(Cow::Borrowed));
    let rows = TidyRows::of(ledger);
    for &id in lines {
        rows.push(&mut out, id);
        if let Some(stamp) = stamp {
            out.push(',');
            push_csv_cell(&mut out, stamp);
        }
        out.push('\n');
    }
    out
}

pub(super) fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_csv_cell(out, &cell);
    }
    out.push('\n');
}
