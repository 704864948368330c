//! What agencies of a place pay each other, drawn as pipes at the foot of the flows: it is counted once, and
//! so is no part of them.

use super::{Anchor, Mark, MarkId, Paint, Point, Rect, Scheme, Text, Weight, fit, width_px};
use crate::money::{Money, in_full, in_short};
use crate::words::counted_plain;

/// What one agency of a place pays another: money that the receiver spends again, and so is no part of the flows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferSum {
    pub payer: String,
    pub receiver: String,
    /// £; negative where credits outweigh.
    pub amount: Money,
    pub lines: u64,
}

/// A pipe between two agencies as it is drawn, for those who point at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipe {
    /// The pipe and its words.
    pub around: Rect,
    pub mark: MarkId,
    pub tooltip: String,
}

/// What the strip takes of a picture's height, px.
/// Two lines of words with room between: what it is, and the pipes.
const HEIGHT_PX: f64 = 52.0;
/// In a lower picture there is no room for it.
/// The strip would take more than a sixth of it.
const LEAST_HEIGHT_PX: f64 = 300.0;
const WORDS_PX: f64 = 12.0;
/// The longest pipe; the others are in proportion.
// Short beside the bands above: pipes are a note to the flows and not a part of them.
const LONGEST_PX: f64 = 84.0;
/// A pipe needs both its ends to look like one.
const SHORTEST_PX: f64 = 10.0;
const THICK_PX: f64 = 8.0;
/// A pipe's end, which stands a little out.
const FLANGE_PX: f64 = 3.0;
/// Two names of usual length; longer ones are cut so that more than one pipe has room.
const WIDEST_WORDS_PX: f64 = 330.0;
// More than between a pipe and its words, so that words go with their own.
const BETWEEN_PX: f64 = 22.0;

/// How much of a picture's height is for the money that agencies pass between them, px; nothing where there is none.
pub(super) fn height_px(transfers: &[TransferSum], picture_height_px: f64) -> f64 {
    if transfers.is_empty() || picture_height_px < LEAST_HEIGHT_PX { 0.0 } else { HEIGHT_PX }
}

/// The strip at the foot of a picture, its lower edge at `bottom` (px): what is passed between agencies as pipes beside
/// the flows, the largest first, and how much it is together.
pub(super) fn strip(
    transfers: &[TransferSum],
    scheme: Scheme,
    width: f64,
    bottom: f64,
) -> (Vec<Mark>, Vec<Pipe>) {
    let top = bottom - HEIGHT_PX;
    let mut marks = vec![Mark::decoration(
        MarkId::of(&["passed", "rule"]),
        super::Shape::line(Point::new(0.0, top + 3.0), Point::new(width, top + 3.0)),
        Paint::stroke(scheme.grid(), 1.0),
    )];
    let words_at = |x: f64, y: f64, weight, words: &str| {
        Text::centred(Point::new(x, y), Anchor::Start, WORDS_PX, weight, words)
    };
    let all: Money = transfers.iter().map(|one| one.amount).sum();
    let head = format!("Counted once: {}", in_short(all));
    let head_width = width_px(&head, WORDS_PX, Weight::SemiBold);
    let label = words_at(0.0, top + 16.0, Weight::SemiBold, &head);
    marks.push(Mark::label(MarkId::of(&["passed", "head"]), label, scheme.ink()));
    let rest =
        "paid by agencies of the place to each other; it is counted where it is spent, and not in the total";
    let rest = fit(rest, (width - head_width - 8.0).max(1.0), WORDS_PX, Weight::Regular).text;
    let label = words_at(head_width + 8.0, top + 16.0, Weight::Regular, &rest);
    marks.push(Mark::label(MarkId::of(&["passed", "rest"]), label, scheme.faint_ink()));

    let largest = transfers.iter().map(|one| one.amount.abs()).max().unwrap_or_default();
    let (mut x, y) = (0.0, top + 38.0);
    let mut pipes = Vec::new();
    for (index, transfer) in transfers.iter().enumerate() {
        let words = format!("{} \u{2192} {}", transfer.payer, transfer.receiver);
        let words = fit(&words, WIDEST_WORDS_PX, WORDS_PX, Weight::Regular).text;
        let words = format!("{words}  {}", in_short(transfer.amount));
        let long = length_px(transfer.amount, largest);
        let words_width = width_px(&words, WORDS_PX, Weight::Regular);
        let end = x + long + 6.0 + words_width;
        let left = &transfers[index..];
        let more = more_words(left);
        // The last has to leave room for the words about those that have none.
        let kept = if left.len() > 1 { BETWEEN_PX + width_px(&more, WORDS_PX, Weight::Regular) } else { 0.0 };
        if end + kept > width {
            let label = words_at(
                x,
                y,
                Weight::Regular,
                &fit(&more, (width - x).max(1.0), WORDS_PX, Weight::Regular).text,
            );
            marks.push(Mark::label(MarkId::of(&["passed", "more"]), label, scheme.faint_ink()));
            break;
        }
        let id = MarkId::of(&["passed", &transfer.payer, &transfer.receiver]);
        let tooltip = tooltip(transfer);
        let body = Rect::new(x, y - THICK_PX / 2.0, x + long, y + THICK_PX / 2.0);
        let paint = Paint::fill(scheme.ground()).outlined(scheme.faint_ink(), 1.0);
        marks.push(Mark::new(id, body, paint, tooltip.clone()));
        for (key, at) in [("from", x), ("to", x + long - FLANGE_PX)] {
            let flange = Rect::new(at, y - THICK_PX / 2.0 - 2.0, at + FLANGE_PX, y + THICK_PX / 2.0 + 2.0);
            let key = MarkId::of(&["passed", key, &transfer.payer, &transfer.receiver]);
            marks.push(Mark::decoration(key, flange, Paint::fill(scheme.faint_ink())).pointing_at(id));
        }
        let label = words_at(x + long + 6.0, y, Weight::Regular, &words);
        let key = MarkId::of(&["passed", "words", &transfer.payer, &transfer.receiver]);
        marks.push(Mark::label(key, label, scheme.ink()).pointing_at(id));
        let around = Rect::new(x, y - 9.0, end, y + 9.0);
        pipes.push(Pipe { around, mark: id, tooltip });
        x = end + BETWEEN_PX;
    }
    (marks, pipes)
}

/// "and 12 more, £0.9m".
fn more_words(left: &[TransferSum]) -> String {
    let sum: Money = left.iter().map(|one| one.amount).sum();
    format!("and {} more, {}", left.len(), in_short(sum))
}

/// How long a pipe is, px: in proportion to its amount, and never too short to be seen.
fn length_px(amount: Money, largest: Money) -> f64 {
    let share = crate::money::Share::of(amount.abs(), largest);
    share.map_or(0.0, |share| share.to_approximate() * LONGEST_PX).max(SHORTEST_PX)
}

fn tooltip(sum: &TransferSum) -> String {
    let TransferSum { payer, receiver, amount, lines } = sum;
    format!(
        "{payer} pays {receiver} {} ({}). {receiver} spends it again: it is counted there, and not in the total.",
        in_full(*amount),
        counted_plain(*lines, "line")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfers(count: usize) -> Vec<TransferSum> {
        let one = |number: usize| TransferSum {
            payer: "Town Council".to_owned(),
            receiver: format!("Receiver {number}"),
            amount: Money::from_pence(100_000_000 / (number as i64 + 1)),
            lines: 3,
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn pipes_stand_side_by_side_within_the_picture_and_the_rest_is_said() {
        for (count, width) in [(1, 1000.0), (2, 1000.0), (9, 1000.0), (40, 700.0)] {
            let (marks, pipes) = strip(&transfers(count), Scheme::Light, width, 600.0);
            assert!(pipes.windows(2).all(|two| two[0].around.x1 < two[1].around.x0));
            for mark in &marks {
                let bounds = mark.shape.bounds();
                assert!(bounds.x0 >= -0.01 && bounds.x1 <= width + 0.01 && bounds.y1 <= 600.0, "{mark:?}");
                assert!(bounds.y0 >= 600.0 - HEIGHT_PX, "{mark:?}");
            }
            let says_more = marks.iter().any(|mark| mark.id == MarkId::of(&["passed", "more"]));
            assert_eq!(says_more, pipes.len() < count);
        }
    }

    #[test]
    fn nothing_passed_takes_no_room() {
        assert!(height_px(&[], 800.0).abs() < f64::EPSILON);
        assert!(height_px(&transfers(1), 200.0).abs() < f64::EPSILON);
        assert!(height_px(&transfers(1), 800.0) > 0.0);
    }
}
