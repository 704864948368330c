//! The last part of the way to the least travel, exactly.
//!
//! As long as a placing is not the best, some set of items gains by moving the same small distance the same
//! way (the travel is an L♮-convex function; Murota 2003). What a set gains at once is the sum of what its
//! items gain one by one, less the straight segments it bends; items that touch push each other. So the
//! best set is a least cut, and when no set gains in either direction nothing can.

use super::Placing;
use super::flow::Flow;

/// What counts as touching, straight or gained nothing (px, and shares of all pulls).
// Above what rounding adds up to in sums over a column of pixels, below anything that is seen.
const NEAR: f64 = 1e-7;

/// Moves sets of items as far as they gain, until none does or `effort` (in looks at an item or a segment)
/// is spent.
pub(super) fn finish(placing: &Placing, y: &mut [f64], effort: u64) {
    // A few cuts alone change little: what they cost is better saved where there is no time for more.
    if effort < 16 * (placing.net.segments.len() + placing.net.item_count()) as u64 {
        return;
    }
    let mut cutter = Cutter::new(placing);
    let mut idle = 0;
    let mut down = true;
    // Nothing to gain downwards, then nothing upwards: that is the proof that it is the best.
    while idle < 2 && cutter.spent < effort {
        if cutter.improve(y, if down { 1.0 } else { -1.0 }) {
            idle = 0;
        } else {
            idle += 1;
            down = !down;
        }
    }
}

struct Cutter<'a> {
    placing: &'a Placing<'a>,
    flow: Flow,
    gain: Vec<f64>,
    side: Vec<bool>,
    set_of: Vec<u32>,
    /// The item above and below each item in its column.
    above: Vec<u32>,
    below: Vec<u32>,
    total: f64,
    spent: u64,
}

const NONE: u32 = u32::MAX;

impl<'a> Cutter<'a> {
    fn new(placing: &'a Placing<'a>) -> Self {
        let count = placing.net.item_count();
        let (mut above, mut below) = (vec![NONE; count], vec![NONE; count]);
        for column in placing.order {
            for pair in column.windows(2) {
                below[pair[0] as usize] = pair[1];
                above[pair[1] as usize] = pair[0];
            }
        }
        let total: f64 = placing.weight.iter().sum();
        let flow = Flow::new(count);
        Self {
            placing,
            flow,
            gain: vec![0.0; count],
            side: Vec::new(),
            set_of: Vec::new(),
            above,
            below,
            total,
            spent: 0,
        }
    }

    fn z(&self, y: &[f64], item: u32) -> f64 {
        y[item as usize] - self.placing.stacked[item as usize]
    }

    /// Finds the best set to move down (`way` 1) or up (-1) and moves each connected part of it.
    fn improve(&mut self, y: &mut [f64], way: f64) -> bool {
        let net = self.placing.net;
        let count = net.item_count();
        // More than all pulls together, whichever way: no cut that breaks it is the least.
        let never = 4.0 * self.total + 1.0;
        self.flow.clear();
        self.gain.fill(0.0);
        for (index, segment) in net.segments.iter().enumerate() {
            let weight = self.placing.weight[index];
            let apart = y[segment.from as usize] + self.placing.shift[index] - y[segment.to as usize];
            if apart.abs() <= NEAR {
                // A straight segment bends whichever of its ends moves alone.
                self.flow.join(segment.from, segment.to, weight, weight);
            } else {
                let cost = weight * way * apart.signum();
                self.gain[segment.from as usize] -= cost;
                self.gain[segment.to as usize] += cost;
            }
        }
        for item in 0..count as u32 {
            let i = item as usize;
            if let Some((home, pull)) = self.placing.home[i] {
                let apart = y[i] - home;
                let is_there = apart.abs() <= NEAR;
                self.gain[i] -= if is_there { pull } else { pull * way * apart.signum() };
            }
            let z = self.z(y, item);
            let stuck =
                if way > 0.0 { z >= self.placing.high[i] - NEAR } else { z <= self.placing.low[i] + NEAR };
            if stuck {
                self.gain[i] -= never;
            }
            let next = if way > 0.0 { self.below[i] } else { self.above[i] };
            if next != NONE && (self.z(y, next) - z).abs() <= NEAR {
                // An item that moves takes along the one it touches; that one may move by itself.
                self.flow.join(item, next, never, 0.0);
            }
        }
        // Rounding in the flow would otherwise feed pushes of nothing for ever.
        let least = self.total * 1e-10;
        self.flow.cut(&self.gain, least, &mut self.side);
        self.spent += self.flow.work + (net.segments.len() + count) as u64;
        self.parts(y);
        let mut moved = false;
        // Parts one after another, as their first items come, with their items side by side.
        let mut chosen: Vec<(u32, u32)> = Vec::new();
        let of_side = (0..count as u32).filter(|item| self.side[*item as usize]);
        chosen.extend(of_side.map(|item| (self.set_of[item as usize], item)));
        chosen.sort_unstable();
        for members in chosen.chunk_by(|a, b| a.0 == b.0) {
            moved |= self.slide(y, members, way);
        }
        moved
    }

    /// Numbers the connected parts of the chosen set by one of their items.
    fn parts(&mut self, y: &[f64]) {
        let net = self.placing.net;
        self.set_of = (0..net.item_count() as u32).collect();
        for (index, segment) in net.segments.iter().enumerate() {
            let apart = y[segment.from as usize] + self.placing.shift[index] - y[segment.to as usize];
            if apart.abs() <= NEAR && self.side[segment.from as usize] && self.side[segment.to as usize] {
                self.unite(segment.from, segment.to);
            }
        }
        for item in 0..net.item_count() as u32 {
            let next = self.below[item as usize];
            if next != NONE
                && self.side[item as usize]
                && self.side[next as usize]
                && (self.z(y, next) - self.z(y, item)).abs() <= NEAR
            {
                self.unite(item, next);
            }
        }
        for item in 0..net.item_count() as u32 {
            self.set_of[item as usize] = self.root(item);
        }
    }

    fn root(&mut self, item: u32) -> u32 {
        let mut root = item;
        while self.set_of[root as usize] != root {
            // Halving paths on the way keeps them short, without a rank to store.
            self.set_of[root as usize] = self.set_of[self.set_of[root as usize] as usize];
            root = self.set_of[root as usize];
        }
        root
    }

    fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        // Always the smaller number, so that parts come in the same order on every run.
        self.set_of[a.max(b) as usize] = a.min(b);
    }

    /// Moves one part as far as it gains: to the bend of its travel where the slope turns.
    fn slide(&mut self, y: &mut [f64], members: &[(u32, u32)], way: f64) -> bool {
        let net = self.placing.net;
        let mut slope = 0.0;
        let mut bends: Vec<(f64, f64)> = Vec::new();
        let mut most = f64::INFINITY;
        let set = members[0].0;
        let is_in = |item: u32| self.side[item as usize] && self.set_of[item as usize] == set;
        let mut pull = |apart: f64, weight: f64| {
            // `apart` is how far the item is beyond where the other end wants it, along the way.
            if apart >= -NEAR {
                slope += weight;
            } else {
                slope -= weight;
                // Past the bend what was drawing it on holds it back: a change of twice the weight.
                bends.push((-apart, 2.0 * weight));
            }
        };
        for &(_, item) in members {
            let i = item as usize;
            for &(other, segment) in net.left.of(item).iter().filter(|end| !is_in(end.0)) {
                let s = segment as usize;
                pull(way * (y[i] - y[other as usize] - self.placing.shift[s]), self.placing.weight[s]);
            }
            for &(other, segment) in net.right.of(item).iter().filter(|end| !is_in(end.0)) {
                let s = segment as usize;
                pull(way * (y[i] + self.placing.shift[s] - y[other as usize]), self.placing.weight[s]);
            }
            if let Some((home, weight)) = self.placing.home[i] {
                pull(way * (y[i] - home), weight);
            }
            let z = self.z(y, item);
            let next = if way > 0.0 { self.below[i] } else { self.above[i] };
            if next != NONE && !is_in(next) {
                most = most.min(way * (self.z(y, next) - z));
            }
            let bound = if way > 0.0 { self.placing.high[i] } else { self.placing.low[i] };
            most = most.min(way * (bound - z));
        }
        // The set gained as a whole; this part of it may have been along for nothing.
        if slope >= -self.total * 1e-11 || most <= NEAR {
            return false;
        }
        bends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut far = most;
        for (at, weight) in bends {
            if at >= most {
                break;
            }
            slope += weight;
            if slope >= 0.0 {
                far = at;
                break;
            }
        }
        self.spent += members.len() as u64;
        for &(_, item) in members {
            y[item as usize] += way * far;
        }
        far > NEAR
    }
}
