use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::load::load;
use super::{Failed, Status, printable};
use crate::import::{FileReport, ImportOptions};
use crate::money::{Money, in_full};
use crate::store::Loaded;

#[derive(Args, Debug)]
pub struct Check {
    /// Places (.ron) or spending files; - is CSV from standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Check {
    pub(super) fn run(&self, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
        let (loaded, status) = load(&self.files, &ImportOptions::default(), said)?;
        match self.format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &as_json(&loaded)).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            Format::Text => write_text(out, &loaded)?,
        }
        Ok(status)
    }
}

/// What was read, as the documented JSON; files that could not be read at all have their problem alone.
fn as_json(loaded: &Loaded) -> Value {
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
    json!({ "files": files, "lines": lines, "total": total.to_string() })
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
    })
}

fn write_text(out: &mut impl Write, loaded: &Loaded) -> std::io::Result<()> {
    if let Some((path, place)) = &loaded.place {
        let (lines, total) = (place.ledger.len(), in_full(place.ledger.total()));
        writeln!(out, "{}: a place, {} with {lines} lines, {total}", path.display(), place.name)?;
        for control in place.control_totals.iter() {
            let agreement = control.compare(&place.ledger);
            let words = if agreement.agrees() {
                "agrees".to_owned()
            } else {
                format!("differs by {}", in_full(agreement.difference))
            };
            writeln!(out, "  control total {} {}: {words}", control.name, in_full(control.amount))?;
        }
    }
    for file in &loaded.files {
        let encoding = file.encoding.map_or_else(String::new, |encoding| format!(", {encoding}"));
        writeln!(out, "{}: {}{encoding}", printable(&file.name), file.format)?;
        writeln!(
            out,
            "  {} rows: {} read, {} passed over, {} rejected; {} lines, {}",
            file.rows,
            file.read,
            file.skipped_rows + file.heading_rows,
            file.rejected,
            file.lines,
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
        for skipped in &file.skipped {
            let reason = skipped.reason.words();
            writeln!(out, "  row {}: {reason}: {}", skipped.row, printable(&skipped.text))?;
        }
        for problem in &file.problems {
            writeln!(out, "  {} [{}]", printable(&problem.message), problem.code)?;
        }
    }
    let (lines, total) = sums(loaded);
    writeln!(out, "{lines} lines, {}", in_full(total))
}
