//! The middle lines of bands as cubic Bézier curves, and curves beside them.

use kurbo::{CubicBez, ParamCurve as _, ParamCurveDeriv as _, Point, Vec2};

/// The straight line as a curve.
pub(super) fn line(start: Point, end: Point) -> CubicBez {
    CubicBez::new(start, start.lerp(end, 1.0 / 3.0), start.lerp(end, 2.0 / 3.0), end)
}

/// The direction across a curve, of length 1, downwards where it leads to the right.
pub(super) fn normal(curve: &CubicBez, t: f64) -> Vec2 {
    let mut way = curve.deriv().eval(t).to_vec2();
    if way.hypot() < 1e-9 {
        way = curve.p3 - curve.p0;
    }
    let length = way.hypot();
    if length < 1e-12 { Vec2::new(0.0, 1.0) } else { way.turn_90() / length }
}

pub(super) fn is_straight(curve: &CubicBez) -> bool {
    let along = curve.p3 - curve.p0;
    let off = |point: Point| (point - curve.p0).cross(along).abs();
    off(curve.p1).max(off(curve.p2)) <= 1e-9 * along.hypot().max(1.0)
}

/// The curve at a distance beside another: its ends lie on the normals, its handles are shorter on the inside of a bend
/// and longer on the outside, by the curvature at each end.
///
/// `kurbo::offset` fits as many curves as an error asks for; edges of one band must have as many pieces each.
pub(super) fn beside(curve: &CubicBez, distance: f64) -> CubicBez {
    let CubicBez { p0, p1, p2, p3 } = *curve;
    let start = p0 + normal(curve, 0.0) * distance;
    let end = p3 + normal(curve, 1.0) * distance;
    let stretch = |handle: Vec2, next: Vec2| {
        let length = handle.hypot();
        if length < 1e-12 {
            return 1.0;
        }
        let bend = 2.0 / 3.0 * handle.cross(next) / (length * length * length);
        (1.0 - bend * distance).max(0.0)
    };
    let (out, into) = (p1 - p0, p3 - p2);
    let (s, e) = (stretch(out, p2 - p1), stretch(into, p1 - p2));
    CubicBez::new(start, start + out * s, end - into * e, end)
}

/// The curve in `count` pieces of equal share of its parameter.
pub(super) fn pieces(curve: CubicBez, count: usize) -> impl Iterator<Item = CubicBez> {
    let at = move |piece: usize| piece as f64 / count as f64;
    (0..count).map(move |piece| curve.subsegment(at(piece)..at(piece + 1)))
}

/// The cubic with level ends and its control points half way.
pub(super) fn level_cubic(a: Point, b: Point) -> CubicBez {
    let middle = f64::midpoint(a.x, b.x);
    CubicBez::new(a, Point::new(middle, a.y), Point::new(middle, b.y), b)
}

/// Whether a level cubic that leads so far across and down bends nowhere more than `limit`, 1/px.
///
/// With `x' = 1.5 - 3t + 3t²` and `y' = 6t - 6t²`, in shares of `dx` and `dy`, the curvature is
/// `dy/dx² (9 - 18t) / (x'² + (dy/dx)² y'²)^1.5`: a steep one is sharpest at its ends, a flat one about a quarter of the
/// way.
fn bends_within(limit: f64, dx: f64, dy: f64) -> bool {
    // Between two of so many places it is less than a hundredth sharper.
    const PLACES: u32 = 24;
    // What is asked for at the ends, and the most that is asked for anywhere, where `y'` is taken for nothing: most
    // bands are told by these.
    const AT_THE_ENDS: f64 = 9.0 / (1.5 * 1.5 * 1.5);
    const MOST: f64 = 5.53;
    let limit = limit * dx * dx / dy;
    if !(AT_THE_ENDS..MOST).contains(&limit) {
        return limit >= MOST;
    }
    let slope = dy / dx;
    (0..PLACES).all(|place| {
        let t = f64::from(place) / f64::from(2 * PLACES);
        let (across, down) = (1.5 - 3.0 * t + 3.0 * t * t, slope * 6.0 * t * (1.0 - t));
        let square = across * across + down * down;
        9.0 - 18.0 * t <= limit * square * square.sqrt()
    })
}

/// Adds the middle line from `a` to `b`, bending nowhere more than a band of this half width can; false
/// where there is none.
///
/// Where the cubic is too sharp there are two arcs: of two arcs that turn by `2 atan t`
/// and a line between them the radius is `(2 t dx - (1 - t²) dy) / (4 t²)`: largest without a line, where
/// `t = dy / dx`, as long as that is less than a right angle.
pub(super) fn add_s_curve(path: &mut Vec<CubicBez>, a: Point, b: Point, half: f64) -> bool {
    const STEEPEST: f64 = 0.96;
    let (dx, dy) = (b.x - a.x, (b.y - a.y).abs());
    if dy < 1e-9 || dx <= 0.0 {
        path.push(line(a, b));
        return true;
    }
    let inner = half * 1.02 + 0.25;
    if bends_within(1.0 / inner, dx, dy) {
        path.push(level_cubic(a, b));
        return true;
    }
    let t = (dy / dx).min(STEEPEST);
    let radius = (2.0 * t * dx - (1.0 - t * t) * dy) / (4.0 * t * t);
    if radius < inner {
        return false;
    }
    let down = if b.y > a.y { 1.0 } else { -1.0 };
    let (sin, cos) = (2.0 * t / (1.0 + t * t), (1.0 - t * t) / (1.0 + t * t));
    let handle = Vec2::new(4.0 / 3.0 * radius * ((1.0 + t * t).sqrt() - 1.0) / t, 0.0);
    let corner = Vec2::new(radius * sin, down * radius * (1.0 - cos));
    let (p, q) = (a + corner, b - corner);
    let along = Vec2::new(cos, down * sin) * handle.x;
    path.push(CubicBez::new(a, a + handle, p - along, p));
    if q.x - p.x > 1e-9 || (q.y - p.y).abs() > 1e-9 {
        path.push(line(p, q));
    }
    path.push(CubicBez::new(q, q + along, b - handle, b));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::ParamCurveCurvature as _;

    #[test]
    fn a_curve_bends_within_its_sharpest_bend_and_no_less() {
        for (dx, dy) in [(286.5, 126.2), (200.0, 10.0), (200.0, 290.0), (60.0, 400.0), (900.0, 500.0)] {
            let curve = level_cubic(Point::ZERO, Point::new(dx, dy));
            let found = (0..=1000).map(|step| curve.curvature(f64::from(step) / 1000.0).abs());
            let sharpest = found.fold(0.0, f64::max);
            assert!(bends_within(sharpest * 1.01, dx, dy), "{dx} by {dy}: {sharpest}");
            assert!(!bends_within(sharpest * 0.99, dx, dy), "{dx} by {dy}: {sharpest}");
        }
    }
}
