//! A figure as pixels and as PNG, drawn from its SVG with the bundled fonts alone, so that it is the same on
//! every machine.

use std::sync::{Arc, LazyLock};

use rayon::prelude::{IndexedParallelIterator as _, ParallelIterator as _, ParallelSliceMut as _};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::picture::{PictureError, adds_up};
use super::svg::svg_to_paint;
use crate::figure::{FONT_FAMILY, Figure, Weight, font_bytes};

/// Pixels in all: a wall poster at 200 dots to the inch, and about 400 MB while it is made.
pub(super) const MOST_PIXELS: u64 = 100_000_000;

/// Dots to the inch of a picture at its own size, as CSS counts them.
const DOTS_PER_INCH: f64 = 96.0;

/// Rows drawn at a time. It does not depend on the machine, so that the picture does not either.
/// A screen of 1080 rows gives four of them to draw side by side.
const BAND_ROWS: u32 = 270;

/// A figure as PNG, `scale` pixels to each of its own; at 1 it says 96 dots to the inch, at 2 twice that.
///
/// # Errors
/// When the picture would be too large to be made.
pub fn png(figure: &Figure, scale: f64) -> Result<Vec<u8>, PictureError> {
    let pixels = pixels(figure, scale)?;
    encode(&pixels, scale).map_err(PictureError::Drawing)
}

/// A figure as PNG that fills a landscape page of A4 at 300 dots to the inch, and says so.
///
/// # Errors
/// As [`png()`].
pub(super) fn png_on_a4(figure: &Figure) -> Result<Vec<u8>, PictureError> {
    // 297 by 210 mm.
    const A4: (f64, f64) = (3508.0, 2480.0);
    let scale = (A4.0 / figure.width).min(A4.1 / figure.height);
    let pixels = pixels(figure, scale)?;
    encode(&pixels, 300.0 / DOTS_PER_INCH).map_err(PictureError::Drawing)
}

/// A picture in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Red, green and blue of each pixel, row by row from the top; the ground covers all of a picture.
    pub rgb: Vec<u8>,
}

/// A figure as pixels, for the clipboard; `scale` as for [`png()`].
///
/// # Errors
/// As [`png()`].
pub fn pixels(figure: &Figure, scale: f64) -> Result<Pixels, PictureError> {
    adds_up(figure)?;
    let (width, height) = ((figure.width * scale).round() as u64, (figure.height * scale).round() as u64);
    if width == 0 || height == 0 || width.saturating_mul(height) > MOST_PIXELS {
        return Err(PictureError::TooLarge { width, height });
    }
    let tree = Tree::from_str(&svg_to_paint(figure), &OPTIONS)
        .map_err(|error| PictureError::Drawing(error.to_string()))?;
    let (width, height) = (width as u32, height as u32);
    Ok(Pixels { width, height, rgb: paint(&tree, width, height, scale as f32) })
}

/// Red, green and blue of each pixel, row by row; bands of rows are drawn side by side on all processors.
fn paint(tree: &Tree, width: u32, height: u32, scale: f32) -> Vec<u8> {
    let row_bytes = width as usize * 3;
    let mut rgb = vec![0; row_bytes * height as usize];
    rgb.par_chunks_mut(row_bytes * BAND_ROWS as usize).enumerate().for_each(|(band, rgb)| {
        let rows = (rgb.len() / row_bytes) as u32;
        // Each band draws the whole tree, shifted up: what lies outside is clipped.
        let top = band as f32 * BAND_ROWS as f32;
        let mut pixmap = Pixmap::new(width, rows).expect("a band has a width and a height");
        let place = Transform::from_scale(scale, scale).post_translate(0.0, -top);
        resvg::render(tree, place, &mut pixmap.as_mut());
        // The ground covers all of the picture, so its opacity is left out.
        for (pixel, rgb) in pixmap.data().chunks_exact(4).zip(rgb.chunks_exact_mut(3)) {
            rgb.copy_from_slice(&pixel[..3]);
        }
    });
    rgb
}

/// Only the bundled fonts, so that a picture is the same on every machine.
static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for weight in Weight::ALL {
        fonts.load_font_source(Source::Binary(Arc::new(font_bytes(weight))));
    }
    fonts.set_sans_serif_family(FONT_FAMILY);
    Options { font_family: FONT_FAMILY.to_owned(), fontdb: Arc::new(fonts), ..Options::default() }
});

/// Pixels as PNG, which says that it has so many times the usual dots to the inch.
fn encode(pixels: &Pixels, scale: f64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width, pixels.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Flat colours compress well at any effort.
    encoder.set_compression(png::Compression::Fast);
    let per_metre = (DOTS_PER_INCH * scale / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer.write_image_data(&pixels.rgb).map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(bytes)
}
