//! The order of each column, with as little money crossing money as can be found in the steps allowed.

mod anneal;
mod board;
mod chain;
mod cluster;
mod constraints;
mod count;
mod descent;
mod ends;
mod grow;
mod mirror;
mod random;
mod sift;
mod start;
mod straighten;
mod ties;

pub use count::Crossings;

pub(super) use constraints::Constraints;
pub(super) use count::{crossings, positions};
pub(super) use mirror::turn_up;
pub(super) use straighten::levelled;

use std::ops::ControlFlow;

use super::proper_graph::ProperGraph;
use anneal::anneal;
use board::{Board, KeptOrder};
use chain::Chains;
use cluster::Clusters;
use random::Random;

/// The largest board worth its memory, in matrix entries (8 bytes each).
/// 48 MB; larger columns than these, some two thousand nodes each, fold into a strip anyway.
const LARGEST_BOARD: usize = 6_000_000;

/// Hears the steps done; may stop the search.
type StepsDone<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

/// An order of every column, found from nothing.
pub(super) fn order(
    net: &ProperGraph,
    constraints: &Constraints,
    search_for: (u64, u64),
    progress: StepsDone,
) -> Vec<Vec<u32>> {
    search(net, constraints, None, search_for, progress)
}

/// An order near a former one: what is new finds its place, and what was there moves only where much is
/// gained.
pub(super) fn near(
    net: &ProperGraph,
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
        sift::sift(net, &mut former, constraints, steps, &|item| middles[item as usize].is_none());
        return former;
    }
    let cost = crossings(net, &former).weighted;
    let mut board = Board::new(net, &former, constraints);
    board.favour(net, &former, middles, cost * hold);
    descent::descend(&mut board, 2 * steps);
    board.order()
}

fn first_steps(net: &ProperGraph) -> u64 {
    // Sixty steps a link at 45,000 in a millisecond: a thousand links are placed in little more than one.
    (net.bundles.len() as u64 * 60).max(75_000)
}

/// Searches for an order for about so many steps; one no worse than `given` if there is one. Where there is time
/// for it, ties are broken by the number of crossings.
pub(super) fn search(
    net: &ProperGraph,
    constraints: &Constraints,
    given: Option<Vec<Vec<u32>>>,
    (steps, seed): (u64, u64),
    progress: StepsDone,
) -> Vec<Vec<u32>> {
    let found = search_in_rounds(net, constraints, given, (steps, seed), progress);
    if steps < 200_000 || Board::entries(net) > LARGEST_BOARD || 200 * Board::cost(net) > steps {
        return found;
    }
    ties::break_ties(net, found, constraints)
}

/// With much time for few items a single search may stay in one valley to the end: it is better split
/// into several from different starts, with a last one from the best of them.
fn search_in_rounds(
    net: &ProperGraph,
    constraints: &Constraints,
    given: Option<Vec<Vec<u32>>>,
    (steps, seed): (u64, u64),
    progress: StepsDone,
) -> Vec<Vec<u32>> {
    // Below these a search still gains from going on; beyond them a new start gains more.
    let enough = (3_000 * net.item_count() as u64 + 400 * Board::cost(net)).max(300_000);
    let rounds = (steps / enough).clamp(1, 24);
    if rounds == 1 {
        return search_once(net, constraints, given, (steps, seed), progress);
    }
    // The last one gets a third: it has to come out of the valley that is the best of many.
    let each = (steps - steps / 3) / rounds;
    let mut best = given.map(|order| (least_of(net, &order), order));
    let mut is_stopped = false;
    for round in 0..=rounds {
        let before = round * each;
        let mut hear = |done: u64| {
            let answer = progress(before + done);
            is_stopped |= answer.is_break();
            answer
        };
        let from = if round == rounds { best.as_ref().map(|(_, order)| order.clone()) } else { None };
        let steps = if round == rounds { steps - rounds * each } else { each };
        let found = search_once(net, constraints, from, (steps, seed.wrapping_add(round)), &mut hear);
        let cost = least_of(net, &found);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, found));
        }
        // Nothing crosses: there is nothing better.
        if is_stopped || cost == 0.0 {
            break;
        }
    }
    best.expect("there was a round").1
}

/// One search from many starts.
fn search_once(
    net: &ProperGraph,
    constraints: &Constraints,
    given: Option<Vec<Vec<u32>>>,
    (steps, seed): (u64, u64),
    progress: StepsDone,
) -> Vec<Vec<u32>> {
    let mut random = Random::new(seed);
    // Four: the depth of a valley shows early, and the best of many starts are nearly always among the first
    // few.
    let mut pool = Candidates { entries: Vec::new(), size: 4 };
    if let Some(given) = given {
        pool.add(net, given);
    }
    // Where there is little time for annealing, starts are the better use of it.
    let is_short = anneal::schedules(net.item_count(), steps * 3 / 4).len() < 2;
    // What of the steps goes to starts, and until when they may be settled; the rest is for annealing.
    let (for_starts, until) = match is_short {
        true if 40 * Board::cost(net) < steps => (steps / 4, steps * 3 / 5),
        true => (steps / 4, steps),
        false => (steps / 8, steps / 4),
    };
    let (mut starts, mut spent) = first_starts(net, constraints, for_starts, &mut random);
    if Board::entries(net) > LARGEST_BOARD || 8 * Board::cost(net) > steps {
        // Too large to know what every exchange would cost: sift the best starts instead.
        for (_, mut start) in starts.entries.drain(..) {
            let rest = steps.saturating_sub(spent);
            spent += sift::sift(net, &mut start, constraints, rest, &|_| true);
            pool.add(net, start);
            if spent > steps / 2 || progress(spent).is_break() {
                break;
            }
        }
        return pool.best();
    }
    let mut board = Board::new(net, &starts.entries[0].1, constraints);
    board.steps += spent;
    let mut chains = Chains::new(&board);
    for (turn, (_, start)) in starts.entries.drain(..).enumerate() {
        if turn > 0 {
            board.restore(&start, constraints);
        }
        // What a descent does lies side by side in memory and takes half the time of what a search does.
        settle(&mut board, &mut chains, 2 * steps);
        pool.add(net, board.order());
        if board.steps > until || progress(board.steps).is_break() {
            break;
        }
    }
    spent = board.steps;
    // The best of them are heated in turn, ever fewer of them.
    let rest = steps.saturating_sub(spent);
    let plan = if is_short {
        anneal::short_schedules(net.item_count(), rest)
    } else {
        anneal::schedules(net.item_count(), rest)
    };
    let heats = plan.len();
    let mut clusters = Clusters::new(&board);
    // Short heats come back often to orders whose boards are better kept than filled again.
    let mut kept: Vec<KeptOrder> = Vec::new();
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
        if let Some(kept) = kept.get(from).filter(|_| is_short) {
            board.come_back(kept);
        } else {
            board.restore(&pool.entries[from].1, constraints);
            if is_short && kept.len() == from {
                let mut new = KeptOrder::default();
                board.keep(&mut new);
                kept.push(new);
            }
        }
        let paid = anneal(&mut board, &mut clusters, &mut chains, schedule, &mut random);
        // What a heat has stirred up has to settle, but the next one waits for another time.
        let deadline = board.steps + steps;
        // What was paid in heat against what settling gained: only where it ends below where it began is it
        // counted from scratch.
        if paid < settle(&mut board, &mut chains, deadline) {
            let order = board.order();
            let cost = least_of(net, &order);
            if cost < pool.entries[from].0 {
                pool.entries[from] = (cost, order);
                if let Some(kept) = kept.get_mut(from) {
                    board.keep(kept);
                }
                // To its place among the others, with its board.
                let better = pool.entries[..from].partition_point(|entry| entry.0 <= cost);
                pool.entries[better..=from].rotate_right(1);
                if from < kept.len() {
                    kept[better..=from].rotate_right(1);
                }
            }
        }
        if progress(board.steps).is_break() || board.steps > steps {
            break;
        }
    }
    pool.best()
}

/// Lets items and whole chains go where they cost least until none gains; what that gains.
fn settle(board: &mut Board, chains: &mut Chains, deadline: u64) -> f64 {
    let mut gained = descent::descend(board, deadline);
    while board.steps < deadline {
        let more = chains.reroute_all(board, deadline);
        if more <= 0.0 {
            break;
        }
        gained += more + descent::descend(board, deadline);
    }
    gained
}

/// Orders by barycentres, from the input's order and from random ones, and orders grown along the heaviest
/// links: they are cheap, so that many can be weighed and only the most promising are settled.
fn first_starts(
    net: &ProperGraph,
    constraints: &Constraints,
    steps: u64,
    random: &mut Random,
) -> (Candidates, u64) {
    let mut starts = Candidates { entries: Vec::new(), size: 24 };
    let amounts = ends::amounts(net);
    let growth = 2 * Board::cost(net);
    // The steps that went to either kind: both get the same.
    let (mut grown, mut swept) = (0, 0);
    loop {
        if swept > 0 && grown <= swept && growth < steps {
            let chance = (grown > 0).then_some(&mut *random);
            let (start, work) = grow::grow(net, &amounts, constraints, chance);
            grown += 100 + work / 6;
            starts.add(net, start);
        } else {
            let mut start = net.columns.clone();
            for column in &mut start {
                if swept > 0 {
                    random.shuffle(column);
                }
                constraints.impose(column);
            }
            swept += 100 + start::barycentre(net, &mut start, 12, constraints) / 3;
            starts.add(net, start);
        }
        if grown + swept >= steps || net.columns.iter().all(|column| column.len() < 2) {
            return (starts, grown + swept);
        }
    }
}

/// What an order costs: its weighted crossings, or where nothing crosses anything their number, which is less
/// than any amount.
fn least_of(net: &ProperGraph, order: &[Vec<u32>]) -> f64 {
    let Crossings { weighted, count } = crossings(net, order);
    if weighted > 0.0 { weighted } else { count as f64 * f64::MIN_POSITIVE }
}

/// The best orders found so far that are not the same, the best first.
struct Candidates {
    entries: Vec<(f64, Vec<Vec<u32>>)>,
    size: usize,
}

impl Candidates {
    fn best(self) -> Vec<Vec<u32>> {
        self.entries.into_iter().next().expect("a search finds something").1
    }

    fn add(&mut self, net: &ProperGraph, order: Vec<Vec<u32>>) {
        let cost = least_of(net, &order);
        let place = self.entries.partition_point(|entry| entry.0 < cost);
        // Orders that cost all but the same are most likely the same but for a mirror: the better stays.
        let is_known = |at: usize| self.entries.get(at).is_some_and(|e| (e.0 - cost).abs() <= 1e-4 * cost);
        if place >= self.size || place.checked_sub(1).is_some_and(is_known) {
            return;
        }
        if is_known(place) {
            self.entries[place] = (cost, order);
        } else {
            self.entries.insert(place, (cost, order));
            self.entries.truncate(self.size);
        }
    }
}
