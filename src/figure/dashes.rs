//! An outline in dashes: of what is nobody's yet, or of what is not told apart.

use super::{Point, Rect, Shape};

/// The dashes around a rectangle, so long each and with gaps as long, px: each side begins and ends with one.
pub(super) fn dashes_around(rect: Rect, dash: f64) -> Vec<Shape> {
    let corners = [
        Point::new(rect.x0, rect.y0),
        Point::new(rect.x1, rect.y0),
        Point::new(rect.x1, rect.y1),
        Point::new(rect.x0, rect.y1),
    ];
    let sides = (0..4).map(|side| (corners[side], corners[(side + 1) % 4]));
    sides.flat_map(|(from, to)| dashes_along(from, to, dash)).collect()
}

/// The dashes of a line.
fn dashes_along(from: Point, to: Point, dash: f64) -> Vec<Shape> {
    let length = from.distance(to);
    // One dash more than gaps; a short side is one dash.
    let count = f64::midpoint(length / dash, 1.0).round().clamp(1.0, 400.0);
    let part = 1.0 / (2.0 * count - 1.0);
    (0..count as usize)
        .map(|index| {
            let at = 2.0 * index as f64 * part;
            Shape::line(from.lerp(to, at), from.lerp(to, at + part))
        })
        .collect()
}
