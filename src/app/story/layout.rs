//! How the story is laid out: the list of scenes, and beside it the one that is chosen.

use egui::{Frame, Margin, Panel, RichText, Ui};

use super::detail::detail_ui;
use super::list::list_ui;
use super::view::StoryView;
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Colors, Look, primary_button, space};
use crate::place::Place;

/// What the list of scenes takes of the width, in points.
const LIST: (f32, f32) = (300.0, 440.0);

#[must_use]
pub(super) fn story_view_ui(ui: &mut Ui, place: &Place, view: &mut StoryView) -> Option<Action> {
    let scheme = Look::of(ui.visuals()).scheme();
    view.drawn.follow(place);
    let Some(at) = view.chosen_in(place) else { return empty_ui(ui) };
    let mut wish = None;
    let width = (ui.available_width() * 0.32).clamp(LIST.0, LIST.1);
    let frame = Frame::new().inner_margin(Margin { right: 12, ..Margin::ZERO });
    Panel::left("scenes").frame(frame).resizable(false).exact_size(width).show(ui, |ui| {
        wish = list_ui(ui, place, scheme, view);
    });
    let beside = Frame::new().inner_margin(Margin { left: 16, ..Margin::ZERO });
    let asked = beside.show(ui, |ui| detail_ui(ui, place, at, scheme, view)).inner;
    wish.or(asked).map(Action::from)
}

/// There is no scene yet: what belongs here, and the way to the first.
fn empty_ui(ui: &mut Ui) -> Option<Action> {
    let mut action = None;
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.2).max(space::L));
        ui.label(RichText::new("Tell it as a story").text_style(style::title_style()));
        ui.add_space(space::S);
        let words = "A scene is a view that you saved, with a caption and notes: what is lit, which scenario, which year. \
                     Scenes are live: they show the figures as they are.";
        ui.set_max_width(620.0);
        ui.label(RichText::new(words).color(Colors::of(ui).weak_text));
        ui.add_space(space::L);
        let tip = "Ctrl+Enter does so from any screen";
        if primary_button(ui, "Capture the view you came from").on_hover_text(tip).clicked() {
            action = Some(Action::CaptureView);
        }
        ui.add_space(space::M);
        style::weak_text(ui, "Ctrl+Enter captures what is shown, from any screen");
    });
    action
}
