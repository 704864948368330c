//! What is on screen as a scene: with a name that no scene has, the finding as its caption, and what it came to.

use super::open::keep_stated_layers;
use super::open_scene;
use crate::dimension::{Dimension, shown_name};
use crate::figure::Scheme;
use crate::place::{Captured, MarkNames, Place, Scene, SceneZoom, Screen, fresh_scene_name};

/// What is seen beside what the place's own view says.
#[derive(Clone, Debug, Default)]
pub struct CapturedView {
    /// What is lit, by its names.
    pub pinned: MarkNames,
    pub zoom: Option<SceneZoom>,
    pub look: Scheme,
    pub big_room: bool,
}

/// The view of a place, which is the baseline as its file has it, as a scene of its own. Its caption is left to what its
/// picture finds.
pub fn captured_scene(place: &Place, seen: CapturedView) -> Scene {
    let CapturedView { pinned, zoom, look, big_room } = seen;
    let mut view = (*place.view).clone();
    keep_stated_layers(place, &mut view);
    let mut scene = Scene {
        name: fresh_scene_name(place, &proposed_name(place, &pinned)),
        view,
        pinned,
        zoom,
        look,
        big_room,
        ..Scene::default()
    };
    let opened = open_scene(place, &scene);
    scene.captured = Some(Captured { total: opened.total, finding: opened.finding });
    scene
}

/// "Starting Well", what is lit; else the scenario, else the screen.
fn proposed_name(place: &Place, pinned: &[(Dimension, String)]) -> String {
    let names: Vec<_> =
        pinned.iter().map(|(dimension, name)| shown_name(*dimension, name, &place.agencies)).collect();
    if !names.is_empty() {
        return names.join(" to ");
    }
    let scenario = place.shown_scenario().map(|scenario| scenario.name.as_str());
    match (place.view.screen, scenario) {
        (Screen::Flows, Some(scenario)) if place.compared_with().is_some() => {
            format!("What {scenario} changes")
        }
        (Screen::Flows, Some(scenario)) => scenario.to_owned(),
        (Screen::Pool, Some(scenario)) => format!("Who gains by {scenario}"),
        (Screen::Themes, _) => "Themes".to_owned(),
        (Screen::Ledger, _) => "Lines".to_owned(),
        (Screen::Flows | Screen::Pool | Screen::Story, _) if place.name.is_empty() => "The place".to_owned(),
        (Screen::Flows | Screen::Pool | Screen::Story, _) => place.name.clone(),
    }
}
