//! Contributions as rows that are typed over in place: who puts in which lines, how much, how firmly.

use egui::{Align, ComboBox, Id, RichText, Role, Ui, WidgetInfo, vec2};

use super::card::chevron_ui;
use super::cell::{EditCell, EditCells};
use super::column::column_ui;
use super::contribution::{Asks, contribution_detail_ui, new_money_detail_ui};
use super::detail::{Detail, Details};
use super::ground::{Ground, PoolPointed};
use super::new_contribution::{NewContribution, add_contribution_ui};
use super::outturn::{cell_id, is_by_partner, outturn_cell_ui, outturn_width};
use super::parts::Parts;
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Colors, space, weak_text};
use crate::dimension::{Dimension, shown_name};
use crate::figure::{Weight, fit, width_px};
use crate::ledger::Filter;
use crate::money::{Money, Share, in_full, in_short, percent};
use crate::pool::{
    Commitment, Contributed, Contribution, Lines, NewMoney, OutturnOf, Portion, ScenarioChange,
};
use crate::words::capitalised;

/// How wide the cell of an amount is at least, points.
pub(super) const AMOUNT: f32 = 120.0;
const SHARE: f32 = 42.0;
const COMMITMENT: f32 = 124.0;
const MORE: f32 = 30.0;
const ROW: f32 = 42.0;
/// Between the cells of a row, points.
pub(super) const GAP: f32 = 6.0;

/// How a row is laid out, widths in points.
struct ContributionRow {
    name: f32,
    amount: f32,
    /// Where outturns stand beside what partners put in.
    outturn: Option<f32>,
    /// The amount that Enter goes to.
    below: Option<Id>,
}

impl ContributionRow {
    /// The outturn that stands in a contribution's row: its partner's, in the first of its rows.
    fn outturn_of(&self, ground: Ground<'_>, index: usize) -> Option<OutturnOf> {
        self.outturn?;
        let contributions = &ground.scenario.contributions;
        let partner = &contributions.get(index)?.partner;
        let is_first = contributions[..index].iter().all(|other| other.partner != *partner);
        is_first.then(|| OutturnOf::Partner(partner.clone()))
    }

    fn outturn_ui(
        &self,
        ui: &mut Ui,
        ground: Ground<'_>,
        cells: &mut EditCells,
        index: usize,
    ) -> Option<Action> {
        let width = self.outturn?;
        let of = self.outturn_of(ground, index);
        // The others of its rows keep the room, so that what follows stands in one column.
        column_ui(ui, width, ROW, Align::Max, |ui| outturn_cell_ui(ui, ground, cells, of?, width))
    }
}

/// What partners put in, a row for each contribution, typed over in place.
#[must_use]
pub(super) fn contributions_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    parts: &mut Parts,
    new: &mut NewContribution,
    pointed: &mut Option<PoolPointed>,
) -> Option<Action> {
    let mut action = None;
    let (cells, details) = (&mut parts.cells, &mut parts.details);
    let width = ui.available_width() - 6.0;
    let scenario = ground.scenario;
    let amounts = ground.model.contributed.iter().map(|contributed| contributed.amount);
    let amount = amount_width(amounts.chain(ground.model.new_money(scenario)), AMOUNT);
    let outturn = is_by_partner(scenario).then(|| outturn_width(scenario));
    let beside = outturn.map_or(0.0, |width| width + GAP);
    let name = (width - amount - 2.0 * SHARE - COMMITMENT - MORE - 5.0 * GAP - beside).max(90.0);
    heading_ui(ui, name, amount, outturn);
    let count = scenario.contributions.len() + scenario.new_money.len();
    for index in 0..count {
        let cell = amount_cell(index);
        let below = (index + 1 < count).then(|| amount_cell(index + 1));
        let row = ContributionRow { name, amount, outturn, below };
        let wish = match index.checked_sub(scenario.contributions.len()) {
            None => contribution_ui(ui, ground, cells, details, index, &row, pointed),
            Some(new) => new_money_ui(ui, ground, cells, details, new, &row, pointed),
        };
        action = action.or(wish);
        action = action.or(cells.refusal_ui(ui, cell));
        if let Some(of) = row.outturn_of(ground, index) {
            action = action.or(cells.refusal_ui(ui, cell_id(&of)));
        }
    }
    if count == 0 {
        let words = "Nobody puts anything in yet. Choose a partner and which of its lines, below; or in Flows drag a \
                     band onto the pool, Ctrl+click it or press P; or pick lines in Ledger and press P.";
        ui.label(RichText::new(words).color(Colors::of(ui).weak_text));
    }
    ui.add_space(space::XS);
    action.or(add_contribution_ui(ui, ground, cells, new))
}

/// How wide a cell must be in which each of these amounts stands whole, at least so much, points. An amount of which a
/// digit is hidden is another amount.
pub(super) fn amount_width(amounts: impl Iterator<Item = Money>, least: f32) -> f32 {
    // The cell's margins, and a little for the font on screen, which is measured otherwise.
    const AROUND: f64 = 18.0;
    let width = |amount: Money| width_px(&in_full(amount), 13.0, Weight::Regular) + AROUND;
    amounts.map(width).fold(f64::from(least), f64::max).ceil() as f32
}

/// Whether the pointer is over a row, or the keyboard within it.
pub(super) fn is_pointed_at(ui: &Ui, row: &egui::Response) -> bool {
    let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
    row.contains_pointer() || focused.is_some_and(|focused| row.rect.contains(focused.rect.center()))
}

fn amount_cell(index: usize) -> Id {
    Id::unique(("pool contribution", index))
}

fn heading_ui(ui: &mut Ui, name: f32, amount: f32, outturn: Option<f32>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        column_ui(ui, name, 22.0, Align::Min, |ui| ui.heading("Contributions"));
        let columns = [("Puts in (£)", amount), ("of pool", SHARE), ("of own", SHARE)];
        let outturn = outturn.map(|width| ("Outturn (£)", width));
        for (words, width) in columns.into_iter().chain(outturn) {
            column_ui(ui, width, 22.0, Align::Max, |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                weak_text(ui, words)
            });
        }
        column_ui(ui, COMMITMENT, 22.0, Align::Min, |ui| weak_text(ui, "Commitment"));
    });
}

fn contribution_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    details: &mut Details,
    index: usize,
    row: &ContributionRow,
    pointed: &mut Option<PoolPointed>,
) -> Option<Action> {
    let contribution = &ground.scenario.contributions[index];
    let is_open = details.is_open(&ground.scenario.name, Detail::Contribution(index));
    let contributed = ground.model.contributed.get(index).copied().unwrap_or_default();
    let mut action = None;
    let line = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let mut what = what(contribution);
        if let Some(range) = contributed.range {
            what = format!("{}; {what}", range.in_words());
        }
        if name_ui(ui, ground, row.name, &contribution.partner, &what) {
            action = Some(drill(ground, contribution));
        }
        let shown = in_full(contributed.amount).replacen('£', "", 1);
        let name = format!("Contribution {} of {}: puts in", index + 1, contribution.partner);
        let cell = EditCell {
            id: amount_cell(index),
            name: &name,
            shown: &shown,
            width: row.amount,
            below: row.below,
        };
        if let Some(typed) = cells.show(ui, &cell) {
            action = retyped(ground, cells, index, contributed, &typed);
        }
        shares_ui(ui, ground, &contribution.partner, contributed.amount);
        action = action.take().or(row.outturn_ui(ui, ground, cells, index));
        if let Some(commitment) = commitment_ui(ui, index, &contribution.partner, contribution.commitment) {
            cells.ask_at(cell.id);
            action = Some(ground.change(ScenarioChange::SetCommitment(index, commitment)));
        }
        let more = format!("More for contribution {} of {}", index + 1, contribution.partner);
        if chevron_ui(ui, &more, is_open) {
            details.toggle(&ground.scenario.name, Detail::Contribution(index));
        }
    });
    if is_pointed_at(ui, &line.response) {
        *pointed = Some(PoolPointed::Contribution(index));
    }
    if is_open && let Some(asks) = contribution_detail_ui(ui, ground, cells, details, index) {
        action = Some(match asks {
            Asks::Change(change) => {
                cells.ask_at(amount_cell(index));
                ground.change(*change)
            }
            Asks::Lines => drill(ground, contribution),
        });
    }
    action
}

/// Which lines, how much of them, and whether they keep their purpose.
fn what(contribution: &Contribution) -> String {
    let lines = Contribution { what: Portion::Whole, ..contribution.clone() }.in_words();
    let lines = lines.strip_prefix(contribution.partner.as_str()).unwrap_or(&lines);
    let lines = lines.trim_start_matches(", ");
    let lines = if lines.is_empty() { "all its lines" } else { lines };
    let portion = match contribution.what {
        Portion::Whole => String::new(),
        Portion::Percent(percent) => format!("{percent} of "),
        Portion::Amount(amount) => format!("{} a year of ", in_short(amount)),
    };
    let purpose = match (contribution.in_kind, contribution.aligned) {
        (true, _) => ", in kind",
        (false, true) => ", aligned",
        (false, false) => "",
    };
    format!("{portion}{lines}{purpose}")
}

/// The partner's name above what it puts in; true when its lines are asked for.
fn name_ui(ui: &mut Ui, ground: Ground<'_>, width: f32, partner: &str, what: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), egui::Sense::click());
    let colors = Colors::of(ui);
    let room = f64::from(width - 6.0);
    let shown = shown_name(Dimension::Agency, partner, &ground.place.agencies);
    for (words, font, color, weight, y) in [
        (&*shown, style::semibold(13.0), colors.text, Weight::SemiBold, 12.0),
        (what, egui::FontId::proportional(11.5), colors.weak_text, Weight::Regular, 29.0),
    ] {
        let fitted = fit(words, room, f64::from(font.size), weight).text;
        let at = rect.left_top() + vec2(0.0, y);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, fitted, font, color);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Lines of {partner}, {what}")));
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, colors.focus);
        ui.painter().rect_stroke(rect, 4.0, ring, egui::StrokeKind::Inside);
    }
    let clicked = response.clicked();
    response.on_hover_text(format!("{partner}\n{what}\nClick for its lines"));
    clicked
}

fn drill(ground: Ground<'_>, contribution: &Contribution) -> Action {
    let filter = match &contribution.lines {
        Lines::Where(filter) => filter.clone(),
        Lines::ByHand(_) => Filter::default(),
    };
    let filter = filter
        .only(Dimension::Agency, [contribution.partner.as_str()])
        .only(Dimension::Pool, [ground.scenario.pool.as_str()]);
    Action::Drill(contribution.in_words(), filter)
}

/// The change that was typed; what is no portion is said at the cell.
fn retyped(
    ground: Ground<'_>,
    cells: &mut EditCells,
    index: usize,
    contributed: Contributed,
    typed: &str,
) -> Option<Action> {
    let contribution = &ground.scenario.contributions[index];
    let what = match contribution.what.retyped(typed, contributed.of, contributed.years) {
        Ok(what) => what,
        Err(error) => {
            let words = format!("{}. It keeps what it had.", capitalised(&error.to_string()));
            cells.refuse(amount_cell(index), words);
            return None;
        }
    };
    let changed = Contribution { what, ..contribution.clone() };
    Some(ground.change(ScenarioChange::ChangeContribution(index, changed)))
}

fn shares_ui(ui: &mut Ui, ground: Ground<'_>, partner: &str, amount: Money) {
    let of_pool = Share::of(amount, ground.model.balance.into_pool);
    let position = ground.model.positions.iter().find(|position| position.agency == partner);
    let of_own = position.and_then(|position| Share::of(amount, position.own));
    for (share, of) in [(of_pool, "of the pool"), (of_own, "of what they spend")] {
        let words = share.map(percent).unwrap_or_default();
        column_ui(ui, SHARE, ROW, Align::Max, |ui| {
            let said = format!("{words} {of}");
            let label = ui.add(egui::Label::new(RichText::new(&words).size(13.0)));
            label.on_hover_text(said)
        });
    }
}

fn commitment_ui(ui: &mut Ui, index: usize, partner: &str, now: Commitment) -> Option<Commitment> {
    let mut chosen = now;
    let response = ComboBox::from_id_salt(("commitment", index))
        .selected_text(now.name())
        .width(COMMITMENT)
        .show_ui(ui, |ui| {
            for commitment in Commitment::ALL {
                ui.selectable_value(&mut chosen, commitment, commitment.name());
            }
        })
        .response;
    let name = format!("Commitment {} of {partner}: {}", index + 1, now.name());
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name.as_str()));
    (chosen != now).then_some(chosen)
}

fn new_money_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    cells: &mut EditCells,
    details: &mut Details,
    index: usize,
    row: &ContributionRow,
    pointed: &mut Option<PoolPointed>,
) -> Option<Action> {
    let money = &ground.scenario.new_money[index];
    let number = ground.scenario.contributions.len() + index;
    let is_open = details.is_open(&ground.scenario.name, Detail::NewMoney(index));
    let mut action = None;
    let line = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let purpose = if money.purpose == crate::pool::Purpose::default() {
            format!("new money, {} a year, unallocated", in_short(money.amount))
        } else {
            format!("new money, {} a year for {}", in_short(money.amount), money.purpose.in_words())
        };
        if name_ui(ui, ground, row.name, &money.partner, &purpose) {
            let filter = ground.in_the_pool().only(Dimension::Agency, [money.partner.as_str()]);
            action = Some(Action::Drill(format!("New money of {}", money.partner), filter));
        }
        // In all years, as all else in its column; what is typed is meant a year, as everywhere.
        let amount = ground.model.new_money(ground.scenario).get(index).copied().unwrap_or_default();
        let shown = in_full(amount).replacen('£', "", 1);
        let name = format!("New money {} of {}: puts in a year", index + 1, money.partner);
        let (id, width, below) = (amount_cell(number), row.amount, row.below);
        let cell = EditCell { id, name: &name, shown: &shown, width, below };
        if let Some(typed) = cells.show(ui, &cell) {
            let amount = match Portion::Amount(money.amount).retyped(&typed, money.amount, 1) {
                Ok(Portion::Amount(amount)) => Ok(amount),
                Ok(Portion::Percent(percent)) => Ok(money.amount.times(percent)),
                Ok(Portion::Whole) => Ok(money.amount),
                Err(error) => Err(error),
            };
            match amount {
                Ok(amount) => {
                    let changed = NewMoney { amount, ..money.clone() };
                    action = Some(ground.change(ScenarioChange::ChangeNewMoney(index, changed)));
                }
                Err(error) => cells.refuse(cell.id, format!("{error}. It keeps what it had.")),
            }
        }
        shares_ui(ui, ground, &money.partner, amount);
        action = action.take().or(row.outturn_ui(ui, ground, cells, number));
        if let Some(commitment) = commitment_ui(ui, number, &money.partner, money.commitment) {
            let changed = NewMoney { commitment, ..money.clone() };
            action = Some(ground.change(ScenarioChange::ChangeNewMoney(index, changed)));
        }
        let more = format!("More for new money {} of {}", index + 1, money.partner);
        if chevron_ui(ui, &more, is_open) {
            details.toggle(&ground.scenario.name, Detail::NewMoney(index));
        }
    });
    if is_pointed_at(ui, &line.response) {
        *pointed = Some(PoolPointed::NewMoney(index));
    }
    if is_open && let Some(wish) = new_money_detail_ui(ui, ground, cells, index) {
        cells.ask_at(amount_cell(number));
        action = Some(wish);
    }
    action
}
