//! Exact amounts of money: reading, adding, sharing, and saying them in words.
//!
//! An amount is a whole number of ten-thousandths of a pound, so that the fractions of a penny that some published
//! files hold stay exact. No amount passes through a float before [`Money::to_approximate`]. Percentages, rates and
//! weights are plain decimals; what cannot be exact is rounded once, by [`nearest`].

mod amount;
mod amounts;
mod apportion;
mod decimal;
mod fraction;
mod masked;
mod percent;
mod portion;
mod rate;
mod read;
mod rounding;
mod share;
mod typed;
mod typed_sum;
mod weight;
mod words;

pub use amount::Money;
pub use amounts::Amounts;
pub use apportion::apportion;
pub use fraction::{fraction, without_fractions};
pub use masked::MaskedValues;
pub use percent::{Percent, PercentError};
pub use portion::portion;
pub use rate::Rate;
pub use read::{AmountError, read_amount};
pub use rounding::nearest;
pub use share::{Share, ShareError, Weights};
pub use typed::{Current, Typed, TypedError, read_typed};
pub use weight::{WeightError, Weighting};
pub use words::{in_column, in_column_signed, in_full, in_short, in_short_signed, percent};
