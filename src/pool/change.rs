//! Changes to a scenario as values, so that each can be named, checked, tried for a preview, undone and
//! written to the journal. One that would contradict something is refused with the reason.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    Allocation, Arrangement, Commitment, Condition, Contribution, Finding, FindingSeverity, Lines, Model,
    NewMoney, OutturnOf, Portion, Reference, Rest, RingFence, RiskShare, Scenario, Split,
};
use crate::dimension::{Dimension, FinancialYear};
use crate::ledger::{Chip, Keep};
use crate::money::Money;
use crate::words::uncapitalised;

/// So many things that a way out of a contradiction breaks in its turn are mended with it.
const MOST_FURTHER: usize = 3;

/// Every change a person can make to a scenario, by name; numbers count from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScenarioChange {
    /// Names the pool.
    SetPool(String),
    SetHost(Option<String>),
    SetArrangement(Arrangement),
    SetYears(Vec<FinancialYear>),
    SetNotes(String),
    AddContribution(Contribution),
    ChangeContribution(usize, Contribution),
    RemoveContribution(usize),
    SetCommitment(usize, Commitment),
    AddNewMoney(NewMoney),
    ChangeNewMoney(usize, NewMoney),
    RemoveNewMoney(usize),
    /// Who puts in how much of the whole; nothing is as the contributions say.
    SetSplit(Option<Split>),
    AddAllocation(Allocation),
    SetAllocation(usize, Allocation),
    RemoveAllocation(usize),
    SetRest(Rest),
    SetRingFences(Vec<RingFence>),
    SetConditions(Vec<Condition>),
    SetRiskShare(RiskShare),
    /// Enters what was spent in the end, £, or forgets it.
    SetOutturn(OutturnOf, Option<Money>),
    /// Lets the ring-fenced part of a contribution be aligned instead of pooled: it keeps its purpose.
    Align {
        contribution: usize,
        ring_fence: String,
    },
    /// Several changes at once, under a name of their own; each counts parts as the one before has left them.
    Several(String, Vec<ScenarioChange>),
    /// Puts what is there in the place of what is gone, wherever the scenario names it.
    Mend {
        lost: Reference,
        found: Reference,
    },
}

/// Why a change cannot be made; the scenario is then as it was.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ChangeError {
    #[error("there is no {0} {1} in this scenario")]
    NoSuchPart(&'static str, usize),
    #[error("a pool needs a name")]
    NoName,
    #[error("the scenario does not name what is to be mended")]
    NothingToMend,
    /// It would contradict what is there; the finding says what, and its choices are the change again with what would
    /// make it do.
    #[error("{0}")]
    Refused(Box<Finding>),
}

impl ScenarioChange {
    /// The step's name, as undo says it: "Add Health to the pool".
    pub fn label(&self) -> String {
        match self {
            Self::SetPool(_) => "Rename pool".to_owned(),
            Self::SetHost(Some(host)) => format!("Let {host} host"),
            Self::SetHost(None) => "Remove host".to_owned(),
            Self::SetArrangement(arrangement) => format!("Arrangement: {}", arrangement.name()),
            Self::SetYears(_) => "Change years".to_owned(),
            Self::SetNotes(_) => "Change notes".to_owned(),
            Self::AddContribution(contribution) => format!("Add {} to the pool", contribution.partner),
            Self::ChangeContribution(_, contribution) => {
                format!("Change contribution of {}", contribution.partner)
            }
            Self::RemoveContribution(_) => "Remove contribution".to_owned(),
            Self::SetCommitment(_, commitment) => format!("Commitment: {}", commitment.name()),
            Self::AddNewMoney(money) => format!("Add new money from {}", money.partner),
            Self::ChangeNewMoney(..) => "Change new money".to_owned(),
            Self::RemoveNewMoney(_) => "Remove new money".to_owned(),
            Self::SetSplit(Some(split)) => format!("Split: {}", split.rule.name()),
            Self::SetSplit(None) => "Split: As today".to_owned(),
            Self::AddAllocation(allocation) => format!("Allocate to {}", allocation.to.in_words()),
            Self::SetAllocation(_, allocation) => {
                format!("Change allocation to {}", allocation.to.in_words())
            }
            Self::RemoveAllocation(_) => "Remove allocation".to_owned(),
            Self::SetRest(Rest::KeepsItsPurpose) => "Let the rest keep its purpose".to_owned(),
            Self::SetRest(Rest::Unallocated) => "Leave the rest unallocated".to_owned(),
            Self::SetRingFences(_) => "Change ring-fences".to_owned(),
            Self::SetConditions(_) => "Change conditions".to_owned(),
            Self::SetRiskShare(_) => "Change risk share".to_owned(),
            Self::SetOutturn(of, _) => format!("Outturn of {}", of.in_words()),
            Self::Align { ring_fence, .. } => format!("Align {ring_fence}"),
            Self::Several(label, _) => label.clone(),
            Self::Mend { found: Reference::Name(_, name), .. } => format!("Mend with {name}"),
            Self::Mend { .. } => "Mend line".to_owned(),
        }
    }

    /// Whether a change is one that must always go through: it takes something away, mends, or says nothing of money.
    fn always_goes(&self) -> bool {
        if let Self::Several(_, changes) = self {
            return changes.iter().all(Self::always_goes);
        }
        matches!(
            self,
            Self::SetPool(_)
                | Self::SetNotes(_)
                | Self::RemoveContribution(_)
                | Self::RemoveNewMoney(_)
                | Self::RemoveAllocation(_)
                | Self::SetSplit(None)
                | Self::SetOutturn(_, None)
                | Self::SetHost(_)
                // Taking away and mending are the way out of a contradiction; refusing them would lock people
                // in.
                | Self::Align { .. }
                | Self::Mend { .. }
        )
    }

    /// The scenario with the change made, checked against what scenarios come to, which `model` works out or has kept.
    ///
    /// # Errors
    /// When the change names a part that is not there, or would contradict something: more than there is of a line, a
    /// ring-fence, an allocation that goes round in a circle, more allocated than there is once all is agreed.
    pub fn apply_with(
        &self,
        scenario: &Scenario,
        model: impl Fn(&Scenario) -> Arc<Model>,
    ) -> Result<Scenario, ChangeError> {
        let (changed, broken) = self.checked(scenario, &model)?;
        let Some(mut finding) = broken else { return Ok(changed) };
        let choices = std::mem::take(&mut finding.choices);
        let ways = choices.iter().filter_map(|choice| {
            let both = Self::Several(choice.label(), vec![self.clone(), choice.clone()]);
            both.or_further(scenario, &model, MOST_FURTHER)
        });
        // What only takes back what was asked for is no way on.
        let leads_on = |way: &Self| way.tried(scenario).is_ok_and(|after| after != *scenario);
        finding.choices = ways.filter(leads_on).collect();
        Err(ChangeError::Refused(Box::new(finding)))
    }

    /// The scenario with the change made, and the first thing that the change breaks. Only that counts against it: a
    /// scenario that is broken already must stay editable.
    fn checked(
        &self,
        scenario: &Scenario,
        model: &impl Fn(&Scenario) -> Arc<Model>,
    ) -> Result<(Scenario, Option<Finding>), ChangeError> {
        let changed = self.tried(scenario)?;
        if self.always_goes() {
            return Ok((changed, None));
        }
        let before = model(scenario);
        let is_new = |finding: &&Finding| {
            finding.severity == FindingSeverity::Broken
                && !before.findings.iter().any(|known| known.message == finding.message)
        };
        let broken = model(&changed).findings.iter().find(is_new).cloned();
        Ok((changed, broken))
    }

    /// This change where it goes through, or else with what mends what it breaks, some steps on; nothing where no way
    /// leads on. What is offered is to work.
    fn or_further(
        self,
        scenario: &Scenario,
        model: &impl Fn(&Scenario) -> Arc<Model>,
        steps: usize,
    ) -> Option<Self> {
        let (_, broken) = self.checked(scenario, model).ok()?;
        let Some(finding) = broken else { return Some(self) };
        if steps == 0 {
            return None;
        }
        finding.choices.iter().find_map(|choice| {
            let label = format!("{}, and {}", self.label(), uncapitalised(&choice.label()));
            let both = Self::Several(label, vec![self.clone(), choice.clone()]);
            both.or_further(scenario, model, steps - 1)
        })
    }

    /// The scenario with the change made and nothing checked, for a picture of what it would come to.
    ///
    /// # Errors
    /// When the change names a part that is not there.
    pub fn tried(&self, scenario: &Scenario) -> Result<Scenario, ChangeError> {
        let mut changed = scenario.clone();
        self.make(&mut changed)?;
        Ok(changed)
    }

    fn make(&self, scenario: &mut Scenario) -> Result<(), ChangeError> {
        match self {
            Self::SetPool(name) if name.trim().is_empty() => return Err(ChangeError::NoName),
            Self::SetPool(name) => name.trim().clone_into(&mut scenario.pool),
            Self::SetHost(host) => scenario.host.clone_from(host),
            Self::SetArrangement(arrangement) => scenario.arrangement = *arrangement,
            Self::SetYears(years) => scenario.years.clone_from(years),
            Self::SetNotes(notes) => scenario.notes.clone_from(notes),
            Self::AddContribution(contribution) => scenario.contributions.push(contribution.clone()),
            Self::ChangeContribution(index, contribution) => {
                *part(&mut scenario.contributions, *index, "contribution")? = contribution.clone();
            }
            Self::RemoveContribution(index) => remove(&mut scenario.contributions, *index, "contribution")?,
            Self::SetCommitment(index, commitment) => {
                part(&mut scenario.contributions, *index, "contribution")?.commitment = *commitment;
            }
            Self::AddNewMoney(money) => scenario.new_money.push(money.clone()),
            Self::ChangeNewMoney(index, money) => {
                *part(&mut scenario.new_money, *index, "new money")? = money.clone();
            }
            Self::RemoveNewMoney(index) => remove(&mut scenario.new_money, *index, "new money")?,
            Self::SetSplit(split) => scenario.split.clone_from(split),
            Self::AddAllocation(allocation) => scenario.allocations.push(allocation.clone()),
            Self::SetAllocation(index, allocation) => {
                *part(&mut scenario.allocations, *index, "allocation")? = allocation.clone();
            }
            Self::RemoveAllocation(index) => remove(&mut scenario.allocations, *index, "allocation")?,
            Self::SetRest(rest) => scenario.rest = *rest,
            Self::SetRingFences(fences) => scenario.ring_fences.clone_from(fences),
            Self::SetConditions(conditions) => scenario.conditions.clone_from(conditions),
            Self::SetRiskShare(risk_share) => scenario.risk_share = risk_share.clone(),
            Self::SetOutturn(of, spent) => scenario.set_outturn(of, *spent),
            Self::Several(_, changes) => {
                for change in changes {
                    change.make(scenario)?;
                }
            }
            Self::Align { contribution, ring_fence } => align(scenario, *contribution, ring_fence)?,
            Self::Mend { lost, found } => {
                if !scenario.mend(lost, found) {
                    return Err(ChangeError::NothingToMend);
                }
            }
        }
        Ok(())
    }
}

fn part<'a, T>(parts: &'a mut [T], index: usize, kind: &'static str) -> Result<&'a mut T, ChangeError> {
    parts.get_mut(index).ok_or(ChangeError::NoSuchPart(kind, index + 1))
}

fn remove<T>(parts: &mut Vec<T>, index: usize, kind: &'static str) -> Result<(), ChangeError> {
    part(parts, index, kind)?;
    parts.remove(index);
    Ok(())
}

/// Parts a contribution in two: what is under the ring-fence is aligned, the rest is as it was. One that cannot be
/// parted, since it is a sum or picked by hand, is aligned as a whole.
fn align(scenario: &mut Scenario, index: usize, ring_fence: &str) -> Result<(), ChangeError> {
    let contribution = part(&mut scenario.contributions, index, "contribution")?;
    let chip = |keep| Chip { dimension: Dimension::Ringfence, keep, names: [ring_fence.to_owned()].into() };
    match &mut contribution.lines {
        // A percentage of each part is that percentage of the whole; a sum would have to be divided by
        // somebody.
        Lines::Where(filter) if !matches!(contribution.what, Portion::Amount(_)) => {
            let mut fenced = filter.clone();
            fenced.chips.push(chip(Keep::Only));
            filter.chips.push(chip(Keep::Without));
            let aligned = Contribution { lines: Lines::Where(fenced), aligned: true, ..contribution.clone() };
            scenario.contributions.insert(index + 1, aligned);
        }
        _ => contribution.aligned = true,
    }
    Ok(())
}
