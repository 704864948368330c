//! What the columns of a table are: recognised by heading and by content.

mod amount;
mod names;
mod settle;
mod written;
mod year;

use serde::{Deserialize, Serialize};

use super::header::Header;
use super::meaning::{Meaning, meaning};
use super::profile::Profiles;
use super::wide;
use crate::dimension::Dimension;
use crate::import::cell::{AmountStyle, DateOrder};
use crate::import::problem::{Code, Severity};
use amount::choose_amount;
use names::{choose_identity, choose_others};
use settle::{name_by_content, settle_departments, settle_types, shift_back, tell_twins_apart};
pub(super) use written::unit_in;
use written::{date_order, unit, uses_decimal_comma};
pub(in crate::import) use year::year_of_file;

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

/// Something decided while the columns were recognised, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Choice {
    pub(in crate::import) severity: Severity,
    pub(in crate::import) code: Code,
    pub(in crate::import) what: String,
}

impl Choice {
    pub(in crate::import) fn note(code: Code, what: impl Into<String>) -> Self {
        Self { severity: Severity::Note, code, what: what.into() }
    }

    pub(super) fn warning(code: Code, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code, what: what.into() }
    }
}

/// Recognises the columns by heading and by content. `None`: no column holds money.
///
/// `said` are headings whose meaning is known beforehand, `placed` are columns whose meaning is, by their place.
pub(in crate::import) fn recognise(
    header: &Header,
    profiles: &Profiles,
    said: &[(String, Field)],
    placed: &[(usize, Field)],
) -> Option<(ColumnMap, Vec<Choice>)> {
    let mut choices = Vec::new();
    let width = header.headings.len().max(profiles.columns.len());
    let named = width.min(header.headings.len().max(last_used(profiles)));
    let mut headings: Vec<String> = header.headings.clone();
    headings.resize(named, String::new());
    if header.row.is_none() {
        choices.push(Choice::warning(
            Code::HeadingMissing,
            "has no row of headings; the columns were recognised by what they hold",
        ));
    }
    let mut meanings: Vec<(Meaning, u8)> = headings.iter().map(|heading| meaning(heading)).collect();
    shift_back(&mut headings, &mut meanings, profiles, &mut choices);
    tell_twins_apart(&headings, &mut meanings);
    settle_types(&mut meanings, profiles);
    settle_departments(&mut meanings, profiles);
    name_by_content(&headings, &mut meanings, profiles);

    let mut fields = vec![Field::Passed; named];
    let mut total = None;
    for (heading, field) in said {
        let place = headings.iter().position(|found| found.trim().eq_ignore_ascii_case(heading.trim()));
        if let Some(index) = place {
            fields[index] = field.clone();
            meanings[index] = (Meaning::Passed, 0);
        }
    }
    for (index, field) in placed.iter().filter(|(index, _)| *index < named) {
        fields[*index] = field.clone();
        meanings[*index] = (Meaning::Passed, 0);
    }
    let has_amount =
        |fields: &[Field]| fields.iter().any(|field| matches!(field, Field::Amount | Field::AmountFor(..)));
    if !has_amount(&fields) {
        if let Some(found) = wide::amounts_side_by_side(&headings, &meanings, profiles, &mut choices) {
            for (index, dimension, name) in found.columns {
                fields[index] = Field::AmountFor(dimension, name);
            }
            total = found.total.map(|index| headings[index].clone());
        } else {
            fields[choose_amount(&headings, &meanings, profiles, &mut choices)?] = Field::Amount;
        }
    }
    choose_others(&headings, &meanings, profiles, &mut fields, &mut choices);
    choose_identity(profiles, &mut fields);
    if let Some(index) = fields.iter().position(|field| *field == Field::Direction) {
        choices.push(Choice::note(
            Code::DirectionChosen,
            format!("\"{}\" tells expenses from revenue; only the expenses are read", headings[index].trim()),
        ));
    }
    let dates = date_order(&fields, profiles, &headings, &mut choices);
    let amounts = AmountStyle {
        unit: unit(header, &headings, &fields, &mut choices),
        decimal_comma: uses_decimal_comma(&fields, profiles),
    };
    // A remark far to the right of the table makes no columns.
    let is_column = |index: usize| {
        !headings[index].is_empty()
            || fields[index] != Field::Passed
            || header.row.is_none()
            || profiles.get(index).filled * 20 >= profiles.rows
    };
    let width = (0..headings.len()).rev().find(|&index| is_column(index)).map_or(0, |last| last + 1);
    headings.truncate(width);
    let columns =
        headings.into_iter().zip(fields).map(|(heading, field)| MappedColumn { heading, field }).collect();
    Some((ColumnMap { columns, dates, amounts, total, ..ColumnMap::default() }, choices))
}

fn last_used(profiles: &Profiles) -> usize {
    profiles.columns.iter().rposition(|column| column.filled > 0).map_or(0, |last| last + 1)
}
