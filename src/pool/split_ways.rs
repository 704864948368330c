//! What is offered where a partner's lines do not hold the share that a rule gives it.

use std::collections::{BTreeMap, BTreeSet};

use super::split::{Short, Unsplit, open_partners, partner_of, shared_out, weights};
use super::take::{TakenPart, Takings};
use super::{Contribution, NewMoney, Portion, Scenario, ScenarioChange, Split, SplitRule};
use crate::dimension::Dimension;
use crate::ledger::Ledger;
use crate::money::{Money, in_short};
use crate::words::all_of;

/// The change that locks those who cannot put in their share, where the rule is then good for the others: two at
/// least, else there is nothing to share out.
pub(super) fn with_the_short_locked(
    scenario: &Scenario,
    ledger: &Ledger,
    split: &Split,
    takings: &Takings,
    mut short: Short,
    gained: &mut impl FnMut(&Takings) -> BTreeMap<String, Money>,
) -> Option<ScenarioChange> {
    let mut split = split.clone();
    let mut locked = Vec::new();
    loop {
        // Locking one makes the shares of the others larger, so another may be short next; each round locks
        // one more, so this ends.
        split.shares.retain(|share| share.partner != short.partner);
        if split.rule == SplitRule::Fixed {
            split.scale_to_hundred(None);
        }
        locked.push(short.partner.clone());
        split.locked.push(short.partner);
        if open_partners(scenario, &split, takings).len() < 2 {
            return None;
        }
        match shared_out(scenario, ledger, &split, takings, gained) {
            Ok(_) => break,
            Err(Unsplit::Because(_)) => return None,
            Err(Unsplit::Short(next)) => short = next,
        }
    }
    let words = format!("Lock {} at what it puts in today", all_of(&locked));
    let words = if locked.len() > 1 { words.replace("it puts in", "they put in") } else { words };
    Some(ScenarioChange::Several(words, vec![ScenarioChange::SetSplit(Some(split))]))
}

/// The change by which those who cannot follow put in all their lines and new money beside them, as much as the rule asks
/// beside what the others put in today. New money is meant a year, so the pool has to be of one.
pub(super) fn with_new_money(
    scenario: &Scenario,
    ledger: &Ledger,
    split: &Split,
    takings: &Takings,
    gained: &mut impl FnMut(&Takings) -> BTreeMap<String, Money>,
) -> Option<ScenarioChange> {
    let years: BTreeSet<_> =
        takings.parts.iter().map(|part| ledger.name_id(part.line, Dimension::Year)).collect();
    if years.len() != 1 {
        return None;
    }
    let partners = open_partners(scenario, split, takings);
    let weights = weights(split, &partners, || gained(takings)).ok()?;
    let mut standing: Vec<RulePartner<'_>> = partners
        .into_iter()
        .zip(weights.iter().map(u128::cast_signed))
        .map(|(name, weight)| RulePartner { weight, ..RulePartner::of(name, scenario, takings) })
        .collect();
    // Whoever cannot follow makes the others' sum smaller or larger, so that another may be able to, or not.
    loop {
        let (sum, whole) = followed(&standing);
        let asked = |one: &RulePartner<'_>| in_proportion(sum, one.weight, whole);
        let next =
            standing.iter().position(|one| one.follows && asked(one).is_none_or(|asked| asked > one.most));
        match next {
            Some(next) => standing[next].follows = false,
            None => break,
        }
    }
    let (sum, whole) = followed(&standing);
    let mut changes = Vec::new();
    let mut new_money = Vec::new();
    for one in standing.iter().filter(|one| !one.follows) {
        let more = in_proportion(sum, one.weight, whole)? - one.most;
        if !more.is_positive() {
            return None;
        }
        let own = scenario.contributions.iter().enumerate().filter(|(_, own)| own.partner == one.name);
        changes.extend(own.map(|(index, own)| {
            ScenarioChange::ChangeContribution(index, Contribution { what: Portion::Whole, ..own.clone() })
        }));
        new_money.push((one.name, more));
    }
    let names: Vec<&str> = new_money.iter().map(|(name, _)| *name).collect();
    let mut locked = split.clone();
    locked.locked.extend(names.iter().map(|name| (*name).to_owned()));
    locked.shares.retain(|share| !names.contains(&share.partner.as_str()));
    if split.rule == SplitRule::Fixed {
        locked.scale_to_hundred(None);
    }
    changes.push(ScenarioChange::SetSplit(Some(locked)));
    let all: Money = new_money.iter().map(|(_, amount)| *amount).sum();
    changes.extend(new_money.into_iter().map(|(partner, amount)| {
        ScenarioChange::AddNewMoney(NewMoney { partner: partner.to_owned(), amount, ..NewMoney::default() })
    }));
    let own = if names.len() > 1 { "their" } else { "its" };
    let label = format!("Add {} of new money from {}, beside all {own} lines", in_short(all), all_of(&names));
    Some(ScenarioChange::Several(label, changes))
}

/// A partner that a rule is for.
#[derive(Default)]
struct RulePartner<'a> {
    name: &'a str,
    weight: i128,
    puts_in: Money,
    /// What its lines hold.
    most: Money,
    follows: bool,
}

impl<'a> RulePartner<'a> {
    fn of(name: &'a str, scenario: &Scenario, takings: &Takings) -> Self {
        let own = takings.parts.iter().filter(|part| partner_of(scenario, part) == name);
        let lines = scenario.contributions.iter().zip(&takings.of).filter(|(own, _)| own.partner == name);
        Self {
            name,
            puts_in: own.map(TakenPart::amount).sum(),
            most: lines.map(|(_, (of, _))| *of).sum(),
            follows: true,
            weight: 0,
        }
    }
}

/// What those who follow the rule put in today, and what they weigh.
fn followed(standing: &[RulePartner<'_>]) -> (Money, i128) {
    let follow = || standing.iter().filter(|one| one.follows);
    (follow().map(|one| one.puts_in).sum(), follow().map(|one| one.weight).sum())
}

/// In whole pennies; nothing where there is no whole.
fn in_proportion(sum: Money, weight: i128, whole: i128) -> Option<Money> {
    const PENNY: i128 = 100;
    let units = sum.units().checked_mul(weight)?.checked_div(whole)?;
    Some(Money::from_units(units / PENNY * PENNY))
}
