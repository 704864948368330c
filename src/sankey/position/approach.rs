//! Coming near the least way by a series of easier problems.

use super::Placing;
use super::isotonic::Squares;

/// How far items go beyond where they are pulled, as a share of the way: what would take many small steps
/// takes fewer (successive over-relaxation, Young 1950). Much more than this and columns swing to and fro.
const BEYOND: f64 = 1.3;

/// Sweeps over the columns, each fitted by least squares with weights that turn squares into distances
/// (iteratively reweighted: a pull of `w` at distance `d` counts `w / max(d, blur)`); the blur falls from
/// many pixels to a fraction of one.
pub(super) fn approach(placing: &Placing, y: &mut [f64], sweeps: usize) {
    let pulls = Pulls::new(placing);
    let firsts = firsts(placing);
    let mut squares = Squares::new();
    let mut wishes: Vec<(f64, f64)> = Vec::new();
    let mut z: Vec<f64> = Vec::new();
    // Wide at first, so that things far apart still pull at each other about alike: all find their quarter of the
    // picture before any settles.
    let mut blur = 64.0;
    let columns = placing.order.len();
    // 64 px halved fourteen times are a 256th of a pixel, below what cutting has to put right.
    let halvings = 14.0;
    let fall = power_of_half(halvings / sweeps.max(1) as f64);
    for sweep in 0..sweeps {
        for step in 0..columns {
            // To and fro: what one end wants reaches the other in one sweep rather than in as many as there
            // are columns.
            let column = if sweep % 2 == 0 { step } else { columns - 1 - step };
            let items = &placing.order[column];
            let starts = &pulls.start[firsts[column]..];
            wishes.clear();
            for (&item, ends) in items.iter().zip(starts.windows(2)) {
                let i = item as usize;
                let pulls = &pulls.list[ends[0] as usize..ends[1] as usize];
                let (to, weight) = wish(pulls, y, y[i], placing.home[i], blur);
                wishes.push((to - placing.stacked[i], weight));
            }
            z.resize(items.len(), 0.0);
            squares.fit(&wishes, &mut z);
            placing.put(items, &z, y);
        }
        blur *= fall;
    }
}

/// How many items are in the columns before each.
fn firsts(placing: &Placing) -> Vec<usize> {
    let mut first = 0;
    let count = |column: &Vec<u32>| {
        first += column.len();
        first - column.len()
    };
    placing.order.iter().map(count).collect()
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
    /// Where the pulls of the items begin, column by column, and where the last ones end.
    start: Vec<u32>,
    list: Vec<Pull>,
}

impl Pulls {
    fn new(placing: &Placing) -> Self {
        let net = placing.net;
        let mut start = Vec::with_capacity(net.item_count() + 1);
        let mut list = Vec::with_capacity(2 * net.segments.len());
        for &item in placing.order.iter().flatten() {
            start.push(list.len() as u32);
            for (ends, way) in [(net.left.of(item), 1.0), (net.right.of(item), -1.0)] {
                list.extend(ends.iter().map(|&(other, segment)| Pull {
                    other,
                    shift: way * placing.shift[segment as usize],
                    weight: placing.weight[segment as usize],
                }));
            }
        }
        start.push(list.len() as u32);
        Self { start, list }
    }
}

/// Where an item's neighbours and its former place want it, and how much.
fn wish(pulls: &[Pull], y: &[f64], now: f64, home: Option<(f64, f64)>, blur: f64) -> (f64, f64) {
    let (mut sum, mut weight) = (0.0, 0.0);
    let mut add = |way: f64, pull: f64| {
        let far = way.abs();
        let share = pull / if far > blur { far } else { blur };
        sum += share * way;
        weight += share;
    };
    for pull in pulls {
        add(y[pull.other as usize] + pull.shift - now, pull.weight);
    }
    if let Some((home, pull)) = home {
        add(home - now, pull);
    }
    // An item that nothing pulls at stays where it is, and makes way for any that something does.
    if weight > 1e-12 { (now + BEYOND * sum / weight, weight) } else { (now, 1e-12) }
}

impl Placing<'_> {
    /// Takes over a column's new places, within its room.
    pub(super) fn put(&self, items: &[u32], z: &[f64], y: &mut [f64]) {
        for (&item, &z) in items.iter().zip(z) {
            let i = item as usize;
            // Not `clamp`, which would panic where a pin has left no room and the bounds have crossed by
            // rounding.
            let z = if z > self.low[i] { z } else { self.low[i] };
            y[i] = self.stacked[i] + if z < self.high[i] { z } else { self.high[i] };
        }
    }
}

/// Half to the power of `exponent`, from square roots: alike on every machine.
fn power_of_half(exponent: f64) -> f64 {
    // `powf` differs in its last digits between machines' libraries, and then pictures would; roots are exact
    // everywhere.
    let mut result = 1.0;
    let mut rest = exponent;
    while rest >= 1.0 {
        result *= 0.5;
        rest -= 1.0;
    }
    let mut factor = 0.5_f64;
    // Forty binary digits of the exponent: the rest is beyond the blur's use.
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
