//! A link as a band between two curves that stay the same distance apart.
//!
//! The middle of a band is a row of cubic curves. Between two columns it is an S with level ends: the
//! cubic with its control points half way, and where a band is too thick for the bends of that one, two
//! arcs with a straight line between, whose bends are as wide as the room allows. Either edge runs along
//! the normals, so that a band is as wide in the steep part as at its ends.

use super::curve::{Cubic, Point, add_s_curve, level_cubic};

/// A link's band, or a part of one.
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
    path: Vec<Cubic>,
    /// The edges' distances from the middle line, downwards (px): minus half the width to half the width.
    from: f64,
    to: f64,
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

/// A cut across a band: the points on its upper and lower edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RibbonSlice {
    pub top: Point,
    pub bottom: Point,
}

/// A band's true outline: along `top` from the source to the target, back along `bottom`.
#[derive(Clone, Debug, PartialEq)]
pub struct RibbonOutline {
    pub top: Vec<Cubic>,
    /// From left to right as well; a path turns it round.
    pub bottom: Vec<Cubic>,
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
            from: -width / 2.0,
            to: width / 2.0,
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
            Cubic::new(from, from.toward(corner, ROUND), to.toward(corner, ROUND), to)
        };
        let right = start.x + out;
        let left = end.x - back;
        let (down, up) = ((below - start.y).max(0.0) / 2.0, (below - end.y).max(0.0) / 2.0);
        let (r, q) = (out.min(down), back.min(up));
        let at = |x: f64, y: f64| Point { x, y };
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
            Cubic::line(corners[0], corners[1]),
            turn(corners[1], at(right, start.y), corners[2]),
            Cubic::line(corners[2], corners[3]),
            turn(corners[3], at(right, below), corners[4]),
            Cubic::line(corners[4], corners[5]),
            turn(corners[5], at(left, below), corners[6]),
            Cubic::line(corners[6], corners[7]),
            turn(corners[7], at(left, end.y), corners[8]),
            Cubic::line(corners[8], corners[9]),
        ];
        Self {
            link,
            width,
            y0: start.y,
            y1: end.y,
            waypoints: Vec::new(),
            is_return: true,
            path,
            from: -width / 2.0,
            to: width / 2.0,
            squeeze,
            is_sheared: false,
        }
    }

    /// The width of this band or part (px).
    pub fn drawn_width(&self) -> f64 {
        self.to - self.from
    }

    /// Both edges as curves.
    pub fn outline(&self) -> RibbonOutline {
        RibbonOutline { top: self.edge(self.from), bottom: self.edge(self.to) }
    }

    fn edge(&self, distance: f64) -> Vec<Cubic> {
        let mut edge = Vec::new();
        for curve in &self.path {
            if self.is_sheared {
                edge.push(curve.moved(Point { x: 0.0, y: distance }));
            } else if curve.is_straight() {
                edge.push(Cubic::line(self.at(curve, 0.0, distance), self.at(curve, 1.0, distance)));
            } else if self.squeeze_of(curve) < 1.0 {
                edge.extend(self.squeezed_edge(curve, distance));
            } else {
                edge.extend(curve.split(PIECES).map(|piece| piece.offset(distance)));
            }
        }
        edge
    }

    /// Cuts across the band, close enough together that straight lines between them look like its edges:
    /// a strip of these quads is the band.
    pub fn slices(&self) -> Vec<RibbonSlice> {
        let mut slices: Vec<RibbonSlice> = Vec::new();
        for curve in &self.path {
            let count = if curve.is_straight() { 1 } else { curve.segments_for(0.08, self.width / 2.0) };
            for step in usize::from(!slices.is_empty())..=count {
                let t = step as f64 / count as f64;
                slices.push(RibbonSlice {
                    top: self.at(curve, t, self.from),
                    bottom: self.at(curve, t, self.to),
                });
            }
        }
        slices
    }

    fn at(&self, curve: &Cubic, t: f64, distance: f64) -> Point {
        let middle = curve.at(t);
        if self.is_sheared {
            return Point { x: middle.x, y: middle.y + distance };
        }
        let normal = curve.normal(t);
        let across = distance * self.squeeze_of(curve);
        Point { x: middle.x + normal.x * across, y: middle.y + normal.y * distance }
    }

    fn squeeze_of(&self, curve: &Cubic) -> f64 {
        if curve.end().y >= curve.start().y { self.squeeze.0 } else { self.squeeze.1 }
    }

    /// The edge of a bend in which the band changes its width: cubics through points of the edge, with its
    /// directions there.
    fn squeezed_edge(&self, curve: &Cubic, distance: f64) -> impl Iterator<Item = Cubic> {
        const STEP: f64 = 1e-4;
        let way = move |t: f64| {
            let (before, after) = ((t - STEP).max(0.0), (t + STEP).min(1.0));
            let (a, b) = (self.at(curve, before, distance), self.at(curve, after, distance));
            Point { x: (b.x - a.x) / (after - before), y: (b.y - a.y) / (after - before) }
        };
        (0..PIECES).map(move |piece| {
            let (from, to) = (piece as f64 / PIECES as f64, (piece + 1) as f64 / PIECES as f64);
            let third = (to - from) / 3.0;
            let (a, b) = (self.at(curve, from, distance), self.at(curve, to, distance));
            let (out, into) = (way(from), way(to));
            Cubic::new(
                a,
                Point { x: a.x + out.x * third, y: a.y + out.y * third },
                Point { x: b.x - into.x * third, y: b.y - into.y * third },
                b,
            )
        })
    }

    /// The y of the upper and the lower edge at `x`; none beside the band, or for a return.
    pub fn top_and_bottom_at(&self, x: f64) -> Option<(f64, f64)> {
        if self.is_return {
            return None;
        }
        Some((self.edge_at(x, self.from)?, self.edge_at(x, self.to)?))
    }

    fn edge_at(&self, x: f64, distance: f64) -> Option<f64> {
        let end = |curve: &Cubic| self.at(curve, 1.0, distance).x;
        if x < self.path.first()?.start().x {
            return None;
        }
        let curve = self.path.iter().find(|curve| x <= end(curve))?;
        // The edge runs to the right all along: bisection finds its place at x.
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if self.at(curve, middle, distance).x < x {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(self.at(curve, f64::midpoint(low, high), distance).y)
    }

    /// Is the point on the band? A band thinner than `at_least_px` is taken to be that wide.
    pub fn contains(&self, x: f64, y: f64, at_least_px: f64) -> bool {
        let more = ((at_least_px - self.drawn_width()) / 2.0).max(0.0);
        if let Some((top, bottom)) = self.top_and_bottom_at(x) {
            return y >= top - more && y <= bottom + more;
        }
        if !self.is_return {
            return false;
        }
        let wide = Self { from: self.from - more, to: self.to + more, ..self.clone() };
        let point = Point { x, y };
        wide.slices().windows(2).any(|pair| pair[0].quad_contains(pair[1], point))
    }
}

impl RibbonSlice {
    fn quad_contains(self, next: Self, point: Point) -> bool {
        let corners = [self.top, next.top, next.bottom, self.bottom];
        let mut signs = (false, false);
        for (index, a) in corners.iter().enumerate() {
            let b = corners[(index + 1) % 4];
            let cross = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
            signs.0 |= cross > 1e-9;
            signs.1 |= cross < -1e-9;
        }
        !(signs.0 && signs.1)
    }
}
