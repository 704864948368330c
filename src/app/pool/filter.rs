//! Conditions on lines as chips, with ways to add one: only these names, or all but these.

use std::collections::BTreeSet;

use egui::Ui;

use super::chooser::{Choosable, chooser_ui};
use super::ground::Ground;
use crate::app::style::{chip, space};
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Chip, Filter, Keep};

/// What lines are told apart by.
pub(super) const OF_LINES: [Dimension; 10] = [
    Dimension::Theme,
    Dimension::Service,
    Dimension::Area,
    Dimension::Stage,
    Dimension::Year,
    Dimension::Funder,
    Dimension::Provider,
    Dimension::Cohort,
    Dimension::Type,
    Dimension::Ringfence,
];

/// Names that can be asked for: those of the lines that `scope` lets through.
pub(super) struct Asked<'a> {
    /// What the conditions are of, as it is heard: "contribution 2".
    pub(super) of: &'a str,
    pub(super) scope: Filter,
    pub(super) dimensions: &'a [Dimension],
}

/// The conditions of a filter; the changed one where a chip was taken away or a name added.
#[must_use]
pub(super) fn filter_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    filter: &Filter,
    asked: &Asked<'_>,
) -> Option<Filter> {
    let mut next = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (index, condition) in filter.chips.iter().enumerate() {
            for name in &condition.names {
                if name_ui(ui, condition, name) {
                    next = Some(without(filter, index, name));
                }
            }
        }
        if !filter.text.is_empty() && chip(ui, &format!("\u{201c}{}\u{201d}", filter.text)).clicked() {
            next = Some(Filter { text: String::new(), ..filter.clone() });
        }
        for (keep, words, says) in
            [(Keep::Only, "+ only", "Only in"), (Keep::Without, "+ but not", "But not in")]
        {
            let name = format!("{says} {}", asked.of);
            let choices = || names_of(ground, &asked.scope, asked.dimensions);
            let id = ("condition", asked.of, words);
            if let Some((dimension, name)) = chooser_ui(ui, id, &name, words, 118.0, choices) {
                next = Some(with(filter, dimension, keep, name));
            }
        }
    });
    next
}

fn name_ui(ui: &mut Ui, condition: &Chip, name: &str) -> bool {
    let not = if condition.keep == Keep::Without { "not " } else { "" };
    let words = format!("{}: {not}{name}", condition.dimension.title());
    let room = f64::from(ui.available_width().min(380.0)) - 40.0;
    let fitted = crate::figure::fit(&words, room.max(60.0), 14.0, crate::figure::Weight::Regular).text;
    chip(ui, &fitted).on_hover_text(format!("Take away: {words}")).clicked()
}

fn without(filter: &Filter, index: usize, name: &str) -> Filter {
    let mut next = filter.clone();
    next.chips[index].names.remove(name);
    next.chips.retain(|chip| !chip.names.is_empty());
    next
}

/// One name more: to the condition of its kind, where there is one.
fn with(filter: &Filter, dimension: Dimension, keep: Keep, name: String) -> Filter {
    let mut next = filter.clone();
    match next.chips.iter_mut().find(|chip| chip.dimension == dimension && chip.keep == keep) {
        Some(chip) => {
            chip.names.insert(name);
        }
        None => next.chips.push(Chip { dimension, keep, names: BTreeSet::from([name]) }),
    }
    next
}

/// The names that lines have which a filter lets through, dimension by dimension.
pub(super) fn names_of(
    ground: Ground<'_>,
    scope: &Filter,
    dimensions: &[Dimension],
) -> Vec<Choosable<(Dimension, String)>> {
    let ledger = &ground.place.ledger;
    let cells = scope.resolve(ledger).cells(false);
    let mut choices = Vec::new();
    for &dimension in dimensions {
        let names = ledger.names(dimension);
        let stated = cells.occurring(dimension).into_iter().filter(|id| *id != NameId::NOT_STATED);
        let mut found: Vec<&str> = stated.map(|id| names.name(id)).collect();
        found.retain(|name| !Names::is_remainder(name));
        found.sort_unstable();
        choices.extend(found.into_iter().map(|name| Choosable {
            kind: dimension.title(),
            words: name.to_owned(),
            value: (dimension, name.to_owned()),
        }));
    }
    choices
}
