//! Which sheet of a workbook holds the spending.

use super::recognised::headings_of;
use super::table::HEAD_ROWS;
use crate::dimension::Dimension;
use crate::import::files::{Book, SheetTable, first_rows};
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError};
use crate::import::recognise::{ColumnMap, Field, Profiles, recognise};

/// The sheet to read, the others that could be, and what sheets without a table say.
#[derive(Debug, Default)]
pub(super) struct SheetChoice {
    pub(super) sheet: String,
    /// All sheets with the headings of that one, where there are several.
    pub(super) alike: Vec<String>,
    pub(super) others: Vec<String>,
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
            .map(|(name, _)| SheetChoice { sheet: name.clone(), ..SheetChoice::default() })
            .ok_or_else(|| {
                let listed: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
                ImportError::refused(
                    file,
                    Code::SheetMissing,
                    &format!("has no sheet \"{wanted}\"; its sheets are {}", listed.join(", ")),
                )
            });
    }
    let mut best: Option<((bool, bool, usize, i32), String)> = None;
    let mut readable: Vec<(String, Option<Vec<String>>)> = Vec::new();
    let mut elsewhere = Vec::new();
    for (name, visible) in sheets {
        let mut table = SheetTable::new(file, book, name);
        let Ok(rows) = first_rows(&mut table, HEAD_ROWS) else { continue };
        let header = headings_of(&rows, &ImportOptions { header_row: None, ..options.clone() });
        let mut profiles = Profiles::default();
        for row in rows.iter().filter(|row| row.number > header.rows_before_data) {
            profiles.add(row);
        }
        let map = header.row.and_then(|_| recognise(&header, &profiles, &[], &[])).map(|(map, _)| map);
        let is_table = map.is_some();
        if is_table && *visible {
            readable.push((name.clone(), map.filter(is_payments).map(|_| tidy_headings(&header.headings))));
        }
        if !is_table {
            let texts = rows.iter().take(60).flat_map(|row| {
                row.cells().filter(|cell| cell.len() > 6).map(str::to_owned).collect::<Vec<_>>()
            });
            elsewhere.extend(texts.take(200));
        }
        let merit = (is_table, *visible, profiles.rows.min(100), header.score);
        if best.as_ref().is_none_or(|(most, _)| merit > *most) {
            best = Some((merit, name.clone()));
        }
    }
    let Some((_, name)) = best else {
        return Err(ImportError::refused(
            file,
            Code::NoRows,
            "is a workbook without a sheet that can be read",
        ));
    };
    let headings =
        readable.iter().find(|(sheet, _)| *sheet == name).and_then(|(_, headings)| headings.clone());
    let (alike, others): (Vec<_>, Vec<_>) =
        readable.into_iter().partition(|(_, other)| headings.is_some() && headings == *other);
    let names = |sheets: Vec<(String, Option<Vec<String>>)>| -> Vec<String> {
        sheets.into_iter().map(|(sheet, _)| sheet).filter(|sheet| *sheet != name).collect()
    };
    let alike =
        if alike.len() > 1 { alike.into_iter().map(|(sheet, _)| sheet).collect() } else { Vec::new() };
    Ok(SheetChoice { others: names(others), alike, elsewhere, sheet: name })
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
