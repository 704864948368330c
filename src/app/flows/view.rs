//! The Sankey on screen: drawn anew where the place, its view or the canvas changes, morphed, zoomed, traced;
//! a better layout is looked for on another thread meanwhile.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Pos2, Rect, Response, Sense, Ui, WidgetInfo, vec2};
use rustc_hash::FxHashMap;

use super::heading::headings_ui;
use super::pointer::{Drag, pointer_ui};
use super::pool::{PoolDrag, empty_pool_ui, pool_drag_ui};
use super::tooltip::{Behind, Told, behind, tell, tooltip_ui};
use super::tooltip_place::free_place;
use super::transfer_pipes::pipes_ui;
use crate::app::action::Action;
use crate::app::awaited::{Awaited, is_quick};
use crate::app::controls::{MORPH, Transform, paint, unit_in};
use crate::app::jobs::{Job, Poll};
use crate::app::memo::{Memo, Remembered};
use crate::app::shown_place::{Origin, ShownPlace};
use crate::app::style::{Colors, Look};
use crate::figure::{Figure, FlowsFigure, Morph, Point, PoolSide, RunningTotal, pool_side, visible};
use crate::flow::{FlowGraph, Focus, trace};
use crate::ledger::Filter;
use crate::painter::KeptGround;
use crate::place::{Place, Screen, ViewSpec};
use crate::pool::Scenario;
use crate::sankey::{Previous, SankeyLayout, steps_for_ms};
use crate::scene::Flows;

/// How long the first layout of a picture may search, in milliseconds' worth of steps.
/// With aggregating and painting it stays within a frame of 16 ms.
const FIRST_MS: u64 = 4;

/// The same where a better one is looked for elsewhere and comes soon.
const BEFORE_SEARCH_MS: u64 = 1;

/// How long a better one is looked for on another thread, likewise.
/// Later than that people have begun to read, and what moves then disturbs.
const SEARCH_MS: u64 = 1000;

/// The share of weighted crossings that a better layout must save to be worth moving things for.
/// Below it nobody would see why nodes have moved.
const VISIBLE_GAIN: f64 = 0.05;

/// How many drawings are kept for when their view comes back.
/// More than the years and scenarios that are switched between; each holds its graph and its marks.
const MOST_KEPT: usize = 24;

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
    zoom: Zoom,
    /// Points for a pixel of the drawing where nothing is zoomed: it grows with the canvas.
    unit: f32,
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
    painted_bands: Memo<(u64, Transform), Vec<egui::Shape>>,
    /// The same of the bands while something is traced.
    receding_bands: Memo<(u64, Transform), Vec<egui::Shape>>,
    painted: Memo<PaintKey, Vec<egui::Shape>>,
    /// What is pointed at, in words.
    pub(super) said: Memo<(u64, FocusKey), String>,
    /// What is pinned: its sum, and of how many lines.
    pub(super) summed: Memo<(u64, FocusKey), String>,
    morph: Option<Morphing>,
    /// Drawings shown before, latest last.
    kept: Vec<ShownFlows>,
    /// A search for a better layout of what is shown, elsewhere.
    search: Option<Job<Option<SankeyLayout>>>,
    paintings: u64,
}

/// The drawing on screen, and what it was made from.
pub(super) struct ShownFlows {
    key: ShownKey,
    /// The view and the lines it is of: where they come back, by undo or by a year and back, so does the drawing.
    of: (ViewSpec, Origin),
    pub(super) flows: Flows,
    pub(super) drawing: FlowsFigure,
}

type ShownKey = (u64, u32, u32, Look);

/// A node or link, the same in every graph that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FocusKey {
    Node(u64),
    Link(u64, u64),
}

#[derive(Clone, Copy, PartialEq)]
struct PaintKey {
    painting: u64,
    focus: Option<FocusKey>,
    pinned: Option<FocusKey>,
    transform: Transform,
}

struct Zoom {
    factor: f32,
    /// The figure's point at the upper left corner of the canvas.
    corner: Point,
}

impl Default for Zoom {
    fn default() -> Self {
        Self { factor: 1.0, corner: Point::ZERO }
    }
}

struct Morphing {
    morph: Morph,
    since: Instant,
    /// The pool's amount before and after: it runs up or down on the way.
    running: Option<RunningTotal>,
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
        let Some(focus) = self.pinned.and_then(|key| shown.find(key)) else {
            return Some(shown.drawing.figure.clone().scaled(f64::from(self.unit)));
        };
        let (scheme, size) =
            (shown.drawing.figure.scheme, (shown.drawing.figure.width, shown.drawing.figure.height));
        let input = shown.flows.input(place, scheme, size, None, 0);
        let traced = shown.drawing.traced(&input, &trace(&shown.flows.graph, focus), Some(focus));
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
        self.shown.last().map(|shown| (&shown.drawing, &shown.flows.graph))
    }

    /// What a layout of another graph of a place needs to stay near the one on screen.
    pub(in crate::app) fn previous_in(&self, graph: &FlowGraph, height: f64) -> Option<Previous> {
        let shown = self.shown.last()?;
        Some(shown.drawing.previous_in(&shown.flows.graph, &graph.layers, height))
    }

    fn keep_in_view(&mut self) {
        let Some(figure) = self.shown.last().map(|shown| &shown.drawing.figure) else { return };
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
    let transform = zoom_and_pan(ui, canvas, &response, view);
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

/// Makes the drawing anew where the place, its view or the canvas has changed, and starts a morph.
fn refresh(ui: &Ui, of: &ShownPlace, look: Look, canvas: Rect, view: &mut FlowsView) {
    let (place, revision) = (of.place(), of.revision());
    // Whole pixels, or a window that is dragged by halves would be laid out for each.
    let (width, height) = ((canvas.width() / view.unit).round(), (canvas.height() / view.unit).round());
    let key = (revision, width as u32, height as u32, look);
    if view.shown.at(revision).is_some_and(|shown| shown.key == key) {
        // Only a drawing of the place as it is can be drawn again; what was found for an older one is of no use.
        take_better_layout(ui, of, view);
        return;
    }
    let former = view.shown.take_last();
    let made_of = (ViewSpec { screen: Screen::Flows, ..(*place.view).clone() }, of.origin().clone());
    let is_kept = |kept: &ShownFlows| {
        (kept.key.1, kept.key.2, kept.key.3) == (key.1, key.2, key.3) && kept.of == made_of
    };
    view.search = None;
    let shown = if let Some(place) = view.kept.iter().position(is_kept) {
        ShownFlows { key, ..view.kept.remove(place) }
    } else {
        let before = || former.iter().chain(view.kept.iter().rev());
        drawn(ui, place, key, made_of, before, &mut view.search)
    };
    view.morph = former.as_ref().filter(|former| former.key.0 != revision).map(|former| Morphing {
        morph: Morph::new(former.drawing.figure.clone(), shown.drawing.figure.clone()),
        since: Instant::now(),
        running: RunningTotal::of(&former.flows.graph, &shown.flows.graph),
    });
    if view.morph.is_some() {
        ui.ctx().request_repaint();
    }
    view.shown.keep(revision, shown);
    if let Some(former) = former {
        view.kept.push(former);
        if view.kept.len() > MOST_KEPT {
            view.kept.remove(0);
        }
    }
    view.paintings += 1;
    view.keep_in_view();
}

/// A drawing made anew, near one of those before, the latest first, and a search for a better layout of it elsewhere.
fn drawn<'a, I: Iterator<Item = &'a ShownFlows>>(
    ui: &Ui,
    place: &Place,
    key: ShownKey,
    of: (ViewSpec, Origin),
    before: impl Fn() -> I,
    search: &mut Option<Job<Option<SankeyLayout>>>,
) -> ShownFlows {
    let (look, size) = (key.3, (f64::from(key.1), f64::from(key.2)));
    let flows = Flows::of(place, size.1);
    if flows.are_under_lens() {
        // Everything in it has its one place.
        let drawing = flows.draw(&flows.input(place, look.scheme(), size, None, 0));
        return ShownFlows { key, of, flows, drawing };
    }
    let graph = &flows.graph;
    let near = nearest(graph, before().filter(|shown| !shown.flows.are_under_lens()));
    let previous = near.map(|near| near.drawing.previous_in(&near.flows.graph, &graph.layers, size.1));
    // Where the layers are the same, or come and go with a scenario, what stands in them stays where it is: a better
    // order is not looked for, and neither is one where all names have their place in that of all lines.
    let is_new = |near: &ShownFlows| near.of.0.layers != of.0.layers && !near.of.1.differs_by_scenario(&of.1);
    let is_searched = near.is_none_or(is_new) && !graph.is_in_order();
    let steps = steps_for_ms(if is_searched { BEFORE_SEARCH_MS } else { FIRST_MS });
    let drawing = flows.draw(&flows.input(place, look.scheme(), size, previous.as_ref(), steps));
    if is_searched {
        let better = drawing.search();
        *search = Some(Job::start("Looking for a better layout", ui.ctx(), move |reporter| {
            better.run(steps_for_ms(SEARCH_MS), VISIBLE_GAIN, |steps| reporter.report(steps))
        }));
    }
    ShownFlows { key, of, flows, drawing }
}

/// The drawing that a graph is drawn near: the one just seen, unless that has little of it. What a filter hid comes back
/// to where it stood before the filter came.
fn nearest<'a>(
    graph: &FlowGraph,
    mut before: impl Iterator<Item = &'a ShownFlows>,
) -> Option<&'a ShownFlows> {
    let keys: FxHashMap<u64, i128> =
        graph.nodes.iter().map(|node| (node.key(&graph.layers), node.amount.abs().units())).collect();
    let covered = |shown: &ShownFlows| -> i128 {
        let known =
            shown.flows.graph.nodes.iter().filter_map(|node| keys.get(&node.key(&shown.flows.graph.layers)));
        known.sum()
    };
    let last = before.next()?;
    let whole: i128 = keys.values().sum();
    // A tenth that is new finds its place among the rest.
    let (mut best, mut most) = (last, covered(last));
    if most >= whole / 10 * 9 {
        return Some(last);
    }
    for shown in before {
        let amount = covered(shown);
        if amount > most {
            (best, most) = (shown, amount);
        }
    }
    Some(best)
}

/// Shows what the search elsewhere has found, as a morph, unless something is being dragged.
fn take_better_layout(ui: &Ui, of: &ShownPlace, view: &mut FlowsView) {
    let Some(search) = &view.search else { return };
    let found = match search.poll() {
        Poll::Working => return,
        Poll::Done(found) => found,
        Poll::Gone => None,
    };
    view.search = None;
    let (Some(layout), Some(shown)) = (found, view.shown.at_mut(of.revision())) else { return };
    // Under a hand nothing else may move; what was found is given up.
    if view.drag.is_some() {
        return;
    }
    let (scheme, size) =
        (shown.drawing.figure.scheme, (shown.drawing.figure.width, shown.drawing.figure.height));
    let input = shown.flows.input(of.place(), scheme, size, None, 0);
    let better = shown.drawing.with_layout(&input, layout);
    let former = std::mem::replace(&mut shown.drawing, better);
    let morph = Morph::new(former.figure, shown.drawing.figure.clone());
    view.morph = Some(Morphing { morph, since: Instant::now(), running: None });
    view.paintings += 1;
    ui.ctx().request_repaint();
}

/// The wheel and pinching zoom to the pointer; dragging the ground pans what is zoomed.
fn zoom_and_pan(ui: &Ui, canvas: Rect, response: &Response, view: &mut FlowsView) -> Transform {
    let transform = |view: &FlowsView| {
        let corner = vec2(view.zoom.corner.x as f32, view.zoom.corner.y as f32);
        let zoom = view.zoom.factor * view.unit;
        Transform { origin: canvas.min - corner * zoom, zoom }
    };
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|at| canvas.contains(*at));
    if let Some(at) = pointer {
        // The wheel alone zooms as well: there is nothing here to scroll.
        let (pinch, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta().y));
        // A notch of most wheels, some fifty points, is then a fifth.
        let factor = if (pinch - 1.0).abs() > 1e-3 { pinch } else { (scroll / 240.0).exp() };
        if (factor - 1.0).abs() > 1e-3 {
            let under = transform(view).to_figure(at);
            view.zoom.factor = (view.zoom.factor * factor).clamp(1.0, 12.0);
            let way = (at - canvas.min) / (view.zoom.factor * view.unit);
            view.zoom.corner = Point::new(under.x - f64::from(way.x), under.y - f64::from(way.y));
        }
    }
    if response.dragged() && view.drag.is_none() && view.pool_drag.is_none() {
        let way = response.drag_delta() / (view.zoom.factor * view.unit);
        view.zoom.corner.x -= f64::from(way.x);
        view.zoom.corner.y -= f64::from(way.y);
    }
    view.keep_in_view();
    transform(view)
}

/// Paints the drawing: in between two while it morphs, dimmed but for what is traced while something is pointed at.
fn paint_ui(
    ui: &mut Ui,
    canvas: Rect,
    transform: Transform,
    of: &ShownPlace,
    look: Look,
    pointed: Option<Focus>,
    view: &mut FlowsView,
) {
    let Some(shown) = view.shown.at(of.revision()) else { return };
    // A little beyond, for the rim of what is chosen at the edge.
    let painter = ui.painter_at(canvas.expand(4.0));
    if let Some(Morphing { morph, since, running }) = &view.morph {
        let share = since.elapsed().as_secs_f64() / MORPH.as_secs_f64();
        if share < 1.0 && ui.style().animation_time > 0.0 {
            // Slow at both ends, so that the eye sees what begins to move and where it stops.
            let eased = share * share * (3.0 - 2.0 * share);
            let mut between = morph.at(eased);
            if let Some(running) = running {
                running.show(&mut between, eased);
            }
            painter.extend(paint::shapes(&painter, &between, transform));
            ui.ctx().request_repaint();
            return;
        }
        view.morph = None;
    }
    if let Some(dragged) = view.drag.as_ref().and_then(|drag| drag.dragged.as_ref()) {
        painter.extend(paint::shapes(&painter, &dragged.figure, transform));
        return;
    }
    let focus = pointed.or_else(|| shown.find(view.pinned?)).or_else(|| shown.find(view.chosen?));
    let size = (shown.drawing.figure.width, shown.drawing.figure.height);
    let input = || shown.flows.input(of.place(), look.scheme(), size, None, 0);
    // While something is traced all bands recede alike, whatever that is: neither are they put together again when the
    // pointer moves.
    let bands = (view.paintings, transform);
    let bands = match focus {
        None => {
            view.painted_bands.get(bands, || paint::shapes_of(&painter, shown.drawing.bands(), transform))
        }
        Some(_) => view
            .receding_bands
            .get(bands, || paint::shapes_of(&painter, &shown.drawing.receding_bands(&input()), transform)),
    };
    painter.extend(bands.iter().cloned());
    KeptGround::end_in(&painter);
    let pinned = view.pinned.filter(|key| shown.find(*key).is_some());
    let focused = focus.map(|focus| shown.key_of(focus));
    let key = PaintKey { painting: view.paintings, focus: focused, pinned, transform };
    let above = view.painted.get(key, || match focus {
        None => paint::shapes_of(&painter, shown.drawing.above_bands(), transform),
        Some(focus) => {
            let traced = trace(&shown.flows.graph, focus);
            let pin = pinned.and_then(|key| shown.find(key));
            let above = shown.drawing.trace_above_bands(&input(), &traced, pin);
            paint::shapes_of(&painter, &above, transform)
        }
    });
    painter.extend(above.iter().cloned());
    if let Some(Focus::Node(node)) = view.chosen.and_then(|key| shown.find(key)) {
        let around = transform.rect(shown.drawing.node_box(node)).expand(3.0);
        let stroke = egui::Stroke::new(2.0, Colors::of(ui).focus);
        painter.rect_stroke(around, 4.0, stroke, egui::StrokeKind::Outside);
    }
}

impl ShownFlows {
    pub(super) fn key_of(&self, focus: Focus) -> FocusKey {
        let key = |node: usize| self.flows.graph.nodes[node].key(&self.flows.graph.layers);
        match focus {
            Focus::Node(node) => FocusKey::Node(key(node)),
            Focus::Link(link) => {
                let link = &self.flows.graph.links[link];
                FocusKey::Link(key(link.source), key(link.target))
            }
        }
    }

    /// The node or link of a key, where this graph has it.
    pub(super) fn find(&self, key: FocusKey) -> Option<Focus> {
        let node = |key: u64| {
            self.flows.graph.nodes.iter().position(|node| node.key(&self.flows.graph.layers) == key)
        };
        match key {
            FocusKey::Node(key) => node(key).map(Focus::Node),
            FocusKey::Link(source, target) => {
                let (source, target) = (node(source)?, node(target)?);
                let link = self
                    .flows
                    .graph
                    .links
                    .iter()
                    .position(|link| (link.source, link.target) == (source, target));
                link.map(Focus::Link)
            }
        }
    }

    /// What a node or band is called.
    pub(super) fn title_of(&self, focus: Focus) -> String {
        let name = |node: usize| visible(&self.flows.graph.nodes[node].name).into_owned();
        match focus {
            Focus::Node(node) => name(node),
            Focus::Link(link) => {
                let link = &self.flows.graph.links[link];
                format!("{} \u{2192} {}", name(link.source), name(link.target))
            }
        }
    }

    /// Where a tooltip about something stands when no pointer says so.
    fn anchor(&self, focus: Focus, transform: Transform) -> Pos2 {
        let node = match focus {
            Focus::Node(node) => node,
            Focus::Link(link) => self.flows.graph.links[link].source,
        };
        let at = transform.rect(self.drawing.node_box(node));
        at.right_bottom() + vec2(8.0, 8.0)
    }
}
