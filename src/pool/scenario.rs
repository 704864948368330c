//! A scenario as it is saved: everything that it says differs from the baseline. Every field may be missing,
//! so that older files stay readable.

use serde::{Deserialize, Serialize};

use super::{Allocation, Commitment, Contribution, Outturn, Portion, Purpose, RingFence, RiskShare, Split};
use crate::dimension::FinancialYear;
use crate::ledger::Filter;
use crate::money::Money;

/// A shadow pool that is tried: who would put in what, and what it would be spent on. It says only what differs from
/// the baseline, the place as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub name: String,
    /// The pool's name, as pictures and totals have it.
    pub pool: String,
    /// The partner that would hold the money, where one would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub arrangement: Arrangement,
    /// The years it is about; none means every year that its contributions choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<FinancialYear>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributions: Vec<Contribution>,
    /// Money that no line of the ledger holds: a new grant, a saving that would be put in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new_money: Vec<NewMoney>,
    /// Who puts in how much of the whole, where that is not as the contributions say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocations: Vec<Allocation>,
    /// What becomes of the money that no allocation takes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rest: Rest,
    /// What ring-fenced money may fund beyond what it funds today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ring_fences: Vec<RingFence>,
    /// What partners ask for before they join.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub risk_share: RiskShare,
    /// What was spent in the end, as far as it is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outturn: Vec<Outturn>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// The scenario it was copied from, as long as the place has that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copied_from: Option<String>,
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How closely money is held together: the rungs of the ladder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Arrangement {
    /// Each partner by itself; nothing can be allocated otherwise.
    Separate,
    /// A shared picture only.
    #[default]
    Shadow,
    /// Each partner holds its money and agrees to use it to the same ends.
    Aligned,
    /// One partner buys for all (section 75 of the NHS Act 2006).
    LeadCommissioning,
    /// One fund, held by a host (section 75 of the NHS Act 2006).
    Pooled,
}

impl Arrangement {
    pub const ALL: [Self; 5] =
        [Self::Separate, Self::Shadow, Self::Aligned, Self::LeadCommissioning, Self::Pooled];

    /// The word people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Separate => "Separate",
            Self::Shadow => "Shadow pool",
            Self::Aligned => "Aligned",
            Self::LeadCommissioning => "Lead commissioning",
            Self::Pooled => "Pooled (section 75)",
        }
    }

    /// Whether one partner must hold the money.
    pub const fn needs_host(self) -> bool {
        matches!(self, Self::LeadCommissioning | Self::Pooled)
    }
}

/// What becomes of the money in a pool that no allocation takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rest {
    /// Every pound goes where it goes today.
    #[default]
    KeepsItsPurpose,
    /// It waits to be allocated. Money in kind, aligned money and ring-fenced money keep their purpose even so.
    Unallocated,
}

/// Money that no line of the ledger holds, declared as new, so that the total may rise by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMoney {
    /// Who would put it in.
    pub partner: String,
    /// £ a year, in each year of the scenario.
    pub amount: Money,
    /// Where it would come from, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funder: Option<String>,
    /// What it is for; nothing leaves it unallocated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub purpose: Purpose,
    #[serde(default, skip_serializing_if = "is_default")]
    pub commitment: Commitment,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a partner asks for before it joins: a part of its own spending that stays outside the pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub partner: String,
    /// The least it must keep, of those lines: all of them, a percentage, or an amount a year.
    pub keeps: Portion,
    #[serde(default, skip_serializing_if = "Filter::is_empty")]
    pub of: Filter,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Scenario {
    /// Whether every contribution and all new money is agreed; until then each picture says that it is a model.
    pub fn is_agreed(&self) -> bool {
        let mut commitments = self
            .contributions
            .iter()
            .map(|contribution| contribution.commitment)
            .chain(self.new_money.iter().map(|money| money.commitment))
            .peekable();
        // An empty scenario is agreed by nobody.
        commitments.peek().is_some() && commitments.all(|commitment| commitment == Commitment::Agreed)
    }

    /// What every picture and export says until all is agreed.
    pub fn stamp(&self) -> Option<&'static str> {
        (!self.is_agreed()).then_some("MODEL, not an offer")
    }
}
