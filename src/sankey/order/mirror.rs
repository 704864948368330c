//! Which way up a picture stands: its mirror image has the same crossings, but for what stands at the foot.

use super::super::graph::{Graph, NodeFlow};
use super::super::proper_graph::ProperGraph;
use super::{Constraints, crossings};

/// Turns an order over, but for the foot, where that brings it nearer to a former one of the same items, or, without one, where it
/// brings the large nodes above the small: the same picture must not stand on its head the next time it is found.
///
/// Orders that hands have a say in stay as they are.
pub(in crate::sankey) fn turn_up(
    graph: &Graph,
    net: &ProperGraph,
    constraints: &Constraints,
    order: &mut Vec<Vec<u32>>,
    former: Option<&[Vec<u32>]>,
) {
    if graph.nodes.iter().any(|node| node.rank.is_some() || node.pin.is_some()) {
        return;
    }
    let worths: Vec<f64> = graph.flows().into_iter().map(NodeFlow::worth).collect();
    let mut agreement = 0.0;
    let above_foot = |items: &[u32]| items.len() - constraints.foot_count(items);
    for (column, items) in order.iter().enumerate() {
        let items = &items[..above_foot(items)];
        let middle = (items.len() as f64 - 1.0) / 2.0;
        for (place, &item) in items.iter().enumerate() {
            // Measured from the middle, a column turned over has exactly the opposite sum: the sign alone
            // decides.
            let below_middle = place as f64 - middle;
            agreement += match former {
                Some(former) => {
                    let was = former[column].iter().position(|&other| other == item);
                    below_middle * was.map_or(0.0, |was| was as f64 - middle)
                }
                None => -below_middle * worths.get(item as usize).copied().unwrap_or(0.0),
            };
        }
    }
    if agreement < 0.0 {
        let mut turned = order.clone();
        for items in &mut turned {
            let above = above_foot(items);
            items[..above].reverse();
        }
        // What crosses the bands of the foot is another matter once it is turned over.
        let (was, is) = (crossings(net, order).weighted, crossings(net, &turned).weighted);
        if is <= was * (1.0 + 1e-9) {
            *order = turned;
        }
    }
}
