//! The painters agree: what is drawn looks alike in the window, as SVG, as PNG and as PDF, whatever it is and however
//! it is painted.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;
use std::{fs, iter};

use shadowpool::export::Pixels;
use shadowpool::figure::{
    Anchor, Figure, HatchKind, Mark, MarkId, Paint, Point, Rect, RibbonShape, Scheme, Shape, Stroke, Text,
    Weight,
};

use super::support_likeness::{Cell, Difference, Drawn, Tolerance};
use super::support_painters::Painter;

// What there is to draw.

/// Each thing is drawn by itself within so many pixels.
const CELL: (usize, usize) = (72, 56);

/// What a shape is. A new one does not compile until it has a name here, and is not forgotten among the shapes below.
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

/// All shapes but words. No outline here is thicker than what it goes around.
fn shapes() -> Vec<(&'static str, Shape)> {
    let point = Point::new;
    vec![
        ("bar", Rect::new(10.0, 8.0, 60.0, 46.0).into()),
        ("bar between pixels", Rect::new(10.4, 8.3, 60.7, 45.5).into()),
        ("narrow bar", Rect::new(30.0, 8.0, 36.0, 46.0).into()),
        ("ribbon", RibbonShape::sweep(point(8.0, 16.0), point(64.0, 38.0), 14.0).into()),
        ("steep ribbon", RibbonShape::sweep(point(22.0, 10.0), point(50.0, 46.0), 6.0).into()),
        ("thin ribbon", RibbonShape::sweep(point(8.0, 16.0), point(64.0, 38.0), 3.0).into()),
        (
            "line",
            Shape::Line(vec![point(8.0, 40.0), point(24.0, 12.0), point(44.0, 44.0), point(64.0, 20.0)]),
        ),
        ("level line", Shape::line(point(8.0, 28.5), point(64.0, 28.5))),
        ("triangle", Shape::Polygon(vec![point(36.0, 8.0), point(62.0, 46.0), point(10.0, 46.0)])),
        ("part of a ring", Shape::Polygon(ring_part())),
        ("dot", Shape::Dot { centre: point(36.0, 28.0), radius: 16.0 }),
        ("small dot", Shape::Dot { centre: point(36.0, 28.0), radius: 3.2 }),
    ]
}

/// A strip that bends: there along the outside and back along the inside.
fn ring_part() -> Vec<Point> {
    let along = |radius: f64| -> Vec<Point> {
        let angles = (0..=16).map(|step| std::f64::consts::PI * (1.0 + f64::from(step) / 16.0));
        angles.map(|angle| Point::new(36.0 + radius * angle.cos(), 44.0 + radius * angle.sin())).collect()
    };
    along(28.0).into_iter().chain(along(16.0).into_iter().rev()).collect()
}

/// Every way to paint: solid, as bands are, and as what is not pointed at; with each hatch; without an outline, with
/// a thin and a thick one. Whatever more a paint can say does not compile until it is said here.
fn paints(scheme: Scheme) -> Vec<Paint> {
    let hatches = || {
        let hatch = |kind: HatchKind| Some(scheme.hatch_on(kind, scheme.category(3)));
        iter::once(None).chain(HatchKind::ALL.map(hatch))
    };
    let (fill, color) = (scheme.category(3), scheme.category(0));
    let mut paints = Vec::new();
    for opacity in [1.0, 0.46, 0.14] {
        for width_px in [0.0, 1.0, 3.0] {
            let stroke = (width_px > 0.0).then_some(Stroke { color, width_px });
            paints.extend(hatches().map(|hatch| Paint { fill, opacity, stroke, hatch }));
        }
    }
    paints
}

/// Words in each weight, each end of them at its place, with and without a rim and a leader.
fn words(scheme: Scheme) -> Vec<Text> {
    let ends = [(Anchor::Start, 8.0), (Anchor::Middle, 36.0), (Anchor::End, 64.0)];
    // A new end does not compile until it is among those above.
    let _ = |anchor: Anchor| match anchor {
        Anchor::Start | Anchor::Middle | Anchor::End => {}
    };
    let mut words = Vec::new();
    for (anchor, x) in ends {
        let (at, above) = (Point::new(x, 36.0), Point::new(x, 20.0));
        let off = Point::new(36.0, 8.5);
        for weight in Weight::ALL {
            for (size_px, content, leader) in [
                (14.0, "AV £4.3m", vec![]),
                (11.5, "fi, To: ½", vec![above, off]),
                // What hides or turns is a sign in every picture.
                (13.0, "a\u{202e}b\u{200b}c", vec![]),
                (13.0, "Waq", vec![above, off, Point::new(60.0, 8.5)]),
            ] {
                for halo in [None, Some(scheme.category(2))] {
                    let (content, leader) = (content.to_owned(), leader.clone());
                    words.push(Text { at, anchor, size_px, weight, content, leader, halo });
                }
            }
        }
    }
    words
}

// Side by side on a sheet.

struct Thing {
    name: String,
    shape: Shape,
    paint: Paint,
}

/// Things side by side, and how they should look.
struct Sheet {
    scale: u16,
    columns: usize,
    things: Vec<Thing>,
    figure: Figure,
    right: Pixels,
}

impl Sheet {
    fn new(scheme: Scheme, scale: u16, things: Vec<Thing>) -> Self {
        // No painter's picture is wider than tall by much: some have limits.
        let columns = 24;
        let place = |index: usize| {
            let (column, row) = (index % columns, index / columns);
            kurbo::Vec2::new((column * CELL.0) as f64, (row * CELL.1) as f64)
        };
        let marks = things.iter().enumerate().map(|(index, thing)| {
            let id = MarkId::of(&["thing", &index.to_string()]);
            Mark::new(id, thing.shape.translated(place(index)), thing.paint, thing.name.clone())
        });
        let figure = Figure {
            width: (columns * CELL.0) as f64,
            height: (things.len().div_ceil(columns) * CELL.1) as f64,
            title: "Everything there is to draw".to_owned(),
            notes: Vec::new(),
            scheme,
            marks: marks.collect(),
            unbalanced: None,
            words: Vec::new(),
        };
        let right = Painter::Svg.paint(&figure, scale).expect("an SVG can be drawn everywhere");
        Self { scale, columns, things, figure, right }
    }

    fn cell(&self, index: usize) -> Cell {
        let scale = usize::from(self.scale);
        let (left, top) = (index % self.columns * CELL.0 * scale, index / self.columns * CELL.1 * scale);
        Cell { left, top, right: left + CELL.0 * scale, bottom: top + CELL.1 * scale }
    }

    /// Each thing with how far it differs from how it should look.
    fn differences(&self, drawn: &Pixels, pixel: impl Fn(&Thing) -> f64) -> Vec<(&Thing, Difference)> {
        assert_eq!((drawn.width, drawn.height), (self.right.width, self.right.height));
        let ground = self.figure.scheme.ground();
        let of = |index: usize| {
            let [right, drawn] =
                [&self.right, drawn].map(|picture| Drawn::on(ground, picture, self.cell(index)));
            Difference::between(&right, &drawn, self.scale, pixel(&self.things[index]))
        };
        self.things.iter().enumerate().map(|(index, thing)| (thing, of(index))).collect()
    }
}

/// Every shape in every paint on white; on other grounds not in every hatch.
///
/// At two pixels to a pixel: at one, the painter of the SVG draws lines of a pixel too pale to be a measure.
static SHAPES: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    let sheet = |scheme: Scheme, scale: u16, is_told: fn(&Paint) -> bool| {
        let mut things = Vec::new();
        for (name, shape) in shapes() {
            for paint in paints(scheme).into_iter().filter(is_told) {
                let stroke = paint.stroke.map_or(0.0, |stroke| stroke.width_px);
                let hatch = paint.hatch.map(|hatch| hatch.kind);
                let name = format!(
                    "{scheme:?} at {scale}: {name}, opacity {}, outline {stroke} px, hatch {hatch:?}",
                    paint.opacity
                );
                things.push(Thing { name, shape: shape.clone(), paint });
            }
        }
        Sheet::new(scheme, scale, things)
    };
    let is_plain = |paint: &Paint| paint.hatch.is_none_or(|hatch| hatch.kind == HatchKind::Model);
    vec![
        sheet(Scheme::Light, 2, |_| true),
        sheet(Scheme::Dark, 2, is_plain),
        sheet(Scheme::HighContrast, 2, |paint| paint.hatch.is_none() && paint.stroke.is_none()),
    ]
});

/// All words, at the scale of a screen and at twice that.
static WORDS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    let sheet = |scheme: Scheme, scale: u16| {
        let mut things = Vec::new();
        // As of shapes: at one pixel the painter of the SVG draws lines of a pixel too pale to be a measure.
        for text in words(scheme).into_iter().filter(|text| scale > 1 || text.leader.is_empty()) {
            for opacity in [1.0, 0.45] {
                let Text { anchor, size_px, weight, content, leader, halo, .. } = &text;
                let name = format!(
                    "{scheme:?} at {scale}: {content:?}, {weight:?} of {size_px} px, {anchor:?} at its place, \
                     opacity {opacity}, rim {}, leader of {}",
                    halo.is_some(),
                    leader.len()
                );
                let paint = Paint::fill(scheme.ink()).opacity(opacity);
                things.push(Thing { name, shape: text.clone().into(), paint });
            }
        }
        Sheet::new(scheme, scale, things)
    };
    vec![sheet(Scheme::Light, 1), sheet(Scheme::Light, 2), sheet(Scheme::Dark, 2)]
});

/// Draws everything by a painter, and leaves what it drew and every difference in the folder for what tests make.
#[track_caller]
fn check(painter: Painter, of_shapes: impl Fn(&Thing) -> Tolerance, of_words: impl Fn(&Thing) -> Tolerance) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("painters");
    fs::create_dir_all(&folder).expect("tests may write there");
    let (mut all, mut wrong) = (String::new(), String::new());
    for sheet in SHAPES.iter().chain(WORDS.iter()) {
        let Some(drawn) = painter.paint(&sheet.figure, sheet.scale) else { return };
        let is_words = kind(&sheet.things[0].shape) == "words";
        let sheet_name = if is_words { "words" } else { "shapes" };
        for (painter, picture) in [(Painter::Svg, &sheet.right), (painter, &drawn)] {
            let file = format!("{sheet_name}-{:?}-{}-{painter:?}.png", sheet.figure.scheme, sheet.scale);
            let (path, color) = (folder.join(file), image::ColorType::Rgb8);
            image::save_buffer(path, &picture.rgb, picture.width, picture.height, color)
                .expect("a picture can be written there");
        }
        let tolerance = |thing: &Thing| if is_words { of_words(thing) } else { of_shapes(thing) };
        for (thing, difference) in sheet.differences(&drawn, |thing| tolerance(thing).pixel) {
            let _ = writeln!(all, "{}: {difference}", thing.name);
            if !difference.is_within(&tolerance(thing)) {
                let _ = writeln!(wrong, "{}: {difference}", thing.name);
            }
        }
    }
    fs::write(folder.join(format!("{painter:?}.txt")), &all).expect("so can words");
    let count = wrong.lines().count();
    assert!(
        wrong.is_empty(),
        "{painter:?} draws {count} things otherwise, see {}:\n{wrong}",
        folder.display()
    );
}

/// The same outlines in the same places, filled by the same painter of SVG.
const SAME: Tolerance = Tolerance { ink: 0.02, pixel: 0.15, others: 0.01, reach: 0.5 };

/// What another painter makes of it, which puts sides that lie between pixels on whole ones.
const ALIKE: Tolerance = Tolerance { ink: 0.05, pixel: 0.4, others: 0.02, reach: 1.0 };

/// It puts letters on whole pixels too, and makes them a little stronger or weaker.
const ALIKE_WORDS: Tolerance = Tolerance { ink: 0.08, ..ALIKE };

fn is_rimmed(thing: &Thing) -> bool {
    matches!(&thing.shape, Shape::Label(text) if text.halo.is_some())
}

/// In a PDF the rim of each letter is a shape of its own: where rims of pale letters meet they are less pale.
const PALE_RIM: Tolerance = Tolerance { ink: 0.15, ..ALIKE };

fn has_pale_rim(thing: &Thing) -> bool {
    is_rimmed(thing) && thing.paint.opacity < 1.0
}

#[test]
fn every_kind_of_shape_is_drawn_here() {
    let mut drawn: Vec<&str> = shapes().iter().map(|(_, shape)| kind(shape)).collect();
    drawn.push(kind(&words(Scheme::Light)[0].clone().into()));
    assert!(KINDS.iter().all(|kind| drawn.contains(kind)), "{drawn:?}");
}

#[test]
fn a_png_shows_what_the_svg_shows() {
    check(Painter::Png, |_| SAME, |_| SAME);
}

#[test]
fn the_page_of_a_pdf_says_what_the_svg_says() {
    check(Painter::PdfPage, |_| SAME, |thing| if has_pale_rim(thing) { PALE_RIM } else { SAME });
}

#[test]
fn a_pdf_is_shown_as_the_svg_is() {
    let shown = Tolerance { ink: 0.1, ..ALIKE };
    check(Painter::PdfShown, |_| shown, |thing| if has_pale_rim(thing) { PALE_RIM } else { shown });
}

#[test]
fn the_window_without_a_gpu_shows_what_files_show() {
    check(Painter::Window, |_| ALIKE, rim_of_copies);
}

#[test]
fn the_window_of_triangles_shows_what_files_show() {
    // The edge of a pale band shines through it there: bands are pale for the moment in which they come or go.
    let pale_edge = Tolerance { ink: 0.3, pixel: 0.6, others: 0.3, ..ALIKE };
    let is_pale_band = |thing: &Thing| {
        matches!(thing.shape, Shape::Ribbon(_)) && thing.paint.stroke.is_some() && thing.paint.opacity < 1.0
    };
    let of_shapes = |thing: &Thing| if is_pale_band(thing) { pale_edge } else { ALIKE };
    check(Painter::WindowOfTriangles, of_shapes, rim_of_copies);
}

/// The window draws a rim as copies of the words around them, which is less of it around thin letters.
fn rim_of_copies(thing: &Thing) -> Tolerance {
    if is_rimmed(thing) { Tolerance { ink: 0.35, others: 0.2, reach: 2.0, ..ALIKE } } else { ALIKE_WORDS }
}
