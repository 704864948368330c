//! Words at places: the themes view sets its own lines, so that all its parts share theirs.

use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rect, Ui, pos2, vec2};

use crate::app::style;
use crate::app::style::Colors;
use crate::figure::{Weight, fit};

/// Words laid out on one line.
pub(super) fn said(ui: &Ui, words: &str, size: f32, weight: Weight, color: Color32) -> Arc<Galley> {
    let font = match weight {
        Weight::Regular => egui::FontId::proportional(size),
        Weight::SemiBold => style::semibold(size),
        Weight::Bold => style::bold(size),
    };
    ui.painter().layout_no_wrap(words.to_owned(), font, color)
}

/// A soft ground under words that stand on a hatch.
pub(super) fn plate(ui: &Ui, words: Rect, color: Color32) {
    ui.painter().rect_filled(words.expand2(vec2(3.0, -0.5)), 2.0, color);
}

/// Words from a point to the right, their middle at its height; returns where they lie.
pub(super) fn write(ui: &Ui, at: Pos2, words: &str, size: f32, weight: Weight, color: Color32) -> Rect {
    let text = said(ui, words, size, weight, color);
    let min = pos2(at.x, at.y - text.size().y / 2.0);
    let rect = Rect::from_min_size(min, text.size());
    ui.painter().galley(min, text, color);
    rect
}

/// The same, ending at the point: figures in a column.
pub(super) fn write_to(ui: &Ui, at: Pos2, words: &str, size: f32, weight: Weight, color: Color32) -> Rect {
    let text = said(ui, words, size, weight, color);
    let min = pos2(at.x - text.size().x, at.y - text.size().y / 2.0);
    let rect = Rect::from_min_size(min, text.size());
    ui.painter().galley(min, text, color);
    rect
}

/// A section's heading with a few quieter words behind it, its middle at `y`.
pub(super) fn heading(ui: &mut Ui, left: f32, right: f32, y: f32, heading: &str, more: &str) {
    let colors = Colors::of(ui);
    let rect = write(ui, pos2(left, y), heading, 15.0, Weight::SemiBold, colors.text);
    let response = ui.interact(rect, ui.scope_id().with(heading), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{heading}, {more}")));
    let room = f64::from(right - rect.right() - 10.0);
    let more = fit(more, room, 12.0, Weight::Regular).text;
    write(ui, pos2(rect.right() + 10.0, y + 1.0), &more, 12.0, Weight::Regular, colors.weak_text);
}

/// A line across that only divides.
pub(super) fn rule(ui: &Ui, left: f32, right: f32, y: f32) {
    let stroke = egui::Stroke::new(1.0, Colors::of(ui).separator);
    ui.painter().hline(left..=right, y, stroke);
}
