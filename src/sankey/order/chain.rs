//! The best way for a whole chain: the lanes of a long link, or nodes that do nothing but pass on, moved as one.
//!
//! Lane by lane a long link stays where it is, as each lane alone would only bend it. With everything else
//! standing still the best way is a shortest path over the free places of its columns, and is found exactly.

use super::board::Board;

/// What a way must gain at least to be taken.
/// Costs are sums of products of about one, so what rounding leaves is smaller by four digits.
const GAIN: f64 = 1e-11;

/// The chains of a board and room for finding their ways.
pub(super) struct Chains {
    /// The first column of each chain and its items from there on.
    list: Vec<(usize, Vec<u32>)>,
    /// What the best way to each place costs, for the column in hand and the next one.
    cost: Vec<f64>,
    next: Vec<f64>,
    /// Where the best way to each place of each column comes from.
    from: Vec<Vec<u32>>,
    /// What a segment to each place of the next column crosses, and how that changes one place further down.
    row: Vec<f64>,
    change: Vec<f64>,
}

impl Chains {
    /// The chains of at least two items of which none is bound in its order.
    pub(super) fn new(board: &Board) -> Self {
        let mut list = Vec::new();
        let is_link = |column: usize, item: u32| {
            let this = &board.columns[column];
            this.is_free(item) && this.ends_left(item).len() == 1 && this.ends_right(item).len() == 1
        };
        for (first, column) in board.columns.iter().enumerate() {
            for item in (0..column.order.len() as u32).filter(|item| is_link(first, *item)) {
                // It is listed with the chain that begins further left.
                if first > 0 && is_link(first - 1, column.ends_left(item)[0].0) {
                    continue;
                }
                let mut items = vec![item];
                let (mut at, mut last) = (first, item);
                loop {
                    let beyond = board.columns[at].ends_right(last)[0].0;
                    at += 1;
                    if !is_link(at, beyond) {
                        break;
                    }
                    items.push(beyond);
                    last = beyond;
                }
                if items.len() > 1 {
                    list.push((first, items));
                }
            }
        }
        let longest = list.iter().map(|chain: &(usize, Vec<u32>)| chain.1.len()).max().unwrap_or(0);
        Self {
            list,
            cost: Vec::new(),
            next: Vec::new(),
            from: vec![Vec::new(); longest],
            row: Vec::new(),
            change: Vec::new(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// Finds the best way for every chain; what that gains.
    pub(super) fn reroute_all(&mut self, board: &mut Board, deadline: u64) -> f64 {
        let mut gained = 0.0;
        for index in 0..self.list.len() {
            if board.steps > deadline {
                break;
            }
            gained -= self.reroute(board, index);
        }
        gained
    }

    /// Takes a chain to its best way; what that costs, never more than nothing.
    pub(super) fn reroute(&mut self, board: &mut Board, index: usize) -> f64 {
        let (first, items) = self.list[index].clone();
        let mut looks = self.enter(board, first, items[0]);
        for (step, pair) in items.windows(2).enumerate() {
            looks += self.pass(board, first + step, (pair[0], pair[1]), step);
        }
        let last = first + items.len() - 1;
        self.leave(board, last, items[items.len() - 1]);
        board.steps += 4 + looks as u64 / 6;
        let mut place = (0..self.cost.len())
            .min_by(|a, b| self.cost[*a].total_cmp(&self.cost[*b]))
            .expect("a column has a place for what is in it");
        let mut moves = Vec::with_capacity(items.len());
        let mut paid = 0.0;
        // Backwards, as each place remembers where the best way to it came from (dynamic programming).
        for step in (0..items.len()).rev() {
            let column = first + step;
            let from = board.columns[column].place[items[step] as usize] as usize;
            if from != place {
                paid += board.insertion_cost(column, from, place);
                board.insert(column, from, place);
                moves.push((column, from, place));
            }
            if step > 0 {
                place = self.from[step - 1][place] as usize;
            }
        }
        if paid < -GAIN {
            return paid;
        }
        // The sum of the steps may be nothing after all, as moves of one column change what those of the next
        // cost; then all of it is undone, last first.
        for (column, from, to) in moves.into_iter().rev() {
            board.insert(column, to, from);
        }
        0.0
    }

    /// What the segment into a chain's first column crosses, for each place there.
    fn enter(&mut self, board: &Board, column: usize, item: u32) -> usize {
        let (before, this) = (&board.columns[column - 1], &board.columns[column]);
        let (source, weight) = this.ends_left(item)[0];
        let places = this.order.len();
        self.change.clear();
        self.change.resize(places + 1, 0.0);
        let mut below = 0.0;
        let is_at = before.place[source as usize];
        for &other in before.order.iter().filter(|other| **other != source) {
            let is_above = before.place[other as usize] < is_at;
            for &(end, amount) in before.ends_right(other) {
                // Places down to the end's own are above it.
                let until = without(this.place[end as usize], this.place[item as usize]) + 1;
                if is_above {
                    below += amount;
                    self.change[until] -= amount;
                } else {
                    self.change[until] += amount;
                }
            }
        }
        self.cost.clear();
        let mut sum = below;
        for change in &self.change[..places] {
            sum += change;
            self.cost.push(weight * sum);
        }
        self.cost.truncate(this.above_foot());
        before.order.len() + places
    }

    /// Goes on from a column to the next: the least cost for each place there.
    fn pass(&mut self, board: &Board, column: usize, (item, beyond): (u32, u32), step: usize) -> usize {
        let (this, after) = (&board.columns[column], &board.columns[column + 1]);
        let weight = this.ends_right(item)[0].1;
        let places = after.order.len();
        let gone = after.place[beyond as usize];
        // From the topmost place here a segment crosses all that ends above its own end.
        self.row.clear();
        self.row.resize(places + 1, 0.0);
        for &other in this.order.iter().filter(|other| **other != item) {
            for &(end, amount) in this.ends_right(other) {
                self.row[without(after.place[end as usize], gone) + 1] += amount;
            }
        }
        for place in 1..places {
            self.row[place] += self.row[place - 1];
        }
        self.next.clear();
        self.next.resize(after.above_foot(), f64::INFINITY);
        let from = &mut self.from[step];
        from.clear();
        from.resize(places, 0);
        self.change.clear();
        self.change.resize(places + 1, 0.0);
        let mut others = this.order.iter().filter(|other| **other != item);
        for (place, so_far) in self.cost.iter().enumerate() {
            for ((next, from), row) in self.next.iter_mut().zip(from.iter_mut()).zip(&self.row) {
                let cost = so_far + weight * row;
                if cost < *next {
                    (*next, *from) = (cost, place as u32);
                }
            }
            // One place further down, what starts between is above: it crosses the other way.
            let Some(&other) = others.next() else { break };
            let mut sum = 0.0;
            for &(end, amount) in this.ends_right(other) {
                self.change[without(after.place[end as usize], gone) + 1] -= 2.0 * amount;
                sum += amount;
            }
            for (row, change) in self.row[..places].iter_mut().zip(&mut self.change) {
                sum += std::mem::take(change);
                *row += sum;
            }
            self.change[places] = 0.0;
        }
        std::mem::swap(&mut self.cost, &mut self.next);
        2 * this.order.len() * places
    }

    /// Adds what the segment out of a chain's last column crosses.
    fn leave(&mut self, board: &Board, column: usize, item: u32) {
        let (this, after) = (&board.columns[column], &board.columns[column + 1]);
        let (target, weight) = this.ends_right(item)[0];
        let is_at = after.place[target as usize];
        self.change.clear();
        self.change.resize(this.order.len() + 1, 0.0);
        let mut sum = 0.0;
        for (place, &other) in this.order.iter().filter(|other| **other != item).enumerate() {
            for &(end, amount) in this.ends_right(other).iter().filter(|end| end.0 != target) {
                if after.place[end as usize] < is_at {
                    sum += amount;
                    self.change[place + 1] -= amount;
                } else {
                    self.change[place + 1] += amount;
                }
            }
        }
        for (cost, change) in self.cost.iter_mut().zip(&self.change) {
            sum += change;
            *cost += weight * sum;
        }
    }
}

/// A place in a column from which the item at `gone` is taken out.
fn without(place: u32, gone: u32) -> usize {
    (if place > gone { place - 1 } else { place }) as usize
}
