//! What one cell says: an amount, a date.

mod amounts;
mod dates;

pub(super) use amounts::{Amount, plain_units};
pub use amounts::{AmountStyle, Unit};
pub use dates::DateOrder;
pub(super) use dates::{month_name, read_both_ways, read_date, read_serial, read_year_of_birth};
