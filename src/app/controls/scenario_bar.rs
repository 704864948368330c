//! Which scenario is shown, and what it is compared with.

use egui::{ComboBox, Ui};

use crate::app::action::Action;
use crate::app::style::{space, weak_label, weak_text};
use crate::figure::Blind;
use crate::place::{Command, Compared, Comparison, Place, fresh_scenario};
use crate::scene::BASELINE;

/// The baseline or the scenario that is shown, with the others to choose, and ways to a new one.
#[must_use]
pub(in crate::app) fn scenario_bar_ui(ui: &mut Ui, place: &Place, blind: Option<&Blind>) -> Option<Action> {
    let said = |text: &str| blind.map_or_else(|| text.to_owned(), |blind| blind.say(text));
    if place.ledger.is_empty() {
        return None;
    }
    let shown = place.shown_scenario().map(|scenario| scenario.name.as_str());
    let mut action = None;
    // As wide as is left beside what stands there.
    let room = ui.available_width();
    let is_labelled = room >= WIDTH + LABEL;
    let width = if is_labelled { WIDTH } else { (room - space::S).clamp(LEAST_WIDTH, WIDTH) };
    let response = ComboBox::from_id_salt("scenario")
        .selected_text(said(shown.unwrap_or(BASELINE)))
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            ui.set_min_width(240.0);
            if ui.selectable_label(shown.is_none(), BASELINE).clicked() && shown.is_some() {
                action = Some(Command::ShowScenario(None).into());
            }
            for scenario in place.scenarios.iter() {
                let is_shown = shown == Some(scenario.name.as_str());
                if ui.selectable_label(is_shown, said(&scenario.name)).clicked() && !is_shown {
                    action = Some(Command::ShowScenario(Some(scenario.name.clone())).into());
                }
            }
            ui.separator();
            if ui.button("New scenario").clicked() {
                action = Some(new_scenario(place).into());
            }
            if let Some(name) = shown
                && ui.button(format!("Duplicate {}…", said(name))).clicked()
            {
                action = Some(Action::AskToDuplicate(name.to_owned()));
            }
            if action.is_some() {
                ui.close();
            }
        })
        .response;
    let label = weak_label(ui, "Scenario", is_labelled);
    let _ = response.labelled_by(label.id);
    action
}

/// The width of the choice, and of the word before it, points.
const WIDTH: f32 = 190.0;
const LEAST_WIDTH: f32 = 100.0;
const LABEL: f32 = 80.0;

/// What the flows are compared with, and how.
#[must_use]
pub(in crate::app) fn compare_ui(
    ui: &mut Ui,
    place: &Place,
    said: &dyn Fn(&str) -> String,
) -> Option<Action> {
    let shown = place.shown_scenario().map(|scenario| &scenario.name);
    let others = || place.scenarios.iter().map(|scenario| &scenario.name).filter(|name| Some(*name) != shown);
    if others().next().is_none() && shown.is_none() {
        return None;
    }
    ui.add_space(space::L);
    let compared = place.compared_with().and(place.view.compare.clone());
    let mut next = compared.clone();
    let shows = compared.as_ref().map(|comparison| comparison.shows).unwrap_or_default();
    let with = |name: Option<&String>| Some(Comparison { with: name.cloned(), shows });
    let text = match &compared {
        None => "Nothing",
        Some(comparison) => comparison.with.as_deref().unwrap_or(BASELINE),
    };
    let label = weak_text(ui, "Compare with");
    let response = ComboBox::from_id_salt("compare")
        .selected_text(said(text))
        .width(150.0)
        .truncate()
        .show_ui(ui, |ui| {
            ui.set_min_width(220.0);
            ui.selectable_value(&mut next, None, "Nothing");
            if shown.is_some() {
                ui.selectable_value(&mut next, with(None), BASELINE);
            }
            for name in others() {
                ui.selectable_value(&mut next, with(Some(name)), said(name));
            }
            if next != compared {
                ui.close();
            }
        })
        .response;
    let _ = response.labelled_by(label.id);
    if let Some(comparison) = &mut next {
        ui.selectable_value(&mut comparison.shows, Compared::SideBySide, "Side by side");
        ui.selectable_value(&mut comparison.shows, Compared::Difference, "Difference");
    }
    (next != compared).then(|| Command::Compare(next).into())
}

/// Adds an empty scenario and shows it, as one step.
pub(in crate::app) fn new_scenario(place: &Place) -> Command {
    let scenario = fresh_scenario(place);
    let name = scenario.name.clone();
    let steps = vec![Command::AddScenario(Box::new(scenario)), Command::ShowScenario(Some(name.clone()))];
    Command::Several(format!("Add scenario {name}"), steps)
}

/// Adds a scenario like another and shows it, as one step.
pub(in crate::app) fn duplicate(name: &str, copy: &str) -> Command {
    let steps = vec![
        Command::DuplicateScenario { name: name.to_owned(), copy: copy.to_owned() },
        Command::ShowScenario(Some(copy.to_owned())),
    ];
    Command::Several(format!("Duplicate {name}"), steps)
}
