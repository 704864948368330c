//! How the dates and amounts of a file are written, and what its amounts count.

use super::map::Field;
use crate::import::cell::{DateOrder, Unit};
use crate::import::problem::Code;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::header::Header;
use crate::import::recognise::meaning::unit_in;
use crate::import::recognise::profile::{Profile, Profiles};
use crate::import::words::short;

/// Day-first, unless the column proves otherwise.
pub(super) fn date_order(
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

pub(super) fn uses_decimal_comma(fields: &[Field], profiles: &Profiles) -> bool {
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
pub(super) fn unit(
    header: &Header,
    headings: &[String],
    fields: &[Field],
    choices: &mut Vec<Choice>,
) -> Unit {
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
