//! Scenarios as variants of each other: copied under a name that is asked for, and compared.

use super::App;
use super::action::Action;
use super::controls::duplicate;
use super::dialog::Dialog;
use super::screens::COMPARISONS;
use super::trail::Visit;
use crate::place::{Command, Comparison, fresh_name};

impl App {
    /// Asks what the copy of a scenario is to be called; a name that nothing has yet is there already.
    pub(super) fn ask_to_duplicate(&mut self, name: String) {
        let place = self.history.place();
        let said = self.blind.said(&name);
        let copy = fresh_name(place, &said);
        let taken = place.scenarios.iter().map(|scenario| scenario.name.clone()).collect();
        self.dialog = Some(Dialog::Duplicate { name, said, copy, taken });
    }

    /// Another scenario like one that is there.
    pub(super) fn duplicate(&mut self, action: &Action) {
        let Action::Duplicate { name, copy } = action else { return };
        self.edit(&duplicate(name, copy));
    }

    /// Compares the shown scenario, and shows it.
    pub(super) fn compare_with(&mut self, comparison: Comparison) {
        self.go(Visit { screen: COMPARISONS, drill: None });
        self.edit(&Command::Compare(Some(comparison)));
    }
}
