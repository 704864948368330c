//! What may be higher than its room.

use egui::{Align, Id, Memory, Rect, Response, ScrollArea, Ui, UiBuilder};

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

/// Gives a field the keyboard as it comes, and brings it into sight. While a click is going on it is given again: the
/// click that brought the field is one beside it, which takes the keyboard from a field.
pub(in crate::app) fn give_keyboard(edit: &Response, wants: &mut bool) {
    if !*wants {
        return;
    }
    edit.request_focus();
    edit.scroll_to_me(Some(Align::Center));
    *wants = edit.ctx.input(|input| input.pointer.any_released());
    if *wants {
        edit.ctx.request_repaint();
    }
}
