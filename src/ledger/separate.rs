//! Totals that are never one: lines of different bases, or of different years, have a sum for each.

use std::collections::BTreeMap;

use super::{Cells, Filter, Ledger, LineId, Totals};
use crate::dimension::{Dimension, NameId};
use crate::words::list;

/// Sums of the filtered lines, one for each basis and, unless they may be added, each year among them.
///
/// A year of budgets and one of outturns, or two yearly figures of one service, are counts of different things: their
/// sum is no amount of money that anybody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeparateTotals {
    /// What differs among the lines and is told apart; empty where all of them may be added.
    pub apart: Vec<Dimension>,
    /// The newest year first; one where nothing differs.
    pub parts: Vec<PartTotals>,
    /// Payments by their dates that were added over these years, in order; empty unless that was done.
    pub added_years: Vec<String>,
}

/// The sums of lines that count the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartTotals {
    /// One name for each dimension of [`SeparateTotals::apart`].
    pub names: Vec<String>,
    pub totals: Totals,
}

/// What the lines are, and so whether the sum of two years of them means anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Periods {
    /// Figures for a year: those of two years count the same service twice.
    Yearly,
    /// Payments of one list, each of its own date: two years of them are a longer list.
    DatedPayments,
}

impl Periods {
    /// Of the lines that are kept: payments where each has a date and one agency made them all.
    pub fn of(ledger: &Ledger, filter: &Filter) -> Self {
        let lines = ledger.lines_where(filter);
        let mut agencies = lines.iter().map(|line| ledger.name_id(*line, Dimension::Agency));
        let first = agencies.next();
        let is_one_list = agencies.all(|agency| Some(agency) == first);
        if is_one_list && !lines.is_empty() && lines.iter().all(|line| ledger.date(*line).is_some()) {
            Self::DatedPayments
        } else {
            Self::Yearly
        }
    }
}

impl SeparateTotals {
    pub fn of(ledger: &Ledger, filter: &Filter, by: &[Dimension], periods: Periods) -> Self {
        let matcher = filter.resolve(ledger);
        let cells = matcher.cells(by.contains(&Dimension::Supplier));
        let ranged: Vec<LineId> =
            ledger.ranges().map(|(line, _)| line).filter(|line| matcher.passes(*line)).collect();
        let differs = |dimension: Dimension| cells.occurring(dimension).len() > 1;
        let mut apart = Vec::new();
        let mut added_years = Vec::new();
        // Divided by year each row is of one year, as was asked.
        if differs(Dimension::Year) && !by.contains(&Dimension::Year) {
            match periods {
                Periods::Yearly => apart.push(Dimension::Year),
                Periods::DatedPayments => {
                    let names = ledger.names(Dimension::Year);
                    let years = cells.occurring(Dimension::Year).into_iter();
                    added_years = years.map(|id| names.name(id).to_owned()).collect();
                    added_years.sort_unstable();
                }
            }
        }
        if differs(Dimension::Basis) {
            apart.push(Dimension::Basis);
        }
        let mut kinds: BTreeMap<Vec<NameId>, Vec<_>> = BTreeMap::new();
        for cell in cells.iter() {
            let ids = apart.iter().map(|dimension| cell.ids[dimension.index()]).collect();
            kinds.entry(ids).or_default().push(*cell);
        }
        // Of no line the sum is nothing, and still a sum.
        if kinds.is_empty() {
            kinds.insert(Vec::new(), Vec::new());
        }
        let mut parts: Vec<(Vec<bool>, PartTotals)> = kinds
            .into_iter()
            .map(|(ids, cells)| {
                let named = apart.iter().zip(&ids);
                let names =
                    named.map(|(&dimension, &id)| ledger.names(dimension).name(id).to_owned()).collect();
                let stated = ids.iter().map(|id| *id != NameId::NOT_STATED).collect();
                let mut totals = Totals::of_cells(ledger, &Cells::kept(cells.into_iter()), by);
                let is_of = |line: &LineId| {
                    apart.iter().zip(&ids).all(|(dimension, id)| ledger.name_id(*line, *dimension) == *id)
                };
                totals.widen(ledger, ranged.iter().copied().filter(is_of));
                (stated, PartTotals { names, totals })
            })
            .collect();
        parts.sort_by(|(a_stated, a), (b_stated, b)| {
            // Years are written so that the later is the larger.
            b_stated.cmp(a_stated).then_with(|| b.names.cmp(&a.names))
        });
        Self { apart, parts: parts.into_iter().map(|(_, part)| part).collect(), added_years }
    }

    /// Why there is no single total, or of what years there is one; empty where there is nothing to say.
    pub fn why(&self) -> String {
        if let [first, .., last] = &self.added_years[..] {
            return format!("Payments by date, added over the years from {first} to {last}.");
        }
        if self.apart.is_empty() {
            return String::new();
        }
        let kinds: Vec<String> = self
            .apart
            .iter()
            .enumerate()
            .map(|(index, dimension)| {
                let names: std::collections::BTreeSet<String> =
                    self.parts.iter().map(|part| part.names[index].clone()).collect();
                let kind = if *dimension == Dimension::Year { "years" } else { "bases" };
                format!("different {kind} ({})", list(&names.into_iter().collect::<Vec<_>>()))
            })
            .collect();
        format!("Lines of {} are not added: each has its own total.", list(&kinds))
    }
}
