//! `shadowpool pool`: a scenario worked out, as tables, CSV or JSON, and what of it cannot be followed.

mod text;

use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use text::{bills_text, partners_csv, tables};

use super::load::load_place;
use super::{Failed, Status, cannot_run};
use crate::dimension::Dimension;
use crate::export::{TableCell, cells_csv};
use crate::import::ImportOptions;
use crate::ledger::{AmountRange, Filter, Totals};
use crate::money::{Money, Rate, Share, in_full};
use crate::place::Place;
use crate::pool::{Bill, Model, NetPosition, Outturn, Purpose, Scenario, Variance};

#[derive(Args, Debug)]
pub struct PoolCommand {
    /// The place (.ron)
    place: PathBuf,
    /// The scenario to work out; without it, the scenarios are listed
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Who would pay, or be given back, if the pool spent so much more or less: 8%, -8%, 250k, -250k
    #[arg(long, value_name = "AMOUNT|PERCENT", allow_hyphen_values = true, requires = "scenario")]
    overspend: Option<Variance>,
    #[arg(long, value_enum, default_value_t = PoolFormat::Table)]
    format: PoolFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PoolFormat {
    Table,
    Csv,
    Json,
}

impl PoolCommand {
    pub(super) fn run(&self, out: &mut impl Write, said: &mut Vec<String>) -> Result<Status, Failed> {
        let files = std::slice::from_ref(&self.place);
        let (place, status) = load_place(files, &ImportOptions::default(), said)?;
        let Some(name) = &self.scenario else {
            write!(out, "{}", self.list(&place))?;
            return Ok(status);
        };
        let scenario = place.scenario(name).map_err(|error| cannot_run(error.to_string()))?;
        let model = scenario.model(&place.ledger);
        // Where nobody asks what if, the outturn says what is.
        let overspend = self.overspend.or_else(|| Some(Variance::Amount(model.outturn_variance(scenario)?)));
        let bills = overspend.map(|overspend| model.bills(scenario, overspend.of(model.balance.into_pool)));
        let text = match self.format {
            PoolFormat::Json => in_json(&ScenarioOut::of(scenario, &model, bills.as_deref())),
            PoolFormat::Csv => partners_csv(scenario, &model, bills.as_deref()),
            PoolFormat::Table => {
                let mut text = tables(scenario, &model);
                if let (Some(overspend), Some(bills)) = (overspend, &bills) {
                    text.push_str(&bills_text(scenario, overspend, &model, bills));
                }
                text
            }
        };
        if !matches!(self.format, PoolFormat::Json) {
            said.extend(model.findings.iter().map(ToString::to_string));
        }
        out.write_all(text.as_bytes())?;
        Ok(if model.broken().next().is_some() { Status::DataHasErrors } else { status })
    }

    fn list(&self, place: &Place) -> String {
        let names: Vec<&str> = place.scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
        match self.format {
            PoolFormat::Json => in_json(&ScenarioList { scenarios: names }),
            PoolFormat::Csv => {
                let names = ["scenario"].into_iter().chain(names);
                cells_csv(names.map(|name| vec![TableCell::Text(Cow::Borrowed(name))]))
            }
            PoolFormat::Table if names.is_empty() => "No scenarios\n".to_owned(),
            PoolFormat::Table => {
                let names: Vec<String> = names.into_iter().map(super::printable).collect();
                names.join("\n") + "\n"
            }
        }
    }
}

#[derive(Serialize)]
struct ScenarioList<'a> {
    scenarios: Vec<&'a str>,
}

/// What a scenario comes to, as the documented JSON: amounts and shares are decimal strings.
#[derive(Serialize)]
struct ScenarioOut<'a> {
    scenario: &'a str,
    pool: &'a str,
    arrangement: &'static str,
    host: Option<&'a str>,
    agreed: bool,
    years: Vec<String>,
    #[serde(rename = "in")]
    into_pool: Money,
    /// What that lies between, where some of it has a low and a high.
    #[serde(flatten)]
    ends: LowAndHigh,
    new_money: Money,
    allocated: Money,
    unallocated: Money,
    over: Money,
    /// Of what is in the pool, under a condition that says what it may fund.
    ring_fenced: Money,
    /// Of what is in the pool.
    illustrative: Rate,
    contributions: Vec<ContributionOut<'a>>,
    allocations: Vec<AllocationOut>,
    partners: Vec<PartnerOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outturn: Vec<OutturnOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bills: Option<Vec<BillOut<'a>>>,
    /// Where the over- or underspend falls, where the rule asks for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    bills_fall: Option<&'static str>,
    warnings: Vec<String>,
}

/// The least and the most that an amount may be; nothing where it is certain.
#[derive(Serialize)]
struct LowAndHigh {
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<Money>,
}

impl LowAndHigh {
    fn of(range: Option<AmountRange>) -> Self {
        Self { low: range.map(|range| range.low), high: range.map(|range| range.high) }
    }
}

/// What was spent in the end on what a partner answers for, or on a line.
#[derive(Serialize)]
struct OutturnOut {
    of: String,
    planned: Money,
    spent: Money,
}

impl OutturnOut {
    fn of(outturn: &Outturn, scenario: &Scenario, model: &Model) -> Self {
        let planned = model.planned(scenario, &outturn.of);
        Self { of: outturn.of.in_words(), planned, spent: outturn.spent }
    }
}

/// What one partner pays of an overspend, or is given back of an underspend.
#[derive(Serialize)]
struct BillOut<'a> {
    agency: &'a str,
    amount: Money,
}

#[derive(Serialize)]
struct ContributionOut<'a> {
    agency: &'a str,
    what: String,
    amount: Money,
    of: Money,
    share_of_pool: Rate,
    commitment: &'static str,
    in_kind: bool,
    aligned: bool,
    new: bool,
}

/// How the pool is spent, by theme and service.
#[derive(Serialize)]
struct AllocationOut {
    theme: String,
    service: String,
    amount: Money,
    #[serde(flatten)]
    ends: LowAndHigh,
    #[serde(skip)]
    range: Option<AmountRange>,
    share_of_pool: Rate,
}

#[derive(Serialize)]
struct PartnerOut<'a> {
    agency: &'a str,
    puts_in: Money,
    /// Of what it puts in.
    #[serde(flatten)]
    ends: LowAndHigh,
    gets_back: Money,
    net: Money,
    /// What it lies between, where it is an estimate and that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    net_low: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    net_high: Option<Money>,
    share_of_pool: Rate,
    share_of_own: Rate,
    no_worse_off: bool,
    reason: &'a str,
}

impl<'a> ScenarioOut<'a> {
    fn of(scenario: &'a Scenario, model: &'a Model, bills: Option<&'a [Bill]>) -> Self {
        let balance = model.balance;
        Self {
            scenario: &scenario.name,
            pool: &scenario.pool,
            arrangement: scenario.arrangement.name(),
            host: scenario.host.as_deref(),
            agreed: scenario.is_agreed(),
            years: scenario.years.iter().map(ToString::to_string).collect(),
            into_pool: balance.into_pool,
            ends: LowAndHigh::of(model.range),
            new_money: balance.new_money,
            allocated: balance.allocated,
            unallocated: balance.unallocated,
            over: balance.over,
            ring_fenced: balance.ring_fenced,
            illustrative: Rate::of(model.illustrative(scenario)),
            contributions: contributions(scenario, model),
            allocations: spending(scenario, model),
            partners: model.positions.iter().map(PartnerOut::of).collect(),
            outturn: scenario.outturn.iter().map(|row| OutturnOut::of(row, scenario, model)).collect(),
            bills_fall: bills.and_then(|_| scenario.where_it_falls()),
            bills: bills.map(|bills| {
                bills.iter().map(|bill| BillOut { agency: &bill.payer, amount: bill.amount }).collect()
            }),
            warnings: model.findings.iter().map(ToString::to_string).collect(),
        }
    }
}

impl<'a> PartnerOut<'a> {
    fn of(position: &'a NetPosition) -> Self {
        Self {
            agency: &position.agency,
            puts_in: position.puts_in,
            ends: LowAndHigh::of(position.range),
            gets_back: position.gets_back,
            net: position.net,
            net_low: position.net_range.map(|range| range.low),
            net_high: position.net_range.map(|range| range.high),
            share_of_pool: Rate::of(position.share_of_pool),
            share_of_own: Rate::of(position.share_of_own),
            no_worse_off: position.no_worse_off.holds,
            reason: &position.no_worse_off.reason,
        }
    }
}

fn contributions<'a>(scenario: &'a Scenario, model: &Model) -> Vec<ContributionOut<'a>> {
    let into_pool = model.balance.into_pool;
    let of_pool = |amount| Rate::of(Share::of(amount, into_pool).unwrap_or(Share::NONE));
    let lines = scenario.contributions.iter().zip(&model.contributed).map(|(contribution, contributed)| {
        ContributionOut {
            agency: &contribution.partner,
            what: contribution.in_words(),
            amount: contributed.amount,
            of: contributed.of,
            share_of_pool: of_pool(contributed.amount),
            commitment: contribution.commitment.name(),
            in_kind: contribution.in_kind,
            aligned: contribution.aligned,
            new: false,
        }
    });
    // In all years, as all else that is listed.
    let new =
        scenario.new_money.iter().zip(model.new_money(scenario)).map(|(money, amount)| ContributionOut {
            agency: &money.partner,
            what: format!("New money, {} a year", in_full(money.amount)),
            amount,
            of: amount,
            share_of_pool: of_pool(amount),
            commitment: money.commitment.name(),
            in_kind: false,
            aligned: false,
            new: true,
        });
    lines.chain(new).collect()
}

/// What the pool spends, from the modelled lines themselves.
fn spending(scenario: &Scenario, model: &Model) -> Vec<AllocationOut> {
    let of_pool = Filter::default().only(Dimension::Pool, [scenario.pool.as_str()]);
    let totals = Totals::of(&model.ledger, &of_pool, &[Dimension::Theme, Dimension::Service]);
    // What waits is a sum of the balance and no purpose.
    let rows = totals.rows.into_iter().filter(|row| row.names[0] != Purpose::UNALLOCATED);
    rows.map(|row| {
        let share = Share::of(row.amount, model.balance.into_pool).unwrap_or(Share::NONE);
        let mut names = row.names.into_iter();
        AllocationOut {
            theme: names.next().unwrap_or_default(),
            service: names.next().unwrap_or_default(),
            amount: row.amount,
            ends: LowAndHigh::of(row.range),
            range: row.range,
            share_of_pool: Rate::of(share),
        }
    })
    .collect()
}

fn in_json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
