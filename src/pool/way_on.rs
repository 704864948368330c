//! What can always be done about a part of a scenario that cannot be followed: it is taken out. No finding is a dead end.

use super::{Finding, FindingSeverity, Portion, RiskShare, Scenario, ScenarioChange, ScenarioPart, Split};
use crate::money::{Money, Percent};

/// What a pool is called that has lost its name.
const NAMELESS: &str = "Shadow pool";

/// Gives each part that is left out, and that nothing mends, the way of taking it out.
pub(super) fn give_ways_on(scenario: &Scenario, findings: &mut [Finding]) {
    let is_stuck =
        |finding: &&mut Finding| finding.severity == FindingSeverity::Broken && finding.choices.is_empty();
    for finding in findings.iter_mut().filter(is_stuck) {
        finding.choices.extend(finding.part.taken_out(scenario));
    }
}

impl ScenarioPart {
    /// The change that takes a part out of its scenario, by its number where it has one.
    pub(super) fn taken_out(self, scenario: &Scenario) -> Option<ScenarioChange> {
        let numbered = || format!("Take out {}", self.to_string().to_lowercase());
        let (label, change) = match self {
            Self::Scenario if scenario.pool.trim().is_empty() => {
                (format!("Call it {NAMELESS}"), ScenarioChange::SetPool(NAMELESS.to_owned()))
            }
            Self::Scenario => return None,
            Self::Host => ("Let nobody host".to_owned(), ScenarioChange::SetHost(None)),
            Self::Years => ("Take all years".to_owned(), ScenarioChange::SetYears(Vec::new())),
            Self::Contribution(index) => (numbered(), ScenarioChange::RemoveContribution(index)),
            Self::NewMoney(index) => (numbered(), ScenarioChange::RemoveNewMoney(index)),
            Self::Split => ("Split as today".to_owned(), ScenarioChange::SetSplit(None)),
            Self::Allocation(index) => (numbered(), ScenarioChange::RemoveAllocation(index)),
            Self::RingFence(index) => {
                (numbered(), ScenarioChange::SetRingFences(without(&scenario.ring_fences, index)))
            }
            Self::Condition(index) => {
                (numbered(), ScenarioChange::SetConditions(without(&scenario.conditions, index)))
            }
            Self::Outturn(index) => return Some(scenario.outturn.get(index)?.of.taken_out()),
            Self::RiskShare => {
                let label = "Share risks in proportion to what each puts in".to_owned();
                (label, ScenarioChange::SetRiskShare(RiskShare::default()))
            }
        };
        Some(ScenarioChange::Several(label, vec![change]))
    }
}

fn without<T: Clone>(parts: &[T], index: usize) -> Vec<T> {
    let others = parts.iter().enumerate().filter(|(at, _)| *at != index);
    others.map(|(_, part)| part.clone()).collect()
}

impl Portion {
    /// The nearest part of what there is, where it is none.
    pub(super) fn nearest(self) -> Self {
        match self {
            Self::Percent(percent) if percent > Percent::WHOLE => Self::Whole,
            Self::Percent(percent) if percent.is_negative() => Self::Percent(Percent::NONE),
            Self::Amount(amount) if amount.is_negative() => Self::Amount(Money::ZERO),
            portion => portion,
        }
    }

    /// Why it is no part of what there is, where it is none, with the nearest that is.
    pub(super) fn finding(
        self,
        part: ScenarioPart,
        change: impl FnOnce(Self) -> ScenarioChange,
    ) -> Option<Finding> {
        let mut finding = Finding::broken(part, self.is_no_portion()?);
        let nearest = self.nearest();
        let label = if nearest == Self::Whole { "Take all of it" } else { "Take nothing of it" };
        finding.choices.push(ScenarioChange::Several(label.to_owned(), vec![change(nearest)]));
        Some(finding)
    }
}

impl Split {
    /// The split where each partner has one share, and none that is locked, and fixed shares come to a hundred.
    pub(super) fn tidied(&self) -> ScenarioChange {
        let mut split = self.clone();
        let mut seen: Vec<String> = split.locked.clone();
        split.shares.retain(|share| {
            let is_first = !seen.contains(&share.partner);
            seen.push(share.partner.clone());
            is_first
        });
        if split.rule == super::SplitRule::Fixed {
            split.scale_to_hundred(None);
        }
        let label = "One share for each who is not locked, to a hundred in all".to_owned();
        ScenarioChange::Several(label, vec![ScenarioChange::SetSplit(Some(split))])
    }
}
