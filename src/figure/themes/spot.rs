//! What a mark of the picture of themes stands for: which lines, how much, and of what it is how much.

use std::collections::BTreeSet;

use super::super::{MarkId, Rect};
use crate::dimension::Dimension;
use crate::flow::breakdown::{Grade, Graded};
use crate::ledger::{Filter, full_or_about};
use crate::money::{Money, Share, in_short, percent};
use crate::words::thousands;

/// A theme, an agency, a stage, or where two meet: where it lies and what it is.
#[derive(Clone, Debug)]
pub struct ThemesSpot {
    pub mark: MarkId,
    /// The room in which it can be pointed at, beyond its marks.
    pub reach: Rect,
    /// The column of the agency that it belongs to.
    pub column: Option<usize>,
    /// A piece of a bar by agencies.
    pub is_piece: bool,
    pub meaning: SpotMeaning,
}

/// Lines of the place, with what is said of them.
#[derive(Clone, Debug)]
pub struct SpotMeaning {
    /// "Cheshire Police: Living Well".
    pub title: String,
    /// What the lines have in common. A group's are the names of all that are in it.
    pub conditions: Vec<(Dimension, BTreeSet<String>)>,
    pub amount: Graded,
    /// Amounts it is a part of, with what they are called.
    pub wholes: Vec<(Money, String)>,
}

impl SpotMeaning {
    /// What is read aloud.
    pub fn said(&self) -> String {
        let share = self.wholes.first().and_then(|(whole, name)| {
            Some(format!(", {} of {name}", percent(Share::of(self.amount.total(), *whole)?)))
        });
        format!("{}, {}{}", self.title, self.amount.in_full(), share.unwrap_or_default())
    }

    /// Of what it is how much, and how much that is for each of so many people.
    pub fn shares(&self, people: Option<u64>) -> Vec<String> {
        let amount = self.amount.total();
        let of = |(whole, name): &(Money, String)| {
            Some(format!("{} of {name}", percent(Share::of(amount, *whole)?)))
        };
        let mut shares: Vec<String> = self.wholes.iter().filter_map(of).collect();
        shares.dedup();
        if let Some(people) = people {
            let head = full_or_about(amount.per(people), self.amount.range().is_some());
            shares.push(format!("{head} for each of {} people", thousands(people)));
        }
        shares
    }

    /// How much of it is how well known, where it is not actual.
    pub fn grades(&self) -> Vec<String> {
        let amount = self.amount.total();
        let unsure = self.amount.parts().filter(|(grade, _)| *grade != Grade::Firm);
        unsure
            .map(|(grade, part)| {
                let share = Share::of(part, amount).map(percent).unwrap_or_default();
                format!("{share} is {}, {}", grade.word(), in_short(part))
            })
            .collect()
    }

    /// The filter with nothing but these lines left.
    pub fn narrow(&self, filter: &Filter) -> Filter {
        let mut next = filter.clone();
        for (dimension, names) in &self.conditions {
            next.set_only(*dimension, names.clone());
        }
        next
    }

    /// Whether the filter is as narrow as that.
    pub fn is_all_of(&self, filter: &Filter) -> bool {
        self.conditions.iter().all(|(dimension, names)| filter.names(*dimension) == Some(names))
    }

    /// The filter without these conditions.
    pub fn widen(&self, filter: &Filter) -> Filter {
        let mut next = filter.clone();
        for (dimension, _) in &self.conditions {
            next.set_only(*dimension, BTreeSet::new());
        }
        next
    }
}
