//! Moves of whole clusters: items that hang together by heavy links change sides with another such set in
//! all columns at once.
//!
//! With skewed amounts a chain of heavy links cannot be moved item by item: each step on the way would lay
//! heavy money across heavy money. Moved together they cross only what is light.

use super::board::Board;
use super::random::Random;

/// Room for finding clusters, kept from one move to the next.
pub(super) struct Clusters {
    /// 0 in none, 1 in the first cluster, 2 in the second; by column and item.
    side: Vec<Vec<u8>>,
    members: Vec<(usize, u32)>,
    log: Vec<(usize, usize, usize)>,
    /// A column's new order in the making.
    target: Vec<u32>,
    /// The weights of all links, for drawing a threshold.
    weights: Vec<f64>,
    /// The item at each end of each link.
    hubs: Vec<(usize, u32)>,
    item_count: usize,
}

impl Clusters {
    pub(super) fn new(board: &Board) -> Self {
        let side: Vec<Vec<u8>> = board.columns.iter().map(|c| vec![0; c.order.len()]).collect();
        let mut weights = Vec::new();
        let mut hubs = Vec::new();
        for (index, column) in board.columns.iter().enumerate() {
            for item in 0..column.order.len() as u32 {
                let count = column.ends_left(item).len() + column.ends_right(item).len();
                // An item is listed once for each link, so that drawing from the list favours those whose
                // place matters to many.
                hubs.extend(std::iter::repeat_n(
                    (index, item),
                    // What stands at the foot stays there.
                    if column.above_foot() > 1 && !column.is_foot(item) { count } else { 0 },
                ));
                weights.extend(column.ends_right(item).iter().map(|end| end.1));
            }
        }
        let item_count = side.iter().map(Vec::len).sum();
        Self { side, members: Vec::new(), log: Vec::new(), target: Vec::new(), weights, hubs, item_count }
    }

    /// Lets the cluster around an item change sides with the one next to it, if that costs no more than
    /// `limit`; returns what it cost.
    pub(super) fn exchange(
        &mut self,
        board: &mut Board,
        column: usize,
        item: u32,
        limit: f64,
        random: &mut Random,
    ) -> Option<f64> {
        if self.weights.is_empty() || board.columns[column].is_foot(item) {
            return None;
        }
        let threshold = self.weights[random.below(self.weights.len() as u32) as usize];
        let most = self.item_count / 2;
        let mut done = None;
        if self.grow(board, column, item, threshold, 1, most)
            && let Some(other) = self.beside(board, column, item, random)
            && self.grow(board, column, other, threshold, 2, most)
        {
            done = self.change_sides(board, limit);
        }
        board.steps += 16 + self.members.len() as u64;
        for (column, item) in self.members.drain(..) {
            self.side[column][item as usize] = 0;
        }
        done
    }

    /// Lets the cluster around an item leap to just above or below another one anywhere in its column, at times
    /// upside down, if that costs no more than `limit`; returns what it cost.
    pub(super) fn leap(
        &mut self,
        board: &mut Board,
        column: usize,
        item: u32,
        limit: f64,
        random: &mut Random,
    ) -> Option<f64> {
        if self.weights.is_empty() || board.columns[column].is_foot(item) {
            return None;
        }
        let threshold = self.weights[random.below(self.weights.len() as u32) as usize];
        let most = self.item_count / 2;
        let mut done = None;
        let toss = random.next();
        let order = &board.columns[column].order[..board.columns[column].above_foot()];
        let other = order[((toss >> 32) as usize * order.len()) >> 32];
        if self.grow(board, column, item, threshold, 1, most) && self.side[column][other as usize] == 0 {
            let first = self.members.len();
            if self.grow(board, column, other, threshold, 2, most) || self.members.len() > first {
                // Above or below by one bit, upside down by two: one leap in four is turned over.
                done = self.land(board, limit, toss & 1 == 1, toss & 6 == 6);
            }
        }
        board.steps += 16 + self.members.len() as u64;
        for (column, item) in self.members.drain(..) {
            self.side[column][item as usize] = 0;
        }
        done
    }

    /// Puts the first cluster right beside the second wherever both are.
    fn land(&mut self, board: &mut Board, limit: f64, is_above: bool, is_turned: bool) -> Option<f64> {
        self.log.clear();
        let mut cost = 0.0;
        for column in 0..board.columns.len() {
            let side = &self.side[column];
            let order = &board.columns[column].order;
            let is_first = |item: &&u32| side[**item as usize] == 1;
            let is_second = |item: &u32| side[*item as usize] == 2;
            let block = order.iter().filter(is_first).count();
            if block == 0 {
                continue;
            }
            self.target.clear();
            self.target.extend(order.iter().filter(|item| !is_first(item)));
            let beside = if is_above {
                self.target.iter().position(is_second)
            } else {
                self.target.iter().rposition(is_second).map(|at| at + 1)
            };
            let Some(at) = beside else { continue };
            self.target.splice(at..at, order.iter().filter(is_first).copied());
            if is_turned {
                self.target[at..at + block].reverse();
            }
            cost += self.follow_target(board, column);
        }
        self.settle_members(board, limit, cost)
    }

    /// Moves an item, chosen by how many links it has, to any place in its column; what depends on it most
    /// follows to its best places, and what depends on those. Taken back if all that costs more than
    /// `limit`.
    pub(super) fn jump(&mut self, board: &mut Board, limit: f64, random: &mut Random) -> Option<f64> {
        if self.hubs.is_empty() {
            return None;
        }
        let (column, item) = self.hubs[random.below(self.hubs.len() as u32) as usize];
        let count = board.columns[column].above_foot();
        let from = board.columns[column].place[item as usize] as usize;
        let toss = random.next() as u32;
        let to = if toss & 1 == 0 {
            random.below(count as u32) as usize
        } else {
            let step = 1 + (toss >> 2 & 3) as usize;
            if toss & 2 == 0 { from.saturating_sub(step) } else { (from + step).min(count - 1) }
        };
        if from == to {
            return None;
        }
        self.log.clear();
        board.steps += 8;
        let mut cost = self.move_item(board, column, from, to);
        self.side[column][item as usize] = 1;
        self.members.push((column, item));
        let mut next = 0;
        // A jump that drags more along is a new picture, and takes as long as one.
        while next < self.members.len() && self.members.len() < 200 {
            let (column, item) = self.members[next];
            next += 1;
            for (beside, is_left) in [(column.wrapping_sub(1), true), (column + 1, false)] {
                let count = board.columns[column].ends_on(is_left, item).len();
                for end in 0..count {
                    let (other, weight) = board.columns[column].ends_on(is_left, item)[end];
                    if self.side[beside][other as usize] != 0
                        || board.columns[beside].is_foot(other)
                        // Less than a third of its money comes from here: it belongs to somebody else.
                        || weight * 3.0 < board.columns[beside].weight(other)
                    {
                        continue;
                    }
                    self.side[beside][other as usize] = 1;
                    self.members.push((beside, other));
                    cost += self.settle(board, beside, other);
                }
            }
        }
        // Once more from the last to the first: those that moved first did so before the others had arrived.
        for index in (0..self.members.len().min(40)).rev() {
            let (column, item) = self.members[index];
            cost += self.settle(board, column, item);
        }
        for (column, item) in self.members.drain(..) {
            self.side[column][item as usize] = 0;
        }
        if cost <= limit {
            return Some(cost);
        }
        for (column, from, to) in self.log.drain(..).rev() {
            board.insert(column, to, from);
        }
        None
    }

    /// Moves an item to its best place.
    fn settle(&mut self, board: &mut Board, column: usize, item: u32) -> f64 {
        let count = board.columns[column].order.len();
        let from = board.columns[column].place[item as usize] as usize;
        board.steps += count as u64 / 16 + 1;
        match board.best_insertion(column, from, count, -1e-11) {
            Some((to, _)) => self.move_item(board, column, from, to),
            None => 0.0,
        }
    }

    /// Marks everything joined to an item by links of at least `threshold`; false if that is too much.
    fn grow(
        &mut self,
        board: &Board,
        column: usize,
        item: u32,
        threshold: f64,
        mark: u8,
        most: usize,
    ) -> bool {
        let first = self.members.len();
        self.side[column][item as usize] = mark;
        self.members.push((column, item));
        let mut next = first;
        while next < self.members.len() {
            let (column, item) = self.members[next];
            next += 1;
            // More than half of everything: the rest would rather move past it.
            if self.members.len() - first > most {
                return false;
            }
            let this = &board.columns[column];
            for (beside, ends) in
                [(column.wrapping_sub(1), this.ends_left(item)), (column + 1, this.ends_right(item))]
            {
                for &(other, weight) in ends {
                    if weight >= threshold
                        && self.side[beside][other as usize] == 0
                        && !board.columns[beside].is_foot(other)
                    {
                        self.side[beside][other as usize] = mark;
                        self.members.push((beside, other));
                    }
                }
            }
        }
        true
    }

    /// The next item above or below that is not of the first cluster.
    fn beside(&self, board: &Board, column: usize, item: u32, random: &mut Random) -> Option<u32> {
        let this = &board.columns[column];
        let place = this.place[item as usize] as usize;
        let is_other = |other: &&u32| self.side[column][**other as usize] == 0 && !this.is_foot(**other);
        if random.below(2) == 0 {
            this.order[..place].iter().rev().find(is_other).copied()
        } else {
            this.order[place + 1..].iter().find(is_other).copied()
        }
    }

    /// Puts the one cluster wholly above the other.
    fn change_sides(&mut self, board: &mut Board, limit: f64) -> Option<f64> {
        // Which is above now: by the first members of both that share a column.
        let (column, second) = self.members.iter().copied().find(|(c, i)| self.side[*c][*i as usize] == 2)?;
        let (_, first) = self.members[0];
        let place = &board.columns[column].place;
        let upper: u8 = if place[first as usize] < place[second as usize] { 2 } else { 1 };
        self.log.clear();
        let mut cost = 0.0;
        // Few columns are left out where clusters are large, and looking at those costs little.
        for column in 0..board.columns.len() {
            let side = &self.side[column];
            let order = &board.columns[column].order;
            if !self.members.iter().any(|member| member.0 == column) {
                continue;
            }
            // From top to bottom each place gets its item; what stood between keeps its place at the end.
            self.target.clear();
            let of = |mark: u8| order.iter().copied().filter(move |item| side[*item as usize] == mark);
            let mut next = of(upper).chain(of(3 - upper));
            let own = |item: &u32| if side[*item as usize] == 0 { Some(*item) } else { next.next() };
            self.target.extend(order.iter().filter_map(own));
            cost += self.follow_target(board, column);
        }
        self.settle_members(board, limit, cost)
    }

    /// Brings a column into the order in `target`; what that costs.
    fn follow_target(&mut self, board: &mut Board, column: usize) -> f64 {
        let mut cost = 0.0;
        board.steps += self.target.len() as u64 / 16;
        for to in 0..self.target.len() {
            let from = board.columns[column].place[self.target[to] as usize] as usize;
            if from != to {
                cost += self.move_item(board, column, from, to);
            }
        }
        cost
    }

    /// Lets the members of both clusters settle near where they came, and takes all back if it costs more than
    /// `limit` with the `cost` so far.
    fn settle_members(&mut self, board: &mut Board, limit: f64, mut cost: f64) -> Option<f64> {
        // Members find better places next to where they came.
        for index in 0..self.members.len() {
            let (column, item) = self.members[index];
            let from = board.columns[column].place[item as usize] as usize;
            board.steps += 2;
            // A dozen places are what a cluster's arrival can have upset; looking through whole columns would
            // cost more than the move.
            if let Some((to, _)) = board.best_insertion(column, from, 12, -1e-11) {
                cost += self.move_item(board, column, from, to);
            }
        }
        if cost <= limit {
            return Some(cost);
        }
        for (column, from, to) in self.log.drain(..).rev() {
            board.insert(column, to, from);
        }
        None
    }

    fn move_item(&mut self, board: &mut Board, column: usize, from: usize, to: usize) -> f64 {
        let cost = board.insertion_cost(column, from, to);
        board.insert(column, from, to);
        self.log.push((column, from, to));
        cost
    }
}
