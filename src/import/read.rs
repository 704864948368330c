use std::io::Read;
use std::ops::ControlFlow;

use super::fast::{Plan, Stopped, read_plain};
use super::files::{Delimited, Dialect, Encoding, Kind, Row, archive, kind_of, workbook};
use super::input::Input;
use super::lines::LineReader;
use super::options::{ImportOptions, Keep};
use super::package::not_lines;
use super::problem::{Code, ImportError, Problem, Severity};
use super::recognise::{
    Choice, ColumnMap, Field, Header, Profiles, agency_of_file, find_credits, find_header, header_at,
    may_have_levels, personal_columns, recognise, sums_of_parts, year_in, year_of_file,
};
use super::report::{FileReport, Imported};
use super::words::{column_name, counted, short};
use crate::dimension::Dimension;
use crate::ledger::Source;

/// Rows among which the headings are looked for.
const HEAD_ROWS: usize = 400;
/// Rows in which cells beyond the headings are counted.
const BEYOND_ROWS: u32 = 3_000;
/// Rows among which levels of a hierarchy are looked for; such tables are short.
const LEVEL_ROWS: usize = 4_000;
/// Bytes from which the encoding and the delimiter are guessed.
const HEAD_BYTES: usize = 1 << 20;
/// Rows by which columns are judged.
const PROFILED_ROWS: usize = 20_000;
/// Smaller files are read row by row.
const FAST_BYTES: usize = 256 * 1024;
/// More than any workbook.
const MOST_IN_MEMORY: u64 = 2 << 30;

/// A table that can be read from its first row as often as needed.
pub(super) trait Table {
    /// Gives each row to `take`, until it breaks.
    fn each_row(&mut self, take: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), ImportError>;

    /// Gives the rows of the beginning, enough to judge the columns by.
    fn each_first_row(&mut self, take: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), ImportError> {
        self.each_row(take)
    }

    /// Gives those of the first rows whose numbers are wanted.
    fn each_sampled_row(
        &mut self,
        wanted: &dyn Fn(u32) -> bool,
        take: &mut dyn FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), ImportError> {
        self.each_first_row(&mut |row| {
            if wanted(row.number) { take(row) } else { ControlFlow::Continue(()) }
        })
    }

    /// Reads all rows at once where that can be done; `false` where it must be done row by row.
    fn read_fast(
        &mut self,
        _map: &ColumnMap,
        _header: &Header,
        _lines: &mut LineReader<'_>,
        _progress: Progress<'_>,
    ) -> Result<bool, ImportError> {
        Ok(false)
    }
}

pub(super) type Progress<'p> = &'p mut dyn FnMut(u64) -> ControlFlow<()>;

/// A modern workbook behind a password is kept inside the older kind of file, in a part of this name.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    memchr::memmem::find(&bytes[..bytes.len().min(1 << 20)], &name).is_some()
        || memchr::memmem::find(&bytes[bytes.len().saturating_sub(1 << 20)..], &name).is_some()
}

/// Opens a file from its beginning, as often as it must be read.
pub(super) type Open<'o, 'r> = &'o (dyn Fn() -> std::io::Result<Box<dyn Read + Send + 'r>> + Sync + 'o);

/// Delimited text, wherever its bytes come from.
struct TextTable<'a, 'r> {
    file: &'a str,
    open: Open<'a, 'r>,
    /// The beginning, or all of it.
    head: &'a [u8],
    whole: bool,
    encoding: Encoding,
    dialect: Dialect,
    /// Some bytes stood for no letter.
    damaged: bool,
}

impl<'r> TextTable<'_, 'r> {
    fn opened(&self) -> Result<Box<dyn Read + Send + 'r>, ImportError> {
        (self.open)().map_err(|error| unreadable(self.file, &error))
    }

    fn rows_of(
        &mut self,
        reader: impl Read,
        take: &mut dyn FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), ImportError> {
        let mut rows =
            Delimited::new(reader, self.encoding, self.dialect.delimiter, self.dialect.carriage_returns);
        let mut row = Row::default();
        while rows.next(&mut row) {
            if take(&row).is_break() {
                break;
            }
        }
        self.damaged |= rows.damaged;
        rows.failed.take().map_or(Ok(()), |error| Err(unreadable(self.file, &error)))
    }
}

fn unreadable(file: &str, error: &std::io::Error) -> ImportError {
    ImportError::refused(file, Code::FileUnreadable, &format!("could not be read to its end: {error}"))
}

impl Table for TextTable<'_, '_> {
    fn each_row(&mut self, take: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), ImportError> {
        let reader = (self.open)().map_err(|error| unreadable(self.file, &error))?;
        self.rows_of(reader, take)
    }

    fn each_first_row(&mut self, take: &mut dyn FnMut(&Row) -> ControlFlow<()>) -> Result<(), ImportError> {
        if self.whole {
            return self.rows_of(self.head, take);
        }
        // The last row of the beginning may be cut.
        let end = memchr::memrchr(b'\n', self.head).map_or(self.head.len(), |at| at + 1);
        let damaged = self.damaged;
        let result = self.rows_of(&self.head[..end], take);
        self.damaged = damaged;
        result
    }

    fn read_fast(
        &mut self,
        map: &ColumnMap,
        header: &Header,
        lines: &mut LineReader<'_>,
        progress: Progress<'_>,
    ) -> Result<bool, ImportError> {
        if self.whole && self.head.len() < FAST_BYTES || !lines.is_simple() {
            return Ok(false);
        }
        let Some(plan) = Plan::of(
            map,
            lines,
            self.dialect.delimiter,
            self.dialect.carriage_returns,
            self.encoding,
            header.rows_before_data,
        ) else {
            return Ok(false);
        };
        match read_plain(&plan, self.opened()?, lines, progress) {
            Ok(()) => Ok(true),
            Err(Stopped::NotPlain) => Ok(false),
            Err(Stopped::Cancelled) => Err(ImportError::Cancelled),
            Err(Stopped::Failed(error)) => Err(unreadable(self.file, &error)),
        }
    }
}

/// Reads a file in memory.
pub(super) fn read_file(
    input: Input<'_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    match kind_of(input.name, input.bytes)? {
        Kind::Text => {
            let open = || -> std::io::Result<Box<dyn Read + Send + '_>> { Ok(Box::new(input.bytes)) };
            read_text(input.name, input.bytes, true, &open, options, progress)
        }
        Kind::Zip => archive::read_archive(input, options, progress),
        Kind::Compound if is_encrypted(input.bytes) => Err(workbook::password(input.name)),
        Kind::Compound => workbook::read_workbook(input, workbook::Format::Xls, options, progress),
        Kind::Json => Err(not_lines(input)),
    }
}

/// Reads a file block by block where it is text, and in memory where it is not.
pub(super) fn read_stream(
    name: &str,
    open: Open<'_, '_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let fail = |error: std::io::Error| unreadable(name, &error);
    let mut reader = open().map_err(fail)?;
    let mut head = Vec::new();
    (&mut reader).take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(fail)?;
    let whole = head.len() < HEAD_BYTES;
    if kind_of(name, &head)? == Kind::Text {
        drop(reader);
        return read_text(name, &head, whole, open, options, progress);
    }
    (&mut reader).take(MOST_IN_MEMORY).read_to_end(&mut head).map_err(fail)?;
    if head.len() as u64 >= MOST_IN_MEMORY {
        return Err(ImportError::refused(
            name,
            Code::FileTooLarge,
            "is larger than a workbook can be; save its table as CSV",
        ));
    }
    read_file(Input { name, bytes: &head }, options, progress)
}

/// Reads delimited text of which `head` is the beginning, or all of it.
fn read_text(
    name: &str,
    head: &[u8],
    whole: bool,
    open: Open<'_, '_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let (encoding, dialect) = recognise_text(head, whole, options);
    let mut table = TextTable { file: name, open, head, whole, encoding, dialect, damaged: false };
    let report = || FileReport {
        name: name.to_owned(),
        format: dialect.name().to_owned(),
        encoding: Some(encoding),
        source: source_of(name, ""),
        ..FileReport::default()
    };
    let mut imported = read_table(&mut table, &report, &[], options, progress)?;
    if table.damaged {
        imported.file.problems.push(Problem::of_file(
            name,
            Severity::Warning,
            Code::CharactersDamaged,
            &format!(
                "some characters could not be read as {encoding} and stand as \u{fffd}; choose another encoding if names look wrong"
            ),
        ));
    }
    if encoding == Encoding::TWICE_UTF_8 {
        imported.file.problems.push(Problem::of_file(
            name,
            Severity::Note,
            Code::EncodingMended,
            "was encoded as UTF-8 twice over (Â£ for £); this was undone",
        ));
    }
    Ok(imported)
}

fn recognise_text(head: &[u8], whole: bool, options: &ImportOptions) -> (Encoding, Dialect) {
    let encoding = options.encoding.unwrap_or_else(|| Encoding::guess(head, whole));
    let first = &head[..head.len().min(HEAD_BYTES)];
    let mut text = String::new();
    encoding.decoder().decode(first, &mut text, whole && first.len() == head.len());
    (encoding, Dialect::guess(&text))
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
    blank_report: &dyn Fn() -> FileReport,
    elsewhere: &[String],
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let mut report = blank_report();
    let header =
        Header { elsewhere: elsewhere.to_vec(), ..headings_of(&first_rows(table, HEAD_ROWS)?, options) };
    let profiles = profile(table, &header)?;
    refuse_personal_data(&report.name, &header, &profiles)?;
    let (mut map, mut choices) = choose_map(&header, &profiles, &report, options)?;
    if let Some(unit) = options.unit {
        map.amounts.unit = unit;
    }
    let credits = find_credits(&map, &profiles).map(|(credits, choice)| {
        choices.push(choice);
        credits
    });
    let headings: Vec<String> = map.columns.iter().map(|column| column.heading.trim().to_owned()).collect();
    for Choice { severity, code, what } in choices {
        report.problems.push(Problem::of_file(&report.name, severity, code, &what));
    }
    report.problems.extend(cells_beyond(&report.name, &map, &profiles));
    let mut base = map.set.clone();
    base.extend(options.set.iter().cloned());
    let file_year = year_for_file(&header, &map, &mut report);
    if let Some(agency) = agency_for_file(&header, &map, &base, &mut report) {
        base.push((Dimension::Agency, agency));
    }
    report.header_row = header.row;
    report.map = map.clone();
    let sums_by = match &options.keep {
        Keep::Lines => None,
        Keep::SumsBy(dimensions) => Some(dimensions.as_slice()),
    };
    let repeated = if may_have_levels(&map) {
        sums_of_parts(&first_rows(table, LEVEL_ROWS)?, header.rows_before_data, &map)
    } else {
        Vec::new()
    };
    let reader = |report: FileReport| {
        let rows = (header.rows_before_data, header.height);
        let mut lines = LineReader::new(
            &map,
            headings.clone(),
            profiles.usually_filled(),
            &base,
            file_year,
            rows,
            sums_by,
            report,
        );
        lines.credits = credits;
        lines.repeated.clone_from(&repeated);
        lines
    };
    let mut lines = reader(report.clone());
    if options.thorough || !table.read_fast(&map, &header, &mut lines, progress)? {
        lines = reader(report.clone());
        read_each(table, &mut lines, progress)?;
    }
    if options.mend && lines.report.problems.iter().any(|problem| problem.code == Code::RepairsProved) {
        lines = reader(report);
        lines.mend = true;
        read_each(table, &mut lines, progress)?;
    }
    let (mut file, lines) = lines.finish();
    if file.read + file.rejected == 0 {
        let what = "has headings and no rows of spending below them";
        file.problems.push(Problem::of_file(&file.name, Severity::Warning, Code::NoRows, what));
    }
    assert!(file.adds_up(), "every row is read, passed over or rejected");
    Ok(Imported { file, lines })
}

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

/// Reads a table row by row.
fn read_each(
    table: &mut dyn Table,
    lines: &mut LineReader<'_>,
    progress: Progress<'_>,
) -> Result<(), ImportError> {
    let mut stopped = false;
    table.each_row(&mut |row| {
        if lines.report.rows.is_multiple_of(4096) && progress(lines.report.rows).is_break() {
            stopped = true;
            return ControlFlow::Break(());
        }
        lines.take_from_first(row)
    })?;
    if stopped { Err(ImportError::Cancelled) } else { Ok(()) }
}

pub(super) fn first_rows(table: &mut dyn Table, count: usize) -> Result<Vec<Row>, ImportError> {
    let mut rows: Vec<Row> = Vec::new();
    let mut size = 0;
    table.each_first_row(&mut |row| {
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

fn profile(table: &mut dyn Table, header: &Header) -> Result<Profiles, ImportError> {
    let mut profiles = Profiles::default();
    // All of the first rows, then ever fewer: a column is judged by most of its cells.
    let number = |row: u32| row.saturating_sub(header.rows_before_data);
    let is_judged = |number: u32| number > 0 && (number <= 600 || number.is_multiple_of(16));
    let is_counted = |number: u32| number > 0 && number <= BEYOND_ROWS && header.row.is_some();
    let is_wanted = |row: u32| is_judged(number(row)) || is_counted(number(row));
    table.each_sampled_row(&is_wanted, &mut |row| {
        if is_counted(number(row.number)) {
            profiles.note_beyond(row, header.headings.len());
        }
        if is_judged(number(row.number)) {
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
    recognise(header, profiles, &options.columns, &options.fields).ok_or_else(|| {
        if profiles.rows == 0 {
            ImportError::refused(&report.name, Code::NoRows, "has no rows of spending")
        } else {
            ImportError::refused(&report.name, Code::NoAmounts, &without_amounts(header))
        }
    })
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
fn cells_beyond(file: &str, map: &ColumnMap, profiles: &Profiles) -> Option<Problem> {
    let is_read = |place: usize| map.columns.get(place).is_some_and(|column| column.field != Field::Passed);
    let (count, row, place) = profiles.beyond(is_read)?;
    let what = format!(
        "{} beyond the last heading, the first in row {row}, {}; what stands there is not read",
        counted(count, "cell stands", "cells stand"),
        column_name(&[], place)
    );
    Some(Problem::of_file(file, Severity::Note, Code::CellsBeyond, &what))
}

/// The body that the file's titles or name are about, where no column tells it.
fn agency_for_file(
    header: &Header,
    map: &ColumnMap,
    set: &[(Dimension, String)],
    report: &mut FileReport,
) -> Option<String> {
    let told = set.iter().any(|(dimension, _)| *dimension == Dimension::Agency)
        || map.columns.iter().any(|column| match &column.field {
            Field::Dimension(dimension) | Field::AmountFor(dimension, _) => *dimension == Dimension::Agency,
            Field::Source => true,
            _ => false,
        });
    if told {
        return None;
    }
    let (agency, said) = agency_of_file(&header.titles, &report.name)?;
    let what = format!(
        "no column gives the agency, so \"{agency}\" was taken from \"{}\"; set another for the file if that is wrong",
        short(&said)
    );
    report.problems.push(Problem::of_file(&report.name, Severity::Note, Code::AgencyFromName, &what));
    Some(agency)
}

/// The year of the file's titles or name, where no column tells it.
fn year_for_file(
    header: &Header,
    map: &ColumnMap,
    report: &mut FileReport,
) -> Option<crate::dimension::FinancialYear> {
    let amount = map.columns.iter().find(|column| column.field == Field::Amount);
    let heading = amount.map(|column| &column.heading).filter(|heading| year_in(heading).is_some());
    let titles: Vec<String> =
        heading.into_iter().chain(&header.titles).chain(report.sheet.as_ref()).cloned().collect();
    let (year, said) = year_of_file(&titles, &report.name)?;
    let told = map.columns.iter().any(|column| {
        matches!(column.field, Field::Dimension(Dimension::Year) | Field::Date)
            || matches!(&column.field, Field::AmountFor(Dimension::Year, _))
    });
    if !told {
        let what = format!("no column gives the year, so {year} was taken from \"{}\"", short(&said));
        report.problems.push(Problem::of_file(&report.name, Severity::Note, Code::YearFromName, &what));
    }
    Some(year)
}
