//! Rules that give lines a theme or another name they lack: what they ask, in a form that people can read,
//! mail and edit. The first that fits decides.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::dimension::Dimension;
use crate::words::{all_of, any_of};

/// A rule that gives lines a theme, or another name they lack: the first of the list that fits decides.
///
/// It fills in what a line does not state. What a line states is replaced only by a rule that asks about it: a theme
/// "10. Social protection" can be given another name by a rule on themes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What is given; a theme, if nothing is said.
    #[serde(default = "theme", skip_serializing_if = "is_theme")]
    pub dimension: Dimension,
    /// The theme, or other name, that the lines get.
    pub name: String,
    /// What must be true of a line: all of it.
    pub when: Vec<Test>,
    /// Why, for whoever asks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

pub(super) const fn theme() -> Dimension {
    Dimension::Theme
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if gives a reference")]
pub(super) fn is_theme(dimension: &Dimension) -> bool {
    *dimension == Dimension::Theme
}

/// One condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// What is looked at.
    #[serde(rename = "in")]
    pub asked: TestedField,
    pub is: Pattern,
}

/// What a condition looks at: a dimension by its key, or `description`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum TestedField {
    Dimension(Dimension),
    /// The narrative of the line; in many files the type of expense.
    Description,
}

impl fmt::Display for TestedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dimension(dimension) => dimension.fmt(f),
            Self::Description => f.write_str("description"),
        }
    }
}

impl From<TestedField> for String {
    fn from(asked: TestedField) -> Self {
        asked.to_string()
    }
}

impl TryFrom<String> for TestedField {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if matches!(text.trim().to_lowercase().as_str(), "description" | "narrative") {
            return Ok(Self::Description);
        }
        text.parse().map(Self::Dimension).map_err(|error| format!("{error}; or description"))
    }
}

/// What a name must be like, in any case; of several texts one is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pattern {
    /// The text stands anywhere in the name.
    Contains(Vec<String>),
    /// The text stands in the name as whole words: "bus" is in "Bus passes" and not in "Business rates".
    Words(Vec<String>),
    /// The name is the text.
    Equals(Vec<String>),
    /// The name is like the text, where `*` stands for any letters and `?` for one.
    Like(Vec<String>),
}

/// A pattern made ready to be asked many times.
pub(super) struct PatternMatcher {
    kind: PatternKind,
    texts: Vec<String>,
}

enum PatternKind {
    Contains,
    Words,
    Equals,
    Like,
}

impl PatternMatcher {
    pub(super) fn of(pattern: &Pattern) -> Self {
        let (kind, texts) = match pattern {
            Pattern::Contains(texts) => (PatternKind::Contains, texts),
            Pattern::Words(texts) => (PatternKind::Words, texts),
            Pattern::Equals(texts) => (PatternKind::Equals, texts),
            Pattern::Like(texts) => (PatternKind::Like, texts),
        };
        // An empty text stands in every name: a rule that is still being typed must not take all lines.
        let texts = texts.iter().map(|text| plain(text)).filter(|text| !text.is_empty()).collect();
        Self { kind, texts }
    }

    /// Whether a name, made [`plain`], fits.
    pub(super) fn fits(&self, name: &str) -> bool {
        self.texts.iter().any(|text| match self.kind {
            PatternKind::Contains => name.contains(text.as_str()),
            PatternKind::Words => has_words(name, text),
            PatternKind::Equals => name == text,
            PatternKind::Like => is_like(name, text),
        })
    }
}

/// A name as patterns see it: lower case, one space between words, `&` as "and".
pub(super) fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', " and ");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the text stands between places where no word goes on.
fn has_words(name: &str, text: &str) -> bool {
    name.match_indices(text).any(|(at, found)| {
        let before = name[..at].chars().next_back();
        let after = name[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Whether a name is like a text with `*` and `?`; no pattern takes longer than the product of the lengths.
fn is_like(name: &str, pattern: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let (mut at, mut of) = (0, 0);
    // Going back to the last star alone is enough, which keeps a pattern of many stars from taking
    // exponential time.
    let mut star: Option<(usize, usize)> = None;
    while at < name.len() {
        match pattern.get(of) {
            Some('*') => {
                star = Some((of, at));
                of += 1;
            }
            Some(&c) if c == '?' || c == name[at] => {
                at += 1;
                of += 1;
            }
            _ => {
                // The last star takes one letter more.
                let Some((star_of, star_at)) = star else { return false };
                star = Some((star_of, star_at + 1));
                of = star_of + 1;
                at = star_at + 1;
            }
        }
    }
    pattern[of..].iter().all(|&c| c == '*')
}

impl fmt::Display for Test {
    /// "service contains "older people"".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, texts) = match &self.is {
            Pattern::Contains(texts) => ("contains", texts),
            Pattern::Words(texts) => ("has the words", texts),
            Pattern::Equals(texts) => ("is", texts),
            Pattern::Like(texts) => ("is like", texts),
        };
        let texts: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
        write!(f, "{} {verb} {}", self.asked, any_of(&texts))
    }
}

impl fmt::Display for Rule {
    /// "service contains "older people": Ageing Well".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tests: Vec<String> = self.when.iter().map(Test::to_string).collect();
        write!(f, "{}: {}", all_of(&tests), self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_find_what_they_say() {
        let fits = |pattern: Pattern, name: &str| PatternMatcher::of(&pattern).fits(&plain(name));
        let list = |text: &str| vec![text.to_owned()];
        assert!(fits(Pattern::Contains(list("OLDER  people")), "Services for Older People"));
        assert!(fits(Pattern::Words(list("bus")), "Bus & coach"));
        assert!(!fits(Pattern::Words(list("bus")), "Business rates"));
        assert!(fits(Pattern::Equals(list("health & care")), "Health and Care"));
        assert!(!fits(Pattern::Equals(list("health")), "Health and Care"));
        assert!(fits(Pattern::Like(list("child*s?rvices*")), "Children's Services (CYP)"));
        assert!(!fits(Pattern::Like(list("child?")), "Children"));
        assert!(fits(Pattern::Like(list("*a*a*b")), "aaaaaaaaaaaaaaaab"));
        assert!(!fits(Pattern::Contains(list("  ")), "anything"));
    }
}
