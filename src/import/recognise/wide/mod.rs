//! Wide tables: amounts side by side for years, quarters, months, agencies or services, the same money in several
//! versions, and which of the columns are totals of the others.

mod blocks;
mod columns;
mod periods;
mod services;
mod sums;
mod versions;

pub(super) use columns::{Columns, Wide};

use super::choice::Choice;

/// Amounts side by side that belong to different years or services, or that are versions of one another; `None` where
/// there is one amount.
pub(super) fn amounts_side_by_side(columns: &Columns<'_>, choices: &mut Vec<Choice>) -> Option<Wide> {
    let has_plain_amount = columns.has_plain_amount();
    if !has_plain_amount
        && let Some(found) =
            versions::one_version(columns, choices).or_else(|| periods::periods(columns, choices))
    {
        return Some(found);
    }
    if let Some(found) = blocks::blocks_of_measures(columns, choices) {
        return Some(found);
    }
    services::services_side_by_side(columns.headings, columns.meanings, columns.profiles, choices)
        .map(Wide::Side)
}
