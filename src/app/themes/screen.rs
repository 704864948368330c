//! Themes as a screen.

use egui::{Key, Ui};

use super::view::{ThemesView, themes_view_ui};
use crate::app::action::Action;
use crate::app::view::{Pointed, ScreenEntry, Shown, View};
use crate::dimension::Dimension;
use crate::figure::{Figure, Measure, Scheme};
use crate::place::{Place, Screen};
use crate::scene::{BlindPlace, captions, themes_picture};

pub(in crate::app) const SCREEN: ScreenEntry = ScreenEntry {
    screen: Screen::Themes,
    name: "Themes",
    tip: "Who spends on what",
    key: Key::Num2,
    make: || Box::<ThemesView>::default(),
};

impl View for ThemesView {
    fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>) -> Option<Action> {
        themes_view_ui(ui, shown.place(), shown.revision(), self)
    }

    fn figure(&mut self, shown: &Shown<'_>) -> Option<Figure> {
        let (title, notes) = captions(shown.place());
        Self::figure(self, shown.place()).map(|figure| Figure { title, notes, ..figure })
    }

    fn hidden_figure(
        &mut self,
        _shown: &Shown<'_>,
        hidden: &BlindPlace,
        scheme: Scheme,
        size: (f64, f64),
    ) -> Option<Figure> {
        let (title, notes) = captions(&hidden.place);
        let figure = themes_picture(&hidden.place, scheme, Measure::Amount, size);
        Some(hidden.blind.figure(Figure { title, notes, ..figure }))
    }

    fn divided_by(&self, _place: &Place) -> Option<Vec<Dimension>> {
        Some(vec![Dimension::Theme, Dimension::Agency])
    }

    fn pointed(&self, _shown: &Shown<'_>) -> Option<Pointed> {
        self.pointed_lines().map(|(filter, title)| Pointed::Lines(filter, title))
    }

    fn let_go(&mut self, _shown: &Shown<'_>) -> bool {
        false
    }

    fn start_afresh(&mut self) {
        *self = Self::default();
    }
}
