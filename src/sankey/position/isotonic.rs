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

/// The same with distances instead of squares: blocks stand at weighted medians of what their items
/// are joined to.
pub(super) struct Distances {
    blocks: Vec<MedianBlock>,
}

struct MedianBlock {
    first: usize,
    wishes: Vec<(f64, f64)>,
    at: f64,
}

impl Distances {
    pub(super) fn new() -> Self {
        Self { blocks: Vec::new() }
    }

    /// `wishes` holds each item's list of values and weights; `now` where the items are, which is kept
    /// where nothing is gained by leaving.
    pub(super) fn fit(&mut self, wishes: impl Iterator<Item = Vec<(f64, f64)>>, now: &[f64], z: &mut [f64]) {
        self.blocks.clear();
        for (place, mut wishes) in wishes.enumerate() {
            wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
            let at = median(&wishes, now[place]);
            let mut block = MedianBlock { first: place, wishes, at };
            while let Some(last) = self.blocks.last()
                && last.at > block.at
            {
                let last = self.blocks.pop().expect("just seen");
                block.wishes.extend(last.wishes);
                block.wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
                block.first = last.first;
                block.at = median(&block.wishes, now[last.first]);
            }
            self.blocks.push(block);
        }
        let mut end = z.len();
        for block in self.blocks.iter().rev() {
            z[block.first..end].fill(block.at);
            end = block.first;
        }
    }
}

/// The weighted median next to `now`.
fn median(wishes: &[(f64, f64)], now: f64) -> f64 {
    let half: f64 = wishes.iter().map(|wish| wish.1).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    for (index, &(value, weight)) in wishes.iter().enumerate() {
        sum += weight;
        if sum > half * (1.0 + 1e-12) {
            return value;
        }
        if sum >= half * (1.0 - 1e-12) {
            // Anywhere between this and the next wish is as good.
            let next = wishes.get(index + 1).map_or(value, |wish| wish.0);
            return now.clamp(value, next);
        }
    }
    now
}
