//! How the window shows the big room in place of a screen and its bars.

use egui::{CentralPanel, Frame, Role, Sense, Ui, WidgetInfo};

use super::App;
use super::action::Action;
use super::big_room::{Tells, bands_ui, leave_ui, parts_ui};
use super::controls::{Transform, paint};
use super::style::Colors;
use crate::figure::{Figure, visible};
use crate::scene::{RoomOptions, has_room_picture, room_picture};

impl App {
    /// Whether what is shown is shown there.
    pub(super) fn is_in_big_room(&self) -> bool {
        self.big_room.is_on() && has_room_picture(self.shown.place(), self.trail.here().screen)
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
            (screen, self.look, self.blind.is_all()),
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
        let picked = parts_ui(ui, figure, transform, Tells::AtPointer)
            .or_else(|| bands_ui(response, figure, transform));
        if let Some(picked) = picked {
            room.picked = if room.picked == Some(picked) { None } else { Some(picked) };
            ui.ctx().request_repaint();
        }
        leave_ui(ui, canvas).then_some(Action::ToggleBigRoom)
    }
}
