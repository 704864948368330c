//! What the items of a column are joined to, and what their crossings cost.

use super::super::proper_graph::{Neighbours, ProperGraph};

/// For each item of a column, the items it is joined to on one side, with amounts.
pub(super) struct Ends {
    start: Vec<u32>,
    list: Vec<(u32, f64)>,
}

impl Ends {
    pub(super) fn of(&self, item: u32) -> &[(u32, f64)] {
        &self.list[self.start[item as usize] as usize..self.start[item as usize + 1] as usize]
    }
}

/// Values in units of their mean, each a trifle larger than it is: where amounts say nothing, the number
/// of crossings decides.
pub(super) fn amounts(net: &ProperGraph) -> Vec<f64> {
    const TRIFLE: f64 = 1e-10;
    if net.segments.iter().all(|segment| segment.value == 0.0) {
        return vec![1.0; net.segments.len()];
    }
    let unit = unit(net);
    net.segments.iter().map(|s| s.value / unit + TRIFLE).collect()
}

/// The mean value of a segment.
pub(super) fn unit(net: &ProperGraph) -> f64 {
    let total: f64 = net.segments.iter().map(|s| s.value).sum();
    let mean = total / net.segments.len().max(1) as f64;
    if mean > 0.0 && mean.is_finite() { mean } else { 1.0 }
}

pub(super) fn ends(items: &[u32], neighbours: &Neighbours, local: &[u32], amounts: &[f64]) -> Ends {
    let mut ends = Ends { start: vec![0], list: Vec::new() };
    for &item in items {
        let joined = neighbours.of(item).iter();
        ends.list.extend(joined.map(|(other, segment)| (local[*other as usize], amounts[*segment as usize])));
        ends.start.push(ends.list.len() as u32);
    }
    ends
}

/// For each place of a column beside, what of an item ends below it, less what ends above it; `standing`
/// are the places of its ends with amounts, and are sorted.
pub(super) fn tabulate(standing: &mut [(u32, f64)], below_less_above: &mut [f64]) {
    standing.sort_unstable_by_key(|end| end.0);
    let mut value: f64 = standing.iter().map(|end| end.1).sum();
    let mut from = 0;
    for &(at, amount) in standing.iter() {
        below_less_above[from..at as usize].fill(value);
        value -= amount;
        if from <= at as usize {
            below_less_above[at as usize] = value;
        }
        value -= amount;
        from = at as usize + 1;
    }
    below_less_above[from..].fill(value);
}

/// Adds to the upper triangle of `d` the crossings on one side, whose items stand at `place`.
pub(super) fn weigh_side(d: &mut [f64], ends: &Ends, place: &[u32]) -> u64 {
    let n = ends.start.len() - 1;
    let mut below_less_above = vec![0.0_f64; place.len() + 1];
    let mut own: Vec<(u32, f64)> = Vec::new();
    let standing: Vec<(u32, f64)> = ends.list.iter().map(|(end, w)| (place[*end as usize], *w)).collect();
    let mut work = 0;
    for u in 0..n {
        own.clear();
        own.extend_from_slice(&standing[ends.start[u] as usize..ends.start[u + 1] as usize]);
        if own.is_empty() {
            continue;
        }
        tabulate(&mut own, &mut below_less_above);
        let row = &mut d[u * n + u + 1..(u + 1) * n];
        let mut from = ends.start[u + 1] as usize;
        for (cell, until) in row.iter_mut().zip(&ends.start[u + 2..]) {
            let until = *until as usize;
            let mut sum = 0.0;
            for &(at, amount) in &standing[from..until] {
                sum += amount * below_less_above[at as usize];
            }
            *cell += sum;
            from = until;
        }
        work += (place.len() + n + standing.len() - ends.start[u + 1] as usize) as u64;
    }
    work
}
