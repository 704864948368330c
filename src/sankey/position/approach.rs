//! Coming near the least way by a series of easier problems.

use super::Placing;
use super::isotonic::Squares;

/// Sweeps over the columns, each fitted by least squares with weights that turn squares into distances
/// (iteratively reweighted: a pull of `w` at distance `d` counts `w / max(d, blur)`); the blur falls from
/// many pixels to a fraction of one.
pub(super) fn approach(placing: &Placing, y: &mut [f64], sweeps: usize) {
    let pulls = Pulls::new(placing);
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
                let (to, weight) = pulls.wish(y, item, placing.home[item as usize], blur);
                wish.push((to - placing.stacked[item as usize], weight));
            }
            z.resize(items.len(), 0.0);
            squares.fit(&wish, &mut z);
            placing.put(items, &z, y);
        }
        blur *= fall;
    }
}

/// A pull between an item and a joined one, which wants it `shift` below its own place (px).
#[derive(Clone, Copy)]
struct Pull {
    other: u32,
    shift: f64,
    weight: f64,
}

/// The pulls at each item, side by side in the order in which they are asked for.
struct Pulls {
    start: Vec<u32>,
    list: Vec<Pull>,
}

impl Pulls {
    fn new(placing: &Placing) -> Self {
        let net = placing.net;
        let mut start = vec![0; net.item_count()];
        let mut list = Vec::with_capacity(2 * net.segments.len() + net.item_count());
        for &item in placing.order.iter().flatten() {
            start[item as usize] = list.len() as u32;
            for (ends, way) in [(net.left.of(item), 1.0), (net.right.of(item), -1.0)] {
                list.extend(ends.iter().map(|&(other, segment)| Pull {
                    other,
                    shift: way * placing.shift[segment as usize],
                    weight: placing.weight[segment as usize],
                }));
            }
            // The end of an item's pulls.
            list.push(Pull { other: u32::MAX, shift: 0.0, weight: 0.0 });
        }
        Self { start, list }
    }

    /// Where an item's neighbours and its former place want it, and how much.
    fn wish(&self, y: &[f64], item: u32, home: Option<(f64, f64)>, blur: f64) -> (f64, f64) {
        let now = y[item as usize];
        let (mut sum, mut weight) = (0.0, 0.0);
        let mut add = |to: f64, pull: f64| {
            let share = pull / (to - now).abs().max(blur);
            sum += share * (to - now);
            weight += share;
        };
        for pull in &self.list[self.start[item as usize] as usize..] {
            if pull.other == u32::MAX {
                break;
            }
            add(y[pull.other as usize] + pull.shift, pull.weight);
        }
        if let Some((home, pull)) = home {
            add(home, pull);
        }
        if weight > 1e-12 { (now + sum / weight, weight) } else { (now, 1e-12) }
    }
}

impl Placing<'_> {
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
