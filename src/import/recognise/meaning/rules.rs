//! Rules that say what a heading means by its words, as data: in a list of them the first that fits counts.

use rustc_hash::FxHashSet;

use super::kinds::Meaning;
use crate::dimension::Dimension;

/// Words for a number, or for a place in a tree, that stands for something rather than its name.
pub(super) const CODE: &str = "code id identifier number key uri url path slug internal reference ids";

/// What a heading means that holds certain words.
pub(super) struct HeadingRule {
    /// It fits where one of these does.
    pub(super) when: &'static [Words],
    pub(super) says: Says,
}

pub(super) enum Says {
    /// What it means, and how surely: 0 to 100.
    Means(Meaning, u8),
    /// The first of these that fits; where none does, the list goes on.
    First(&'static [HeadingRule]),
}

/// The name of this dimension.
pub(super) const fn dimension(dimension: Dimension, sure: u8) -> Says {
    Says::Means(Meaning::Dimension(dimension), sure)
}

/// The words that a heading must hold, and those that it must not. Lists of words have spaces between.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// One word of each list that is not empty.
    of_each: [&'static str; 3],
    /// None of these.
    without: &'static str,
    /// In all.
    most: usize,
    /// What the last word ends with.
    ending: &'static str,
}

/// Fits every heading.
pub(super) const ALWAYS: Words = Words { of_each: [""; 3], without: "", most: usize::MAX, ending: "" };

/// One of these words.
pub(super) const fn any(words: &'static str) -> Words {
    Words { of_each: [words, "", ""], ..ALWAYS }
}

/// One word of either list.
pub(super) const fn both(first: &'static str, second: &'static str) -> Words {
    Words { of_each: [first, second, ""], ..ALWAYS }
}

/// One word of each of three lists.
pub(super) const fn all(first: &'static str, second: &'static str, third: &'static str) -> Words {
    Words { of_each: [first, second, third], ..ALWAYS }
}

impl Words {
    /// None of these words.
    pub(super) const fn without(self, without: &'static str) -> Self {
        Self { without, ..self }
    }

    /// So many words in all.
    pub(super) const fn at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The last word ends so.
    pub(super) const fn ending(self, ending: &'static str) -> Self {
        Self { ending, ..self }
    }

    fn fits(&self, heading: &[String]) -> bool {
        let holds_any = |words: &str| words.split(' ').any(|word| heading.iter().any(|held| held == word));
        heading.len() <= self.most
            && self.of_each.iter().all(|words| words.is_empty() || holds_any(words))
            && (self.without.is_empty() || !holds_any(self.without))
            && (self.ending.is_empty() || heading.last().is_some_and(|last| last.ends_with(self.ending)))
    }
}

/// The words that rules look for.
pub(super) fn telling_words(rules: &[HeadingRule], into: &mut FxHashSet<&'static str>) {
    for rule in rules {
        for words in rule.when.iter().flat_map(|words| words.of_each) {
            into.extend(words.split(' '));
        }
        if let Says::First(rules) = rule.says {
            telling_words(rules, into);
        }
    }
}

/// What the first rule that fits says of a heading, given as its words.
pub(super) fn first(rules: &[HeadingRule], heading: &[String]) -> Option<(Meaning, u8)> {
    rules.iter().filter(|rule| rule.when.iter().any(|words| words.fits(heading))).find_map(|rule| match rule
        .says
    {
        Says::Means(meaning, sure) => Some((meaning, sure)),
        Says::First(rules) => first(rules, heading),
    })
}
