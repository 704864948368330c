//! A figure as egui shapes: the only translation from one to the other.

use std::f32::consts::TAU;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{
    Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape as Painted, Stroke, StrokeKind, Vec2, pos2,
    vec2,
};

use super::letters::LetterSize;
use crate::app::style;
use crate::figure::{
    Anchor, Color, Figure, Hatch, Mark, Paint, Point, RibbonShape, Shape, Text, Weight, drawable, unit_of,
};
use crate::painter::{Band, Bands, Rim};

/// Where a figure lies on the screen: its origin, and how many points one of its pixels takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    pub origin: Pos2,
    pub zoom: f32,
}

impl Transform {
    pub(in crate::app) fn to_screen(self, point: Point) -> Pos2 {
        self.origin + vec2(point.x as f32, point.y as f32) * self.zoom
    }

    pub(in crate::app) fn to_figure(self, at: Pos2) -> Point {
        let way = (at - self.origin) / self.zoom;
        Point::new(f64::from(way.x), f64::from(way.y))
    }

    pub(in crate::app) fn rect(self, rect: crate::figure::Rect) -> Rect {
        Rect::from_min_max(
            self.to_screen(Point::new(rect.x0, rect.y0)),
            self.to_screen(Point::new(rect.x1, rect.y1)),
        )
    }
}

/// Points for a pixel of a picture that has this room: all in it grows with it.
pub(in crate::app) fn unit_in(room: Vec2) -> f32 {
    unit_of(f64::from(room.x), f64::from(room.y)) as f32
}

/// The shapes of a whole figure, back to front.
pub fn shapes(painter: &Painter, figure: &Figure, transform: Transform) -> Vec<Painted> {
    shapes_of(painter, &figure.marks, transform)
}

/// The same for some of its marks.
pub(in crate::app) fn shapes_of(painter: &Painter, marks: &[Mark], transform: Transform) -> Vec<Painted> {
    let mut brush = Brush::new(painter, transform);
    for mark in marks {
        brush.mark(mark);
    }
    brush.finish()
}

/// For a radius of one point. With more of them for larger dots, no side is further than a tenth of a point from the
/// circle.
const CORNERS_OF_A_DOT: f32 = 8.0;

struct Brush<'a> {
    painter: &'a Painter,
    transform: Transform,
    /// Whether bands are handed over as they are; otherwise they are triangles.
    is_for_bands: bool,
    /// Bands or triangles that wait to be put down together.
    bands: Vec<Band>,
    mesh: Mesh,
    shapes: Vec<Painted>,
    /// Half the width of a soft edge, in points: an edge is softened over a pixel.
    soft: f32,
}

impl<'a> Brush<'a> {
    fn new(painter: &'a Painter, transform: Transform) -> Self {
        Self {
            painter,
            transform,
            is_for_bands: Bands::are_known_to(painter.ctx()),
            bands: Vec::new(),
            mesh: Mesh::default(),
            shapes: Vec::new(),
            soft: 0.5 / painter.pixels_per_point(),
        }
    }

    fn mark(&mut self, mark: &Mark) {
        let fill = color32(mark.paint.fill, mark.paint.opacity);
        match &mark.shape {
            Shape::Bar(rect) => {
                self.put_down();
                let rect = self.transform.rect(*rect);
                self.shapes.push(Painted::rect_filled(rect, CornerRadius::ZERO, fill));
                if let Some(stroke) = stroke_of(&mark.paint) {
                    let kind = StrokeKind::Middle;
                    self.shapes.push(Painted::rect_stroke(rect, CornerRadius::ZERO, stroke, kind));
                }
            }
            Shape::Ribbon(ribbon) => self.ribbon(ribbon, &mark.paint, fill),
            Shape::Label(text) => {
                self.put_down();
                self.text(text, &mark.paint);
            }
            Shape::Line(points) => {
                self.put_down();
                if let Some(stroke) = stroke_of(&mark.paint) {
                    let points = points.iter().map(|&point| self.transform.to_screen(point)).collect();
                    self.shapes.push(Painted::line(points, stroke));
                }
            }
            Shape::Polygon(points) => {
                self.put_down();
                let points: Vec<Pos2> = points.iter().map(|&point| self.transform.to_screen(point)).collect();
                self.polygon(points, fill, stroke_of(&mark.paint));
            }
            Shape::Dot { centre, radius } => {
                self.put_down();
                let centre = self.transform.to_screen(*centre);
                self.dot(centre, *radius as f32 * self.transform.zoom, fill, stroke_of(&mark.paint));
            }
        }
        if let Some(hatch) = mark.paint.hatch {
            self.hatch(hatch, &mark.shape, mark.paint.opacity);
        }
    }

    /// A band as it is, where that can be painted, or else as a strip of quads with soft edges: feather, edge, edge,
    /// feather.
    fn ribbon(&mut self, ribbon: &RibbonShape, paint: &Paint, fill: Color32) {
        let mut strip: Vec<(Pos2, Pos2)> = ribbon
            .strip()
            .into_iter()
            .map(|(upper, lower)| (self.transform.to_screen(upper), self.transform.to_screen(lower)))
            .collect();
        unfold(&mut strip);
        let rim = stroke_of(paint).map(|stroke| Rim { color: stroke.color, width: stroke.width });
        if let Some(band) = self.is_for_bands.then(|| Band::new(&strip, fill)).flatten() {
            self.put_down_mesh();
            self.bands.push(band.rimmed(rim));
        } else {
            let soft = self.soft;
            if let Some(rim) = rim {
                for edge in [|cut: &(Pos2, Pos2)| cut.0, |cut: &(Pos2, Pos2)| cut.1] {
                    let along: Vec<Pos2> = strip.iter().map(edge).collect();
                    strip_mesh(self.mesh(), &line_strip(&along, rim.width), rim.color, soft);
                }
            }
            strip_mesh(self.mesh(), &strip, fill, soft);
        }
    }

    /// egui fills convex outlines only; any other is a strip, there and back.
    fn polygon(&mut self, points: Vec<Pos2>, fill: Color32, stroke: Option<Stroke>) {
        if points.len() % 2 == 1 || is_convex(&points) {
            self.shapes.push(Painted::convex_polygon(points.clone(), fill, Stroke::NONE));
        } else {
            let (there, back) = points.split_at(points.len() / 2);
            let strip: Vec<(Pos2, Pos2)> = there.iter().copied().zip(back.iter().rev().copied()).collect();
            let soft = self.soft;
            strip_mesh(self.mesh(), &strip, fill, soft);
        }
        if let Some(stroke) = stroke {
            self.outline(points, stroke);
        }
    }

    /// egui would put all of the outline around the dot; half of it lies on the dot, as in files.
    fn dot(&mut self, centre: Pos2, radius: f32, fill: Color32, stroke: Option<Stroke>) {
        self.shapes.push(Painted::circle_filled(centre, radius, fill));
        let Some(stroke) = stroke else { return };
        if radius <= stroke.width / 2.0 {
            let radius = radius + stroke.width / 2.0;
            self.shapes.push(Painted::circle_filled(centre, radius, stroke.color));
            return;
        }
        let corners = (radius.sqrt() * CORNERS_OF_A_DOT).ceil() as usize;
        let corner = |number: usize| centre + radius * Vec2::angled(TAU * number as f32 / corners as f32);
        self.outline((0..corners).map(corner).collect(), stroke);
    }

    fn outline(&mut self, around: Vec<Pos2>, stroke: Stroke) {
        self.put_down();
        self.shapes.push(Painted::closed_line(around, stroke));
    }

    fn hatch(&mut self, hatch: Hatch, shape: &Shape, opacity: f32) {
        let color = color32(hatch.color, hatch.opacity * opacity);
        for (from, to) in hatch.lines(shape) {
            let line = [self.transform.to_screen(from), self.transform.to_screen(to)];
            let soft = self.soft;
            thin_line(self.mesh(), line, hatch.width_px() as f32, color, soft);
        }
    }

    fn text(&mut self, text: &Text, paint: &Paint) {
        let zoom = self.transform.zoom;
        let size = LetterSize::of(text.size_px as f32, zoom);
        let at = self.transform.to_screen(text.at);
        // Of a picture that is zoomed into most words are outside, and no letter of theirs need be made.
        let reach = text.size_px as f32 * zoom * (1.0 + text.content.len() as f32);
        if zoom > 1.0 && !self.painter.clip_rect().expand(reach).contains(at) {
            return;
        }
        let color = color32(paint.fill, paint.opacity);
        let words = drawable(&text.content).into_owned();
        let galley = self.painter.layout_no_wrap(words, font(text.weight, size.made), color);
        let across = galley.size().x * size.scale;
        let baseline = galley
            .rows
            .first()
            .and_then(|row| row.glyphs.first().map(|glyph| row.pos.y + glyph.pos.y))
            .unwrap_or(galley.size().y * 0.8)
            * size.scale;
        let left = match text.anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - across / 2.0,
            Anchor::End => at.x - across,
        };
        let at = pos2(left, at.y - baseline);
        if text.leader.len() > 1 {
            let leader = text.leader.iter().map(|&point| self.transform.to_screen(point)).collect();
            self.shapes.push(Painted::line(leader, Stroke::new(1.0, color.gamma_multiply(0.6))));
        }
        if let Some(halo) = text.halo {
            // Solid copies hide each other; pale ones add up where they overlap, and so are paler.
            let halo = color32(halo, HALO_OPACITY * paint.opacity.powf(1.5));
            for around in HALO {
                let shape = size.shape(at + around * HALO_REACH, &galley, halo);
                self.shapes.push(Painted::Text(shape.with_override_text_color(halo)));
            }
        }
        self.shapes.push(Painted::Text(size.shape(at, &galley, color)));
    }

    /// The triangles that wait, above the bands so far.
    fn mesh(&mut self) -> &mut Mesh {
        self.put_down_bands();
        &mut self.mesh
    }

    fn put_down(&mut self) {
        self.put_down_bands();
        self.put_down_mesh();
    }

    fn put_down_mesh(&mut self) {
        if !self.mesh.is_empty() {
            self.shapes.push(Painted::mesh(std::mem::take(&mut self.mesh)));
        }
    }

    fn put_down_bands(&mut self) {
        if !self.bands.is_empty() {
            let bands = Bands::new(std::mem::take(&mut self.bands));
            self.shapes.push(bands.shape(self.painter.clip_rect()));
        }
    }

    fn finish(mut self) -> Vec<Painted> {
        self.put_down();
        self.shapes
    }
}

/// How far the rim around words reaches, in points: two pixels in files, and copies of words are soft at their edges.
const HALO_REACH: f32 = 1.7;
const HALO_OPACITY: f32 = 0.9;

/// The places around words at which their halo is drawn.
const HALO: [Vec2; 8] = [
    vec2(1.0, 0.0),
    vec2(-1.0, 0.0),
    vec2(0.0, 1.0),
    vec2(0.0, -1.0),
    vec2(0.7, 0.7),
    vec2(-0.7, 0.7),
    vec2(0.7, -0.7),
    vec2(-0.7, -0.7),
];

fn font(weight: Weight, size: f32) -> FontId {
    match weight {
        Weight::Regular => FontId::proportional(size),
        Weight::SemiBold => style::semibold(size),
        Weight::Bold => style::bold(size),
    }
}

pub(in crate::app) fn color32(color: Color, opacity: f32) -> Color32 {
    Color32::from_rgba_unmultiplied(
        color.r,
        color.g,
        color.b,
        (opacity.clamp(0.0, 1.0) * 255.0).round() as u8,
    )
}

/// The stroke of a paint, as pale as all of it.
fn stroke_of(paint: &Paint) -> Option<Stroke> {
    paint.stroke.map(|stroke| Stroke::new(stroke.width_px, color32(stroke.color, paint.opacity)))
}

/// Whether an outline turns one way at all of its corners.
fn is_convex(points: &[Pos2]) -> bool {
    let corner = |index: usize| {
        let at = |step: usize| points[(index + step) % points.len()];
        let (first, second) = (at(1) - at(0), at(2) - at(1));
        first.x * second.y - first.y * second.x
    };
    let turns = || (0..points.len()).map(corner);
    turns().all(|turn| turn >= -1e-3) || turns().all(|turn| turn <= 1e-3)
}

/// Takes the steps back out of the edges of a band that leads from left to right.
///
/// The inner edge of a thick band in a narrow bend turns back for a moment, and cuts across the band cross each other
/// there: what is translucent would be painted twice.
fn unfold(strip: &mut [(Pos2, Pos2)]) {
    let (Some(&first), Some(&last)) = (strip.first(), strip.last()) else { return };
    if last.0.x <= first.0.x || last.1.x <= first.1.x {
        return;
    }
    let (mut upper, mut lower) = (first.0.x, first.1.x);
    for cut in strip {
        upper = upper.max(cut.0.x).min(last.0.x);
        lower = lower.max(cut.1.x).min(last.1.x);
        (cut.0.x, cut.1.x) = (upper, lower);
    }
}

/// A line through points as a strip that reaches so far to either side of it.
fn line_strip(along: &[Pos2], reach: f32) -> Vec<(Pos2, Pos2)> {
    let at = |index: usize| along[index.min(along.len() - 1)];
    let cut = |(index, &point): (usize, &Pos2)| {
        let way = at(index + 1) - at(index.saturating_sub(1));
        // To the left of the way, and so up where it leads to the right.
        let aside = vec2(way.y, -way.x) / way.length().max(1e-4) * reach;
        (point + aside, point - aside)
    };
    along.iter().enumerate().map(cut).collect()
}

/// Puts a strip between two edges into a mesh, both edges softened; thinner than a soft edge it is paler instead.
fn strip_mesh(mesh: &mut Mesh, strip: &[(Pos2, Pos2)], fill: Color32, soft: f32) {
    let start = mesh.vertices.len() as u32;
    for &(upper, lower) in strip {
        let across = lower - upper;
        let width = across.length();
        let way = if width > 1e-4 { across / width } else { vec2(0.0, 1.0) };
        let solid = fill.gamma_multiply((2.0 * width / (width + 2.0 * soft)).clamp(0.12, 1.0));
        let inset = way * soft.min(width / 2.0);
        for (pos, color) in [
            (upper - way * soft, Color32::TRANSPARENT),
            (upper + inset, solid),
            (lower - inset, solid),
            (lower + way * soft, Color32::TRANSPARENT),
        ] {
            mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color });
        }
    }
    for slice in 0..strip.len().saturating_sub(1) as u32 {
        let (near, far) = (start + slice * 4, start + slice * 4 + 4);
        for lane in 0..3 {
            mesh.add_triangle(near + lane, near + lane + 1, far + lane);
            mesh.add_triangle(near + lane + 1, far + lane + 1, far + lane);
        }
    }
}

/// Puts a line of some width into a mesh.
fn thin_line(mesh: &mut Mesh, [from, to]: [Pos2; 2], width: f32, color: Color32, soft: f32) {
    let along = to - from;
    let length = along.length();
    if length < 1e-4 {
        return;
    }
    let aside = vec2(-along.y, along.x) / length;
    if width > 2.0 * soft {
        let aside = aside * (width / 2.0);
        strip_mesh(mesh, &[(from + aside, from - aside), (to + aside, to - aside)], color, soft);
        return;
    }
    // Nothing of it is solid: both soft edges meet in the middle.
    let edge = aside * (width / 2.0 + soft);
    let color = color.gamma_multiply(2.0 * width / (width + 2.0 * soft));
    let start = mesh.vertices.len() as u32;
    for (pos, color) in [
        (from + edge, Color32::TRANSPARENT),
        (from, color),
        (from - edge, Color32::TRANSPARENT),
        (to + edge, Color32::TRANSPARENT),
        (to, color),
        (to - edge, Color32::TRANSPARENT),
    ] {
        mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color });
    }
    for lane in 0..2 {
        mesh.add_triangle(start + lane, start + lane + 1, start + lane + 3);
        mesh.add_triangle(start + lane + 1, start + lane + 4, start + lane + 3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_that_steps_back_in_a_bend_runs_on() {
        let cut = |upper: f32, lower: f32| (pos2(upper, 0.0), pos2(lower, 40.0));
        let mut strip =
            vec![cut(0.0, 0.0), cut(10.0, -5.0), cut(20.0, 26.0), cut(66.0, 24.0), cut(60.0, 60.0)];
        unfold(&mut strip);
        assert!(strip.windows(2).all(|pair| pair[0].0.x <= pair[1].0.x && pair[0].1.x <= pair[1].1.x));
        assert_eq!((strip[0], strip[4]), (cut(0.0, 0.0), cut(60.0, 60.0)));
        assert!(Band::new(&strip, Color32::BLACK).is_some());
    }

    #[test]
    fn a_band_that_leads_back_is_left_as_it_is() {
        let cut = |x: f32| (pos2(x, 0.0), pos2(x, 40.0));
        let back = vec![cut(50.0), cut(70.0), cut(60.0), cut(10.0), cut(20.0)];
        let mut strip = back.clone();
        unfold(&mut strip);
        assert_eq!(strip, back);
    }
}
