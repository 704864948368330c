//! What the pool's screen says where no scenario is shown.

use egui::{RichText, Ui};

use crate::app::action::Action;
use crate::app::controls::{new_scenario, scroll_ui};
use crate::app::style;
use crate::app::style::{Colors, primary_button, space, weak_text};
use crate::place::{Command, Place};

/// No scenario is shown: what belongs here, those there are, and the way to a new one.
#[must_use]
pub(super) fn no_scenario_ui(ui: &mut Ui, place: &Place) -> Option<Action> {
    let mut action = None;
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.16).max(space::L));
        ui.label(RichText::new("Try a shadow pool").text_style(style::title_style()));
        ui.add_space(space::S);
        let words =
            "A scenario says what partners would put in and what it would be spent on. No money moves.";
        ui.label(RichText::new(words).color(Colors::of(ui).weak_text));
        ui.add_space(space::L);
        if primary_button(ui, "New scenario").clicked() {
            action = Some(new_scenario(place).into());
        }
        if place.scenarios.is_empty() {
            return;
        }
        ui.add_space(space::L);
        weak_text(ui, "Or go on with one of this place");
        scroll_ui(ui, egui::ScrollArea::vertical().max_height(ui.available_height() - space::L), |ui| {
            ui.vertical_centered(|ui| {
                for scenario in place.scenarios.iter() {
                    let button = egui::Button::new(&scenario.name).min_size(egui::vec2(360.0, 30.0));
                    if ui.add(button).clicked() {
                        action = Some(Command::ShowScenario(Some(scenario.name.clone())).into());
                    }
                }
            });
        });
    });
    action
}
