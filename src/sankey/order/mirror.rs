//! Which way up a picture stands: its mirror image has the same crossings.

use super::super::graph::{Graph, NodeFlow};

/// Turns an order over where that brings it nearer to a former one of the same items, or, without one, where it
/// brings the large nodes above the small: the same picture must not stand on its head the next time it is found.
///
/// Orders that hands have a say in stay as they are.
pub(in crate::sankey) fn turn_up(graph: &Graph, order: &mut [Vec<u32>], former: Option<&[Vec<u32>]>) {
    if graph.nodes.iter().any(|node| node.rank.is_some() || node.pin.is_some()) {
        return;
    }
    let worths: Vec<f64> = graph.flows().into_iter().map(NodeFlow::worth).collect();
    let mut agreement = 0.0;
    for (column, items) in order.iter().enumerate() {
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
        for items in order {
            items.reverse();
        }
    }
}
