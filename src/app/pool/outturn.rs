//! What was spent in the end, typed in beside what was planned: by partner where each pays for its own services, by
//! line where risk is shared line by line. Forgotten where the cell is emptied.

use egui::{Align, Id, RichText, Ui};

use super::cell::{EditCell, EditCells};
use super::column::column_ui;
use super::contributions::{AMOUNT, GAP, amount_width};
use super::ground::Ground;
use crate::app::action::Action;
use crate::app::style::{Colors, weak_text};
use crate::money::{Money, in_full, in_short, read_amount};
use crate::pool::{Finding, OutturnOf, RiskShare, Scenario, ScenarioChange, ScenarioPart, Variance};
use crate::words::capitalised;

/// Whether outturns stand beside what partners put in.
pub(super) fn is_by_partner(scenario: &Scenario) -> bool {
    scenario.risk_share == RiskShare::OwnRisk
        || scenario.outturn.iter().any(|outturn| matches!(outturn.of, OutturnOf::Partner(_)))
}

/// How wide the cells of outturns are, points.
pub(super) fn outturn_width(scenario: &Scenario) -> f32 {
    amount_width(scenario.outturn.iter().map(|outturn| outturn.spent), AMOUNT)
}

/// The cell of one outturn.
pub(super) fn outturn_cell_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    of: OutturnOf,
    width: f32,
) -> Option<Action> {
    let name = format!("Outturn of {} (£)", of.in_words());
    let id = cell_id(&of);
    let known = ground.scenario.outturn_of(&of);
    let shown = known.map_or_else(String::new, |spent| in_full(spent).replacen('£', "", 1));
    let typed = cells.show(ui, &EditCell { id, name: &name, shown: &shown, width, below: None })?;
    if typed.trim().is_empty() {
        return Some(ground.change(ScenarioChange::SetOutturn(of, None)));
    }
    match read_amount(&typed) {
        Ok(spent) => Some(ground.change(ScenarioChange::SetOutturn(of, Some(spent)))),
        Err(error) => {
            cells.refuse(id, format!("\"{}\" {error}. It keeps what it had.", typed.trim()));
            None
        }
    }
}

pub(super) fn cell_id(of: &OutturnOf) -> Id {
    Id::unique(("pool outturn", of.in_words()))
}

/// Under the rule: where the variance falls, the outturns that have no place beside the contributions, and what all of
/// them come to, to be taken over as the over- or underspend.
pub(super) fn outturn_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    overspend: &mut Variance,
) -> Option<Action> {
    let scenario = ground.scenario;
    let words = scenario.where_it_falls()?;
    weak_text(ui, &capitalised(words));
    let mut action = None;
    let rows = rows(ground);
    if !rows.is_empty() {
        let width = outturn_width(scenario);
        let name = (ui.available_width() - 2.0 * width - 2.0 * GAP - 4.0).max(80.0);
        row_ui(ui, [name, width], "", "Planned (£)", |ui| drop(weak_text(ui, "Outturn (£)")));
        for of in rows {
            let planned = in_full(ground.model.planned(scenario, &of)).replacen('£', "", 1);
            let (words, id) = (of.in_words(), cell_id(&of));
            // Emptied, the cell is the way on; the others stand with all that is found of the scenario.
            let wrong =
                ground.model.findings.iter().filter(|finding| is_about(ground.scenario, finding, &of));
            let wrong: Vec<&str> = wrong.map(|finding| finding.message.as_str()).collect();
            row_ui(ui, [name, width], &words, &planned, |ui| {
                action = action.take().or(outturn_cell_ui(ui, ground, cells, of, width));
            });
            for message in wrong {
                let words = RichText::new(capitalised(message)).color(Colors::of(ui).error).small();
                ui.add(egui::Label::new(words).wrap());
            }
            action = action.take().or(cells.refusal_ui(ui, id));
        }
    }
    if let Some(variance) = ground.model.outturn_variance(scenario)
        && variance != overspend.of(ground.model.balance.into_pool)
    {
        let way = if variance.is_negative() { "underspent" } else { "overspent" };
        let words = format!("As the outturn: {} {way}", in_short(variance.abs()));
        if ui.button(words).on_hover_text(in_full(variance)).clicked() {
            *overspend = Variance::Amount(variance);
        }
    }
    action
}

/// Whether a finding is about what was entered here.
fn is_about(scenario: &Scenario, finding: &Finding, of: &OutturnOf) -> bool {
    let ScenarioPart::Outturn(index) = finding.part else { return false };
    scenario.outturn.get(index).is_some_and(|outturn| outturn.of == *of)
}

/// What the rule asks for and no row of the contributions has.
fn rows(ground: Ground<'_>) -> Vec<OutturnOf> {
    let scenario = ground.scenario;
    let mut rows: Vec<OutturnOf> = match &scenario.risk_share {
        RiskShare::OwnRisk => {
            let partners = ground.partners();
            let positions =
                ground.model.positions.iter().filter(|position| position.gets_back != Money::ZERO);
            let others = positions.filter(|position| !partners.contains(&position.agency.as_str()));
            others.map(|position| OutturnOf::Partner(position.agency.clone())).collect()
        }
        RiskShare::PerLine(lines) => {
            let known = scenario.outturn.iter().map(|outturn| outturn.of.clone());
            let known = known.filter(|of| matches!(of, OutturnOf::Line { .. }));
            lines.iter().map(OutturnOf::of_line).chain(known).collect()
        }
        _ => Vec::new(),
    };
    rows.sort_by_key(OutturnOf::in_words);
    rows.dedup();
    rows
}

fn row_ui(ui: &mut Ui, [name, width]: [f32; 2], words: &str, planned: &str, cell: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        column_ui(ui, name, 24.0, Align::Min, |ui| ui.add(egui::Label::new(words).truncate()));
        column_ui(ui, width, 24.0, Align::Max, |ui| weak_text(ui, planned));
        cell(ui);
    });
}
