//! The letters that a figure's words need, as fonts to go into its file: of the bundled font no more than is used, so
//! that it looks the same where nobody has that font.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subsetter::{GlyphRemapper, subset};

use crate::figure::{FONT_FAMILY, Figure, Shape, Weight, font_bytes, glyphs, letters, visible};

/// The style sheet that brings a figure's letters along; empty where it has no words.
pub(super) fn font_faces(figure: &Figure) -> String {
    font_faces_of(std::slice::from_ref(figure), "")
}

/// The same for several figures, and for what else is written in their letters.
pub(super) fn font_faces_of(figures: &[Figure], besides: &str) -> String {
    let mut out = String::new();
    for weight in Weight::ALL {
        let mut words: BTreeSet<Cow<'_, str>> =
            figures.iter().flat_map(|figure| words_of(figure, weight)).collect();
        if !besides.is_empty() {
            words.insert(visible(besides));
        }
        if words.is_empty() {
            continue;
        }
        out.extend([
            "@font-face{font-family:'",
            FONT_FAMILY,
            "';font-weight:",
            &weight.number().to_string(),
            ";src:url(data:font/ttf;base64,",
        ]);
        STANDARD.encode_string(font_of(&words, weight), &mut out);
        out.push_str(")}\n");
    }
    out
}

/// All that is written in a weight.
fn words_of(figure: &Figure, weight: Weight) -> impl Iterator<Item = Cow<'_, str>> {
    let labels = figure.marks.iter().filter(|mark| mark.paint.opacity > 0.0);
    let texts = labels.filter_map(move |mark| match &mark.shape {
        Shape::Label(text) if text.weight == weight => Some(visible(&text.content)),
        _ => None,
    });
    texts.filter(|text| !text.is_empty())
}

/// The font of a weight with the letters of some words and no others.
fn font_of(words: &BTreeSet<Cow<'_, str>>, weight: Weight) -> Vec<u8> {
    let wanted: BTreeSet<char> = words.iter().flat_map(|text| text.chars()).collect();
    let shaped: Vec<_> = words.iter().map(|text| glyphs(text, weight)).collect();
    let drawn: BTreeSet<u32> = shaped.iter().flatten().map(|glyph| glyph.id).collect();
    // What the font lacks is a box here too: letters of another font would not have the room that was measured.
    let alone = |letter: char| glyphs(letter.encode_utf8(&mut [0; 4]), weight).first().copied();
    let mut glyph_of: BTreeMap<char, u32> =
        wanted.iter().filter_map(|&letter| Some((letter, alone(letter)?.id))).collect();
    // A letter and its mark may be drawn as the one letter that they make.
    glyph_of.extend(letters(weight).filter(|(_, glyph)| drawn.contains(glyph)));
    let widths: BTreeMap<u32, f64> =
        glyph_of.keys().filter_map(|&letter| alone(letter)).map(|glyph| (glyph.id, glyph.advance)).collect();

    let mut kept = GlyphRemapper::new();
    for glyph in glyph_of.values().chain(&drawn) {
        kept.remap(*glyph as u16);
    }
    let whole = font_bytes(weight);
    let cut = subset(whole, 0, &kept).expect("the bundled font is sound");
    let units_per_em = f64::from(u16::from_be_bytes([table(&cut, *b"head")[18], table(&cut, *b"head")[19]]));
    let new = |glyph: u32| kept.get(glyph as u16).expect("it was kept");
    let pairs: BTreeMap<(u16, u16), i16> = shaped
        .iter()
        .flat_map(|glyphs| glyphs.windows(2))
        .filter_map(|pair| {
            let nearer = (pair[0].advance - widths.get(&pair[0].id)?) * units_per_em;
            Some(((new(pair[0].id), new(pair[1].id)), nearer.round() as i16))
        })
        .filter(|(_, nearer)| *nearer != 0)
        .collect();
    let letters: Vec<(u32, u16)> =
        glyph_of.iter().map(|(&letter, &glyph)| (u32::from(letter), new(glyph))).collect();

    let mut tables: BTreeMap<[u8; 4], Cow<'_, [u8]>> =
        records(&cut).map(|(tag, table)| (tag, table.into())).collect();
    let mut head = table(&cut, *b"head").to_vec();
    head[SUM_IN_HEAD..SUM_IN_HEAD + 4].fill(0);
    tables.insert(*b"head", head.into());
    tables.insert(*b"OS/2", table(whole, *b"OS/2").into());
    tables.insert(*b"cmap", character_map(&letters).into());
    if !pairs.is_empty() {
        tables.insert(*b"kern", kerning(&pairs).into());
    }
    assembled(&tables)
}

/// The tables of a font, each with its name.
fn records(font: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    font[12..].chunks_exact(16).take(count).map(|record| {
        let number = |at: usize| {
            u32::from_be_bytes(record[at..at + 4].try_into().expect("four bytes are a number")) as usize
        };
        let tag = record[..4].try_into().expect("a name has four letters");
        (tag, &font[number(8)..number(8) + number(12)])
    })
}

fn table(font: &[u8], wanted: [u8; 4]) -> &[u8] {
    records(font).find(|(tag, _)| *tag == wanted).map(|(_, table)| table).expect("every font has it")
}

/// Which letter is which glyph: as every program reads it, and where there are letters beyond its sixteen bits (there
/// are boxes for them) a second time in more.
fn character_map(letters: &[(u32, u16)]) -> Vec<u8> {
    let short: Vec<(u16, u16)> = letters
        .iter()
        .filter_map(|&(letter, glyph)| Some((u16::try_from(letter).ok()?, glyph)))
        .filter(|(letter, _)| *letter != u16::MAX)
        .collect();
    let is_long = short.len() < letters.len();
    let short = segments(&short);
    // Version, tables, and of each its platform (Windows), its encoding and where it begins.
    let [tables, first] = if is_long { [2, 20] } else { [1, 12] };
    let mut map: Vec<u8> = [0, tables, 3, 1, 0, first].into_iter().flat_map(u16::to_be_bytes).collect();
    if is_long {
        let second = first + short.len() as u16;
        map.extend([3, 10, 0, second].into_iter().flat_map(u16::to_be_bytes));
    }
    map.extend(short);
    if is_long {
        map.extend(groups(letters));
    }
    map
}

/// Format 4: segments of one letter each.
fn segments(letters: &[(u16, u16)]) -> Vec<u8> {
    // The last segment says that there is no more.
    let letters: Vec<(u16, u16)> = letters.iter().copied().chain([(u16::MAX, 0)]).collect();
    let count = letters.len() as u16;
    let codes = letters.iter().map(|(letter, _)| *letter);
    let ways = letters.iter().map(|(letter, glyph)| glyph.wrapping_sub(*letter));
    [4, 16 + 8 * count, 0, 2 * count]
        .into_iter()
        .chain(search_fields(count, 2))
        .chain(codes.clone())
        .chain([0])
        .chain(codes)
        .chain(ways)
        .chain(std::iter::repeat_n(0, letters.len()))
        .flat_map(u16::to_be_bytes)
        .collect()
}

/// Format 12: groups of one letter each.
fn groups(letters: &[(u32, u16)]) -> Vec<u8> {
    let count = letters.len() as u32;
    let head = [12 << 16, 16 + 12 * count, 0, count];
    let groups = letters.iter().flat_map(|&(letter, glyph)| [letter, letter, u32::from(glyph)]);
    head.into_iter().chain(groups).flat_map(u32::to_be_bytes).collect()
}

/// How much nearer or farther apart two glyphs stand than they are wide: the older table, which is one list.
fn kerning(pairs: &BTreeMap<(u16, u16), i16>) -> Vec<u8> {
    // As many as its length can say.
    let count = pairs.len().min(10_000) as u16;
    let head = [0, 1, 0, 14 + 6 * count, 1, count].into_iter().chain(search_fields(count, 6));
    let pairs = pairs.iter().take(usize::from(count));
    head.chain(pairs.flat_map(|((left, right), nearer)| [*left, *right, nearer.cast_unsigned()]))
        .flat_map(u16::to_be_bytes)
        .collect()
}

/// What font tables say so that readers need no logarithm to search them: the largest power of two in them, in
/// bytes, its exponent, and what is left.
fn search_fields(count: u16, bytes: u16) -> [u16; 3] {
    let exponent = count.max(1).ilog2() as u16;
    let range = (1 << exponent) * bytes;
    [range, exponent, count * bytes - range]
}

/// Where a font's head has the sum over all of it.
const SUM_IN_HEAD: usize = 8;

/// A font file of these tables.
fn assembled(tables: &BTreeMap<[u8; 4], Cow<'_, [u8]>>) -> Vec<u8> {
    let count = tables.len() as u16;
    let mut font = vec![0, 1, 0, 0];
    font.extend([count].into_iter().chain(search_fields(count, 16)).flat_map(u16::to_be_bytes));
    let mut offset = 12 + 16 * tables.len();
    let mut sum_at = 0;
    for (tag, table) in tables {
        if tag == b"head" {
            sum_at = offset + SUM_IN_HEAD;
        }
        font.extend(tag);
        font.extend(
            [checksum(table), offset as u32, table.len() as u32].into_iter().flat_map(u32::to_be_bytes),
        );
        offset += table.len().next_multiple_of(4);
    }
    for table in tables.values() {
        font.extend_from_slice(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    // What the standard wants all of a font to come to.
    let rest = 0xb1b0_afba_u32.wrapping_sub(checksum(&font));
    font[sum_at..sum_at + 4].copy_from_slice(&rest.to_be_bytes());
    font
}

fn checksum(table: &[u8]) -> u32 {
    let words = table.chunks(4).map(|bytes| {
        let mut word = [0; 4];
        word[..bytes.len()].copy_from_slice(bytes);
        u32::from_be_bytes(word)
    });
    words.fold(0, u32::wrapping_add)
}
