//! Which parts of the screen differ from last time.

use std::ops::Range;

/// Width of a tile in pixels.
// Small enough that a pointer's highlight dirties a few per cent of the window, large enough that keeping
// fingerprints costs less than the painting they save.
pub(super) const TILE_WIDTH: usize = 64;
/// Height of a tile in pixels; a row of tiles is painted by one thread.
pub(super) const TILE_HEIGHT: usize = 32;

/// A rectangle of pixels, from `left`, `top` up to but without `right`, `bottom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PixelRect {
    /// First column.
    pub left: i32,
    /// First row.
    pub top: i32,
    /// First column beyond.
    pub right: i32,
    /// First row beyond.
    pub bottom: i32,
}

impl PixelRect {
    pub(super) fn intersect(&self, other: &Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    /// The tiles that a run of whole tiles consists of, by column.
    pub(super) fn tile_columns(&self) -> Range<usize> {
        self.left as usize / TILE_WIDTH..(self.right as usize).div_ceil(TILE_WIDTH)
    }

    /// The parts of a run of whole tiles whose columns are asked for, joined where they are side by side.
    pub(super) fn tiles_where(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for column in self.tile_columns().filter(|&column| is_wanted(column)) {
            let (left, right) = (column * TILE_WIDTH, ((column + 1) * TILE_WIDTH).min(self.right as usize));
            match parts.last_mut() {
                Some(part) if part.right as usize == left => part.right = right as i32,
                _ => parts.push(Self { left: left as i32, right: right as i32, ..*self }),
            }
        }
        parts
    }
}

/// For each tile a fingerprint of what is painted there, now and last time.
#[derive(Default)]
pub(super) struct Tiles {
    size: [usize; 2],
    columns: usize,
    fingerprints: Vec<u64>,
    last_fingerprints: Vec<u64>,
    /// The fingerprints when the frame's ground was complete, and the first shape beyond it.
    ground: Option<(Vec<u64>, u32)>,
    shapes_by_row: Vec<Vec<u32>>,
}

/// What a row of tiles has to paint on.
pub(super) struct GroundRow<'a> {
    /// What each tile's ground looks like.
    pub(super) fingerprints: &'a [u64],
    /// The first shape that is not of the ground.
    pub(super) end: u32,
}

/// The dirty tiles, joined into runs, row by row.
pub(super) struct DirtyRuns {
    pub(super) runs: Vec<Vec<PixelRect>>,
}

impl Tiles {
    /// Starts a picture of `size` pixels on `ground`.
    pub(super) fn begin(&mut self, size: [usize; 2], ground: u32) {
        let columns = size[0].div_ceil(TILE_WIDTH);
        let rows = size[1].div_ceil(TILE_HEIGHT);
        // The two lists change places, so that a frame allocates nothing.
        std::mem::swap(&mut self.fingerprints, &mut self.last_fingerprints);
        if self.size != size {
            self.last_fingerprints.clear();
        }
        self.size = size;
        self.columns = columns;
        self.fingerprints.clear();
        // The colour of the ground is the first thing painted in each tile: a change of look dirties all of
        // them.
        self.fingerprints.resize(columns * rows, mix(1, u64::from(ground)));
        self.ground = None;
        self.shapes_by_row.resize_with(rows, Vec::new);
        self.shapes_by_row.iter_mut().for_each(Vec::clear);
    }

    /// Notes that the shape at `place` covers part of `bounds`, which lies within the picture.
    pub(super) fn add(&mut self, bounds: &PixelRect, hash: u64, place: u32) {
        let columns = bounds.left as usize / TILE_WIDTH..=(bounds.right - 1) as usize / TILE_WIDTH;
        let rows = bounds.top as usize / TILE_HEIGHT..=(bounds.bottom - 1) as usize / TILE_HEIGHT;
        for row in rows {
            self.shapes_by_row[row].push(place);
            for fingerprint in &mut self.fingerprints[row * self.columns..][columns.clone()] {
                // Mixed in painting order: the same shapes in another order are another picture where they
                // overlap.
                *fingerprint = mix(*fingerprint, hash);
            }
        }
    }

    /// Notes that the frame's ground is complete before the shape at `place`.
    pub(super) fn end_ground(&mut self, place: u32) {
        // So far and no further: what comes later mixes on, and the copy says what the ground alone looks
        // like.
        self.ground = Some((self.fingerprints.clone(), place));
    }

    /// The ground of a row of tiles, where the frame has one.
    pub(super) fn ground_of_row(&self, row: usize) -> Option<GroundRow<'_>> {
        let (fingerprints, end) = self.ground.as_ref()?;
        Some(GroundRow { fingerprints: &fingerprints[row * self.columns..][..self.columns], end: *end })
    }

    /// How many tiles lie beside each other, and how many there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.columns, self.fingerprints.len())
    }

    /// The shapes that touch a row of tiles, in painting order.
    pub(super) fn shapes_in_row(&self, row: usize) -> &[u32] {
        &self.shapes_by_row[row]
    }

    pub(super) fn changed(&self) -> DirtyRuns {
        // After a change of size, and in the first frame, there is nothing to compare with.
        let all_new = self.last_fingerprints.len() != self.fingerprints.len();
        let runs = (0..self.shapes_by_row.len())
            .map(|row| {
                let mut runs: Vec<PixelRect> = Vec::new();
                for column in 0..self.columns {
                    let tile = row * self.columns + column;
                    if all_new || self.fingerprints[tile] != self.last_fingerprints[tile] {
                        let rect = self.tile_rect(row, column);
                        match runs.last_mut() {
                            // Joined, because what is shown or sent to a remote desktop costs by the
                            // rectangle.
                            Some(run) if run.right == rect.left => run.right = rect.right,
                            _ => runs.push(rect),
                        }
                    }
                }
                runs
            })
            .collect();
        DirtyRuns { runs }
    }

    fn tile_rect(&self, row: usize, column: usize) -> PixelRect {
        PixelRect {
            left: (column * TILE_WIDTH) as i32,
            top: (row * TILE_HEIGHT) as i32,
            right: ((column + 1) * TILE_WIDTH).min(self.size[0]) as i32,
            bottom: ((row + 1) * TILE_HEIGHT).min(self.size[1]) as i32,
        }
    }
}

impl DirtyRuns {
    /// The dirty runs as few rectangles: equal runs below each other are one.
    pub(super) fn rects(&self) -> Vec<PixelRect> {
        let mut rects: Vec<PixelRect> = Vec::new();
        for run in self.runs.iter().flatten() {
            let above = rects
                .iter_mut()
                .rev()
                .find(|rect| rect.bottom == run.top && rect.left == run.left && rect.right == run.right);
            match above {
                Some(rect) => rect.bottom = run.bottom,
                None => rects.push(*run),
            }
        }
        rects
    }
}

/// Folds a word into a fingerprint; order matters, as it does when painting.
#[inline]
pub(super) fn mix(fingerprint: u64, word: u64) -> u64 {
    (fingerprint.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}
