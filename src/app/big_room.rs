//! The big room: all of the window is one picture for a hall, with nothing around it. What is pressed is what its title is
//! about then; Esc takes it back, and leaves.

use egui::{Align2, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::controls::Transform;
use super::memo::Memo;
use super::style::{Colors, Look};
use crate::figure::{Figure, Mark, MarkId, Shape};
use crate::place::Screen;

/// Whether it is on, and what was drawn last.
#[derive(Default)]
pub(super) struct BigRoom {
    is_on: bool,
    /// It has taken all of the screen, and gives it back.
    pub(super) has_taken_screen: bool,
    /// What the title is about, where somebody has picked it.
    pub(super) picked: Option<MarkId>,
    pub(super) figure: Memo<RoomKey, Option<Figure>>,
    pub(super) painted: Memo<(RoomKey, Transform), Vec<egui::Shape>>,
}

/// Revision, and all else that a picture depends on.
pub(super) type RoomKey = (u64, (Screen, Look, bool), (u32, u32, Option<MarkId>));

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

/// Where what is told of a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    AtPointer,
    /// Nowhere: nothing comes and goes in front of people that nobody asked for.
    Nowhere,
}

/// What leads out of it with a pointer.
const LEAVE: &str = "Leave the big room (F11)";

/// Each part of the picture as a control: named for those who do not see it, reached by Tab, pressed to be what the title
/// is about, with what is told of it beside the pointer where `tells` says so.
pub(super) fn parts_ui(ui: &Ui, figure: &Figure, transform: Transform, tells: Tells) -> Option<MarkId> {
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
        if tells == Tells::AtPointer {
            response.on_hover_text(&mark.tooltip);
        }
    }
    picked
}

/// Bands and words are pressed where they are drawn.
pub(super) fn bands_ui(response: Response, figure: &Figure, transform: Transform) -> Option<MarkId> {
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
pub(super) fn leave_ui(ui: &Ui, canvas: Rect) -> bool {
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
