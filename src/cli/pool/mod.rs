//! `shadowpool pool`: a scenario worked out, as tables, CSV or JSON, and what of it cannot be followed.

use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::load::load_place;
use super::{Failed, Status, cannot_run};
use crate::dimension::Dimension;
use crate::export::{TableCell, TextColumn, cells_csv, table_text};
use crate::import::ImportOptions;
use crate::ledger::{AmountRange, Filter, Totals, full_or_about};
use crate::money::{Money, Rate, Share, in_full, percent};
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

fn partners_csv(scenario: &Scenario, model: &Model, bills: Option<&[Bill]>) -> String {
    let headings =
        ["agency", "puts_in", "gets_back", "net", "share_of_pool", "share_of_own", "no_worse_off", "reason"];
    let bill = bills.map(|_| "bill");
    let ends = model.range.map(|_| ["puts_in_low", "puts_in_high"]).into_iter().flatten();
    let headings = headings.into_iter().chain(bill).chain(["illustrative"]).chain(ends).chain(["model"]);
    let headings = headings.map(|heading| TableCell::Text(heading.into())).collect();
    let illustrative = Rate::of(model.illustrative(scenario)).to_string();
    // Whoever pays and neither puts in nor gets back has a row too, so that the bills come to the whole.
    let known = |bill: &&Bill| !model.positions.iter().any(|position| position.agency == bill.payer);
    let others = bills.unwrap_or_default().iter().filter(known).map(|bill| bill.payer.as_str());
    let rows = model.positions.iter().map(|position| (position.agency.as_str(), Some(position)));
    let rows = rows.chain(others.map(|payer| (payer, None))).map(|(agency, position)| {
        let text = |text: &'static str| TableCell::Text(text.into());
        let amount = |of: fn(&NetPosition) -> Money| TableCell::Amount(position.map_or(Money::ZERO, of));
        let share = |of: fn(&NetPosition) -> Share| {
            TableCell::Number(Rate::of(position.map_or(Share::NONE, of)).to_string())
        };
        let mut cells = vec![
            TableCell::Text(agency.into()),
            amount(|position| position.puts_in),
            amount(|position| position.gets_back),
            amount(|position| position.net),
            share(|position| position.share_of_pool),
            share(|position| position.share_of_own),
            match position {
                Some(position) => text(if position.no_worse_off.holds { "true" } else { "false" }),
                None => text(""),
            },
            TableCell::Text(position.map_or("", |position| &position.no_worse_off.reason).into()),
        ];
        if let Some(bills) = bills {
            let own = bills.iter().find(|bill| bill.payer == agency);
            cells.push(TableCell::Amount(own.map_or(Money::ZERO, |bill| bill.amount)));
        }
        cells.push(TableCell::Number(illustrative.clone()));
        if model.range.is_some() {
            let puts_in = position.map_or(Money::ZERO, |position| position.puts_in);
            let range = position.and_then(|position| position.range).unwrap_or(AmountRange::of(puts_in));
            cells.extend([range.low, range.high].map(TableCell::Amount));
        }
        cells.push(text(scenario.stamp().unwrap_or_default()));
        cells
    });
    cells_csv(std::iter::once(headings).chain(rows))
}

/// Who pays or is given back how much of an over- or underspend, with its sum.
fn bills_text(scenario: &Scenario, overspend: Variance, model: &Model, bills: &[Bill]) -> String {
    let sum = overspend.of(model.balance.into_pool);
    let amounts: Vec<Money> = bills.iter().map(|bill| bill.amount).chain([sum]).collect();
    let table = table_text(
        &[
            TextColumn::names("Bill", bills.iter().map(|bill| bill.payer.as_str()).chain(["Overspend"])),
            TextColumn::amounts("Pays (£)", &amounts),
        ],
        true,
    );
    let falls = scenario.where_it_falls().map_or_else(String::new, |words| format!(", {words}"));
    format!(
        "\n{}{falls}\n\n{}{table}",
        overspend.in_words(model.balance.into_pool),
        outturn_text(scenario, model)
    )
}

/// What was planned and what was spent in the end, where that is known.
fn outturn_text(scenario: &Scenario, model: &Model) -> String {
    if scenario.outturn.is_empty() {
        return String::new();
    }
    let rows: Vec<OutturnOut> =
        scenario.outturn.iter().map(|row| OutturnOut::of(row, scenario, model)).collect();
    let amounts = |of: fn(&OutturnOut) -> Money| -> Vec<Money> { rows.iter().map(of).collect() };
    let table = table_text(
        &[
            TextColumn::names("Outturn", rows.iter().map(|row| row.of.as_str())),
            TextColumn::amounts("Planned (£)", &amounts(|row| row.planned)),
            TextColumn::amounts("Spent (£)", &amounts(|row| row.spent)),
            TextColumn::amounts("More (£)", &amounts(|row| row.spent - row.planned)),
        ],
        false,
    );
    table + "\n"
}

/// The whole outcome to read: contributions, what they are spent on, the balance, the partners.
fn tables(scenario: &Scenario, model: &Model) -> String {
    let balance = model.balance;
    let host = scenario.host.as_ref().map_or_else(String::new, |host| format!(", hosted by {host}"));
    let mut out = format!("{}: {}, {}{host}\n", scenario.name, scenario.pool, scenario.arrangement.name());
    if let Some(stamp) = scenario.stamp() {
        out.push_str(stamp);
        out.push('\n');
    }

    let contributions = contributions(scenario, model);
    let amounts: Vec<Money> = contributions.iter().map(|row| row.amount).collect();
    let of: Vec<Money> = contributions.iter().map(|row| row.of).collect();
    // By whoever puts it in: of what a partner estimates, no contribution is known to the penny.
    let has_range = |row: &ContributionOut<'_>| {
        model.positions.iter().any(|position| position.agency == row.agency && position.range.is_some())
    };
    let is_estimate = |row: usize| !contributions[row].new && has_range(&contributions[row]);
    out.push('\n');
    out.push_str(&table_text(
        &[
            TextColumn::names("Contribution", contributions.iter().map(|row| row.what.as_str())),
            TextColumn::estimates("Puts in (£)", &amounts, is_estimate),
            TextColumn::estimates("Of (£)", &of, is_estimate),
            TextColumn::names("Commitment", contributions.iter().map(|row| row.commitment)),
        ],
        false,
    ));

    let spending = spending(scenario, model);
    // Below the rows, so that whoever adds the column up finds the pool.
    let rest = [("Unallocated", balance.unallocated), ("In the pool", balance.into_pool)];
    let amounts: Vec<Money> =
        spending.iter().map(|row| row.amount).chain(rest.map(|(_, amount)| amount)).collect();
    out.push('\n');
    let ranges: Vec<Option<AmountRange>> =
        spending.iter().map(|row| row.range).chain([None, model.range]).collect();
    let waits = model.range.is_some() && !balance.unallocated.is_zero();
    let is_estimate = |row: usize| ranges[row].is_some() || waits && row == spending.len();
    let columns = [
        TextColumn::names(
            "Spent on",
            spending.iter().map(|row| row.theme.as_str()).chain(rest.map(|(name, _)| name)),
        ),
        TextColumn::names("Service", spending.iter().map(|row| row.service.as_str()).chain(["", ""])),
        TextColumn::estimates("Amount (£)", &amounts, is_estimate),
    ];
    let columns: Vec<TextColumn> =
        columns.into_iter().chain(TextColumn::ranges(ranges.iter().copied())).collect();
    out.push_str(&table_text(&columns, true));
    if balance.over.is_positive() {
        out.push_str("Over-allocated: ");
        out.push_str(&full_or_about(balance.over, model.range.is_some()));
        out.push('\n');
    }
    if !balance.ring_fenced.is_zero() {
        let amount = full_or_about(balance.ring_fenced, model.range.is_some());
        out.extend(["Ring-fenced: ", &amount, " of the pool, which may fund only what its conditions say\n"]);
    }
    let illustrative = model.illustrative(scenario);
    if illustrative != Share::NONE {
        out.extend(["Illustrative: ", &percent(illustrative), " of the pool\n"]);
    }

    out.push('\n');
    out.push_str(&partners_text(model));
    out
}

fn partners_text(model: &Model) -> String {
    let amounts = |of: fn(&NetPosition) -> Money| -> Vec<Money> { model.positions.iter().map(of).collect() };
    let shares = |of: fn(&NetPosition) -> Share| model.positions.iter().map(of).map(percent);
    let is_estimate = |row: usize| model.positions[row].is_estimate;
    let nets = |row: usize| is_estimate(row) && !model.positions[row].net.is_zero();
    let ranges = TextColumn::ranges(model.positions.iter().map(|position| position.range));
    let badge = |position: &NetPosition| if position.no_worse_off.holds { "yes" } else { "no" };
    let columns = [
        TextColumn::names("Partner", model.positions.iter().map(|position| position.agency.as_str())),
        TextColumn::estimates("Puts in (£)", &amounts(|position| position.puts_in), |row| {
            model.positions[row].range.is_some()
        }),
        TextColumn::estimates("Gets back (£)", &amounts(|position| position.gets_back), is_estimate),
        TextColumn::estimates("Net (£)", &amounts(|position| position.net), nets),
        TextColumn::numbers("Of the pool", shares(|position| position.share_of_pool)),
        TextColumn::numbers("Of its own", shares(|position| position.share_of_own)),
        TextColumn::names("No worse off", model.positions.iter().map(badge)),
        TextColumn::names(
            "Why",
            model.positions.iter().map(|position| position.no_worse_off.reason.as_str()),
        ),
    ];
    let mut columns: Vec<TextColumn> = columns.into_iter().collect();
    // Beside the amounts that are put in.
    columns.splice(2..2, ranges);
    table_text(&columns, false)
}
