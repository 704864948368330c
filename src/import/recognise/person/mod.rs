//! What only a person has, cell by cell: names, addresses, numbers, dates of birth.

mod names;
mod numbers;
mod places;
mod signs;

pub(super) use signs::PersonalSigns;
