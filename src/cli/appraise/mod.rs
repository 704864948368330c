//! `shadowpool appraise`: who pays for a programme and who gains by it, as a table, CSV or JSON; other sharing rules
//! are tried with `--share`.

mod cells;
mod json;
mod text;

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::load::load_place;
use super::output::{OutputArgs, save};
use super::{Failed, Status, cannot_run};
use crate::appraisal::SharingRule;
use crate::export::{self, TableCell, cells_csv};
use crate::import::ImportOptions;
use crate::place::Place;
use crate::scene::AgreementText;

#[derive(Args, Debug)]
pub struct AppraiseCommand {
    /// The place (.ron)
    place: PathBuf,
    /// The appraisal to work out; without it, the appraisals are listed
    #[arg(long, value_name = "NAME")]
    appraisal: Option<String>,
    /// Another sharing rule than the appraisal's own, to see what comes of it
    #[arg(long, value_name = "RULE", requires = "appraisal")]
    share: Option<TriedRule>,
    #[arg(long, value_enum, default_value_t = AppraiseFormat::Table)]
    format: AppraiseFormat,
    /// Writes the investment agreement to a file: .md, .docx or .pdf
    #[arg(long, value_name = "OUT", requires = "appraisal")]
    agreement: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AppraiseFormat {
    Table,
    Csv,
    Json,
}

/// A rule that needs nothing else to be said: its number among them.
#[derive(Clone, Copy, Debug)]
struct TriedRule(usize);

impl ValueEnum for TriedRule {
    fn value_variants<'a>() -> &'a [Self] {
        const RULES: [TriedRule; SharingRule::PLAIN.len()] =
            [TriedRule(0), TriedRule(1), TriedRule(2), TriedRule(3), TriedRule(4)];
        &RULES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.rule().key()))
    }
}

impl TriedRule {
    fn rule(self) -> &'static SharingRule {
        const RULES: &[SharingRule; 5] = &SharingRule::PLAIN;
        &RULES[self.0]
    }
}

impl AppraiseCommand {
    pub(super) fn run(&self, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
        let files = std::slice::from_ref(&self.place);
        let (place, status) = load_place(files, &ImportOptions::default(), said)?;
        let Some(name) = &self.appraisal else {
            write!(out, "{}", self.list(&place))?;
            return Ok(status);
        };
        let appraisal = place.appraisal(name).map_err(|error| cannot_run(error.to_string()))?;
        let appraised = place.appraise(appraisal, self.share.map(TriedRule::rule));
        if let Some(path) = &self.agreement {
            self.write_agreement(path, &AgreementText::of(&place, appraisal, &appraised), &place, said)?;
        }
        let text = match self.format {
            AppraiseFormat::Json => in_json(&json::AppraisalOut::of(appraisal, &appraised)),
            AppraiseFormat::Csv => cells::cells(appraisal, &appraised),
            AppraiseFormat::Table => text::table(appraisal, &appraised),
        };
        if !matches!(self.format, AppraiseFormat::Json) {
            said.extend(appraised.findings.iter().map(ToString::to_string));
        }
        out.write_all(text.as_bytes())?;
        Ok(if appraised.is_broken() { Status::DataHasErrors } else { status })
    }

    fn write_agreement(
        &self,
        path: &Path,
        text: &AgreementText,
        place: &Place,
        said: &mut Vec<String>,
    ) -> Result<(), Failed> {
        self.output.spare_inputs(path, [&self.place])?;
        self.output.spare_sources(path, place)?;
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let bytes = match ending.as_deref() {
            Some("md") => export::agreement_markdown(text).into_bytes(),
            Some("docx") => export::agreement_docx(text),
            Some("pdf") => export::agreement_pdf(text).map_err(|error| cannot_run(error.to_string()))?,
            _ => {
                let path = path.display();
                return Err(cannot_run(format!(
                    "{path}: an agreement is written to a .md, .docx or .pdf file"
                )));
            }
        };
        save(path, &bytes, said)
    }

    fn list(&self, place: &Place) -> String {
        let names: Vec<&str> = place.appraisals.iter().map(|appraisal| appraisal.name.as_str()).collect();
        match self.format {
            AppraiseFormat::Json => in_json(&AppraisalList { appraisals: names }),
            AppraiseFormat::Csv => {
                let names = ["appraisal"].into_iter().chain(names);
                cells_csv(names.map(|name| vec![TableCell::Text(Cow::Borrowed(name))]))
            }
            AppraiseFormat::Table if names.is_empty() => "No appraisals\n".to_owned(),
            AppraiseFormat::Table => {
                let names: Vec<String> = names.into_iter().map(super::printable).collect();
                names.join("\n") + "\n"
            }
        }
    }
}

#[derive(Serialize)]
struct AppraisalList<'a> {
    appraisals: Vec<&'a str>,
}

pub(super) fn in_json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
