//! The view as a scene of the story: captured from any screen with its caption proposed, opened again, taken anew.

use std::time::{Duration, Instant};

use egui::{Align2, Area, Frame, Id, Key, Order, TextEdit, Ui, vec2};

use super::App;
use super::action::Action;
use super::controls::give_keyboard;
use super::screens::STORY;
use super::style::{Look, Tone, name_field, space, weak_text};
use super::trail::Visit;
use super::view::LitAndZoomed;
use crate::place::{Command, Scene, Screen, StoryChange};
use crate::scene::{CapturedView, captured_scene, open_scene};

/// A scene that was just captured, with its caption to be typed over.
pub(super) struct CapturedNote {
    scene: String,
    /// What its picture finds.
    finding: String,
    caption: String,
    wants_keyboard: bool,
    since: Instant,
}

/// A note whose caption nobody types goes by itself: it has said what happened.
const STAYS: Duration = Duration::from_secs(12);
const WIDTH: f32 = 640.0;

impl App {
    /// Captures what is shown as the last scene of the story.
    pub(super) fn capture_view(&mut self) {
        if self.tells_of_mask() {
            return;
        }
        let Some(scene) = self.view_as_scene() else {
            self.notices.tell(Tone::Plain, "There is not a line to capture a view of");
            return;
        };
        let finding = scene.captured.as_ref().map(|captured| captured.finding.clone()).unwrap_or_default();
        let name = scene.name.clone();
        let scenes = self.history.place().story.len();
        self.edit(&change(StoryChange::Add { scene: Box::new(scene), before: None }));
        if self.history.place().story.len() == scenes {
            return;
        }
        self.captured = Some(CapturedNote {
            scene: name,
            caption: finding.clone(),
            finding,
            wants_keyboard: true,
            since: Instant::now(),
        });
    }

    /// Says that what is masked is no scene, where anything is: a scene is shown and exported as it is.
    fn tells_of_mask(&mut self) -> bool {
        if self.blind.is_on() {
            self.notices.tell(Tone::Plain, MASKED);
        }
        self.blind.is_on()
    }

    /// What was looked at last that is no list of scenes, as a scene; none of a place without a line.
    fn view_as_scene(&mut self) -> Option<Scene> {
        let mut place = self.history.place().clone();
        if place.ledger.is_empty() {
            return None;
        }
        let screen = self.trail.last_but(STORY);
        std::sync::Arc::make_mut(&mut place.view).screen = screen;
        let seen = self.seen_on(screen);
        let LitAndZoomed { pinned, zoom } = seen;
        let (look, big_room) = (self.look.scheme(), self.big_room.is_on());
        Some(captured_scene(&place, CapturedView { pinned, zoom, look, big_room }))
    }

    fn seen_on(&mut self, screen: Screen) -> LitAndZoomed {
        let visit = self.trail.here();
        let shown = super::view::Shown {
            at: &self.shown,
            look: self.look,
            drill: visit.drill.as_ref(),
            reports: &self.reports,
            can_look_again: !self.read_files.is_empty(),
        };
        self.views.at(screen).seen(&shown)
    }

    /// Shows the place as a scene does, as near as it can, and tells what of the scene is gone.
    pub(super) fn open_scene(&mut self, name: &str, context: &egui::Context) {
        let place = self.history.place();
        let Ok(scene) = place.scene(name).cloned() else { return };
        let opened = open_scene(place, &scene);
        let view = (*opened.baseline.view).clone();
        let screen = view.screen;
        if view != *place.view {
            self.edit(&Command::OpenScene(name.to_owned(), Box::new(view)));
        }
        self.go(Visit { screen, drill: None });
        if self.look.scheme() != scene.look {
            let look = Look::ALL.into_iter().find(|look| look.scheme() == scene.look);
            self.set_look(look.unwrap_or(self.look), context);
        }
        if self.big_room.is_on() != scene.big_room {
            self.toggle_big_room(context);
        }
        let seen = LitAndZoomed { pinned: opened.pinned.clone(), zoom: scene.zoom };
        self.views.at(screen).see(&seen);
        let told: Vec<String> = opened.told().map(str::to_owned).collect();
        if !told.is_empty() {
            let text = format!("{name} is not as it was");
            self.notices.tell_all(Tone::Warning, text, told, Vec::new());
        }
    }

    /// What was looked at last takes the place of what a scene showed.
    pub(super) fn retake_scene(&mut self, name: String) {
        if self.tells_of_mask() {
            return;
        }
        if let Some(scene) = self.view_as_scene() {
            self.edit(&change(StoryChange::Retake(name, Box::new(scene))));
        }
    }

    pub(super) fn remove_scene(&mut self, name: String) {
        let had = self.history.place().story.len();
        let text = format!("{name} is out of the story");
        self.edit(&change(StoryChange::Remove(name)));
        if self.history.place().story.len() < had {
            self.notices.tell_all(Tone::Plain, text, Vec::new(), vec![("Undo".to_owned(), Action::Undo)]);
        }
    }

    /// The caption of the scene that was just captured, to be typed over, without leaving the view.
    #[must_use]
    pub(super) fn show_captured(&mut self, ui: &Ui) -> Option<Action> {
        let note = self.captured.as_mut()?;
        let story = &self.history.place().story;
        let Some(at) = story.iter().position(|scene| scene.name == note.scene) else {
            // It was taken back.
            self.captured = None;
            return None;
        };
        let mut action = None;
        let mut is_done = false;
        let room = ui.ctx().content_rect();
        let width = WIDTH.min(room.width() - 2.0 * space::XL);
        let area = Area::new(Id::unique("captured")).order(Order::Foreground);
        area.anchor(Align2::CENTER_BOTTOM, vec2(0.0, -44.0)).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(width);
                ui.horizontal(|ui| {
                    weak_text(ui, &format!("Scene {}", at + 1));
                    let buttons = 150.0;
                    let field = TextEdit::singleline(&mut note.caption)
                        .desired_width((ui.available_width() - buttons).max(80.0));
                    let shown = field.show(ui);
                    let field = shown.response.response;
                    name_field(&field, &note.caption, "Caption of the new scene");
                    if note.wants_keyboard {
                        // All of it is chosen, so that the first letter replaces it.
                        let mut state = shown.state;
                        let all = egui::text::CCursorRange::two(
                            egui::text::CCursor::new(0),
                            egui::text::CCursor::new(note.caption.chars().count()),
                        );
                        state.cursor.set_char_range(Some(all));
                        state.store(ui.ctx(), field.id);
                    }
                    give_keyboard(&field, &mut note.wants_keyboard);
                    if field.changed() {
                        note.since = Instant::now();
                    }
                    let is_left = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
                    if ui.button("Undo").on_hover_text("Take the scene out again").clicked() {
                        action = Some(Action::Undo);
                        is_done = true;
                    } else if ui.button("Done").clicked() || field.lost_focus() {
                        is_done = true;
                    }
                    if is_left {
                        note.caption.clone_from(&note.finding);
                    }
                    if !field.has_focus() && note.since.elapsed() > STAYS {
                        is_done = true;
                    }
                });
            });
        });
        if !is_done {
            return action;
        }
        let note = self.captured.take()?;
        let typed = note.caption.trim();
        if action.is_some() || typed == note.finding.trim() {
            return action;
        }
        Some(change(StoryChange::SetCaption(note.scene, typed.to_owned())).into())
    }
}

fn change(change: StoryChange) -> Command {
    Command::ChangeStory(Box::new(change))
}

const MASKED: &str = "Reveal first: a scene shows partners and amounts as they are";
