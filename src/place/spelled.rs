//! Words of spend lines in their one spelling, and names that the place does not know.

use crate::dimension::{Basis, Dimension, Evidence, FinancialYear, Sector, SpendType, Stage, nearest};

/// That the place does not know a name of this kind, and which it may be.
pub(super) fn nearest_known<'a>(kind: &str, found: &str, known: impl Iterator<Item = &'a str>) -> String {
    let hint = nearest(found, known).map_or_else(
        || "add it to the place's list, or correct the line".to_owned(),
        |near| format!("did you mean \"{near}\"?"),
    );
    format!("\"{found}\" is not among the place's {kind} names; {hint}")
}

/// A word of a dimension that has kinds, in its one spelling.
pub(super) fn spell(dimension: Dimension, word: &str) -> Result<String, String> {
    Ok(match dimension {
        Dimension::Year => word.parse::<FinancialYear>().map_err(|error| error.to_string())?.to_string(),
        Dimension::Stage => word.parse::<Stage>().map_err(|error| error.to_string())?.name().to_owned(),
        Dimension::Type => word.parse::<SpendType>().map_err(|error| error.to_string())?.name().to_owned(),
        Dimension::Evidence => word.parse::<Evidence>().map_err(|error| error.to_string())?.name().to_owned(),
        Dimension::Basis => word.parse::<Basis>().map_err(|error| error.to_string())?.name().to_owned(),
        Dimension::Sector => word.parse::<Sector>().map_err(|error| error.to_string())?.name().to_owned(),
        _ => word.to_owned(),
    })
}
