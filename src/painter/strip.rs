//! Rows of pixels between two vertical sides: a slice of a ribbon, of which a figure has tens of thousands.
//!
//! egui sends a slice as two triangles. Taken together, column by column, it costs a fraction of them.

use egui::epaint::{Mesh, Vertex};

use super::damage::PixelRect;
use super::pixel::{self, first_pixel, over, tint};
use super::raster::{Canvas, Corner};
use super::texture::Texture;

/// The corners of a slice: left and right, each from top to bottom.
pub(super) type Slice<T> = [[T; 2]; 2];

/// Alpha, red, green, blue in fixed point.
type Channels = [i32; 4];
/// One, in fixed point: sixteen bits of fraction.
// Adding whole numbers gives the same edge whichever side it is seen from; floats would leave hairlines of
// ground between neighbouring bands.
const FIXED: f32 = 65_536.0;
const HALF: i64 = 32_768;

/// The slice that the next two triangles make, if they share a diagonal between two vertical sides.
pub(super) fn find(mesh: &Mesh, first: usize) -> Option<Slice<&Vertex>> {
    let &[a, b, c, d, e, f] = mesh.indices.get(first..first + 6)? else { return None };
    let one = [a, b, c];
    let is_new = |index: &u32| !one.contains(index);
    let mut fourth = [d, e, f].into_iter().filter(is_new);
    let (Some(new), None) = (fourth.next(), fourth.next()) else { return None };
    // The corner of the first triangle that the second lacks is across the diagonal.
    let lone = one.into_iter().find(|index| *index != d && *index != e && *index != f)?;
    let mut shared = one.into_iter().filter(|index| *index != lone);
    let [lone, new, p, q] =
        [lone, new, shared.next()?, shared.next()?].map(|index| &mesh.vertices[index as usize]);
    let (beside_lone, beside_new) = if p.pos.x == lone.pos.x { (p, q) } else { (q, p) };
    if beside_lone.pos.x != lone.pos.x || beside_new.pos.x != new.pos.x || lone.pos.x == new.pos.x {
        return None;
    }
    let (left, right) = if lone.pos.x < new.pos.x {
        ([lone, beside_lone], [beside_new, new])
    } else {
        ([beside_new, new], [lone, beside_lone])
    };
    // Corners across the diagonal lie at opposite ends of their sides.
    let slice = if left[0].pos.y <= left[1].pos.y { [left, right] } else { [flip(left), flip(right)] };
    let in_order = slice[0][0].pos.y <= slice[0][1].pos.y && slice[1][0].pos.y <= slice[1][1].pos.y;
    let texel = slice[0][0].uv;
    (in_order && slice.as_flattened().iter().all(|corner| corner.uv == texel)).then_some(slice)
}

fn flip<T>([a, b]: [T; 2]) -> [T; 2] {
    [b, a]
}

/// Paints a slice of one texel, column by column.
pub(super) fn paint(canvas: &mut Canvas<'_>, slice: &Slice<Corner>, texture: &Texture, area: &PixelRect) {
    let [[upper_left, lower_left], [upper_right, lower_right]] = slice;
    let texel = texture.sample(upper_left.u, upper_left.v, 1.0);
    // Slices of one ribbon meet at the same `x`, and the rule of centres gives each column to one of them.
    let first = area.left.max(first_pixel(upper_left.x));
    let last = area.right.min(first_pixel(upper_right.x));
    let mut upper = SliceEdge::new(upper_left, upper_right, texel, first);
    let mut lower = SliceEdge::new(lower_left, lower_right, texel, first);
    // A band's soft edge runs from its colour to nothing; its body is one colour from top to bottom.
    let is_even = upper.color == lower.color && upper.color_step == lower.color_step;
    for x in first..last {
        let first_row = upper.row().max(area.top);
        let last_row = lower.row().min(area.bottom);
        if first_row < last_row {
            if is_even {
                let color = pack(upper.color);
                match pixel::alpha(color) {
                    255 => canvas.column(x, first_row, last_row, |_, pixel| *pixel = color),
                    _ if color == 0 => {}
                    _ => canvas.column(x, first_row, last_row, |_, pixel| *pixel = over(color, *pixel)),
                }
            } else {
                // In parts of 256 of the way down: eight bits are as fine as the colours that come of it.
                let share_per_unit = 256.0 / (lower.y - upper.y) as f32;
                canvas.column(x, first_row, last_row, |y, pixel| {
                    let below = (i64::from(y) << 16) + HALF - upper.y;
                    let share = (below as f32 * share_per_unit) as i32;
                    *pixel = over(pack(between(upper.color, lower.color, share)), *pixel);
                });
            }
        }
        upper.advance();
        lower.advance();
    }
}

/// The upper or lower edge of a slice, at the centre of one column after the other.
struct SliceEdge {
    y: i64,
    y_step: i64,
    color: Channels,
    color_step: Channels,
}

impl SliceEdge {
    fn new(left: &Corner, right: &Corner, texel: u32, first: i32) -> Self {
        let per_column = 1.0 / (right.x - left.x);
        let lead = first as f32 + 0.5 - left.x;
        let [from, to] = [left, right].map(|corner| tint(texel, corner.color).to_be_bytes());
        let steps: [f32; 4] = std::array::from_fn(|i| (f32::from(to[i]) - f32::from(from[i])) * per_column);
        let slope = (right.y - left.y) * per_column;
        Self {
            y: ((left.y + slope * lead) * FIXED) as i64,
            y_step: (slope * FIXED) as i64,
            color: std::array::from_fn(|i| {
                ((f32::from(from[i]) + steps[i] * lead) * FIXED) as i32 + HALF as i32
            }),
            color_step: steps.map(|step| (step * FIXED) as i32),
        }
    }

    /// The first row whose centre is at or below the edge.
    #[inline]
    fn row(&self) -> i32 {
        ((self.y + HALF - 1) >> 16) as i32
    }

    #[inline]
    fn advance(&mut self) {
        self.y += self.y_step;
        for (channel, step) in self.color.iter_mut().zip(self.color_step) {
            // Past the last column a channel may run over; nothing reads it any more.
            *channel = channel.wrapping_add(step);
        }
    }
}

/// The color `share` of 256 of the way down.
#[inline]
fn between(upper: Channels, lower: Channels, share: i32) -> Channels {
    std::array::from_fn(|i| upper[i] + ((lower[i] - upper[i]) >> 8) * share)
}

#[inline]
fn pack([a, r, g, b]: Channels) -> u32 {
    let byte = |channel: i32| ((channel >> 16) & 0xFF) as u32;
    (byte(a) << 24) | (byte(r) << 16) | (byte(g) << 8) | byte(b)
}
