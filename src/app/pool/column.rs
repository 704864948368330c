//! A cell of a row that is laid out by hand: so wide and so high, its content to one side.

use egui::{Align, Layout, Ui, vec2};

pub(super) fn column_ui<R>(
    ui: &mut Ui,
    width: f32,
    height: f32,
    align: Align,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let layout = match align {
        Align::Max => Layout::right_to_left(Align::Center),
        _ => Layout::left_to_right(Align::Center),
    };
    ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| {
        ui.set_min_size(vec2(width, height));
        ui.set_max_width(width);
        add(ui)
    })
    .inner
}
