//! A story as slides: the caption as a slide's title, the picture sharp, what it says of itself below, what its presenter
//! wants to say in the pane of notes.
//!
//! Written by hand: the crates that were looked at bring another reader of ZIP each, and stamp files with the clock.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::slide_parts::{self as parts, SlideWords};
use super::{Drawing, StoryFileError, title_of};
use crate::export::png;
use crate::figure::visible;
use crate::place::Place;
use crate::scene::scene_words;

/// The room of a picture on a slide, in the units of slides, of which an inch has 914,400.
pub(super) const PICTURE: (u64, u64, u64, u64) = (457_200, 1_143_000, 11_277_600, 4_953_000);
/// The same in pixels: of such a size that the smallest letters, 12 px, are of ten points.
const PICTURE_PX: (f64, f64) = (1036.0, 455.0);
/// Pixels of the picture for each of its own: more than 3,800 from edge to edge of the slide, which is as many as the
/// projectors of halls have.
const SHARP: f64 = 3.5;
/// Sources that a slide names; more of them would be most of its words.
const MOST_SOURCES: usize = 6;

/// The story as slides.
pub(super) fn story_pptx(place: &Place, drawing: &mut Drawing<'_, '_>) -> Result<Vec<u8>, StoryFileError> {
    let mut archive = SlideArchive { zip: ZipWriter::new(Cursor::new(Vec::new())) };
    let count = drawing.pages.len();
    let made = drawing.pages[0].made;
    archive.text("[Content_Types].xml", &parts::content_types(count))?;
    for (name, text) in parts::fixed(&title_of(place), made, count) {
        archive.text(name, &text)?;
    }
    for at in 0..count {
        let figure = drawing.picture(at, PICTURE_PX)?;
        let page = &drawing.pages[at];
        let scene = page.scene.name.clone();
        let picture = png(&figure, SHARP).map_err(|error| StoryFileError::Picture { scene, error })?;
        let mut small: Vec<String> = page.small_print().iter().map(|note| few_sources(note)).collect();
        if let Some(stamp) = page.stamp().filter(|stamp| !small.iter().any(|note| note.contains(stamp))) {
            small.insert(0, format!("{stamp}."));
        }
        let words = SlideWords {
            title: &page.opened.caption,
            alt: &scene_words(&page.opened).join(" "),
            small: &small.join(" "),
            notes: &page.scene.notes,
        };
        let number = at + 1;
        archive.text(&format!("ppt/slides/slide{number}.xml"), &parts::slide(&words))?;
        archive.text(&format!("ppt/slides/_rels/slide{number}.xml.rels"), &parts::slide_relations(number))?;
        archive.text(&format!("ppt/notesSlides/notesSlide{number}.xml"), &parts::notes(&words))?;
        archive.text(
            &format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"),
            &parts::notes_relations(number),
        )?;
        archive.add(&format!("ppt/media/image{number}.png"), &picture, CompressionMethod::Stored)?;
        drawing.done(number)?;
    }
    archive.finish()
}

/// A note that names its sources, with few of them.
fn few_sources(note: &str) -> String {
    let note = visible(note);
    let Some(names) = note.strip_prefix("Sources: ") else { return note.into_owned() };
    let names: Vec<&str> = names.trim_end_matches('.').split("; ").collect();
    if names.len() <= MOST_SOURCES {
        return note.into_owned();
    }
    let more = names.len() - MOST_SOURCES;
    format!("Sources: {} and {more} more (in the audit).", names[..MOST_SOURCES].join("; "))
}

struct SlideArchive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl SlideArchive {
    fn text(&mut self, name: &str, text: &str) -> Result<(), StoryFileError> {
        self.add(name, text.as_bytes(), CompressionMethod::Deflated)
    }

    fn add(&mut self, name: &str, bytes: &[u8], how: CompressionMethod) -> Result<(), StoryFileError> {
        // No clock: the same story gives the same bytes.
        let options =
            SimpleFileOptions::default().compression_method(how).last_modified_time(DateTime::default());
        let failed = |error: String| StoryFileError::Writing(error);
        self.zip.start_file(name, options).map_err(|error| failed(error.to_string()))?;
        self.zip.write_all(bytes).map_err(|error| failed(error.to_string()))
    }

    fn finish(self) -> Result<Vec<u8>, StoryFileError> {
        let bytes = self.zip.finish().map_err(|error| StoryFileError::Writing(error.to_string()))?;
        Ok(bytes.into_inner())
    }
}
