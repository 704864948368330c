//! How the window looks: fonts, spacing, colors. The only place in the window that names them.

mod colors;
mod controls;
mod icons;
mod signs;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::style::{HandleShape, ScrollStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke,
    Style, TextStyle, Visuals, vec2,
};

pub use colors::{Colors, Look};
pub use controls::{
    Tone, badge, badge_width, badge_within, bar_frame, card, chip, dialog_frame, editable_chip, focus_ring,
    icon_button, name_field, panel_frame, plain_panel_frame, primary_button, tab, weak_label, weak_text,
};
pub use icons::{Icon, paint_icon};

/// Distances, in points. One step apart means related, two steps apart means another subject.
pub mod space {
    /// Between an icon and its word.
    pub const XS: f32 = 4.0;
    /// Between controls.
    pub const S: f32 = 8.0;
    /// Within a card.
    pub const M: f32 = 12.0;
    /// Between groups, and at the edge of a panel.
    pub const L: f32 = 16.0;
    /// Between sections.
    pub const XL: f32 = 24.0;
}

/// Radius of a corner, in points.
pub const ROUNDING: u8 = 6;
const BODY_SIZE: f32 = 14.0;

/// Gives egui our fonts, spacing, and the light and dark look. Call once, before the first frame.
pub fn install(context: &Context) {
    context.set_fonts(fonts());
    context.add_plugin(signs::Signs::default());
    context.options_mut(|options| {
        options.max_passes = 2.try_into().expect("two is not zero");
    });
    for look in [Look::Light, Look::Dark] {
        context.set_style_of(look.theme(), style(look));
    }
    set_look(context, Look::Light);
}

/// Changes the colors of the whole window.
pub fn set_look(context: &Context, look: Look) {
    let less_motion = has_less_motion(context);
    context.set_style_of(look.theme(), style(look));
    set_motion(context, less_motion);
    context.set_theme(look.theme());
}

/// Whether pictures are changed at once, without a way from one to the next.
pub(in crate::app) fn has_less_motion(context: &Context) -> bool {
    context.global_style().animation_time <= 0.0
}

/// Has pictures and controls change at once, or move from one to the next.
pub(in crate::app) fn set_motion(context: &Context, is_less: bool) {
    context.all_styles_mut(|style| style.animation_time = if is_less { 0.0 } else { MOTION });
}

/// How long controls take to change, in seconds.
const MOTION: f32 = 0.1;

/// Letters half as bold again, for a heading or a total.
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("SemiBold".into()))
}

/// The boldest letters, for the one figure that matters.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("Bold".into()))
}

/// The style of a view's title; `TextStyle::Heading` is for its sections.
pub fn title_style() -> TextStyle {
    TextStyle::Name("Title".into())
}

/// The style of a word that stands out in a sentence, at body size.
pub fn strong_style() -> TextStyle {
    TextStyle::Name("Strong".into())
}

fn fonts() -> FontDefinitions {
    let regular = FontData::from_static(include_bytes!("../../../assets/fonts/ShadowpoolSans-Regular.ttf"));
    let semibold = FontData::from_static(include_bytes!("../../../assets/fonts/ShadowpoolSans-SemiBold.ttf"));
    let bold = FontData::from_static(include_bytes!("../../../assets/fonts/ShadowpoolSans-Bold.ttf"));
    let mut fonts = FontDefinitions::empty();
    for (name, data, families) in [
        ("Regular", regular, vec![FontFamily::Proportional, FontFamily::Monospace]),
        ("SemiBold", semibold, vec![FontFamily::Name("SemiBold".into())]),
        ("Bold", bold, vec![FontFamily::Name("Bold".into())]),
    ] {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        for family in families {
            fonts.families.entry(family).or_default().push(name.to_owned());
        }
    }
    fonts
}

fn style(look: Look) -> Style {
    let mut style = Style {
        text_styles: text_styles(),
        animation_time: MOTION,
        visuals: visuals(look),
        compact_menu_style: false,
        ..Style::default()
    };
    style.interaction.tooltip_delay = 0.25;
    style.interaction.selectable_labels = false;

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::S, space::S);
    spacing.button_padding = vec2(space::M, 5.0);
    spacing.interact_size = vec2(36.0, 28.0);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(6);
    spacing.menu_spacing = 2.0;
    spacing.indent = 20.0;
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 11.0;
    spacing.icon_spacing = 8.0;
    spacing.slider_width = 160.0;
    spacing.slider_rail_height = 4.0;
    spacing.combo_width = 120.0;
    spacing.combo_height = 320.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = scroll_style();
    style
}

fn scroll_style() -> ScrollStyle {
    ScrollStyle { bar_width: 10.0, handle_min_length: 24.0, ..ScrollStyle::solid() }
}

/// What a bar to scroll by takes of the width, in points.
pub(in crate::app) fn scroll_bar_width() -> f32 {
    scroll_style().allocated_width()
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    [
        (title_style(), semibold(20.0)),
        (TextStyle::Heading, semibold(16.0)),
        (strong_style(), semibold(BODY_SIZE)),
        (TextStyle::Body, FontId::proportional(BODY_SIZE)),
        (TextStyle::Button, FontId::proportional(BODY_SIZE)),
        // Digits are tabular everywhere, so that columns need no other letters.
        (TextStyle::Monospace, FontId::proportional(BODY_SIZE)),
        (TextStyle::Small, FontId::proportional(12.0)),
    ]
    .into()
}

fn visuals(look: Look) -> Visuals {
    let colors = look.colors();
    let mut visuals = if look == Look::Light { Visuals::light() } else { Visuals::dark() };
    let edge = Stroke::new(if look == Look::HighContrast { 2.0 } else { 1.0 }, colors.separator);

    visuals.widgets = widgets(colors);
    visuals.weak_text_color = Some(colors.weak_text);
    visuals.selection.bg_fill = colors.selection;
    // Also the outline of the text field that is being typed in.
    visuals.selection.stroke = Stroke::new(2.0, colors.selection_text);
    visuals.hyperlink_color = colors.accent_text;
    visuals.faint_bg_color = colors.stripe;
    visuals.extreme_bg_color = colors.field;
    visuals.text_edit_bg_color = Some(colors.field);
    visuals.code_bg_color = colors.stripe;
    visuals.warn_fg_color = colors.warning;
    visuals.error_fg_color = colors.error;
    visuals.panel_fill = colors.panel;
    visuals.window_fill = colors.raised;
    visuals.window_stroke = edge;
    visuals.window_corner_radius = CornerRadius::same(ROUNDING + 4);
    visuals.menu_corner_radius = CornerRadius::same(ROUNDING + 2);
    visuals.window_shadow = Shadow { offset: [0, 8], blur: 24, spread: 0, color: colors.shadow };
    visuals.popup_shadow = Shadow { offset: [0, 4], blur: 12, spread: 0, color: colors.shadow };
    visuals.window_highlight_topmost = false;
    visuals.indent_has_left_vline = false;
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = HandleShape::Circle;
    visuals.striped = false;
    visuals.disabled_alpha = 0.5;
    visuals.text_cursor.stroke = Stroke::new(2.0, colors.accent_text);
    // A blinking cursor would wake an idle window twice a second.
    visuals.text_cursor.blink = false;
    visuals
}

fn widgets(colors: &Colors) -> Widgets {
    let look = |fill: Color32, outline: Stroke, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: outline,
        fg_stroke: Stroke::new(1.5, text),
        corner_radius: CornerRadius::same(ROUNDING),
        expansion: 0.0,
    };
    let thin = |color| Stroke::new(1.0, color);
    Widgets {
        noninteractive: look(colors.panel, thin(colors.separator), colors.text),
        inactive: WidgetVisuals {
            bg_fill: colors.rail,
            ..look(colors.button, thin(colors.outline), colors.text)
        },
        hovered: look(colors.hovered, thin(colors.strong_outline), colors.text),
        // What has the keyboard looks like what is being pressed: with a ring around it.
        active: look(colors.pressed, Stroke::new(2.0, colors.focus), colors.text),
        open: look(colors.hovered, thin(colors.strong_outline), colors.text),
    }
}
