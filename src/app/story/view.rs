//! What the story's screen remembers and how it is laid out: the list of scenes, and beside it the one that is chosen.

use egui::{Frame, Margin, Panel, RichText, Ui};

use super::detail::{Drafts, detail_ui};
use super::drawn::DrawnScenes;
use super::list::{Renaming, SceneDrag, list_ui};
use super::points_out::PointsOut;
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Colors, Look, primary_button, space};
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

/// What the list of scenes takes of the width, in points.
const LIST: (f32, f32) = (300.0, 440.0);

#[must_use]
pub(super) fn story_view_ui(ui: &mut Ui, place: &Place, view: &mut StoryView) -> Option<Action> {
    let scheme = Look::of(ui.visuals()).scheme();
    view.drawn.follow(place);
    let Some(at) = view.chosen_in(place) else { return empty_ui(ui) };
    let mut wish = None;
    let width = (ui.available_width() * 0.32).clamp(LIST.0, LIST.1);
    let frame = Frame::new().inner_margin(Margin { right: 12, ..Margin::ZERO });
    Panel::left("scenes").frame(frame).resizable(false).exact_size(width).show(ui, |ui| {
        wish = list_ui(ui, place, scheme, view);
    });
    let asked = detail_ui(ui, place, at, scheme, view);
    wish.or(asked).map(Action::from)
}

/// There is no scene yet: what belongs here, and the way to the first.
fn empty_ui(ui: &mut Ui) -> Option<Action> {
    let mut action = None;
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.2).max(space::L));
        ui.label(RichText::new("Tell it as a story").text_style(style::title_style()));
        ui.add_space(space::S);
        let words = "A scene is a view that you saved, with a caption and notes: what is lit, which scenario, which year. \
                     Scenes are live: they show the figures as they are.";
        ui.set_max_width(620.0);
        ui.label(RichText::new(words).color(Colors::of(ui).weak_text));
        ui.add_space(space::L);
        let tip = "Ctrl+Enter does so from any screen";
        if primary_button(ui, "Capture the view you came from").on_hover_text(tip).clicked() {
            action = Some(Action::CaptureView);
        }
        ui.add_space(space::M);
        style::weak_text(ui, "Ctrl+Enter captures what is shown, from any screen");
    });
    action
}
