//! What tells rows apart, so that those that come twice are told.

use std::hash::{Hash as _, Hasher as _};

use rayon::slice::ParallelSliceMut as _;

use crate::import::files::{Row, THREADS};

/// Rows that are remembered to tell which come twice: eight megabytes of them.
pub(super) const MOST_REMEMBERED: usize = 1_000_000;
/// Fewer numbers than these are in order sooner on one core.
const MANY: usize = 50_000;

/// The fingerprints of the first rows.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    remembered: Vec<u64>,
    /// That of the row at hand, where a block has worked it out.
    pub(super) at_hand: Option<u64>,
}

impl Fingerprints {
    /// Whether there is room for more.
    pub(super) fn wants_more(&self) -> bool {
        self.remembered.len() < MOST_REMEMBERED
    }

    pub(super) fn remember(&mut self, print: u64) {
        if self.wants_more() {
            self.remembered.push(print);
        }
    }

    pub(super) fn remember_row(&mut self, row: &Row) {
        if self.wants_more() {
            let print = self.at_hand.take().unwrap_or_else(|| fingerprint(row));
            self.remembered.push(print);
        }
    }

    /// Whether as many are remembered as rows were read.
    pub(super) fn are_of_all(&self, rows: u64) -> bool {
        self.remembered.len() as u64 >= rows
    }

    /// How many of the remembered rows read exactly as an earlier one does.
    pub(super) fn twice(mut self) -> u64 {
        let count = self.remembered.len();
        sort(&mut self.remembered);
        self.remembered.dedup();
        (count - self.remembered.len()) as u64
    }
}

fn fingerprint(row: &Row) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    for index in 0..row.len() {
        row.raw_cell(index).hash(&mut hasher);
    }
    hasher.finish()
}

/// Puts numbers in order, on all cores.
fn sort(numbers: &mut [u64]) {
    match THREADS.as_ref() {
        Ok(threads) if numbers.len() >= MANY => threads.install(|| numbers.par_sort_unstable()),
        _ => numbers.sort_unstable(),
    }
}
