use std::ops::ControlFlow;

use super::columns::{self, Choice, ColumnMap, recognise};
use super::csv::{Delimited, Dialect};
use super::encoding::Encoding;
use super::header::{Header, find_header};
use super::kind::{Kind, kind_of};
use super::lines::{LineReader, column_name, counted};
use super::privacy::personal_columns;
use super::problem::{Code, ImportError, Problem, Severity, SkipReason};
use super::profile::Profiles;
use super::report::FileReport;
use super::row::Row;
use super::{ImportOptions, Imported, Input, archive, workbook};
use crate::dimension::Dimension;
use crate::ledger::Source;

/// Rows among which the headings are looked for.
const HEAD_ROWS: usize = 400;
/// Bytes from which the encoding and the delimiter are guessed.
const HEAD_BYTES: usize = 1 << 20;
/// Rows by which columns are judged.
const PROFILED_ROWS: usize = 200_000;

/// A table that can be read from its first row as often as needed.
pub(super) trait Table {
    /// Gives each row to `take`, until it breaks.
    fn each_row(&mut self, take: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), ImportError>;
}

pub(super) type Progress<'p> = &'p mut dyn FnMut(u64) -> ControlFlow<()>;

pub(super) fn read_file(
    input: Input<'_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    match kind_of(input.name, input.bytes)? {
        Kind::Text => read_text(input, options, progress),
        Kind::Zip => archive::read_archive(input, options, progress),
        Kind::Compound if is_encrypted(input.bytes) => Err(workbook::password(input.name)),
        Kind::Compound => workbook::read_workbook(input, workbook::Format::Xls, options, progress),
        Kind::Json => Err(ImportError::refused(
            input.name,
            Code::FileUnreadable,
            "cannot be read yet; export it as CSV",
        )),
    }
}

/// A modern workbook behind a password is kept inside the older kind of file, in a part of this name.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    memchr::memmem::find(&bytes[..bytes.len().min(1 << 20)], &name).is_some()
        || memchr::memmem::find(&bytes[bytes.len().saturating_sub(1 << 20)..], &name).is_some()
}

/// Delimited text in memory.
struct TextTable<'a> {
    bytes: &'a [u8],
    encoding: Encoding,
    dialect: Dialect,
    /// Some bytes stood for no letter.
    damaged: bool,
}

impl Table for TextTable<'_> {
    fn each_row(&mut self, take: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), ImportError> {
        let mut rows =
            Delimited::new(self.bytes, self.encoding, self.dialect.delimiter, self.dialect.carriage_returns);
        let mut row = Row::default();
        while rows.next(&mut row) {
            if take(&row).is_break() {
                break;
            }
        }
        self.damaged |= rows.damaged;
        Ok(())
    }
}

pub(super) fn read_text(
    input: Input<'_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let head = &input.bytes[..input.bytes.len().min(HEAD_BYTES)];
    let whole = head.len() == input.bytes.len();
    let guess = || {
        Encoding::guess(
            if input.bytes.len() <= 64 << 20 { input.bytes } else { head },
            whole || input.bytes.len() <= 64 << 20,
        )
    };
    let encoding = options.encoding.unwrap_or_else(guess);
    let mut text = String::new();
    encoding.decoder().decode(head, &mut text, whole);
    let dialect = Dialect::guess(&text);
    let mut table = TextTable { bytes: input.bytes, encoding, dialect, damaged: false };
    let report = FileReport {
        name: input.name.to_owned(),
        format: dialect.name().to_owned(),
        encoding: Some(encoding),
        source: source_of(input.name, ""),
        ..FileReport::default()
    };
    let mut imported = read_table(&mut table, report, Vec::new(), options, progress)?;
    if table.damaged {
        imported.file.problems.push(Problem::of_file(
            input.name,
            Severity::Warning,
            Code::CharactersDamaged,
            &format!("some characters could not be read as {encoding} and stand as \u{fffd}; choose another encoding if names look wrong"),
        ));
    }
    if encoding == Encoding::TWICE_UTF_8 {
        imported.file.problems.push(Problem::of_file(
            input.name,
            Severity::Note,
            Code::EncodingMended,
            "was encoded as UTF-8 twice over (Â£ for £); this was undone",
        ));
    }
    Ok(imported)
}

pub(super) fn source_of(file: &str, sheet: &str) -> Source {
    Source {
        key: if sheet.is_empty() { file.to_owned() } else { format!("{file} {sheet}") },
        title: file.to_owned(),
        file: file.to_owned(),
        sheet: sheet.to_owned(),
        ..Source::default()
    }
}

/// Finds the headings, judges the columns, and reads every row.
pub(super) fn read_table(
    table: &mut dyn Table,
    mut report: FileReport,
    elsewhere: Vec<String>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let header = Header { elsewhere, ..find_header(&first_rows(table, HEAD_ROWS)?) };
    let profiles = profile(table, header.rows_before_data)?;
    refuse_personal_data(&report.name, &header, &profiles)?;
    let (map, choices) = choose_map(&header, &profiles, &report, options)?;
    let headings: Vec<String> = map.columns.iter().map(|column| column.heading.trim().to_owned()).collect();
    for Choice { severity, code, what } in choices {
        report.problems.push(Problem::of_file(&report.name, severity, code, &what));
    }
    let mut base = map.set.clone();
    base.extend(options.set.iter().cloned());
    let file_year = year_for_file(&header, &map, &mut report);
    report.header_row = header.row;
    report.map = map.clone();
    let mut reader = LineReader::new(&map, headings, profiles.usually_filled(), &base, file_year, report);
    let mut stopped = false;
    table.each_row(&mut |row| {
        reader.report.rows += 1;
        if reader.report.rows.is_multiple_of(4096) && progress(reader.report.rows).is_break() {
            stopped = true;
            return ControlFlow::Break(());
        }
        if row.number > header.rows_before_data {
            return reader.take(row);
        }
        if header.row.is_some_and(|last| row.number > last - header.height) {
            reader.report.heading_rows += 1;
        } else {
            reader.skip(row, if row.is_blank() { SkipReason::Blank } else { SkipReason::Title });
        }
        ControlFlow::Continue(())
    })?;
    if stopped {
        return Err(ImportError::Cancelled);
    }
    let (file, lines) = reader.finish();
    assert!(file.adds_up(), "every row is read, passed over or rejected");
    Ok(Imported { file, lines })
}

pub(super) fn first_rows(table: &mut dyn Table, count: usize) -> Result<Vec<Row>, ImportError> {
    let mut rows: Vec<Row> = Vec::new();
    let mut size = 0;
    table.each_row(&mut |row| {
        size += row.len();
        rows.push(row.clone());
        if rows.len() >= count || size > 1_000_000 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok(rows)
}

fn profile(table: &mut dyn Table, rows_before_data: u32) -> Result<Profiles, ImportError> {
    let mut profiles = Profiles::default();
    table.each_row(&mut |row| {
        if row.number > rows_before_data {
            profiles.add(row);
        }
        if profiles.rows >= PROFILED_ROWS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(profiles)
}

fn refuse_personal_data(file: &str, header: &Header, profiles: &Profiles) -> Result<(), ImportError> {
    let found = personal_columns(&header.headings, profiles);
    let Some(first) = found.first() else { return Ok(()) };
    let listed: Vec<String> = found
        .iter()
        .map(|personal| {
            format!(
                "{} holds {} ({})",
                column_name(&header.headings, personal.column),
                personal.what,
                counted(personal.count as u64, "row", "rows")
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

fn choose_map(
    header: &Header,
    profiles: &Profiles,
    report: &FileReport,
    options: &ImportOptions,
) -> Result<(ColumnMap, Vec<Choice>), ImportError> {
    if let Some(map) = options.column_maps.iter().find(|map| map.fits(&header.headings)) {
        if map.amount_columns().is_empty() {
            return Err(ImportError::refused(
                &report.name,
                Code::NoAmounts,
                "its remembered shape names no column as the amount",
            ));
        }
        return Ok((map.clone(), Vec::new()));
    }
    recognise(header, profiles, &report.name).ok_or_else(|| {
        let what = if profiles.rows == 0 {
            ImportError::refused(&report.name, Code::NoRows, "has headings and no rows below them")
        } else {
            let seen: Vec<&str> =
                header.headings.iter().map(|heading| heading.trim()).filter(|heading| !heading.is_empty()).take(12).collect();
            let seen = if seen.is_empty() { "none".to_owned() } else { seen.join(", ") };
            ImportError::refused(
                &report.name,
                Code::NoAmounts,
                &format!("no column holds amounts of money (headings: {seen}); head the column of amounts \"Amount\""),
            )
        };
        what
    })
}

/// The year of the file's titles or name, where no column tells it.
fn year_for_file(
    header: &Header,
    map: &ColumnMap,
    report: &mut FileReport,
) -> Option<crate::dimension::FinancialYear> {
    let (year, said) = columns::year_of_file(&header.titles, &report.name)?;
    let told = map.columns.iter().any(|column| {
        matches!(column.field, columns::Field::Dimension(Dimension::Year) | columns::Field::Date)
            || matches!(&column.field, columns::Field::AmountFor(Dimension::Year, _))
    });
    if !told {
        let what =
            format!("no column gives the year, so {year} was taken from \"{}\"", columns::short(&said));
        report.problems.push(Problem::of_file(&report.name, Severity::Note, Code::YearFromName, &what));
    }
    Some(year)
}
