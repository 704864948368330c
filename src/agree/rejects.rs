//! Rows that could not be read, kept with the place so that a person can mend them or leave them out with a
//! reason. Until then they are counted as rejected, never as money.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::dimension::{Dimension, NameId};
use crate::import::{ColumnMap, Field, FileReport, ImportOptions, Input, Severity, import};
use crate::ledger::{Ledger, Source, SpendLine};

/// The rows of one source that could not be read, with what it takes to read them once they are mended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rejects {
    /// The key of the source.
    pub source: String,
    /// How its columns were read.
    pub map: ColumnMap,
    pub rows: Vec<RejectedRow>,
}

/// A row that could not be read, as it stands in its file, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectedRow {
    /// As a spreadsheet numbers it, from 1.
    pub row: u32,
    /// The stable word for what is wrong: `amount-unreadable`.
    pub code: String,
    /// What is wrong and what would be right.
    pub reason: String,
    pub cells: Vec<String>,
    /// The row as it may have been meant, where that can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Fate::is_open")]
    pub fate: Fate,
}

/// What became of a rejected row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// Nobody has decided about it: it is not counted.
    #[default]
    Open,
    /// It was mended, with these cells, and its lines are counted.
    Fixed(Vec<String>),
    /// It is left out, for this reason.
    Excluded(String),
}

impl Fate {
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }

    /// "not decided", "fixed", "excluded: paid twice".
    pub fn words(&self) -> String {
        match self {
            Self::Open => "not decided".to_owned(),
            Self::Fixed(_) => "fixed".to_owned(),
            Self::Excluded(reason) => format!("excluded: {reason}"),
        }
    }
}

impl Rejects {
    /// The rejected rows of a file that was read into this ledger; nothing where none was rejected.
    pub fn of(report: &FileReport, ledger: &Ledger) -> Option<Self> {
        if report.rejects.is_empty() {
            return None;
        }
        let reason = |row: u32, code: &str| {
            let of_row = report
                .problems
                .iter()
                .find(|problem| problem.row == Some(row) && problem.severity == Severity::Error);
            of_row.map_or_else(|| code.to_owned(), |problem| problem.message.clone())
        };
        let rows = report
            .rejects
            .iter()
            .map(|reject| {
                let code = reject.code.key();
                RejectedRow {
                    row: reject.row,
                    reason: reason(reject.row, &code),
                    code,
                    cells: reject.cells.clone(),
                    proposal: reject.repair.as_ref().map(|repair| repair.cells.clone()),
                    fate: Fate::Open,
                }
            })
            .collect();
        let mut map = report.map.clone();
        // What a title or the file's name said of every line holds for a mended one as well.
        for dimension in [Dimension::Year, Dimension::Agency] {
            let is_said = |field: &Field| match field {
                Field::Dimension(of) | Field::AmountFor(of, _) => *of == dimension,
                Field::Date | Field::Month => dimension == Dimension::Year,
                _ => false,
            };
            if let [only] = ledger.cells().occurring(dimension)[..]
                && only != NameId::NOT_STATED
                && !map.set.iter().any(|(of, _)| *of == dimension)
                && !map.columns.iter().any(|column| is_said(&column.field))
            {
                map.set.push((dimension, ledger.names(dimension).name(only).to_owned()));
            }
        }
        Some(Self { source: report.source.key.clone(), map, rows })
    }

    /// What was decided about rows that a newer version of the file does not reject any more, in words.
    pub fn decided_and_gone(&self, newer: &[Self]) -> Vec<String> {
        let is_there = |row: &RejectedRow| {
            newer.iter().flat_map(|rejects| &rejects.rows).any(|other| other.cells == row.cells)
        };
        let decided = self.rows.iter().filter(|row| !row.fate.is_open() && !is_there(row));
        decided
            .map(|row| {
                format!("row {} was {}, and no such row is rejected any more", row.row, row.fate.words())
            })
            .collect()
    }

    pub fn row(&self, row: u32) -> Option<&RejectedRow> {
        self.rows.iter().find(|rejected| rejected.row == row)
    }

    /// Reads a row again, with these cells in place of its own: the lines that it gives.
    ///
    /// # Errors
    /// What is still wrong with it, in words.
    pub fn read_again(&self, source: &Source, row: u32, cells: &[String]) -> Result<Vec<SpendLine>, String> {
        let headings: Vec<&str> = self.map.columns.iter().map(|column| column.heading.as_str()).collect();
        let mut cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        cells.resize(headings.len(), "");
        // A mended row is read by the very reader that rejected it, as a file of one row, so that both follow
        // one set of rules.
        let text = format!("{}\n{}\n", csv_row(&headings), csv_row(&cells));
        let name = if source.file.is_empty() { &source.key } else { &source.file };
        let mut map = self.map.clone();
        // What was set for all lines goes by way of the options, which count for every file; in the map it
        // would be asked for again by heading.
        map.set.clear();
        let options = ImportOptions {
            column_maps: vec![map],
            set: self.map.set.clone(),
            thorough: true,
            ..ImportOptions::default()
        };
        let input = Input { name, bytes: text.as_bytes() };
        let imported =
            import(input, &options, |_| ControlFlow::Continue(())).map_err(|error| error.to_string())?;
        if imported.file.read == 0 {
            let wrong = imported.file.problems.iter().find(|problem| problem.severity == Severity::Error);
            // The row stands in a table of its own there; its number here is the file's.
            let what = wrong.map_or_else(
                || "this still is no line of spending; it needs an amount".to_owned(),
                |problem| problem.message.replace(", row 2", &format!(", row {row}")),
            );
            return Err(what);
        }
        let ledger = imported.lines.finish();
        let lines = ledger.lines().map(|line| SpendLine {
            source: Some(source.key.clone()),
            row: Some(row),
            ..line.to_spend_line()
        });
        Ok(lines.collect())
    }
}

fn csv_row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    cells.join(",")
}
