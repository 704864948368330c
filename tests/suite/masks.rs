//! Masks: amounts as shares or hidden, chosen partners as letters, in pictures, in words and in the window, whatever is
//! drawn; widths and counts of lines stay, and that is said.

use egui::{Key, Modifiers};
use shadowpool::figure::{Figure, Mark, Scheme, Shape};
use shadowpool::money::MaskedValues;
use shadowpool::place::{Mask, MaskedPartners, Place, read_place};
use shadowpool::scene::{
    BlindPlace, Flows, captions, flows_picture, flows_words, themes_captions, themes_picture, themes_words,
};

use super::cli::{run, said};
use super::flow_labels::{SIZES, check};
use super::sample_data::samples;
use super::support_window::{CTRL, Window};

/// All that a picture says, to eyes and ears.
fn texts(figure: &Figure) -> Vec<String> {
    let marks = figure.marks.iter().flat_map(|mark| {
        let label = match &mark.shape {
            Shape::Label(text) => text.content.clone(),
            _ => String::new(),
        };
        [label, mark.tooltip.clone()]
    });
    let words = figure.notes.iter().chain(&figure.words).cloned();
    words.chain([figure.title.clone()]).chain(marks).filter(|text| !text.is_empty()).collect()
}

/// Whether a number follows a pound sign, or comes before a per cent sign.
fn tells_how_much(text: &str) -> bool {
    let begins = |after: &str| after.starts_with(|c: char| c.is_ascii_digit());
    let ends = |before: &str| before.ends_with(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = text.split('%').collect();
    text.split('£').skip(1).any(begins) || parts[..parts.len() - 1].iter().any(|before| ends(before))
}

fn pictures(place: &Place, mask: &Mask) -> Vec<Figure> {
    let hidden = BlindPlace::masked(place, mask);
    let (place, to) = (&hidden.place, hidden.audience());
    let flows = flows_picture(place, Scheme::Light, (1200.0, 700.0));
    let (title, notes) = captions(place, to);
    let words = flows_words(place, &Flows::of(place, 700.0), to).lines();
    let flows = Figure { title, notes, words, ..flows };
    let (title, notes) = themes_captions(place, to);
    let words = themes_words(place, to).lines();
    let themes = themes_picture(place, Scheme::Light, shadowpool::figure::Measure::Both, (1200.0, 700.0));
    [flows, Figure { title, notes, words, ..themes }].map(|figure| hidden.blind.figure(figure)).into()
}

#[test]
fn hidden_amounts_are_nowhere_in_a_picture_nor_in_its_words() {
    let mask = Mask { values: MaskedValues::Hidden, partners: MaskedPartners::Nobody };
    for (file, place) in samples() {
        for figure in pictures(&place, &mask) {
            let texts = texts(&figure);
            for text in &texts {
                assert!(!tells_how_much(text), "{file}: {text}");
                for fraction in
                    [" half of ", " a third of ", " a quarter of ", " a tenth of ", "more than half"]
                {
                    assert!(!text.contains(fraction), "{file}: {text}");
                }
            }
            assert!(
                texts.iter().any(|text| text.contains(MaskedValues::HIDDEN_AMOUNT)),
                "{file}: {texts:#?}"
            );
        }
    }
}

#[test]
fn masked_words_stand_where_words_stand_on_plates_as_wide_as_they_are() {
    let size = SIZES[2];
    for values in [MaskedValues::Hidden, MaskedValues::Shares] {
        for (file, place) in samples() {
            let hidden = BlindPlace::masked(&place, &Mask { values, partners: MaskedPartners::Nobody });
            let flows = Flows::of(&hidden.place, size.1);
            let drawn = flows.draw(&flows.input(&hidden.place, Scheme::Light, size, None, 0));
            let masked = hidden.blind.figure(drawn.figure.clone());
            check(&masked, &drawn, &flows.graph, &format!("{file}, {values:?}"));
            let words: Vec<_> = masked.marks.iter().filter(|mark| is_label(mark)).collect();
            for plate in masked.marks.iter().filter(|mark| matches!(mark.shape, Shape::Polygon(_))) {
                let plate = plate.shape.bounds();
                let on_it = words.iter().map(|word| word.shape.bounds());
                let on_it =
                    on_it.filter(|word| plate.contains(word.center())).reduce(|all, one| all.union(one));
                let width = on_it.unwrap_or_else(|| panic!("{file}: nothing stands at {plate:?}")).width();
                assert!((plate.width() - width - 6.0).abs() < 0.1, "{file}: {plate:?} for {width}");
            }
        }
    }
}

fn is_label(mark: &Mark) -> bool {
    matches!(mark.shape, Shape::Label(_))
}

#[test]
fn a_chosen_partner_has_the_letter_that_it_has_among_all_and_the_others_their_names() {
    for (file, place) in samples() {
        let every: Vec<String> = place.agencies.iter().map(|agency| agency.name.clone()).collect();
        let Some((chosen, rest)) = every.split_first() else { continue };
        let mask =
            Mask { values: MaskedValues::Shown, partners: MaskedPartners::Only([chosen.clone()].into()) };
        let letter = BlindPlace::of(&place).blind.say(chosen);
        let masked = BlindPlace::masked(&place, &mask).blind;
        assert_eq!(masked.say(chosen), letter, "{file}");
        assert!(
            rest.iter().all(|name| name.contains(chosen.as_str()) || masked.say(name) == *name),
            "{file}"
        );
        assert_eq!(masked.say("£1.2m, 34%"), "£1.2m, 34%");
        for figure in pictures(&place, &mask) {
            for text in texts(&figure) {
                let is_place = place.name.contains(chosen.as_str()) || text.starts_with("Sources");
                assert!(is_place || !text.contains(chosen.as_str()), "{file}: {text}");
            }
        }
    }
}

#[test]
fn render_masks_what_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("picture.txt");
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/west-cheshire.ron");
    let out = run(folder.path(), &["render", sample, "--mask", "hidden", "-o", "picture.txt"], "");
    assert!(out.status.success(), "{}", said(&out));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.lines().all(|line| !tells_how_much(line)), "{text}");
    let out =
        run(folder.path(), &["render", sample, "--mask-partner", "Nobody at all", "-o", "other.txt"], "");
    assert!(said(&out).contains("no agency is called \"Nobody at all\""), "{}", said(&out));
}

#[test]
fn m_masks_amounts_in_all_of_the_window_and_b_reveals_no_more() {
    let mut window = Window::sample();
    window.press(Modifiers::NONE, Key::M);
    assert!(window.says("Masked: amounts hidden"), "{:#?}", window.names());
    let telling: Vec<String> = window.names().into_iter().filter(|name| tells_how_much(name)).collect();
    assert!(telling.is_empty(), "{telling:#?}");
    window.press(Modifiers::NONE, Key::B);
    assert!(window.says("Blind mode"));
    window.press(Modifiers::NONE, Key::B);
    assert!(window.says("Masked: amounts hidden"));
    window.press(Modifiers::NONE, Key::M);
    assert!(window.says("Masked: amounts as shares"));
    window.press(Modifiers::NONE, Key::M);
    assert!(!window.says("Masked: "));
}

#[test]
fn no_scene_is_made_of_what_is_masked_and_no_story_is_drawn_as_if_it_was() {
    let mut window = Window::sample();
    let scenes = window.place().story.len();
    for key in [Key::M, Key::B] {
        window.press(Modifiers::NONE, key);
        window.press(CTRL, Key::Enter);
        assert_eq!(window.place().story.len(), scenes);
        assert!(
            window.says("Reveal first: a scene shows partners and amounts as they are"),
            "{:#?}",
            window.names()
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/west-cheshire.ron");
    for of in [&["--story"][..], &["--scene", "1"]] {
        for mask in [&["--mask", "hidden"][..], &["--mask-partner", "Cheshire Constabulary"]] {
            let out = run(folder.path(), &[&["render", sample, "-o", "out.pdf"], of, mask].concat(), "");
            assert!(!out.status.success() && said(&out).contains("cannot be used with"), "{}", said(&out));
        }
    }
}

#[test]
fn what_is_told_beside_a_masked_picture_is_masked() {
    let folder = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/west-cheshire.ron");
    let scenario = ["render", sample, "--scenario", "Starting Well, earlier help", "-o", "out.svg"];
    let plain = run(folder.path(), &scenario, "");
    assert!(said(&plain).contains("£250,000.00 of the pool is unallocated"), "{}", said(&plain));
    for mask in [&["--blind"][..], &["--mask", "hidden"], &["--blind", "--view", "pool"]] {
        let out = run(folder.path(), &[&scenario, mask].concat(), "");
        assert!(out.status.success() && said(&out).contains("of the pool is unallocated"), "{}", said(&out));
        assert!(!said(&out).contains("250,000"), "{mask:?}: {}", said(&out));
    }
}

#[test]
fn a_place_with_a_masked_scene_is_refused_in_words() {
    let scene = "(name: \"A\", view: (mask: (values: Hidden)))";
    let error = read_place(&format!("(format: 2, name: \"T\", story: [{scene}], view: (), lines: [])"));
    let error = error.err().unwrap().to_string();
    assert!(error.contains("the scene \"A\" is masked, and scenes are drawn as they are"), "{error}");
}
