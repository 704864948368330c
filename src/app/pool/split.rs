//! Who puts in how much by a rule: numbers to type, partners to lock. A split that lacks a number is kept as
//! a draft and is no step yet.

use egui::{Align, ComboBox, Id, RichText, Role, Ui, WidgetInfo};

use super::cell::{EditCell, EditCells};
use super::column::column_ui;
use super::ground::Ground;
use crate::app::action::Action;
use crate::app::style::{Colors, space, weak_text};
use crate::ledger::short_or_about;
use crate::money::{Money, Weighting};
use crate::pool::{ScenarioChange, Split, SplitRule, SplitShare};
use crate::words::thousands;

/// A split that lacks a number, or whose shares do not come to a hundred: it is made up here until it does.
pub(super) struct SplitDraft {
    /// The name of the scenario it is of.
    of: String,
    split: Split,
    /// The partner whose number was typed last: the others can follow it.
    typed: Option<String>,
}

/// Who puts in how much of the whole: by a rule, with numbers to type and partners that are locked.
#[must_use]
pub(super) fn split_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    draft: &mut Option<SplitDraft>,
) -> Option<Action> {
    if ground.partners().is_empty() {
        return None;
    }
    draft.take_if(|draft| draft.of != ground.scenario.name);
    let cell = Id::unique(("pool", "split"));
    let shown = draft.as_ref().map(|draft| &draft.split).or(ground.scenario.split.as_ref()).cloned();
    let now = shown.as_ref().map_or(SplitRule::AsToday, |split| split.rule);
    let mut wish: Option<(Option<Split>, Option<String>)> = None;
    ui.heading("Split rule");
    ui.horizontal(|ui| {
        weak_text(ui, "Who puts in how much of the whole");
        let mut chosen = now;
        let response = ComboBox::from_id_salt("split rule")
            .selected_text(now.name())
            .width(150.0)
            .show_ui(ui, |ui| {
                for rule in SplitRule::ALL {
                    ui.selectable_value(&mut chosen, rule, rule.name());
                }
            })
            .response;
        let name = format!("Split rule: {}", now.name());
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name.as_str()));
        if chosen != now {
            wish = Some((Some(begun(ground, chosen)), None));
        }
    });
    // Who is locked may be said before there is a rule.
    let split = shown.unwrap_or_default();
    wish = wish.or(table_ui(ui, ground, cells, &split));
    wish = wish.or(below_ui(ui, ground, draft, &split));
    let action = wish.and_then(|(split, typed)| {
        // Nobody locked and as today says nothing.
        let split = split.filter(|split| *split != Split::default());
        let missing = split.as_ref().and_then(|split| split.missing(&ground.partners()));
        if let (Some(split), Some(_)) = (&split, missing) {
            *draft = Some(SplitDraft { of: ground.scenario.name.clone(), split: split.clone(), typed });
            return None;
        }
        *draft = None;
        cells.ask_at(cell);
        Some(ground.change(ScenarioChange::SetSplit(split)))
    });
    action.or(cells.refusal_ui(ui, cell))
}

/// A rule with numbers to begin with: people as the place knows them, shares as they are today, an index of one. Who is
/// locked stays so.
fn begun(ground: Ground<'_>, rule: SplitRule) -> Split {
    let locked = ground.scenario.split.as_ref().map(|split| split.locked.clone()).unwrap_or_default();
    begun_with(ground, rule, locked)
}

fn begun_with(ground: Ground<'_>, rule: SplitRule, locked: Vec<String>) -> Split {
    let partners = ground.partners();
    let today: Vec<(&str, Money)> = partners.iter().map(|name| (*name, puts_in(ground, name))).collect();
    Split::begun(rule, locked, &today, |partner| ground.place.people_of(partner))
}

/// The partners that the rule is for.
fn open<'a>(ground: Ground<'a>, split: &Split) -> Vec<&'a str> {
    let is_open = |partner: &&str| !split.locked.iter().any(|name| name == partner);
    ground.partners().into_iter().filter(is_open).collect()
}

fn puts_in(ground: Ground<'_>, partner: &str) -> Money {
    let position = ground.model.positions.iter().find(|position| position.agency == partner);
    position.map_or(Money::ZERO, |position| position.puts_in)
}

const NUMBER: f32 = 112.0;
const LOCKED: f32 = 64.0;
const PUTS_IN: f32 = 88.0;
const ROW: f32 = 32.0;

/// What the rule counts by, as the head of its column has it; nothing where there is nothing to type.
const fn counted(rule: SplitRule) -> Option<&'static str> {
    match rule {
        SplitRule::AsToday | SplitRule::Equal => None,
        SplitRule::Population => Some("People"),
        SplitRule::Need => Some("Need index"),
        SplitRule::Benefit => Some("Benefit (£)"),
        SplitRule::Fixed => Some("Share (%)"),
    }
}

/// Partner by partner: whether it is locked, its number, what it puts in.
fn table_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    split: &Split,
) -> Option<(Option<Split>, Option<String>)> {
    let has_numbers = counted(split.rule).is_some() && !is_by_gain(split);
    let numbers = if has_numbers { NUMBER } else { 0.0 };
    let name = (ui.available_width() - 6.0 - numbers - LOCKED - PUTS_IN - 30.0).max(80.0);
    column_heads_ui(ui, split, name, has_numbers);
    let mut wish = None;
    let partners = ground.partners();
    for (index, partner) in partners.iter().enumerate() {
        let below = partners[index + 1..].iter().find(|next| !split.locked.iter().any(|name| name == *next));
        ui.horizontal(|ui| {
            column_ui(ui, name, ROW, Align::Min, |ui| {
                ui.add(egui::Label::new(RichText::new(*partner).size(13.0)).truncate())
            });
            let mut is_locked = split.locked.iter().any(|name| name == partner);
            let response = column_ui(ui, LOCKED, ROW, Align::Min, |ui| ui.checkbox(&mut is_locked, ""));
            response.widget_info(|| {
                WidgetInfo::selected(Role::CheckBox, true, is_locked, format!("Lock {partner} as it is"))
            });
            if response.changed() {
                wish = Some((Some(locked(ground, split, partner, is_locked)), None));
            }
            response.on_hover_text("Locked: it puts in what its contributions say");
            if has_numbers {
                let below = below.map(|next| weight_cell(next));
                column_ui(ui, NUMBER, ROW, Align::Max, |ui| {
                    if is_locked {
                        weak_text(ui, "as it is");
                    } else if let Some(split) = number_ui(ui, cells, split, partner, below) {
                        wish = Some((Some(split), Some((*partner).to_owned())));
                    }
                });
            }
            column_ui(ui, PUTS_IN, ROW, Align::Max, |ui| {
                let position = ground.model.positions.iter().find(|position| position.agency == *partner);
                let range = position.and_then(|position| position.range);
                let words = short_or_about(puts_in(ground, partner), range.is_some());
                let label = ui.label(RichText::new(words).size(13.0));
                match range {
                    Some(range) => label.on_hover_text(range.in_words()),
                    None => label,
                }
            });
        });
        // What is refused here is only said; a number offers nothing to do.
        let _ = cells.refusal_ui(ui, weight_cell(partner));
    }
    if split.rule == SplitRule::Fixed {
        let sum: Weighting = split.shares.iter().map(|share| share.weight).sum();
        let into_pool = partners.iter().map(|partner| puts_in(ground, partner)).sum::<Money>();
        ui.horizontal(|ui| {
            column_ui(ui, name, ROW, Align::Min, |ui| weak_text(ui, "Together"));
            column_ui(ui, LOCKED, ROW, Align::Min, |_| ());
            column_ui(ui, NUMBER, ROW, Align::Max, |ui| {
                ui.label(RichText::new(format!("{}%", sum.in_hundredths())).size(13.0).strong());
            });
            column_ui(ui, PUTS_IN, ROW, Align::Max, |ui| {
                ui.label(
                    RichText::new(short_or_about(into_pool, ground.model.range.is_some()))
                        .size(13.0)
                        .strong(),
                );
            });
        });
    }
    wish
}

fn weight_cell(partner: &str) -> Id {
    Id::unique(("pool weight", partner))
}

fn column_heads_ui(ui: &mut Ui, split: &Split, name: f32, has_numbers: bool) {
    ui.horizontal(|ui| {
        column_ui(ui, name, ROW, Align::Min, |ui| weak_text(ui, "Partner"));
        column_ui(ui, LOCKED, ROW, Align::Min, |ui| weak_text(ui, "Locked"));
        if has_numbers {
            column_ui(ui, NUMBER, ROW, Align::Max, |ui| {
                weak_text(ui, counted(split.rule).unwrap_or_default())
            });
        }
        column_ui(ui, PUTS_IN, ROW, Align::Max, |ui| weak_text(ui, "Puts in"));
    });
}

/// A partner's number; what was typed is the split with it.
fn number_ui(
    ui: &mut Ui,
    cells: &mut EditCells,
    split: &Split,
    partner: &str,
    below: Option<Id>,
) -> Option<Split> {
    let at = split.shares.iter().position(|share| share.partner == partner);
    let shown = at.map_or(String::new(), |at| match split.rule {
        // Exact shares of today have more decimals than anybody reads.
        SplitRule::Fixed => split.shares[at].weight.in_hundredths(),
        _ => thousands(split.shares[at].weight),
    });
    let name = format!("Weight of {partner}");
    let id = weight_cell(partner);
    let typed = cells.show(ui, &EditCell { id, name: &name, shown: &shown, width: NUMBER, below })?;
    let weight = match typed.parse::<Weighting>() {
        Ok(weight) => weight,
        Err(error) => {
            cells.refuse(id, format!("\"{typed}\" {error}."));
            return None;
        }
    };
    let mut next = split.clone();
    match at {
        Some(at) => next.shares[at].weight = weight,
        None => next.shares.push(SplitShare { partner: partner.to_owned(), weight }),
    }
    Some(next)
}

/// The split with a partner locked or free again. Fixed shares of the others are scaled, so that they come to 100.
fn locked(ground: Ground<'_>, split: &Split, partner: &str, is_locked: bool) -> Split {
    let mut next = split.clone();
    next.locked.retain(|name| name != partner);
    next.shares.retain(|share| share.partner != partner);
    if is_locked {
        next.locked.push(partner.to_owned());
    } else if !is_by_gain(split) {
        let begun = begun_with(ground, split.rule, next.locked.clone());
        next.shares.extend(begun.shares.into_iter().filter(|share| share.partner == partner));
    }
    if split.rule == SplitRule::Fixed {
        next.scale_to_hundred(None);
    }
    next
}

/// Whether partners count by what they get back, so that there is nothing to type.
fn is_by_gain(split: &Split) -> bool {
    split.rule == SplitRule::Benefit && split.shares.is_empty()
}

/// What is still missing, and ways to put it right.
fn below_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    draft: &mut Option<SplitDraft>,
    split: &Split,
) -> Option<(Option<Split>, Option<String>)> {
    let mut wish = None;
    if split.rule == SplitRule::Benefit {
        ui.horizontal_wrapped(|ui| {
            if is_by_gain(split) {
                weak_text(ui, "Each counts by what it gets back from the pool");
                if ui.button("Type numbers instead").clicked() {
                    wish = Some((Some(by_gain(ground, split)), None));
                }
            } else if ui.button("Count by what each gets back").clicked() {
                wish = Some((Some(Split { shares: Vec::new(), ..split.clone() }), None));
            }
        });
    }
    let Some(missing) = draft.as_ref().and_then(|draft| draft.split.missing(&ground.partners())) else {
        return wish;
    };
    let color = Colors::of(ui).warning;
    ui.add(egui::Label::new(RichText::new(missing).small().color(color)).wrap());
    let mut discards = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let typed = draft.as_ref().and_then(|draft| draft.typed.clone());
        if split.rule == SplitRule::Fixed && ui.button("Let the others follow").clicked() {
            let mut next = split.clone();
            next.scale_to_hundred(typed.as_deref());
            wish = Some((Some(next), typed));
        }
        let partners = ground.partners();
        if let Some(ScenarioChange::Several(label, changes)) = split.with_lacking_mended(&partners)
            && ui.button(label).clicked()
            && let Some(ScenarioChange::SetSplit(locked)) = changes.into_iter().next()
        {
            wish = Some((locked, None));
        }
        discards = ui.button("Leave the split as it was").clicked();
    });
    if discards {
        *draft = None;
        return None;
    }
    wish
}

/// What each gets back, as numbers that can be typed over.
fn by_gain(ground: Ground<'_>, split: &Split) -> Split {
    let share = |partner: &str| {
        let position = ground.model.positions.iter().find(|position| position.agency == partner);
        let weight = position.map_or(Money::ZERO, |position| position.gets_back).into();
        SplitShare { partner: partner.to_owned(), weight }
    };
    Split { shares: open(ground, split).into_iter().map(share).collect(), ..split.clone() }
}
