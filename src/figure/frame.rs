//! The frame of a picture that stands alone: its sentence above, its small print below. On screen the window
//! says both, so figures come without.

use super::small_print::{AFTER_SWATCH, SWATCH, SmallPrint};
use super::{Anchor, Figure, Mark, MarkId, Paint, Point, Rect, Scheme, Text, Vec2, Weight, unit_of, wrap};

/// What a picture has around it where it stands alone: its sentence above, the small print below.
///
/// On screen the window shows the sentence, so a figure comes without; files are given figures in their frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    width: f64,
    height: f64,
    /// Pixels for a pixel of a picture of the usual size.
    unit: f64,
    title: Vec<String>,
    foot: SmallPrint,
}

const MARGIN: f64 = 24.0;
const TITLE_PX: f64 = 22.0;
const TITLE_LINE: f64 = 28.0;
const NOTE_PX: f64 = 12.0;
const NOTE_LINE: f64 = 17.0;
/// Between the words and the picture.
const GAP: f64 = 14.0;
/// A fourth line would take more from the picture than it tells.
const MOST_TITLE_LINES: usize = 3;

impl Frame {
    /// A frame of this size on the outside.
    pub fn new(width: f64, height: f64, title: &str, notes: &[String]) -> Self {
        Self::of_unit(unit_of(width, height), (width, height), title, notes)
    }

    /// A frame for a picture of this size that is there already, such as the one on screen.
    pub fn holding(width: f64, height: f64, title: &str, notes: &[String]) -> Self {
        let unit = unit_of(width, height);
        let width = width + 2.0 * MARGIN * unit;
        let frame = Self::of_unit(unit, (width, height), title, notes);
        let height = height + frame.above() + frame.below();
        Self { height, ..frame }
    }

    fn of_unit(unit: f64, (width, height): (f64, f64), title: &str, notes: &[String]) -> Self {
        let room = (width - 2.0 * MARGIN * unit).max(1.0);
        let mut title = wrap(title, room, TITLE_PX * unit, Weight::SemiBold);
        if title.len() > MOST_TITLE_LINES {
            let rest = title[MOST_TITLE_LINES - 1..].join(" ");
            title.truncate(MOST_TITLE_LINES - 1);
            title.push(super::fit(&rest, room, TITLE_PX * unit, Weight::SemiBold).text);
        }
        let title = balanced(title, room, unit);
        let foot = SmallPrint::of(notes, room, NOTE_PX * unit);
        Self { width, height, unit, title, foot }
    }

    /// Width and height left for the picture itself.
    pub fn inside(&self) -> (f64, f64) {
        (
            (self.width - 2.0 * MARGIN * self.unit).max(1.0),
            (self.height - self.above() - self.below()).max(1.0),
        )
    }

    /// A figure that `make` draws for the room inside, which it is told in units: everything in it grows with the
    /// picture. It is as large as [`Frame::inside`].
    pub fn in_units(&self, make: impl FnOnce((f64, f64)) -> Figure) -> Figure {
        make(self.units_inside()).scaled(self.unit)
    }

    /// The same where `make` may fail.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    pub fn try_in_units<E>(&self, make: impl FnOnce((f64, f64)) -> Result<Figure, E>) -> Result<Figure, E> {
        make(self.units_inside()).map(|figure| figure.scaled(self.unit))
    }

    fn units_inside(&self) -> (f64, f64) {
        let (width, height) = self.inside();
        (width / self.unit, height / self.unit)
    }

    /// Where the picture itself lies.
    pub fn place(&self) -> Rect {
        let (width, height) = self.inside();
        let corner = Point::new(MARGIN * self.unit, self.above());
        Rect::from_points(corner, corner + Vec2::new(width, height))
    }

    fn above(&self) -> f64 {
        let words = self.title.len() as f64 * TITLE_LINE + GAP - 4.0;
        (MARGIN + if self.title.is_empty() { 0.0 } else { words }) * self.unit
    }

    fn below(&self) -> f64 {
        let words = self.foot.lines.len() as f64 * NOTE_LINE + GAP - 6.0;
        (MARGIN + if self.foot.lines.is_empty() { 0.0 } else { words }) * self.unit
    }

    /// The figure, made for [`Frame::inside`], in this frame.
    pub fn around(&self, figure: Figure) -> Figure {
        let scheme = figure.scheme;
        let mut framed = figure.translated(self.place().origin().to_vec2());
        framed.width = self.width;
        framed.height = self.height;
        for (index, line) in self.title.iter().enumerate() {
            let y = MARGIN - 4.0 + TITLE_LINE * (index as f64 + 0.5);
            let text = self.line(y * self.unit, TITLE_PX, Weight::SemiBold, line);
            framed.marks.push(Mark::label(MarkId::of(&["title", &index.to_string()]), text, scheme.ink()));
        }
        framed.marks.extend(self.small_print(scheme));
        framed
    }

    fn small_print(&self, scheme: Scheme) -> Vec<Mark> {
        let mut marks = Vec::new();
        let size = NOTE_PX * self.unit;
        for (index, line) in self.foot.lines.iter().enumerate() {
            let up = MARGIN - 6.0 + NOTE_LINE * (self.foot.lines.len() as f64 - index as f64 - 0.5);
            let y = self.height - up * self.unit;
            for (place, piece) in line.iter().enumerate() {
                let (line, place) = (index.to_string(), place.to_string());
                let id = |what: &str| MarkId::of(&["note", what, &line, &place]);
                let left = MARGIN * self.unit + piece.x;
                if let Some(kind) = piece.swatch {
                    let (x, half) = (left - (SWATCH + AFTER_SWATCH) * size, size * 0.45);
                    let swatch = Rect::new(x, y - half, x + SWATCH * size, y + half);
                    let fill = scheme.neutral();
                    let paint = Paint::fill(fill).hatched(Some(scheme.hatch_on(kind, fill)));
                    marks.push(Mark::decoration(id("swatch"), swatch, paint));
                }
                let text =
                    Text::centred(Point::new(left, y), Anchor::Start, size, Weight::Regular, &piece.words);
                marks.push(Mark::label(id("words"), text, scheme.faint_ink()));
            }
        }
        marks
    }

    fn line(&self, y: f64, size: f64, weight: Weight, words: &str) -> Text {
        Text::centred(Point::new(MARGIN * self.unit, y), Anchor::Start, size * self.unit, weight, words)
    }
}

/// The same words in as many lines, but of like length: no word stands alone on the last.
fn balanced(lines: Vec<String>, room: f64, unit: f64) -> Vec<String> {
    if lines.len() < 2 || lines.iter().any(|line| line.ends_with('\u{2026}')) {
        return lines;
    }
    let words = lines.join(" ");
    let broken = |width: f64| wrap(&words, width, TITLE_PX * unit, Weight::SemiBold);
    let fits = |tried: &[String]| tried.len() == lines.len() && tried.join(" ") == words;
    let (mut narrow, mut wide) = (room / 2.0, room);
    // Halving the room eight times comes within a few pixels of the narrowest.
    for _ in 0..8 {
        let middle = f64::midpoint(narrow, wide);
        if fits(&broken(middle)) { wide = middle } else { narrow = middle }
    }
    broken(wide)
}
