//! The columns of a wide table as they were recognised so far, and what it may be.

use crate::dimension::Dimension;
use crate::import::recognise::meaning::{AmountMeasure, Meaning, year_in};
use crate::import::recognise::profile::Profiles;

/// Amounts side by side, and the column that is the sum of each row's, where there is one.
#[derive(Debug, Default)]
pub(in crate::import::recognise) struct SideBySide {
    pub(in crate::import::recognise) columns: Vec<SideColumn>,
    pub(in crate::import::recognise) total: Option<usize>,
}

/// A column of amounts, and what it is an amount for.
pub(in crate::import::recognise) type SideColumn = (usize, Dimension, String);

/// What a table with several columns of amounts is.
#[derive(Debug)]
pub(in crate::import::recognise) enum Wide {
    /// Its amounts belong to different years or services, one line each.
    Side(SideBySide),
    /// One of them is read; the others tell the same money in other versions.
    One(usize),
}

/// A table as it was recognised so far.
#[derive(Clone, Copy)]
pub(in crate::import::recognise) struct Columns<'c> {
    pub(in crate::import::recognise) headings: &'c [String],
    pub(in crate::import::recognise) meanings: &'c [(Meaning, u8)],
    pub(in crate::import::recognise) profiles: &'c Profiles,
}

impl Columns<'_> {
    /// Whether a column holds amounts; whole pounds of many digits do where the heading names a time or a version.
    pub(super) fn is_money(&self, index: usize, is_named: bool) -> bool {
        let profile = self.profiles.get(index);
        (profile.is_money() || is_named && profile.may_be_money()) && !profile.is_date()
    }

    /// Whether it was said what the column is.
    pub(super) fn is_settled(&self, index: usize) -> bool {
        self.meanings[index] == (Meaning::Passed, 0)
    }

    pub(super) fn may_be_read(&self, index: usize) -> bool {
        !matches!(
            self.meanings[index].0,
            Meaning::Amount(AmountMeasure::Never) | Meaning::Passed | Meaning::Person
        )
    }

    /// Whether a column is headed as the amount of a list, whatever stands beside it.
    pub(super) fn has_plain_amount(&self) -> bool {
        (0..self.headings.len()).any(|index| {
            matches!(self.meanings[index].0, Meaning::Amount(AmountMeasure::Net | AmountMeasure::Stated))
                && self.meanings[index].1 >= 85
                && self.profiles.get(index).may_be_money()
                && year_in(&self.headings[index]).is_none()
        })
    }
}

/// A heading in one line.
pub(super) fn tidy(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}
