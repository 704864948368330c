//! RowSums of filtered lines by chosen dimensions, as `totals` prints them and tables show them.

use rustc_hash::FxHashMap;

use super::{Cells, Filter, Ledger};
use crate::dimension::{Dimension, Evidence, NameId};
use crate::money::Money;

/// RowSums of the filtered lines by some dimensions, largest first, ties by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    pub by: Vec<Dimension>,
    pub rows: Vec<TotalRow>,
    pub total: Money,
    /// Of that, what is made up to show how it would look, £.
    pub illustrative: Money,
    /// How many lines were added.
    pub lines: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalRow {
    /// One name for each dimension of [`Totals::by`].
    pub names: Vec<String>,
    pub amount: Money,
    /// Of that, what is illustrative, £.
    pub illustrative: Money,
    pub lines: u64,
}

#[derive(Default)]
struct RowSums {
    amount: Money,
    illustrative: Money,
    lines: u64,
}

impl Totals {
    pub fn of(ledger: &Ledger, filter: &Filter, by: &[Dimension]) -> Self {
        let cells = filter.resolve(ledger).cells(by.contains(&Dimension::Supplier));
        Self::of_cells(ledger, &cells, by)
    }

    pub fn of_cells(ledger: &Ledger, cells: &Cells, by: &[Dimension]) -> Self {
        let mut places: FxHashMap<Vec<NameId>, usize> = FxHashMap::default();
        let mut sums: Vec<(Vec<NameId>, RowSums)> = Vec::new();
        let illustrative = ledger.names(Dimension::Evidence).id(Evidence::Illustrative.name());
        for cell in cells.iter() {
            let ids: Vec<NameId> = by.iter().map(|dimension| cell.ids[dimension.index()]).collect();
            let place = if let Some(&place) = places.get(&ids) {
                place
            } else {
                places.insert(ids.clone(), sums.len());
                sums.push((ids, RowSums::default()));
                sums.len() - 1
            };
            let sum = &mut sums[place].1;
            sum.amount += cell.amount;
            sum.lines += u64::from(cell.lines);
            if Some(cell.ids[Dimension::Evidence.index()]) == illustrative {
                sum.illustrative += cell.amount;
            }
        }
        let illustrative = sums.iter().map(|(_, sum)| sum.illustrative).sum();
        let mut rows: Vec<TotalRow> = sums
            .into_iter()
            .map(|(ids, RowSums { amount, illustrative, lines })| TotalRow {
                names: by
                    .iter()
                    .zip(ids)
                    .map(|(&dimension, id)| ledger.names(dimension).name(id).to_owned())
                    .collect(),
                amount,
                illustrative,
                lines,
            })
            .collect();
        // By amount with its sign, as a reader expects of a list of sums: credits come last.
        rows.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.names.cmp(&b.names)));
        Self { by: by.to_vec(), rows, total: cells.total(), illustrative, lines: cells.line_count() }
    }
}
