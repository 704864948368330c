//! A figure as the bytes of a file, whatever its kind: the gate that nothing passes that does not add up.

use thiserror::Error;

use super::pdf::{Paper, pdf};
use super::png::{MOST_PIXELS, png, png_on_a4};
use super::svg::svg;
use crate::figure::{Figure, visible};
use crate::flow::Imbalance;

/// The kinds of file that a figure becomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PictureFile {
    Svg,
    /// With so many pixels to each of the figure's own.
    Png(f64),
    /// As large as a landscape page of A4 has room for at 300 dots to the inch.
    PngOnA4,
    Pdf(Paper),
    /// The picture in words, as plain text.
    Words,
}

/// Why a picture cannot be made.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PictureError {
    #[error("a picture of {width} by {height} pixels is too large; the most is {MOST_PIXELS} pixels in all")]
    TooLarge { width: u64, height: u64 },
    #[error("the picture could not be drawn: {0}")]
    Drawing(String),
    #[error("nothing was made, since the picture does not add up through a fault of the program: {0}")]
    Unbalanced(#[from] Imbalance),
}

/// The bytes of a file of the figure.
///
/// # Errors
/// When its money does not add up, when it is too large, or when the writer gives up.
pub fn picture(figure: &Figure, file: PictureFile) -> Result<Vec<u8>, PictureError> {
    adds_up(figure)?;
    match file {
        PictureFile::Svg => Ok(svg(figure).into_bytes()),
        PictureFile::Png(scale) => png(figure, scale),
        PictureFile::PngOnA4 => png_on_a4(figure),
        PictureFile::Pdf(paper) => pdf(figure, paper),
        PictureFile::Words => Ok(words(figure).into_bytes()),
    }
}

/// The picture in words, a line each: its title, what is largest in it, what is not known, the small print.
pub fn words(figure: &Figure) -> String {
    let lines = std::iter::once(figure.title.as_str()).chain(figure.described());
    lines.flat_map(|line| [visible(line), "\n".into()]).collect()
}

/// That a figure's money adds up, without which it leaves the program in no way.
pub(super) fn adds_up(figure: &Figure) -> Result<(), PictureError> {
    figure.unbalanced.clone().map_or(Ok(()), |imbalance| Err(imbalance.into()))
}
