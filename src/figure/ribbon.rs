//! Bands of a flow between two curves: their edges, any part of their width, what is under a point, and how
//! finely they must be cut to look like curves.

use kurbo::{CubicBez, ParamCurve as _, ParamCurveDeriv as _, Point, Vec2};

/// A link as a band between two curves, which run side by side at the band's width.
///
/// Both edges are cubic curves over the same steps as the centre line, so that any part of the band's width lies
/// between curves that are found by going the same share of the way from one edge to the other. An edge is the centre
/// line moved by half the width: up and down at the horizontal ends, and sideways in between by as much as keeps the
/// middle of a steep link as thick as its ends. It never runs backwards, so a band cannot fold over.
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
    /// The band of `width` around a centre line whose parts are horizontal where they begin and end.
    pub fn around(centre: &[CubicBez], width: f64) -> Self {
        let side = |half: f64| centre.iter().map(|part| moved(part, half)).collect();
        Self { upper: side(-width / 2.0), lower: side(width / 2.0) }
    }

    /// The usual link: from one bar to the next in one sweep.
    pub fn sweep(from: Point, to: Point, width: f64) -> Self {
        Self::around(&[sweep(from, to)], width)
    }

    /// A band between given edges, which have as many parts.
    pub fn between(upper: Vec<CubicBez>, lower: Vec<CubicBez>) -> Self {
        assert_eq!(upper.len(), lower.len(), "both edges of a ribbon have as many parts");
        Self { upper, lower }
    }

    /// A band between edges given as the control points of their curves, `x` and `y` of four points each.
    pub fn from_points(
        upper: impl IntoIterator<Item = [(f64, f64); 4]>,
        lower: impl IntoIterator<Item = [(f64, f64); 4]>,
    ) -> Self {
        let curve = |[a, b, c, d]: [(f64, f64); 4]| CubicBez::new(a, b, c, d);
        Self::between(upper.into_iter().map(curve).collect(), lower.into_iter().map(curve).collect())
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

    /// The line along the middle of the band.
    pub fn centre(&self) -> Vec<CubicBez> {
        self.upper.iter().zip(&self.lower).map(|(upper, lower)| lerp_curve(upper, lower, 0.5)).collect()
    }

    /// Pairs of points across the band, close enough together that straight lines between them look like its edges:
    /// a strip of quads between the pairs is the band.
    pub fn strip(&self) -> Vec<(Point, Point)> {
        self.cuts(|upper, lower| steps_for(upper).max(steps_for(lower)))
    }

    /// The same with a given number of slices for each part.
    pub fn strip_of(&self, slices: usize) -> Vec<(Point, Point)> {
        self.cuts(|_, _| slices.max(1))
    }

    fn cuts(&self, steps: impl Fn(&CubicBez, &CubicBez) -> usize) -> Vec<(Point, Point)> {
        let mut pairs = Vec::new();
        for (index, (upper, lower)) in self.upper.iter().zip(&self.lower).enumerate() {
            let count = steps(upper, lower);
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

/// One sweep from left to right, level at both ends.
fn sweep(from: Point, to: Point) -> CubicBez {
    let middle = f64::midpoint(from.x, to.x);
    CubicBez::new(from, Point::new(middle, from.y), Point::new(middle, to.y), to)
}

/// A level-ended curve moved to its right-hand side by `distance` (negative: to the left).
fn moved(part: &CubicBez, distance: f64) -> CubicBez {
    let direction = |from: Point, to: Point| if to.x < from.x { -1.0 } else { 1.0 };
    // To the right of a line that runs right is down.
    let start = Vec2::new(0.0, distance * direction(part.p0, part.p1));
    let end = Vec2::new(0.0, distance * direction(part.p2, part.p3));
    let tangent = part.deriv().eval(0.5).to_vec2();
    let length = (tangent.x * tangent.x + tangent.y * tangent.y).sqrt();
    let aside = if length < 1e-9 {
        0.0
    } else {
        let normal = Vec2::new(-tangent.y, tangent.x) / length;
        let so_far = (start + end) / 2.0;
        // The middle of a cubic moves by three quarters of what both its control points move.
        if normal.x.abs() < 1e-9 { 0.0 } else { (distance - so_far.dot(normal)) / normal.x / 0.75 }
    };
    let (low, high) = (part.p0.x.min(part.p3.x), part.p0.x.max(part.p3.x));
    let turns = direction(part.p0, part.p1) != direction(part.p2, part.p3);
    let keep = |x: f64| match turns {
        // A link that sweeps on must not run backwards; one that turns round must not turn inside out.
        false => x.clamp(low, high),
        true if direction(part.p0, part.p1) > 0.0 => x.max(high),
        true => x.min(low),
    };
    CubicBez::new(
        part.p0 + start,
        Point::new(keep(part.p1.x + aside), part.p1.y + start.y),
        Point::new(keep(part.p2.x + aside), part.p2.y + end.y),
        part.p3 + end,
    )
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

    fn thickness(ribbon: &RibbonShape) -> (f64, f64) {
        // The distance from each point of the upper edge to the nearest of the lower.
        let strip = ribbon.strip_of(400);
        let mut least = f64::MAX;
        let mut most: f64 = 0.0;
        for (upper, _) in strip.iter().skip(20).take(361) {
            let near = strip.iter().map(|(_, lower)| (*lower - *upper).hypot()).fold(f64::MAX, f64::min);
            least = least.min(near);
            most = most.max(near);
        }
        (least, most)
    }

    #[test]
    fn edges_stay_side_by_side() {
        for (height, width) in [(0.0, 30.0), (40.0, 10.0), (120.0, 20.0), (200.0, 30.0), (-200.0, 30.0)] {
            let ribbon = RibbonShape::sweep(Point::new(0.0, 0.0), Point::new(200.0, height), width);
            let (least, most) = thickness(&ribbon);
            assert!(least > width * 0.93 && most < width * 1.04, "{height} {width}: {least} to {most}");
        }
    }

    #[test]
    fn a_thick_steep_ribbon_never_folds_over() {
        let ribbon = RibbonShape::sweep(Point::new(0.0, 0.0), Point::new(100.0, 500.0), 180.0);
        let strip = ribbon.strip_of(200);
        for pair in strip.windows(2) {
            assert!(pair[1].0.x >= pair[0].0.x && pair[1].1.x >= pair[0].1.x);
            assert!(pair[1].0.x >= pair[1].1.x, "the upper edge of a falling ribbon lies to the right");
        }
    }

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

    #[test]
    fn money_that_comes_back_turns_round_at_its_width() {
        let turn = CubicBez::new((100.0, 100.0), (140.0, 100.0), (140.0, 20.0), (100.0, 20.0));
        let ribbon = RibbonShape::around(&[turn], 16.0);
        let (outer, inner) = (ribbon.strip_of(2)[1].1, ribbon.strip_of(2)[1].0);
        assert!((outer.x - inner.x - 16.0).abs() < 1e-9, "{outer:?} {inner:?}");
    }
}
