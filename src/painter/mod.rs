//! egui's triangles to pixels without a GPU: the window where there is none, pictures in tests, screenshots.
//!
//! egui hands over meshes of textured triangles with premultiplied colors, to be blended in gamma space as
//! they are; that is all a painter has to know. Two habits make it quick enough for a remote desktop: the
//! screen is cut into tiles, and a tile whose triangles are the same as last time is neither painted nor
//! sent again; the rectangles and letters that most of a screen consists of are copied row by row; and a Sankey's
//! bands, which other painters get as triangles, come as they are and are kept apart from what lies on them.

mod band;
mod damage;
mod ground;
mod pixel;
mod raster;
mod shape;
mod strip;
mod texture;

use egui::epaint::{ClippedPrimitive, Primitive};
use egui::{Color32, ColorImage, TexturesDelta};
use rayon::prelude::*;

use damage::{TILE_HEIGHT, Tiles};
use raster::Canvas;
use shape::{ScreenShape, Surroundings};
use texture::Textures;

pub use band::{Band, Bands, Rim};
pub use damage::PixelRect;
pub use ground::KeptGround;

/// Fewer dirty rows of tiles than this are painted at once, without waking other threads.
// A blinking cursor or a moving highlight touches one or two: waking a thread takes longer than painting
// them.
const ROWS_WORTH_SHARING: usize = 4;

/// A picture of the screen, and what is needed to bring it up to date.
#[derive(Default)]
pub struct CpuPainter {
    textures: Textures,
    tiles: Tiles,
    size: [usize; 2],
    pixels: Vec<u32>,
    shapes: Vec<ScreenShape>,
    ground: KeptGround,
}

impl CpuPainter {
    /// The largest side of a texture; nothing but memory limits it.
    // egui asks for a limit, and lays its fonts out within it; graphics cards commonly have this one.
    pub const MAX_TEXTURE_SIDE: usize = 8192;

    /// An empty picture, without textures.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over new and changed textures. What is freed stays until the next call, after the painting.
    pub fn update_textures(&mut self, delta: TexturesDelta) {
        self.textures.update(delta);
    }

    /// Paints all of the next picture anew: painting the last one ended half way. Textures stay.
    pub fn forget_picture(&mut self) {
        *self = Self { textures: std::mem::take(&mut self.textures), ..Self::default() };
    }

    /// Paints what changed since the last call and says where that was.
    ///
    /// `size` is in pixels, `ground` is what shows where nothing is painted.
    pub fn paint(
        &mut self,
        size: [usize; 2],
        pixels_per_point: f32,
        ground: Color32,
        primitives: &[ClippedPrimitive],
    ) -> Vec<PixelRect> {
        if self.size != size {
            self.size = size;
            // Cleared, or `resize` would keep the old rows at their old length, all askew.
            self.pixels.clear();
            self.pixels.resize(size[0] * size[1], 0);
        }
        let textures: Vec<_> = primitives
            .iter()
            .map(|primitive| match &primitive.primitive {
                Primitive::Mesh(mesh) => self.textures.get(mesh.texture_id),
                Primitive::Callback(_) => None,
            })
            .collect();
        let surroundings = Surroundings { size, pixels_per_point, textures: &textures };

        self.shapes.clear();
        self.tiles.begin(size, pixel::pack(ground));
        for (number, primitive) in primitives.iter().enumerate() {
            let number =
                u32::try_from(number).expect("a frame has fewer than four thousand million primitives");
            let found = |shape: ScreenShape, hash| {
                let place = u32::try_from(self.shapes.len()).expect("fewer shapes than u32 can count");
                self.tiles.add(&shape.bounds, hash, place);
                self.shapes.push(shape);
            };
            match &primitive.primitive {
                Primitive::Mesh(mesh) => surroundings.collect(mesh, primitive.clip_rect, number, found),
                Primitive::Callback(callback) => match Bands::of(callback) {
                    Some(bands) => surroundings.collect_bands(bands, primitive.clip_rect, number, found),
                    None if KeptGround::ends_at(callback) => self.tiles.end_ground(self.shapes.len() as u32),
                    None => {}
                },
            }
        }

        let changed = self.tiles.changed();
        let (columns, tiles) = self.tiles.counts();
        self.ground.fit(self.pixels.len(), tiles);
        let (shapes, tiles) = (&self.shapes, &self.tiles);
        let paint_shapes = |places: &[u32], run: &PixelRect, canvas: &mut Canvas<'_>| {
            for &place in places {
                let shape = &shapes[place as usize];
                let of = &primitives[shape.primitive as usize].primitive;
                surroundings.paint(shape, of, run, canvas);
            }
        };
        let paint_row = |row: usize, pixels: &mut [u32], kept_pixels: &mut [u32], kept: &mut [u64]| {
            let places = tiles.shapes_in_row(row);
            let Some(ground_row) = tiles.ground_of_row(row) else {
                for run in &changed.runs[row] {
                    let mut canvas = Canvas::new(pixels, size[0], row * TILE_HEIGHT);
                    canvas.clear(run, pixel::pack(ground));
                    paint_shapes(places, run, &mut canvas);
                }
                return;
            };
            // Places are in painting order, so the ground's are the first.
            let (below, above) = places.split_at(places.partition_point(|&place| place < ground_row.end));
            for run in &changed.runs[row] {
                let mut canvas = Canvas::new(kept_pixels, size[0], row * TILE_HEIGHT);
                // The bands are painted once and copied from then on: a highlight that moves above them costs a copy of
                // its tiles.
                for new in run.tiles_where(|column| kept[column] != ground_row.fingerprints[column]) {
                    canvas.clear(&new, pixel::pack(ground));
                    paint_shapes(below, &new, &mut canvas);
                }
                let columns = run.tile_columns();
                kept[columns.clone()].copy_from_slice(&ground_row.fingerprints[columns]);
                let mut canvas = Canvas::new(pixels, size[0], row * TILE_HEIGHT);
                canvas.copy(run, kept_pixels);
                paint_shapes(above, run, &mut canvas);
            }
        };
        // Rows of tiles are stretches of the same memory, so threads share no pixel and need no lock.
        let row_length = (size[0] * TILE_HEIGHT).max(1);
        let rows: Vec<_> = self
            .pixels
            .chunks_mut(row_length)
            .zip(self.ground.pixels.chunks_mut(row_length))
            .zip(self.ground.fingerprints.chunks_mut(columns.max(1)))
            .enumerate()
            .filter(|(row, _)| !changed.runs[*row].is_empty())
            .collect();
        if rows.len() < ROWS_WORTH_SHARING {
            for (row, ((pixels, kept), prints)) in rows {
                paint_row(row, pixels, kept, prints);
            }
        } else {
            rows.into_par_iter()
                .for_each(|(row, ((pixels, kept), prints))| paint_row(row, pixels, kept, prints));
        }
        changed.rects()
    }

    /// The picture, row by row, each pixel as `0x00RRGGBB`: what softbuffer wants.
    pub fn pixels(&self) -> &[u32] {
        &self.pixels
    }

    /// Width and height of the picture in pixels.
    pub fn size(&self) -> [usize; 2] {
        self.size
    }

    /// The picture as egui holds images.
    pub fn image(&self) -> ColorImage {
        let pixels = self.pixels.iter().map(|&packed| pixel::unpack(packed)).collect();
        ColorImage::new(self.size, pixels)
    }
}

#[cfg(test)]
mod tests;
