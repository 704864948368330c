//! The two scales of a lens, printed at its foot as maps have them: so long is so much money here, and there.

use super::lens_places::LensPlaces;
use super::{Anchor, FlowsInput, Mark, MarkId, Paint, Point, Shape, Text, Weight, extent, width_px};
use crate::money::{Money, in_short};
use crate::words::thousands;

const WORDS_PX: f64 = 12.0;
/// A line of a scale is at most so long, px.
const LONGEST_PX: f64 = 72.0;
const TICK_PX: f64 = 4.0;

/// Both scales: of the bar, and of all to the right of the wedge.
pub(super) fn scale_marks(input: &FlowsInput<'_>, places: &LensPlaces) -> Vec<Mark> {
    let (lens, unit) = (places.lens, places.unit);
    let y = places.foot + 16.0 * unit;
    let mut marks = Vec::new();
    let x = add_scale(&mut marks, input, "whole", Point::new(0.0, y), (lens.whole_scale, unit), "in the bar");
    let times = (lens.pool_scale / lens.whole_scale).round();
    let words = format!("in the pool, drawn {} times as large", thousands(times as u64));
    let from = Point::new(x + 28.0 * unit, y);
    add_scale(&mut marks, input, "pool", from, (lens.pool_scale, unit), &words);
    marks
}

/// A line as long as a round amount is high, and what that is; where it ends, px.
fn add_scale(
    marks: &mut Vec<Mark>,
    input: &FlowsInput<'_>,
    which: &str,
    from: Point,
    (scale, unit): (f64, f64),
    words: &str,
) -> f64 {
    let amount = round_amount(scale, LONGEST_PX * unit);
    let length = extent(amount) * scale;
    let color = input.scheme.faint_ink();
    let paint = Paint::stroke(color, (1.5 * unit) as f32);
    let tick = TICK_PX * unit;
    let (left, right) = (from.x + 1.0, from.x + 1.0 + length);
    let id = |word: &str| MarkId::of(&["lens", "scale", which, word]);
    let line = Shape::line(Point::new(left, from.y), Point::new(right, from.y));
    marks.push(Mark::decoration(id("line"), line, paint));
    for (word, x) in [("left", left), ("right", right)] {
        let line = Shape::line(Point::new(x, from.y - tick), Point::new(x, from.y + tick));
        marks.push(Mark::decoration(id(word), line, paint));
    }
    let words = format!("{} {words}", in_short(amount));
    let x = right + 8.0 * unit;
    let end = x + width_px(&words, WORDS_PX * unit, Weight::Regular);
    let text = Text::centred(Point::new(x, from.y), Anchor::Start, WORDS_PX * unit, Weight::Regular, words);
    marks.push(Mark::label(id("words"), text, color));
    end
}

/// The largest of 1, 2, 5, 10, 20, … pounds that is no longer than that.
fn round_amount(scale: f64, longest_px: f64) -> Money {
    let mut amount = Money::from_pounds(1);
    let mut power = 1_i64;
    // A million million pounds is more than any place has.
    for _ in 0..13 {
        for step in [1, 2, 5] {
            let next = Money::from_pounds(power * step);
            if extent(next) * scale <= longest_px {
                amount = next;
            }
        }
        power *= 10;
    }
    amount
}
