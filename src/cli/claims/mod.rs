//! `shadowpool claims`: published headline figures of one or several places with their bases, and what they come to
//! together where these allow.

mod bridges;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use bridges::{BridgeOut, ListedBridge};

use super::load::load_place;
use super::{Failed, Status};
use crate::appraisal::{
    AddedClaims, AppraisalCode, AppraisalFinding, Claim, ClaimNet, add_claims, claim_findings,
};
use crate::export::{TableCell, TextColumn, cells_csv, table_text};
use crate::import::ImportOptions;
use crate::money::{Money, Rate};
use crate::place::Place;

#[derive(Args, Debug)]
pub struct ClaimsCommand {
    /// The places (.ron)
    #[arg(required = true)]
    places: Vec<PathBuf>,
    /// What they come to together, where their bases allow
    #[arg(long)]
    add: bool,
    #[arg(long, value_enum, default_value_t = ClaimsFormat::Table)]
    format: ClaimsFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ClaimsFormat {
    Table,
    Csv,
    Json,
}

impl ClaimsCommand {
    pub(super) fn run(&self, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
        let mut places = Vec::new();
        let mut worst = Status::Fine;
        for path in &self.places {
            let (place, status) = load_place(std::slice::from_ref(path), &ImportOptions::default(), said)?;
            if status != Status::Fine {
                worst = status;
            }
            places.push(place);
        }
        let listed: Vec<ListedClaim<'_>> = places.iter().flat_map(ListedClaim::of_place).collect();
        let claims: Vec<&Claim> = listed.iter().map(|listed| listed.claim).collect();
        let mut findings = claim_findings(&claims);
        let bridges: Vec<ListedBridge<'_>> =
            places.iter().flat_map(|place| ListedBridge::of_place(place, &mut findings)).collect();
        let added = self.add.then(|| add_claims(&claims));
        if let Some(Err(words)) = &added {
            let message = words.replace('\n', " ");
            findings.push(AppraisalFinding::of_claims(AppraisalCode::ClaimBasesDiffer, message));
        }
        let text = match self.format {
            ClaimsFormat::Json => {
                super::appraise::in_json(&ClaimsOut::of(&listed, &bridges, added.as_ref(), &findings))
            }
            ClaimsFormat::Csv => csv(&listed),
            ClaimsFormat::Table => {
                let bridges: String = bridges.iter().map(ListedBridge::table).collect();
                table(&listed, added.as_ref()) + &bridges
            }
        };
        // What the table says already is not said again.
        let is_said = |finding: &&AppraisalFinding| {
            matches!(self.format, ClaimsFormat::Table) && finding.code == AppraisalCode::ClaimBasesDiffer
        };
        if !matches!(self.format, ClaimsFormat::Json) {
            said.extend(findings.iter().filter(|finding| !is_said(finding)).map(ToString::to_string));
        }
        out.write_all(text.as_bytes())?;
        let is_broken = findings.iter().any(|finding| finding.code.is_broken());
        Ok(if is_broken { Status::DataHasErrors } else { worst })
    }
}

/// A claim, and how the place that has it names its source.
struct ListedClaim<'a> {
    claim: &'a Claim,
    source: String,
}

impl<'a> ListedClaim<'a> {
    fn of_place(place: &'a Place) -> Vec<Self> {
        let source = |claim: &Claim| {
            let found = place.sources.iter().find(|source| source.key == claim.source);
            found.map_or_else(|| claim.source.clone(), |source| source.title.clone())
        };
        place.claims.iter().map(|claim| Self { claim, source: source(claim) }).collect()
    }
}

fn table(listed: &[ListedClaim<'_>], added: Option<&Result<AddedClaims, String>>) -> String {
    if listed.is_empty() {
        return "No claims\n".to_owned();
    }
    let claims = || listed.iter().map(|listed| listed.claim);
    let sum = added.and_then(|added| added.as_ref().ok());
    let amounts =
        |end: fn(&Claim) -> Money, all: Option<Money>| claims().map(end).chain(all).collect::<Vec<_>>();
    let foot = sum.map(|_| "");
    let years: Vec<String> = claims().map(|claim| claim.years.to_string()).collect();
    let columns = [
        TextColumn::names("Of", claims().map(|claim| claim.of.as_str()).chain(sum.map(|_| "All"))),
        TextColumn::names("Claim", claims().map(|claim| claim.name.as_str()).chain(foot)),
        TextColumn::amounts("From (£)", &amounts(|claim| claim.from, sum.map(|sum| sum.from))),
        TextColumn::amounts("To (£)", &amounts(|claim| claim.to, sum.map(|sum| sum.to))),
        TextColumn::names("Measure", claims().map(|claim| claim.measure.name()).chain(foot)),
        TextColumn::names("Net", claims().map(|claim| net(claim.net)).chain(foot)),
        TextColumn::names("Cash", claims().map(|claim| claim.cash.name()).chain(foot)),
        TextColumn::names("Years", years.iter().map(String::as_str).chain(foot)),
        TextColumn::names("Source", listed.iter().map(|listed| listed.source.as_str()).chain(foot)),
    ];
    let mut out = table_text(&columns, sum.is_some());
    if let Some(Err(words)) = added {
        out.push_str(words);
        out.push('\n');
    }
    out
}

/// As a narrow column has it.
const fn net(net: ClaimNet) -> &'static str {
    match net {
        ClaimNet::NotStated => "?",
        stated => stated.name(),
    }
}

fn csv(listed: &[ListedClaim<'_>]) -> String {
    let headings =
        ["of", "claim", "from", "to", "measure", "net", "cash", "years", "basis", "source", "note"];
    let headings = headings.map(|heading| TableCell::Text(heading.into())).to_vec();
    let rows = listed.iter().map(|ListedClaim { claim, source }| {
        vec![
            TableCell::Text(claim.of.as_str().into()),
            TableCell::Text(claim.name.as_str().into()),
            TableCell::Amount(claim.from),
            TableCell::Amount(claim.to),
            TableCell::Text(claim.measure.name().into()),
            TableCell::Text(claim.net.name().into()),
            TableCell::Text(claim.cash.name().into()),
            TableCell::Text(claim.years.to_string().into()),
            TableCell::Text(claim.basis.as_str().into()),
            TableCell::Text(source.as_str().into()),
            TableCell::Text(claim.note.as_str().into()),
        ]
    });
    cells_csv(std::iter::once(headings).chain(rows))
}

#[derive(Serialize)]
struct ClaimsOut<'a> {
    claims: Vec<ClaimOut<'a>>,
    bridges: Vec<BridgeOut<'a>>,
    /// None where nothing was asked for, or where bases do not allow it.
    added: Option<AddedOut>,
    /// Why they are not added.
    refused: Option<&'a str>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct AddedOut {
    from: Money,
    to: Money,
}

#[derive(Serialize)]
struct ClaimOut<'a> {
    of: &'a str,
    claim: &'a str,
    from: Money,
    to: Money,
    measure: &'static str,
    net: &'static str,
    cash: &'static str,
    years: String,
    basis: &'a str,
    source: &'a str,
    note: &'a str,
    parts: Vec<ClaimPartOut<'a>>,
    /// What of it no part has.
    not_itemised: Money,
    /// How much of it is cash, where its parts say so.
    cash_share: Option<Rate>,
}

#[derive(Serialize)]
struct ClaimPartOut<'a> {
    name: &'a str,
    amount: Money,
    cash: &'static str,
}

impl<'a> ClaimsOut<'a> {
    fn of(
        listed: &'a [ListedClaim<'_>],
        bridges: &[ListedBridge<'a>],
        added: Option<&'a Result<AddedClaims, String>>,
        findings: &[AppraisalFinding],
    ) -> Self {
        Self {
            claims: listed.iter().map(ClaimOut::of).collect(),
            bridges: bridges.iter().map(BridgeOut::of).collect(),
            added: added
                .and_then(|added| added.as_ref().ok())
                .map(|added| AddedOut { from: added.from, to: added.to }),
            refused: added.and_then(|added| added.as_ref().err()).map(String::as_str),
            warnings: findings.iter().map(ToString::to_string).collect(),
        }
    }
}

impl<'a> ClaimOut<'a> {
    fn of(listed: &'a ListedClaim<'_>) -> Self {
        let claim = listed.claim;
        let part = |part: &'a crate::appraisal::ClaimPart| ClaimPartOut {
            name: &part.name,
            amount: part.amount,
            cash: part.cash.name(),
        };
        Self {
            of: &claim.of,
            claim: &claim.name,
            from: claim.from,
            to: claim.to,
            measure: claim.measure.name(),
            net: claim.net.name(),
            cash: claim.cash.name(),
            years: claim.years.to_string(),
            basis: &claim.basis,
            source: &listed.source,
            note: &claim.note,
            parts: claim.parts.iter().map(part).collect(),
            not_itemised: claim.not_itemised(),
            cash_share: claim.cash_share().map(Rate::of),
        }
    }
}
