//! What may be higher than its room.

use egui::{Id, Rect, ScrollArea, Ui, UiBuilder};

use super::keyboard::follow_keyboard;

/// Shows a picture in its room, to be scrolled where it is higher. It stays where it was scrolled to in whatever way it
/// is shown, in blind mode or not.
pub(in crate::app) fn scrolled_ui(ui: &mut Ui, room: Rect, picture: impl FnOnce(&mut Ui)) {
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room).scope_id(Id::unique("picture")));
    ScrollArea::vertical().auto_shrink(false).show(&mut ui, picture);
}

/// Shows what is to be scrolled where it is higher than its room. What has the keyboard is brought into sight as it gets
/// it, from wherever it was scrolled to.
pub(in crate::app) fn scroll_ui<R>(ui: &mut Ui, area: ScrollArea, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = area.show(ui, |ui| {
        let shown = contents(ui);
        follow_keyboard(ui);
        shown
    });
    shown.inner
}
