//! Money that passes between agencies and is counted once, and names that are one: proposed, and for consent.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::action::Action;
use super::awaited::{Awaited, Seen, is_quick, working_out_ui};
use super::ledger_sheets::nothing_ui;
use super::style::{self, Tone, badge, space, weak_text};
use super::tray_file::counted;
use crate::agree::{Apart, Counted, NameProposal, TransferPair, name_proposals};
use crate::dimension::Dimension;
use crate::figure::visible;
use crate::ledger::Filter;
use crate::money::{Money, in_full};
use crate::place::{Command, Decision, Place};

/// So many proposals are shown at a time.
const MOST_PROPOSALS: usize = 100;

#[derive(Default)]
pub(super) struct OnceSheet {
    pairs: Awaited<u64, (Vec<TransferPair>, Money)>,
    proposals: Awaited<u64, Vec<NameProposal>>,
}

/// What agencies of the place pay each other, pair by pair.
pub(super) fn counted_once_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    sheet: &mut OnceSheet,
) -> Option<Action> {
    let work = place.clone();
    let make = move || (work.transfers(), work.counted_once(&Filter::default()));
    let seen = sheet.pairs.get(revision, is_quick(place), ui.ctx(), make);
    let Some(Seen { value: (pairs, once), is_current }) = seen else {
        working_out_ui(ui);
        return None;
    };
    if pairs.is_empty() {
        let words =
            "Payments of one agency of the place to another stand here; the receiver spends them again.";
        nothing_ui(ui, "No money passes between the agencies", words);
        return None;
    }
    let words = format!("{} is paid by one agency to another and counted where it is spent", in_full(*once));
    ui.label(RichText::new(words).font(style::semibold(14.0)));
    ui.add_space(space::XS);
    ui.add_enabled_ui(is_current, |ui| pairs_ui(ui, pairs)).inner
}

fn pairs_ui(ui: &mut Ui, pairs: &[TransferPair]) -> Option<Action> {
    let mut action = None;
    ScrollArea::vertical().id_salt("pairs").auto_shrink(false).show(ui, |ui| {
        for pair in pairs {
            let transfer = &pair.transfer;
            let is_once = transfer.counted == Counted::Once;
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let (verb, way) =
                        if is_once { ("Count both", Counted::Twice) } else { ("Count once", Counted::Once) };
                    let name = format!("{verb}: {} to {}", transfer.payer, transfer.receiver);
                    let button = ui.button(verb);
                    let name = visible(&name).into_owned();
                    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                    if button.clicked() {
                        let (payer, receiver) = (transfer.payer.clone(), transfer.receiver.clone());
                        let decision = Decision::Count { payer, receiver, counted: way };
                        action = Some(Command::Decide(Box::new(decision)).into());
                    }
                    let (said, tone) = if is_once { ("once", Tone::Ok) } else { ("both", Tone::Plain) };
                    badge(ui, said, tone);
                    ui.label(in_full(pair.amount));
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let lines = pair.lines.len() as u64;
                        let words = format!(
                            "{} pays {} ({})",
                            transfer.payer,
                            transfer.receiver,
                            counted(lines, "line")
                        );
                        let spellings: Vec<&str> = transfer.suppliers.iter().map(String::as_str).collect();
                        let label = ui.add(egui::Label::new(visible(&words)).truncate());
                        label.on_hover_text(format!("Spelled: {}", spellings.join("; ")));
                    });
                });
            });
        }
    });
    action
}

/// Spellings that may be one name, and those that were agreed to be one.
pub(super) fn names_ui(ui: &mut Ui, place: &Place, revision: u64, sheet: &mut OnceSheet) -> Option<Action> {
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
    if proposals.is_empty() && place.decisions.names.is_empty() {
        nothing_ui(ui, "No two names look alike", "Spellings that may be one name are proposed here.");
        return None;
    }
    let mut decided = None;
    ScrollArea::vertical().id_salt("names").auto_shrink(false).show(ui, |ui| {
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
        ui.label(RichText::new(format!("{count} names look alike")).font(style::semibold(14.0)));
        for proposal in proposals.iter().take(MOST_PROPOSALS) {
            if let Some(decision) = proposal_ui(ui, proposal) {
                decided = Some(decision);
            }
        }
        if count > MOST_PROPOSALS {
            weak_text(ui, &format!("and {} more, once these are decided", count - MOST_PROPOSALS));
        }
    });
    decided.map(|decision| Command::Decide(Box::new(decision)).into())
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
