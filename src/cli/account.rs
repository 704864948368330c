//! What was read of each file, what was not and why, and what is asked: as text and as JSON.

use std::io::Write;

use serde_json::{Value, json};

use super::printable;
use crate::agree::Verdict;
use crate::import::{FileReport, Numbers, Severity, ToldNumbers};
use crate::ledger::{ControlTotal, Filter};
use crate::money::{Money, in_full};
use crate::store::Loaded;
use crate::words::counted_plain;

/// What was read of each file, what was not and why, and what is asked, as text.
pub(super) fn write_account(out: &mut impl Write, loaded: &Loaded) -> std::io::Result<()> {
    if let Some((path, place)) = &loaded.place {
        let (lines, total) = (place.ledger.len(), in_full(place.ledger.total()));
        let lines = counted_plain(lines, "line");
        writeln!(
            out,
            "{}: a place, {} with {lines}, {total}",
            printable(&path.display().to_string()),
            printable(&place.name)
        )?;
    }
    for file in &loaded.files {
        let encoding = file.encoding.map_or_else(String::new, |encoding| format!(", {encoding}"));
        writeln!(out, "{}: {}{encoding}", printable(&file.name), file.format)?;
        writeln!(
            out,
            "  {} rows: {} read, {} passed over, {} rejected; {}, {}",
            file.rows,
            file.read,
            file.skipped_rows + file.heading_rows,
            file.rejected,
            counted_plain(file.lines, "line"),
            in_full(file.total)
        )?;
        let columns: Vec<String> = file
            .columns()
            .iter()
            .map(|(field, heading)| format!("{} from \"{heading}\"", field.key()))
            .collect();
        if !columns.is_empty() {
            writeln!(out, "  columns: {}", printable(&columns.join(", ")))?;
        }
        if let Some(numbers) = &file.numbers {
            let told: Vec<String> = numbers.told.iter().map(told_words).collect();
            writeln!(
                out,
                "  {}: {} read as amounts; {}",
                counted_plain(numbers.cells, "number"),
                numbers.amounts,
                printable(&told.join("; "))
            )?;
        }
        for skipped in &file.skipped {
            let reason = skipped.reason.words();
            writeln!(out, "  row {}: {reason}: {}", skipped.row, printable(&skipped.text))?;
        }
        for problem in &file.problems {
            writeln!(out, "  {} [{}]", printable(&problem.message), problem.code)?;
            for (at, reading) in problem.readings.iter().enumerate() {
                let how = if at == 0 { "as it is read" } else { reading.choose.as_str() };
                let lines = counted_plain(reading.lines, "line");
                writeln!(out, "    {}: £{}, {lines}", printable(how), reading.total)?;
            }
        }
    }
    Ok(())
}

fn told_words(told: &ToldNumbers) -> String {
    let sum = if told.is_money { format!(" ({})", in_full(told.sum)) } else { String::new() };
    format!("{} {}{sum}", told.cells, told.what)
}

/// How many questions are open; a control total that was given and agrees answers those of its file.
pub(super) fn open_questions(loaded: &Loaded, verdicts: &[Verdict], given: &[ControlTotal]) -> usize {
    let is_alone = loaded.files.len() == 1 && loaded.place.is_none();
    let is_proved = |file: &FileReport| {
        let agreeing = verdicts.iter().filter(|verdict| verdict.agreement.agrees());
        agreeing.map(|verdict| &verdict.control).filter(|control| given.contains(control)).any(|control| {
            let counts_all = control.file.is_empty() && control.lines == Filter::default();
            control.file == file.source.key || is_alone && counts_all
        })
    };
    let asks = loaded.files.iter().filter(|file| !is_proved(file)).flat_map(|file| &file.problems);
    asks.filter(|problem| problem.severity == Severity::Question).count()
}

fn control_json(verdict: &Verdict) -> Value {
    let explanations: Vec<Value> = verdict
        .explanations
        .iter()
        .map(|explanation| json!({ "cause": explanation.cause, "message": explanation.words }))
        .collect();
    json!({
        "name": verdict.control.name, "amount": verdict.control.amount.to_string(),
        "found": verdict.agreement.found.to_string(), "difference": verdict.agreement.difference.to_string(),
        "agrees": verdict.agreement.agrees(), "explanations": explanations,
    })
}

/// What was read, as the documented JSON; files that could not be read at all have their problem alone.
pub(super) fn account_json(loaded: &Loaded, verdicts: &[Verdict]) -> Value {
    let mut files: Vec<Value> = loaded.place.iter().map(|(path, place)| place_json(path, place)).collect();
    files.extend(loaded.files.iter().map(file_json));
    files.extend(loaded.failures.iter().map(|failure| {
        let code = failure.problem.as_ref().map_or_else(|| "place-unreadable".to_owned(), |problem| problem.code.key());
        json!({
            "file": failure.path.display().to_string(), "format": null, "encoding": null, "sheet": null,
            "header_row": null, "columns": {}, "lines": 0, "total": "0.00", "negative_lines": 0, "skipped": [],
            "problems": [{
                "row": null, "column": null, "severity": "error", "code": code, "message": failure.message,
            }],
        })
    }));
    let (lines, total) = sums(loaded);
    let controls: Vec<Value> = verdicts.iter().map(control_json).collect();
    json!({ "files": files, "lines": lines, "total": total.to_string(), "control_totals": controls })
}

/// The lines of all files, and what they come to.
pub(super) fn sums(loaded: &Loaded) -> (usize, Money) {
    let ledgers = loaded
        .place
        .iter()
        .map(|(_, place)| &place.ledger)
        .chain(loaded.additions.iter().map(|addition| &addition.ledger));
    ledgers.fold((0, Money::ZERO), |(lines, total), ledger| (lines + ledger.len(), total + ledger.total()))
}

fn place_json(path: &std::path::Path, place: &crate::place::Place) -> Value {
    // A place has no rows that were read: what is told of a file and cannot be told of it is null or nothing.
    let negative = place.ledger.lines().filter(|line| line.amount().is_negative()).count();
    json!({
        "file": path.display().to_string(), "format": "ron", "encoding": "utf-8", "sheet": null, "header_row": null,
        "columns": {}, "lines": place.ledger.len(), "total": place.ledger.total().to_string(),
        "negative_lines": negative, "skipped": [], "problems": [],
    })
}

fn file_json(file: &FileReport) -> Value {
    let columns: serde_json::Map<String, Value> =
        file.columns().into_iter().map(|(field, heading)| (field.key(), Value::String(heading))).collect();
    let skipped: Vec<Value> = file
        .skipped
        .iter()
        .map(|skipped| json!({ "row": skipped.row, "reason": skipped.reason, "text": skipped.text }))
        .collect();
    json!({
        "file": file.name, "format": file.format, "encoding": file.encoding.map(|encoding| encoding.to_string()),
        "sheet": file.sheet, "header_row": file.header_row, "columns": columns, "lines": file.lines,
        "total": file.total.to_string(), "negative_lines": file.negative_lines, "rows": file.rows,
        "rejected": file.rejected, "skipped": skipped, "problems": file.problems,
        "numbers": file.numbers.as_ref().map(numbers_json),
    })
}

fn told_json(told: &ToldNumbers) -> Value {
    let mut told_of = json!({ "what": told.what, "cells": told.cells });
    if told.is_money {
        told_of["sum"] = json!(told.sum);
    }
    told_of
}

/// What became of every number of a file.
fn numbers_json(numbers: &Numbers) -> Value {
    let by: Vec<Value> = numbers.told.iter().map(told_json).collect();
    json!({ "cells": numbers.cells, "amounts": numbers.amounts, "told": numbers.told_cells(), "by": by })
}
