//! Descent for columns too long for a board: items are sifted past their neighbours, within a window.

use super::super::proper_graph::ProperGraph;
use super::Constraints;
use super::count::positions;
use super::ends::{amounts, tabulate};

/// How far an item is sifted either way.
/// Wider ones find little that several passes do not, and each place more is a sum over all links of an item.
const WINDOW: usize = 24;

/// What an item must gain at least to move, so that rounding cannot move things to and fro.
const GAIN: f64 = 1e-11;

/// Lets every item that `may_move` find the best place near its own, column by column, for about so many
/// steps.
pub(super) fn sift(
    net: &ProperGraph,
    order: &mut [Vec<u32>],
    constraints: &Constraints,
    steps: u64,
    may_move: &dyn Fn(u32) -> bool,
) -> u64 {
    let mut spent = 0;
    let mut sifter = Sifter {
        amounts: amounts(net),
        position: positions(net, order),
        start: vec![(0, 0, 0); net.item_count()],
        ends: Vec::new(),
        table: Vec::new(),
        own: Vec::new(),
    };
    loop {
        let mut moved = false;
        for column in 0..order.len() {
            if spent >= steps {
                return spent;
            }
            let beside = |at: usize| order.get(at).map_or(0, Vec::len);
            let sizes = (beside(column.wrapping_sub(1)), beside(column + 1));
            let items = &mut order[column];
            sifter.gather(net, items, sizes.0);
            // What stands at the foot stays there.
            let above = items.len() - constraints.foot_count(items);
            moved |= sifter.sift(&mut items[..above], sizes, may_move, &mut spent);
            constraints.impose(items);
            for (place, &item) in items.iter().enumerate() {
                sifter.position[item as usize] = place as u32;
            }
        }
        if !moved {
            return spent;
        }
    }
}

struct Sifter {
    amounts: Vec<f64>,
    position: Vec<u32>,
    /// For each item of the column in hand, where its ends on the left begin in `ends`, where those on the
    /// right do, and where they stop.
    start: Vec<(u32, u32, u32)>,
    /// Places and amounts; places on the right are counted on from those on the left.
    ends: Vec<(u32, f64)>,
    /// For each place, what of the item in hand ends below it, less what ends above it.
    table: Vec<f64>,
    own: Vec<(u32, f64)>,
}

impl Sifter {
    fn gather(&mut self, net: &ProperGraph, column: &[u32], left_size: usize) {
        self.ends.clear();
        for &item in column {
            let from = self.ends.len() as u32;
            for (side, first) in [(&net.left, 0), (&net.right, left_size as u32)] {
                let end = |&(other, segment): &(u32, u32)| {
                    (first + self.position[other as usize], self.amounts[segment as usize])
                };
                self.ends.extend(side.of(item).iter().map(end));
            }
            let right = from + net.left.of(item).len() as u32;
            self.start[item as usize] = (from, right, self.ends.len() as u32);
        }
    }

    /// The crossings with the tabulated item above `other` less those with it below.
    fn difference(&self, other: u32) -> f64 {
        let (from, _, until) = self.start[other as usize];
        let ends = &self.ends[from as usize..until as usize];
        ends.iter().map(|&(at, amount)| amount * self.table[at as usize]).sum()
    }

    fn tabulate(&mut self, item: u32, (left, right): (usize, usize)) {
        self.table.resize(left + right, 0.0);
        let (from, middle, until) = self.start[item as usize];
        let parts = self.table.split_at_mut(left);
        for (ends, table, first) in [(from..middle, parts.0, 0), (middle..until, parts.1, left as u32)] {
            self.own.clear();
            let ends = &self.ends[ends.start as usize..ends.end as usize];
            self.own.extend(ends.iter().map(|&(at, amount)| (at - first, amount)));
            tabulate(&mut self.own, table);
        }
    }

    fn sift(
        &mut self,
        column: &mut [u32],
        sizes: (usize, usize),
        may_move: &dyn Fn(u32) -> bool,
        spent: &mut u64,
    ) -> bool {
        let mut moved = false;
        if column.is_empty() {
            return false;
        }
        let items = column.to_vec();
        let mut hint = 0;
        for item in items {
            if !may_move(item) {
                continue;
            }
            // Items are taken in their old order, so each is near where the one before it was.
            let near = (hint..column.len()).chain(0..hint).find(|p| column[*p] == item);
            let from = near.expect("a column keeps its items");
            hint = from;
            self.tabulate(item, sizes);
            let (mut best, mut to) = (-GAIN, from);
            let mut cost = 0.0;
            for place in (from.saturating_sub(WINDOW)..from).rev() {
                cost += self.difference(column[place]);
                if cost < best {
                    (best, to) = (cost, place);
                }
            }
            cost = 0.0;
            for (place, &other) in column.iter().enumerate().skip(from + 1).take(WINDOW) {
                cost -= self.difference(other);
                if cost < best {
                    (best, to) = (cost, place);
                }
            }
            let (first, last) = (from.saturating_sub(WINDOW), (from + WINDOW).min(column.len() - 1));
            let looks = (last - first) as u64 * self.ends.len() as u64 / column.len() as u64;
            *spent += (looks + (sizes.0 + sizes.1) as u64 / 4) / 16 + 2;
            if to < from {
                column[to..=from].rotate_right(1);
                moved = true;
            } else if to > from {
                column[from..=to].rotate_left(1);
                moved = true;
            }
        }
        moved
    }
}
