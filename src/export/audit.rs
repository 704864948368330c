//! The audit of a place, and the rows that could not be read, as text, CSV and a workbook's sheet.

use std::borrow::Cow;

use rust_xlsxwriter::{ColNum, RowNum, Workbook, Worksheet, XlsxError};

use super::table::{TextColumn, push_row, table_text};
use super::workbook::{Styles, WorkbookError, as_number, clipped, properties};
use crate::agree::Rejects;
use crate::ledger::guarded;
use crate::money::Money;
use crate::scene::{Audit, AuditCell, AuditSection};

/// The audit as tables to read, one below the other; sections without rows are left out.
pub fn audit_text(audit: &Audit) -> String {
    let sections = audit.sections.iter().filter(|section| !section.rows.is_empty());
    let texts: Vec<String> = sections
        .map(|section| {
            let columns: Vec<TextColumn> =
                (0..section.columns.len()).map(|at| text_column(section, at)).collect();
            format!("{}\n{}", section.title, table_text(&columns, false))
        })
        .collect();
    texts.join("\n")
}

fn text_column(section: &AuditSection, at: usize) -> TextColumn {
    let title = section.columns[at];
    let cells = || section.rows.iter().map(|row| &row[at]);
    // A column is amounts only where every cell is one: a single word among them would leave the pence without a
    // column.
    let amounts: Option<Vec<Money>> = cells()
        .map(|cell| match cell {
            AuditCell::Amount(amount) => Some(*amount),
            AuditCell::Text(_) | AuditCell::Count(_) => None,
        })
        .collect();
    if let Some(amounts) = amounts {
        return TextColumn::amounts(title, &amounts);
    }
    if cells().all(|cell| matches!(cell, AuditCell::Count(_))) {
        return TextColumn::numbers(title, cells().map(plain));
    }
    let texts: Vec<String> = cells().map(plain).collect();
    TextColumn::names(title, texts.iter().map(String::as_str))
}

fn plain(cell: &AuditCell) -> String {
    match cell {
        AuditCell::Text(text) => text.clone(),
        AuditCell::Amount(amount) => amount.to_string(),
        AuditCell::Count(count) => count.to_string(),
    }
}

/// The audit as CSV: each row begins with its section; cells that a spreadsheet would take for formulas are text.
pub fn audit_csv(audit: &Audit) -> String {
    let mut out = String::new();
    for section in audit.sections.iter().filter(|section| !section.rows.is_empty()) {
        let headings = ["Section"].into_iter().chain(section.columns.iter().copied());
        push_row(&mut out, headings.map(Cow::Borrowed));
        for row in &section.rows {
            let cells = row.iter().map(|cell| match cell {
                AuditCell::Text(text) => Cow::Owned(guarded(text).into_owned()),
                AuditCell::Amount(_) | AuditCell::Count(_) => Cow::Owned(plain(cell)),
            });
            push_row(&mut out, std::iter::once(Cow::Borrowed(section.title)).chain(cells));
        }
    }
    out
}

/// The audit as a workbook of one sheet, "Audit".
///
/// # Errors
/// When the writer refuses something; nothing that an audit holds should make it.
pub fn audit_workbook(title: &str, audit: &Audit) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(title)?);
    audit_sheet(book.add_worksheet().set_name("Audit")?, audit, &Styles::new())?;
    Ok(book.save_to_buffer()?)
}

/// The rows of a place's files that could not be read, as CSV: where, what is wrong, what was decided, and the cells
/// as they stand.
pub fn rejects_csv(rejects: &[Rejects]) -> String {
    let mut out = String::new();
    let headings = ["source", "row", "code", "reason", "decided", "cells"];
    push_row(&mut out, headings.into_iter().map(Cow::Borrowed));
    for rejects in rejects {
        for row in &rejects.rows {
            let said = [&rejects.source, &row.row.to_string(), &row.code, &row.reason, &row.fate.words()]
                .map(String::clone);
            let cells = said.iter().chain(&row.cells).map(|cell| Cow::Owned(guarded(cell).into_owned()));
            push_row(&mut out, cells);
        }
    }
    out
}

/// The audit on one sheet, its sections below each other.
pub(super) fn audit_sheet(sheet: &mut Worksheet, audit: &Audit, styles: &Styles) -> Result<(), XlsxError> {
    let mut at: RowNum = 0;
    for section in &audit.sections {
        sheet.write_string_with_format(at, 0, section.title, &styles.title)?;
        at += 1;
        for (column, title) in section.columns.iter().enumerate() {
            sheet.write_string_with_format(at, column as ColNum, *title, &styles.heading)?;
        }
        at += 1;
        for row in &section.rows {
            for (column, cell) in row.iter().enumerate() {
                let column = column as ColNum;
                match cell {
                    AuditCell::Text(text) => {
                        sheet.write_string_with_format(at, column, clipped(text), &styles.wrapped)?;
                    }
                    AuditCell::Amount(amount) => {
                        sheet.write_number_with_format(at, column, as_number(*amount), &styles.amount)?;
                    }
                    AuditCell::Count(count) => {
                        let count = as_number(Money::from_pounds(i64::try_from(*count).unwrap_or(i64::MAX)));
                        sheet.write_number_with_format(at, column, count, &styles.count)?;
                    }
                }
            }
            at += 1;
        }
        at += 1;
    }
    sheet.set_column_width(0, 40)?.set_column_range_width(1, 8, 20)?;
    Ok(())
}
