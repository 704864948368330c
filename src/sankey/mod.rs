//! Where everything goes: a layout for layered money flows, with long links in lanes of their own.
//!
//! [`layout`] reads as its steps: returns are set aside, long links are cut into lanes (`proper_graph`), columns
//! get their `order`, the scale follows from the fullest column (`metrics`), every item its place
//! (`position`), and links become ribbons. [`relayout`] does the same near an earlier layout. The room
//! knows no money, text or color: amounts are numbers and labels are sizes.

mod assemble;
mod curve;
mod drag;
mod fold;
mod graph;
mod labels;
mod magnify;
mod metrics;
mod options;
mod order;
mod pins;
mod ports;
mod position;
mod proper_graph;
mod rank;
mod returns;
mod ribbon;
mod steady;

pub use assemble::{NodeBox, SankeyLayout};
pub use drag::move_node;
pub use graph::{Graph, LabelSize, Link, Node};
pub use labels::{LabelBox, LabelRoom, label_room, stacked_labels};
pub use magnify::magnified;
pub use options::{LayoutOptions, STEPS_PER_MS, first_picture_steps, steps_for_graph, steps_for_ms};
pub use order::Crossings;
pub use rank::layers;
pub use ribbon::{Ribbon, RibbonOutline};
pub use steady::{Previous, PreviousNode};

use std::ops::ControlFlow;

use assemble::{Former, assemble};
use order::Constraints;
use proper_graph::ProperGraph;
use steady::Hold;

/// Lays out a graph as if for the first time.
pub fn layout(graph: &Graph, options: &LayoutOptions) -> SankeyLayout {
    let net = ProperGraph::new(graph);
    let options = &options.fitted(net.columns.len());
    let constraints = Constraints::new(graph);
    let mut order = order::order(&net, &constraints, (options.budget_steps, options.seed), &mut |_| {
        ControlFlow::Continue(())
    });
    order::turn_up(graph, &net, &constraints, &mut order, None);
    let mut drawn = assemble(graph, &net, order, options, None);
    if options.budget_steps >= LEVEL_STEPS.max(1_500 * net.segments.len() as u64) {
        for _ in 0..8 {
            let middles = drawn.middles(&net);
            let Some(order) = order::levelled(&net, &drawn.order, &constraints, &middles) else { break };
            let other = assemble(graph, &net, order, options, None);
            if other.travel() >= drawn.travel() {
                break;
            }
            drawn = other;
        }
    }
    drawn
}

/// Where each node stands in its layer, from the top down, in an order found from nothing.
pub fn places(graph: &Graph, budget_steps: u64) -> Vec<usize> {
    let net = ProperGraph::new(graph);
    let constraints = Constraints::new(graph);
    let seed = LayoutOptions::default().seed;
    let mut order =
        order::order(&net, &constraints, (budget_steps, seed), &mut |_| ControlFlow::Continue(()));
    order::turn_up(graph, &net, &constraints, &mut order, None);
    let mut places = vec![0; graph.nodes.len()];
    for column in order {
        let nodes = column.into_iter().filter(|item| !net.is_lane(*item));
        for (place, node) in nodes.enumerate() {
            places[node as usize] = place;
        }
    }
    places
}

/// From how many steps on there is time to try which of several orders flows more level; large graphs, which are
/// drawn more slowly, take more.
const LEVEL_STEPS: u64 = 1_000_000;

/// Lays out a graph near an earlier layout, of it or of one like it.
pub fn relayout(graph: &Graph, options: &LayoutOptions, previous: &Previous) -> SankeyLayout {
    let net = ProperGraph::new(graph);
    let options = &options.fitted(net.columns.len());
    let constraints = Constraints::new(graph);
    let middles = steady::former_middles(graph, &net, previous);
    if middles.iter().all(Option::is_none) {
        return layout(graph, options);
    }
    let former = steady::former_order(&net, &middles);
    let order = order::near(&net, &constraints, former, &middles, options.hold);
    let hold = Hold::firm(options.hold);
    assemble(graph, &net, order, options, Some(&Former { scale: previous.scale, middles: &middles, hold }))
}

/// Goes on searching from a layout for as many steps as the options' budget, as on another thread, and
/// returns a layout with at least `gain` (a share, such as 0.01) fewer weighted crossings, or none.
///
/// `progress` hears the steps done from time to time and can stop the search.
pub fn improve(
    graph: &Graph,
    options: &LayoutOptions,
    from: &SankeyLayout,
    gain: f64,
    mut progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Option<SankeyLayout> {
    let net = ProperGraph::new(graph);
    let options = &options.fitted(net.columns.len());
    let constraints = Constraints::new(graph);
    let mut order = order::search(
        &net,
        &constraints,
        Some(from.order.clone()),
        (options.budget_steps, options.seed),
        &mut progress,
    );
    let found = order::crossings(&net, &order);
    if found.weighted > from.crossings.weighted * (1.0 - gain) {
        return None;
    }
    order::turn_up(graph, &net, &constraints, &mut order, Some(&from.order));
    let middles = steady::former_middles(graph, &net, &from.previous(graph));
    let former = Former { scale: from.scale, middles: &middles, hold: Hold::light() };
    Some(assemble(graph, &net, order, options, Some(&former)))
}
