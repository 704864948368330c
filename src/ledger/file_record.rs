//! How a file was read, as a place keeps it: what the file was, what its columns were taken for, what became of its rows
//! and its numbers, what was said of it, who read it and when.

use serde::{Deserialize, Serialize};

use crate::money::Money;

/// How the file of a source was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecord {
    /// Bytes, and what `sha256sum` says of them; nothing of cells that were in no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// `csv`, `xlsx`.
    pub format: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub encoding: String,
    /// The row of the headings, as a spreadsheet numbers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// What each column that is read was taken for, and its heading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<(String, String)>,
    /// Where several columns are amounts: the headings of the others that are not read, so that the next version's new
    /// ones are known from them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_read: Vec<String>,
    /// What a person said of how it is to be read.
    #[serde(default, skip_serializing_if = "SaidOfFile::is_empty")]
    pub said: SaidOfFile,
    pub rows: RowCounts,
    pub lines: u64,
    pub total: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<NumberBalance>,
    /// The first of the rows that were passed over; [`RowCounts::passed_over`] counts all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<PassedOver>,
    /// The first things that were said of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<FileNote>,
    /// Who read it, by the name the system has for them, and the day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub on: String,
}

/// What a person said of how a file is to be read, for its next version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SaidOfFile {
    /// The sheet that was chosen of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Amounts that say they are in another currency are pounds, or stay as they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pounds: Option<bool>,
    /// No word or column takes amounts off.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub credits_off: bool,
    /// What the amounts count: `thousands of pounds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether a comma parts the pence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal_comma: Option<bool>,
}

impl SaidOfFile {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// "sheet "June"", "its amounts as pounds", each as a part of a sentence.
    pub fn words(&self) -> Vec<String> {
        let currency = self.pounds.map(|pounds| {
            if pounds { "its amounts as pounds" } else { "its currency as it stands" }.to_owned()
        });
        let mark = |is_comma| if is_comma { "a comma" } else { "a point" };
        let decimals = self.decimal_comma.map(|is_comma| format!("{} before the pence", mark(is_comma)));
        let words = [
            self.sheet.as_ref().map(|sheet| format!("sheet \"{sheet}\"")),
            currency,
            self.credits_off.then(|| "no credits taken off".to_owned()),
            self.unit.as_ref().map(|unit| format!("its amounts in {unit}")),
            decimals,
        ];
        words.into_iter().flatten().collect()
    }
}

/// What became of the rows of a file: headings + read + passed over + rejected = all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RowCounts {
    pub all: u64,
    pub headings: u64,
    pub read: u64,
    pub passed_over: u64,
    pub rejected: u64,
}

/// What became of the cells that hold numbers: `cells` = `amounts` + those told as something else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberBalance {
    pub cells: u64,
    pub amounts: u64,
    /// What the others are, how many of them there are, and what they come to where they are money.
    pub told: Vec<(String, u64, Option<Money>)>,
}

/// Rows that were passed over, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PassedOver {
    pub row: u32,
    /// How many, from `row` on.
    pub rows: u32,
    pub reason: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Something that was said of a file when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileNote {
    /// `error`, `question`, `warning` or `note`.
    pub severity: String,
    pub code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    pub message: String,
}

impl FileRecord {
    /// "csv, windows-1252, headings in row 5; 4,812 of 4,830 rows read".
    pub fn words(&self) -> String {
        let encoding = (!self.encoding.is_empty()).then(|| self.encoding.clone());
        let headings = self.header_row.map(|row| format!("headings in row {row}"));
        let how: Vec<String> = std::iter::once(self.format.clone()).chain(encoding).chain(headings).collect();
        let (read, all) = (crate::words::thousands(self.rows.read), crate::words::thousands(self.rows.all));
        format!("{}; {read} of {all} rows read", how.join(", "))
    }

    /// "by tamara on 2026-11-30"; nothing where neither is known.
    pub fn who_and_when(&self) -> String {
        let by = (!self.by.is_empty()).then(|| format!("by {}", self.by));
        let on = (!self.on.is_empty()).then(|| format!("on {}", self.on));
        by.into_iter().chain(on).collect::<Vec<_>>().join(" ")
    }
}
