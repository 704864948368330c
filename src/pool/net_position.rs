//! Where a scenario leaves each partner: what it puts in, gets back and keeps, and whether it is no worse
//! off. All nets sum to minus what is unallocated.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::allocate::AllocatedPool;
use super::model::{Balance, Model};
use super::responsible::{Leaving, gets_back, leaving};
use super::take::TakenPart;
use super::{Condition, Portion, Rest, Scenario};
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{AmountRange, Filter, Ledger, Totals, full_or_about};
use crate::money::{Money, Share, in_full, percent};

/// Where a scenario leaves one partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetPosition {
    /// The agency, or "Not stated" for what the pool spends on services that nobody is known to be responsible for.
    pub agency: String,
    /// £.
    pub puts_in: Money,
    /// What the pool spends on the services it is responsible for, £.
    pub gets_back: Money,
    /// What it gets back less what it puts in, £. All nets sum to minus what is unallocated.
    pub net: Money,
    /// What it puts in, of all that is in the pool.
    pub share_of_pool: Share,
    /// What it puts in, of its own spending in the pool's years.
    pub share_of_own: Share,
    /// Its own spending in the pool's years, before the scenario, £.
    pub own: Money,
    pub no_worse_off: NoWorseOff,
    /// What it may put in, where some of that has a low and a high.
    pub range: Option<AmountRange>,
    /// Whether what it gets back is of money that is not known to the penny.
    pub is_estimate: bool,
    /// What its net lies between, where it is of such money and that can be worked out exactly.
    pub net_range: Option<AmountRange>,
}

/// The test on a net position: against the baseline, and against what the partner asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoWorseOff {
    pub holds: bool,
    /// Why it holds or does not, in words.
    pub reason: String,
}

/// What one partner would pay, or be given back, of an overspend or underspend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// An agency, or "Unallocated" where money that waits in the pool pays first.
    pub payer: String,
    /// £; negative is money given back.
    pub amount: Money,
}

/// The position of everyone who puts in or gets back.
pub(super) fn positions(
    scenario: &Scenario,
    ledger: &Ledger,
    layout: &AllocatedPool<'_>,
    balance: Balance,
) -> Vec<NetPosition> {
    let puts_in = put_in(scenario, layout);
    let back = gets_back(scenario, ledger, layout);
    let mut agencies: Vec<&str> = puts_in.keys().copied().chain(back.keys().map(String::as_str)).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let years = layout.years();
    let own = own_spending(ledger, &years);
    let has_range = |taken: &TakenPart| ledger.range(taken.line).is_some();
    // Of an estimate nobody knows the pennies, nor of what is left of it.
    let say = if ledger.has_ranges() && layout.taken().iter().any(has_range) { about } else { in_full };
    let mut positions: Vec<NetPosition> = agencies
        .into_iter()
        .map(|agency| {
            let puts_in = puts_in.get(agency).copied().unwrap_or_default();
            let gets_back = back.get(agency).copied().unwrap_or_default();
            let id = ledger.names(Dimension::Agency).id(agency);
            let own = id.map_or(Money::ZERO, |id| own[id.index()]);
            let net = gets_back - puts_in;
            NetPosition {
                agency: agency.to_owned(),
                puts_in,
                gets_back,
                net,
                share_of_pool: Share::of(puts_in, balance.into_pool).unwrap_or(Share::NONE),
                share_of_own: Share::of(puts_in, own).unwrap_or(Share::NONE),
                own,
                no_worse_off: no_worse_off((agency, net), ledger, layout, scenario, &years, say),
                range: None,
                is_estimate: false,
                net_range: None,
            }
        })
        .collect();
    if positions.iter().any(|position| position.net.is_negative()) {
        let leaving = leaving(scenario, ledger, layout);
        for position in positions.iter_mut().filter(|position| position.net.is_negative()) {
            let own = leaving.get(&position.agency).cloned().unwrap_or_default();
            let reason = &mut position.no_worse_off.reason;
            reason.push_str(&in_pence(position.puts_in, position.gets_back));
            reason.push_str(&where_it_goes(scenario, &own, say));
        }
    }
    positions.sort_by(|a, b| {
        // It is nobody, so it never heads a list of partners, however much it gets.
        let is_rest = |position: &NetPosition| position.agency == Names::NOT_STATED;
        is_rest(a)
            .cmp(&is_rest(b))
            .then_with(|| b.puts_in.cmp(&a.puts_in))
            .then_with(|| b.gets_back.cmp(&a.gets_back))
            .then_with(|| a.agency.cmp(&b.agency))
    });
    positions
}

fn about(amount: Money) -> String {
    full_or_about(amount, true)
}

/// ": 96p of each £1 comes back".
fn in_pence(puts_in: Money, gets_back: Money) -> String {
    let share = Share::of(gets_back, puts_in).filter(|_| puts_in.is_positive() && !gets_back.is_negative());
    let Some(share) = share else { return String::new() };
    let words = percent(share);
    format!("; {}p of each £1 comes back", words.trim_end_matches('%'))
}

/// Which allocations take most of what does not come back, and what waits apart from them.
fn where_it_goes(scenario: &Scenario, leaving: &Leaving, say: fn(Money) -> String) -> String {
    /// More would not be read in a badge's words.
    const MOST: usize = 2;
    let mut taking: Vec<(usize, Money)> =
        leaving.by_allocation.iter().map(|(index, amount)| (*index, *amount)).collect();
    taking.retain(|(_, amount)| amount.is_positive());
    taking.sort_by_key(|(index, amount)| (std::cmp::Reverse(*amount), *index));
    let mut words = String::new();
    for (index, amount) in taking.into_iter().take(MOST) {
        let to = scenario.allocations[index].to.in_words();
        let _ = write!(words, "; allocation {} takes {} to {to}", index + 1, say(amount));
    }
    if leaving.waits.is_positive() {
        let _ = write!(words, "; {} waits to be allocated", say(leaving.waits));
    }
    words
}

/// What each partner puts in, £. Whoever puts in new money alone is among them.
fn put_in<'a>(scenario: &'a Scenario, layout: &AllocatedPool<'_>) -> BTreeMap<&'a str, Money> {
    // By contribution first: a pool may be of millions of lines, and names are compared slowly.
    let mut by_contribution: Vec<Option<Money>> = vec![None; scenario.contributions.len()];
    for taken in layout.taken() {
        *by_contribution[taken.contribution()].get_or_insert_default() += taken.amount();
    }
    let of_lines = scenario.contributions.iter().zip(by_contribution);
    let of_lines = of_lines.filter_map(|(contribution, amount)| Some((&*contribution.partner, amount?)));
    let new =
        layout.new_parts().map(|(_, new)| (scenario.new_money[new.index].partner.as_str(), new.line.amount));
    let mut puts_in: BTreeMap<&str, Money> = BTreeMap::new();
    for (partner, amount) in of_lines.chain(new) {
        *puts_in.entry(partner).or_default() += amount;
    }
    puts_in
}

/// What each agency spends in some years, by its number, £.
fn own_spending(ledger: &Ledger, years: &[NameId]) -> Vec<Money> {
    let mut own = vec![Money::ZERO; ledger.names(Dimension::Agency).len()];
    for cell in ledger.cells().iter().filter(|cell| years.contains(&cell.ids[Dimension::Year.index()])) {
        own[cell.ids[Dimension::Agency.index()].index()] += cell.amount;
    }
    own
}

fn no_worse_off(
    (agency, net): (&str, Money),
    ledger: &Ledger,
    layout: &AllocatedPool<'_>,
    scenario: &Scenario,
    years: &[NameId],
    say: fn(Money) -> String,
) -> NoWorseOff {
    if agency == Names::NOT_STATED {
        let reason = "Nobody is known to be responsible for what this is spent on".to_owned();
        return NoWorseOff { holds: true, reason };
    }
    let mut holds = !net.is_negative();
    let mut reasons = vec![match net {
        net if net.is_zero() => "Gets back what it puts in, to the penny".to_owned(),
        net if net.is_positive() => format!("Gets back {} more than it puts in", say(net)),
        net => format!("Puts in {} more than it gets back", say(net.abs())),
    }];
    for condition in scenario.conditions.iter().filter(|condition| condition.partner == agency) {
        let (keeps, least) = kept(condition, ledger, layout, scenario, years);
        let words = (say(keeps), say(least));
        if keeps < least {
            holds = false;
            reasons.push(format!("keeps {} outside the pool, and asks to keep {}", words.0, words.1));
        } else {
            reasons.push(format!("keeps {} outside the pool, at least the {} it asks for", words.0, words.1));
        }
    }
    NoWorseOff { holds, reason: reasons.join("; ") }
}

/// What a partner keeps outside the pool of the lines a condition is about, and the least it asks for.
fn kept(
    condition: &Condition,
    ledger: &Ledger,
    layout: &AllocatedPool<'_>,
    scenario: &Scenario,
    years: &[NameId],
) -> (Money, Money) {
    let matcher = condition.of.resolve(ledger);
    let agency = ledger.names(Dimension::Agency).id(&condition.partner);
    let is_meant = |ids: &[NameId]| {
        Some(ids[Dimension::Agency.index()]) == agency && years.contains(&ids[Dimension::Year.index()])
    };
    let there: Money =
        matcher.cells(false).iter().filter(|cell| is_meant(&cell.ids)).map(|cell| cell.amount).sum();
    let is_own = |taken: &&TakenPart| {
        scenario.contributions[taken.contribution()].partner == condition.partner
            && matcher.passes(taken.line)
    };
    let inside: Money = layout.taken().iter().filter(is_own).map(TakenPart::amount).sum();
    let least = match condition.keeps {
        Portion::Whole => there,
        Portion::Percent(percent) => there.times(percent),
        // An amount is meant a year, and the lines are of all the pool's years.
        Portion::Amount(amount) => (0..years.len().max(1)).map(|_| amount).sum(),
    };
    (there - inside, least)
}

impl Model {
    /// Takes in what the amounts of lines in the pool may be; where none has a low and a high, nothing is added up.
    pub(super) fn widen(&mut self, scenario: &Scenario) {
        if !self.ledger.has_ranges() {
            return;
        }
        let pool = Filter::default().only(Dimension::Pool, [scenario.pool.as_str()]);
        let put_in = Totals::of(&self.ledger, &pool, &[Dimension::Agency]);
        self.range = put_in.range;
        // Where all money keeps its purpose each partner's own comes back to it, and is as certain as it was.
        let is_mixed = !scenario.allocations.is_empty() || scenario.rest == Rest::Unallocated;
        for position in &mut self.positions {
            let own = put_in.rows.iter().find(|row| row.names[0] == position.agency);
            position.range = own.and_then(|row| row.range);
            position.is_estimate = position.range.is_some() || is_mixed && self.range.is_some();
        }
    }

    /// The sum of all nets, which is minus what is unallocated.
    pub fn sum_of_nets(&self) -> Money {
        self.positions.iter().map(|position| position.net).sum()
    }
}
