//! Colours for figures, light, dark and high contrast: categories, grounds, inks, hatches. Each is chosen by
//! measured contrast (WCAG 2), and none says anything that a word or a sign does not say as well.

use serde::{Deserialize, Serialize};

use super::{Hatch, HatchKind};

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

/// The Government Analysis Function's categorical colors in their order, then six of our own; each is at least 3:1
/// against white and against the one before it.
const LIGHT: [Color; 12] = [
    Color::hex(0x12_43_6d),
    Color::hex(0x28_a1_97),
    Color::hex(0x80_16_50),
    Color::hex(0xf4_6a_25),
    Color::hex(0x3d_3d_3d),
    Color::hex(0xa2_85_d1),
    Color::hex(0x08_4d_26),
    Color::hex(0x2c_9a_e4),
    Color::hex(0x6d_31_0e),
    Color::hex(0xdd_6e_9a),
    Color::hex(0x44_30_8d),
    Color::hex(0x8f_9b_2c),
];

/// At least 3:1 against the dark ground and against the one before it.
const DARK: [Color; 12] = [
    Color::hex(0x8f_c7_f8),
    Color::hex(0xa9_4d_0c),
    Color::hex(0x8a_db_be),
    Color::hex(0xae_3d_83),
    Color::hex(0xf2_c8_6b),
    Color::hex(0x65_57_c6),
    Color::hex(0xb4_de_85),
    Color::hex(0x1b_70_8e),
    Color::hex(0xf7_b1_be),
    Color::hex(0x7d_67_0b),
    Color::hex(0xd6_cc_fc),
    Color::hex(0x28_78_3d),
];

/// On black: at least 4:1 against the ground and 3:1 against the one before it.
const HIGH_CONTRAST: [Color; 8] = [
    Color::hex(0xff_d8_4a),
    Color::hex(0x1f_7a_e0),
    Color::hex(0xff_ff_ff),
    Color::hex(0xd6_33_6c),
    Color::hex(0x7c_e8_ff),
    Color::hex(0xb4_5f_06),
    Color::hex(0xc8_f5_6a),
    Color::hex(0x7a_4f_e0),
];

impl Scheme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// The colors of categories, in the order they are given out.
    pub const fn categories(self) -> &'static [Color] {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }

    /// The color of the category of this number. After the last they come round again, the dark ones paler and the
    /// pale ones darker; by then a label must stand by each, and an outline around it.
    pub fn category(self, index: usize) -> Color {
        let colors = self.categories();
        let (color, rounds) = (colors[index % colors.len()], index / colors.len());
        // Away from the end it is near to: a pale colour made paler would be the ground.
        let toward = if color.contrast(self.ground()) > 6.0 { self.ground() } else { self.ink() };
        match rounds {
            0 => color,
            // A third round differs from the second as the second does from the first; further ones repeat, and a label
            // tells them apart.
            round => color.mix(toward, if round % 2 == 1 { 0.36 } else { 0.2 }),
        }
    }

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

    /// Lines of a scale, leaders, the track behind a bar.
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
            Self::Light => Color::hex(0x8a_90_99),
            Self::Dark => Color::hex(0x7c_86_94),
            Self::HighContrast => Color::hex(0x76_76_76),
        }
    }

    /// A shadow pool and the money that runs through it: no category has this color.
    pub const fn pool(self) -> Color {
        match self {
            Self::Light => Color::hex(0xb0_7d_00),
            Self::Dark => Color::hex(0xff_d8_3d),
            Self::HighContrast => Color::hex(0x3d_f0_b0),
        }
    }

    /// What there is more of after a change; a sign stands by it.
    pub const fn more(self) -> Color {
        match self {
            Self::Light => Color::hex(0x12_43_6d),
            Self::Dark => Color::hex(0x8f_c7_f8),
            Self::HighContrast => Color::hex(0x7c_e8_ff),
        }
    }

    /// What there is less of.
    pub const fn less(self) -> Color {
        match self {
            Self::Light => Color::hex(0xd4_53_10),
            Self::Dark => Color::hex(0xe0_7b_39),
            Self::HighContrast => Color::hex(0xff_d8_4a),
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

    /// Outline of what is picked or has the keyboard.
    pub const fn focus(self) -> Color {
        match self {
            Self::Light => Color::hex(0xc2_41_0c),
            Self::Dark => Color::hex(0xff_b2_4d),
            Self::HighContrast => Color::hex(0xff_ff_00),
        }
    }

    /// One of three steps of an order, such as prevention, early help, acute.
    pub fn sequence(self, index: usize) -> Color {
        let steps: [Color; 3] = match self {
            Self::Light => [Color::hex(0x28_a1_97), Color::hex(0x6b_ac_e6), Color::hex(0x12_43_6d)],
            Self::Dark => [Color::hex(0x8a_db_be), Color::hex(0x4c_9a_d6), Color::hex(0x2f_5f_96)],
            Self::HighContrast => [Color::hex(0xc8_f5_6a), Color::hex(0x7c_e8_ff), Color::hex(0x1f_7a_e0)],
        };
        steps[index.min(2)]
    }

    /// From little to much, for the cells of a table: `share` 0 to 1.
    pub fn heat(self, share: f64) -> Color {
        let stops: [Color; 3] = match self {
            Self::Light => [Color::hex(0xe8_f1_fa), Color::hex(0x6b_ac_e6), Color::hex(0x12_43_6d)],
            Self::Dark => [Color::hex(0x1d_27_33), Color::hex(0x2f_6e_a8), Color::hex(0xa9_d4_fb)],
            Self::HighContrast => [Color::hex(0x1c_1c_1c), Color::hex(0x8a_6d_00), Color::hex(0xff_e8_80)],
        };
        let share = share.clamp(0.0, 1.0) * 2.0;
        if share < 1.0 { stops[0].mix(stops[1], share) } else { stops[1].mix(stops[2], share - 1.0) }
    }

    /// How solid ribbons are: less so the more there are, so that crossings stay legible.
    pub fn ribbon_opacity(self, ribbons: usize) -> f32 {
        // Where hundreds of bands cross, solid ones hide what runs beneath; a few pale ones look like
        // nothing.
        let (few, many) = match self {
            Self::Light => (0.46, 0.30),
            Self::Dark => (0.56, 0.36),
            Self::HighContrast => (0.62, 0.45),
        };
        // Thirty bands seldom cross; beyond some three hundred each further one changes nothing that is seen.
        let crowded = ((ribbons as f32 - 30.0) / 300.0).clamp(0.0, 1.0);
        few + (many - few) * crowded
    }

    /// How solid a ribbon is that is pointed at, and one that is not while another is.
    pub const fn ribbon_opacity_traced(self) -> (f32, f32) {
        match self {
            Self::Light => (0.82, 0.10),
            Self::Dark => (0.86, 0.12),
            Self::HighContrast => (1.0, 0.22),
        }
    }

    /// The lines on a fill of this color: those of the ground, or dark ones where the fill is much like the ground.
    pub fn hatch_on(self, kind: HatchKind, fill: Color) -> Hatch {
        // Below that the lines of the ground are too faint to be told from none.
        if fill.contrast(self.ground()) >= 2.2 {
            self.hatch(kind)
        } else {
            Hatch { kind, color: self.faint_ink(), opacity: 0.3, unit: 1.0 }
        }
    }

    /// The lines that say how well an amount is known.
    pub fn hatch(self, kind: HatchKind) -> Hatch {
        let (color, opacity) = match self {
            Self::Light => (Color::WHITE, 0.5),
            Self::Dark => (Color::hex(0x14_18_1f), 0.45),
            Self::HighContrast => (Color::BLACK, 0.6),
        };
        Hatch { kind, color, opacity, unit: 1.0 }
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
    fn categories_stand_out_from_the_ground_and_from_their_neighbours() {
        for scheme in Scheme::ALL {
            let colors = scheme.categories();
            for (index, color) in colors.iter().enumerate() {
                let next = colors[(index + 1) % colors.len()];
                assert!(color.contrast(scheme.ground()) >= 3.0, "{color} on the ground of {scheme:?}");
                assert!(color.contrast(next) >= 3.0, "{color} beside {next}");
            }
        }
    }

    #[test]
    fn colors_that_come_round_again_still_stand_out() {
        for scheme in Scheme::ALL {
            let count = scheme.categories().len();
            for index in 0..count * 3 {
                let color = scheme.category(index);
                assert!(
                    color.contrast(scheme.ground()) >= 3.0,
                    "{index}: {color} on the ground of {scheme:?}"
                );
                assert!(on_fill(color).contrast(color) >= 4.5);
                assert!(
                    (0..index)
                        .all(|earlier| scheme.category(earlier) != color || earlier + 2 * count <= index)
                );
            }
        }
    }

    #[test]
    fn words_can_be_read() {
        for scheme in Scheme::ALL {
            assert!(scheme.ink().contrast(scheme.ground()) >= 7.0);
            assert!(scheme.faint_ink().contrast(scheme.ground()) >= 4.5);
            assert!(scheme.neutral().contrast(scheme.ground()) >= 3.0);
            assert!(scheme.neutral().contrast(scheme.muted()) >= 1.4, "both stand in one bar");
            assert!(scheme.pool().contrast(scheme.ground()) >= 3.0);
            assert!(scheme.categories().iter().all(|color| *color != scheme.pool()));
            assert!(scheme.focus().contrast(scheme.ground()) >= 3.0);
            for &color in scheme.categories() {
                assert!(on_fill(color).contrast(color) >= 4.5, "{} on {color}", on_fill(color));
            }
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
