//! Which column is the amount.

use crate::import::problem::Code;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::meaning::{AmountMeasure, Meaning, is_count, meaning, words};
use crate::import::recognise::profile::Profiles;
use crate::words::all_of;

/// The one amount that is spending, of those that stand side by side: net before stated before gross.
pub(super) fn choose_amount(
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
            measure(index).is_some_and(|measure| measure != AmountMeasure::Never)
                && (profile.may_be_money() || profile.percent(profile.formulas) >= 50)
        })
        .collect();
    let most = candidates.iter().map(|&index| profiles.get(index).filled).max().unwrap_or(0);
    candidates.retain(|&index| profiles.get(index).filled * 5 >= most);
    // An empty file of this shape still has its column.
    if candidates.is_empty() && profiles.rows == 0 {
        candidates = (0..meanings.len())
            .filter(|&index| measure(index).is_some_and(|measure| measure != AmountMeasure::Never))
            .collect();
    }
    let chosen = candidates.iter().copied().min_by_key(|&index| {
        (measure(index).unwrap_or(AmountMeasure::Never), 100 - meanings[index].1, index)
    });
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
                    all_of(&others)
                ),
            ));
        }
        say_tax(chosen, headings, meanings, profiles, choices);
        return Some(chosen);
    }
    by_content(headings, meanings, profiles, choices).or_else(|| {
        // A column that is headed "Amount" and holds none: each row of it is told.
        (0..meanings.len())
            .filter(|&index| {
                measure(index).is_some_and(|measure| measure <= AmountMeasure::Stated)
                    && meanings[index].1 >= 90
                    && profiles.get(index).filled > 0
            })
            .min_by_key(|&index| measure(index))
    })
}

/// Says that the amounts hold their VAT, where a column beside them tells it and none tells the net.
fn say_tax(
    chosen: usize,
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) {
    let is_net = matches!(meanings[chosen].0, Meaning::Amount(AmountMeasure::Net));
    let is_tax = |index: &usize| {
        let words = words(&headings[*index]);
        *index != chosen
            && words.iter().any(|word| word == "vat" || word == "tax")
            && !words.iter().any(|word| word == "irrecoverable" || word == "rate")
            && profiles.get(*index).is_money()
    };
    let Some(tax) = (0..headings.len()).find(is_tax) else { return };
    let what = if is_net {
        format!(
            "\"{}\" is read as the amount, net of VAT; the VAT in \"{}\" is left out",
            headings[chosen].trim(),
            headings[tax].trim()
        )
    } else {
        format!(
            "\"{}\" is read as the amount, and no column gives it net: it may include the VAT in \"{}\", which is not read by itself",
            headings[chosen].trim(),
            headings[tax].trim()
        )
    };
    choices.push(Choice::note(Code::AmountChosen, what));
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
            && !profile.looks_coded()
            && !is_count(&headings[index])
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
            && !matches!(meanings[index].0, Meaning::Amount(AmountMeasure::Never))
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
