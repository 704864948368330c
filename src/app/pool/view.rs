//! The pool of the scenario that is shown: what partners put in and what it is spent on, typed into tables on the left;
//! what that leaves every partner with on the right, at once.

use std::sync::Arc;

use egui::{Frame, Margin, Panel, ScrollArea, Ui, Vec2};

use super::allocations::{NewAllocation, allocations_ui};
use super::balance::balance_ui;
use super::cell::EditCells;
use super::contributions::{NewContribution, contributions_ui};
use super::detail::Details;
use super::empty::no_scenario_ui;
use super::findings::findings_ui;
use super::head::head_ui;
use super::partners::{partners_ui, shares_ui};
use super::risk::{Overspend, risk_ui};
use super::split::{SplitDraft, split_ui};
use super::terms::terms_ui;
use crate::app::action::Action;
use crate::app::controls::Moving;
use crate::app::memo::Memo;
use crate::app::shown_place::ShownPlace;
use crate::app::style::{Look, space};
use crate::dimension::Dimension;
use crate::figure::{Figure, PartnersFigure, PoolInput, Scheme, pool_balance, pool_partners, pool_shares};
use crate::ledger::Filter;
use crate::place::{Command, CommandError, Place};
use crate::pool::{Model, Scenario, ScenarioChange};
use crate::scene::{pool_captions, pool_input, pool_picture};

/// What the view of the pool remembers: nothing of it is saved.
#[derive(Default)]
pub(in crate::app) struct PoolView {
    pub(super) cells: EditCells,
    pub(super) overspend: Overspend,
    /// The partner whose badge is explained.
    pub(super) explained: Option<String>,
    pub(super) new_contribution: NewContribution,
    pub(super) new_allocation: NewAllocation,
    /// Which part of the scenario is shown in detail.
    pub(super) details: Details,
    split: Option<SplitDraft>,
    draft: Option<Draft>,
    drafts: u64,
    /// What of the pool was pointed at or had the keyboard in the last frame.
    pointed: Option<PoolPointed>,
    balance: Memo<FigureKey, Figure>,
    partners: Memo<FigureKey, PartnersFigure>,
    shares: Memo<FigureKey, Figure>,
    balance_way: Moving<FigureKey>,
    partners_way: Moving<FigureKey>,
    shares_way: Moving<FigureKey>,
    size: Vec2,
    scheme: Scheme,
}

/// Revision, draft, look and width that a figure was made for.
type FigureKey = (u64, u64, Look, u32);

/// What of a pool is pointed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PoolPointed {
    Contribution(usize),
    NewMoney(usize),
    Allocation(usize),
    Partner(String),
}

/// Whether a figure follows from another by a change; a slider's draft is followed by hand, at once.
fn is_change(before: FigureKey, after: FigureKey) -> bool {
    before.0 != after.0 && before.1 == after.1 && (before.2, before.3) == (after.2, after.3)
}

/// The scenario while a slider is held: shown, and not yet done.
struct Draft {
    /// The revision it began from; another one ends it.
    of: u64,
    change: ScenarioChange,
    scenario: Scenario,
    model: Arc<Model>,
}

/// What every part of the view needs to know.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    /// The baseline.
    pub(super) place: &'a Place,
    pub(super) scenario: &'a Scenario,
    pub(super) model: &'a Model,
    pub(super) scheme: Scheme,
}

impl<'a> Ground<'a> {
    pub(super) fn command(&self, change: ScenarioChange) -> Command {
        Command::ChangeScenario(self.scenario.name.clone(), Box::new(change))
    }

    pub(super) fn change(&self, change: ScenarioChange) -> Action {
        self.command(change).into()
    }

    pub(super) fn input(&self) -> PoolInput<'a> {
        pool_input(self.place, self.scenario, self.model, self.scheme)
    }

    /// The money in the pool, as the modelled lines have it.
    pub(super) fn in_the_pool(&self) -> Filter {
        Filter::default().only(Dimension::Pool, [self.scenario.pool.as_str()])
    }

    /// Those whose lines are put in, by name.
    pub(super) fn partners(&self) -> Vec<&'a str> {
        let mut partners: Vec<&str> =
            self.scenario.contributions.iter().map(|contribution| contribution.partner.as_str()).collect();
        partners.sort_unstable();
        partners.dedup();
        partners
    }
}

impl PoolView {
    /// The figure that exports draw, at the size of the view, with its captions.
    pub(in crate::app) fn figure(&self, place: &Place, model: Option<&Arc<Model>>) -> Option<Figure> {
        let (scenario, model) = (place.shown_scenario()?, model?);
        if self.size.x <= 0.0 {
            return None;
        }
        let size = (f64::from(self.size.x), f64::from(self.size.y).max(560.0));
        let (title, notes) = pool_captions(place, scenario, model);
        let figure = pool_picture(place, scenario, model, self.scheme, size);
        Some(Figure { title, notes, ..figure })
    }

    /// A command that was asked for here was not carried out; false where it was asked for elsewhere.
    pub(in crate::app) fn refused(&mut self, command: &Command, error: &CommandError) -> bool {
        self.draft = None;
        self.cells.refused(command, error)
    }

    /// Esc: what is explained or said is closed; false where nothing is.
    pub(in crate::app) fn let_go(&mut self) -> bool {
        self.cells.let_go()
            || self.explained.take().is_some()
            || self.split.take().is_some()
            || self.details.let_go()
    }

    /// What is pointed at or has the keyboard.
    pub(super) fn pointed_part(&self) -> Option<&PoolPointed> {
        self.pointed.as_ref()
    }

    /// Shows the scenario with a change that a slider holds.
    pub(super) fn try_out(&mut self, ground: &Ground<'_>, revision: u64, change: ScenarioChange) {
        let of_draft = self.draft.as_ref().is_some_and(|draft| draft.change == change);
        if of_draft {
            return;
        }
        // What cannot be followed is left out of the model and told as a finding; the command will say so.
        if let Ok(scenario) = change.tried(ground.scenario) {
            let model = Arc::new(scenario.model(&ground.place.ledger));
            self.drafts += 1;
            self.draft = Some(Draft { of: revision, change, scenario, model });
        }
    }

    /// The slider is let go: the change that was tried, to be done.
    pub(super) fn decide(&mut self) -> Option<ScenarioChange> {
        self.drafts += 1;
        self.draft.take().map(|draft| draft.change)
    }
}

/// The least width at which results stand beside the tables, in points.
const LEAST_BESIDE: f32 = 780.0;

#[must_use]
pub(in crate::app) fn pool_view_ui(
    ui: &mut Ui,
    place: &Place,
    shown: &ShownPlace,
    view: &mut PoolView,
) -> Option<Action> {
    let look = Look::of(ui.visuals());
    view.size = ui.available_size();
    view.scheme = look.scheme();
    let (Some(scenario), Some(model)) = (place.shown_scenario(), shown.model()) else {
        return no_scenario_ui(ui, place);
    };
    let revision = shown.revision();
    if view.draft.as_ref().is_some_and(|draft| draft.of != revision) {
        view.draft = None;
    }
    let draft = view.draft.as_ref().map(|draft| (draft.scenario.clone(), Arc::clone(&draft.model)));
    let (scenario, model) = match &draft {
        Some((scenario, model)) => (scenario, model.as_ref()),
        None => (scenario, model.as_ref()),
    };
    let ground = Ground { place, scenario, model, scheme: view.scheme };
    let mut action = None;
    let mut wish = |wished: Option<Action>| {
        if action.is_none() {
            action = wished;
        }
    };
    let drafts = view.drafts;
    let key = |width: f32| (revision, drafts, look, width as u32);

    let mut pointed = None;
    wish(head_ui(ui, ground, &mut view.cells));
    let width = ui.available_width();
    let balance = view.balance.get(key(width), || pool_balance(&ground.input(), f64::from(width.floor())));
    let way = view.balance_way.follow(ui, key(width), balance, is_change);
    wish(balance_ui(ui, ground, balance, way.as_ref()));
    ui.add_space(space::M);

    // Beside the tables where there is room, or else below them.
    let is_beside = width >= LEAST_BESIDE;
    if is_beside {
        let frame = Frame::new().inner_margin(Margin { left: 16, ..Margin::ZERO });
        let side = Panel::right("pool results")
            .frame(frame)
            .default_size((width * 0.40).clamp(380.0, 760.0))
            // A window that was made smaller leaves the tables their room.
            .size_range(360.0..=(width * 0.45).clamp(380.0, 900.0));
        side.show(ui, |ui| {
            ScrollArea::vertical().id_salt("pool results").auto_shrink(false).show(ui, |ui| {
                wish(results_ui(ui, ground, key, view, &mut pointed));
            });
        });
    }
    ScrollArea::vertical().id_salt("pool tables").auto_shrink(false).show(ui, |ui| {
        wish(findings_ui(ui, ground, &mut view.cells));
        wish(contributions_ui(ui, ground, view, &mut pointed));
        ui.add_space(space::L);
        wish(allocations_ui(ui, ground, revision, view, &mut pointed));
        ui.add_space(space::L);
        wish(split_ui(ui, ground, &mut view.cells, &mut view.split));
        ui.add_space(space::L);
        wish(terms_ui(ui, ground, &mut view.cells, &mut view.details));
        ui.add_space(space::XL);
        if !is_beside {
            wish(results_ui(ui, ground, key, view, &mut pointed));
        }
    });
    view.pointed = pointed;
    action
}

/// Partners' bars and badges, the risk shares and the donut.
fn results_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    key: impl Fn(f32) -> FigureKey,
    view: &mut PoolView,
    pointed: &mut Option<PoolPointed>,
) -> Option<Action> {
    let mut action = None;
    let mut wish = |wished: Option<Action>| {
        if action.is_none() {
            action = wished;
        }
    };
    let width = (ui.available_width() - 4.0).floor();
    let partners = view.partners.get(key(width), || pool_partners(&ground.input(), f64::from(width)));
    let way = view.partners_way.follow(ui, key(width), &partners.figure, is_change);
    wish(partners_ui(ui, ground, partners, way.as_ref(), &mut view.explained, pointed));
    ui.add_space(space::L);
    wish(risk_ui(ui, ground, &mut view.cells, &mut view.details, &mut view.overspend));
    ui.add_space(space::L);
    let across = width.min(340.0);
    let shares = view.shares.get(key(width), || pool_shares(&ground.input(), f64::from(across)));
    let way = view.shares_way.follow(ui, key(width), shares, is_change);
    shares_ui(ui, shares, way.as_ref());
    ui.add_space(space::L);
    action
}
