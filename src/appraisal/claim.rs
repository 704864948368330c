//! Published headline figures that cannot be worked out again: what they are of, on which basis, and whether several
//! may be added.

use std::fmt;

use ron::value::RawValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::document::is_default;
use crate::dimension::nearest;
use crate::money::Money;

/// A published figure with its basis; one figure, or a range.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub name: String,
    /// What it is of: a place, a programme.
    pub of: String,
    /// £; where it is one figure both ends are it.
    pub from: Money,
    pub to: Money,
    pub measure: ClaimMeasure,
    #[serde(default, skip_serializing_if = "is_default")]
    pub net: ClaimNet,
    #[serde(default, skip_serializing_if = "is_default")]
    pub cash: ClaimCash,
    #[serde(default, skip_serializing_if = "is_default")]
    pub years: ClaimYears,
    /// Anything else that its basis is told by.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// The key of the source it is from, or its words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What it is made up of, as far as that was published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ClaimPart>,
}

/// A part of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimPart {
    pub name: String,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "is_default")]
    pub cash: ClaimCash,
}

/// What a claim measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClaimMeasure {
    #[default]
    Benefit,
    Cost,
    Saving,
}

impl ClaimMeasure {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Benefit => "Benefit",
            Self::Cost => "Cost",
            Self::Saving => "Saving",
        }
    }

    /// A saving is a benefit to a budget; a cost is neither.
    pub(super) const fn is_cost(self) -> bool {
        matches!(self, Self::Cost)
    }
}

/// Whether what it costs was taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClaimNet {
    Gross,
    Net,
    #[default]
    NotStated,
}

impl ClaimNet {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gross => "gross",
            Self::Net => "net",
            Self::NotStated => "not stated",
        }
    }
}

/// Whether it can be taken out of a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClaimCash {
    Cashable,
    NonCashable,
    /// Some of it can and some cannot.
    Both,
    #[default]
    NotStated,
}

impl ClaimCash {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cashable => "cashable",
            Self::NonCashable => "not cashable",
            Self::Both => "both",
            Self::NotStated => "not stated",
        }
    }

    /// The whole of what is claimed, whichever part of it is cash.
    pub(super) const fn is_whole(self) -> bool {
        matches!(self, Self::Both | Self::NotStated)
    }
}

/// How many years it is a sum of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimYears {
    /// In all of so many years.
    Sum(u32),
    /// In each year.
    Annual,
    #[default]
    NotStated,
}

impl ClaimYears {
    const WORDS: [&str; 2] = ["Annual", "NotStated"];
}

/// `5`, `a year`.
impl fmt::Display for ClaimYears {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sum(years) => write!(f, "{years}"),
            Self::Annual => f.write_str("a year"),
            Self::NotStated => f.write_str("not stated"),
        }
    }
}

/// A number, or a word: `5`, `Annual`.
impl Serialize for ClaimYears {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Sum(years) => serializer.serialize_u32(*years),
            Self::Annual => serializer.serialize_unit_variant("ClaimYears", 0, Self::WORDS[0]),
            Self::NotStated => serializer.serialize_unit_variant("ClaimYears", 1, Self::WORDS[1]),
        }
    }
}

impl<'de> Deserialize<'de> for ClaimYears {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = <&RawValue>::deserialize(deserializer)?.get_ron().trim();
        match written {
            "Annual" => return Ok(Self::Annual),
            "NotStated" => return Ok(Self::NotStated),
            _ => {}
        }
        // None is a claim of no time; a hundred is beyond any programme.
        if let Some(years) = written.parse().ok().filter(|years| (1..=100).contains(years)) {
            return Ok(Self::Sum(years));
        }
        let hint = nearest(written, Self::WORDS)
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Err(de::Error::custom(format!("`{written}` is no number of years, such as 5, nor Annual{hint}")))
    }
}
