//! What pooled money is spent on instead: allocations, the purposes they name, and what a ring-fence allows
//! beyond today.

use serde::{Deserialize, Serialize};

use super::Portion;
use super::contribution::filter_in_words;
use super::scenario::is_default;
use crate::dimension::{Dimension, FinancialYear, Names, comparison_key};
use crate::ledger::Filter;
use crate::money::in_short;

/// Some of the pool's money, spent on something else than today.
///
/// Allocations look at the money as it came in, not as another allocation left it, so their order only decides who
/// goes short where they want more than there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// Which of the pool's money; all of it if nothing is said.
    #[serde(default, skip_serializing_if = "Filter::is_empty")]
    pub from: Filter,
    /// How much of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub what: Portion,
    pub to: Purpose,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What money is spent on. What is not stated stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<FinancialYear>,
    /// "Unallocated" holds the money back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The agency that answers for it; whoever spends on it today, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<String>,
}

impl Purpose {
    /// The theme of money that is held back.
    pub const UNALLOCATED: &str = Names::UNALLOCATED;

    pub fn is_unallocated(&self) -> bool {
        // Typed by hand as often as chosen, so capitals do not matter.
        self.theme.as_deref().is_some_and(|theme| comparison_key(theme) == "unallocated")
    }

    /// The names it states, by dimension.
    pub fn stated(&self) -> Vec<(Dimension, String)> {
        let year = self.year.map(|year| (Dimension::Year, year.to_string()));
        let names = [
            (Dimension::Theme, &self.theme),
            (Dimension::Service, &self.service),
            (Dimension::Provider, &self.provider),
            (Dimension::Cohort, &self.cohort),
            (Dimension::Area, &self.area),
            (Dimension::Stage, &self.stage),
        ];
        let names = names.into_iter().filter_map(|(dimension, name)| Some((dimension, name.clone()?)));
        year.into_iter().chain(names).collect()
    }

    /// In a few words: "Ageing Well, Home care".
    pub fn in_words(&self) -> String {
        let names: Vec<String> = self.stated().into_iter().map(|(_, name)| name).collect();
        if names.is_empty() { Names::NOT_STATED.to_owned() } else { names.join(", ") }
    }
}

impl Allocation {
    /// In a few words: "25% of Acute or reactive to Home care".
    pub fn in_words(&self) -> String {
        let from = filter_in_words(&self.from);
        let from = if from.is_empty() { "the pool" } else { from.trim_start_matches(", ") };
        let what = match self.what {
            Portion::Whole => String::new(),
            Portion::Percent(percent) => format!("{percent} of "),
            Portion::Amount(amount) => format!("{} a year of ", in_short(amount)),
        };
        format!("{what}{from} to {}", self.to.in_words())
    }
}

/// What money with a condition may fund beyond what it funds today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RingFence {
    /// The condition, as the lines name it.
    pub name: String,
    /// Spending it may fund: by theme, service, cohort, area, stage.
    pub allows: Filter,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
