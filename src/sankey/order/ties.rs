//! Among orders of the same weighted crossings the one with the fewer: links that carry nothing, or the same, are
//! drawn too.

use super::super::proper_graph::ProperGraph;
use super::Constraints;
use super::board::Board;
use super::count::crossings;
use super::ends::unit;

/// What counts as no change of the weighted crossings, in units of the mean value squared.
/// Far above what adding up leaves, far below the product of the two smallest amounts that could be drawn.
pub(super) const NOTHING: f64 = 1e-12;

/// Moves items where that makes fewer crossings and none heavier, until no item gains.
pub(super) fn break_ties(
    net: &ProperGraph,
    order: Vec<Vec<u32>>,
    constraints: &Constraints,
) -> Vec<Vec<u32>> {
    if constraints.have_groups {
        return order;
    }
    let unit = unit(net);
    let values: Vec<f64> = net.segments.iter().map(|segment| segment.value / unit).collect();
    let mut weighted = Board::of(net, &order, constraints, &values);
    let mut counted = Board::of(net, &order, constraints, &vec![1.0; net.segments.len()]);
    let mut moved = true;
    while moved {
        moved = false;
        for column in 0..net.columns.len() {
            for item in 0..net.columns[column].len() {
                let from = counted.columns[column].place[item] as usize;
                if let Some(to) = fewest(&weighted, &counted, column, from) {
                    weighted.insert(column, from, to);
                    counted.insert(column, from, to);
                    moved = true;
                }
            }
        }
    }
    let found = counted.order();
    let (before, after) = (crossings(net, &order), crossings(net, &found));
    // What rounding hides in each step must not add up.
    if after.weighted <= before.weighted && after.count < before.count { found } else { order }
}

/// The place with the fewest crossings for an item among those that cost nothing.
fn fewest(weighted: &Board, counted: &Board, column: usize, from: usize) -> Option<usize> {
    let (heavy, number) = (weighted.passing(column, from), counted.passing(column, from));
    let order = &counted.columns[column].order;
    let mut best = None;
    // Half a crossing: counts are whole numbers held as floats.
    let mut fewest = -0.5;
    let mut look = |to: usize, cost: f64, count: f64| {
        if cost.abs() <= NOTHING && count < fewest {
            (best, fewest) = (Some(to), count);
        }
    };
    let (mut cost, mut count) = (0.0, 0.0);
    for to in (0..from).rev() {
        let other = order[to] as usize;
        (cost, count) = (cost + heavy[other], count + number[other]);
        look(to, cost, count);
    }
    (cost, count) = (0.0, 0.0);
    for (to, other) in order.iter().enumerate().skip(from + 1) {
        (cost, count) = (cost - heavy[*other as usize], count - number[*other as usize]);
        look(to, cost, count);
    }
    best
}
