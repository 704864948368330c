//! Scenes drawn small, on a thread of their own, one after the other; each is kept as long as the scene and the place are
//! what they were.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Context, Ui};

use crate::app::controls::{Transform, paint};
use crate::app::jobs::{Job, Poll};
use crate::app::memo::Memo;
use crate::dimension::Agency;
use crate::figure::{Figure, Scheme};
use crate::ledger::Ledger;
use crate::place::{Place, Scene};
use crate::pool::Scenario;
use crate::scene::{OpenedScene, SceneOptions, ScenePage, open_scene, scene_picture};
use crate::store;

/// What a scene is drawn from: while it is the same, so is the drawing.
#[derive(Clone)]
struct DrawnKey {
    ledger: Arc<Ledger>,
    scenarios: Arc<Vec<Scenario>>,
    agencies: Arc<Vec<Agency>>,
    scene: Scene,
    before: Option<Scene>,
    scheme: Scheme,
}

impl PartialEq for DrawnKey {
    fn eq(&self, other: &Self) -> bool {
        // By address first: a list of scenes is looked through in every frame.
        let are_same = Arc::ptr_eq(&self.ledger, &other.ledger)
            && Arc::ptr_eq(&self.scenarios, &other.scenarios)
            && Arc::ptr_eq(&self.agencies, &other.agencies);
        are_same && self.scheme == other.scheme && self.scene == other.scene && self.before == other.before
    }
}

/// A scene as it is now, and its picture.
pub(super) struct DrawnScene {
    pub(super) opened: OpenedScene,
    pub(super) figure: Figure,
    /// What of its annotations is not there.
    pub(super) lost: Vec<String>,
}

impl DrawnScene {
    fn of(place: &Place, scene: &Scene, before: Option<&Scene>, scheme: Scheme) -> Self {
        let opened = open_scene(place, scene);
        let before = before.map(|before| open_scene(place, before));
        let options = SceneOptions {
            page: if scene.big_room { ScenePage::Hall } else { ScenePage::Framed },
            scheme,
            size: SIZE,
            made: store::today(),
        };
        let drawn = scene_picture(&opened, &scene.annotations, before.as_ref(), options);
        Self { opened, figure: drawn.figure, lost: drawn.lost }
    }

    /// All that should be known of it.
    pub(super) fn told(&self) -> impl Iterator<Item = &str> {
        self.opened.told().chain(self.lost.iter().map(String::as_str))
    }
}

/// Of a picture of a scene, px: that of a wide projector.
pub(super) const SIZE: (f64, f64) = (1280.0, 720.0);

/// The scenes that are drawn, by name.
#[derive(Default)]
pub(super) struct DrawnScenes {
    kept: BTreeMap<String, Kept>,
    coming: Option<(String, DrawnKey, Job<DrawnScene>)>,
}

struct Kept {
    key: DrawnKey,
    drawn: Arc<DrawnScene>,
    /// In the list, and beside it.
    small: Memo<Transform, Vec<egui::Shape>>,
    large: Memo<Transform, Vec<egui::Shape>>,
}

impl DrawnScenes {
    /// Takes in what was drawn meanwhile, and forgets scenes that are gone.
    pub(super) fn follow(&mut self, place: &Place) {
        if let Some((name, key, job)) = self.coming.take() {
            match job.poll() {
                Poll::Working => self.coming = Some((name, key, job)),
                Poll::Done(drawn) => {
                    let (small, large) = (Memo::default(), Memo::default());
                    let kept = Kept { key, drawn: Arc::new(drawn), small, large };
                    self.kept.insert(name, kept);
                }
                Poll::Gone => {}
            }
        }
        if self.kept.len() > place.story.len() {
            self.kept.retain(|name, _| place.story.iter().any(|scene| scene.name == *name));
        }
    }

    /// The scene at a place of the story, as it was drawn last; what is not drawn as it is now is begun, where nothing
    /// else is being drawn.
    pub(super) fn get(
        &mut self,
        place: &Place,
        at: usize,
        scheme: Scheme,
        context: &Context,
    ) -> Option<Arc<DrawnScene>> {
        let scene = place.story.get(at)?;
        let before = at.checked_sub(1).map(|before| &place.story[before]);
        let needs_before = scene.annotations.deltas.is_some();
        let key = DrawnKey {
            ledger: Arc::clone(&place.ledger),
            scenarios: Arc::clone(&place.scenarios),
            agencies: Arc::clone(&place.agencies),
            scene: Scene { notes: String::new(), ..scene.clone() },
            before: before.filter(|_| needs_before).cloned(),
            scheme,
        };
        let is_current = self.kept.get(&scene.name).is_some_and(|kept| kept.key == key);
        if !is_current && self.coming.is_none() {
            let (work, scene, before) = (place.clone(), scene.clone(), key.before.clone());
            let name = scene.name.clone();
            let job = Job::start("Drawing a scene", context, move |_| {
                DrawnScene::of(&work, &scene, before.as_ref(), scheme)
            });
            self.coming = Some((name, key, job));
        }
        self.kept.get(&scene.name).map(|kept| Arc::clone(&kept.drawn))
    }

    /// The scene of a name as it was drawn last.
    pub(super) fn known(&self, name: &str) -> Option<&DrawnScene> {
        self.kept.get(name).map(|kept| &*kept.drawn)
    }

    /// Paints the picture of a scene small, into the list.
    pub(super) fn paint(&mut self, ui: &Ui, name: &str, transform: Transform) {
        if let Some(kept) = self.kept.get_mut(name) {
            paint_in(ui, &kept.drawn.figure, &mut kept.small, transform);
        }
    }

    /// Paints it large, beside the list.
    pub(super) fn paint_large(&mut self, ui: &Ui, name: &str, transform: Transform) {
        if let Some(kept) = self.kept.get_mut(name) {
            paint_in(ui, &kept.drawn.figure, &mut kept.large, transform);
        }
    }
}

fn paint_in(ui: &Ui, figure: &Figure, painted: &mut Memo<Transform, Vec<egui::Shape>>, transform: Transform) {
    let painter = ui.painter();
    let shapes = painted.get(transform, || paint::shapes(painter, figure, transform));
    painter.extend(shapes.iter().cloned());
}
