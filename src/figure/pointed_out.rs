//! What a picture points out, drawn over its marks: a line of words with a leader, how much something has changed, a
//! bracket over several, all else dimmed. What is to be pointed at is named by the marks that may stand for it; where a
//! picture has none of them nothing is drawn, and that is told.

use super::{
    Anchor, Color, Figure, Mark, MarkId, Paint, Point, Rect, Scheme, Shape, Text, Vec2, Weight, width_px,
};

/// What is to be pointed out. Marks are those that may stand for a thing, the best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pointings {
    /// Words of one line.
    pub callouts: Vec<(Vec<MarkId>, String)>,
    /// "+£250k", and whether that is less.
    pub deltas: Vec<(Vec<MarkId>, String, bool)>,
    /// What is under the bracket, and what that says.
    pub bracket: Option<(Vec<Vec<MarkId>>, String)>,
    /// What alone is not dimmed; with nothing here all is lit.
    pub lit: Vec<Vec<MarkId>>,
    /// The size of letters, px.
    pub size_px: f64,
}

/// What of it the picture does not have, by its place in each list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotPointed {
    pub callouts: Vec<usize>,
    pub bracket: Vec<usize>,
    pub lit: Vec<usize>,
}

/// The picture with what is pointed out in it, and what is not there to be pointed at.
pub fn pointed_out(figure: Figure, pointings: &Pointings) -> (Figure, NotPointed) {
    let mut lost = NotPointed::default();
    let figure = dimmed(figure, &pointings.lit, &mut lost.lit);
    let mut drawing = Annotating { size: pointings.size_px, taken: words_of(&figure), figure };
    if let Some((over, words)) = &pointings.bracket {
        drawing.add_bracket(over, words, &mut lost.bracket);
    }
    for (marks, words, is_less) in &pointings.deltas {
        drawing.add_delta(marks, words, *is_less);
    }
    for (index, (marks, words)) in pointings.callouts.iter().enumerate() {
        if !drawing.add_callout(index, marks, words) {
            lost.callouts.push(index);
        }
    }
    (drawing.figure, lost)
}

/// The first of the marks that the picture has, as the shape that stands for it.
fn shape_of<'a>(figure: &'a Figure, marks: &[MarkId]) -> Option<&'a Mark> {
    marks.iter().find_map(|id| figure.mark(*id).filter(|mark| !matches!(mark.shape, Shape::Label(_))))
}

/// All dimmed but what is to be lit; where nothing of that is there, nothing is.
fn dimmed(figure: Figure, lit: &[Vec<MarkId>], lost: &mut Vec<usize>) -> Figure {
    let mut found = Vec::new();
    for (index, marks) in lit.iter().enumerate() {
        match shape_of(&figure, marks) {
            Some(mark) => found.push(mark.id),
            None => lost.push(index),
        }
    }
    if found.is_empty() { figure } else { figure.dimmed(|target| found.contains(&target)) }
}

fn words_of(figure: &Figure) -> Vec<Rect> {
    let labels = figure.marks.iter().filter(|mark| matches!(mark.shape, Shape::Label(_)));
    labels.map(|mark| mark.shape.bounds()).collect()
}

struct Annotating {
    figure: Figure,
    size: f64,
    /// Where words stand already.
    taken: Vec<Rect>,
}

/// Places are tried at every so many parts of the picture's width and height.
const STEPS: usize = 40;
/// Air around words on a plate, in their size.
const AIR: (f64, f64) = (0.5, 0.35);

impl Annotating {
    fn mark(&self, marks: &[MarkId]) -> Option<&Mark> {
        shape_of(&self.figure, marks)
    }

    /// What stands for a thing together with its words.
    fn with_words(&self, mark: &Mark) -> Rect {
        let words = self.figure.marks.iter().filter(|other| {
            other.target == Some(mark.id) && other.id != mark.id && matches!(other.shape, Shape::Label(_))
        });
        words.fold(mark.shape.bounds(), |room, label| room.union(label.shape.bounds()))
    }

    fn room(&self) -> Rect {
        let edge = self.size / 2.0;
        Rect::new(edge, edge, self.figure.width - edge, self.figure.height - edge)
    }

    /// The box of a line of words.
    fn plate_size(&self, words: &str) -> Vec2 {
        let width = width_px(words, self.size, Weight::SemiBold);
        Vec2::new(width + 2.0 * AIR.0 * self.size, self.size * (1.0 + 2.0 * AIR.1))
    }

    /// How much of other words a box would lie on, px².
    fn overlap(&self, plate: Rect) -> f64 {
        let shared = |other: &Rect| {
            let both = plate.intersect(*other);
            if both.width() > 0.0 && both.height() > 0.0 { both.area() } else { 0.0 }
        };
        self.taken.iter().map(shared).sum()
    }

    /// The best place for a box near what it is of: on no other words, as near as may be.
    fn place_near(&self, of: Rect, size: Vec2) -> Rect {
        let room = self.room();
        let (across, down) = ((room.width() - size.x).max(0.0), (room.height() - size.y).max(0.0));
        let mut best: Option<(f64, Rect)> = None;
        for row in 0..=STEPS {
            for column in 0..=STEPS {
                let share = |step: usize| step as f64 / STEPS as f64;
                let corner = Point::new(room.x0 + across * share(column), room.y0 + down * share(row));
                let plate = Rect::from_origin_size(corner, (size.x, size.y));
                // Words beside a thing, never on it.
                let on_it = plate.inflate(self.size * 0.4, self.size * 0.4).intersect(of);
                let on_it = if on_it.width() > 0.0 && on_it.height() > 0.0 { 1e6 } else { 0.0 };
                let away = distance(plate, of);
                let score = self.overlap(plate.inflate(2.0, 2.0)) * 50.0 + on_it + away;
                if best.as_ref().is_none_or(|(least, _)| score < *least) {
                    best = Some((score, plate));
                }
            }
        }
        best.map_or(of, |(_, plate)| plate)
    }

    /// A place for a box on the level of what it is of, on no other words; none where there is no room so near that one
    /// sees what it is of.
    fn place_in_row(&self, of: Rect, middle: f64, size: Vec2) -> Option<Rect> {
        let (room, gap) = (self.room(), self.size * 0.4);
        let at = |x: f64| Rect::from_origin_size((x, middle - size.y / 2.0), (size.x, size.y));
        let steps = (0..=STEPS).map(|step| step as f64 * self.size / 4.0);
        let both = steps.flat_map(|away| [of.x1 + gap + away, of.x0 - gap - away - size.x]);
        both.map(at).find(|plate| room.contains_rect(*plate) && self.overlap(plate.inflate(2.0, 2.0)) <= 0.0)
    }

    /// A plate with words on it, which nothing else is put on.
    fn add_plate(&mut self, key: &str, plate: Rect, words: &str, ink: Color) {
        let scheme = self.figure.scheme;
        let line = (self.size / 12.0).max(1.0) as f32;
        let paint = Paint::fill(scheme.ground()).outlined(ink, line);
        self.figure.marks.push(Mark::decoration(MarkId::of(&["pointing", key, "plate"]), plate, paint));
        let text = Text::centred(plate.center(), Anchor::Middle, self.size, Weight::SemiBold, words);
        self.figure
            .marks
            .push(Mark::label(MarkId::of(&["pointing", key, "words"]), text, ink).with_tooltip(words));
        self.taken.push(plate);
    }

    fn add_callout(&mut self, index: usize, marks: &[MarkId], words: &str) -> bool {
        let Some(mark) = self.mark(marks) else { return false };
        let (shape, of) = (anchor_of(mark), self.with_words(mark));
        let plate = self.place_near(of, self.plate_size(words));
        let ink = self.figure.scheme.ink();
        let key = format!("callout {index}");
        let from = nearest(plate, shape);
        let line = (self.size / 10.0).max(1.0);
        let leader = Paint::stroke(ink, line as f32);
        self.figure.marks.push(Mark::decoration(
            MarkId::of(&["pointing", &key, "leader"]),
            Shape::line(from, shape),
            leader,
        ));
        let dot = Shape::Dot { centre: shape, radius: line * 2.0 };
        self.figure.marks.push(Mark::decoration(
            MarkId::of(&["pointing", &key, "dot"]),
            dot,
            Paint::fill(ink),
        ));
        self.add_plate(&key, plate, words, ink);
        true
    }

    fn add_delta(&mut self, marks: &[MarkId], words: &str, is_less: bool) {
        let Some(mark) = self.mark(marks) else { return };
        let of = self.with_words(mark);
        let key = format!("delta {}", mark.id.0);
        let middle = mark.shape.bounds().center().y;
        let Some(plate) = self.place_in_row(of, middle, self.plate_size(words)) else { return };
        let scheme = self.figure.scheme;
        let ink = if is_less { scheme.less() } else { scheme.more() };
        self.add_plate(&key, plate, words, readable(ink, scheme));
    }

    fn add_bracket(&mut self, over: &[Vec<MarkId>], words: &str, lost: &mut Vec<usize>) {
        let mut found: Vec<(Rect, Rect)> = Vec::new();
        for (index, marks) in over.iter().enumerate() {
            match self.mark(marks) {
                Some(mark) => found.push((mark.shape.bounds(), self.with_words(mark))),
                None => lost.push(index),
            }
        }
        let Some(((first, _), rest)) = found.split_first() else { return };
        let around = rest.iter().fold(*first, |around, (shape, _)| around.union(*shape));
        let outside = found.iter().fold(around, |outside, (_, words)| outside.union(*words));
        let size = self.plate_size(words);
        let gap = self.size * 0.6;
        // On the side that has room for its words.
        let room = self.room();
        let is_right = room.x1 - outside.x1 >= outside.x0 - room.x0;
        let (spine, tick) =
            if is_right { (outside.x1 + gap, -gap / 2.0) } else { (outside.x0 - gap, gap / 2.0) };
        let spine = spine.clamp(room.x0, room.x1);
        let ink = self.figure.scheme.ink();
        let line = (self.size / 10.0).max(1.0) as f32;
        let marks = &mut self.figure.marks;
        let thin = Paint::stroke(ink, line * 0.5);
        let whole = Shape::line(Point::new(spine, around.y0), Point::new(spine, around.y1));
        marks.push(Mark::decoration(MarkId::of(&["pointing", "bracket", "spine"]), whole, thin));
        for (index, (shape, _)) in found.iter().enumerate() {
            let points = vec![
                Point::new(spine + tick, shape.y0),
                Point::new(spine, shape.y0),
                Point::new(spine, shape.y1),
                Point::new(spine + tick, shape.y1),
            ];
            let id = MarkId::of(&["pointing", "bracket", &index.to_string()]);
            marks.push(Mark::decoration(id, Shape::Line(points), Paint::stroke(ink, line)));
        }
        let spine = Rect::new(spine - 1.0, around.y0, spine + 1.0, around.y1);
        self.taken.push(spine);
        let plate = self.place_near(spine, size);
        self.add_plate("bracket", plate, words, ink);
    }
}

/// Where a leader ends: within a thing, where it is seen to be.
fn anchor_of(mark: &Mark) -> Point {
    let bounds = mark.shape.bounds();
    match &mark.shape {
        Shape::Ribbon(ribbon) => {
            let strip = ribbon.strip();
            let middle = strip.get(strip.len() / 2);
            middle.map_or_else(|| bounds.center(), |(upper, lower)| upper.midpoint(*lower))
        }
        _ => bounds.center(),
    }
}

/// How far two boxes are apart, px.
fn distance(one: Rect, other: Rect) -> f64 {
    let apart = |a0: f64, a1: f64, b0: f64, b1: f64| (b0 - a1).max(a0 - b1).max(0.0);
    let x = apart(one.x0, one.x1, other.x0, other.x1);
    let y = apart(one.y0, one.y1, other.y0, other.y1);
    x.hypot(y)
}

/// The point of a box's edge that is nearest to a point.
fn nearest(plate: Rect, to: Point) -> Point {
    Point::new(to.x.clamp(plate.x0, plate.x1), to.y.clamp(plate.y0, plate.y1))
}

/// A color as words have it.
fn readable(color: Color, scheme: Scheme) -> Color {
    let ground = scheme.ground();
    let mut shares = (0..=10).map(|tenths| color.mix(scheme.ink(), f64::from(tenths) / 10.0));
    shares.find(|color| color.contrast(ground) >= 4.5).unwrap_or_else(|| scheme.ink())
}
