//! A scenario as tables for people, and its partners as CSV.

use super::{ContributionOut, OutturnOut, contributions, spending};
use crate::export::{TableCell, TextColumn, cells_csv, table_text};
use crate::ledger::{AmountRange, full_or_about};
use crate::money::{Money, Rate, Share, percent};
use crate::pool::{Bill, Model, NetPosition, Scenario, Variance};

pub(super) fn partners_csv(scenario: &Scenario, model: &Model, bills: Option<&[Bill]>) -> String {
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
pub(super) fn bills_text(scenario: &Scenario, overspend: Variance, model: &Model, bills: &[Bill]) -> String {
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
pub(super) fn tables(scenario: &Scenario, model: &Model) -> String {
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
