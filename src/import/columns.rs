use serde::{Deserialize, Serialize};

use super::amounts::{AmountStyle, Unit};
use super::dates::DateOrder;
use super::header::Header;
use super::meaning::{DateKind, Meaning, Measure, meaning, year_in};
use super::problem::{Code, Severity};
use super::profile::{Profile, Profiles};
use super::publisher::{is_body, is_one_department};
use super::wide;
use crate::dimension::{Dimension, FinancialYear};

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

    pub(super) fn place(&self, field: &Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == *field)
    }

    pub(super) fn amount_columns(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|&index| matches!(self.columns[index].field, Field::Amount | Field::AmountFor(..)))
            .collect()
    }
}

/// Something decided while the columns were recognised, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) severity: Severity,
    pub(super) code: Code,
    pub(super) what: String,
}

impl Choice {
    pub(super) fn note(code: Code, what: impl Into<String>) -> Self {
        Self { severity: Severity::Note, code, what: what.into() }
    }

    pub(super) fn warning(code: Code, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code, what: what.into() }
    }
}

/// Recognises the columns by heading and by content. `None`: no column holds money.
///
/// `said` are headings whose meaning is known beforehand, `placed` are columns whose meaning is, by their place.
pub(super) fn recognise(
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

/// Headings that stand one column beside their content are moved to it, when money and dates prove it.
fn shift_back(
    headings: &mut Vec<String>,
    meanings: &mut Vec<(Meaning, u8)>,
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) {
    let fit =
        |meanings: &[(Meaning, u8)], by: isize| -> isize {
            meanings
                .iter()
                .enumerate()
                .map(|(index, (meaning, _))| {
                    let Ok(at) = usize::try_from(index as isize + by) else { return 0 };
                    let profile = profiles.get(at);
                    match meaning {
                        Meaning::Amount(_) if profile.filled == 0 => 0,
                        Meaning::Amount(_) => {
                            if profile.is_money() && !profile.is_date() {
                                2
                            } else {
                                -2
                            }
                        }
                        Meaning::Date(DateKind::Never) => 0,
                        Meaning::Date(_) if profile.filled == 0 => 0,
                        Meaning::Date(_) => {
                            if profile.is_date() || profile.percent(profile.serials) > 60 {
                                2
                            } else {
                                -1
                            }
                        }
                        Meaning::Dimension(Dimension::Supplier) if profile.filled > 0 => {
                            if profile.is_text() { 1 } else { -1 }
                        }
                        _ => 0,
                    }
                })
                .sum()
        };
    let straight = fit(meanings, 0);
    let Some((best, by)) = [-1, 1].into_iter().map(|by| (fit(meanings, by), by)).max() else { return };
    if best < 4 || straight > 0 {
        return;
    }
    if by == 1 {
        headings.insert(0, String::new());
        meanings.insert(0, (Meaning::Unknown, 0));
        let width = last_used(profiles).max(headings.len() - 1);
        headings.truncate(width.max(1));
        meanings.truncate(width.max(1));
    } else {
        headings.remove(0);
        meanings.remove(0);
        headings.push(String::new());
        meanings.push((Meaning::Unknown, 0));
    }
    choices.push(Choice::warning(
        Code::HeadingsShifted,
        format!(
            "the headings stand one column to the {} of what they name; they were moved back",
            if by == 1 { "left" } else { "right" }
        ),
    ));
}

/// Two columns headed "Expense Area": the first is really the expense type.
fn tell_twins_apart(headings: &[String], meanings: &mut [(Meaning, u8)]) {
    let service = Meaning::Dimension(Dimension::Service);
    for index in 1..meanings.len() {
        let twin =
            (0..index).find(|&first| headings[first].trim().eq_ignore_ascii_case(headings[index].trim()));
        if let Some(first) = twin
            && meanings[index].0 == service
            && meanings[first].0 == service
        {
            meanings[first] = (Meaning::ExpenseType, 70);
        }
    }
}

/// `Type` and `Expenditure type` mean what their values are.
fn settle_types(meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
    for (index, (meaning, sure)) in meanings.iter_mut().enumerate() {
        let profile = profiles.get(index);
        let share = |words: &[&str]| -> usize {
            let count: usize = profile
                .values
                .iter()
                .filter(|(value, _)| words.contains(&value.to_lowercase().as_str()))
                .map(|(_, count)| *count)
                .sum();
            profile.percent(count)
        };
        let is_direction = !profile.many_values
            && share(&["expense", "expenditure", "expenses", "spend", "outgoings"]) > 0
            && share(&[
                "expense",
                "expenditure",
                "expenses",
                "revenue",
                "income",
                "receipts",
                "spend",
                "outgoings",
            ]) >= 95;
        let is_capital =
            share(&["capital", "revenue", "cap", "rev", "r", "c", "cur", "current", "rdel", "cdel"]) >= 90;
        match *meaning {
            Meaning::Direction
            | Meaning::SomeType
            | Meaning::Unknown
            | Meaning::Dimension(Dimension::Type)
                if is_direction && share(&["revenue", "income", "receipts"]) > 0 =>
            {
                (*meaning, *sure) = (Meaning::Direction, 90);
            }
            Meaning::SomeType | Meaning::Unknown | Meaning::ExpenseType
                if is_capital && profile.filled > 0 =>
            {
                (*meaning, *sure) = (Meaning::Dimension(Dimension::Type), 80);
            }
            Meaning::SomeType
                if share(&["admin", "programme", "capital", "administration", "balance sheet"]) >= 90 =>
            {
                (*meaning, *sure) = (Meaning::Passed, 60);
            }
            Meaning::SomeType => (*meaning, *sure) = (Meaning::ExpenseType, 65),
            Meaning::Direction => (*meaning, *sure) = (Meaning::ExpenseType, 30),
            Meaning::Dimension(Dimension::Type)
                if !is_capital
                    && profile.filled > 0
                    && share(&["capital", "revenue"]) < 20
                    && profile.distinct() > 6 =>
            {
                (*meaning, *sure) = (Meaning::ExpenseType, 40);
            }
            _ => {}
        }
    }
}

/// A unit or department whose names are those of whole bodies is who spends, where no other column says that.
fn settle_departments(meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
    let agency = Meaning::Dimension(Dimension::Agency);
    if meanings.iter().any(|(meaning, sure)| *meaning == agency && *sure >= 80) {
        return;
    }
    let names_bodies = |index: &usize| {
        let profile = profiles.get(*index);
        let bodies = profile.values.iter().filter(|(name, _)| is_body(name)).map(|(_, count)| *count);
        profile.filled > 0 && profile.percent(bodies.sum()) >= 80
    };
    let unit =
        (0..meanings.len()).find(|index| meanings[*index].0 == Meaning::Department && names_bodies(index));
    if let Some(index) = unit {
        meanings[index] = (agency, 80);
    }
}

/// Columns without a telling heading, where the file lacks what they plainly hold: dates, and names of many kinds.
fn name_by_content(headings: &[String], meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
    let has = |meanings: &[(Meaning, u8)], wanted: fn(&Meaning) -> bool| {
        meanings.iter().any(|(meaning, _)| wanted(meaning))
    };
    if !has(meanings, |meaning| matches!(meaning, Meaning::Date(kind) if *kind != DateKind::Never))
        && let Some(index) = (0..meanings.len()).find(|&index| {
            meanings[index].0 == Meaning::Unknown
                && profiles.get(index).is_date()
                && profiles.get(index).filled * 2 > profiles.rows
        })
    {
        meanings[index] = (Meaning::Date(DateKind::Plain), 40);
    }
    if headings.iter().all(String::is_empty) {
        let widest = (0..meanings.len())
            .filter(|&index| profiles.get(index).is_text() && !profiles.get(index).is_date())
            .max_by_key(|&index| (profiles.get(index).distinct(), profiles.get(index).length));
        if let Some(index) = widest {
            meanings[index] = (Meaning::Dimension(Dimension::Supplier), 40);
        }
        let others: Vec<usize> = (0..meanings.len())
            .filter(|&index| {
                meanings[index].0 == Meaning::Unknown
                    && profiles.get(index).is_text()
                    && profiles.get(index).filled * 2 > profiles.rows
            })
            .collect();
        for (index, meaning) in others.into_iter().zip([
            Meaning::Dimension(Dimension::Agency),
            Meaning::Dimension(Dimension::Service),
            Meaning::Description,
        ]) {
            meanings[index] = (meaning, 30);
        }
    }
}

/// The one amount that is spending, of those that stand side by side: net before stated before gross.
fn choose_amount(
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> Option<usize> {
    let measure = |index: usize| match meanings[index].0 {
        Meaning::Amount(measure) => Some(measure),
        _ => None,
    };
    let mut candidates: Vec<usize> = (0..meanings.len())
        .filter(|&index| {
            let profile = profiles.get(index);
            measure(index).is_some_and(|measure| measure != Measure::Never)
                && (profile.is_money() || profile.percent(profile.formulas) >= 50)
        })
        .collect();
    let most = candidates.iter().map(|&index| profiles.get(index).filled).max().unwrap_or(0);
    candidates.retain(|&index| profiles.get(index).filled * 5 >= most);
    // An empty file of this shape still has its column.
    if candidates.is_empty() && profiles.rows == 0 {
        candidates = (0..meanings.len())
            .filter(|&index| measure(index).is_some_and(|measure| measure != Measure::Never))
            .collect();
    }
    let chosen = candidates
        .iter()
        .copied()
        .min_by_key(|&index| (measure(index).unwrap_or(Measure::Never), 100 - meanings[index].1, index));
    if let Some(chosen) = chosen {
        if candidates.len() > 1 {
            let others: Vec<String> = candidates
                .iter()
                .filter(|&&index| index != chosen)
                .map(|&index| format!("\"{}\"", headings[index].trim()))
                .collect();
            choices.push(Choice::note(
                Code::AmountChosen,
                format!(
                    "\"{}\" is read as the amount; {} beside it is left out",
                    headings[chosen].trim(),
                    others.join(" and ")
                ),
            ));
        }
        return Some(chosen);
    }
    by_content(headings, meanings, profiles, choices).or_else(|| {
        // A column that is headed "Amount" and holds none: each row of it is told.
        (0..meanings.len())
            .filter(|&index| {
                measure(index).is_some_and(|measure| measure <= Measure::Stated)
                    && meanings[index].1 >= 90
                    && profiles.get(index).filled > 0
            })
            .min_by_key(|&index| measure(index))
    })
}

/// Money under a heading that says nothing of it: the column with the most amounts that are surely amounts.
fn by_content(
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> Option<usize> {
    let looks = |index: usize| {
        let profile = profiles.get(index);
        profile.is_money()
            && !profile.is_date()
            && profile.filled * 2 > profiles.rows
            && !matches!(
                meanings[index].0,
                Meaning::Passed
                    | Meaning::Reference
                    | Meaning::Year
                    | Meaning::Period
                    | Meaning::Person
                    | Meaning::SourceRow
            )
            && !matches!(meanings[index].0, Meaning::Amount(Measure::Never))
    };
    let chosen = (0..meanings.len())
        .filter(|&index| looks(index))
        .filter(|&index| {
            let profile = profiles.get(index);
            profile.percent(profile.sure_money.max(profile.comma_decimals)) >= 30
                || meanings[index].0 == Meaning::Unknown
                    && !headings[index].is_empty()
                    && matches!(meaning(&headings[index]).0, Meaning::Amount(_))
        })
        .max_by_key(|&index| {
            let profile = profiles.get(index);
            (profile.sure_money.max(profile.comma_decimals), profile.point_decimals)
        })?;
    if !headings[chosen].is_empty() {
        choices.push(Choice::warning(
            Code::AmountChosen,
            format!(
                "no heading names an amount; \"{}\" is read as the amount because it holds money",
                headings[chosen].trim()
            ),
        ));
    }
    Some(chosen)
}

/// One column for each of the other fields: the surest heading whose content does not speak against it.
fn choose_others(
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    fields: &mut [Field],
    choices: &mut Vec<Choice>,
) {
    let free = |fields: &[Field], index: usize| fields[index] == Field::Passed;
    let filled = |index: usize| profiles.rows == 0 || profiles.get(index).filled > 0;
    // A column of amounts is no column of names, whatever its heading says.
    let is_names = |index: usize| {
        let profile = profiles.get(index);
        let fits = match meanings[index].0 {
            Meaning::Year => {
                let years: usize = profile
                    .values
                    .iter()
                    .filter(|(value, _)| year_in(value).is_some())
                    .map(|(_, count)| *count)
                    .sum();
                profile.filled == 0 || profile.percent(years) >= 50
            }
            Meaning::Dimension(_)
            | Meaning::Department
            | Meaning::DepartmentFamily
            | Meaning::ExpenseType
            | Meaning::Description => !(profile.is_money() && profile.percent(profile.sure_money) >= 5),
            _ => true,
        };
        let wide = fields.iter().any(|field| matches!(field, Field::AmountFor(..)));
        fits && !(wide
            && profile.is_money()
            && matches!(meanings[index].0, Meaning::Dimension(_) | Meaning::Description))
    };
    let named: Vec<bool> = (0..meanings.len()).map(is_names).collect();
    // Dates: the most wanted kind that holds dates.
    let date = (0..meanings.len())
        .filter_map(|index| match meanings[index].0 {
            Meaning::Date(kind) if kind != DateKind::Never => {
                let profile = profiles.get(index);
                let holds = profile.is_date() || profile.percent(profile.serials) > 60;
                Some((!holds, kind, index))
            }
            _ => None,
        })
        .min();
    if let Some((_, _, index)) = date
        && !fields.contains(&Field::Date)
    {
        fields[index] = Field::Date;
    }
    let take = |fields: &mut [Field], wanted: &dyn Fn(&Meaning) -> bool, surely: u8, field: Field| -> bool {
        if fields.contains(&field) {
            return true;
        }
        let chosen = (0..meanings.len())
            .filter(|&index| {
                free(fields, index)
                    && named[index]
                    && filled(index)
                    && wanted(&meanings[index].0)
                    && meanings[index].1 >= surely
            })
            .max_by_key(|&index| (meanings[index].1, usize::MAX - index));
        if let Some(index) = chosen {
            fields[index] = field;
        }
        chosen.is_some()
    };
    if let Some((family, entity)) = department_of_entities(meanings, profiles)
        && !fields.contains(&Field::Dimension(Dimension::Agency))
        && fields[family] == Field::Passed
    {
        fields[family] = Field::Dimension(Dimension::Agency);
        choices.push(Choice::note(
            Code::AgencyChosen,
            format!(
                "\"{}\" is read as the agency; \"{}\" beside it names parts of it and is left out",
                headings[family].trim(),
                headings[entity].trim()
            ),
        ));
    }
    take(fields, &|meaning| *meaning == Meaning::Direction, 30, Field::Direction);
    take(fields, &|meaning| *meaning == Meaning::Year, 30, Field::Dimension(Dimension::Year));
    take(fields, &|meaning| *meaning == Meaning::Period, 30, Field::Month);
    let service = Field::Dimension(Dimension::Service);
    let _ = take(fields, &|meaning| *meaning == Meaning::Dimension(Dimension::Service), 50, service.clone())
        || take(fields, &|meaning| *meaning == Meaning::Department, 30, service.clone())
        || take(fields, &|meaning| *meaning == Meaning::Dimension(Dimension::Service), 30, service.clone())
        || take(fields, &|meaning| *meaning == Meaning::ExpenseType, 60, service);
    for dimension in Dimension::ALL {
        if dimension == Dimension::Service {
            continue;
        }
        let found = take(
            fields,
            &|meaning| *meaning == Meaning::Dimension(dimension),
            30,
            Field::Dimension(dimension),
        );
        if found {
            continue;
        }
        let field = Field::Dimension(dimension);
        if dimension == Dimension::Agency {
            let _ = take(fields, &|meaning| *meaning == Meaning::DepartmentFamily, 30, field.clone())
                || take(fields, &|meaning| *meaning == Meaning::Department, 30, field);
        }
    }
    let _ = take(fields, &|meaning| *meaning == Meaning::Description, 30, Field::Description)
        || take(fields, &|meaning| *meaning == Meaning::ExpenseType, 30, Field::Description);
    take(fields, &|meaning| *meaning == Meaning::Reference, 30, Field::Reference);
    let has_source = take(fields, &|meaning| *meaning == Meaning::Source, 30, Field::Source);
    if has_source {
        take(fields, &|meaning| *meaning == Meaning::SourceRow, 30, Field::SourceRow);
    }
}

/// The columns of a department of state and of its entities, where these are parts of it.
fn department_of_entities(meanings: &[(Meaning, u8)], profiles: &Profiles) -> Option<(usize, usize)> {
    let place =
        |wanted: Meaning| meanings.iter().position(|(meaning, sure)| *meaning == wanted && *sure >= 30);
    let entity = place(Meaning::Dimension(Dimension::Agency))?;
    // "Department" may be a council's directorate too: the publisher is among its own entities.
    let among_entities = |index: &usize| {
        let values = &profiles.get(*index).values;
        let most = values.iter().max_by_key(|(_, count)| **count).map(|(name, _)| name.trim().to_lowercase());
        most.is_some_and(|most| {
            profiles.get(entity).values.keys().any(|name| name.trim().to_lowercase() == most)
        })
    };
    let family =
        place(Meaning::DepartmentFamily).or_else(|| place(Meaning::Department).filter(among_entities))?;
    is_one_department(profiles.get(family), profiles.get(entity)).then_some((family, entity))
}

/// What tells the rows of a wide table apart: a code that totals lack, and a name where no heading says so.
fn choose_identity(profiles: &Profiles, fields: &mut [Field]) {
    let is_wide = fields.iter().any(|field| matches!(field, Field::AmountFor(..)));
    let has_names = fields
        .iter()
        .any(|field| matches!(field, Field::Dimension(dimension) if *dimension != Dimension::Year));
    let free = |fields: &[Field], index: usize| {
        fields[index] == Field::Passed && profiles.get(index).filled * 2 > profiles.rows
    };
    if !has_names {
        let next = |fields: &[Field]| {
            (0..fields.len())
                .filter(|&index| {
                    free(fields, index) && profiles.get(index).is_text() && !profiles.get(index).is_date()
                })
                .max_by_key(|&index| (profiles.get(index).distinct(), fields.len() - index))
        };
        // What has dates is a list of payments: to whom, and for what.
        let is_list = fields.contains(&Field::Date);
        let named = if is_list { Dimension::Supplier } else { Dimension::Service };
        if let Some(index) = next(fields) {
            fields[index] = Field::Dimension(named);
        }
        if let Some(index) = next(fields).filter(|_| is_list && !fields.contains(&Field::Description)) {
            fields[index] = Field::Description;
        }
    }
    let has_keys = fields
        .iter()
        .any(|field| matches!(field, Field::Reference | Field::Date | Field::Dimension(Dimension::Supplier)));
    if is_wide && !has_keys {
        let code = (0..fields.len()).find(|&index| {
            let profile = profiles.get(index);
            free(fields, index)
                && profile.percent(profile.letters) >= 90
                && profile.length <= profile.filled * 12
                && (profile.many_values || profile.distinct() * 10 >= profile.filled * 9)
                && profile.filled * 10 >= profiles.rows * 7
        });
        if let Some(index) = code {
            fields[index] = Field::Reference;
        }
    }
}

/// Day-first, unless the column proves otherwise.
fn date_order(
    fields: &[Field],
    profiles: &Profiles,
    headings: &[String],
    choices: &mut Vec<Choice>,
) -> DateOrder {
    let Some(index) = fields.iter().position(|field| *field == Field::Date) else {
        return DateOrder::DayFirst;
    };
    let profile: &Profile = profiles.get(index);
    if profile.month_first > profile.day_first {
        choices.push(Choice::note(
            Code::DatesMonthFirst,
            format!("\"{}\" writes the month before the day, as 12/31/2020 shows", headings[index].trim()),
        ));
        return DateOrder::MonthFirst;
    }
    if profile.day_first > 0 && profile.day_first < profile.filled && profile.month_first > 0 {
        let only_month = profile.filled - profile.day_first;
        let only_day = profile.filled.saturating_sub(profile.month_first);
        if only_month * 10 > profile.filled && only_day * 10 > profile.filled {
            choices.push(Choice::warning(
                Code::DatesAmbiguous,
                format!(
                    "\"{}\" mixes dates with the day first and with the month first; they are read day first",
                    headings[index].trim()
                ),
            ));
        }
    }
    DateOrder::DayFirst
}

fn uses_decimal_comma(fields: &[Field], profiles: &Profiles) -> bool {
    let (mut commas, mut points) = (0, 0);
    for (index, field) in fields.iter().enumerate() {
        if matches!(field, Field::Amount | Field::AmountFor(..)) {
            commas += profiles.get(index).comma_decimals;
            points += profiles.get(index).point_decimals;
        }
    }
    commas > 0 && points * 10 < commas
}

/// What the amounts count, from the heading or from a title row.
fn unit(header: &Header, headings: &[String], fields: &[Field], choices: &mut Vec<Choice>) -> Unit {
    let of_headings = headings
        .iter()
        .zip(fields)
        .filter(|(_, field)| matches!(field, Field::Amount | Field::AmountFor(..)))
        .find_map(|(heading, _)| unit_in(heading).map(|unit| (unit, heading)));
    let found = of_headings.or_else(|| {
        header
            .titles
            .iter()
            .rev()
            .chain(&header.elsewhere)
            .find_map(|title| unit_in(title).map(|unit| (unit, title)))
    });
    let Some((unit, text)) = found else { return Unit::Pounds };
    if unit != Unit::Pounds {
        choices.push(Choice::note(
            Code::UnitScaled,
            format!(
                "the amounts are {}, as \"{}\" says; they are {}",
                unit.words(),
                short(text),
                match unit {
                    Unit::Pence => "divided by 100".to_owned(),
                    _ => format!("multiplied by {}", unit.factor()),
                }
            ),
        ));
    }
    unit
}

pub(super) fn short(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() > 60 { text.chars().take(59).chain(['…']).collect() } else { text.to_owned() }
}

/// The unit that a heading or a title states.
pub(super) fn unit_in(text: &str) -> Option<Unit> {
    let lower: String =
        text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`')).collect();
    let has = |wanted: &[&str]| {
        wanted.iter().any(|word| lower.contains(word))
            || lower.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | ':')).any(
                |word| {
                    wanted
                        .first()
                        .is_some_and(|first| word.trim_end_matches('.') == first.trim_end_matches(')'))
                },
            )
    };
    if has(&["(pence)", "in pence", "(p)"]) || lower.trim() == "pence" {
        Some(Unit::Pence)
    } else if has(&["£bn", "£ billion", "£billion"]) {
        Some(Unit::Billions)
    } else if has(&[
        "£m)",
        "(£m",
        "£ million",
        "£million",
        "£mn",
        "£ m)",
        "in millions",
        "$m)",
        "millions of pounds",
    ]) || lower.trim() == "£m"
    {
        Some(Unit::Millions)
    } else if has(&[
        "£000",
        "£ 000",
        "000s",
        "£k",
        "£ thousand",
        "£thousand",
        "in thousands",
        "(000)",
        "$000",
        "thousands of pounds",
        "gbp thousand",
    ]) {
        Some(Unit::Thousands)
    } else if has(&["(£)", "£s", "in pounds"]) || lower.trim() == "£" {
        Some(Unit::Pounds)
    } else {
        None
    }
}

/// The financial year that a file's titles or name state.
pub(super) fn year_of_file(titles: &[String], file: &str) -> Option<(FinancialYear, String)> {
    let of_file = || {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let spaced = stem.replace('_', " ");
        year_in(stem)
            .or_else(|| year_in(&spaced))
            .or_else(|| month_of_name(&spaced))
            .map(|year| (year, file.to_owned()))
    };
    titles
        .iter()
        .find_map(|title| year_in(title).map(|year| (year, title.clone())))
        .or_else(of_file)
        .or_else(|| titles.iter().find_map(|title| month_of_name(title).map(|year| (year, title.clone()))))
}

/// `august 2011`, `2011 08`, `spend-apr-12`.
fn month_of_name(name: &str) -> Option<FinancialYear> {
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).find_map(|pair| {
        let year = |word: &str| -> Option<u16> {
            let number: u16 = word.parse().ok()?;
            match word.len() {
                4 if (1990..2100).contains(&number) => Some(number),
                2 => Some(2000 + number),
                _ => None,
            }
        };
        let month = super::dates::month_name(pair[0]).filter(|_| pair[0].len() == 3 || pair[0].len() > 3);
        if let (Some(month), Some(year)) = (month, year(pair[1])) {
            return Some(FinancialYear::of_month(year, month));
        }
        let (first, second) = (pair[0], pair[1]);
        if first.len() == 4 && second.len() == 2 {
            let (year, month) = (year(first)?, second.parse::<u8>().ok()?);
            return (1..=12).contains(&month).then(|| FinancialYear::of_month(year, month));
        }
        None
    })
}
