//! Where figures are from: publications, files, and the row of one line, as people write it when they ask
//! about it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::FileRecord;
use crate::money::Money;

/// The number of a source in its ledger; lines without one have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// Where figures come from: a publication or a file, with what is needed to find it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short name by which lines and control totals refer to it.
    pub key: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// When it was published, in the publication's own words: `2013`, `23 January 2013`. It is quoted, never counted with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// The data file's name, where lines were read from one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// What should be known about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Where only what it pays agencies of the place was kept of it: how many lines the whole file has, and their sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<(u64, Money)>,
    /// How its file was read, where that is known: of several sources of one file the first has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Arc<FileRecord>>,
}

/// Where one line is from.
#[derive(Clone, Copy, Debug)]
pub struct Provenance<'a> {
    pub source: Option<&'a Source>,
    /// As a spreadsheet numbers it, from 1.
    pub row: Option<u32>,
}

/// `spend-2024.csv, sheet May, row 118`; a publication by its title.
impl fmt::Display for Provenance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(source) = self.source else { return f.write_str("No source stated") };
        f.write_str(if source.file.is_empty() { &source.title } else { &source.file })?;
        if !source.sheet.is_empty() {
            write!(f, ", sheet {}", source.sheet)?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        Ok(())
    }
}
