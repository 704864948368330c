//! Where whoever presents is, cue by cue, without a window; and what is tried in a scene, which the place knows nothing of.

use proptest::prelude::*;
use shadowpool::dimension::Dimension;
use shadowpool::figure::{Figure, MarkId, RoomSizes, SceneChange, Scheme, Shape, room_footed, room_titled};
use shadowpool::ledger::{Keep, Totals};
use shadowpool::money::Money;
use shadowpool::place::{Place, Screen};
use shadowpool::scene::{
    AfterCue, Cover, Cue, Poke, Presentation, SceneOptions, ScenePage, open_scene, presented_scene,
};
use shadowpool::store::today;

use crate::sample_data::samples;

fn begin(count: usize) -> Presentation {
    Presentation::begin(count, 0).expect("there are scenes")
}

/// Where a story of so many scenes is after these cues.
fn check(count: usize, cues: &[Cue], right: &str) {
    let mut at = begin(count);
    for cue in cues {
        at.cue(*cue);
    }
    assert_eq!(at.position(), right, "{cues:?}");
}

const BLACK: Cue = Cue::Cover(Cover::Black);
const WHITE: Cue = Cue::Cover(Cover::White);

#[test]
fn it_goes_on_and_back_and_to_the_ends_and_never_beyond() {
    check(3, &[Cue::Next, Cue::Next, Cue::Next, Cue::Next], "3/3");
    check(3, &[Cue::Next, Cue::Back, Cue::Back], "1/3");
    check(3, &[Cue::Last, Cue::Next], "3/3");
    check(3, &[Cue::Last, Cue::First], "1/3");
    assert_eq!(Presentation::begin(0, 0), None);
    assert_eq!(Presentation::begin(3, 9).unwrap().position(), "3/3");
}

#[test]
fn a_number_and_enter_lead_to_its_scene() {
    check(12, &[Cue::Digit(1), Cue::Digit(2), Cue::Enter], "12/12");
    check(12, &[Cue::Digit(1), Cue::Next], "2/12");
    check(12, &[Cue::Next, Cue::Digit(1), Cue::Digit(3), Cue::Enter], "2/12");
    let mut at = begin(12);
    at.cue(Cue::Digit(4));
    assert_eq!(at.said().as_deref(), Some("Scene 4\u{2026}"));
    at.cue(Cue::Digit(0));
    assert_eq!(at.cue(Cue::Enter), AfterCue::Stays);
    assert_eq!(at.said().as_deref(), Some("There is no scene 40"));
    assert_eq!(at.cue(Cue::Enter), AfterCue::Goes, "by itself it goes on");
    assert_eq!((at.position().as_str(), at.said()), ("2/12", None));
    at.cue(Cue::Digit(4));
    assert_eq!(at.cue(Cue::StepOut), AfterCue::Stays, "what is typed goes first");
    assert_eq!(at.cue(Cue::StepOut), AfterCue::Leaves);
}

#[test]
fn what_hides_the_picture_brings_it_back_and_so_does_going_on_without_going_anywhere() {
    for hide in [BLACK, WHITE] {
        for back in [BLACK, WHITE, Cue::Next, Cue::Back, Cue::Enter] {
            let mut at = begin(5);
            at.cue(Cue::Next);
            at.cue(hide);
            assert!(at.cover().is_some());
            assert_eq!(at.cue(back), AfterCue::Covers);
            assert_eq!((at.cover(), at.position().as_str()), (None, "2/5"));
        }
    }
    let mut at = begin(5);
    at.cue(BLACK);
    at.cue(Cue::Digit(4));
    assert_eq!(at.cue(Cue::Enter), AfterCue::Goes, "a number says where to");
    assert_eq!(at.cover(), None);
}

#[test]
fn a_scene_that_is_poked_at_is_shown_again_before_the_next() {
    let mut at = begin(5);
    for cue in [Cue::Next, Cue::Back, Cue::StepOut] {
        at.poke();
        assert_eq!(at.cue(cue), AfterCue::Returns);
        assert_eq!(at.position(), "1/5");
    }
    assert_eq!(at.cue(Cue::Next), AfterCue::Goes);
    at.poke();
    at.cue(BLACK);
    at.cue(BLACK);
    assert!(at.is_poked(), "hiding it takes nothing back");
    assert_eq!(at.cue(Cue::Leave), AfterCue::Leaves);
}

fn any_cue() -> impl Strategy<Value = Cue> {
    prop_oneof![
        Just(Cue::Next),
        Just(Cue::Back),
        Just(Cue::First),
        Just(Cue::Last),
        (0..10_u8).prop_map(Cue::Digit),
        Just(Cue::Enter),
        Just(BLACK),
        Just(WHITE),
        Just(Cue::StepOut),
    ]
}

proptest! {
    #[test]
    fn whatever_is_pressed_a_scene_of_the_story_is_shown(
        count in 1..200_usize,
        cues in prop::collection::vec((any_cue(), any::<bool>()), 0..60),
    ) {
        let mut at = begin(count);
        for (cue, is_poked) in cues {
            if is_poked {
                at.poke();
            }
            let (before, was_covered, was_poked) = (at.scene(), at.cover().is_some(), at.is_poked());
            let moved = at.cue(cue);
            prop_assert!(at.scene() < count);
            prop_assert_eq!(moved == AfterCue::Goes, at.scene() != before);
            if matches!(cue, Cue::Next | Cue::Back) && (was_covered || was_poked) {
                prop_assert_eq!(at.scene(), before);
            }
            if moved == AfterCue::Goes {
                prop_assert!(at.cover().is_none() && !at.is_poked());
            }
            if moved == AfterCue::Leaves {
                break;
            }
        }
    }
}

fn options(page: ScenePage, size: (f64, f64)) -> SceneOptions {
    SceneOptions { page, scheme: Scheme::Light, size, made: today() }
}

fn hall() -> SceneOptions {
    options(ScenePage::Hall, (1024.0, 768.0))
}

fn west_cheshire() -> Place {
    samples().into_iter().find(|(file, _)| file.starts_with("west-cheshire")).expect("it is a sample").1
}

fn words(figure: &Figure) -> Vec<(String, f64, shadowpool::figure::Rect)> {
    let text = |mark: &shadowpool::figure::Mark| match &mark.shape {
        Shape::Label(text) => Some((text.content.clone(), text.size_px, text.bounds())),
        _ => None,
    };
    figure.marks.iter().filter_map(text).collect()
}

#[test]
fn every_scene_of_the_samples_has_a_title_a_foot_and_its_number_in_letters_of_the_floor() {
    for (file, place) in samples() {
        for (at, scene) in place.story.iter().enumerate() {
            for size in [(1024.0, 768.0), (1920.0, 1080.0)] {
                let shown = presented_scene(&place, at, options(ScenePage::Hall, size));
                let position = format!("{}/{}", at + 1, place.story.len());
                let figure = room_footed(shown.figure, shown.told.as_deref(), &position);
                let said = words(&figure);
                assert!(said.iter().any(|(words, ..)| *words == position), "{file}: {}", scene.name);
                let floor = RoomSizes::of(size.0, size.1).floor;
                for (words, px, bounds) in &said {
                    assert!(*px >= floor * 0.999, "{file}, {}: {words:?} is {px} px", scene.name);
                    let is_inside = bounds.x0 >= -0.5 && bounds.x1 <= size.0 + 0.5;
                    assert!(is_inside, "{file}, {}: {words:?} is outside: {bounds:?}", scene.name);
                }
            }
        }
    }
}

#[test]
fn a_caption_somebody_wrote_is_smaller_before_it_is_cut() {
    let shown = presented_scene(&west_cheshire(), 0, hall()).figure;
    let floor = RoomSizes::of(1024.0, 768.0).floor;
    for length in [1, 6, 12, 20, 30, 40] {
        let caption = "what partners put in ".repeat(length).trim().to_owned();
        let figure = room_titled(shown.clone(), &caption);
        let is_title = |(words, _, bounds): &(String, f64, shadowpool::figure::Rect)| {
            bounds.y1 < 768.0 * 0.16 && caption.contains(words.trim_end_matches('\u{2026}'))
        };
        let lines: Vec<_> = words(&figure).into_iter().filter(is_title).collect();
        assert!(lines.iter().all(|(_, px, _)| *px >= floor), "{length}");
        let said: Vec<&str> = lines.iter().map(|(words, ..)| words.as_str()).collect();
        if length <= 12 {
            assert_eq!(said.join(" "), caption);
        }
        let bottom = lines.iter().map(|(.., bounds)| bounds.y1).fold(0.0, f64::max);
        assert!(bottom <= 768.0 * 0.165, "{length}: {bottom}");
    }
}

/// The mark of a node of a scene of flows.
fn node(dimension: Dimension, name: &str) -> MarkId {
    shadowpool::figure::named_mark(dimension, name)
}

#[test]
fn what_is_picked_says_its_share_and_its_lines_add_up_to_it() {
    let place = west_cheshire();
    let at = place.story.iter().position(|scene| scene.view.screen == Screen::Flows).unwrap();
    let scene = &place.story[at];
    let shown = presented_scene(&place, at, hall());
    let mut poke = Poke::at(&place, scene);
    let theme = node(Dimension::Theme, "Living Well");
    assert!(shown.figure.mark(theme).is_some());
    poke.pick(&shown.figure, theme);
    let picked = poke.picture(hall());
    assert!(picked.figure.title.starts_with("Living Well"), "{}", picked.figure.title);
    poke.show_lines().unwrap();
    let lines = poke.picture(hall()).figure;
    let opened = open_scene(&place, scene);
    let filter = opened.place.view.filter.clone().only(Dimension::Theme, ["Living Well"]);
    let totals = Totals::of(&opened.place.ledger, &filter, &[]);
    let right = shadowpool::money::in_short(totals.total);
    assert!(lines.title.starts_with(&format!("Living Well: {right} in ")), "{}", lines.title);
    poke.hide_lines();
    poke.pick(&shown.figure, theme);
    assert!(poke.is_nothing(), "pressed twice it is let go");
}

#[test]
fn what_is_tried_changes_a_copy_and_says_so() {
    let place = west_cheshire();
    let at =
        place.story.iter().position(|scene| scene.view.screen == Screen::Pool).expect("one is of a pool");
    let before = place.clone();
    let shown = presented_scene(&place, at, hall());
    let mut poke = Poke::at(&place, &place.story[at]);
    assert_eq!(
        poke.put_in("+250k"),
        Err("Pick a partner first, then type what it would put in: +250k".to_owned())
    );
    // The first row of a partner that can be picked and has a name.
    let targets = shown.figure.marks.iter().filter_map(|mark| mark.target);
    let tried = targets.into_iter().find_map(|mark| {
        let mut poke = Poke::at(&place, &place.story[at]);
        poke.pick(&shown.figure, mark);
        poke.put_in("+250k").ok().map(|()| poke)
    });
    let tried = tried.expect("a partner can put more in");
    assert!(tried.said().is_some_and(|said| said.contains("+£250k") && said.contains("next key goes back")));
    let picture = tried.picture(hall());
    assert_ne!(picture.figure.marks, shown.figure.marks);
    assert_eq!(place.scenarios, before.scenarios);
    assert_eq!(tried.commands().count(), 1);
    let mut kept = place.clone();
    for command in tried.commands() {
        command.apply(&mut kept).unwrap();
    }
    let new_money = |place: &Place| -> Money {
        place.scenarios.iter().flat_map(|scenario| &scenario.new_money).map(|money| money.amount).sum()
    };
    assert_eq!(new_money(&kept) - new_money(&place), Money::from_pounds(250_000));
}

#[test]
fn a_filter_that_is_tried_narrows_the_scene_alone() {
    let place = west_cheshire();
    let shown = presented_scene(&place, 0, hall());
    let mut poke = Poke::at(&place, &place.story[0]);
    assert!(poke.filter(Keep::Only).is_err());
    poke.pick(&shown.figure, node(Dimension::Theme, "Living Well"));
    poke.filter(Keep::Only).unwrap();
    let narrowed = poke.picture(hall());
    let opened = open_scene(&place, &place.story[0]);
    let filter = opened.place.view.filter.clone().only(Dimension::Theme, ["Living Well"]);
    let right = shadowpool::money::in_short(Totals::of(&opened.place.ledger, &filter, &[]).total);
    assert!(narrowed.figure.title.contains(&right), "{right}: {}", narrowed.figure.title);
    assert_eq!(presented_scene(&place, 0, hall()).figure, shown.figure);
}

#[test]
fn from_one_scene_to_the_next_the_ends_are_the_scenes_and_what_both_have_moves() {
    let place = west_cheshire();
    let one = presented_scene(&place, 0, hall()).figure;
    let mut poke = Poke::at(&place, &place.story[0]);
    poke.pick(&one, node(Dimension::Theme, "Living Well"));
    let other = poke.picture(hall()).figure;
    let change = SceneChange::new(one.clone(), other.clone());
    assert_eq!(change.at(0.0), one);
    assert_eq!(change.at(1.0), other);
    let theme = node(Dimension::Theme, "Living Well");
    let bar = |figure: &Figure| figure.mark(theme).unwrap().shape.bounds();
    let middle = change.at(0.5);
    let mean = f64::midpoint(bar(&one).y0, bar(&other).y0);
    assert!((bar(&middle).y0 - mean).abs() < 0.01);
    // Half way no sentence is seen, as it is none of both.
    let title = MarkId::of(&["title", "0"]);
    assert!(middle.mark(title).unwrap().paint.opacity < 0.01);
}

#[test]
fn a_light_on_a_node_falls_on_its_bands() {
    let figure = presented_scene(&west_cheshire(), 0, hall()).figure;
    let theme = node(Dimension::Theme, "Living Well");
    let lit = figure.lit_with(theme);
    let is_band = |id: &MarkId| figure.mark(*id).is_some_and(|mark| matches!(mark.shape, Shape::Ribbon(_)));
    let bands: Vec<MarkId> = lit.iter().copied().filter(is_band).collect();
    assert!(bands.len() > 1, "{bands:?}");
    let back = figure.lit_with(bands[0]);
    assert!(back.contains(&theme) && back.len() == 3, "a band has two nodes");
}
