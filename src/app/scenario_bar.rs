use egui::{ComboBox, Ui};

use super::action::Action;
use super::style::weak_text;
use crate::place::{Command, Place, fresh_name, fresh_scenario};

/// The baseline or the scenario that is shown, with the others to choose, and ways to a new one.
#[must_use]
pub(super) fn scenario_bar_ui(ui: &mut Ui, place: &Place) -> Option<Action> {
    if place.ledger.is_empty() {
        return None;
    }
    let shown = place.shown_scenario().map(|scenario| scenario.name.as_str());
    let mut action = None;
    let response = ComboBox::from_id_salt("scenario")
        .selected_text(shown.unwrap_or("Baseline"))
        .width(190.0)
        .truncate()
        .show_ui(ui, |ui| {
            ui.set_min_width(240.0);
            if ui.selectable_label(shown.is_none(), "Baseline").clicked() && shown.is_some() {
                action = Some(Command::ShowScenario(None).into());
            }
            for scenario in place.scenarios.iter() {
                let is_shown = shown == Some(scenario.name.as_str());
                if ui.selectable_label(is_shown, &scenario.name).clicked() && !is_shown {
                    action = Some(Command::ShowScenario(Some(scenario.name.clone())).into());
                }
            }
            ui.separator();
            if ui.button("New scenario").clicked() {
                action = Some(new_scenario(place).into());
            }
            if let Some(name) = shown
                && ui.button(format!("Duplicate {name}")).clicked()
            {
                action = Some(duplicate(place, name).into());
            }
        })
        .response;
    let label = weak_text(ui, "Scenario");
    let _ = response.labelled_by(label.id);
    action
}

/// Adds an empty scenario and shows it, as one step.
pub(super) fn new_scenario(place: &Place) -> Command {
    let scenario = fresh_scenario(place);
    let name = scenario.name.clone();
    let steps = vec![Command::AddScenario(Box::new(scenario)), Command::ShowScenario(Some(name.clone()))];
    Command::Several(format!("Add scenario {name}"), steps)
}

/// Adds a scenario like another and shows it, as one step.
pub(super) fn duplicate(place: &Place, name: &str) -> Command {
    let copy = fresh_name(place, name);
    let steps = vec![
        Command::DuplicateScenario { name: name.to_owned(), copy: copy.clone() },
        Command::ShowScenario(Some(copy)),
    ];
    Command::Several(format!("Duplicate {name}"), steps)
}
