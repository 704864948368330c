//! An over- or underspend rehearsed: each partner's bill follows a slider, by the rule of the scenario or by
//! one that is being put together. Rehearsing changes nothing.

use egui::{ComboBox, Id, Rect, RichText, Role, Sense, Slider, Ui, WidgetInfo, pos2, vec2};

use super::allocations::is_by_hand;
use super::card::detail_row_ui;
use super::cell::{EditCell, EditCells};
use super::contributions::amount_width;
use super::detail::{Detail, Details};
use super::ground::Ground;
use super::outturn::outturn_ui;
use super::risk_terms::{Decided, RiskDraft, risk_terms_ui};
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Colors, space, weak_text};
use crate::dimension::Dimension;
use crate::figure::{Palette, Weight, extent, fit};
use crate::money::{Percent, in_full, in_short};
use crate::pool::{
    BandShare, Bill, Cap, LineShare, PartnerShare, Portion, RiskBand, RiskShare, RiskStep, Scenario,
    ScenarioChange, Variance,
};
use crate::words::capitalised;

/// What if the pool overspends: each partner's bill follows the slider, in the order of the agreement.
#[must_use]
pub(super) fn risk_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    details: &mut Details,
    overspend: &mut Variance,
) -> Option<Action> {
    let pool = ground.model.balance.into_pool;
    ui.horizontal(|ui| {
        ui.heading("If it over- or underspends");
        if overspend.of(pool).is_zero() {
            weak_text(ui, "drag, or type 8% or \u{2212}250k");
        }
    });
    let cell = Id::unique(("pool", "overspend"));
    ui.horizontal(|ui| {
        let of = extent(pool);
        // Twenty per cent either way: beyond it an agreement is renegotiated rather than shared, and more can
        // be typed.
        let mut percent =
            if of > 0.0 { (extent(overspend.of(pool)) / of * 100.0).clamp(-20.0, 20.0) } else { 0.0 };
        ui.spacing_mut().slider_width = (ui.available_width() - 250.0).clamp(100.0, 320.0);
        weak_text(ui, "\u{2212}20%");
        let slider =
            Slider::new(&mut percent, -20.0..=20.0).step_by(1.0).show_value(false).trailing_fill(false);
        let response = ui.add(slider);
        response.widget_info(|| WidgetInfo::slider(true, percent, "Overspend, % of the pool"));
        if response.changed() && is_by_hand(ui, &response) {
            *overspend = Variance::Percent(Percent::new(percent.round() as i32));
        }
        if response.double_clicked() {
            *overspend = Variance::default();
        }
        weak_text(ui, "+20%");
        let shown = in_full(overspend.of(pool)).replacen('£', "", 1);
        let width = amount_width(std::iter::once(overspend.of(pool)), 124.0);
        let fields = EditCell { id: cell, name: "Overspend (£)", shown: &shown, width, below: None };
        if let Some(typed) = cells.show(ui, &fields) {
            match typed.parse() {
                Ok(variance) => *overspend = variance,
                Err(error) => cells.refuse(cell, capitalised(&error.to_string())),
            }
        }
    });
    // Beside the field, so that a sign that was meant otherwise is seen before anybody's bill is.
    weak_text(ui, &capitalised(&overspend.in_words(pool)));
    let mut action = cells.refusal_ui(ui, cell);
    // Terms that are being put together are tried at once.
    let tried = details.risk.as_ref().filter(|draft| draft.is_of(&ground.scenario.risk_share));
    let tried = tried.map(|draft| Scenario { risk_share: draft.rule.clone(), ..ground.scenario.clone() });
    let scenario = tried.as_ref().unwrap_or(ground.scenario);
    bills_ui(ui, ground, &ground.model.bills(scenario, overspend.of(pool)));
    ui.add_space(space::XS);
    if let Some(wish) = rule_ui(ui, ground, cells, details) {
        action = Some(wish);
    }
    action.or(outturn_ui(ui, ground, cells, overspend))
}

/// Who pays or is given how much, as bars from one side: the words say which way.
fn bills_ui(ui: &mut Ui, ground: Ground<'_>, bills: &[Bill]) {
    const ROW: f32 = 22.0;
    let colors = Colors::of(ui);
    if bills.is_empty() {
        let words = "Each partner's bill follows the slider, by the rule below.";
        ui.label(RichText::new(words).color(colors.weak_text).small());
        return;
    }
    let palette = Palette::new(&ground.place.ledger, Dimension::Agency, ground.scheme);
    let most = bills.iter().map(|bill| extent(bill.amount.abs())).fold(0.0, f64::max);
    let width = ui.available_width() - 4.0;
    let names = (width * 0.40).min(260.0);
    for bill in bills {
        let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        let verb = if bill.amount.is_negative() { "is given back" } else { "pays" };
        let words = format!("{} {verb} {}", bill.payer, in_full(bill.amount.abs()));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.as_str()));
        let name = fit(&bill.payer, f64::from(names - 8.0), 12.5, Weight::Regular).text;
        let middle = rect.center().y;
        let font = egui::FontId::proportional(12.5);
        ui.painter().text(pos2(rect.left(), middle), egui::Align2::LEFT_CENTER, name, font, colors.text);
        let room = f64::from((width - names - 170.0).max(20.0));
        let share = if most > 0.0 { extent(bill.amount.abs()) / most } else { 0.0 };
        let left = rect.left() + names;
        let bar = Rect::from_min_max(
            pos2(left, rect.top() + 5.0),
            pos2(left + (room * share) as f32, rect.bottom() - 5.0),
        );
        let color = crate::app::controls::color32(palette.color(&bill.payer), 1.0);
        ui.painter().rect_filled(bar, 1.0, color);
        let amount = format!("{verb} {}", in_short(bill.amount.abs()));
        let font = style::semibold(12.5);
        ui.painter().text(
            pos2(bar.right() + 7.0, middle),
            egui::Align2::LEFT_CENTER,
            amount,
            font,
            colors.text,
        );
        response.on_hover_text(words);
    }
}

/// The rules that agreements use, each with a beginning that can be worked with.
fn rules(ground: Ground<'_>) -> Vec<RiskShare> {
    let partners = ground.partners();
    let host = ground.scenario.host.clone().or_else(|| partners.first().map(|name| (*name).to_owned()));
    let Some(host) = host else { return vec![RiskShare::Proportional, RiskShare::OwnRisk] };
    let most = Portion::Percent(Percent::new(10));
    let caps = partners
        .iter()
        .filter(|partner| **partner != host)
        .map(|name| Cap { partner: (*name).to_owned(), most })
        .collect();
    let first = RiskBand { up_to: Some(Percent::new(2)), share: BandShare::Partner(host.clone()) };
    let rest = RiskBand { up_to: None, share: BandShare::Proportional };
    vec![
        RiskShare::Proportional,
        RiskShare::OwnRisk,
        RiskShare::PerLine(Vec::new()),
        RiskShare::Capped { caps, beyond: Some(host) },
        RiskShare::Banded(vec![first, rest]),
        RiskShare::InOrder(vec![RiskStep::Unallocated, RiskStep::Share(BandShare::Proportional)]),
    ]
}

fn rule_ui(ui: &mut Ui, ground: Ground<'_>, cells: &mut EditCells, details: &mut Details) -> Option<Action> {
    let rule = &ground.scenario.risk_share;
    let cell = Id::unique(("pool", "risk share"));
    let mut chosen = None;
    ui.horizontal(|ui| {
        weak_text(ui, "Risk share");
        let response = ComboBox::from_id_salt("risk share")
            .selected_text(rule.name())
            .width(250.0)
            .truncate()
            .show_ui(ui, |ui| {
                for other in rules(ground) {
                    let is_chosen = other.name() == rule.name();
                    if ui.selectable_label(is_chosen, other.name()).clicked() && !is_chosen {
                        chosen = Some(other);
                    }
                }
            })
            .response;
        let name = format!("Risk share: {}", rule.name());
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name.as_str()));
    });
    for words in terms(rule) {
        ui.add(egui::Label::new(RichText::new(words).color(Colors::of(ui).weak_text).small()).wrap());
    }
    let has_terms = !matches!(rule, RiskShare::Proportional | RiskShare::OwnRisk);
    let scenario = &ground.scenario.name;
    let is_open = details.is_open(scenario, Detail::RiskShare);
    if has_terms && detail_row_ui(ui, "Terms of the risk share", "change them", is_open) {
        details.toggle(scenario, Detail::RiskShare);
    }
    // The rule has changed, by these terms or others: what was put together is done with.
    if details.risk.as_ref().is_some_and(|draft| !draft.is_of(rule)) {
        details.let_go();
    }
    if has_terms && details.is_open(scenario, Detail::RiskShare) {
        if details.risk.is_none() {
            details.risk = Some(RiskDraft::of(rule));
        }
        let decided = details.risk.as_mut().and_then(|draft| risk_terms_ui(ui, ground, cells, draft));
        match decided {
            Some(Decided::Use(terms)) => chosen = Some(terms),
            Some(Decided::Leave) => {
                details.let_go();
            }
            None => {}
        }
    }
    let action = chosen.map(|rule| {
        cells.ask_at(cell);
        ground.change(ScenarioChange::SetRiskShare(rule))
    });
    action.or(cells.refusal_ui(ui, cell))
}

/// The rule's terms in words, one a line.
fn terms(rule: &RiskShare) -> Vec<String> {
    match rule {
        RiskShare::Proportional | RiskShare::OwnRisk => Vec::new(),
        RiskShare::PerLine(lines) => {
            let mut words: Vec<String> = lines
                .iter()
                .map(|line| {
                    let names: Vec<&str> =
                        line.theme.iter().chain(&line.service).map(String::as_str).collect();
                    let what = if names.is_empty() { "everything".to_owned() } else { names.join(", ") };
                    match &line.share {
                        LineShare::Fixed(partner) => format!("{what}: fixed, {partner} bears it"),
                        LineShare::Variable(shares) if shares.is_empty() => {
                            format!("{what}: variable, in proportion")
                        }
                        LineShare::Variable(shares) => format!("{what}: {}", shares_in_words(shares)),
                    }
                })
                .collect();
            words.push("Everything else: in proportion".to_owned());
            words
        }
        RiskShare::Capped { caps, beyond } => {
            let cap = |cap: &Cap| format!("{}: up to {}", cap.partner, most_in_words(cap.most));
            let beyond = beyond.as_deref().unwrap_or("those without a cap, in proportion");
            caps.iter().map(cap).chain([format!("Beyond the caps: {beyond}")]).collect()
        }
        RiskShare::Banded(bands) => bands
            .iter()
            .map(|band| {
                let end =
                    band.up_to.map_or("the rest".to_owned(), |up_to| format!("up to {up_to} of the pool"));
                format!("{}: {}", capitalised(&end), band_in_words(&band.share))
            })
            .collect(),
        RiskShare::InOrder(steps) => steps
            .iter()
            .enumerate()
            .map(|(index, step)| {
                let words = match step {
                    RiskStep::Unallocated => "money that waits in the pool".to_owned(),
                    RiskStep::Partner { partner, most } => {
                        format!("{partner}, up to {}", most_in_words(*most))
                    }
                    RiskStep::Share(share) => format!("the rest {}", band_in_words(share)),
                };
                format!("{}. {}", index + 1, capitalised(&words))
            })
            .collect(),
    }
}

/// The most that a partner pays, and of what.
fn most_in_words(most: Portion) -> String {
    match most {
        Portion::Whole => "all that it puts in".to_owned(),
        Portion::Percent(percent) => format!("{percent} of what it puts in"),
        Portion::Amount(amount) => in_full(amount),
    }
}

fn band_in_words(share: &BandShare) -> String {
    match share {
        BandShare::Proportional => "in proportion".to_owned(),
        BandShare::Partner(partner) => format!("{partner} bears it"),
        BandShare::Shares(shares) => shares_in_words(shares),
    }
}

fn shares_in_words(shares: &[PartnerShare]) -> String {
    let listed: Vec<String> =
        shares.iter().map(|share| format!("{} {}", share.partner, share.share)).collect();
    listed.join(", ")
}
