//! The row that adds a contribution: whose lines, which, how much.

use super::cell::{EditCell, EditCells};
use super::chooser::{Choosable, chooser_ui};
use super::contributions::{AMOUNT, GAP};
use super::ground::Ground;
use super::head::{agencies, names};
use crate::app::action::Action;
use crate::dimension::Dimension;
use crate::ledger::Filter;
use crate::money::Money;
use crate::pool::{Arrangement, Contribution, Lines, NewMoney, Portion, ScenarioChange};
use crate::words::capitalised;
use egui::{Button, Id, Ui};

/// A contribution that is being put together.
#[derive(Default)]
pub(super) struct NewContribution {
    partner: Option<String>,
    lines: NewLines,
    /// How much, as it was typed.
    what: String,
}

/// Which lines of the partner it is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum NewLines {
    #[default]
    All,
    Named(Dimension, String),
    /// Money that no line holds.
    NewMoney,
}

/// Whose lines, which, how much: a contribution more.
pub(super) fn add_contribution_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    new: &mut NewContribution,
) -> Option<Action> {
    let cell = Id::unique(("pool", "new contribution"));
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let room = ui.available_width();
        let each = ((room - AMOUNT - 90.0) / 2.0 - 30.0).clamp(120.0, 260.0);
        let partner = new.partner.as_deref().unwrap_or("Choose a partner");
        let all = || agencies(ground).into_iter().map(|name| choice("Agency", &name, name.clone())).collect();
        if let Some(partner) = chooser_ui(ui, "new partner", "Partner to add", partner, each, all) {
            new.partner = Some(partner);
            new.lines = NewLines::All;
        }
        let lines = match &new.lines {
            NewLines::All => "all its lines",
            NewLines::Named(_, name) => name,
            NewLines::NewMoney => "new money",
        };
        let kinds = || lines_to_add(ground, new.partner.as_deref());
        if let Some(lines) = chooser_ui(ui, "new lines", "Lines to add", lines, each, kinds) {
            new.lines = lines;
        }
        let shown = if new.what.is_empty() { "all" } else { &new.what };
        let typed = cells.show(
            ui,
            &EditCell { id: cell, name: "How much to add", shown, width: AMOUNT * 0.7, below: None },
        );
        if let Some(typed) = typed {
            typed.trim().clone_into(&mut new.what);
        }
        let add = ui.add_enabled(new.partner.is_some(), Button::new("Add"));
        if add.on_hover_text("Add this contribution to the pool").clicked() {
            action = added(ground, cells, new, cell);
        }
    });
    action.or(cells.refusal_ui(ui, cell))
}

fn choice<T>(kind: &'static str, words: &str, value: T) -> Choosable<T> {
    Choosable { kind, words: words.to_owned(), value }
}

/// What a partner can put in: all, by theme or service, or new money.
fn lines_to_add(ground: Ground<'_>, partner: Option<&str>) -> Vec<Choosable<NewLines>> {
    let mut choices =
        vec![choice("", "all its lines", NewLines::All), choice("", "new money", NewLines::NewMoney)];
    let filter =
        partner.map_or_else(Filter::default, |partner| Filter::default().only(Dimension::Agency, [partner]));
    let cells = filter.resolve(&ground.place.ledger).cells(false);
    for dimension in [Dimension::Theme, Dimension::Service, Dimension::Area, Dimension::Stage] {
        let occurring = cells.occurring(dimension);
        let known = ground.place.ledger.names(dimension);
        for name in names(ground, dimension) {
            if known.id(&name).is_some_and(|id| occurring.contains(&id)) {
                choices.push(choice(dimension.title(), &name, NewLines::Named(dimension, name.clone())));
            }
        }
    }
    choices
}

fn added(ground: Ground<'_>, cells: &mut EditCells, new: &mut NewContribution, cell: Id) -> Option<Action> {
    let partner = new.partner.clone()?;
    cells.ask_at(cell);
    let typed = if new.what.is_empty() { "all" } else { &new.what };
    let change = if new.lines == NewLines::NewMoney {
        let typed = Portion::Amount(Money::ZERO).retyped(typed, Money::ZERO, 1);
        let Ok(Portion::Amount(amount)) = typed else {
            cells.refuse(cell, "Say how much new money, such as 250k.");
            return None;
        };
        ScenarioChange::AddNewMoney(NewMoney { partner, amount, ..NewMoney::default() })
    } else {
        let filter = match &new.lines {
            NewLines::Named(dimension, name) => Filter::default().only(*dimension, [name.as_str()]),
            NewLines::All | NewLines::NewMoney => Filter::default(),
        };
        // Before there is a contribution nothing is known of its lines: a change of them cannot be meant.
        match Portion::Whole.retyped(typed, Money::ZERO, 1) {
            Ok(what) => {
                let lines = Lines::Where(filter);
                let aligned = ground.scenario.arrangement == Arrangement::Aligned;
                let contribution = Contribution { partner, lines, what, aligned, ..Contribution::default() };
                ScenarioChange::AddContribution(contribution)
            }
            Err(error) => {
                cells.refuse(cell, capitalised(&error.to_string()));
                return None;
            }
        }
    };
    *new = NewContribution::default();
    Some(ground.change(change))
}
