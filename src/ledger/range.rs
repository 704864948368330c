//! What an estimated amount may come to: a low and a high beside it. Few lines have them, so they are a list beside the
//! columns of a ledger; a sum with one of them among its lines lies between two sums.

use super::{Filter, Ledger, LineId};
use crate::money::{Money, in_full, in_short};

/// The least and the most that an amount may be, £.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountRange {
    pub low: Money,
    pub high: Money,
}

impl AmountRange {
    /// What an amount alone is: certain.
    pub const fn of(amount: Money) -> Self {
        Self { low: amount, high: amount }
    }

    /// That of a sum of two amounts.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// That of a sum, once a line of this amount has this range.
    pub(super) fn widen(&mut self, amount: Money, range: Self) {
        self.low += range.low - amount;
        self.high += range.high - amount;
    }

    /// "between £171m and £195m": no more digits than an estimate has.
    pub fn in_words(self) -> String {
        format!("between {} and {}", in_short(self.low), in_short(self.high))
    }

    /// Why a range cannot be that of an amount, where it cannot.
    pub fn wrong_for(self, amount: Money) -> Option<String> {
        if self.low > amount {
            Some(format!("low {} is more than the amount {amount}", self.low))
        } else if self.high < amount {
            Some(format!("high {} is less than the amount {amount}", self.high))
        } else {
            None
        }
    }
}

/// A sum to the penny; of an estimate no pennies are known, and it says between what it lies.
pub fn full_or_between(amount: Money, range: Option<AmountRange>) -> String {
    range.map_or_else(|| in_full(amount), AmountRange::in_words)
}

/// A sum to three figures, or between what it lies.
pub fn short_or_between(amount: Money, range: Option<AmountRange>) -> String {
    range.map_or_else(|| in_short(amount), AmountRange::in_words)
}

/// Stands before an amount that is an estimate.
pub const ABOUT: &str = "about ";

/// A sum to three figures, marked where it is an estimate and there is no room for both its ends: "about £180m".
pub fn short_or_about(amount: Money, is_estimate: bool) -> String {
    if is_estimate { format!("{ABOUT}{}", in_short(amount)) } else { in_short(amount) }
}

/// A sum to the penny where it is certain, and else marked as an estimate.
pub fn full_or_about(amount: Money, is_estimate: bool) -> String {
    if is_estimate { short_or_about(amount, true) } else { in_full(amount) }
}

/// The ranges of lines that have one, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LineRanges(Vec<(u32, AmountRange)>);

impl LineRanges {
    pub(super) fn get(&self, line: LineId) -> Option<AmountRange> {
        let at = self.0.binary_search_by_key(&line.0, |(line, _)| *line).ok()?;
        Some(self.0[at].1)
    }

    pub(super) fn set(&mut self, line: LineId, range: AmountRange) {
        match self.0.binary_search_by_key(&line.0, |(line, _)| *line) {
            Ok(at) => self.0[at].1 = range,
            Err(at) => self.0.insert(at, (line.0, range)),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (LineId, AmountRange)> + '_ {
        self.0.iter().map(|(line, range)| (LineId(*line), *range))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of some of the lines, which are numbered anew in their order.
    pub(super) fn picked(&self, kept: &[u32]) -> Self {
        let new = |(line, range): &(u32, AmountRange)| {
            kept.binary_search(line).ok().map(|index| (index as u32, *range))
        };
        Self(self.0.iter().filter_map(new).collect())
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<(u32, AmountRange)>()
    }
}

impl Ledger {
    /// What a sum of the lines that pass a filter lies between, where one of them has a low and a high.
    pub fn range_where(&self, filter: &Filter) -> Option<AmountRange> {
        if !self.has_ranges() {
            return None;
        }
        let matcher = filter.resolve(self);
        let mut ranges = self.ranges().filter(|(line, _)| matcher.passes(*line)).peekable();
        ranges.peek()?;
        let mut sum = AmountRange::of(matcher.cells(false).total());
        for (line, range) in ranges {
            sum.widen(self.amount(line), range);
        }
        Some(sum)
    }
}
