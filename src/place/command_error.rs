//! Why a change of a place is refused.

use thiserror::Error;

use super::{DecisionError, NoSuchAppraisal, NoSuchScenario, StoryError};
use crate::appraisal::AppraisalChangeError;
use crate::pool::ChangeError;

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CommandError {
    #[error("a picture of flows has two to six layers; this would have {0}")]
    LayerCount(usize),
    #[error("{0} can stand in one layer only")]
    LayerTwice(&'static str),
    #[error("there is no source \"{0}\" in this place")]
    NoSuchSource(String),
    #[error("a place needs a name")]
    NoName,
    #[error("there is already a control total named \"{0}\"; give this one another name")]
    ControlTotalTwice(String),
    #[error("there is no control total named \"{0}\"")]
    NoSuchControlTotal(String),
    #[error("there is no agency \"{0}\" in this place")]
    NoSuchAgency(String),
    #[error("\"{0}\" is a name of {1} already; a short name stands for one agency")]
    ShortNameTwice(String, String),
    #[error("a scenario needs a name, and so does its pool")]
    NoScenarioName,
    #[error("there is already a scenario named \"{0}\"; give this one another name")]
    ScenarioTwice(String),
    #[error(transparent)]
    NoSuchScenario(#[from] NoSuchScenario),
    /// The scenario would contradict itself, or the lines.
    #[error(transparent)]
    Scenario(#[from] ChangeError),
    #[error(transparent)]
    Decision(#[from] DecisionError),
    #[error(transparent)]
    Story(#[from] StoryError),
    #[error("an appraisal needs a name")]
    NoAppraisalName,
    #[error("there is already an appraisal named \"{0}\"; give this one another name")]
    AppraisalTwice(String),
    #[error("there is already a number of people for \"{0}\"; change that one")]
    CohortTwice(String),
    /// Of the claims, cohorts or bridges.
    #[error("there is no {0} {1} in this place")]
    NoSuchEntry(&'static str, usize),
    #[error(transparent)]
    NoSuchAppraisal(#[from] NoSuchAppraisal),
    #[error(transparent)]
    Appraisal(#[from] AppraisalChangeError),
    /// There was nothing to put into a pool or to take out of it, for this reason.
    #[error("{0}")]
    NothingToPool(String),
}
