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
    let mut best = board.order();
    let mut least = crossings(net, &best).weighted;
    if steps == 0 {
        return Some(best);
    }
    let mut random = Random::new(1);
    let mut keep = |board: &Board, best: &mut Vec<Vec<u32>>| {
        let order = board.order();
        let cost = crossings(net, &order).weighted;
        let is_better = cost < least;
        if is_better {
            least = cost;
            *best = order;
        }
        is_better
    };
    while board.steps < steps / 4 {
        let mut start = net.columns.clone();
        for column in &mut start {
            random.shuffle(column);
            constraints.impose(column);
        }
        board.steps += start::barycentre(net, &mut start, 30, constraints) / 2;
        board.restore(&start, constraints);
        descent::descend(&mut board, u64::MAX);
        keep(&board, &mut best);
        board.steps += net.segments.len() as u64 * 2;
        if progress(board.steps).is_break() {
            return Some(best);
        }
    }
    board.restore(&best, constraints);
    let schedules = anneal::schedules(net.item_count(), steps.saturating_sub(board.steps));
    for schedule in schedules {
        anneal(&mut board, schedule, &mut random);
        descent::descend(&mut board, u64::MAX);
        if !keep(&board, &mut best) {
            board.restore(&best, constraints);
        }
        if progress(board.steps).is_break() {
            break;
        }
    }
    Some(best)
}
