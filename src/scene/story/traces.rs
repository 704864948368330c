//! What lights up in the flows of a scene when something in them is pointed at, worked out beforehand from the lines: for a
//! page that is read without the program.

use std::sync::Arc;

use super::super::picture::{FILE_MS, flow_graph, flows_input};
use super::super::{Flows, Traced};
use super::OpenedScene;
use crate::figure::{Color, LitBand, MarkId, Rect, RibbonShape, Scheme, flows_figure};
use crate::flow::{Focus, Trace, trace};
use crate::money::in_short;
use crate::place::{Place, Screen};
use crate::sankey::steps_for_ms;

/// Above so many nodes and bands only nodes are traced: what a band lights would be most of a file.
const MOST_FOCI: usize = 400;

/// What lights up in a picture of flows.
#[derive(Clone, Debug, Default)]
pub struct SceneTraces {
    /// Each band as a whole.
    pub bands: Vec<(MarkId, RibbonShape)>,
    /// Each node, with the mark of the words of its amount.
    pub nodes: Vec<(MarkId, MarkId)>,
    pub traces: Vec<SceneTrace>,
    /// What the scene has lit.
    pub pinned: Option<MarkId>,
}

/// What lights up when one node or band is pointed at.
#[derive(Clone, Debug)]
pub struct SceneTrace {
    pub of: MarkId,
    /// "Starting Well: £501m from 10 agencies, more than half from Cheshire West Council."
    pub sentence: String,
    pub bands: Vec<LitBand>,
    pub nodes: Vec<TracedNode>,
}

/// How much of a node is lit.
#[derive(Clone, Debug)]
pub struct TracedNode {
    pub mark: MarkId,
    pub bar: Rect,
    pub color: Color,
    /// "£145m", and of how much.
    pub lit: String,
    pub whole: String,
}

/// What lights up in the picture of a scene of this size, px; nothing where it is not of flows. The picture is that of the
/// scene with nothing lit.
pub fn scene_traces(scene: &OpenedScene, scheme: Scheme, size: (f64, f64)) -> SceneTraces {
    let place = &scene.place;
    let is_of_flows = matches!(place.view.screen, Screen::Flows | Screen::Ledger | Screen::Story);
    let is_pool = place.view.screen == Screen::Pool && place.shown_scenario().is_none();
    if scene.other.is_some() || !(is_of_flows || is_pool) {
        return SceneTraces::default();
    }
    let flows = Flows::of(place, size.1);
    // As the picture is: near the baseline's own.
    let previous = place.shown_scenario().filter(|_| !flows.are_under_lens()).map(|_| {
        let baseline = Place { view: Arc::clone(&place.view), ..scene.baseline.without_scenario() };
        let graph = flow_graph(&baseline, size.1);
        let input = flows_input(&baseline, &graph, scheme, size, None, steps_for_ms(FILE_MS));
        flows_figure(&input).previous_in(&graph, &flows.graph.layers, size.1)
    });
    let input = flows.input(place, scheme, size, previous.as_ref(), steps_for_ms(FILE_MS));
    let drawn = flows.draw(&input);
    let (nodes, bands) = (drawn.node_marks(&input), drawn.whole_bands(&input));
    let mut foci: Vec<(MarkId, Focus)> =
        nodes.iter().enumerate().map(|(node, (mark, _))| (*mark, Focus::Node(node))).collect();
    if nodes.len() + bands.len() <= MOST_FOCI {
        foci.extend(bands.iter().enumerate().map(|(link, (mark, _))| (*mark, Focus::Link(link))));
    }
    let traced = |(of, focus): (MarkId, Focus)| {
        let traced: Trace = trace(&flows.graph, focus);
        let lit = drawn.lit(&input, &traced);
        let node = |node: crate::figure::LitNode| TracedNode {
            mark: node.mark,
            bar: node.bar,
            color: node.color,
            lit: in_short(traced.nodes[node.node]),
            whole: in_short(flows.graph.nodes[node.node].amount),
        };
        let sentence = Traced::of(&flows.graph, focus, &flows.filter).sentence(place);
        SceneTrace { of, sentence, bands: lit.bands, nodes: lit.nodes.into_iter().map(node).collect() }
    };
    let traces: Vec<SceneTrace> = foci.into_iter().map(traced).collect();
    let wanted = super::named::marks_of(place, &scene.pinned);
    let pinned = wanted.into_iter().find(|mark| traces.iter().any(|trace| trace.of == *mark));
    SceneTraces { bands, nodes, traces, pinned }
}
