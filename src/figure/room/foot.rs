//! The foot of a picture that is shown in front of people: where in the story it stands, and what is to be known of it now,
//! in place of what the page says there.

use super::super::{Anchor, Figure, Mark, MarkId, Paint, Point, Rect, Shape, Text, Weight, fit, width_px};
use super::page::{BETWEEN, RoomSizes, margin, title_mark};

/// The picture with "3/6" at the right of its foot, and `said` there in place of its own words where something is.
///
/// The stamp stays whatever is said. Of its own words those are kept that have room.
#[must_use]
pub fn room_footed(mut figure: Figure, said: Option<&str>, position: &str) -> Figure {
    let (width, height) = (figure.width, figure.height);
    let sizes = RoomSizes::of(width, height);
    let size = sizes.floor;
    let (edge, middle) = (margin(sizes), height - sizes.step * 4.4);
    let right = width - edge;
    let room_right = right - width_px(position, size, Weight::SemiBold) - sizes.step * 3.0;
    let words_mark = MarkId::of(&["foot", "words"]);
    let own = figure.marks.iter().find_map(|mark| match &mark.shape {
        Shape::Label(text) if mark.id == words_mark => Some((text.at.x, text.content.clone())),
        _ => None,
    });
    figure.marks.retain(|mark| mark.id != words_mark);
    let scheme = figure.scheme;
    let label = |key: &str, at: f64, anchor, weight, words: &str, color| {
        let text = Text::centred(Point::new(at, middle), anchor, size, weight, words);
        Mark::label(MarkId::of(&["foot", key]), text, color)
    };
    // A picture of a desk has small print there; what is said now stands over it.
    let is_page = own.is_some();
    let over = |from: f64, to: f64, key: &str| {
        let around = Rect::new(from - sizes.step, middle - size, to + sizes.step, middle + size);
        Mark::decoration(MarkId::of(&["foot", key]), around, Paint::fill(scheme.ground()))
    };
    let (x, own) = own.unwrap_or((edge, String::new()));
    let room = (room_right - x).max(1.0);
    let words = match said {
        Some(said) => fit(said, room, size, Weight::SemiBold).text,
        None => with_room(&own, room, size),
    };
    if !is_page {
        let from = if words.is_empty() { room_right + sizes.step * 2.0 } else { x };
        figure.marks.push(over(from, right, "over"));
    }
    if !words.is_empty() {
        let (weight, color) = match said {
            Some(_) => (Weight::SemiBold, scheme.ink()),
            None => (Weight::Regular, scheme.faint_ink()),
        };
        figure.marks.push(label("words", x, Anchor::Start, weight, &words, color));
    }
    figure.marks.push(label("position", right, Anchor::End, Weight::SemiBold, position, scheme.ink()));
    figure
}

/// As many parts of the page's own words as have room, from the first; the first of them always.
fn with_room(own: &str, room: f64, size: f64) -> String {
    let parts: Vec<&str> = own.split(BETWEEN).collect();
    let kept = (1..=parts.len()).rev().map(|count| parts[..count].join(BETWEEN));
    let has_room = |words: &String| width_px(words, size, Weight::Regular) <= room;
    let words = kept.into_iter().find(has_room).unwrap_or_else(|| parts[0].to_owned());
    fit(&words, room, size, Weight::Regular).text
}

/// Whether a mark is of the title or the foot, which stay where they are when the picture between them is zoomed.
pub fn is_around_room(mark: MarkId) -> bool {
    (0..5).any(|index| mark == MarkId::of(&title_mark(index)))
        || ["box", "stamp", "over", "words", "position"].iter().any(|key| mark == MarkId::of(&["foot", key]))
}
