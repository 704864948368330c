//! The painters agree: what is drawn looks alike in the window, as SVG, as PNG and as PDF, whatever it is.

use shadowpool::export::Pixels;
use shadowpool::figure::{
    Anchor, Color, Figure, Hatch, HatchKind, Mark, MarkId, Paint, Point, Rect, RibbonShape, Scheme, Shape,
    Stroke, Text, Weight,
};

use super::support_painters::Painter;

/// What each thing is drawn in by itself, in pixels.
const CELL: (f64, f64) = (72.0, 56.0);

/// How far apart two painters may be on one thing.
///
/// The window puts the sides of bars, upright and level lines and letters on whole pixels, and softens edges over a
/// pixel: so a picture is looked at through a soft glass of three by three pixels, and sums are compared.
struct Tolerance {
    /// Of all that is put on the ground together, as a share of it.
    ink: f64,
    /// So many of the pixels drawn on may be other ones, as a share.
    others: f64,
    /// How much further a thing may reach on any side, in pixels.
    reach: i32,
}

// --- what there is to draw -------------------------------------------------------------------------------------------

/// Each shape in a cell whose corner is at nought; most lie on whole pixels, some do not.
fn shapes() -> Vec<(&'static str, Shape)> {
    let point = Point::new;
    vec![
        ("bar", Rect::new(10.0, 8.0, 60.0, 46.0).into()),
        ("bar between pixels", Rect::new(10.4, 8.3, 60.7, 45.5).into()),
        ("narrow bar", Rect::new(30.0, 8.0, 36.0, 46.0).into()),
        ("ribbon", RibbonShape::sweep(point(8.0, 16.0), point(64.0, 38.0), 14.0).into()),
        ("steep ribbon", RibbonShape::sweep(point(22.0, 10.0), point(50.0, 46.0), 6.0).into()),
        ("thin ribbon", RibbonShape::sweep(point(8.0, 16.0), point(64.0, 38.0), 1.0).into()),
        ("line", Shape::Line(vec![point(8.0, 40.0), point(24.0, 12.0), point(44.0, 44.0), point(64.0, 20.0)])),
        ("level line", Shape::line(point(8.0, 28.5), point(64.0, 28.5))),
        ("triangle", Shape::Polygon(vec![point(36.0, 8.0), point(62.0, 46.0), point(10.0, 46.0)])),
        ("part of a ring", Shape::Polygon(ring_part())),
        ("dot", Shape::Dot { centre: point(36.0, 28.0), radius: 16.0 }),
        ("small dot", Shape::Dot { centre: point(36.0, 28.0), radius: 3.2 }),
    ]
}

/// A strip that bends: there along the outside and back along the inside.
fn ring_part() -> Vec<Point> {
    let along = |radius: f64| {
        (0..=16).map(move |step| {
            let angle = std::f64::consts::PI * (1.0 + f64::from(step) / 16.0);
            Point::new(36.0 + radius * angle.cos(), 44.0 + radius * angle.sin())
        })
    };
    along(28.0).chain(along(16.0).collect::<Vec<_>>().into_iter().rev()).collect()
}

/// Each way of painting. A `Paint` that says something new does not compile here until it says it in some way.
fn paints(scheme: Scheme) -> Vec<Paint> {
    let (fill, color) = (scheme.category(3), scheme.category(0));
    let hatches = || {
        let hatch = |kind| {
            let Hatch { kind, color, opacity } = scheme.hatch(kind);
            Hatch { kind, color, opacity }
        };
        std::iter::once(None).chain(HatchKind::ALL.map(|kind| Some(hatch(kind))))
    };
    let mut paints = Vec::new();
    for opacity in [1.0, 0.46] {
        for width_px in [0.0, 1.0, 3.0] {
            let stroke = (width_px > 0.0).then_some(Stroke { color, width_px });
            paints.extend(hatches().map(|hatch| Paint { fill, opacity, stroke, hatch }));
        }
    }
    paints
}

/// Words with each end at their place, in each weight, with and without a rim and a leader.
fn texts(scheme: Scheme) -> Vec<(String, Shape)> {
    let mut texts = Vec::new();
    for (anchor, x) in [(Anchor::Start, 8.0), (Anchor::Middle, 36.0), (Anchor::End, 64.0)] {
        for weight in Weight::ALL {
            for (size_px, content) in
                [(14.0, "AV £4.3m"), (11.5, "fi, To: ½"), (13.0, "a\u{202e}b\u{200b}c")]
            {
                for halo in [None, Some(scheme.category(2))] {
                    let at = Point::new(x, 36.0);
                    let off = Point::new(x, 12.0);
                    for leader in [vec![], vec![at, off], vec![at, off, Point::new(36.0, 8.5)]] {
                        let name = format!(
                            "{anchor:?} {weight:?} {content:?} at {size_px}, rim {}, leader of {}",
                            halo.is_some(),
                            leader.len()
                        );
                        let content = content.to_owned();
                        let text = Text { at, anchor, size_px, weight, content, leader, halo };
                        texts.push((name, text.into()));
                    }
                }
            }
        }
    }
    texts
}

/// What a shape is. A new one does not compile until it has a name here; then it must be in `shapes` too.
fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Bar(_) => "bar",
        Shape::Ribbon(_) => "ribbon",
        Shape::Label(_) => "words",
        Shape::Line(_) => "line",
        Shape::Polygon(_) => "polygon",
        Shape::Dot { .. } => "dot",
    }
}

const KINDS: [&str; 6] = ["bar", "ribbon", "words", "line", "polygon", "dot"];

// --- drawn side by side ----------------------------------------------------------------------------------------------

/// A thing to draw, and what it is called where painters disagree.
type Thing = (String, Shape, Paint);

/// Things side by side, each in its cell.
struct Sheet {
    figure: Figure,
    names: Vec<String>,
    columns: usize,
}

impl Sheet {
    fn of(scheme: Scheme, columns: usize, things: Vec<Thing>) -> Self {
        let rows = things.len().div_ceil(columns);
        let (mut names, mut marks) = (Vec::new(), Vec::new());
        for (index, (name, shape, paint)) in things.into_iter().enumerate() {
            let corner = ((index % columns) as f64 * CELL.0, (index / columns) as f64 * CELL.1);
            let id = MarkId::of(&["thing", &index.to_string()]);
            marks.push(Mark::new(id, shape.translated(corner.into()), paint, name.clone()));
            names.push(name);
        }
        let figure = Figure {
            width: columns as f64 * CELL.0,
            height: rows as f64 * CELL.1,
            title: "Everything there is".to_owned(),
            notes: Vec::new(),
            scheme,
            marks,
        };
        Self { figure, names, columns }
    }

    /// What a painter draws otherwise than the SVG says, a line for each thing.
    fn differences(&self, painter: Painter, scale: u16, tolerance: &Tolerance) -> Vec<String> {
        let right = Painter::Svg.paint(&self.figure, scale).expect("SVG can be drawn everywhere");
        let Some(drawn) = painter.paint(&self.figure, scale) else { return Vec::new() };
        assert_eq!((drawn.width, drawn.height), (right.width, right.height), "{painter:?}");
        let [right, drawn] = [&right, &drawn].map(|pixels| Ink::of(pixels, self.figure.scheme.ground()));
        let mut differences = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            let cell = Cell::at(index % self.columns, index / self.columns, scale);
            let found = Difference::between(&right, &drawn, &cell);
            if !found.is_within(tolerance) {
                differences.push(format!("{painter:?} at {scale}: {name}: {found}"));
            }
        }
        differences
    }
}

/// The pixels of one thing: from column and row to column and row.
struct Cell {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Cell {
    fn at(column: usize, row: usize, scale: u16) -> Self {
        let [width, height] = [CELL.0, CELL.1].map(|side| side as usize * usize::from(scale));
        Self {
            left: column * width,
            top: row * height,
            right: (column + 1) * width,
            bottom: (row + 1) * height,
        }
    }
}

/// What lies on the ground: how far each pixel is from it.
struct Ink {
    width: usize,
    pixels: Vec<[f64; 3]>,
}

impl Ink {
    fn of(pixels: &Pixels, ground: Color) -> Self {
        let ground = [ground.r, ground.g, ground.b].map(f64::from);
        let pixels_of = |rgb: &[u8]| [0, 1, 2].map(|channel| f64::from(rgb[channel]) - ground[channel]);
        Self { width: pixels.width as usize, pixels: pixels.rgb.chunks_exact(3).map(pixels_of).collect() }
    }

    fn at(&self, x: usize, y: usize) -> [f64; 3] {
        self.pixels[y * self.width + x]
    }

    /// The mean of a pixel and its eight neighbours within the cell; nothing lies outside it.
    fn soft(&self, cell: &Cell, x: usize, y: usize) -> [f64; 3] {
        let mut sum = [0.0; 3];
        for y in y.saturating_sub(1).max(cell.top)..(y + 2).min(cell.bottom) {
            for x in x.saturating_sub(1).max(cell.left)..(x + 2).min(cell.right) {
                for (sum, part) in sum.iter_mut().zip(self.at(x, y)) {
                    *sum += part / 9.0;
                }
            }
        }
        sum
    }

    /// Columns and rows that are drawn on, by more than a share of `contrast`.
    fn reach(&self, cell: &Cell, least: f64) -> Option<[i32; 4]> {
        let mut reach: Option<[i32; 4]> = None;
        for y in cell.top..cell.bottom {
            for x in cell.left..cell.right {
                if largest(self.at(x, y)) > least {
                    let (x, y) = (x as i32, y as i32);
                    let [left, top, right, bottom] = reach.unwrap_or([x, y, x, y]);
                    reach = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
                }
            }
        }
        reach
    }
}

fn largest(channels: [f64; 3]) -> f64 {
    channels.into_iter().fold(0.0, |largest, channel| channel.abs().max(largest))
}

fn apart(a: [f64; 3], b: [f64; 3]) -> f64 {
    largest([0, 1, 2].map(|channel| a[channel] - b[channel]))
}

/// How far two painters are apart on one thing.
#[derive(Debug, Default)]
struct Difference {
    ink: f64,
    others: f64,
    reach: i32,
    /// Of the pixel that differs most, as a share of the contrast.
    worst: f64,
}

impl Difference {
    fn between(right: &Ink, drawn: &Ink, cell: &Cell) -> Self {
        let pixels =
            || (cell.top..cell.bottom).flat_map(|y| (cell.left..cell.right).map(move |x| (x, y)));
        let contrast = pixels().map(|(x, y)| largest(right.at(x, y))).fold(0.0, f64::max);
        if contrast < 2.0 {
            let is_blank = pixels().all(|(x, y)| largest(drawn.at(x, y)) < 4.0);
            return if is_blank { Self::default() } else { Self { ink: 1.0, ..Self::default() } };
        }
        let (mut sums, mut all, mut drawn_on) = ([0.0; 3], [0.0; 3], 0.0);
        let mut others = 0.0;
        let mut worst: f64 = 0.0;
        for (x, y) in pixels() {
            let (a, b) = (right.at(x, y), drawn.at(x, y));
            for channel in 0..3 {
                sums[channel] += a[channel] - b[channel];
                all[channel] += a[channel].abs();
            }
            let (a, b) = (right.soft(cell, x, y), drawn.soft(cell, x, y));
            let apart = apart(a, b) / contrast;
            worst = worst.max(apart);
            drawn_on += f64::from(u8::from(largest(a).max(largest(b)) > 0.1 * contrast));
            others += f64::from(u8::from(apart > PIXEL));
        }
        let least = 0.2 * contrast;
        let reach = match (right.reach(cell, least), drawn.reach(cell, least)) {
            (Some(a), Some(b)) => a.iter().zip(b).map(|(a, b)| (a - b).abs()).max().unwrap_or(0),
            _ => i32::MAX,
        };
        Self { ink: largest(sums) / largest(all), others: others / drawn_on, reach, worst }
    }

    fn is_within(&self, tolerance: &Tolerance) -> bool {
        self.ink <= tolerance.ink && self.others <= tolerance.others && self.reach <= tolerance.reach
    }
}

const PIXEL: f64 = 0.15;

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |share: f64| format!("{:.1}%", share * 100.0);
        let (ink, others, reach) = (percent(self.ink), percent(self.others), self.reach);
        write!(f, "{ink} more or less ink, {others} other pixels (worst {}), {reach} px further", percent(self.worst))
    }
}

fn check(painter: Painter, tolerance: &Tolerance) {
    let mut differences = Vec::new();
    for (scheme, scale) in [(Scheme::Light, 1), (Scheme::Light, 2), (Scheme::Dark, 2)] {
        differences.extend(shapes_sheet(scheme).differences(painter, scale, tolerance));
        differences.extend(texts_sheet(scheme).differences(painter, scale, tolerance));
    }
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

fn shapes_sheet(scheme: Scheme) -> Sheet {
    let mut things = Vec::new();
    for (name, shape) in shapes() {
        for paint in paints(scheme) {
            let stroke = paint.stroke.map_or(0.0, |stroke| stroke.width_px);
            let hatch = paint.hatch.map(|hatch| hatch.kind);
            let name = format!("{scheme:?} {name} at {}, outline {stroke}, {hatch:?}", paint.opacity);
            things.push((name, shape.clone(), paint));
        }
    }
    Sheet::of(scheme, 48, things)
}

fn texts_sheet(scheme: Scheme) -> Sheet {
    let mut things = Vec::new();
    for (name, shape) in texts(scheme) {
        for opacity in [1.0, 0.45] {
            let name = format!("{scheme:?} {name}, at {opacity}");
            things.push((name, shape.clone(), Paint::fill(scheme.ink()).opacity(opacity)));
        }
    }
    Sheet::of(scheme, 24, things)
}

#[test]
fn every_kind_of_shape_is_drawn_here() {
    let drawn: Vec<&str> =
        shapes().iter().map(|(_, shape)| kind(shape)).chain(["words"]).collect();
    assert!(KINDS.iter().all(|kind| drawn.contains(kind)), "{drawn:?}");
}

const ALIKE: Tolerance = Tolerance { ink: 0.02, others: 0.02, reach: 1 };

#[test]
fn a_png_is_the_svg_to_the_pixel() {
    check(Painter::Png, &Tolerance { ink: 0.0, others: 0.0, reach: 0 });
}

#[test]
fn the_page_of_a_pdf_says_what_the_svg_says() {
    check(Painter::PdfPage, &ALIKE);
}

#[test]
fn a_pdf_looks_like_the_svg() {
    check(Painter::PdfShown, &ALIKE);
}

#[test]
fn the_window_looks_like_the_svg() {
    check(Painter::Window, &ALIKE);
}

#[test]
fn the_window_of_triangles_looks_like_the_svg() {
    check(Painter::WindowOfTriangles, &ALIKE);
}
