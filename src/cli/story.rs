//! `shadowpool render --story`: the scenes of a place as a PDF, as slides or as one page for a browser.

use std::ops::ControlFlow;
use std::path::Path;

use super::{Failed, cannot_run};
use crate::dimension::Date;
use crate::export::{self, Paper, StoryFile, StoryOptions};
use crate::place::Place;

/// What a story can be written as, by the ending of its file.
const ENDINGS: [&str; 3] = ["pdf", "pptx", "html"];

/// A story that is to be written.
pub(super) struct StoryToWrite<'a> {
    pub(super) output: &'a Path,
    pub(super) paper: Option<Paper>,
    pub(super) with_notes: bool,
    pub(super) made: Date,
}

impl StoryToWrite<'_> {
    /// What its file's ending asks for.
    ///
    /// # Errors
    /// Where it asks for nothing that a story can be.
    pub(super) fn file(&self) -> Result<StoryFile, Failed> {
        let ending = self.output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let file = match ending.as_deref() {
            // A page as large as a picture is for one picture.
            Some("pdf") => StoryFile::Pdf(self.paper.unwrap_or(Paper::A4)),
            Some("pptx") => StoryFile::Pptx,
            Some("html" | "htm") => StoryFile::Html,
            _ => {
                return Err(cannot_run(format!(
                    "{}: the file's ending says what the story is written as; use .{}",
                    self.output.display(),
                    ENDINGS.join(", .")
                )));
            }
        };
        if self.paper.is_some() && !matches!(file, StoryFile::Pdf(_)) {
            return Err(cannot_run(format!(
                "--paper is for a page; write {} as .pdf, or leave --paper out",
                self.output.display()
            )));
        }
        Ok(file)
    }

    /// Its bytes; what of its scenes does not apply any more is said.
    ///
    /// # Errors
    /// Where there is no story, or the money of a picture does not add up.
    pub(super) fn bytes(&self, place: &Place, said: &mut Vec<String>) -> Result<Vec<u8>, Failed> {
        let options = StoryOptions { file: self.file()?, with_notes: self.with_notes, made: self.made };
        let story = export::story(place, options, &mut |_| ControlFlow::Continue(()));
        let story = story.map_err(|error| cannot_run(error.to_string()))?;
        said.extend(story.told);
        Ok(story.bytes)
    }
}
