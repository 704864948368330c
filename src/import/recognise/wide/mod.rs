//! Wide tables: amounts side by side for years, quarters, months, agencies or services, the same money in several
//! versions, and which of the columns are totals of the others.

mod periods;
mod services;
mod sums;
mod versions;

use super::choice::Choice;
use super::meaning::{AmountMeasure, Meaning, year_in};
use super::profile::Profiles;
use crate::dimension::Dimension;

/// Amounts side by side, and the column that is the sum of each row's, where there is one.
#[derive(Debug, Default)]
pub(super) struct SideBySide {
    pub(super) columns: Vec<SideColumn>,
    pub(super) total: Option<usize>,
}

/// A column of amounts, and what it is an amount for.
pub(super) type SideColumn = (usize, Dimension, String);

/// What a table with several columns of amounts is.
#[derive(Debug)]
pub(super) enum Wide {
    /// Its amounts belong to different years or services, one line each.
    Side(SideBySide),
    /// One of them is read; the others tell the same money in other versions.
    One(usize),
}

/// A table as it was recognised so far.
pub(super) struct Columns<'c> {
    pub(super) headings: &'c [String],
    pub(super) meanings: &'c [(Meaning, u8)],
    pub(super) profiles: &'c Profiles,
}

impl Columns<'_> {
    /// Whether a column holds amounts; whole pounds of many digits do where the heading names a time or a version.
    fn is_money(&self, index: usize, is_named: bool) -> bool {
        let profile = self.profiles.get(index);
        (profile.is_money() || is_named && profile.may_be_money()) && !profile.is_date()
    }

    fn may_be_read(&self, index: usize) -> bool {
        !matches!(
            self.meanings[index].0,
            Meaning::Amount(AmountMeasure::Never) | Meaning::Passed | Meaning::Person
        )
    }

    /// Whether a column is headed as the amount of a list, whatever stands beside it.
    fn has_plain_amount(&self) -> bool {
        (0..self.headings.len()).any(|index| {
            matches!(self.meanings[index].0, Meaning::Amount(AmountMeasure::Net | AmountMeasure::Stated))
                && self.meanings[index].1 >= 85
                && self.profiles.get(index).may_be_money()
                && year_in(&self.headings[index]).is_none()
        })
    }
}

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
    services::services_side_by_side(columns.headings, columns.meanings, columns.profiles, choices)
        .map(Wide::Side)
}

/// A heading in one line.
fn tidy(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}
