//! Values to the bytes of files: figures to SVG, PNG and PDF, totals and lines to text, CSV, JSON and workbooks.
//!
//! The same value gives the same bytes on every machine. Nothing here touches a file.

mod pdf;
mod png;
mod svg;

pub use pdf::{Paper, pdf};
pub use png::{PictureError, png};
pub use svg::svg;
