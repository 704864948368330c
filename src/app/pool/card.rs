//! What details are laid out with: the row that opens a card, the card, its fields and hints.

use egui::{Align, Frame, Layout, Margin, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::style;
use crate::app::style::{Colors, Icon, icon_button, paint_icon, space, weak_text};

/// A row with a title, what it says now, and a chevron; true when it is pressed.
pub(super) fn detail_row_ui(ui: &mut Ui, title: &str, summary: &str, is_open: bool) -> bool {
    let size = vec2(ui.available_width() - 6.0, 34.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let colors = Colors::of(ui);
    let name = format!("{title}: {summary}");
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Button, true, name.as_str());
        info.selected = Some(is_open);
        info
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, colors.hovered);
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, colors.focus);
        ui.painter().rect_stroke(rect, 6.0, ring, egui::StrokeKind::Inside);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let middle = rect.center().y;
    let left = rect.left() + space::XS;
    let at = egui::pos2(left, middle);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, title, style::semibold(14.0), colors.text);
    let title_px = crate::figure::width_px(title, 14.0, crate::figure::Weight::SemiBold) as f32;
    let words_at = (title_px + space::L).max(128.0);
    let room = f64::from(rect.width() - words_at - 34.0).max(20.0);
    let fitted = crate::figure::fit(summary, room, 13.0, crate::figure::Weight::Regular).text;
    let at = egui::pos2(rect.left() + words_at, middle);
    let font = egui::FontId::proportional(13.0);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, fitted, font, colors.weak_text);
    let icon = if is_open { Icon::ChevronUp } else { Icon::ChevronDown };
    let at = egui::pos2(rect.right() - 14.0, middle);
    paint_icon(ui.painter(), icon, egui::Rect::from_center_size(at, vec2(16.0, 16.0)), colors.weak_text);
    response.clicked()
}

/// The card under an open row.
pub(super) fn card_ui<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let colors = Colors::of(ui);
    let frame = Frame::new()
        .fill(colors.panel)
        .stroke(egui::Stroke::new(1.0, colors.separator))
        .corner_radius(8)
        .outer_margin(Margin { left: 0, right: 6, top: 2, bottom: 8 })
        .inner_margin(Margin::symmetric(12, 10));
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::S;
            add(ui)
        })
        .inner
}

/// How wide the names of fields are in a card.
const LABEL: f32 = 84.0;

/// A field with its name to the left; fields of a card stand below each other.
pub(super) fn field_ui<R>(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(LABEL, 28.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(vec2(LABEL, 28.0));
            weak_text(ui, label);
        });
        ui.vertical(add).inner
    })
    .inner
}

/// A line of the card's own words.
pub(super) fn hint_ui(ui: &mut Ui, words: &str) {
    let color = Colors::of(ui).weak_text;
    ui.add(egui::Label::new(RichText::new(words).small().color(color)).wrap());
}

/// The chevron that opens the details of a row.
pub(super) fn chevron_ui(ui: &mut Ui, name: &str, is_open: bool) -> bool {
    let icon = if is_open { Icon::ChevronUp } else { Icon::ChevronDown };
    icon_button(ui, icon, name).clicked()
}
