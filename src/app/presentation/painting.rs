//! How the picture of a scene is painted: zoomed to a part, with a light on a part, on its way to another.

use egui::{Rect, Ui, Vec2};

use super::screen::Presenting;
use crate::app::controls::{Transform, color32, paint};
use crate::figure::{Figure, MarkId, is_around_room, room_footed};

/// How much larger a part is that is zoomed to.
const ZOOM: f32 = 2.2;
/// The way there, in seconds.
const ZOOMS: f32 = 0.3;

impl Presenting {
    /// Where the picture lies; larger around a part that is zoomed to.
    pub(super) fn transform(&mut self, ui: &Ui, canvas: Rect, figure: &Figure) -> Transform {
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

    pub(super) fn paint(
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
