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
    /// The weights of all links, for drawing a threshold.
    weights: Vec<f64>,
    item_count: usize,
}

impl Clusters {
    pub(super) fn new(board: &Board) -> Self {
        let side: Vec<Vec<u8>> = board.columns.iter().map(|c| vec![0; c.order.len()]).collect();
        let mut weights = Vec::new();
        for column in &board.columns {
            for item in 0..column.order.len() as u32 {
                weights.extend(column.ends_right(item).iter().map(|end| end.1));
            }
        }
        let item_count = side.iter().map(Vec::len).sum();
        Self { side, members: Vec::new(), log: Vec::new(), weights, item_count }
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
        if self.weights.is_empty() {
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
        board.steps += self.members.len() as u64;
        for (column, item) in self.members.drain(..) {
            self.side[column][item as usize] = 0;
        }
        done
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
            if self.members.len() - first > most {
                return false;
            }
            let this = &board.columns[column];
            for (beside, ends) in
                [(column.wrapping_sub(1), this.ends_left(item)), (column + 1, this.ends_right(item))]
            {
                for &(other, weight) in ends {
                    if weight >= threshold && self.side[beside][other as usize] == 0 {
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
        let is_other = |other: &&u32| self.side[column][**other as usize] == 0;
        if random.below(2) == 0 {
            this.order[..place].iter().rev().find(is_other).copied()
        } else {
            this.order[place + 1..].iter().find(is_other).copied()
        }
    }

    fn change_sides(&mut self, board: &mut Board, limit: f64) -> Option<f64> {
        self.log.clear();
        let mut cost = 0.0;
        // Which cluster is above now: where they meet first, by the first member of the second.
        let (column, second) = self.members.iter().copied().find(|(c, i)| self.side[*c][*i as usize] == 2)?;
        let (_, first) = self.members[0];
        let place = &board.columns[column].place;
        let upper: u8 = if place[first as usize] < place[second as usize] { 2 } else { 1 };
        let mut columns: Vec<usize> = self.members.iter().map(|member| member.0).collect();
        columns.sort_unstable();
        columns.dedup();
        for &column in &columns {
            let side = &self.side[column];
            let order = &board.columns[column].order;
            let places: Vec<usize> = (0..order.len()).filter(|p| side[order[*p] as usize] != 0).collect();
            let wanted: Vec<u32> = [upper, 3 - upper]
                .iter()
                .flat_map(|mark| places.iter().map(|p| order[*p]).filter(|i| side[*i as usize] == *mark))
                .collect();
            // From top to bottom each place gets its item; what stood between keeps its place at the end.
            let mut target = order.clone();
            for (place, item) in places.iter().zip(wanted) {
                target[*place] = item;
            }
            board.steps += order.len() as u64 / 16;
            for (to, item) in target.into_iter().enumerate() {
                let from = board.columns[column].place[item as usize] as usize;
                if from != to {
                    cost += self.move_item(board, column, from, to);
                }
            }
        }
        // Members find better places next to where they came.
        for index in 0..self.members.len() {
            let (column, item) = self.members[index];
            let from = board.columns[column].place[item as usize] as usize;
            board.steps += 2;
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
