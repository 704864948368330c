//! The small print at the foot of a picture: whatever there is to say, in few lines, with the hatching it speaks of.

use super::{HatchKind, Weight, fit, visible, width_px};
use crate::flow::breakdown::Grade;

/// The small print of a picture, laid out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SmallPrint {
    pub(super) lines: Vec<Vec<Piece>>,
}

/// What stands side by side in a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// From the line's beginning, px.
    pub(super) x: f64,
    /// What is drawn before the words: a swatch of this hatch.
    pub(super) swatch: Option<HatchKind>,
    pub(super) words: String,
}

/// As many as a picture is held to. Where it is so narrow that what must be said has no room in them, there are more.
const MOST_LINES: usize = 3;
/// A swatch with the room before its words, for letters one pixel high.
pub(super) const SWATCH: f64 = 1.75;
pub(super) const AFTER_SWATCH: f64 = 0.4;

/// Something that is not broken across lines.
struct Token {
    swatch: Option<HatchKind>,
    words: String,
}

impl SmallPrint {
    /// The notes in lines as wide as the room there is, px.
    pub(super) fn of(notes: &[String], room: f64, size_px: f64) -> Self {
        let (mut said, sources): (Vec<&str>, Vec<&str>) =
            notes.iter().map(String::as_str).partition(|note| !is_sources(note));
        // The day stands last.
        let made = said.pop_if(|note| note.starts_with(MADE));
        let names: Vec<&str> = sources.iter().flat_map(|note| names_of(note)).collect();
        let mut left_out = 0;
        loop {
            let body = || said.iter().flat_map(|note| tokens(note)).chain(more(left_out));
            // With all the names, or as many as there is room for, on lines of their own where there are any to spare.
            for shown in (0..=names.len()).rev() {
                let tail = || {
                    shortened(&names, shown)
                        .iter()
                        .flat_map(|note| tokens(note))
                        .chain(made.into_iter().flat_map(tokens))
                        .collect::<Vec<_>>()
                };
                let mut lines = lines_of(body().collect(), room, size_px);
                lines.extend(lines_of(tail(), room, size_px));
                if lines.len() > MOST_LINES {
                    lines = lines_of(body().chain(tail()).collect(), room, size_px);
                }
                if lines.len() <= MOST_LINES || (shown == 0 && said.len() <= 2) {
                    return Self { lines };
                }
            }
            said.pop();
            left_out += 1;
        }
    }
}

/// What the note of the day begins with.
pub(super) const MADE: &str = "Made on ";

fn is_sources(note: &str) -> bool {
    note.starts_with("Sources: ")
}

fn names_of(note: &str) -> Vec<&str> {
    let names = note.trim_start_matches("Sources: ").trim_end_matches('.');
    names.split("; ").collect()
}

/// Whose figures they are, in so many names.
fn shortened(names: &[&str], shown: usize) -> Option<String> {
    let more = names.len() - shown;
    match (names.len(), shown) {
        (0, _) => None,
        (_, _) if more == 0 => Some(format!("Sources: {}.", names.join("; "))),
        (all, 0) => Some(format!("Sources: {all}, in the audit.")),
        _ => Some(format!("Sources: {} and {more} more (in the audit).", names[..shown].join("; "))),
    }
}

/// How many notes stand elsewhere.
fn more(left_out: usize) -> Vec<Token> {
    match left_out {
        0 => Vec::new(),
        1 => tokens("One more note is in the audit."),
        _ => tokens(&format!("{left_out} more notes are in the audit.")),
    }
}

/// The words of a note; of one that says what is hatched, each share with the hatch it speaks of.
fn tokens(note: &str) -> Vec<Token> {
    let plain = |words: &str| -> Vec<Token> {
        words.split_whitespace().map(|word| Token { swatch: None, words: word.to_owned() }).collect()
    };
    let note = visible(note);
    let Some(shares) = note.strip_prefix("Hatched: ") else { return plain(&note) };
    shares
        .split_inclusive(", ")
        .flat_map(|share| {
            let swatch =
                Grade::ALL.into_iter().find(|grade| share.contains(grade.word())).and_then(HatchKind::of);
            match swatch {
                Some(_) => vec![Token { swatch, words: share.trim_end().to_owned() }],
                None => plain(share),
            }
        })
        .collect()
}

fn lines_of(tokens: Vec<Token>, room: f64, size_px: f64) -> Vec<Vec<Piece>> {
    let width = |words: &str| width_px(words, size_px, Weight::Regular);
    let space = width(" ");
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let mut end = room;
    for token in tokens {
        let before = if token.swatch.is_some() { (SWATCH + AFTER_SWATCH) * size_px } else { 0.0 };
        let words = fit(&token.words, room - before, size_px, Weight::Regular).text;
        // Words that follow words are one text, measured as a whole, since letters kern across a space.
        if let Some(last) =
            lines.last_mut().and_then(|line| line.last_mut()).filter(|_| token.swatch.is_none())
        {
            let longer = format!("{} {words}", last.words);
            if last.x + width(&longer) <= room {
                end = last.x + width(&longer);
                last.words = longer;
                continue;
            }
        }
        let gap = if token.swatch.is_some() { 2.0 * space } else { space };
        let fits = end + gap + before + width(&words) <= room;
        let x = if fits { end + gap + before } else { before };
        let piece = Piece { x, swatch: token.swatch, words };
        end = x + width(&piece.words);
        match lines.last_mut().filter(|_| fits) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(notes: &[&str], room: f64) -> Vec<String> {
        let notes: Vec<String> = notes.iter().map(|&note| note.to_owned()).collect();
        let lines = SmallPrint::of(&notes, room, 12.0).lines;
        let line = |line: Vec<Piece>| line.into_iter().map(|piece| piece.words).collect::<Vec<_>>().join(" ");
        lines.into_iter().map(line).collect()
    }

    const NOTES: [&str; 4] = [
        "Total £3,652,123,456.00, the sum of 1,204 lines.",
        "Hatched: 96% illustrative, 3% apportioned.",
        "Sources: Cheshire West and Chester Council; Department for Work and Pensions; NHS Western Cheshire; \
         The Home Office; The Treasury.",
        "Made on 30 November 2026.",
    ];

    #[test]
    fn small_print_has_its_sources_on_a_line_of_their_own_where_there_is_room() {
        let lines = said(&NOTES, 1232.0);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(
            lines[1].starts_with("Sources: ") && lines[1].ends_with("Made on 30 November 2026."),
            "{lines:#?}"
        );
    }

    #[test]
    fn a_long_list_of_sources_is_cut_and_says_how_many_more_there_are() {
        let lines = said(&NOTES, 500.0);
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert!(lines.join(" ").contains(" more (in the audit). Made on 30 November 2026."), "{lines:#?}");
    }

    #[test]
    fn however_narrow_the_total_and_the_day_are_whole() {
        for room in (40..1300).step_by(20) {
            let lines = said(&NOTES, f64::from(room)).join(" ");
            if room >= 120 {
                assert!(lines.contains("£3,652,123,456.00"), "{room}: {lines}");
            }
            assert!(!lines.contains("£3,6\u{2026}"), "{room}: {lines}");
        }
        let many: Vec<String> = (0..30)
            .map(|at| format!("The lines are £{at},000.00 less than the control total {at}."))
            .collect();
        let notes: Vec<&str> =
            NOTES[..1].iter().copied().chain(many.iter().map(String::as_str)).chain([NOTES[3]]).collect();
        let lines = said(&notes, 976.0);
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert!(lines[2].contains(" more notes are in the audit. Made on 30 November 2026."), "{lines:#?}");
    }

    #[test]
    fn each_hatch_that_is_spoken_of_has_a_swatch() {
        let notes = NOTES.map(str::to_owned);
        let lines = SmallPrint::of(&notes, 1232.0, 12.0).lines;
        let swatches: Vec<_> = lines.iter().flatten().filter_map(|piece| piece.swatch).collect();
        assert_eq!(swatches, [HatchKind::Illustrative, HatchKind::Apportioned]);
    }
}
