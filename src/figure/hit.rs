//! What of a figure is under the pointer: the topmost mark that stands for something, thin ones made easier
//! to hit.

use super::ribbon::distance_to_line;
use super::{Figure, Mark, Point, Shape};

/// What is thinner can still be pointed at as if it were this wide.
/// A hand with a mouse comes to rest within a pixel or two of what it aims at.
const AT_LEAST_PX: f64 = 3.0;

impl Figure {
    /// The topmost mark under a point that stands for something.
    ///
    /// A thin mark catches the pointer within a pixel and a half, even above a broad one; among thin marks side by
    /// side the one that is exactly there comes first.
    pub fn pointed_at(&self, point: Point) -> Option<&Mark> {
        self.pointed_at_zoomed(point, 1.0)
    }

    /// The same where one pixel of the figure takes so many on the screen, whose pixels a hand can hit.
    pub fn pointed_at_zoomed(&self, point: Point, zoom: f64) -> Option<&Mark> {
        let at_least = AT_LEAST_PX / zoom;
        let mut below = self
            .marks
            .iter()
            .rev()
            .filter(|mark| mark.target.is_some() && mark.paint.opacity > 0.0)
            .skip_while(|mark| !mark.shape.contains(point, at_least));
        let near = below.next()?;
        if near.shape.contains(point, 0.0) {
            return Some(near);
        }
        // What is near and not there is thin: it gives way to another thin one that is there, and to no broad one.
        match below.find(|mark| mark.shape.contains(point, 0.0)) {
            Some(exact) if exact.shape.thickness() < at_least => Some(exact),
            _ => Some(near),
        }
    }

    /// What is told of a mark: what it says itself, or what it stands for.
    pub fn told<'a>(&'a self, mark: &'a Mark) -> &'a str {
        let target = || mark.target.filter(|target| *target != mark.id).and_then(|target| self.mark(target));
        if mark.tooltip.is_empty() { target().map_or("", |target| &target.tooltip) } else { &mark.tooltip }
    }
}

impl Shape {
    /// How thin the shape is where it is thinnest.
    fn thickness(&self) -> f64 {
        match self {
            Self::Bar(rect) => rect.width().min(rect.height()),
            Self::Ribbon(ribbon) => ribbon.width(),
            Self::Label(text) => text.size_px,
            Self::Line(_) => 1.0,
            Self::Polygon(_) => AT_LEAST_PX,
            Self::Dot { radius, .. } => radius * 2.0,
        }
    }

    /// Whether a point is on the shape; what is thinner than `at_least_px` is taken to be that wide.
    pub fn contains(&self, point: Point, at_least_px: f64) -> bool {
        match self {
            Self::Bar(rect) => {
                let more = |size: f64| ((at_least_px - size) / 2.0).max(0.0);
                rect.inflate(more(rect.width()), more(rect.height())).contains(point)
            }
            Self::Ribbon(ribbon) => ribbon.contains(point, at_least_px),
            Self::Label(text) => text.bounds().contains(point),
            Self::Line(points) => points
                .windows(2)
                .any(|ends| distance_to_line(point, ends[0], ends[1]) <= at_least_px.max(1.0) / 2.0),
            Self::Polygon(points) => is_inside(point, points),
            Self::Dot { centre, radius } => {
                // Squares compared: no root for each dot under a moving pointer.
                let reach = radius.max(at_least_px / 2.0);
                (*centre - point).hypot2() <= reach * reach
            }
        }
    }
}

/// Whether a ray to the right crosses the outline an odd number of times.
fn is_inside(point: Point, outline: &[Point]) -> bool {
    let mut inside = false;
    for (index, a) in outline.iter().enumerate() {
        let b = outline[(index + 1) % outline.len()];
        // One end counts and the other does not, so a ray through a corner crosses once.
        if (a.y > point.y) != (b.y > point.y) {
            let x = a.x + (b.x - a.x) * (point.y - a.y) / (b.y - a.y);
            inside ^= x > point.x;
        }
    }
    inside
}
