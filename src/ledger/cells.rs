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
#[derive(Clone, Debug, Default)]
pub struct Cells {
    cells: Vec<Cell>,
}

impl Cells {
    /// All lines of a ledger, suppliers not told apart.
    pub(super) fn of(ledger: &Ledger) -> Self {
        let told_apart = Dimension::ALL.map(|dimension| dimension != Dimension::Supplier);
        Self::gather(ledger, (0..ledger.len() as u32).map(LineId), &told_apart)
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

    pub(super) fn kept(cells: impl Iterator<Item = Cell>) -> Self {
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
        let mut ids: Vec<NameId> = self.cells.iter().map(|cell| cell.ids[dimension.index()]).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
