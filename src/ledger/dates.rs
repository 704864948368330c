//! The dates of a ledger, each once, so that a line holds a small number for its date.

use rustc_hash::FxHashMap;

use crate::dimension::Date;

/// A date of a ledger, as a small number: 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateId(pub u32);

impl DateId {
    pub const NONE: Self = Self(0);

    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Dates in the order they were first met, each with a small number; no date is the first of them.
#[derive(Clone, Debug)]
pub struct Dates {
    dates: Vec<Option<Date>>,
    ids: FxHashMap<Date, DateId>,
}

impl Default for Dates {
    fn default() -> Self {
        Self { dates: vec![None], ids: FxHashMap::default() }
    }
}

impl Dates {
    /// The id of a date, added if it is new.
    pub fn add(&mut self, date: Date) -> DateId {
        let next = DateId(self.dates.len() as u32);
        let id = *self.ids.entry(date).or_insert(next);
        if id == next {
            self.dates.push(Some(date));
        }
        id
    }

    /// `None` for [`DateId::NONE`] alone.
    pub fn get(&self, id: DateId) -> Option<Date> {
        self.dates[id.index()]
    }

    /// What every id stands for, by id.
    pub fn as_slice(&self) -> &[Option<Date>] {
        &self.dates
    }
}
