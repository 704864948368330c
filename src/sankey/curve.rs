//! Cubic Bézier curves: points, directions, and curves beside them.

/// A point of the picture (px, y downwards).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl From<(f64, f64)> for Point {
    fn from((x, y): (f64, f64)) -> Self {
        Self { x, y }
    }
}

impl Point {
    pub(super) fn toward(self, other: Self, share: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * share, y: self.y + (other.y - self.y) * share }
    }

    fn less(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }

    fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }
}

/// A cubic Bézier curve: its start, two control points, its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cubic {
    pub points: [Point; 4],
}

impl Cubic {
    pub(super) fn new(start: Point, first: Point, second: Point, end: Point) -> Self {
        Self { points: [start, first, second, end] }
    }

    pub(super) fn line(start: Point, end: Point) -> Self {
        Self::new(start, start.toward(end, 1.0 / 3.0), start.toward(end, 2.0 / 3.0), end)
    }

    pub fn start(&self) -> Point {
        self.points[0]
    }

    pub fn end(&self) -> Point {
        self.points[3]
    }

    pub fn at(&self, t: f64) -> Point {
        let [a, b, c, d] = self.points;
        let u = 1.0 - t;
        let (i, j, k, l) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
        Point { x: i * a.x + j * b.x + k * c.x + l * d.x, y: i * a.y + j * b.y + k * c.y + l * d.y }
    }

    /// The direction across the curve, of length 1, downwards where it leads to the right.
    pub fn normal(&self, t: f64) -> Point {
        let [a, b, c, d] = self.points;
        let u = 1.0 - t;
        let mut way = Point {
            x: u * u * (b.x - a.x) + 2.0 * u * t * (c.x - b.x) + t * t * (d.x - c.x),
            y: u * u * (b.y - a.y) + 2.0 * u * t * (c.y - b.y) + t * t * (d.y - c.y),
        };
        if way.length() < 1e-9 {
            way = d.less(a);
        }
        let length = way.length();
        if length < 1e-12 {
            Point { x: 0.0, y: 1.0 }
        } else {
            Point { x: -way.y / length, y: way.x / length }
        }
    }

    pub(super) fn is_straight(&self) -> bool {
        let [a, b, c, d] = self.points;
        let along = d.less(a);
        let off = |p: Point| ((p.x - a.x) * along.y - (p.y - a.y) * along.x).abs();
        off(b).max(off(c)) <= 1e-9 * along.length().max(1.0)
    }

    pub(super) fn moved(&self, by: Point) -> Self {
        Self { points: self.points.map(|p| Point { x: p.x + by.x, y: p.y + by.y }) }
    }

    /// The curve at a distance beside this one: its ends lie on the normals, its handles are shorter on
    /// the inside of a bend and longer on the outside, by the curvature at each end.
    pub(super) fn offset(&self, distance: f64) -> Self {
        let [a, b, c, d] = self.points;
        let (first, last) = (self.normal(0.0), self.normal(1.0));
        let beside = |p: Point, n: Point| Point { x: p.x + n.x * distance, y: p.y + n.y * distance };
        let (start, end) = (beside(a, first), beside(d, last));
        let stretch = |handle: Point, next: Point| {
            let length = handle.length();
            if length < 1e-12 {
                return 1.0;
            }
            let bend = 2.0 / 3.0 * (handle.x * next.y - handle.y * next.x) / (length * length * length);
            (1.0 - bend * distance).max(0.0)
        };
        let out = b.less(a);
        let into = d.less(c);
        let (s, e) = (stretch(out, c.less(b)), stretch(into, b.less(c)));
        Self::new(
            start,
            Point { x: start.x + out.x * s, y: start.y + out.y * s },
            Point { x: end.x - into.x * e, y: end.y - into.y * e },
            end,
        )
    }

    /// The curve in `count` pieces of equal share of its parameter (de Casteljau).
    pub(super) fn split(&self, count: usize) -> impl Iterator<Item = Self> {
        let mut rest = *self;
        (0..count).map(move |index| {
            let t = 1.0 / (count - index) as f64;
            let [a, b, c, d] = rest.points;
            let (ab, bc, cd) = (a.toward(b, t), b.toward(c, t), c.toward(d, t));
            let (abc, bcd) = (ab.toward(bc, t), bc.toward(cd, t));
            let middle = abc.toward(bcd, t);
            rest = Self::new(middle, bcd, cd, d);
            Self::new(a, ab, abc, middle)
        })
    }

    /// How many straight lines come within `error` px of this curve and of those up to `beside` px away.
    pub(super) fn segments_for(&self, error: f64, beside: f64) -> usize {
        let [a, b, c, d] = self.points;
        let bend = |p: Point, q: Point, r: Point| {
            Point { x: p.x - 2.0 * q.x + r.x, y: p.y - 2.0 * q.y + r.y }.length()
        };
        let most = bend(a, b, c).max(bend(b, c, d));
        // A polyline of n pieces is off by at most 6 most / (8 n²); the outer edge is longer than the middle.
        let chord = d.less(a).length().max(1.0);
        ((0.75 * most * (1.0 + 2.0 * beside / chord) / error).sqrt().ceil() as usize).clamp(4, 64)
    }
}

/// The cubic with level ends and its control points half way.
pub(super) fn level_cubic(a: Point, b: Point) -> Cubic {
    let middle = f64::midpoint(a.x, b.x);
    Cubic::new(a, Point { x: middle, y: a.y }, Point { x: middle, y: b.y }, b)
}

/// Adds the middle line from `a` to `b`, bending nowhere more than a band of this half width can; false
/// where there is none.
///
/// The cubic bends most at its ends, with the radius `3 dx² / (8 dy)`. Of two arcs that turn by `2 atan t`
/// and a line between them the radius is `(2 t dx - (1 - t²) dy) / (4 t²)`: largest without a line, where
/// `t = dy / dx`, as long as that is less than a right angle.
pub(super) fn add_s_curve(path: &mut Vec<Cubic>, a: Point, b: Point, half: f64) -> bool {
    const STEEPEST: f64 = 0.96;
    let (dx, dy) = (b.x - a.x, (b.y - a.y).abs());
    if dy < 1e-9 || dx <= 0.0 {
        path.push(Cubic::line(a, b));
        return true;
    }
    let inner = half * 1.02 + 0.25;
    if 3.0 * dx * dx >= 8.0 * dy * inner {
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
    let handle = 4.0 / 3.0 * radius * ((1.0 + t * t).sqrt() - 1.0) / t;
    let p = Point { x: a.x + radius * sin, y: a.y + down * radius * (1.0 - cos) };
    let q = Point { x: b.x - radius * sin, y: b.y - down * radius * (1.0 - cos) };
    let along = |from: Point, way: f64| Point { x: from.x + way * cos, y: from.y + down * way * sin };
    path.push(Cubic::new(a, Point { x: a.x + handle, y: a.y }, along(p, -handle), p));
    if q.x - p.x > 1e-9 || (q.y - p.y).abs() > 1e-9 {
        path.push(Cubic::line(p, q));
    }
    path.push(Cubic::new(q, along(q, handle), Point { x: b.x - handle, y: b.y }, b));
    true
}
