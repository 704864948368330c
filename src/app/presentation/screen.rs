//! A story on all of the screen: begun, led, left.

use std::time::Duration;

use egui::{CentralPanel, Color32, CursorIcon, Frame, Role, Sense, Ui, Vec2, WidgetInfo};

use super::awake::Awake;
use super::keys::{Listening, Press, take_presses};
use super::poking::Poking;
use super::stage::{CHANGE, DrawnAhead, OnStage, RETURN, SceneKey};
use crate::app::big_room::{Tells, parts_ui};
use crate::app::controls::{Transform, color32};
use crate::app::memo::Memo;
use crate::app::style::Look;
use crate::figure::{Figure, MarkId, Scheme, visible};
use crate::place::{Place, Scene};
use crate::scene::{AfterCue, Cover, Cue, Presentation, PresentedScene, SceneOptions, ScenePage};
use crate::store;

/// A pointer that rests so long is not meant to be seen, in seconds.
const POINTER_RESTS: f64 = 2.0;

/// A story that is shown to people.
pub(in crate::app) struct Presenting {
    pub(in crate::app) at: Presentation,
    pub(in crate::app) poking: Option<Poking>,
    /// What is said until the next key: why something could not be done.
    pub(in crate::app) refused: Option<String>,
    page: ScenePage,
    ahead: DrawnAhead,
    pub(super) stage: OnStage,
    /// How long the next change lasts.
    lasts: Duration,
    has_spotlight: bool,
    pub(super) zoomed: Option<MarkId>,
    /// Where the part is that was zoomed to last, from the left and the top, in points.
    pub(super) zoom_at: Vec2,
    /// When the pointer moved last, in seconds of the toolkit's time.
    pointer_moved: f64,
    pointer_at: Option<egui::Pos2>,
    pub(in crate::app) was_full_screen: bool,
    pub(in crate::app) awake: Awake,
    pub(super) painted: Memo<PaintedKey, Vec<egui::Shape>>,
}

/// What the shapes of a figure at rest depend on: its number, what is said at the foot, what light falls on it, where it lies.
type PaintedKey = (u64, (Option<String>, String), Option<MarkId>, Transform);

impl Presenting {
    /// Begins at a scene; the window had all of the screen before, or had not; the toolkit's time is `now`, in seconds.
    pub(in crate::app) fn begin(at: Presentation, was_full_screen: bool, now: f64) -> Self {
        Self {
            at,
            poking: None,
            refused: None,
            page: ScenePage::Hall,
            ahead: DrawnAhead::default(),
            stage: OnStage::default(),
            lasts: CHANGE,
            has_spotlight: false,
            zoomed: None,
            zoom_at: Vec2::ZERO,
            pointer_moved: now,
            pointer_at: None,
            was_full_screen,
            awake: Awake::default(),
            painted: Memo::default(),
        }
    }

    /// What was pressed since the last frame.
    pub(in crate::app) fn presses(&self, ui: &Ui) -> Vec<Press> {
        let listening = Listening {
            is_typing: self.poking.as_ref().is_some_and(|poking| poking.typed.is_some()),
            has_picked: self.poking.as_ref().is_some_and(Poking::has_picked),
            has_focus: ui.memory(|memory| memory.focused().is_some()),
        };
        take_presses(ui, listening)
    }

    /// Does what was pressed, of a place; false where that leaves.
    pub(in crate::app) fn press(&mut self, press: Press, place: &Place) -> bool {
        match press {
            // Where something is picked, Enter asks what is in it.
            Press::Cue(Cue::Enter) if self.is_enter_for_lines() => self.show_lines(),
            Press::Outwards | Press::Cue(Cue::StepOut) if self.hides_lines() => {}
            Press::Outwards => return self.cue(Cue::Back),
            Press::Cue(cue) => return self.cue(cue),
            Press::Spotlight => self.has_spotlight = !self.has_spotlight,
            Press::Zoom => self.toggle_zoom(),
            Press::BigRoom => {
                self.page = if self.page == ScenePage::Hall { ScenePage::Framed } else { ScenePage::Hall };
            }
            press => self.poke_by(press, place),
        }
        true
    }

    fn cue(&mut self, cue: Cue) -> bool {
        let moved = self.at.cue(cue);
        if !self.at.is_poked() {
            self.poking = None;
            self.zoomed = None;
        }
        self.lasts = if moved == AfterCue::Returns { RETURN } else { CHANGE };
        moved != AfterCue::Leaves
    }

    /// The scene is as it was.
    pub(in crate::app) fn lets_go(&mut self) {
        self.poking = None;
        self.zoomed = None;
        self.at.return_to_scene();
        self.lasts = RETURN;
    }

    pub(super) fn scene<'a>(&self, place: &'a Place) -> &'a Scene {
        &place.story[self.at.scene()]
    }

    /// The figure that people see, or that is being come to.
    pub(super) fn figure(&self) -> Option<&Figure> {
        self.stage.shown().map(|shown| &shown.figure)
    }

    fn toggle_zoom(&mut self) {
        let hovered = self.poking.as_ref().and_then(|poking| poking.hovered);
        let hovered = hovered.or_else(|| self.poking.as_ref().and_then(|poking| poking.picked));
        self.zoomed = if self.zoomed.is_some() { None } else { hovered };
        if self.zoomed.is_some() {
            self.at.poke();
        } else if self.poking.as_ref().is_none_or(|poking| poking.poke.is_nothing()) {
            self.at.return_to_scene();
        }
    }

    pub(in crate::app) fn hide_resting_pointer(&mut self, ui: &Ui) {
        let (now, at, is_down) =
            ui.input(|input| (input.time, input.pointer.latest_pos(), input.pointer.any_down()));
        let is_moved = is_down || at != self.pointer_at;
        self.pointer_at = at;
        if is_moved {
            self.pointer_moved = now;
        }
        let rests = now - self.pointer_moved;
        if rests >= POINTER_RESTS {
            ui.ctx().set_cursor_icon(CursorIcon::None);
        } else {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(POINTER_RESTS - rests));
        }
    }

    pub(in crate::app) fn show(&mut self, ui: &mut Ui, place: &Place, revision: u64, look: Look) {
        let scheme = self.scheme(place, look);
        let ground = match self.at.cover() {
            Some(Cover::Black) => Color32::BLACK,
            Some(Cover::White) => Color32::WHITE,
            None => color32(scheme.ground(), 1.0),
        };
        CentralPanel::default().frame(Frame::new().fill(ground)).show(ui, |ui| {
            self.show_stage(ui, place, revision, scheme);
        });
    }

    /// The scene's own look, unless whoever presents needs more contrast.
    fn scheme(&self, place: &Place, look: Look) -> Scheme {
        match look.scheme() {
            Scheme::HighContrast => Scheme::HighContrast,
            _ => self.scene(place).look,
        }
    }

    fn show_stage(&mut self, ui: &mut Ui, place: &Place, revision: u64, scheme: Scheme) {
        let (canvas, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
        // Smaller than that nothing can be drawn.
        let size = (canvas.width().floor().max(160.0), canvas.height().floor().max(120.0));
        let options = SceneOptions {
            page: self.page,
            scheme,
            size: (f64::from(size.0), f64::from(size.1)),
            made: store::today(),
        };
        let how = u8::from(self.page == ScenePage::Hall) + 2 * scheme as u8;
        let key = |at: usize| (at, revision, (size.0 as u32, size.1 as u32), how);
        self.bring_on_stage(ui, place, key, options);
        let Some(shown) = self.stage.shown().cloned() else {
            response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "The scene is being drawn"));
            return;
        };
        let said = self.said(&shown);
        let position = self.at.position();
        let named = format!(
            "Scene {} of the story. {} {}",
            position.replace('/', " of "),
            shown.figure.title,
            said.as_deref().unwrap_or_default()
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, visible(&named)));
        if self.at.cover().is_some() {
            if response.clicked() {
                self.cue(Cue::Next);
                ui.ctx().request_repaint();
            }
            return;
        }
        let transform = self.transform(ui, canvas, &shown.figure);
        let hovered = response.hover_pos().or_else(|| ui.input(|input| input.pointer.hover_pos()));
        let target = hovered.and_then(|at| shown.figure.pointed_at(transform.to_figure(at))?.target);
        let lit = target.filter(|_| self.has_spotlight);
        self.paint(ui, canvas, transform, &shown.figure, (said, position), lit);
        let picked = parts_ui(ui, &shown.figure, transform, Tells::Nowhere);
        let is_clicked = response.clicked();
        self.note_hovered(target, place);
        if let Some(mark) = picked.or_else(|| target.filter(|_| is_clicked)) {
            self.pick(mark, place);
            // Pressed by hand it keeps no keyboard: Space and Enter are those of whoever presents.
            if ui.input(|input| input.pointer.any_released()) {
                ui.memory_mut(egui::Memory::stop_text_input);
            }
            ui.ctx().request_repaint();
        } else if is_clicked {
            self.refused = None;
            self.cue(Cue::Next);
            ui.ctx().request_repaint();
        }
    }

    /// What is to be shown comes on stage, once it is drawn; what may come next is drawn meanwhile.
    fn bring_on_stage(
        &mut self,
        ui: &Ui,
        place: &Place,
        key: impl Fn(usize) -> SceneKey,
        options: SceneOptions,
    ) {
        let at = self.at.scene();
        let context = ui.ctx();
        let scene = match &mut self.poking {
            Some(poking) if !poking.poke.is_nothing() => Some(poking.drawn(key(at), options)),
            _ => self.ahead.get(key(at), place, options, context),
        };
        if let Some(scene) = scene {
            let lasts = self.lasts;
            self.stage.show(ui, &scene, lasts);
            let count = place.story.len();
            let near = [at + 1, at.wrapping_sub(1), at + 2];
            let near = near.into_iter().filter(|near| *near < count);
            // Each in its own look.
            let own = |near: usize| place.story[near].look == self.scene(place).look;
            let keys: Vec<SceneKey> = near.filter(|near| own(*near)).map(key).collect();
            self.ahead.prepare(keys, place, options, context);
        }
    }

    /// What stands at the foot in place of what the picture says there.
    fn said(&self, shown: &PresentedScene) -> Option<String> {
        let poking = self.poking.as_ref();
        let typed = poking
            .and_then(|poking| poking.typed.as_ref())
            .map(|typed| format!("What if it put in {typed}\u{2026}  Enter tries it"));
        typed
            .or_else(|| self.refused.clone())
            .or_else(|| self.at.said())
            .or_else(|| poking.and_then(|poking| poking.poke.said()))
            .or_else(|| shown.told.clone())
    }
}
