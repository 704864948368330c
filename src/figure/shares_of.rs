//! Amounts on pictures as parts of a whole, and what that is.

use super::{Blind, Figure, Shape};
use crate::money::{Amounts, Money};

/// What the amounts beside the marks of a picture are parts of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharesOf {
    pub amounts: Amounts,
    /// £.
    pub whole: Money,
    /// "the place", "Starting Well".
    pub of: String,
}

impl SharesOf {
    pub fn say(&self, amount: Money) -> String {
        self.amounts.say(amount, self.whole)
    }

    /// What the numbers are: "% of the place".
    pub fn unit(&self) -> String {
        format!("{} of {}", self.amounts.name(), self.of)
    }
}

impl Figure {
    /// The figure with parts of a whole in place of amounts on its labels; what is told of a mark stays as it is.
    #[must_use]
    pub fn in_shares_of(self, whole: Money) -> Self {
        let captions = (self.title.clone(), self.notes.clone());
        let told: Vec<String> = self.marks.iter().map(|mark| mark.tooltip.clone()).collect();
        let mut figure = Blind::in_shares_of(whole).figure(self);
        (figure.title, figure.notes) = captions;
        for mark in &mut figure.marks {
            if let Shape::Label(text) = &mut mark.shape {
                said_once(&mut text.content);
            }
        }
        for (mark, tooltip) in figure.marks.iter_mut().zip(told) {
            mark.tooltip = tooltip;
        }
        figure
    }
}

/// An amount with its share, such as "£15.8m, 68%", has become the share twice.
fn said_once(words: &mut String) {
    let Some((first, rest)) = words.split_once(", ") else { return };
    let share = first.split(' ').next().filter(|share| share.ends_with('%'));
    if share.is_some_and(|share| rest.starts_with(share)) {
        words.truncate(first.len());
    }
}
