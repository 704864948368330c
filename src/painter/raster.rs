//! Rows of pixels under a rectangle or triangle.

use super::damage::PixelRect;
use super::pixel::{self, first_pixel, over, scale, tint};
use super::texture::Texture;

/// How far from a texel's centre a letter may be set and still be copied texel by texel.
// Interpolation that near would change a channel by four of 255 at most, which nobody sees.
const ALIGNED: f32 = 1.0 / 64.0;
/// Fixed point: a channel's value in the upper half of a word.
// The lower half is the fraction: over the widest row it gathers less than one step of a channel.
const ONE: f32 = 65_536.0;

/// A corner of a shape, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Corner {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) u: f32,
    pub(super) v: f32,
    pub(super) color: u32,
}

/// How the color of a triangle's pixels is found.
pub(super) enum Fill {
    /// The same everywhere.
    Flat(u32),
    /// Between the colors of the corners.
    Shaded([u32; 3]),
    /// From the texture, tinted.
    Textured,
}

/// A row of tiles to paint on.
pub(super) struct Canvas<'a> {
    pixels: &'a mut [u32],
    width: usize,
    top: usize,
}

impl<'a> Canvas<'a> {
    /// `pixels` holds whole rows of `width` pixels, the first of them the picture's row `top`.
    pub(super) fn new(pixels: &'a mut [u32], width: usize, top: usize) -> Self {
        Self { pixels, width, top }
    }

    pub(super) fn clear(&mut self, area: &PixelRect, color: u32) {
        for y in area.top..area.bottom {
            self.row(y, area.left, area.right).fill(color);
        }
    }

    /// Takes over an area from a row of tiles of the same size and place.
    pub(super) fn copy(&mut self, area: &PixelRect, from: &[u32]) {
        for y in area.top..area.bottom {
            let start = (y as usize - self.top) * self.width;
            let range = start + area.left as usize..start + area.right as usize;
            self.pixels[range.clone()].copy_from_slice(&from[range]);
        }
    }

    /// An upright rectangle of one color, or a letter or picture in it.
    pub(super) fn rectangle(
        &mut self,
        upper_left: &Corner,
        lower_right: &Corner,
        texture: &Texture,
        area: &PixelRect,
    ) {
        let (a, d) = (upper_left, lower_right);
        if a.u == d.u && a.v == d.v {
            let color = tint(texture.sample(a.u, a.v, 1.0), a.color);
            for y in area.top..area.bottom {
                fill_flat(self.row(y, area.left, area.right), color);
            }
            return;
        }
        let [texture_width, texture_height] = texture.size();
        let texels_per_pixel =
            [(d.u - a.u) * texture_width / (d.x - a.x), (d.v - a.v) * texture_height / (d.y - a.y)];
        // The texel under the centre of the first pixel.
        let first_x = a.u * texture_width + (area.left as f32 + 0.5 - a.x) * texels_per_pixel[0] - 0.5;
        let first_y = a.v * texture_height + (area.top as f32 + 0.5 - a.y) * texels_per_pixel[1] - 0.5;
        let is_aligned = |first: f32, step: f32, length: i32| {
            // Over its whole length a letter may drift by a quarter of a texel, before a wrong column would
            // be copied.
            (first - first.round()).abs() < ALIGNED && (step - 1.0).abs() * length as f32 <= 0.25
        };
        let width = area.right - area.left;
        let aligned = is_aligned(first_x, texels_per_pixel[0], width)
            && is_aligned(first_y, texels_per_pixel[1], area.bottom - area.top);
        for y in area.top..area.bottom {
            let texel_y = first_y + (y - area.top) as f32 * texels_per_pixel[1];
            let texels = if aligned {
                texture.run(first_x.round() as i32, texel_y.round() as i32, width as usize)
            } else {
                None
            };
            let row = self.row(y, area.left, area.right);
            match texels {
                // Letters are most of what a window shows, and need one product for a pixel where pictures
                // need four.
                Some(texels) if texture.is_coverage => fill_coverage(row, texels, a.color),
                Some(texels) => {
                    for (pixel, &texel) in row.iter_mut().zip(texels) {
                        *pixel = over(tint(texel, a.color), *pixel);
                    }
                }
                None => {
                    let v = (texel_y + 0.5) / texture_height;
                    for (column, pixel) in row.iter_mut().enumerate() {
                        let u = (first_x + 0.5 + column as f32 * texels_per_pixel[0]) / texture_width;
                        let texel = texture.sample(u, v, 1.0 / texels_per_pixel[0]);
                        *pixel = over(tint(texel, a.color), *pixel);
                    }
                }
            }
        }
    }

    /// A triangle: the pixels whose centres it holds, each once also where triangles meet.
    pub(super) fn triangle(
        &mut self,
        corners: [Corner; 3],
        fill: &Fill,
        texture: &Texture,
        area: &PixelRect,
    ) {
        if matches!(fill, Fill::Flat(0)) {
            return;
        }
        // Sorted from the top down, by the three exchanges that three things can need.
        let [mut a, mut b, mut c] = [&corners[0], &corners[1], &corners[2]];
        if b.y < a.y {
            std::mem::swap(&mut a, &mut b);
        }
        if c.y < a.y {
            std::mem::swap(&mut a, &mut c);
        }
        if c.y < b.y {
            std::mem::swap(&mut b, &mut c);
        }
        // Every edge is followed from its upper end, so that two triangles agree on the edge they share.
        let (long, upper, lower) = (Edge::new(a, c), Edge::new(a, b), Edge::new(b, c));
        let planes = Planes::new(&corners, fill);
        for y in area.top.max(first_pixel(a.y))..area.bottom.min(first_pixel(c.y)) {
            let centre = y as f32 + 0.5;
            let one = long.x_at(centre);
            let other = if centre < b.y { upper.x_at(centre) } else { lower.x_at(centre) };
            let left = first_pixel(one.min(other)).max(area.left);
            let right = first_pixel(one.max(other)).min(area.right);
            if left >= right {
                continue;
            }
            // What is filled lies side by side in memory, as it is read from there.
            let row = self.row(y, left, right);
            match fill {
                Fill::Flat(color) => fill_flat(row, *color),
                Fill::Shaded(_) => planes.fill_shaded(row, left, centre),
                Fill::Textured => planes.fill_textured(row, left, centre, texture),
            }
        }
    }

    /// The pixels of column `x` from row `top` up to `bottom`, each with its row.
    #[inline]
    pub(super) fn column(&mut self, x: i32, top: i32, bottom: i32, mut paint: impl FnMut(i32, &mut u32)) {
        let mut place = (top as usize - self.top) * self.width + x as usize;
        for y in top..bottom {
            paint(y, &mut self.pixels[place]);
            place += self.width;
        }
    }

    fn row(&mut self, y: i32, left: i32, right: i32) -> &mut [u32] {
        let start = (y as usize - self.top) * self.width;
        &mut self.pixels[start + left as usize..start + right as usize]
    }
}

fn fill_flat(row: &mut [u32], color: u32) {
    match pixel::alpha(color) {
        255 => row.fill(color),
        _ if color == 0 => {}
        _ => row.iter_mut().for_each(|pixel| *pixel = over(color, *pixel)),
    }
}

fn fill_coverage(row: &mut [u32], texels: &[u32], color: u32) {
    let is_opaque = pixel::alpha(color) == 255;
    for (pixel, &texel) in row.iter_mut().zip(texels) {
        match pixel::alpha(texel) {
            0 => {}
            255 if is_opaque => *pixel = color,
            coverage => *pixel = over(scale(color, coverage), *pixel),
        }
    }
}

/// A side of a triangle, from its upper end down.
struct Edge {
    x: f32,
    y: f32,
    slope: f32,
}

impl Edge {
    fn new(upper: &Corner, lower: &Corner) -> Self {
        Self { x: upper.x, y: upper.y, slope: (lower.x - upper.x) / (lower.y - upper.y) }
    }

    #[inline]
    fn x_at(&self, y: f32) -> f32 {
        self.x + (y - self.y) * self.slope
    }
}

/// What varies over a triangle: four channels and two texture coordinates, each a plane.
struct Planes {
    origin: [f32; 2],
    channels: [Plane; 4],
    uv: [Plane; 2],
    is_opaque: bool,
}

#[derive(Clone, Copy)]
struct Plane {
    start: f32,
    per_x: f32,
    per_y: f32,
}

impl Planes {
    fn new(corners: &[Corner; 3], fill: &Fill) -> Self {
        let [a, b, c] = corners;
        let (bx, by, cx, cy) = (b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y);
        let doubled_area = bx * cy - cx * by;
        // A triangle without area holds no pixel's centre, yet its planes are made before that is known.
        let scale = if doubled_area == 0.0 { 0.0 } else { 1.0 / doubled_area };
        let plane = |values: [f32; 3]| {
            let (db, dc) = (values[1] - values[0], values[2] - values[0]);
            Plane { start: values[0], per_x: (db * cy - dc * by) * scale, per_y: (dc * bx - db * cx) * scale }
        };
        let colors = match fill {
            Fill::Shaded(colors) => *colors,
            Fill::Flat(_) | Fill::Textured => corners.map(|corner| corner.color),
        };
        let bytes = colors.map(u32::to_be_bytes);
        let uv = [plane([a.u, b.u, c.u]), plane([a.v, b.v, c.v])];
        Self {
            origin: [a.x, a.y],
            channels: std::array::from_fn(|i| plane(bytes.map(|bytes| f32::from(bytes[i])))),
            uv,
            is_opaque: colors.iter().all(|&color| pixel::alpha(color) == 255),
        }
    }

    fn at(&self, plane: &Plane, x: f32, y: f32) -> f32 {
        plane.start + (x - self.origin[0]) * plane.per_x + (y - self.origin[1]) * plane.per_y
    }

    fn fill_shaded(&self, row: &mut [u32], left: i32, y: f32) {
        let first = left as f32 + 0.5;
        // Rounding at the far end of a long row could carry a channel past white and round to black.
        let steps = row.len().saturating_sub(1) as f32;
        // Both ends are kept within a byte, so everything between them is.
        let ends = self.channels.map(|plane| {
            let value = |x: f32| (self.at(&plane, x, y).clamp(0.0, 255.0) * ONE + ONE / 2.0) as u32;
            (value(first), value(first + steps))
        });
        let step = ends.map(|(start, end)| {
            if steps > 0.0 { ((i64::from(end) - i64::from(start)) / steps as i64) as i32 } else { 0 }
        });
        let mut channels = ends.map(|(start, _)| start);
        let mut next = || {
            let [a, r, g, b] = channels.map(|value| value >> 16);
            for (channel, step) in channels.iter_mut().zip(step) {
                *channel = channel.wrapping_add_signed(step);
            }
            (a << 24) | (r << 16) | (g << 8) | b
        };
        if self.is_opaque {
            row.fill_with(next);
        } else {
            for pixel in row {
                *pixel = over(next(), *pixel);
            }
        }
    }

    fn fill_textured(&self, row: &mut [u32], left: i32, y: f32, texture: &Texture) {
        for (column, pixel) in row.iter_mut().enumerate() {
            let x = left as f32 + column as f32 + 0.5;
            let texel = texture.sample(self.at(&self.uv[0], x, y), self.at(&self.uv[1], x, y), 1.0);
            let color = u32::from_be_bytes(
                self.channels.map(|plane| (self.at(&plane, x, y).clamp(0.0, 255.0) + 0.5) as u8),
            );
            *pixel = over(tint(texel, color), *pixel);
        }
    }
}
