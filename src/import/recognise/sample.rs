//! The rows of a table that are looked at, and what is gathered of them.

use rustc_hash::FxHashMap;

use super::judged::Judged;
use super::profile::{Profile, Profiles};
use crate::import::cell::{Amount, AmountStyle};
use crate::import::files::Row;

/// Distinct values that are kept for a column.
const MOST_VALUES: usize = 64;
/// Distinct cells of a column that are judged once.
const MOST_JUDGED: usize = 1_000;
/// Rows whose amounts are kept to see which columns are totals of others.
const MOST_SUMMED: usize = 300;
/// So many columns without headings are told apart.
const MOST_BEYOND: usize = 64;

/// What is gathered of the rows that are looked at, one after another.
#[derive(Debug, Default)]
pub(in crate::import) struct RowSample {
    profiles: Profiles,
    columns: Vec<CellsMet>,
}

/// The cells of one column.
#[derive(Debug, Default)]
struct CellsMet {
    /// Where the cells that were met stand in `met`: the same ones come again and again.
    places: FxHashMap<String, u32>,
    /// What they look like and how often they came, in the order they were met.
    met: Vec<(Judged, usize)>,
}

impl RowSample {
    pub(in crate::import) fn add(&mut self, row: &Row) {
        let mut filled = 0;
        for index in 0..row.len() {
            let cell = row.cell(index);
            if cell.is_empty() {
                continue;
            }
            filled += 1;
            while self.columns.len() <= index {
                self.columns.push(CellsMet::default());
                self.profiles.columns.push(Profile::default());
            }
            self.columns[index].add(cell, &mut self.profiles.columns[index]);
        }
        if filled > 3 && self.profiles.sums.len() < MOST_SUMMED {
            self.profiles.sums.push((0..row.len()).map(|index| units(row.cell(index))).collect());
        }
        if filled > 0 {
            self.profiles.rows += 1;
            *self.profiles.filled.entry(filled).or_default() += 1;
        }
    }

    /// Notes what a row holds beyond the last heading.
    pub(in crate::import) fn note_beyond(&mut self, row: &Row, headings: usize) {
        let beyond = &mut self.profiles.beyond;
        for place in (headings..row.len()).filter(|&place| !row.cell(place).is_empty()) {
            if beyond.len() < MOST_BEYOND || beyond.contains_key(&place) {
                beyond.entry(place).or_insert((0, row.number)).0 += 1;
            }
        }
    }

    /// Rows looked at so far, blank ones apart.
    pub(in crate::import) fn rows(&self) -> usize {
        self.profiles.rows
    }

    /// What the columns look like by all that was looked at.
    pub(in crate::import) fn profiles(mut self) -> Profiles {
        for (cells, profile) in self.columns.into_iter().zip(&mut self.profiles.columns) {
            for (judged, times) in &cells.met {
                profile.count(*judged, *times);
            }
            profile.many_values |= cells.met.len() > MOST_VALUES;
            let first = cells.places.into_iter().filter(|(_, place)| (*place as usize) < MOST_VALUES);
            profile.values = first.map(|(cell, place)| (cell, cells.met[place as usize].1)).collect();
        }
        self.profiles
    }
}

impl CellsMet {
    fn add(&mut self, cell: &str, profile: &mut Profile) {
        profile.filled += 1;
        profile.length += cell.len();
        // People are told by most of a column, so some of it will do.
        if profile.filled <= 200 || profile.filled.is_multiple_of(8) {
            profile.personal.add(cell);
        }
        if let Some(&place) = self.places.get(cell) {
            self.met[place as usize].1 += 1;
        } else if self.met.len() < MOST_JUDGED {
            self.places.insert(cell.to_owned(), self.met.len() as u32);
            self.met.push((Judged::of(cell), 1));
        } else {
            profile.count(Judged::of(cell), 1);
        }
    }
}

fn units(cell: &str) -> Option<i64> {
    if !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    match AmountStyle::default().read(cell) {
        Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => {
            i64::try_from(money.units()).ok()
        }
        _ => None,
    }
}
