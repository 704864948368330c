//! Headings and content held against each other, before a column gets its field.

use crate::dimension::Dimension;
use crate::import::problem::Code;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::meaning::{DateKind, Meaning};
use crate::import::recognise::profile::Profiles;
use crate::import::recognise::publisher::is_body;

/// Headings that stand one column beside their content are moved to it, when money and dates prove it.
pub(super) fn shift_back(
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
        let width = profiles.width().max(headings.len() - 1);
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
pub(super) fn tell_twins_apart(headings: &[String], meanings: &mut [(Meaning, u8)]) {
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
pub(super) fn settle_types(meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
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
pub(super) fn settle_departments(meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
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
pub(super) fn name_by_content(headings: &[String], meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
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
