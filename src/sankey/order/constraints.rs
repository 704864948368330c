//! What an order has to keep: hand orders, groups, and what stands at the foot of its column.

use super::super::graph::Graph;

/// Ranks, groups and feet of the items; lanes have none of them.
pub(in super::super) struct Constraints {
    ranks: Vec<Option<i64>>,
    groups: Vec<Option<u32>>,
    feet: Vec<Option<u8>>,
    pub(super) are_there: bool,
    pub(super) have_groups: bool,
}

impl Constraints {
    pub(in super::super) fn new(graph: &Graph) -> Self {
        let ranks: Vec<_> = graph.nodes.iter().map(|node| node.rank.map(i64::from)).collect();
        let groups: Vec<_> = graph.nodes.iter().map(|node| node.group).collect();
        let feet: Vec<_> = graph.nodes.iter().map(|node| node.foot).collect();
        let have_groups = groups.iter().any(Option::is_some);
        let are_there = have_groups || ranks.iter().any(Option::is_some) || feet.iter().any(Option::is_some);
        Self { ranks, groups, feet, are_there, have_groups }
    }

    pub(super) fn rank(&self, item: u32) -> Option<i64> {
        self.ranks.get(item as usize).copied().flatten()
    }

    pub(super) fn group(&self, item: u32) -> Option<u32> {
        self.groups.get(item as usize).copied().flatten()
    }

    /// Where an item stands at the foot of its column.
    pub(super) fn foot(&self, item: u32) -> Option<u8> {
        self.feet.get(item as usize).copied().flatten()
    }

    /// How many of a column's items stand at its foot.
    pub(super) fn foot_count(&self, column: &[u32]) -> usize {
        column.iter().filter(|item| self.foot(**item).is_some()).count()
    }

    /// Whether an order of two items is bound: the first is to be above the second.
    pub(super) fn is_above(&self, upper: u32, lower: u32) -> bool {
        match (self.foot(upper), self.foot(lower)) {
            (None, Some(_)) => true,
            (Some(_), None) => false,
            (Some(upper), Some(lower)) if upper != lower => upper < lower,
            _ => self.rank(upper).zip(self.rank(lower)).is_some_and(|(upper, lower)| upper < lower),
        }
    }

    /// Whether an item may go anywhere above the foot of its column.
    pub(super) fn is_free(&self, item: u32) -> bool {
        self.rank(item).is_none() && self.group(item).is_none() && self.foot(item).is_none()
    }

    /// Brings a column's items into an order that keeps everything, near the one they are in.
    pub(in super::super) fn impose(&self, column: &mut [u32]) {
        if !self.are_there {
            return;
        }
        // Groups gather where their middle item stands.
        let mut blocks: Vec<(usize, Vec<u32>)> = Vec::new();
        for (place, &item) in column.iter().enumerate() {
            let group = self.group(item);
            match blocks.iter_mut().find(|(_, b)| group.is_some() && self.group(b[0]) == group) {
                Some((sum, block)) => {
                    *sum += place;
                    block.push(item);
                }
                None => blocks.push((place, vec![item])),
            }
        }
        // Means are compared by multiplying crosswise, without a division that could round two apart.
        blocks.sort_by(|a, b| (a.0 * b.1.len()).cmp(&(b.0 * a.1.len())));
        let mut blocks: Vec<Vec<u32>> = blocks.into_iter().map(|(_, block)| block).collect();
        for block in &mut blocks {
            sort_ranked(block, |item| self.rank(*item));
        }
        sort_ranked(&mut blocks, |block| block.iter().filter_map(|item| self.rank(*item)).min());
        for (slot, item) in column.iter_mut().zip(blocks.into_iter().flatten()) {
            *slot = item;
        }
        // No foot at all sorts as the highest of them.
        column.sort_by_key(|item| self.foot(*item));
    }
}

/// Sorts those that have a rank among the places they hold; the others stay.
fn sort_ranked<T: Clone>(list: &mut [T], rank: impl Fn(&T) -> Option<i64>) {
    let places: Vec<usize> = (0..list.len()).filter(|i| rank(&list[*i]).is_some()).collect();
    let mut ranked: Vec<T> = places.iter().map(|i| list[*i].clone()).collect();
    ranked.sort_by_key(|item| rank(item));
    for (place, item) in places.into_iter().zip(ranked) {
        list[place] = item;
    }
}
