//! A place as a workbook: a cover that adds the lines up again, totals, lines, sources and the audit. Amounts
//! are numbers, and what a spreadsheet cannot hold exactly is said.

use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, RowNum, Table, TableColumn,
    TableStyle, Workbook, Worksheet, XlsxError,
};
use thiserror::Error;

use super::audit::audit_sheet;
use crate::dimension::{Dimension, NameId};
use crate::ledger::{AmountRange, Ledger, LineId, Source, Totals};
use crate::money::Money;
use crate::scene::Audit;

/// What a workbook of a place holds: a cover, totals, the lines behind them and where those are from.
#[derive(Clone, Copy, Debug)]
pub struct WorkbookContent<'a> {
    /// The sentence that says what is counted.
    pub title: &'a str,
    /// What should be known about it, one note a row on the cover.
    pub notes: &'a [String],
    pub ledger: &'a Ledger,
    /// The lines that are counted, in the order they are written.
    pub lines: &'a [LineId],
    /// Sums of these lines, a sheet each.
    pub totals: &'a [Totals],
    /// What stands behind the figures, on a sheet of its own.
    pub audit: Option<&'a Audit>,
}

/// Why a workbook could not be made.
#[derive(Debug, Error)]
#[error("the workbook could not be made: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// Rows of lines on one sheet; Excel holds 1,048,576.
/// A round number below it is easier to say, and leaves room for headings.
const LINES_A_SHEET: usize = 1_000_000;
/// Characters in one cell.
/// The format's own limit: a longer one makes Excel call the workbook damaged.
const LONGEST_TEXT: usize = 32_767;
const POUNDS: &str = "£#,##0.00;\u{2212}£#,##0.00";

/// Totals, lines and sources as XLSX.
///
/// Each sheet but the cover is one table with one row of headings. Amounts are numbers, texts are texts (never
/// formulas), and the cover adds the lines up again with a formula and compares.
///
/// # Errors
/// When the writer refuses something; nothing that a ledger holds should make it.
pub fn workbook(content: &WorkbookContent<'_>) -> Result<Vec<u8>, WorkbookError> {
    let styles = Styles::new();
    let mut book = Workbook::new();
    book.set_properties(&properties(content.title)?);
    let total_sheets: Vec<String> =
        content.totals.iter().enumerate().map(|(index, totals)| totals_sheet_name(index, totals)).collect();
    let line_sheets = sheets_of_lines(content.lines);
    let dimensions = stated_dimensions(content.ledger, content.lines);

    cover(book.add_worksheet(), content, &total_sheets, &line_sheets, &styles)?;
    for (name, totals) in total_sheets.iter().zip(content.totals) {
        totals_sheet(book.add_worksheet().set_name(name)?, totals, &styles)?;
    }
    for (number, sheet) in line_sheets.iter().enumerate() {
        let worksheet = book.add_worksheet().set_name(&sheet.name)?;
        lines_sheet(worksheet, number, content.ledger, sheet.lines, &dimensions, &styles)?;
    }
    sources_sheet(book.add_worksheet().set_name("Sources")?, content.ledger, &styles)?;
    if let Some(audit) = content.audit {
        audit_sheet(book.add_worksheet().set_name("Audit")?, audit, &styles)?;
    }
    // What is only tried out says so on every sheet that is printed, as it does on the cover.
    if let Some(stamp) = content.notes.iter().find(|note| note.starts_with("MODEL")) {
        let header = format!("&L{}", stamp.replace('&', "&&"));
        for sheet in book.worksheets_mut() {
            sheet.set_header(&header);
        }
    }
    Ok(book.save_to_buffer()?)
}

pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) amount: Format,
    pub(super) count: Format,
    pub(super) wrapped: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        Self {
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            amount: Format::new().set_num_format(POUNDS),
            count: Format::new().set_num_format("#,##0"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// What a workbook says of itself.
pub(super) fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    // A date of its own would make every copy differ.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title(title).set_company("Shadowpool").set_creation_datetime(&date))
}

struct LinesSheet<'a> {
    name: String,
    lines: &'a [LineId],
}

fn sheets_of_lines(lines: &[LineId]) -> Vec<LinesSheet<'_>> {
    let several = lines.len() > LINES_A_SHEET;
    lines
        .chunks(LINES_A_SHEET)
        .enumerate()
        .map(|(index, lines)| LinesSheet {
            name: if several { format!("Lines {}", index + 1) } else { "Lines".to_owned() },
            lines,
        })
        .collect()
}

/// `Totals by agency, theme`, as short as a sheet's name must be, each different.
fn totals_sheet_name(index: usize, totals: &Totals) -> String {
    // The format's own limit for the names of sheets.
    const LONGEST: usize = 31;
    let by: Vec<&str> = totals.by.iter().map(|dimension| dimension.key()).collect();
    let name = if by.is_empty() { "Total".to_owned() } else { format!("By {}", by.join(", ")) };
    let number = if index == 0 { String::new() } else { format!(" ({})", index + 1) };
    let room = LONGEST - number.len();
    format!("{}{number}", name.chars().take(room).collect::<String>().trim_end_matches([',', ' ']))
}

/// The dimensions that at least one line states.
fn stated_dimensions(ledger: &Ledger, lines: &[LineId]) -> Vec<Dimension> {
    Dimension::ALL
        .into_iter()
        .filter(|&dimension| {
            !ledger.names(dimension).is_empty()
                && lines.iter().any(|&line| ledger.name_id(line, dimension) != NameId::NOT_STATED)
        })
        .collect()
}

fn cover(
    sheet: &mut Worksheet,
    content: &WorkbookContent<'_>,
    total_sheets: &[String],
    line_sheets: &[LinesSheet<'_>],
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Cover")?.set_column_width(0, 34)?.set_column_width(1, 90)?;
    let mut row: RowNum = 0;
    let mut say = |sheet: &mut Worksheet, what: &str, words: &str| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, what, &styles.heading)?;
        sheet.write_string_with_format(row, 1, clipped(words), &styles.wrapped)?;
        row += 1;
        Ok(())
    };
    say(sheet, "What this is", content.title)?;
    for name in total_sheets {
        say(sheet, &format!("Sheet \u{201c}{name}\u{201d}"), "Sums, largest first")?;
    }
    for lines in line_sheets {
        say(
            sheet,
            &format!("Sheet \u{201c}{}\u{201d}", lines.name),
            "Every line that is counted, with its source and row",
        )?;
    }
    say(sheet, "Sheet \u{201c}Sources\u{201d}", "Where the lines are from")?;
    if content.audit.is_some() {
        say(sheet, "Sheet \u{201c}Audit\u{201d}", "What was read, left out and decided")?;
    }
    for note in content.notes {
        say(sheet, "Note", note)?;
    }
    say(sheet, "Amounts", &exactness(content))?;
    sheet.set_row_format(0, &styles.title)?;
    sheet.write_string_with_format(0, 0, "What this is", &styles.title)?;
    sheet.write_string_with_format(0, 1, clipped(content.title), &styles.title.clone().set_text_wrap())?;

    let stated: Money = content.lines.iter().map(|&line| content.ledger.amount(line)).sum();
    let last_column = column_letter(line_columns(content).len() - 1);
    let sums: Vec<String> = line_sheets
        .iter()
        .map(|sheet| format!("SUM('{}'!{last_column}2:{last_column}{})", sheet.name, sheet.lines.len() + 1))
        .collect();
    let sum = if sums.is_empty() { "0".to_owned() } else { sums.join("+") };
    let (stated_row, sum_row, check_row) = (row, row + 1, row + 2);
    sheet.write_string_with_format(stated_row, 0, "Total, as Shadowpool adds it", &styles.heading)?;
    sheet.write_number_with_format(stated_row, 1, as_number(stated), &styles.amount)?;
    sheet.write_string_with_format(sum_row, 0, "Total of the lines in this workbook", &styles.heading)?;
    // With its result stored, for programs that show workbooks and calculate nothing.
    let formula = Formula::new(format!("={sum}")).set_result(stated.to_string());
    sheet.write_formula_with_format(sum_row, 1, formula, &styles.amount)?;
    sheet.write_string_with_format(check_row, 0, "They agree to the penny", &styles.heading)?;
    let check = format!("=ROUND(B{},2)=ROUND(B{},2)", stated_row + 1, sum_row + 1);
    sheet.write_formula(check_row, 1, Formula::new(check).set_result("TRUE"))?;
    Ok(())
}

/// What a reader must know about amounts as a spreadsheet holds them.
fn exactness(content: &WorkbookContent<'_>) -> String {
    // Fifteen digits are what a spreadsheet keeps of a number.
    // Said of each amount rather than rounded away: who needs the last penny is sent to the CSV.
    let is_exact = |amount: Money| {
        let ten_thousandths = amount.units().unsigned_abs();
        let digits_kept = if ten_thousandths.is_multiple_of(100) { 10_u128.pow(17) } else { 10_u128.pow(15) };
        ten_thousandths < digits_kept
    };
    let lines = content.lines.iter().map(|&line| content.ledger.amount(line));
    let sums = content.totals.iter().flat_map(|totals| totals.rows.iter().map(|row| row.amount));
    let inexact = lines.chain(sums).filter(|&amount| !is_exact(amount)).count();
    if inexact == 0 {
        "In pounds, as numbers, exact to the penny".to_owned()
    } else {
        format!(
            "In pounds, as numbers. {inexact} of them are larger than a spreadsheet can hold exactly; the CSV has \
             every penny"
        )
    }
}

fn totals_sheet(sheet: &mut Worksheet, totals: &Totals, styles: &Styles) -> Result<(), XlsxError> {
    let mut headings: Vec<String> = totals.by.iter().map(|dimension| dimension.title().to_owned()).collect();
    let amount_column = headings.len() as ColNum;
    headings.extend(["Amount (£)".to_owned(), "Lines".to_owned()]);
    if totals.range.is_some() {
        headings.extend(["Low (£)".to_owned(), "High (£)".to_owned()]);
    }
    for (index, row) in totals.rows.iter().enumerate() {
        let at = index as RowNum + 1;
        for (column, name) in row.names.iter().enumerate() {
            sheet.write_string(at, column as ColNum, clipped(name))?;
        }
        sheet.write_number_with_format(at, amount_column, as_number(row.amount), &styles.amount)?;
        sheet.write_number_with_format(at, amount_column + 1, row.lines as f64, &styles.count)?;
        if totals.range.is_some() {
            let range = row.range.unwrap_or(AmountRange::of(row.amount));
            for (column, end) in (amount_column + 2..).zip([range.low, range.high]) {
                sheet.write_number_with_format(at, column, as_number(end), &styles.amount)?;
            }
        }
    }
    let name =
        format!("Totals_{}", totals.by.iter().map(|dimension| dimension.key()).collect::<Vec<_>>().join("_"));
    as_table(sheet, &name, &headings, totals.rows.len())?;
    sheet.set_column_range_width(0, amount_column.saturating_sub(1), 34)?;
    sheet.set_column_width(amount_column, 20)?;
    Ok(())
}

/// The headings of the lines' sheets; the amount is last, after where the line is from.
fn line_columns(content: &WorkbookContent<'_>) -> Vec<String> {
    headings_of_lines(&stated_dimensions(content.ledger, content.lines))
}

fn headings_of_lines(dimensions: &[Dimension]) -> Vec<String> {
    dimensions
        .iter()
        .map(|dimension| dimension.title())
        .chain(["Description", "Date", "Source", "Row", "Amount (£)"])
        .map(str::to_owned)
        .collect()
}

fn lines_sheet(
    sheet: &mut Worksheet,
    number: usize,
    ledger: &Ledger,
    lines: &[LineId],
    dimensions: &[Dimension],
    styles: &Styles,
) -> Result<(), XlsxError> {
    let headings = headings_of_lines(dimensions);
    let after = dimensions.len() as ColNum;
    for (index, &line) in lines.iter().enumerate() {
        let at = index as RowNum + 1;
        for (column, &dimension) in dimensions.iter().enumerate() {
            let name = ledger.names(dimension).name(ledger.name_id(line, dimension));
            sheet.write_string(at, column as ColNum, clipped(name))?;
        }
        let provenance = ledger.provenance(line);
        sheet.write_string(at, after, clipped(ledger.description(line)))?;
        let date = ledger.date(line).map_or_else(String::new, |date| date.to_string());
        sheet.write_string(at, after + 1, date)?;
        sheet.write_string(at, after + 2, provenance.source.map_or("", |source| clipped(&source.key)))?;
        if let Some(row) = provenance.row {
            sheet.write_number(at, after + 3, row)?;
        }
        sheet.write_number_with_format(at, after + 4, as_number(ledger.amount(line)), &styles.amount)?;
    }
    as_table(sheet, &format!("Lines_{}", number + 1), &headings, lines.len())?;
    if after > 0 {
        sheet.set_column_range_width(0, after - 1, 24)?;
    }
    sheet.set_column_width(after, 36)?.set_column_width(after + 1, 12)?.set_column_width(after + 2, 20)?;
    sheet.set_column_width(after + 4, 20)?;
    Ok(())
}

fn sources_sheet(sheet: &mut Worksheet, ledger: &Ledger, styles: &Styles) -> Result<(), XlsxError> {
    type SourceCell = (&'static str, fn(&Source) -> &str);
    const PARTS: [SourceCell; 9] = [
        ("Source", |source| &source.key),
        ("Title", |source| &source.title),
        ("Publisher", |source| &source.publisher),
        ("Date", |source| &source.date),
        ("Licence", |source| &source.licence),
        ("Address", |source| &source.address),
        ("File", |source| &source.file),
        ("Sheet", |source| &source.sheet),
        ("Note", |source| &source.note),
    ];
    for (index, source) in ledger.sources().iter().enumerate() {
        for (column, (_, part)) in PARTS.iter().enumerate() {
            let text = clipped(part(source));
            sheet.write_string_with_format(index as RowNum + 1, column as ColNum, text, &styles.wrapped)?;
        }
    }
    let headings: Vec<String> = PARTS.iter().map(|(heading, _)| (*heading).to_owned()).collect();
    as_table(sheet, "Sources", &headings, ledger.sources().len())?;
    sheet.set_column_width(0, 20)?.set_column_range_width(1, 8, 34)?;
    Ok(())
}

/// Makes the rows below the headings one table with a name, which screen readers and filters know.
pub(super) fn as_table(
    sheet: &mut Worksheet,
    name: &str,
    headings: &[String],
    rows: usize,
) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    // A table without rows is one that the format cannot hold.
    if rows == 0 {
        for (column, heading) in headings.iter().enumerate() {
            sheet.write_string(0, column as ColNum, heading)?;
        }
        return Ok(());
    }
    let columns: Vec<TableColumn> =
        headings.iter().map(|heading| TableColumn::new().set_header(heading)).collect();
    let table = Table::new().set_name(name).set_columns(&columns).set_style(TableStyle::Light1);
    sheet.add_table(0, 0, rows as RowNum, headings.len() as ColNum - 1, &table)?;
    Ok(())
}

/// The nearest number that a spreadsheet can hold, by way of the amount's text: the same that reading the text gives.
pub(super) fn as_number(amount: Money) -> f64 {
    amount.to_string().parse().expect("an amount's text is a number")
}

pub(super) fn clipped(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end])
}

/// `A` for 0, `AA` for 26.
fn column_letter(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    if index < 26 { letter.to_string() } else { format!("{}{letter}", column_letter(index / 26 - 1)) }
}
