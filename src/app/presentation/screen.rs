//! A story on all of the screen: begun, led, left.

use std::time::Duration;

use egui::{CentralPanel, Color32, Context, CursorIcon, Frame, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::awake::Awake;
use super::keys::{Listening, Press, take_presses};
use super::poking::Poking;
use super::stage::{CHANGE, DrawnAhead, RETURN, SceneKey, Stage};
use crate::app::App;
use crate::app::action::Action;
use crate::app::big_room::{Tells, parts_ui};
use crate::app::controls::{Transform, color32, paint};
use crate::app::perform::{is_full_screen, set_full_screen};
use crate::app::style::{Look, Tone};
use crate::app::view::Pointed;
use crate::figure::{Figure, MarkId, Scheme, is_around_room, room_footed, visible};
use crate::place::{Place, Scene};
use crate::scene::{Cover, Cue, Moved, Presentation, PresentedScene, SceneOptions, ScenePage};
use crate::store;

/// A pointer that rests so long is not meant to be seen, in seconds.
const POINTER_RESTS: f64 = 2.0;

/// How much larger a part is that is zoomed to.
const ZOOM: f32 = 2.2;
/// The way there, in seconds.
const ZOOMS: f32 = 0.3;

/// A story that is shown to people.
pub(in crate::app) struct Presenting {
    pub(super) at: Presentation,
    pub(super) poking: Option<Poking>,
    /// What is said until the next key: why something could not be done.
    pub(super) refused: Option<String>,
    page: ScenePage,
    ahead: DrawnAhead,
    stage: Stage,
    /// How long the next change lasts.
    lasts: Duration,
    has_spotlight: bool,
    zoomed: Option<MarkId>,
    /// Where the part is that was zoomed to last, from the left and the top, in points.
    zoom_at: Vec2,
    /// When the pointer moved last, in seconds of the toolkit's time.
    pointer_moved: f64,
    was_full_screen: bool,
    awake: Awake,
    painted: crate::app::memo::Memo<PaintedKey, Vec<egui::Shape>>,
}

/// What the shapes of a figure at rest depend on: its number, what is said at the foot, what light falls on it, where it lies.
type PaintedKey = (u64, (Option<String>, String), Option<MarkId>, Transform);

impl App {
    /// Shows the story to people, from its first scene or from the one that is chosen or was shown last.
    pub(in crate::app) fn present(&mut self, from_here: bool, context: &Context) {
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
        self.presenting = Some(Box::new(Presenting {
            at,
            poking: None,
            refused: None,
            page: ScenePage::Hall,
            ahead: DrawnAhead::default(),
            stage: Stage::default(),
            lasts: CHANGE,
            has_spotlight: false,
            zoomed: None,
            zoom_at: Vec2::ZERO,
            pointer_moved: context.input(|input| input.time),
            was_full_screen,
            awake: Awake::default(),
            painted: crate::app::memo::Memo::default(),
        }));
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
    pub(in crate::app) fn show_presentation(&mut self, ui: &mut Ui) -> Option<Action> {
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
        let listening = Listening {
            is_typing: presenting.poking.as_ref().is_some_and(|poking| poking.typed.is_some()),
            has_picked: presenting.poking.as_ref().is_some_and(Poking::has_picked),
            has_focus: ui.memory(|memory| memory.focused().is_some()),
        };
        for press in take_presses(ui, listening) {
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

impl Presenting {
    /// Does what was pressed, of a place; false where that leaves.
    pub(super) fn press(&mut self, press: Press, place: &Place) -> bool {
        match press {
            // Where something is picked, Enter asks what is in it.
            Press::Cue(Cue::Enter) if self.is_enter_for_lines() => self.show_lines(),
            Press::Outwards if self.hides_lines() => {}
            Press::Cue(Cue::StepOut) if self.hides_lines() => {}
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
        self.lasts = if moved == Moved::Returns { RETURN } else { CHANGE };
        moved != Moved::Leaves
    }

    /// The scene is as it was.
    pub(super) fn lets_go(&mut self) {
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

    fn hide_resting_pointer(&mut self, ui: &Ui) {
        let (now, is_moved) =
            ui.input(|input| (input.time, input.pointer.is_moving() || input.pointer.any_down()));
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

    fn show(&mut self, ui: &mut Ui, place: &Place, revision: u64, look: Look) {
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

    /// Where the picture lies; larger around a part that is zoomed to.
    fn transform(&mut self, ui: &Ui, canvas: Rect, figure: &Figure) -> Transform {
        let aim = if self.zoomed.is_some() { ZOOM } else { 1.0 };
        if let Some(mark) = self.zoomed.and_then(|mark| figure.mark(mark)) {
            let middle = mark.shape.bounds().center();
            let room = canvas.size() / 2.0;
            let corner = egui::vec2(middle.x as f32, middle.y as f32) * ZOOM - room;
            self.zoom_at = corner.clamp(Vec2::ZERO, canvas.size() * (ZOOM - 1.0));
        }
        let time = if ui.style().animation_time > 0.0 { ZOOMS } else { 0.0 };
        let zoom = ui.ctx().animate_value_with_time(egui::Id::unique("zoom to a part"), aim, time);
        let share = (zoom - 1.0) / (ZOOM - 1.0);
        Transform { origin: canvas.min - self.zoom_at * share, zoom }
    }

    fn paint(
        &mut self,
        ui: &Ui,
        canvas: Rect,
        transform: Transform,
        figure: &Figure,
        (said, position): (Option<String>, String),
        lit: Option<MarkId>,
    ) {
        let painter = ui.painter_at(canvas);
        let moving = self.stage.moving(ui.ctx());
        let footed = |figure: Figure| {
            let figure = match lit {
                Some(lit) => {
                    let with = figure.lit_with(lit);
                    figure.dimmed(|target| with.contains(&target))
                }
                None => figure,
            };
            room_footed(figure, said.as_deref(), &position)
        };
        let shapes = |figure: Figure| shapes(&painter, canvas, figure, transform);
        if let Some(between) = moving {
            painter.extend(shapes(footed(between)));
            return;
        }
        let key = (self.stage.number(), (said.clone(), position.clone()), lit, transform);
        let painted = self.painted.get(key, || shapes(footed(figure.clone())));
        painter.extend(painted.iter().cloned());
    }
}

/// The picture where it lies, and its title and foot where they always are.
fn shapes(painter: &egui::Painter, canvas: Rect, figure: Figure, transform: Transform) -> Vec<egui::Shape> {
    if transform.zoom <= 1.0 {
        return paint::shapes(painter, &figure, transform);
    }
    let still = Transform { origin: canvas.min, zoom: 1.0 };
    let ground = color32(figure.scheme.ground(), 1.0);
    let (around, picture): (Vec<_>, Vec<_>) =
        figure.marks.iter().cloned().partition(|mark| is_around_room(mark.id));
    let mut shapes = paint::shapes(painter, &Figure { marks: picture, ..figure.clone() }, transform);
    // The room of the title and of the foot on a page for a hall.
    let (title, foot) = (canvas.height() * 0.155, canvas.height() * 0.085);
    for strip in [
        Rect::from_min_size(canvas.min, egui::vec2(canvas.width(), title)),
        Rect::from_min_max(egui::pos2(canvas.left(), canvas.bottom() - foot), canvas.max),
    ] {
        shapes.push(egui::Shape::rect_filled(strip, 0.0, ground));
    }
    shapes.extend(paint::shapes(painter, &Figure { marks: around, ..figure }, still));
    shapes
}
