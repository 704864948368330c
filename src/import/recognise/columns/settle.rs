//! Headings and content held against each other, before a column gets its field.

use crate::dimension::Dimension;
use crate::import::recognise::meaning::{AmountMeasure, DateKind, Meaning, is_count, names_parties, words};
use crate::import::recognise::profile::{Profile, Profiles};
use crate::import::recognise::publisher::{is_body, is_of_state, is_office};

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
        let share = |is_it: fn(&str) -> bool| {
            let named = profile.values.iter().filter(|(name, _)| is_it(name)).map(|(_, count)| *count);
            profile.percent(named.sum())
        };
        profile.filled > 0 && (share(is_body) >= 80 || share(is_of_state) >= 30)
    };
    // "Department: DWP" all the way down is the department of state that publishes.
    let is_publisher = |index: &usize| {
        let profile = profiles.get(*index);
        profile.filled > 0
            && profile.filled * 10 >= profiles.rows * 9
            && profile.distinct() == 1
            && profile.values.keys().all(|name| is_office(name))
    };
    let unit = (0..meanings.len()).find(|index| {
        meanings[*index].0 == Meaning::Department && (names_bodies(index) || is_publisher(index))
    });
    if let Some(index) = unit {
        meanings[index] = (agency, 80);
    }
}

/// A list of grants has few columns; a table of services has some that are grants.
const MOST_OF_GRANTS: usize = 15;

/// Who is paid, by what columns hold: names under "Supplier id" are suppliers where no other column has them, numbers under
/// "Supplier" are none; and bodies that differ in nearly every row of a list of grants receive them.
pub(super) fn settle_parties(headings: &[String], meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
    let supplier = Meaning::Dimension(Dimension::Supplier);
    for (index, (meaning, _)) in meanings.iter_mut().enumerate() {
        let profile = profiles.get(index);
        let names_bodies = matches!(
            meaning,
            Meaning::Dimension(
                Dimension::Agency | Dimension::Supplier | Dimension::Provider | Dimension::Funder
            )
        );
        if *meaning == supplier && !profile.holds_names() || names_bodies && holds_paths(profile) {
            *meaning = Meaning::Passed;
        }
    }
    let has_supplier = |meanings: &[(Meaning, u8)]| {
        (0..meanings.len()).any(|index| meanings[index].0 == supplier && profiles.get(index).filled > 0)
    };
    if has_supplier(meanings) {
        return;
    }
    let is_of_names = |index: usize| {
        let profile = profiles.get(index);
        profile.is_text() && !profile.is_date() && profile.spaced * 2 > profile.filled
    };
    let named = (0..meanings.len()).find(|&index| {
        meanings[index].0 == Meaning::Passed && names_parties(&headings[index]) && is_of_names(index)
    });
    if let Some(index) = named {
        meanings[index] = (supplier, 70);
        return;
    }
    let says = |index: usize, wanted: &[&str]| {
        words(&headings[index]).iter().any(|word| wanted.iter().any(|wanted| word.starts_with(wanted)))
    };
    let is_of_grants =
        headings.len() <= MOST_OF_GRANTS && (0..headings.len()).any(|index| says(index, &["grant"]));
    let receiver = (0..meanings.len()).find(|&index| {
        let profile = profiles.get(index);
        meanings[index].0 == Meaning::Dimension(Dimension::Agency)
            && says(index, &["organisation", "group", "body", "charity"])
            && profile.filled >= 5
            && profile.distinct() * 10 >= profile.filled.min(60) * 6
    });
    if let Some(index) = receiver.filter(|_| is_of_grants) {
        meanings[index] = (supplier, 70);
    }
}

/// Whether a column holds places in a tree, "/" and "/parks/trees", and no names of bodies.
fn holds_paths(profile: &Profile) -> bool {
    let paths = profile.values.iter().filter(|(value, _)| value.trim_start().starts_with('/'));
    let paths: usize = paths.map(|(_, count)| *count).sum();
    paths > 0 && profile.percent(paths) >= 10
}

/// Counts are neither names nor references: "Suppliers: 3", "Transactions: 12".
pub(super) fn settle_counts(headings: &[String], meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
    for (index, (meaning, sure)) in meanings.iter_mut().enumerate() {
        let profile = profiles.get(index);
        let is_plural = headings[index].trim().to_lowercase().ends_with('s');
        let is_whole = profile.filled > 0 && profile.whole * 10 >= profile.filled * 9;
        let is_short = profile.digits.is_some_and(|(_, most)| most <= 6);
        let counts = match meaning {
            Meaning::Reference => is_plural && is_whole && is_short,
            Meaning::Amount(_) => is_count(&headings[index]) && is_whole,
            _ => false,
        };
        if counts {
            (*meaning, *sure) = (Meaning::Passed, 70);
        }
    }
}

/// A column that repeats the sum of another on each of its lines is the total of an invoice or an award, whatever it is
/// called: "Net amount" beside "Line amount".
pub(super) fn settle_repeated(meanings: &mut [(Meaning, u8)], profiles: &Profiles) {
    let amounts: Vec<usize> = (0..meanings.len())
        .filter(|&index| {
            matches!(meanings[index].0, Meaning::Amount(measure) if measure != AmountMeasure::Never)
                && profiles.get(index).may_be_money()
        })
        .collect();
    let repeated: Vec<usize> = amounts
        .iter()
        .copied()
        .filter(|&index| amounts.iter().any(|&line| line != index && profiles.repeats_sum_of(index, line)))
        .collect();
    for &index in &repeated {
        meanings[index].0 = Meaning::Amount(AmountMeasure::InvoiceTotal);
    }
    // What is the same wherever a repeated total is, is one too: the gross beside the net.
    for index in amounts {
        if !repeated.contains(&index) && repeated.iter().any(|&total| profiles.goes_with(index, total)) {
            meanings[index].0 = Meaning::Amount(AmountMeasure::InvoiceTotal);
        }
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
