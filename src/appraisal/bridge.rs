//! Cohorts of a place with their people, and bridges between two counts of one place.

use serde::{Deserialize, Serialize};

use super::{AppraisalCode, AppraisalFinding, AppraisedPart};
use crate::dimension::{Evidence, nearest};
use crate::ledger::ControlTotal;
use crate::money::Money;

/// How many people a cohort of the lines has, so that money by cohort can be said a head.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceCohort {
    /// As the lines name it.
    pub name: String,
    pub people: u64,
    /// How many there are in all, of whom these are a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// The key of the source it is from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// From one count of a place to another, by what is in the one and not in the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bridge {
    /// The name of a control total.
    pub from: String,
    pub to: String,
    #[serde(default)]
    pub items: Vec<BridgeItem>,
}

/// What one count has and the other has not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BridgeItem {
    pub what: String,
    /// £; less than nothing where the first count has it.
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// A bridge between two amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BridgeFigures {
    /// £.
    pub from: Money,
    pub to: Money,
    /// What no item explains.
    pub not_explained: Money,
}

impl Bridge {
    /// What it comes to between two control totals of the place.
    ///
    /// # Errors
    /// When there is no such control total; the finding names the nearest.
    pub fn figures(&self, totals: &[ControlTotal]) -> Result<BridgeFigures, AppraisalFinding> {
        let amount = |name: &str| {
            totals.iter().find(|total| total.name == name).map(|total| total.amount).ok_or_else(|| {
                let hint = match nearest(name, totals.iter().map(|total| total.name.as_str())) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "add it, or choose another".to_owned(),
                };
                let message = format!("there is no control total \"{name}\"; {hint}");
                AppraisalFinding::new(AppraisalCode::TotalUnknown, AppraisedPart::Bridges, message)
            })
        };
        let (from, to) = (amount(&self.from)?, amount(&self.to)?);
        let explained: Money = self.items.iter().map(|item| item.amount).sum();
        Ok(BridgeFigures { from, to, not_explained: to - from - explained })
    }
}
