//! `shadowpool totals`: sums by chosen dimensions, of files of any size, as a table, CSV or JSON.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::agreeing::counted_once;
use super::load::{filter_of, load_lines, read_dimension, read_where, with_scenario};
use super::reading::ReadingArgs;
use super::{Failed, Status};
use crate::dimension::Dimension;
use crate::export;
use crate::import::{Field, FileReport, ImportOptions, Retention};
use crate::ledger::{Filter, Periods, SeparateTotals};
use crate::pool::Scenario;

#[derive(Args, Debug)]
pub struct TotalsCommand {
    /// Places (.ron) or spending files; - is CSV from standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Dimensions to divide by, such as agency,theme
    #[arg(long, value_delimiter = ',', value_parser = read_dimension)]
    by: Vec<Dimension>,
    /// Only lines with this value, such as theme="Ageing Well"; may be repeated
    #[arg(long = "where", value_name = "DIM=VALUE", value_parser = read_where)]
    conditions: Vec<(Dimension, String)>,
    /// With this scenario of the place in place of what is
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Count what agencies of the place pay each other where it is paid, too
    #[arg(long, conflicts_with = "scenario")]
    with_transfers: bool,
    #[arg(long, value_enum, default_value_t = TotalsFormat::Table)]
    format: TotalsFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TotalsFormat {
    Table,
    Csv,
    Json,
}

impl TotalsCommand {
    /// Of a single file only the sums are kept that will be asked for: little memory, however long it is.
    fn options(&self) -> ImportOptions {
        let mut asked = self.by.clone();
        asked.extend(self.conditions.iter().map(|(dimension, _)| *dimension));
        // What is never added is told apart: budgets and outturns, and yearly figures of several years.
        asked.extend([Dimension::Basis, Dimension::Year]);
        // What is illustrative is said.
        asked.push(Dimension::Evidence);
        // Suppliers are told apart by the lines alone.
        // A data package may name many files, and places are read whole.
        let is_one_file =
            self.files.len() == 1 && self.files[0].extension().is_none_or(|ending| ending != "json");
        let needs_lines = !is_one_file || asked.contains(&Dimension::Supplier) || self.scenario.is_some();
        let keep = if needs_lines { Retention::Lines } else { Retention::SumsBy(asked) };
        ImportOptions { keep, ..self.reading.options() }
    }

    pub(super) fn run(&self, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
        let options = self.options();
        let (loaded, status) = load_lines(&self.files, &options, said)?;
        let of_file = periods_of(&loaded.files);
        let place = loaded.into_place();
        let (place, status) = with_scenario(&place, self.scenario.as_deref(), status, said)?;
        let filter = filter_of(&place, &self.conditions, &Filter::default(), said);
        let ledger = if self.with_transfers {
            place.all_lines()
        } else {
            said.extend(counted_once(&place, &filter));
            &place.ledger
        };
        let periods = if ledger.is_empty() { of_file } else { Periods::of(ledger, &filter) };
        let totals = SeparateTotals::of(ledger, &filter, &self.by, periods);
        let stamp = place.shown_scenario().filter(|_| self.scenario.is_some()).and_then(Scenario::stamp);
        let text = match self.format {
            TotalsFormat::Table => stamped(&export::separate_text(&totals), stamp),
            TotalsFormat::Csv => export::separate_csv(&totals, stamp),
            TotalsFormat::Json => export::separate_json(&totals, stamp),
        };
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            writeln!(out)?;
        }
        Ok(status)
    }
}

/// What a scenario says of itself stands above its figures.
fn stamped(text: &str, stamp: Option<&str>) -> String {
    stamp.map_or_else(|| text.to_owned(), |stamp| format!("{stamp}\n\n{text}"))
}

/// A file of which only sums are kept is a list of payments where a column has their dates.
fn periods_of(files: &[FileReport]) -> Periods {
    let is_dated = |file: &FileReport| {
        file.columns().iter().any(|(field, _)| matches!(field, Field::Date | Field::Month))
    };
    if !files.is_empty() && files.iter().all(is_dated) { Periods::DatedPayments } else { Periods::Yearly }
}
