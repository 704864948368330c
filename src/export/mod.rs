//! Values to the bytes of files: figures to SVG, PNG and PDF, totals and lines to text, CSV, JSON and workbooks.
//!
//! The same value gives the same bytes on every machine. Nothing here touches a file.

mod svg;

pub use svg::svg;
