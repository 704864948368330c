//! What a table is: where its headings stand, what its columns mean, whose it is, what must not be read.

mod choice;
mod columns;
mod credits;
mod currency_said;
mod header;
mod heading_rows;
mod heading_score;
mod hierarchy;
mod judged;
mod meaning;
mod person;
mod privacy;
mod profile;
mod publisher;
mod sample;
mod spelling;
mod total_label;
mod wide;

pub(super) use choice::Choice;
pub use columns::{ColumnMap, Field, MappedColumn};
pub(super) use columns::{recognise, year_of_file};
pub(super) use credits::{Credits, find_credits, is_credit};
pub(super) use header::{Header, find_header, header_at};
pub(super) use hierarchy::{columns_filled_down, may_have_levels, sums_of_parts};
pub(super) use meaning::{HeadingKind, heading_kind, is_income_title, month_in, names_part, year_in};
pub(super) use privacy::personal_columns;
pub(super) use profile::Profiles;
pub(super) use publisher::agency_of_file;
pub(super) use sample::RowSample;
pub(super) use spelling::Spelling;
pub(super) use total_label::{TotalLabel, says_total, total_label};
