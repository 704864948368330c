//! What in a scenario contradicts itself or names what the place does not have, before any money is moved.
//! Each finding says what would be right.

use std::collections::BTreeMap;

use super::take::lost_names;
use super::{Allocation, Contribution, Finding, Scenario, ScenarioChange, ScenarioPart, SplitRule};
use crate::dimension::Dimension;
use crate::ledger::{Filter, Keep, Ledger};
use crate::money::{Weighting, in_full};

/// What a scenario says that contradicts itself, or names what the place does not have. Contributions and allocations
/// are looked at where they are followed.
pub(super) fn check(scenario: &Scenario, ledger: &Ledger) -> Vec<Finding> {
    let mut findings = Vec::new();
    if scenario.pool.trim().is_empty() {
        findings.push(Finding::broken(ScenarioPart::Scenario, "its pool has no name; give it one"));
    }
    host(scenario, ledger, &mut findings);
    for (index, contribution) in scenario.contributions.iter().enumerate() {
        let part = ScenarioPart::Contribution(index);
        findings.extend(contribution.what.finding(part, |what| {
            ScenarioChange::ChangeContribution(index, Contribution { what, ..contribution.clone() })
        }));
        findings.extend(twin(scenario, index, contribution));
    }
    for (index, money) in scenario.new_money.iter().enumerate() {
        if !money.amount.is_positive() {
            let message =
                format!("{} is not an amount to put in; give an amount above nothing", in_full(money.amount));
            findings.push(Finding::broken(ScenarioPart::NewMoney(index), message));
        }
    }
    for (index, allocation) in scenario.allocations.iter().enumerate() {
        let part = ScenarioPart::Allocation(index);
        findings.extend(allocation.what.finding(part, |what| {
            ScenarioChange::SetAllocation(index, Allocation { what, ..allocation.clone() })
        }));
        if let Some(agency) = &allocation.to.responsible
            && !is_known(scenario, ledger, agency)
        {
            findings.push(Finding::lost_name(part, ledger, Dimension::Agency, agency));
        }
    }
    ring_fences(scenario, ledger, &mut findings);
    conditions(scenario, ledger, &mut findings);
    split(scenario, &mut findings);
    scenario.risk_share.check(scenario, ledger, &mut findings);
    findings
}

/// Whether an agency spends in the place, or brings new money.
fn is_known(scenario: &Scenario, ledger: &Ledger, agency: &str) -> bool {
    ledger.names(Dimension::Agency).id(agency).is_some()
        || scenario.new_money.iter().any(|money| money.partner == agency)
}

fn host(scenario: &Scenario, ledger: &Ledger, findings: &mut Vec<Finding>) {
    match &scenario.host {
        Some(host) if !is_known(scenario, ledger, host) => {
            findings.push(Finding::lost_name(ScenarioPart::Host, ledger, Dimension::Agency, host));
        }
        None if scenario.arrangement.needs_host() => {
            let message = format!(
                "{} needs a host; name the partner that holds the money",
                scenario.arrangement.name()
            );
            findings.push(Finding::warning(ScenarioPart::Host, message));
        }
        _ => {}
    }
}

/// A contribution that stands there twice.
fn twin(scenario: &Scenario, index: usize, contribution: &Contribution) -> Option<Finding> {
    let same = |other: &Contribution| {
        // A note makes it no other contribution.
        Contribution { note: String::new(), ..other.clone() }
            == Contribution { note: String::new(), ..contribution.clone() }
    };
    let other = scenario.contributions[..index].iter().position(same)?;
    let message = format!("it says the same as contribution {}, {}", other + 1, contribution.in_words());
    Some(Finding::warning(ScenarioPart::Contribution(index), message))
}

fn ring_fences(scenario: &Scenario, ledger: &Ledger, findings: &mut Vec<Finding>) {
    for (index, fence) in scenario.ring_fences.iter().enumerate() {
        let part = ScenarioPart::RingFence(index);
        if ledger.names(Dimension::Ringfence).id(&fence.name).is_none() {
            findings.push(Finding::lost_name(part, ledger, Dimension::Ringfence, &fence.name));
        }
        if fence.allows.is_empty() {
            let message = format!(
                "it lets {} fund anything, so it is no ring-fence; say by theme or service what it may fund",
                fence.name
            );
            findings.push(Finding::warning(part, message));
        }
    }
}

fn conditions(scenario: &Scenario, ledger: &Ledger, findings: &mut Vec<Finding>) {
    for (index, condition) in scenario.conditions.iter().enumerate() {
        let part = ScenarioPart::Condition(index);
        if !is_known(scenario, ledger, &condition.partner) {
            findings.push(Finding::lost_name(part, ledger, Dimension::Agency, &condition.partner));
        }
        findings.extend(condition.keeps.finding(part, |keeps| {
            let mut conditions = scenario.conditions.clone();
            conditions[index].keeps = keeps;
            ScenarioChange::SetConditions(conditions)
        }));
        lost_names(part, &condition.of, ledger, findings);
        let earlier = scenario.conditions[..index].iter();
        let same =
            |other: &super::Condition| (&other.partner, &other.of) == (&condition.partner, &condition.of);
        if let Some(other) = earlier.clone().position(same) {
            let message = format!(
                "condition {} already says what {} must keep of the same lines; leave one of them",
                other + 1,
                condition.partner
            );
            let mut finding = Finding::broken(part, message);
            let ways = [ScenarioPart::Condition(other), part].map(|part| part.taken_out(scenario));
            finding.choices.extend(ways.into_iter().flatten());
            findings.push(finding);
        }
    }
}

fn split(scenario: &Scenario, findings: &mut Vec<Finding>) {
    let Some(split) = &scenario.split else { return };
    let partners: Vec<&str> =
        scenario.contributions.iter().map(|contribution| contribution.partner.as_str()).collect();
    let shares = split.shares.iter().map(|share| share.partner.as_str());
    let broken = |message: String| {
        let mut finding = Finding::broken(ScenarioPart::Split, message);
        finding.choices.push(split.tidied());
        finding
    };
    for name in shares.clone().chain(split.locked.iter().map(String::as_str)) {
        if !partners.contains(&name) {
            let message =
                format!("{name} puts nothing in; give it a contribution, or take it out of the split");
            findings.push(Finding::warning(ScenarioPart::Split, message));
        }
    }
    for (index, name) in shares.clone().enumerate() {
        if split.locked.iter().any(|locked| locked == name) {
            let message = format!("{name} is locked and has a share; unlock it, or take its share out");
            findings.push(broken(message));
        }
        if shares.clone().take(index).any(|other| other == name) {
            let message = format!("{name} has two shares; leave one of them");
            findings.push(broken(message));
        }
    }
    let sum: Weighting = split.shares.iter().map(|share| share.weight).sum();
    if split.rule == SplitRule::Fixed && sum != Weighting::HUNDRED {
        let listed: Vec<String> =
            split.shares.iter().map(|share| format!("{} {}", share.partner, share.weight)).collect();
        let message = format!("the fixed shares {} do not come to 100", listed.join(", "));
        findings.push(broken(message));
    }
}

/// Allocations that send the same money round in a circle: each with another one of its circle.
///
/// One leads to another where the second takes from what the first gives to, and the first sends its money away from
/// where it takes it.
pub(super) fn round_in_circles(allocations: &[Allocation]) -> BTreeMap<usize, usize> {
    let count = allocations.len();
    let leads = |a: usize, b: usize| a != b && gives_to(&allocations[a], &allocations[b].from);
    let sends_away = |a: usize| !gives_to(&allocations[a], &allocations[a].from);
    let next: Vec<Vec<usize>> = (0..count)
        .map(|a| (0..count).filter(|&b| sends_away(a) && leads(a, b) && sends_away(b)).collect())
        .collect();
    let mut circles = BTreeMap::new();
    for start in 0..count {
        // The first step of a way that comes back.
        if let Some(&through) = next[start].iter().find(|&&first| reaches(&next, first, start)) {
            circles.insert(start, through);
        }
    }
    circles
}

fn reaches(next: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; next.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        // There are few allocations, so each start searches anew; a search visits each of them once.
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(&next[at]);
        }
    }
    false
}

/// Whether money that has gone where an allocation sends it is money that a filter asks for by what it has become.
fn gives_to(allocation: &Allocation, filter: &Filter) -> bool {
    let stated = allocation.to.stated();
    let mut by_what_it_became = false;
    let passes = filter.chips.iter().all(|chip| {
        let became = stated.iter().find(|(dimension, _)| *dimension == chip.dimension);
        match became {
            Some((_, name)) => {
                by_what_it_became = true;
                chip.names.contains(name) == (chip.keep == Keep::Only)
            }
            // What the allocation leaves as it is the money brings along from where it was taken.
            None => allocation
                .from
                .names(chip.dimension)
                .is_none_or(|names| chip.keep == Keep::Without || !names.is_disjoint(&chip.names)),
        }
    });
    // Money that passes for what it was before is simply asked for twice, which is no circle.
    passes && by_what_it_became
}
