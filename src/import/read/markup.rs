//! A table in HTML or in the XML of older spreadsheets: the largest, or the one that is named.

use super::other_sheets::{Other, ask_about_others, numbers_in, tell_numbers};
use super::sheet::listed;
use super::table::{Progress, Readable, read_table, source_of};
use crate::import::files::{Encoding, MarkupTable};
use crate::import::input::Input;
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError, Problem};
use crate::import::report::{FileReport, Imported};

/// Reads the largest table of a marked-up text that holds amounts, and asks where others do as well.
pub(super) fn read_markup(
    input: Input<'_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let encoding = options.encoding.unwrap_or_else(|| Encoding::guess(input.bytes, true));
    let mut text = String::new();
    encoding.decoder().decode(input.bytes, &mut text, true);
    let mut tables = MarkupTable::all_of(&text);
    let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
    let report_of = |name: &str| FileReport {
        name: input.name.to_owned(),
        format: "html".to_owned(),
        encoding: Some(encoding),
        // Of one table nobody needs to know what it is called.
        sheet: (names.len() > 1).then(|| name.to_owned()),
        sheets: if names.len() > 1 { names.clone() } else { Vec::new() },
        source: source_of(input.name, if names.len() > 1 { name } else { "" }),
        ..FileReport::default()
    };
    if let Some(wanted) = &options.sheet {
        let found = names.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted.trim()));
        let Some(found) = found else {
            return Err(ImportError::refused(
                input.name,
                Code::SheetMissing,
                &format!("has no table \"{wanted}\"; its tables are {}", listed(&names)),
            ));
        };
        tables[..=found].rotate_right(1);
    }
    let mut others = Vec::new();
    let mut read = Err(no_table(input.name));
    for table in &mut tables {
        let is_first = read.is_err();
        if !is_first && !options.balance {
            break;
        }
        // What was said of columns and rows was said of the table that is read.
        let plain = ImportOptions {
            fields: Vec::new(),
            columns: Vec::new(),
            header_row: None,
            lines_at: Vec::new(),
            ..options.clone()
        };
        let said = if is_first { options } else { &plain };
        let name = table.name.clone();
        match read_table(table, report_of(&name), &[], said, progress) {
            Ok(imported) if is_first => read = Ok((name, imported)),
            Ok(imported) => others.push(Other::of(&name, &imported.file)),
            Err(ImportError::Refused(problem))
                if !is_first || has_nothing(&problem) && options.sheet.is_none() =>
            {
                // Nobody is asked to take it; its numbers are counted all the same.
                others.push(Other::unread(&name, numbers_in(table)));
            }
            Err(error) => return Err(error),
        }
    }
    let (name, mut imported) = read?;
    let left = tables.len() - 1;
    if left > 0 {
        let rest: Vec<String> = names.into_iter().filter(|other| *other != name).collect();
        let what = format!("table \"{name}\" was read; not read: {}", listed(&rest));
        let is_chosen = options.sheet.is_some();
        tell_numbers(&mut imported.file, &others);
        ask_about_others(&mut imported.file, (&name, &others), (Code::TableApart, &what), is_chosen);
    }
    Ok(imported)
}

/// Whether a table is none of money, so that another one is looked at.
fn has_nothing(problem: &Problem) -> bool {
    matches!(problem.code, Code::NoAmounts | Code::NoRows)
}

fn no_table(file: &str) -> ImportError {
    ImportError::refused(
        file,
        Code::FileWebPage,
        "is a web page, and no table in it holds amounts of money: most likely an error page saved in the file's place; download the file again",
    )
}

impl Readable for MarkupTable {}
