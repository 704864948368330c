//! The story of a place: scenes in its file, as commands, and put together from two versions.

use shadowpool::dimension::Dimension;
use shadowpool::place::{
    Annotations, Callout, Command, Comparison, Place, PlaceMerge, Scene, StoryChange, ViewSpec,
    fresh_scene_name, merge, read_place, write_place,
};
use shadowpool::pool::Scenario;

use crate::support_ledgers::small_place;

pub(crate) fn named(name: &str) -> Scene {
    Scene { name: name.to_owned(), ..Scene::default() }
}

/// The small place with scenes of these names.
pub(crate) fn with_scenes(names: &[&str]) -> Place {
    Place { story: names.iter().map(|name| named(name)).collect::<Vec<_>>().into(), ..small_place() }
}

fn names(place: &Place) -> Vec<&str> {
    place.story.iter().map(|scene| scene.name.as_str()).collect()
}

/// What a change makes of the scenes, or why it is refused.
fn check(place: &Place, change: StoryChange) -> String {
    let mut changed = place.clone();
    match Command::ChangeStory(Box::new(change)).apply(&mut changed) {
        Ok(()) => names(&changed).join(", "),
        Err(error) => {
            assert_eq!(write_place(&changed), write_place(place), "a refused change changes nothing");
            error.to_string()
        }
    }
}

fn moved(scene: &str, before: Option<&str>) -> StoryChange {
    StoryChange::Move { scene: scene.to_owned(), before: before.map(str::to_owned) }
}

fn added(name: &str, before: Option<&str>) -> StoryChange {
    StoryChange::Add { scene: Box::new(named(name)), before: before.map(str::to_owned) }
}

#[test]
fn scenes_are_added_moved_and_copied_where_they_are_meant_to_stand() {
    let place = with_scenes(&["A", "B", "C"]);
    assert_eq!(check(&place, added("D", None)), "A, B, C, D");
    assert_eq!(check(&place, added(" D  e\n", Some("B"))), "A, D e, B, C");
    assert_eq!(check(&place, moved("C", Some("A"))), "C, A, B");
    assert_eq!(check(&place, moved("A", None)), "B, C, A");
    assert_eq!(check(&place, moved("B", Some("B"))), "A, B, C");
    let copy = |scene: &str| StoryChange::Duplicate { scene: scene.to_owned(), copy: "Copy".to_owned() };
    assert_eq!(check(&place, copy("A")), "A, Copy, B, C");
    assert_eq!(check(&place, copy("C")), "A, B, C, Copy");
    assert_eq!(check(&place, StoryChange::Remove("B".to_owned())), "A, C");
    assert_eq!(fresh_scene_name(&place, "A"), "A 2");
    assert_eq!(fresh_scene_name(&place, "D"), "D");
}

#[test]
fn what_cannot_be_is_refused_with_what_would_be_right() {
    let place = with_scenes(&["The pool", "B"]);
    assert_eq!(
        check(&place, StoryChange::Remove("The pol".to_owned())),
        "there is no scene \"The pol\"; did you mean \"The pool\"?"
    );
    assert_eq!(
        check(&place, added("B", None)),
        "there is already a scene named \"B\"; give this one another name"
    );
    assert_eq!(check(&place, added("  ", None)), "a scene needs a name");
    assert_eq!(
        check(&place, moved("B", Some("The pol"))),
        "there is no scene \"The pol\"; did you mean \"The pool\"?"
    );
    let callout = |words: &str| Callout {
        at: vec![(Dimension::Agency, "Council".to_owned())],
        words: words.to_owned(),
    };
    let annotate = |callouts: Vec<Callout>| {
        let annotations = Annotations { callouts, ..Annotations::default() };
        check(&place, StoryChange::Annotate("B".to_owned(), Box::new(annotations)))
    };
    let three = annotate(vec![callout("1"), callout("2"), callout("3")]);
    assert_eq!(three, "the scene \"B\" cannot be drawn so: at most 2 callouts are taken in; take one out");
    assert!(annotate(vec![callout("two\nlines")]).contains("more than one line"));
    assert!(annotate(vec![callout(&"long ".repeat(20))]).contains("more than one line"));
    assert!(annotate(vec![callout("")]).contains("has no words"));
    assert!(annotate(vec![Callout { at: Vec::new(), words: "where?".to_owned() }]).contains("name one node"));
}

#[test]
fn a_scene_follows_its_scenario_to_another_name() {
    let mut place = small_place();
    let scenario = Scenario { name: "A".to_owned(), pool: "Pool".to_owned(), ..Scenario::default() };
    place.scenarios = vec![scenario].into();
    let of = |scenario: Option<&str>, with: Option<&str>| {
        let compare = with.map(|with| Comparison { with: Some(with.to_owned()), ..Comparison::default() });
        ViewSpec { scenario: scenario.map(str::to_owned), compare, ..ViewSpec::default() }
    };
    let scenes = [of(Some("A"), None), of(None, Some("A")), of(Some("Other"), None)];
    let scenes = scenes.into_iter().enumerate().map(|(at, view)| Scene { view, ..named(&at.to_string()) });
    place.story = scenes.collect::<Vec<_>>().into();
    Command::RenameScenario { from: "A".to_owned(), to: "B".to_owned() }.apply(&mut place).unwrap();
    let views: Vec<&ViewSpec> = place.story.iter().map(|scene| &scene.view).collect();
    assert_eq!(views[0].scenario.as_deref(), Some("B"));
    assert_eq!(views[1].compare.as_ref().unwrap().with.as_deref(), Some("B"));
    assert_eq!(views[2].scenario.as_deref(), Some("Other"));
}

const WRITTEN: &str = r#"(
  format: 2,
  name: "Small Town",
  story: [
    (
      name: "The pool",
      view: (
        screen: Flows,
        layers: [agency, theme],
        color_by: Theme,
      ),
      pinned: [
        (theme, "Early years"),
      ],
      annotations: (
        callouts: [(at: [(agency, "Council")], words: "Not agreed")],
        bracket: [(agency, "Council")],
      ),
      captured: (
        total: "12.50",
        finding: "The council spends most",
      ),
      notes: "Wait.",
    ),
  ],
  view: (
    screen: Flows,
    layers: [funder, agency, theme, service],
    color_by: Theme,
  ),
  lines: [],
)
"#;

#[test]
fn a_story_is_readable_text_that_reads_back_as_it_was_written() {
    let place = read_place(WRITTEN).unwrap();
    assert_eq!(write_place(&place), WRITTEN);
    assert_eq!(place.story[0].annotations.callouts[0].words, "Not agreed");
    // A place without a story is written as before.
    let without = Place { story: Vec::new().into(), ..place };
    assert!(write_place(&without).starts_with("(\n  format: 1,\n"));
}

#[test]
fn what_a_story_may_not_say_is_told_with_its_place_and_what_would_be_right() {
    let error = |from: &str, to: &str| read_place(&WRITTEN.replace(from, to)).unwrap_err().to_string();
    assert_eq!(
        error("notes: \"Wait.\"", "note: \"Wait.\""),
        "line 23, column 7: there is no field `note` here; did you mean `notes`?"
    );
    assert_eq!(
        error("bracket: [", "brackets: ["),
        "line 17, column 9: there is no field `brackets` here; did you mean `bracket`?"
    );
    let twice = WRITTEN.replace("  story: [\n", "  story: [(name: \"The pool\"),\n");
    assert_eq!(
        read_place(&twice).unwrap_err().to_string(),
        "there is already a scene named \"The pool\"; give this one another name"
    );
    assert_eq!(error("name: \"The pool\"", "name: \" \""), "a scene needs a name");
}

/// The parts that were changed by both in different ways.
fn conflicts(merge: &PlaceMerge) -> Vec<&str> {
    merge.conflicts().map(|change| change.part.as_str()).collect()
}

#[test]
fn two_versions_of_a_story_are_put_together_scene_by_scene_and_part_by_part() {
    let base = with_scenes(&["A", "B"]);
    let after = |change: StoryChange| {
        let mut place = base.clone();
        Command::ChangeStory(Box::new(change)).apply(&mut place).unwrap();
        place
    };
    let caption = |words: &str| after(StoryChange::SetCaption("A".to_owned(), words.to_owned()));
    let notes = after(StoryChange::SetNotes("A".to_owned(), "Slowly".to_owned()));
    let merged = merge(&base, &caption("Said"), &notes).merged.unwrap();
    assert_eq!((merged.story[0].caption.as_str(), merged.story[0].notes.as_str()), ("Said", "Slowly"));
    let both = merge(&base, &after(added("C", Some("A"))), &after(added("D", None)));
    assert_eq!(names(&both.merged.unwrap()), ["C", "A", "B", "D"]);
    let clash = merge(&base, &caption("Said"), &caption("Otherwise"));
    assert!(clash.merged.is_none());
    assert_eq!(conflicts(&clash), ["Story: A: the caption"]);
    let seen = |name: &str| {
        let scene = Scene { pinned: vec![(Dimension::Theme, name.to_owned())], ..Scene::default() };
        after(StoryChange::Retake("A".to_owned(), Box::new(scene)))
    };
    assert_eq!(conflicts(&merge(&base, &seen("X"), &seen("Y"))), ["Story: A: what is seen"]);
    let retaken = merge(&base, &seen("X"), &notes).merged.unwrap();
    assert_eq!(retaken.story[0].pinned[0].1, "X");
    assert_eq!(retaken.story[0].notes, "Slowly");
}

#[test]
fn a_hundred_scenes_with_long_notes_are_read_back_word_for_word() {
    let notes = "A word of the presenter, \"quoted\", and a\nnew line. ".repeat(400);
    assert!(notes.chars().count() >= 20_000);
    let scene = |at: usize| Scene { notes: format!("{at}: {notes}"), ..named(&format!("Scene {at}")) };
    let place = Place { story: (0..100).map(scene).collect::<Vec<_>>().into(), ..small_place() };
    let text = write_place(&place);
    let read = read_place(&text).unwrap();
    assert_eq!(read.story, place.story);
    assert_eq!(write_place(&read), text);
}
