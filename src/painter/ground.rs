//! What lies beneath all that changes as the pointer moves, painted once and kept.

use std::sync::Arc;

use egui::{PaintCallback, Painter};

use super::band::Bands;

/// A copy of the picture as it is when only the ground is painted, tile by tile.
#[derive(Default)]
pub struct KeptGround {
    pub(super) pixels: Vec<u32>,
    /// What the copy of a tile shows, as the fingerprint of its shapes; 0 where there is no copy yet.
    pub(super) fingerprints: Vec<u64>,
}

/// Where a frame's ground ends.
struct EndOfGround;

impl KeptGround {
    /// Says that what was painted so far stays the same for longer than what comes now, and is worth keeping.
    pub fn end_in(painter: &Painter) {
        // Painters that know nothing of it would stumble over a callback they cannot take.
        if Bands::are_known_to(painter.ctx()) {
            let end = PaintCallback { rect: painter.clip_rect(), callback: Arc::new(EndOfGround) };
            painter.add(end);
        }
    }

    pub(super) fn ends_at(callback: &PaintCallback) -> bool {
        callback.callback.is::<EndOfGround>()
    }

    /// Makes room for a picture; what it held of one of another size is gone.
    pub(super) fn fit(&mut self, pixels: usize, tiles: usize) {
        if self.pixels.len() != pixels || self.fingerprints.len() != tiles {
            self.pixels = vec![0; pixels];
            self.fingerprints = vec![0; tiles];
        }
    }
}
