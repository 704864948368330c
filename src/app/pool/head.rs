//! The head of the pool's screen: the scenario's name, its pool, arrangement and host.

use egui::{Align, ComboBox, Id, Layout, Ui, WidgetInfo};

use super::cell::{EditCell, EditCells};
use super::chooser::{Choosable, chooser_ui};
use super::ground::Ground;
use crate::app::action::Action;
use crate::app::controls::new_scenario;
use crate::app::style::{space, weak_text};
use crate::dimension::{Dimension, NameId};
use crate::place::{Command, Compared, Comparison};
use crate::pool::{Arrangement, ScenarioChange};
use crate::scene::BASELINE;

/// The scenario's name, its pool, who hosts it and under which arrangement.
#[must_use]
pub(super) fn head_ui(ui: &mut Ui, ground: Ground<'_>, cells: &mut EditCells) -> Option<Action> {
    let scenario = ground.scenario;
    let (name_id, pool_id) = (Id::unique(("pool", "scenario name")), Id::unique(("pool", "pool name")));
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let room = ui.available_width();
        let (name_width, pool_width) = if room > 1100.0 { (250.0, 190.0) } else { (180.0, 128.0) };
        weak_text(ui, "Name");
        let cell = EditCell {
            id: name_id,
            name: "Name of the scenario",
            shown: &scenario.name,
            width: name_width,
            below: None,
        };
        if let Some(name) = cells.show_words(ui, &cell) {
            action = Some(Command::RenameScenario { from: scenario.name.clone(), to: name }.into());
        }
        weak_text(ui, "Pool");
        let cell = EditCell {
            id: pool_id,
            name: "Name of the pool",
            shown: &scenario.pool,
            width: pool_width,
            below: None,
        };
        if let Some(name) = cells.show_words(ui, &cell) {
            action = Some(ground.change(ScenarioChange::SetPool(name)));
        }
        if let Some(wish) = arrangement_ui(ui, ground) {
            cells.ask_at(pool_id);
            action = Some(wish);
        }
        if let Some(wish) = host_ui(ui, ground, if room > 1300.0 { 250.0 } else { 146.0 }) {
            cells.ask_at(pool_id);
            action = Some(wish);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Remove").on_hover_text("Remove this scenario; undo brings it back").clicked() {
                action = Some(Command::RemoveScenario(scenario.name.clone()).into());
            }
            if ui.button("Duplicate…").on_hover_text("Another scenario like this one").clicked() {
                action = Some(Action::AskToDuplicate(scenario.name.clone()));
            }
            if let Some(wish) = compare_ui(ui, ground) {
                action = Some(wish);
            }
            if room > 1100.0 && ui.button("New scenario").clicked() {
                action = Some(new_scenario(ground.place).into());
            }
        });
    });
    for cell in [name_id, pool_id] {
        if let Some(wish) = cells.refusal_ui(ui, cell) {
            action = Some(wish);
        }
    }
    ui.add_space(space::XS);
    action
}

/// What the scenario can be compared with: what it was copied from first.
fn compare_ui(ui: &mut Ui, ground: Ground<'_>) -> Option<Action> {
    let others = ground.place.scenarios.iter().map(|scenario| scenario.name.as_str());
    let others = others.filter(|name| *name != ground.scenario.name);
    let original = ground.scenario.copied_from.as_deref();
    let original = original.filter(|original| others.clone().any(|name| name == *original));
    let mut action = None;
    let mut choose = |ui: &mut Ui, words: String, with: Option<&str>| {
        if ui.button(words).clicked() {
            let shows = Compared::SideBySide;
            action = Some(Action::CompareWith(Comparison { with: with.map(str::to_owned), shows }));
            ui.close();
        }
    };
    ui.menu_button("Compare", |ui| {
        ui.set_min_width(240.0);
        if let Some(original) = original {
            choose(ui, format!("Compare with the original, {original}"), Some(original));
        }
        choose(ui, format!("Compare with {BASELINE}"), None);
        for name in others.filter(|name| Some(*name) != original) {
            choose(ui, format!("Compare with {name}"), Some(name));
        }
    });
    action
}

fn arrangement_ui(ui: &mut Ui, ground: Ground<'_>) -> Option<Action> {
    let mut chosen = ground.scenario.arrangement;
    let response = ComboBox::from_id_salt("arrangement")
        .selected_text(chosen.name())
        .width(150.0)
        .truncate()
        .show_ui(ui, |ui| {
            for arrangement in Arrangement::ALL {
                ui.selectable_value(&mut chosen, arrangement, arrangement.name());
            }
        })
        .response;
    let name = format!("Arrangement: {}", ground.scenario.arrangement.name());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, name.as_str()));
    (chosen != ground.scenario.arrangement).then(|| ground.change(ScenarioChange::SetArrangement(chosen)))
}

fn host_ui(ui: &mut Ui, ground: Ground<'_>, width: f32) -> Option<Action> {
    let shown = ground.scenario.host.as_deref().map_or("No host", |host| host);
    let picked = chooser_ui(ui, "host", "Host", shown, width, || {
        let none = Choosable { kind: "", words: "No host".to_owned(), value: None };
        std::iter::once(none)
            .chain(agencies(ground).into_iter().map(|name| Choosable {
                kind: "Agency",
                words: name.clone(),
                value: Some(name),
            }))
            .collect()
    })?;
    (picked != ground.scenario.host).then(|| ground.change(ScenarioChange::SetHost(picked)))
}

/// The agencies of the place by name.
pub(super) fn agencies(ground: Ground<'_>) -> Vec<String> {
    names(ground, Dimension::Agency)
}

/// The names of a dimension in the baseline, by name.
pub(super) fn names(ground: Ground<'_>, dimension: Dimension) -> Vec<String> {
    let names = ground.place.ledger.names(dimension).iter();
    let mut names: Vec<String> =
        names.filter(|(id, _)| *id != NameId::NOT_STATED).map(|(_, name)| name.to_owned()).collect();
    names.sort_unstable();
    names
}
