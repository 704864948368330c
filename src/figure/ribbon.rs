//! Bands of a flow between two curves: their edges, any part of their width, what is under a point, and how
//! finely they must be cut to look like curves.

use kurbo::{CubicBez, ParamCurve as _, ParamCurveDeriv as _, Point, Vec2};

/// A link as a band between two curves, which run side by side.
///
/// Both edges are cubic curves over the same steps, so that any part of the band's width lies between curves that are
/// found by going the same share of the way from one edge to the other.
#[derive(Clone, Debug, PartialEq)]
pub struct RibbonShape {
    upper: Vec<CubicBez>,
    lower: Vec<CubicBez>,
}

/// Up and down at one place of a ribbon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RibbonEdges {
    pub top: f64,
    pub bottom: f64,
}

impl RibbonShape {
    /// A band between given edges, which have as many parts.
    pub fn between(upper: Vec<CubicBez>, lower: Vec<CubicBez>) -> Self {
        assert_eq!(upper.len(), lower.len(), "both edges of a ribbon have as many parts");
        Self { upper, lower }
    }

    /// A link by itself: from one bar to the next in one sweep, level at both ends and everywhere as high.
    pub fn sweep(from: Point, to: Point, height: f64) -> Self {
        let middle = f64::midpoint(from.x, to.x);
        let edge = |down: f64| {
            let (from, to) = (from + (0.0, down), to + (0.0, down));
            vec![CubicBez::new(from, Point::new(middle, from.y), Point::new(middle, to.y), to)]
        };
        Self::between(edge(-height / 2.0), edge(height / 2.0))
    }

    /// The edges: the one on the left hand when following the money, and the other.
    pub fn edges(&self) -> (&[CubicBez], &[CubicBez]) {
        (&self.upper, &self.lower)
    }

    /// The width at the beginning.
    pub fn width(&self) -> f64 {
        match (self.upper.first(), self.lower.first()) {
            (Some(upper), Some(lower)) => (lower.p0 - upper.p0).hypot2().sqrt(),
            _ => 0.0,
        }
    }

    /// The part of the band between two shares of its width, 0 being the upper edge and 1 the lower.
    #[must_use]
    pub fn sub_band(&self, from: f64, to: f64) -> Self {
        let at = |share: f64| {
            self.upper.iter().zip(&self.lower).map(|(upper, lower)| lerp_curve(upper, lower, share)).collect()
        };
        Self { upper: at(from), lower: at(to) }
    }

    /// Pairs of points across the band, close enough together that straight lines between them look like its edges:
    /// a strip of quads between the pairs is the band.
    pub fn strip(&self) -> Vec<(Point, Point)> {
        let mut pairs = Vec::new();
        for (index, (upper, lower)) in self.upper.iter().zip(&self.lower).enumerate() {
            let count = steps_for(upper).max(steps_for(lower));
            // Parts share the cut where they meet.
            for step in usize::from(index > 0)..=count {
                let t = step as f64 / count as f64;
                pairs.push((upper.eval(t), lower.eval(t)));
            }
        }
        pairs
    }

    /// Where the band is at `x`, topmost crossing first; empty where it is not.
    pub fn edges_at(&self, x: f64) -> Vec<RibbonEdges> {
        let mut heights: Vec<f64> = Vec::new();
        for part in self.upper.iter().chain(&self.lower) {
            heights.extend(crossings(part, x).into_iter().flatten());
        }
        heights.sort_by(f64::total_cmp);
        heights
            .chunks(2)
            .filter_map(|pair| match *pair {
                [top, bottom] => Some(RibbonEdges { top, bottom }),
                _ => None,
            })
            .collect()
    }

    /// The smallest box around the band's control points: never smaller than the band.
    pub fn bounds(&self) -> kurbo::Rect {
        let mut points =
            self.upper.iter().chain(&self.lower).flat_map(|part| [part.p0, part.p1, part.p2, part.p3]);
        let Some(first) = points.next() else { return kurbo::Rect::ZERO };
        points.fold(kurbo::Rect::from_points(first, first), |rect, point| rect.union_pt(point))
    }

    /// Whether a point is on the band; one thinner than `at_least_px` is taken to be that wide.
    pub fn contains(&self, point: Point, at_least_px: f64) -> bool {
        // A thousand bands are asked at each movement of the pointer, and nearly all are elsewhere.
        if !self.bounds().inflate(at_least_px, at_least_px).contains(point) {
            return false;
        }
        if self.edges_at(point.x).iter().any(|edges| (edges.top..=edges.bottom).contains(&point.y)) {
            return true;
        }
        self.width() < at_least_px && self.distance_to_centre(point) <= at_least_px / 2.0
    }

    fn distance_to_centre(&self, point: Point) -> f64 {
        let middles: Vec<Point> = self.strip().iter().map(|(upper, lower)| upper.midpoint(*lower)).collect();
        middles.windows(2).map(|pair| distance_to_line(point, pair[0], pair[1])).fold(f64::MAX, f64::min)
    }

    /// Both ribbons' edges mixed: `share` of the way from this one to the other. Bands of unlike parts are cut alike.
    #[must_use]
    pub fn lerp(&self, other: &Self, share: f64) -> Self {
        let parts = self.upper.len().max(other.upper.len());
        let mix = |from: &[CubicBez], to: &[CubicBez]| -> Vec<CubicBez> {
            let (from, to) = (in_parts(from, parts), in_parts(to, parts));
            from.iter().zip(&to).map(|(from, to)| lerp_curve(from, to, share)).collect()
        };
        Self { upper: mix(&self.upper, &other.upper), lower: mix(&self.lower, &other.lower) }
    }

    /// The band moved by some way.
    #[must_use]
    pub fn translated(&self, way: Vec2) -> Self {
        let moved = |edge: &[CubicBez]| {
            edge.iter()
                .map(|part| CubicBez::new(part.p0 + way, part.p1 + way, part.p2 + way, part.p3 + way))
                .collect()
        };
        Self { upper: moved(&self.upper), lower: moved(&self.lower) }
    }
}

/// How far a point is from the straight line between two others.
pub(super) fn distance_to_line(point: Point, from: Point, to: Point) -> f64 {
    let along = to - from;
    let share = if along.hypot2() > 0.0 { (point - from).dot(along) / along.hypot2() } else { 0.0 };
    (point - from.lerp(to, share.clamp(0.0, 1.0))).hypot2().sqrt()
}

/// How many straight lines come within a twelfth of a pixel of a curve.
///
/// Between two cuts a curve leaves its chord by an eighth of its second derivative across the chord times the step
/// squared; along the chord it may go as unevenly as it likes.
fn steps_for(curve: &CubicBez) -> usize {
    const OFF_PX: f64 = 0.08;
    let (speed, turn) = (curve.deriv(), curve.deriv().deriv());
    let across = |t: f64| {
        let (along, bend) = (speed.eval(t).to_vec2(), turn.eval(t).to_vec2());
        along.cross(bend).abs() / along.hypot().max(1e-9)
    };
    let most = (0..=4).map(|quarter| across(f64::from(quarter) / 4.0)).fold(0.0, f64::max);
    // Sixty-four is for a curve that turns round in a few pixels, whose second derivative may be anything.
    ((most / (8.0 * OFF_PX)).sqrt().ceil() as usize).clamp(1, 64)
}

fn lerp_curve(from: &CubicBez, to: &CubicBez, share: f64) -> CubicBez {
    CubicBez::new(
        from.p0.lerp(to.p0, share),
        from.p1.lerp(to.p1, share),
        from.p2.lerp(to.p2, share),
        from.p3.lerp(to.p3, share),
    )
}

/// A curve of few parts in more of them: its last one is cut.
fn in_parts(edge: &[CubicBez], parts: usize) -> Vec<CubicBez> {
    let mut cut = edge.to_vec();
    let Some(last) = cut.pop() else { return cut };
    let pieces = parts - cut.len();
    for piece in 0..pieces {
        let at = |index: usize| index as f64 / pieces as f64;
        cut.push(last.subsegment(at(piece)..at(piece + 1)));
    }
    cut
}

/// The heights at which a curve crosses `x`: none, one, or two where it turns round.
fn crossings(part: &CubicBez, x: f64) -> [Option<f64>; 2] {
    let forward = |from: f64, to: f64| -> Option<f64> {
        let (mut low, mut high) = (from, to);
        let rising = part.eval(high).x >= part.eval(low).x;
        // Bisection rather than the roots of a cubic: it needs no case for a curve that is all but straight.
        let side = |t: f64| (part.eval(t).x >= x) == rising;
        if side(low) == side(high) {
            return None;
        }
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if side(middle) { high = middle } else { low = middle }
        }
        Some(part.eval(f64::midpoint(low, high)).y)
    };
    let turns = (part.p1.x - part.p0.x) * (part.p3.x - part.p2.x) < 0.0;
    if turns {
        let middle = turning_point(part);
        [forward(0.0, middle), forward(middle, 1.0)]
    } else {
        [forward(0.0, 1.0), None]
    }
}

/// How far along a curve that turns round it begins to come back.
fn turning_point(part: &CubicBez) -> f64 {
    let going = part.deriv();
    let outwards = going.eval(0.0).x >= 0.0;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if (going.eval(middle).x >= 0.0) == outwards { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_found_at_any_x() {
        let ribbon = RibbonShape::sweep(Point::new(10.0, 50.0), Point::new(110.0, 150.0), 20.0);
        let at = |x: f64| ribbon.edges_at(x);
        let start = at(10.001)[0];
        assert!((start.top - 40.0).abs() < 0.01 && (start.bottom - 60.0).abs() < 0.01);
        let middle = at(60.0)[0];
        assert!((middle.top + middle.bottom - 200.0).abs() < 0.01, "{middle:?}");
        assert!(at(5.0).is_empty() && at(111.0).is_empty());
    }

    #[test]
    fn sub_bands_share_the_width() {
        let ribbon = RibbonShape::sweep(Point::new(0.0, 0.0), Point::new(100.0, 80.0), 40.0);
        let (first, second) = (ribbon.sub_band(0.0, 0.25), ribbon.sub_band(0.25, 1.0));
        assert_eq!(first.edges().1, second.edges().0);
        assert!((first.width() - 10.0).abs() < 1e-9 && (second.width() - 30.0).abs() < 1e-9);
    }
}
