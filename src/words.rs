//! English as the program speaks it: counts with their nouns, lists, capitals at the beginning, thousands apart.
//!
//! The one place that forms such words, so that a count reads the same in the window, in a file and on the command
//! line. What an amount of money or a percentage is called stands in `money`, which uses these.

use std::fmt::Display;

/// A number with its thousands apart, whatever decimals it has: `12,345`, `-1,234.5678`.
pub fn thousands(number: impl Display) -> String {
    let text = number.to_string();
    let begin = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let end = text[begin..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |length| begin + length);
    let mut apart = String::with_capacity(text.len() + text.len() / 3);
    apart.push_str(&text[..begin]);
    for (place, digit) in text[begin..end].char_indices() {
        if place > 0 && (end - begin - place).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    apart.push_str(&text[end..]);
    apart
}

/// The noun that goes with a count: `line`, `lines`.
pub fn noun<'a, N: Copy + PartialEq + From<u8>>(count: N, one: &'a str, many: &'a str) -> &'a str {
    if count == N::from(1) { one } else { many }
}

/// A count with a noun that takes an s: `1 line`, `12,345 lines`.
pub fn counted<N: Display + Copy + PartialEq + From<u8>>(count: N, one: &str) -> String {
    let ending = noun(count, "", "s");
    format!("{} {one}{ending}", thousands(count))
}

/// A count with any noun, or with what goes on from it: `1 agency`, `12,345 rows read`.
pub fn counted_as<N: Display + Copy + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), noun(count, one, many))
}

/// A count whose digits stand together, as scripts read them: `1 line`, `12345 lines`.
pub fn counted_plain<N: Display + Copy + PartialEq + From<u8>>(count: N, one: &str) -> String {
    let ending = noun(count, "", "s");
    format!("{count} {one}{ending}")
}

/// A list as a sentence has it: `Police`, `Police and Health`, `Council, Police and Health`.
pub fn list(items: &[impl AsRef<str>]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [before @ .., last] => format!("{} and {}", joined(before, ", "), last.as_ref()),
    }
}

/// The first of a long list: `Council, Police, Health and 2 more`.
pub fn first_of(items: &[impl AsRef<str>], most: usize) -> String {
    let shown = &items[..most.min(items.len())];
    match items.len() - shown.len() {
        0 => list(items),
        more => format!("{} and {more} more", joined(shown, ", ")),
    }
}

/// What holds together, where commas stand within or between already: `Council and Police and Health`.
pub fn all_of(items: &[impl AsRef<str>]) -> String {
    joined(items, " and ")
}

/// One of several: `Council or Police or Health`.
pub fn any_of(items: &[impl AsRef<str>]) -> String {
    joined(items, " or ")
}

fn joined(items: &[impl AsRef<str>], between: &str) -> String {
    items.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(between)
}

/// As a sentence or a label begins: `nobody is worse off` as `Nobody is worse off`.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The same words within a sentence, where their first letter was a capital for standing at the beginning.
pub fn uncapitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A path as it is copied from a folder: without the quotation marks around it.
pub fn without_quotes(path: &str) -> &str {
    let path = path.trim();
    let quoted = |mark: char| path.strip_prefix(mark).and_then(|path| path.strip_suffix(mark));
    quoted('"').or_else(|| quoted('\'')).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_and_decimals_do_not() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1000), "1,000");
        assert_eq!(thousands(12_345_678_u64), "12,345,678");
        assert_eq!(thousands(-1234), "-1,234");
        assert_eq!(thousands("1234567.8901"), "1,234,567.8901");
        assert_eq!(thousands("none"), "none");
        assert_eq!(thousands(u128::MAX), "340,282,366,920,938,463,463,374,607,431,768,211,455");
    }

    #[test]
    fn one_is_said_in_the_singular_and_nothing_in_the_plural() {
        assert_eq!(counted(0_usize, "line"), "0 lines");
        assert_eq!(counted(1_u64, "line"), "1 line");
        assert_eq!(counted_as(12_345_u64, "agency", "agencies"), "12,345 agencies");
        assert_eq!(counted_plain(12_345_u64, "line"), "12345 lines");
        assert_eq!(noun(1_usize, "was", "were"), "was");
    }

    #[test]
    fn lists_end_in_and() {
        assert_eq!(list(&[] as &[&str]), "");
        assert_eq!(list(&["Police"]), "Police");
        assert_eq!(list(&["Police", "Health"]), "Police and Health");
        assert_eq!(list(&["Council", "Police", "Health"]), "Council, Police and Health");
        assert_eq!(first_of(&["Council", "Police", "Health"], 3), "Council, Police and Health");
        assert_eq!(first_of(&["Council", "Police", "Health"], 1), "Council and 2 more");
        assert_eq!(all_of(&["Council", "Police", "Health"]), "Council and Police and Health");
        assert_eq!(any_of(&["Council", "Police"]), "Council or Police");
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(capitalised("nobody is worse off"), "Nobody is worse off");
        assert_eq!(capitalised("écoles"), "Écoles");
        assert_eq!(capitalised("60% of it"), "60% of it");
        assert_eq!(capitalised(""), "");
    }
}
