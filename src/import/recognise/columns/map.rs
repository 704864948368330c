//! What each column of a table is read as, and how its dates and amounts are written: kept by its headings.

use serde::{Deserialize, Serialize};

use crate::dimension::Dimension;
use crate::import::cell::{AmountStyle, DateOrder};

/// What a column is read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// Looked at and left out.
    Passed,
    Amount,
    /// One of several amounts in a row, each a line of its own, with what it is an amount for: a year, a service.
    AmountFor(Dimension, String),
    Date,
    /// A month or an accounting period; gives the financial year where no date does.
    Month,
    Description,
    /// The number of a transaction; not kept, but its absence tells totals from lines.
    Reference,
    /// Expense or revenue: only the expenses are read.
    Direction,
    /// The file a line was first read from, as this program writes it.
    Source,
    SourceRow,
    /// The least and the most that an estimated amount may be. Only where this program wrote the file, or a person says so:
    /// elsewhere such headings may mean anything.
    Low,
    High,
    Dimension(Dimension),
}

impl Field {
    /// The word for it in reports: `amount`, `agency`.
    pub fn key(&self) -> String {
        match self {
            Self::Passed => "passed".to_owned(),
            Self::Amount => "amount".to_owned(),
            Self::AmountFor(dimension, name) => format!("amount for {} {name}", dimension.key()),
            Self::Date => "date".to_owned(),
            Self::Month => "month".to_owned(),
            Self::Description => "description".to_owned(),
            Self::Reference => "reference".to_owned(),
            Self::Direction => "direction".to_owned(),
            Self::Source => "source".to_owned(),
            Self::SourceRow => "row".to_owned(),
            Self::Low => "low".to_owned(),
            Self::High => "high".to_owned(),
            Self::Dimension(dimension) => dimension.key().to_owned(),
        }
    }
}

/// A column by its heading, and what it is read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    pub heading: String,
    pub field: Field,
}

/// How a shape of file is read. It is kept by its headings, so that the next month's file of the same publisher asks
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMap {
    /// In the file's order; unnamed columns at the end are left out.
    pub columns: Vec<MappedColumn>,
    #[serde(default)]
    pub dates: DateOrder,
    #[serde(default)]
    pub amounts: AmountStyle,
    /// The heading of the column that is the sum of the amounts side by side: what they miss of it is "Not itemised".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// What holds for every line: a dimension the file lacks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<(Dimension, String)>,
    /// The sheet that a person chose of several: another of the same headings, or of this name among several, is taken unasked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// What a person said of amounts that say they are in another currency: they are pounds, or stay as they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pounds: Option<bool>,
    /// Whether a person said that no word or column takes amounts off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub credits_off: bool,
    /// Whether a person said what the amounts count, and what parts their pence.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unit_said: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decimals_said: bool,
    /// The file it was learnt from, so that the next one can say which layout it has.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub learnt_from: String,
}

impl ColumnMap {
    /// Whether a file with these headings has this shape.
    pub fn fits(&self, headings: &[String]) -> bool {
        let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
        self.columns.len() == headings.len()
            && self.columns.iter().zip(headings).all(|(column, heading)| same(&column.heading, heading))
    }

    /// The columns read as something, with their places.
    pub fn used(&self) -> impl Iterator<Item = (usize, &MappedColumn)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.field != Field::Passed)
    }

    pub(in crate::import) fn place(&self, field: &Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == *field)
    }

    pub(in crate::import) fn amount_columns(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|&index| matches!(self.columns[index].field, Field::Amount | Field::AmountFor(..)))
            .collect()
    }
}
