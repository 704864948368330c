//! Wide tables: amounts side by side for years, quarters, months, agencies or services, and which of the
//! columns are totals of the others.

use super::choice::Choice;
use super::meaning::{AmountMeasure, Meaning, month_in, words, year_in};
use super::profile::Profiles;
use super::publisher::is_body;
use crate::dimension::Dimension;
use crate::import::problem::Code;
use crate::import::words::short;
use crate::words::all_of;

/// Amounts side by side, and the column that is the sum of each row's, where there is one.
#[derive(Debug, Default)]
pub(super) struct SideBySide {
    pub(super) columns: Vec<SideColumn>,
    pub(super) total: Option<usize>,
}

/// A column of amounts, and what it is an amount for.
type SideColumn = (usize, Dimension, String);

/// Amounts side by side that belong to different years or services, one line each; `None` where there is one amount.
pub(super) fn amounts_side_by_side(
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> Option<SideBySide> {
    let is_money = |index: usize| profiles.get(index).is_money() && !profiles.get(index).is_date();
    let years: Vec<SideColumn> = (0..headings.len())
        .filter(|&index| {
            is_money(index)
                && !matches!(meanings[index].0, Meaning::Amount(AmountMeasure::Never) | Meaning::Passed)
        })
        .filter_map(|index| year_in(&headings[index]).map(|year| (index, Dimension::Year, year.to_string())))
        .collect();
    let quarters = quarters_of(&years, headings);
    let years_stated = years.len();
    let sure_amount = (0..headings.len()).any(|index| {
        matches!(meanings[index].0, Meaning::Amount(AmountMeasure::Net | AmountMeasure::Stated))
            && meanings[index].1 >= 85
            && is_money(index)
            && year_in(&headings[index]).is_none()
    });
    if quarters.len() >= 2 && !sure_amount {
        choices.push(Choice::note(
            Code::WideTable,
            format!(
                "each row holds amounts for {} quarters; each is read as a line of its own",
                quarters.len()
            ),
        ));
        return Some(SideBySide { columns: quarters, total: None });
    }
    let years = once_a_year(years, headings, meanings, choices);
    if (years.len() >= 2 || years.len() == 1 && years_stated > 1) && !sure_amount {
        let listed: Vec<&str> = years.iter().map(|(_, _, year)| year.as_str()).collect();
        choices.push(Choice::note(
            Code::WideTable,
            format!(
                "each row holds amounts for {} years ({}); each is read as a line of its own",
                years.len(),
                listed.join(", ")
            ),
        ));
        return Some(SideBySide { columns: years, total: None });
    }
    let months: Vec<SideColumn> = (0..headings.len())
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
        return Some(SideBySide { columns: months, total: None });
    }
    services_side_by_side(headings, meanings, profiles, choices)
}

/// The columns of years that are a quarter each, by the month in which it begins: "Q2 2023/24".
fn quarters_of(years: &[SideColumn], headings: &[String]) -> Vec<SideColumn> {
    let mut quarters: Vec<SideColumn> = Vec::new();
    for (index, _, year) in years {
        let words = words(&headings[*index]);
        let number =
            words.iter().zip(words.iter().skip(1).map(Some).chain([None])).find_map(|(word, next)| {
                let digits = match word.strip_prefix('q') {
                    Some(digits) if !digits.is_empty() => digits,
                    _ if word == "quarter" || word == "q" => next?,
                    _ => return None,
                };
                digits.parse::<u16>().ok().filter(|number| (1..=4).contains(number))
            });
        let start = year.get(..4).and_then(|year| year.parse::<u16>().ok());
        let (Some(number), Some(start)) = (number, start) else { continue };
        let (year, month) = if number == 4 { (start + 1, 1) } else { (start, 1 + 3 * number) };
        let name = format!("{year:04}-{month:02}");
        if !quarters.iter().any(|(_, _, other)| *other == name) {
            quarters.push((*index, Dimension::Year, name));
        }
    }
    quarters
}

/// Budget and outturn of one year are the same money twice: the most wanted is kept.
fn once_a_year(
    years: Vec<SideColumn>,
    headings: &[String],
    meanings: &[(Meaning, u8)],
    choices: &mut Vec<Choice>,
) -> Vec<SideColumn> {
    let wanted = |index: usize| match meanings[index].0 {
        Meaning::Amount(measure) => measure,
        _ => AmountMeasure::Stated,
    };
    let mut kept: Vec<SideColumn> = Vec::new();
    let mut left_out = Vec::new();
    for column in years {
        match kept.iter_mut().find(|other| other.2 == column.2) {
            None => kept.push(column),
            Some(other) if wanted(column.0) < wanted(other.0) => {
                left_out.push(other.0);
                *other = column;
            }
            Some(_) => left_out.push(column.0),
        }
    }
    if !left_out.is_empty() {
        let listed: Vec<String> =
            left_out.iter().map(|&index| format!("\"{}\"", short(&tidy(&headings[index])))).collect();
        choices.push(Choice::note(
            Code::AmountChosen,
            format!("{} holds the same year again and is left out", all_of(&listed)),
        ));
    }
    kept
}

/// Columns that are each a service, an agency or a theme, with totals among them: the parts are read, the totals and
/// what stands beyond the main total (financing, memorandum items) are left out.
fn services_side_by_side(
    headings: &[String],
    meanings: &[(Meaning, u8)],
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) -> Option<SideBySide> {
    let plain_amount = (0..headings.len()).any(|index| {
        matches!(meanings[index].0, Meaning::Amount(measure) if measure != AmountMeasure::Never)
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
        // Without a total that proves it, only headings that say nothing of amounts are taken for services.
        (parts.into_iter().filter(is_part).collect(), None)
    };
    let fewest = if main.is_some() && kept.iter().all(|index| is_plain(*index)) { 2 } else { 3 };
    if kept.len() < fewest || main.is_none() && kept.len() * 2 < money.len() {
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
    let bodies = kept.iter().filter(|&&index| {
        meanings[index].0 == Meaning::Dimension(Dimension::Agency) || is_body(&headings[index])
    });
    let dimension = if bodies.count() * 2 > kept.len() && !taken(Dimension::Agency) {
        Dimension::Agency
    } else if !taken(Dimension::Service) {
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
    let columns = kept.into_iter().map(|index| (index, dimension, tidy(&headings[index]))).collect();
    Some(SideBySide { columns, total: main })
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
