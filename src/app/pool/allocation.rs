//! The details of an allocation: from which money, to what in every respect, who answers for it.

use egui::Ui;

use super::card::{card_ui, field_ui, hint_ui};
use super::cell::EditCells;
use super::chooser::{Choosable, chooser_or_new_ui, chooser_ui};
use super::contribution::note_ui;
use super::filter::{Asked, filter_ui};
use super::ground::Ground;
use super::head::agencies;
use super::purpose::{purpose_names, set};
use crate::dimension::Dimension;
use crate::ledger::Filter;
use crate::pool::{Allocation, ScenarioChange};

/// What the money of a pool is told apart by.
const OF_POOL: [Dimension; 9] = [
    Dimension::Agency,
    Dimension::Theme,
    Dimension::Service,
    Dimension::Stage,
    Dimension::Area,
    Dimension::Year,
    Dimension::Funder,
    Dimension::Provider,
    Dimension::Cohort,
];

/// What spending has names in.
const TO: [Dimension; 7] = [
    Dimension::Theme,
    Dimension::Service,
    Dimension::Provider,
    Dimension::Cohort,
    Dimension::Area,
    Dimension::Stage,
    Dimension::Year,
];

const WIDTH: f32 = 300.0;
const AS_TODAY: &str = "As today";

#[must_use]
pub(super) fn allocation_detail_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    index: usize,
) -> Option<ScenarioChange> {
    let allocation = &ground.scenario.allocations[index];
    let number = index + 1;
    let mut changed = allocation.clone();
    card_ui(ui, |ui| {
        field_ui(ui, "From", |ui| {
            let of = format!("allocation {number}");
            let asked = Asked { of: &of, scope: Filter::default(), dimensions: &OF_POOL };
            if let Some(from) = filter_ui(ui, ground, &allocation.from, &asked) {
                changed.from = from;
            }
        });
        for dimension in TO {
            field_ui(ui, dimension.title(), |ui| to_ui(ui, ground, index, dimension, &mut changed));
        }
        field_ui(ui, "Responsible", |ui| {
            let now = allocation.to.responsible.as_deref().unwrap_or(AS_TODAY);
            let name = format!("Allocation {number}: responsible");
            let id = ("responsible", index);
            let chosen = chooser_ui(ui, id, &name, now, WIDTH, || named("Agency", agencies(ground)));
            if let Some(agency) = chosen {
                changed.to.responsible = agency;
            }
            hint_ui(ui, "It gets back what is spent here");
        });
        field_ui(ui, "Note", |ui| {
            let name = format!("Note on allocation {number}");
            if let Some(note) = note_ui(ui, cells, ("allocation", index), &name, &allocation.note) {
                changed.note = note;
            }
        });
    });
    (changed != *allocation).then_some(ScenarioChange::SetAllocation(index, changed))
}

/// What the money becomes in one respect.
fn to_ui(ui: &mut Ui, ground: Ground<'_>, index: usize, dimension: Dimension, changed: &mut Allocation) {
    let stated = changed.to.stated();
    let now = stated.iter().find(|(of, _)| *of == dimension).map(|(_, name)| name.as_str());
    let name = format!("Allocation {}: {}", index + 1, dimension.title().to_lowercase());
    let id = ("allocation to", index, dimension.key());
    let choices = || named(dimension.title(), purpose_names(ground, dimension));
    let new = |typed: &str| {
        let is_free = !matches!(dimension, Dimension::Stage | Dimension::Year);
        let value = Some(typed.to_owned());
        if is_free { vec![Choosable { kind: "New", words: typed.to_owned(), value }] } else { Vec::new() }
    };
    let chosen = chooser_or_new_ui(ui, id, &name, now.unwrap_or(AS_TODAY), WIDTH, choices, new);
    if let Some(chosen) = chosen {
        set(&mut changed.to, dimension, chosen);
    }
}

/// Names to choose from, and none of them.
fn named(kind: &'static str, names: Vec<String>) -> Vec<Choosable<Option<String>>> {
    let none = Choosable { kind: "", words: AS_TODAY.to_owned(), value: None };
    let names = names.into_iter().map(|name| Choosable { kind, words: name.clone(), value: Some(name) });
    std::iter::once(none).chain(names).collect()
}
