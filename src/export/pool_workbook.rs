//! A scenario as a workbook: partners, contributions, allocations, spending, and a cover whose formulas add
//! them up again.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, RowNum, Workbook, Worksheet, XlsxError};

use super::WorkbookError;
use super::pool_table::{PARTNER_HEADINGS, RANGE_HEADINGS, range_of};
use super::workbook::{Styles, as_number, as_table, clipped};
use crate::dimension::Dimension;
use crate::ledger::{AmountRange, Filter, Totals};
use crate::money::{Money, percent};
use crate::pool::{Model, Scenario};

/// What a workbook of a scenario holds.
#[derive(Clone, Copy, Debug)]
pub struct PoolContent<'a> {
    /// The sentence that says what it is.
    pub title: &'a str,
    /// What should be known about it, the stamp first; one a row on the cover.
    pub notes: &'a [String],
    pub scenario: &'a Scenario,
    pub model: &'a Model,
}

/// Partners, contributions, allocations and what the pool is spent on as XLSX.
///
/// Each sheet but the cover is one table. The cover adds the sheets up again with formulas: what is put in is what is
/// spent and unallocated, and the nets sum to minus what is unallocated.
///
/// # Errors
/// When the writer refuses something; nothing that a scenario holds should make it.
pub fn pool_workbook(content: &PoolContent<'_>) -> Result<Vec<u8>, WorkbookError> {
    let styles = Styles::new();
    let mut book = Workbook::new();
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    // A date of its own would make every copy differ.
    book.set_properties(
        &DocProperties::new().set_title(content.title).set_company("Shadowpool").set_creation_datetime(&date),
    );
    let sheets = [partners(content), contributions(content), allocations(content), spending(content)];
    cover(book.add_worksheet(), content, &sheets, &styles)?;
    for sheet in &sheets {
        sheet.write(book.add_worksheet().set_name(sheet.name)?, &styles)?;
    }
    Ok(book.save_to_buffer()?)
}

/// A sheet that is one table.
pub(super) struct PoolSheet {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) headings: Vec<&'static str>,
    pub(super) rows: Vec<Vec<SheetCell>>,
}

pub(super) enum SheetCell {
    Text(String),
    Amount(Money),
}

impl PoolSheet {
    pub(super) fn write(&self, sheet: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
        for (index, row) in self.rows.iter().enumerate() {
            let at = index as RowNum + 1;
            for (column, cell) in (0..).zip(row) {
                match cell {
                    SheetCell::Text(text) => sheet.write_string(at, column, clipped(text))?,
                    SheetCell::Amount(amount) => {
                        sheet.write_number_with_format(at, column, as_number(*amount), &styles.amount)?
                    }
                };
            }
        }
        let headings: Vec<String> = self.headings.iter().map(|heading| (*heading).to_owned()).collect();
        // Names of tables may hold no space.
        as_table(sheet, &self.name.replace(' ', "_"), &headings, self.rows.len())?;
        for (column, heading) in (0..).zip(&self.headings) {
            // Eighteen characters show a thousand million pounds with pence and separators.
            let width = if heading.ends_with("(£)") { 18.0 } else { 30.0 };
            sheet.set_column_width(column, width)?;
        }
        Ok(())
    }

    /// The sum of a column as a formula.
    fn sum(&self, column: char) -> String {
        format!("SUM('{}'!{column}2:{column}{})", self.name, self.rows.len() + 1)
    }
}

pub(super) fn text(words: impl Into<String>) -> SheetCell {
    SheetCell::Text(words.into())
}

/// Headings, and where amounts may be less or more those of both ends.
fn with_ends(headings: &[&'static str], ends: &[&'static str; 2], is_estimate: bool) -> Vec<&'static str> {
    headings.iter().chain(ends.iter().filter(|_| is_estimate)).copied().collect()
}

fn partners(content: &PoolContent<'_>) -> PoolSheet {
    let is_estimate = content.model.range.is_some();
    let rows = content.model.positions.iter().map(|position| {
        let mut cells = vec![
            text(&position.agency),
            SheetCell::Amount(position.puts_in),
            SheetCell::Amount(position.gets_back),
            SheetCell::Amount(position.net),
            text(percent(position.share_of_pool)),
            text(percent(position.share_of_own)),
            text(if position.no_worse_off.holds { "Yes" } else { "No" }),
            text(&position.no_worse_off.reason),
        ];
        if is_estimate {
            let range = range_of(position);
            cells.extend([range.low, range.high].map(SheetCell::Amount));
        }
        cells
    });
    PoolSheet {
        name: "Partners",
        about: "What each partner puts in, gets back and gains, and whether it is worse off",
        headings: with_ends(&PARTNER_HEADINGS, &RANGE_HEADINGS, is_estimate),
        rows: rows.collect(),
    }
}

fn contributions(content: &PoolContent<'_>) -> PoolSheet {
    let (scenario, model) = (content.scenario, content.model);
    let of_lines =
        scenario.contributions.iter().zip(&model.contributed).map(|(contribution, contributed)| {
            let purpose = match (contribution.in_kind, contribution.aligned) {
                (true, _) => "In kind",
                (false, true) => "Aligned",
                (false, false) => "Pooled",
            };
            vec![
                text(&contribution.partner),
                text(contribution.in_words()),
                SheetCell::Amount(contributed.amount),
                SheetCell::Amount(contributed.of),
                text(contribution.commitment.name()),
                text(purpose),
                text(&contribution.note),
            ]
        });
    let new = scenario.new_money.iter().zip(model.new_money(scenario)).map(|(money, amount)| {
        vec![
            text(&money.partner),
            text("New money"),
            SheetCell::Amount(amount),
            SheetCell::Amount(Money::ZERO),
            text(money.commitment.name()),
            text("New money"),
            text(&money.note),
        ]
    });
    PoolSheet {
        name: "Contributions",
        about: "What is put in, and how firmly it is meant",
        headings: vec!["Partner", "What", "Puts in (£)", "Of lines (£)", "Commitment", "Kind", "Note"],
        rows: of_lines.chain(new).collect(),
    }
}

fn allocations(content: &PoolContent<'_>) -> PoolSheet {
    let all = content.scenario.allocations.iter().zip(&content.model.allocated);
    let rows = all.map(|(allocation, allocated)| {
        vec![
            text(allocation.in_words()),
            text(allocation.to.in_words()),
            SheetCell::Amount(allocated.asked),
            SheetCell::Amount(allocated.amount),
            text(&allocation.note),
        ]
    });
    PoolSheet {
        name: "Allocations",
        about: "What the pool moves to something else than today",
        headings: vec!["What", "To", "Asked (£)", "Allocated (£)", "Note"],
        rows: rows.collect(),
    }
}

fn spending(content: &PoolContent<'_>) -> PoolSheet {
    let pool = Filter::default().only(Dimension::Pool, [content.scenario.pool.as_str()]);
    let totals = Totals::of(&content.model.ledger, &pool, &[Dimension::Theme, Dimension::Service]);
    let is_estimate = totals.range.is_some();
    let rows = totals.rows.into_iter().map(|row| {
        let mut cells: Vec<SheetCell> = row.names.into_iter().map(text).collect();
        cells.push(SheetCell::Amount(row.amount));
        if is_estimate {
            let range = row.range.unwrap_or(AmountRange::of(row.amount));
            cells.extend([range.low, range.high].map(SheetCell::Amount));
        }
        cells
    });
    PoolSheet {
        name: "Spent on",
        about: "The whole pool by theme and service; what waits is unallocated",
        headings: with_ends(&["Theme", "Service", "Amount (£)"], &["Low (£)", "High (£)"], is_estimate),
        rows: rows.collect(),
    }
}

fn cover(
    sheet: &mut Worksheet,
    content: &PoolContent<'_>,
    sheets: &[PoolSheet; 4],
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Cover")?.set_column_width(0, 44)?.set_column_width(1, 90)?;
    let mut row: RowNum = 0;
    sheet.write_string_with_format(row, 0, "What this is", &styles.title)?;
    sheet.write_string_with_format(row, 1, clipped(content.title), &styles.title.clone().set_text_wrap())?;
    for note in content.notes {
        row += 1;
        sheet.write_string_with_format(row, 0, "Note", &styles.heading)?;
        sheet.write_string_with_format(row, 1, clipped(note), &styles.wrapped)?;
    }
    for table in sheets {
        row += 1;
        let name = format!("Sheet \u{201c}{}\u{201d}", table.name);
        sheet.write_string_with_format(row, 0, name, &styles.heading)?;
        sheet.write_string_with_format(row, 1, table.about, &styles.wrapped)?;
    }
    let [partners, contributions, _, spending] = sheets;
    let balance = content.model.balance;
    let nets = -balance.unallocated;
    let sums = [
        ("In the pool", contributions.sum('C'), balance.into_pool),
        ("In the pool, by partner", partners.sum('B'), balance.into_pool),
        ("Allocated and unallocated", spending.sum('C'), balance.into_pool),
        ("Sum of all nets", partners.sum('D'), content.model.sum_of_nets()),
    ];
    let first = row + 1;
    for (words, sum, amount) in sums {
        row += 1;
        sheet.write_string_with_format(row, 0, words, &styles.heading)?;
        // Viewers that do not calculate show what is stored, so it is the right sum already.
        let formula = Formula::new(format!("={sum}")).set_result(amount.to_string());
        sheet.write_formula_with_format(row, 1, formula, &styles.amount)?;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, "Unallocated, as Shadowpool adds it", &styles.heading)?;
    sheet.write_number_with_format(row, 1, as_number(balance.unallocated), &styles.amount)?;
    // A spreadsheet adds in floats: to the penny the sums are the same, to the last bit they need not be.
    let rounded = |row: RowNum| format!("ROUND(B{},2)", row + 1);
    let same = format!("=AND({0}={1},{1}={2})", rounded(first), rounded(first + 1), rounded(first + 2));
    let nets_agree = content.model.sum_of_nets() == nets;
    let minus = format!("={}=-{}", rounded(first + 3), rounded(first + 4));
    let yes = |holds: bool| if holds { "TRUE" } else { "FALSE" };
    for (words, check, holds) in [
        ("What is put in is what is allocated and unallocated", same, true),
        ("All nets sum to minus what is unallocated", minus, nets_agree),
    ] {
        row += 1;
        sheet.write_string_with_format(row, 0, words, &styles.heading)?;
        sheet.write_formula(row, 1, Formula::new(check).set_result(yes(holds)))?;
    }
    Ok(())
}
