//! The Sankey on screen: what its view remembers, and how it is put together from the drawing, the pointer and the words.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Pos2, Sense, Ui, WidgetInfo};

use super::canvas::{Morphing, PaintKey, Zoom, magnified, paint_ui, refresh, zoom_and_pan};
use super::heading::headings_ui;
use super::pointer::{Drag, pointer_ui};
use super::pool::{PoolDrag, empty_pool_ui, pool_drag_ui};
use super::shown::{FocusKey, ShownFlows};
use super::tooltip::{Behind, Told, behind, tell, tooltip_ui};
use super::tooltip_place::free_place;
use super::transfer_pipes::pipes_ui;
use crate::app::action::Action;
use crate::app::awaited::{Awaited, is_quick};
use crate::app::controls::{Transform, unit_in};
use crate::app::jobs::Job;
use crate::app::memo::{Memo, Remembered};
use crate::app::shown_place::ShownPlace;
use crate::app::style::Look;
use crate::figure::{Figure, FlowsFigure, PoolSide, pool_side};
use crate::flow::{FlowGraph, Focus, trace};
use crate::ledger::Filter;
use crate::place::Place;
use crate::pool::Scenario;
use crate::sankey::{Previous, SankeyLayout};

/// How long what was put in the pool is lit, and the pointer's tracing waits: long enough to be seen once it has moved.
const LIT: Duration = Duration::from_millis(1800);

/// What the view of flows remembers: nothing of it is saved.
#[derive(Default)]
pub(in crate::app) struct FlowsView {
    pub(super) shown: Remembered<ShownFlows>,
    /// What is pointed at for good, by the words that name it in every graph.
    pub(super) pinned: Option<FocusKey>,
    /// What the keyboard has chosen.
    pub(super) chosen: Option<FocusKey>,
    /// What it had chosen when it was let go: an arrow goes on from there.
    pub(super) left_at: Option<FocusKey>,
    /// Where the pointer was then.
    pub(super) rested_at: Option<Pos2>,
    /// What was clicked last: a double click is two clicks on one thing.
    pub(super) clicked: Option<FocusKey>,
    pub(super) zoom: Zoom,
    /// Points for a pixel of the drawing where nothing is zoomed: it grows with the canvas.
    pub(super) unit: f32,
    /// What the pointer is over.
    pub(super) pointed: Option<FocusKey>,
    pub(super) drag: Option<Drag>,
    pub(super) pool_drag: Option<PoolDrag>,
    /// What was put in the pool, and when: it is lit for a moment.
    pub(super) lit: Option<(FocusKey, Instant)>,
    told: Memo<(u64, FocusKey), Told>,
    /// The lines behind what is told.
    behind: Awaited<(u64, FocusKey), Behind>,
    /// The shapes of the bands last painted, and of what is above them.
    pub(super) painted_bands: Memo<(u64, Transform), Vec<egui::Shape>>,
    /// The same of the bands while something is traced.
    pub(super) receding_bands: Memo<(u64, Transform), Vec<egui::Shape>>,
    pub(super) painted: Memo<PaintKey, Vec<egui::Shape>>,
    /// What is pointed at, in words.
    pub(super) said: Memo<(u64, FocusKey), String>,
    /// What is pinned: its sum, and of how many lines.
    pub(super) summed: Memo<(u64, FocusKey), String>,
    pub(super) morph: Option<Morphing>,
    /// Drawings shown before, latest last.
    pub(super) kept: Vec<ShownFlows>,
    /// A search for a better layout of what is shown, elsewhere.
    pub(super) search: Option<Job<Option<SankeyLayout>>>,
    pub(super) paintings: u64,
}

impl FlowsView {
    pub(in crate::app) fn zoom_by(&mut self, factor: f32) {
        // Twelve times is a band of half a pixel at the width of a finger.
        self.zoom.factor = (self.zoom.factor * factor).clamp(1.0, 12.0);
        self.keep_in_view();
    }

    /// Whether a part of the picture is seen, and not all of it.
    pub(in crate::app) fn is_zoomed(&self) -> bool {
        self.zoom.factor > 1.0
    }

    pub(in crate::app) fn fit(&mut self) {
        self.zoom = Zoom::default();
    }

    /// Forgets all: another place is shown.
    pub(in crate::app) fn start_afresh(&mut self) {
        *self = Self { paintings: self.paintings, ..Self::default() };
    }

    /// Lights what is put in the pool for a moment.
    pub(super) fn light(&mut self, what: FocusKey) {
        self.lit = Some((what, Instant::now()));
    }

    /// Lights what was chosen, pinned or pointed at when it was put in.
    pub(super) fn light_pointed(&mut self) {
        if let Some(what) = self.chosen.or(self.pinned).or(self.pointed) {
            self.light(what);
        }
    }

    /// What is lit now, and for how long still.
    fn lit_now(&mut self, revision: u64) -> Option<(Focus, Duration)> {
        self.lit.take_if(|(_, since)| since.elapsed() >= LIT);
        let (key, since) = self.lit?;
        let shown = self.shown.at(revision)?;
        // Where the pool came between the two ends of a band, the one it came from is lit.
        let focus = shown.find(key).or_else(|| match key {
            FocusKey::Link(source, _) => shown.find(FocusKey::Node(source)),
            FocusKey::Node(_) => None,
        });
        focus.map(|focus| (focus, LIT.saturating_sub(since.elapsed())))
    }

    /// Stops a drag, and nothing has happened; false where nothing is dragged.
    pub(in crate::app) fn cancel_drag(&mut self) -> bool {
        self.lit = None;
        let is_pooled = self.pool_drag.take().is_some();
        self.drag.take().is_some() || is_pooled
    }

    /// The lines behind what is chosen, pinned or pointed at, and what it is called.
    pub(in crate::app) fn pointed_lines(&self, of: &ShownPlace) -> Option<(Filter, String)> {
        let shown = self.shown.at(of.revision())?;
        let focus = shown.find(self.chosen.or(self.pinned).or(self.pointed)?)?;
        Some((shown.flows.graph.filter_of(focus, &shown.flows.filter), shown.title_of(focus)))
    }

    /// What is pinned where it is drawn, as numbers: a node's own twice, those of a link's two ends.
    pub(in crate::app) fn pinned_keys(&self) -> Option<(u64, u64)> {
        let pinned =
            self.pinned.filter(|key| self.shown.last().is_some_and(|shown| shown.find(*key).is_some()));
        pinned.map(|key| match key {
            FocusKey::Node(node) => (node, node),
            FocusKey::Link(source, target) => (source, target),
        })
    }

    /// Lets go of what the keyboard has chosen, whose words close, and then of what is pinned; false where nothing is.
    pub(in crate::app) fn let_go(&mut self) -> bool {
        if let Some(chosen) = self.chosen.take() {
            self.left_at = Some(chosen);
            return true;
        }
        self.pinned.take().is_some()
    }

    /// The figure on screen, with what is pinned traced, as exports draw it.
    pub(in crate::app) fn figure(&self, of: &ShownPlace) -> Option<Figure> {
        let (shown, place) = (self.shown.at(of.revision())?, of.place());
        let drawing = shown.whole();
        let Some(focus) = self.pinned.and_then(|key| shown.find(key)) else {
            return Some(drawing.figure.clone().scaled(f64::from(self.unit)));
        };
        let (scheme, size) = (drawing.figure.scheme, (drawing.figure.width, drawing.figure.height));
        let input = shown.flows.input(place, scheme, size, None, 0);
        let traced = drawing.traced(&input, &trace(&shown.flows.graph, focus), Some(focus));
        Some(traced.scaled(f64::from(self.unit)))
    }

    /// Whether the pool alone is drawn, where there is a choice: a pool is drawn that is not all there is.
    pub(super) fn is_under_lens(&self) -> Option<bool> {
        let shown = self.shown.last()?;
        let graph = &shown.flows.graph;
        let is_pool = |node: &usize| pool_side(graph, *node) == Some(PoolSide::Inside);
        let pool = (0..graph.nodes.len()).find(is_pool)?;
        let is_under_lens = shown.flows.are_under_lens();
        let amount = graph.nodes[pool].amount;
        (is_under_lens || amount.is_positive() && amount < graph.total).then_some(is_under_lens)
    }

    /// The drawing on screen, or the last that was, and what it is of.
    pub(super) fn last_drawn(&self) -> Option<(&FlowsFigure, &FlowGraph)> {
        self.shown.last().map(|shown| (shown.whole(), &shown.flows.graph))
    }

    /// What a layout of another graph of a place needs to stay near the one on screen.
    pub(in crate::app) fn previous_in(&self, graph: &FlowGraph, height: f64) -> Option<Previous> {
        let shown = self.shown.last()?;
        Some(shown.whole().previous_in(&shown.flows.graph, &graph.layers, height))
    }

    pub(super) fn keep_in_view(&mut self) {
        let Some(figure) = self.shown.last().map(|shown| &shown.whole().figure) else { return };
        let share = 1.0 - 1.0 / f64::from(self.zoom.factor);
        let (width, height) = (figure.width * share, figure.height * share);
        self.zoom.corner.x = self.zoom.corner.x.clamp(0.0, width);
        self.zoom.corner.y = self.zoom.corner.y.clamp(0.0, height);
    }
}

/// The Sankey.
#[must_use]
pub(in crate::app) fn flows_view_ui(
    ui: &mut Ui,
    shown: &ShownPlace,
    look: Look,
    view: &mut FlowsView,
) -> Option<Action> {
    let (of, place, revision) = (shown, shown.place(), shown.revision());
    let (canvas, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    // Less holds no label, and a layout of nothing.
    if canvas.width() < 80.0 || canvas.height() < 80.0 {
        return None;
    }
    view.unit = unit_in(canvas.size());
    refresh(ui, shown, look, canvas, view);
    zoom_and_pan(ui, canvas, &response, view);
    let transform = magnified(canvas, place, revision, view);
    let mut action = None;
    let pointed = pointer_ui(ui, canvas, &response, transform, shown, view, &mut action);
    // A pointer that rests where it was when the keyboard chose something points at nothing.
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let pointed = pointed.filter(|_| view.chosen.is_none() || pointer != view.rested_at);
    let before = (view.pointed, view.pinned, view.chosen);
    view.pointed = pointed.and_then(|focus| Some(view.shown.at(revision)?.key_of(focus)));
    view.say_traced(shown);
    if before != (view.pointed, view.pinned, view.chosen) {
        // The sentence above was painted before.
        ui.ctx().request_repaint();
    }
    let lit = view.lit_now(revision);
    if let Some((_, rest)) = lit {
        ui.ctx().request_repaint_after(rest);
    }
    response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Canvas, true, spoken(place, view, revision, lit)));
    let pointed = if lit.is_some() { None } else { pointed };
    paint_ui(ui, canvas, transform, of, look, pointed.or(lit.map(|(focus, _)| focus)), view);
    let Some(shown) = view.shown.at(revision) else { return action };
    let pool = place.shown_scenario().map(|scenario| scenario.pool.as_str());
    pool_drag_ui(ui, canvas, transform, shown, view, pool);
    if of.model().is_some_and(|model| model.balance.into_pool.is_zero()) && view.pool_drag.is_none() {
        empty_pool_ui(ui, canvas, transform, shown);
    }
    if !shown.flows.are_under_lens()
        && let Some(wish) = headings_ui(ui, transform, place, &shown.drawing, &shown.flows.graph)
    {
        action = Some(wish);
    }
    if let Some(wish) = pipes_ui(ui, canvas, transform, &shown.drawing) {
        action = Some(wish);
    }
    let told = pointed.or_else(|| shown.find(view.chosen?));
    if let Some(focus) = told
        .filter(|_| view.drag.is_none() && view.pool_drag.is_none() && !egui::Popup::is_any_open(ui.ctx()))
    {
        let key = shown.key_of(focus);
        let told = view.told.get((revision, key), || tell(place, &shown.flows, focus));
        let (ledger, filter) = (Arc::clone(&place.ledger), Arc::clone(&told.filter));
        let make = move || behind(&ledger, &filter);
        let behind = view.behind.get((revision, key), is_quick(place), ui.ctx(), make);
        let behind = behind.filter(|behind| behind.is_current).map(|behind| behind.value);
        let near = ui.input(|input| input.pointer.hover_pos()).filter(|_| pointed.is_some());
        let near = near.unwrap_or_else(|| shown.anchor(focus, transform));
        let at = free_place((&shown.flows.graph, &shown.drawing), focus, transform, canvas, near);
        tooltip_ui(ui, &response, told, behind, at);
    }
    action
}

/// What the picture is called, as what it is stamped, and what has just come into the pool.
fn spoken(place: &Place, view: &FlowsView, revision: u64, lit: Option<(Focus, Duration)>) -> String {
    let mut words = "Flows of money".to_owned();
    if let Some(stamp) = place.shown_scenario().and_then(Scenario::stamp) {
        words.extend([": ", stamp]);
    }
    if let Some((shown, (focus, _))) = view.shown.at(revision).zip(lit) {
        words.extend(["; ", &shown.title_of(focus), " has just come into the pool"]);
    }
    words
}
