//! An appraisal as it is saved: what a programme costs, what it changes, who gains by it, and which rule shares that
//! out. Fields in the order they are written; what may be missing has its default beside it.

use serde::{Deserialize, Serialize};

use super::{InvestmentAgreement, SharingRule};
use crate::dimension::{Commitment, Evidence, FinancialYear};
use crate::money::{Money, Percent, Weighting};

/// Costs and outcomes of a programme by partner and year, against what would be done without it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appraisal {
    pub name: String,
    /// The shadow pool that would pay for it, by the name of its scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// What would be done without it; where nothing is said no saving can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<String>,
    /// Year 0 first, each following the one before.
    pub years: Vec<FinancialYear>,
    /// The price base that all amounts are in: `2008/09 prices`, `Cash`.
    pub prices: String,
    /// Rates of discount; none is not discounted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discount: Vec<DiscountRate>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub discount_source: String,
    /// Who it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<AppraisedCohort>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<CostLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// Who ends up with what.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sharing: SharingRule,
    /// The words of the investment agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<InvestmentAgreement>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// From a year on, the rate that turns the year before into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscountRate {
    /// Counted from 1; the first rate has 1.
    pub from: u32,
    pub rate: Percent,
}

/// Who a programme is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppraisedCohort {
    pub name: String,
    /// How many people, for every outcome that says no other number.
    pub people: u64,
    /// The key of the source the number is from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// What a partner pays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostLine {
    pub partner: String,
    #[serde(default)]
    pub kind: CostKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// £, one for each year; after the last there is nothing.
    #[serde(default)]
    pub amounts: Vec<Money>,
    /// Optimism bias: by how much costs turn out higher than planned, nothing or more.
    #[serde(default, skip_serializing_if = "is_default")]
    pub correction: Percent,
    #[serde(default, skip_serializing_if = "is_default")]
    pub commitment: Commitment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// The key of the source it is from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// How a cost is borne.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CostKind {
    #[default]
    Revenue,
    Capital,
    /// Staff, premises, goods, counted at their cost.
    InKind,
}

impl CostKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Revenue => "Revenue",
            Self::Capital => "Capital",
            Self::InKind => "In kind",
        }
    }
}

/// Something that changes for people, and what that is worth to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// How many people; those of the cohort where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u64>,
    /// How many units a person accounts for in a year.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub each: Weighting,
    /// How many of the people take part.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub engagement: Percent,
    /// How many of these stay to the end.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub retention: Percent,
    /// How many units of those who stay are changed.
    pub impact: Percent,
    /// How much of that would have happened anyway. There is no default: the two ways of saying it differ too much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadweight: Option<Deadweight>,
    /// How much of the whole effect there is in each year; after the last there is nothing.
    pub profile: Vec<Percent>,
    #[serde(default)]
    pub kind: OutcomeKind,
    /// Optimism bias: by how much benefits turn out lower than planned, nothing or less.
    #[serde(default, skip_serializing_if = "is_default")]
    pub correction: Percent,
    /// Who has what of the value of a unit, which is the sum of its parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gains: Vec<GainPart>,
    /// The value of a unit as it is published, to be compared with the sum of the parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// The key of the source it is from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

fn one() -> Weighting {
    Weighting::new(1)
}

// serde hands fields over by reference.
fn is_one(each: &Weighting) -> bool {
    *each == one()
}

fn whole() -> Percent {
    Percent::WHOLE
}

fn is_whole(percent: &Percent) -> bool {
    *percent == Percent::WHOLE
}

/// What would have happened without the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deadweight {
    /// Percentage points that are taken off the impact.
    Points(Percent),
    /// The part of the impact that would have come anyway.
    Share(Percent),
}

impl Deadweight {
    pub const fn percent(self) -> Percent {
        match self {
            Self::Points(percent) | Self::Share(percent) => percent,
        }
    }
}

/// Whose money a benefit is; kinds are never added unasked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OutcomeKind {
    /// Public bodies spend less.
    #[default]
    Fiscal,
    /// People and firms earn more.
    Economic,
    /// Health, safety and well-being, put in pounds.
    Social,
}

impl OutcomeKind {
    pub const ALL: [Self; 3] = [Self::Fiscal, Self::Economic, Self::Social];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Fiscal => "Fiscal",
            Self::Economic => "Economic",
            Self::Social => "Social",
        }
    }
}

/// What a partner has of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GainPart {
    pub partner: String,
    /// Which of its budgets, where that is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// £ a unit; less than nothing where the partner loses by it.
    pub value: Money,
    /// How much of it can be taken out of a budget.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cashable: Percent,
    /// Whether it comes again every year.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub recurrent: bool,
}

const fn yes() -> bool {
    true
}

// serde hands fields over by reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_yes(value: &bool) -> bool {
    *value
}

impl Appraisal {
    /// Whether every cost is agreed and the agreement has a date; until then it is a model.
    pub fn is_agreed(&self) -> bool {
        let is_dated = self.agreement.as_ref().is_some_and(|agreement| !agreement.from.trim().is_empty());
        let is_agreed = |cost: &CostLine| cost.commitment == Commitment::Agreed;
        is_dated && !self.costs.is_empty() && self.costs.iter().all(is_agreed)
    }

    /// What every picture and export says until all is agreed.
    pub fn stamp(&self) -> Option<&'static str> {
        (!self.is_agreed()).then_some("MODEL, not an offer")
    }

    /// Whether it says what would be done without it.
    pub fn has_baseline(&self) -> bool {
        self.today.as_ref().is_some_and(|today| !today.trim().is_empty())
    }

    /// How many people an outcome counts.
    pub fn people_of(&self, outcome: &Outcome) -> Option<u64> {
        outcome.people.or_else(|| Some(self.cohort.as_ref()?.people))
    }
}

impl Outcome {
    /// The value of a unit: the sum of its parts, £.
    pub fn unit_value(&self) -> Money {
        self.gains.iter().map(|gain| gain.value).sum()
    }
}
