//! Values to the bytes of files: figures to SVG, PNG and PDF, a story to PDF, slides and a page, totals and lines to text, CSV, JSON and workbooks.
//!
//! The same value gives the same bytes on every machine. Nothing here touches a file.

mod agreement;
mod audit;
mod changes_workbook;
mod file_name;
mod letters;
mod pdf;
mod picture;
mod png;
mod pool_table;
mod pool_workbook;
mod separate;
mod story;
mod svg;
mod svg_in_page;
mod table;
mod workbook;

pub use crate::ledger::{guarded, tidy_headings, unguarded};
pub use agreement::{agreement_docx, agreement_markdown, agreement_pdf};
pub use audit::{audit_csv, audit_text, audit_workbook, rejects_csv};
pub use changes_workbook::{ChangesContent, changes_workbook};
pub use file_name::file_name;
pub use pdf::{Paper, pdf};
pub use picture::{PictureError, PictureFile, picture, words};
pub use png::{Pixels, pixels, png};
pub use pool_table::partners_tsv;
pub use pool_workbook::{PoolContent, pool_workbook};
pub use separate::{separate_csv, separate_json, separate_text};
pub use story::{StoryBytes, StoryFile, StoryFileError, StoryOptions, story};
pub use svg::svg;
pub use table::{
    TableCell, TextColumn, cells_csv, cells_tsv, lines_csv_stamped, table_text, totals_csv, totals_json,
    totals_text, totals_tsv,
};
pub use workbook::{WorkbookContent, WorkbookError, workbook};
