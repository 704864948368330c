//! Coming near the least way by a series of easier problems.

use super::Placing;
use super::isotonic::Squares;

/// Sweeps over the columns, each fitted by least squares with weights that turn squares into distances
/// (iteratively reweighted: a pull of `w` at distance `d` counts `w / max(d, blur)`); the blur falls from
/// many pixels to a fraction of one.
pub(super) fn approach(placing: &Placing, y: &mut [f64], sweeps: usize) {
    let mut squares = Squares::new();
    let mut wish: Vec<(f64, f64)> = Vec::new();
    let mut z: Vec<f64> = Vec::new();
    let mut blur = 64.0;
    let columns = placing.order.len();
    let halvings = 14.0;
    let fall = power_of_half(halvings / sweeps.max(1) as f64);
    for sweep in 0..sweeps {
        for step in 0..columns {
            let column = if sweep % 2 == 0 { step } else { columns - 1 - step };
            let items = &placing.order[column];
            wish.clear();
            for &item in items {
                wish.push(placing.pull(y, item, blur));
            }
            z.resize(items.len(), 0.0);
            squares.fit(&wish, &mut z);
            placing.put(items, &z, y);
        }
        blur *= fall;
    }
}

impl Placing<'_> {
    /// Where an item's neighbours want it, less what is stacked above it, and how much.
    fn pull(&self, y: &[f64], item: u32, blur: f64) -> (f64, f64) {
        let stacked = self.stacked[item as usize];
        let now = y[item as usize];
        let (mut sum, mut weight) = (0.0, 0.0);
        let mut add = |to: f64, pull: f64| {
            let share = pull / (to - now).abs().max(blur);
            sum += share * (to - now);
            weight += share;
        };
        for &(other, segment) in self.net.left.of(item) {
            add(y[other as usize] + self.shift[segment as usize], self.weight[segment as usize]);
        }
        for &(other, segment) in self.net.right.of(item) {
            add(y[other as usize] - self.shift[segment as usize], self.weight[segment as usize]);
        }
        if let Some((home, pull)) = self.home[item as usize] {
            add(home, pull);
        }
        if weight > 1e-12 { (now - stacked + sum / weight, weight) } else { (now - stacked, 1e-12) }
    }

    /// Takes over a column's new places, within its room.
    pub(super) fn put(&self, items: &[u32], z: &[f64], y: &mut [f64]) {
        for (&item, &z) in items.iter().zip(z) {
            let i = item as usize;
            y[i] = self.stacked[i] + z.max(self.low[i]).min(self.high[i]);
        }
    }
}

/// Half to the power of `exponent`, from square roots: alike on every machine.
fn power_of_half(exponent: f64) -> f64 {
    let mut result = 1.0;
    let mut rest = exponent;
    while rest >= 1.0 {
        result *= 0.5;
        rest -= 1.0;
    }
    let mut factor = 0.5_f64;
    for _ in 0..40 {
        factor = factor.sqrt();
        rest *= 2.0;
        if rest >= 1.0 {
            result *= factor;
            rest -= 1.0;
        }
    }
    result
}
