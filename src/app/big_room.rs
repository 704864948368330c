//! The big room: all of the window is one picture for a hall, with nothing around it. What is pressed is what its title is
//! about then; Esc takes it back, and leaves.

use egui::{
    Align2, CentralPanel, Frame, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::App;
use super::action::Action;
use super::controls::{Transform, paint};
use super::memo::Memo;
use super::style::{Colors, Look};
use crate::figure::{Figure, Mark, MarkId, Shape, visible};
use crate::place::Screen;
use crate::scene::{RoomOptions, room_picture};

/// Whether it is on, and what was drawn last.
#[derive(Default)]
pub(super) struct BigRoom {
    is_on: bool,
    /// It has taken all of the screen, and gives it back.
    pub(super) has_taken_screen: bool,
    /// What the title is about, where somebody has picked it.
    picked: Option<MarkId>,
    figure: Memo<RoomKey, Option<Figure>>,
    painted: Memo<(RoomKey, Transform), Vec<egui::Shape>>,
}

/// Revision, and all else that a picture depends on.
type RoomKey = (u64, (Screen, Look, bool), (u32, u32, Option<MarkId>));

impl BigRoom {
    pub(super) const fn is_on(&self) -> bool {
        self.is_on
    }

    pub(super) fn toggle(&mut self) {
        self.is_on = !self.is_on;
        self.picked = None;
    }

    /// Takes back what was picked; false where nothing is.
    pub(super) fn let_go(&mut self) -> bool {
        self.picked.take().is_some()
    }
}

/// What leads out of it with a pointer.
const LEAVE: &str = "Leave the big room (F11)";

impl App {
    /// Whether what is shown has a picture for a hall: lists of lines and comparisons are for a desk.
    pub(super) fn is_in_big_room(&self) -> bool {
        let place = self.shown.place();
        self.big_room.is_on
            && !place.ledger.is_empty()
            && match self.trail.here().screen {
                Screen::Flows => place.compared_with().is_none(),
                Screen::Themes => true,
                Screen::Pool => place.shown_scenario().is_some(),
                Screen::Ledger | Screen::Story => false,
            }
    }

    /// The picture that is shown there, as exports draw it.
    pub(super) fn big_room_figure(&self) -> Option<Figure> {
        self.big_room.figure.at(self.shown.revision()).cloned().flatten()
    }

    #[must_use]
    pub(super) fn show_big_room(&mut self, ui: &mut Ui) -> Option<Action> {
        let frame = Frame::new().fill(Colors::of(ui).ground);
        CentralPanel::default().frame(frame).show(ui, |ui| self.big_room_ui(ui)).inner
    }

    fn big_room_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let (canvas, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
        // Smaller than that nothing can be drawn.
        let size = (canvas.width().floor().max(160.0), canvas.height().floor().max(120.0));
        let screen = self.trail.here().screen;
        let key = (
            self.shown.revision(),
            (screen, self.look, self.blind.is_on()),
            (size.0 as u32, size.1 as u32, self.big_room.picked),
        );
        let options = RoomOptions {
            scheme: self.look.scheme(),
            size: (f64::from(size.0), f64::from(size.1)),
            picked: self.big_room.picked,
        };
        let (shown, blind) = (&self.shown, &self.blind);
        let room = &mut self.big_room;
        let figure = room.figure.get(key, || match blind.hidden() {
            Some(hidden) => {
                let figure = room_picture(&hidden.place, shown.baseline(), screen, options)?;
                Some(hidden.blind.figure(figure))
            }
            None => room_picture(shown.place(), shown.baseline(), screen, options),
        });
        let figure = figure.as_ref()?;
        let transform = Transform { origin: canvas.min, zoom: 1.0 };
        let painter = ui.painter_at(canvas);
        let shapes = room.painted.get((key, transform), || paint::shapes(&painter, figure, transform));
        painter.extend(shapes.iter().cloned());
        let said = format!("{} {}", figure.title, figure.notes.join(" "));
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, visible(&said)));
        let picked = parts_ui(ui, figure, transform).or_else(|| bands_ui(response, figure, transform));
        if let Some(picked) = picked {
            room.picked = if room.picked == Some(picked) { None } else { Some(picked) };
            ui.ctx().request_repaint();
        }
        leave_ui(ui, canvas).then_some(Action::ToggleBigRoom)
    }
}

/// Each part of the picture as a control: named for those who do not see it, reached by Tab, pressed to be what the title
/// is about.
fn parts_ui(ui: &Ui, figure: &Figure, transform: Transform) -> Option<MarkId> {
    let is_part = |mark: &&Mark| {
        matches!(mark.shape, Shape::Bar(_)) && mark.target == Some(mark.id) && !mark.tooltip.is_empty()
    };
    let mut picked = None;
    for mark in figure.marks.iter().filter(is_part) {
        let rect = transform.rect(mark.shape.bounds()).expand(3.0);
        let response = ui.interact(rect, Id::unique(("big room", mark.id.0)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &mark.tooltip));
        if response.has_focus() {
            let ring = Stroke::new(2.0, Colors::of(ui).focus);
            ui.painter().rect_stroke(rect, 2.0, ring, StrokeKind::Outside);
        }
        if response.clicked() {
            picked = Some(mark.id);
        }
        response.on_hover_text(&mark.tooltip);
    }
    picked
}

/// Bands and words are pressed where they are drawn.
fn bands_ui(response: Response, figure: &Figure, transform: Transform) -> Option<MarkId> {
    let at = response.hover_pos()?;
    let mark = figure.pointed_at(transform.to_figure(at))?;
    let target = mark.target?;
    let is_clicked = response.clicked();
    let words = figure.told(mark);
    if !words.is_empty() {
        response.on_hover_text_at_pointer(words);
    }
    is_clicked.then_some(target)
}

/// The way out for a pointer: it is seen where the pointer is near, and has a name always.
fn leave_ui(ui: &Ui, canvas: Rect) -> bool {
    let size = vec2(200.0, 30.0).min(canvas.size());
    let rect = Rect::from_min_size(pos2(canvas.right() - size.x - 8.0, canvas.top() + 8.0), size);
    let response = ui.interact(rect, Id::unique("leave the big room"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, LEAVE));
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let is_near = pointer.is_some_and(|at| rect.expand(40.0).contains(at));
    if is_near || response.has_focus() {
        let colors = Colors::of(ui);
        let painter = ui.painter();
        painter.rect_filled(rect, 4.0, colors.panel);
        let edge = if response.has_focus() {
            Stroke::new(2.0, colors.focus)
        } else {
            Stroke::new(1.0, colors.weak_text)
        };
        painter.rect_stroke(rect, 4.0, edge, StrokeKind::Inside);
        let font = egui::TextStyle::Button.resolve(ui.style());
        painter.text(rect.center(), Align2::CENTER_CENTER, LEAVE, font, colors.text);
    }
    response.clicked()
}
