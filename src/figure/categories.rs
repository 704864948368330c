//! The colours of identities: twelve hues, each the same in light, dark and high contrast, as strong as a node and
//! as pale as a band; and the steps of an order, which are one hue.
//!
//! Bands are told apart from each other by everybody: any two of a picture differ by at least six in CIEDE2000, in
//! normal sight and without red, green or blue cones, and neighbours in grey as well.

use super::{Color, Scheme};

/// A name's color where it stands by itself, and that of its bands.
type Pair = [Color; 2];

const fn tone(node: u32, band: u32) -> Pair {
    [Color::hex(node), Color::hex(band)]
}

/// The Government Analysis Function's categorical colors in their order, with tints of them; then six of our own.
const LIGHT: [Pair; 12] = [
    tone(0x12_43_6d, 0x6f_97_c8),
    tone(0x28_a1_97, 0xb4_e6_df),
    tone(0x80_16_50, 0xe6_a2_c6),
    tone(0xf4_6a_25, 0xf5_b5_6f),
    tone(0x3d_3d_3d, 0x8a_8f_96),
    tone(0xa2_85_d1, 0xd9_cd_f2),
    tone(0x08_3d_25, 0x89_c7_a4),
    tone(0x60_83_ad, 0x3b_ab_f4),
    tone(0x63_22_05, 0xb6_7f_63),
    tone(0xc3_6b_75, 0xe4_7c_a9),
    tone(0x11_2a_86, 0xc5_ba_f9),
    tone(0x80_97_52, 0xda_e0_a3),
];

const DARK: [Pair; 12] = [
    tone(0x9c_bb_fd, 0x53_65_8c),
    tone(0x00_73_65, 0x08_56_49),
    tone(0xfc_a3_be, 0x80_49_6b),
    tone(0x8e_59_40, 0x60_1f_02),
    tone(0xd9_db_e0, 0x68_6a_6b),
    tone(0x7f_68_c8, 0x65_3f_7e),
    tone(0x9d_ee_bd, 0x3d_75_58),
    tone(0x25_7a_a0, 0x0c_3e_56),
    tone(0xfd_c1_9e, 0x9e_59_33),
    tone(0xb7_40_66, 0x84_33_46),
    tone(0xe4_cd_ff, 0x2c_2d_6e),
    tone(0x56_6e_0e, 0x48_49_23),
];

const HIGH_CONTRAST: [Pair; 12] = [
    tone(0xaf_c3_ff, 0x1e_4d_7e),
    tone(0x08_79_6c, 0x02_83_7c),
    tone(0xfd_b5_d5, 0xa9_3c_66),
    tone(0xba_4e_0f, 0xb1_5d_12),
    tone(0xeb_ed_ef, 0x5d_5e_62),
    tone(0x77_77_f3, 0x86_54_bf),
    tone(0xbb_fb_d9, 0x07_57_39),
    tone(0x2a_80_bf, 0x2f_63_8d),
    tone(0xfe_d3_b1, 0x9e_68_51),
    tone(0xc5_52_82, 0x9f_0e_47),
    tone(0xea_d2_fe, 0x79_6d_a6),
    tone(0x68_70_36, 0x69_67_33),
];

/// How many names have a hue of their own: the others, which are the smallest, are the rest.
pub const CATEGORIES: usize = LIGHT.len();

impl Scheme {
    const fn tones(self) -> &'static [Pair; CATEGORIES] {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }

    /// The color of the category of this number: the same hue in every scheme. After the last it is that of the rest.
    pub fn category(self, index: usize) -> Color {
        self.tones().get(index).map_or(self.neutral(), |tone| tone[0])
    }

    /// The color of that category's bands: solid, since a translucent one is another color wherever it crosses one.
    pub fn category_band(self, index: usize) -> Color {
        self.tones().get(index).map_or(self.rest_band(), |tone| tone[1])
    }

    /// The bands of what is a remainder or has no hue: hardly more than the ground.
    pub const fn rest_band(self) -> Color {
        match self {
            Self::Light => Color::hex(0xf3_f6_fc),
            Self::Dark => Color::hex(0x21_26_2a),
            Self::HighContrast => Color::hex(0x2b_2c_2e),
        }
    }

    /// A shadow pool: no category has this color.
    pub const fn pool(self) -> Color {
        match self {
            Self::Light => Color::hex(0xb0_7d_00),
            Self::Dark => Color::hex(0xd8_a2_2c),
            Self::HighContrast => Color::hex(0xe1_a7_30),
        }
    }

    /// The money that runs through a pool.
    pub const fn pool_band(self) -> Color {
        match self {
            Self::Light => Color::hex(0xcc_a2_39),
            Self::Dark => Color::hex(0x68_55_01),
            Self::HighContrast => Color::hex(0x6e_57_03),
        }
    }

    /// One of three steps of an order, such as prevention, early help, acute: one hue, the later the further from the
    /// ground.
    pub fn sequence(self, index: usize) -> Color {
        let steps: [u32; 3] = match self {
            Self::Light => [0x61_95_c4, 0x0c_63_95, 0x00_35_5c],
            Self::Dark => [0x39_71_9e, 0x65_a3_d9, 0xa7_d9_ff],
            Self::HighContrast => [0x4a_81_ae, 0x79_b6_ed, 0xc8_e4_ff],
        };
        Color::hex(steps[index.min(2)])
    }

    /// The bands of that step.
    pub fn sequence_band(self, index: usize) -> Color {
        let steps: [u32; 3] = match self {
            Self::Light => [0xc2_da_f5, 0x91_b7_de, 0x59_93_c5],
            Self::Dark => [0x25_39_4b, 0x2c_51_70, 0x30_6a_96],
            Self::HighContrast => [0x33_46_5a, 0x3b_5f_7f, 0x3f_76_a4],
        };
        Color::hex(steps[index.min(2)])
    }
}
