//! What is shown of the flows: the drawing and what it was made from, near which of those before it is laid out, and a
//! better layout of it that is looked for on another thread.

use egui::{Pos2, Ui, vec2};
use rustc_hash::FxHashMap;

use crate::app::controls::Transform;
use crate::app::jobs::Job;
use crate::app::shown_place::Origin;
use crate::app::style::Look;
use crate::figure::{FlowsFigure, Mark, Point, Shape, visible};
use crate::flow::{FlowGraph, Focus};
use crate::place::{Place, ViewSpec};
use crate::sankey::{SankeyLayout, steps_for_ms};
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

/// The drawing on screen, and what it was made from.
pub(super) struct ShownFlows {
    pub(super) key: ShownKey,
    /// The view and the lines it is of: where they come back, by undo or by a year and back, so does the drawing.
    pub(super) of: (ViewSpec, Origin),
    pub(super) flows: Flows,
    /// As it is on screen: as large as it is zoomed.
    pub(super) drawing: FlowsFigure,
    /// All of it, where a part of it is on screen; and how many times as large that is.
    pub(super) unzoomed: Option<FlowsFigure>,
    pub(super) zoomed: f32,
}

pub(super) type ShownKey = (u64, u32, u32, Look);

/// A node or link, the same in every graph that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FocusKey {
    Node(u64),
    Link(u64, u64),
}

/// A drawing made anew, near one of those before, the latest first, and a search for a better layout of it elsewhere.
pub(super) fn drawn<'a, I: Iterator<Item = &'a ShownFlows>>(
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
        return ShownFlows { key, of, flows, drawing, unzoomed: None, zoomed: 1.0 };
    }
    let graph = &flows.graph;
    let near = nearest(graph, before().filter(|shown| !shown.flows.are_under_lens()));
    let previous = near.map(|near| near.whole().previous_in(&near.flows.graph, &graph.layers, size.1));
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
    ShownFlows { key, of, flows, drawing, unzoomed: None, zoomed: 1.0 }
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

impl ShownFlows {
    /// All of the drawing, as it was laid out.
    pub(super) fn whole(&self) -> &FlowsFigure {
        self.unzoomed.as_ref().unwrap_or(&self.drawing)
    }

    pub(super) fn show_whole(&mut self, drawing: FlowsFigure) {
        (self.drawing, self.unzoomed, self.zoomed) = (drawing, None, 1.0);
    }

    /// Draws it so many times as large; whether it was otherwise before.
    pub(super) fn zoom(&mut self, place: &Place, by: f32) -> bool {
        if self.zoomed == by {
            return false;
        }
        let whole = self.whole();
        let (scheme, size) = (whole.figure.scheme, (whole.figure.width, whole.figure.height));
        let larger = (by > 1.0).then(|| {
            let input = self.flows.input(place, scheme, size, None, 0);
            self.flows.magnified(whole, &input, f64::from(by))
        });
        if let Some(whole) = self.unzoomed.take() {
            self.drawing = whole;
        }
        if let Some(larger) = larger {
            self.unzoomed = Some(std::mem::replace(&mut self.drawing, larger));
        }
        self.zoomed = by;
        true
    }

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

    /// The upper and the lower edge of what a band is drawn as, a point outside it.
    pub(super) fn edges_of(&self, band: Focus, transform: Transform) -> Vec<Vec<Pos2>> {
        let is_it = |mark: &&Mark| mark.target.and_then(|mark| self.drawing.focus_of(mark)) == Some(band);
        let ribbons = self.drawing.bands().iter().filter(is_it).filter_map(|mark| match &mark.shape {
            Shape::Ribbon(ribbon) => Some(ribbon.strip()),
            _ => None,
        });
        let at = |point: Point, outwards: f32| {
            let rect = transform.rect(crate::figure::Rect::from_points(point, point));
            rect.min + vec2(0.0, outwards)
        };
        let edges = |strip: Vec<(Point, Point)>| {
            let upper: Vec<Pos2> = strip.iter().map(|(upper, _)| at(*upper, -2.0)).collect();
            [upper, strip.iter().map(|(_, lower)| at(*lower, 2.0)).collect()]
        };
        ribbons.flat_map(edges).collect()
    }

    /// Where a tooltip about something stands when no pointer says so.
    pub(super) fn anchor(&self, focus: Focus, transform: Transform) -> Pos2 {
        let node = match focus {
            Focus::Node(node) => node,
            Focus::Link(link) => self.flows.graph.links[link].source,
        };
        let at = transform.rect(self.drawing.node_box(node));
        at.right_bottom() + vec2(8.0, 8.0)
    }
}
