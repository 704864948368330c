//! Columns that are each a service, an agency or a theme.

use super::columns::{Columns, SideBySide, tidy};
use super::sums::{find_totals, main_total};
use crate::dimension::Dimension;
use crate::import::problem::Code;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::meaning::{AmountMeasure, Meaning, is_count, is_to_date, version_in, words};
use crate::import::recognise::profile::Profiles;
use crate::import::recognise::publisher::is_body;
use crate::import::words::short;

/// Columns that are each a service, an agency or a theme, with totals among them: the parts are read, the totals and
/// what stands beyond the main total (financing, memorandum items) are left out.
pub(super) fn services_side_by_side(
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> Option<SideBySide> {
    let plain_amount = (0..headings.len()).any(|index| {
        matches!(meanings[index].0, Meaning::Amount(measure) if measure != AmountMeasure::Never)
            && words(&headings[index]).len() <= 2
            && meanings[index].1 >= 80
            && profiles.get(index).may_be_money()
    });
    let mut money: Vec<usize> = (0..headings.len())
        .filter(|&index| {
            let profile = profiles.get(index);
            !headings[index].trim().is_empty()
                && profile.is_money()
                && !profile.is_date()
                && !is_count(&headings[index])
        })
        .collect();
    // Codes and years stand before the amounts; among them the same words are services ("Registration of electors").
    let first = money.iter().position(|&index| {
        !matches!(
            meanings[index].0,
            Meaning::Passed | Meaning::Reference | Meaning::Year | Meaning::SourceRow | Meaning::Person
        )
    });
    money.drain(..first.unwrap_or(0));
    if money.len() < 3 {
        return None;
    }
    let totals = find_totals(&money, profiles);
    // Two parts and their sum may be net, tax and gross as well, or a budget and what it was missed by.
    let is_plain = |index: usize| match meanings[index].0 {
        Meaning::Amount(measure) => measure == AmountMeasure::Stated,
        _ => true,
    };
    let is_proved = main_total(&totals).is_some_and(|total| {
        total.end - total.start == money.len() - 1 && money.iter().all(|index| is_plain(*index))
    });
    if plain_amount && !is_proved {
        return None;
    }
    let parts: Vec<usize> =
        money.iter().copied().filter(|index| !totals.iter().any(|total| total.column == *index)).collect();
    let is_part = |&index: &usize| {
        matches!(meanings[index].0, Meaning::Unknown | Meaning::Dimension(Dimension::Agency))
    };
    let (kept, main) = if let Some(total) = main_total(&totals) {
        (parts[total.start..total.end].to_vec(), Some(total.column))
    } else {
        // Without a total that proves it, only headings that say nothing of amounts are taken for services, and only
        // what looks like amounts: a column of codes is none.
        let is_of_money = |index: &usize| {
            is_part(index)
                && !profiles.get(*index).looks_coded()
                && version_in(&headings[*index]).is_none()
                && !is_to_date(&headings[*index])
        };
        (parts.into_iter().filter(is_of_money).collect(), None)
    };
    let fewest = if main.is_some() && kept.iter().all(|index| is_plain(*index)) { 2 } else { 3 };
    if kept.len() < fewest || main.is_none() && kept.len() * 2 < money.len() {
        return None;
    }
    let columns = Columns { headings, meanings, profiles };
    let dimension = dimension_of(&kept, &columns);
    let proof = main.map_or_else(String::new, |column| {
        format!(
            " They add up to \"{}\"; totals and the columns beyond it are left out",
            short(&headings[column])
        )
    });
    choices.push(Choice::note(
        Code::WideTable,
        format!(
            "each row holds amounts for {} {} side by side; each is read as a line of its own.{proof}",
            kept.len(),
            dimension.plural()
        ),
    ));
    let columns = kept.into_iter().map(|index| (index, dimension, tidy(&headings[index]))).collect();
    Some(SideBySide { columns, total: main })
}

/// What columns side by side are: agencies where most of their headings name bodies, else services, as far as no other
/// column says these.
pub(super) fn dimension_of(kept: &[usize], columns: &Columns<'_>) -> Dimension {
    let Columns { headings, meanings, profiles } = *columns;
    let taken = |dimension| {
        meanings.iter().enumerate().any(|(index, (meaning, sure))| {
            *meaning == Meaning::Dimension(dimension)
                && *sure >= 80
                && profiles.get(index).is_text()
                && !profiles.get(index).is_money()
        })
    };
    let bodies = kept.iter().filter(|&&index| {
        meanings[index].0 == Meaning::Dimension(Dimension::Agency) || is_body(&headings[index])
    });
    if bodies.count() * 2 > kept.len() && !taken(Dimension::Agency) {
        Dimension::Agency
    } else if !taken(Dimension::Service) {
        Dimension::Service
    } else if !taken(Dimension::Agency) {
        Dimension::Agency
    } else {
        Dimension::Theme
    }
}
