//! Names that are one: proposed, and for consent.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::short_names::{ShortNames, short_names_ui};
use crate::agree::{Apart, NameProposal, name_proposals};
use crate::app::action::Action;
use crate::app::awaited::{Awaited, Seen, is_quick, working_out_ui};
use crate::app::controls::scroll_ui;
use crate::app::style;
use crate::app::style::{Tone, badge, weak_text};
use crate::dimension::Dimension;
use crate::figure::visible;
use crate::money::in_full;
use crate::place::{Command, Decision, Place};

/// So many proposals are shown at a time.
const MOST_PROPOSALS: usize = 100;

#[derive(Default)]
pub(super) struct NamesSheet {
    proposals: Awaited<u64, Vec<NameProposal>>,
    short: ShortNames,
}

/// Spellings that may be one name, and those that were agreed to be one.
pub(super) fn names_ui(ui: &mut Ui, place: &Place, revision: u64, sheet: &mut NamesSheet) -> Option<Action> {
    let work = place.clone();
    let make = move || {
        let of = |dimension| name_proposals(work.all_lines(), dimension, &work.decisions.apart);
        [Dimension::Agency, Dimension::Supplier].into_iter().flat_map(of).collect()
    };
    let seen = sheet.proposals.get(revision, is_quick(place), ui.ctx(), make);
    let Some(Seen { value: proposals, is_current }) = seen else {
        working_out_ui(ui);
        return None;
    };
    let (mut decided, mut action) = (None, None);
    scroll_ui(ui, ScrollArea::vertical().id_salt("names").auto_shrink(false), |ui| {
        if !is_current {
            ui.disable();
        }
        for one in &place.decisions.names {
            ui.horizontal(|ui| {
                badge(ui, "one name", Tone::Ok);
                if ui.button(format!("Separate {}", one.name)).clicked() {
                    decided = Some(Decision::Separate { dimension: one.dimension, name: one.name.clone() });
                }
                weak_text(ui, &visible(&one.also.join("; ")));
            });
        }
        let count = proposals.len();
        let found = if count == 0 {
            "No two names look alike".to_owned()
        } else {
            format!("{count} names look alike")
        };
        ui.label(RichText::new(found).font(style::semibold(14.0)));
        for proposal in proposals.iter().take(MOST_PROPOSALS) {
            if let Some(decision) = proposal_ui(ui, proposal) {
                decided = Some(decision);
            }
        }
        if count > MOST_PROPOSALS {
            weak_text(ui, &format!("and {} more, once these are decided", count - MOST_PROPOSALS));
        }
        action = short_names_ui(ui, place, &mut sheet.short);
    });
    decided.map(|decision| Command::Decide(Box::new(decision)).into()).or(action)
}

fn proposal_ui(ui: &mut Ui, proposal: &NameProposal) -> Option<Decision> {
    let mut decided = None;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let named = |response: egui::Response, verb: &str| {
                let name = format!("{verb}: {}", proposal.name);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                response.clicked()
            };
            if named(ui.button("Different"), "Different") {
                let names = proposal.spellings.iter().map(|spelling| spelling.name.clone()).collect();
                decided = Some(Decision::KeepApart(Apart { dimension: proposal.dimension, names }));
            }
            if named(ui.button("One name"), "One name") {
                decided = Some(Decision::OneName(proposal.to_one_name()));
            }
            ui.label(in_full(proposal.amount()));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let others: Vec<&str> =
                    proposal.spellings.iter().map(|spelling| spelling.name.as_str()).collect();
                let words = format!(
                    "{} ({}, {})",
                    others.join("  =  "),
                    proposal.dimension.title().to_lowercase(),
                    proposal.likeness.words()
                );
                ui.add(egui::Label::new(visible(&words)).truncate());
            });
        });
    });
    decided
}
