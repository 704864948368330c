//! The rules for themes that come with the program, from the headings that councils and the Treasury publish
//! by. A version, once out, is never changed: places name the version they were classified by.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::rule::{Pattern, Rule, Test, TestedField};
use crate::dimension::Dimension;

/// The rules that come with the program. What a version says never changes, so that a place comes to the same totals
/// in every later program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StandardRules {
    /// The headings of the transparency code, of `SeRCOP` and of COFOG, to nine themes.
    Version1,
}

impl StandardRules {
    pub const LATEST: Self = Self::Version1;

    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::Version1 => &VERSION_1,
        }
    }
}

/// Headings of one theme, as the file beside this one lists them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardTheme {
    name: String,
    reason: String,
    words: Vec<String>,
    /// The number in the classification, empty where there is none, and the heading.
    headings: Vec<(String, String)>,
}

static VERSION_1: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let entries: Vec<StandardTheme> =
        ron::from_str(include_str!("standard_rules.ron")).expect("the list that is compiled in can be read");
    // What is called exactly so comes before what has a word in it.
    let headings = entries.iter().flat_map(|entry| {
        [Dimension::Theme, Dimension::Service].map(|dimension| {
            let spellings = entry.headings.iter().flat_map(|(number, heading)| spellings(number, heading));
            rule(entry, dimension, Pattern::Equals(spellings.collect()))
        })
    });
    let words =
        entries.iter().map(|entry| rule(entry, Dimension::Service, Pattern::Words(entry.words.clone())));
    let has_texts = |rule: &Rule| match &rule.when[0].is {
        Pattern::Equals(texts) | Pattern::Words(texts) => !texts.is_empty(),
        Pattern::Contains(_) | Pattern::Like(_) => true,
    };
    headings.chain(words).filter(has_texts).collect()
});

fn rule(entry: &StandardTheme, dimension: Dimension, is: Pattern) -> Rule {
    Rule {
        dimension: Dimension::Theme,
        name: entry.name.clone(),
        when: vec![Test { asked: TestedField::Dimension(dimension), is }],
        reason: format!("standard rules: {}", entry.reason),
    }
}

/// A heading by itself, and behind its number as classifications write it: "7 Health", "07. Health", "GF07 Health".
fn spellings(number: &str, heading: &str) -> Vec<String> {
    let mut spellings = vec![heading.to_owned()];
    if !number.is_empty() {
        let (division, group) = number.split_once('.').map_or((number, None), |(a, b)| (a, Some(b)));
        let long = match group {
            Some(group) => format!("{division:0>2}.{group}"),
            None => format!("{division:0>2}"),
        };
        let mut numbers = vec![number.to_owned(), long.clone(), format!("GF{}", long.replace('.', ""))];
        // "10" is "10" in both forms.
        numbers.dedup();
        for number in numbers {
            for between in [" ", ". ", ": ", " - "] {
                spellings.push(format!("{number}{between}{heading}"));
            }
        }
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_by_its_number_in_any_spelling() {
        let spelled = spellings("7", "Health");
        for wanted in ["Health", "7 Health", "07. Health", "GF07: Health"] {
            assert!(spelled.iter().any(|spelling| spelling == wanted), "{wanted}");
        }
        assert!(StandardRules::Version1.rules().len() > 20);
    }
}
