//! `shadowpool totals`: sums by chosen dimensions, of files of any size, as a table, CSV or JSON.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::agreeing::counted_once;
use super::load::{filter_of, load_place, read_dimension, read_where, with_scenario};
use super::reading::ReadingArgs;
use super::{Failed, Status};
use crate::dimension::{Dimension, NameId};
use crate::export;
use crate::import::{ImportOptions, Retention};
use crate::ledger::{self, Filter};
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
        // For the word about budgets and outturns that were added together.
        asked.push(Dimension::Basis);
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
        let (place, status) = load_place(&self.files, &self.options(), said)?;
        let (place, status) = with_scenario(&place, self.scenario.as_deref(), status, said)?;
        let filter = filter_of(&place, &self.conditions, &Filter::default(), said);
        let ledger = if self.with_transfers {
            place.all_lines()
        } else {
            said.extend(counted_once(&place, &filter));
            &place.ledger
        };
        let totals = ledger::Totals::of(ledger, &filter, &self.by);
        said.extend(mixed_bases(ledger, &filter));
        let stamp = place.shown_scenario().filter(|_| self.scenario.is_some()).and_then(Scenario::stamp);
        let text = match self.format {
            TotalsFormat::Table => stamped(export::totals_text(&totals), stamp),
            TotalsFormat::Csv => export::totals_csv(&totals, stamp),
            TotalsFormat::Json => export::totals_json(&totals, stamp),
        };
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            writeln!(out)?;
        }
        Ok(status)
    }
}

/// What a scenario says of itself stands above its figures.
fn stamped(text: String, stamp: Option<&str>) -> String {
    stamp.map_or_else(|| text.clone(), |stamp| format!("{stamp}\n\n{text}"))
}

/// A word about a sum of different things, such as budgets and outturns.
fn mixed_bases(ledger: &ledger::Ledger, filter: &Filter) -> Option<String> {
    let cells = filter.resolve(ledger).cells(false);
    let names = ledger.names(Dimension::Basis);
    let bases: Vec<&str> = cells
        .occurring(Dimension::Basis)
        .into_iter()
        .filter(|id| *id != NameId::NOT_STATED)
        .map(|id| names.name(id))
        .collect();
    (bases.len() > 1).then(|| {
        format!(
            "the total adds different bases ({}); choose one with --where basis=\"{}\"",
            bases.join(", "),
            bases[0]
        )
    })
}
