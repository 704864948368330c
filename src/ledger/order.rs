//! Lines in an order that people ask for: by amount, by name, by date, by file and row. Equal lines stay as
//! the ledger has them, so that the same question gives the same list.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use super::{DateId, Filter, Ledger, LineId};
use crate::dimension::{Dimension, NameId};
use crate::money::Money;

/// What lines are put in order by, and which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    pub by: OrderBy,
    pub is_descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderBy {
    Amount,
    Dimension(Dimension),
    Date,
    Description,
    /// The source, then the row.
    Source,
}

/// Lines in an order, with their sum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderedLines {
    pub lines: Vec<LineId>,
    pub total: Money,
}

impl Ledger {
    /// The lines a filter lets through, in an order; lines that are alike stay as the ledger has them.
    ///
    /// `progress` hears how many lines are done and may stop it; there is no result then.
    pub fn lines_in_order(
        &self,
        filter: &Filter,
        order: Order,
        mut progress: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Option<OrderedLines> {
        if progress(0).is_break() {
            return None;
        }
        let lines = self.lines_where(filter);
        // Sorting itself cannot be stopped, so the last chance is here; it takes less than finding the lines
        // did.
        if progress(lines.len() as u64).is_break() {
            return None;
        }
        let total = lines.iter().map(|&line| self.amount(line)).sum();
        let lines = match order.by {
            OrderBy::Amount => sorted(lines, order, |line| self.amount(line)),
            OrderBy::Dimension(dimension) => {
                // Names are compared once, each against the others; lines are then sorted by small numbers.
                let ranks = ranks(self.names(dimension).iter());
                sorted(lines, order, |line| ranks[self.name_id(line, dimension).index()])
            }
            OrderBy::Date => {
                let mut dates: Vec<_> = self.dates().as_slice().to_vec();
                dates.sort_unstable();
                let ranks = self.dates().as_slice().iter().map(|date| dates.partition_point(|d| d < date));
                let ranks: Vec<u32> = ranks.map(|rank| rank as u32).collect();
                sorted(lines, order, |line| ranks[self.date_id(line).index()])
            }
            OrderBy::Description => {
                let ranks = ranks(self.texts().iter());
                sorted(lines, order, |line| ranks[self.description_id(line.index())])
            }
            OrderBy::Source => {
                let mut keys: Vec<_> = self.sources().iter().map(|source| source.key.as_str()).collect();
                keys.sort_unstable();
                // Lines without a source come before the first.
                let ranks: Vec<usize> = self
                    .sources()
                    .iter()
                    .map(|source| keys.partition_point(|key| *key < source.key.as_str()) + 1)
                    .collect();
                let rank = |line: LineId| self.source_index(line).map_or(0, |source| ranks[source]);
                sorted(lines, order, |line| (rank(line), self.provenance(line).row))
            }
        };
        Some(OrderedLines { lines, total })
    }

    /// For each of [`Ledger::sources`], how many lines it has and their sum; at the end those without a source.
    pub fn totals_by_source(&self) -> Vec<(u64, Money)> {
        let mut totals = vec![(0, Money::ZERO); self.sources().len() + 1];
        let none = self.sources().len();
        for index in 0..self.len() {
            let line = LineId(index as u32);
            let total = &mut totals[self.source_index(line).unwrap_or(none)];
            total.0 += 1;
            total.1 += self.amount(line);
        }
        totals
    }

    /// Whether any line has a description, and whether any has a date.
    pub fn has_texts(&self) -> (bool, bool) {
        let mut lines = (0..self.len() as u32).map(LineId);
        (
            lines.clone().any(|line| self.description_id(line.index()) > 0),
            lines.any(|line| self.date_id(line) != DateId::NONE),
        )
    }
}

fn sorted<K: Ord + Copy>(lines: Vec<LineId>, order: Order, key: impl Fn(LineId) -> K) -> Vec<LineId> {
    let mut keyed: Vec<(K, LineId)> = lines.into_iter().map(|line| (key(line), line)).collect();
    // The line itself decides between equals, so that no order is left to chance.
    keyed.sort_unstable_by(|a, b| {
        let by_key = if order.is_descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
        by_key.then(a.1.cmp(&b.1))
    });
    keyed.into_iter().map(|(_, line)| line).collect()
}

/// The place of each name among all, by its letters without regard to case; nothing stated comes first.
fn ranks<'a>(names: impl Iterator<Item = (NameId, &'a str)>) -> Vec<u32> {
    let mut names: Vec<(NameId, &str)> = names.collect();
    names.sort_unstable_by(|a, b| {
        let stated = (a.0 != NameId::NOT_STATED).cmp(&(b.0 != NameId::NOT_STATED));
        stated.then_with(|| by_letters(a.1, b.1))
    });
    let mut ranks = vec![0; names.len()];
    for (rank, (id, _)) in (0..).zip(&names) {
        ranks[id.index()] = rank;
    }
    ranks
}

fn by_letters(a: &str, b: &str) -> Ordering {
    let folded = a.chars().flat_map(char::to_lowercase).cmp(b.chars().flat_map(char::to_lowercase));
    folded.then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::SpendLine;

    fn check(order: Order, expected: &[&str]) {
        let line = |service: Option<&str>, amount: &str| SpendLine {
            amount: amount.parse().unwrap(),
            service: service.map(str::to_owned),
            description: Some(format!("no. {amount}")),
            ..SpendLine::default()
        };
        let lines =
            [line(Some("youth"), "5"), line(Some("Arts"), "-7"), line(None, "5"), line(Some("arts"), "12")];
        let ledger = Ledger::from_lines(&lines, &[], &[]);
        let ordered =
            ledger.lines_in_order(&Filter::default(), order, |_| ControlFlow::Continue(())).unwrap();
        let names: Vec<String> = ordered
            .lines
            .iter()
            .map(|&line| format!("{} {}", ledger.line(line).name(Dimension::Service), ledger.amount(line)))
            .collect();
        assert_eq!(names, expected);
        assert_eq!(ordered.total.to_string(), "15.00");
    }

    #[test]
    fn equal_lines_stay_in_the_order_of_the_file_either_way() {
        let by = OrderBy::Amount;
        check(
            Order { by, is_descending: true },
            &["arts 12.00", "youth 5.00", "Not stated 5.00", "Arts -7.00"],
        );
        check(
            Order { by, is_descending: false },
            &["Arts -7.00", "youth 5.00", "Not stated 5.00", "arts 12.00"],
        );
    }

    #[test]
    fn names_are_ordered_without_regard_to_case() {
        let order = Order { by: OrderBy::Dimension(Dimension::Service), is_descending: false };
        check(order, &["Not stated 5.00", "Arts -7.00", "arts 12.00", "youth 5.00"]);
    }

    #[test]
    fn what_is_stopped_gives_nothing() {
        let order = Order { by: OrderBy::Source, is_descending: false };
        let stopped = Ledger::default().lines_in_order(&Filter::default(), order, |_| ControlFlow::Break(()));
        assert_eq!(stopped, None);
    }
}
