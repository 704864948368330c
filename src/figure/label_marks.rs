//! The marks of a label beside its node: what its words stand on where bands run, the words, and the line that leads to the
//! node that they had to move off.

use rustc_hash::FxHashMap;

use super::flows::label_mark;
use super::node_label::{SetLabel, WordTone, line_width};
use super::{Anchor, Color, Mark, MarkId, Paint, Point, Rect, Scheme, Shape, Text};

/// Around words that stand on bands, px, and how round that is.
const PLATE_PX: f64 = 3.0;
const PLATE_ROUND_PX: f64 = 2.0;
/// How much of what lies beneath a plate it hides.
const PLATE: f32 = 0.88;
/// A leader is level for so long at either end, px.
const LEVEL_PX: f64 = 5.0;
/// What is no farther off its node stands beside it, px.
const BESIDE_PX: f64 = 1.0;
/// How far letters reach below their baseline, of their size.
const BELOW: f64 = 0.2;

/// Where a label stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelPlace {
    /// Its node.
    pub(super) bar: Rect,
    pub(super) is_right: bool,
    /// From its node, px.
    pub(super) gap: f64,
    /// The middle of its lines, px.
    pub(super) y: f64,
    pub(super) is_on_bands: bool,
}

/// The colors of a label's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inks {
    pub(super) name: Color,
    pub(super) amount: Color,
    pub(super) quiet: Color,
}

impl Inks {
    pub(super) fn of(scheme: Scheme) -> Self {
        Self { name: scheme.ink(), amount: scheme.ink(), quiet: scheme.faint_ink() }
    }

    pub(super) const fn all(color: Color) -> Self {
        Self { name: color, amount: color, quiet: color }
    }
}

impl SetLabel {
    /// Its marks beside a node: what it stands on, its words, and the line to its node.
    pub(super) fn marks(
        &self,
        node: MarkId,
        tooltip: &str,
        place: LabelPlace,
        inks: Inks,
        ground: Color,
    ) -> Vec<Mark> {
        let near = if place.is_right { place.bar.x1 + place.gap } else { place.bar.x0 - place.gap };
        let mut leader = leader_to(place, near);
        let (mut marks, mut words) = (Vec::new(), Vec::new());
        let mut y = place.y - self.height() / 2.0;
        for line in &self.lines {
            let height = self.height_of(line);
            let middle = y + height / 2.0;
            y += height;
            let mut x = if place.is_right { near } else { near - line_width(line) };
            for (number, word) in line.iter().enumerate() {
                if number > 0 {
                    x += word.before();
                }
                let mut text = Text::centred(
                    Point::new(x, middle),
                    Anchor::Start,
                    word.px,
                    word.weight,
                    word.text.as_str(),
                );
                x += word.width();
                text.leader = std::mem::take(&mut leader);
                let color = match word.tone {
                    WordTone::Name => inks.name,
                    WordTone::Amount => inks.amount,
                    WordTone::Quiet => inks.quiet,
                };
                let mark = Mark::label(label_mark(&word.what, node), text, color);
                words.push(mark.pointing_at(node).with_tooltip(tooltip));
            }
        }
        if place.is_on_bands {
            marks.extend(plate(node, &words, ground));
        }
        marks.extend(words);
        marks
    }
}

/// The line from a node to the words that had to move off it: level at both ends; none where their middle is beside it.
fn leader_to(place: LabelPlace, near: f64) -> Vec<Point> {
    let bar = place.bar;
    // Half a pixel more than a node of a pixel's height has: at that nobody sees that it stands off.
    if (bar.y0 - BESIDE_PX..=bar.y1 + BESIDE_PX).contains(&place.y) {
        return Vec::new();
    }
    let way = if place.is_right { 1.0 } else { -1.0 };
    let edge = if place.is_right { bar.x1 } else { bar.x0 };
    let from = place.y.clamp(bar.y0, bar.y1);
    // Half of the line's width stays within a node of a pixel.
    let from = if bar.height() > 1.0 { from.clamp(bar.y0 + 0.5, bar.y1 - 0.5) } else { bar.center().y };
    let level = LEVEL_PX.min(place.gap / 3.0) * way;
    // Short of the letters.
    let end = near - 1.5 * way;
    [(edge, from), (edge + level, from), (end - level, place.y), (end, place.y)].map(Point::from).to_vec()
}

/// What words on bands stand on, so that they can be read whatever runs there.
fn plate(node: MarkId, words: &[Mark], ground: Color) -> Option<Mark> {
    let room = words.iter().filter_map(|mark| match &mark.shape {
        Shape::Label(text) => Some(seen(text)),
        _ => None,
    });
    let room = room.reduce(|room, word| room.union(word))?.inflate(PLATE_PX, PLATE_PX);
    Some(Mark::decoration(
        plate_mark(node),
        Shape::Polygon(rounded(room)),
        Paint::fill(ground).opacity(PLATE),
    ))
}

/// Plates as wide as what is said on them now.
pub(super) fn refit_plates(marks: &mut [Mark]) {
    let mut rooms: FxHashMap<MarkId, Rect> = FxHashMap::default();
    for mark in marks.iter() {
        if let (Shape::Label(text), Some(node)) = (&mark.shape, mark.target) {
            let room = rooms.entry(plate_mark(node)).or_insert_with(|| seen(text));
            *room = room.union(seen(text));
        }
    }
    for mark in marks.iter_mut() {
        if let (Shape::Polygon(plate), Some(room)) = (&mut mark.shape, rooms.get(&mark.id)) {
            *plate = rounded(room.inflate(PLATE_PX, PLATE_PX));
        }
    }
}

fn plate_mark(node: MarkId) -> MarkId {
    MarkId::of(&["plate", &node.0.to_string()])
}

/// What is seen of words: from the height of capitals to where letters end below.
fn seen(text: &Text) -> Rect {
    let left = text.left();
    let top = text.at.y - super::cap_height(text.weight) * text.size_px;
    Rect::new(left, top, left + text.width(), text.at.y + BELOW * text.size_px)
}

/// The outline of a box with round corners.
fn rounded(room: Rect) -> Vec<Point> {
    let round = PLATE_ROUND_PX;
    let corners =
        [(room.x1, room.y0, 0.0), (room.x1, room.y1, 1.0), (room.x0, room.y1, 2.0), (room.x0, room.y0, 3.0)];
    let turn = std::f64::consts::FRAC_PI_2;
    corners
        .into_iter()
        .flat_map(|(x, y, quarter)| {
            let centre = Point::new(
                x.clamp(room.x0 + round, room.x1 - round),
                y.clamp(room.y0 + round, room.y1 - round),
            );
            // From above clockwise; three points of each corner are round enough at two pixels.
            [0.0, 0.5, 1.0].map(|share| {
                let angle = turn * (quarter - 1.0 + share);
                centre + super::Vec2::new(angle.cos(), angle.sin()) * round
            })
        })
        .collect()
}
