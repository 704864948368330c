//! A scene as it is shown in front of people, and what has to be said of it at the foot of its picture.

use super::{SceneOptions, open_scene, scene_picture};
use crate::figure::Figure;
use crate::place::Place;

/// A scene as people see it.
#[derive(Clone, Debug)]
pub struct PresentedScene {
    /// Its title is the scene's caption. What stands at its foot is for whoever shows it to say.
    pub figure: Figure,
    /// What people have to know: what of it does not apply any more, or that its caption was written of other figures.
    pub told: Option<String>,
}

/// The scene that stands at a number of the story, counted from 0, of a place, which is the baseline as its file has it.
///
/// # Panics
/// Where the story has no such scene.
pub fn presented_scene(place: &Place, at: usize, options: SceneOptions) -> PresentedScene {
    let scene = &place.story[at];
    let opened = open_scene(place, scene);
    let before = at.checked_sub(1).map(|before| open_scene(place, &place.story[before]));
    let drawn = scene_picture(&opened, &scene.annotations, before.as_ref(), options);
    // A caption that is the finding says the figures as they are.
    let changed = opened.changed.iter().filter(|_| !opened.says_finding);
    let told = opened.gone.iter().chain(&drawn.lost).chain(changed).next().cloned();
    PresentedScene { figure: drawn.figure, told }
}
