//! A ledger made of another by a few changes, as scenarios make them. Only what changes is added up again, so
//! that typing an amount in a pool of a million lines answers at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{AmountRange, Cell, Cells, Ledger, LineId, SpendLine};
use crate::dimension::{Dimension, NameId};
use crate::money::{Money, Weights, apportion};

/// A ledger on its way to another: some lines changed, some added. Only what is touched is added up again.
#[derive(Debug)]
pub struct Revision {
    ledger: Ledger,
    /// What the sums of the combinations of names change by.
    changes: FxHashMap<[NameId; Dimension::COUNT], (Money, i64)>,
    /// Lines that were added like one that has a range.
    pieces: BTreeMap<LineId, Vec<LineId>>,
}

impl Revision {
    pub fn of(ledger: &Ledger) -> Self {
        let mut ledger = ledger.clone();
        // A scenario must not recolour the picture it is compared with.
        ledger.keep_order_of_names();
        Self { ledger, changes: FxHashMap::default(), pieces: BTreeMap::new() }
    }

    /// The id of a name, added if it is new.
    pub fn name(&mut self, dimension: Dimension, name: &str) -> NameId {
        Arc::make_mut(&mut self.ledger.parts_mut().0[dimension.index()]).add(name)
    }

    /// Gives a line another amount and these names in place of its own.
    pub fn change(&mut self, line: LineId, amount: Money, names: &[(Dimension, NameId)]) {
        // Out of the old combination and into the new one, even where both are the same.
        self.count(line, -1);
        let (_, columns, amounts) = self.ledger.parts_mut();
        // A part that says the same already stays shared with the ledger that this is a revision of.
        let amount = units(amount);
        if amounts[line.index()] != amount {
            amounts.to_mut()[line.index()] = amount;
        }
        for (dimension, id) in names {
            let column = &mut columns[dimension.index()];
            if column.get(line.index()) != id.0 {
                column.to_mut().set(line.index(), id.0);
            }
        }
        self.count(line, 1);
    }

    /// Adds a line that is like another but for its amount and these names: its description, its date and where it
    /// is from stay.
    pub fn add_like(&mut self, line: LineId, amount: Money, names: &[(Dimension, NameId)]) -> LineId {
        let added = self.ledger.push_like(line, units(amount));
        let (_, columns, _) = self.ledger.parts_mut();
        for (dimension, id) in names {
            columns[dimension.index()].to_mut().set(added.index(), id.0);
        }
        self.count(added, 1);
        if self.ledger.range(line).is_some() {
            self.pieces.entry(line).or_default().push(added);
        }
        added
    }

    /// Adds a line that is in no source.
    pub fn add(&mut self, line: &SpendLine) -> LineId {
        let ids = Dimension::ALL.map(|dimension| {
            line.get(dimension).map_or(NameId::NOT_STATED, |name| self.name(dimension, name))
        });
        let description = line.description.as_deref().unwrap_or_default();
        let added = self.ledger.push_alone(ids, description, units(line.amount));
        self.count(added, 1);
        added
    }

    /// Adds a line to the sums, or takes it away.
    fn count(&mut self, line: LineId, times: i64) {
        let ids = Dimension::ALL.map(|dimension| match dimension {
            Dimension::Supplier => NameId::NOT_STATED,
            dimension => self.ledger.name_id(line, dimension),
        });
        let amount = self.ledger.amount(line);
        let (sum, lines) = self.changes.entry(ids).or_default();
        *sum += if times < 0 { -amount } else { amount };
        *lines += times;
    }

    /// What a line that was divided may come to is divided as its amount is.
    fn share_ranges(&mut self) {
        for (line, pieces) in std::mem::take(&mut self.pieces) {
            let all: Vec<LineId> = std::iter::once(line).chain(pieces).collect();
            let weights = all.iter().map(|line| self.ledger.amount(*line).units().abs());
            let (Some(range), Ok(weights)) = (self.ledger.range(line), Weights::new(weights)) else {
                continue;
            };
            let sides = apportion(range.low, &weights).into_iter().zip(apportion(range.high, &weights));
            for (line, (low, high)) in all.into_iter().zip(sides) {
                self.ledger.set_range(line, AmountRange { low, high });
            }
        }
    }

    /// The ledger as it is now.
    pub fn finish(mut self) -> Ledger {
        self.share_ranges();
        let mut changes = self.changes;
        let mut cells: Vec<Cell> = Vec::with_capacity(self.ledger.cells().len() + changes.len());
        for cell in self.ledger.cells().iter() {
            let (amount, lines) = changes.remove(&cell.ids).unwrap_or_default();
            let lines = (i64::from(cell.lines) + lines) as u32;
            if lines > 0 {
                cells.push(Cell { ids: cell.ids, amount: cell.amount + amount, lines });
            }
        }
        let mut new: Vec<Cell> = changes
            .into_iter()
            .filter(|(_, (_, lines))| *lines > 0)
            .map(|(ids, (amount, lines))| Cell { ids, amount, lines: lines as u32 })
            .collect();
        // The changes came in hash order, and the order of cells can be seen in what is made of them.
        new.sort_unstable_by_key(|cell| cell.ids);
        cells.append(&mut new);
        self.ledger.whole(Cells::kept(cells.into_iter()))
    }
}

fn units(amount: Money) -> i64 {
    i64::try_from(amount.units()).expect("a part of a line fits where the line did, and new money is checked")
}
