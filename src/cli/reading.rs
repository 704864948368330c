//! The arguments of every command that reads spending files.

use clap::{Args, ValueEnum};

use super::load::read_column;
use crate::import::{Encoding, Field, ImportOptions, Unit};

/// What parts the pence from the pounds.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum DecimalMark {
    Point,
    Comma,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CreditSwitch {
    On,
    Off,
}

/// How spending files are read, where what they say themselves is not to be followed.
#[derive(Args, Debug)]
pub(super) struct ReadingArgs {
    /// The sheet of a workbook, by its name
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The encoding of text, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// What a column is, by its heading, such as "Paid to=supplier"; the rest is recognised; may be repeated
    #[arg(long, value_name = "HEADING=MEANING", value_parser = read_column)]
    column: Vec<(String, Field)>,
    /// What parts the pence, where every amount has three digits after it: point or comma
    #[arg(long, value_name = "MARK")]
    decimals: Option<DecimalMark>,
    /// What the amounts count, where the file does not say it
    #[arg(long, value_name = "UNIT", value_parser = read_unit)]
    unit: Option<Unit>,
    /// Read damaged rows as proposed, where the file's own total proves it
    #[arg(long)]
    mend: bool,
    /// The row of the headings, by its number; 0 where there are none
    #[arg(long, value_name = "ROW")]
    headings: Option<u32>,
    /// The amounts are pounds, whatever sign stands at them
    #[arg(long)]
    pounds: bool,
    /// Whether a word or a column beside the amount, such as "Credit note", takes amounts off: on or off
    #[arg(long, value_name = "ON|OFF")]
    credits: Option<CreditSwitch>,
    /// A row that is a payment although it stands where a total does, by its number; may be repeated
    #[arg(long, value_name = "ROW")]
    line_at: Vec<u32>,
}

impl ReadingArgs {
    pub(super) fn options(&self) -> ImportOptions {
        ImportOptions {
            sheet: self.sheet.clone(),
            encoding: self.encoding,
            columns: self.column.clone(),
            decimal_comma: self.decimals.map(|mark| matches!(mark, DecimalMark::Comma)),
            unit: self.unit,
            mend: self.mend,
            header_row: self.headings,
            pounds: self.pounds,
            credits_off: matches!(self.credits, Some(CreditSwitch::Off)),
            lines_at: self.line_at.clone(),
            ..ImportOptions::default()
        }
    }
}

/// `thousands` as what amounts count: the first word of what a file is said to be in.
fn read_unit(text: &str) -> Result<Unit, String> {
    let first = |unit: &Unit| unit.words().split(' ').next() == Some(text) && *unit != Unit::Billions;
    Unit::ALL.into_iter().find(first).ok_or_else(|| {
        format!("\"{text}\" is no unit of amounts; write pence, pounds, thousands or millions")
    })
}
