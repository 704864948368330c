//! Changes to an appraisal as values, so that each can be named, undone and written to the journal.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    Appraisal, AppraisedCohort, CostLine, DiscountRate, GainPart, InvestmentAgreement, Outcome, SharingRule,
};
use crate::dimension::FinancialYear;

/// Every change a person can make to an appraisal, by name; numbers count from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppraisalChange {
    SetScenario(Option<String>),
    SetToday(Option<String>),
    SetYears(Vec<FinancialYear>),
    SetPrices(String),
    /// The rates of discount, and where they are from.
    SetDiscount(Vec<DiscountRate>, String),
    SetCohort(Option<AppraisedCohort>),
    AddCost(CostLine),
    ChangeCost(usize, CostLine),
    RemoveCost(usize),
    AddOutcome(Box<Outcome>),
    ChangeOutcome(usize, Box<Outcome>),
    RemoveOutcome(usize),
    /// Of an outcome, by the number of it and of its gain.
    AddGain(usize, GainPart),
    ChangeGain(usize, usize, GainPart),
    RemoveGain(usize, usize),
    SetSharing(SharingRule),
    SetAgreement(Option<Box<InvestmentAgreement>>),
    SetNotes(String),
}

/// Why a change cannot be made; the appraisal is then as it was.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum AppraisalChangeError {
    #[error("there is no {0} {1} in this appraisal")]
    NoSuchPart(&'static str, usize),
    #[error("an appraisal has at most 30 years; this would have {0}")]
    TooManyYears(usize),
}

/// As many years as an appraisal may have: longer ones are guesses, and no picture has room for them.
pub const MOST_APPRAISED_YEARS: usize = 30;

impl AppraisalChange {
    /// The step's name, as undo says it: "Change a cost of the police".
    pub fn label(&self) -> String {
        match self {
            Self::SetScenario(_) => "Change the pool of an appraisal".to_owned(),
            Self::SetToday(_) => "Say what would be done today".to_owned(),
            Self::SetYears(_) => "Change the years of an appraisal".to_owned(),
            Self::SetPrices(_) => "Change the price base".to_owned(),
            Self::SetDiscount(..) => "Change the discount".to_owned(),
            Self::SetCohort(_) => "Change who it is for".to_owned(),
            Self::AddCost(cost) => format!("Add a cost of {}", cost.partner),
            Self::ChangeCost(_, cost) => format!("Change a cost of {}", cost.partner),
            Self::RemoveCost(_) => "Remove a cost".to_owned(),
            Self::AddOutcome(outcome) => format!("Add {}", outcome.name),
            Self::ChangeOutcome(_, outcome) => format!("Change {}", outcome.name),
            Self::RemoveOutcome(_) => "Remove an outcome".to_owned(),
            Self::AddGain(_, gain) => format!("Add a gain of {}", gain.partner),
            Self::ChangeGain(_, _, gain) => format!("Change a gain of {}", gain.partner),
            Self::RemoveGain(..) => "Remove a gain".to_owned(),
            Self::SetSharing(rule) => format!("Share: {}", rule.key().replace('-', " ")),
            Self::SetAgreement(_) => "Change the agreement".to_owned(),
            Self::SetNotes(_) => "Change notes".to_owned(),
        }
    }

    /// The appraisal with the change.
    ///
    /// # Errors
    /// When what it changes is not there, or years are too many.
    pub fn apply(&self, appraisal: &Appraisal) -> Result<Appraisal, AppraisalChangeError> {
        let mut changed = appraisal.clone();
        match self {
            Self::SetScenario(scenario) => changed.scenario.clone_from(scenario),
            Self::SetToday(today) => changed.today.clone_from(today),
            Self::SetYears(years) if years.len() > MOST_APPRAISED_YEARS => {
                return Err(AppraisalChangeError::TooManyYears(years.len()));
            }
            Self::SetYears(years) => changed.years.clone_from(years),
            Self::SetPrices(prices) => changed.prices.clone_from(prices),
            Self::SetDiscount(rates, source) => {
                changed.discount.clone_from(rates);
                changed.discount_source.clone_from(source);
            }
            Self::SetCohort(cohort) => changed.cohort.clone_from(cohort),
            Self::AddCost(cost) => changed.costs.push(cost.clone()),
            Self::ChangeCost(index, cost) => *entry(&mut changed.costs, *index, "cost")? = cost.clone(),
            Self::RemoveCost(index) => take(&mut changed.costs, *index, "cost")?,
            Self::AddOutcome(outcome) => changed.outcomes.push((**outcome).clone()),
            Self::ChangeOutcome(index, outcome) => {
                *entry(&mut changed.outcomes, *index, "outcome")? = (**outcome).clone();
            }
            Self::RemoveOutcome(index) => take(&mut changed.outcomes, *index, "outcome")?,
            Self::AddGain(outcome, gain) => {
                entry(&mut changed.outcomes, *outcome, "outcome")?.gains.push(gain.clone());
            }
            Self::ChangeGain(outcome, index, gain) => {
                let outcome = entry(&mut changed.outcomes, *outcome, "outcome")?;
                *entry(&mut outcome.gains, *index, "gain")? = gain.clone();
            }
            Self::RemoveGain(outcome, index) => {
                take(&mut entry(&mut changed.outcomes, *outcome, "outcome")?.gains, *index, "gain")?;
            }
            Self::SetSharing(rule) => changed.sharing.clone_from(rule),
            Self::SetAgreement(agreement) => {
                changed.agreement = agreement.as_ref().map(|agreement| (**agreement).clone());
            }
            Self::SetNotes(notes) => changed.notes.clone_from(notes),
        }
        Ok(changed)
    }
}

fn entry<'a, T>(
    entries: &'a mut [T],
    index: usize,
    kind: &'static str,
) -> Result<&'a mut T, AppraisalChangeError> {
    entries.get_mut(index).ok_or(AppraisalChangeError::NoSuchPart(kind, index + 1))
}

fn take<T>(entries: &mut Vec<T>, index: usize, kind: &'static str) -> Result<(), AppraisalChangeError> {
    entry(entries, index, kind)?;
    entries.remove(index);
    Ok(())
}
