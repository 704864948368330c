//! Dimensions with few known words: evidence, stage, revenue or capital, basis, commitment. How each is
//! spelled by publishers, and what is said of a word that is none of them.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{comparison_key, nearest};

/// A word that is none of the few a dimension knows.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("\"{found}\" is no {kind}; it can be {known}{hint}")]
pub struct KindError {
    kind: &'static str,
    found: String,
    known: String,
    hint: String,
}

impl KindError {
    pub(super) fn new(kind: &'static str, found: &str, known: &[&'static str]) -> Self {
        let hint = nearest(found, known.iter().copied())
            .map_or_else(String::new, |near| format!(". Did you mean \"{near}\"?"));
        Self { kind, found: found.to_owned(), known: known.join(", "), hint }
    }
}

/// How well an amount is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Evidence {
    /// Taken from accounts or published as such.
    Actual,
    /// A national or wider figure, shared out to the place.
    Apportioned,
    Estimated,
    /// Made up to show how it might look.
    Illustrative,
}

impl Evidence {
    pub const ALL: [Self; 4] = [Self::Actual, Self::Apportioned, Self::Estimated, Self::Illustrative];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Actual => "Actual",
            Self::Apportioned => "Apportioned",
            Self::Estimated => "Estimated",
            Self::Illustrative => "Illustrative",
        }
    }
}

impl FromStr for Evidence {
    type Err = KindError;
    fn from_str(text: &str) -> Result<Self, KindError> {
        match comparison_key(text).as_str() {
            "actual" | "actuals" | "published" | "audited" => Ok(Self::Actual),
            "apportioned" => Ok(Self::Apportioned),
            "estimated" | "estimate" => Ok(Self::Estimated),
            "illustrative" | "illustration" => Ok(Self::Illustrative),
            _ => Err(KindError::new("grade of evidence", text, &Self::ALL.map(Self::name))),
        }
    }
}

/// When in the course of a need the money is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    Prevention,
    EarlyHelp,
    Acute,
    NotClassified,
}

impl Stage {
    pub const ALL: [Self; 4] = [Self::Prevention, Self::EarlyHelp, Self::Acute, Self::NotClassified];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Prevention => "Prevention",
            Self::EarlyHelp => "Early help",
            Self::Acute => "Acute or reactive",
            Self::NotClassified => "Not classified",
        }
    }
}

impl FromStr for Stage {
    type Err = KindError;
    fn from_str(text: &str) -> Result<Self, KindError> {
        match comparison_key(text).as_str() {
            // Public health counts prevention as primary, secondary and tertiary; the tertiary kind treats
            // what has happened, so it is acute here.
            "prevention" | "preventative" | "preventive" | "primary" | "secondary" | "universal" => {
                Ok(Self::Prevention)
            }
            "earlyhelp" | "earlyintervention" | "targeted" => Ok(Self::EarlyHelp),
            "acute" | "reactive" | "acutereactive" | "acuteorreactive" | "statutory" | "crisis"
            | "tertiary" => Ok(Self::Acute),
            "notclassified" | "unclassified" => Ok(Self::NotClassified),
            _ => Err(KindError::new("stage", text, &Self::ALL.map(Self::name))),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpendType {
    Revenue,
    Capital,
}

impl SpendType {
    pub const ALL: [Self; 2] = [Self::Revenue, Self::Capital];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Revenue => "Revenue",
            Self::Capital => "Capital",
        }
    }
}

impl FromStr for SpendType {
    type Err = KindError;
    fn from_str(text: &str) -> Result<Self, KindError> {
        match comparison_key(text).as_str() {
            // RDEL and CDEL are the Treasury's departmental expenditure limits, resource and capital.
            "revenue" | "rev" | "rdel" | "r" | "cur" | "current" => Ok(Self::Revenue),
            "capital" | "cap" | "cdel" | "c" => Ok(Self::Capital),
            _ => Err(KindError::new("spend type", text, &Self::ALL.map(Self::name))),
        }
    }
}

/// What an amount counts. Amounts of different bases are never added without a word about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    Outturn,
    Budget,
    Forecast,
    /// Spending before income is taken off.
    GrossOutturn,
    GrossBudget,
    /// Fees, charges and grants received.
    Income,
    /// A sum over several years.
    MultiYear,
}

impl Basis {
    pub const ALL: [Self; 7] = [
        Self::Outturn,
        Self::Budget,
        Self::Forecast,
        Self::GrossOutturn,
        Self::GrossBudget,
        Self::Income,
        Self::MultiYear,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Outturn => "Outturn",
            Self::Budget => "Budget",
            Self::Forecast => "Forecast",
            Self::GrossOutturn => "Gross outturn",
            Self::GrossBudget => "Gross budget",
            Self::Income => "Income",
            Self::MultiYear => "Several years",
        }
    }
}

impl FromStr for Basis {
    type Err = KindError;
    fn from_str(text: &str) -> Result<Self, KindError> {
        match comparison_key(text).as_str() {
            "outturn" | "actual" | "netoutturn" | "net" | "spend" => Ok(Self::Outturn),
            "budget" | "netbudget" | "plan" => Ok(Self::Budget),
            "forecast" => Ok(Self::Forecast),
            "grossoutturn" | "gross" => Ok(Self::GrossOutturn),
            "grossbudget" => Ok(Self::GrossBudget),
            "income" => Ok(Self::Income),
            "severalyears" | "multiyear" | "fiveyears" => Ok(Self::MultiYear),
            _ => Err(KindError::new("basis", text, &Self::ALL.map(Self::name))),
        }
    }
}

/// How firmly a contribution is meant, the loosest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Commitment {
    /// Put on the table to be looked at.
    #[default]
    Shown,
    Indicative,
    InPrinciple,
    Agreed,
}

impl Commitment {
    pub const ALL: [Self; 4] = [Self::Shown, Self::Indicative, Self::InPrinciple, Self::Agreed];

    /// The word people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shown => "Shown",
            Self::Indicative => "Indicative",
            Self::InPrinciple => "In principle",
            Self::Agreed => "Agreed",
        }
    }
}

impl FromStr for Commitment {
    type Err = KindError;
    fn from_str(text: &str) -> Result<Self, KindError> {
        let wanted = comparison_key(text);
        // No other words are read: how firmly money is meant is too serious to be guessed.
        let known = Self::ALL.into_iter().find(|commitment| comparison_key(commitment.name()) == wanted);
        known.ok_or_else(|| KindError::new("commitment", text, &Self::ALL.map(Self::name)))
    }
}
