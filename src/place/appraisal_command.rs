//! Appraisals, claims, cohorts and bridges as commands: added, renamed, changed, removed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Place};
use crate::appraisal::{Appraisal, AppraisalChange, Bridge, Claim, PlaceCohort};

/// Every change of what a place says about returns, by name; numbers count from 0.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum AppraisalCommand {
    Add(Box<Appraisal>),
    /// Adds an appraisal like another, under a name of its own.
    Duplicate {
        name: String,
        copy: String,
    },
    Rename {
        from: String,
        to: String,
    },
    Remove(String),
    /// Changes a part of the appraisal of this name.
    Change(String, Box<AppraisalChange>),
    AddClaim(Box<Claim>),
    ChangeClaim(usize, Box<Claim>),
    RemoveClaim(usize),
    AddCohort(PlaceCohort),
    ChangeCohort(usize, PlaceCohort),
    RemoveCohort(usize),
    AddBridge(Box<Bridge>),
    ChangeBridge(usize, Box<Bridge>),
    RemoveBridge(usize),
}

impl AppraisalCommand {
    pub(super) fn label(&self) -> String {
        match self {
            Self::Add(appraisal) => format!("Add appraisal {}", appraisal.name),
            Self::Duplicate { name, .. } => format!("Duplicate {name}"),
            Self::Rename { from, .. } => format!("Rename {from}"),
            Self::Remove(name) => format!("Remove appraisal {name}"),
            Self::Change(_, change) => change.label(),
            Self::AddClaim(claim) => format!("Add claim {}", claim.name),
            Self::ChangeClaim(_, claim) => format!("Change claim {}", claim.name),
            Self::RemoveClaim(_) => "Remove claim".to_owned(),
            Self::AddCohort(cohort) => format!("Add people of {}", cohort.name),
            Self::ChangeCohort(_, cohort) => format!("Change people of {}", cohort.name),
            Self::RemoveCohort(_) => "Remove people of a cohort".to_owned(),
            Self::AddBridge(bridge) => format!("Add bridge to {}", bridge.to),
            Self::ChangeBridge(_, bridge) => format!("Change bridge to {}", bridge.to),
            Self::RemoveBridge(_) => "Remove bridge".to_owned(),
        }
    }

    /// Makes the change, of everything or of nothing.
    pub(super) fn apply(&self, place: &mut Place) -> Result<(), CommandError> {
        match self {
            Self::Add(appraisal) => add(place, (**appraisal).clone())?,
            Self::Duplicate { name, copy } => {
                let copied = Appraisal { name: copy.clone(), ..place.appraisal(name)?.clone() };
                add(place, copied)?;
            }
            Self::Rename { from, to } => {
                let named = |name: String| Appraisal { name, ..Appraisal::default() };
                place.appraisal(from)?;
                let to = fresh(place, &named(to.clone()), Some(from))?;
                for appraisal in
                    Arc::make_mut(&mut place.appraisals).iter_mut().filter(|one| one.name == *from)
                {
                    appraisal.name.clone_from(&to);
                }
            }
            Self::Remove(name) => {
                place.appraisal(name)?;
                Arc::make_mut(&mut place.appraisals).retain(|appraisal| appraisal.name != *name);
            }
            Self::Change(name, change) => {
                let changed = change.apply(place.appraisal(name)?)?;
                for appraisal in
                    Arc::make_mut(&mut place.appraisals).iter_mut().filter(|one| one.name == *name)
                {
                    appraisal.clone_from(&changed);
                }
            }
            Self::AddClaim(claim) => Arc::make_mut(&mut place.claims).push((**claim).clone()),
            Self::ChangeClaim(index, claim) => set(&mut place.claims, *index, (**claim).clone(), "claim")?,
            Self::RemoveClaim(index) => remove(&mut place.claims, *index, "claim")?,
            Self::AddCohort(cohort) => {
                is_free_cohort(place, cohort, None)?;
                Arc::make_mut(&mut place.cohorts).push(cohort.clone());
            }
            Self::ChangeCohort(index, cohort) => {
                is_free_cohort(place, cohort, Some(*index))?;
                set(&mut place.cohorts, *index, cohort.clone(), "cohort")?;
            }
            Self::RemoveCohort(index) => remove(&mut place.cohorts, *index, "cohort")?,
            Self::AddBridge(bridge) => Arc::make_mut(&mut place.bridges).push((**bridge).clone()),
            Self::ChangeBridge(index, bridge) => {
                set(&mut place.bridges, *index, (**bridge).clone(), "bridge")?;
            }
            Self::RemoveBridge(index) => remove(&mut place.bridges, *index, "bridge")?,
        }
        Ok(())
    }
}

fn add(place: &mut Place, appraisal: Appraisal) -> Result<(), CommandError> {
    let name = fresh(place, &appraisal, None)?;
    Arc::make_mut(&mut place.appraisals).push(Appraisal { name, ..appraisal });
    Ok(())
}

/// The name of an appraisal, where it has one and no other has it.
fn fresh(place: &Place, appraisal: &Appraisal, former: Option<&str>) -> Result<String, CommandError> {
    let name = appraisal.name.trim().to_owned();
    if name.is_empty() {
        return Err(CommandError::NoAppraisalName);
    }
    let is_taken = place.appraisals.iter().any(|known| known.name == name && former != Some(&*name));
    if is_taken { Err(CommandError::AppraisalTwice(name)) } else { Ok(name) }
}

/// Two numbers of people for one cohort would contradict each other.
fn is_free_cohort(place: &Place, cohort: &PlaceCohort, at: Option<usize>) -> Result<(), CommandError> {
    let mut others = place.cohorts.iter().enumerate().filter(|(index, _)| at != Some(*index));
    if others.any(|(_, other)| other.name == cohort.name) {
        return Err(CommandError::CohortTwice(cohort.name.clone()));
    }
    Ok(())
}

fn set<T: Clone>(
    list: &mut Arc<Vec<T>>,
    index: usize,
    entry: T,
    kind: &'static str,
) -> Result<(), CommandError> {
    if index >= list.len() {
        return Err(CommandError::NoSuchEntry(kind, index + 1));
    }
    Arc::make_mut(list)[index] = entry;
    Ok(())
}

fn remove<T: Clone>(list: &mut Arc<Vec<T>>, index: usize, kind: &'static str) -> Result<(), CommandError> {
    if index >= list.len() {
        return Err(CommandError::NoSuchEntry(kind, index + 1));
    }
    Arc::make_mut(list).remove(index);
    Ok(())
}
