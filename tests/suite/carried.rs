//! Every picture carries itself: what it shows, of where, of when, whose figures they are, how well they are known, the
//! day it was made, and its letters.

use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use clap::Parser as _;
use resvg::usvg::roxmltree::{Document, Node};
use shadowpool::cli::{self, Arguments};
use shadowpool::export::{Paper, pdf, pixels, svg};
use shadowpool::figure::{
    Anchor, Figure, Frame, Mark, MarkId, Point, Scheme, Text, Weight, drawable, glyphs, visible, width_px,
};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use super::support::say_skipped;

/// The picture that `render` makes of these words, as SVG.
fn rendered(words: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.svg");
    let ends = ["--date", "2024-08-31", "-o", path.to_str().unwrap()];
    let all = ["shadowpool", "render"].iter().chain(words).chain(&ends);
    let arguments = Arguments::parse_from(all);
    let mut said = Vec::new();
    cli::run(arguments.command.as_ref().unwrap(), &mut Vec::new(), &mut said);
    fs::read_to_string(path).unwrap_or_else(|_| panic!("{words:?}: {}", String::from_utf8_lossy(&said)))
}

/// The words of a picture that are drawn; its description, which nobody sees, is not among them.
fn drawn_words(svg: &str) -> String {
    let document = Document::parse(svg).unwrap();
    let is_seen = |node: &Node<'_, '_>| node.has_tag_name("text") && !node.has_attribute("aria-hidden");
    let texts = document
        .descendants()
        .filter(is_seen)
        .filter_map(|node| node.children().find_map(|child| child.is_text().then(|| child.text()).flatten()));
    texts.collect::<Vec<_>>().join(" ")
}

fn sample(name: &str) -> String {
    format!("{}/sample-data/{name}.ron", env!("CARGO_MANIFEST_DIR"))
}

const POOL: &str = "Starting Well, shadow pool";

#[test]
fn every_picture_says_of_where_of_when_of_how_much_and_whose_it_is() {
    let file = sample("west-cheshire");
    for options in [
        &[][..],
        &["--view", "themes"],
        &["--view", "pool", "--scenario", POOL],
        &["--scenario", POOL],
        &["--scenario", POOL, "--compare", "baseline"],
        &["--scenario", POOL, "--compare", "baseline", "--difference"],
    ] {
        let words = drawn_words(&rendered(&[&[&*file], options].concat()));
        for part in ["West Cheshire", "2013/14", "£", "llustrative", "Sources: ", "Made on 31 August 2024."]
        {
            assert!(words.contains(part), "{options:?}: \"{part}\" is not in {words}");
        }
        if options.contains(&POOL) {
            assert!(words.contains("MODEL, not an offer. Scenario: "), "{options:?}: {words}");
        }
    }
}

#[test]
fn what_is_left_out_is_said_and_only_those_are_named_whose_figures_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let spend = folder.path().join("spend.csv");
    let other = folder.path().join("other.csv");
    fs::write(&spend, "Agency,Theme,Year,Amount\nPolice,Safe,2024/25,12.00\nPolice,Well,2024/25,8.00\n")
        .unwrap();
    fs::write(&other, "Agency,Theme,Year,Amount\nHealth,Well,2024/25,5.00\n").unwrap();
    let (spend, other) = (spend.to_str().unwrap(), other.to_str().unwrap());
    let words = drawn_words(&rendered(&[spend, other, "--where", "theme=Safe"]));
    assert!(words.contains("2024/25") && words.contains("only theme Safe"), "{words}");
    assert!(words.contains("spend") && !words.contains("other"), "{words}");
    let words = drawn_words(&rendered(&[spend, other]));
    assert!(words.contains("spend") && words.contains("other") && !words.contains("only theme"), "{words}");
}

#[test]
fn the_small_print_of_no_sample_takes_more_than_three_lines() {
    for name in
        ["west-cheshire", "tri-borough", "greater-manchester", "newcastle-neighbourhoods", "greater-essex"]
    {
        for size in ["1024x768", "1280x720", "1920x1080"] {
            let svg = rendered(&[&sample(name), "--size", size]);
            let document = Document::parse(&svg).unwrap();
            let number =
                |node: Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
            let said = |id: &str| {
                let node = document.descendants().find(|node| node.attribute("id") == Some(id));
                node.and_then(|node| node.text()).unwrap_or_default().to_owned()
            };
            let notes: Vec<String> = said("desc").lines().map(str::to_owned).collect();
            let root = document.root_element();
            let frame = Frame::new(number(root, "width"), number(root, "height"), &said("title"), &notes);
            let below = frame.place().y1;
            let words = document.descendants().filter(|node| node.has_tag_name("text"));
            let foot: Vec<Node<'_, '_>> = words.filter(|&node| number(node, "y") > below).collect();
            let mut lines: Vec<i64> = foot.iter().map(|&node| number(node, "y").round() as i64).collect();
            lines.dedup();
            assert!((1..=3).contains(&lines.len()), "{name} at {size}: {lines:?}");
            assert!(foot.iter().all(|&node| number(node, "font-size") >= 12.0), "{name} at {size}");
        }
    }
}

/// Names of people and places, one for each corner of Europe, and some that are written in two characters.
const NAMES: [&str; 16] = [
    "Żółć i Łódź",
    "Þórður",
    "Đà Nẵng",
    "Ștefan",
    "Ğ, İ, ı",
    "Großer ẞ",
    "Œuvre",
    "Əliyev",
    "Ʒ ʒ Ǯ ǯ",
    "ŉ Ǆ",
    "Ελλάδα",
    "Україна ґ",
    "Győr",
    "Zu\u{308}rich",
    "Gyo\u{30b}r",
    "Ħal Ġdid",
];

fn page(names: &[&str]) -> Figure {
    let label = |(index, name): (usize, &&str)| {
        let at = Point::new(10.0, 25.0 + 24.0 * index as f64);
        let text = Text::centred(at, Anchor::Start, 16.0, Weight::ALL[index % 2], *name);
        Mark::label(MarkId::of(&[name]), text, Scheme::Light.ink())
    };
    Figure {
        width: 320.0,
        height: 40.0 + 24.0 * names.len() as f64,
        title: String::new(),
        notes: Vec::new(),
        scheme: Scheme::Light,
        unbalanced: None,
        words: Vec::new(),
        marks: names.iter().enumerate().map(label).collect(),
    }
}

#[test]
fn the_letters_of_european_names_are_there() {
    let sign = glyphs("\u{25a1}", Weight::Regular)[0].id;
    for name in NAMES {
        assert_eq!(drawable(name), name);
        for weight in Weight::ALL {
            assert!(glyphs(name, weight).iter().all(|glyph| glyph.id != sign), "{name} has a box");
        }
    }
    let latin = ('\u{c0}'..='\u{24f}')
        .chain('\u{1e00}'..='\u{1e9b}')
        .chain('\u{391}'..='\u{3c9}')
        .chain('\u{400}'..='\u{45f}');
    let lacking: String =
        latin.filter(|&c| c.is_alphabetic() && drawable(&c.to_string()) != c.to_string()).collect();
    assert_eq!(lacking, "");
}

#[test]
fn a_letter_that_the_font_lacks_is_a_sign_of_the_width_that_was_measured() {
    let name = "Ba\u{10d3}\u{4e2d}\u{1f3db} ltd";
    assert_eq!(drawable(name), "Ba\u{25a1}\u{25a1}\u{25a1} ltd");
    for weight in Weight::ALL {
        assert!((width_px(name, 14.0, weight) - width_px(&drawable(name), 14.0, weight)).abs() < 1e-9);
    }
    let figure = page(&[name]);
    let text = svg(&figure);
    assert!(text.contains(name), "whoever copies the words has the letters");
    let fonts = fonts_of(&text);
    let letters = FontRef::new(&fonts[0]).unwrap().charmap();
    for letter in ['\u{10d3}', '\u{4e2d}', '\u{1f3db}'] {
        assert_eq!(letters.map(letter), letters.map('\u{25a1}'), "a browser draws the box too");
    }
    assert_eq!(pixels(&figure, 2.0), pixels(&page(&[&drawable(name)]), 2.0));
}

/// The fonts that an SVG brings along, as files.
fn fonts_of(svg: &str) -> Vec<Vec<u8>> {
    use base64::Engine as _;
    let parts = svg.split("url(data:font/ttf;base64,").skip(1);
    parts
        .map(|part| {
            let text = part.split_once(')').unwrap().0;
            base64::engine::general_purpose::STANDARD.decode(text).unwrap()
        })
        .collect()
}

#[test]
fn an_svg_brings_the_letters_of_its_words_and_no_others() {
    let figure = page(&NAMES);
    let fonts = fonts_of(&svg(&figure));
    assert_eq!(fonts.len(), 2, "Regular and SemiBold");
    for (weight, bytes) in Weight::ALL.into_iter().zip(&fonts) {
        let font = FontRef::new(bytes).unwrap();
        let letters = font.charmap();
        let widths = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let names = NAMES.iter().enumerate().filter(|(index, _)| Weight::ALL[index % 2] == weight);
        for letter in names.flat_map(|(_, name)| visible(name).chars().collect::<Vec<_>>()) {
            let Some(whole) = glyphs(&letter.to_string(), weight).first().copied() else { continue };
            let glyph = letters.map(letter).unwrap_or_else(|| panic!("{letter} is not in the font"));
            let width = f64::from(widths.advance_width(glyph).unwrap());
            assert!(
                (width - whole.advance).abs() < 1e-4,
                "{letter} is {width} ems wide, not {}",
                whole.advance
            );
        }
        assert!(letters.map('Q').is_none(), "nobody has written a Q");
        assert!(bytes.len() < 30_000, "{} bytes", bytes.len());
    }
    let kerned = FontRef::new(&fonts[0]).unwrap();
    assert!(
        kerned.table_data(skrifa::Tag::new(b"kern")).is_some(),
        "letters stand as near as they were measured"
    );
}

#[test]
fn a_pdf_is_searched_and_copied_word_by_word_each_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.pdf");
    fs::write(&path, pdf(&page(&NAMES), Paper::Picture).unwrap()).unwrap();
    let Some(text) = text_of(&path) else { return };
    // Where words end it guesses, by the room between letters.
    let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
    let text = without_spaces(&text);
    for name in &NAMES[..12] {
        assert_eq!(text.matches(&without_spaces(name)).count(), 1, "{name} in {text}");
    }
}

fn text_of(path: &Path) -> Option<String> {
    let output = Process::new("pdftotext").arg(path).arg("-").stderr(Stdio::null()).output();
    match output {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(error) => {
            say_skipped(&format!("pdftotext: {error}"));
            None
        }
    }
}

#[test]
fn the_pdf_of_a_sample_is_small_and_has_its_names_and_amounts() {
    for (name, most) in
        [("west-cheshire", 120_000), ("tri-borough", 120_000), ("birmingham-total-place", 60_000)]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("picture.pdf");
        let words =
            ["shadowpool", "render", &sample(name), "--date", "2024-08-31", "-o", path.to_str().unwrap()];
        let arguments = Arguments::parse_from(words);
        cli::run(arguments.command.as_ref().unwrap(), &mut Vec::new(), &mut Vec::new());
        let size = fs::metadata(&path).unwrap().len();
        assert!(size < most, "{name}: {size} bytes");
        let Some(text) = text_of(&path) else { return };
        assert!(text.contains('£') && text.contains("Made on 31 August 2024."), "{name}: {text}");
    }
}
