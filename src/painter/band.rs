//! Bands of a Sankey, column by column: a picture of a thousand links is half a million triangles, but each of its
//! columns is crossed by a band in one run of pixels.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use egui::{Color32, Context, Id, PaintCallback, Pos2, Rect};

use super::damage::{PixelRect, TILE_WIDTH, mix};
use super::pixel::{self, over, scale};
use super::raster::Canvas;

/// Bands in painting order, as egui carries what only a painter of its own understands.
pub struct Bands {
    bands: Vec<Band>,
    /// Where they lie on the screen they were first painted on: they stay there from frame to frame.
    pieces: OnceLock<Pieces>,
}

/// Parts of bands, none wider than a tile, for a screen of a scale and a clip rectangle.
struct Pieces {
    scale: f32,
    clip: PixelRect,
    all: Vec<BandPiece>,
}

/// A part of a band.
#[derive(Clone, Copy)]
pub(super) struct BandPiece {
    pub(super) band: u32,
    /// Where it may touch pixels.
    pub(super) bounds: PixelRect,
    /// Of how it looks.
    pub(super) hash: u64,
}

/// One band between two edges, each of which runs to the right, in points.
pub struct Band {
    edges: [Vec<Pos2>; 2],
    color: Color32,
    rim: Option<Rim>,
    hash: u64,
}

/// What runs along both edges of a band on their outside, beneath the band itself: it sets bands that cross apart.
#[derive(Clone, Copy)]
pub struct Rim {
    pub color: Color32,
    /// In points.
    pub width: f32,
}

/// A band thinner than this, in pixels, is painted as pale as one of this width.
// A link of a few pounds beside millions is far thinner than that; without a floor it would fade out of the
// picture altogether, and what nobody sees nobody points at.
const THINNEST: f32 = 0.12;

/// Beyond this slope an edge gets no softer, in pixels down for each to the right.
// Softness is spread up and down: at an edge that is all but upright, it would smear over hundreds of rows.
const STEEPEST: f32 = 12.0;

impl Bands {
    /// Bands in painting order.
    pub fn new(bands: Vec<Band>) -> Self {
        Self { bands, pieces: OnceLock::new() }
    }

    pub(super) fn get(&self, band: u32) -> Option<&Band> {
        self.bands.get(band as usize)
    }

    /// All their parts on a screen.
    pub(super) fn pieces(&self, scale: f32, clip: PixelRect) -> Cow<'_, [BandPiece]> {
        let make = || {
            let mut pieces = Vec::new();
            for (band, place) in self.bands.iter().zip(0..) {
                band.pieces(scale, &clip, |bounds, hash| {
                    pieces.push(BandPiece { band: place, bounds, hash });
                });
            }
            pieces
        };
        // A window has one scale and its canvas one clip; a second screen of another scale pays for its own each frame,
        // which is rare enough.
        let kept = self.pieces.get_or_init(|| Pieces { scale, clip, all: make() });
        if kept.scale == scale && kept.clip == clip { Cow::Borrowed(&kept.all) } else { Cow::Owned(make()) }
    }

    /// Tells what draws into `context` that this painter paints it, and paints bands as they are.
    pub fn are_painted_in(context: &Context) {
        context.data_mut(|data| data.insert_temp(Id::unique("bands are painted as they are"), true));
    }

    /// Whether bands may be handed over as they are.
    pub fn are_known_to(context: &Context) -> bool {
        context.data(|data| data.get_temp(Id::unique("bands are painted as they are"))).unwrap_or(false)
    }

    /// These bands as a shape somewhere within `rect`.
    pub fn shape(self, rect: Rect) -> egui::Shape {
        egui::Shape::Callback(PaintCallback { rect, callback: Arc::new(self) })
    }

    pub(super) fn of(callback: &PaintCallback) -> Option<&Self> {
        callback.callback.downcast_ref()
    }
}

impl Band {
    /// The band through cuts across it, from left to right; none where an edge turns back or is no longer than a
    /// point.
    pub fn new(cuts: &[(Pos2, Pos2)], color: Color32) -> Option<Self> {
        let edges = [0, 1].map(|edge| -> Vec<Pos2> {
            cuts.iter().map(|&(upper, lower)| if edge == 0 { upper } else { lower }).collect()
        });
        // Columns are walked once from left to right, and no edge is ever asked to go back.
        let runs_on = |edge: &Vec<Pos2>| edge.windows(2).all(|pair| pair[0].x <= pair[1].x);
        if cuts.len() < 2 || !edges.iter().all(runs_on) {
            return None;
        }
        let hash = edges.iter().flatten().fold(mix(7, u64::from(pixel::pack(color))), |hash, point| {
            mix(hash, (u64::from(point.x.to_bits()) << 32) | u64::from(point.y.to_bits()))
        });
        Some(Self { edges, color, rim: None, hash })
    }

    /// The band with a rim along both edges.
    #[must_use]
    pub fn rimmed(self, rim: Option<Rim>) -> Self {
        let hash = rim.map_or(self.hash, |rim| {
            let looks = (u64::from(pixel::pack(rim.color)) << 32) | u64::from(rim.width.to_bits());
            mix(self.hash, looks)
        });
        Self { rim, hash, ..self }
    }

    /// How far the rim reaches beyond an edge, in pixels.
    fn rim_px(&self, scale: f32) -> f32 {
        self.rim.map_or(0.0, |rim| rim.width * scale)
    }

    /// Hands over the band in pieces no wider than a tile: where each may touch pixels, and a hash of how it looks.
    fn pieces(&self, scale: f32, clip: &PixelRect, mut found: impl FnMut(PixelRect, u64)) {
        let Some([start, end]) = self.columns(scale) else { return };
        let (start, end) = (start.max(clip.left), end.min(clip.right));
        if start >= end {
            return;
        }
        // The clip is part of how a piece looks: a band that scrolls under the edge of its canvas has
        // changed.
        let hash = mix(self.hash, u64::from(scale.to_bits()));
        let hash = mix(hash, (u64::from(clip.top as u32) << 32) | u64::from(clip.bottom as u32));
        let mut sides = self.edges.each_ref().map(|edge| BandEdge::new(edge, scale));
        let reach = 1.0 + self.rim_px(scale);
        let mut left = start;
        while left < end {
            // Pieces end where tiles end: a piece that reached over two tiles would dirty both for the sake
            // of one.
            let right = (left / TILE_WIDTH as i32 * TILE_WIDTH as i32 + TILE_WIDTH as i32).min(end);
            // A band that climbs steeply touches a few rows of each tile only; bounds of the whole band would dirty the
            // tiles above and below it as well.
            let [upper, lower] = sides.each_mut().map(|side| side.extent(left as f32, right as f32, reach));
            let bounds = PixelRect {
                left,
                top: upper[0].min(lower[0]).floor().max(clip.top as f32) as i32,
                right,
                bottom: upper[1].max(lower[1]).ceil().min(clip.bottom as f32) as i32,
            };
            if !bounds.is_empty() {
                found(bounds, mix(hash, (u64::from(left as u32) << 32) | u64::from(right as u32)));
            }
            left = right;
        }
    }

    /// Paints the part of the band that lies in `area`.
    ///
    /// A pixel is covered as far as its centre is from an edge, measured across the edge: a band covers as much as it
    /// is wide, however steep or thin.
    pub(super) fn paint(&self, scale_by: f32, area: &PixelRect, canvas: &mut Canvas<'_>) {
        let color = pixel::pack(self.color);
        if color == 0 {
            return;
        }
        let is_opaque = pixel::alpha(color) == 255;
        let (rim, rim_px) = (self.rim.map_or(0, |rim| pixel::pack(rim.color)), self.rim_px(scale_by));
        let [mut upper, mut lower] = self.edges.each_ref().map(|edge| BandEdge::new(edge, scale_by));
        for x in area.left..area.right {
            let centre = x as f32 + 0.5;
            let (mut top, upper_softness) = upper.at(centre);
            let (mut bottom, lower_softness) = lower.at(centre);
            // Thin is measured across the band, as softness is: a steep thin band keeps the same paleness.
            let least = THINNEST * upper_softness;
            if bottom - top < least {
                // Widened both ways, so that it does not wander when amounts around it change.
                let middle = f32::midpoint(top, bottom);
                (top, bottom) = (middle - least / 2.0, middle + least / 2.0);
            }
            let (upper_soft, lower_soft) = (upper_softness / 2.0, lower_softness / 2.0);
            // Across the edge, as softness is: a rim is as wide where its band is steep.
            let (upper_rim, lower_rim) = (rim_px * upper_softness, rim_px * lower_softness);
            let first = floor(top - upper_soft - upper_rim).max(area.top);
            let last = ceil(bottom + lower_soft + lower_rim).min(area.bottom);
            if first >= last {
                continue;
            }
            // Rows whose centres lie beyond both soft edges are covered whole, and hide the rim beneath them if they hide
            // anything.
            let (upper_in, lower_in) = if is_opaque { (0.0, 0.0) } else { (upper_rim, lower_rim) };
            let full_first = ceil(top + upper_soft + upper_in - 0.5).clamp(first, last);
            let full_last = (floor(bottom - lower_soft - lower_in - 0.5) + 1).clamp(full_first, last);
            // One division for each column rather than for each pixel.
            let (per_upper, per_lower) = (1.0 / upper_softness, 1.0 / lower_softness);
            let mut soft = |from: i32, to: i32| {
                canvas.column(x, from, to, |y, pixel| {
                    let centre = y as f32 + 0.5;
                    let (below, above) =
                        ((centre - top) * per_upper + 0.5, (bottom - centre) * per_lower + 0.5);
                    // Where both edges cut the same pixel, what each leaves is taken off once: not more than the band's
                    // width remains covered.
                    let covered = |wider: f32| {
                        let both = (below + wider).clamp(0.0, 1.0) + (above + wider).clamp(0.0, 1.0);
                        (both - 1.0).max(0.0)
                    };
                    let part = |share: f32| (share * 255.0 + 0.5) as u32;
                    if rim != 0 {
                        // A line along each edge, half of it beneath the band.
                        *pixel = over(scale(rim, part(covered(rim_px) - covered(-rim_px))), *pixel);
                    }
                    *pixel = over(scale(color, part(covered(0.0))), *pixel);
                });
            };
            soft(first, full_first);
            soft(full_last, last);
            if is_opaque {
                canvas.column(x, full_first, full_last, |_, pixel| *pixel = color);
            } else {
                canvas.column(x, full_first, full_last, |_, pixel| *pixel = over(color, *pixel));
            }
        }
    }

    /// The first column whose centre the band covers, and the first beyond.
    fn columns(&self, scale: f32) -> Option<[i32; 2]> {
        let ends = |end: fn(&Vec<Pos2>) -> Option<&Pos2>| self.edges.each_ref().map(end);
        let ([Some(a), Some(b)], [Some(c), Some(d)]) = (ends(|edge| edge.first()), ends(|edge| edge.last()))
        else {
            return None;
        };
        // A pixel belongs to the band whose edge its centre is beyond: neighbours share no column and leave
        // none out.
        let column = |x: f32| (x * scale - 0.5).ceil() as i32;
        Some([column(a.x.max(b.x)), column(c.x.min(d.x))])
    }
}

/// Whole numbers without the mathematical library, which many processors' plainest instructions need for them.
#[inline]
fn floor(row: f32) -> i32 {
    // A cast rounds towards zero; moved above zero first, that is downwards.
    (row.clamp(-FAR, FAR) + FAR) as i32 - FAR as i32
}

#[inline]
fn ceil(row: f32) -> i32 {
    -floor(-row)
}

/// Further than any row of a picture.
// Twice the largest texture, and small enough that a half is still exact in an `f32` beside it.
const FAR: f32 = 16_384.0;

/// An edge, followed from left to right, in pixels.
struct BandEdge<'a> {
    points: &'a [Pos2],
    scale: f32,
    /// The stretch between this point and the next is the one last asked for.
    index: usize,
    until: f32,
    x: f32,
    y: f32,
    slope: f32,
    softness: f32,
}

impl<'a> BandEdge<'a> {
    fn new(points: &'a [Pos2], scale: f32) -> Self {
        let mut side =
            Self { points, scale, index: 0, until: 0.0, x: 0.0, y: 0.0, slope: 0.0, softness: 1.0 };
        side.enter(0);
        side
    }

    fn enter(&mut self, index: usize) {
        let [from, to] = [index, index + 1].map(|index| self.points[index] * self.scale);
        let width = to.x - from.x;
        self.index = index;
        self.until = to.x;
        (self.x, self.y) = (from.x, from.y);
        // Points that lie above each other in a picture zoomed far out: a slope through them would be noise.
        self.slope = if width > 1e-3 { (to.y - from.y) / width } else { 0.0 };
        // A pixel wide across the edge, and so more from top to bottom.
        self.softness = (1.0 + self.slope.clamp(-STEEPEST, STEEPEST).powi(2)).sqrt();
    }

    /// Height and softness at `x`, which never goes back.
    #[inline]
    fn at(&mut self, x: f32) -> (f32, f32) {
        // The last stretch runs on beyond its end: rounding may ask for a column just past it.
        while x > self.until && self.index + 2 < self.points.len() {
            self.enter(self.index + 1);
        }
        (self.y + (x - self.x) * self.slope, self.softness)
    }

    /// The rows that the edge may touch from `left` to `right`, and as many softnesses beyond as `reach`.
    fn extent(&mut self, left: f32, right: f32, reach: f32) -> [f32; 2] {
        let mut extent = [f32::INFINITY, f32::NEG_INFINITY];
        let mut take = |(y, softness): (f32, f32)| {
            extent = [extent[0].min(y - softness * reach), extent[1].max(y + softness * reach)];
        };
        take(self.at(left));
        while self.until < right && self.index + 2 < self.points.len() {
            take((self.points[self.index + 1].y * self.scale, self.softness));
            self.enter(self.index + 1);
            take((self.y, self.softness));
        }
        take(self.at(right));
        extent
    }
}
