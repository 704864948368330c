//! The keyboard: given to a field as it comes, and followed to wherever it goes; and what is told to those who do not see.

use egui::{Align, Id, Memory, Response, Ui};

use crate::figure::visible;

/// Brings what has the keyboard into sight as it gets it, where it is of what is scrolled here.
pub(super) fn follow_keyboard(ui: &Ui) {
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

/// Tells those who do not see a picture what it shows, in words that are made only where somebody listens.
pub(in crate::app) fn describe(ui: &Ui, picture: &Response, words: impl FnOnce() -> Option<Vec<String>>) {
    if ui.ctx().has_accesskit_node(picture.id)
        && let Some(words) = words()
    {
        let words = words.join(" ");
        ui.ctx().accesskit_node_builder(picture.id, |node| node.set_description(visible(&words)));
    }
}
