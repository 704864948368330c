//! The pool of the scenario that is shown: what partners put in and what it is spent on, typed into tables on the left;
//! what that leaves every partner with on the right, at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Frame, Margin, Panel, ScrollArea, Ui, Vec2};

use super::allocations::{NewAllocation, allocations_ui};
use super::balance::balance_ui;
use super::contributions::contributions_ui;
use super::empty::no_scenario_ui;
use super::findings::findings_ui;
use super::ground::{Ground, PoolPointed};
use super::head::head_ui;
use super::new_contribution::NewContribution;
use super::partners::{PartnersShown, partners_ui};
use super::parts::Parts;
use super::risk::risk_ui;
use super::split::{SplitDraft, split_ui};
use super::terms::terms_ui;
use crate::app::action::Action;
use crate::app::controls::{Moving, scroll_ui};
use crate::app::memo::{Memo, Remembered};
use crate::app::shown_place::ShownPlace;
use crate::app::style::{Look, space};
use crate::figure::{Figure, PartnersFigure, Scheme, pool_balance, pool_partners};
use crate::place::{Command, CommandError, Place};
use crate::pool::{Model, Variance};
use crate::scene::{Audience, pool_captions, pool_picture, pool_words};

/// What the view of the pool remembers: nothing of it is saved.
#[derive(Default)]
pub(in crate::app) struct PoolView {
    parts: Parts,
    overspend: Variance,
    /// The partner whose badge is explained, and whether those whom nothing changes for have rows of their own.
    explained: PartnersShown,
    new_contribution: NewContribution,
    new_allocation: NewAllocation,
    split: Option<SplitDraft>,
    /// What of the pool was pointed at or had the keyboard in the last frame.
    pointed: Remembered<PoolPointed>,
    balance: Memo<FigureKey, Figure>,
    partners: Memo<(FigureKey, bool, bool), PartnersFigure>,
    former: FormerPool,
    balance_way: Moving<FigureKey>,
    partners_way: Moving<(FigureKey, bool)>,
    size: Vec2,
    scheme: Scheme,
}

/// Revision, draft, look and width that a figure was made for.
type FigureKey = (u64, u64, Look, u32);

/// How long it is marked where bars ended before a change: as long as the foot says what it did.
const MARKED: Duration = Duration::from_secs(6);

/// What the shown scenario came to before its last change, for a few seconds.
#[derive(Default)]
struct FormerPool {
    /// The revision, the place and the scenario that are shown, and what that comes to.
    shown: Option<(u64, String, String, Arc<Model>)>,
    before: Option<(Arc<Model>, Instant)>,
}

impl FormerPool {
    fn follow(&mut self, ui: &Ui, revision: u64, (place, scenario): (&str, &str), model: &Arc<Model>) {
        let known = self.shown.as_ref();
        if known.is_none_or(|(known, ..)| *known != revision) {
            let is_same = |name: &str, other: &str| name == place && other == scenario;
            let shown =
                self.shown.replace((revision, place.to_owned(), scenario.to_owned(), Arc::clone(model)));
            self.before = shown
                .filter(|(_, name, other, former)| is_same(name, other) && !Arc::ptr_eq(former, model))
                .map(|(.., former)| (former, Instant::now()));
        }
        self.before.take_if(|(_, since)| since.elapsed() >= MARKED);
        if let Some((_, since)) = &self.before {
            ui.ctx().request_repaint_after(MARKED.saturating_sub(since.elapsed()));
        }
    }

    fn model(&self) -> Option<Arc<Model>> {
        self.before.as_ref().map(|(model, _)| Arc::clone(model))
    }
}

/// Whether a figure follows from another by a change; a slider's draft is followed by hand, at once.
fn is_change(before: FigureKey, after: FigureKey) -> bool {
    before.0 != after.0 && before.1 == after.1 && (before.2, before.3) == (after.2, after.3)
}

impl PoolView {
    /// The figure that exports draw, at the size of the view, with its captions.
    pub(in crate::app) fn figure(&self, place: &Place, model: Option<&Arc<Model>>) -> Option<Figure> {
        let (scenario, model) = (place.shown_scenario()?, model?);
        if self.size.x <= 0.0 {
            return None;
        }
        let size = (f64::from(self.size.x), f64::from(self.size.y).max(560.0));
        let (title, notes) = pool_captions(place, scenario, model, Audience::DESK);
        let figure = pool_picture(place, scenario, model, self.scheme, size);
        let words = pool_words(place, scenario, model, Audience::DESK).lines();
        Some(Figure { title, notes, words, ..figure })
    }

    /// A command that was asked for here was not carried out; false where it was asked for elsewhere.
    pub(in crate::app) fn refused(&mut self, command: &Command, error: &CommandError) -> bool {
        self.parts.trial.give_up();
        self.parts.cells.refused(command, error)
    }

    /// What was let go is not done after all.
    pub(in crate::app) fn not_made(&mut self) {
        self.parts.trial.give_up();
    }

    /// Esc: what is explained or said is closed; false where nothing is.
    pub(in crate::app) fn let_go(&mut self) -> bool {
        self.parts.cells.let_go()
            || self.explained.partner.take().is_some()
            || self.split.take().is_some()
            || self.parts.details.let_go()
    }

    /// What is pointed at or has the keyboard.
    pub(super) fn pointed_part(&self, revision: u64) -> Option<&PoolPointed> {
        self.pointed.at(revision)
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
    view.parts.cells.show_for(revision, &place.name, &scenario.name);
    view.former.follow(ui, revision, (&place.name, &scenario.name), model);
    let draft = view.parts.trial.of(revision, ui.ctx());
    let (scenario, model) = match &draft {
        Some((scenario, model)) => (scenario, model.as_ref()),
        None => (scenario, model.as_ref()),
    };
    let (former, rows) = (view.former.model(), view.parts.trial.rows());
    let (former, order) = (former.as_deref(), rows.as_ref().map(|rows| rows.as_slice()));
    let ground = Ground { place, scenario, model, former, order, scheme: view.scheme };
    let mut action = None;
    let mut wish = |wished: Option<Action>| {
        if action.is_none() {
            action = wished;
        }
    };
    let tried = view.parts.trial.tried();
    let key = |width: f32| (revision, tried, look, width as u32);

    let mut pointed = None;
    wish(head_ui(ui, ground, &mut view.parts.cells));
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
            scroll_ui(ui, ScrollArea::vertical().id_salt("pool results").auto_shrink(false), |ui| {
                wish(results_ui(ui, ground, key, view, &mut pointed));
            });
        });
    }
    scroll_ui(ui, ScrollArea::vertical().id_salt("pool tables").auto_shrink(false), |ui| {
        wish(findings_ui(ui, ground, &mut view.parts.cells));
        wish(contributions_ui(ui, ground, &mut view.parts, &mut view.new_contribution, &mut pointed));
        ui.add_space(space::L);
        wish(allocations_ui(ui, ground, revision, &mut view.parts, &mut view.new_allocation, &mut pointed));
        ui.add_space(space::L);
        wish(split_ui(ui, ground, &mut view.parts.cells, &mut view.split));
        ui.add_space(space::L);
        wish(terms_ui(ui, ground, &mut view.parts.cells, &mut view.parts.details));
        ui.add_space(space::XL);
        if !is_beside {
            wish(results_ui(ui, ground, key, view, &mut pointed));
        }
    });
    view.pointed.keep_if_any(revision, pointed);
    action
}

/// Who gains and loses, and the risk shares.
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
    let is_unfolded = view.explained.is_unfolded;
    let partners = view.partners.get((key(width), ground.former.is_some(), is_unfolded), || {
        pool_partners(&ground.input(), f64::from(width), is_unfolded)
    });
    // A ghost that goes takes its room along, which is followed as well.
    let key = (key(width), ground.former.is_some());
    let is_followed =
        |was: (FigureKey, bool), is: (FigureKey, bool)| is_change(was.0, is.0) || was.0 == is.0 && was.1;
    let way = view.partners_way.follow(ui, key, &partners.figure, is_followed);
    wish(partners_ui(ui, ground, partners, way.as_ref(), &mut view.explained, pointed));
    ui.add_space(space::L);
    wish(risk_ui(ui, ground, &mut view.parts.cells, &mut view.parts.details, &mut view.overspend));
    ui.add_space(space::L);
    action
}
