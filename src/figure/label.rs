/// Where things that want to stand at `wanted` go so that none overlaps the next: each moves as little as it can.
///
/// `sizes` are their heights (or widths), `wanted` their middles in rising order, `from` and `to` the room they have.
/// The middles come back in the same order. Where there is not room enough they are squeezed evenly.
///
/// Neighbours that would overlap become a block that stands where its members' wishes average; blocks that then
/// overlap become one, and so on.
pub fn spread(wanted: &[f64], sizes: &[f64], from: f64, to: f64) -> Vec<f64> {
    struct Block {
        first: usize,
        members: usize,
        /// Sum over the members of where each wants the block's beginning.
        wishes: f64,
        size: f64,
    }
    impl Block {
        fn start(&self, from: f64, to: f64) -> f64 {
            (self.wishes / self.members as f64).min(to - self.size).max(from)
        }
    }
    let total: f64 = sizes.iter().sum();
    if total > to - from {
        let squeeze = (to - from) / total;
        let mut at = from;
        return sizes
            .iter()
            .map(|size| {
                let middle = at + size * squeeze / 2.0;
                at += size * squeeze;
                middle
            })
            .collect();
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (index, (&middle, &size)) in wanted.iter().zip(sizes).enumerate() {
        blocks.push(Block { first: index, members: 1, wishes: middle - size / 2.0, size });
        while let [.., above, below] = &blocks[..] {
            if above.start(from, to) + above.size <= below.start(from, to) {
                break;
            }
            let wishes = above.wishes + below.wishes - below.members as f64 * above.size;
            let merged = Block {
                first: above.first,
                members: above.members + below.members,
                wishes,
                size: above.size + below.size,
            };
            blocks.truncate(blocks.len() - 2);
            blocks.push(merged);
        }
    }
    let mut middles = Vec::with_capacity(wanted.len());
    for block in &blocks {
        let mut at = block.start(from, to);
        for size in &sizes[block.first..block.first + block.members] {
            middles.push(at + size / 2.0);
            at += size;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_do_not_touch_stay() {
        assert_eq!(spread(&[10.0, 40.0, 80.0], &[10.0; 3], 0.0, 100.0), [10.0, 40.0, 80.0]);
    }

    #[test]
    fn labels_that_touch_make_room_for_each_other() {
        assert_eq!(spread(&[50.0, 50.0], &[10.0; 2], 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(spread(&[2.0, 3.0, 99.0], &[10.0; 3], 0.0, 100.0), [5.0, 15.0, 95.0]);
    }

    #[test]
    fn labels_without_room_are_squeezed_within_it() {
        let middles = spread(&[50.0; 4], &[10.0; 4], 0.0, 20.0);
        assert_eq!(middles, [2.5, 7.5, 12.5, 17.5]);
    }
}
