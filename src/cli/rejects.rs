//! Rows that could not be read, mended or left out by arguments, by the same decisions as in the window.

use super::agreeing::read_row;
use super::{Failed, cannot_run};
use crate::agree::{Fate, Rejects};
use crate::dimension::comparison_key;
use crate::ledger::{LineId, LineReference};
use crate::place::{Command, Decision, Place};

/// What is decided about a rejected row on the command line.
#[derive(Clone, Debug)]
pub(super) struct RowDecision {
    file: String,
    row: u32,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    /// Another text in a column; the proposed repair where none is named.
    Fix {
        column: String,
        value: String,
    },
    Exclude(String),
}

/// `council.csv:118:Amount=12.50`.
pub(super) fn read_fix(text: &str) -> Result<RowDecision, String> {
    let wrong = || {
        format!("\"{text}\" mends no row; write FILE:ROW:COLUMN=VALUE, such as council.csv:118:Amount=12.50")
    };
    // From the left: a value may hold the sign, and what names a row does not.
    let (place, value) = text.split_once('=').ok_or_else(wrong)?;
    let (row, column) = place.rsplit_once(':').ok_or_else(wrong)?;
    let (file, row) = read_row(row)?;
    let what = What::Fix { column: column.trim().to_owned(), value: value.trim().to_owned() };
    Ok(RowDecision { file, row, what })
}

/// `council.csv:118=paid twice`.
pub(super) fn read_exclusion(text: &str) -> Result<RowDecision, String> {
    let (row, reason) = text.split_once('=').ok_or_else(|| {
        format!("\"{text}\" leaves no row out; write FILE:ROW=REASON, such as council.csv:118=\"paid twice\"")
    })?;
    let (file, row) = read_row(row)?;
    Ok(RowDecision { file, row, what: What::Exclude(reason.trim().to_owned()) })
}

/// Carries out what was decided, one after the other.
pub(super) fn decide_rows(place: &mut Place, decisions: &[RowDecision]) -> Result<(), Failed> {
    for decision in decisions {
        let refuse = |what: String| cannot_run(format!("{}, row {}: {what}", decision.file, decision.row));
        let is_it =
            |source: &&crate::ledger::Source| source.key == decision.file || source.file == decision.file;
        let source =
            place.sources.iter().find(is_it).ok_or_else(|| refuse("there is no such file".to_owned()))?;
        let rejects = place.rejects.iter().find(|rejects| rejects.source == source.key);
        let known = rejects.and_then(|rejects| Some((rejects, rejects.row(decision.row)?)));
        if let (None, What::Exclude(reason)) = (known, &decision.what) {
            leave_out_line(place, &source.key.clone(), decision.row, reason).map_err(refuse)?;
            continue;
        }
        let (rejects, row) = known.ok_or_else(|| refuse("this row was not rejected".to_owned()))?;
        let (source_key, number) = (source.key.clone(), decision.row);
        let decision = match &decision.what {
            What::Exclude(reason) => {
                Decision::ExcludeReject { source: source_key, row: number, reason: reason.clone() }
            }
            What::Fix { column, value } => {
                let mut cells = match &row.fate {
                    Fate::Fixed(cells) => cells.clone(),
                    Fate::Open | Fate::Excluded(_) => {
                        // Several --fix of one row build on each other, the first on the repair that was
                        // proposed.
                        row.proposal.clone().unwrap_or_else(|| row.cells.clone())
                    }
                };
                let at = column_of(rejects, column).map_err(refuse)?;
                // A row that was rejected for having too few cells has none there yet.
                cells.resize(cells.len().max(at + 1), String::new());
                cells[at].clone_from(value);
                let lines = rejects.read_again(source, number, &cells).map_err(refuse)?;
                Decision::FixReject { source: source_key, row: number, cells, lines }
            }
        };
        Command::Decide(Box::new(decision)).apply(place).map_err(|error| cannot_run(error.to_string()))?;
    }
    Ok(())
}

/// Leaves out what a row was read as.
fn leave_out_line(place: &mut Place, source: &str, row: u32, reason: &str) -> Result<(), String> {
    let read = place.lines_as_read();
    let is_of_row = |line: &LineId| {
        let provenance = read.provenance(*line);
        provenance.row == Some(row) && provenance.source.is_some_and(|known| known.key == source)
    };
    let lines: Vec<LineId> = (0..read.len() as u32).map(LineId).filter(is_of_row).collect();
    if lines.is_empty() {
        return Err("no line was read from this row, and it was not rejected".to_owned());
    }
    let decision =
        Decision::LeaveOut { lines: LineReference::to_each(read, &lines), reason: reason.to_owned() };
    Command::Decide(Box::new(decision)).apply(place).map_err(|error| error.to_string())
}

/// The place of a column by its heading.
fn column_of(rejects: &Rejects, heading: &str) -> Result<usize, String> {
    let wanted = comparison_key(heading);
    let found = rejects.map.columns.iter().position(|column| comparison_key(&column.heading) == wanted);
    found.ok_or_else(|| {
        let known: Vec<&str> = rejects.map.columns.iter().map(|column| column.heading.trim()).collect();
        format!("there is no column \"{heading}\"; its columns are {}", known.join(", "))
    })
}
