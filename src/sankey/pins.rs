//! Nodes put somewhere by hand: they stay exactly there, and the others find room around them.

use super::graph::Graph;
use super::metrics::Metrics;
use super::proper_graph::ProperGraph;

/// The top of each pinned node, brought into the picture.
pub(super) fn pins(graph: &Graph, metrics: &Metrics) -> Vec<Option<f64>> {
    // The foot first, then the head: of a node higher than the picture, the head is what is seen.
    let pin = |(node, y): (usize, f64)| y.min(metrics.bottom - metrics.heights[node]).max(metrics.top);
    let wish = |node: usize| graph.nodes[node].pin.filter(|y| y.is_finite());
    (0..graph.nodes.len()).map(|node| wish(node).map(|y| pin((node, y)))).collect()
}

/// Changes each column's order so that pinned nodes are in the order of their pins, with no more between
/// two of them than fits there.
pub(super) fn make_room(net: &ProperGraph, order: &mut [Vec<u32>], metrics: &Metrics, pins: &[Option<f64>]) {
    if pins.iter().all(Option::is_none) {
        return;
    }
    for column in order {
        let pin = |item: u32| if net.is_lane(item) { None } else { pins[item as usize] };
        let mut pinned: Vec<u32> = column.iter().copied().filter(|item| pin(*item).is_some()).collect();
        if pinned.is_empty() {
            continue;
        }
        let slots: Vec<usize> = (0..column.len()).filter(|place| pin(column[*place]).is_some()).collect();
        pinned.sort_by(|a, b| pin(*a).unwrap_or(0.0).total_cmp(&pin(*b).unwrap_or(0.0)).then(a.cmp(b)));
        // Only the pinned change places among themselves; all others keep the place the search gave them.
        for (slot, item) in slots.iter().zip(&pinned) {
            column[*slot] = *item;
        }
        *column = spill(column, &pinned, metrics, &pin);
    }
}

/// Moves what does not fit between two pins past one of them, to the side with more room.
fn spill(column: &[u32], pinned: &[u32], metrics: &Metrics, pin: &impl Fn(u32) -> Option<f64>) -> Vec<u32> {
    let height = |item: u32| metrics.heights[item as usize];
    let mut runs: Vec<Vec<u32>> = vec![Vec::new()];
    for &item in column {
        if pin(item).is_some() {
            runs.push(Vec::new());
        } else {
            runs.last_mut().expect("there is a first run").push(item);
        }
    }
    let count = runs.len();
    let room: Vec<f64> = (0..count)
        .map(|run| {
            let from =
                run.checked_sub(1).map_or(metrics.top, |p| pin(pinned[p]).unwrap_or(0.0) + height(pinned[p]));
            let until = pinned.get(run).map_or(metrics.bottom, |p| pin(*p).unwrap_or(0.0));
            until - from
        })
        .collect();
    let need = |run: &[u32], at: usize| {
        let mut all: Vec<u32> = run.to_vec();
        if at > 0 {
            all.insert(0, pinned[at - 1]);
        }
        if let Some(next) = pinned.get(at) {
            all.push(*next);
        }
        let gaps: f64 =
            all.windows(2).map(|p| metrics.gap_between((p[0], height(p[0])), (p[1], height(p[1])))).sum();
        gaps + run.iter().map(|item| height(*item)).sum::<f64>()
    };
    // What is too much goes to the nearest run that can take it, smallest things first.
    // Each round moves one item, so so many are enough, and two runs too full cannot pass one to and fro for
    // ever.
    for _ in 0..column.len() {
        let Some(full) =
            (0..count).find(|run| !runs[*run].is_empty() && need(&runs[*run], *run) > room[*run] + 1e-9)
        else {
            break;
        };
        let mut best: Option<(f64, usize, usize)> = None;
        for to in (0..count).filter(|to| *to != full) {
            let (item, at) = if to < full {
                (runs[full][0], 0)
            } else {
                (runs[full][runs[full].len() - 1], runs[full].len() - 1)
            };
            let spare = room[to] - need(&runs[to], to) - height(item) - metrics.gap;
            // Anything that fits beats anything that does not; among those the nearest, among these the least
            // missing.
            let score = if spare >= 0.0 { 1e6 - to.abs_diff(full) as f64 } else { spare };
            if best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, to, at));
            }
        }
        let Some((score, to, at)) = best else { break };
        // Where it fits nowhere it goes where less is missing, and stays there.
        if score < 0.0 && score <= room[full] - need(&runs[full], full) {
            break;
        }
        let item = runs[full].remove(at);
        if to < full {
            runs[to].push(item);
        } else {
            runs[to].insert(0, item);
        }
    }
    let mut result = Vec::with_capacity(column.len());
    for (run, items) in runs.into_iter().enumerate() {
        result.extend(items);
        result.extend(pinned.get(run));
    }
    result
}
