//! What a row says besides its amount: where it is from, its names, its date.

use rustc_hash::FxHashMap;

use super::super::problem::Code;
use super::LineReader;
use crate::dimension::{Date, Dimension, FinancialYear, NameId};
use crate::import::cell::{read_date, read_serial};
use crate::import::files::Row;
use crate::import::words::shown;
use crate::ledger::{DateId, LedgerBuilder, SourceId};

impl LineReader<'_> {
    /// Where the line was first read from: this file, or the one that this program's own file names.
    pub(super) fn origin(&mut self, row: &Row) -> (SourceId, u32) {
        let Some(key) = self.source.map(|place| row.cell(place)).filter(|key| !key.is_empty()) else {
            return (self.own_source, row.number);
        };
        let id = match self.sources.get(key) {
            Some(&id) => id,
            None if self.sources.len() > 60_000 => self.own_source,
            None => {
                let id = self.lines.add_source(crate::ledger::Source {
                    key: key.to_owned(),
                    title: key.to_owned(),
                    ..crate::ledger::Source::default()
                });
                self.sources.insert(key.to_owned(), id);
                id
            }
        };
        let number = self.source_row.and_then(|place| row.cell(place).parse().ok());
        (id, number.unwrap_or(row.number))
    }

    pub(super) fn dimensions(&mut self, row: &Row) -> (DateId, [NameId; Dimension::COUNT]) {
        let mut ids = self.base;
        let mut unknown = Vec::new();
        for column in &mut self.names {
            let cell = row.cell(column.place);
            if cell.is_empty() {
                continue;
            }
            let id = if let Some(&id) = column.ids.get(cell) {
                id
            } else {
                let id = match column.spelling.read(cell) {
                    Ok(name) => self.lines.names_mut(column.dimension).add(&name),
                    Err(what) => {
                        unknown.push((column.place, column.dimension, what));
                        NameId::NOT_STATED
                    }
                };
                column.ids.insert(cell.to_owned(), id);
                id
            };
            if id != NameId::NOT_STATED {
                ids[column.dimension.index()] = id;
            }
        }
        for (place, dimension, what) in unknown {
            let code = if dimension == Dimension::Year { Code::YearUnreadable } else { Code::WordUnknown };
            self.warn_amount(row, place, code, &format!("{what}; these lines count as \"Not stated\""));
        }
        let (date, year) = self.date_of(row);
        let has_year = self.names.iter().any(|column| column.dimension == Dimension::Year);
        let slot = &mut ids[Dimension::Year.index()];
        if year != NameId::NOT_STATED && (!has_year || *slot == NameId::NOT_STATED) {
            *slot = year;
        }
        (date, ids)
    }

    /// The date of a row and the financial year that follows from it.
    fn date_of(&mut self, row: &Row) -> (DateId, NameId) {
        let text = self.date.map_or("", |place| row.cell(place));
        let (place, text) = match (text.is_empty(), self.month) {
            (false, _) => (self.date, text),
            (true, Some(month)) => (None, row.cell(month)),
            (true, None) => return (DateId::NONE, NameId::NOT_STATED),
        };
        if text.is_empty() {
            return (DateId::NONE, NameId::NOT_STATED);
        }
        if let Some(&ids) = self.dates.get(text) {
            return ids;
        }
        let date = read_date(text, self.map.dates).or_else(|| read_serial(text));
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
            self.warn_amount(row, place, Code::DateUnreadable, &what);
        }
        if self.dates.len() < 1_000_000 {
            self.dates.insert(text.to_owned(), ids);
        }
        ids
    }

    pub(super) fn date_ids(&mut self, date: Date) -> (DateId, NameId) {
        let year = self.lines.names_mut(Dimension::Year).add(&date.financial_year().to_string());
        (self.lines.dates_mut().add(date), year)
    }

    /// An accounting period such as `202205`: the fifth of 2022/23.
    fn period_year(&mut self, text: &str) -> NameId {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let year = match digits.len() {
            6 => digits[..4].parse::<u16>().ok().filter(|year| (1990..2100).contains(year)),
            _ => None,
        };
        year.map_or(NameId::NOT_STATED, |year| {
            self.lines.names_mut(Dimension::Year).add(&FinancialYear::starting(year).to_string())
        })
    }
}

pub(super) fn text_id(
    known: &mut FxHashMap<String, NameId>,
    lines: &mut LedgerBuilder,
    text: &str,
) -> NameId {
    if text.is_empty() {
        return NameId::NOT_STATED;
    }
    if let Some(&id) = known.get(text) {
        return id;
    }
    let id = lines.texts_mut().add(crate::ledger::unguarded(text));
    if known.len() < 1_000_000 {
        known.insert(text.to_owned(), id);
    }
    id
}
