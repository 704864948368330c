//! What a heading says its column holds.

mod amounts;
mod dates;
mod heading;
mod kinds;
mod known;
mod parties;
mod people;
mod period;
mod purposes;
mod rules;
mod unit;
mod version;
mod words;

pub(in crate::import) use heading::{HeadingKind, heading_kind, names_part};
pub(super) use heading::{meaning, names_parties};
pub(super) use kinds::{AmountMeasure, DateKind, Meaning};
pub(in crate::import) use period::{month_in, quarter_in, year_in};
pub(super) use unit::{unit_in, unit_of_amounts};
pub(in crate::import) use version::is_income as is_income_title;
pub(super) use version::{Version, is_count, is_income, is_to_date, version_in};
pub(super) use words::words;
