//! A figure as a PDF of one page: the same marks at the same places as on screen, words as words that can be
//! searched and copied.

use krilla::Document;
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Rect as PdfRect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{PageLabel, PageSettings};
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::picture::PictureError;
use super::svg::{HALO_OPACITY, HALO_WIDTH_PX, LEADER_OPACITY, hairline};
use crate::figure::{
    Anchor, Color, CubicBez, Figure, Hatch, HatchLine, Mark, Point, RibbonShape, Shape, Text, Weight,
    font_bytes, glyphs, visible, width_px,
};

/// The paper of a PDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// As large as the picture.
    #[default]
    Picture,
    /// A4, landscape, the picture as large as the margins allow.
    A4,
    /// A3, landscape.
    A3,
}

impl Paper {
    /// Width and height in points, a seventy-second of an inch each.
    pub(super) const fn points(self) -> Option<(f64, f64)> {
        match self {
            Self::Picture => None,
            Self::A4 => Some((841.89, 595.28)),
            Self::A3 => Some((1190.55, 841.89)),
        }
    }
}

/// Points to a pixel, at 96 pixels to the inch.
pub(super) const POINTS_PER_PX: f64 = 0.75;
/// Half an inch, which every office printer can print within.
const MARGIN_POINTS: f64 = 36.0;

/// A figure as a PDF of one page, with its font in it and its words as words.
///
/// # Errors
/// When the picture has no size or the writer gives up.
pub fn pdf(figure: &Figure, paper: Paper) -> Result<Vec<u8>, PictureError> {
    let (page_width, page_height, scale) = match paper.points() {
        None => (figure.width * POINTS_PER_PX, figure.height * POINTS_PER_PX, POINTS_PER_PX),
        Some((width, height)) => {
            let scale = ((width - 2.0 * MARGIN_POINTS) / figure.width)
                .min((height - 2.0 * MARGIN_POINTS) / figure.height);
            (width, height, scale)
        }
    };
    let mut book =
        PdfBook::new(Metadata::new().title(figure.title.clone()).description(figure.notes.join("\n")));
    book.add(figure, (page_width, page_height), scale, None)?;
    book.finish()
}

/// Figures as pages of one PDF, each as large as its figure.
///
/// # Errors
/// As [`pdf`].
pub(super) fn pdf_pages(figures: &[Figure]) -> Result<Vec<u8>, PictureError> {
    let said =
        |first: &Figure| Metadata::new().title(first.title.clone()).description(first.notes.join("\n"));
    let mut book = PdfBook::new(figures.first().map_or_else(Metadata::new, said));
    for figure in figures {
        let page = (figure.width * POINTS_PER_PX, figure.height * POINTS_PER_PX);
        book.add(figure, page, POINTS_PER_PX, None)?;
    }
    book.finish()
}

/// A PDF page by page, all of them with the same fonts.
pub(super) struct PdfBook {
    document: Document,
    fonts: [Font; 3],
    outline: Outline,
    is_bookmarked: bool,
    pages: usize,
}

impl PdfBook {
    /// An empty one; the language and the program are said for it.
    pub(super) fn new(metadata: Metadata) -> Self {
        let mut document = Document::new();
        document.set_metadata(metadata.creator("Shadowpool".to_owned()).language("en-GB".to_owned()));
        let fonts = Weight::ALL
            .map(|weight| Font::new(font_bytes(weight).into(), 0).expect("the bundled font is sound"));
        Self { document, fonts, outline: Outline::new(), is_bookmarked: false, pages: 0 }
    }

    /// Names the next page for those who leaf through the outline.
    pub(super) fn bookmark(&mut self, title: &str) {
        self.is_bookmarked = true;
        let top = XyzDestination::new(self.pages, krilla::geom::Point::from_xy(0.0, 0.0));
        self.outline.push_child(OutlineNode::new(visible(title).into_owned(), top));
    }

    /// A page of this size in points, the figure in its middle, so many points to each of its pixels.
    pub(super) fn add(
        &mut self,
        figure: &Figure,
        (page_width, page_height): (f64, f64),
        scale: f64,
        label: Option<String>,
    ) -> Result<(), PictureError> {
        // A page without width or height is none.
        let mut settings = PageSettings::from_wh(page_width as f32, page_height as f32)
            .ok_or(PictureError::TooLarge { width: figure.width as u64, height: figure.height as u64 })?;
        if let Some(label) = label {
            settings = settings.with_page_label(PageLabel::new(None, Some(label), None));
        }
        let mut page = self.document.start_page_with(settings);
        let mut painter = Painter { surface: page.surface(), fonts: &self.fonts };
        painter.surface.push_transform(&Transform::from_row(
            scale as f32,
            0.0,
            0.0,
            scale as f32,
            ((page_width - figure.width * scale) / 2.0) as f32,
            ((page_height - figure.height * scale) / 2.0) as f32,
        ));
        // Paper is the ground of a light picture; a dark one brings its own.
        if figure.scheme.ground() != Color::WHITE {
            let ground = rect_path(0.0, 0.0, figure.width, figure.height);
            painter.filled(ground, figure.scheme.ground(), 1.0);
        }
        for mark in &figure.marks {
            painter.mark(mark);
        }
        painter.surface.pop();
        painter.finish();
        page.finish();
        self.pages += 1;
        Ok(())
    }

    /// Its bytes.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, PictureError> {
        if self.is_bookmarked {
            self.document.set_outline(self.outline);
        }
        self.document.finish().map_err(|error| PictureError::Drawing(format!("{error:?}")))
    }
}

struct Painter<'a> {
    surface: Surface<'a>,
    fonts: &'a [Font; 3],
}

impl Painter<'_> {
    fn finish(self) {
        self.surface.finish();
    }

    fn mark(&mut self, mark: &Mark) {
        let paint = &mark.paint;
        if paint.opacity <= 0.0 {
            return;
        }
        if let Shape::Label(text) = &mark.shape {
            self.text(text, paint.fill, paint.opacity);
            return;
        }
        let Some(path) = outline(&mark.shape) else { return };
        let stroke = match &mark.shape {
            Shape::Ribbon(ribbon) => {
                let hairline = hairline(ribbon.width()) as f32;
                if let Some(rim) = paint.stroke {
                    self.rim(ribbon, rim.color, 2.0 * rim.width_px + hairline, paint.opacity);
                }
                Some((paint.fill, hairline)).filter(|stroke| stroke.1 > 0.0)
            }
            _ => paint.stroke.map(|stroke| (stroke.color, stroke.width_px)),
        };
        let is_line = matches!(mark.shape, Shape::Line(_));
        self.surface.set_fill((!is_line).then(|| fill(paint.fill, paint.opacity)));
        let corners = if is_line { LineJoin::Round } else { LineJoin::Miter };
        let line = |(color, width)| Stroke { line_join: corners, ..line(color, width, paint.opacity) };
        self.surface.set_stroke(stroke.map(line));
        if !is_line || stroke.is_some() {
            self.surface.draw_path(&path);
        }
        if let Some(hatch) = paint.hatch {
            self.hatch(hatch, &hatch.lines(&mark.shape), paint.opacity);
        }
    }

    fn filled(&mut self, path: Option<Path>, color: Color, opacity: f32) {
        let Some(path) = path else { return };
        self.surface.set_fill(Some(fill(color, opacity)));
        self.surface.set_stroke(None);
        self.surface.draw_path(&path);
    }

    /// What is seen of a stroke along the edges of a band, beneath it: the half on its outside.
    fn rim(&mut self, ribbon: &RibbonShape, color: Color, width: f32, opacity: f32) {
        let mut path = PathBuilder::new();
        for edge in <[&[CubicBez]; 2]>::from(ribbon.edges()) {
            let Some(first) = edge.first() else { continue };
            path.move_to(first.p0.x as f32, first.p0.y as f32);
            for part in edge {
                curve(&mut path, part.p1, part.p2, part.p3);
            }
        }
        let Some(path) = path.finish() else { return };
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(line(color, width, opacity)));
        self.surface.draw_path(&path);
    }

    fn hatch(&mut self, hatch: Hatch, lines: &[HatchLine], opacity: f32) {
        let mut path = PathBuilder::new();
        for (from, to) in lines {
            path.move_to(hundredths(from.x), hundredths(from.y));
            path.line_to(hundredths(to.x), hundredths(to.y));
        }
        let Some(path) = path.finish() else { return };
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(line(hatch.color, hatch.width_px() as f32, hatch.opacity * opacity)));
        self.surface.draw_path(&path);
    }

    fn text(&mut self, text: &Text, color: Color, opacity: f32) {
        if let Some(path) = through(&text.leader, false) {
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(line(color, 1.0, opacity * LEADER_OPACITY)));
            self.surface.draw_path(&path);
        }
        let content = visible(&text.content);
        let shaped = glyphs(&content, text.weight);
        let placed: Vec<KrillaGlyph> = shaped
            .iter()
            .enumerate()
            .map(|(index, glyph)| {
                // A glyph's text ends where that of the next begins; glyphs of one letter begin at the same
                // byte.
                let end = shaped[index..].iter().map(|later| later.start).find(|&start| start > glyph.start);
                KrillaGlyph::new(
                    GlyphId::new(glyph.id),
                    glyph.advance as f32,
                    glyph.x_offset as f32,
                    glyph.y_offset as f32,
                    0.0,
                    glyph.start..end.unwrap_or(content.len()),
                    None,
                )
            })
            .collect();
        if placed.is_empty() {
            return;
        }
        let width = width_px(&content, text.size_px, text.weight);
        let left = match text.anchor {
            Anchor::Start => text.at.x,
            Anchor::Middle => text.at.x - width / 2.0,
            Anchor::End => text.at.x - width,
        };
        let start = krilla::geom::Point::from_xy(left as f32, text.at.y as f32);
        let font = &self.fonts[text.weight as usize];
        if let Some(halo) = text.halo {
            // Solid words hide what lies beneath them.
            self.surface.set_fill((opacity < 1.0).then(|| fill(halo, opacity)));
            self.surface.set_stroke(Some(line(halo, HALO_WIDTH_PX as f32, opacity * HALO_OPACITY)));
            // The rim is letters too, which say nothing: whoever reads or searches finds the words once.
            self.surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(Some(""))));
            self.surface.draw_glyphs(start, &placed, font.clone(), &content, text.size_px as f32, false);
            self.surface.end_tagged();
        }
        self.surface.set_fill(Some(fill(color, opacity)));
        self.surface.set_stroke(None);
        self.surface.draw_glyphs(start, &placed, font.clone(), &content, text.size_px as f32, false);
    }
}

fn outline(shape: &Shape) -> Option<Path> {
    match shape {
        Shape::Bar(rect) => rect_path(rect.x0, rect.y0, rect.x1, rect.y1),
        Shape::Ribbon(ribbon) => ribbon_path(ribbon),
        Shape::Line(points) => through(points, false),
        Shape::Polygon(points) => through(points, true),
        Shape::Dot { centre, radius } => dot_path(*centre, *radius),
        Shape::Label(_) => None,
    }
}

fn rect_path(x0: f64, y0: f64, x1: f64, y1: f64) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(PdfRect::from_ltrb(x0 as f32, y0 as f32, x1 as f32, y1 as f32)?);
    path.finish()
}

fn curve(path: &mut PathBuilder, a: Point, b: Point, c: Point) {
    path.cubic_to(a.x as f32, a.y as f32, b.x as f32, b.y as f32, c.x as f32, c.y as f32);
}

fn ribbon_path(ribbon: &RibbonShape) -> Option<Path> {
    let (upper, lower) = ribbon.edges();
    let (first, last) = (upper.first()?, lower.last()?);
    let mut path = PathBuilder::new();
    path.move_to(first.p0.x as f32, first.p0.y as f32);
    for part in upper {
        curve(&mut path, part.p1, part.p2, part.p3);
    }
    path.line_to(last.p3.x as f32, last.p3.y as f32);
    for part in lower.iter().rev() {
        curve(&mut path, part.p2, part.p1, part.p0);
    }
    path.close();
    path.finish()
}

fn through(points: &[Point], closed: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.x as f32, first.y as f32);
    for point in rest {
        path.line_to(point.x as f32, point.y as f32);
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// A circle of four cubic curves.
fn dot_path(centre: Point, radius: f64) -> Option<Path> {
    // How far the handles of a cubic stand out so that four of them differ from a circle by less than three
    // hundredths of a percent.
    const ARC: f64 = 0.552_284_75;
    let at = |x: f64, y: f64| ((centre.x + x * radius) as f32, (centre.y + y * radius) as f32);
    let mut path = PathBuilder::new();
    let (x, y) = at(1.0, 0.0);
    path.move_to(x, y);
    for (cos, sin) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
        let (x1, y1) = at(cos - ARC * sin, sin + ARC * cos);
        let (x2, y2) = at(ARC * cos - sin, ARC * sin + cos);
        let (x, y) = at(-sin, cos);
        path.cubic_to(x1, y1, x2, y2, x, y);
    }
    path.close();
    path.finish()
}

/// A length to a hundredth of a pixel, as in SVG: of a hatch, which is thousands of them, more digits would be most of
/// the file.
fn hundredths(length: f64) -> f32 {
    ((length * 100.0).round() / 100.0) as f32
}

fn fill(color: Color, opacity: f32) -> Fill {
    Fill { paint: rgb(color).into(), opacity: share(opacity), rule: FillRule::NonZero }
}

fn line(color: Color, width_px: f32, opacity: f32) -> Stroke {
    Stroke {
        paint: rgb(color).into(),
        width: width_px,
        opacity: share(opacity),
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        // As SVG has it where nothing is said.
        miter_limit: 4.0,
        ..Stroke::default()
    }
}

fn rgb(color: Color) -> rgb::Color {
    rgb::Color::new(color.r, color.g, color.b)
}

fn share(opacity: f32) -> NormalizedF32 {
    NormalizedF32::new(opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}
