//! What a partner puts into a pool: which of its lines, how much of them, and how firmly. Also portions, as
//! contributions, allocations and conditions state them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::scenario::is_default;
use crate::dimension::Commitment;
use crate::ledger::Filter;
use crate::ledger::LineReference;
use crate::money::{Money, Percent, in_full, in_short};
use crate::words::{all_of, counted_plain, first_of};

/// What a partner puts in: some of its lines, whole or in part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// The agency whose lines they are.
    pub partner: String,
    /// Which of its lines; all of them if nothing is said.
    #[serde(default, skip_serializing_if = "Lines::is_all")]
    pub lines: Lines,
    /// How much of them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub what: Portion,
    /// Staff, premises, goods: counted at their cost, and not to be spent on anything else.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_kind: bool,
    /// Used to the pool's ends while the partner holds it: it keeps its purpose.
    #[serde(default, skip_serializing_if = "is_default")]
    pub aligned: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub commitment: Commitment,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Which lines of a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lines {
    /// Those that a filter lets through, also when there are more of them one day.
    Where(Filter),
    /// These, picked by hand.
    ByHand(Vec<LineReference>),
}

impl Default for Lines {
    fn default() -> Self {
        Self::Where(Filter::default())
    }
}

impl Lines {
    fn is_all(&self) -> bool {
        matches!(self, Self::Where(filter) if filter.is_empty())
    }
}

/// How much of some lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Portion {
    #[default]
    Whole,
    /// Of each line, to the penny.
    Percent(Percent),
    /// £ a year, from all the lines in proportion.
    Amount(Money),
}

impl Portion {
    /// Why it is no part of what there is, where it is none.
    pub(super) fn is_no_portion(self) -> Option<String> {
        match self {
            Self::Percent(percent) if percent.is_negative() || percent > Percent::WHOLE => {
                Some(format!("{percent} is not a part of what there is; give a percentage from 0% to 100%"))
            }
            Self::Amount(amount) if amount.is_negative() => {
                Some(format!("{} is less than nothing; give an amount above nothing", in_full(amount)))
            }
            Self::Whole | Self::Percent(_) | Self::Amount(_) => None,
        }
    }
}

impl Contribution {
    /// In a few words: "60% of Cheshire Constabulary, Starting Well".
    pub fn in_words(&self) -> String {
        let mut words = match self.what {
            Portion::Whole => self.partner.clone(),
            Portion::Percent(percent) => format!("{percent} of {}", self.partner),
            Portion::Amount(amount) => format!("{} a year of {}", in_short(amount), self.partner),
        };
        match &self.lines {
            Lines::Where(filter) => words.push_str(&filter_in_words(filter)),
            Lines::ByHand(lines) => {
                let _ = write!(words, ", {} picked by hand", counted_plain(lines.len(), "line"));
            }
        }
        words
    }

    /// Whether its money may be spent on something else.
    pub fn keeps_its_purpose(&self) -> bool {
        self.in_kind || self.aligned
    }
}

/// The names a filter asks for: ", Starting Well, Health visiting".
pub(super) fn filter_in_words(filter: &Filter) -> String {
    let mut words = String::new();
    for chip in &filter.chips {
        words.push_str(match chip.keep {
            crate::ledger::Keep::Only => ", ",
            crate::ledger::Keep::Without => ", without ",
        });
        let names: Vec<&str> = chip.names.iter().map(String::as_str).collect();
        // Three names fit in a sentence and in a step's name; who wants all of them opens the contribution.
        words.push_str(&if names.len() > 3 { first_of(&names, 3) } else { all_of(&names) });
    }
    if !filter.text.is_empty() {
        let _ = write!(words, ", \"{}\"", filter.text);
    }
    words
}
