//! The lines by which a person sees whether a file was understood: its first, those with the largest amounts, its
//! last.

use std::cmp::Reverse;

use crate::ledger::{Ledger, LineId};

/// Lines at the beginning, and with the largest amounts.
const MOST: usize = 5;
/// Lines at the end, where totals and signatures stand.
const LAST: usize = 3;

/// Some lines of a file; each is among the first of these that it belongs to, and in no other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinesToSee {
    pub first: Vec<LineId>,
    /// By the size of their amounts, credits as well as payments.
    pub largest: Vec<LineId>,
    pub last: Vec<LineId>,
}

impl LinesToSee {
    /// Of lines in the order of their file.
    pub fn of(ledger: &Ledger) -> Self {
        let mut first = Vec::new();
        let mut largest: Vec<LineId> = Vec::new();
        let mut last: Vec<LineId> = Vec::new();
        let size = |line: LineId| ledger.amount(line).units().unsigned_abs();
        for line in ledger.lines().map(|line| line.id()) {
            if first.len() < MOST {
                first.push(line);
                continue;
            }
            last.push(line);
            if last.len() > LAST {
                last.remove(0);
            }
            if largest.len() < MOST || largest.last().is_some_and(|least| size(*least) < size(line)) {
                let at = largest.partition_point(|other| Reverse(size(*other)) <= Reverse(size(line)));
                largest.insert(at, line);
                largest.truncate(MOST);
            }
        }
        last.retain(|line| !largest.contains(line));
        Self { first, largest, last }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::SpendLine;

    fn seen(amounts: &[&str]) -> [Vec<usize>; 3] {
        let line = |amount: &&str| SpendLine { amount: amount.parse().unwrap(), ..SpendLine::default() };
        let lines: Vec<SpendLine> = amounts.iter().map(line).collect();
        let ledger = Ledger::from_lines(&lines, &[], &[]);
        let LinesToSee { first, largest, last } = LinesToSee::of(&ledger);
        [first, largest, last].map(|lines| lines.into_iter().map(LineId::index).collect())
    }

    #[test]
    fn the_first_the_largest_and_the_last_lines_are_seen_once_each() {
        let amounts =
            ["9", "1", "1", "1", "1", "5", "-70", "60", "5", "5", "8", "60", "2", "3", "900", "4", "1"];
        assert_eq!(seen(&amounts), [vec![0, 1, 2, 3, 4], vec![14, 6, 7, 11, 10], vec![15, 16]]);
        assert_eq!(seen(&["1", "2"]), [vec![0, 1], vec![], vec![]]);
        assert_eq!(seen(&[]), [const { Vec::<usize>::new() }; 3]);
    }
}
