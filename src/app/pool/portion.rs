//! A portion, as a cell shows it and as a sentence says it.

use crate::money::in_full;
use crate::pool::Portion;

/// As a cell shows it, whose heading says of what it is.
pub(super) fn portion_in_cell(portion: Portion) -> String {
    match portion {
        Portion::Whole => "100%".to_owned(),
        Portion::Percent(percent) => percent.to_string(),
        Portion::Amount(amount) => in_full(amount).replacen('£', "", 1),
    }
}

/// As a sentence says it.
pub(super) fn portion_in_words(portion: Portion) -> String {
    match portion {
        Portion::Amount(amount) => format!("{} a year", in_full(amount)),
        Portion::Whole | Portion::Percent(_) => portion_in_cell(portion),
    }
}
