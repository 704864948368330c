//! Bodies that spend in a place, and the sector each is of.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{KindError, comparison_key};

/// A body that spends in the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub name: String,
    /// A shorter name for pictures; the full one is in tooltips and tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// Where it is not stated, what the lines say holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
}

/// What kind of body an agency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sector {
    LocalGovernment,
    Nhs,
    PoliceAndFire,
    Justice,
    WorkAndWelfare,
    Housing,
    Voluntary,
    Other,
}

impl Sector {
    pub const ALL: [Self; 8] = [
        Self::LocalGovernment,
        Self::Nhs,
        Self::PoliceAndFire,
        Self::Justice,
        Self::WorkAndWelfare,
        Self::Housing,
        Self::Voluntary,
        Self::Other,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::LocalGovernment => "Local government",
            Self::Nhs => "NHS",
            Self::PoliceAndFire => "Police and fire",
            Self::Justice => "Justice",
            Self::WorkAndWelfare => "Work and welfare",
            Self::Housing => "Housing",
            Self::Voluntary => "Voluntary",
            Self::Other => "Other",
        }
    }
}

impl FromStr for Sector {
    type Err = KindError;

    /// Reads the name in any case and punctuation, and the common other words for each sector.
    fn from_str(text: &str) -> Result<Self, KindError> {
        let key = comparison_key(text);
        if let Some(sector) = Self::ALL.into_iter().find(|sector| comparison_key(sector.name()) == key) {
            return Ok(sector);
        }
        // What publishers write for the same thing. A word that is none of these is told with the nearest
        // that is.
        match key.as_str() {
            "council" | "localauthority" | "regionalgovernment" | "combinedauthority" => {
                Ok(Self::LocalGovernment)
            }
            "health" | "nationalhealthservice" => Ok(Self::Nhs),
            "police" | "fire" | "policefire" | "emergencyservices" => Ok(Self::PoliceAndFire),
            "probation" | "courts" | "criminaljustice" => Ok(Self::Justice),
            "welfare" | "work" | "dwp" | "workwelfare" => Ok(Self::WorkAndWelfare),
            "housingassociation" | "housingassociations" => Ok(Self::Housing),
            "charity"
            | "charities"
            | "vcse"
            | "thirdsector"
            | "voluntarysector"
            | "voluntaryandcommunity" => Ok(Self::Voluntary),
            "centralgovernment" => Ok(Self::Other),
            _ => Err(KindError::new("sector", text, &Self::ALL.map(Self::name))),
        }
    }
}
