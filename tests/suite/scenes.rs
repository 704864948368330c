//! Scenes opened: as near as the place can show them, with what is gone and what has changed said; their pictures, and what
//! these point out.

use std::sync::Arc;

use shadowpool::dimension::{Date, Dimension};
use shadowpool::figure::{Figure, Scheme, Shape};
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::{Money, in_short};
use shadowpool::place::{
    Annotations, Callout, Command, Comparison, DeltasAgainst, Place, Scene, Screen, ViewSpec,
};
use shadowpool::pool::{Contribution, Scenario};
use shadowpool::scene::{
    CapturedView, OpenedScene, SceneOptions, ScenePage, captured_scene, nameable, open_scene, scene_picture,
};

use crate::sample_data::samples;
use crate::story::named;
use crate::support_ledgers::small_place;

/// The small place with a pool of all that the council spends on early years.
fn pooled_place() -> Place {
    let contribution = Contribution {
        partner: "Council".to_owned(),
        lines: shadowpool::pool::Lines::Where(Filter::default().only(Dimension::Theme, ["Early years"])),
        ..Contribution::default()
    };
    let scenario = Scenario {
        name: "Together".to_owned(),
        pool: "Early years pool".to_owned(),
        contributions: vec![contribution],
        ..Scenario::default()
    };
    Place { scenarios: vec![scenario].into(), ..small_place() }
}

fn of(view: ViewSpec) -> Scene {
    Scene { view, ..named("Scene") }
}

fn flows(layers: &[Dimension]) -> ViewSpec {
    ViewSpec { layers: layers.to_vec(), ..ViewSpec::default() }
}

fn whose_and_what() -> ViewSpec {
    flows(&[Dimension::Agency, Dimension::Theme])
}

/// What is said of a scene that is opened.
fn told(opened: &OpenedScene) -> Vec<&str> {
    opened.told().collect()
}

/// The place without the lines of an agency.
fn without(place: &Place, agency: &str) -> Place {
    let lines = place.ledger.lines().map(|line| line.to_spend_line());
    let lines: Vec<SpendLine> = lines.filter(|line| line.agency.as_deref() != Some(agency)).collect();
    let ledger = Ledger::from_lines(&lines, &place.sources, &place.agencies);
    Place { ledger: Arc::new(ledger), ..place.clone() }
}

fn options(page: ScenePage) -> SceneOptions {
    let made: Date = "2026-11-30".parse().unwrap();
    SceneOptions { page, scheme: Scheme::Light, size: (1280.0, 720.0), made }
}

/// The words of a picture.
fn words(figure: &Figure) -> Vec<&str> {
    let words = figure.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Label(text) => Some(text.content.as_str()),
        _ => None,
    });
    words.collect()
}

#[test]
fn a_scene_that_applies_opens_as_it_was_captured_and_says_nothing() {
    let mut place = pooled_place();
    Arc::make_mut(&mut place.view).layers = vec![Dimension::Agency, Dimension::Theme];
    let pinned = vec![(Dimension::Theme, "Early years".to_owned())];
    let scene = captured_scene(&place, CapturedView { pinned: pinned.clone(), ..CapturedView::default() });
    assert_eq!((scene.name.as_str(), scene.caption.as_str()), ("Early years", ""));
    let captured = scene.captured.as_ref().unwrap();
    assert_eq!(captured.total.to_string(), "400.00");
    assert_eq!(captured.finding, "Early years: £400 from 2 agencies, three quarters from Council.");
    let opened = open_scene(&place, &scene);
    assert_eq!(told(&opened), Vec::<&str>::new());
    assert_eq!((opened.pinned, opened.caption), (pinned, captured.finding.clone()));
}

#[test]
fn what_has_changed_since_is_said_with_what_it_was_and_is() {
    let place = pooled_place();
    let scene = captured_scene(&place, CapturedView::default());
    let opened = open_scene(&without(&place, "Health"), &scene);
    assert_eq!(told(&opened), ["Changed since it was captured: it was £450.25, and is £350.25."]);
}

#[test]
fn a_scenario_that_is_gone_leaves_the_place_as_it_is() {
    let gone = || Some("Gone".to_owned());
    let scene = of(ViewSpec {
        scenario: gone(),
        compare: Some(Comparison { with: gone(), ..Comparison::default() }),
        ..flows(&[Dimension::Agency, Dimension::Pool, Dimension::Theme])
    });
    let opened = open_scene(&pooled_place(), &scene);
    assert_eq!(
        told(&opened),
        [
            "The scenario \u{201c}Gone\u{201d} is gone; the place is shown as it is.",
            "The scenario \u{201c}Gone\u{201d} that it was compared with is gone; nothing is compared."
        ]
    );
    assert_eq!(opened.baseline.view.layers, [Dimension::Agency, Dimension::Theme]);
    assert!(opened.other.is_none());
}

#[test]
fn names_that_no_line_has_any_more_are_told_and_the_rest_is_shown() {
    let place = pooled_place();
    let view = |dimension, names: &[&str]| ViewSpec {
        filter: Filter::default().only(dimension, names.iter().copied()),
        ..whose_and_what()
    };
    let check = |dimension, names: &[&str], said: &str, left: Option<&str>| {
        let opened = open_scene(&place, &of(view(dimension, names)));
        assert_eq!(told(&opened), [said]);
        let kept = opened.baseline.view.filter.names(dimension);
        let kept = kept.map(|names| names.iter().map(String::as_str).collect::<Vec<_>>().join(", "));
        assert_eq!(kept.as_deref(), left);
    };
    check(
        Dimension::Agency,
        &["Council", "Police"],
        "No line has the agency \u{201c}Police\u{201d} any more; the others are shown.",
        Some("Council"),
    );
    check(
        Dimension::Agency,
        &["Police"],
        "No line has the agency \u{201c}Police\u{201d} any more; all agencies are shown.",
        None,
    );
    check(
        Dimension::Year,
        &["1999/00"],
        "No line has the year \u{201c}1999/00\u{201d} any more; 2024/25 is shown, the newest year.",
        Some("2024/25"),
    );
}

#[test]
fn a_layer_and_a_pin_that_are_gone_are_told() {
    let scene = Scene {
        pinned: vec![(Dimension::Theme, "Safety".to_owned())],
        ..of(flows(&[Dimension::Agency, Dimension::Cohort, Dimension::Theme]))
    };
    let opened = open_scene(&pooled_place(), &scene);
    assert_eq!(
        told(&opened),
        [
            "No line says its cohort any more; that layer is left out.",
            "\u{201c}Safety\u{201d} is not in the picture any more; nothing is lit."
        ]
    );
    assert!(opened.pinned.is_empty());
}

#[test]
fn a_callout_whose_mark_is_gone_is_told_and_not_drawn() {
    let callout = |agency: &str, words: &str| Callout {
        at: vec![(Dimension::Agency, agency.to_owned())],
        words: words.to_owned(),
    };
    let annotations = Annotations {
        callouts: vec![callout("Council", "It spends most"), callout("Health", "And so does this")],
        ..Annotations::default()
    };
    let place = pooled_place();
    let draw = |place: &Place| {
        let opened = open_scene(place, &of(whose_and_what()));
        scene_picture(&opened, &annotations, None, options(ScenePage::Framed))
    };
    let whole = draw(&place);
    assert_eq!(whole.lost, Vec::<String>::new());
    assert!(
        words(&whole.figure).contains(&"It spends most")
            && words(&whole.figure).contains(&"And so does this")
    );
    let less = draw(&without(&place, "Health"));
    assert!(
        words(&less.figure).contains(&"It spends most") && !words(&less.figure).contains(&"And so does this")
    );
    assert_eq!(
        less.lost,
        [
            "\u{201c}Health\u{201d} is not in the picture, and so its callout is not: \u{201c}And so does this\u{201d}."
        ]
    );
}

#[test]
fn a_bracket_says_the_share_of_its_layer_as_it_is_now() {
    let annotations =
        Annotations { bracket: vec![(Dimension::Agency, "Council".to_owned())], ..Annotations::default() };
    let said = |place: &Place, view: ViewSpec| {
        let drawn =
            scene_picture(&open_scene(place, &of(view)), &annotations, None, options(ScenePage::Hall));
        let words: Vec<String> = words(&drawn.figure).into_iter().map(str::to_owned).collect();
        words
    };
    let place = pooled_place();
    // 350.25 of 450.25.
    assert!(said(&place, whose_and_what()).contains(&"78% of the place".to_owned()));
    assert!(said(&without(&place, "Health"), whose_and_what()).contains(&"100% of the place".to_owned()));
    let pool = ViewSpec { screen: Screen::Pool, scenario: Some("Together".to_owned()), ..whose_and_what() };
    assert!(said(&place, pool).contains(&"100% of the pool".to_owned()));
}

#[test]
fn changes_are_held_against_the_scene_before_and_all_else_is_dimmed() {
    let place = pooled_place();
    let before = open_scene(&without(&place, "Health"), &of(whose_and_what()));
    let more: Vec<SpendLine> = place
        .ledger
        .lines()
        .map(|line| {
            let mut line = line.to_spend_line();
            if line.agency.as_deref() == Some("Council") {
                line.amount = line.amount + line.amount;
            }
            line
        })
        .collect();
    let doubled = Place {
        ledger: Arc::new(Ledger::from_lines(&more, &place.sources, &place.agencies)),
        ..place.clone()
    };
    let annotations = Annotations {
        deltas: Some(DeltasAgainst::SceneBefore),
        dim_all_but: vec![vec![(Dimension::Agency, "Council".to_owned())]],
        ..Annotations::default()
    };
    let opened = open_scene(&doubled, &of(whose_and_what()));
    let drawn = scene_picture(&opened, &annotations, Some(&before), options(ScenePage::Framed));
    assert!(words(&drawn.figure).contains(&"+£350.25"), "{:?}", words(&drawn.figure));
    let alone = scene_picture(&opened, &Annotations::default(), None, options(ScenePage::Framed));
    let faint = |figure: &Figure| figure.marks.iter().filter(|mark| mark.paint.opacity < 0.5).count();
    assert!(faint(&drawn.figure) > faint(&alone.figure));
}

#[test]
fn everything_that_can_be_named_is_in_the_picture() {
    let opened = open_scene(&pooled_place(), &of(whose_and_what()));
    let drawn = scene_picture(&opened, &Annotations::default(), None, options(ScenePage::Framed));
    let names: Vec<String> = nameable(&opened, &drawn.figure).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["Council", "Health", "Early years", "Ageing well"]);
}

#[test]
fn opening_a_scene_is_a_step_that_is_taken_back() {
    let place = pooled_place();
    let scene = of(ViewSpec { scenario: Some("Together".to_owned()), ..whose_and_what() });
    let opened = open_scene(&place, &scene);
    let command = Command::OpenScene("Scene".to_owned(), Box::new((*opened.baseline.view).clone()));
    assert!(command.is_view());
    let mut history = shadowpool::place::History::new(place);
    history.execute(&command).unwrap();
    assert_eq!(history.place().view.scenario.as_deref(), Some("Together"));
    assert_eq!(history.undo().as_deref(), Some("Open scene Scene"));
    assert_eq!(history.place().view.scenario, None);
}

/// The caption of the last scene of West Cheshire, from the lines that are shown.
fn nothing_is_agreed(opened: &OpenedScene) -> String {
    let place = &opened.place;
    let by = Totals::of(&place.ledger, &place.view.filter, &[Dimension::Commitment]);
    let of = |name: &str| {
        let row = by.rows.iter().find(|row| row.names == [name]);
        row.map_or(Money::ZERO, |row| row.amount)
    };
    assert!(of("Agreed").is_zero());
    format!("Nothing is agreed yet: {} of {} is only shown", in_short(of("Shown")), in_short(by.total))
}

/// Each sample tells a story: all of it applies, all that it points out is there, and no caption is left to be false.
#[test]
fn the_stories_of_the_samples_are_true_of_them() {
    for (name, place) in samples() {
        let least = if name == "west-cheshire.ron" { 6 } else { 3 };
        assert!(place.story.len() >= least, "{name} has {} scenes", place.story.len());
        for (at, scene) in place.story.iter().enumerate() {
            let what = format!("{name}, {}", scene.name);
            let opened = open_scene(&place, scene);
            assert_eq!(told(&opened), Vec::<&str>::new(), "{what}");
            // What is no finding is worked out here.
            let is_checked =
                scene.name == "What must be agreed next" && scene.caption == nothing_is_agreed(&opened);
            assert!(opened.says_finding || is_checked, "{what}: {} is not so", scene.caption);
            assert!(!scene.notes.is_empty(), "{what}");
            assert!(
                !scene.notes.contains('£'),
                "{what}: sums are said by pictures, which cannot be out of date"
            );
            let before = at.checked_sub(1).map(|before| open_scene(&place, &place.story[before]));
            for page in [ScenePage::Hall, ScenePage::Framed] {
                let drawn = scene_picture(&opened, &scene.annotations, before.as_ref(), options(page));
                assert_eq!(drawn.lost, Vec::<String>::new(), "{what}");
                assert!(drawn.figure.unbalanced.is_none(), "{what}");
            }
        }
    }
}
