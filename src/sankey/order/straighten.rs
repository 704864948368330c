//! Among orders that cross the same, one that lets the money flow more level.

use super::super::proper_graph::ProperGraph;
use super::Constraints;
use super::board::Board;
use super::count::crossings;
use super::ends::unit;
use super::ties::NOTHING;

/// The order with neighbours exchanged that want to be the other way round and cross the same either way; none
/// where there are no such. `middles` is where every item is drawn (px).
pub(in crate::sankey) fn levelled(
    net: &ProperGraph,
    order: &[Vec<u32>],
    constraints: &Constraints,
    middles: &[f64],
) -> Option<Vec<Vec<u32>>> {
    if constraints.have_groups || Board::entries(net) > super::LARGEST_BOARD {
        return None;
    }
    let unit = unit(net);
    let values: Vec<f64> = net.segments.iter().map(|segment| segment.value / unit).collect();
    let mut weighted = Board::of(net, order, constraints, &values);
    let mut counted = Board::of(net, order, constraints, &vec![1.0; net.segments.len()]);
    let mut moved = false;
    for (column, items) in net.columns.iter().enumerate() {
        let wishes: Vec<f64> = items.iter().map(|item| wish(net, middles, *item)).collect();
        // Each exchange lessens the number of pairs that stand against their wishes.
        let mut again = true;
        while again {
            again = false;
            for place in 1..items.len() {
                let order = &weighted.columns[column].order;
                let (upper, lower) = (order[place - 1] as usize, order[place] as usize);
                if wishes[upper] > wishes[lower]
                    && weighted.insertion_cost(column, place, place - 1).abs() <= NOTHING
                    // Counts are whole numbers held as floats.
                    && counted.insertion_cost(column, place, place - 1) < 0.5
                {
                    weighted.insert(column, place, place - 1);
                    counted.insert(column, place, place - 1);
                    (again, moved) = (true, true);
                }
            }
        }
    }
    let found = weighted.order();
    let (before, after) = (crossings(net, order), crossings(net, &found));
    // Counted anew rather than trusted: each exchange may have hidden a little in rounding.
    let is_no_worse = after.weighted <= before.weighted * (1.0 + 1e-14) && after.count <= before.count;
    (moved && is_no_worse).then_some(found)
}

/// The mean of where an item's neighbours are, by what flows there.
fn wish(net: &ProperGraph, middles: &[f64], item: u32) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for &(other, segment) in net.left.of(item).iter().chain(net.right.of(item)) {
        let value = net.segments[segment as usize].value;
        sum += value * middles[other as usize];
        weight += value;
    }
    if weight > 0.0 { sum / weight } else { middles[item as usize] }
}
