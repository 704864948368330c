//! The terms of a scenario: its years, what ring-fenced money may fund, what partners must keep, notes.

use egui::{Id, RichText, Ui};

use super::card::{card_ui, detail_row_ui, field_ui, hint_ui};
use super::cell::{EditCell, EditCells};
use super::chooser::{Choosable, chooser_ui};
use super::conditions::conditions_ui;
use super::contribution::note_ui;
use super::detail::{Detail, Details};
use super::filter::{Asked, filter_ui, names_of};
use super::ground::Ground;
use super::head::names;
use super::portion::portion_in_words;
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Icon, icon_button, space};
use crate::dimension::{Dimension, FinancialYear};
use crate::ledger::Filter;
use crate::pool::{RingFence, Scenario, ScenarioChange};

/// A row for each, opened where it is wanted.
#[must_use]
pub(super) fn terms_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    details: &mut Details,
) -> Option<Action> {
    let scenario = ground.scenario;
    let mut action = None;
    ui.heading("Terms");
    for (detail, title, summary) in [
        (Detail::Years, "Years", years_in_words(scenario)),
        (Detail::RingFences, "Ring-fences", ring_fences_in_words(scenario)),
        (Detail::Conditions, "Conditions", conditions_in_words(scenario)),
        (Detail::Notes, "Notes", notes_in_words(scenario)),
    ] {
        let is_open = details.is_open(&scenario.name, detail);
        if detail_row_ui(ui, title, &summary, is_open) {
            details.toggle(&scenario.name, detail);
        }
        let cell = Id::unique(("pool terms", title));
        if is_open {
            let change = card_ui(ui, |ui| match detail {
                Detail::Years => years_ui(ui, ground),
                Detail::RingFences => ring_fences_ui(ui, ground, cells, details),
                Detail::Conditions => conditions_ui(ui, ground, cells, details),
                _ => notes_ui(ui, ground, cells),
            });
            if let Some(change) = change {
                cells.ask_at(cell);
                action = Some(ground.change(change));
            }
        }
        action = action.or(cells.refusal_ui(ui, cell));
    }
    action
}

fn years_in_words(scenario: &Scenario) -> String {
    if scenario.years.is_empty() {
        return "all that its contributions choose".to_owned();
    }
    let years: Vec<String> = scenario.years.iter().map(ToString::to_string).collect();
    years.join(", ")
}

fn ring_fences_in_words(scenario: &Scenario) -> String {
    let names: Vec<&str> = scenario.ring_fences.iter().map(|fence| fence.name.as_str()).collect();
    if names.is_empty() { "each funds what it funds today".to_owned() } else { names.join(", ") }
}

fn conditions_in_words(scenario: &Scenario) -> String {
    let words: Vec<String> = scenario
        .conditions
        .iter()
        .map(|condition| format!("{} keeps {}", condition.partner, portion_in_words(condition.keeps)))
        .collect();
    if words.is_empty() { "nobody asks to keep anything".to_owned() } else { words.join("; ") }
}

fn notes_in_words(scenario: &Scenario) -> String {
    let first = scenario.notes.lines().next().unwrap_or_default();
    if first.is_empty() { "none".to_owned() } else { first.to_owned() }
}

fn years_ui(ui: &mut Ui, ground: Ground<'_>) -> Option<ScenarioChange> {
    let chosen = &ground.scenario.years;
    let mut next = None;
    ui.horizontal_wrapped(|ui| {
        if ui.selectable_label(chosen.is_empty(), "All years").clicked() && !chosen.is_empty() {
            next = Some(Vec::new());
        }
        let known: Vec<FinancialYear> =
            names(ground, Dimension::Year).iter().filter_map(|name| name.parse().ok()).collect();
        // A year that is gone can still be taken out.
        let lost = chosen.iter().copied().filter(|year| !known.contains(year));
        for year in known.iter().copied().chain(lost) {
            let mut is_chosen = chosen.contains(&year);
            if ui.checkbox(&mut is_chosen, year.to_string()).changed() {
                let mut years: Vec<FinancialYear> =
                    chosen.iter().copied().filter(|other| *other != year).collect();
                if is_chosen {
                    years.push(year);
                }
                years.sort_unstable();
                next = Some(years);
            }
        }
    });
    hint_ui(ui, "Contributions take their money from the lines of these years");
    next.map(ScenarioChange::SetYears)
}

/// Spending that a condition may be of.
const FUNDED: [Dimension; 5] =
    [Dimension::Theme, Dimension::Service, Dimension::Cohort, Dimension::Area, Dimension::Stage];

fn ring_fences_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    details: &mut Details,
) -> Option<ScenarioChange> {
    let fences = &ground.scenario.ring_fences;
    let mut next: Option<Vec<RingFence>> = None;
    for (index, fence) in fences.iter().enumerate() {
        let mut changed = fence.clone();
        ui.horizontal(|ui| {
            ui.label(RichText::new(&fence.name).font(style::semibold(13.0)));
            if icon_button(ui, Icon::Close, &format!("Remove the rule of {}", fence.name)).clicked() {
                let mut fences = fences.clone();
                fences.remove(index);
                next = Some(fences);
            }
        });
        hint_ui(ui, &format!("Today it funds {}", funds_today(ground, &fence.name)));
        field_ui(ui, "May also fund", |ui| {
            let of = format!("ring-fence {}", index + 1);
            let asked = Asked { of: &of, scope: Filter::default(), dimensions: &FUNDED };
            if let Some(allows) = filter_ui(ui, ground, &fence.allows, &asked) {
                changed.allows = allows;
            }
        });
        field_ui(ui, "Note", |ui| {
            let name = format!("Note on ring-fence {}", index + 1);
            if let Some(note) = note_ui(ui, cells, ("ring-fence", index), &name, &fence.note) {
                changed.note = note;
            }
        });
        if changed != *fence {
            let mut fences = fences.clone();
            fences[index] = changed;
            next = Some(fences);
        }
        ui.separator();
    }
    if let Some(fence) = new_fence_ui(ui, ground, details) {
        next = Some(fences.iter().cloned().chain([fence]).collect());
    }
    next.map(ScenarioChange::SetRingFences)
}

/// The services that money under a condition is spent on.
fn funds_today(ground: Ground<'_>, name: &str) -> String {
    let fenced = Filter::default().only(Dimension::Ringfence, [name]);
    let services: Vec<String> =
        names_of(ground, &fenced, &[Dimension::Service]).into_iter().map(|choice| choice.words).collect();
    match &services[..] {
        [] => "nothing of this place".to_owned(),
        [first, second, third, _, ..] => {
            format!("{first}, {second}, {third} and {} more services", services.len() - 3)
        }
        few => few.join(", "),
    }
}

/// A condition that has no rule of its own yet, and the first spending that it may fund beside what it funds.
fn new_fence_ui(ui: &mut Ui, ground: Ground<'_>, details: &mut Details) -> Option<RingFence> {
    let listed = |name: &String| ground.scenario.ring_fences.iter().any(|fence| fence.name == *name);
    let open: Vec<String> =
        names(ground, Dimension::Ringfence).into_iter().filter(|name| !listed(name)).collect();
    if open.is_empty() {
        let words = if ground.scenario.ring_fences.is_empty() {
            "No line of this place is ring-fenced"
        } else {
            "Every ring-fence of this place has a rule"
        };
        hint_ui(ui, words);
        return None;
    }
    let mut added = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let chosen = details.fence.clone();
        let words = chosen.as_deref().unwrap_or("Choose a ring-fence");
        let choices = || {
            let choice = |name: &String| Choosable { kind: "", words: name.clone(), value: name.clone() };
            open.iter().map(choice).collect()
        };
        if let Some(name) = chooser_ui(ui, "new fence", "Ring-fence to loosen", words, 200.0, choices) {
            details.fence = Some(name);
        }
        if let Some(name) = chosen {
            hint_ui(ui, "may also fund");
            let choices = || names_of(ground, &Filter::default(), &FUNDED);
            let words = "Choose what";
            let picked = chooser_ui(ui, "new fence funds", "It may also fund", words, 180.0, choices);
            if let Some((dimension, what)) = picked {
                let allows = Filter::default().only(dimension, [what]);
                added = Some(RingFence { name, allows, note: String::new() });
                details.fence = None;
            }
        }
    });
    if let Some(name) = &details.fence {
        hint_ui(ui, &format!("Today it funds {}", funds_today(ground, name)));
    }
    added
}

fn notes_ui(ui: &mut Ui, ground: Ground<'_>, cells: &mut EditCells) -> Option<ScenarioChange> {
    let cell = EditCell {
        id: Id::unique(("pool", "notes")),
        name: "Notes on the scenario",
        shown: &ground.scenario.notes,
        width: ui.available_width(),
        below: None,
    };
    let typed = cells.show_text(ui, &cell, 4)?;
    Some(ScenarioChange::SetNotes(typed.trim().to_owned()))
}
