use super::columns::{Choice, short};
use super::meaning::{Meaning, Measure, month_in, words, year_in};
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
    services_side_by_side(headings, meanings, profiles, choices)
}

/// Columns that are each a service, an agency or a theme, with totals among them: the parts are read, the totals and
/// what stands beyond the main total (financing, memorandum items) are left out.
fn services_side_by_side(
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> Option<Vec<AmountColumn>> {
    let plain_amount = (0..headings.len()).any(|index| {
        matches!(meanings[index].0, Meaning::Amount(measure) if measure != Measure::Never)
            && words(&headings[index]).len() <= 2
            && meanings[index].1 >= 80
            && profiles.get(index).is_money()
    });
    let mut money: Vec<usize> = (0..headings.len())
        .filter(|&index| {
            let profile = profiles.get(index);
            !headings[index].trim().is_empty() && profile.is_money() && !profile.is_date()
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
    if plain_amount || money.len() < 3 {
        return None;
    }
    let totals = find_totals(&money, profiles);
    let parts: Vec<usize> =
        money.iter().copied().filter(|index| !totals.iter().any(|total| total.column == *index)).collect();
    let (kept, main) = match main_total(&totals) {
        Some(total) => (parts[total.start..total.end].to_vec(), Some(total.column)),
        // Without a total that proves it, only headings that say nothing of amounts are taken for services.
        None => (parts.into_iter().filter(|&index| meanings[index].0 == Meaning::Unknown).collect(), None),
    };
    if kept.len() < 3 || main.is_none() && kept.len() * 2 < money.len() {
        return None;
    }
    let taken = |dimension| {
        meanings.iter().enumerate().any(|(index, (meaning, sure))| {
            *meaning == Meaning::Dimension(dimension)
                && *sure >= 80
                && profiles.get(index).is_text()
                && !profiles.get(index).is_money()
        })
    };
    let dimension = if !taken(Dimension::Service) {
        Dimension::Service
    } else if !taken(Dimension::Agency) {
        Dimension::Agency
    } else {
        Dimension::Theme
    };
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
    Some(kept.into_iter().map(|index| (index, dimension, tidy(&headings[index]))).collect())
}

/// A heading in one line.
fn tidy(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A column that is the sum of parts before it: those from `start` up to `end`, counted among the parts.
#[derive(Clone, Copy, Debug)]
struct Total {
    column: usize,
    start: usize,
    end: usize,
}

/// The columns that are sums of the parts just before them, in nearly every row.
fn find_totals(money: &[usize], profiles: &Profiles) -> Vec<Total> {
    let mut parts: Vec<usize> = Vec::new();
    let mut totals = Vec::new();
    for &column in money {
        match sum_of_parts(column, &parts, profiles) {
            Some(start) => totals.push(Total { column, start, end: parts.len() }),
            None => parts.push(column),
        }
    }
    totals
}

/// The first part from which on the parts add up to this column; the longest run where several do.
fn sum_of_parts(column: usize, parts: &[usize], profiles: &Profiles) -> Option<usize> {
    let cell = |row: &Vec<Option<i64>>, column: usize| row.get(column).copied().flatten();
    let rows: Vec<&Vec<Option<i64>>> =
        profiles.sums.iter().filter(|row| cell(row, column).is_some_and(|amount| amount != 0)).collect();
    if rows.len() < 3 || rows.len() * 5 < profiles.sums.len() {
        return None;
    }
    let mut sums = vec![0_i128; rows.len()];
    let mut found = None;
    for (count, start) in (0..parts.len()).rev().enumerate() {
        for (sum, row) in sums.iter_mut().zip(&rows) {
            *sum += i128::from(cell(row, parts[start]).unwrap_or(0));
        }
        // A published total may miss its parts by their rounding.
        let near =
            |sum: i128, stated: i64| (sum - i128::from(stated)).abs() <= 10_000 * (count as i128 + 1).min(3);
        let right =
            sums.iter().zip(&rows).filter(|(sum, row)| near(**sum, cell(row, column).unwrap_or(0))).count();
        if count >= 1 && right * 100 >= rows.len() * 93 {
            found = Some(start);
        }
    }
    found
}

/// The total that the table is about: the first of everything before it, or a total of totals that follows on it.
fn main_total(totals: &[Total]) -> Option<Total> {
    let mut main = *totals.first()?;
    let start = main.start;
    for next in totals.iter().filter(|total| total.start == start) {
        if next.end <= main.end {
            continue;
        }
        let covered = (main.end..next.end).all(|part| {
            totals.iter().any(|total| {
                total.start >= main.end
                    && total.end <= next.end
                    && (total.start..total.end).contains(&part)
                    && total.column != next.column
            })
        });
        // Groups of one service need no total of their own.
        let grouped = totals
            .iter()
            .filter(|total| total.start >= main.end && total.end <= next.end)
            .map(|total| total.end - total.start)
            .sum::<usize>();
        if covered || grouped * 10 >= (next.end - main.end) * 8 {
            main = *next;
        } else {
            break;
        }
    }
    Some(main)
}
