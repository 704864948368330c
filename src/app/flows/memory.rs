//! What the view of flows remembers from frame to frame: what is pointed at, pinned and dragged, how far it is zoomed, and
//! what was painted last.

use std::time::{Duration, Instant};

use egui::Pos2;
use rustc_hash::FxHashMap;

use super::pointer::Drag;
use super::pool::PoolDrag;
use super::shown::{FocusKey, ShownFlows};
use super::tooltip::{Behind, Told};
use crate::app::awaited::Awaited;
use crate::app::controls::Transform;
use crate::app::jobs::Job;
use crate::app::memo::{Memo, Remembered};
use crate::app::shown_place::ShownPlace;
use crate::figure::{Figure, FlowsFigure, Morph, Point, PoolSide, RunningTotal, pool_side};
use crate::flow::{FlowGraph, Focus, trace};
use crate::ledger::Filter;
use crate::place::SceneZoom;
use crate::sankey::{Previous, SankeyLayout};
use crate::scene::PictureWords;

/// How long what was put in the pool is lit, and the pointer's tracing waits: long enough to be seen once it has moved.
const LIT: Duration = Duration::from_millis(1800);

/// So many times is a band of half a pixel at the width of a finger.
pub(super) const MOST_ZOOM: f32 = 12.0;

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
    /// A part that a scene shows, to be zoomed to.
    pub(super) zoom_wish: Option<SceneZoom>,
    /// Points for a pixel of the drawing where nothing is zoomed: it grows with the canvas.
    pub(super) unit: f32,
    /// What the pointer is over.
    pub(super) pointed: Option<FocusKey>,
    pub(super) drag: Option<Drag>,
    pub(super) pool_drag: Option<PoolDrag>,
    /// What was put in the pool, and when: it is lit for a moment.
    pub(super) lit: Option<(FocusKey, Instant)>,
    pub(super) told: Memo<(u64, FocusKey), Told>,
    /// The lines behind what is told.
    pub(super) behind: Awaited<(u64, FocusKey), Behind>,
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
    /// What a screen reader is told of each node and band.
    pub(super) told_reader: Memo<(u64, u64), FxHashMap<Focus, String>>,
    /// The picture in words.
    pub(super) worded: Memo<(u64, u64), PictureWords>,
}

impl FlowsView {
    pub(in crate::app) fn zoom_by(&mut self, factor: f32) {
        self.zoom.factor = (self.zoom.factor * factor).clamp(1.0, MOST_ZOOM);
        self.keep_in_view();
    }

    /// Whether a part of the picture is seen, and not all of it.
    pub(in crate::app) fn is_zoomed(&self) -> bool {
        self.zoom.factor > 1.0
    }

    pub(in crate::app) fn fit(&mut self) {
        self.zoom = Zoom::default();
    }

    /// The part that is zoomed into, in shares of the picture; none where all of it is seen.
    pub(super) fn zoomed(&self) -> Option<SceneZoom> {
        let figure = self.shown.last().filter(|_| self.is_zoomed()).map(|shown| &shown.whole().figure)?;
        let share = |at: f64, whole: f64| (at / whole * 10_000.0).round().clamp(0.0, 10_000.0) as u32;
        let (left, top) = (share(self.zoom.corner.x, figure.width), share(self.zoom.corner.y, figure.height));
        Some(SceneZoom { percent: (self.zoom.factor * 100.0).round() as u32, left, top })
    }

    /// Zooms to a part of the picture, once that is drawn.
    pub(super) fn zoom_to(&mut self, part: SceneZoom) {
        self.zoom_wish = Some(part);
    }

    pub(super) fn follow_zoom_wish(&mut self, revision: u64) {
        let Some(size) = self.shown.at(revision).map(|shown| &shown.whole().figure) else { return };
        let (width, height) = (size.width, size.height);
        let Some(part) = self.zoom_wish.take() else { return };
        self.zoom.factor = (part.percent as f32 / 100.0).clamp(1.0, MOST_ZOOM);
        let at = |share: u32, whole: f64| f64::from(share) / 10_000.0 * whole;
        self.zoom.corner = Point::new(at(part.left, width), at(part.top, height));
        self.keep_in_view();
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
    pub(super) fn lit_now(&mut self, revision: u64) -> Option<(Focus, Duration)> {
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

#[derive(Clone, Copy, PartialEq)]
pub(super) struct PaintKey {
    pub(super) painting: u64,
    pub(super) focus: Option<FocusKey>,
    pub(super) pinned: Option<FocusKey>,
    pub(super) transform: Transform,
}

pub(super) struct Zoom {
    pub(super) factor: f32,
    /// The figure's point at the upper left corner of the canvas.
    pub(super) corner: Point,
}

impl Default for Zoom {
    fn default() -> Self {
        Self { factor: 1.0, corner: Point::ZERO }
    }
}

pub(super) struct Morphing {
    pub(super) morph: Morph,
    pub(super) since: Instant,
    /// The pool's amount before and after: it runs up or down on the way.
    pub(super) running: Option<RunningTotal>,
}
