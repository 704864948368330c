//! What the columns of a table are: recognised by heading and by content.

mod amount;
mod map;
mod names;
mod recognise;
mod settle;
mod shifted;
mod written;
mod year;

pub use map::{ColumnMap, Field, MappedColumn};
pub(in crate::import) use recognise::recognise;
pub(in crate::import) use year::year_of_file;
