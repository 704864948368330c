//! `shadowpool check`: what was read of each file, what was not and why, and whether control totals agree. It
//! changes nothing.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::agreeing::{agreeing_json, agreeing_lines, read_row, why_lines, write_proposals};
use super::load::{control_lines, load, read_control, status_of, with_controls};
use super::output::{OutputArgs, save};
use super::reading::ReadingArgs;
use super::{Failed, Status, cannot_run, printable};
use crate::agree::{self, LeftOut, Verdict};
use crate::export;
use crate::import::{FileReport, ImportOptions, Numbers, Severity};
use crate::money::{Money, in_full};
use crate::place::Place;
use crate::scene::audit;
use crate::store::Loaded;
use crate::words::counted_plain;

#[derive(Args, Debug)]
pub struct CheckCommand {
    /// Places (.ron) or spending files; - is CSV from standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A figure that a file, an agency or a year must agree to, such as council.csv="1,240.00"; may be repeated
    #[arg(long = "control", value_name = "NAME=AMOUNT", value_parser = read_control)]
    controls: Vec<(String, Money)>,
    /// Why the line of this row is under its theme, such as council.csv:118; may be repeated
    #[arg(long, value_name = "FILE:ROW", value_parser = read_row)]
    why: Vec<(String, u32)>,
    /// Writes the audit: sources, control totals, rows left out, transfers, names, rules (.xlsx, .csv or .txt)
    #[arg(long, value_name = "AUDIT.xlsx")]
    audit: Option<PathBuf>,
    /// Writes the rows that could not be read
    #[arg(long, value_name = "REJECTS.csv")]
    rejects: Option<PathBuf>,
    /// Writes names that may be one, and public bodies that may be agencies, to be edited and given to import --names
    #[arg(long, value_name = "NAMES.ron")]
    proposals: Option<PathBuf>,
    /// Takes the readings as they are, where the files leave questions
    #[arg(long)]
    accept: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    format: CheckFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CheckFormat {
    Text,
    Json,
}

impl CheckCommand {
    pub(super) fn run(&self, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
        let outputs = [&self.audit, &self.rejects, &self.proposals];
        for path in outputs.into_iter().flatten() {
            self.output.spare_inputs(path, &self.files)?;
        }
        // What explains a difference are rows that became no line, which a place alone does not know.
        let (loaded, status) =
            load(&self.files, &ImportOptions { balance: true, ..self.reading.options() }, said)?;
        let left_out: Vec<LeftOut> = loaded.files.iter().flat_map(agree::left_out).collect();
        let mut place = loaded.to_place();
        let given = with_controls(&mut place, &self.controls);
        let verdicts = place.verdicts(&left_out);
        for path in outputs.into_iter().flatten() {
            self.output.spare_sources(path, &place)?;
        }
        if let Some(path) = &self.audit {
            write_audit(path, &place, said)?;
        }
        if let Some(path) = &self.rejects {
            save(path, export::rejects_csv(&place.rejects).as_bytes(), said)?;
        }
        if let Some(path) = &self.proposals {
            write_proposals(path, &place, said)?;
        }
        match self.format {
            CheckFormat::Json => {
                let mut json = as_json(&loaded, &verdicts);
                json["agreeing"] = agreeing_json(&place);
                serde_json::to_writer_pretty(&mut *out, &json).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            CheckFormat::Text => {
                write_text(out, &loaded, &verdicts)?;
                let why = self.why.iter().flat_map(|row| why_lines(&place, row));
                for line in agreeing_lines(&place).into_iter().chain(why) {
                    writeln!(out, "{}", printable(&line))?;
                }
            }
        }
        let asks = loaded.files.iter().flat_map(|file| &file.problems);
        let is_open = !self.accept && asks.into_iter().any(|problem| problem.severity == Severity::Question);
        let status = if is_open && status == Status::Fine { Status::DataHasErrors } else { status };
        Ok(status_of(status, &verdicts, &given))
    }
}

fn write_audit(path: &Path, place: &Place, said: &mut Vec<String>) -> Result<(), Failed> {
    let audit = audit(place);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "xlsx" => {
            let bytes = export::audit_workbook(&place.name, &audit);
            save(path, &bytes.map_err(|error| cannot_run(error.to_string()))?, said)
        }
        "csv" => save(path, export::audit_csv(&audit).as_bytes(), said),
        "txt" => save(path, export::audit_text(&audit).as_bytes(), said),
        _ => Err(cannot_run(format!("{}: an audit is written as .xlsx, .csv or .txt", path.display()))),
    }
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
fn as_json(loaded: &Loaded, verdicts: &[Verdict]) -> Value {
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

fn sums(loaded: &Loaded) -> (usize, Money) {
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

/// What became of every number of a file.
fn numbers_json(numbers: &Numbers) -> Value {
    let by: Vec<Value> =
        numbers.told.iter().map(|(what, cells)| json!({ "what": what, "cells": cells })).collect();
    json!({ "cells": numbers.cells, "amounts": numbers.amounts, "told": numbers.told_cells(), "by": by })
}

fn write_text(out: &mut impl Write, loaded: &Loaded, verdicts: &[Verdict]) -> std::io::Result<()> {
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
            let told: Vec<String> =
                numbers.told.iter().map(|(what, cells)| format!("{cells} {what}")).collect();
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
    for line in control_lines(verdicts) {
        writeln!(out, "{}", printable(&line))?;
    }
    let (lines, total) = sums(loaded);
    writeln!(out, "{}, {}", counted_plain(lines, "line"), in_full(total))
}
