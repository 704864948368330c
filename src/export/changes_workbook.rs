//! What changes between two scenarios as a workbook: what moves, who puts in more and who gains, by theme, by service, and
//! every combination.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, RowNum, Workbook};

use super::WorkbookError;
use super::pool_workbook::{PoolSheet, SheetCell, text};
use super::workbook::{Styles, clipped};
use crate::pool::{Difference, MoveEnd, Moves};

/// What a workbook of a change holds.
pub struct ChangesContent<'a> {
    /// The sentence that says what it is.
    pub title: &'a str,
    /// What should be known about it, the stamp first; one a row on the cover.
    pub notes: &'a [String],
    pub moves: &'a Moves,
    /// Each list with its title.
    pub lists: &'a [(&'static str, &'a Difference)],
}

/// A change as XLSX: a cover, and each list as a sheet that is one table.
///
/// # Errors
/// When the writer refuses something; nothing that a scenario holds should make it.
pub fn changes_workbook(content: &ChangesContent<'_>) -> Result<Vec<u8>, WorkbookError> {
    let styles = Styles::new();
    let mut book = Workbook::new();
    // A date of its own would make every copy differ.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new().set_title(content.title).set_company("Shadowpool").set_creation_datetime(&date),
    );
    let cover = book.add_worksheet();
    cover.set_name("Cover")?.set_column_width(0, 24)?.set_column_width(1, 90)?;
    cover.write_string_with_format(0, 0, "What this is", &styles.title)?;
    cover.write_string_with_format(0, 1, clipped(content.title), &styles.title.clone().set_text_wrap())?;
    for (row, note) in (1 as RowNum..).zip(content.notes) {
        cover.write_string_with_format(row, 0, "Note", &styles.heading)?;
        cover.write_string_with_format(row, 1, clipped(note), &styles.wrapped)?;
    }
    let lists = content.lists.iter().map(|(title, list)| sheet_of(title, list));
    for sheet in std::iter::once(moves_sheet(content.moves)).chain(lists) {
        sheet.write(book.add_worksheet().set_name(sheet.name)?, &styles)?;
    }
    Ok(book.save_to_buffer()?)
}

fn moves_sheet(moves: &Moves) -> PoolSheet {
    let end = |end: &MoveEnd| match end {
        MoveEnd::Named(names) => text(names.join(", ")),
        MoveEnd::NewMoney => text("New money"),
        MoveEnd::LeftOut => text("Beyond the filter"),
        MoveEnd::NotPaired => text("Not paired"),
    };
    let rows = moves.rows.iter().map(|row| vec![end(&row.from), end(&row.to), SheetCell::Amount(row.amount)]);
    PoolSheet {
        name: "What moves",
        about: "",
        headings: vec!["Less on", "More on", "Amount (£)"],
        rows: rows.collect(),
    }
}

fn sheet_of(name: &'static str, list: &Difference) -> PoolSheet {
    let rows = list.rows.iter().map(|row| {
        let names = row.names.iter().map(text);
        names.chain([row.before, row.after, row.change()].map(SheetCell::Amount)).collect()
    });
    let by = list.by.iter().map(|dimension| dimension.title());
    PoolSheet {
        name,
        about: "",
        headings: by.chain(["Before (£)", "After (£)", "Change (£)"]).collect(),
        rows: rows.collect(),
    }
}
