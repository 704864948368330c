//! The ledger as a screen: a table itself, with no picture and no table behind.

use egui::{Key, Ui};

use super::view::{LedgerView, ledger_view_ui};
use crate::app::action::Action;
use crate::app::headline::Headline;
use crate::app::view::{CopiedTable, Pointed, ScreenEntry, Shown, View};
use crate::dimension::Dimension;
use crate::ledger::Filter;
use crate::place::{Place, Screen};
use crate::words::counted_plain;

pub(in crate::app) const SCREEN: ScreenEntry = ScreenEntry {
    screen: Screen::Ledger,
    name: "Ledger",
    tip: "Every line and where it is from",
    key: Key::Num4,
    make: || Box::<LedgerView>::default(),
};

impl View for LedgerView {
    fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>) -> Option<Action> {
        self.can_look_again = shown.can_look_again;
        let (place, revision) = shown.at.listed(shown.drill);
        ledger_view_ui(ui, place, revision, shown.drill, shown.reports, self)
    }

    fn divided_by(&self, _place: &Place) -> Option<Vec<Dimension>> {
        None
    }

    fn headline(&self, shown: &Shown<'_>) -> Headline {
        let place = shown.at.listed(shown.drill).0;
        match (self.is_of_all_lines(), shown.drill) {
            (true, _) => Headline::of_lines(shown.at, shown.place(), &Filter::default()),
            (false, Some(drill)) => Headline::of_lines(shown.at, place, &drill.filter),
            (false, None) => Headline::of_view(shown.at),
        }
    }

    fn looks_at(&self) -> Option<(u64, u64)> {
        // What was drilled into is another visit.
        self.is_of_all_lines().then_some((0, 0))
    }

    fn table(&mut self, _shown: &Shown<'_>) -> Result<CopiedTable, String> {
        let (text, count) = self.copy()?;
        Ok(CopiedTable { text, words: format!("{} copied for a spreadsheet", counted_plain(count, "line")) })
    }

    fn pointed(&self, _shown: &Shown<'_>) -> Option<Pointed> {
        self.chosen().map(Pointed::Picked)
    }

    fn let_go(&mut self, _shown: &Shown<'_>) -> bool {
        Self::let_go(self)
    }

    fn do_own(&mut self, action: &Action) {
        match action {
            Action::FocusSearch => self.focus_search(),
            Action::ThemeRules => self.show_rules(),
            Action::ShowRejects => self.show_rejects(),
            Action::ShowCountedOnce => self.show_counted_once(),
            _ => {}
        }
    }

    fn start_afresh(&mut self) {
        *self = Self::default();
    }
}
