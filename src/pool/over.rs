//! Allocations that ask for more than the pool holds: a warning while it is tried, and refused once all is agreed, with
//! the ways there are.

use std::collections::BTreeMap;

use super::allocate::{AllocatedPool, Destination};
use super::{
    Allocation, Balance, Commitment, Finding, NewMoney, Portion, Scenario, ScenarioChange, ScenarioPart,
};
use crate::money::{Money, in_full, in_short};

/// What is said of allocations that ask for more than the pool holds; nothing where they do not.
pub(super) fn over_allocated(layout: &AllocatedPool<'_>, balance: Balance) -> Option<Finding> {
    if !balance.over.is_positive() {
        return None;
    }
    let amount = in_full(balance.over);
    if !layout.scenario.is_agreed() {
        let message = format!("allocations ask for {amount} more than the pool holds");
        return Some(Finding::warning(ScenarioPart::Scenario, message));
    }
    let message =
        format!("it is agreed, and its allocations ask for {amount} more than the pool holds; allocate less");
    let mut finding = Finding::broken(ScenarioPart::Scenario, message);
    finding.choices.push(only_what_is_there(layout, balance.over));
    finding.choices.extend(more_money(layout, balance.over));
    Some(finding)
}

/// Allocations that go short ask for as much a year as each year has for them; those for which a year has nothing go.
fn only_what_is_there(layout: &AllocatedPool<'_>, over: Money) -> ScenarioChange {
    let mut changes = Vec::new();
    // From the last, so that the numbers of those before stay what they are.
    for (index, allocated) in layout.allocated.iter().enumerate().rev() {
        if allocated.lacks.is_zero() && allocated.lacks_credits.is_zero() {
            continue;
        }
        let least = least_of_a_year(layout, index);
        changes.push(if least.is_positive() {
            let less =
                Allocation { what: Portion::Amount(least), ..layout.scenario.allocations[index].clone() };
            ScenarioChange::SetAllocation(index, less)
        } else {
            ScenarioChange::RemoveAllocation(index)
        });
    }
    ScenarioChange::Several(format!("Allocate {} less: what the pool holds", in_short(over)), changes)
}

/// The least that an allocation gets in any of its years.
fn least_of_a_year(layout: &AllocatedPool<'_>, index: usize) -> Money {
    let mut by_year: BTreeMap<&str, Money> = BTreeMap::new();
    for (place, part) in layout.parts().enumerate() {
        let own = layout.pieces(place).filter(|(to, _)| *to == Destination::Allocation(index));
        let own: Money = own.map(|(_, amount)| amount).sum();
        *by_year.entry(part.year).or_default() += own;
    }
    by_year.retain(|_, amount| !amount.is_zero());
    let has_all = by_year.len() == layout.allocated[index].years;
    by_year.into_values().min().filter(|_| has_all).unwrap_or_default()
}

/// What lacks, agreed by whoever holds the pool or puts in most, where the pool is of one year.
fn more_money(layout: &AllocatedPool<'_>, over: Money) -> Option<ScenarioChange> {
    let scenario: &Scenario = layout.scenario;
    if layout.years().len() != 1 {
        return None;
    }
    let mut puts_in: BTreeMap<&str, Money> = BTreeMap::new();
    for part in layout.parts() {
        *puts_in.entry(part.partner(scenario)).or_default() += part.amount;
    }
    let largest = puts_in.into_iter().max_by_key(|(_, amount)| *amount).map(|(name, _)| name);
    let partner = scenario.host.as_deref().or(largest)?.to_owned();
    let label = format!("Add {} of new money from {partner}, agreed", in_short(over));
    let money = NewMoney { partner, amount: over, commitment: Commitment::Agreed, ..NewMoney::default() };
    Some(ScenarioChange::Several(label, vec![ScenarioChange::AddNewMoney(money)]))
}
