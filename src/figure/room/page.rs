//! The page around a picture for a hall: the title in room for two lines, the picture, one line at the foot.

use super::super::{
    Anchor, Color, Figure, Mark, MarkId, Paint, Point, Rect, Scheme, Text, Weight, fit, width_px, wrap,
};

/// How large type is in a hall, px: shares of the picture's height, so that every projector passes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomSizes {
    /// Nothing is smaller.
    pub floor: f64,
    pub label: f64,
    /// Numbers that matter.
    pub number: f64,
    pub title: f64,
    /// A hundredth of the height: gaps and widths are multiples of it.
    pub step: f64,
}

impl RoomSizes {
    pub fn of(width: f64, height: f64) -> Self {
        // Of a window that is higher than any projector's picture the width decides, or nothing would have room.
        let height = height.min(width * 0.8);
        Self {
            floor: (height * 0.026).ceil(),
            label: height * 0.034,
            number: height * 0.044,
            title: height * 0.046,
            step: height / 100.0,
        }
    }
}

/// What stands around the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomPage {
    pub width: f64,
    pub height: f64,
    pub scheme: Scheme,
    pub title: String,
    /// "MODEL, not an offer".
    pub stamp: Option<&'static str>,
    /// Place, scenario, year, in the order of what matters: those that have room are said.
    pub foot: Vec<String>,
}

/// A longer line is not taken in at a glance.
const MOST_LETTERS: usize = 44;
const MOST_LINES: usize = 2;
/// Between the parts of the foot.
pub(super) const BETWEEN: &str = " \u{b7} ";

impl RoomPage {
    pub fn sizes(&self) -> RoomSizes {
        RoomSizes::of(self.width, self.height)
    }

    /// From the edge of the picture to what stands in it, px.
    fn margin(&self) -> f64 {
        margin(self.sizes())
    }

    /// Where the picture itself has its room: the same whatever the title says, so that nothing moves.
    pub fn inside(&self) -> Rect {
        let step = self.sizes().step;
        Rect::new(self.margin(), step * 16.5, self.width - self.margin(), self.height - step * 9.0)
    }

    /// The ground, the dark of words and the grey of what is not what the title is about.
    pub(super) fn greys(&self) -> Greys {
        Greys::of(self.scheme)
    }

    /// The picture with the page around it.
    pub fn around(&self, marks: Vec<Mark>) -> Figure {
        let mut figure = Figure {
            width: self.width,
            height: self.height,
            title: self.title.clone(),
            notes: vec![self.foot.join(BETWEEN)],
            scheme: self.scheme,
            marks,
            unbalanced: None,
            words: Vec::new(),
        };
        self.add_title(&mut figure.marks);
        self.add_foot(&mut figure.marks);
        figure
    }

    fn add_title(&self, marks: &mut Vec<Mark>) {
        marks.extend(title_marks(&self.title, (self.width, self.height), self.scheme, MOST_LETTERS));
    }

    fn add_foot(&self, marks: &mut Vec<Mark>) {
        let sizes = self.sizes();
        let middle = self.height - sizes.step * 4.4;
        let mut x = self.margin();
        let label = |key: &str, x: f64, weight, words: &str, color| {
            let text = Text::centred(Point::new(x, middle), Anchor::Start, sizes.floor, weight, words);
            Mark::label(MarkId::of(&["foot", key]), text, color)
        };
        if let Some(stamp) = self.stamp {
            let inside = sizes.step * 1.3;
            let width = width_px(stamp, sizes.floor, Weight::Bold) + 2.0 * inside;
            let half = sizes.step * 2.2;
            let around = Rect::new(x, middle - half, x + width, middle + half);
            let color = self.scheme.less();
            let paint = Paint::fill(self.scheme.ground()).outlined(color, (sizes.step * 0.3).max(1.5) as f32);
            marks.push(Mark::decoration(MarkId::of(&["foot", "box"]), around, paint));
            marks.push(label("stamp", x + inside, Weight::Bold, stamp, self.greys().readable(color)));
            x += width + sizes.step * 2.0;
        }
        let room = (self.width - self.margin() - x).max(1.0);
        let whole = (1..=self.foot.len()).rev().map(|count| self.foot[..count].join(BETWEEN));
        let has_room = |words: &String| width_px(words, sizes.floor, Weight::Regular) <= room;
        let words =
            whole.into_iter().find(has_room).or_else(|| self.foot.first().cloned()).unwrap_or_default();
        let words = fit(&words, room, sizes.floor, Weight::Regular).text;
        marks.push(label("words", x, Weight::Regular, &words, self.scheme.faint_ink()));
    }
}

pub(super) fn margin(sizes: RoomSizes) -> f64 {
    sizes.step * 4.5
}

pub(super) const fn title_mark(index: usize) -> [&'static str; 2] {
    ["title", ["0", "1", "2", "3", "4"][index]]
}

/// The title of a page of this size, px, with at most so many letters in a line.
fn title_marks(title: &str, (width, height): (f64, f64), scheme: Scheme, letters: usize) -> Vec<Mark> {
    let sizes = RoomSizes::of(width, height);
    let margin = margin(sizes);
    let lines = title_lines(title, width - 2.0 * margin, sizes.title, letters).into_iter().enumerate();
    let mark = |(index, line): (usize, String)| {
        let at = Point::new(margin, sizes.step * (5.0 + 5.7 * index as f64));
        let text = Text::centred(at, Anchor::Start, sizes.title, Weight::SemiBold, line);
        Mark::label(MarkId::of(&title_mark(index)), text, scheme.ink())
    };
    lines.map(mark).collect()
}

/// The picture of a page under another title, which somebody has written: one that is too long for two lines of a glance is
/// smaller, down to the floor, in as many lines as have room there.
#[must_use]
pub fn room_titled(mut figure: Figure, title: &str) -> Figure {
    let former = [0, 1, 2, 3, 4].map(|index| MarkId::of(&title_mark(index)));
    figure.marks.retain(|mark| !former.contains(&mark.id));
    figure.marks.extend(written_title_marks(title, (figure.width, figure.height), figure.scheme));
    title.clone_into(&mut figure.title);
    figure
}

/// Between lines of a title, in its size.
const LEADING: f64 = 1.24;

fn written_title_marks(title: &str, size: (f64, f64), scheme: Scheme) -> Vec<Mark> {
    let sizes = RoomSizes::of(size.0, size.1);
    let margin = margin(sizes);
    let room = size.0 - 2.0 * margin;
    let (first, below) = (sizes.step * 2.4, sizes.step * 13.8);
    let fits_in = |px: f64| ((below - first) / (px * LEADING) + 0.1).floor().max(1.0) as usize;
    let shrunk = (0..=8).map(|step| sizes.title + (sizes.floor - sizes.title) * f64::from(step) / 8.0);
    // Letters are as large as the whole of it can be.
    let whole = shrunk
        .map(|px| (px, wrap(title, room, px, Weight::SemiBold)))
        .find(|(px, lines)| lines.len() <= fits_in(*px));
    let (px, lines) = whole.unwrap_or_else(|| {
        let mut lines = wrap(title, room, sizes.floor, Weight::SemiBold);
        let most = fits_in(sizes.floor).min(5);
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(fit(&rest, room, sizes.floor, Weight::SemiBold).text);
        (sizes.floor, lines)
    });
    if lines.len() <= MOST_LINES && px >= sizes.title {
        return title_marks(title, size, scheme, usize::MAX);
    }
    let mark = |(index, line): (usize, String)| {
        let at = Point::new(margin, first + px * (0.5 + LEADING * index as f64));
        let text = Text::centred(at, Anchor::Start, px, Weight::SemiBold, line);
        Mark::label(MarkId::of(&title_mark(index)), text, scheme.ink())
    };
    lines.into_iter().enumerate().map(mark).collect()
}

/// The title in at most two lines of at most so many letters, broken where they are about as long.
fn title_lines(title: &str, room: f64, size: f64, letters: usize) -> Vec<String> {
    let fits = |line: &str| line.chars().count() <= letters && width_px(line, size, Weight::SemiBold) <= room;
    if fits(title) {
        return vec![title.to_owned()];
    }
    let breaks: Vec<usize> = title.match_indices(' ').map(|(at, _)| at).collect();
    let both = |at: &&usize| fits(&title[..**at]) && fits(&title[**at + 1..]);
    // After a comma or a colon a line ends by itself.
    let is_pause = |at: usize| title[..at].ends_with([',', ':', ';']);
    let length = |at: usize| title[..at].chars().count().abs_diff(title[at + 1..].chars().count());
    let whole = breaks.iter().filter(both).min_by_key(|at| (!is_pause(**at), length(**at)));
    if let Some(&at) = whole {
        return vec![title[..at].to_owned(), title[at + 1..].to_owned()];
    }
    // What is too long even so ends in three dots; who says it keeps to the length.
    let first = breaks.iter().rfind(|at| fits(&title[..**at])).copied();
    let Some(at) = first else { return vec![cut(title, room, size)] };
    let lines = [title[..at].to_owned(), cut(&title[at + 1..], room, size)];
    lines.into_iter().take(MOST_LINES).collect()
}

fn cut(line: &str, room: f64, size: f64) -> String {
    let short: String = line.chars().take(MOST_LETTERS).collect();
    if short.len() == line.len() {
        return fit(line, room, size, Weight::SemiBold).text;
    }
    let at = short.rfind(' ').unwrap_or(short.len());
    fit(&format!("{}\u{2026}", &short[..at]), room, size, Weight::SemiBold).text
}

/// What is not what the title is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Greys {
    pub(super) ground: Color,
    pub(super) band: Color,
    pub(super) node: Color,
}

impl Greys {
    fn of(scheme: Scheme) -> Self {
        let ground = scheme.ground();
        match scheme {
            Scheme::Light => Self { ground, band: Color::hex(0xdf_e3_e8), node: Color::hex(0x6b_76_85) },
            Scheme::Dark | Scheme::HighContrast => {
                Self { ground, band: ground.mix(scheme.ink(), 0.2), node: ground.mix(scheme.ink(), 0.6) }
            }
        }
    }

    /// The band of a hue: paler than its node, and never so pale that it is taken for the rest.
    pub(super) fn lit_band(self, hue: Color) -> Color {
        self.ground.mix(hue, 0.55)
    }

    /// A hue as words have it: as near to it as can be read on the ground.
    pub(super) fn readable(self, hue: Color) -> Color {
        let ink = if self.ground.luminance() > 0.5 { Color::BLACK } else { Color::WHITE };
        let mut shares = (0..=10).map(|tenths| hue.mix(ink, f64::from(tenths) / 10.0));
        shares.find(|color| color.contrast(self.ground) >= 4.5).unwrap_or(ink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(title: &str) -> Vec<String> {
        title_lines(title, 2000.0, 35.0, MOST_LETTERS)
    }

    #[test]
    fn a_title_is_broken_after_a_comma_into_lines_of_a_glance() {
        assert_eq!(
            lines("The council would be £650k worse off, the voluntary sector £400k better off"),
            ["The council would be £650k worse off,", "the voluntary sector £400k better off"]
        );
        assert_eq!(lines("Living Well takes £819m"), ["Living Well takes £819m"]);
    }

    #[test]
    fn what_is_too_long_for_two_lines_ends_in_three_dots_after_a_word() {
        let long = "one two three four five six seven eight nine ten ".repeat(4);
        let lines = lines(long.trim());
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.chars().count() <= MOST_LETTERS + 1), "{lines:?}");
        assert!(lines[1].ends_with('\u{2026}'));
    }
}
