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
        let topmost = |at_least: f64| {
            self.marks
                .iter()
                .rev()
                .filter(|mark| mark.target.is_some() && mark.paint.opacity > 0.0)
                .find(|mark| mark.shape.contains(point, at_least))
        };
        // Two looks: a hairline above a broad band is meant when one is near it, unless another one is met
        // exactly.
        let near = topmost(AT_LEAST_PX)?;
        match topmost(0.0) {
            Some(exact) if exact.shape.thickness() < AT_LEAST_PX => Some(exact),
            _ => Some(near),
        }
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
