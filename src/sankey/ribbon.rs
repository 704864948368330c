//! A link as a band between two curves that stay the same distance apart.
//!
//! The middle of a band is a row of cubic curves. Between two columns it is an S with level ends: the
//! cubic with its control points half way, and where a band is too thick for the bends of that one, two
//! arcs with a straight line between, whose bends are as wide as the room allows. Either edge runs along
//! the normals, so that a band is as wide in the steep part as at its ends.

use kurbo::{Affine, CubicBez, ParamCurve as _, Point, Vec2};

use super::curve::{add_s_curve, beside, is_straight, level_cubic, line, normal, pieces};

/// A link's band.
#[derive(Clone, Debug, PartialEq)]
pub struct Ribbon {
    /// The link's index in the graph.
    pub link: usize,
    /// The height of the whole band at its ends (px).
    pub width: f64,
    /// The middle of the band at the source's right edge and the target's left edge (px).
    pub y0: f64,
    pub y1: f64,
    /// Points of the middle line between its ends, left to right: where it enters and leaves the lanes of
    /// the columns it passes. Empty for returns.
    pub waypoints: Vec<(f64, f64)>,
    /// Does the band lead back, around the nodes?
    pub is_return: bool,
    path: Vec<CubicBez>,
    /// How wide the band is where it leads down and where it leads up around the nodes, as shares of its
    /// width: less than 1 where there is less room between the columns.
    squeeze: (f64, f64),
    /// Whether the band is too thick to bend in the room it has: then its edges are the middle line moved
    /// up and down, which narrows it where it is steep but never folds.
    is_sheared: bool,
}

/// How far from its node a return turns down or up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// From the node's edge to the middle of the band (px).
    pub(super) middle: f64,
    /// The width of the band there, as a share of its whole width.
    pub(super) squeeze: f64,
}

/// A band's true outline: along `top` from the source to the target, back along `bottom`.
#[derive(Clone, Debug, PartialEq)]
pub struct RibbonOutline {
    pub top: Vec<CubicBez>,
    /// From left to right as well; a path turns it round.
    pub bottom: Vec<CubicBez>,
}

/// How close to its true place an edge is drawn (px), in curves' pieces.
const PIECES: usize = 4;

impl Ribbon {
    /// A band from left to right through `points`: its start, the way into and out of every lane, its end.
    pub(super) fn forward(link: usize, width: f64, points: &[(f64, f64)]) -> Self {
        let mut path = Vec::with_capacity(points.len() - 1);
        let mut is_sheared = false;
        for pair in points.windows(2) {
            let (a, b) = (Point::from(pair[0]), Point::from(pair[1]));
            if !add_s_curve(&mut path, a, b, width / 2.0) {
                is_sheared = true;
                path.push(level_cubic(a, b));
            }
        }
        Self {
            link,
            width,
            y0: points[0].1,
            y1: points[points.len() - 1].1,
            waypoints: points[1..points.len() - 1].to_vec(),
            is_return: false,
            path,
            squeeze: (1.0, 1.0),
            is_sheared,
        }
    }

    /// A band from `start` to the right, down, back at the height `below`, up and on to `end`; `out` and
    /// `back` are how far from the nodes its middle goes down and up, and how much of its width it has there.
    pub(super) fn backward(
        link: usize,
        width: f64,
        (start, out): (Point, Reach),
        (end, back): (Point, Reach),
        below: f64,
    ) -> Self {
        let squeeze = (out.squeeze, back.squeeze);
        let (out, back) = (out.middle, back.middle);
        let turn = |from: Point, corner: Point, to: Point| {
            // A quarter of a circle, or of an ellipse where there is less room one way.
            const ROUND: f64 = 0.552_284_749_8;
            CubicBez::new(from, from.lerp(corner, ROUND), to.lerp(corner, ROUND), to)
        };
        let right = start.x + out;
        let left = end.x - back;
        let (down, up) = ((below - start.y).max(0.0) / 2.0, (below - end.y).max(0.0) / 2.0);
        let (r, q) = (out.min(down), back.min(up));
        let at = Point::new;
        let corners = [
            start,
            at(right - r, start.y),
            at(right, start.y + r),
            at(right, below - r),
            at(right - r, below),
            at(left + q, below),
            at(left, below - q),
            at(left, end.y + q),
            at(left + q, end.y),
            end,
        ];
        let path = vec![
            line(corners[0], corners[1]),
            turn(corners[1], at(right, start.y), corners[2]),
            line(corners[2], corners[3]),
            turn(corners[3], at(right, below), corners[4]),
            line(corners[4], corners[5]),
            turn(corners[5], at(left, below), corners[6]),
            line(corners[6], corners[7]),
            turn(corners[7], at(left, end.y), corners[8]),
            line(corners[8], corners[9]),
        ];
        Self {
            link,
            width,
            y0: start.y,
            y1: end.y,
            waypoints: Vec::new(),
            is_return: true,
            path,
            squeeze,
            is_sheared: false,
        }
    }

    /// Both edges as curves.
    pub fn outline(&self) -> RibbonOutline {
        let half = self.width / 2.0;
        RibbonOutline { top: self.edge(-half), bottom: self.edge(half) }
    }

    /// The edge at a distance from the middle line, downwards (px).
    fn edge(&self, distance: f64) -> Vec<CubicBez> {
        let mut edge = Vec::new();
        for curve in &self.path {
            if self.is_sheared {
                edge.push(Affine::translate((0.0, distance)) * *curve);
            } else if is_straight(curve) {
                edge.push(line(self.at(curve, 0.0, distance), self.at(curve, 1.0, distance)));
            } else if self.squeeze_of(curve) < 1.0 {
                edge.extend(self.squeezed_edge(curve, distance));
            } else {
                edge.extend(pieces(*curve, PIECES).map(|piece| beside(&piece, distance)));
            }
        }
        edge
    }

    fn at(&self, curve: &CubicBez, t: f64, distance: f64) -> Point {
        let normal = normal(curve, t);
        let across = Vec2::new(normal.x * self.squeeze_of(curve), normal.y);
        curve.eval(t) + across * distance
    }

    fn squeeze_of(&self, curve: &CubicBez) -> f64 {
        if curve.p3.y >= curve.p0.y { self.squeeze.0 } else { self.squeeze.1 }
    }

    /// The edge of a bend in which the band changes its width: cubics through points of the edge, with its
    /// directions there.
    fn squeezed_edge(&self, curve: &CubicBez, distance: f64) -> impl Iterator<Item = CubicBez> {
        const STEP: f64 = 1e-4;
        let way = move |t: f64| {
            let (before, after) = ((t - STEP).max(0.0), (t + STEP).min(1.0));
            let (a, b) = (self.at(curve, before, distance), self.at(curve, after, distance));
            (b - a) / (after - before)
        };
        (0..PIECES).map(move |piece| {
            let (from, to) = (piece as f64 / PIECES as f64, (piece + 1) as f64 / PIECES as f64);
            let third = (to - from) / 3.0;
            let (a, b) = (self.at(curve, from, distance), self.at(curve, to, distance));
            CubicBez::new(a, a + way(from) * third, b - way(to) * third, b)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_of_a_band_wider_than_its_way_is_long_never_turn_back() {
        for (width, down) in [(444.0, 126.2), (300.0, 100.0), (200.0, 250.0), (120.0, 20.0), (700.0, 60.0)] {
            let band =
                Ribbon::forward(0, width, &[(70.0, 300.0), (356.5, 300.0 + down), (371.5, 300.0 + down)]);
            let outline = band.outline();
            for edge in [outline.top, outline.bottom] {
                let places =
                    edge.iter().flat_map(|curve| (0..=20).map(|step| curve.eval(f64::from(step) / 20.0).x));
                let places: Vec<f64> = places.collect();
                let back = places.windows(2).map(|pair| pair[0] - pair[1]).fold(0.0, f64::max);
                assert!(back < 0.01, "{width} px wide, {down} px down: {back} px back");
            }
        }
    }
}
