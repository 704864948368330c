//! Every painter that a figure can be drawn by, each to pixels, and how much two of their pictures differ.

use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};

use egui::{Color32, Context, FullOutput, Pos2, RawInput, Rect, vec2};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};
use shadowpool::app::{paint, style};
use shadowpool::export::{Paper, Pixels, pdf, png, svg};
use shadowpool::figure::{FONT_FAMILY, Figure, Weight, font_bytes};
use shadowpool::painter::{Bands, CpuPainter};

use super::support::say_skipped;
use super::support_pdf::page_as_svg;

/// What draws a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Painter {
    /// The SVG, as one that knows nothing of this program draws it.
    Svg,
    Png,
    /// The window where there is no GPU: bands are handed over as they are.
    Window,
    /// The window with a GPU: bands are triangles. They are filled without one here.
    WindowOfTriangles,
    /// What the page of the PDF says is drawn where.
    PdfPage,
    /// The PDF as another program shows it, where it is installed.
    PdfShown,
}

impl Painter {
    /// A figure as pixels, `scale` of them to each of its own; `None`, with a word, where the painter is not here.
    pub(crate) fn paint(self, figure: &Figure, scale: u16) -> Option<Pixels> {
        match self {
            Self::Svg => Some(rasterised(&svg(figure), scale)),
            Self::Png => Some(decoded(&png(figure, f64::from(scale)).expect("it has a size"))),
            Self::Window => Some(window(figure, scale, true)),
            Self::WindowOfTriangles => Some(window(figure, scale, false)),
            Self::PdfPage => {
                let bytes = pdf(figure, Paper::Picture).expect("it has a size");
                Some(rasterised(&page_as_svg(&bytes), scale))
            }
            Self::PdfShown => shown_pdf(&pdf(figure, Paper::Picture).expect("it has a size"), scale),
        }
    }
}

/// The bundled fonts alone, as for the PNG.
static FONTS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for weight in Weight::ALL {
        fonts.load_font_source(Source::Binary(Arc::new(font_bytes(weight))));
    }
    Options { font_family: FONT_FAMILY.to_owned(), fontdb: Arc::new(fonts), ..Options::default() }
});

fn rasterised(svg: &str, scale: u16) -> Pixels {
    let tree = Tree::from_str(svg, &FONTS).unwrap_or_else(|error| panic!("{error}: {svg}"));
    let [width, height] =
        [tree.size().width(), tree.size().height()].map(|side| (side * f32::from(scale)).round() as u32);
    let mut pixmap = Pixmap::new(width, height).expect("a picture has a size");
    let transform = Transform::from_scale(f32::from(scale), f32::from(scale));
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    let rgb = pixmap.data().chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
    Pixels { width, height, rgb }
}

fn decoded(picture: &[u8]) -> Pixels {
    let picture = image::load_from_memory(picture).expect("a picture").to_rgb8();
    Pixels { width: picture.width(), height: picture.height(), rgb: picture.into_raw() }
}

fn window(figure: &Figure, scale: u16, knows_bands: bool) -> Pixels {
    let context = Context::default();
    style::install(&context);
    if knows_bands {
        Bands::are_painted_in(&context);
    }
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(figure.width as f32, figure.height as f32))),
        ..RawInput::default()
    };
    let viewport = input.viewports.entry(input.viewport_id).or_default();
    viewport.native_pixels_per_point = Some(f32::from(scale));
    let FullOutput { shapes, textures_delta, pixels_per_point, .. } = context.run_ui(input, |ui| {
        let transform = paint::Transform { origin: Pos2::ZERO, zoom: 1.0 };
        let painter = ui.painter().with_clip_rect(ui.ctx().content_rect());
        painter.extend(paint::shapes(&painter, figure, transform));
    });
    let mut painter = CpuPainter::new();
    painter.update_textures(textures_delta);
    let ground = figure.scheme.ground();
    let size = [figure.width, figure.height].map(|side| side.round() as usize * usize::from(scale));
    let primitives = context.tessellate(shapes, pixels_per_point);
    painter.paint(size, pixels_per_point, Color32::from_rgb(ground.r, ground.g, ground.b), &primitives);
    let rgb = painter.image().pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    Pixels { width: size[0] as u32, height: size[1] as u32, rgb }
}

/// The first page of a PDF by Poppler.
fn shown_pdf(bytes: &[u8], scale: u16) -> Option<Pixels> {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let (page, picture) = (folder.path().join("page.pdf"), folder.path().join("page"));
    std::fs::write(&page, bytes).expect("it can be written there");
    let dots_per_inch = (96 * scale).to_string();
    let status = Command::new("pdftoppm")
        .args(["-png", "-singlefile", "-r", &dots_per_inch])
        .args([&page, &picture])
        .stderr(Stdio::null())
        .status();
    match status {
        Ok(status) => assert!(status.success(), "pdftoppm shows the page"),
        Err(error) => {
            say_skipped(&format!("the PDF as pdftoppm shows it: {error}"));
            return None;
        }
    }
    Some(decoded(&std::fs::read(picture.with_extension("png")).expect("the page is there")))
}
