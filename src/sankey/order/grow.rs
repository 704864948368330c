//! First orders that grow along the heaviest links: each item comes to where it costs least among those
//! that are there already.
//!
//! Where amounts are skewed this is the better start: the heaviest links form trees, which are laid out
//! without a crossing before anything light is looked at.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::proper_graph::ProperGraph;
use super::Constraints;
use super::ends::tabulate;
use super::random::Random;

/// An order grown from nothing and the work done; each turn with other random numbers gives another.
pub(super) fn grow(
    net: &ProperGraph,
    amounts: &[f64],
    constraints: &Constraints,
    random: Option<&mut Random>,
) -> (Vec<Vec<u32>>, u64) {
    let mut weights = amounts.to_vec();
    if let Some(random) = random {
        for weight in &mut weights {
            // From a quarter to four and a quarter times: amounts that span decades keep most of their order,
            // and those that are near each other change places.
            *weight *= 0.25 + f64::from(random.below(1024)) / 256.0;
        }
    }
    let mut heaviest = vec![0.0_f64; net.item_count()];
    for (segment, weight) in net.segments.iter().zip(&weights) {
        for end in [segment.from, segment.to] {
            heaviest[end as usize] = heaviest[end as usize].max(*weight);
        }
    }
    let mut roots: Vec<u32> = (0..net.item_count() as u32).collect();
    roots.sort_by(|a, b| heaviest[*b as usize].total_cmp(&heaviest[*a as usize]).then(a.cmp(b)));
    let mut growth = Growth {
        net,
        amounts,
        constraints,
        order: vec![Vec::new(); net.columns.len()],
        position: vec![UNPLACED; net.item_count()],
        table: Vec::new(),
        own: Vec::new(),
        d: Vec::new(),
        work: 0,
    };
    let mut heap: BinaryHeap<(u64, Reverse<u32>)> = BinaryHeap::new();
    for root in roots {
        heap.push((0, Reverse(root)));
        while let Some((_, Reverse(item))) = heap.pop() {
            if growth.position[item as usize] != UNPLACED {
                continue;
            }
            growth.insert(item);
            for &(other, segment) in net.left.of(item).iter().chain(net.right.of(item)) {
                if growth.position[other as usize] == UNPLACED {
                    // Positive floats sort as their bits do, which a heap can compare; of equal links the
                    // earlier item goes first.
                    heap.push((weights[segment as usize].to_bits(), Reverse(other)));
                }
            }
        }
    }
    for column in &mut growth.order {
        constraints.impose(column);
    }
    (growth.order, growth.work)
}

const UNPLACED: u32 = u32::MAX;

struct Growth<'a> {
    net: &'a ProperGraph,
    amounts: &'a [f64],
    constraints: &'a Constraints,
    order: Vec<Vec<u32>>,
    position: Vec<u32>,
    table: Vec<f64>,
    own: Vec<(u32, f64)>,
    d: Vec<f64>,
    work: u64,
}

impl Growth<'_> {
    /// Puts an item where it crosses least; of equal places it takes the one most level with what it is
    /// joined to.
    fn insert(&mut self, item: u32) {
        let net = self.net;
        let c = net.column_of[item as usize] as usize;
        let (mut level, mut weight) = (0.0, 0.0);
        self.d.clear();
        self.d.resize(self.order[c].len(), 0.0);
        for (side, beside) in [(&net.left, c.wrapping_sub(1)), (&net.right, c + 1)] {
            self.own.clear();
            for &(other, segment) in side.of(item) {
                let at = self.position[other as usize];
                if at != UNPLACED {
                    self.own.push((at, self.amounts[segment as usize]));
                }
            }
            if self.own.is_empty() {
                continue;
            }
            let size = self.order[beside].len();
            for &(at, amount) in &self.own {
                level += amount * (f64::from(at) + 0.5) / size as f64;
                weight += amount;
            }
            self.table.clear();
            self.table.resize(size, 0.0);
            tabulate(&mut self.own, &mut self.table);
            for (d, &other) in self.d.iter_mut().zip(&self.order[c]) {
                for &(end, segment) in side.of(other) {
                    let at = self.position[end as usize];
                    if at != UNPLACED {
                        *d += self.amounts[segment as usize] * self.table[at as usize];
                    }
                }
                self.work += side.of(other).len() as u64 + 1;
            }
        }
        let wish = if weight > 0.0 { level / weight * self.d.len() as f64 } else { self.d.len() as f64 };
        // `d` is what it costs to be above each, less what it costs to be below it.
        let (mut least, mut best) = (0.0, 0);
        let mut cost = 0.0;
        let mut far = wish;
        // Nothing goes into the foot but what stands there.
        let is_below = |other: &u32| self.constraints.is_above(item, *other);
        let (first, end) = match self.constraints.foot(item) {
            Some(_) => {
                let foot = self.order[c].len() - self.constraints.foot_count(&self.order[c]);
                let place = foot + self.order[c][foot..].iter().take_while(|other| !is_below(other)).count();
                (place, place)
            }
            None => (0, self.order[c].len() - self.constraints.foot_count(&self.order[c])),
        };
        for (place, d) in self.d[..end].iter().enumerate() {
            cost -= d;
            let off = (wish - (place + 1) as f64).abs();
            if cost < least - 1e-12 || cost <= least + 1e-12 && off < far {
                (least, best, far) = (cost, place + 1, off);
            }
        }
        let best = best.max(first);
        self.order[c].insert(best, item);
        for (at, &other) in self.order[c].iter().enumerate().skip(best) {
            self.position[other as usize] = at as u32;
        }
        self.work += self.order[c].len() as u64 / 4 + 8;
    }
}
