//! Simulated annealing: moves that cost something are made too, often while it is hot, seldom later.

use super::board::Board;
use super::chain::Chains;
use super::cluster::Clusters;
use super::random::{Random, TOLERANCES};

/// From which temperature to which, in units of the mean value squared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    pub(super) hot: f64,
    pub(super) cold: f64,
    pub(super) steps: u64,
    /// How warmth depends on an item's amount.
    pub(super) warmth: Warmth,
    /// Of 1,024 moves, how many are of clusters.
    pub(super) clusters: u64,
    /// And of 1,024 of those, how many leap anywhere instead of changing sides with the next.
    pub(super) leaps: u64,
}

/// Light items jump about at temperatures that just move heavy ones, which costs time and tells nothing:
/// so they are kept cooler.
#[derive(Clone, Copy, Debug)]
pub(super) enum Warmth {
    /// One temperature for all.
    Even,
    /// By the square root of the item's amount.
    Root,
    /// By the item's amount.
    Amount,
}

/// Of 65,536 moves, how many are jumps of an item with all that depends on it.
/// A jump with all that follows it takes as long as hundreds of plain moves: a share of one in two hundred is
/// about half of the time.
const JUMPS: u64 = 300;

/// Of 1,024 moves of clusters, how many are leaps where there is no time to come far by small ones.
/// Three in four: a short heat has a few thousand moves of clusters in all, and walking a cluster past its
/// neighbours one by one would take as many.
const LEAPS: u64 = 768;

/// Of 65,536 moves, how many give a chain its best way.
/// A chain's best way stays the best until something near it moves, so asking often finds nothing new.
const REROUTES: u64 = 100;

/// A series of annealings that fills so many steps, each from the best order so far.
pub(super) fn schedules(items: usize, steps: u64) -> Vec<Schedule> {
    let round = [
        // Hot and without clusters, cooler and with ever more of them, then again: no single setting is the
        // best one on skewed and on even amounts alike.
        (100.0, 0.01, Warmth::Root, 5),
        (30.0, 0.005, Warmth::Root, 30),
        (10.0, 0.001, Warmth::Amount, 60),
        (30.0, 0.005, Warmth::Root, 30),
        (100.0, 0.1, Warmth::Even, 10),
    ];
    // In fewer steps a heat from these temperatures ends before it has cooled.
    let shortest = 2_500 * items as u64 + 100_000;
    if steps < shortest / 16 {
        return Vec::new();
    }
    let count = (steps / shortest).clamp(1, 24);
    (0..count)
        .map(|index| {
            let (hot, cold, warmth, clusters) = round[index as usize % round.len()];
            Schedule { hot, cold, steps: steps / count, warmth, clusters, leaps: 0 }
        })
        .collect()
}

/// Many short annealings for a first picture: cool ones, as there is no time to mend what heat breaks.
pub(super) fn short_schedules(items: usize, steps: u64) -> Vec<Schedule> {
    let round = [
        (1.0, 0.001, Warmth::Amount, 60),
        (30.0, 0.005, Warmth::Root, 30),
        (1.0, 0.001, Warmth::Amount, 60),
        (10.0, 0.001, Warmth::Amount, 60),
    ];
    // Sixty moves an item are what a cool heat needs to reach each of them a few times.
    let count = (steps / (60 * items as u64 + 1)).min(16);
    (0..count)
        .map(|index| {
            let (hot, cold, warmth, clusters) = round[index as usize % round.len()];
            Schedule { hot, cold, steps: steps / count, warmth, clusters, leaps: LEAPS }
        })
        .collect()
}

/// Anneals the board along `schedule` and returns what that cost, below 0 where it gained; the order found at
/// the end is not the best seen but near it.
pub(super) fn anneal(
    board: &mut Board,
    clusters: &mut Clusters,
    chains: &mut Chains,
    schedule: Schedule,
    random: &mut Random,
) -> f64 {
    let mut items: Vec<(u32, u32, f64)> = Vec::new();
    for (c, column) in board.columns.iter().enumerate().filter(|(_, column)| column.order.len() > 1) {
        for item in 0..column.order.len() as u32 {
            items.push((c as u32, item, schedule.warmth.of(column.weight(item))));
        }
    }
    if items.is_empty() || schedule.steps == 0 {
        return 0.0;
    }
    let mut cost = 0.0;
    let start = board.steps;
    // Clusters know nothing of groups, so where there are any they stay out of it.
    let is_grouped = board.columns.iter().any(|column| column.is_grouped);
    // The temperature falls in stages: finer ones change nothing that can be measured, and each stage costs a
    // multiplication only.
    let rounds = (schedule.steps / 40).clamp(10, 400) as u32;
    let reroutes = if chains.count() > 0 { REROUTES } else { 0 };
    // The ratio of neighbouring temperatures, by repeated square roots of the whole ratio's logarithm.
    let fall = root(schedule.cold / schedule.hot, rounds);
    let mut temperature = schedule.hot;
    for round in 1..=rounds {
        let until = start + schedule.steps * u64::from(round) / u64::from(rounds);
        while board.steps < until {
            // One throw gives the item, the tolerance and the toss, from bits that do not overlap: a
            // generator called three times would be a tenth of the time.
            let throw = random.next();
            let (column, item, factor) = items[((throw >> 32) as usize * items.len()) >> 32];
            // Metropolis turned round: instead of asking whether exp(-cost / t) exceeds a random number, the
            // logarithm of the number is drawn from a table, and the cost is compared with it.
            let limit = temperature * factor * TOLERANCES[(throw & 2047) as usize];
            let toss = (throw >> 12) as u32 & 0xF_FFFF;
            board.steps += 1;
            let kind = random.next();
            if (kind >> 10 & 0xFFFF) < JUMPS && !is_grouped {
                cost += clusters.jump(board, limit, random).unwrap_or(0.0);
                continue;
            }
            if kind >> 36 & 0xFFFF < reroutes {
                let index = random.below(chains.count() as u32) as usize;
                cost += chains.reroute(board, index);
                continue;
            }
            if (kind & 1023) < schedule.clusters && !is_grouped {
                let c = column as usize;
                let paid = if kind >> 26 & 1023 < schedule.leaps {
                    clusters.leap(board, c, item, limit, random)
                } else {
                    clusters.exchange(board, c, item, limit, random)
                };
                cost += paid.unwrap_or(0.0);
                continue;
            }
            cost += propose(board, column as usize, item, limit, toss);
        }
        temperature *= fall;
    }
    cost
}

impl Warmth {
    fn of(self, amount: f64) -> f64 {
        match self {
            Self::Even => 1.0,
            Self::Root => amount.sqrt(),
            Self::Amount => amount,
        }
    }
}

/// Tries to move an item and returns what that cost; nothing where it stays.
fn propose(board: &mut Board, column: usize, item: u32, limit: f64, toss: u32) -> f64 {
    let this = &board.columns[column];
    let count = this.order.len();
    let from = this.place[item as usize] as usize;
    let down = toss & 1 == 1;
    if this.is_grouped {
        let Some(beside) = (if down { Some(from + 1).filter(|p| *p < count) } else { from.checked_sub(1) })
        else {
            return 0.0;
        };
        let (one, other) = (this.block(from, beside), this.block(beside, from));
        let (first, end) = if down { (one, other.end) } else { (other, one.end) };
        let cost = board.exchange_cost(column, first.clone(), end);
        if cost > limit {
            return 0.0;
        }
        board.exchange(column, first, end);
        return cost;
    }
    // Mostly next door, sometimes far: the reach halves with each further bit.
    let longest = (count as u32 - 1).max(1).ilog2();
    let reach = ((toss >> 1) & 15) % (longest + 1);
    let distance = 1 + ((toss >> 5) as usize & ((1 << reach) - 1));
    let to = if down { from + distance } else { from.wrapping_sub(distance) };
    if to >= count {
        return 0.0;
    }
    board.steps += distance as u64 / 8;
    let cost = board.insertion_cost(column, from, to);
    if cost > limit {
        return 0.0;
    }
    board.insert(column, from, to);
    cost
}

/// The `n`-th root of a ratio below 1, by bisection: as exact as need be, and alike everywhere.
fn root(ratio: f64, n: u32) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let mut power = 1.0;
        for _ in 0..n {
            power *= middle;
        }
        if power < ratio {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
