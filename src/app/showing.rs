//! How the window begins and ends to show a story to people, and what it does for it meanwhile.

use egui::{Context, Ui};

use super::App;
use super::action::Action;
use super::perform::{is_full_screen, set_full_screen};
use super::presentation::{Presenting, Press};
use super::style::Tone;
use super::view::Pointed;
use crate::scene::Presentation;

impl App {
    /// Shows the story to people, from its first scene or from the one that is chosen or was shown last.
    pub(super) fn present(&mut self, from_here: bool, context: &Context) {
        if self.blind.is_on() {
            let words = "A story names partners and amounts; press B to leave blind mode first";
            self.notices.tell(Tone::Plain, words);
            return;
        }
        let scene = if from_here { self.scene_here().unwrap_or(0) } else { 0 };
        let Some(at) = Presentation::begin(self.history.place().story.len(), scene) else {
            self.notices.tell(Tone::Plain, "There is no scene to show; Ctrl+Enter makes one of what you see");
            return;
        };
        let was_full_screen = is_full_screen(context);
        set_full_screen(context, true);
        let now = context.input(|input| input.time);
        self.presenting = Some(Box::new(Presenting::begin(at, was_full_screen, now)));
    }

    /// The scene that is chosen where scenes are listed; else the one that was shown last.
    fn scene_here(&mut self) -> Option<usize> {
        let chosen = self.here().and_then(|(view, shown)| match view.pointed(&shown) {
            Some(Pointed::Scene(name)) => Some(name),
            _ => None,
        });
        let name = chosen.or_else(|| self.presented_last.clone())?;
        self.history.place().story.iter().position(|scene| scene.name == name)
    }

    /// One frame of it. What it asks of the window is returned; the window itself is not shown.
    pub(super) fn show_presentation(&mut self, ui: &mut Ui) -> Option<Action> {
        // Taken out for as long as it is shown, as it needs the rest of the window.
        let mut presenting = self.presenting.take()?;
        let is_asked = self.dialog.is_some() || self.offer.is_some() || self.palette.is_some();
        let has_scenes = presenting.at.follow(self.history.place().story.len());
        let goes_on = !is_asked && has_scenes && self.lead(&mut presenting, ui);
        if !goes_on {
            set_full_screen(ui.ctx(), presenting.was_full_screen);
            ui.ctx().request_repaint();
            return None;
        }
        let place = self.history.place();
        self.presented_last = place.story.get(presenting.at.scene()).map(|scene| scene.name.clone());
        presenting.awake.keep(ui.ctx());
        presenting.hide_resting_pointer(ui);
        let (place, revision, look) = (self.history.place(), self.history.revision(), self.look);
        presenting.show(ui, place, revision, look);
        self.presenting = Some(presenting);
        None
    }

    /// Does what was pressed; false where that leaves.
    fn lead(&mut self, presenting: &mut Presenting, ui: &Ui) -> bool {
        for press in presenting.presses(ui) {
            presenting.refused = None;
            let goes_on = match press {
                Press::Keep => {
                    self.keep_what_was_tried(presenting);
                    true
                }
                press => presenting.press(press, self.history.place()),
            };
            if !goes_on {
                return false;
            }
        }
        true
    }

    /// What was tried becomes steps of the place.
    fn keep_what_was_tried(&mut self, presenting: &mut Presenting) {
        let Some(poking) = &presenting.poking else { return };
        let commands: Vec<_> = poking.poke.commands().cloned().collect();
        if commands.is_empty() {
            return;
        }
        for command in &commands {
            self.edit(command);
        }
        presenting.lets_go();
        presenting.refused = Some("Kept in the place; the list of steps has it".to_owned());
    }
}
