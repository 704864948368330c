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
mod words;

pub(super) use heading::meaning;
pub(super) use kinds::{AmountMeasure, DateKind, Meaning};
pub(in crate::import) use period::{month_in, year_in};
pub(super) use unit::unit_in;
pub(super) use words::words;
