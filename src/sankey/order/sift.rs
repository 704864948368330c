//! Descent for columns too long for a board: items are sifted past their neighbours, within a window.

use super::super::net::{Neighbours, Net};
use super::Constraints;
use super::count::positions;

/// How far an item is sifted either way.
const WINDOW: usize = 24;

/// Lets every item find the best place near its own, column by column, for about so many steps.
pub(super) fn sift(net: &Net, order: &mut [Vec<u32>], constraints: &Constraints, steps: u64) -> u64 {
    let mut spent = 0;
    let mut position = positions(net, order);
    let mut ends = Ends::default();
    loop {
        let mut moved = false;
        for column in order.iter_mut() {
            if spent >= steps {
                return spent;
            }
            ends.gather(net, column, &position);
            moved |= ends.sift(net, column, &mut spent);
            constraints.impose(column);
            for (place, &item) in column.iter().enumerate() {
                position[item as usize] = place as u32;
            }
        }
        if !moved {
            return spent;
        }
    }
}

/// For each item of a column, its neighbours' places and the amounts, sorted.
#[derive(Default)]
struct Ends {
    start: Vec<[u32; 3]>,
    list: Vec<(u32, f64)>,
}

impl Ends {
    fn gather(&mut self, net: &Net, column: &[u32], position: &[u32]) {
        self.list.clear();
        self.start.resize(net.item_count(), [0; 3]);
        for &item in column {
            let mut add = |side: &Neighbours| {
                let from = self.list.len();
                let ends = side.of(item).iter();
                self.list.extend(
                    ends.map(|(other, s)| (position[*other as usize], net.segments[*s as usize].value)),
                );
                self.list[from..].sort_unstable_by_key(|end| end.0);
                self.list.len() as u32
            };
            let from = add(&net.left);
            let to = add(&net.right);
            self.start[item as usize] = [from - net.left.of(item).len() as u32, from, to];
        }
    }

    fn sides(&self, item: u32) -> [&[(u32, f64)]; 2] {
        let [a, b, c] = self.start[item as usize];
        [&self.list[a as usize..b as usize], &self.list[b as usize..c as usize]]
    }

    /// The crossings with `u` above `v` less those with `v` above `u`.
    fn difference(&self, u: u32, v: u32) -> f64 {
        let mut sum = 0.0;
        for (one, other) in self.sides(u).into_iter().zip(self.sides(v)) {
            let all: f64 = other.iter().map(|end| end.1).sum();
            let (mut before, mut upto) = (0.0, 0.0);
            let (mut i, mut j) = (0, 0);
            for &(at, amount) in one {
                while i < other.len() && other[i].0 < at {
                    before += other[i].1;
                    i += 1;
                }
                while j < other.len() && other[j].0 <= at {
                    upto += other[j].1;
                    j += 1;
                }
                sum += amount * (before - (all - upto));
            }
        }
        sum
    }

    fn sift(&self, net: &Net, column: &mut [u32], spent: &mut u64) -> bool {
        let degree = |item: u32| net.left.of(item).len() + net.right.of(item).len();
        let mut moved = false;
        let items = column.to_vec();
        let mut hint = 0;
        for item in items {
            // Items are taken in their old order, so each is near where the one before it was.
            let near = (hint..column.len()).chain(0..hint).find(|p| column[*p] == item);
            let from = near.expect("a column keeps its items");
            hint = from;
            let (mut best, mut to) = (0.0, from);
            let mut work = 0;
            let mut cost = 0.0;
            for place in (from.saturating_sub(WINDOW)..from).rev() {
                cost += self.difference(item, column[place]);
                work += degree(item) + degree(column[place]) + 4;
                if cost < best {
                    (best, to) = (cost, place);
                }
            }
            cost = 0.0;
            for (place, &other) in column.iter().enumerate().skip(from + 1).take(WINDOW) {
                cost -= self.difference(item, other);
                work += degree(item) + degree(other) + 4;
                if cost < best {
                    (best, to) = (cost, place);
                }
            }
            *spent += work as u64 / 6;
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
