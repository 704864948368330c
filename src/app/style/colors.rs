//! The colors of panels, controls and messages, light, dark and high contrast.
//!
//! Marks that stand for money have their own palettes, with the figures.

use egui::{Color32, Theme, Visuals};

use crate::figure::Scheme;

/// The colors of the whole window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// For an office and a projector.
    #[default]
    Light,
    /// For a dim room.
    Dark,
    /// Nothing but strong contrasts.
    HighContrast,
}

/// What each color is for. Text colors can be read on every ground they are used on.
#[derive(Debug)]
pub struct Colors {
    /// Under figures and tables.
    pub ground: Color32,
    /// Under bars and side panels.
    pub panel: Color32,
    /// Under menus, tooltips and windows.
    pub raised: Color32,
    /// Under what is being typed.
    pub field: Color32,
    /// Every other row of a table.
    pub stripe: Color32,
    /// Lines that only divide.
    pub separator: Color32,
    /// Around controls.
    pub outline: Color32,
    /// Around the control under the pointer.
    pub strong_outline: Color32,
    /// A control at rest.
    pub button: Color32,
    /// The rail of a slider and the box of a tick.
    pub rail: Color32,
    /// A control under the pointer.
    pub hovered: Color32,
    /// A control being pressed.
    pub pressed: Color32,
    /// Words and figures.
    pub text: Color32,
    /// Words of less weight.
    pub weak_text: Color32,
    /// The one thing to do next.
    pub accent: Color32,
    /// The same, under the pointer.
    pub accent_hovered: Color32,
    /// Words on the accent.
    pub on_accent: Color32,
    /// Words in the accent's color on the other grounds: links, the chosen tab.
    pub accent_text: Color32,
    /// Under what is chosen.
    pub selection: Color32,
    /// Words on it.
    pub selection_text: Color32,
    /// Around what has the keyboard.
    pub focus: Color32,
    /// Words that say all is well.
    pub ok: Color32,
    /// Under them.
    pub ok_ground: Color32,
    /// Words that warn.
    pub warning: Color32,
    /// Under them.
    pub warning_ground: Color32,
    /// Words that say what went wrong.
    pub error: Color32,
    /// Under them.
    pub error_ground: Color32,
    /// Below menus and windows.
    pub shadow: Color32,
}

impl Look {
    /// The colors in which figures are drawn.
    pub(in crate::app) const fn scheme(self) -> Scheme {
        match self {
            Self::Light => Scheme::Light,
            Self::Dark => Scheme::Dark,
            Self::HighContrast => Scheme::HighContrast,
        }
    }

    /// All of them, in the order of a menu.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// Which look some visuals belong to.
    pub fn of(visuals: &Visuals) -> Self {
        Self::ALL
            .into_iter()
            .find(|look| look.colors().panel == visuals.panel_fill)
            .unwrap_or(if visuals.dark_mode { Self::Dark } else { Self::Light })
    }

    /// Which of egui's two themes it takes the place of.
    pub fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::Light,
            Self::Dark | Self::HighContrast => Theme::Dark,
        }
    }

    /// Its colors.
    pub fn colors(self) -> &'static Colors {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }
}

impl Colors {
    /// The colors of the window a `Ui` belongs to.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Look::of(ui.visuals()).colors()
    }
}

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

static LIGHT: Colors = Colors {
    ground: hex(0xFF_FFFF),
    panel: hex(0xF4_F6F9),
    raised: hex(0xFF_FFFF),
    field: hex(0xFF_FFFF),
    stripe: hex(0xF3_F6FA),
    separator: hex(0xDA_E0E8),
    outline: hex(0x82_8E9D),
    strong_outline: hex(0x56_6373),
    button: hex(0xFF_FFFF),
    rail: hex(0xDC_E3EB),
    hovered: hex(0xE9_EEF5),
    pressed: hex(0xDA_E3EE),
    text: hex(0x1A_2430),
    weak_text: hex(0x54_6070),
    accent: hex(0x1B_5A9E),
    accent_hovered: hex(0x14_4A85),
    on_accent: hex(0xFF_FFFF),
    accent_text: hex(0x14_4F8F),
    selection: hex(0xD3_E4F7),
    selection_text: hex(0x0F_4279),
    focus: hex(0x0B_62D6),
    ok: hex(0x14_6638),
    ok_ground: hex(0xDD_F2E5),
    warning: hex(0x7D_4A00),
    warning_ground: hex(0xFD_EFD2),
    error: hex(0xA9_1E17),
    error_ground: hex(0xFC_E4E2),
    shadow: Color32::from_black_alpha(36),
};

static DARK: Colors = Colors {
    ground: hex(0x15_191F),
    panel: hex(0x1C_2128),
    raised: hex(0x25_2C35),
    field: hex(0x12_161B),
    stripe: hex(0x1A_1F26),
    separator: hex(0x33_3C48),
    outline: hex(0x6F_7D8F),
    strong_outline: hex(0x9A_A8B9),
    button: hex(0x28_303A),
    rail: hex(0x3C_4653),
    hovered: hex(0x32_3C49),
    pressed: hex(0x3A_4554),
    text: hex(0xE7_EBF1),
    weak_text: hex(0xA9_B4C2),
    accent: hex(0x6F_AEF3),
    accent_hovered: hex(0x92_C2F6),
    on_accent: hex(0x0A_1624),
    accent_text: hex(0x8C_BEF6),
    selection: hex(0x24_4368),
    selection_text: hex(0xD6_E8FC),
    focus: hex(0x6F_AEF3),
    ok: hex(0x7C_D3A1),
    ok_ground: hex(0x17_3826),
    warning: hex(0xF3_BC66),
    warning_ground: hex(0x40_2F10),
    error: hex(0xFF_9A91),
    error_ground: hex(0x4A_201E),
    shadow: Color32::from_black_alpha(110),
};

static HIGH_CONTRAST: Colors = Colors {
    ground: hex(0x00_0000),
    panel: hex(0x00_0000),
    raised: hex(0x00_0000),
    field: hex(0x00_0000),
    stripe: hex(0x16_1616),
    separator: hex(0xBF_BFBF),
    outline: hex(0xFF_FFFF),
    strong_outline: hex(0xFF_FFFF),
    button: hex(0x00_0000),
    rail: hex(0x59_5959),
    hovered: hex(0x33_3333),
    pressed: hex(0x4A_4A4A),
    text: hex(0xFF_FFFF),
    weak_text: hex(0xE6_E6E6),
    accent: hex(0xFF_E14D),
    accent_hovered: hex(0xFF_F0A0),
    on_accent: hex(0x00_0000),
    accent_text: hex(0xFF_E14D),
    selection: hex(0x0B_4FA3),
    selection_text: hex(0xFF_FFFF),
    focus: hex(0xFF_E14D),
    ok: hex(0x6B_F2A0),
    ok_ground: hex(0x00_0000),
    warning: hex(0xFF_D166),
    warning_ground: hex(0x00_0000),
    error: hex(0xFF_A8A0),
    error_ground: hex(0x00_0000),
    shadow: Color32::TRANSPARENT,
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two colors by the Web Content Accessibility Guidelines.
    fn contrast(one: Color32, other: Color32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(color: Color32) -> f64 {
        let [r, g, b, _] = color.to_array().map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn check(look: Look, least: f64, pairs: &[(&str, Color32, Color32)]) {
        for (name, color, ground) in pairs {
            let contrast = contrast(*color, *ground);
            assert!(contrast >= least, "{look:?}, {name}: {contrast:.2} is less than {least}");
        }
    }

    #[test]
    fn every_text_can_be_read_on_every_ground_it_stands_on() {
        for look in Look::ALL {
            let c = look.colors();
            for (name, ground) in [
                ("ground", c.ground),
                ("panel", c.panel),
                ("raised", c.raised),
                ("field", c.field),
                ("stripe", c.stripe),
                ("button", c.button),
                ("hovered", c.hovered),
                ("pressed", c.pressed),
            ] {
                check(look, 4.5, &[(&format!("text on {name}"), c.text, ground)]);
                check(look, 4.5, &[(&format!("weak text on {name}"), c.weak_text, ground)]);
                check(look, 4.5, &[(&format!("accent text on {name}"), c.accent_text, ground)]);
            }
            for (name, ground) in [("ground", c.ground), ("panel", c.panel), ("raised", c.raised)] {
                check(look, 4.5, &[(&format!("ok on {name}"), c.ok, ground)]);
                check(look, 4.5, &[(&format!("warning on {name}"), c.warning, ground)]);
                check(look, 4.5, &[(&format!("error on {name}"), c.error, ground)]);
            }
            check(
                look,
                4.5,
                &[
                    ("text on the accent", c.on_accent, c.accent),
                    ("text on the accent under the pointer", c.on_accent, c.accent_hovered),
                    ("chosen text", c.selection_text, c.selection),
                    ("plain text on what is chosen", c.text, c.selection),
                    ("ok badge", c.ok, c.ok_ground),
                    ("warning badge", c.warning, c.warning_ground),
                    ("error badge", c.error, c.error_ground),
                ],
            );
        }
    }

    #[test]
    fn what_has_the_keyboard_or_the_pointer_stands_out_from_its_surroundings() {
        for look in Look::ALL {
            let c = look.colors();
            for ground in [c.ground, c.panel, c.raised, c.field, c.pressed] {
                check(look, 3.0, &[("focus ring", c.focus, ground)]);
            }
            for ground in [c.ground, c.panel, c.raised, c.field] {
                check(look, 3.0, &[("outline", c.outline, ground)]);
                check(look, 3.0, &[("outline under the pointer", c.strong_outline, ground)]);
                check(look, 3.0, &[("accent", c.accent, ground)]);
                check(look, 3.0, &[("edge of a field", c.selection_text, ground)]);
            }
        }
    }

    #[test]
    fn no_color_of_a_figure_is_that_of_controls() {
        for look in Look::ALL {
            let (scheme, c) = (look.scheme(), look.colors());
            let hues = (0..crate::figure::CATEGORIES)
                .flat_map(|index| [scheme.category(index), scheme.category_band(index)]);
            let steps = (0..3).flat_map(|index| [scheme.sequence(index), scheme.sequence_band(index)]);
            let signs = [scheme.pool(), scheme.pool_band(), scheme.more(), scheme.less(), scheme.focus()];
            for color in hues.chain(steps).chain(signs) {
                for control in [c.accent, c.focus] {
                    let off = |one: u8, other: u8| u32::from(one.abs_diff(other));
                    let off =
                        off(color.r, control.r()) + off(color.g, control.g()) + off(color.b, control.b());
                    assert!(off >= 30, "{look:?}: {color} is that of {control:?}");
                }
            }
        }
    }

    #[test]
    fn a_look_is_known_by_its_visuals() {
        for look in Look::ALL {
            assert_eq!(Look::of(&super::super::visuals(look)), look);
        }
    }
}
