//! Sheets of modern workbooks at full speed. Their XML is scanned as bytes, as far as it is plain; the first thing out
//! of the ordinary hands over to the thorough reader, so that the results are those of the thorough way.

mod book;
mod notes;
mod parts;
mod sheet;
mod strings;
mod styles;
mod text;

pub(super) use book::PlainBook;
pub(super) use notes::{SheetNotes, adds_up_column};
pub(super) use sheet::Scanned;
