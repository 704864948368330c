//! The numbers that a rule of who puts in how much counts by: those to begin with, those that lack, shares that come to
//! a hundred.

use super::{ScenarioChange, Split, SplitRule, SplitShare};
use crate::money::{Money, Weighting, Weights};
use crate::words::all_of;

impl Split {
    /// What is still to be said before the rule can be followed: a number that one of the partners lacks, or fixed
    /// shares that do not come to a hundred.
    pub fn missing(&self, partners: &[&str]) -> Option<String> {
        if !self.needs_numbers() {
            return None;
        }
        let without = self.lacking(partners);
        if !without.is_empty() {
            let whom = all_of(&without);
            return Some(format!("{} has no number for {whom} yet; type one, or lock it", self.rule.name()));
        }
        let sum: Weighting = self.shares.iter().map(|share| share.weight).sum();
        if self.rule != SplitRule::Fixed || sum == Weighting::HUNDRED {
            return None;
        }
        let left = sum.difference(Weighting::HUNDRED);
        let way = if sum < Weighting::HUNDRED { "to share out" } else { "too much" };
        Some(format!("The shares come to {sum}, {left} {way}; they must come to 100"))
    }

    fn needs_numbers(&self) -> bool {
        match self.rule {
            SplitRule::AsToday | SplitRule::Equal => false,
            SplitRule::Benefit => !self.shares.is_empty(),
            SplitRule::Population | SplitRule::Need | SplitRule::Fixed => true,
        }
    }

    /// Of these partners, those that the rule is for and has no number of.
    fn lacking<'a>(&self, partners: &[&'a str]) -> Vec<&'a str> {
        let is_open = |partner: &&&str| !self.locked.iter().any(|name| name == *partner);
        let has_number = |partner: &&&str| self.shares.iter().any(|share| share.partner == **partner);
        partners.iter().filter(is_open).filter(|partner| !has_number(partner)).copied().collect()
    }

    /// The change that locks the partners that the rule has no number of; where it has none of anybody, each counts as
    /// one.
    pub fn with_lacking_mended(&self, partners: &[&str]) -> Option<ScenarioChange> {
        let lacking = if self.needs_numbers() { self.lacking(partners) } else { Vec::new() };
        if lacking.is_empty() {
            return None;
        }
        let mut split = self.clone();
        let label = if self.shares.is_empty() {
            let one = |name: &&str| SplitShare { partner: (*name).to_owned(), weight: Weighting::new(1) };
            split.shares = lacking.iter().map(one).collect();
            "Count every partner as one".to_owned()
        } else {
            split.locked.extend(lacking.iter().map(|name| (*name).to_owned()));
            let puts_in = if lacking.len() > 1 { "they put in" } else { "it puts in" };
            format!("Lock {} at what {puts_in} today", all_of(&lacking))
        };
        if split.rule == SplitRule::Fixed {
            split.scale_to_hundred(None);
        }
        Some(ScenarioChange::Several(label, vec![ScenarioChange::SetSplit(Some(split))]))
    }

    /// A rule with numbers to begin with: people as far as they are known, an index of one, shares as they are today.
    /// `puts_in` is what each partner puts in now.
    pub fn begun(
        rule: SplitRule,
        locked: Vec<String>,
        puts_in: &[(&str, Money)],
        people: impl Fn(&str) -> Option<u64>,
    ) -> Self {
        let mut split = Self { rule, locked, ..Self::default() };
        let is_open = |(name, _): &&(&str, Money)| !split.locked.iter().any(|locked| locked == name);
        let open = puts_in.iter().filter(is_open);
        let share = |partner: &str, weight| SplitShare { partner: partner.to_owned(), weight };
        split.shares = match rule {
            SplitRule::Need => open.map(|(name, _)| share(name, Weighting::new(1))).collect(),
            SplitRule::Population => open
                .filter_map(|(name, _)| Some((name, u32::try_from(people(name)?).ok()?)))
                .map(|(name, people)| share(name, Weighting::new(people)))
                .collect(),
            SplitRule::Fixed => open.map(|(name, amount)| share(name, (*amount).into())).collect(),
            SplitRule::AsToday | SplitRule::Equal | SplitRule::Benefit => Vec::new(),
        };
        if rule == SplitRule::Fixed {
            split.scale_to_hundred(None);
        }
        split
    }

    /// Makes fixed shares come to a hundred, in the proportion they have; one of them may stay as it is.
    pub fn scale_to_hundred(&mut self, kept: Option<&str>) {
        let stays = |share: &SplitShare| kept == Some(share.partner.as_str());
        let kept: Weighting = self.shares.iter().filter(|share| stays(share)).map(|share| share.weight).sum();
        let others: Vec<usize> = (0..self.shares.len()).filter(|&at| !stays(&self.shares[at])).collect();
        let now = others.iter().map(|&at| self.shares[at].weight);
        let even = || Weights::new(vec![1; others.len()]);
        let Ok(weights) = Weights::of(now).or_else(|_| even()) else { return };
        let parts = Weighting::HUNDRED.less(kept).in_proportion(&weights);
        for (at, part) in others.into_iter().zip(parts) {
            self.shares[at].weight = part;
        }
    }
}
