//! What a presenter wants to say, set in lines below a picture and on pages of its own: however much it is, all of it.

use crate::figure::{
    Anchor, Figure, Mark, MarkId, Point, Scheme, Text, Weight, visible, visible_lines, width_px, wrap,
};

/// Of letters and lines, px.
const LETTERS_PX: f64 = 13.0;
pub(super) const LINE_PX: f64 = 19.0;
const HEAD_PX: f64 = 16.0;
/// What the heading takes, px.
pub(super) const HEADING_PX: f64 = 26.0;
pub(super) const MARGIN_PX: f64 = 24.0;

/// Notes in lines no wider than there is room, px. Nothing is left out: a word that is longer than a line is broken.
pub(super) fn note_lines(notes: &str, room: f64) -> Vec<String> {
    let notes = visible_lines(notes.trim_end());
    let mut lines = Vec::new();
    for paragraph in notes.lines() {
        let mut words = String::new();
        for word in paragraph.split_whitespace() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&broken(word, room));
        }
        let wrapped = wrap(&words, room, LETTERS_PX, Weight::Regular);
        if wrapped.is_empty() { lines.push(String::new()) } else { lines.extend(wrapped) }
    }
    lines
}

/// A word with a space wherever it would be longer than a line.
fn broken(word: &str, room: f64) -> String {
    let width = |text: &str| width_px(text, LETTERS_PX, Weight::Regular);
    // The widest letters are an em and a half; most words are far from a line.
    if word.len() as f64 * 1.5 * LETTERS_PX < room || width(word) <= room {
        return word.to_owned();
    }
    let mut out = String::new();
    let mut piece = String::new();
    for letter in word.chars() {
        piece.push(letter);
        if width(&piece) > room {
            piece.pop();
            out.extend([piece.as_str(), " "]);
            piece.clear();
            piece.push(letter);
        }
    }
    out + &piece
}

/// How many lines there are in so much of a height below the heading, px.
pub(super) fn lines_in(height: f64) -> usize {
    ((height - HEADING_PX) / LINE_PX).max(0.0) as usize
}

/// Lines of notes under their heading, from this height on, px.
pub(super) fn note_marks(heading: &str, lines: &[String], top: f64, scheme: Scheme) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut push = |y: f64, size, weight, words: &str, key: &str| {
        let text = Text::centred(Point::new(MARGIN_PX, y), Anchor::Start, size, weight, words);
        marks.push(Mark::label(MarkId::of(&["story notes", key]), text, scheme.ink()));
    };
    push(top + HEADING_PX / 2.0, HEAD_PX, Weight::SemiBold, &visible(heading), "heading");
    for (index, line) in lines.iter().enumerate() {
        let y = top + HEADING_PX + LINE_PX * (index as f64 + 0.5);
        push(y, LETTERS_PX, Weight::Regular, line, &index.to_string());
    }
    marks
}

/// An empty page of this size, px.
pub(super) fn empty_page((width, height): (f64, f64), title: &str, scheme: Scheme) -> Figure {
    Figure {
        width,
        height,
        title: title.to_owned(),
        notes: Vec::new(),
        scheme,
        marks: Vec::new(),
        unbalanced: None,
        words: Vec::new(),
    }
}
