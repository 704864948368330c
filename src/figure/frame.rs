use super::{Anchor, Figure, Mark, MarkId, Point, Scheme, Text, Vec2, Weight, wrap};

/// What a picture has around it where it stands alone: its sentence above, the small print below.
///
/// On screen the window shows the sentence, so a figure comes without; files are given figures in their frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    width: f64,
    height: f64,
    title: Vec<String>,
    notes: Vec<String>,
}

const MARGIN: f64 = 24.0;
const TITLE_PX: f64 = 20.0;
const TITLE_LINE: f64 = 27.0;
const NOTE_PX: f64 = 11.5;
const NOTE_LINE: f64 = 16.0;
/// Between the words and the picture.
const GAP: f64 = 14.0;
const MOST_TITLE_LINES: usize = 3;

impl Frame {
    /// A frame of this size on the outside.
    pub fn new(width: f64, height: f64, title: &str, notes: &[String]) -> Self {
        let room = (width - 2.0 * MARGIN).max(1.0);
        let mut title = wrap(title, room, TITLE_PX, Weight::SemiBold);
        if title.len() > MOST_TITLE_LINES {
            let rest = title[MOST_TITLE_LINES - 1..].join(" ");
            title.truncate(MOST_TITLE_LINES - 1);
            title.push(super::fit(&rest, room, TITLE_PX, Weight::SemiBold).text);
        }
        let notes = notes.iter().flat_map(|note| wrap(note, room, NOTE_PX, Weight::Regular)).collect();
        Self { width, height, title, notes }
    }

    /// Width and height left for the picture itself.
    pub fn inside(&self) -> (f64, f64) {
        ((self.width - 2.0 * MARGIN).max(1.0), (self.height - self.above() - self.below()).max(1.0))
    }

    fn above(&self) -> f64 {
        if self.title.is_empty() { MARGIN } else { MARGIN - 4.0 + self.title.len() as f64 * TITLE_LINE + GAP }
    }

    fn below(&self) -> f64 {
        if self.notes.is_empty() { MARGIN } else { MARGIN - 6.0 + self.notes.len() as f64 * NOTE_LINE + GAP }
    }

    /// The figure, made for [`Frame::inside`], in this frame.
    pub fn around(&self, figure: Figure) -> Figure {
        let scheme = figure.scheme;
        let mut framed = figure.translated(Vec2::new(MARGIN, self.above()));
        framed.width = self.width;
        framed.height = self.height;
        framed
            .marks
            .extend(self.title.iter().enumerate().map(|(index, line)| title_line(index, line, scheme)));
        framed
            .marks
            .extend(self.notes.iter().enumerate().map(|(index, line)| self.note_line(index, line, scheme)));
        framed
    }

    fn note_line(&self, index: usize, line: &str, scheme: Scheme) -> Mark {
        let y = self.height - MARGIN + 6.0 - NOTE_LINE * (self.notes.len() as f64 - index as f64 - 0.5);
        let text = Text::centred(Point::new(MARGIN, y), Anchor::Start, NOTE_PX, Weight::Regular, line);
        Mark::label(MarkId::of(&["note", &index.to_string()]), text, scheme.faint_ink())
    }
}

fn title_line(index: usize, line: &str, scheme: Scheme) -> Mark {
    let y = MARGIN - 4.0 + TITLE_LINE * (index as f64 + 0.5);
    let text = Text::centred(Point::new(MARGIN, y), Anchor::Start, TITLE_PX, Weight::SemiBold, line);
    Mark::label(MarkId::of(&["title", &index.to_string()]), text, scheme.ink())
}
