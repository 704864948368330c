//! First orders: items go to the middle of what they are joined to, back and forth (Sugiyama 1981).

use super::super::proper_graph::{Neighbours, ProperGraph};
use super::Constraints;

/// Sweeps of weighted barycentres from `order`, both ways in turn, until nothing moves any more.
pub(super) fn barycentre(
    net: &ProperGraph,
    order: &mut [Vec<u32>],
    sweeps: usize,
    constraints: &Constraints,
) -> u64 {
    let mut position = vec![0.0; net.item_count()];
    for column in order.iter() {
        spread(column, &mut position);
    }
    let mut work = 0;
    let mut scratch = Scratch::default();
    for sweep in 0..sweeps {
        let forward = sweep % 2 == 0;
        let mut moved = false;
        for step in 1..order.len() {
            let column = if forward { step } else { order.len() - 1 - step };
            let side = if forward { &net.left } else { &net.right };
            moved |= scratch.arrange(net, &mut order[column], side, &mut position, constraints);
        }
        work += (net.segments.len() + 2 * net.item_count()) as u64;
        // The first sweep looks to one side only, so its peace says nothing of the other.
        if !moved && sweep > 0 {
            break;
        }
    }
    work
}

/// A column's places as shares of it, so that short and long columns pull alike.
fn spread(column: &[u32], position: &mut [f64]) {
    let scale = 1000.0 / column.len().max(1) as f64;
    for (place, item) in column.iter().enumerate() {
        position[*item as usize] = (place as f64 + 0.5) * scale;
    }
}

/// Room for sorting a column.
#[derive(Default)]
struct Scratch {
    /// Where an item wants to be (as bits, which sort as the numbers do, as none is below 0), its place
    /// now, and who it is.
    keyed: Vec<(u64, u32, u32)>,
}

impl Scratch {
    fn arrange(
        &mut self,
        net: &ProperGraph,
        column: &mut [u32],
        side: &Neighbours,
        position: &mut [f64],
        constraints: &Constraints,
    ) -> bool {
        self.keyed.clear();
        for (place, &item) in column.iter().enumerate() {
            let (mut sum, mut weight) = (0.0, 0.0);
            for &(other, segment) in side.of(item) {
                let value = net.segments[segment as usize].value;
                sum += value * position[other as usize];
                weight += value;
            }
            let ends = side.of(item);
            let wish: f64 = if weight > 0.0 {
                sum / weight
            } else if ends.is_empty() {
                position[item as usize]
            } else {
                // Links that carry nothing pull alike.
                ends.iter().map(|end| position[end.0 as usize]).sum::<f64>() / ends.len() as f64
            };
            // Integers sort faster than floats, and the place keeps equals in their order without a stable
            // sort.
            self.keyed.push((wish.max(0.0).to_bits(), place as u32, item));
        }
        if self.keyed.is_sorted() {
            return false;
        }
        self.keyed.sort_unstable();
        for (slot, (_, _, item)) in column.iter_mut().zip(&self.keyed) {
            *slot = *item;
        }
        constraints.impose(column);
        spread(column, position);
        true
    }
}
