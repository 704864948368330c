//! The screens there are: a new one is a folder that implements [`View`], and its line here.

use super::view::{ScreenEntry, View};
use super::{flows, ledger, pool, story, themes};
use crate::place::Screen;

/// The screens in the order of their tabs.
pub(super) const SCREENS: [ScreenEntry; 5] =
    [flows::SCREEN, themes::SCREEN, pool::SCREEN, ledger::SCREEN, story::SCREEN];

/// Where scenes are listed.
pub(super) const STORY: Screen = story::SCREEN.screen;

/// Where scenarios are compared.
pub(super) const COMPARISONS: Screen = flows::SCREEN.screen;

/// Where lines are listed: what drilling, searching and rules lead to.
pub(super) const LINES: Screen = ledger::SCREEN.screen;

/// Where amounts are divided among people.
pub(super) const BREAKDOWNS: Screen = themes::SCREEN.screen;

/// All screens with what they remember; nothing of it is saved.
pub(super) struct Views(Vec<(Screen, Box<dyn View>)>);

impl Default for Views {
    fn default() -> Self {
        Self(SCREENS.iter().map(|entry| (entry.screen, (entry.make)())).collect())
    }
}

impl Views {
    /// The view of a screen; of one that is not there yet, the first.
    pub(super) fn at(&mut self, screen: Screen) -> &mut dyn View {
        let at = self.0.iter().position(|(known, _)| *known == screen).unwrap_or(0);
        self.0[at].1.as_mut()
    }

    /// Nothing of what was asked for is shown as if it was done.
    pub(super) fn not_made(&mut self) {
        for (_, view) in &mut self.0 {
            view.not_made();
        }
    }

    /// Forgets what all screens remember: another place is shown.
    pub(super) fn start_afresh(&mut self) {
        for (_, view) in &mut self.0 {
            view.start_afresh();
        }
    }
}
