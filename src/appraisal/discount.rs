//! What money of later years is worth in year 0, by rates that may change.

use num_traits::One as _;

use super::DiscountRate;
use super::exact::{self, Exact};
use crate::dimension::FinancialYear;
use crate::money::{Money, Percent};

/// Beyond this a pound of a later year would count for more than a line may hold: rates near −100% over many years.
const LARGEST_FACTOR: u64 = 1_000_000_000;

/// Factors by year; year 0 counts in full.
#[derive(Clone, Debug)]
pub struct Discounting {
    factors: Vec<Exact>,
    /// The rate that turns the year before into each, year 0 aside; none is not discounted.
    rates: Vec<Percent>,
}

impl Discounting {
    /// Every year counts alike.
    pub(super) fn none(years: usize) -> Self {
        Self { factors: vec![Exact::one(); years], rates: Vec::new() }
    }

    /// By rates in their order, over so many years.
    ///
    /// Each factor is the one before over 1 + the rate in force, so that a change of rate restates no earlier year.
    pub(super) fn over(rates: &[DiscountRate], years: usize) -> Result<Self, String> {
        if rates.is_empty() {
            return Ok(Self::none(years));
        }
        let mut factors: Vec<Exact> = Vec::with_capacity(years);
        let mut in_force = Vec::with_capacity(years);
        for year in 0..years {
            let Some(before) = factors.last() else {
                factors.push(Exact::one());
                continue;
            };
            let rate = rates
                .iter()
                .rev()
                .find(|rate| rate.from as usize <= year)
                .map_or(Percent::NONE, |rate| rate.rate);
            let factor = before / (Exact::one() + exact::of_share(rate.share()));
            if factor > Exact::from_integer(LARGEST_FACTOR.into()) {
                return Err(format!(
                    "discount {rate}: over {year} years a pound would count as more than a thousand million; give 0% or more"
                ));
            }
            factors.push(factor);
            in_force.push(rate);
        }
        // An appraisal of one year has a rate that it never uses.
        if in_force.is_empty() {
            in_force.extend(rates.first().map(|rate| rate.rate));
        }
        Ok(Self { factors, rates: in_force })
    }

    pub(super) fn years(&self) -> usize {
        self.factors.len()
    }

    /// What an amount of whole pence in a year is worth in year 0, to the penny.
    pub(super) fn present(&self, amount: Money, year: usize) -> Option<Money> {
        exact::pence_times(amount, &self.factors[year])
    }

    pub fn is_discounted(&self) -> bool {
        !self.rates.is_empty()
    }

    /// Each factor to twelve decimals: `1`, `0.966183574879`.
    pub fn factors(&self) -> Vec<String> {
        self.factors.iter().map(|factor| exact::in_decimals(factor, 12)).collect()
    }

    /// "discounted at 3.5%, then 3% from 2043/44", or "not discounted".
    pub fn in_words(&self, years: &[FinancialYear]) -> String {
        let Some(first) = self.rates.first() else { return "not discounted".to_owned() };
        let mut words = format!("discounted at {first}");
        for (index, pair) in self.rates.windows(2).enumerate().filter(|(_, pair)| pair[0] != pair[1]) {
            if let Some(year) = years.get(index + 2) {
                words.push_str(&format!(", then {} from {year}", pair[1]));
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(rates: &[(u32, &str)]) -> Vec<DiscountRate> {
        rates.iter().map(|(from, rate)| DiscountRate { from: *from, rate: rate.parse().unwrap() }).collect()
    }

    #[test]
    fn a_change_of_rate_restates_no_earlier_year() {
        // HM Treasury's standard rates, of which the second holds from year 31.
        let standard = Discounting::over(&rates(&[(1, "3.5%"), (31, "3.0%")]), 32).unwrap().factors();
        assert_eq!([&*standard[0], &*standard[1], &*standard[31]], ["1", "0.966183574879", "0.345901369517"]);
        let flat = Discounting::over(&rates(&[(1, "3.5%")]), 32).unwrap().factors();
        assert_eq!(standard[..31], flat[..31]);
    }

    #[test]
    fn rates_near_a_whole_loss_are_refused() {
        let error = Discounting::over(&rates(&[(1, "-99%")]), 30).unwrap_err();
        assert_eq!(
            error,
            "discount -99%: over 5 years a pound would count as more than a thousand million; give 0% or more"
        );
    }
}
