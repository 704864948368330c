//! One table, from its rows to its lines and its report.

use std::ops::ControlFlow;

use super::asked::{SaidOfCurrency, answer, currency, say_choices};
use super::of_file::{agency_for_file, year_for_file};
use super::recognised::{
    cells_beyond, choose_map, headings_of, profile, refuse_personal_data, says_nothing_was_spent,
};
use super::sums_said::{hold_against_title, prove_headings, say_levels};
use super::table_apart::ask_about_table_apart;
use crate::dimension::Dimension;
use crate::import::files::{Table, first_rows};
use crate::import::lines::{Damaged, LinePlan, LineReader, Recognised};
use crate::import::options::{ImportOptions, Retention};
use crate::import::problem::{Code, ImportError, Problem, Severity};
use crate::import::recognise::{
    ColumnMap, Field, Header, columns_filled_down, find_credits, may_have_levels, sums_of_parts,
};
use crate::import::report::{FileReport, Imported};
use crate::import::words::short;
use crate::ledger::Source;

/// Rows among which the headings are looked for.
pub(super) const HEAD_ROWS: usize = 400;
/// Rows among which levels of a hierarchy are looked for; such tables are short.
const LEVEL_ROWS: usize = 4_000;

/// Is told the rows so far; `Break` stops.
pub(super) type Progress<'p> = &'p mut dyn FnMut(u64) -> ControlFlow<()>;

/// A table whose rows may be read all at once.
pub(super) trait Readable: Table {
    /// Reads all rows at once where that can be done; `false` where it must be done row by row.
    fn read_fast(
        &mut self,
        _plan: &LinePlan,
        _lines: &mut LineReader<'_>,
        _progress: Progress<'_>,
    ) -> Result<bool, ImportError> {
        Ok(false)
    }

    /// Whether semicolons part its cells, as where a comma parts the pence.
    fn is_parted_by_semicolons(&self) -> bool {
        false
    }

    /// Whether the numbers of most columns are only shown in thousands or millions.
    fn is_shown_scaled(&self, _column: usize) -> bool {
        false
    }
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
    table: &mut dyn Readable,
    mut report: FileReport,
    elsewhere: &[String],
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let header =
        Header { elsewhere: elsewhere.to_vec(), ..headings_of(&first_rows(table, HEAD_ROWS)?, options) };
    let mut profiles = profile(table, &header)?;
    profiles.semicolons = table.is_parted_by_semicolons();
    profiles.shown_in_thousands = profiles.measures().iter().any(|&column| table.is_shown_scaled(column));
    refuse_personal_data(&report.name, &header, &profiles)?;
    let (mut map, mut choices) = choose_map(&header, &profiles, &report, options)?;
    if let Some(unit) = options.unit {
        map.amounts.unit = unit;
        map.unit_said = true;
    }
    if let Some(is_comma) = options.decimal_comma {
        map.amounts.decimal_comma = is_comma;
        map.decimals_said = true;
        choices.retain(|choice| choice.code != Code::ThousandsByPoints);
    }
    map.credits_off |= options.credits_off;
    let credits = find_credits(&map, &profiles).map(|(credits, choice)| {
        choices.push(choice);
        credits
    });
    if options.pounds || options.keeps_currency {
        map.pounds = Some(options.pounds);
    }
    if options.sheet.is_some() {
        map.sheet.clone_from(&options.sheet);
    }
    let said = SaidOfCurrency { package: options.currency.as_deref(), is_pounds: map.pounds };
    let (currency, currencies) = currency(&map, &profiles, said, &mut choices);
    let asked = say_choices(choices, &mut report);
    report.problems.extend(cells_beyond(&report.name, &map, &profiles));
    let mut set = map.set.clone();
    set.extend(options.set.iter().cloned());
    let file_year = year_for_file(&header, &map, &mut report);
    if let Some(agency) = agency_for_file(&header, &map, &set, &mut report) {
        set.push((Dimension::Agency, agency));
    }
    report.header_row = header.row;
    report.map = map.clone();
    let (sums_of_parts, filled_down) = if may_have_levels(&map) {
        let rows = first_rows(table, LEVEL_ROWS)?;
        let sums = sums_of_parts(&rows, header.rows_before_data, &map);
        (sums, columns_filled_down(&rows, header.rows_before_data, &map))
    } else {
        (Vec::new(), Vec::new())
    };
    say_filled_down(&filled_down, &map, &mut report);
    say_levels(sums_of_parts.len(), &mut report);
    let has_range = [Field::Low, Field::High].iter().any(|field| map.place(field).is_some());
    let amounts = map.amount_columns();
    let date = [Field::Date, Field::Month].iter().find_map(|field| map.place(field));
    let plan = LinePlan::new(Recognised {
        map,
        rows_before_data: header.rows_before_data,
        heading_height: header.height,
        usually_filled: profiles.usually_filled(),
        set,
        file_year,
        credits,
        sums_of_parts,
        filled_down,
        measures: profiles.measures().into_iter().chain(amounts).collect(),
        currency,
        currencies,
        year_months: date.is_some_and(|place| profiles.holds_year_months(place)),
        lines_at: options.lines_at.clone(),
        counted: options.balance.then(|| profiles.money(&header.headings)),
        sums_by: match &options.keep {
            Retention::Lines => None,
            // A sum of combinations has no low and high.
            Retention::SumsBy(_) if has_range => None,
            Retention::SumsBy(dimensions) => Some(dimensions.clone()),
        },
    });
    let mut imported = read_lines(table, &plan, report, options, progress)?;
    let file = &mut imported.file;
    hold_against_title(&header.titles, file);
    answer(table, asked, header.rows_before_data, file)?;
    prove_headings(file);
    if options.balance {
        ask_about_table_apart(table, elsewhere, options, progress, file)?;
    }
    if file.read + file.rejected == 0 {
        let nil = file.skipped.iter().find(|skipped| says_nothing_was_spent(&skipped.text));
        let (severity, code, what) = match nil {
            Some(nil) => (
                Severity::Note,
                Code::NilReturn,
                format!("says that nothing was spent: \"{}\" (row {})", short(&nil.text), nil.row),
            ),
            None => (
                Severity::Warning,
                Code::NoRows,
                "has headings and no rows of spending below them".to_owned(),
            ),
        };
        file.problems.push(Problem::of_file(&file.name, severity, code, &what));
    }
    assert!(file.adds_up(), "every row is read, passed over or rejected");
    Ok(imported)
}

/// Says which columns are read as what stands above their empty cells.
fn say_filled_down(filled_down: &[usize], map: &ColumnMap, report: &mut FileReport) {
    for &column in filled_down {
        let what = format!(
            "\"{}\" has each name once, where it changes; the empty cells below were read as the name above them",
            map.columns[column].heading.trim()
        );
        report.problems.push(Problem::of_file(&report.name, Severity::Note, Code::CellsFilledDown, &what));
    }
}

/// Reads every row: at once where that can be done, and again with damaged rows mended where that is wanted and proved.
fn read_lines(
    table: &mut dyn Readable,
    plan: &LinePlan,
    report: FileReport,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let mut lines = LineReader::new(plan, report.clone(), Damaged::Proposed);
    if options.thorough || !table.read_fast(plan, &mut lines, progress)? {
        lines = LineReader::new(plan, report.clone(), Damaged::Proposed);
        read_each(table, &mut lines, progress)?;
    }
    if options.mend && lines.proves_repairs() {
        lines = LineReader::new(plan, report, Damaged::Mended);
        read_each(table, &mut lines, progress)?;
    }
    Ok(lines.finish())
}

/// Reads a table row by row.
fn read_each(
    table: &mut dyn Table,
    lines: &mut LineReader<'_>,
    progress: Progress<'_>,
) -> Result<(), ImportError> {
    let mut stopped = false;
    table.each_row(&mut |row| {
        if lines.rows().is_multiple_of(4096) && progress(lines.rows()).is_break() {
            stopped = true;
            return ControlFlow::Break(());
        }
        lines.take_from_first(row)
    })?;
    if stopped { Err(ImportError::Cancelled) } else { Ok(()) }
}
