//! A figure as lines of text, to be kept and compared: a line for each mark with what it is, where and in what color.

use std::fmt::Write as _;

use shadowpool::figure::{Anchor, CubicBez, Figure, Mark, MarkId, Paint, Point, Rect, Shape, Text};

/// How bands are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bands {
    /// By the control points of both edges.
    Edges,
    /// By the box around them, which takes a third of the room.
    Boxes,
}

/// The same figure in several schemes: all of the first, and of the others what differs. Colors stand in each line as
/// the first has them; the table at the foot says what they are in the others.
pub(crate) fn figure_text(figures: &[Figure], bands: Bands) -> String {
    let [first, others @ ..] = figures else { return String::new() };
    let (width, height) = (number(first.width), number(first.height));
    let mut text =
        format!("{width} x {height}, {} marks\n{}\n", first.marks.len(), quoted("title", &first.title));
    for note in &first.notes {
        text.extend([&quoted("note", note), "\n"]);
    }
    let (mut paints, mut pen) = (Paints::default(), Pen::new(bands));
    for (index, mark) in first.marks.iter().enumerate() {
        let paint_in = |figure: &Figure| figure.marks.get(index).map_or_else(String::new, paint_text);
        let paint = paints.name(figures.iter().map(paint_in).collect());
        text.extend([&pen.mark(mark, &paint), "\n"]);
    }
    text.push_str(&paints.table(figures));
    for other in others {
        text.push_str(&differences(first, other));
    }
    text
}

/// What a figure has otherwise than another, apart from colors; nothing where it lies alike.
fn differences(figure: &Figure, other: &Figure) -> String {
    let lines = |figure: &Figure| -> Vec<String> {
        let captions = [quoted("title", &figure.title)].into_iter();
        let captions = captions.chain(figure.notes.iter().map(|note| quoted("note", note)));
        captions.chain(figure.marks.iter().map(|mark| Pen::new(Bands::Edges).mark(mark, ""))).collect()
    };
    let (own, others) = (lines(figure), lines(other));
    let mut text = String::new();
    for (number, line) in (1..).zip(&others) {
        if own.get(number - 1) != Some(line) {
            let _ = writeln!(text, "{:?}, line {number}: {line}", other.scheme);
        }
    }
    if others.len() < own.len() {
        let _ = writeln!(text, "{:?}: {} lines, not {}", other.scheme, others.len(), own.len());
    }
    text
}

/// How marks are painted in each scheme, by what they are in the first.
#[derive(Default)]
struct Paints {
    /// Name, and the paint in each scheme.
    known: Vec<(String, Vec<String>)>,
}

impl Paints {
    /// What stands for a paint: what it is in the first scheme, and a number where that alone does not tell it.
    fn name(&mut self, paint: Vec<String>) -> String {
        if let Some((name, _)) = self.known.iter().find(|(_, known)| *known == paint) {
            return name.clone();
        }
        let alike = self.known.iter().filter(|(_, known)| known[0] == paint[0]).count();
        let name = if alike == 0 { paint[0].clone() } else { format!("{} ~{}", paint[0], alike + 1) };
        self.known.push((name.clone(), paint));
        name
    }

    fn table(mut self, figures: &[Figure]) -> String {
        self.known.sort();
        let schemes: Vec<String> = figures.iter().map(|figure| format!("{:?}", figure.scheme)).collect();
        let mut text = format!("\n{}\n", schemes.join(" | "));
        for (name, paint) in &self.known {
            let _ = writeln!(text, "{name} | {}", paint[1..].join(" | "));
        }
        text
    }
}

/// Writes marks one after another. What a mark has in common with the one before is not written again: the bands of
/// a link lie edge to edge and say the same.
struct Pen {
    bands: Bands,
    lower_edge: String,
    tooltip: String,
}

/// What stands for what was written just before.
const AS_BEFORE: &str = "ditto";

impl Pen {
    fn new(bands: Bands) -> Self {
        Self { bands, lower_edge: String::new(), tooltip: String::new() }
    }

    /// A mark as a line: its kind, id, what it points at, its shape, its paint as it is named, and what it says.
    fn mark(&mut self, mark: &Mark, paint: &str) -> String {
        let target = match mark.target {
            Some(target) if target == mark.id => "=".to_owned(),
            Some(target) => format!(">{}", short(target)),
            None => "-".to_owned(),
        };
        let (kind, shape) = match &mark.shape {
            Shape::Bar(rect) => ("bar", boxed(*rect)),
            Shape::Ribbon(ribbon) if self.bands == Bands::Boxes => ("band", boxed(ribbon.bounds())),
            Shape::Ribbon(ribbon) => {
                let (upper, lower) = ribbon.edges();
                ("band", self.edges(edge(upper), edge(lower)))
            }
            Shape::Label(text) => ("words", words(text)),
            Shape::Line(points) => ("line", through(points)),
            Shape::Polygon(points) => ("shape", through(points)),
            Shape::Dot { centre, radius } => ("dot", format!("{} r{}", point(*centre), number(*radius))),
        };
        let mut line = format!("{kind} {} {target} {shape}", short(mark.id));
        if !paint.is_empty() {
            line.extend([" ", paint]);
        }
        if let Shape::Label(text) = &mark.shape {
            let _ = write!(line, " {:?}", text.content);
        }
        if !mark.tooltip.is_empty() {
            let is_new = mark.tooltip != self.tooltip;
            line.extend([
                " ",
                &if is_new { quoted("tip", &mark.tooltip) } else { format!("tip {AS_BEFORE}") },
            ]);
        }
        self.tooltip.clone_from(&mark.tooltip);
        line
    }

    fn edges(&mut self, upper: String, lower: String) -> String {
        let upper = if upper == self.lower_edge { AS_BEFORE.to_owned() } else { upper };
        let edges = format!("{upper} | {lower}");
        self.lower_edge = lower;
        edges
    }
}

fn words(text: &Text) -> String {
    let anchor = match text.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let mut words = format!("{} {anchor} {} {:?}", point(text.at), number(text.size_px), text.weight);
    if !text.leader.is_empty() {
        words.extend([" leader ", &through(&text.leader)]);
    }
    words
}

/// The last 24 bits of an id: they tell the marks of a picture apart, and change whenever it does.
fn short(id: MarkId) -> String {
    format!("{:06x}", id.0 & 0xff_ffff)
}

fn boxed(rect: Rect) -> String {
    format!("{} {}x{}", point(rect.origin()), number(rect.width()), number(rect.height()))
}

/// An edge of a band by its ends and, to whole pixels, by what bends it between them; a control point that is as high
/// as its end is written by its x alone.
fn edge(parts: &[CubicBez]) -> String {
    let mut edge = parts.first().map_or_else(String::new, |part| point(part.p0));
    for part in parts {
        for (control, end) in [(part.p1, part.p0), (part.p2, part.p3)] {
            let (x, y) = (number(control.x.round()), number(control.y.round()));
            let is_level = number(control.y) == number(end.y);
            edge.extend([" ", &if is_level { x } else { format!("{x},{y}") }]);
        }
        edge.extend([" ", &point(part.p3)]);
    }
    edge
}

/// Fill, outline, hatch and rim of a mark in its scheme.
fn paint_text(mark: &Mark) -> String {
    let Paint { fill, opacity, stroke, hatch } = mark.paint;
    let mut text = fill.to_string();
    if opacity < 1.0 {
        let _ = write!(text, "@{}", hundredths(opacity));
    }
    if let Some(stroke) = stroke {
        let _ = write!(text, " edge {} {}", stroke.color, hundredths(stroke.width_px));
    }
    if let Some(hatch) = hatch {
        let _ = write!(text, " {:?} {}@{}", hatch.kind, hatch.color, hundredths(hatch.opacity));
    }
    if let Shape::Label(Text { halo: Some(halo), .. }) = &mark.shape {
        let _ = write!(text, " halo {halo}");
    }
    text
}

fn through(points: &[Point]) -> String {
    points.iter().map(|at| point(*at)).collect::<Vec<_>>().join(" ")
}

fn point(at: Point) -> String {
    format!("{},{}", number(at.x), number(at.y))
}

/// To a tenth of a pixel, which nobody sees; nothing is never below nothing.
fn number(value: f64) -> String {
    let tenths = (value * 10.0).round();
    (if tenths == 0.0 { 0.0 } else { tenths / 10.0 }).to_string()
}

fn hundredths(value: f32) -> String {
    ((f64::from(value) * 100.0).round() / 100.0).to_string()
}

/// Words as they would stand in source, so that line breaks and invisible characters show.
fn quoted(what: &str, words: &str) -> String {
    format!("{what} {words:?}")
}
