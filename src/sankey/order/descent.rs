//! Insertion descent: every item moves to its best place in its column until none wants to.

use super::board::Board;

/// What a move must gain at least, so that rounding cannot move things to and fro.
/// Values are in units of their mean, so real gains are larger by orders, and what rounding makes up is
/// smaller.
const GAIN: f64 = 1e-11;

/// Walks all columns until no item gains by moving, or `deadline` (in the board's steps) has passed.
pub(super) fn descend(board: &mut Board, deadline: u64) -> f64 {
    let mut gained = 0.0;
    let count = board.columns.len();
    // A column is looked at again only where one beside it changed.
    let mut is_settled = vec![false; count];
    while is_settled.contains(&false) {
        for column in 0..count {
            if std::mem::replace(&mut is_settled[column], true) {
                continue;
            }
            let (gain, is_done) = settle(board, column, deadline);
            gained += gain;
            if !is_done {
                return gained;
            }
            if gain > 0.0 {
                is_settled[column.saturating_sub(1)] = false;
                is_settled[(column + 1).min(count - 1)] = false;
                // A group that moved may have opened a way for items of its own column.
                is_settled[column] = !board.columns[column].is_grouped;
            }
        }
    }
    gained
}

/// Settles one column against its neighbours; what that gains, and whether there was time for it.
fn settle(board: &mut Board, column: usize, deadline: u64) -> (f64, bool) {
    let count = board.columns[column].order.len();
    let mut gained = 0.0;
    if count < 2 {
        return (0.0, true);
    }
    let (mut item, mut still) = (0, 0);
    while still < count {
        if board.steps > deadline {
            return (gained, false);
        }
        let from = board.columns[column].place[item] as usize;
        // Sixteen entries that lie side by side cost about as much as one look far away.
        board.steps += count as u64 / 16 + 1;
        if let Some((to, cost)) = board.best_insertion(column, from, count, -GAIN) {
            board.insert(column, from, to);
            gained -= cost;
            still = 0;
        } else {
            still += 1;
        }
        item = (item + 1) % count;
    }
    if board.columns[column].is_grouped {
        gained += settle_groups(board, column);
    }
    (gained, true)
}

/// Lets whole groups change places with what is next to them.
fn settle_groups(board: &mut Board, column: usize) -> f64 {
    let mut gained = 0.0;
    let mut place = 0;
    while place + 1 < board.columns[column].order.len() {
        let first = board.columns[column].block(place, place + 1);
        let next = board.columns[column].block(first.end.min(board.columns[column].order.len() - 1), place);
        if next.start == first.end {
            let cost = board.exchange_cost(column, first.clone(), next.end);
            if cost < -GAIN {
                board.exchange(column, first.clone(), next.end);
                gained -= cost;
            }
        }
        place = first.end;
    }
    gained
}
