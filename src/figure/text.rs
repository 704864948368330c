//! Words measured by the bundled font, exactly as every output draws them: widths, glyphs, what fits, where
//! lines break, and signs for what would hide.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};

/// The family every picture is set in; it is bundled, so that widths are known exactly.
pub const FONT_FAMILY: &str = "Shadowpool Sans";

/// What stands for a character that must not act on the text around it.
// A box: it can be seen, and the bundled font has it.
const SIGN: char = '\u{25a1}';
const SIGN_TEXT: &str = "\u{25a1}";

/// Lines of the family in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    #[default]
    Regular,
    SemiBold,
    Bold,
}

impl Weight {
    pub const ALL: [Self; 3] = [Self::Regular, Self::SemiBold, Self::Bold];

    /// As CSS counts it.
    pub const fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::SemiBold => 600,
            Self::Bold => 700,
        }
    }
}

/// The font file of a weight.
pub const fn font_bytes(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => include_bytes!("../../assets/fonts/ShadowpoolSans-Regular.ttf"),
        Weight::SemiBold => include_bytes!("../../assets/fonts/ShadowpoolSans-SemiBold.ttf"),
        Weight::Bold => include_bytes!("../../assets/fonts/ShadowpoolSans-Bold.ttf"),
    }
}

struct Face {
    font: FontRef<'static>,
    shaper: ShaperData,
    units_per_em: f64,
    ascent: f64,
    descent: f64,
    cap_height: f64,
    /// The glyph of the sign and how wide it is, in ems.
    sign: (u32, f64),
}

static FACES: LazyLock<[Face; 3]> = LazyLock::new(|| Weight::ALL.map(Face::load));

impl Face {
    fn load(weight: Weight) -> Self {
        let font = FontRef::from_index(font_bytes(weight), 0).expect("the bundled font is sound");
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let units_per_em = f64::from(metrics.units_per_em);
        let sign = font.charmap().map(SIGN).expect("the bundled font has the sign");
        let widths = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let sign_width = widths.advance_width(sign).expect("a glyph has a width");
        Self {
            sign: (sign.to_u32(), f64::from(sign_width) / units_per_em),
            shaper: ShaperData::new(&font),
            units_per_em,
            ascent: f64::from(metrics.ascent) / units_per_em,
            descent: -f64::from(metrics.descent) / units_per_em,
            // Seven tenths is what capitals of sans-serif faces have of their ascent, should a font not say.
            cap_height: f64::from(metrics.cap_height.unwrap_or(metrics.ascent * 0.7)) / units_per_em,
            font,
        }
    }

    fn of(weight: Weight) -> &'static Self {
        &FACES[weight as usize]
    }
}

/// How far letters rise above and reach below the baseline, in ems.
pub(super) fn extent(weight: Weight) -> (f64, f64) {
    let face = Face::of(weight);
    (face.ascent, face.descent)
}

/// The height of capitals in ems.
pub fn cap_height(weight: Weight) -> f64 {
    Face::of(weight).cap_height
}

/// A letter's shape in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub id: u32,
    /// All lengths in ems.
    pub advance: f64,
    pub x_offset: f64,
    pub y_offset: f64,
    /// The byte of the text it begins at.
    pub start: usize,
}

/// The letters that the font has, each with its glyph.
pub fn letters(weight: Weight) -> impl Iterator<Item = (char, u32)> {
    let mappings = Face::of(weight).font.charmap().mappings();
    mappings.filter_map(|(code, glyph)| Some((char::from_u32(code)?, glyph.to_u32())))
}

/// The glyphs of a text with kerning and ligatures, as they follow each other. A letter that the font lacks is a box.
pub fn glyphs(text: &str, weight: Weight) -> Vec<Glyph> {
    let face = Face::of(weight);
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    // The painters place glyphs from left to right; text of another direction is at least drawn as it was
    // measured.
    buffer.set_direction(harfrust::Direction::LeftToRight);
    buffer.guess_segment_properties();
    let shaped = face.shaper.shaper(&face.font).build().shape(buffer, ShapeOptions::new());
    let ems = |units: i32| f64::from(units) / face.units_per_em;
    let mut before = None;
    shaped
        .glyph_infos()
        .iter()
        .zip(shaped.glyph_positions())
        .filter_map(|(info, position)| {
            let start = info.cluster as usize;
            let is_first = before.replace(start) != Some(start);
            if info.glyph_id == 0 {
                let (id, advance) = face.sign;
                // A mark that the font lacks stands on a letter that has its place already.
                let is_letter = is_first && !text[start..].starts_with(is_mark);
                return is_letter.then_some(Glyph { id, advance, x_offset: 0.0, y_offset: 0.0, start });
            }
            Some(Glyph {
                id: info.glyph_id,
                advance: ems(position.x_advance),
                x_offset: ems(position.x_offset),
                y_offset: ems(position.y_offset),
                start,
            })
        })
        .collect()
}

/// A text as it can be drawn with the font alone: with a sign for each letter that the font lacks, as wide as it was
/// measured.
pub fn drawable(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    // Every weight has the same letters.
    let letters = Face::of(Weight::Regular).font.charmap();
    let is_lacking = |c: char| !c.is_ascii() && !is_mark(c) && letters.map(c).is_none();
    if shown.contains(is_lacking) { shown.replace(is_lacking, SIGN_TEXT).into() } else { shown }
}

thread_local! {
    /// Widths in ems of the texts measured lately.
    // Of each thread its own: pictures are made on jobs too, and no word should wait for a lock.
    static MEASURED: RefCell<[HashMap<Box<str>, f64>; 3]> = RefCell::default();
}

/// The width of a text in pixels, exactly as it will be drawn.
pub fn width_px(text: &str, size_px: f64, weight: Weight) -> f64 {
    // Several pictures' worth of names. Beyond it all are forgotten at once, which is rare and simpler than
    // choosing.
    const KEPT: usize = 8192;
    let known = MEASURED.with_borrow(|measured| measured[weight as usize].get(text).copied());
    let ems = known.unwrap_or_else(|| {
        let ems = glyphs(text, weight).iter().map(|glyph| glyph.advance).sum();
        MEASURED.with_borrow_mut(|measured| {
            let measured = &mut measured[weight as usize];
            if measured.len() >= KEPT {
                measured.clear();
            }
            measured.insert(text.into(), ems);
        });
        ems
    });
    ems * size_px
}

/// A text that fits its room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    pub text: String,
    /// Whether words were left out, so that the whole text belongs into a tooltip.
    pub shortened: bool,
}

/// The text itself, or as much of it as fits with `…` behind; empty where not even that fits.
///
/// It is cut between words where that keeps at least three quarters of what fits, and never within an amount or another
/// number.
pub fn fit(text: &str, max_width_px: f64, size_px: f64, weight: Weight) -> Fitted {
    let text = visible(text);
    if width_px(&text, size_px, weight) <= max_width_px {
        return Fitted { text: text.into_owned(), shortened: false };
    }
    let room = max_width_px / size_px - width_px("\u{2026}", 1.0, weight);
    let mut end = 0;
    let mut reached = 0.0;
    for glyph in glyphs(&text, weight) {
        // A hair of room is kept because the ellipsis may kern with the letter before it.
        if reached > room - 0.02 {
            break;
        }
        end = glyph.start;
        reached += glyph.advance;
    }
    // A part of an amount, or of a year, would be another one.
    let word = text[..end].rfind(' ').map_or(0, |space| space + 1);
    let is_number =
        text[word..].split(' ').next().is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()));
    let kept = if is_number && !text[end..].starts_with(' ') { &text[..word] } else { &text[..end] };
    let at_word = kept
        .rfind([' ', '/', '\u{2013}'])
        .filter(|&at| at * 4 >= end * 3 && !text[kept.len()..].starts_with(' '));
    let kept = at_word.map_or(kept, |at| &kept[..at]);
    let kept = without_loose_end(kept);
    let text = if kept.is_empty() { String::new() } else { format!("{kept}\u{2026}") };
    Fitted { text, shortened: true }
}

/// A name, or as many of its words as fit with `…` behind; empty where that leaves no word.
///
/// What is in brackets is kept whole or left out: a part of "(14 services)" would be another number.
pub fn fit_words(name: &str, max_width_px: f64, size_px: f64, weight: Weight) -> String {
    let name = visible(name);
    let fits = |text: &str| width_px(text, size_px, weight) <= max_width_px;
    if fits(&name) {
        return name.into_owned();
    }
    let ends = name.match_indices(' ').map(|(at, _)| at);
    let cut = |end: usize| {
        let kept = &name[..end];
        let is_open = kept.matches('(').count() > kept.matches(')').count();
        let kept = kept.rfind('(').filter(|_| is_open).map_or(kept, |at| &kept[..at]);
        let kept = without_loose_end(kept);
        let cut = format!("{kept}\u{2026}");
        (kept.contains(char::is_alphanumeric) && fits(&cut)).then_some(cut)
    };
    ends.rev().find_map(cut).unwrap_or_default()
}

/// A name that is cut, without what promises that more follows: "Department of…" more than "Department…".
fn without_loose_end(name: &str) -> &str {
    let mut kept = name;
    loop {
        let shorter = kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:.-\u{2013}/(&".contains(c));
        let loose = [" and", " of", " for", " the", " with"];
        let shorter = loose.iter().find_map(|word| shorter.strip_suffix(word)).unwrap_or(shorter);
        if shorter == kept {
            return kept;
        }
        kept = shorter;
    }
}

/// The text broken into lines no wider than `max_width_px`; a longer word is shortened.
pub fn wrap(text: &str, max_width_px: f64, size_px: f64, weight: Weight) -> Vec<String> {
    let text = visible(text);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if width_px(&longer, size_px, weight) <= max_width_px {
                // Measured as a whole, since letters kern across a space.
                *line = longer;
                continue;
            }
        }
        lines.push(fit(word, max_width_px, size_px, weight).text);
    }
    lines
}

/// A text whose control characters, direction marks and characters without width are shown as a small sign, so that
/// they cannot hide or turn the words around them.
///
/// Of marks that are put above and below one letter the first few are kept: a heap of them would lie over the lines around.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Nearly every text is ASCII, which has neither marks nor anything hidden but controls.
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut marks = 0;
    let mut is_changed = false;
    let shown: String = text
        .chars()
        .filter_map(|c| {
            marks = if is_mark(c) { marks + 1 } else { 0 };
            let shown = match marks {
                0 if is_hidden(c) => Some(SIGN),
                0..=MOST_MARKS => Some(c),
                // One sign for all that are left out.
                _ if marks == MOST_MARKS + 1 => Some(SIGN),
                _ => None,
            };
            is_changed |= shown != Some(c);
            shown
        })
        .collect();
    if is_changed { Cow::Owned(shown) } else { Cow::Borrowed(text) }
}

/// [`visible`] for a text of several lines: their ends stay, and tabs.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| matches!(c, '\n' | '\t' | '\r');
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte) || matches!(byte, b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    if !text.contains(is_kept) {
        return visible(text);
    }
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive(is_kept) {
        let end = part.chars().next_back().filter(|&c| is_kept(c));
        let words = end.map_or(part, |end| &part[..part.len() - end.len_utf8()]);
        shown.push_str(&visible(words));
        shown.extend(end);
    }
    // One by itself goes back to the beginning of its line, and what follows would lie over it.
    let lone = |at: usize| !shown[at + 1..].starts_with('\n');
    let lone: Vec<usize> = shown.match_indices('\r').map(|(at, _)| at).filter(|&at| lone(at)).collect();
    for at in lone.into_iter().rev() {
        shown.replace_range(at..=at, &SIGN.to_string());
    }
    if shown == text { Cow::Borrowed(text) } else { Cow::Owned(shown) }
}

/// Marks on one letter, as many as a language puts there.
const MOST_MARKS: u32 = 3;

/// Marks that stand above, below or through the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_all_as_wide() {
        for weight in Weight::ALL {
            let one = width_px("1", 14.0, weight);
            assert!(('0'..='9').all(|digit| (width_px(&digit.to_string(), 14.0, weight) - one).abs() < 1e-9));
        }
    }

    #[test]
    fn a_text_is_cut_between_words_where_one_is_near() {
        let fitted = |text: &str, width| fit(text, width, 14.0, Weight::Regular).text;
        assert_eq!(fitted("Children's social care", 400.0), "Children's social care");
        assert_eq!(fitted("Children's social care", 140.0), "Children's social\u{2026}");
        assert_eq!(fitted("Housing, homelessness and support", 180.0), "Housing, homelessness\u{2026}");
        assert_eq!(fitted("Transformation", 60.0), "Transf\u{2026}");
        assert_eq!(fitted("Transformation", 5.0), "");
        assert_eq!(fitted("Early years £4,320,000.00", 130.0), "Early years\u{2026}");
        assert_eq!(fitted("£4,320,000.00", 60.0), "", "an amount is never cut");
    }

    #[test]
    fn a_name_is_cut_at_its_words() {
        let fitted = |text: &str, width| fit_words(text, width, 14.0, Weight::Regular);
        assert_eq!(fitted("Children's social care", 400.0), "Children's social care");
        assert_eq!(fitted("Children's social care", 140.0), "Children's social\u{2026}");
        assert_eq!(fitted("Children's social care", 100.0), "Children's\u{2026}");
        assert_eq!(fitted("Department for Work and Pensions", 120.0), "Department\u{2026}");
        assert_eq!(fitted("Other (14 services)", 100.0), "Other\u{2026}");
        assert_eq!(fitted("Transformation of all", 60.0), "", "no name is cut within a word");
        assert_eq!(fitted("\u{2026}(14 services)", 40.0), "");
    }

    #[test]
    fn a_shortened_text_fits() {
        let text = "Integrated Offender Management and Youth Justice (Cheshire West)";
        for width in 0..500 {
            let fitted = fit(text, f64::from(width), 13.0, Weight::SemiBold);
            assert!(
                width_px(&fitted.text, 13.0, Weight::SemiBold) <= f64::from(width),
                "{fitted:?} in {width}"
            );
        }
    }

    #[test]
    fn characters_that_hide_or_turn_are_shown() {
        assert_eq!(visible("abc\u{202e}def\u{0}\u{200b}"), "abc\u{25a1}def\u{25a1}\u{25a1}");
        assert_eq!(visible("Café £5 \u{2212}3"), "Café £5 \u{2212}3");
        assert_eq!(visible_lines("a\u{202e}\tb\r\nc\rd\u{7}\n"), "a\u{25a1}\tb\r\nc\u{25a1}d\u{25a1}\n");
        assert!(matches!(visible_lines("two\nlines\u{e9}"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_heap_of_marks_stays_in_its_line() {
        let heap = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(visible(&heap), "a\u{301}\u{301}\u{301}\u{25a1}b");
        assert_eq!(visible("Vi\u{1ec7}t e\u{302}\u{323}"), "Vi\u{1ec7}t e\u{302}\u{323}");
    }

    #[test]
    fn a_sentence_is_broken_into_lines() {
        let lines = wrap("West Cheshire: £3.65bn of public spending in 2011/12", 160.0, 16.0, Weight::Bold);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), "West Cheshire: £3.65bn of public spending in 2011/12");
        assert!(lines.iter().all(|line| width_px(line, 16.0, Weight::Bold) <= 160.0));
    }
}
