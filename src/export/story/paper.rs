//! A story as a PDF: a scene a page under its caption, with its small print, and its notes where they are asked for.

use krilla::metadata::{DateTime, Metadata};

use super::notes::{HEADING_PX, LINE_PX, MARGIN_PX, empty_page, lines_in, note_lines, note_marks};
use super::{Drawing, StoryFileError, title_of};
use crate::export::pdf::{POINTS_PER_PX, PdfBook};
use crate::export::{Paper, PictureError};
use crate::figure::{Figure, Frame, Scheme, Weight, fit};
use crate::place::Place;

/// What stays white around a page's own margins, points: with them half an inch, which every office printer can print
/// within.
const WHITE_POINTS: f64 = 18.0;
/// Of a page notes take at most so much, and the rest of them is on pages behind it: a picture needs its room.
const MOST_OF_PAGE: f64 = 0.34;

/// The story on pages of paper.
pub(super) fn story_pdf(
    place: &Place,
    drawing: &mut Drawing<'_, '_>,
    paper: Paper,
    with_notes: bool,
) -> Result<Vec<u8>, StoryFileError> {
    let (width, height) = paper.points().unwrap_or((960.0, 540.0));
    let inside = |points: f64| (points - 2.0 * WHITE_POINTS) / POINTS_PER_PX;
    let size = (inside(width), inside(height));
    let made = drawing.pages[0].made;
    let mut metadata = Metadata::new().title(title_of(place));
    if let Some(day) = made.day() {
        // The day that was given, so that the same story gives the same bytes.
        metadata = metadata.creation_date(DateTime::new(made.year()).month(made.month()).day(day));
    }
    let mut book = PdfBook::new(metadata);
    for at in 0..drawing.pages.len() {
        let notes = if with_notes { drawing.pages[at].scene.notes.trim() } else { "" };
        let lines = note_lines(notes, size.0 - 2.0 * MARGIN_PX);
        let (first, rest) = lines.split_at(lines.len().min(lines_in(size.1 * MOST_OF_PAGE)));
        let name = drawing.pages[at].scene.name.clone();
        let in_scene = |error: PictureError| StoryFileError::Picture { scene: name.clone(), error };
        let figure = scene_page(drawing, at, size, first)?;
        let number = (at + 1).to_string();
        book.bookmark(&drawing.pages[at].opened.caption);
        book.add(&figure, (width, height), POINTS_PER_PX, Some(number.clone())).map_err(in_scene)?;
        let a_page = lines_in(size.1 - 2.0 * MARGIN_PX).max(1);
        for (sheet, lines) in rest.chunks(a_page).enumerate() {
            let caption = &drawing.pages[at].opened.caption;
            let heading = format!("Notes, continued: {caption}");
            let heading = fit(&heading, size.0 - 2.0 * MARGIN_PX, 16.0, Weight::SemiBold).text;
            let mut page = empty_page(size, caption, Scheme::Light);
            page.marks = note_marks(&heading, lines, MARGIN_PX, Scheme::Light);
            let label = format!("{number}, notes {}", sheet + 1);
            book.add(&page, (width, height), POINTS_PER_PX, Some(label)).map_err(in_scene)?;
        }
        drawing.done(at + 1)?;
    }
    book.finish().map_err(|error| StoryFileError::Writing(error.to_string()))
}

/// The page of a scene, with the first lines of its notes at its foot.
fn scene_page(
    drawing: &mut Drawing<'_, '_>,
    at: usize,
    size: (f64, f64),
    notes: &[String],
) -> Result<Figure, StoryFileError> {
    let below = if notes.is_empty() { 0.0 } else { HEADING_PX + LINE_PX * notes.len() as f64 + MARGIN_PX };
    let (width, height) = (size.0, size.1 - below);
    let caption = drawing.pages[at].opened.caption.clone();
    let draw = |drawing: &mut Drawing<'_, '_>| {
        let small = drawing.pages[at].small_print();
        let frame = Frame::new(width, height, &caption, &small);
        let figure = frame.try_in_units(|inside| drawing.picture(at, inside))?;
        Ok((frame, small, figure))
    };
    let told = drawing.pages[at].told.len();
    let mut drawn = draw(drawing)?;
    if drawing.pages[at].told.len() > told {
        // What cannot be pointed at is known once it is drawn, and stands on the page too.
        drawn = draw(drawing)?;
    }
    let (frame, small, figure) = drawn;
    let mut page = frame.around(Figure { title: caption, notes: small, ..figure });
    if !notes.is_empty() {
        page.marks.extend(note_marks("Notes", notes, height, page.scheme));
        page.height = size.1;
    }
    Ok(page)
}
