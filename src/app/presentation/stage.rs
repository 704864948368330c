//! What is on stage: scenes drawn before they are asked for, on another thread, and the way from one to the next.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Ui};

use crate::app::awaited::is_quick;
use crate::app::jobs::{Job, Poll};
use crate::figure::{Figure, SceneChange};
use crate::place::Place;
use crate::scene::{PresentedScene, SceneOptions, presented_scene};

/// From one scene to the next.
pub(super) const CHANGE: Duration = Duration::from_millis(400);
/// Back to a scene that was poked at.
pub(super) const RETURN: Duration = Duration::from_millis(300);

/// So many scenes that were drawn are kept: those around the one that is shown, and where one went from.
const MOST_KEPT: usize = 24;

/// Where a scene stands in the story, the state of the place, and how it is drawn: size, page, look.
pub(super) type SceneKey = (usize, u64, (u32, u32), u8);

/// Scenes that are drawn, and the one that is being drawn.
#[derive(Default)]
pub(super) struct DrawnAhead {
    kept: Vec<(SceneKey, Arc<PresentedScene>)>,
    coming: Option<(SceneKey, Job<PresentedScene>)>,
    /// One that could not be drawn is not tried again and again.
    failed: Option<SceneKey>,
}

impl DrawnAhead {
    /// The scene of a key where it is drawn; else it is begun, at once where the place is small.
    pub(super) fn get(
        &mut self,
        key: SceneKey,
        place: &Place,
        options: SceneOptions,
        context: &Context,
    ) -> Option<Arc<PresentedScene>> {
        self.take_in();
        if let Some(known) = self.kept.iter().find(|(known, _)| *known == key) {
            return Some(Arc::clone(&known.1));
        }
        let is_coming = self.coming.as_ref().is_some_and(|(coming, _)| *coming == key);
        if is_coming || self.failed == Some(key) {
            return None;
        }
        if is_quick(place) {
            let drawn = Arc::new(presented_scene(place, key.0, options));
            self.keep(key, Arc::clone(&drawn));
            return Some(drawn);
        }
        self.begin(key, place, options, context);
        None
    }

    /// Begins to draw the first of these scenes that is not drawn, while nothing else is being drawn.
    pub(super) fn prepare(
        &mut self,
        keys: impl IntoIterator<Item = SceneKey>,
        place: &Place,
        options: SceneOptions,
        context: &Context,
    ) {
        self.take_in();
        if self.coming.is_some() {
            return;
        }
        let is_kept =
            |key: &SceneKey| self.kept.iter().any(|(known, _)| known == key) || self.failed == Some(*key);
        if let Some(next) = keys.into_iter().find(|key| !is_kept(key)) {
            self.begin(next, place, options, context);
        }
    }

    fn begin(&mut self, key: SceneKey, place: &Place, options: SceneOptions, context: &Context) {
        let place = place.clone();
        let job = Job::start("Drawing a scene", context, move |_| presented_scene(&place, key.0, options));
        self.coming = Some((key, job));
    }

    fn take_in(&mut self) {
        let Some((key, job)) = self.coming.take() else { return };
        match job.poll() {
            Poll::Working => self.coming = Some((key, job)),
            Poll::Done(drawn) => self.keep(key, Arc::new(drawn)),
            Poll::Gone => self.failed = Some(key),
        }
    }

    fn keep(&mut self, key: SceneKey, drawn: Arc<PresentedScene>) {
        if self.kept.len() >= MOST_KEPT {
            self.kept.remove(0);
        }
        self.kept.push((key, drawn));
    }
}

/// The figure that people see, and the way to it from the one before.
#[derive(Default)]
pub(super) struct OnStage {
    shown: Option<Arc<PresentedScene>>,
    way: Option<Way>,
    /// Another number for each figure that has been shown.
    number: u64,
}

struct Way {
    change: SceneChange,
    since: Instant,
    lasts: Duration,
}

impl Way {
    /// How far it is, eased; none at its end.
    fn share(&self) -> Option<f64> {
        let share = self.since.elapsed().as_secs_f64() / self.lasts.as_secs_f64();
        (share < 1.0).then_some(share * share * (3.0 - 2.0 * share))
    }
}

impl OnStage {
    /// Shows a figure from now on. It comes from what is seen at this moment, which may be half way to another.
    pub(super) fn show(&mut self, ui: &Ui, scene: &Arc<PresentedScene>, lasts: Duration) {
        if self.shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, scene)) {
            return;
        }
        let seen = self.between().or_else(|| self.shown.as_ref().map(|shown| shown.figure.clone()));
        let is_same_page = |seen: &Figure| {
            let to = &scene.figure;
            (seen.width, seen.height) == (to.width, to.height) && seen.scheme == to.scheme
        };
        let moves = ui.style().animation_time > 0.0;
        self.way = seen.filter(|seen| moves && is_same_page(seen)).map(|seen| Way {
            change: SceneChange::new(seen, scene.figure.clone()),
            since: Instant::now(),
            lasts,
        });
        self.shown = Some(Arc::clone(scene));
        self.number += 1;
    }

    /// What is shown, or being come to.
    pub(super) fn shown(&self) -> Option<&Arc<PresentedScene>> {
        self.shown.as_ref()
    }

    /// A number that no other figure on this stage has had.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// The figure on its way; none at rest.
    pub(super) fn moving(&mut self, context: &Context) -> Option<Figure> {
        let between = self.between();
        if between.is_some() {
            context.request_repaint();
        } else {
            self.way = None;
        }
        between
    }

    fn between(&self) -> Option<Figure> {
        let way = self.way.as_ref()?;
        way.share().map(|share| way.change.at(share))
    }
}
