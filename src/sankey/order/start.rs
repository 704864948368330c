//! First orders: items go to the middle of what they are joined to, back and forth (Sugiyama 1981).

use super::super::net::{Neighbours, Net};
use super::Constraints;

/// Sweeps of weighted barycentres from `order`, both ways in turn, until nothing moves any more.
pub(super) fn barycentre(net: &Net, order: &mut [Vec<u32>], sweeps: usize, constraints: &Constraints) -> u64 {
    let mut position = vec![0.0; net.item_count()];
    for column in order.iter() {
        spread(column, &mut position);
    }
    let mut work = 0;
    for sweep in 0..sweeps {
        let forward = sweep % 2 == 0;
        let mut moved = false;
        for step in 1..order.len() {
            let column = if forward { step } else { order.len() - 1 - step };
            let side = if forward { &net.left } else { &net.right };
            moved |= arrange(net, &mut order[column], side, &mut position, constraints);
        }
        work += (net.segments.len() + 2 * net.item_count()) as u64;
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

fn arrange(
    net: &Net,
    column: &mut [u32],
    side: &Neighbours,
    position: &mut [f64],
    constraints: &Constraints,
) -> bool {
    let mut keyed: Vec<(f64, u32)> = column
        .iter()
        .map(|&item| {
            let (mut sum, mut weight) = (0.0, 0.0);
            for &(other, segment) in side.of(item) {
                let value = net.segments[segment as usize].value;
                sum += value * position[other as usize];
                weight += value;
            }
            (if weight > 0.0 { sum / weight } else { position[item as usize] }, item)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut moved = false;
    for (slot, (_, item)) in column.iter_mut().zip(&keyed) {
        moved |= *slot != *item;
        *slot = *item;
    }
    constraints.impose(column);
    spread(column, position);
    moved
}
