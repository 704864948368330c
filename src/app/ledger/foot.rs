//! What the lines shown come to by agency, theme and more, in the room below them while none is chosen.

use std::sync::Arc;

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use crate::app::action::Action;
use crate::app::awaited::{Awaited, is_quick};
use crate::app::style::{self, Colors, space, weak_text};
use crate::dimension::Dimension;
use crate::figure::visible;
use crate::ledger::{Filter, Ledger, Totals};
use crate::money::{Money, in_short};
use crate::place::{Command, Place};
use crate::words::counted_plain;

/// The sums that are kept for the lines shown.
pub(super) type Foot = Awaited<(u64, Filter), Vec<SumsBy>>;

/// What lines come to by one dimension.
pub(super) struct SumsBy {
    dimension: Dimension,
    /// The largest, with what they come to.
    largest: Vec<(String, Money)>,
    /// How many names there are beyond those.
    others: usize,
}

/// What is asked by, as far as there is room: who, what for, how, how well it is known.
const BY: [Dimension; 6] = [
    Dimension::Agency,
    Dimension::Theme,
    Dimension::Service,
    Dimension::Stage,
    Dimension::Evidence,
    Dimension::Funder,
];

/// As many rows as the room below the lines has beside a heading.
const MOST: usize = 3;

/// The room of one dimension, points.
const COLUMN: f32 = 290.0;

fn sums(ledger: &Ledger, filter: &Filter) -> Vec<SumsBy> {
    let by = |dimension: Dimension| {
        let rows = Totals::of(ledger, filter, &[dimension]).rows;
        // One name says nothing that the lines do not.
        (rows.len() > 1).then(|| {
            let others = rows.len().saturating_sub(MOST);
            let row = |row: crate::ledger::TotalRow| (row.names.concat(), row.amount);
            SumsBy { dimension, largest: rows.into_iter().take(MOST).map(row).collect(), others }
        })
    };
    BY.into_iter().filter_map(by).collect()
}

/// How lines are chosen, and beside it what they come to; a name leads to its lines alone.
#[must_use]
pub(super) fn foot_ui(
    ui: &mut Ui,
    place: &Place,
    (revision, filter): (u64, &Filter),
    is_drilled: bool,
    foot: &mut Foot,
) -> Option<Action> {
    weak_text(ui, "Choose a line to see where it is from. Ctrl+click chooses more; P puts them in the pool.");
    ui.add_space(space::XS);
    let (ledger, of) = (Arc::clone(&place.ledger), filter.clone());
    let make = move || sums(&ledger, &of);
    let seen = foot.get((revision, filter.clone()), is_quick(place), ui.ctx(), make)?;
    let columns = ((ui.available_width() / COLUMN) as usize).max(1);
    let mut action = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, 0.0);
        for sums in seen.value.iter().take(columns) {
            let room = vec2(COLUMN - space::L, ui.available_height());
            ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                let picked = sums_ui(ui, sums, !is_drilled && seen.is_current);
                if let Some(name) = picked {
                    let only = place.view.filter.clone().only(sums.dimension, [name]);
                    action = Some(Command::SetFilter(only).into());
                }
            });
        }
    });
    action
}

/// One dimension; the name that was clicked.
fn sums_ui<'a>(ui: &mut Ui, sums: &'a SumsBy, leads_on: bool) -> Option<&'a str> {
    let mut picked = None;
    ui.spacing_mut().interact_size.y = 20.0;
    let others = match sums.others {
        0 => String::new(),
        others => format!(", {} more", counted_plain(others, "name")),
    };
    let heading = format!("By {}{others}", sums.dimension.title().to_lowercase());
    ui.label(RichText::new(heading).font(style::semibold(12.0)).color(Colors::of(ui).weak_text));
    for (name, amount) in &sums.largest {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(RichText::new(in_short(*amount)).size(13.0));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let words = RichText::new(visible(name)).size(13.0);
                    if !leads_on {
                        ui.add(Label::new(words).truncate());
                    } else if ui.add(egui::Button::new(words).frame(false).truncate()).clicked() {
                        picked = Some(name.as_str());
                    }
                });
            });
        });
    }
    picked
}
