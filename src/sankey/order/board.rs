//! An order in the making, with what every exchange of two items of a column would cost.
//!
//! For two items `u`, `v` of a column the board keeps `d[u][v]`: the crossings with `u` above `v` less
//! those with `v` above `u`, given the orders of the columns beside it. Moving `u` up past `v` therefore
//! costs `d[u][v]`, read at once; the price is paid when a move is made: then the columns beside it learn
//! that two of their neighbours changed places, one entry for each pair of links (the same pairs that a
//! count from scratch would look at to weigh the move).

use std::ops::Range;

use super::super::proper_graph::ProperGraph;
use super::Constraints;
use super::ends::{Ends, amounts, ends, unit, weigh_side};

/// More than any crossings: what it costs to break a hand order.
/// Squares of sums of it still fit a float, and anything real added to it is lost.
const FORBIDDEN: f64 = 1e200;

pub(super) struct Board {
    pub(super) columns: Vec<BoardColumn>,
    /// Work done since the board was made, in steps.
    pub(super) steps: u64,
}

pub(super) struct BoardColumn {
    /// The net's items; everything else here speaks of indices into this list.
    items: Vec<u32>,
    pub(super) order: Vec<u32>,
    pub(super) place: Vec<u32>,
    d: Vec<f64>,
    weights: Vec<f64>,
    groups: Vec<Option<u32>>,
    pub(super) is_grouped: bool,
    /// Which items may go anywhere above the foot.
    is_free: Vec<bool>,
    /// How many items stand at the foot, where nothing else goes.
    foot: usize,
    left: Ends,
    right: Ends,
}

/// A board's order with its matrices.
#[derive(Default)]
pub(super) struct KeptOrder(Vec<KeptColumn>);

#[derive(Clone, Default)]
struct KeptColumn {
    order: Vec<u32>,
    place: Vec<u32>,
    d: Vec<f64>,
}

/// Steps an entry-by-entry piece of work counts for: a trial touches a few entries far apart, and these
/// are side by side.
const ENTRIES_PER_STEP: u64 = 12;

impl Board {
    /// The number of matrix entries a board of this net needs.
    pub(super) fn entries(net: &ProperGraph) -> usize {
        net.columns.iter().map(|column| column.len() * column.len()).sum()
    }

    /// The steps it takes to fill it.
    pub(super) fn cost(net: &ProperGraph) -> u64 {
        let mut cost = 0;
        let mut segments = vec![0; net.columns.len() + 1];
        for segment in &net.segments {
            segments[net.column_of[segment.to as usize] as usize] += 1;
        }
        for (column, items) in net.columns.iter().enumerate() {
            cost += items.len() * (items.len() + usize::midpoint(segments[column], segments[column + 1]));
        }
        cost as u64 / ENTRIES_PER_STEP
    }

    pub(super) fn new(net: &ProperGraph, order: &[Vec<u32>], constraints: &Constraints) -> Self {
        Self::of(net, order, constraints, &amounts(net))
    }

    /// A board on which the segments weigh what `amounts` says.
    pub(super) fn of(
        net: &ProperGraph,
        order: &[Vec<u32>],
        constraints: &Constraints,
        amounts: &[f64],
    ) -> Self {
        let mut local = vec![0_u32; net.item_count()];
        for column in &net.columns {
            for (index, &item) in column.iter().enumerate() {
                local[item as usize] = index as u32;
            }
        }
        let columns = net
            .columns
            .iter()
            .zip(order)
            .map(|(items, order)| {
                let order: Vec<u32> = order.iter().map(|item| local[*item as usize]).collect();
                let mut place = vec![0; items.len()];
                for (position, &item) in order.iter().enumerate() {
                    place[item as usize] = position as u32;
                }
                let groups: Vec<_> = items.iter().map(|item| constraints.group(*item)).collect();
                let is_grouped = groups.iter().any(Option::is_some);
                let (left, right) =
                    (ends(items, &net.left, &local, amounts), ends(items, &net.right, &local, amounts));
                let sum = |ends: &Ends, item| ends.of(item).iter().map(|end| end.1).sum::<f64>();
                let weights = (0..items.len() as u32).map(|i| sum(&left, i).max(sum(&right, i))).collect();
                BoardColumn {
                    weights,
                    is_grouped,
                    groups,
                    // What is not of a group could part one.
                    is_free: items.iter().map(|item| !is_grouped && constraints.is_free(*item)).collect(),
                    foot: constraints.foot_count(items),
                    order,
                    place,
                    d: vec![0.0; items.len() * items.len()],
                    left,
                    right,
                    items: items.clone(),
                }
            })
            .collect();
        let mut board = Self { columns, steps: 0 };
        for column in 0..board.columns.len() {
            board.weigh(column);
            board.forbid(column, constraints);
        }
        board
    }

    /// The order as the net knows it.
    pub(super) fn order(&self) -> Vec<Vec<u32>> {
        let items = |c: &BoardColumn| c.order.iter().map(|item| c.items[*item as usize]).collect();
        self.columns.iter().map(items).collect()
    }

    /// All that has to be known to come back to this order, at the price of a copy.
    pub(super) fn keep(&self, kept: &mut KeptOrder) {
        kept.0.resize(self.columns.len(), KeptColumn::default());
        for (column, kept) in self.columns.iter().zip(&mut kept.0) {
            kept.order.clone_from(&column.order);
            kept.place.clone_from(&column.place);
            kept.d.clone_from(&column.d);
        }
    }

    /// Comes back to a kept order of this board.
    pub(super) fn come_back(&mut self, kept: &KeptOrder) {
        for (column, kept) in self.columns.iter_mut().zip(&kept.0) {
            column.order.clone_from(&kept.order);
            column.place.clone_from(&kept.place);
            column.d.clone_from(&kept.d);
            self.steps += 1 + column.d.len() as u64 / (8 * ENTRIES_PER_STEP);
        }
    }

    /// Puts the columns into another order of the net's items.
    pub(super) fn restore(&mut self, orders: &[Vec<u32>], constraints: &Constraints) {
        for (column, order) in self.columns.iter_mut().zip(orders) {
            for (position, item) in order.iter().enumerate() {
                // Columns list their nodes and then their lanes in rising order.
                let index = column.items.partition_point(|other| other < item) as u32;
                column.order[position] = index;
                column.place[index as usize] = position as u32;
            }
        }
        for column in 0..self.columns.len() {
            self.columns[column].d.fill(0.0);
            self.weigh(column);
            self.forbid(column, constraints);
        }
    }

    /// Fills a column's matrix from the orders beside it.
    fn weigh(&mut self, column: usize) {
        let mut d = std::mem::take(&mut self.columns[column].d);
        let mut work = 0;
        if column > 0 {
            work += weigh_side(&mut d, &self.columns[column].left, &self.columns[column - 1].place);
        }
        if column + 1 < self.columns.len() {
            work += weigh_side(&mut d, &self.columns[column].right, &self.columns[column + 1].place);
        }
        let n = self.columns[column].items.len();
        for u in 0..n {
            for v in u + 1..n {
                // Half of the work: what one order costs more than the other is what that one costs less.
                d[v * n + u] = -d[u * n + v];
            }
        }
        self.steps += (work + (n * n) as u64) / ENTRIES_PER_STEP;
        self.columns[column].d = d;
    }

    fn forbid(&mut self, column: usize, constraints: &Constraints) {
        if !constraints.are_there {
            return;
        }
        let column = &mut self.columns[column];
        let n = column.items.len();
        for u in 0..n {
            for v in 0..n {
                if constraints.is_above(column.items[u], column.items[v]) {
                    column.d[u * n + v] = -FORBIDDEN;
                    column.d[v * n + u] = FORBIDDEN;
                }
            }
        }
    }

    /// Makes it dear to exchange nodes that were there before: pairs that gain less stay as they were.
    ///
    /// `cost` is what all crossings of the order cost. The price is such that exchanging a two-hundredth of
    /// all pairs has to save a fiftieth of it.
    pub(super) fn favour(
        &mut self,
        net: &ProperGraph,
        order: &[Vec<u32>],
        former: &[Option<f64>],
        cost: f64,
    ) {
        // Below this price nodes move for gains that nobody sees; above it a picture keeps crossings that are
        // plainly in the way.
        const PRICE: f64 = 0.02 / 0.005;
        let is_known = |item: &u32| !net.is_lane(*item) && former[*item as usize].is_some();
        let count = |column: &Vec<u32>| column.iter().filter(|item| is_known(item)).count();
        let pairs: usize = order.iter().map(count).map(|n| n * n.saturating_sub(1) / 2).sum();
        let unit = unit(net);
        let price = PRICE * cost / (unit * unit) / pairs.max(1) as f64;
        for column in &mut self.columns {
            let n = column.items.len();
            for (place, &u) in column.order.iter().enumerate() {
                for &v in &column.order[place + 1..] {
                    if is_known(&column.items[u as usize]) && is_known(&column.items[v as usize]) {
                        column.d[u as usize * n + v as usize] -= price;
                        column.d[v as usize * n + u as usize] += price;
                    }
                }
            }
        }
    }

    /// What it costs the item at `from` to pass each other item of its column upwards.
    pub(super) fn passing(&self, column: usize, from: usize) -> &[f64] {
        self.columns[column].row(self.columns[column].order[from])
    }

    /// What the item at `from` gains or loses on its way to `to`, place by place.
    pub(super) fn insertion_cost(&self, column: usize, from: usize, to: usize) -> f64 {
        let column = &self.columns[column];
        let row = column.row(column.order[from]);
        if to < from {
            column.order[to..from].iter().map(|other| row[*other as usize]).sum()
        } else {
            -column.order[from + 1..=to].iter().map(|other| row[*other as usize]).sum::<f64>()
        }
    }

    /// The best place for the item at `from` no further away than `reach`, and what moving there costs
    /// (below zero) if that is less than `limit`.
    pub(super) fn best_insertion(
        &self,
        column: usize,
        from: usize,
        reach: usize,
        limit: f64,
    ) -> Option<(usize, f64)> {
        let column = &self.columns[column];
        let item = column.order[from];
        let row = column.row(item);
        let mut best = None;
        let mut least = limit;
        let mut cost = 0.0;
        for to in (from.saturating_sub(reach)..from).rev() {
            cost += row[column.order[to] as usize];
            if cost > FORBIDDEN / 2.0 {
                break;
            }
            if cost < least && column.may_stand(item, to.checked_sub(1), to) {
                least = cost;
                best = Some(to);
            }
        }
        cost = 0.0;
        for to in from + 1..column.order.len().min(from + reach + 1) {
            cost -= row[column.order[to] as usize];
            if cost > FORBIDDEN / 2.0 {
                break;
            }
            if cost < least && column.may_stand(item, Some(to), to + 1) {
                least = cost;
                best = Some(to);
            }
        }
        best.map(|to| (to, least))
    }

    /// Moves the item at `from` to `to`; those between make room.
    pub(super) fn insert(&mut self, column: usize, from: usize, to: usize) {
        if to < from {
            self.exchange(column, to..from, from + 1);
        } else {
            self.exchange(column, from..from + 1, to + 1);
        }
    }

    /// The cost of exchanging the block of places `first` with the one from its end up to `end`.
    pub(super) fn exchange_cost(&self, column: usize, first: Range<usize>, end: usize) -> f64 {
        let column = &self.columns[column];
        let second = &column.order[first.end..end];
        column.order[first]
            .iter()
            .map(|u| second.iter().map(|v| -column.row(*u)[*v as usize]).sum::<f64>())
            .sum()
    }

    /// Exchanges the block of places `first` with the one from its end up to `end`.
    pub(super) fn exchange(&mut self, column: usize, first: Range<usize>, end: usize) {
        let (before, rest) = self.columns.split_at_mut(column);
        let (this, after) = rest.split_first_mut().expect("the column exists");
        let mut work = 0;
        for place in first.clone() {
            for other in first.end..end {
                let (u, v) = (this.order[place], this.order[other]);
                // Only these two columns can see the exchange: crossings are between neighbours.
                if let Some(beside) = before.last_mut() {
                    work += beside.learn(this.left.of(u), this.left.of(v));
                }
                if let Some(beside) = after.first_mut() {
                    work += beside.learn(this.right.of(u), this.right.of(v));
                }
            }
        }
        self.steps += 1 + (work + (end - first.start) as u64) / 4;
        this.order[first.start..end].rotate_left(first.len());
        for place in first.start..end {
            this.place[this.order[place] as usize] = place as u32;
        }
    }
}

impl BoardColumn {
    /// The larger of what flows in and out of an item (mean values).
    pub(super) fn weight(&self, item: u32) -> f64 {
        self.weights[item as usize]
    }

    /// Whether an item stands at the foot.
    pub(super) fn is_foot(&self, item: u32) -> bool {
        self.place[item as usize] as usize >= self.above_foot()
    }

    /// Whether an item may go anywhere above the foot of the column.
    pub(super) fn is_free(&self, item: u32) -> bool {
        self.is_free[item as usize]
    }

    /// How many places are above the foot, from the top down.
    pub(super) fn above_foot(&self) -> usize {
        self.order.len() - self.foot
    }

    pub(super) fn ends_on(&self, is_left: bool, item: u32) -> &[(u32, f64)] {
        if is_left { self.left.of(item) } else { self.right.of(item) }
    }

    pub(super) fn ends_left(&self, item: u32) -> &[(u32, f64)] {
        self.left.of(item)
    }

    pub(super) fn ends_right(&self, item: u32) -> &[(u32, f64)] {
        self.right.of(item)
    }

    fn row(&self, item: u32) -> &[f64] {
        let n = self.items.len();
        &self.d[item as usize * n..(item as usize + 1) * n]
    }

    /// Takes note that an item beside, with ends `upper` here, went from above to below one with ends
    /// `lower`: each pair of links that was apart now crosses, and the other way round.
    fn learn(&mut self, upper: &[(u32, f64)], lower: &[(u32, f64)]) -> u64 {
        let n = self.items.len();
        for &(x, x_amount) in upper {
            for &(y, y_amount) in lower {
                // An end both share gets its own difference twice, once each way: it stays nothing.
                let change = 2.0 * x_amount * y_amount;
                self.d[x as usize * n + y as usize] += change;
                self.d[y as usize * n + x as usize] -= change;
            }
        }
        (upper.len() * lower.len()) as u64
    }

    /// Could `item` stand between these two places without parting a group or leaving its own?
    fn may_stand(&self, item: u32, above: Option<usize>, below: usize) -> bool {
        if !self.is_grouped {
            return true;
        }
        let group_at = |place: usize| self.order.get(place).and_then(|other| self.groups[*other as usize]);
        let (above, below) = (above.and_then(group_at), group_at(below));
        match self.groups[item as usize] {
            Some(own) => above == Some(own) || below == Some(own),
            None => above.is_none() || above != below,
        }
    }

    /// The block of places that has to move as one with `place` when it meets `beside`: its group, unless
    /// both are of it.
    pub(super) fn block(&self, place: usize, beside: usize) -> Range<usize> {
        let group = |place: usize| self.groups[self.order[place] as usize];
        let own = group(place);
        if own.is_none() || own == group(beside) {
            return place..place + 1;
        }
        let start = (0..place).rev().take_while(|p| group(*p) == own).last().unwrap_or(place);
        let end = (place + 1..self.order.len()).take_while(|p| group(*p) == own).last().unwrap_or(place);
        start..end + 1
    }
}
