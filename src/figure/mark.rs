//! The marks a figure consists of: shapes at fixed places, their paint, what each stands for. Every output
//! draws these, and a test can read them.

use kurbo::{Affine, CubicBez, Point, Rect, Vec2};

use super::{Color, Hatch, RibbonShape, Scheme, Weight};
use crate::flow::Imbalance;

/// A drawing of `width` by `height` pixels, y downwards. Later marks lie on top of earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub width: f64,
    pub height: f64,
    /// The sentence that says in words what is seen, with the total.
    pub title: String,
    /// The small print at the foot: source, evidence, what should be known.
    pub notes: Vec<String>,
    /// The picture in words, for those who do not see it: what is largest in it, and what is not known.
    pub words: Vec<String>,
    pub scheme: Scheme,
    pub marks: Vec<Mark>,
    /// Why it leaves the program on no account: the money it draws does not add up.
    pub unbalanced: Option<Imbalance>,
}

impl Figure {
    pub fn mark(&self, id: MarkId) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.id == id)
    }

    /// All that is said of it below its title: its words, and what of the small print these have not said.
    pub fn described(&self) -> Vec<&str> {
        let notes = self.notes.iter().filter(|note| !self.words.contains(note));
        self.words.iter().chain(notes).map(String::as_str).collect()
    }

    /// The figure with everything dimmed that can be pointed at but what `is_lit` says of its target.
    #[must_use]
    pub fn dimmed(mut self, is_lit: impl Fn(MarkId) -> bool) -> Self {
        let scheme = self.scheme;
        for mark in &mut self.marks {
            if mark.target.is_some_and(|target| !is_lit(target)) {
                mark.paint.opacity *= match mark.shape {
                    // Words stand back and can still be read; those on a dark bar go with it.
                    Shape::Label(_) if mark.paint.fill.contrast(scheme.ground()) >= 4.5 => {
                        mark.paint.fill = scheme.receding_ink();
                        1.0
                    }
                    Shape::Label(_) => 0.45,
                    // Bands lie over each other and add up.
                    Shape::Ribbon(_) => 0.25,
                    _ => 0.3,
                };
            }
        }
        self
    }

    /// The figure so many times as large, with its letters, strokes and hatches.
    #[must_use]
    pub fn scaled(mut self, by: f64) -> Self {
        (self.width, self.height) = (self.width * by, self.height * by);
        for mark in &mut self.marks {
            mark.shape = mark.shape.scaled(by);
            if let Some(stroke) = &mut mark.paint.stroke {
                stroke.width_px *= by as f32;
            }
            if let Some(hatch) = &mut mark.paint.hatch {
                hatch.unit *= by as f32;
            }
        }
        self
    }

    /// The figure moved by some way.
    #[must_use]
    pub fn translated(mut self, way: Vec2) -> Self {
        for mark in &mut self.marks {
            mark.shape = mark.shape.translated(way);
        }
        self
    }
}

/// How long an amount is drawn before a scale is put on it: pounds, for shapes and nothing else.
pub fn extent(amount: crate::money::Money) -> f64 {
    amount.to_approximate()
}

/// What a mark stands for, the same in every figure that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkId(pub u64);

impl MarkId {
    /// The id of what these words name, such as `["link", "Council", "Early years"]`.
    pub fn of(words: &[&str]) -> Self {
        // FNV-1a, 64 bits: the same on every machine and in every version.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        for word in words {
            word.bytes().for_each(&mut take);
            // No text holds this byte, so ["ab", "c"] and ["a", "bc"] differ.
            take(0xff);
        }
        Self(hash)
    }
}

/// One thing that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub id: MarkId,
    /// What a pointer over this mark is over: itself, what it labels, or nothing for lines of a scale.
    pub target: Option<MarkId>,
    pub shape: Shape,
    pub paint: Paint,
    /// What a tooltip says, and the name that is read aloud; empty for decoration.
    pub tooltip: String,
}

impl Mark {
    /// A mark that can be pointed at.
    pub fn new(id: MarkId, shape: impl Into<Shape>, paint: Paint, tooltip: impl Into<String>) -> Self {
        Self { id, target: Some(id), shape: shape.into(), paint, tooltip: tooltip.into() }
    }

    /// A mark that only helps to read the others.
    pub fn decoration(id: MarkId, shape: impl Into<Shape>, paint: Paint) -> Self {
        Self { id, target: None, shape: shape.into(), paint, tooltip: String::new() }
    }

    /// Words in one color.
    pub fn label(id: MarkId, text: Text, color: Color) -> Self {
        Self::decoration(id, text, Paint::fill(color))
    }

    /// The same mark, standing for another one under the pointer.
    #[must_use]
    pub fn pointing_at(mut self, target: MarkId) -> Self {
        self.target = Some(target);
        self
    }

    #[must_use]
    pub fn with_tooltip(mut self, tooltip: impl Into<String>) -> Self {
        self.tooltip = tooltip.into();
        self
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Bar(Rect),
    Ribbon(RibbonShape),
    Label(Text),
    /// A line through points, drawn by its paint's stroke.
    Line(Vec<Point>),
    /// A convex outline, or a strip: points along one edge and as many back along the other.
    Polygon(Vec<Point>),
    Dot {
        centre: Point,
        radius: f64,
    },
}

impl From<Rect> for Shape {
    fn from(rect: Rect) -> Self {
        Self::Bar(rect)
    }
}

impl From<RibbonShape> for Shape {
    fn from(ribbon: RibbonShape) -> Self {
        Self::Ribbon(ribbon)
    }
}

impl From<Text> for Shape {
    fn from(text: Text) -> Self {
        Self::Label(text)
    }
}

impl Shape {
    /// A straight line.
    pub fn line(from: Point, to: Point) -> Self {
        Self::Line(vec![from, to])
    }

    /// The box the shape lies in, strokes apart.
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Bar(rect) => *rect,
            Self::Ribbon(ribbon) => ribbon.bounds(),
            Self::Label(text) => text.bounds(),
            Self::Line(points) | Self::Polygon(points) => match points.split_first() {
                Some((&first, rest)) => {
                    rest.iter().fold(Rect::from_points(first, first), |rect, point| rect.union_pt(*point))
                }
                None => Rect::ZERO,
            },
            Self::Dot { centre, radius } => Rect::from_center_size(*centre, (radius * 2.0, radius * 2.0)),
        }
    }

    /// The shape so many times as large and as far from the origin.
    #[must_use]
    pub fn scaled(&self, by: f64) -> Self {
        let scale = Affine::scale(by);
        let scaled = |points: &[Point]| points.iter().map(|&point| scale * point).collect();
        match self {
            Self::Bar(rect) => Self::Bar(scale.transform_rect_bbox(*rect)),
            Self::Ribbon(ribbon) => {
                let (upper, lower) = ribbon.edges();
                let edge = |parts: &[CubicBez]| parts.iter().map(|&part| scale * part).collect();
                Self::Ribbon(RibbonShape::between(edge(upper), edge(lower)))
            }
            Self::Label(text) => Self::Label(Text {
                at: scale * text.at,
                size_px: text.size_px * by,
                leader: scaled(&text.leader),
                ..text.clone()
            }),
            Self::Line(points) => Self::Line(scaled(points)),
            Self::Polygon(points) => Self::Polygon(scaled(points)),
            Self::Dot { centre, radius } => Self::Dot { centre: scale * *centre, radius: radius * by },
        }
    }

    #[must_use]
    pub fn translated(&self, way: Vec2) -> Self {
        let moved = |points: &[Point]| points.iter().map(|&point| point + way).collect();
        match self {
            Self::Bar(rect) => Self::Bar(*rect + way),
            Self::Ribbon(ribbon) => Self::Ribbon(ribbon.translated(way)),
            Self::Label(text) => {
                Self::Label(Text { at: text.at + way, leader: moved(&text.leader), ..text.clone() })
            }
            Self::Line(points) => Self::Line(moved(points)),
            Self::Polygon(points) => Self::Polygon(moved(points)),
            Self::Dot { centre, radius } => Self::Dot { centre: *centre + way, radius: *radius },
        }
    }
}

/// Words on one line. They are already as short as their room asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where the anchor stands on the baseline.
    pub at: Point,
    pub anchor: Anchor,
    pub size_px: f64,
    pub weight: Weight,
    pub content: String,
    /// A line that leads from the words to what they name; empty where they stand beside it.
    pub leader: Vec<Point>,
    /// A rim in this color keeps words legible on what lies beneath.
    pub halo: Option<Color>,
}

impl Text {
    /// Words whose capitals are centred on `at.y`.
    pub fn centred(
        at: Point,
        anchor: Anchor,
        size_px: f64,
        weight: Weight,
        content: impl Into<String>,
    ) -> Self {
        // By the capitals: centred by ascenders and descenders, a number would hang below the middle of its
        // row.
        let at = Point::new(at.x, at.y + super::text::cap_height(weight) * size_px / 2.0);
        Self { at, anchor, size_px, weight, content: content.into(), leader: Vec::new(), halo: None }
    }

    pub fn width(&self) -> f64 {
        super::width_px(&self.content, self.size_px, self.weight)
    }

    /// Where the words begin on the left.
    pub fn left(&self) -> f64 {
        match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - self.width() / 2.0,
            Anchor::End => self.at.x - self.width(),
        }
    }

    /// The box around the words, from the height of ascenders to the depth of descenders.
    pub fn bounds(&self) -> Rect {
        let left = self.left();
        let (ascent, descent) = super::text::extent(self.weight);
        Rect::new(
            left,
            self.at.y - ascent * self.size_px,
            left + self.width(),
            self.at.y + descent * self.size_px,
        )
    }
}

/// Which end of the words their position is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    #[default]
    Start,
    Middle,
    End,
}

/// How a shape is filled and outlined; words have its fill as their color.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    pub fill: Color,
    /// Of the fill, its hatch and its stroke together: 0 is nothing, 1 is solid.
    pub opacity: f32,
    /// Around a shape, half of it within. Along a band's edges it lies beneath the band, and all of its width outside: a
    /// band of a pixel would else be nothing but its edges.
    pub stroke: Option<Stroke>,
    pub hatch: Option<Hatch>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub color: Color,
    pub width_px: f32,
}

impl Paint {
    pub const fn fill(color: Color) -> Self {
        Self { fill: color, opacity: 1.0, stroke: None, hatch: None }
    }

    /// For a line.
    pub const fn stroke(color: Color, width_px: f32) -> Self {
        Self { fill: color, opacity: 1.0, stroke: Some(Stroke { color, width_px }), hatch: None }
    }

    #[must_use]
    pub const fn opacity(self, opacity: f32) -> Self {
        Self { opacity, ..self }
    }

    #[must_use]
    pub const fn outlined(self, color: Color, width_px: f32) -> Self {
        Self { stroke: Some(Stroke { color, width_px }), ..self }
    }

    #[must_use]
    pub const fn hatched(self, hatch: Option<Hatch>) -> Self {
        Self { hatch, ..self }
    }
}
