//! Rules of who ends up with what of a programme's cost and benefit.

use serde::{Deserialize, Serialize};

use crate::money::Percent;

/// Who ends up with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharingRule {
    /// Whoever pays, pays; whoever gains, keeps it.
    #[default]
    AsItFalls,
    /// The cost is borne in proportion to what each gains.
    CostFollowsBenefit,
    /// The cost is borne in proportion to what each gains in cash.
    CostFollowsCash,
    /// The benefit is kept in proportion to what each pays.
    BenefitFollowsCost,
    /// What is left of the benefits after the cost is the same for all who pay or gain.
    EqualNet,
    /// What is left is shared as was agreed.
    Fixed(Vec<AgreedShare>),
}

/// A partner's part of what is left after the cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreedShare {
    pub partner: String,
    pub share: Percent,
}

impl SharingRule {
    /// Those that need nothing else to be said.
    pub const PLAIN: [Self; 5] = [
        Self::AsItFalls,
        Self::CostFollowsBenefit,
        Self::CostFollowsCash,
        Self::BenefitFollowsCost,
        Self::EqualNet,
    ];

    /// The word of the command line and of files for programs.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::AsItFalls => "as-it-falls",
            Self::CostFollowsBenefit => "cost-follows-benefit",
            Self::CostFollowsCash => "cost-follows-cash",
            Self::BenefitFollowsCost => "benefit-follows-cost",
            Self::EqualNet => "equal-net",
            Self::Fixed(_) => "fixed",
        }
    }

    /// What it says, as an agreement has it.
    pub const fn in_words(&self) -> &'static str {
        match self {
            Self::AsItFalls => "Each partner bears what it pays and keeps what it gains.",
            Self::CostFollowsBenefit => "Each partner bears the cost in proportion to what it gains.",
            Self::CostFollowsCash => "Each partner bears the cost in proportion to what it gains in cash.",
            Self::BenefitFollowsCost => "Each partner keeps the benefit in proportion to what it pays.",
            Self::EqualNet => {
                "What is left of the benefits after the cost is shared equally among all who pay or gain."
            }
            Self::Fixed(_) => "What is left of the benefits after the cost is shared in agreed parts.",
        }
    }

    /// Whether each year's cost is shared out by the rule, so that there is a bill for each year.
    pub const fn shares_cost(&self) -> bool {
        matches!(self, Self::CostFollowsBenefit | Self::CostFollowsCash)
    }
}
