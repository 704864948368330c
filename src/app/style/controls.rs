//! Controls that egui does not have in our look: the main button, tabs, chips, badges, cards.

use egui::{
    Align2, Button, Color32, CornerRadius, Frame, Margin, Response, RichText, Role, Sense, Stroke,
    StrokeKind, TextStyle, Ui, Widget as _, WidgetInfo, vec2,
};

use super::{Colors, Icon, ROUNDING, paint_icon, space, strong_style};
use crate::figure::{Weight, fit};

/// What a badge or message means; each has its own ground and words, and says so in words too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to worry about, nothing to praise.
    Plain,
    /// All is well.
    Ok,
    /// Worth a look.
    Warning,
    /// Something went wrong.
    Error,
}

/// The one button of a screen that does what most people came for.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let colors = Colors::of(ui);
    let response = ui
        .scope(|ui| {
            let widgets = &mut ui.visuals_mut().widgets;
            for (look, fill) in [
                (&mut widgets.inactive, colors.accent),
                (&mut widgets.hovered, colors.accent_hovered),
                (&mut widgets.active, colors.accent_hovered),
            ] {
                look.weak_bg_fill = fill;
                look.bg_stroke = Stroke::NONE;
                look.fg_stroke.color = colors.on_accent;
            }
            ui.add(Button::new(RichText::new(text).text_style(strong_style())))
        })
        .inner;
    focus_ring(ui, &response);
    response
}

/// One of several views to choose from; the chosen one is underlined.
/// Beside the word of a tab: less than beside that of a button, as several stand in one row with much else, in points.
const TAB: f32 = 9.0;

pub fn tab(ui: &mut Ui, text: &str, is_chosen: bool) -> Response {
    let colors = Colors::of(ui);
    let padding = vec2(TAB, (ui.spacing().interact_size.y - ui.text_style_height(&strong_style())) / 2.0);
    // Measured in the heavier letters, so that choosing moves nothing.
    let strong = strong_style().resolve(ui.style());
    let widest = ui.painter().layout_no_wrap(text.to_owned(), strong.clone(), colors.text);
    let (rect, response) = ui.allocate_exact_size(widest.size() + 2.0 * padding, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), is_chosen, text));

    let font = if is_chosen { strong } else { TextStyle::Body.resolve(ui.style()) };
    let color = if is_chosen {
        colors.accent_text
    } else if response.hovered() {
        colors.text
    } else {
        colors.weak_text
    };
    if response.hovered() && !is_chosen {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 3.0)), CornerRadius::same(ROUNDING), colors.hovered);
    }
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, color);
    if is_chosen {
        let line = egui::Rect::from_min_max(
            egui::pos2(rect.left() + space::S, rect.bottom() - 2.0),
            egui::pos2(rect.right() - space::S, rect.bottom()),
        );
        ui.painter().rect_filled(line, CornerRadius::same(1), colors.accent_text);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.shrink(2.0),
            CornerRadius::same(ROUNDING),
            Stroke::new(2.0, colors.focus),
            StrokeKind::Inside,
        );
    }
    response
}

/// A condition that applies, with a cross that takes it away: clicked is true then.
pub fn chip(ui: &mut Ui, text: &str) -> Response {
    let (rect, words) = chip_room(ui, text);
    let response = ui.interact(rect, ui.next_auto_id(), Sense::click());
    ui.skip_ahead_auto_ids(1);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("Remove {text}")));
    paint_chip(ui, rect, words, response.hovered());
    chip_focus(ui, rect, &response);
    response
}

/// What became of a condition whose words change it and whose cross takes it away.
pub struct EditableChip {
    pub words: Response,
    pub cross: Response,
}

/// A condition that applies: its words are clicked to change it, its cross to take it away.
pub fn editable_chip(ui: &mut Ui, text: &str) -> EditableChip {
    let (rect, galley) = chip_room(ui, text);
    let (on_words, on_cross) = rect.split_left_right_at_x(rect.right() - space::S - 18.0);
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let part = |ui: &Ui, at, part: &str, name: String| {
        let response = ui.interact(at, id.with(part), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name.as_str()));
        response
    };
    let words = part(ui, on_words, "words", format!("Change {text}"));
    let cross = part(ui, on_cross, "cross", format!("Remove {text}"));
    paint_chip(ui, rect, galley, words.hovered() || cross.hovered());
    chip_focus(ui, on_words, &words);
    chip_focus(ui, on_cross, &cross);
    EditableChip { words, cross }
}

/// The room of a chip, and its words.
fn chip_room(ui: &mut Ui, text: &str) -> (egui::Rect, std::sync::Arc<egui::Galley>) {
    let font = TextStyle::Body.resolve(ui.style());
    let words = ui.painter().layout_no_wrap(text.to_owned(), font, Colors::of(ui).selection_text);
    let size = vec2(words.size().x + space::M + space::S + 18.0, 26.0);
    (ui.allocate_exact_size(size, Sense::hover()).0, words)
}

fn paint_chip(ui: &Ui, rect: egui::Rect, words: std::sync::Arc<egui::Galley>, is_hovered: bool) {
    let colors = Colors::of(ui);
    let edge = if is_hovered { colors.accent_text } else { colors.selection };
    let round = CornerRadius::same(13);
    ui.painter().rect(rect, round, colors.selection, Stroke::new(1.0, edge), StrokeKind::Inside);
    let at = egui::pos2(rect.left() + space::M, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, colors.selection_text);
    let cross = egui::Rect::from_center_size(
        egui::pos2(rect.right() - space::S - 7.0, rect.center().y),
        vec2(14.0, 14.0),
    );
    paint_icon(ui.painter(), Icon::Close, cross, colors.selection_text);
}

fn chip_focus(ui: &Ui, rect: egui::Rect, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Colors::of(ui).focus);
        ui.painter().rect_stroke(rect, CornerRadius::same(13), stroke, StrokeKind::Outside);
    }
}

/// A word or two on a ground that says how good the news is.
pub fn badge(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    badge_within(ui, text, tone, f32::INFINITY)
}

/// The same within a width: words that have no room end in three dots, and are told whole by a tooltip.
pub fn badge_within(ui: &mut Ui, text: &str, tone: Tone, most: f32) -> Response {
    let colors = Colors::of(ui);
    let (ground, color) = match tone {
        Tone::Plain => (colors.hovered, colors.text),
        Tone::Ok => (colors.ok_ground, colors.ok),
        Tone::Warning => (colors.warning_ground, colors.warning),
        Tone::Error => (colors.error_ground, colors.error),
    };
    let font = super::semibold(12.0);
    let room = f64::from(most - 2.0 * space::S);
    let fitted = fit(text, room.max(24.0), 12.0, Weight::SemiBold);
    let words = ui.painter().layout_no_wrap(fitted.text, font, color);
    let (rect, mut response) =
        ui.allocate_exact_size(words.size() + vec2(2.0 * space::S, 6.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if fitted.shortened {
        response = response.on_hover_text(text);
    }
    let edge = if ground == colors.ground { color } else { Color32::TRANSPARENT };
    ui.painter().rect(rect, CornerRadius::same(4), ground, Stroke::new(1.0, edge), StrokeKind::Inside);
    ui.painter().galley(rect.center() - words.size() / 2.0, words, color);
    response
}

/// How wide a badge with these words is, points.
pub fn badge_width(ui: &Ui, text: &str) -> f32 {
    let words = ui.painter().layout_no_wrap(text.to_owned(), super::semibold(12.0), Color32::PLACEHOLDER);
    words.size().x.ceil() + 2.0 * space::S + 1.0
}

/// A button that is only a picture; `name` is for the tooltip and for those who do not see it.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let colors = Colors::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(30.0, 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let round = CornerRadius::same(ROUNDING);
    if response.is_pointer_button_down_on() {
        ui.painter().rect_filled(rect, round, colors.pressed);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, round, colors.hovered);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, round, Stroke::new(2.0, colors.focus), StrokeKind::Inside);
    }
    let color = if ui.is_enabled() { colors.text } else { colors.weak_text.gamma_multiply(0.6) };
    paint_icon(ui.painter(), icon, egui::Rect::from_center_size(rect.center(), vec2(18.0, 18.0)), color);
    response.on_hover_text(name)
}

/// A ring around what has the keyboard, for controls that paint their own ground.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand(2.0),
            CornerRadius::same(ROUNDING + 2),
            Stroke::new(2.0, Colors::of(ui).focus),
            StrokeKind::Outside,
        );
    }
}

/// Gives a text field the name by which it is heard and found, whatever stands in it.
pub fn name_field(field: &Response, text: &str, name: &str) {
    field.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, "", text, name);
        info.label = Some(name.to_owned());
        info
    });
}

/// Words of less weight, smaller.
pub fn weak_text(ui: &mut Ui, text: &str) -> Response {
    egui::Label::new(RichText::new(text).text_style(TextStyle::Small).weak()).ui(ui)
}

/// The same where there is room for it; else nothing is seen of it, and it is heard all the same.
pub fn weak_label(ui: &mut Ui, text: &str, is_seen: bool) -> Response {
    if is_seen {
        return weak_text(ui, text);
    }
    let at = egui::Rect::from_min_size(ui.next_widget_position(), vec2(1.0, 1.0));
    let response = ui.interact(at, ui.scope_id().with(("unseen label", text)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// The frame of a bar or side panel.
pub fn panel_frame(ui: &Ui) -> Frame {
    Frame::new().fill(Colors::of(ui).panel).inner_margin(Margin::symmetric(16, 8))
}

/// The frame of the bar of menus, views and filters: what is not picture is kept low.
pub fn bar_frame(ui: &Ui) -> Frame {
    panel_frame(ui).inner_margin(Margin { left: 16, right: 16, top: 3, bottom: 3 })
}

/// The frame of the middle, where figures and tables are.
pub fn plain_panel_frame(ui: &Ui) -> Frame {
    Frame::new().fill(Colors::of(ui).ground).inner_margin(Margin::symmetric(16, 6))
}

/// The frame of a question or list over everything else.
pub fn dialog_frame(ui: &Ui) -> Frame {
    Frame::window(ui.style()).inner_margin(Margin::same(20))
}

/// The frame of a group that belongs together.
pub fn card(ui: &Ui) -> Frame {
    let colors = Colors::of(ui);
    Frame::new()
        .fill(colors.ground)
        .stroke(Stroke::new(1.0, colors.separator))
        .corner_radius(CornerRadius::same(ROUNDING + 2))
        .inner_margin(Margin::same(12))
}
