//! The story of a place to be taken away: its scenes as pages of a PDF, as slides, or as one page for a browser that needs
//! nothing else.
//!
//! Each is drawn scene by scene by the functions that draw the window's pictures, and says at each what of it does not
//! apply any more.

mod html;
mod html_picture;
mod notes;
mod paper;
mod slide_parts;
mod slides;

use std::ops::ControlFlow;

use thiserror::Error;

use super::Paper;
use super::picture::{PictureError, adds_up};
use crate::dimension::Date;
use crate::figure::{Figure, Scheme};
use crate::place::{Place, Scene};
use crate::scene::{OpenedScene, SceneOptions, ScenePage, open_scene, scene_captions, scene_picture};
use crate::words::counted;

/// What a story is taken away as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoryFile {
    Pdf(Paper),
    Pptx,
    Html,
}

/// How a story is taken away.
#[derive(Clone, Copy, Debug)]
pub struct StoryOptions {
    pub file: StoryFile,
    /// With what its presenter wants to say, where whoever reads it sees that. Slides have it beside them in any case.
    pub with_notes: bool,
    /// The day that it says it was made on.
    pub made: Date,
}

/// A story as the bytes of a file.
#[derive(Clone, Debug)]
pub struct StoryBytes {
    pub bytes: Vec<u8>,
    /// What of its scenes does not apply any more, each with the name of its scene.
    pub told: Vec<String>,
}

/// Why a story is not made.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum StoryFileError {
    #[error(
        "{0} has no story yet; capture scenes in the window with Ctrl+Enter, or write them under \"story\" in the place's \
         file"
    )]
    Empty(String),
    #[error("scene \"{scene}\": {error}")]
    Picture { scene: String, error: PictureError },
    #[error("the file could not be put together: {0}")]
    Writing(String),
    #[error("stopped before anything was written")]
    Stopped,
}

/// The story of a place, which is the baseline as its file has it. `progress` is told how many scenes are drawn, and may
/// stop it.
///
/// # Errors
/// Where there is no scene, where the money of one does not add up, and where `progress` stops it.
pub fn story(
    place: &Place,
    options: StoryOptions,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<StoryBytes, StoryFileError> {
    if place.story.is_empty() {
        let name = if place.name.is_empty() { "This place" } else { &place.name };
        return Err(StoryFileError::Empty(name.to_owned()));
    }
    let mut pages: Vec<StoryPage<'_>> = Vec::with_capacity(place.story.len());
    for scene in place.story.iter() {
        let opened = open_scene(place, scene);
        let told = opened.told().map(str::to_owned).collect();
        pages.push(StoryPage { scene, opened, told, made: options.made });
    }
    let mut drawing = Drawing { pages, progress };
    let bytes = match options.file {
        StoryFile::Pdf(paper) => paper::story_pdf(place, &mut drawing, paper, options.with_notes)?,
        StoryFile::Pptx => slides::story_pptx(place, &mut drawing)?,
        StoryFile::Html => html::story_html(place, &mut drawing, options.with_notes)?,
    };
    let told = drawing.pages.iter();
    let told = told.flat_map(|page| page.told.iter().map(|told| format!("{}: {told}", page.scene.name)));
    Ok(StoryBytes { bytes, told: told.collect() })
}

/// What the file of a place's story is called, as people read it.
fn title_of(place: &Place) -> String {
    let scenes = counted(place.story.len(), "scene");
    if place.name.is_empty() {
        format!("A story in {scenes}")
    } else {
        format!("{}: a story in {scenes}", place.name)
    }
}

/// A scene on its way into a file.
struct StoryPage<'a> {
    scene: &'a Scene,
    opened: OpenedScene,
    /// What of it does not apply any more.
    told: Vec<String>,
    made: Date,
}

impl StoryPage<'_> {
    /// Its small print: what does not apply any more, then place, years, scenario, commitment, evidence, sources, day.
    fn small_print(&self) -> Vec<String> {
        let (_, notes) = scene_captions(&self.opened, self.made);
        self.told.iter().cloned().chain(notes).collect()
    }

    /// The stamp of its scenario and that scenario's name, where one is shown.
    fn stamp(&self) -> Option<&'static str> {
        let places = [Some(&self.opened.place), self.opened.other.as_ref()];
        places.into_iter().flatten().find_map(|place| place.shown_scenario()?.stamp())
    }
}

struct Drawing<'a, 'p> {
    pages: Vec<StoryPage<'a>>,
    progress: &'p mut dyn FnMut(u64) -> ControlFlow<()>,
}

impl Drawing<'_, '_> {
    /// A scene with nothing around it, of this size, px: light, as it may be printed. What is not there to be pointed at is
    /// told from then on.
    fn picture(&mut self, at: usize, size: (f64, f64)) -> Result<Figure, StoryFileError> {
        let opened = self.pages[at].opened.clone();
        self.picture_of(at, &opened, size)
    }

    /// The same with a scene that was opened in another way.
    fn picture_of(
        &mut self,
        at: usize,
        opened: &OpenedScene,
        size: (f64, f64),
    ) -> Result<Figure, StoryFileError> {
        let before = at.checked_sub(1).map(|before| &self.pages[before].opened);
        let page = &self.pages[at];
        let options = SceneOptions { page: ScenePage::Bare, scheme: Scheme::Light, size, made: page.made };
        let drawn = scene_picture(opened, &page.scene.annotations, before, options);
        let scene = page.scene.name.clone();
        adds_up(&drawn.figure).map_err(|error| StoryFileError::Picture { scene, error })?;
        let told = &mut self.pages[at].told;
        for lost in drawn.lost {
            if !told.contains(&lost) {
                told.push(lost);
            }
        }
        Ok(drawn.figure)
    }

    /// Says that so many scenes are done.
    fn done(&mut self, scenes: usize) -> Result<(), StoryFileError> {
        match (self.progress)(scenes as u64) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(StoryFileError::Stopped),
        }
    }
}
