//! What the story's screen remembers, and what is asked for in it.

use super::drawn::DrawnScenes;
use crate::app::action::Action;
use crate::place::{Command, Place, Scene, StoryChange};

/// What the story remembers: nothing of it is saved.
#[derive(Default)]
pub(in crate::app) struct StoryView {
    /// The scene that is chosen, by its name.
    pub(super) chosen: Option<String>,
    /// The row that is to have the keyboard.
    pub(super) wants_row: Option<String>,
    pub(super) renaming: Option<Renaming>,
    pub(super) drag: Option<SceneDrag>,
    pub(super) drawn: DrawnScenes,
    pub(super) drafts: Drafts,
    pub(super) points_out: PointsOut,
}

/// What is asked for in the story.
#[derive(Clone, Debug)]
pub(super) enum StoryWish {
    Change(StoryChange),
    Open(String),
    Retake(String),
    Remove(String),
}

impl From<StoryWish> for Action {
    fn from(wish: StoryWish) -> Self {
        match wish {
            StoryWish::Change(change) => Command::ChangeStory(Box::new(change)).into(),
            StoryWish::Open(name) => Self::OpenScene(name),
            StoryWish::Retake(name) => Self::RetakeScene(name),
            StoryWish::Remove(name) => Self::RemoveScene(name),
        }
    }
}

impl StoryView {
    pub(super) fn choose(&mut self, name: &str) {
        if self.chosen.as_deref() != Some(name) {
            self.chosen = Some(name.to_owned());
        }
    }

    pub(super) fn begin_to_rename(&mut self, name: &str) {
        let text = name.to_owned();
        self.renaming = Some(Renaming { scene: text.clone(), text, wants_keyboard: true });
    }

    /// The chosen scene goes by another name from now on.
    pub(super) fn follow_to(&mut self, name: &str) {
        self.chosen = Some(name.to_owned());
        self.wants_row = Some(name.to_owned());
    }

    /// What is said above a scene, as far as it is known: what was typed, or what its picture found last.
    pub(super) fn caption_of(&self, scene: &Scene) -> Option<String> {
        if !scene.caption.is_empty() {
            return Some(scene.caption.clone());
        }
        self.drawn.known(&scene.name).map(|drawn| drawn.opened.finding.clone())
    }

    /// Where the chosen scene stands; the first where none is chosen, or it is gone.
    pub(super) fn chosen_in(&mut self, place: &Place) -> Option<usize> {
        let named = self.chosen.as_ref();
        let at = named.and_then(|name| place.story.iter().position(|scene| scene.name == *name));
        if at.is_none() {
            self.chosen = place.story.first().map(|scene| scene.name.clone());
        }
        at.or(if place.story.is_empty() { None } else { Some(0) })
    }
}

/// A scene that is being dragged to another place.
pub(super) struct SceneDrag {
    pub(super) scene: String,
    /// Before which of the scenes it would be put; their count is the end.
    pub(super) to: usize,
}

/// A name that is being typed.
pub(super) struct Renaming {
    pub(super) scene: String,
    pub(super) text: String,
    pub(super) wants_keyboard: bool,
}

/// What is being typed of a scene, until it is left.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) caption: Option<(String, String)>,
    pub(super) notes: Option<(String, String)>,
}

/// The words of a callout that are being typed.
#[derive(Default)]
pub(super) struct PointsOut {
    pub(super) typed: Option<(String, usize, String)>,
}
