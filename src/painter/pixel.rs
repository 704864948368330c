//! Colors packed as `0xAARRGGBB`, premultiplied, and the three sums done with them.

use egui::Color32;

/// What a texture is where it does not tint.
pub(super) const WHITE: u32 = 0xFFFF_FFFF;
// Every other channel, with eight bits free above each: room for a product or a carry.
const EVEN: u32 = 0x00FF_00FF;
// A half in both, which makes cutting off rounding.
const HALVES: u32 = 0x0080_0080;

pub(super) fn pack(color: Color32) -> u32 {
    let [r, g, b, a] = color.to_array();
    u32::from_be_bytes([a, r, g, b])
}

/// A pixel of the picture as a color; the picture is opaque whatever its top byte says.
pub(super) fn unpack(packed: u32) -> Color32 {
    let [_, r, g, b] = packed.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

#[inline]
pub(super) fn alpha(color: u32) -> u32 {
    color >> 24
}

/// All four channels times `factor` of 255, each rounded to the nearest.
#[inline]
pub(super) fn scale(color: u32, factor: u32) -> u32 {
    // Two channels at a time; x / 255 is (x + 128 + (x + 128) / 256) / 256 without an error.
    let low = (color & EVEN) * factor + HALVES;
    let high = ((color >> 8) & EVEN) * factor + HALVES;
    let low = ((low + ((low >> 8) & EVEN)) >> 8) & EVEN;
    let high = (high + ((high >> 8) & EVEN)) & !EVEN;
    low | high
}

/// `color` laid over `ground`. Colors without alpha add light, so sums stop at white.
#[inline]
pub(super) fn over(color: u32, ground: u32) -> u32 {
    let rest = scale(ground, 255 - alpha(color));
    let low = (color & EVEN) + (rest & EVEN);
    let high = ((color >> 8) & EVEN) + ((rest >> 8) & EVEN);
    saturate(low) | (saturate(high) << 8)
}

#[inline]
fn saturate(lanes: u32) -> u32 {
    // A carry less its own 256th is 255 in the channel below it: white, in two instructions for two channels.
    let carries = lanes & 0x0100_0100;
    (lanes | (carries - (carries >> 8))) & EVEN
}

/// Channel by channel product, as a vertex color tints a texel.
#[inline]
pub(super) fn tint(texel: u32, color: u32) -> u32 {
    // Most vertices are white or most texels are: plain shapes and pictures skip the products.
    if color == WHITE {
        return texel;
    }
    if texel == WHITE {
        return color;
    }
    let texel = texel.to_be_bytes();
    let color = color.to_be_bytes();
    u32::from_be_bytes(std::array::from_fn(|i| {
        let product = u32::from(texel[i]) * u32::from(color[i]) + 128;
        ((product + (product >> 8)) >> 8) as u8
    }))
}

pub(super) fn first_pixel(coordinate: f32) -> i32 {
    (coordinate - 0.5).ceil() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_rounds_each_channel_to_the_nearest() {
        for value in 0..=255_u32 {
            for factor in 0..=255 {
                let exact = (f64::from(value * factor) / 255.0).round() as u32;
                assert_eq!(scale(value * 0x0101_0101, factor), exact * 0x0101_0101, "{value} times {factor}");
            }
        }
    }

    #[test]
    fn light_added_to_light_stops_at_white() {
        assert_eq!(over(0x00F0_F0F0, 0xFF80_8080), 0xFFFF_FFFF);
    }
}
