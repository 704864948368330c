//! The sums of a ledger's distinct combinations of names, which filters, totals and pictures are made of:
//! thousands of cells where there are millions of lines. Exact; suppliers, of whom there are too many, are
//! told apart only when asked for.

use rustc_hash::FxHashMap;

use super::{Ledger, LineId};
use crate::dimension::{Dimension, NameId};
use crate::money::Money;

/// Lines that share every dimension (supplier apart, unless asked for), added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub ids: [NameId; Dimension::COUNT],
    /// £, exact; negative where credits outweigh.
    pub amount: Money,
    /// How many lines were added.
    pub lines: u32,
}

/// The distinct combinations of dimensions with their sums: thousands where there are millions of lines, so that
/// filters and pictures answer at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    cells: Vec<Cell>,
}

impl Cells {
    /// All lines of a ledger, suppliers not told apart.
    pub(super) fn of(ledger: &Ledger) -> Self {
        let told_apart = Dimension::ALL.map(|dimension| dimension != Dimension::Supplier);
        Self::packed(ledger, &told_apart)
            .unwrap_or_else(|| Self::gather(ledger, (0..ledger.len() as u32).map(LineId), &told_apart))
    }

    /// All lines, each combination written as one number; `None` where the numbers would get too large.
    fn packed(ledger: &Ledger, told_apart: &[bool; Dimension::COUNT]) -> Option<Self> {
        // A combination is a number with one digit for each dimension, in the base of its count of names. One
        // 64-bit number hashes several times faster than seventeen ids, and places whose names multiply
        // beyond it are rare.
        let varying: Vec<Dimension> =
            Dimension::ALL.into_iter().filter(|dimension| told_apart[dimension.index()]).collect();
        varying
            .iter()
            .try_fold(1_u64, |size, dimension| size.checked_mul(ledger.names(*dimension).len() as u64))?;
        let mut places: FxHashMap<u64, usize> = FxHashMap::default();
        let mut cells: Vec<Cell> = Vec::new();
        // Column after column over a stretch of 16 KB, which stays in the nearest cache while all columns are
        // added to it.
        let mut keys = [0_u64; 2048];
        let (mut last_key, mut place) = (u64::MAX, 0);
        for start in (0..ledger.len()).step_by(keys.len()) {
            let count = keys.len().min(ledger.len() - start);
            let keys = &mut keys[..count];
            keys.fill(0);
            for &dimension in &varying {
                ledger.column(dimension).pack(start, ledger.names(dimension).len() as u64, keys);
            }
            for (line, &key) in (start as u32..).map(LineId).zip(&*keys) {
                // Publishers sort: a line mostly shares all its names with the one above, and then nothing is
                // looked up.
                if key != last_key || cells.is_empty() {
                    last_key = key;
                    place = *places.entry(key).or_insert_with(|| {
                        let ids = Dimension::ALL.map(|dimension| {
                            if told_apart[dimension.index()] {
                                ledger.name_id(line, dimension)
                            } else {
                                NameId::NOT_STATED
                            }
                        });
                        cells.push(Cell { ids, amount: Money::ZERO, lines: 0 });
                        cells.len() - 1
                    });
                }
                cells[place].amount += ledger.amount(line);
                cells[place].lines += 1;
            }
        }
        Some(Self { cells })
    }

    /// These lines, telling apart every dimension.
    pub(super) fn of_lines(ledger: &Ledger, lines: &[LineId]) -> Self {
        Self::gather(ledger, lines.iter().copied(), &[true; Dimension::COUNT])
    }

    fn gather(
        ledger: &Ledger,
        lines: impl Iterator<Item = LineId>,
        told_apart: &[bool; Dimension::COUNT],
    ) -> Self {
        let mut places: FxHashMap<[NameId; Dimension::COUNT], usize> = FxHashMap::default();
        let mut cells: Vec<Cell> = Vec::new();
        for line in lines {
            let ids = Dimension::ALL.map(|dimension| {
                if told_apart[dimension.index()] {
                    ledger.name_id(line, dimension)
                } else {
                    NameId::NOT_STATED
                }
            });
            let place = *places.entry(ids).or_insert_with(|| {
                cells.push(Cell { ids, amount: Money::ZERO, lines: 0 });
                cells.len() - 1
            });
            cells[place].amount += ledger.amount(line);
            cells[place].lines += 1;
        }
        Self { cells }
    }

    /// Cells that were chosen or added up elsewhere; each combination may stand among them once.
    pub fn kept(cells: impl Iterator<Item = Cell>) -> Self {
        Self { cells: cells.collect() }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Cell> {
        self.cells.iter()
    }

    pub fn len(&self) -> usize {
        self.cells.len()
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// What they take of memory.
    pub(super) fn bytes(&self) -> usize {
        self.cells.capacity() * size_of::<Cell>()
    }

    pub fn total(&self) -> Money {
        self.cells.iter().map(|cell| cell.amount).sum()
    }

    pub fn line_count(&self) -> u64 {
        self.cells.iter().map(|cell| u64::from(cell.lines)).sum()
    }

    /// Only the cells that have one of these names.
    #[must_use]
    pub fn with_names(mut self, dimension: Dimension, names: &[NameId]) -> Self {
        self.cells.retain(|cell| names.contains(&cell.ids[dimension.index()]));
        self
    }

    /// The names of a dimension that occur, by id.
    pub fn occurring(&self, dimension: Dimension) -> Vec<NameId> {
        let mut ids: Vec<NameId> = Vec::new();
        // Names are few where cells are many: they are marked, and not all sorted.
        let mut is_known: Vec<bool> = Vec::new();
        for id in self.cells.iter().map(|cell| cell.ids[dimension.index()]) {
            if is_known.len() <= id.index() {
                is_known.resize(id.index() + 1, false);
            }
            if !std::mem::replace(&mut is_known[id.index()], true) {
                ids.push(id);
            }
        }
        ids.sort_unstable();
        ids
    }
}
