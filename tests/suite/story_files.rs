//! The story of a place taken away: as pages, as slides, as a page for a browser, each read back from its bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::ops::ControlFlow;
use std::path::Path;

use base64::Engine as _;
use sha2::{Digest as _, Sha256};
use shadowpool::dimension::{Date, Dimension};
use shadowpool::export::{Paper, StoryFile, StoryFileError, StoryOptions, story};
use shadowpool::figure::{Scheme, named_mark};
use shadowpool::flow::{Focus, trace};
use shadowpool::money::{Money, in_short, read_amount};
use shadowpool::place::{Place, Scene, Screen, ViewSpec, read_place};
use shadowpool::scene::{Flows, open_scene, scene_table, scene_traces};

use crate::export::pdf_text;
use crate::support::say_skipped;
use crate::support_ledgers::small_place;

const WEST_CHESHIRE: &str = include_str!("../../sample-data/west-cheshire.ron");

fn scene(name: &str, view: ViewSpec) -> Scene {
    Scene { name: name.to_owned(), view, ..Scene::default() }
}

/// West Cheshire, told in six scenes.
fn told() -> Place {
    let mut place = read_place(WEST_CHESHIRE).unwrap();
    let year = place.view.filter.clone();
    let scenario = Some("Starting Well, shadow pool".to_owned());
    let flows = |layers: &[Dimension]| ViewSpec {
        layers: layers.to_vec(),
        filter: year.clone(),
        ..ViewSpec::default()
    };
    let three = [Dimension::Funder, Dimension::Agency, Dimension::Theme];
    let pooled = [Dimension::Agency, Dimension::Pool, Dimension::Theme, Dimension::Service];
    let mut lit = scene("One theme", flows(&three));
    lit.pinned = vec![(Dimension::Theme, "Starting Well".to_owned())];
    let mut whole = scene("The place", flows(&three));
    "Begin with the whole.\n\nAsk who is in the room.".clone_into(&mut whole.notes);
    let of_scenario = |screen| ViewSpec { screen, scenario: scenario.clone(), ..flows(&pooled) };
    let mut moves = of_scenario(Screen::Flows);
    moves.compare =
        Some(shadowpool::place::Comparison { with: None, shows: shadowpool::place::Compared::Difference });
    let story = vec![
        whole,
        lit,
        scene("The pool", of_scenario(Screen::Flows)),
        scene("What moves", moves),
        scene("Who gains", of_scenario(Screen::Pool)),
        scene("Themes", ViewSpec { screen: Screen::Themes, ..flows(&three) }),
    ];
    place.story = story.into();
    place
}

fn day() -> Date {
    Date::of_day(2026, 11, 30).unwrap()
}

fn made(place: &Place, file: StoryFile, with_notes: bool) -> (Vec<u8>, Vec<String>) {
    let options = StoryOptions { file, with_notes, made: day() };
    let story = story(place, options, &mut |_| ControlFlow::Continue(())).unwrap();
    (story.bytes, story.told)
}

/// The parts of a file of slides, by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// The words of an XML part, each `<a:t>` one of them, and that all of it is well formed.
fn words(xml: &[u8]) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    reader.config_mut().check_end_names = true;
    let (mut words, mut is_text) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("the part is well formed") {
            quick_xml::events::Event::Eof => return words,
            quick_xml::events::Event::Start(start) => {
                is_text = start.name().as_ref() == "a:t";
                if is_text {
                    words.push(String::new());
                }
            }
            quick_xml::events::Event::End(_) => is_text = false,
            quick_xml::events::Event::Text(text) if is_text => {
                words.last_mut().unwrap().push_str(&text);
            }
            quick_xml::events::Event::GeneralRef(reference) if is_text => {
                let name = &*reference;
                let sign = match name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("an unknown reference {other}"),
                };
                words.last_mut().unwrap().push_str(sign);
            }
            _ => {}
        }
    }
}

/// Whether a part of an archive is of a kind.
fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == ending)
}

#[test]
fn a_story_has_a_page_for_each_scene_and_each_says_what_it_is_of() {
    let place = told();
    let (bytes, told) = made(&place, StoryFile::Pdf(Paper::A4), false);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(bytes, made(&place, StoryFile::Pdf(Paper::A4), false).0, "the same story, the same bytes");
    assert_ne!(bytes, made(&place, StoryFile::Pdf(Paper::A3), false).0);
    let Some(text) = pdf_text(&bytes) else {
        return say_skipped("pdftotext is not installed: the words of the pages are not read back");
    };
    let pages: Vec<String> = text
        .split_terminator('\u{c}')
        .map(|page| page.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(pages.len(), 6);
    for (page, scene) in pages.iter().zip(place.story.iter()) {
        let caption = open_scene(&place, scene).caption;
        assert!(page.contains(caption.trim_end_matches('.')), "{caption}: {page}");
        for said in ["West Cheshire", "2013/14", "llustrative", "Sources: ", "Made on 30 November 2026."] {
            assert!(page.contains(said), "{}: {said}: {page}", scene.name);
        }
        let is_of_scenario = scene.view.scenario.is_some();
        assert_eq!(page.contains("MODEL"), is_of_scenario, "{}: {page}", scene.name);
        assert_eq!(page.contains("Starting Well, shadow pool"), is_of_scenario, "{}: {page}", scene.name);
        assert!(!page.contains("Begin with the whole"), "notes are not asked for");
    }
}

#[test]
fn notes_that_have_no_room_go_on_behind_their_scene_and_none_of_them_is_lost() {
    let mut place = told();
    let notes =
        |letters: usize| (0..letters / 8).map(|at| format!("word{at:03} ")).collect::<Vec<_>>().concat();
    let mut story = place.story.to_vec();
    story.truncate(2);
    story[0].notes = notes(20_000);
    story[1].notes = "m".repeat(2_000);
    place.story = story.into();
    let (bytes, _) = made(&place, StoryFile::Pdf(Paper::A4), true);
    let Some(text) = pdf_text(&bytes) else {
        return say_skipped("pdftotext is not installed: the words of the pages are not read back");
    };
    let pages: Vec<&str> = text.split_terminator('\u{c}').collect();
    assert!(pages.len() > 5, "{} pages", pages.len());
    for at in 0..2_500 {
        assert!(text.contains(&format!("word{at:03}")), "word{at:03} is lost");
    }
    let letters: usize =
        text.lines().filter(|line| line.starts_with("mmm")).map(|line| line.trim().len()).sum();
    assert_eq!(letters, 2_000, "a word longer than a line is broken and not cut");
    assert!(text.contains("Notes, continued"));
}

#[test]
fn slides_have_captions_as_titles_notes_beside_them_and_pictures_in_words() {
    let mut place = told();
    let mut story = place.story.to_vec();
    let long = "A <b>long</b> & \u{1f600} note. ".repeat(800);
    story[5].notes = long.clone();
    story[5].caption = "<script>alert(1)</script> & \u{202e}turned".to_owned();
    place.story = story.into();
    let (bytes, _) = made(&place, StoryFile::Pptx, false);
    assert_eq!(bytes, made(&place, StoryFile::Pptx, false).0, "the same story, the same bytes");
    let parts = parts(&bytes);
    for (name, part) in &parts {
        if has_ending(name, "xml") || has_ending(name, "rels") {
            words(part);
        }
    }
    for (at, scene) in place.story.iter().enumerate() {
        let number = at + 1;
        let slide = words(&parts[&format!("ppt/slides/slide{number}.xml")]);
        let caption = open_scene(&place, scene).caption.replace('\u{202e}', "\u{25a1}");
        assert_eq!(slide[0], caption);
        let small = &slide[1];
        for said in ["West Cheshire", "2013/14", "Sources: ", "Made on 30 November 2026."] {
            assert!(small.contains(said) || caption.contains(said), "{}: {said}: {small}", scene.name);
        }
        assert_eq!(small.contains("MODEL"), scene.view.scenario.is_some(), "{small}");
        let notes = words(&parts[&format!("ppt/notesSlides/notesSlide{number}.xml")]);
        let told: Vec<&str> = scene.notes.split_whitespace().collect();
        assert_eq!(notes.join(" ").split_whitespace().collect::<Vec<_>>(), told, "{}", scene.name);
        let xml = String::from_utf8(parts[&format!("ppt/slides/slide{number}.xml")].clone()).unwrap();
        assert!(xml.contains("descr=\"") && !xml.contains("descr=\"\""), "the picture is told in words");
        let picture = image::load_from_memory(&parts[&format!("ppt/media/image{number}.png")]).unwrap();
        assert!(picture.width() >= 2 * 1280, "{} pixels are too few for a hall", picture.width());
    }
    // Whatever a part refers to is there, and whatever is there has a kind.
    let kinds = String::from_utf8(parts["[Content_Types].xml"].clone()).unwrap();
    for (name, part) in parts.iter().filter(|(name, _)| has_ending(name, "rels")) {
        let text = String::from_utf8(part.clone()).unwrap();
        for target in text.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let file = target.rsplit('/').next().unwrap();
            assert!(parts.keys().any(|part| part.ends_with(file)), "{name}: {target}");
        }
    }
    for name in parts.keys().filter(|name| has_ending(name, "xml") && !name.starts_with('[')) {
        assert!(kinds.contains(&format!("PartName=\"/{name}\"")), "{name}");
    }
}

/// The data of each scene of a page.
fn data(page: &str) -> Vec<serde_json::Value> {
    page.split("<script type=\"application/json\">")
        .skip(1)
        .map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap())
        .collect()
}

#[test]
fn a_page_for_a_browser_stands_alone_and_is_small() {
    let place = told();
    let (bytes, _) = made(&place, StoryFile::Html, false);
    assert_eq!(bytes, made(&place, StoryFile::Html, false).0, "the same story, the same bytes");
    assert!(bytes.len() < 1_000_000, "{} bytes", bytes.len());
    let page = String::from_utf8(bytes).unwrap();
    for outside in ["http://", "https://", "src=", "@import", "url(h", "fetch(", "XMLHttp", " on"] {
        let found =
            page.match_indices(outside).map(|(at, _)| page[at..].chars().take(40).collect::<String>());
        let is_it = |found: &String| match outside {
            // The name of a language of marks is no place to go to.
            "http://" => !found.starts_with("http://www.w3.org/2000/svg"),
            // An attribute that runs something.
            " on" => found
                .split_once('=')
                .is_some_and(|(name, _)| name[1..].chars().all(|letter| letter.is_ascii_lowercase())),
            _ => true,
        };
        let found: Vec<String> = found.filter(is_it).collect();
        assert!(found.is_empty(), "{outside}: {found:?}");
    }
    // What the page may run and be styled by is what it has, by its hash.
    let between = |from: &str, to: &str| page.rsplit_once(from).unwrap().1.split(to).next().unwrap();
    for (kind, content) in
        [("script", between("<script>", "</script>")), ("style", between("<style>", "</style>"))]
    {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(content.as_bytes()));
        assert!(page.contains(&format!("{kind}-src 'sha256-{hash}'")), "{kind}");
    }
    assert!(page.contains("default-src 'none'"));
    assert_eq!(page.matches("<section").count(), 6);
    assert_eq!(page.matches("<h2").count(), 6);
    for (at, scene) in place.story.iter().enumerate() {
        let section = page.split("<section").nth(at + 1).unwrap().split("</section>").next().unwrap();
        for said in
            ["West Cheshire", "2013/14", "Sources: ", "Made on 30 November 2026.", "<th scope=\"col\">"]
        {
            assert!(section.contains(said), "{}: {said}", scene.name);
        }
        assert_eq!(section.contains("class=\"stamp\""), scene.view.scenario.is_some(), "{}", scene.name);
        assert!(
            section.contains("tabindex=\"0\" role=\"button\""),
            "{}: nothing can be walked to",
            scene.name
        );
    }
}

#[test]
fn what_lights_up_on_a_page_is_what_the_lines_say() {
    let place = told();
    let (bytes, _) = made(&place, StoryFile::Html, false);
    let page = String::from_utf8(bytes).unwrap();
    let data = data(&page);
    assert_eq!(data.len(), 6);
    let opened = open_scene(&place, &place.story[1]);
    // The size of pictures on the page.
    let flows = Flows::of(&opened.place, 640.0);
    let traces = scene_traces(&opened, Scheme::Light, (1280.0, 640.0));
    let numbers: Vec<&str> =
        data[1]["t"].as_array().unwrap().iter().map(|said| said.as_str().unwrap()).collect();
    let words = data[1]["w"].as_array().unwrap();
    let mut compared = 0;
    for (index, node) in flows.graph.nodes.iter().enumerate() {
        let begins = format!("{}: ", node.name);
        let Some(number) = numbers.iter().position(|said| said.starts_with(&begins)) else { continue };
        let lit = &data[1]["f"][number.to_string()][1];
        let traced = trace(&flows.graph, Focus::Node(index));
        for entry in lit.as_array().unwrap().chunks(6) {
            let of = numbers[entry[0].as_u64().unwrap() as usize];
            let name = of.split(": £").next().unwrap();
            let there = flows.graph.nodes.iter().position(|node| &*node.name == name).unwrap();
            assert_eq!(
                words[entry[1].as_u64().unwrap() as usize],
                in_short(traced.nodes[there]),
                "{begins}{of}"
            );
            compared += 1;
        }
        let drawn = traced.nodes.iter().filter(|amount| !amount.is_zero()).count();
        assert_eq!(lit.as_array().unwrap().len() / 6, drawn, "{begins}");
    }
    assert!(compared > 50, "{compared}");
    // What the scene has lit is lit when its page is opened.
    let pinned = data[1]["p"].as_u64().unwrap() as usize;
    assert!(numbers[pinned].starts_with("Starting Well: "), "{}", numbers[pinned]);
    assert_eq!(traces.pinned, Some(named_mark(Dimension::Theme, "Starting Well")));
}

#[test]
fn captions_and_notes_are_words_and_nothing_else_on_a_page() {
    let mut place = told();
    let mut story = place.story.to_vec();
    story.truncate(1);
    story[0].caption = "</h2><script>alert(1)</script> & \"\u{202e}turned\" \u{1f600}".to_owned();
    story[0].notes = format!("</p><img src=x onerror=alert(1)> {}", "lengthy ".repeat(4_000));
    story[0].name = "</script><script>alert(2)</script>".to_owned();
    place.name = "<i>Town</i></script>".to_owned();
    place.story = story.into();
    let (bytes, _) = made(&place, StoryFile::Html, true);
    let page = String::from_utf8(bytes).unwrap();
    assert_eq!(page.matches("<script").count(), 2, "its data and its own script");
    assert!(!page.contains("<img") && !page.contains("<i>") && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains('\u{1f600}'));
    assert_eq!(page.matches("lengthy ").count(), 4_000);
}

#[test]
fn a_scene_whose_scenario_is_gone_says_so_on_its_page_and_to_whoever_asked() {
    let mut place = told();
    let mut story = place.story.to_vec();
    story.truncate(1);
    story[0].view.scenario = Some("Nothing like it".to_owned());
    place.story = story.into();
    let (bytes, told) = made(&place, StoryFile::Html, false);
    let gone = "The scenario \u{201c}Nothing like it\u{201d} is gone; the place is shown as it is.";
    assert_eq!(told, [format!("The place: {gone}")]);
    assert!(String::from_utf8(bytes).unwrap().contains(gone));
    let (bytes, told) = made(&place, StoryFile::Pptx, false);
    assert_eq!(told.len(), 1);
    assert!(words(&parts(&bytes)["ppt/slides/slide1.xml"])[1].starts_with(gone));
    let (bytes, _) = made(&place, StoryFile::Pdf(Paper::A4), false);
    match pdf_text(&bytes) {
        Some(text) => assert!(text.contains(gone), "{text}"),
        None => say_skipped("pdftotext is not installed: the words of the page are not read back"),
    }
}

#[test]
fn a_place_without_a_story_says_how_to_come_by_one_and_work_that_is_stopped_makes_nothing() {
    let options = StoryOptions { file: StoryFile::Html, with_notes: false, made: day() };
    let error = story(&small_place(), options, &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert!(error.to_string().contains("has no story yet; capture scenes"), "{error}");
    let stopped = story(&told(), options, &mut |scenes| {
        if scenes == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(stopped.unwrap_err(), StoryFileError::Stopped);
}

#[test]
fn a_hundred_scenes_of_a_small_place_are_a_hundred_pages() {
    let scenes: Vec<Scene> = (0..100).map(|at| scene(&format!("Scene {at}"), ViewSpec::default())).collect();
    let place = Place { story: scenes.into(), ..small_place() };
    let (bytes, _) = made(&place, StoryFile::Pdf(Paper::A4), false);
    if let Some(text) = pdf_text(&bytes) {
        assert_eq!(text.matches('\u{c}').count(), 100);
    }
    let page = String::from_utf8(made(&place, StoryFile::Html, false).0).unwrap();
    assert_eq!(page.matches("<section").count(), 100);
}

#[test]
fn the_table_behind_a_scene_adds_up_to_its_picture() {
    let place = told();
    for scene in place.story.iter() {
        let opened = open_scene(&place, scene);
        let table = scene_table(&opened);
        assert!(!table.rows.is_empty(), "{}", scene.name);
        assert!(table.rows.iter().all(|row| row.len() == table.headings.len()), "{}", scene.name);
        let Some(total) = &table.total else { continue };
        let column = table.name_columns;
        let read = |row: &[String]| read_amount(&row[column]).unwrap();
        let sum: Money = table.rows.iter().map(|row| read(row)).sum();
        assert_eq!(sum, read(total), "{}", scene.name);
    }
}
