use egui::Ui;

use super::action::Action;
use crate::figure::Figure;
use crate::place::Place;

#[derive(Default)]
pub(super) struct ThemesView {
    figure: Option<Figure>,
}

impl ThemesView {
    pub(super) fn figure(&self) -> Option<Figure> {
        self.figure.clone()
    }
}

#[must_use]
pub(super) fn themes_view_ui(
    _ui: &mut Ui,
    _place: &Place,
    _revision: u64,
    _view: &mut ThemesView,
) -> Option<Action> {
    None
}
