//! Exact amounts of money: reading, adding, sharing, and saying them in words.
//!
//! An amount is a whole number of ten-thousandths of a pound, so that the fractions of a penny that some published
//! files hold stay exact. No amount passes through a float before [`Money::to_approximate`].

mod amount;
mod apportion;
mod percentage;
mod portion;
mod read;
mod share;
mod typed;
mod words;

pub use amount::Money;
pub use apportion::apportion;
pub use percentage::{Percent, PercentError};
pub use portion::portion;
pub use read::{AmountError, read_amount};
pub use share::{Share, ShareError, Weights};
pub use typed::{Current, Typed, TypedError, read_typed};
pub use words::{in_full, in_short, in_short_signed, percent};
