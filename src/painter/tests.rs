//! The painter held against what it should give pixel for pixel: rectangles, triangles, textures, bands, and what is
//! painted again when little changes.

use std::sync::Arc;

use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive, Vertex, WHITE_UV};
use egui::{
    Color32, ColorImage, Context, Pos2, RawInput, Rect, TextureId, TextureOptions, TexturesDelta, pos2,
};

use super::{Band, Bands, CpuPainter, PixelRect};

const WHITE: u32 = 0xFFFF_FFFF;
const SIZE: [usize; 2] = [200, 100];

/// A painter that knows one texture of white texels.
fn painter() -> CpuPainter {
    let mut painter = CpuPainter::new();
    painter.update_textures(texture(&ImageDelta::full(
        ColorImage::filled([4, 4], Color32::WHITE),
        TextureOptions::LINEAR,
    )));
    painter
}

fn texture(delta: &ImageDelta) -> TexturesDelta {
    let mut textures = TexturesDelta::default();
    textures.push(TextureId::default(), delta.clone());
    textures
}

fn primitive(mesh: Mesh) -> ClippedPrimitive {
    clipped(mesh, Rect::EVERYTHING)
}

fn clipped(mesh: Mesh, clip_rect: Rect) -> ClippedPrimitive {
    ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }
}

fn rectangle(left: f32, top: f32, right: f32, bottom: f32, color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(Rect::from_min_max(pos2(left, top), pos2(right, bottom)), color);
    mesh
}

fn polygon(points: &[Pos2], color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for &pos in points {
        mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color });
    }
    for i in 2..points.len() as u32 {
        mesh.add_triangle(0, i - 1, i);
    }
    mesh
}

fn paint(painter: &mut CpuPainter, primitives: &[ClippedPrimitive]) -> Vec<PixelRect> {
    painter.paint(SIZE, 1.0, Color32::WHITE, primitives)
}

fn pixel(painter: &CpuPainter, x: usize, y: usize) -> u32 {
    painter.pixels()[y * painter.size()[0] + x]
}

fn count(painter: &CpuPainter, color: u32) -> usize {
    painter.pixels().iter().filter(|&&pixel| pixel == color).count()
}

#[test]
fn a_rectangle_covers_the_pixels_whose_centres_it_holds() {
    let mut painter = painter();
    paint(&mut painter, &[primitive(rectangle(10.0, 20.4, 14.6, 23.0, Color32::BLACK))]);
    let black = 0xFF00_0000;
    assert_eq!(count(&painter, black), 5 * 3);
    assert_eq!((pixel(&painter, 10, 20), pixel(&painter, 14, 22)), (black, black));
    assert_eq!((pixel(&painter, 9, 20), pixel(&painter, 15, 20)), (WHITE, WHITE));
}

#[test]
fn translucent_colors_are_laid_over_each_other() {
    let mut painter = painter();
    let half_blue = Color32::from_rgba_premultiplied(0, 0, 128, 128);
    let half_red = Color32::from_rgba_premultiplied(128, 0, 0, 128);
    paint(
        &mut painter,
        &[
            primitive(rectangle(0.0, 0.0, 20.0, 20.0, half_blue)),
            primitive(rectangle(10.0, 0.0, 30.0, 20.0, half_red)),
        ],
    );
    assert_eq!(pixel(&painter, 5, 5) & 0x00FF_FFFF, 0x7F_7FFF);
    assert_eq!(pixel(&painter, 25, 5) & 0x00FF_FFFF, 0xFF_7F7F);
    assert_eq!(pixel(&painter, 15, 5) & 0x00FF_FFFF, 0xBF_3F7F);
}

#[test]
fn triangles_that_share_a_side_leave_no_gap_and_do_not_overlap() {
    let mut painter = painter();
    let faint = Color32::from_rgba_premultiplied(0, 0, 0, 64);
    let round: Vec<Pos2> = (0..37)
        .map(|i| i as f32 / 37.0 * std::f32::consts::TAU)
        .map(|angle| pos2(60.3 + 40.7 * angle.cos(), 50.1 + 40.7 * angle.sin()))
        .collect();
    paint(&mut painter, &[primitive(polygon(&round, faint))]);
    let once = pixel(&painter, 60, 50);
    assert_ne!(once, WHITE);
    assert_eq!(count(&painter, once) + count(&painter, WHITE), SIZE[0] * SIZE[1]);
    let area = std::f32::consts::PI * 40.7 * 40.7;
    assert!((count(&painter, once) as f32 - area).abs() < 40.0);
}

#[test]
fn colors_run_evenly_between_the_corners() {
    let mut painter = painter();
    let mut mesh = Mesh::default();
    for (x, y, color) in [
        (0.0, 0.0, Color32::BLACK),
        (100.0, 0.0, Color32::WHITE),
        (100.0, 50.0, Color32::WHITE),
        (0.0, 50.0, Color32::BLACK),
    ] {
        mesh.colored_vertex(pos2(x, y), color);
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    paint(&mut painter, &[primitive(mesh)]);
    for y in [0, 25, 49] {
        let row: Vec<u32> = (0..100).map(|x| pixel(&painter, x, y) & 0xFF).collect();
        assert!(row.is_sorted(), "row {y}: {row:?}");
        assert!((i64::from(row[50]) - 129).abs() <= 1, "row {y}: {}", row[50]);
    }
}

#[test]
fn a_translucent_ribbon_is_even_from_slice_to_slice() {
    let mut painter = painter();
    let faint = Color32::from_rgba_premultiplied(0, 0, 0, 64);
    let mut mesh = Mesh::default();
    for i in 0..=16 {
        let t = i as f32 / 16.0;
        let (x, y) = (3.3 + 190.0 * t, 10.2 + 60.0 * t * t * (3.0 - 2.0 * t));
        let corners =
            [(-0.5, Color32::TRANSPARENT), (0.5, faint), (19.5, faint), (20.5, Color32::TRANSPARENT)];
        for (down, color) in corners {
            mesh.colored_vertex(pos2(x, y + down), color);
        }
    }
    for slice in 0..16 {
        for strip in 0..3 {
            let corner = slice * 4 + strip;
            // Both ways of cutting a slice in two.
            if strip == 1 {
                mesh.add_triangle(corner, corner + 1, corner + 5);
                mesh.add_triangle(corner, corner + 5, corner + 4);
            } else {
                mesh.add_triangle(corner, corner + 1, corner + 4);
                mesh.add_triangle(corner + 4, corner + 1, corner + 5);
            }
        }
    }
    paint(&mut painter, &[primitive(mesh)]);
    let once = 191;
    for x in 3..193 {
        let column: Vec<u32> = (0..100).map(|y| pixel(&painter, x, y) & 0xFF).collect();
        let inside = column.iter().filter(|&&shade| shade == once).count();
        assert!((18..=20).contains(&inside), "column {x}: {column:?}");
        assert!(column.iter().all(|&shade| shade >= once), "column {x}: {column:?}");
        let weight: u32 = column.iter().map(|shade| 255 - shade).sum();
        assert!(weight.abs_diff(20 * 64) <= 8, "column {x}: {weight}");
    }
}

#[test]
fn nothing_is_painted_outside_the_clip_rectangle() {
    let mut painter = painter();
    let clip = Rect::from_min_max(pos2(5.0, 5.0), pos2(15.0, 8.0));
    paint(&mut painter, &[clipped(rectangle(0.0, 0.0, 200.0, 100.0, Color32::BLACK), clip)]);
    assert_eq!(count(&painter, 0xFF00_0000), 10 * 3);
}

#[test]
fn a_part_of_a_texture_can_be_replaced() {
    let mut painter = painter();
    let mut mesh = Mesh::default();
    mesh.add_rect_with_uv(
        Rect::from_min_max(pos2(10.0, 10.0), pos2(14.0, 14.0)),
        Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)),
        Color32::BLACK,
    );
    let primitives = [primitive(mesh)];
    paint(&mut painter, &primitives);
    assert_eq!(count(&painter, 0xFF00_0000), 16);

    let hole = ColorImage::filled([2, 2], Color32::TRANSPARENT);
    painter.update_textures(texture(&ImageDelta::partial([1, 1], hole, TextureOptions::LINEAR)));
    let changed = paint(&mut painter, &primitives);
    assert_eq!(changed.len(), 1);
    assert_eq!(count(&painter, 0xFF00_0000), 12);
    assert_eq!(pixel(&painter, 11, 11), WHITE);
}

#[test]
fn only_tiles_that_changed_are_painted_again() {
    let mut painter = painter();
    let still = primitive(rectangle(0.0, 0.0, 200.0, 10.0, Color32::BLACK));
    let moving = |x| primitive(rectangle(x, 70.0, x + 5.0, 75.0, Color32::BLACK));
    assert_eq!(
        paint(&mut painter, &[still.clone(), moving(10.0)]),
        [PixelRect { left: 0, top: 0, right: 200, bottom: 100 }]
    );
    assert_eq!(paint(&mut painter, &[still.clone(), moving(10.0)]), []);
    assert_eq!(
        paint(&mut painter, &[still.clone(), moving(20.0)]),
        [PixelRect { left: 0, top: 64, right: 64, bottom: 96 }]
    );
    assert_eq!(count(&painter, 0xFF00_0000), 2000 + 25);
}

#[test]
fn clipped_text_shows_the_part_that_is_not_clipped() {
    let context = Context::default();
    crate::app::style::install(&context);
    let mut painter = CpuPainter::new();
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, egui::vec2(200.0, 100.0))),
        ..RawInput::default()
    };
    let output = context.run_ui(input, |ui| {
        let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(60.0, 100.0));
        ui.painter().with_clip_rect(clip).text(
            pos2(4.0, 40.0),
            egui::Align2::LEFT_CENTER,
            "Shadow pool 1,204.50",
            egui::FontId::proportional(20.0),
            Color32::BLACK,
        );
    });
    painter.update_textures(output.textures_delta);
    let primitives = context.tessellate(output.shapes, 1.0);
    paint(&mut painter, &primitives);
    let is_ink = |x: usize| (0..100).any(|y| pixel(&painter, x, y) & 0xFF < 100);
    assert!((0..60).filter(|&x| is_ink(x)).count() > 30);
    assert!((60..200).all(|x| !is_ink(x)));
}

#[test]
fn the_picture_can_be_taken_as_an_image() {
    let mut painter = painter();
    paint(&mut painter, &[primitive(rectangle(0.0, 0.0, 1.0, 1.0, Color32::BLACK))]);
    let image = Arc::new(painter.image());
    assert_eq!(image.size, SIZE);
    assert_eq!((image.pixels[0], image.pixels[1]), (Color32::BLACK, Color32::WHITE));
}

/// How much of a picture of black on white is black, in pixels.
fn covered(painter: &CpuPainter) -> f64 {
    painter.pixels().iter().map(|pixel| 1.0 - f64::from(pixel & 0xFF) / 255.0).sum()
}

fn bands(bands: Vec<Band>) -> ClippedPrimitive {
    let rect = Rect::from_min_max(Pos2::ZERO, pos2(SIZE[0] as f32, SIZE[1] as f32));
    let egui::Shape::Callback(callback) = Bands::new(bands).shape(rect) else {
        panic!("bands are a callback")
    };
    ClippedPrimitive { clip_rect: Rect::EVERYTHING, primitive: Primitive::Callback(callback) }
}

#[test]
fn a_band_covers_its_own_area_however_steep_or_thin() {
    for (height, drop) in [(0.3, 0.0), (0.3, 60.0), (1.0, 7.3), (2.5, 80.0), (17.0, 33.0), (40.0, 0.0)] {
        let mut painter = painter();
        // Straight, from column 10 to column 190.
        let cuts: Vec<(Pos2, Pos2)> = (0..=12)
            .map(|cut| {
                let (x, y) = (10.0 + 15.0 * cut as f32, 5.25 + drop * cut as f32 / 12.0);
                (pos2(x, y), pos2(x, y + height))
            })
            .collect();
        let band = Band::new(&cuts, Color32::BLACK).expect("it runs to the right");
        paint(&mut painter, &[bands(vec![band])]);
        let area = f64::from(height) * 180.0;
        assert!((covered(&painter) / area - 1.0).abs() < 0.03, "{height} {drop}: {}", covered(&painter));
    }
}

#[test]
fn a_band_that_turns_back_is_left_to_triangles() {
    let cuts = [(10.0, 5.0), (30.0, 9.0), (28.0, 20.0)].map(|(x, y)| (pos2(x, y), pos2(x, y + 4.0)));
    assert!(Band::new(&cuts, Color32::BLACK).is_none());
}

fn wave(number: usize, color: Color32) -> Band {
    let cuts: Vec<(Pos2, Pos2)> = (0..=20)
        .map(|cut| {
            let x = 4.0 + 9.5 * cut as f32;
            let y = 10.0 + (number * 7 % 60) as f32 + 12.0 * (cut as f32 / 5.0 + number as f32).sin();
            (pos2(x, y), pos2(x, y + 1.0 + (number % 5) as f32))
        })
        .collect();
    Band::new(&cuts, color).expect("it runs to the right")
}

#[test]
fn what_is_kept_of_the_ground_looks_as_if_painted_anew() {
    let end = |painter: &egui::Painter| super::KeptGround::end_in(painter);
    let mut kept = painter();
    for step in 0..12_usize {
        // The ground changes at every fourth step, what lies on it at each.
        let ground = (0..30).map(|number| wave(number + step / 4, Color32::from_black_alpha(90))).collect();
        let context = Context::default();
        Bands::are_painted_in(&context);
        let mut output = context.run_ui(RawInput::default(), |ui| end(ui.painter()));
        output.textures_delta.clear();
        let marks = context.tessellate(output.shapes, 1.0);
        assert!(!marks.is_empty(), "the end of the ground is marked");
        let mut frame = vec![primitive(rectangle(0.0, 0.0, 150.0, 70.0, Color32::YELLOW)), bands(ground)];
        frame.extend(marks);
        frame.push(bands(vec![wave(step * 5, Color32::from_rgb(200, 30, 90))]));
        let left = step as f32 * 11.0;
        frame.push(primitive(rectangle(left, 20.0, left + 30.0, 60.0, Color32::from_black_alpha(120))));
        paint(&mut kept, &frame);
        let mut anew = painter();
        paint(&mut anew, &frame);
        assert!(kept.pixels() == anew.pixels(), "step {step}");
    }
}
