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

    pub fn total(&self) -> Money {
        self.0.iter().copied().sum()
    }

    /// The firmest first; commitments without money are left out.
    pub fn parts(&self) -> impl Iterator<Item = (Commitment, Money)> + '_ {
        let all = Commitment::ALL.into_iter().rev();
        all.map(|commitment| (commitment, self.of(commitment))).filter(|(_, amount)| !amount.is_zero())
    }
}

impl Model {
    /// What each partner puts in by how firmly it is meant; a partner's parts sum to what it puts in.
    pub fn committed(&self, scenario: &Scenario) -> BTreeMap<&str, Committed> {
        let mut by_partner: BTreeMap<&str, Committed> = BTreeMap::new();
        for position in &self.positions {
            let own = scenario.contributions.iter().zip(&self.contributed);
            let own = own.filter(|(contribution, _)| contribution.partner == position.agency);
            let mut committed = Committed::default();
            for (contribution, contributed) in own {
                committed.add(contribution.commitment, contributed.amount);
            }
            // What no contribution holds is new money, the same in every year.
            let new: Vec<_> =
                scenario.new_money.iter().filter(|money| money.partner == position.agency).collect();
            if let Ok(weights) = Weights::from_amounts(new.iter().map(|money| money.amount)) {
                let amounts = apportion(position.puts_in - committed.total(), &weights);
                for (money, amount) in new.into_iter().zip(amounts) {
                    committed.add(money.commitment, amount);
                }
            }
            by_partner.insert(&position.agency, committed);
        }
        by_partner
    }
}
