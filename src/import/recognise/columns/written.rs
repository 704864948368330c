//! How the dates and amounts of a file are written, and what its amounts count.

use super::map::Field;
use crate::import::cell::{DateOrder, Unit};
use crate::import::problem::Code;
use crate::import::question::FileAnswer;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::header::Header;
use crate::import::recognise::meaning::{unit_in, unit_of_amounts};
use crate::import::recognise::profile::{Profile, Profiles};
use crate::import::words::short;
use crate::words::all_of;

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
        let (only_month, only_day) = (profile.only_month_first, profile.only_day_first);
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

/// Whether a comma parts the pence, as the whole of the columns of amounts shows. Where every point stands as one of
/// thousands would, the file does not prove which it is.
pub(super) fn uses_decimal_comma(
    headings: &[String],
    fields: &[Field],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> bool {
    let is_amount = |field: &Field| matches!(field, Field::Amount | Field::AmountFor(..));
    let amounts: Vec<usize> = (0..fields.len()).filter(|&index| is_amount(&fields[index])).collect();
    let sum = |count: fn(&Profile) -> usize| -> usize {
        amounts.iter().map(|&index| count(profiles.get(index))).sum()
    };
    let (commas, points) = (sum(|profile| profile.comma_decimals), sum(|profile| profile.point_decimals));
    if commas > 0 {
        return points * 10 < commas;
    }
    let thousands = sum(|profile| profile.point_thousands);
    let money = sum(|profile| profile.money);
    let whole = sum(|profile| profile.whole);
    if points > 0 || thousands < 3 || thousands + whole < money || thousands * 2 < money {
        return false;
    }
    // Where semicolons part the cells, commas part the pence.
    let is_continental = profiles.semicolons || sum(|profile| profile.euros) > 0;
    let named: Vec<String> = amounts.iter().map(|&index| format!("\"{}\"", headings[index].trim())).collect();
    choices.push(Choice::question(
        Code::ThousandsByPoints,
        format!(
            "every amount of {} has three digits after a point; they are read as {}, and the file does not prove it",
            all_of(&named),
            if is_continental {
                "thousands, so that 1.100 is one thousand one hundred"
            } else {
                "decimals, so that 1.100 is one pound ten"
            }
        ),
        vec![FileAnswer::DecimalComma(is_continental), FileAnswer::DecimalComma(!is_continental)],
    ));
    is_continental
}

/// Says that £ stands as something else, and was read as £.
pub(super) fn say_lost_pounds(
    headings: &[String],
    fields: &[Field],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) {
    let lost = (0..fields.len()).find(|&index| {
        matches!(fields[index], Field::Amount | Field::AmountFor(..)) && profiles.get(index).lost_pounds > 0
    });
    if let Some(index) = lost {
        let what = format!(
            "\"{}\" has lost its £ to a wrong encoding (?, \u{fffd} or ¬£ stand for it); the amounts were read as pounds",
            headings[index].trim()
        );
        choices.push(Choice::note(Code::PoundSignLost, what));
    }
}

/// What the amounts count, from the heading or from a title row.
pub(super) fn unit(
    header: &Header,
    headings: &[String],
    fields: &[Field],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> Unit {
    let of_headings = headings
        .iter()
        .zip(fields)
        .filter(|(_, field)| matches!(field, Field::Amount | Field::AmountFor(..)))
        .find_map(|(heading, _)| unit_of_amounts(heading).map(|unit| (unit, heading)));
    let found = of_headings.or_else(|| {
        header
            .titles
            .iter()
            .rev()
            .chain(&header.elsewhere)
            .find_map(|title| unit_in(title).map(|unit| (unit, title)))
    });
    let Some((unit, text)) = found else { return Unit::Pounds };
    if profiles.shown_in_thousands && unit != Unit::Pounds {
        choices.push(Choice::note(
            Code::UnitScaled,
            format!(
                "the cells hold pounds and are only shown in {}, as \"{}\" says; they were read as pounds",
                unit.words(),
                short(text)
            ),
        ));
        return Unit::Pounds;
    }
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
