//! Lines of a partner, picked by hand.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{RichText, ScrollArea, TextEdit, Ui};

use super::card::hint_ui;
use super::ground::Ground;
use crate::app::style::{Colors, name_field, space};
use crate::dimension::Dimension;
use crate::ledger::{Filter, Ledger, LineId, LineReference, says};
use crate::money::{Money, in_full};
use crate::pool::{Contribution, Lines};
use crate::words::counted_plain;

/// The lines that are ticked, before they are asked for.
pub(super) struct PickedLines {
    ledger: Arc<Ledger>,
    contribution: usize,
    sought: String,
    lines: BTreeSet<LineId>,
    /// Every line of the partner, with what it says.
    all: Vec<(LineId, String)>,
}

impl PickedLines {
    /// All lines of the contribution's partner; ticked are those that it chooses now.
    pub(super) fn of(ground: Ground<'_>, index: usize, contribution: &Contribution) -> Self {
        let ledger = Arc::clone(&ground.place.ledger);
        let own = Filter::default().only(Dimension::Agency, [contribution.partner.as_str()]);
        let all: Vec<(LineId, String)> = lines_of(&ledger, &own)
            .map(|line| {
                let said = says(&ledger, line);
                let without_partner = said.strip_prefix(&format!("{} \u{b7} ", contribution.partner));
                (line, without_partner.unwrap_or(&said).to_owned())
            })
            .collect();
        let lines = match &contribution.lines {
            Lines::Where(filter) => {
                let chosen = filter.clone().only(Dimension::Agency, [contribution.partner.as_str()]);
                lines_of(&ledger, &chosen).collect()
            }
            Lines::ByHand(references) => {
                crate::ledger::Keys::find(&ledger, references).into_iter().flatten().collect()
            }
        };
        Self { contribution: index, sought: String::new(), lines, all, ledger }
    }

    pub(super) fn is_of(&self, ground: Ground<'_>, index: usize) -> bool {
        self.contribution == index && Arc::ptr_eq(&self.ledger, &ground.place.ledger)
    }
}

fn lines_of<'a>(ledger: &'a Ledger, filter: &Filter) -> impl Iterator<Item = LineId> + 'a {
    let matcher = filter.resolve(ledger);
    (0..ledger.len() as u32).map(LineId).filter(move |line| matcher.passes(*line))
}

/// The list with its ticks; what was picked, once it is to be used.
#[must_use]
pub(super) fn picked_lines_ui(ui: &mut Ui, picked: &mut PickedLines) -> Option<Lines> {
    let field =
        TextEdit::singleline(&mut picked.sought).hint_text("Find a line").desired_width(f32::INFINITY);
    let response = ui.add(field);
    name_field(&response, &picked.sought, "Find a line to pick");
    let wanted = picked.sought.to_lowercase();
    let found: Vec<&(LineId, String)> =
        picked.all.iter().filter(|(_, said)| said.to_lowercase().contains(&wanted)).collect();
    if found.is_empty() {
        ui.label(RichText::new("No such line").color(Colors::of(ui).weak_text));
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical().id_salt("lines to pick").max_height(190.0).show_rows(
        ui,
        24.0,
        found.len(),
        |ui, rows| {
            ui.set_min_width(ui.available_width());
            for (line, said) in &found[rows] {
                let mut is_picked = picked.lines.contains(line);
                let label = ui.add(egui::Checkbox::new(&mut is_picked, RichText::new(said).small()));
                if label.changed() {
                    if is_picked {
                        picked.lines.insert(*line);
                    } else {
                        picked.lines.remove(line);
                    }
                }
            }
        },
    );
    ui.add_space(space::XS);
    let count = picked.lines.len();
    let sum: Money = picked.lines.iter().map(|line| picked.ledger.amount(*line)).sum();
    let mut used = false;
    ui.horizontal(|ui| {
        used = ui
            .add_enabled(count > 0, egui::Button::new(format!("Use {}", counted_plain(count, "line"))))
            .clicked();
        hint_ui(ui, &format!("together {}", in_full(sum)));
    });
    used.then(|| {
        let lines: Vec<LineId> = picked.lines.iter().copied().collect();
        Lines::ByHand(LineReference::to_each(&picked.ledger, &lines))
    })
}
