//! Which sheet of a workbook holds the spending.

use super::recognised::headings_of;
use super::table::HEAD_ROWS;
use crate::dimension::Dimension;
use crate::import::cell::{Amount, read_date, read_serial};
use crate::import::files::{Book, Row, SheetTable, first_rows};
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError};
use crate::import::recognise::{ColumnMap, Field, RowSample, recognise};

/// The sheet to read, the others that could be, and what sheets without a table say.
#[derive(Debug, Default)]
pub(super) struct SheetChoice {
    pub(super) sheet: String,
    /// All sheets with the headings of that one, where there are several.
    pub(super) alike: Vec<String>,
    /// Sheets that carry the list on without headings of their own.
    pub(super) continued: Vec<String>,
    pub(super) others: Vec<String>,
    /// Sheets that are tables and are not shown.
    pub(super) hidden: Vec<String>,
    /// Whether a person chose the sheet, now or before.
    pub(super) is_said: bool,
    /// How the columns of the sheet were understood.
    pub(super) map: ColumnMap,
    pub(super) elsewhere: Vec<String>,
}

/// The sheet asked for, or the one that is most like a list of spending; and the others that are like one.
pub(super) fn choose_sheet(
    file: &str,
    book: &mut Book<'_>,
    sheets: &[(String, bool)],
    options: &ImportOptions,
) -> Result<SheetChoice, ImportError> {
    if let Some(wanted) = &options.sheet {
        let found = sheets.iter().find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted.trim()));
        return found
            .map(|(name, _)| SheetChoice { sheet: name.clone(), is_said: true, ..SheetChoice::default() })
            .ok_or_else(|| {
                let listed: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
                ImportError::refused(
                    file,
                    Code::SheetMissing,
                    &format!("has no sheet \"{wanted}\"; its sheets are {}", listed.join(", ")),
                )
            });
    }
    let mut looked = Vec::new();
    let mut elsewhere = Vec::new();
    for (name, visible) in sheets {
        let mut table = SheetTable::new(file, book, name);
        let Ok(rows) = first_rows(&mut table, HEAD_ROWS) else { continue };
        let header = headings_of(&rows, &ImportOptions { header_row: None, ..options.clone() });
        let mut sample = RowSample::default();
        for row in rows.iter().filter(|row| row.number > header.rows_before_data) {
            sample.add(row);
        }
        let profiles = sample.profiles();
        let map = header.row.and_then(|_| recognise(&header, &profiles, &[], &[])).map(|(map, _)| map);
        if map.is_none() {
            let texts = rows.iter().take(60).flat_map(|row| {
                row.cells().filter(|cell| cell.len() > 6).map(str::to_owned).collect::<Vec<_>>()
            });
            elsewhere.extend(texts.take(200));
        }
        let merit = (map.is_some(), *visible, profiles.rows.min(100), header.score);
        let headings = tidy_headings(&header.headings);
        let chosen_before = chosen_before(&header.headings, options);
        looked.push(Looked {
            name: name.clone(),
            visible: *visible,
            merit,
            headings,
            map,
            rows,
            chosen_before,
        });
    }
    if let Some(sheet) = remembered(&looked, options) {
        return Ok(SheetChoice { sheet, elsewhere, is_said: true, ..SheetChoice::default() });
    }
    // Of equals the first.
    let Some(best) = looked.iter().rev().max_by_key(|sheet| sheet.merit) else {
        return Err(ImportError::refused(
            file,
            Code::NoRows,
            "is a workbook without a sheet that can be read",
        ));
    };
    let is_list = |sheet: &&Looked| sheet.map.as_ref().is_some_and(is_payments);
    let names = |wanted: &dyn Fn(&&Looked) -> bool| -> Vec<String> {
        looked.iter().filter(|sheet| wanted(sheet)).map(|sheet| sheet.name.clone()).collect()
    };
    let shares_headings = |sheet: &&Looked| {
        sheet.visible && is_list(sheet) && is_list(&best) && are_alike(&best.headings, &sheet.headings)
    };
    let alike = names(&shares_headings);
    let alike = if alike.len() > 1 { alike } else { Vec::new() };
    let goes_on = |sheet: &&Looked| {
        sheet.visible
            && sheet.map.is_none()
            && is_list(&best)
            && best.map.as_ref().is_some_and(|map| carries_on(&sheet.rows, map))
    };
    let continued = names(&goes_on);
    let others = names(&|sheet| {
        sheet.visible && sheet.map.is_some() && sheet.name != best.name && !alike.contains(&sheet.name)
    });
    let hidden = names(&|sheet| !sheet.visible && sheet.map.is_some() && sheet.name != best.name);
    Ok(SheetChoice {
        sheet: best.name.clone(),
        map: best.map.clone().unwrap_or_default(),
        alike,
        continued,
        others,
        hidden,
        elsewhere,
        is_said: false,
    })
}

/// A sheet by its first rows.
struct Looked {
    name: String,
    visible: bool,
    merit: (bool, bool, usize, i32),
    headings: Vec<String>,
    map: Option<ColumnMap>,
    rows: Vec<Row>,
    /// The sheet that a person once chose, where this one has its headings.
    chosen_before: Option<String>,
}

/// What the sheet was called that a person once chose, where these are its headings.
fn chosen_before(headings: &[String], options: &ImportOptions) -> Option<String> {
    let mut known = options.column_maps.iter().filter(|map| map.fits(headings));
    known.find_map(|map| map.sheet.clone())
}

/// The sheet that has the headings of the one a person once chose: the only one, or the one of its name.
fn remembered(looked: &[Looked], options: &ImportOptions) -> Option<String> {
    if options.column_maps.iter().all(|map| map.sheet.is_none()) {
        return None;
    }
    let chosen: Vec<&Looked> = looked.iter().filter(|sheet| sheet.chosen_before.is_some()).collect();
    let named = || chosen.iter().find(|sheet| sheet.chosen_before.as_deref() == Some(sheet.name.as_str()));
    match chosen[..] {
        [only] => Some(only.name.clone()),
        _ => named().map(|sheet| sheet.name.clone()),
    }
}

/// Whether two lists have the same headings, but for one that is spelt otherwise or a column more.
fn are_alike(one: &[String], other: &[String]) -> bool {
    let named = |headings: &[String]| headings.iter().filter(|heading| !heading.is_empty()).count();
    let shared = one.iter().filter(|heading| !heading.is_empty() && other.contains(heading)).count();
    let most = named(one).max(named(other));
    one == other || most >= 3 && shared * 10 >= most * 6
}

/// Whether the rows of a sheet without headings stand as the columns of a list do: amounts where its amounts are, and
/// dates where its dates are. Rows without an amount may be the second halves of records that are broken over two.
fn carries_on(rows: &[Row], map: &ColumnMap) -> bool {
    let of_list: Vec<&Row> = rows.iter().filter(|row| row.filled() >= 2).collect();
    let amount = map.amount_columns().first().copied().unwrap_or_default();
    let is_amount =
        |row: &&&Row| matches!(map.amounts.read(row.cell(amount)), Amount::Exact(_) | Amount::Rounded(..));
    let amounts = of_list.iter().filter(is_amount).count();
    let is_date = |cell: &&str| read_date(cell, map.dates).or_else(|| read_serial(cell)).is_some();
    let are_dates = |place: usize| {
        let cells: Vec<&str> =
            of_list.iter().map(|row| row.cell(place)).filter(|cell| !cell.is_empty()).collect();
        let dates = cells.iter().filter(|cell| is_date(cell)).count();
        dates * 10 >= cells.len() * 8 && dates * 3 >= amounts
    };
    let is_dated = map.place(&Field::Date).is_none_or(are_dates);
    // Without dates nothing but the amounts says that it is the same list.
    let most = if map.place(&Field::Date).is_some() { 4 } else { 8 };
    amounts >= 2 && amounts * 10 >= of_list.len() * most && is_dated
}

/// Whether rows are payments, one amount each, rather than a table whose sheets say different things.
fn is_payments(map: &ColumnMap) -> bool {
    map.amount_columns().len() == 1
        && (map.place(&Field::Date).is_some() || map.place(&Field::Dimension(Dimension::Supplier)).is_some())
}

fn tidy_headings(headings: &[String]) -> Vec<String> {
    headings
        .iter()
        .map(|heading| heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
        .collect()
}
