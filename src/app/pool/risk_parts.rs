//! What the terms of every risk share are put together from: partners, shares, percentages.

use egui::{ComboBox, Id, RichText, Role, Ui, WidgetInfo};

use super::card::hint_ui;
use super::cell::{EditCell, EditCells};
use super::chooser::{Choosable, chooser_ui};
use super::ground::Ground;
use super::portion::portion_in_cell;
use crate::app::style::space;
use crate::money::{Money, Percent};
use crate::pool::{BandShare, PartnerShare, Portion};
use crate::words::capitalised;

pub(super) const PARTNER: f32 = 190.0;

/// Where it is said why a field of the card kept what it had.
pub(super) fn refusals() -> Id {
    Id::unique(("pool", "risk terms"))
}

/// Those who share the risk, where their terms are put together.
pub(super) struct Terms<'a> {
    pub(super) partners: Vec<&'a str>,
    pub(super) ground: Ground<'a>,
}

impl Terms<'_> {
    pub(super) fn host(&self) -> String {
        let first = self.partners.first().map(|name| (*name).to_owned());
        self.ground.scenario.host.clone().or(first).unwrap_or_default()
    }

    /// A hundred, parted among the partners; the first has what does not divide.
    pub(super) fn even_shares(&self) -> Vec<PartnerShare> {
        let count = self.partners.len().max(1) as i32;
        let each = 100 / count;
        let first = 100 - each * (count - 1);
        let share = |(index, name): (usize, &&str)| PartnerShare {
            partner: (*name).to_owned(),
            share: Percent::new(if index == 0 { first } else { each }),
        };
        self.partners.iter().enumerate().map(share).collect()
    }

    pub(super) fn partner_ui(
        &self,
        ui: &mut Ui,
        id: (&'static str, usize),
        name: &str,
        partner: &mut String,
    ) {
        let choices = || {
            let choice =
                |name: &&str| Choosable { kind: "", words: (*name).to_owned(), value: (*name).to_owned() };
            self.partners.iter().map(choice).collect()
        };
        let now = partner.clone();
        if let Some(chosen) = chooser_ui(ui, id, name, &now, PARTNER, choices) {
            *partner = chosen;
        }
    }

    pub(super) fn band_share_ui(&self, ui: &mut Ui, of: &str, share: &mut BandShare) {
        let kinds = ["in proportion", "one bears it", "by shares"];
        let now = match share {
            BandShare::Proportional => 0,
            BandShare::Partner(_) => 1,
            BandShare::Shares(_) => 2,
        };
        if let Some(chosen) = kind_ui(ui, &format!("{of}: how"), &kinds, now) {
            *share = match chosen {
                0 => BandShare::Proportional,
                1 => BandShare::Partner(self.host()),
                _ => BandShare::Shares(self.even_shares()),
            };
        }
        if let BandShare::Partner(partner) = share {
            let number = of.bytes().fold(0, |sum: usize, byte| sum * 31 + usize::from(byte));
            self.partner_ui(ui, ("bears", number), &format!("{of}: borne by"), partner);
        }
    }

    /// A percentage for every partner, with what they come to.
    pub(super) fn shares_ui(
        &self,
        ui: &mut Ui,
        cells: &mut EditCells,
        of: &str,
        shares: &mut Vec<PartnerShare>,
    ) {
        for partner in &self.partners {
            ui.horizontal(|ui| {
                ui.add_space(space::L);
                let at = shares.iter().position(|share| share.partner == *partner);
                let mut share = at.map_or(Percent::NONE, |at| shares[at].share);
                let before = share;
                percent_ui(ui, cells, &format!("{of}: share of {partner}"), &mut share);
                ui.label(RichText::new(*partner).small());
                if share != before {
                    match at {
                        Some(at) => shares[at].share = share,
                        None => shares.push(PartnerShare { partner: (*partner).to_owned(), share }),
                    }
                }
            });
        }
        let sum = shares.iter().try_fold(Percent::NONE, |sum, share| sum.checked_add(share.share));
        if sum != Some(Percent::WHOLE) {
            let sum = sum.map_or("too much".to_owned(), |sum| sum.to_string());
            hint_ui(ui, &format!("They come to {sum} and must come to 100%"));
        }
    }
}

/// One of several words.
pub(super) fn kind_ui(ui: &mut Ui, name: &str, kinds: &[&str], now: usize) -> Option<usize> {
    let mut chosen = now;
    let response = ComboBox::from_id_salt(name)
        .selected_text(kinds[now])
        .width(160.0)
        .truncate()
        .show_ui(ui, |ui| {
            for (index, words) in kinds.iter().enumerate() {
                ui.selectable_value(&mut chosen, index, *words);
            }
        })
        .response;
    let said = format!("{name}: {}", kinds[now]);
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, said.as_str()));
    (chosen != now).then_some(chosen)
}

pub(super) fn percent_ui(ui: &mut Ui, cells: &mut EditCells, name: &str, percent: &mut Percent) {
    let id = Id::unique(("pool percent", name));
    let shown = percent.to_string();
    if let Some(typed) = cells.show(ui, &EditCell { id, name, shown: &shown, width: 64.0, below: None }) {
        let typed = typed.trim().trim_end_matches('%').trim();
        match format!("{typed}%").parse::<Percent>() {
            Ok(typed) if !typed.is_negative() => *percent = typed,
            Ok(_) => cells.refuse(refusals(), "A share is nothing or more"),
            Err(error) => cells.refuse(refusals(), format!("\"{typed}\" {error}")),
        }
    }
}

pub(super) fn portion_ui(ui: &mut Ui, cells: &mut EditCells, name: &str, portion: &mut Portion) {
    let id = Id::unique(("pool portion", name));
    let shown = portion_in_cell(*portion);
    if let Some(typed) = cells.show(ui, &EditCell { id, name, shown: &shown, width: 96.0, below: None }) {
        match portion.retyped(&typed, Money::ZERO, 1) {
            Ok(typed) => *portion = typed,
            Err(error) => cells.refuse(refusals(), capitalised(&error.to_string())),
        }
    }
}
