//! The ledger's numbers for what cells say besides amounts: names, dates, texts, where a line is from. Each is looked up
//! once.

use rustc_hash::FxHashMap;

use super::plan::LinePlan;
use super::report::LineReport;
use crate::dimension::{Date, Dimension, FinancialYear, NameId};
use crate::import::cell::{read_date, read_serial, read_year_month};
use crate::import::files::Row;
use crate::import::problem::Code;
use crate::import::recognise::{Field, month_in, year_in};
use crate::import::words::shown;
use crate::ledger::{DateId, LedgerBuilder, Source, SourceId, unguarded};

/// Sources that a file may name; a line beyond is from the file itself.
const MOST_SOURCES: usize = 60_000;
/// Dates and texts that are remembered.
const MOST_KNOWN: usize = 1_000_000;

/// The ledger that is built, and its numbers for what was met so far.
pub(super) struct Ids<'p> {
    plan: &'p LinePlan,
    pub(super) lines: LedgerBuilder,
    /// What holds for every line.
    pub(super) base: [NameId; Dimension::COUNT],
    /// By column of amounts.
    pub(super) amounts: Vec<AmountIds>,
    pub(super) own_source: SourceId,
    sources: FxHashMap<String, SourceId>,
    /// By column of names.
    names: Vec<FxHashMap<String, NameId>>,
    /// The date and the year of a cell.
    dates: FxHashMap<String, (DateId, NameId)>,
    texts: FxHashMap<String, NameId>,
    /// By number: the date and the year of a cell of the date column, for blocks.
    pub(super) date_pairs: Vec<(DateId, NameId)>,
}

/// What an amount is for, in a table that has several side by side.
#[derive(Clone, Copy)]
pub(super) struct AmountIds {
    /// The dimension it sets, with the name's id.
    pub(super) of: Option<(Dimension, NameId)>,
    /// The date it sets, where it is an amount of a month.
    pub(super) date: DateId,
}

impl<'p> Ids<'p> {
    pub(super) fn new(plan: &'p LinePlan, source: Source) -> Self {
        let table = &plan.table;
        let mut lines = LedgerBuilder::default();
        let own_source = lines.add_source(source);
        let mut base = [NameId::NOT_STATED; Dimension::COUNT];
        if let Some(year) = table.file_year {
            base[Dimension::Year.index()] = lines.names_mut(Dimension::Year).add(&year.to_string());
        }
        for (dimension, name) in &table.set {
            base[dimension.index()] = lines.names_mut(*dimension).add(name);
        }
        let amounts = plan.places.amounts.iter().map(|&place| match &table.map.columns[place].field {
            Field::AmountFor(dimension, name) => amount_for(&mut lines, *dimension, name, table.file_year),
            _ => AmountIds { of: None, date: DateId::NONE },
        });
        Self {
            amounts: amounts.collect(),
            base,
            own_source,
            sources: FxHashMap::default(),
            names: vec![FxHashMap::default(); plan.places.names.len()],
            dates: FxHashMap::default(),
            texts: FxHashMap::default(),
            date_pairs: Vec::new(),
            lines,
            plan,
        }
    }

    /// Where the line was first read from: this file, or the one that this program's own file names.
    pub(super) fn origin(&mut self, row: &Row) -> (SourceId, u32) {
        let places = &self.plan.places;
        let Some(key) = places.source.map(|place| row.cell(place)).filter(|key| !key.is_empty()) else {
            return (self.own_source, row.number);
        };
        let id = match self.sources.get(key) {
            Some(&id) => id,
            None if self.sources.len() > MOST_SOURCES => self.own_source,
            None => {
                let id = self.lines.add_source(Source {
                    key: key.to_owned(),
                    title: key.to_owned(),
                    ..Source::default()
                });
                self.sources.insert(key.to_owned(), id);
                id
            }
        };
        let number = places.source_row.and_then(|place| row.cell(place).parse().ok());
        (id, number.unwrap_or(row.number))
    }

    /// The date of a row, and its name in each dimension; words that are none of a dimension's are told.
    pub(super) fn dimensions(
        &mut self,
        row: &Row,
        report: &mut LineReport<'_>,
    ) -> (DateId, [NameId; Dimension::COUNT]) {
        let columns = &self.plan.places.names;
        let mut ids = self.base;
        let mut unknown = Vec::new();
        for (column, known) in columns.iter().zip(&mut self.names) {
            let cell = row.cell(column.place);
            if cell.is_empty() {
                continue;
            }
            let id = if let Some(&id) = known.get(cell) {
                id
            } else {
                let id = match column.spelling.read(cell) {
                    Ok(name) => self.lines.names_mut(column.dimension).add(&name),
                    Err(what) => {
                        unknown.push((column, what));
                        NameId::NOT_STATED
                    }
                };
                known.insert(cell.to_owned(), id);
                id
            };
            if id != NameId::NOT_STATED {
                ids[column.dimension.index()] = id;
            }
        }
        for (column, what) in unknown {
            let is_year = column.dimension == Dimension::Year;
            let code = if is_year { Code::YearUnreadable } else { Code::WordUnknown };
            let what = format!("{what}; these lines count as \"Not stated\"");
            report.warn(row, Some(column.place), code, &what);
        }
        let (date, year) = self.date_of(row, report);
        let has_year = columns.iter().any(|column| column.dimension == Dimension::Year);
        let slot = &mut ids[Dimension::Year.index()];
        if year != NameId::NOT_STATED && (!has_year || *slot == NameId::NOT_STATED) {
            *slot = year;
        }
        (date, ids)
    }

    /// The date of a row and the financial year that follows from it.
    fn date_of(&mut self, row: &Row, report: &mut LineReport<'_>) -> (DateId, NameId) {
        let places = &self.plan.places;
        let text = places.date.map_or("", |place| row.cell(place));
        let (place, text) = match (text.is_empty(), places.month) {
            (false, _) => (places.date, text),
            (true, Some(month)) => (None, row.cell(month)),
            (true, None) => return (DateId::NONE, NameId::NOT_STATED),
        };
        if text.is_empty() {
            return (DateId::NONE, NameId::NOT_STATED);
        }
        if let Some(&ids) = self.dates.get(text) {
            return ids;
        }
        let date = self.read_date(text);
        let ids = match date {
            Some(date) => self.date_ids(date),
            None => (DateId::NONE, if place.is_none() { self.period_year(text) } else { NameId::NOT_STATED }),
        };
        if date.is_none()
            && let Some(place) = place
        {
            let what = format!(
                "\"{}\" is not a date, such as 31/08/2024; the line is read without one",
                shown(text)
            );
            report.warn(row, Some(place), Code::DateUnreadable, &what);
        }
        if self.dates.len() < MOST_KNOWN {
            self.dates.insert(text.to_owned(), ids);
        }
        ids
    }

    fn read_date(&self, text: &str) -> Option<Date> {
        read_date(text, self.plan.table.map.dates)
            .or_else(|| read_serial(text))
            .or_else(|| if self.plan.table.year_months { read_year_month(text) } else { None })
    }

    fn date_ids(&mut self, date: Date) -> (DateId, NameId) {
        let year = self.lines.names_mut(Dimension::Year).add(&date.financial_year().to_string());
        (self.lines.dates_mut().add(date), year)
    }

    /// An accounting period such as `202205`, the fifth of 2022/23, or `P01 2024/25`.
    fn period_year(&mut self, text: &str) -> NameId {
        if let Some(year) = year_in(text) {
            return self.lines.names_mut(Dimension::Year).add(&year.to_string());
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let year = match digits.len() {
            6 => digits[..4].parse::<u16>().ok().filter(|year| (1990..2100).contains(year)),
            _ => None,
        };
        year.map_or(NameId::NOT_STATED, |year| {
            self.lines.names_mut(Dimension::Year).add(&FinancialYear::starting(year).to_string())
        })
    }

    pub(super) fn text_id(&mut self, text: &str) -> NameId {
        if text.is_empty() {
            return NameId::NOT_STATED;
        }
        if let Some(&id) = self.texts.get(text) {
            return id;
        }
        let id = self.lines.texts_mut().add(unguarded(text));
        if self.texts.len() < MOST_KNOWN {
            self.texts.insert(text.to_owned(), id);
        }
        id
    }

    /// The number of a cell of the kept column, as [`LinePlan::kept_columns`] has them; complaints are left to the row it
    /// stands in.
    pub(super) fn kept_id(&mut self, kept: usize, text: &str) -> u32 {
        let places = &self.plan.places;
        if let (Some(column), Some(known)) = (places.names.get(kept), self.names.get_mut(kept)) {
            if let Some(id) = known.get(text) {
                return id.0;
            }
            let name = if text.is_empty() { Ok(String::new()) } else { column.spelling.read(text) };
            let Ok(name) = name else { return 0 };
            let id = self.lines.names_mut(column.dimension).add(&name);
            known.insert(text.to_owned(), id);
            return id.0;
        }
        if kept == places.names.len() && places.date.is_some() {
            let date = self.read_date(text);
            let pair = date.map_or((DateId::NONE, NameId::NOT_STATED), |date| self.date_ids(date));
            self.date_pairs.push(pair);
            return self.date_pairs.len() as u32 - 1;
        }
        self.text_id(text).0
    }
}

fn amount_for(
    lines: &mut LedgerBuilder,
    dimension: Dimension,
    name: &str,
    file_year: Option<FinancialYear>,
) -> AmountIds {
    let month = if dimension == Dimension::Year && name.parse::<FinancialYear>().is_err() {
        month_of(name, file_year)
    } else {
        None
    };
    if let Some(date) = month {
        let year = lines.names_mut(Dimension::Year).add(&date.financial_year().to_string());
        let date = lines.dates_mut().add(date);
        return AmountIds { of: Some((Dimension::Year, year)), date };
    }
    let id =
        if name.starts_with("month ") { NameId::NOT_STATED } else { lines.names_mut(dimension).add(name) };
    AmountIds { of: Some((dimension, id)), date: DateId::NONE }
}

/// `2024-04`, or `month 4` of the file's financial year.
fn month_of(name: &str, file_year: Option<FinancialYear>) -> Option<Date> {
    if let Some((year, month)) = name.split_once('-') {
        return Date::of_month(year.parse().ok()?, month.parse().ok()?);
    }
    let month: u8 =
        name.strip_prefix("month ")?.parse().ok().or_else(|| month_in(name).map(|(month, _)| month))?;
    let start = file_year?.start();
    Date::of_month(if month < 4 { start + 1 } else { start }, month)
}
