//! What one ledger has more or less than another, row by row: a scenario against the baseline, or against
//! another scenario.

use std::collections::BTreeMap;

use super::Model;
use crate::dimension::Dimension;
use crate::ledger::{Filter, Keep, Ledger, Totals};
use crate::money::Money;

/// What one ledger has more or less than another, by some dimensions: a scenario against the baseline, or two
/// scenarios against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub by: Vec<Dimension>,
    /// Only what changes, the largest change first, ties by name.
    pub rows: Vec<ChangedAmount>,
    /// The sum of the second less that of the first, £.
    pub total: Money,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedAmount {
    /// One name for each dimension of [`Difference::by`].
    pub names: Vec<String>,
    /// £.
    pub before: Money,
    /// £.
    pub after: Money,
}

impl ChangedAmount {
    /// More is positive, less is negative, £.
    pub fn change(&self) -> Money {
        self.after - self.before
    }
}

impl Difference {
    /// Those of its rows that a filter lets through, as far as it asks for names that they have.
    #[must_use]
    pub fn only(mut self, filter: &Filter) -> Self {
        let by = &self.by;
        self.rows.retain(|row| {
            filter.chips.iter().all(|chip| {
                match by.iter().position(|dimension| *dimension == chip.dimension) {
                    Some(at) => chip.names.contains(&row.names[at]) == (chip.keep == Keep::Only),
                    None => true,
                }
            })
        });
        self.total = self.rows.iter().map(ChangedAmount::change).sum();
        self
    }

    pub fn between(before: &Ledger, after: &Ledger, filter: &Filter, by: &[Dimension]) -> Self {
        let rows = |ledger: &Ledger| {
            Totals::of(ledger, filter, by).rows.into_iter().map(|row| (row.names, row.amount))
        };
        Self::of_amounts(by, rows(before), rows(after))
    }

    /// What every partner gains or loses: the change of its net position. The baseline has no model, and all nets are
    /// nothing there.
    pub fn of_nets(before: Option<&Model>, after: Option<&Model>) -> Self {
        let nets = |model: Option<&Model>| {
            let positions = model.map_or(&[][..], |model| &model.positions);
            positions.iter().map(|position| (vec![position.agency.clone()], position.net)).collect::<Vec<_>>()
        };
        Self::of_amounts(&[Dimension::Agency], nets(before), nets(after))
    }

    fn of_amounts(
        by: &[Dimension],
        before: impl IntoIterator<Item = (Vec<String>, Money)>,
        after: impl IntoIterator<Item = (Vec<String>, Money)>,
    ) -> Self {
        // By names and not ids: the two ledgers may be of different scenarios, each with names of its own.
        let mut amounts: BTreeMap<Vec<String>, (Money, Money)> = BTreeMap::new();
        for (names, amount) in before {
            amounts.entry(names).or_default().0 = amount;
        }
        for (names, amount) in after {
            amounts.entry(names).or_default().1 = amount;
        }
        let mut rows: Vec<ChangedAmount> = amounts
            .into_iter()
            .filter(|(_, (before, after))| before != after)
            .map(|(names, (before, after))| ChangedAmount { names, before, after })
            .collect();
        // A loss is as important as a gain of the same size.
        rows.sort_by(|a, b| b.change().abs().cmp(&a.change().abs()).then_with(|| a.names.cmp(&b.names)));
        let total = rows.iter().map(ChangedAmount::change).sum();
        Self { by: by.to_vec(), rows, total }
    }
}
