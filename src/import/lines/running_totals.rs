//! What has been read so far, added up, to tell a total of it from a line.

use crate::money::Money;

/// The sums of what has been read, by column of amounts: all of it, and what came since the last total.
#[derive(Clone, Debug, Default)]
pub(super) struct RunningTotals {
    all: Vec<Money>,
    since: Vec<Money>,
    lines: u64,
    lines_since: u64,
    /// What damaged rows above would add, if they were read as they may have been meant.
    proposed: Money,
}

impl RunningTotals {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            all: vec![Money::ZERO; columns],
            since: vec![Money::ZERO; columns],
            lines: 0,
            lines_since: 0,
            proposed: Money::ZERO,
        }
    }

    pub(super) fn add(&mut self, column: usize, amount: Money) {
        self.all[column] += amount;
        self.since[column] += amount;
        self.lines += 1;
        self.lines_since += 1;
    }

    /// Adds lines of the first column that were added up already.
    pub(super) fn add_many(&mut self, amount: Money, lines: u64) {
        self.all[0] += amount;
        self.since[0] += amount;
        self.lines += lines;
        self.lines_since += lines;
    }

    /// Whether a total was the last that was met.
    pub(super) fn follows_total(&self) -> bool {
        self.lines > 0 && self.lines_since == 0
    }

    /// What all of the first column comes to.
    pub(super) fn sum(&self) -> Money {
        self.all[0]
    }

    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// Notes what a damaged row would add.
    pub(super) fn propose(&mut self, amount: Money) {
        self.proposed += amount;
    }

    /// Whether this is the sum of everything above, with the damaged rows as they may have been meant.
    pub(super) fn proves_repairs(&self, amount: Money) -> bool {
        !self.proposed.is_zero() && self.lines >= 1 && self.all[0] + self.proposed == amount
    }

    /// Whether these amounts are the sums of everything above, or of what came since the last total.
    pub(super) fn agree(&self, amounts: &[Option<Money>]) -> bool {
        if amounts.iter().all(|amount| amount.is_none_or(Money::is_zero)) {
            return false;
        }
        let same =
            |sums: &[Money]| amounts.iter().zip(sums).all(|(amount, sum)| amount.unwrap_or_default() == *sum);
        self.lines >= 2 && same(&self.all) || self.lines_since >= 2 && same(&self.since)
    }

    /// Whether this is what came since the last total, were it a single line.
    pub(super) fn closes_group(&self, amounts: &[Option<Money>]) -> bool {
        self.lines_since >= 1
            && amounts.iter().zip(&self.since).all(|(amount, sum)| amount.unwrap_or_default() == *sum)
    }

    /// The same, where published sums may miss their parts by rounding.
    pub(super) fn agree_within(&self, amounts: &[Option<Money>], tolerance: Money) -> bool {
        if amounts.iter().all(|amount| amount.is_none_or(Money::is_zero)) {
            return false;
        }
        let near = |sums: &[Money]| {
            amounts
                .iter()
                .zip(sums)
                .all(|(amount, sum)| (amount.unwrap_or_default() - *sum).abs() <= tolerance)
        };
        self.lines >= 2 && near(&self.all) || self.lines_since >= 2 && near(&self.since)
    }

    pub(super) fn is_grand(&self, amounts: &[Option<Money>]) -> bool {
        amounts.iter().zip(&self.all).all(|(amount, sum)| amount.unwrap_or_default() == *sum)
    }

    /// The one of the two sums that is nearer to what a total says.
    pub(super) fn nearest(&self, stated: Money) -> Money {
        let (all, since) = (self.all[0], self.since[0]);
        if (stated - since).abs() < (stated - all).abs() { since } else { all }
    }

    /// A total was met: what follows is added up anew.
    pub(super) fn close(&mut self) {
        self.since.fill(Money::ZERO);
        self.lines_since = 0;
    }
}
