//! The columns of a table by their headings and by what they hold.

use super::amount::choose_amount;
use super::map::{ColumnMap, Field, MappedColumn};
use super::names::{choose_identity, choose_others, range_of_own_file};
use super::settle::{
    name_by_content, settle_counts, settle_departments, settle_parties, settle_repeated, settle_types,
    tell_twins_apart,
};
use super::shifted::{drop_missing, shift_back};
use super::written::{date_order, say_lost_pounds, unit, uses_decimal_comma};
use crate::import::cell::AmountStyle;
use crate::import::problem::Code;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::header::Header;
use crate::import::recognise::meaning::{Meaning, meaning};
use crate::import::recognise::profile::Profiles;
use crate::import::recognise::wide::{Columns, Wide, amounts_side_by_side};
use crate::import::words::column_name;

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
    let named = width.min(header.headings.len().max(profiles.width()));
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
    drop_missing(&mut headings, &mut meanings, profiles, &mut choices);
    tell_twins_apart(&headings, &mut meanings);
    settle_types(&mut meanings, profiles);
    settle_departments(&mut meanings, profiles);
    settle_parties(&headings, &mut meanings, profiles);
    settle_counts(&headings, &mut meanings, profiles);
    settle_repeated(&mut meanings, profiles);
    name_by_content(&headings, &mut meanings, profiles);

    let by_themselves = meanings.clone();
    let mut fields = vec![Field::Passed; named];
    let mut total = None;
    for (index, field) in range_of_own_file(&headings) {
        fields[index] = field;
        meanings[index] = (Meaning::Passed, 0);
    }
    for (heading, field) in said {
        let place = (0..headings.len())
            .find(|&index| column_name(&headings, index).eq_ignore_ascii_case(heading.trim()));
        if let Some(index) = place {
            fields[index] = field.clone();
            meanings[index] = (Meaning::Passed, 0);
        }
    }
    for (index, field) in placed.iter().filter(|(index, _)| *index < named) {
        fields[*index] = field.clone();
        meanings[*index] = (Meaning::Passed, 0);
    }
    // What was said of a column stands, also among columns that are read side by side.
    let is_said = |index: usize| {
        let is_it = |heading: &str| column_name(&headings, index).eq_ignore_ascii_case(heading.trim());
        said.iter().any(|(heading, _)| is_it(heading)) || placed.iter().any(|(place, _)| *place == index)
    };
    let has_amount =
        |fields: &[Field]| fields.iter().any(|field| matches!(field, Field::Amount | Field::AmountFor(..)));
    if !has_amount(&fields) {
        let columns = Columns { headings: &headings, meanings: &meanings, profiles };
        match amounts_side_by_side(&columns, &mut choices) {
            Some(Wide::Side(found)) => {
                for (index, dimension, name) in
                    found.columns.into_iter().filter(|(index, ..)| !is_said(*index))
                {
                    fields[index] = Field::AmountFor(dimension, name);
                }
                total = found.total.map(|index| headings[index].clone());
            }
            Some(Wide::One(index)) => fields[index] = Field::Amount,
            None => fields[choose_amount(&headings, &meanings, profiles, &mut choices)?] = Field::Amount,
        }
    }
    if said.iter().any(|(_, field)| matches!(field, Field::AmountFor(..))) {
        // As an older version was read; a month that came since is read as it would be by itself.
        let columns = Columns { headings: &headings, meanings: &by_themselves, profiles };
        if let Some(Wide::Side(found)) = amounts_side_by_side(&columns, &mut choices) {
            for (index, dimension, name) in found.columns.into_iter().filter(|(index, ..)| !is_said(*index)) {
                fields[index] = Field::AmountFor(dimension, name);
            }
            let sum = found.total.filter(|index| fields[*index] == Field::Passed);
            total = sum.map(|index| headings[index].clone());
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
    say_lost_pounds(&headings, &fields, profiles, &mut choices);
    let dates = date_order(&fields, profiles, &headings, &mut choices);
    let amounts = AmountStyle {
        unit: unit(header, &headings, &fields, profiles, &mut choices),
        decimal_comma: uses_decimal_comma(&headings, &fields, profiles, &mut choices),
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
