//! What of a scenario cannot be followed, with the choices that mend it.

use egui::{Frame, Id, Margin, RichText, Ui};

use super::cell::EditCells;
use super::ground::Ground;
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Colors, space};
use crate::pool::{Finding, FindingSeverity, Reference, ScenarioChange};
use crate::words::capitalised;

/// What of the scenario cannot be as it says, with the reason, and the choices that mend it.
#[must_use]
pub(super) fn findings_ui(ui: &mut Ui, ground: Ground<'_>, cells: &mut EditCells) -> Option<Action> {
    let findings: Vec<&Finding> = ground
        .model
        .findings
        .iter()
        .filter(|finding| finding.severity == FindingSeverity::Broken || !finding.choices.is_empty())
        .collect();
    if findings.is_empty() {
        return None;
    }
    let cell = Id::unique(("pool", "findings"));
    let colors = Colors::of(ui);
    let mut action = None;
    let frame = Frame::new()
        .fill(colors.error_ground)
        .stroke(egui::Stroke::new(1.0, colors.error))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let broken = findings.iter().filter(|finding| finding.severity == FindingSeverity::Broken).count();
        let heading = match broken {
            // All is modelled, and something of it is hardly meant.
            0 => "Is this meant?".to_owned(),
            1 => "1 part of this scenario is left out until it is mended".to_owned(),
            _ => format!("{broken} parts of this scenario are left out until they are mended"),
        };
        ui.label(RichText::new(heading).font(style::semibold(14.0)).color(colors.error));
        for finding in findings {
            let words = format!("{}: {}", finding.part, finding.message);
            ui.add(egui::Label::new(RichText::new(words).color(colors.text).small()).wrap());
            if !finding.choices.is_empty() {
                ui.horizontal_wrapped(|ui| {
                    for choice in &finding.choices {
                        if ui.button(offer(choice)).clicked() {
                            cells.ask_at(cell);
                            action = Some(ground.change(choice.clone()));
                        }
                    }
                });
            }
        }
    });
    if let Some(wish) = cells.refusal_ui(ui, cell) {
        action = Some(wish);
    }
    ui.add_space(space::M);
    action
}

/// What a choice would do, as a button says it.
fn offer(choice: &ScenarioChange) -> String {
    match choice {
        ScenarioChange::Mend { found: Reference::Name(_, name), .. } => format!("Use {name}"),
        ScenarioChange::Mend { found: Reference::Line(line), .. } => format!("Use {}", line.says),
        other => capitalised(&other.label()),
    }
}
