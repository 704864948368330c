//! Amounts of years, quarters and months side by side.

use super::columns::{Columns, SideBySide, SideColumn, Wide, tidy};
use super::sums::find_totals;
use crate::dimension::Dimension;
use crate::import::problem::Code;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::meaning::{
    AmountMeasure, Meaning, is_income, is_to_date, month_in, quarter_in, version_in, words, year_in,
};
use crate::import::words::short;
use crate::words::all_of;

/// The columns that are each a year, a quarter or a month.
pub(super) fn periods(columns: &Columns<'_>, choices: &mut Vec<Choice>) -> Option<Wide> {
    let all = 0..columns.headings.len();
    let years: Vec<SideColumn> = all
        .clone()
        .filter(|&index| columns.may_be_read(index) && columns.is_money(index, true))
        .filter(|&index| {
            !is_to_date(&columns.headings[index]) || month_in(&columns.headings[index]).is_none()
        })
        .filter_map(|index| {
            year_in(&columns.headings[index]).map(|year| (index, Dimension::Year, year.to_string()))
        })
        .collect();
    let quarters: Vec<SideColumn> = all
        .clone()
        .filter(|&index| columns.is_money(index, true) && !columns.is_settled(index))
        .filter_map(|index| Some((index, Dimension::Year, quarter_name(&columns.headings[index])?)))
        .collect();
    let quarters = once_each(quarters);
    if quarters.len() >= 2 {
        return Some(told(columns, quarters, "quarters", choices));
    }
    let years_stated = years.len();
    let years = once_a_year(years, columns, choices);
    if years.len() >= 2 || years.len() == 1 && years_stated > 1 {
        let listed: Vec<&str> = years.iter().map(|(_, _, year)| year.as_str()).collect();
        choices.push(Choice::note(
            Code::WideTable,
            format!(
                "each row holds amounts for {} years ({}); each is read as a line of its own",
                years.len(),
                listed.join(", ")
            ),
        ));
        return Some(Wide::Side(SideBySide { columns: years, total: None }));
    }
    let months: Vec<SideColumn> = all
        .filter(|&index| columns.is_money(index, true) && !columns.is_settled(index))
        .filter_map(|index| {
            let (month, year) = month_in(&columns.headings[index])?;
            let name = year.map_or_else(|| format!("month {month}"), |year| format!("{year:04}-{month:02}"));
            Some((index, Dimension::Year, name))
        })
        .collect();
    let months = once_each(months);
    // Two months are a list of months where a sum stands beside them, or where both say their year.
    let has_sum = (0..columns.headings.len())
        .any(|index| is_to_date(&columns.headings[index]) && columns.is_money(index, true));
    let are_dated = months.iter().all(|(_, _, name)| !name.starts_with("month "));
    if months.len() >= 3 || months.len() == 2 && (has_sum || are_dated) {
        return Some(told(columns, months, "months", choices));
    }
    None
}

/// The first month of a quarter, with its year where that is said: "Q2 2023/24", "Q2".
fn quarter_name(heading: &str) -> Option<String> {
    let quarter = quarter_in(heading)?;
    let month = if quarter == 4 { 1 } else { 1 + 3 * u16::from(quarter) };
    Some(year_in(heading).map_or_else(
        || format!("month {month}"),
        |year| format!("{:04}-{month:02}", if quarter == 4 { year.start() + 1 } else { year.start() }),
    ))
}

fn once_each(columns: Vec<SideColumn>) -> Vec<SideColumn> {
    let mut kept: Vec<SideColumn> = Vec::new();
    for column in columns {
        if !kept.iter().any(|(_, _, other)| *other == column.2) {
            kept.push(column);
        }
    }
    kept
}

/// Quarters or months, said with the columns beside them that add them up or tell something else.
fn told(columns: &Columns<'_>, periods: Vec<SideColumn>, what: &str, choices: &mut Vec<Choice>) -> Wide {
    let beside: Vec<usize> = (0..columns.headings.len())
        .filter(|&index| {
            columns.is_money(index, true)
                && !columns.headings[index].trim().is_empty()
                && !periods.iter().any(|(period, ..)| *period == index)
                && columns.may_be_read(index)
        })
        .collect();
    let mut in_order: Vec<usize> = periods.iter().map(|(index, ..)| *index).chain(beside.clone()).collect();
    in_order.sort_unstable();
    let total = find_totals(&in_order, columns.profiles)
        .into_iter()
        .find(|total| beside.contains(&total.column) && total.end - total.start == periods.len())
        .map(|total| total.column);
    let listed: Vec<String> =
        beside.iter().map(|&index| format!("\"{}\"", short(&tidy(&columns.headings[index])))).collect();
    let rest = if listed.is_empty() {
        String::new()
    } else {
        format!("; {} beside them is left out", all_of(&listed))
    };
    choices.push(Choice::note(
        Code::WideTable,
        format!(
            "each row holds amounts for {} {what}; each is read as a line of its own{rest}",
            periods.len()
        ),
    ));
    Wide::Side(SideBySide { columns: periods, total })
}

/// Budget and outturn of one year are the same money twice: the most wanted is kept. Income is no spending where
/// something else of its year stands beside it.
fn once_a_year(years: Vec<SideColumn>, columns: &Columns<'_>, choices: &mut Vec<Choice>) -> Vec<SideColumn> {
    let heading = |index: usize| columns.headings[index].as_str();
    let wanted = |index: usize| {
        let measure = match columns.meanings[index].0 {
            Meaning::Amount(measure) => measure,
            _ if is_income(heading(index)) => AmountMeasure::Never,
            _ => AmountMeasure::Stated,
        };
        let words = words(heading(index));
        let holds = |wanted: &str| words.iter().any(|word| word == wanted);
        // What is net is wanted before what is gross, in whatever version.
        let basis = if holds("net") { 0 } else { 1 + u8::from(holds("gross")) };
        (measure == AmountMeasure::Never, version_in(heading(index)), basis, measure)
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
            left_out.iter().map(|&index| format!("\"{}\"", short(&tidy(heading(index))))).collect();
        choices.push(Choice::note(
            Code::AmountChosen,
            format!("{} holds the same year again and is left out", all_of(&listed)),
        ));
    }
    kept
}
