//! What triangles are filled with: the letters of the fonts, and pictures.

use std::collections::{HashMap, HashSet};

use egui::epaint::{ImageData, ImageDelta};
use egui::{TextureFilter, TextureId, TextureOptions, TextureWrapMode, TexturesDelta};

use super::pixel;

/// All textures egui has told us about.
#[derive(Default)]
pub(super) struct Textures {
    by_id: HashMap<TextureId, Texture>,
    freed: HashSet<TextureId>,
    last_version: u64,
}

/// One texture, its texels packed like pixels.
pub(super) struct Texture {
    width: usize,
    height: usize,
    texels: Vec<u32>,
    options: TextureOptions,
    /// Changes whenever something that may already be on the screen looks different.
    pub(super) version: u64,
    /// Every texel is white with some alpha, as in a font: tinting is scaling.
    pub(super) is_coverage: bool,
}

impl Textures {
    pub(super) fn update(&mut self, mut delta: TexturesDelta) {
        // egui frees a texture in the frame that shows it last.
        let freed = std::mem::replace(&mut self.freed, delta.free.drain().collect());
        self.by_id.retain(|id, _| !freed.contains(id));
        delta.set.drain().for_each(|(id, changes)| {
            for change in changes {
                self.apply(id, &change);
            }
        });
    }

    pub(super) fn get(&self, id: TextureId) -> Option<&Texture> {
        self.by_id.get(&id)
    }

    fn apply(&mut self, id: TextureId, change: &ImageDelta) {
        let ImageData::Color(image) = &change.image;
        let texels: Vec<u32> = image.pixels.iter().map(|&color| pixel::pack(color)).collect();
        // White with alpha, premultiplied: four equal bytes.
        let is_coverage = texels.iter().all(|&texel| texel == pixel::alpha(texel) * 0x0101_0101);
        self.last_version += 1;
        if let (Some(corner), Some(texture)) = (change.pos, self.by_id.get_mut(&id)) {
            texture.options = change.options;
            // One coloured letter, an emoji, and the whole font is tinted channel by channel from then on.
            texture.is_coverage &= is_coverage;
            if texture.replace_part(corner, image.size, &texels) {
                texture.version = self.last_version;
            }
        } else {
            let texture = Texture {
                width: image.size[0],
                height: image.size[1],
                texels,
                options: change.options,
                version: self.last_version,
                is_coverage,
            };
            self.by_id.insert(id, texture);
        }
    }
}

impl Texture {
    /// Replaces a rectangle; true if it held anything that may be on the screen already.
    ///
    /// New letters are written to an empty part of the font's texture, which changes no picture so far.
    fn replace_part(&mut self, [left, top]: [usize; 2], [width, height]: [usize; 2], texels: &[u32]) -> bool {
        let mut was_in_use = false;
        for (row, texels) in texels.chunks_exact(width.max(1)).enumerate().take(height) {
            let start = (top + row) * self.width + left;
            if let Some(old) = self.texels.get_mut(start..start + width) {
                was_in_use |= old.iter().zip(texels).any(|(old, new)| *old != 0 && old != new);
                old.copy_from_slice(texels);
            }
        }
        was_in_use
    }

    pub(super) fn size(&self) -> [f32; 2] {
        [self.width as f32, self.height as f32]
    }

    /// A run of `length` texels to the right of `x`, `y`, if all of it lies inside.
    pub(super) fn run(&self, x: i32, y: i32, length: usize) -> Option<&[u32]> {
        let x = usize::try_from(x).ok()?;
        let y = usize::try_from(y).ok().filter(|&y| y < self.height)?;
        (x + length <= self.width).then(|| &self.texels[y * self.width + x..][..length])
    }

    /// The color at `u`, `v` in 0 to 1, where a texel covers `scale` pixels.
    pub(super) fn sample(&self, u: f32, v: f32, scale: f32) -> u32 {
        // Pictures are seldom shown at their own size; which way they are off decides which filter was asked
        // for.
        let filter = if scale > 1.0 { self.options.magnification } else { self.options.minification };
        let x = u * self.width as f32;
        let y = v * self.height as f32;
        match filter {
            TextureFilter::Nearest => self.texel(x.floor() as i32, y.floor() as i32),
            TextureFilter::Linear => self.blend(x - 0.5, y - 0.5),
        }
    }

    /// The four texels around a point, each as far as it is near.
    fn blend(&self, x: f32, y: f32) -> u32 {
        let (left, top) = (x.floor(), y.floor());
        let (right_share, lower_share) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let corners = [
            (self.texel(left, top), (1.0 - right_share) * (1.0 - lower_share)),
            (self.texel(left + 1, top), right_share * (1.0 - lower_share)),
            (self.texel(left, top + 1), (1.0 - right_share) * lower_share),
            (self.texel(left + 1, top + 1), right_share * lower_share),
        ];
        // Inside of plain areas, which is most of any picture; also keeps rounding from changing a plain
        // colour.
        if corners.iter().all(|(texel, _)| *texel == corners[0].0) {
            return corners[0].0;
        }
        u32::from_be_bytes(std::array::from_fn(|i| {
            let sum: f32 =
                corners.iter().map(|(texel, share)| f32::from(texel.to_be_bytes()[i]) * share).sum();
            (sum + 0.5) as u8
        }))
    }

    fn texel(&self, x: i32, y: i32) -> u32 {
        let x = self.wrap(x, self.width);
        let y = self.wrap(y, self.height);
        self.texels.get(y * self.width + x).copied().unwrap_or(0)
    }

    fn wrap(&self, position: i32, length: usize) -> usize {
        let length = (length as i32).max(1);
        let wrapped = match self.options.wrap_mode {
            TextureWrapMode::ClampToEdge => position.clamp(0, length - 1),
            TextureWrapMode::Repeat => position.rem_euclid(length),
            TextureWrapMode::MirroredRepeat => {
                let position = position.rem_euclid(2 * length);
                position.min(2 * length - 1 - position)
            }
        };
        wrapped as usize
    }
}
