//! The details of a contribution: which lines, whether they keep their purpose, what should be known.

use egui::{Id, RichText, Ui};

use super::card::{card_ui, field_ui, hint_ui};
use super::cell::{EditCell, EditCells};
use super::chooser::{Choosable, chooser_or_new_ui};
use super::detail::Details;
use super::filter::{Asked, OF_LINES, filter_ui};
use super::ground::Ground;
use super::head::names;
use super::lines::{PickedLines, picked_lines_ui};
use super::purpose::{new_purposes, purposes};
use crate::app::action::Action;
use crate::app::style::space;
use crate::dimension::Dimension;
use crate::ledger::Filter;
use crate::money::in_short;
use crate::pool::{Contributed, Lines, Purpose, ScenarioChange};
use crate::words::counted_plain;

/// What can be asked for in the card of a contribution.
pub(super) enum Asks {
    Change(Box<ScenarioChange>),
    Lines,
}

impl Asks {
    fn change(change: ScenarioChange) -> Self {
        Self::Change(Box::new(change))
    }
}

#[must_use]
pub(super) fn contribution_detail_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    details: &mut Details,
    index: usize,
) -> Option<Asks> {
    let contribution = &ground.scenario.contributions[index];
    let contributed = ground.model.contributed.get(index).copied().unwrap_or_default();
    let mut asks = None;
    let mut changed = contribution.clone();
    card_ui(ui, |ui| {
        field_ui(ui, "Lines", |ui| {
            if let Some(lines) = lines_ui(ui, ground, details, index, contributed) {
                changed.lines = lines;
            }
        });
        field_ui(ui, "Purpose", |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.checkbox(&mut changed.aligned, "Aligned: it keeps its purpose");
                ui.checkbox(&mut changed.in_kind, "In kind: staff, premises, goods");
            });
        });
        field_ui(ui, "Note", |ui| {
            let name = format!("Note on contribution {} of {}", index + 1, contribution.partner);
            if let Some(note) = note_ui(ui, cells, ("contribution", index), &name, &contribution.note) {
                changed.note = note;
            }
        });
        ui.horizontal(|ui| {
            if ui.button("Show the lines").clicked() {
                asks = Some(Asks::Lines);
            }
            if ui.button("Take out of the pool").clicked() {
                asks = Some(Asks::change(ScenarioChange::RemoveContribution(index)));
            }
        });
    });
    if changed != *contribution {
        asks = Some(Asks::change(ScenarioChange::ChangeContribution(index, changed)));
    }
    asks
}

/// Which lines: by what they are, or by hand.
fn lines_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    details: &mut Details,
    index: usize,
    contributed: Contributed,
) -> Option<Lines> {
    let contribution = &ground.scenario.contributions[index];
    let is_by_hand = matches!(contribution.lines, Lines::ByHand(_));
    let is_picking = details.picked.as_ref().is_some_and(|picked| picked.is_of(ground, index));
    let mut lines = None;
    ui.horizontal_wrapped(|ui| {
        if ui.radio(!is_by_hand && !is_picking, "By what they are").clicked() {
            details.picked = None;
            if is_by_hand {
                lines = Some(Lines::default());
            }
        }
        if ui.radio(is_by_hand || is_picking, "Picked by hand").clicked() {
            details.picked = Some(PickedLines::of(ground, index, contribution));
        }
    });
    match (&contribution.lines, details.picked.as_mut().filter(|picked| picked.is_of(ground, index))) {
        (_, Some(picked)) => {
            if let Some(chosen) = picked_lines_ui(ui, picked) {
                lines = Some(chosen);
                details.picked = None;
            }
        }
        (Lines::Where(filter), None) => {
            let scope = Filter::default().only(Dimension::Agency, [contribution.partner.as_str()]);
            let of = format!("contribution {}", index + 1);
            let asked = Asked { of: &of, scope, dimensions: &OF_LINES };
            if let Some(filter) = filter_ui(ui, ground, filter, &asked) {
                lines = Some(Lines::Where(filter));
            }
        }
        (Lines::ByHand(references), None) => {
            ui.horizontal(|ui| {
                ui.label(RichText::new(counted_plain(references.len(), "line")).small());
                if ui.button("Pick other lines").clicked() {
                    details.picked = Some(PickedLines::of(ground, index, contribution));
                }
            });
        }
    }
    let of = in_short(contributed.of);
    hint_ui(
        ui,
        &match contributed.years {
            0 | 1 => format!("They come to {of}"),
            years => format!("They come to {of} over {years} years"),
        },
    );
    lines
}

/// What should be known, on a line; the new words once they are typed.
pub(super) fn note_ui(
    ui: &mut Ui,
    cells: &mut EditCells,
    key: (&'static str, usize),
    name: &str,
    note: &str,
) -> Option<String> {
    let width = ui.available_width() - space::S;
    let cell = EditCell { id: Id::unique(("pool note", key)), name, shown: note, width, below: None };
    cells.show_words(ui, &cell).map(|note| note.trim().to_owned())
}

#[must_use]
pub(super) fn new_money_detail_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    index: usize,
) -> Option<Action> {
    let money = &ground.scenario.new_money[index];
    let mut changed = money.clone();
    let mut removes = false;
    let number = index + 1;
    card_ui(ui, |ui| {
        field_ui(ui, "Spent on", |ui| {
            let now = if money.purpose == Purpose::default() {
                Purpose::UNALLOCATED.to_owned()
            } else {
                money.purpose.in_words()
            };
            let name = format!("New money {number} is spent on");
            let id = ("new money to", index);
            let picked = chooser_or_new_ui(ui, id, &name, &now, 300.0, || purposes(ground), new_purposes);
            if let Some(purpose) = picked {
                changed.purpose = if purpose.is_unallocated() { Purpose::default() } else { purpose };
            }
        });
        field_ui(ui, "Comes from", |ui| {
            let now = money.funder.as_deref().unwrap_or("Not stated");
            let name = format!("New money {number} comes from");
            let choices = || {
                let none = Choosable { kind: "", words: "Not stated".to_owned(), value: None };
                let known = names(ground, Dimension::Funder).into_iter();
                let known =
                    known.map(|name| Choosable { kind: "Funder", words: name.clone(), value: Some(name) });
                std::iter::once(none).chain(known).collect()
            };
            let new = |typed: &str| {
                let value = Some(typed.to_owned());
                vec![Choosable { kind: "New funder", words: typed.to_owned(), value }]
            };
            let id = ("new money from", index);
            if let Some(funder) = chooser_or_new_ui(ui, id, &name, now, 300.0, choices, new) {
                changed.funder = funder;
            }
        });
        field_ui(ui, "Note", |ui| {
            let name = format!("Note on new money {number}");
            if let Some(note) = note_ui(ui, cells, ("new money", index), &name, &money.note) {
                changed.note = note;
            }
        });
        removes = ui.button("Take out of the pool").clicked();
    });
    if removes {
        return Some(ground.change(ScenarioChange::RemoveNewMoney(index)));
    }
    (changed != *money).then(|| ground.change(ScenarioChange::ChangeNewMoney(index, changed)))
}
