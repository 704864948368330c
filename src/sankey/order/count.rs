//! What an order costs: value times value over all crossing pairs of segments.

use super::super::proper_graph::ProperGraph;

/// The crossings of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Crossings {
    /// Sum of value times value over crossing pairs.
    pub weighted: f64,
    /// Number of crossing pairs.
    pub count: u64,
}

/// Counts by a Fenwick tree over the right ends, in the order of the left ends (Barth, Jünger and
/// Mutzel 2002): segments that share an end never cross, as ports follow the order.
pub(in super::super) fn crossings(net: &ProperGraph, order: &[Vec<u32>]) -> Crossings {
    let position = positions(net, order);
    let mut total = Crossings::default();
    let mut tree: Vec<(u64, f64)> = Vec::new();
    let mut ends: Vec<(u32, f64)> = Vec::new();
    for column in 0..order.len().saturating_sub(1) {
        let width = order[column + 1].len();
        tree.clear();
        tree.resize(width + 1, (0, 0.0));
        let (mut seen, mut seen_value) = (0_u64, 0.0_f64);
        for &item in &order[column] {
            ends.clear();
            for &(other, segment) in net.right.of(item) {
                ends.push((position[other as usize], net.segments[segment as usize].value));
            }
            for &(end, value) in &ends {
                let (mut count, mut sum) = (0, 0.0);
                let mut i = end as usize + 1;
                while i > 0 {
                    count += tree[i].0;
                    sum += tree[i].1;
                    i &= i - 1;
                }
                total.count += seen - count;
                // What ends above is taken from the sum of all, which rounding may leave a hair below
                // nothing.
                total.weighted += value * (seen_value - sum).max(0.0);
            }
            for &(end, value) in &ends {
                let mut i = end as usize + 1;
                while i <= width {
                    tree[i].0 += 1;
                    tree[i].1 += value;
                    i += i & i.wrapping_neg();
                }
                seen += 1;
                seen_value += value;
            }
        }
    }
    total
}

/// Each item's place in its column.
pub(in super::super) fn positions(net: &ProperGraph, order: &[Vec<u32>]) -> Vec<u32> {
    let mut position = vec![0; net.item_count()];
    for column in order {
        for (place, &item) in column.iter().enumerate() {
            position[item as usize] = place as u32;
        }
    }
    position
}
