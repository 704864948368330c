//! `shadowpool check`: what was read of each file, what was not and why, and whether control totals agree. It
//! changes nothing.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::account::{account_json, open_questions, sums, write_account};
use super::agreeing::{agreeing_json, agreeing_lines, read_row, why_lines, write_proposals};
use super::load::{ask_of_lines_twice, control_lines, load, read_control, status_of, with_controls};
use super::output::{OutputArgs, save};
use super::reading::ReadingArgs;
use super::{Failed, Status, cannot_run, printable};
use crate::agree::{self, LeftOut};
use crate::export;
use crate::import::ImportOptions;
use crate::money::{Money, in_full};
use crate::place::Place;
use crate::scene::audit;
use crate::words::counted_plain;
use clap::{Args, ValueEnum};

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
        let (mut loaded, status) =
            load(&self.files, &ImportOptions { balance: true, ..self.reading.options() }, said)?;
        ask_of_lines_twice(&mut loaded, None, said);
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
                let mut json = account_json(&loaded, &verdicts);
                json["agreeing"] = agreeing_json(&place);
                serde_json::to_writer_pretty(&mut *out, &json).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            CheckFormat::Text => {
                write_account(out, &loaded)?;
                for line in control_lines(&verdicts) {
                    writeln!(out, "{}", printable(&line))?;
                }
                let (lines, total) = sums(&loaded);
                writeln!(out, "{}, {}", counted_plain(lines, "line"), in_full(total))?;
                let why = self.why.iter().flat_map(|row| why_lines(&place, row));
                for line in agreeing_lines(&place).into_iter().chain(why) {
                    writeln!(out, "{}", printable(&line))?;
                }
            }
        }
        let is_open = !self.accept && open_questions(&loaded, &verdicts, &given) > 0;
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
