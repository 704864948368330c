//! What can be wrong with a file, a row or a cell, and why rows hold no spending: plain data with the words for it.

use std::fmt;

use serde::Serialize;

use super::question::WayToRead;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was not read; the row or the file needs mending.
    Error,
    /// Money depends on how it is read, and the file does not prove which way is right.
    Question,
    /// It was read, but a person should look.
    Warning,
    /// A choice that was made, to be known.
    Note,
}

impl Severity {
    /// The stable word for it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Question => "question",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What kind of problem it is: a stable word that scripts can rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    AgencyChosen,
    AgencyFromName,
    AgencyMissing,
    AmountChosen,
    AmountMissing,
    AmountShortened,
    AmountTooLarge,
    AmountUnreadable,
    AmountsRounded,
    CellsBeyond,
    CellsFilledDown,
    CharactersDamaged,
    CurrencyOther,
    DateUnreadable,
    DatesAmbiguous,
    DatesMonthFirst,
    DirectionChosen,
    DuplicateLines,
    EncodingMended,
    FileBinary,
    FileEmpty,
    FileTooLarge,
    FileTruncated,
    FileUnreadable,
    FileWebPage,
    FormulaUncalculated,
    HeadingMissing,
    HeadingsShifted,
    LayoutKnown,
    LevelsFound,
    LinesTwice,
    NilReturn,
    NoAmounts,
    NoRows,
    NotAvailable,
    PackageFileMissing,
    PackageFileOutside,
    PackageUnreadable,
    PersonalData,
    PoundSignLost,
    QuoteUnclosed,
    RangeUnreadable,
    RepairsProved,
    RowBroken,
    RowDamaged,
    RowsHidden,
    RowsMended,
    SheetChosen,
    SheetHidden,
    SheetMissing,
    SheetsJoined,
    TableApart,
    ThousandsByPoints,
    TotalDiffers,
    TotalNotItemised,
    TotalSupposed,
    UnitScaled,
    VersionChosen,
    WideTable,
    WordUnknown,
    WorkbookPassword,
    WorkbookUnreadable,
    YearFromName,
    YearUnreadable,
    ZipSeveral,
    ZipUnreadable,
}

impl Code {
    pub const ALL: [Self; 66] = [
        Self::AgencyChosen,
        Self::AgencyFromName,
        Self::AgencyMissing,
        Self::AmountChosen,
        Self::AmountMissing,
        Self::AmountShortened,
        Self::AmountTooLarge,
        Self::AmountUnreadable,
        Self::AmountsRounded,
        Self::CellsBeyond,
        Self::CellsFilledDown,
        Self::CharactersDamaged,
        Self::CurrencyOther,
        Self::DateUnreadable,
        Self::DatesAmbiguous,
        Self::DatesMonthFirst,
        Self::DirectionChosen,
        Self::DuplicateLines,
        Self::EncodingMended,
        Self::FileBinary,
        Self::FileEmpty,
        Self::FileTooLarge,
        Self::FileTruncated,
        Self::FileUnreadable,
        Self::FileWebPage,
        Self::FormulaUncalculated,
        Self::HeadingMissing,
        Self::HeadingsShifted,
        Self::LayoutKnown,
        Self::LevelsFound,
        Self::LinesTwice,
        Self::NilReturn,
        Self::NoAmounts,
        Self::NoRows,
        Self::NotAvailable,
        Self::PackageFileMissing,
        Self::PackageFileOutside,
        Self::PackageUnreadable,
        Self::PersonalData,
        Self::PoundSignLost,
        Self::QuoteUnclosed,
        Self::RangeUnreadable,
        Self::RepairsProved,
        Self::RowBroken,
        Self::RowDamaged,
        Self::RowsHidden,
        Self::RowsMended,
        Self::SheetChosen,
        Self::SheetHidden,
        Self::SheetMissing,
        Self::SheetsJoined,
        Self::TableApart,
        Self::ThousandsByPoints,
        Self::TotalDiffers,
        Self::TotalNotItemised,
        Self::TotalSupposed,
        Self::UnitScaled,
        Self::VersionChosen,
        Self::WideTable,
        Self::WordUnknown,
        Self::WorkbookPassword,
        Self::WorkbookUnreadable,
        Self::YearFromName,
        Self::YearUnreadable,
        Self::ZipSeveral,
        Self::ZipUnreadable,
    ];

    /// The word itself: `amount-unreadable`.
    pub fn key(self) -> String {
        let mut key = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !key.is_empty() {
                key.push('-');
            }
            key.extend(c.to_lowercase());
        }
        key
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

/// Something in a file that was not as it should be: where, how bad, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// As a spreadsheet numbers it, from 1.
    pub row: Option<u32>,
    /// The heading of the column.
    pub column: Option<String>,
    pub severity: Severity,
    pub code: Code,
    /// The whole sentence, with file, row and column.
    pub message: String,
    /// Of a question: the ways to read it, the one that was taken first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<WayToRead>,
}

impl Problem {
    /// A place file that could not be read, with the whole message.
    pub fn of_place(message: &str) -> Self {
        let message = message.to_owned();
        Self {
            row: None,
            column: None,
            severity: Severity::Error,
            code: Code::FileUnreadable,
            message,
            readings: Vec::new(),
        }
    }

    /// A problem of `file` as a whole.
    pub(super) fn of_file(file: &str, severity: Severity, code: Code, what: &str) -> Self {
        Self {
            row: None,
            column: None,
            severity,
            code,
            message: format!("{file}: {what}"),
            readings: Vec::new(),
        }
    }

    /// A problem of one row, in one column where that is known.
    pub(super) fn of_row(
        file: &str,
        row: u32,
        column: Option<&str>,
        severity: Severity,
        code: Code,
        what: &str,
    ) -> Self {
        let at = column.map_or_else(String::new, |column| format!(", {column}"));
        Self {
            row: Some(row),
            column: column.map(str::to_owned),
            severity,
            code,
            message: format!("{file}, row {row}{at}: {what}"),
            readings: Vec::new(),
        }
    }
}

/// Why rows were passed over. None of these is an error: they hold no line of spending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum SkipReason {
    #[serde(rename = "title row")]
    Title,
    #[serde(rename = "blank row")]
    Blank,
    #[serde(rename = "total row")]
    Total,
    #[serde(rename = "repeated heading")]
    RepeatedHeading,
    #[serde(rename = "note")]
    Note,
    #[serde(rename = "no amount given")]
    NotGiven,
    #[serde(rename = "income, not spending")]
    Income,
    #[serde(rename = "memorandum row")]
    Memorandum,
    #[serde(rename = "another table")]
    OtherTable,
}

impl SkipReason {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Title => "title row",
            Self::Blank => "blank row",
            Self::Total => "total row",
            Self::RepeatedHeading => "repeated heading",
            Self::Note => "note",
            Self::NotGiven => "no amount given",
            Self::Income => "income, not spending",
            Self::Memorandum => "memorandum row",
            Self::OtherTable => "another table",
        }
    }
}

/// Rows that were passed over; blank rows one after another stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    pub row: u32,
    /// How many rows, from `row` on.
    pub rows: u32,
    pub reason: SkipReason,
    /// What the row says; its cells with commas between.
    pub text: String,
}

/// Why a file was not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// The file is not one that can be read, or must not be.
    Refused(Problem),
    /// The person stopped it.
    Cancelled,
}

impl ImportError {
    pub(super) fn refused(file: &str, code: Code, what: &str) -> Self {
        Self::Refused(Problem::of_file(file, Severity::Error, code, what))
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(problem) => f.write_str(&problem.message),
            Self::Cancelled => f.write_str("cancelled; nothing has changed"),
        }
    }
}

impl std::error::Error for ImportError {}
