//! The best places for the items of one column, when the columns beside it stand still.

/// A run of items that move as one, as they touch.
struct Block {
    first: usize,
    sum: f64,
    weight: f64,
}

/// Least squares with an order kept: `z` becomes the non-falling sequence nearest to `wish`
/// (pool adjacent violators, Ayer et al. 1955).
pub(super) struct Squares {
    blocks: Vec<Block>,
}

impl Squares {
    pub(super) fn new() -> Self {
        Self { blocks: Vec::new() }
    }

    pub(super) fn fit(&mut self, wish: &[(f64, f64)], z: &mut [f64]) {
        self.blocks.clear();
        for (place, &(value, weight)) in wish.iter().enumerate() {
            let mut block = Block { first: place, sum: value * weight, weight };
            while let Some(last) = self.blocks.last()
                // Means compared without a division for each pair.
                && last.sum * block.weight >= block.sum * last.weight
            {
                block.first = last.first;
                block.sum += last.sum;
                block.weight += last.weight;
                self.blocks.pop();
            }
            self.blocks.push(block);
        }
        let mut end = wish.len();
        for block in self.blocks.iter().rev() {
            z[block.first..end].fill(block.sum / block.weight);
            end = block.first;
        }
    }
}
