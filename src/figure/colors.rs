//! Colours for figures, light, dark and high contrast: grounds, inks, what is more and less. Each is chosen by
//! measured contrast (WCAG 2), and none says anything that a word or a sign does not say as well.

use serde::{Deserialize, Serialize};

/// A color as screens and files have it: sRGB, eight bits each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color {
    pub r: u8,
    pub g: u8,
    pub b: u8,
}

impl Color {
    pub const WHITE: Self = Self::hex(0xff_ff_ff);
    pub const BLACK: Self = Self::hex(0);

    /// `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        Self { r: (rgb >> 16) as u8, g: (rgb >> 8) as u8, b: rgb as u8 }
    }

    /// `share` of the way to another color, as a translucent layer of it would look.
    #[must_use]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let channel =
            |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as u8;
        Self { r: channel(self.r, other.r), g: channel(self.g, other.g), b: channel(self.b, other.b) }
    }

    /// WCAG relative luminance, 0 for black to 1 for white.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            // The formula of the standard, constants and all.
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// WCAG contrast, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// `#12436d`
impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

/// What a figure is drawn for: paper and bright rooms, dark rooms, or eyes that need strong contrast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scheme {
    #[default]
    Light,
    Dark,
    HighContrast,
}

impl Scheme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// The ground of the picture.
    pub const fn ground(self) -> Color {
        match self {
            Self::Light => Color::WHITE,
            Self::Dark => Color::hex(0x14_18_1f),
            Self::HighContrast => Color::BLACK,
        }
    }

    /// Words, and lines that matter.
    pub const fn ink(self) -> Color {
        match self {
            Self::Light => Color::hex(0x1b_24_30),
            Self::Dark => Color::hex(0xec_ef_f4),
            Self::HighContrast => Color::WHITE,
        }
    }

    /// Words that should be quieter; still at least 4.5:1.
    pub const fn faint_ink(self) -> Color {
        match self {
            Self::Light => Color::hex(0x55_60_6e),
            Self::Dark => Color::hex(0xa3_ae_bd),
            Self::HighContrast => Color::hex(0xe6_e6_e6),
        }
    }

    /// Words that stand back while others are lit: still to be read, for one may want to point at them next.
    pub const fn receding_ink(self) -> Color {
        match self {
            Self::Light => Color::hex(0x5f_69_78),
            Self::Dark => Color::hex(0x8d_98_a7),
            Self::HighContrast => Color::hex(0xb0_b0_b0),
        }
    }

    /// Lines of a scale, the track behind a bar.
    pub const fn grid(self) -> Color {
        match self {
            Self::Light => Color::hex(0xdd_e2_e8),
            Self::Dark => Color::hex(0x32_3a_46),
            Self::HighContrast => Color::hex(0x8c_8c_8c),
        }
    }

    /// What is a remainder or has no name of its own: "Other", "Not stated", "not itemised".
    pub const fn neutral(self) -> Color {
        match self {
            Self::Light => Color::hex(0x70_76_7f),
            Self::Dark => Color::hex(0x79_81_8d),
            Self::HighContrast => Color::hex(0xa5_a7_a8),
        }
    }

    /// What there is more of after a change; a sign stands by it.
    pub const fn more(self) -> Color {
        match self {
            Self::Light => Color::hex(0x12_43_6d),
            Self::Dark => Color::hex(0x8f_c7_f8),
            Self::HighContrast => Color::hex(0xaf_c3_ff),
        }
    }

    /// What there is less of.
    pub const fn less(self) -> Color {
        match self {
            Self::Light => Color::hex(0xc8_50_0f),
            Self::Dark => Color::hex(0xe0_7b_39),
            Self::HighContrast => Color::hex(0xff_8a_3d),
        }
    }

    /// A color that only says "the rest", while one thing is in focus.
    pub const fn muted(self) -> Color {
        match self {
            Self::Light => Color::hex(0xbf_bf_bf),
            Self::Dark => Color::hex(0x4a_53_60),
            Self::HighContrast => Color::hex(0x5a_5a_5a),
        }
    }

    /// What calls for attention: a stamp, a warning, a credit. It is the orange of what there is less of, and a word
    /// stands by it.
    pub const fn focus(self) -> Color {
        self.less()
    }

    /// From little to much, for the cells of a table: `share` 0 to 1. Slate, for the hues of a picture are for one
    /// dimension.
    pub fn heat(self, share: f64) -> Color {
        let stops: [Color; 3] = match self {
            Self::Light => [Color::hex(0xed_f0_f4), Color::hex(0x9f_ac_bc), Color::hex(0x2f_3d_4f)],
            Self::Dark => [Color::hex(0x20_28_31), Color::hex(0x5a_69_7b), Color::hex(0xc6_d0_dc)],
            Self::HighContrast => [Color::hex(0x1c_1c_1c), Color::hex(0x6e_6e_6e), Color::hex(0xf2_f2_f2)],
        };
        let share = share.clamp(0.0, 1.0) * 2.0;
        if share < 1.0 { stops[0].mix(stops[1], share) } else { stops[1].mix(stops[2], share - 1.0) }
    }

    /// How solid a ribbon is that is pointed at, and one that is not while another is.
    pub const fn ribbon_opacity_traced(self) -> (f32, f32) {
        match self {
            Self::Light => (1.0, 0.16),
            Self::Dark => (1.0, 0.2),
            Self::HighContrast => (1.0, 0.3),
        }
    }
}

/// White, ink or black: the first that reads well on a fill, with at least 4.5:1.
pub fn on_fill(fill: Color) -> Color {
    let dark = Scheme::Light.ink();
    if fill.contrast(Color::WHITE) >= 4.5 {
        Color::WHITE
    } else if fill.contrast(dark) >= 4.5 {
        dark
    } else {
        Color::BLACK
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_can_be_read() {
        for scheme in Scheme::ALL {
            assert!(scheme.ink().contrast(scheme.ground()) >= 7.0);
            assert!(scheme.faint_ink().contrast(scheme.ground()) >= 4.5);
            assert!(scheme.neutral().contrast(scheme.ground()) >= 3.0);
            assert!(scheme.neutral().contrast(scheme.muted()) >= 1.4, "both stand in one bar");
            assert!(scheme.focus().contrast(scheme.ground()) >= 4.5, "words are written in it");
            for step in 0..=20 {
                let heat = scheme.heat(f64::from(step) / 20.0);
                assert!(on_fill(heat).contrast(heat) >= 4.5, "{} on {heat}", on_fill(heat));
            }
        }
    }

    #[test]
    fn words_on_any_gray_can_be_read() {
        for level in 0..=255_u8 {
            let gray = Color { r: level, g: level, b: level };
            assert!(on_fill(gray).contrast(gray) >= 4.5, "{gray}");
        }
    }
}
