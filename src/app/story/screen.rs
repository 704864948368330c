//! The story as a screen.

use egui::{Key, Ui};

use super::layout::story_view_ui;
use super::view::StoryView;
use crate::app::action::Action;
use crate::app::headline::Headline;
use crate::app::view::{CopiedTable, Pointed, ScreenEntry, Shown, View};
use crate::dimension::Dimension;
use crate::figure::Figure;
use crate::ledger::guarded;
use crate::place::{Place, Screen};
use crate::words::counted;

pub(in crate::app) const SCREEN: ScreenEntry = ScreenEntry {
    screen: Screen::Story,
    name: "Story",
    tip: "Scenes with captions and notes, in order",
    key: Key::Num6,
    make: || Box::<StoryView>::default(),
};

impl View for StoryView {
    fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>) -> Option<Action> {
        story_view_ui(ui, shown.at.baseline(), self)
    }

    fn figure(&mut self, shown: &Shown<'_>) -> Option<Figure> {
        let at = self.chosen_in(shown.at.baseline())?;
        let name = &shown.at.baseline().story[at].name;
        self.drawn.known(name).map(|drawn| drawn.figure.clone())
    }

    fn is_framed(&self) -> bool {
        true
    }

    fn divided_by(&self, _place: &Place) -> Option<Vec<Dimension>> {
        None
    }

    fn table(&mut self, shown: &Shown<'_>) -> Result<CopiedTable, String> {
        let story = &shown.at.baseline().story;
        let mut text = "Scene\tCaption\tNotes\n".to_owned();
        for scene in story.iter() {
            let caption = self.caption_of(scene).unwrap_or_default();
            let cells = [scene.name.as_str(), caption.as_str(), scene.notes.as_str()];
            let cells = cells
                .map(|cell| guarded(&cell.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned());
            text.extend([cells.join("\t"), "\n".to_owned()]);
        }
        Ok(CopiedTable { text, words: format!("{} copied for a spreadsheet", counted(story.len(), "scene")) })
    }

    fn headline(&self, shown: &Shown<'_>) -> Headline {
        let place = shown.at.baseline();
        let name = if place.name.is_empty() { "this place" } else { &place.name };
        let text = match place.story.len() {
            0 => format!("No scene tells the story of {name} yet"),
            count => format!("The story of {name}, in {}", counted(count, "scene")),
        };
        Headline { text, is_unfiltered: true, ..Headline::default() }
    }

    fn hidden_title(&self, shown: &Shown<'_>) -> String {
        format!("A story in {}", counted(shown.at.baseline().story.len(), "scene"))
    }

    fn pointed(&self, _shown: &Shown<'_>) -> Option<Pointed> {
        self.chosen.clone().map(Pointed::Scene)
    }

    fn cancel_drag(&mut self) -> bool {
        self.drag.take().is_some()
    }

    fn let_go(&mut self, _shown: &Shown<'_>) -> bool {
        self.renaming.take().is_some()
    }

    fn start_afresh(&mut self) {
        *self = Self::default();
    }
}
