//! How firmly the money in a pool is meant: sums by commitment, for a partner and for all. Each partner's
//! sums come to what it puts in.

use std::collections::BTreeMap;

use super::{Commitment, Model, Scenario};
use crate::money::{Money, Weights, apportion};

/// How firmly money is meant: a sum for each commitment, £.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Committed([Money; 4]);

impl Committed {
    pub fn of(&self, commitment: Commitment) -> Money {
        self.0[commitment as usize]
    }

    pub fn add(&mut self, commitment: Commitment, amount: Money) {
        self.0[commitment as usize] += amount;
    }

    /// The firmest first; commitments without money are left out.
    pub fn parts(&self) -> impl Iterator<Item = (Commitment, Money)> + '_ {
        let all = Commitment::ALL.into_iter().rev();
        all.map(|commitment| (commitment, self.of(commitment))).filter(|(_, amount)| !amount.is_zero())
    }
}

impl Model {
    /// What each new money of the scenario comes to in all years, in its order, £.
    pub fn new_money(&self, scenario: &Scenario) -> Vec<Money> {
        let mut amounts = vec![Money::ZERO; scenario.new_money.len()];
        for position in &self.positions {
            // What no contribution holds is new money, the same in every year.
            let of_lines: Money =
                self.contributions_of(scenario, &position.agency).map(|(_, amount)| amount).sum();
            let own: Vec<usize> = (0..amounts.len())
                .filter(|index| scenario.new_money[*index].partner == position.agency)
                .collect();
            // A partner may declare several new moneys; together they come to what its position says, to the
            // penny.
            let weights = Weights::from_amounts(own.iter().map(|index| scenario.new_money[*index].amount));
            if let Ok(weights) = weights {
                for (index, amount) in own.into_iter().zip(apportion(position.puts_in - of_lines, &weights)) {
                    amounts[index] = amount;
                }
            }
        }
        amounts
    }

    /// What each partner puts in by how firmly it is meant; a partner's parts sum to what it puts in.
    pub fn committed(&self, scenario: &Scenario) -> BTreeMap<&str, Committed> {
        let new_money = self.new_money(scenario);
        let mut by_partner: BTreeMap<&str, Committed> = BTreeMap::new();
        for position in &self.positions {
            let mut committed = Committed::default();
            for (commitment, amount) in self.contributions_of(scenario, &position.agency) {
                committed.add(commitment, amount);
            }
            for (money, amount) in scenario.new_money.iter().zip(&new_money) {
                if money.partner == position.agency {
                    committed.add(money.commitment, *amount);
                }
            }
            by_partner.insert(&position.agency, committed);
        }
        by_partner
    }

    fn contributions_of(
        &self,
        scenario: &Scenario,
        agency: &str,
    ) -> impl Iterator<Item = (Commitment, Money)> {
        scenario
            .contributions
            .iter()
            .zip(&self.contributed)
            .filter(move |(contribution, _)| contribution.partner == agency)
            .map(|(contribution, contributed)| (contribution.commitment, contributed.amount))
    }
}
