//! What one cell says: an amount, a date.

mod amounts;
mod dates;
mod signs;

pub(super) use amounts::{Amount, plain_units};
pub use amounts::{AmountStyle, Unit};
pub use dates::DateOrder;
pub(super) use dates::{
    month_name, read_both_ways, read_date, read_serial, read_year_month, read_year_of_birth,
};
pub(super) use signs::{Currency, currency_of, has_lost_pound, is_marked};
