//! The terms of a risk share, put together and then used as one step: by line, caps, bands, an order.

use egui::{Role, Ui, WidgetInfo};

use super::card::{card_ui, hint_ui};
use super::cell::EditCells;
use super::chooser::{Choosable, chooser_ui};
use super::filter::names_of;
use super::ground::Ground;
use super::risk_parts::{PARTNER, Terms, kind_ui, percent_ui, portion_ui, refusals};
use crate::app::style::{Icon, icon_button, primary_button, weak_text};
use crate::dimension::Dimension;
use crate::ledger::Filter;
use crate::money::Percent;
use crate::pool::{BandShare, Cap, LineRisk, LineShare, Portion, RiskBand, RiskShare, RiskStep};

/// Terms that are being put together, of a rule as it stands.
pub(super) struct RiskDraft {
    /// The rule it began from; another one ends it.
    of: RiskShare,
    pub(super) rule: RiskShare,
}

impl RiskDraft {
    pub(super) fn of(rule: &RiskShare) -> Self {
        Self { of: rule.clone(), rule: rule.clone() }
    }

    pub(super) fn is_of(&self, rule: &RiskShare) -> bool {
        self.of == *rule
    }
}

/// What was decided about a draft.
pub(super) enum Decided {
    Use(RiskShare),
    Leave,
}

/// The terms as fields.
#[must_use]
pub(super) fn risk_terms_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    draft: &mut RiskDraft,
) -> Option<Decided> {
    let mut decided = None;
    card_ui(ui, |ui| {
        let terms = Terms { partners: ground.partners(), ground };
        match &mut draft.rule {
            RiskShare::Proportional | RiskShare::OwnRisk => {}
            RiskShare::PerLine(lines) => terms.per_line_ui(ui, cells, lines),
            RiskShare::Capped { caps, beyond } => terms.caps_ui(ui, cells, caps, beyond),
            RiskShare::Banded(bands) => terms.bands_ui(ui, cells, bands),
            RiskShare::InOrder(steps) => terms.steps_ui(ui, cells, steps),
        }
        // What is refused here is only said; it offers nothing to do.
        let _ = cells.refusal_ui(ui, refusals());
        ui.horizontal(|ui| {
            let is_changed = draft.rule != draft.of;
            ui.add_enabled_ui(is_changed, |ui| {
                if primary_button(ui, "Use these terms").clicked() {
                    decided = Some(Decided::Use(draft.rule.clone()));
                }
            });
            if ui.button("Leave as it was").clicked() {
                decided = Some(Decided::Leave);
            }
        });
    });
    decided
}

impl Terms<'_> {
    fn per_line_ui(&self, ui: &mut Ui, cells: &mut EditCells, lines: &mut Vec<LineRisk>) {
        let mut removed = None;
        for (index, line) in lines.iter_mut().enumerate() {
            let number = index + 1;
            ui.horizontal_wrapped(|ui| {
                let now = line.service.as_deref().or(line.theme.as_deref()).unwrap_or("Everything");
                let choices =
                    || names_of(self.ground, &Filter::default(), &[Dimension::Theme, Dimension::Service]);
                let name = format!("Line {number}: what");
                if let Some((dimension, chosen)) =
                    chooser_ui(ui, ("risk line", index), &name, now, 190.0, choices)
                {
                    (line.theme, line.service) = match dimension {
                        Dimension::Theme => (Some(chosen), None),
                        _ => (None, Some(chosen)),
                    };
                }
                let kinds = ["fixed: one bears it", "variable, in proportion", "variable, by shares"];
                let now = match &line.share {
                    LineShare::Fixed(_) => 0,
                    LineShare::Variable(shares) if shares.is_empty() => 1,
                    LineShare::Variable(_) => 2,
                };
                if let Some(chosen) = kind_ui(ui, &format!("Line {number}: kind"), &kinds, now) {
                    line.share = match chosen {
                        0 => LineShare::Fixed(self.host()),
                        1 => LineShare::Variable(Vec::new()),
                        _ => LineShare::Variable(self.even_shares()),
                    };
                }
                if icon_button(ui, Icon::Close, &format!("Remove line {number}")).clicked() {
                    removed = Some(index);
                }
            });
            match &mut line.share {
                LineShare::Fixed(partner) => {
                    self.partner_ui(
                        ui,
                        ("risk line bears", index),
                        &format!("Line {number}: borne by"),
                        partner,
                    );
                }
                LineShare::Variable(shares) if !shares.is_empty() => {
                    self.shares_ui(ui, cells, &format!("Line {number}"), shares);
                }
                LineShare::Variable(_) => {}
            }
            ui.separator();
        }
        if let Some(index) = removed {
            lines.remove(index);
        }
        if ui.button("Add a line").clicked() {
            lines.push(LineRisk { theme: None, service: None, share: LineShare::Fixed(self.host()) });
        }
        hint_ui(ui, "What no line names is shared in proportion");
    }

    fn caps_ui(&self, ui: &mut Ui, cells: &mut EditCells, caps: &mut Vec<Cap>, beyond: &mut Option<String>) {
        for partner in &self.partners {
            let at = caps.iter().position(|cap| cap.partner == *partner);
            ui.horizontal_wrapped(|ui| {
                let mut is_capped = at.is_some();
                let response = ui.checkbox(&mut is_capped, *partner);
                response.widget_info(|| {
                    WidgetInfo::selected(Role::CheckBox, true, is_capped, format!("Cap {partner}"))
                });
                if response.changed() {
                    if let Some(at) = at {
                        caps.remove(at);
                    } else {
                        let most = Portion::Percent(Percent::new(10));
                        caps.push(Cap { partner: (*partner).to_owned(), most });
                    }
                }
                if let Some(cap) = caps.iter_mut().find(|cap| cap.partner == *partner) {
                    weak_text(ui, "pays at most");
                    portion_ui(ui, cells, &format!("Cap of {partner}"), &mut cap.most);
                }
            });
        }
        ui.horizontal_wrapped(|ui| {
            weak_text(ui, "Beyond the caps");
            let now = beyond.as_deref().unwrap_or("those without a cap");
            let choices = || {
                let none = Choosable { kind: "", words: "those without a cap".to_owned(), value: None };
                let partner = |name: &&str| Choosable {
                    kind: "",
                    words: (*name).to_owned(),
                    value: Some((*name).to_owned()),
                };
                std::iter::once(none).chain(self.partners.iter().map(partner)).collect()
            };
            if let Some(chosen) = chooser_ui(ui, "beyond caps", "Beyond the caps", now, PARTNER, choices) {
                *beyond = chosen;
            }
        });
        hint_ui(ui, "A cap is an amount, or a percentage of what the partner puts in");
    }

    fn bands_ui(&self, ui: &mut Ui, cells: &mut EditCells, bands: &mut Vec<RiskBand>) {
        let mut removed = None;
        let count = bands.len();
        for (index, band) in bands.iter_mut().enumerate() {
            let number = index + 1;
            ui.horizontal_wrapped(|ui| {
                match &mut band.up_to {
                    Some(up_to) => {
                        weak_text(ui, "up to");
                        percent_ui(ui, cells, &format!("Band {number}: up to"), up_to);
                        weak_text(ui, "of the pool");
                    }
                    None => {
                        weak_text(ui, "the rest");
                    }
                }
                self.band_share_ui(ui, &format!("Band {number}"), &mut band.share);
                if count > 1 && icon_button(ui, Icon::Close, &format!("Remove band {number}")).clicked() {
                    removed = Some(index);
                }
            });
            if let BandShare::Shares(shares) = &mut band.share {
                self.shares_ui(ui, cells, &format!("Band {number}"), shares);
            }
        }
        if let Some(index) = removed {
            bands.remove(index);
        }
        if ui.button("Add a band").clicked() {
            let last = bands.iter().filter_map(|band| band.up_to).max().unwrap_or(Percent::NONE);
            let up_to = last.checked_add(Percent::new(2));
            let at = bands.iter().position(|band| band.up_to.is_none()).unwrap_or(bands.len());
            bands.insert(at, RiskBand { up_to, share: BandShare::Proportional });
        }
    }

    fn steps_ui(&self, ui: &mut Ui, cells: &mut EditCells, steps: &mut Vec<RiskStep>) {
        let (mut removed, mut raised) = (None, None);
        for (index, step) in steps.iter_mut().enumerate() {
            let number = index + 1;
            ui.horizontal_wrapped(|ui| {
                weak_text(ui, &format!("{number}."));
                let kinds = ["money that waits", "one partner, up to", "all of the rest"];
                let now = match step {
                    RiskStep::Unallocated => 0,
                    RiskStep::Partner { .. } => 1,
                    RiskStep::Share(_) => 2,
                };
                if let Some(chosen) = kind_ui(ui, &format!("Step {number}: who"), &kinds, now) {
                    *step = match chosen {
                        0 => RiskStep::Unallocated,
                        1 => {
                            let most = Portion::Percent(Percent::new(10));
                            RiskStep::Partner { partner: self.host(), most }
                        }
                        _ => RiskStep::Share(BandShare::Proportional),
                    };
                }
                match step {
                    RiskStep::Unallocated => {}
                    RiskStep::Partner { partner, most } => {
                        let name = format!("Step {number}: partner");
                        self.partner_ui(ui, ("risk step", index), &name, partner);
                        portion_ui(ui, cells, &format!("Step {number}: at most"), most);
                    }
                    RiskStep::Share(share) => self.band_share_ui(ui, &format!("Step {number}"), share),
                }
                if index > 0 && icon_button(ui, Icon::ChevronUp, &format!("Step {number} earlier")).clicked()
                {
                    raised = Some(index);
                }
                if icon_button(ui, Icon::Close, &format!("Remove step {number}")).clicked() {
                    removed = Some(index);
                }
            });
            if let RiskStep::Share(BandShare::Shares(shares)) = step {
                self.shares_ui(ui, cells, &format!("Step {number}"), shares);
            }
        }
        if let Some(index) = raised {
            steps.swap(index, index - 1);
        }
        if let Some(index) = removed {
            steps.remove(index);
        }
        if ui.button("Add a step").clicked() {
            let most = Portion::Percent(Percent::new(10));
            let at = steps.iter().position(|step| matches!(step, RiskStep::Share(_))).unwrap_or(steps.len());
            steps.insert(at, RiskStep::Partner { partner: self.host(), most });
        }
        hint_ui(ui, "What no step pays is shared in proportion");
    }
}
