//! What may be higher than its room.

use egui::{Id, Memory, Rect, ScrollArea, Ui, UiBuilder};

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

fn follow_keyboard(ui: &Ui) {
    let focused = ui.memory(Memory::focused);
    let id = ui.unique_id().with("had the keyboard");
    let had = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<Option<Id>>(id), focused));
    let Some(focused) = focused.filter(|focused| had != Some(*focused)) else { return };
    let rect = ui.read_response(focused).map(|response| response.rect);
    if let Some(rect) = rect.filter(|rect| ui.min_rect().contains(rect.center())) {
        ui.scroll_to_rect(rect, None);
    }
}
