//! What agencies pay each other, at the foot of the flows: each pipe is a control that leads to the list of pairs.

use egui::{CursorIcon, Id, Rect, Sense, Ui, WidgetInfo};

use crate::app::action::Action;
use crate::app::controls::Transform;
use crate::figure::FlowsFigure;

/// Lets the pointer and the keyboard at the pipes.
pub(super) fn pipes_ui(ui: &Ui, canvas: Rect, transform: Transform, drawing: &FlowsFigure) -> Option<Action> {
    let mut action = None;
    for pipe in &drawing.pipes {
        let rect = transform.rect(pipe.around).expand2(egui::vec2(2.0, 1.0)).intersect(canvas);
        if !rect.is_positive() {
            continue;
        }
        let response = ui.interact(rect, Id::unique(("pipe", pipe.mark.0)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &pipe.tooltip));
        if response.has_focus() {
            let around = ui.painter().with_clip_rect(canvas);
            let stroke = ui.visuals().selection.stroke;
            around.rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Outside);
        }
        let words = format!("{}\nClick to see the lines, or to count it otherwise.", pipe.tooltip);
        if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(words).clicked() {
            action = Some(Action::ShowCountedOnce);
        }
    }
    action
}
