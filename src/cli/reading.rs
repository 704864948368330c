//! The arguments of every command that reads spending files.

use clap::Args;

use crate::import::{Encoding, ImportOptions};

/// How spending files are read, where what they say themselves is not to be followed.
#[derive(Args, Debug)]
pub(super) struct ReadingArgs {
    /// The sheet of a workbook, by its name
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The encoding of text, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Read damaged rows as proposed, where the file's own total proves it
    #[arg(long)]
    mend: bool,
    /// A row that is a payment although it stands where a total does, by its number; may be repeated
    #[arg(long, value_name = "ROW")]
    line_at: Vec<u32>,
}

impl ReadingArgs {
    pub(super) fn options(&self) -> ImportOptions {
        ImportOptions {
            sheet: self.sheet.clone(),
            encoding: self.encoding,
            mend: self.mend,
            lines_at: self.line_at.clone(),
            ..ImportOptions::default()
        }
    }
}
