//! Titles: what a picture shows, as a finding: who is largest, what changes, what is not itemised, who loses.
//!
//! One function for each view, from the figures alone, for a desk or for a hall. What they count is small print
//! ([`super::Sentence`]). Nothing is claimed that is not so at the filter, scenario and year in view: a remainder is
//! never the largest, a tie is a tie, an estimate is "about" what it is, and a fraction has words only within its
//! tolerance.

mod audience;
mod change;
mod over_years;
mod pool;
mod ranking;
mod spending;

pub use audience::Audience;
pub(super) use change::{ChangeLists, title_of_changes};
pub(super) use pool::left_out;
pub use pool::pool_title;
pub use spending::{flows_title, themes_title};
