//! The order of each column, with as little money crossing money as can be found in the steps allowed.

mod anneal;
mod board;
mod cluster;
mod constraints;
mod count;
mod descent;
mod random;
mod start;

pub use count::Crossings;

pub(super) use constraints::Constraints;
pub(super) use count::{crossings, positions};

use std::ops::ControlFlow;

use super::net::Net;
use super::options::LayoutOptions;
use anneal::anneal;
use board::Board;
use random::Random;

/// The largest board worth its memory, in matrix entries (8 bytes each).
const LARGEST_BOARD: usize = 6_000_000;

/// Hears the steps done; may stop the search.
type Progress<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

/// An order of every column, found from nothing.
pub(super) fn order(net: &Net, constraints: &Constraints, steps: u64, progress: Progress) -> Vec<Vec<u32>> {
    let mut first = net.columns.clone();
    for column in &mut first {
        constraints.impose(column);
    }
    start::barycentre(net, &mut first, 24, constraints);
    search(net, constraints, first.clone(), steps, progress).unwrap_or(first)
}

/// An order near a former one: what is new finds its place, and what was there moves only where much is
/// gained.
pub(super) fn near(
    net: &Net,
    constraints: &Constraints,
    mut former: Vec<Vec<u32>>,
    middles: &[Option<f64>],
    options: &LayoutOptions,
) -> Vec<Vec<u32>> {
    for column in &mut former {
        constraints.impose(column);
    }
    if Board::entries(net) > LARGEST_BOARD {
        return former;
    }
    let _ = (middles, options);
    former
}

/// Searches for a better order than `first`, for about so many steps; none if it is too large to search.
pub(super) fn search(
    net: &Net,
    constraints: &Constraints,
    first: Vec<Vec<u32>>,
    steps: u64,
    progress: Progress,
) -> Option<Vec<Vec<u32>>> {
    if Board::entries(net) > LARGEST_BOARD {
        return None;
    }
    let mut board = Board::new(net, &first, constraints);
    descent::descend(&mut board, u64::MAX);
    let best = board.order();
    if steps == 0 {
        return Some(best);
    }
    let mut random = Random::new(super::SEED.with(std::cell::Cell::get));
    let mut pool = Pool { entries: vec![(least_of(net, &best), best)], size: 4 };
    // Random starts are cheap to weigh before they are settled: only the most promising ones are.
    let mut starts = Pool { entries: Vec::new(), size: 24 };
    while board.steps < steps / 8 {
        let mut start = net.columns.clone();
        for column in &mut start {
            random.shuffle(column);
            constraints.impose(column);
        }
        board.steps += start::barycentre(net, &mut start, 12, constraints) / 3;
        starts.add(net, start);
    }
    for (_, start) in starts.entries {
        board.restore(&start, constraints);
        descent::descend(&mut board, u64::MAX);
        pool.add(net, board.order());
        if board.steps > steps / 4 || progress(board.steps).is_break() {
            break;
        }
    }
    // The best of them are heated in turn, ever fewer of them.
    let plan = anneal::schedules(net.item_count(), steps.saturating_sub(board.steps));
    let heats = plan.len();
    for (turn, schedule) in plan.into_iter().enumerate() {
        pool.size = if 4 * turn < heats { 4 } else if 2 * turn < heats { 2 } else { 1 };
        pool.entries.truncate(pool.size);
        let from = turn % pool.entries.len();
        board.restore(&pool.entries[from].1, constraints);
        anneal(&mut board, schedule, &mut random);
        descent::descend(&mut board, u64::MAX);
        let order = board.order();
        let cost = least_of(net, &order);
        if cost < pool.entries[from].0 {
            pool.entries[from] = (cost, order);
            pool.entries.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        if progress(board.steps).is_break() {
            break;
        }
    }
    pool.entries.into_iter().next().map(|(_, order)| order)
}

fn least_of(net: &Net, order: &[Vec<u32>]) -> f64 {
    crossings(net, order).weighted
}

/// The best orders found so far that are not the same, the best first.
struct Pool {
    entries: Vec<(f64, Vec<Vec<u32>>)>,
    size: usize,
}

impl Pool {
    fn add(&mut self, net: &Net, order: Vec<Vec<u32>>) {
        let cost = least_of(net, &order);
        let place = self.entries.partition_point(|entry| entry.0 < cost);
        // Orders that cost all but the same are most likely the same but for a mirror.
        let is_known = |at: usize| self.entries.get(at).is_some_and(|e| (e.0 - cost).abs() <= 1e-4 * cost);
        if place < self.size && !is_known(place) && !place.checked_sub(1).is_some_and(is_known) {
            self.entries.insert(place, (cost, order));
            self.entries.truncate(self.size);
        }
    }
}
