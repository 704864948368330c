//! Tables written as HTML or as the XML of older spreadsheets, which reports of ledgers save under the name of a workbook.

use std::ops::ControlFlow;

use super::row::Row;
use super::table::{RowSink, Table};
use crate::import::problem::ImportError;

/// Columns that a cell may span.
const MOST_SPANNED: usize = 200;
/// Rows that may be passed over at once.
const MOST_PASSED: u32 = 10_000;

/// One of the tables of a marked-up text.
pub(in crate::import) struct MarkupTable {
    /// What its sheet or its caption is called, or its number: "Table 2".
    pub(in crate::import) name: String,
    rows: Vec<Row>,
}

/// Whether a text has the tags of a table with rows and cells.
pub(super) fn holds_table(text: &str) -> bool {
    let has = |tag: &str| text.contains(tag);
    (has("<tr") || has("<row") || has(":row")) && (has("<td") || has("<cell") || has(":cell"))
}

impl MarkupTable {
    /// The tables of a text that have rows of several cells, the largest first; where none has, the largest of any.
    pub(in crate::import) fn all_of(text: &str) -> Vec<Self> {
        let parsed = Parser::default().tables(text);
        let is_alone = |name: &str| parsed.iter().filter(|(other, _)| other == name).count() == 1;
        let named: Vec<bool> = parsed.iter().map(|(name, _)| !name.is_empty() && is_alone(name)).collect();
        let mut tables: Vec<Self> = parsed
            .into_iter()
            .zip(named)
            .zip(1..)
            .map(|(((name, rows), is_named), number)| {
                let name = if is_named { name } else { format!("Table {number}") };
                Self { name, rows }
            })
            .collect();
        let filled = |table: &Self| table.rows.iter().map(Row::filled).sum::<usize>();
        tables.sort_by_key(|table| std::cmp::Reverse(filled(table)));
        let is_table = |table: &Self| table.rows.iter().filter(|row| row.filled() >= 2).count() >= 2;
        let real = tables.iter().filter(|table| is_table(table)).count();
        if real > 0 {
            tables.retain(is_table);
        } else {
            tables.truncate(1);
        }
        tables
    }
}

impl Table for MarkupTable {
    fn each_row(&mut self, take: &mut RowSink<'_>) -> Result<(), ImportError> {
        for row in &self.rows {
            if take(row) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}

/// Takes tags apart, as far as tables need them.
#[derive(Default)]
struct Parser {
    /// Their names, where they have any, and their rows.
    tables: Vec<(String, Vec<Row>)>,
    /// The name of the sheet whose table comes next.
    sheet: String,
    /// The caption at hand.
    caption: Option<String>,
    row: Option<Row>,
    /// The text of the cell at hand, and how many columns it spans.
    cell: Option<(String, usize)>,
    number: u32,
}

impl Parser {
    fn tables(mut self, text: &str) -> Vec<(String, Vec<Row>)> {
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            self.take_text(&rest[..at]);
            rest = &rest[at..];
            let end = if rest.starts_with("<!--") {
                rest.find("-->").map(|end| end + 3)
            } else {
                rest.find('>').map(|end| end + 1)
            };
            let Some(end) = end else { break };
            let tag = &rest[1..end - 1];
            rest = &rest[end..];
            let name = name_of(tag);
            if matches!(name.as_str(), "script" | "style") {
                let close = format!("</{name}");
                let lower = rest.to_ascii_lowercase();
                rest = lower.find(&close).map_or("", |at| &rest[at..]);
                continue;
            }
            self.take_tag(&name, tag);
        }
        self.end_row();
        self.tables
    }

    fn take_text(&mut self, text: &str) {
        if let Some((cell, _)) = &mut self.cell {
            cell.push_str(&decoded(text));
        } else if let Some(caption) = &mut self.caption {
            caption.push_str(&decoded(text));
        }
    }

    fn take_tag(&mut self, name: &str, tag: &str) {
        match name {
            "table" => {
                self.end_row();
                self.number = 0;
                self.tables.push((std::mem::take(&mut self.sheet), Vec::new()));
            }
            "worksheet" => self.sheet = decoded(&attribute(tag, "name").unwrap_or_default()),
            "caption" => self.caption = Some(String::new()),
            "/caption" => {
                if let (Some(caption), Some((name, _))) = (self.caption.take(), self.tables.last_mut()) {
                    *name = caption.split_whitespace().collect::<Vec<_>>().join(" ");
                }
            }
            "tr" | "row" => {
                self.end_row();
                let index = attribute(tag, "index").and_then(|index| index.parse::<u32>().ok());
                let next = self.number + 1;
                let number = index.filter(|index| (next..next + MOST_PASSED).contains(index)).unwrap_or(next);
                for blank in next..number {
                    self.push_blank(blank);
                }
                let mut row = Row::default();
                row.clear(number);
                row.hidden = attribute(tag, "hidden").is_some_and(|hidden| hidden == "1");
                self.number = number;
                self.row = Some(row);
                if tag.ends_with('/') {
                    self.end_row();
                }
            }
            "/tr" | "/row" | "/table" | "/worksheet" => self.end_row(),
            "td" | "th" | "cell" => {
                self.end_cell();
                let spanned = |key: &str, more: usize| {
                    attribute(tag, key).and_then(|text| text.parse::<usize>().ok()).map(|count| count + more)
                };
                let span = spanned("colspan", 0).or_else(|| spanned("mergeacross", 1)).unwrap_or(1);
                let index = spanned("index", 0).unwrap_or(0);
                if let Some(row) = &mut self.row {
                    while row.len() + 1 < index.min(MOST_SPANNED) {
                        row.push("");
                    }
                    self.cell = Some((String::new(), span.clamp(1, MOST_SPANNED)));
                }
                if tag.ends_with('/') {
                    self.end_cell();
                }
            }
            "/td" | "/th" | "/cell" => self.end_cell(),
            "br" | "br/" | "/p" | "/div" => self.take_text(" "),
            _ => {}
        }
    }

    fn push_blank(&mut self, number: u32) {
        let mut row = Row::default();
        row.clear(number);
        if let Some((_, rows)) = self.tables.last_mut() {
            rows.push(row);
        }
    }

    fn end_cell(&mut self) {
        if let (Some((text, span)), Some(row)) = (self.cell.take(), &mut self.row) {
            row.push(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            for _ in 1..span {
                row.push("");
            }
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(row) = self.row.take() {
            if self.tables.is_empty() {
                self.tables.push((String::new(), Vec::new()));
            }
            if let Some((_, rows)) = self.tables.last_mut() {
                rows.push(row);
            }
        }
    }
}

/// The name of a tag in lower case, without the letters of its namespace.
fn name_of(tag: &str) -> String {
    let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or("").to_ascii_lowercase();
    let (slash, name) = name.strip_prefix('/').map_or(("", name.as_str()), |name| ("/", name));
    let name = name.rsplit(':').next().unwrap_or(name);
    let name = if name.len() > 1 { name.trim_end_matches('/') } else { name };
    format!("{slash}{name}")
}

/// The value of an attribute, whatever its namespace and its quotation marks.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(wanted).find(|(at, _)| {
        let before = lower[..*at].chars().next_back();
        let after = lower[at + wanted.len()..].trim_start();
        matches!(before, Some(' ' | ':' | '\n' | '\t')) && after.starts_with('=')
    })?;
    let value = tag.get(at.0 + wanted.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => match value.strip_prefix('\'') {
            Some(quoted) => quoted.split('\'').next(),
            None => value.split(|c: char| c.is_whitespace() || c == '/').next(),
        },
    };
    value.map(str::to_owned)
}

/// Text with its letters in words put right: `&amp;`, `&#163;`.
fn decoded(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let letter = end.and_then(|end| letter_of(&rest[1..end]));
        if let (Some(letter), Some(end)) = (letter, end) {
            result.push(letter);
            rest = &rest[end + 1..];
        } else {
            result.push('&');
            rest = &rest[1..];
        }
    }
    result.push_str(rest);
    result
}

fn letter_of(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "pound" => '£',
        "euro" => '€',
        "ndash" => '\u{2013}',
        "minus" => '-',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, right: &[&str]) {
        let tables = MarkupTable::all_of(text);
        let rows: Vec<String> = tables.iter().flat_map(|table| &table.rows).map(Row::summary).collect();
        assert_eq!(rows, right, "{text}");
    }

    #[test]
    fn rows_and_cells_are_taken_from_their_tags() {
        check(
            "<html><body><table><tr><th>Date<th>Amount (&pound;)</tr><TR><TD class=x>01/05/2024</TD><td>1,000<br>.10</td></TR></table>",
            &["Date, Amount (£)", "01/05/2024, 1,000 .10"],
        );
        check(
            "<Workbook><Worksheet ss:Name=\"A\"><ss:Table><Row><Cell><Data ss:Type=\"String\">A &amp; B</Data></Cell><Cell ss:Index=\"3\"><Data>5</Data></Cell></Row></ss:Table></Worksheet></Workbook>",
            &["A & B, 5"],
        );
    }
    #[test]
    fn tables_have_the_names_of_their_sheets_their_captions_or_a_number() {
        let row = "<tr><td>a</td><td>1</td></tr>";
        let text = format!(
            "<table>{row}{row}</table><table><caption>May <b>2024</b></caption>{row}{row}{row}</table><table>{row}</table>"
        );
        let names = |text: &str| -> Vec<String> {
            MarkupTable::all_of(text).into_iter().map(|table| table.name).collect()
        };
        assert_eq!(names(&text), ["May 2024", "Table 1"]);
        let sheet = |name: &str| {
            let cells = "<Row><Cell><Data>a</Data></Cell><Cell><Data>1</Data></Cell></Row>";
            format!("<Worksheet ss:Name=\"{name}\"><Table>{cells}{cells}</Table></Worksheet>")
        };
        assert_eq!(
            names(&format!("{}{}", sheet("Pay &amp; rations"), sheet("Other"))),
            ["Pay & rations", "Other"]
        );
    }
}
