//! What a table is, with what is said of it: where its headings stand, what its columns are, what forbids reading it.

use std::ops::ControlFlow;

use crate::import::files::{Row, Table};
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::recognise::{
    Choice, ColumnMap, Field, Header, Profiles, RowSample, find_header, header_at, personal_columns,
    recognise,
};
use crate::import::report::FileReport;
use crate::import::words::{column_name, short};
use crate::words::counted_as;

/// Rows in which cells beyond the headings are counted.
const BEYOND_ROWS: u32 = 3_000;
/// Rows by which columns are judged.
const PROFILED_ROWS: usize = 20_000;

/// The headings where they are said to be, or else where they are found.
pub(super) fn headings_of(rows: &[Row], options: &ImportOptions) -> Header {
    if let Some(number) = options.header_row {
        return header_at(rows, number);
    }
    let said: Vec<String> = options.columns.iter().map(|(heading, _)| heading.clone()).collect();
    // The headings of a remembered shape are known wherever they stand whole, however odd they are.
    let remembered = rows.iter().find_map(|row| {
        let cells: Vec<String> = row.cells().map(str::to_owned).collect();
        let used = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let fits = options.column_maps.iter().any(|map| used > 1 && map.fits(&cells[..used]));
        fits.then_some(row.number)
    });
    if let Some(number) = remembered {
        return header_at(rows, number);
    }
    find_header(rows, &said)
}

/// What the columns of a table look like, by its first rows.
pub(super) fn profile(table: &mut dyn Table, header: &Header) -> Result<Profiles, ImportError> {
    let mut sample = RowSample::default();
    // All of the first rows, then ever fewer: a column is judged by most of its cells.
    let number = |row: u32| row.saturating_sub(header.rows_before_data);
    let is_judged = |number: u32| number > 0 && (number <= 600 || number.is_multiple_of(16));
    let is_counted = |number: u32| number > 0 && number <= BEYOND_ROWS && header.row.is_some();
    let is_wanted = |row: u32| is_judged(number(row)) || is_counted(number(row));
    table.each_sampled_row(&is_wanted, &mut |row| {
        if is_counted(number(row.number)) {
            sample.note_beyond(row, header.headings.len());
        }
        if is_judged(number(row.number)) {
            sample.add(row);
        }
        if sample.rows() >= PROFILED_ROWS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(sample.profiles())
}

pub(super) fn refuse_personal_data(
    file: &str,
    header: &Header,
    profiles: &Profiles,
) -> Result<(), ImportError> {
    let found = personal_columns(&header.headings, profiles);
    let Some(first) = found.first() else { return Ok(()) };
    let listed: Vec<String> = found
        .iter()
        .map(|personal| {
            format!(
                "{} holds {} ({})",
                column_name(&header.headings, personal.column),
                personal.what,
                counted_as(personal.count as u64, "row", "rows")
            )
        })
        .collect();
    let mut problem = Problem::of_file(
        file,
        Severity::Error,
        Code::PersonalData,
        &format!(
            "was not loaded because it holds personal data: {}. Take these columns out, or ask for totals instead of people",
            listed.join("; ")
        ),
    );
    problem.column = Some(column_name(&header.headings, first.column));
    Err(ImportError::Refused(problem))
}

/// The columns by a remembered shape that fits, or else by what they say and hold.
pub(super) fn choose_map(
    header: &Header,
    profiles: &Profiles,
    report: &FileReport,
    options: &ImportOptions,
) -> Result<(ColumnMap, Vec<Choice>), ImportError> {
    if let Some(map) = options.column_maps.iter().find(|map| map.fits(&header.headings)) {
        let mut map = map.clone();
        for (column, field) in &options.fields {
            if let Some(column) = map.columns.get_mut(*column) {
                column.field = field.clone();
            }
        }
        if map.amount_columns().is_empty() {
            return Err(ImportError::refused(
                &report.name,
                Code::NoAmounts,
                "its remembered shape names no column as the amount",
            ));
        }
        let known = (!map.learnt_from.is_empty()).then(|| {
            Choice::note(
                Code::LayoutKnown,
                format!("has the same layout as {}, and was read the same way", map.learnt_from),
            )
        });
        return Ok((map, known.into_iter().collect()));
    }
    // Where nothing but remarks stands below the headings, they are judged by what they say.
    let nothing = Profiles::default();
    let profiles = if profiles.holds_remarks_only() { &nothing } else { profiles };
    recognise(header, profiles, &options.columns, &options.fields).ok_or_else(|| {
        if profiles.rows == 0 {
            ImportError::refused(&report.name, Code::NoRows, "has no rows of spending")
        } else {
            ImportError::refused(&report.name, Code::NoAmounts, &without_amounts(header))
        }
    })
}

/// Whether a remark says that there was nothing to publish.
pub(super) fn says_nothing_was_spent(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let says = |wanted: &[&str]| wanted.iter().any(|word| words.contains(word));
    says(&["nil", "none"])
        || says(&["no", "not", "nothing"])
            && says(&[
                "payment",
                "payments",
                "spend",
                "spending",
                "transactions",
                "expenditure",
                "return",
                "report",
                "data",
                "invoices",
                "published",
                "publish",
            ])
}

/// What was found of a table that has no amounts, and what to do.
fn without_amounts(header: &Header) -> String {
    let seen = header.headings.iter().map(|heading| heading.trim()).filter(|heading| !heading.is_empty());
    let seen: Vec<String> = seen.take(12).map(|heading| format!("\"{}\"", short(heading))).collect();
    let found = match header.row {
        Some(row) if !seen.is_empty() => format!("row {row} has the headings {}", seen.join(", ")),
        _ => "it has no row of headings".to_owned(),
    };
    format!(
        "no column holds amounts of money: {found}; an amount is missing. Head the column of amounts \"Amount\", or add one"
    )
}

/// What stands in columns without a heading, where it is not read.
pub(super) fn cells_beyond(file: &str, map: &ColumnMap, profiles: &Profiles) -> Option<Problem> {
    let is_read = |place: usize| map.columns.get(place).is_some_and(|column| column.field != Field::Passed);
    let (count, row, place) = profiles.beyond(is_read)?;
    let what = format!(
        "{} beyond the last heading, the first in row {row}, {}; what stands there is not read",
        counted_as(count, "cell stands", "cells stand"),
        column_name(&[], place)
    );
    Some(Problem::of_file(file, Severity::Note, Code::CellsBeyond, &what))
}
