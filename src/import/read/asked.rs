//! What is asked of a person because the file does not prove it, with what each answer would come to; and what a file
//! says in a currency of its own.

use std::ops::ControlFlow;

use super::table::Readable;
use crate::import::cell::{Amount, Currency};
use crate::import::problem::{Code, ImportError, Problem, Severity, WayToRead};
use crate::import::recognise::{Choice, ColumnMap, Profiles};
use crate::import::report::FileReport;
use crate::import::words::column_name;
use crate::money::Money;

/// What was decided, as problems of the file; of questions, the columns that may be the amount.
pub(super) fn say_choices(choices: Vec<Choice>, report: &mut FileReport) -> Vec<(usize, Vec<usize>)> {
    let mut asked = Vec::new();
    for Choice { severity, code, what, readings } in choices {
        if !readings.is_empty() {
            asked.push((report.problems.len(), readings));
        }
        report.problems.push(Problem::of_file(&report.name, severity, code, &what));
    }
    asked
}

/// Works out what a file would come to by each of the columns that may be its amount.
pub(super) fn answer(
    table: &mut dyn Readable,
    asked: &[(usize, Vec<usize>)],
    rows_before_data: u32,
    report: &mut FileReport,
) -> Result<(), ImportError> {
    for (problem, columns) in asked {
        let mut sums = vec![(Money::ZERO, 0_u64); columns.len()];
        let amounts = report.map.amounts;
        let skipped = &report.skipped;
        table.each_row(&mut |row| {
            let is_skipped = row.number <= rows_before_data
                || skipped.iter().any(|skip| (skip.row..skip.row + skip.rows).contains(&row.number));
            for ((sum, lines), &column) in sums.iter_mut().zip(columns).filter(|_| !is_skipped) {
                if let Amount::Exact(money) | Amount::Rounded(money, _) = amounts.read(row.cell(column)) {
                    *sum += money;
                    *lines += 1;
                }
            }
            ControlFlow::Continue(())
        })?;
        let headings: Vec<String> = report.map.columns.iter().map(|column| column.heading.clone()).collect();
        let readings = columns.iter().zip(sums).map(|(&column, (sum, lines))| WayToRead {
            choose: format!("--column \"{}=amount\"", column_name(&headings, column)),
            total: sum.to_string(),
            lines,
        });
        if let Some(problem) = report.problems.get_mut(*problem) {
            problem.readings = readings.collect();
        }
    }
    Ok(())
}

/// The currency of the amounts, and the column that says it row by row; amounts that are not in pounds are asked about.
pub(super) fn currency(
    map: &ColumnMap,
    profiles: &Profiles,
    report: &mut FileReport,
) -> (Currency, Option<usize>) {
    let amounts = map.amount_columns();
    let told = (0..map.columns.len()).find(|&index| {
        let heading = map.columns[index].heading.to_lowercase();
        let is_of_currency = heading.split(|c: char| !c.is_alphanumeric()).any(|word| word == "currency");
        is_of_currency && profiles.commonest(index).and_then(Currency::of_code).is_some()
    });
    // Beside several amounts stands the currency of each: that of the column just after the amount.
    let told = amounts
        .first()
        .map(|amount| amount + 1)
        .filter(|&next| {
            map.columns.get(next).is_some_and(|column| column.heading.to_lowercase().contains("currency"))
                && profiles.commonest(next).and_then(Currency::of_code).is_some()
        })
        .or(told);
    let of_column = told.and_then(|index| profiles.commonest(index)).and_then(Currency::of_code);
    let currency = of_column.unwrap_or_else(|| profiles.currency_of(&amounts));
    if currency != Currency::Pound {
        let what = format!(
            "the amounts are in {}; they are read as they stand and must not be added to pounds",
            currency.words()
        );
        report.problems.push(Problem::of_file(&report.name, Severity::Question, Code::CurrencyOther, &what));
    }
    (currency, told)
}
