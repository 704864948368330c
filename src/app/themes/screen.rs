//! Themes as a screen.

use egui::{Key, Ui};

use super::view::{PICTURE_TOP, ThemesView, themes_view_ui};
use super::years::ChartWish;
use crate::app::action::Action;
use crate::app::headline::Headline;
use crate::app::style::scroll_bar_width;
use crate::app::view::{Pointed, ScreenEntry, Shown, View};
use crate::dimension::Dimension;
use crate::figure::{Figure, Measure, Scheme};
use crate::flow::breakdown::Breakdown;
use crate::place::{Place, Screen};
use crate::scene::{
    Audience, BlindPlace, PageOptions, themes_captions, themes_page, themes_title, themes_words,
};

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
        let (title, notes) = themes_captions(shown.place(), Audience::DESK);
        let words = themes_words(shown.place(), Audience::DESK).lines();
        Self::figure(self, shown.revision()).map(|figure| Figure { title, notes, words, ..figure })
    }

    fn picture_top(&self) -> f32 {
        PICTURE_TOP
    }

    fn hidden_figure(
        &mut self,
        shown: &Shown<'_>,
        hidden: &BlindPlace,
        scheme: Scheme,
        size: (f64, f64),
    ) -> Option<Figure> {
        let place = shown.place();
        let (title, notes) = themes_captions(&hidden.place, hidden.audience());
        let breakdown = Breakdown::of(&place.ledger, &place.view.filter);
        let page = PageOptions {
            scheme,
            measure: Measure::Amount,
            size,
            scroll_bar_px: f64::from(scroll_bar_width()),
            blind: Some(&hidden.blind),
        };
        let drawn = themes_page(place, &breakdown, &page);
        let words = themes_words(&hidden.place, hidden.audience()).lines();
        Some(hidden.blind.figure(Figure { title, notes, words, ..drawn.figure }))
    }

    fn headline(&self, shown: &Shown<'_>) -> Headline {
        let place = shown.place();
        let text = themes_title(place, &place.view.filter, Audience::DESK);
        Headline { text, ..Headline::of_view(shown.at) }
    }

    fn hidden_title(&self, shown: &Shown<'_>) -> String {
        let place = shown.place();
        themes_title(place, &place.view.filter, Audience::DESK.blind(true))
    }

    fn divided_by(&self, _place: &Place) -> Option<Vec<Dimension>> {
        Some(vec![Dimension::Theme, Dimension::Agency])
    }

    fn pointed(&self, shown: &Shown<'_>) -> Option<Pointed> {
        self.pointed_lines(shown.revision()).map(|(filter, title)| Pointed::Lines(filter, title))
    }

    fn let_go(&mut self, _shown: &Shown<'_>) -> bool {
        self.years.close()
    }

    fn do_own(&mut self, action: &Action) {
        match action {
            Action::ZoomIn => self.years.want(ChartWish::Zoom(1.25)),
            Action::ZoomOut => self.years.want(ChartWish::Zoom(0.8)),
            Action::ShowPerHead => self.show_per_head(),
            Action::Fit => self.years.want(ChartWish::Fit),
            _ => {}
        }
    }

    fn start_afresh(&mut self) {
        *self = Self::default();
    }
}
