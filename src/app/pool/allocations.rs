//! Allocations as rows to type and drag in: from which money of the pool, to what, how much, and what becomes
//! of the rest.

use egui::{Button, ComboBox, Id, RichText, Role, Slider, Ui, WidgetInfo};

use super::allocation::allocation_detail_ui;
use super::card::chevron_ui;
use super::cell::{EditCell, EditCells};
use super::chooser::{Choosable, chooser_or_new_ui, chooser_ui};
use super::contributions::{amount_width, is_pointed_at};
use super::detail::Detail;
use super::ground::{Ground, PoolPointed};
use super::head::names;
use super::parts::Parts;
use super::purpose::{new_purposes, purposes};
use crate::app::action::Action;
use crate::app::awaited::is_quick;
use crate::app::style::{Colors, Icon, icon_button, space, weak_text};
use crate::dimension::Dimension;
use crate::figure::extent;
use crate::ledger::Filter;
use crate::money::{Percent, in_full, in_short};
use crate::pool::{Allocated, Allocation, Portion, Purpose, Rest, ScenarioChange};
use crate::words::capitalised;

/// An allocation that is being put together.
#[derive(Default)]
pub(super) struct NewAllocation {
    from: Filter,
    to: Option<Purpose>,
    /// How much, as it was typed.
    what: String,
}

const AMOUNT: f32 = 122.0;

/// What is spent on something else than today, a row for each allocation: from, to, how much.
#[must_use]
pub(super) fn allocations_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    revision: u64,
    parts: &mut Parts,
    new: &mut NewAllocation,
    pointed: &mut Option<PoolPointed>,
) -> Option<Action> {
    let mut action = None;
    ui.horizontal(|ui| {
        ui.heading("Allocations");
        weak_text(ui, "what the pool moves to something else");
    });
    let count = ground.scenario.allocations.len();
    for index in 0..count {
        let below = (index + 1 < count).then(|| amount_cell(index + 1));
        let row = ui.scope(|ui| allocation_ui(ui, ground, revision, parts, index, below));
        action = action.or(row.inner);
        if is_pointed_at(ui, &row.response) {
            *pointed = Some(PoolPointed::Allocation(index));
        }
        action = action.or(parts.cells.refusal_ui(ui, amount_cell(index)));
        ui.add_space(2.0);
    }
    action = action.or(add_ui(ui, ground, &mut parts.cells, new));
    ui.add_space(space::XS);
    action.or(rest_ui(ui, ground, &mut parts.cells))
}

fn amount_cell(index: usize) -> Id {
    Id::unique(("pool allocation", index))
}

fn allocation_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    revision: u64,
    parts: &mut Parts,
    index: usize,
    below: Option<Id>,
) -> Option<Action> {
    let allocation = &ground.scenario.allocations[index];
    let allocated = ground.model.allocated.get(index).copied().unwrap_or_default();
    let id = amount_cell(index);
    let mut wish: Option<ScenarioChange> = None;
    let mut lines = false;
    let number = index + 1;
    let is_open = parts.details.is_open(&ground.scenario.name, Detail::Allocation(index));
    ui.horizontal(|ui| {
        let each = ((ui.available_width() - 226.0) / 2.0).clamp(100.0, 300.0);
        weak_text(ui, "From");
        let from = from_in_words(&allocation.from);
        let name = format!("Allocation {number} from");
        if let Some(from) = chooser_ui(ui, ("from", index), &name, &from, each, || origins(ground)) {
            wish = Some(ScenarioChange::SetAllocation(index, Allocation { from, ..allocation.clone() }));
        }
        weak_text(ui, "to");
        let (to, name) = (allocation.to.in_words(), format!("Allocation {number} to"));
        let picked =
            chooser_or_new_ui(ui, ("to", index), &name, &to, each, || purposes(ground), new_purposes);
        if let Some(to) = picked {
            wish = Some(ScenarioChange::SetAllocation(index, Allocation { to, ..allocation.clone() }));
        }
        lines = icon_button(ui, Icon::Ledger, &format!("Lines of allocation {number}")).clicked();
        if icon_button(ui, Icon::Close, &format!("Remove allocation {number}")).clicked() {
            wish = Some(ScenarioChange::RemoveAllocation(index));
        }
        if chevron_ui(ui, &format!("Details of allocation {number}"), is_open) {
            parts.details.toggle(&ground.scenario.name, Detail::Allocation(index));
        }
    });
    ui.horizontal(|ui| {
        let shown = shown_amount(allocation, allocated);
        let name = format!("Allocation {number}: amount");
        let width = amount_width([allocated.amount, allocated.asked].into_iter(), AMOUNT);
        let cell = EditCell { id, name: &name, shown: &shown, width, below };
        if let Some(typed) = parts.cells.show(ui, &cell) {
            match allocation.what.retyped(&typed, allocated.of, allocated.years) {
                Ok(what) => {
                    let changed = Allocation { what, ..allocation.clone() };
                    wish = Some(ScenarioChange::SetAllocation(index, changed));
                }
                Err(error) => {
                    parts
                        .cells
                        .refuse(id, format!("{}. It keeps what it had.", capitalised(&error.to_string())));
                }
            }
        }
        if let Some(change) = slider_ui(ui, ground, revision, parts, index, allocated) {
            wish = Some(change);
        }
        let words = format!("{} of {}", in_short(allocated.asked), in_short(allocated.of));
        let label = ui.label(RichText::new(words).small());
        label.on_hover_text(format!("{} of {}", in_full(allocated.asked), in_full(allocated.of)));
        if allocated.lacks.is_positive() {
            let color = Colors::of(ui).warning;
            ui.label(RichText::new(format!("{} too much", in_short(allocated.lacks))).small().color(color));
        }
    });
    if is_open && let Some(change) = allocation_detail_ui(ui, ground, &mut parts.cells, index) {
        wish = Some(change);
    }
    if lines {
        let mut filter = ground.in_the_pool();
        for (dimension, name) in allocation.to.stated() {
            filter = filter.only(dimension, [name]);
        }
        return Some(Action::Drill(allocation.in_words(), filter));
    }
    let change = wish?;
    parts.cells.ask_at(id);
    Some(ground.change(change))
}

fn shown_amount(allocation: &Allocation, allocated: Allocated) -> String {
    match allocation.what {
        Portion::Percent(percent) => percent.to_string(),
        Portion::Whole => "100%".to_owned(),
        Portion::Amount(_) => in_full(allocated.asked).replacen('£', "", 1),
    }
}

/// How much of the money it chooses from, in whole percents: tried while it is held, done when it is let go.
fn slider_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    revision: u64,
    parts: &mut Parts,
    index: usize,
    allocated: Allocated,
) -> Option<ScenarioChange> {
    let allocation = &ground.scenario.allocations[index];
    let of = extent(allocated.of);
    let asked = match allocation.what {
        // What is held stands where the hand is, also before it is known what that comes to.
        Portion::Percent(percent) if !parts.trial.is_known() => extent(allocated.of.times(percent)),
        Portion::Whole if !parts.trial.is_known() => of,
        _ => extent(allocated.asked),
    };
    let mut percent = if of > 0.0 { (asked / of * 100.0).clamp(0.0, 100.0) } else { 0.0 };
    ui.spacing_mut().slider_width = (ui.available_width() - 200.0).clamp(70.0, 260.0);
    // Whole percents: finer ones are typed beside it.
    let slider = Slider::new(&mut percent, 0.0..=100.0).step_by(1.0).show_value(false);
    let response = ui.add_enabled(of > 0.0, slider);
    let name = format!("Allocation {} share", index + 1);
    response.widget_info(|| WidgetInfo::slider(true, percent, name.as_str()));
    if response.changed() && is_by_hand(ui, &response) {
        let percent = Percent::new(percent.round() as i32);
        let what = if percent == Percent::WHOLE { Portion::Whole } else { Portion::Percent(percent) };
        let change = ScenarioChange::SetAllocation(index, Allocation { what, ..allocation.clone() });
        if !response.dragged() && !response.drag_stopped() {
            return Some(change);
        }
        parts.trial.try_out(&ground, revision, change, ui.ctx());
    }
    if response.drag_stopped() { parts.trial.decide(is_quick(ground.place)) } else { None }
}

/// A slider takes its value to its nearest step by itself; only what a hand did is a change.
pub(super) fn is_by_hand(ui: &Ui, response: &egui::Response) -> bool {
    const KEYS: [egui::Key; 4] =
        [egui::Key::ArrowLeft, egui::Key::ArrowRight, egui::Key::ArrowUp, egui::Key::ArrowDown];
    let by_key = || ui.input(|input| KEYS.iter().any(|key| input.key_pressed(*key)));
    response.dragged() || response.drag_stopped() || response.clicked() || response.has_focus() && by_key()
}

fn from_in_words(from: &Filter) -> String {
    let names: Vec<&str> = from.chips.iter().flat_map(|chip| chip.names.iter().map(String::as_str)).collect();
    if names.is_empty() { "all of the pool".to_owned() } else { names.join(", ") }
}

/// What money can be taken from: all of the pool, or the part of one name.
fn origins(ground: Ground<'_>) -> Vec<Choosable<Filter>> {
    let all = Choosable { kind: "", words: "all of the pool".to_owned(), value: Filter::default() };
    let mut choices = vec![all];
    for dimension in [
        Dimension::Theme,
        Dimension::Service,
        Dimension::Stage,
        Dimension::Area,
        Dimension::Agency,
        Dimension::Year,
    ] {
        for name in names(ground, dimension) {
            let value = Filter::default().only(dimension, [name.as_str()]);
            choices.push(Choosable { kind: dimension.title(), words: name, value });
        }
    }
    choices
}

/// From where, to where, how much: an allocation more.
fn add_ui(ui: &mut Ui, ground: Ground<'_>, cells: &mut EditCells, new: &mut NewAllocation) -> Option<Action> {
    let cell = Id::unique(("pool", "new allocation"));
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let each = ((ui.available_width() - 250.0) / 2.0).clamp(100.0, 240.0);
        let from = from_in_words(&new.from);
        if let Some(from) = chooser_ui(ui, "new from", "Move from", &from, each, || origins(ground)) {
            new.from = from;
        }
        weak_text(ui, "to");
        let to = new.to.as_ref().map_or("Choose a purpose".to_owned(), Purpose::in_words);
        let picked = chooser_or_new_ui(ui, "new to", "Move to", &to, each, || purposes(ground), new_purposes);
        if let Some(to) = picked {
            new.to = Some(to);
        }
        let shown = if new.what.is_empty() { "10%" } else { &new.what };
        let fields = EditCell { id: cell, name: "How much to move", shown, width: AMOUNT * 0.7, below: None };
        if let Some(typed) = cells.show(ui, &fields) {
            typed.trim().clone_into(&mut new.what);
        }
        let add = ui.add_enabled(new.to.is_some(), Button::new("Allocate"));
        if add.on_hover_text("Move so much of the pool to this").clicked()
            && let Some(to) = new.to.clone()
        {
            let typed = if new.what.is_empty() { "10%" } else { &new.what };
            cells.ask_at(cell);
            match Portion::Whole.retyped(typed, crate::money::Money::ZERO, 1) {
                Ok(what) => {
                    let allocation = Allocation { from: new.from.clone(), what, to, note: String::new() };
                    action = Some(ground.change(ScenarioChange::AddAllocation(allocation)));
                    new.to = None;
                }
                Err(error) => cells.refuse(cell, capitalised(&error.to_string())),
            }
        }
    });
    action.or(cells.refusal_ui(ui, cell))
}

/// What becomes of the money that no allocation takes.
fn rest_ui(ui: &mut Ui, ground: Ground<'_>, cells: &mut EditCells) -> Option<Action> {
    let words = |rest: Rest| match rest {
        Rest::KeepsItsPurpose => "keeps its purpose",
        Rest::Unallocated => "waits, unallocated",
    };
    let mut chosen = ground.scenario.rest;
    ui.horizontal(|ui| {
        weak_text(ui, "The rest of the pool");
        let response = ComboBox::from_id_salt("rest")
            .selected_text(words(chosen))
            .width(170.0)
            .show_ui(ui, |ui| {
                for rest in [Rest::KeepsItsPurpose, Rest::Unallocated] {
                    ui.selectable_value(&mut chosen, rest, words(rest));
                }
            })
            .response;
        let name = format!("The rest of the pool: {}", words(ground.scenario.rest));
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name.as_str()));
    });
    (chosen != ground.scenario.rest).then(|| {
        cells.ask_at(Id::unique(("pool", "new allocation")));
        ground.change(ScenarioChange::SetRest(chosen))
    })
}
