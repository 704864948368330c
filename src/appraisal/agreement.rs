//! The words of an investment agreement: who leads, from when to when, what is measured, what continues afterwards.

use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::money::Money;

/// What partners would sign, beside the numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InvestmentAgreement {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<AgreedLead>,
    /// The day it holds from, as it is agreed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// How what is delivered differs from today.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub differs: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<AgreedOutcome>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub repayment: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reinvestment: String,
    /// What continues when the programme ends, and who pays.
    #[serde(skip_serializing_if = "AfterProgramme::is_nothing")]
    pub after: AfterProgramme,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub review: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<AgreedMilestone>,
}

/// Who speaks for a partner: an office rather than a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreedLead {
    pub partner: String,
    pub name: String,
}

/// What is measured, and what is to come of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AgreedOutcome {
    pub measure: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub baseline: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub target: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// The key of a source, or its words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// What is to be there by when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreedMilestone {
    pub when: String,
    pub what: String,
}

/// What continues after the programme: words, or who pays how much a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterProgramme {
    Words(String),
    Paid(Vec<PaidAfter>),
}

/// What a partner goes on paying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaidAfter {
    pub partner: String,
    /// £ a year.
    pub amount: Money,
}

impl AfterProgramme {
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Words(words) => words.trim().is_empty(),
            Self::Paid(paid) => paid.is_empty(),
        }
    }
}

impl Default for AfterProgramme {
    fn default() -> Self {
        Self::Words(String::new())
    }
}

/// Text or a list, whichever it is.
impl Serialize for AfterProgramme {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Words(words) => words.serialize(serializer),
            Self::Paid(paid) => paid.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for AfterProgramme {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsOrList)
    }
}

struct WordsOrList;

impl<'de> Visitor<'de> for WordsOrList {
    type Value = AfterProgramme;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "text in quotation marks, or a list of who pays how much a year, such as [(partner: \"Council\", amount: \
             \"5000.00\")]",
        )
    }

    fn visit_str<E: de::Error>(self, words: &str) -> Result<Self::Value, E> {
        Ok(AfterProgramme::Words(words.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut paid = Vec::new();
        while let Some(one) = list.next_element()? {
            paid.push(one);
        }
        Ok(AfterProgramme::Paid(paid))
    }
}
