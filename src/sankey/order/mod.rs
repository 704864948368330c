//! The order of each column, with as little money crossing money as can be found in the steps allowed.

mod anneal;
mod board;
mod cluster;
mod constraints;
mod count;
mod descent;
mod ends;
mod random;
mod sift;
mod start;
mod way_up;

pub use count::Crossings;

pub(super) use constraints::Constraints;
pub(super) use count::{crossings, positions};
pub(super) use way_up::turn_up;

use std::ops::ControlFlow;

use super::net::Net;
use anneal::anneal;
use board::Board;
use random::Random;

/// The largest board worth its memory, in matrix entries (8 bytes each).
const LARGEST_BOARD: usize = 6_000_000;

/// Hears the steps done; may stop the search.
type Progress<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

/// An order of every column, found from nothing.
pub(super) fn order(
    net: &Net,
    constraints: &Constraints,
    search_for: (u64, u64),
    progress: Progress,
) -> Vec<Vec<u32>> {
    search(net, constraints, None, search_for, progress)
}

/// An order near a former one: what is new finds its place, and what was there moves only where much is
/// gained.
pub(super) fn near(
    net: &Net,
    constraints: &Constraints,
    mut former: Vec<Vec<u32>>,
    middles: &[Option<f64>],
    hold: f64,
) -> Vec<Vec<u32>> {
    for column in &mut former {
        constraints.impose(column);
    }
    // A warm layout has a frame's time: a third of what a first picture may take.
    let steps = first_steps(net) / 3;
    if Board::entries(net) > LARGEST_BOARD || Board::cost(net) > steps {
        return former;
    }
    let cost = crossings(net, &former).weighted;
    let mut board = Board::new(net, &former, constraints);
    board.favour(net, &former, middles, cost * hold);
    descent::descend(&mut board, 2 * steps);
    board.order()
}

fn first_steps(net: &Net) -> u64 {
    (net.bundles.len() as u64 * 60).max(75_000)
}

/// Searches for an order for about so many steps; one no worse than `given` if there is one.
///
/// With much time for few items a single search may stay in one valley to the end: it is better split
/// into several from different starts, with a last one from the best of them.
pub(super) fn search(
    net: &Net,
    constraints: &Constraints,
    given: Option<Vec<Vec<u32>>>,
    (steps, seed): (u64, u64),
    progress: Progress,
) -> Vec<Vec<u32>> {
    let enough = (40_000 * net.item_count() as u64).max(4_000_000);
    let rounds = (steps / enough).clamp(1, 8);
    if rounds == 1 {
        return search_once(net, constraints, given, (steps, seed), progress);
    }
    let mut best = given.map(|order| (least_of(net, &order), order));
    let mut is_stopped = false;
    for round in 0..=rounds {
        let before = round * (steps / (rounds + 1));
        let mut hear = |done: u64| {
            let answer = progress(before + done);
            is_stopped |= answer.is_break();
            answer
        };
        let from = if round == rounds { best.as_ref().map(|(_, order)| order.clone()) } else { None };
        let found =
            search_once(net, constraints, from, (steps / (rounds + 1), seed.wrapping_add(round)), &mut hear);
        let cost = least_of(net, &found);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, found));
        }
        if is_stopped {
            break;
        }
    }
    best.expect("there was a round").1
}

/// One search from many starts.
fn search_once(
    net: &Net,
    constraints: &Constraints,
    given: Option<Vec<Vec<u32>>>,
    (steps, seed): (u64, u64),
    progress: Progress,
) -> Vec<Vec<u32>> {
    let mut random = Random::new(seed);
    let mut pool = Pool { entries: Vec::new(), size: 4 };
    if let Some(given) = given {
        pool.add(net, given);
    }
    // Where there is no time for annealing, starts are the better use of it.
    let is_short = anneal::schedules(net.item_count(), steps * 3 / 4).len() < 2;
    let (mut starts, mut spent) =
        first_starts(net, constraints, if is_short { steps / 3 } else { steps / 8 }, &mut random);
    let is_large = Board::entries(net) > LARGEST_BOARD || Board::cost(net) > steps;
    if is_large {
        // Too large to know what every exchange would cost: sift the best start instead.
        let (_, mut start) = starts.entries.swap_remove(0);
        sift::sift(net, &mut start, constraints, steps.saturating_sub(spent));
        pool.add(net, start);
        return pool.best();
    }
    let mut board = Board::new(net, &starts.entries[0].1, constraints);
    board.steps += spent;
    for (turn, (_, start)) in starts.entries.drain(..).enumerate() {
        if turn > 0 {
            board.restore(&start, constraints);
        }
        // What a descent does lies side by side in memory and takes half the time of what a search does.
        descent::descend(&mut board, 2 * steps);
        pool.add(net, board.order());
        if board.steps > if is_short { steps } else { steps / 4 } || progress(board.steps).is_break() {
            break;
        }
    }
    spent = board.steps;
    // The best of them are heated in turn, ever fewer of them.
    let plan = anneal::schedules(net.item_count(), steps.saturating_sub(spent));
    let heats = plan.len();
    for (turn, schedule) in plan.into_iter().enumerate() {
        pool.size = if 4 * turn < heats {
            4
        } else if 2 * turn < heats {
            2
        } else {
            1
        };
        pool.entries.truncate(pool.size);
        let from = turn % pool.entries.len();
        board.restore(&pool.entries[from].1, constraints);
        anneal(&mut board, schedule, &mut random);
        let deadline = board.steps + steps;
        descent::descend(&mut board, deadline);
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
    pool.best()
}

/// Orders by barycentres, from the input's order and from random ones: they are cheap, so that many can be
/// weighed and only the most promising are settled.
fn first_starts(net: &Net, constraints: &Constraints, steps: u64, random: &mut Random) -> (Pool, u64) {
    let mut starts = Pool { entries: Vec::new(), size: 24 };
    let mut spent = 0;
    let mut start = net.columns.clone();
    loop {
        for column in &mut start {
            constraints.impose(column);
        }
        spent += 100 + start::barycentre(net, &mut start, 12, constraints) / 3;
        starts.add(net, start.clone());
        if spent >= steps || net.columns.iter().all(|column| column.len() < 2) {
            return (starts, spent);
        }
        start.clone_from(&net.columns);
        for column in &mut start {
            random.shuffle(column);
        }
    }
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
    fn best(self) -> Vec<Vec<u32>> {
        self.entries.into_iter().next().expect("a search finds something").1
    }

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
