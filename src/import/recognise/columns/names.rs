//! The columns beside the amounts: dates, names, numbers.

use super::map::Field;
use crate::dimension::Dimension;
use crate::import::problem::Code;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::meaning::{DateKind, Meaning, year_in};
use crate::import::recognise::profile::Profiles;
use crate::import::recognise::publisher::is_one_department;
use crate::ledger::tidy_headings_with_range;

/// The amount and what it may be, where the headings are those that this program writes of lines some of which are
/// estimates.
pub(super) fn range_of_own_file(headings: &[String]) -> Vec<(usize, Field)> {
    let own = tidy_headings_with_range();
    let is_own = own.len() == headings.len()
        && own.iter().zip(headings).all(|(own, heading)| heading.trim().eq_ignore_ascii_case(own));
    let fields = [("amount", Field::Amount), ("low", Field::Low), ("high", Field::High)];
    let placed = fields
        .into_iter()
        .filter_map(|(name, field)| Some((own.iter().position(|heading| *heading == name)?, field)));
    placed.filter(|_| is_own).collect()
}

/// One column for each of the other fields: the surest heading whose content does not speak against it.
pub(super) fn choose_others(
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
            take(fields, &|meaning| *meaning == Meaning::DepartmentFamily, 30, field);
        }
    }
    // A body's own directorates are no agencies: beside its services they are the level above these.
    take(fields, &|meaning| *meaning == Meaning::Department, 30, Field::Dimension(Dimension::Theme));
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
pub(super) fn choose_identity(profiles: &Profiles, fields: &mut [Field]) {
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
