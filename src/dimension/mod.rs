//! The ways spending is divided: who pays, who spends, on what, for whom, where, when, and how well it is known.

mod agency;
mod date;
mod kinds;
mod names;
mod shown_name;
mod year;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use agency::{Agency, Sector};
pub use date::{Date, DateError};
pub use kinds::{Basis, Commitment, Evidence, KindError, SpendType, Stage};
pub use names::{NameId, Names, comparison_key, nearest};
pub use shown_name::shown_name;
pub use year::FinancialYear;

/// One way of dividing spending. The order is the usual one from left to right, then what filters and colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// Where the money comes from: a grant, council tax, fees.
    Funder,
    /// The body that spends.
    Agency,
    /// The shadow pool that the money runs through, in a scenario.
    Pool,
    /// What the spending is meant to achieve.
    Theme,
    /// What is delivered under a theme.
    Service,
    /// Who delivers it.
    Provider,
    /// For whom.
    Cohort,
    /// Where: a ward, a district.
    Area,
    /// Who was paid, as published.
    Supplier,
    /// The financial year, April to March.
    Year,
    /// Prevention, early help, acute.
    Stage,
    /// Revenue or capital.
    Type,
    /// The condition the money comes with.
    Ringfence,
    /// How well the amount is known.
    Evidence,
    /// What kind of body the agency is.
    Sector,
    /// Budget, forecast or outturn; gross, income or net.
    Basis,
    /// How firmly money in a shadow pool is meant, in a scenario.
    Commitment,
}

impl Dimension {
    pub const ALL: [Self; 17] = [
        Self::Funder,
        Self::Agency,
        Self::Pool,
        Self::Theme,
        Self::Service,
        Self::Provider,
        Self::Cohort,
        Self::Area,
        Self::Supplier,
        Self::Year,
        Self::Stage,
        Self::Type,
        Self::Ringfence,
        Self::Evidence,
        Self::Sector,
        Self::Basis,
        Self::Commitment,
    ];
    pub const COUNT: usize = Self::ALL.len();

    /// Position in [`Dimension::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The word used in files and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Funder => "funder",
            Self::Agency => "agency",
            Self::Pool => "pool",
            Self::Theme => "theme",
            Self::Service => "service",
            Self::Provider => "provider",
            Self::Cohort => "cohort",
            Self::Area => "area",
            Self::Supplier => "supplier",
            Self::Year => "year",
            Self::Stage => "stage",
            Self::Type => "type",
            Self::Ringfence => "ringfence",
            Self::Evidence => "evidence",
            Self::Sector => "sector",
            Self::Basis => "basis",
            Self::Commitment => "commitment",
        }
    }

    /// The word people read: "Spend type".
    pub const fn title(self) -> &'static str {
        match self {
            Self::Funder => "Funder",
            Self::Agency => "Agency",
            Self::Pool => "Pool",
            Self::Theme => "Theme",
            Self::Service => "Service",
            Self::Provider => "Provider",
            Self::Cohort => "Cohort",
            Self::Area => "Area",
            Self::Supplier => "Supplier",
            Self::Year => "Year",
            Self::Stage => "Stage",
            Self::Type => "Spend type",
            Self::Ringfence => "Ring-fence",
            Self::Evidence => "Evidence",
            Self::Sector => "Sector",
            Self::Basis => "Basis",
            Self::Commitment => "Commitment",
        }
    }

    /// The same for several: "14 services".
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Funder => "funders",
            Self::Agency => "agencies",
            Self::Pool => "pools",
            Self::Theme => "themes",
            Self::Service => "services",
            Self::Provider => "providers",
            Self::Cohort => "cohorts",
            Self::Area => "areas",
            Self::Supplier => "suppliers",
            Self::Year => "years",
            Self::Stage => "stages",
            Self::Type => "spend types",
            Self::Ringfence => "ring-fences",
            Self::Evidence => "grades of evidence",
            Self::Sector => "sectors",
            Self::Basis => "bases",
            Self::Commitment => "commitments",
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("\"{found}\" is not a dimension; the dimensions are {}{}", known(), did_you_mean(found))]
pub struct DimensionError {
    found: String,
}

fn known() -> String {
    Dimension::ALL.map(Dimension::key).join(", ")
}

fn did_you_mean(found: &str) -> String {
    nearest(found, Dimension::ALL.map(Dimension::key))
        .map_or_else(String::new, |near| format!(". Did you mean \"{near}\"?"))
}

impl FromStr for Dimension {
    type Err = DimensionError;

    /// Reads a key or a title in any case: `ringfence`, `Ring-fence`, `spend type`.
    fn from_str(text: &str) -> Result<Self, DimensionError> {
        let wanted = comparison_key(text);
        Self::ALL
            .into_iter()
            .find(|dimension| {
                [dimension.key(), dimension.title(), dimension.plural()]
                    .iter()
                    .any(|word| comparison_key(word) == wanted)
            })
            .ok_or_else(|| DimensionError { found: text.to_owned() })
    }
}
