//! Names of a dimension in their one spelling, or why a word is none of the few it knows.

use super::meaning::year_in;
use crate::dimension::{Basis, Dimension, Evidence, FinancialYear, Sector, SpendType, Stage};
use crate::ledger::unguarded;

/// How the names of a dimension are spelled: freely, or as one of the few it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Spelling {
    Free,
    Year,
    Stage,
    SpendType,
    Evidence,
    Basis,
    Sector,
    Ringfence,
}

impl Spelling {
    pub(in crate::import) fn of(dimension: Dimension) -> Self {
        match dimension {
            Dimension::Year => Self::Year,
            Dimension::Stage => Self::Stage,
            Dimension::Type => Self::SpendType,
            Dimension::Evidence => Self::Evidence,
            Dimension::Basis => Self::Basis,
            Dimension::Sector => Self::Sector,
            Dimension::Ringfence => Self::Ringfence,
            _ => Self::Free,
        }
    }

    /// The one spelling of a name, empty where it says that there is none.
    pub(in crate::import) fn read(self, cell: &str) -> Result<String, String> {
        let cell = unguarded(cell);
        if is_nothing(cell) {
            return Ok(String::new());
        }
        match self {
            Self::Free => Ok(cell.to_owned()),
            Self::Year => year_in(cell).map(|year| year.to_string()).ok_or_else(|| {
                cell.parse::<FinancialYear>().err().map_or_else(String::new, |error| error.to_string())
            }),
            Self::Stage => {
                cell.parse::<Stage>().map(|stage| stage.name().to_owned()).map_err(|error| error.to_string())
            }
            Self::SpendType => cell
                .parse::<SpendType>()
                .map(|kind| kind.name().to_owned())
                .map_err(|error| error.to_string()),
            Self::Evidence => {
                cell.parse::<Evidence>().map(|kind| kind.name().to_owned()).map_err(|error| error.to_string())
            }
            Self::Basis => {
                cell.parse::<Basis>().map(|kind| kind.name().to_owned()).map_err(|error| error.to_string())
            }
            Self::Sector => {
                cell.parse::<Sector>().map(|kind| kind.name().to_owned()).map_err(|error| error.to_string())
            }
            Self::Ringfence => Ok(match cell.to_lowercase().as_str() {
                "no" | "n" | "none" | "false" => "None".to_owned(),
                "yes" | "y" | "true" => "Ring-fenced".to_owned(),
                _ => cell.to_owned(),
            }),
        }
    }
}

/// What stands where nothing is stated.
fn is_nothing(cell: &str) -> bool {
    matches!(
        cell,
        "NA" | "N/A"
            | "n/a"
            | "#N/A"
            | "#REF!"
            | "#VALUE!"
            | "NULL"
            | "null"
            | "-"
            | "--"
            | "#NAME?"
            | "NaN"
            | "(blank)"
            | "Not stated"
    )
}
