use egui::{ComboBox, Id, RichText, Role, Ui, WidgetInfo};

use super::action::Action;
use super::pool_cell::{Cell, Cells};
use super::pool_view::Ground;
use super::style::{Colors, weak_text};
use crate::money::{Money, Weights, apportion, in_short};
use crate::pool::{ScenarioChange, Split, SplitRule, SplitShare, Weight};

/// Who puts in how much of the whole: by a rule, with partners that are locked.
#[must_use]
pub(super) fn split_ui(ui: &mut Ui, ground: Ground<'_>, cells: &mut Cells) -> Option<Action> {
    if ground.partners().is_empty() {
        return None;
    }
    let cell = Id::unique(("pool", "split"));
    let now = ground.scenario.split.as_ref().map_or(SplitRule::AsToday, |split| split.rule);
    let mut wish = None;
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
            wish = Some(begun(ground, chosen));
        }
    });
    if let Some(split) = ground.scenario.split.as_ref().filter(|split| split.rule != SplitRule::AsToday) {
        for partner in ground.partners() {
            if let Some(changed) = partner_ui(ui, ground, cells, split, partner) {
                wish = Some(Some(changed));
            }
        }
    }
    let action = wish.map(|split| {
        cells.ask_at(cell);
        ground.change(ScenarioChange::SetSplit(split))
    });
    action.or(cells.refusal_ui(ui, cell))
}

/// A rule with weights to begin with: shares as they are today, an index of one for everyone. People are taken from
/// the place when the change is made.
fn begun(ground: Ground<'_>, rule: SplitRule) -> Option<Split> {
    if rule == SplitRule::AsToday {
        return None;
    }
    let locked = ground.scenario.split.as_ref().map(|split| split.locked.clone()).unwrap_or_default();
    let open: Vec<&str> =
        ground.partners().into_iter().filter(|partner| !locked.iter().any(|name| name == partner)).collect();
    let share = |partner: &str, weight: Weight| SplitShare { partner: partner.to_owned(), weight };
    let shares = match rule {
        SplitRule::Need => open.iter().map(|partner| share(partner, Weight::new(1))).collect(),
        SplitRule::Fixed => {
            let amounts = open.iter().map(|partner| puts_in(ground, partner).max(Money::ZERO));
            match Weights::from_amounts(amounts) {
                // A hundred parted to four decimals, exactly.
                Ok(weights) => {
                    let parts = apportion(Money::from_pounds(10_000), &weights).into_iter();
                    let of_hundred = parts.map(|part| Money::from_units(part.units() / 100));
                    open.iter().zip(of_hundred).map(|(partner, part)| share(partner, part.into())).collect()
                }
                Err(_) => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    Some(Split { rule, shares, locked })
}

fn puts_in(ground: Ground<'_>, partner: &str) -> Money {
    let position = ground.model.positions.iter().find(|position| position.agency == partner);
    position.map_or(Money::ZERO, |position| position.puts_in)
}

/// A partner under the rule: whether it is locked, its weight, and what it puts in.
fn partner_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut Cells,
    split: &Split,
    partner: &str,
) -> Option<Split> {
    let mut changed = None;
    let id = Id::unique(("pool weight", partner));
    ui.horizontal(|ui| {
        let mut locked = split.locked.iter().any(|name| name == partner);
        let response = ui.checkbox(&mut locked, "Locked");
        response.widget_info(|| {
            WidgetInfo::selected(Role::CheckBox, true, locked, format!("Lock {partner} as it is"))
        });
        if response.changed() {
            let mut next = split.clone();
            next.locked.retain(|name| name != partner);
            next.shares.retain(|share| share.partner != partner);
            if locked {
                next.locked.push(partner.to_owned());
            } else if split.rule != SplitRule::Equal {
                let weight = Weight::new(1);
                next.shares.push(SplitShare { partner: partner.to_owned(), weight });
            }
            changed = Some(next);
        }
        if let Some(share) = split.shares.iter().position(|share| share.partner == partner) {
            let shown = split.shares[share].weight.to_string();
            let name = format!("Weight of {partner}");
            let cell = Cell { id, name: &name, shown: &shown, width: 90.0, below: None };
            if let Some(typed) = cells.show(ui, &cell) {
                if let Ok(weight) = typed.trim().trim_end_matches('%').parse() {
                    let mut next = split.clone();
                    next.shares[share].weight = weight;
                    changed = Some(next);
                } else {
                    cells.refuse(id, format!("\"{typed}\" is not a weight, such as 329608 or 1.12."));
                }
            }
        }
        ui.label(RichText::new(partner).small());
        let words = format!("puts in {}", in_short(puts_in(ground, partner)));
        ui.label(RichText::new(words).small().color(Colors::of(ui).weak_text));
    });
    // What is refused here is only said; a weight offers nothing to do.
    let _ = cells.refusal_ui(ui, id);
    changed
}
