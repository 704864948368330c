//! What is asked of a person because the file does not prove it, with what each answer would come to; and what a file
//! says in a currency of its own.

use std::ops::ControlFlow;

use super::table::Readable;
use crate::import::cell::{Amount, AmountStyle, Currency};
use crate::import::files::Row;
use crate::import::problem::{Code, ImportError, Problem};
use crate::import::question::{FileAnswer, RowAsRead, WayToRead};
use crate::import::recognise::{Choice, ColumnMap, Profiles};
use crate::import::report::{FileReport, Sample};
use crate::import::words::short;
use crate::money::Money;

/// Rows that are shown of each way to read a file.
const SHOWN_ROWS: usize = 5;
/// Cells of words that tell which row it is.
const SHOWN_CELLS: usize = 3;

/// What was decided, as problems of the file; of questions, the ways to read it.
pub(super) fn say_choices(choices: Vec<Choice>, report: &mut FileReport) -> Vec<(usize, Vec<FileAnswer>)> {
    let mut asked = Vec::new();
    for Choice { severity, code, what, readings } in choices {
        if !readings.is_empty() {
            asked.push((report.problems.len(), readings));
        }
        report.problems.push(Problem::of_file(&report.name, severity, code, &what));
    }
    asked
}

/// Works out what a file would come to by each of the ways to read it.
pub(super) fn answer(
    table: &mut dyn Readable,
    asked: Vec<(usize, Vec<FileAnswer>)>,
    rows_before_data: u32,
    report: &mut FileReport,
) -> Result<(), ImportError> {
    for (problem, answers) in asked {
        let readings = ways_to_read(table, answers, rows_before_data, report)?;
        if let Some(problem) = report.problems.get_mut(problem) {
            problem.readings = readings;
        }
    }
    Ok(())
}

fn ways_to_read(
    table: &mut dyn Readable,
    answers: Vec<FileAnswer>,
    rows_before_data: u32,
    report: &FileReport,
) -> Result<Vec<WayToRead>, ImportError> {
    let read = report.map.amount_columns();
    let mut ways: Vec<(WayToRead, Vec<usize>, AmountStyle)> = answers
        .into_iter()
        .map(|answer| {
            let (columns, style) = match answer {
                FileAnswer::Column(place, _) => (vec![place], report.map.amounts),
                FileAnswer::DecimalComma(decimal_comma) => {
                    (read.clone(), AmountStyle { decimal_comma, ..report.map.amounts })
                }
                FileAnswer::Sheet(_)
                | FileAnswer::LineAt(_)
                | FileAnswer::Headings(_)
                | FileAnswer::Pounds
                | FileAnswer::AsRead => (read.clone(), report.map.amounts),
            };
            let choose = answer.option();
            (WayToRead { choose, total: Money::ZERO, lines: 0, answer, rows: Vec::new() }, columns, style)
        })
        .collect();
    table.each_row(&mut |row| {
        let is_skipped = row.number <= rows_before_data
            || report.skipped.iter().any(|skip| (skip.row..skip.row + skip.rows).contains(&row.number));
        for (way, columns, style) in ways.iter_mut().filter(|_| !is_skipped) {
            let amounts = columns.iter().filter_map(|&column| match style.read(row.cell(column)) {
                Amount::Exact(money) | Amount::Rounded(money, _) => Some(money),
                _ => None,
            });
            let amounts: Vec<Money> = amounts.collect();
            let sum: Money = amounts.iter().copied().sum();
            way.total += sum;
            way.lines += amounts.len() as u64;
            if way.rows.len() < SHOWN_ROWS && !amounts.is_empty() {
                way.rows.push(RowAsRead { row: row.number, words: words_of(row), amount: Some(sum) });
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(ways.into_iter().map(|(way, ..)| way).collect())
}

/// The first rows of a table as they were read.
pub(super) fn rows_as_read(report: &FileReport) -> Vec<RowAsRead> {
    let amounts = report.map.amount_columns();
    let row = |sample: &Sample| {
        let words = sample.cells.iter().filter(|cell| cell.contains(char::is_alphabetic)).take(SHOWN_CELLS);
        let amount = amounts.first().and_then(|&place| sample.cells.get(place));
        RowAsRead {
            row: sample.row,
            words: words.map(|cell| short(cell)).collect::<Vec<_>>().join(", "),
            amount: amount.and_then(|cell| match report.map.amounts.read(cell.trim()) {
                Amount::Exact(money) | Amount::Rounded(money, _) => Some(money),
                _ => None,
            }),
        }
    };
    report.sample.iter().map(row).collect()
}

/// The cells that are words, which tell one row from another.
fn words_of(row: &Row) -> String {
    let cells = row.cells().filter(|cell| cell.contains(char::is_alphabetic)).take(SHOWN_CELLS);
    cells.map(short).collect::<Vec<_>>().join(", ")
}

/// What is said of the currency of a file beside what its cells say.
#[derive(Clone, Copy)]
pub(super) struct SaidOfCurrency<'o> {
    /// The code that a package gives its amounts.
    pub(super) package: Option<&'o str>,
    /// Whether a person said that amounts in another currency are pounds, or that they stay as they stand.
    pub(super) is_pounds: Option<bool>,
}

/// The currency of the amounts, and the column that says it row by row; amounts that are not in pounds are asked about.
pub(super) fn currency(
    map: &ColumnMap,
    profiles: &Profiles,
    said: SaidOfCurrency<'_>,
    choices: &mut Vec<Choice>,
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
    let of_package = said.package.and_then(Currency::of_code);
    let by_signs = || match profiles.currency_of(&amounts) {
        Currency::Pound => profiles.currency_of_totals(),
        other => other,
    };
    let currency = of_column.or(of_package).unwrap_or_else(by_signs);
    let said = match said.is_pounds {
        Some(true) => Some("are read as pounds, as was said"),
        Some(false) => Some("are read as they stand, as was said; they must not be added to pounds"),
        None => None,
    };
    if let Some(said) = said.filter(|_| currency != Currency::Pound) {
        let what = format!("the amounts say that they are {}, and {said}", currency.words());
        choices.push(Choice::note(Code::CurrencyOther, what));
    } else if currency != Currency::Pound {
        let what = format!(
            "the amounts are in {}; they are read as they stand and must not be added to pounds",
            currency.words()
        );
        let ways = vec![FileAnswer::AsRead, FileAnswer::Pounds];
        choices.push(Choice::question(Code::CurrencyOther, what, ways));
    }
    (currency, told)
}
