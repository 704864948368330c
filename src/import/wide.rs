use super::columns::Choice;
use super::meaning::{Meaning, Measure, month_in, year_in};
use super::problem::Code;
use super::profile::Profiles;
use crate::dimension::Dimension;

/// A column of amounts, and what it is an amount for.
type AmountColumn = (usize, Dimension, String);

/// Amounts side by side that belong to different years or services, one line each; `None` where there is one amount.
pub(super) fn amounts_side_by_side(
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> Option<Vec<AmountColumn>> {
    let is_money = |index: usize| profiles.get(index).is_money() && !profiles.get(index).is_date();
    let years: Vec<AmountColumn> = (0..headings.len())
        .filter(|&index| {
            is_money(index) && !matches!(meanings[index].0, Meaning::Amount(Measure::Never) | Meaning::Passed)
        })
        .filter_map(|index| year_in(&headings[index]).map(|year| (index, Dimension::Year, year.to_string())))
        .collect();
    let sure_amount = (0..headings.len()).any(|index| {
        matches!(meanings[index].0, Meaning::Amount(Measure::Net | Measure::Stated))
            && meanings[index].1 >= 85
            && is_money(index)
            && year_in(&headings[index]).is_none()
    });
    if years.len() >= 2 && !sure_amount {
        let listed: Vec<&str> = years.iter().map(|(_, _, year)| year.as_str()).collect();
        choices.push(Choice::note(
            Code::WideTable,
            format!(
                "each row holds amounts for {} years ({}); each is read as a line of its own",
                years.len(),
                listed.join(", ")
            ),
        ));
        return Some(years);
    }
    let months: Vec<AmountColumn> = (0..headings.len())
        .filter(|&index| is_money(index))
        .filter_map(|index| {
            let (month, year) = month_in(&headings[index])?;
            let name = year.map_or_else(|| format!("month {month}"), |year| format!("{year:04}-{month:02}"));
            Some((index, Dimension::Year, name))
        })
        .collect();
    if months.len() >= 3 && !sure_amount {
        choices.push(Choice::note(
            Code::WideTable,
            format!("each row holds amounts for {} months; each is read as a line of its own", months.len()),
        ));
        return Some(months);
    }
    None
}
