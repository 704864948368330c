//! A picture that may be higher than its room.

use egui::{Id, Rect, ScrollArea, Ui, UiBuilder};

/// Shows a picture in its room, to be scrolled where it is higher. It stays where it was scrolled to in whatever way it
/// is shown, in blind mode or not.
pub(in crate::app) fn scrolled_ui(ui: &mut Ui, room: Rect, picture: impl FnOnce(&mut Ui)) {
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room).scope_id(Id::unique("picture")));
    ScrollArea::vertical().auto_shrink(false).show(&mut ui, picture);
}
