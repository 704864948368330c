//! For whom a title is, and what of it fits there.

/// For whom a title is: how long its two lines may be, and whether it may name partners and amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Audience {
    /// Letters of a line.
    line: usize,
    pub(in crate::scene) is_blind: bool,
}

impl Audience {
    /// At 60 cm, who wants everything.
    pub const DESK: Self = Self { line: 90, is_blind: false };
    /// At 6 m, that wants one thing.
    pub const HALL: Self = Self { line: 44, is_blind: false };

    /// The same in a room that is not to know who is who, nor how much it is.
    #[must_use]
    pub const fn blind(self, is_blind: bool) -> Self {
        Self { is_blind, ..self }
    }

    /// The first of several ways to say the same that two lines have room for. Where none does it is the shortest, as
    /// a name is never cut.
    pub(super) fn fitting(self, ways: impl IntoIterator<Item = String>) -> String {
        let mut shortest: Option<String> = None;
        for way in ways {
            if lines(&way, self.line) <= MOST_LINES {
                return way;
            }
            if shortest.as_ref().is_none_or(|known| way.chars().count() < known.chars().count()) {
                shortest = Some(way);
            }
        }
        shortest.unwrap_or_default()
    }
}

const MOST_LINES: usize = 2;

/// How many lines of so many letters a text takes, broken between words.
fn lines(text: &str, most: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split(' ').map(|word| word.chars().count()) {
        if used > 0 && used + 1 + word > most {
            lines += 1;
            used = word;
        } else {
            used += word + usize::from(used > 0);
        }
    }
    lines
}

/// A small count as it is said at the beginning: "Seven partners".
pub(super) fn spelled(count: usize) -> String {
    const WORDS: [&str; 11] =
        ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("one two", 7), 1);
        assert_eq!(lines("one two", 6), 2);
        assert_eq!(lines("a word-that-is-longer than", 6), 3);
    }

    #[test]
    fn the_first_that_fits_is_said_and_else_the_shortest() {
        let ways = |texts: [&str; 3]| texts.map(str::to_owned);
        let long = "a ".repeat(70);
        assert_eq!(Audience::HALL.fitting(ways([&long, "short", "shorter"])), "short");
        let longer = "b ".repeat(90);
        assert_eq!(Audience::HALL.fitting(ways([&longer, &long, &longer])), long);
        assert_eq!(Audience::DESK.fitting(ways([&long, "short", "shorter"])), long);
    }
}
