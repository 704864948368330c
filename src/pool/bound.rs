//! Money that may not go where an allocation would have it, since it is ring-fenced or promised: why, and what would do.

use std::collections::BTreeMap;

use super::allocate::{AllocatedPool, AskedOfYear, PooledFrom};
use super::fences::Fences;
use super::{Allocation, Contribution, Finding, Portion, RingFence, ScenarioChange, ScenarioPart};
use crate::dimension::Dimension;
use crate::ledger::{Chip, Filter, Keep};
use crate::money::{Money, Share, in_full, in_short, percent};
use crate::words::all_of;

/// Money under conditions, by the condition: how much, and the contributions it came in by.
type ByFence = BTreeMap<String, (Money, Vec<usize>)>;

/// Why some of the money cannot go where an allocation would have it, and the ways there are: what may go goes, what may
/// not is aligned, or its condition is taken to be wider.
pub(super) fn bound(
    layout: &AllocatedPool<'_>,
    index: usize,
    fences: &Fences<'_>,
    years: &[AskedOfYear],
) -> Finding {
    let allocation = &layout.scenario.allocations[index];
    let mut by_fence = ByFence::new();
    let mut promised = Money::ZERO;
    let short = || years.iter().filter(|year| year.is_short());
    for part in short().flat_map(|year| &year.bound).map(|place| layout.part(*place)) {
        match (&part.origin, part.keeps_its_purpose) {
            (PooledFrom::Line(taken), false) => {
                let fence = layout.ledger.line(taken.line).name(Dimension::Ringfence);
                let (amount, contributions) = by_fence.entry(fence.to_owned()).or_default();
                *amount += part.amount;
                contributions.push(taken.contribution());
            }
            _ => promised += part.amount,
        }
    }
    let mut why: Vec<String> = by_fence
        .iter()
        .map(|(fence, (amount, _))| {
            let allowed = fences.allowed(fence);
            format!("{} is ring-fenced: {fence} may only fund {allowed}", in_short(*amount))
        })
        .collect();
    if !promised.is_zero() {
        why.push(format!("{} is in kind or aligned, and keeps its purpose", in_short(promised)));
    }
    let message = format!(
        "{}: only {} can go there. {}. Ask for less",
        allocation.in_words(),
        in_full(short().map(|year| year.there).sum()),
        why.join("; ")
    );
    let mut finding = Finding::broken(ScenarioPart::Allocation(index), message);
    finding.choices.extend(what_may_move(layout, index, &by_fence, years));
    if !by_fence.is_empty() {
        finding.choices.push(align(layout, &by_fence));
        finding.choices.extend(wider(layout, allocation, &by_fence));
    }
    finding
}

/// The allocation without what is bound: all that is free where each year has too little, or else as much a year as each
/// of them has.
fn what_may_move(
    layout: &AllocatedPool<'_>,
    index: usize,
    by_fence: &ByFence,
    years: &[AskedOfYear],
) -> Option<ScenarioChange> {
    let may = |year: &AskedOfYear| {
        let is_free = |place: &&usize| match layout.part(**place).origin {
            PooledFrom::Line(taken) => {
                !by_fence.contains_key(layout.ledger.line(taken.line).name(Dimension::Ringfence))
            }
            PooledFrom::New(_) => true,
        };
        layout.sum(&year.free.iter().filter(is_free).copied().collect::<Vec<_>>())
    };
    let each: Vec<(Money, Money)> = years.iter().map(|year| (year.asked, may(year))).collect();
    let least = each.iter().map(|(asked, may)| *asked.min(may)).min().filter(|least| least.is_positive())?;
    let (what, moved) = if each.iter().all(|(asked, may)| asked >= may) {
        (Portion::Whole, each.iter().map(|(_, may)| *may).sum())
    } else {
        (Portion::Amount(least), each.iter().map(|_| least).sum())
    };
    let allocation = &layout.scenario.allocations[index];
    let mut narrowed = Allocation { what, ..allocation.clone() };
    if !by_fence.is_empty() {
        let names = by_fence.keys().cloned().collect();
        narrowed.from.chips.push(Chip { dimension: Dimension::Ringfence, keep: Keep::Without, names });
    }
    let share = Share::of(moved, each.iter().map(|(asked, _)| *asked).sum()).map(percent).unwrap_or_default();
    let label = format!("Move what may move: {} ({share})", in_short(moved));
    (narrowed != *allocation)
        .then(|| ScenarioChange::Several(label, vec![ScenarioChange::SetAllocation(index, narrowed)]))
}

/// What is under the conditions comes in aligned: it keeps its purpose. A contribution of nothing else is aligned as it
/// is, so that no empty part of it stays.
fn align(layout: &AllocatedPool<'_>, by_fence: &ByFence) -> ScenarioChange {
    let mut contributions: Vec<usize> =
        by_fence.values().flat_map(|(_, contributions)| contributions.iter().copied()).collect();
    contributions.sort_unstable();
    contributions.dedup();
    let is_fenced = |part: &super::take::TakenPart| {
        by_fence.contains_key(layout.ledger.line(part.line).name(Dimension::Ringfence))
    };
    let mut changes = Vec::new();
    // Backwards, since parting one adds another behind it.
    for contribution in contributions.into_iter().rev() {
        let mut own = layout.taken().iter().filter(|part| part.contribution() == contribution);
        if own.all(is_fenced) {
            let aligned =
                Contribution { aligned: true, ..layout.scenario.contributions[contribution].clone() };
            changes.push(ScenarioChange::ChangeContribution(contribution, aligned));
            continue;
        }
        let of_fence = by_fence.iter().filter(|(_, (_, of))| of.contains(&contribution));
        changes.extend(
            of_fence.map(|(fence, _)| ScenarioChange::Align { contribution, ring_fence: fence.clone() }),
        );
    }
    let label = format!("Align {}: it keeps its purpose", all_of(&by_fence.keys().collect::<Vec<_>>()));
    ScenarioChange::Several(label, changes)
}

/// The conditions as if they let the money fund what it is to go to; for a purpose by theme or service.
fn wider(layout: &AllocatedPool<'_>, allocation: &Allocation, by_fence: &ByFence) -> Option<ScenarioChange> {
    let stated = allocation.to.stated();
    let of_purpose = stated
        .iter()
        .filter(|(dimension, _)| matches!(dimension, Dimension::Theme | Dimension::Service))
        .fold(Filter::default(), |filter, (dimension, name)| filter.only(*dimension, [name.as_str()]));
    if of_purpose.is_empty() {
        return None;
    }
    let mut rules = layout.scenario.ring_fences.clone();
    let note = "Supposed: its condition does not say so".to_owned();
    rules.extend(by_fence.keys().map(|name| RingFence {
        name: name.clone(),
        allows: of_purpose.clone(),
        note: note.clone(),
    }));
    let names = all_of(&by_fence.keys().collect::<Vec<_>>());
    let label = format!("Suppose {names} may fund {}", allocation.to.in_words());
    Some(ScenarioChange::Several(label, vec![ScenarioChange::SetRingFences(rules)]))
}
