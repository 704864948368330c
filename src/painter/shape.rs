//! What a frame consists of as shapes to paint: plain rectangles where two triangles make one, else triangles, and
//! bands.

use egui::epaint::{Mesh, Primitive, Vertex};
use egui::{Pos2, Rect};

use super::band::Bands;
use super::damage::{PixelRect, mix};
use super::raster::{Canvas, Corner, Fill};
use super::texture::Texture;
use super::{pixel, strip};

/// A rectangle or triangle of a mesh or a part of a band, with the pixels it may touch.
pub(super) struct ScreenShape {
    /// Which of the frame's primitives.
    pub(super) primitive: u32,
    /// Where in a mesh's indices, or which of the bands.
    place: u32,
    kind: ShapeKind,
    /// Within the clip rectangle and the picture.
    pub(super) bounds: PixelRect,
}

/// What a shape is, by how its triangles lie.
#[derive(Clone, Copy)]
enum ShapeKind {
    /// Two: an upright rectangle of one color.
    Rectangle,
    /// Two: between vertical sides.
    Slice,
    /// One, anyhow.
    Triangle,
    /// None: it is a part of a band.
    Band,
}

/// What shapes are painted with.
pub(super) struct Surroundings<'a> {
    pub(super) size: [usize; 2],
    pub(super) pixels_per_point: f32,
    /// The texture of each of the frame's meshes.
    pub(super) textures: &'a [Option<&'a Texture>],
}

impl Surroundings<'_> {
    /// Hands each visible shape of a mesh to `found`, with a hash of all that decides how it looks.
    pub(super) fn collect(
        &self,
        mesh: &Mesh,
        clip_rect: Rect,
        number: u32,
        mut found: impl FnMut(ScreenShape, u64),
    ) {
        let clip = self.clip(clip_rect);
        let Some(texture) = self.textures[number as usize] else { return };
        if clip.is_empty() {
            return;
        }
        let scale = u64::from(self.pixels_per_point.to_bits());
        // Everything a shape looks different for, and its vertices do not say.
        let seed = [texture.version, scale, pair(clip.left, clip.top), pair(clip.right, clip.bottom)]
            .into_iter()
            .fold(0, mix);

        let mut first = 0;
        while first + 3 <= mesh.indices.len() {
            // Two triangles that are one thing are taken as one: a rectangle fills rows, and the diagonal
            // costs nothing.
            let kind = kind(mesh, first);
            let length = if matches!(kind, ShapeKind::Triangle) { 3 } else { 6 };
            let corners = mesh.indices[first..first + length].iter().map(|&i| &mesh.vertices[i as usize]);
            let bounds = self.bounds(corners.clone().map(|vertex| vertex.pos)).intersect(&clip);
            if !bounds.is_empty() {
                let hash = corners.fold(seed, hash_vertex);
                found(ScreenShape { primitive: number, place: first as u32, kind, bounds }, hash);
            }
            first += length;
        }
    }

    /// The same for bands, each in parts.
    pub(super) fn collect_bands(
        &self,
        bands: &Bands,
        clip_rect: Rect,
        number: u32,
        mut found: impl FnMut(ScreenShape, u64),
    ) {
        for piece in bands.pieces(self.pixels_per_point, self.clip(clip_rect)).iter() {
            let shape = ScreenShape {
                primitive: number,
                place: piece.band,
                kind: ShapeKind::Band,
                bounds: piece.bounds,
            };
            found(shape, piece.hash);
        }
    }

    /// Paints the part of a shape that lies in `area`.
    pub(super) fn paint(
        &self,
        shape: &ScreenShape,
        of: &Primitive,
        area: &PixelRect,
        canvas: &mut Canvas<'_>,
    ) {
        let area = shape.bounds.intersect(area);
        if area.is_empty() {
            return;
        }
        let mesh = match of {
            Primitive::Mesh(mesh) => mesh,
            Primitive::Callback(callback) => {
                if let Some(band) = Bands::of(callback).and_then(|bands| bands.get(shape.place)) {
                    band.paint(self.pixels_per_point, &area, canvas);
                }
                return;
            }
        };
        let Some(texture) = self.textures[shape.primitive as usize] else { return };
        let first = shape.place as usize;
        match shape.kind {
            ShapeKind::Band => {}
            ShapeKind::Rectangle => {
                if let Some((upper_left, lower_right)) = rectangle(mesh, first) {
                    canvas.rectangle(&self.corner(upper_left), &self.corner(lower_right), texture, &area);
                }
            }
            ShapeKind::Slice => {
                if let Some(slice) = strip::find(mesh, first) {
                    let slice = slice.map(|side| side.map(|vertex| self.corner(vertex)));
                    strip::paint(canvas, &slice, texture, &area);
                }
            }
            ShapeKind::Triangle => {
                let corners =
                    [0, 1, 2].map(|i| self.corner(&mesh.vertices[mesh.indices[first + i] as usize]));
                canvas.triangle(corners, &fill(&corners, texture), texture, &area);
            }
        }
    }

    /// The pixels of a clip rectangle, rounded as egui's own painters do.
    fn clip(&self, rect: Rect) -> PixelRect {
        let pixels = |points: f32, length: usize| {
            (points * self.pixels_per_point).round().clamp(0.0, length as f32) as i32
        };
        PixelRect {
            left: pixels(rect.min.x, self.size[0]),
            top: pixels(rect.min.y, self.size[1]),
            right: pixels(rect.max.x, self.size[0]),
            bottom: pixels(rect.max.y, self.size[1]),
        }
    }

    /// The pixels whose centres lie within the extent of some points.
    fn bounds(&self, points: impl Iterator<Item = Pos2>) -> PixelRect {
        let extent =
            points.fold(Rect::NOTHING, |extent, point| extent.union(Rect::from_min_max(point, point)));
        let pixel = |points: f32| pixel::first_pixel(points * self.pixels_per_point);
        PixelRect {
            left: pixel(extent.min.x),
            top: pixel(extent.min.y),
            right: pixel(extent.max.x),
            bottom: pixel(extent.max.y),
        }
    }

    fn corner(&self, vertex: &Vertex) -> Corner {
        Corner {
            x: vertex.pos.x * self.pixels_per_point,
            y: vertex.pos.y * self.pixels_per_point,
            u: vertex.uv.x,
            v: vertex.uv.y,
            color: pixel::pack(vertex.color),
        }
    }
}

/// The first pixel whose centre is at or beyond a coordinate.
#[inline]
fn kind(mesh: &Mesh, first: usize) -> ShapeKind {
    if rectangle(mesh, first).is_some() {
        ShapeKind::Rectangle
    } else if strip::find(mesh, first).is_some() {
        ShapeKind::Slice
    } else {
        ShapeKind::Triangle
    }
}

/// How a triangle's color is found; most are the same all over.
fn fill(corners: &[Corner; 3], texture: &Texture) -> Fill {
    let [a, b, c] = corners;
    let same_texel = a.u == b.u && a.u == c.u && a.v == b.v && a.v == c.v;
    // One texel for all corners is how egui says that a shape has no picture.
    if !same_texel {
        return Fill::Textured;
    }
    let texel = texture.sample(a.u, a.v, 1.0);
    let colors = [a, b, c].map(|corner| pixel::tint(texel, corner.color));
    if colors[0] == colors[1] && colors[0] == colors[2] {
        Fill::Flat(colors[0])
    } else {
        Fill::Shaded(colors)
    }
}

/// The upper left and lower right corner, if the next two triangles are an upright rectangle of one color.
///
/// egui writes letters, pictures and plain rectangles as the corners 0 1 2, 2 1 3, row by row.
fn rectangle(mesh: &Mesh, first: usize) -> Option<(&Vertex, &Vertex)> {
    let &[i0, i1, i2, i3, i4, i5] = mesh.indices.get(first..first + 6)? else { return None };
    // The order of the corners is egui's, and looked at first: it rules most triangles out at once.
    if i3 != i2 || i4 != i1 {
        return None;
    }
    let [a, b, c, d] = [i0, i1, i2, i5].map(|i| &mesh.vertices[i as usize]);
    let upright = a.pos.y == b.pos.y && c.pos.y == d.pos.y && a.pos.x == c.pos.x && b.pos.x == d.pos.x;
    let mapped_upright = a.uv.y == b.uv.y && c.uv.y == d.uv.y && a.uv.x == c.uv.x && b.uv.x == d.uv.x;
    let one_color = a.color == b.color && a.color == c.color && a.color == d.color;
    // A mirrored rectangle would need its texture read backwards; it is left to the triangles.
    let right_way_round = a.pos.x <= d.pos.x && a.pos.y <= d.pos.y;
    (upright && mapped_upright && one_color && right_way_round).then_some((a, d))
}

#[inline]
fn hash_vertex(hash: u64, vertex: &Vertex) -> u64 {
    let hash = mix(hash, pair(vertex.pos.x.to_bits() as i32, vertex.pos.y.to_bits() as i32));
    let hash = mix(hash, pair(vertex.uv.x.to_bits() as i32, vertex.uv.y.to_bits() as i32));
    mix(hash, u64::from(pixel::pack(vertex.color)))
}

#[inline]
fn pair(high: i32, low: i32) -> u64 {
    (u64::from(high as u32) << 32) | u64::from(low as u32)
}
