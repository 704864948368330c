//! What partners ask to keep outside the pool before they join.

use egui::{Button, Id, RichText, Ui};

use super::card::{field_ui, hint_ui};
use super::cell::{EditCell, EditCells};
use super::chooser::{Choosable, chooser_ui};
use super::contribution::note_ui;
use super::detail::Details;
use super::filter::{Asked, OF_LINES, filter_ui};
use super::ground::Ground;
use super::head::agencies;
use super::portion::portion_in_cell;
use crate::app::style;
use crate::app::style::{Icon, icon_button, space};
use crate::dimension::Dimension;
use crate::ledger::Filter;
use crate::money::{Money, in_full};
use crate::pool::{Condition, Portion, ScenarioChange};
use crate::words::capitalised;

/// A partner with what it keeps, of which lines; and a way to one more.
#[must_use]
pub(super) fn conditions_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    details: &mut Details,
) -> Option<ScenarioChange> {
    let conditions = &ground.scenario.conditions;
    let mut next: Option<Vec<Condition>> = None;
    for (index, condition) in conditions.iter().enumerate() {
        let mut changed = condition.clone();
        let number = index + 1;
        ui.horizontal(|ui| {
            ui.label(RichText::new(&condition.partner).font(style::semibold(13.0)));
            if icon_button(ui, Icon::Close, &format!("Remove condition {number}")).clicked() {
                let mut conditions = conditions.clone();
                conditions.remove(index);
                next = Some(conditions);
            }
        });
        field_ui(ui, "Keeps", |ui| {
            let id = Id::unique(("pool keeps", index));
            let name = format!("Condition {number}: {} keeps", condition.partner);
            let shown = portion_in_cell(condition.keeps);
            let cell = EditCell { id, name: &name, shown: &shown, width: 130.0, below: None };
            if let Some(typed) = cells.show(ui, &cell) {
                let (of, years) = kept_of(ground, condition);
                match condition.keeps.retyped(&typed, of, years) {
                    Ok(keeps) => changed.keeps = keeps,
                    Err(error) => cells.refuse(id, capitalised(&error.to_string())),
                }
            }
            // What is refused here is only said; it offers nothing to do.
            let _ = cells.refusal_ui(ui, id);
            let (of, years) = kept_of(ground, condition);
            let over = if years > 1 { format!(" over {years} years") } else { String::new() };
            hint_ui(ui, &format!("outside the pool, of {}{over}", in_full(of)));
        });
        field_ui(ui, "Of", |ui| {
            let scope = Filter::default().only(Dimension::Agency, [condition.partner.as_str()]);
            let of = format!("condition {number}");
            let asked = Asked { of: &of, scope, dimensions: &OF_LINES };
            if condition.of.is_empty() {
                hint_ui(ui, "all that it spends");
            }
            if let Some(of) = filter_ui(ui, ground, &condition.of, &asked) {
                changed.of = of;
            }
        });
        field_ui(ui, "Note", |ui| {
            let name = format!("Note on condition {number}");
            if let Some(note) = note_ui(ui, cells, ("condition", index), &name, &condition.note) {
                changed.note = note;
            }
        });
        if changed != *condition {
            let mut conditions = conditions.clone();
            conditions[index] = changed;
            next = Some(conditions);
        }
        ui.separator();
    }
    if let Some(condition) = new_condition_ui(ui, ground, cells, details) {
        next = Some(conditions.iter().cloned().chain([condition]).collect());
    }
    next.map(ScenarioChange::SetConditions)
}

/// What the lines of a condition come to, £, and how many years they are of.
fn kept_of(ground: Ground<'_>, condition: &Condition) -> (Money, usize) {
    let own = condition.of.clone().only(Dimension::Agency, [condition.partner.as_str()]);
    let cells = own.resolve(&ground.place.ledger).cells(false);
    (cells.total(), cells.occurring(Dimension::Year).len())
}

fn new_condition_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    details: &mut Details,
) -> Option<Condition> {
    let id = Id::unique(("pool", "new condition"));
    let mut added = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let words = details.partner.clone().unwrap_or_else(|| "Choose a partner".to_owned());
        let choices = || {
            let choice = |name: String| Choosable { kind: "", words: name.clone(), value: name };
            agencies(ground).into_iter().map(choice).collect()
        };
        if let Some(partner) = chooser_ui(ui, "new condition", "Who asks", &words, 200.0, choices) {
            details.partner = Some(partner);
        }
        hint_ui(ui, "keeps");
        let shown = if details.keeps.is_empty() { "90%" } else { &details.keeps };
        let cell = EditCell { id, name: "How much it keeps", shown, width: 90.0, below: None };
        if let Some(typed) = cells.show(ui, &cell) {
            typed.trim().clone_into(&mut details.keeps);
        }
        let add = ui.add_enabled(details.partner.is_some(), Button::new("Add condition"));
        if add.on_hover_text("It counts as worse off where less than this is left to it").clicked()
            && let Some(partner) = details.partner.clone()
        {
            let typed = if details.keeps.is_empty() { "90%" } else { &details.keeps };
            match Portion::Whole.retyped(typed, Money::ZERO, 1) {
                Ok(keeps) => {
                    added = Some(Condition { partner, keeps, of: Filter::default(), note: String::new() });
                    (details.partner, details.keeps) = (None, String::new());
                }
                Err(error) => cells.refuse(id, capitalised(&error.to_string())),
            }
        }
    });
    let _ = cells.refusal_ui(ui, id);
    added
}
