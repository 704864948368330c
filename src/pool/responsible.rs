//! Who answers for what pooled money is spent on, and so gets it back: the agency that an allocation names,
//! or those that spend on it today.

use std::collections::BTreeMap;

use super::allocate::{AllocatedPool, Destination, PooledFrom};
use super::{Arrangement, Purpose, Scenario};
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Cell, Ledger};
use crate::money::{Money, Weights, apportion};

/// What each agency gets back: what the pool spends on the services it is responsible for. What belongs to none is
/// under "Not stated".
pub(super) fn gets_back(
    scenario: &Scenario,
    ledger: &Ledger,
    layout: &AllocatedPool<'_>,
) -> BTreeMap<String, Money> {
    let mut back: BTreeMap<String, Money> = BTreeMap::new();
    let mut add = |agency: &str, amount: Money| {
        if amount.is_zero() {
            return;
        }
        // A name is copied once, not for each of a million parts.
        match back.get_mut(agency) {
            Some(sum) => *sum += amount,
            None => drop(back.insert(agency.to_owned(), amount)),
        }
    };
    let mut by_allocation: Vec<Money> = vec![Money::ZERO; scenario.allocations.len()];
    let mut by_new_money: BTreeMap<usize, Money> = BTreeMap::new();
    for (place, part) in layout.parts().enumerate() {
        for (destination, amount) in layout.pieces(place) {
            match (destination, part.origin) {
                (Destination::Unallocated, _) => {}
                (Destination::OwnPurpose, PooledFrom::Line(_)) => add(part.partner(scenario), amount),
                (Destination::OwnPurpose, PooledFrom::New(new)) => {
                    *by_new_money.entry(new.index).or_default() += amount;
                }
                (Destination::Allocation(index), _) => {
                    let to = &scenario.allocations[index].to;
                    if to.is_unallocated() {
                    } else if stays_with_partner(scenario, to) {
                        add(part.partner(scenario), amount);
                    } else {
                        by_allocation[index] += amount;
                    }
                }
            }
        }
    }
    let allocations = scenario.allocations.iter().map(|allocation| &allocation.to).zip(by_allocation);
    let new_money =
        by_new_money.into_iter().map(|(index, amount)| (&scenario.new_money[index].purpose, amount));
    let years = layout.years();
    for (purpose, amount) in allocations.chain(new_money).filter(|(_, amount)| !amount.is_zero()) {
        for (agency, part) in shares(ledger, purpose, amount, &years) {
            add(&agency, part);
        }
    }
    back
}

/// Where an agency's money goes that does not come back to it, £.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaving {
    /// What each allocation takes of it, less what it brings.
    pub(super) by_allocation: BTreeMap<usize, Money>,
    /// What waits to be allocated.
    pub(super) waits: Money,
}

/// By agency, what of its money leaves it, and by which allocation.
pub(super) fn leaving(
    scenario: &Scenario,
    ledger: &Ledger,
    layout: &AllocatedPool<'_>,
) -> BTreeMap<String, Leaving> {
    // By the number of what came in first: a pool may be of millions of parts, and names are compared slowly.
    let contributions = scenario.contributions.len();
    let mut by_number = vec![Leaving::default(); contributions + scenario.new_money.len()];
    let mut by_allocation: Vec<Money> = vec![Money::ZERO; scenario.allocations.len()];
    for (place, part) in layout.parts().enumerate() {
        let number = match part.origin {
            PooledFrom::Line(taken) => taken.contribution(),
            PooledFrom::New(new) => contributions + new.index,
        };
        for (destination, amount) in layout.pieces(place) {
            match destination {
                Destination::OwnPurpose => {}
                Destination::Unallocated => by_number[number].waits += amount,
                Destination::Allocation(index) => {
                    let to = &scenario.allocations[index].to;
                    if to.is_unallocated() {
                        by_number[number].waits += amount;
                    } else if !stays_with_partner(scenario, to) {
                        *by_number[number].by_allocation.entry(index).or_default() += amount;
                        by_allocation[index] += amount;
                    }
                }
            }
        }
    }
    let of_lines = scenario.contributions.iter().map(|contribution| &contribution.partner);
    let partners = of_lines.chain(scenario.new_money.iter().map(|money| &money.partner));
    let mut leaving: BTreeMap<String, Leaving> = BTreeMap::new();
    for (partner, one) in partners.zip(by_number) {
        let own = leaving.entry(partner.clone()).or_default();
        own.waits += one.waits;
        for (index, amount) in one.by_allocation {
            *own.by_allocation.entry(index).or_default() += amount;
        }
    }
    let years = layout.years();
    for (index, amount) in by_allocation.into_iter().enumerate().filter(|(_, amount)| !amount.is_zero()) {
        for (agency, back) in shares(ledger, &scenario.allocations[index].to, amount, &years) {
            *leaving.entry(agency).or_default().by_allocation.entry(index).or_default() -= back;
        }
    }
    leaving
}

/// Whether money that an allocation moves is still spent by whoever put it in: where only the year, the area or the
/// stage changes, and where partners keep hold of their money.
pub(super) fn stays_with_partner(scenario: &Scenario, to: &Purpose) -> bool {
    to.responsible.is_none()
        && (scenario.arrangement == Arrangement::Aligned || to.theme.is_none() && to.service.is_none())
}

/// Who answers for a purpose: the agency it names, or those that spend on it today, in proportion. Today is the
/// pool's years, or any year where nobody spends on it in those.
pub(super) fn shares(
    ledger: &Ledger,
    purpose: &Purpose,
    amount: Money,
    years: &[NameId],
) -> Vec<(String, Money)> {
    if let Some(agency) = &purpose.responsible {
        return vec![(agency.clone(), amount)];
    }
    let wanted: Vec<(Dimension, Option<NameId>)> = [
        (Dimension::Theme, &purpose.theme),
        (Dimension::Service, &purpose.service),
        (Dimension::Area, &purpose.area),
    ]
    .into_iter()
    .filter_map(|(dimension, name)| Some((dimension, ledger.names(dimension).id(name.as_ref()?))))
    .collect();
    // Nobody spends on a service that does not exist yet, and those of its theme are not asked to answer for
    // it.
    let service_known = wanted.iter().all(|(dimension, id)| *dimension != Dimension::Service || id.is_some());
    // First exactly what is meant; then the same in any area; then the same in any year.
    let any_area: Vec<_> =
        wanted.iter().copied().filter(|(dimension, _)| *dimension != Dimension::Area).collect();
    for (wanted, years) in
        [(&wanted, Some(years)), (&any_area, Some(years)), (&wanted, None), (&any_area, None)]
    {
        let spending = if service_known { spending(ledger, wanted, years) } else { BTreeMap::new() };
        if let Ok(weights) = Weights::from_amounts(spending.values().copied()) {
            let agencies = spending.into_keys().map(|id| ledger.names(Dimension::Agency).name(id).to_owned());
            return agencies.zip(apportion(amount, &weights)).collect();
        }
    }
    vec![(Names::NOT_STATED.to_owned(), amount)]
}

/// What agencies spend on something in the baseline; those that get more than they spend are left out.
fn spending(
    ledger: &Ledger,
    wanted: &[(Dimension, Option<NameId>)],
    years: Option<&[NameId]>,
) -> BTreeMap<NameId, Money> {
    let mut spending: BTreeMap<NameId, Money> = BTreeMap::new();
    let is_meant = |cell: &&Cell| {
        wanted.iter().all(|(dimension, id)| Some(cell.ids[dimension.index()]) == *id)
            && years.is_none_or(|years| years.contains(&cell.ids[Dimension::Year.index()]))
    };
    if !wanted.is_empty() {
        for cell in ledger.cells().iter().filter(is_meant) {
            *spending.entry(cell.ids[Dimension::Agency.index()]).or_default() += cell.amount;
        }
    }
    let names = ledger.names(Dimension::Agency);
    spending.retain(|id, amount| amount.is_positive() && !Names::is_remainder(names.name(*id)));
    spending
}

/// The one name that all lines of a service have in a dimension, if they have one.
pub(super) fn only_name(ledger: &Ledger, service: &str, dimension: Dimension) -> Option<NameId> {
    let service = ledger.names(Dimension::Service).id(service)?;
    let mut ids = ledger
        .cells()
        .iter()
        .filter(|cell| cell.ids[Dimension::Service.index()] == service)
        .map(|cell| cell.ids[dimension.index()]);
    let first = ids.next()?;
    (first != NameId::NOT_STATED && ids.all(|id| id == first)).then_some(first)
}
