//! A file from its bytes to its report: opens it, finds its headings, judges its columns and has every row read.

mod asked;
mod file;
mod markup;
mod of_file;
mod other_sheets;
mod recognised;
mod sheet;
mod sheet_choice;
mod sums_said;
mod table;
mod table_apart;
mod text;
mod workbook;

pub(super) use file::{read_file, read_stream};
pub(super) use workbook::forgives_faults;
