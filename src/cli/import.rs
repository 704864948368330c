//! `shadowpool import`: files to a place, or to one that is there, with the decisions that make them agree.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;

use super::account::{open_questions, write_account};
use super::agreeing::{agreeing_lines, keep_payments_to_place, read_files_of_decisions, take_decisions};
use super::load::{
    ask_of_lines_twice, control_lines, load, read_control, read_where, status_of, with_controls,
};
use super::output::{OutputArgs, say_all};
use super::reading::ReadingArgs;
use super::rejects::{RowDecision, decide_rows, read_exclusion, read_fix};
use super::replacing::{already_there, keep_taken_over, read_like_before, replaced};
use super::{Failed, Status, cannot_run, printable};
use crate::agree::{self, LeftOut};
use crate::dimension::Dimension;
use crate::import::{Code, ColumnMap, FileReport, ImportOptions, Problem, Severity};
use crate::money::{Money, in_full};
use crate::place::first_view;
use crate::store::{self, Known, LeftByOthers, Loaded, PlaceLock, Shapes, save_known};
use crate::words::{counted_as, counted_plain};

#[derive(Args, Debug)]
pub struct ImportCommand {
    /// Spending files, and at most one place (.ron) to add them to
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// A remembered mapping of columns
    #[arg(long, value_name = "MAP.ron")]
    map: Option<PathBuf>,
    /// What holds for every line, such as agency="Town Council"; may be repeated
    #[arg(long, value_name = "DIM=VALUE", value_parser = read_where)]
    set: Vec<(Dimension, String)>,
    /// A figure that a file, an agency or a year must agree to, such as council.csv="1,240.00"; may be repeated
    #[arg(long = "control", value_name = "NAME=AMOUNT", value_parser = read_control)]
    controls: Vec<(String, Money)>,
    /// Rules for themes, or all decisions of another place; "standard" is the set that comes with the program
    #[arg(long, value_name = "RULES.ron")]
    rules: Vec<String>,
    /// Names that are one, and bodies that are agencies of the place; see `shadowpool check --proposals`
    #[arg(long, value_name = "NAMES.ron")]
    names: Vec<String>,
    /// Of this file, of a body that spends far beyond the place, only what it pays agencies of the place
    #[arg(long, value_name = "FILE")]
    payments_to_place: Vec<String>,
    /// The source of the place that the file is a newer version of, by its file's name; what changes is listed
    #[arg(long, value_name = "FILE")]
    replace: Option<String>,
    /// Where to keep how the columns were read, for the next file of the same layout and --map
    #[arg(long, value_name = "MAP.ron")]
    save_map: Option<PathBuf>,
    /// Mends a row that could not be read, such as council.csv:118:Amount=12.50; may be repeated
    #[arg(long, value_name = "FILE:ROW:COLUMN=VALUE", value_parser = read_fix)]
    fix: Vec<RowDecision>,
    /// Leaves a row out of the total, read or not, such as council.csv:118="paid twice"; may be repeated
    #[arg(long, value_name = "FILE:ROW=REASON", value_parser = read_exclusion)]
    exclude: Vec<RowDecision>,
    /// Takes the readings as they are, where the files leave questions
    #[arg(long)]
    accept: bool,
    /// The place to write
    #[arg(short = 'o', long = "output")]
    output: PathBuf,
    #[command(flatten)]
    outputs: OutputArgs,
}

impl ImportCommand {
    pub(super) fn run(&self, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
        if self.output.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("ron")) {
            let output = self.output.display();
            return Err(cannot_run(format!(
                "{output}: a place is written as .ron; name it {output}.ron, for example"
            )));
        }
        self.spare_files()?;
        let mut options = ImportOptions { set: self.set.clone(), balance: true, ..self.reading.options() };
        if let Some(map) = &self.map {
            options.column_maps = read_maps(map)?;
        }
        let before = self.replace.as_ref();
        let taken_over = before.and_then(|file| read_like_before(&self.files, file, &mut options));
        said.extend(taken_over.clone());
        // Before it is read: what another window saves meanwhile would be lost.
        let _lock = PlaceLock::take(&self.output, LeftByOthers::Ask)
            .map_err(|error| cannot_run(format!("{error}. Nothing was written")))?;
        let (mut loaded, status) = load(&self.files, &options, said)?;
        loaded.note_hashes();
        if let Some(words) = &taken_over {
            keep_taken_over(&mut loaded, words);
        }
        // A place of what could be read would pass for a place of all that was named.
        if let Some(failure) = loaded.failures.last() {
            said.retain(|words| *words != failure.message);
            return Err(cannot_run(format!(
                "{}. Nothing was written",
                failure.message.trim_end_matches('.')
            )));
        }
        if let Some(newer) = &loaded.newer {
            return Err(cannot_run(format!(
                "{}: {newer}; import would lose that. Use a newer Shadowpool. Nothing was written",
                loaded.place.as_ref().map(|(path, _)| path.display().to_string()).unwrap_or_default()
            )));
        }
        ask_of_lines_twice(&mut loaded, self.replace.as_deref(), said);
        // Before any decision is applied: the rows left out are what the files say, whoever decides what.
        let left_out: Vec<LeftOut> = loaded.files.iter().flat_map(agree::left_out).collect();
        let decisions = read_files_of_decisions(self.names.iter().chain(&self.rules))?;
        let (mut place, changes) = match &self.replace {
            Some(file) => replaced(&loaded, file)?,
            None => (loaded.to_place(), Vec::new()),
        };
        let notes = loaded.files.iter().flat_map(|file| &file.problems);
        said.extend(notes.filter(|note| note.code == Code::LayoutKnown).map(|note| note.message.clone()));
        said.extend(already_there(&loaded, self.replace.is_some()));
        // In this order: what is kept of a department's file depends on names, and rows are mended whoever is
        // kept.
        take_decisions(&mut place, decisions)?;
        keep_payments_to_place(&mut place, &self.payments_to_place, said)?;
        decide_rows(&mut place, &self.fix)?;
        decide_rows(&mut place, &self.exclude)?;
        if loaded.place.is_none() {
            // Themes that rules have given are worth a layer.
            place.view = first_view(&place.ledger).into();
        }
        let given = with_controls(&mut place, &self.controls);
        let verdicts = place.verdicts(&left_out);
        let open = open_questions(&loaded, &verdicts, &given);
        if open > 0 && !self.accept {
            write_account(out, &loaded)?;
            for line in control_lines(&verdicts) {
                writeln!(out, "{}", printable(&line))?;
            }
            said.push(format!(
                "{} open, and nothing was written: choose a reading by its option, prove it by --control, or take what was read with --accept",
                counted_as(open, "question is", "questions are")
            ));
            return Ok(Status::DataHasErrors);
        }
        let saved = save_known(&self.output, &place, self.known(&loaded), &mut |_| ControlFlow::Continue(()));
        let saved = saved.map_err(|error| cannot_run(error.to_string()))?;
        say_all(&self.output, saved.warnings, said);
        write_account(out, &loaded)?;
        // Last: where nothing came of the place, how its files were read is not kept either.
        if let Some(path) = &self.save_map {
            save_maps(path, &loaded.files, &options)?;
        }
        let (lines, total) = (place.ledger.len(), in_full(place.ledger.total()));
        write!(out, "{}: {}, {total}", self.output.display(), counted_plain(lines, "line"))?;
        let rows = place.rejects.iter().flat_map(|rejects| &rejects.rows);
        let rejected = rows.filter(|row| row.fate.is_open()).count();
        if rejected > 0 {
            let rows = counted_plain(rejected, "row");
            write!(out, "; {rows} rejected")?;
        }
        writeln!(out)?;
        for line in changes.into_iter().chain(control_lines(&verdicts)).chain(agreeing_lines(&place)) {
            writeln!(out, "  {}", printable(&line))?;
        }
        Ok(status_of(status, &verdicts, &given))
    }

    /// What is known of the file that is written: it is the place that was read, or may be replaced.
    fn known(&self, loaded: &Loaded) -> Known {
        match (&loaded.place, loaded.hash) {
            (Some((path, _)), Some(hash)) if store::is_same_file(path, &self.output) => Known::Content(hash),
            _ => Known::Anything,
        }
    }

    /// Refuses, before anything is read, to write over what is read or what nobody named.
    fn spare_files(&self) -> Result<(), Failed> {
        let decisions: Vec<PathBuf> = self.names.iter().chain(&self.rules).map(PathBuf::from).collect();
        self.outputs.spare_inputs(&self.output, decisions.iter().chain(&self.map))?;
        self.outputs.spare_others(&self.output, &self.files)?;
        let Some(map) = &self.save_map else { return Ok(()) };
        self.outputs.spare_places(map)?;
        // Maps gather in the file that they are read from.
        self.outputs.spare_inputs(map, self.files.iter().chain(&decisions).chain([&self.output]))
    }
}

fn read_maps(path: &Path) -> Result<Vec<ColumnMap>, Failed> {
    let bytes = store::read_bytes(path).map_err(|error| cannot_run(error.to_string()))?;
    let shapes = Shapes::read(&String::from_utf8_lossy(&bytes)).map_err(|error| {
        cannot_run(format!("{}: {error}; it should be a mapping of columns", path.display()))
    })?;
    Ok(shapes.maps)
}

/// Adds how these files were read to what is kept.
fn save_maps(path: &Path, files: &[FileReport], options: &ImportOptions) -> Result<(), Failed> {
    // Maps gather in one file, the latest of a layout in place of the one before.
    let mut shapes = Shapes { maps: if path.exists() { read_maps(path)? } else { Vec::new() } };
    for file in files {
        let is_of_currency =
            |problem: &Problem| problem.code == Code::CurrencyOther && problem.severity == Severity::Question;
        // A place was written, so what was asked was accepted.
        let accepts_currency = file.problems.iter().any(is_of_currency);
        shapes.remember(&options.map_to_keep(&file.map, accepts_currency), &file.name);
    }
    shapes.save(path).map_err(|error| cannot_run(error.to_string()))
}
