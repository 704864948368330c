//! What comes back for each pound, when it has, and how far benefits may fall: exact, and rounded where it is shown.

use super::exact::{self, Exact};
use super::{AppraisalFigures, AppraisedSum, OutcomeKind};
use crate::dimension::Evidence;
use crate::money::{Money, Share};

/// What comes back for each pound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRatio(Exact);

impl ReturnRatio {
    fn of(part: Money, whole: Money) -> Option<Self> {
        (!whole.is_zero()).then(|| Self(exact::in_pence(part) / exact::in_pence(whole)))
    }

    /// Two decimals, as pictures have it: `2.83`.
    pub fn short(&self) -> String {
        exact::in_fixed_decimals(&self.0, 2)
    }

    /// Four decimals, as tables have it: `2.8303`.
    pub fn full(&self) -> String {
        exact::in_fixed_decimals(&self.0, 4)
    }
}

/// A year of an appraisal, £.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AppraisedYear {
    /// Not discounted.
    pub cost: Money,
    pub benefit: Money,
    /// Benefit less cost in year 0 of all years so far.
    pub cumulative: Money,
    /// The same of what is cash.
    pub cumulative_cash: Money,
}

impl AppraisalFigures {
    /// Fiscal benefit for each pound of cost, present values; none without a cost.
    pub fn financial_return(&self) -> Option<ReturnRatio> {
        ReturnRatio::of(self.benefit(), self.cost())
    }

    /// What of it is cash.
    pub fn cash_return(&self) -> Option<ReturnRatio> {
        ReturnRatio::of(self.cash(), self.cost())
    }

    /// Benefit of all kinds for each pound of cost.
    pub fn public_value_return(&self) -> Option<ReturnRatio> {
        let all = OutcomeKind::ALL.into_iter().map(|kind| self.sum_of(kind).present).sum();
        ReturnRatio::of(all, self.cost())
    }

    /// By how much benefits may fall before they are less than the cost; none without a benefit.
    pub fn break_even(&self) -> Option<ReturnRatio> {
        ReturnRatio::of(self.benefit() - self.cost(), self.benefit())
    }

    /// All benefits of a kind.
    pub fn sum_of(&self, kind: OutcomeKind) -> AppraisedSum {
        let of_kind = self.gains.iter().filter(|gain| gain.kind == kind);
        of_kind.flat_map(|gain| gain.years.iter().copied()).sum()
    }

    /// All costs.
    pub fn cost_sum(&self) -> AppraisedSum {
        self.costs.iter().flat_map(|cost| cost.years.iter().copied()).sum()
    }

    /// Year by year, with fiscal benefits.
    pub fn by_year(&self) -> Vec<AppraisedYear> {
        let mut years = vec![AppraisedYear::default(); self.discounting.years()];
        let mut present = vec![(Money::ZERO, Money::ZERO); years.len()];
        for cost in &self.costs {
            for (year, cell) in cost.years.iter().enumerate() {
                years[year].cost += cell.amount;
                present[year].0 -= cell.present;
                present[year].1 -= cell.present;
            }
        }
        for gain in self.gains.iter().filter(|gain| gain.kind == OutcomeKind::Fiscal) {
            for (year, cell) in gain.years.iter().enumerate() {
                years[year].benefit += cell.amount;
                present[year].0 += cell.present;
                present[year].1 += cell.cashable_present;
            }
        }
        let (mut all, mut cash) = (Money::ZERO, Money::ZERO);
        for (year, (of_year, cash_of_year)) in years.iter_mut().zip(present) {
            all += of_year;
            cash += cash_of_year;
            (year.cumulative, year.cumulative_cash) = (all, cash);
        }
        years
    }

    /// The first year from which the benefits so far have paid for the costs so far, and go on doing so.
    pub fn payback(&self) -> Option<usize> {
        stays_paid(self.by_year().iter().map(|year| year.cumulative))
    }

    /// The same in cash.
    pub fn cash_payback(&self) -> Option<usize> {
        stays_paid(self.by_year().iter().map(|year| year.cumulative_cash))
    }

    /// How much of the cost is illustrative, by present value.
    pub fn illustrative_cost(&self) -> Share {
        let illustrative = self.costs.iter().filter(|cost| cost.evidence == Some(Evidence::Illustrative));
        let sum: AppraisedSum = illustrative.flat_map(|cost| cost.years.iter().copied()).sum();
        Share::of(sum.present, self.cost()).unwrap_or(Share::NONE)
    }

    /// How much of the fiscal benefit is illustrative, by present value.
    pub fn illustrative_benefit(&self) -> Share {
        let illustrative = self
            .gains
            .iter()
            .filter(|gain| gain.kind == OutcomeKind::Fiscal && gain.evidence == Some(Evidence::Illustrative));
        let sum: AppraisedSum = illustrative.flat_map(|gain| gain.years.iter().copied()).sum();
        Share::of(sum.present, self.benefit()).unwrap_or(Share::NONE)
    }
}

/// From which on none of the sums is below nothing.
fn stays_paid(sums: impl DoubleEndedIterator<Item = Money> + ExactSizeIterator) -> Option<usize> {
    let years = sums.len();
    let paid = sums.rev().take_while(|sum| !sum.is_negative()).count();
    (paid > 0).then(|| years - paid)
}
