//! What a table is: where its headings stand, what its columns mean, whose it is, what must not be read.

mod columns;
mod credits;
mod header;
mod hierarchy;
mod meaning;
mod privacy;
mod profile;
mod publisher;
mod spelling;
mod totals_rows;
mod wide;

pub(super) use columns::{Choice, recognise, year_of_file};
pub use columns::{ColumnMap, Field, MappedColumn};
pub(super) use credits::{Credits, find_credits, is_credit};
pub(super) use header::{Header, find_header, header_at};
pub(super) use hierarchy::{may_have_levels, sums_of_parts};
pub(super) use meaning::{month_in, year_in};
pub(super) use privacy::personal_columns;
pub(super) use profile::Profiles;
pub(super) use publisher::agency_of_file;
pub(super) use spelling::Spelling;
pub(super) use totals_rows::{RunningTotals, TotalLabel, total_label};
