//! Sums of filtered lines by chosen dimensions, as `totals` prints them and tables show them.

use rustc_hash::FxHashMap;

use super::{AmountRange, Cells, Filter, Ledger, LineId};
use crate::dimension::{Dimension, Evidence, NameId};
use crate::money::Money;

/// Sums of the filtered lines by some dimensions, largest first, ties by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    pub by: Vec<Dimension>,
    pub rows: Vec<TotalRow>,
    pub total: Money,
    /// Of that, what is made up to show how it would look, £.
    pub illustrative: Money,
    /// What the total lies between, where some of its lines have a low and a high.
    pub range: Option<AmountRange>,
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
    /// As [`Totals::range`].
    pub range: Option<AmountRange>,
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
        let matcher = filter.resolve(ledger);
        let mut totals = Self::of_cells(ledger, &matcher.cells(by.contains(&Dimension::Supplier)), by);
        totals.widen(ledger, ledger.ranges().map(|(line, _)| line).filter(|line| matcher.passes(*line)));
        totals
    }

    /// Takes in what the amounts of some of its lines may be.
    pub(super) fn widen(&mut self, ledger: &Ledger, lines: impl Iterator<Item = LineId>) {
        for line in lines {
            let (amount, Some(range)) = (ledger.amount(line), ledger.range(line)) else { continue };
            self.range.get_or_insert(AmountRange::of(self.total)).widen(amount, range);
            let view = ledger.line(line);
            let is_of = |row: &&mut TotalRow| {
                self.by.iter().zip(&row.names).all(|(dimension, name)| view.name(*dimension) == name)
            };
            if let Some(row) = self.rows.iter_mut().find(is_of) {
                row.range.get_or_insert(AmountRange::of(row.amount)).widen(amount, range);
            }
        }
    }

    pub fn of_cells(ledger: &Ledger, cells: &Cells, by: &[Dimension]) -> Self {
        let mut places: FxHashMap<Vec<NameId>, usize> = FxHashMap::default();
        let mut sums: Vec<(Vec<NameId>, RowSums)> = Vec::new();
        let illustrative = ledger.names(Dimension::Evidence).id(Evidence::Illustrative.name());
        let mut ids: Vec<NameId> = Vec::with_capacity(by.len());
        for cell in cells.iter() {
            // Rows are few where cells are many: only a new one's names are kept.
            ids.clear();
            ids.extend(by.iter().map(|dimension| cell.ids[dimension.index()]));
            let place = if let Some(&place) = places.get(&ids) {
                place
            } else {
                places.insert(ids.clone(), sums.len());
                sums.push((ids.clone(), RowSums::default()));
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
                range: None,
                lines,
            })
            .collect();
        // By amount with its sign, as a reader expects of a list of sums: credits come last.
        rows.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.names.cmp(&b.names)));
        Self {
            by: by.to_vec(),
            rows,
            total: cells.total(),
            illustrative,
            range: None,
            lines: cells.line_count(),
        }
    }
}
