//! The picture of a scene: the same for a file, a thumbnail and a hall.

use super::super::compare::model_of;
use super::super::{
    Audience, RoomOptions, captions, carried, compare_captions, compare_picture, difference_picture,
    flows_picture_of_scenario, pool_captions, pool_carried, pool_picture, room_picture, themes_captions,
    themes_picture, traced_captions, traced_in, traced_picture_near,
};
use super::OpenedScene;
use super::named::marks_of;
use super::open::HEIGHT_PX;
use super::pointing::{lost_in_words, pointings};
use crate::dimension::{Date, Dimension};
use crate::figure::{Figure, Frame, MarkId, Measure, RoomSizes, Scheme, pointed_out, room_titled};
use crate::money::Amounts;
use crate::place::{Annotations, Compared, Place, Screen};

/// How a scene is drawn.
#[derive(Clone, Copy, Debug)]
pub struct SceneOptions {
    pub page: ScenePage,
    pub scheme: Scheme,
    /// px.
    pub size: (f64, f64),
    /// The day that the picture says it was made on.
    pub made: Date,
}

/// What stands around the picture of a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScenePage {
    /// Its caption above, its small print below: a picture that stands alone.
    Framed,
    /// Nothing: whoever shows it says both.
    Bare,
    /// For a hall: one message in few and large words.
    Hall,
}

/// A scene as it is drawn.
#[derive(Clone, Debug)]
pub struct ScenePicture {
    /// Its title is the scene's caption.
    pub figure: Figure,
    /// What of its annotations is not there to be pointed at.
    pub lost: Vec<String>,
}

/// How long the layouts of pictures side by side may search, in milliseconds' worth of steps.
const SEARCH_MS: u64 = 30;
/// Letters of what is pointed out at a desk, px: those of a section.
const DESK_LETTERS: f64 = 16.0;
/// The smallest letters of a picture for a desk, px, which are as large as a hall needs where that shows it.
const SMALLEST: f64 = 12.0;

/// Draws a scene. `before` is the scene before it in the story, which amounts may be held against.
pub fn scene_picture(
    scene: &OpenedScene,
    annotations: &Annotations,
    before: Option<&OpenedScene>,
    options: SceneOptions,
) -> ScenePicture {
    let pointed = |figure: Figure, size_px: f64| {
        let pointings = pointings(scene, annotations, before, size_px);
        let (figure, lost) = pointed_out(figure, &pointings);
        (figure, lost_in_words(scene, annotations, &lost))
    };
    if options.page == ScenePage::Hall
        && let Some(figure) = in_hall(scene, options)
    {
        let letters = RoomSizes::of(options.size.0, options.size.1).label;
        let (figure, lost) = pointed(figure, letters);
        return ScenePicture { figure, lost };
    }
    if options.page == ScenePage::Bare {
        let (title, notes) = scene_captions(scene, options.made);
        let (figure, lost) = pointed(plain(scene, options.scheme, options.size), DESK_LETTERS);
        return ScenePicture { figure: Figure { title, notes, ..figure }, lost };
    }
    // What has no picture for a hall is that of a desk, drawn as large as a hall needs.
    let sizes = RoomSizes::of(options.size.0, options.size.1);
    let by = if options.page == ScenePage::Hall { sizes.floor / SMALLEST } else { 1.0 };
    let (mut title, mut notes) = scene_captions(scene, options.made);
    if options.page == ScenePage::Hall {
        notes.truncate(1);
        if scene.says_finding {
            title.clone_from(&scene.finding_in_hall);
        }
    }
    let frame = Frame::new(options.size.0 / by, options.size.1 / by, &title, &notes);
    let mut lost = Vec::new();
    let figure = frame.in_units(|size| {
        let (figure, not_there) = pointed(plain(scene, options.scheme, size), DESK_LETTERS);
        lost = not_there;
        figure
    });
    let figure = frame.around(Figure { title, notes, ..figure });
    ScenePicture { figure: if by > 1.0 { figure.scaled(by) } else { figure }, lost }
}

/// The picture for a hall under the scene's caption, where there is one of what it shows.
fn in_hall(scene: &OpenedScene, options: SceneOptions) -> Option<Figure> {
    let picked = match (scene.place.view.screen, &scene.pinned[..]) {
        (Screen::Flows, at) => marks_of(&scene.place, at).first().copied(),
        (Screen::Themes, [(_, name)]) => Some(MarkId::of(&["row", name])),
        _ => None,
    };
    let room = RoomOptions { scheme: options.scheme, size: options.size, picked };
    let screen = drawn_as(scene.place.view.screen);
    let figure = room_picture(&scene.place, &scene.baseline, screen, room)?;
    Some(if scene.says_finding { figure } else { room_titled(figure, &scene.caption) })
}

/// Lists of lines are drawn as the flows of these lines.
pub(super) const fn drawn_as(screen: Screen) -> Screen {
    match screen {
        Screen::Ledger | Screen::Story => Screen::Flows,
        screen => screen,
    }
}

/// The picture with nothing around it, in the size of a picture of a desk, px.
fn plain(scene: &OpenedScene, scheme: Scheme, size: (f64, f64)) -> Figure {
    let (place, baseline) = (&scene.place, &scene.baseline);
    let screen = drawn_as(place.view.screen);
    if screen == Screen::Themes {
        return themes_picture(place, scheme, measure(place.view.amounts), size);
    }
    if let (Screen::Pool, Some(scenario), Some(model)) = (screen, place.shown_scenario(), model_of(place)) {
        return pool_picture(baseline, scenario, &model, scheme, size);
    }
    if let Some(other) = &scene.other {
        return if is_difference(place) {
            difference_picture(other, place, scheme, size)
        } else {
            compare_picture(other, place, scheme, size, SEARCH_MS)
        };
    }
    let flows = |pinned: &[(Dimension, String)]| {
        if place.shown_scenario().is_some() {
            let baseline = baseline.without_scenario();
            flows_picture_of_scenario(place, &baseline, scheme, size, pinned)
        } else {
            traced_picture_near(place, scheme, size, pinned, |_| None)
        }
    };
    // At another height what is lit may be folded; the rest is drawn then.
    flows(&scene.pinned).or_else(|_| flows(&[])).expect("nothing is named that it could lack")
}

/// What numbers of themes say.
const fn measure(amounts: Amounts) -> Measure {
    match amounts {
        Amounts::Pounds => Measure::Amount,
        Amounts::Percent => Measure::Share,
        Amounts::Both => Measure::Both,
    }
}

pub(super) fn is_difference(place: &Place) -> bool {
    place.view.compare.as_ref().is_some_and(|comparison| comparison.shows == Compared::Difference)
}

/// The caption and the small print, with all that a picture says where it stands alone.
pub fn scene_captions(scene: &OpenedScene, made: Date) -> (String, Vec<String>) {
    let place = &scene.place;
    let (screen, to) = (drawn_as(place.view.screen), Audience::DESK);
    if let (Screen::Pool, Some(scenario), Some(model)) = (screen, place.shown_scenario(), model_of(place)) {
        let (_, notes) = pool_captions(&scene.baseline, scenario, &model, to);
        return pool_carried(place, &model, (scene.caption.clone(), notes), made);
    }
    let (_, notes) = match (screen, &scene.other) {
        (Screen::Themes, _) => themes_captions(place, to),
        (_, Some(other)) => compare_captions(other, place, is_difference(place), to),
        (_, None) => match traced_in(place, HEIGHT_PX, &scene.pinned) {
            Ok(traced) if !scene.pinned.is_empty() => traced_captions(place, &traced),
            _ => captions(place, to),
        },
    };
    carried(place, (scene.caption.clone(), notes), made)
}
