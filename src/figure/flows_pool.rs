//! How the column of a shadow pool is drawn: what runs through the pool has its color, the rest is quiet.

use super::flows::amount_mark;
use super::{Color, Figure, MarkId, Scheme, Shape};
use crate::dimension::{Dimension, NameId};
use crate::flow::breakdown::Grade;
use crate::flow::{FlowGraph, FlowLink, Member, PartKind};
use crate::money::{Money, in_short};

/// Where money is with regard to the pool that a layer shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolSide {
    Inside,
    Outside,
}

/// Whether a node is a pool, or what is outside it; nothing where it is of another layer.
pub fn pool_side(graph: &FlowGraph, node: usize) -> Option<PoolSide> {
    let node = &graph.nodes[node];
    let is_outside = node.member == Member::Name(NameId::NOT_STATED);
    (graph.layers[node.layer] == Dimension::Pool).then_some(if is_outside {
        PoolSide::Outside
    } else {
        PoolSide::Inside
    })
}

pub(super) fn pool_node_color(scheme: Scheme, graph: &FlowGraph, node: usize) -> Option<Color> {
    Some(match pool_side(graph, node)? {
        PoolSide::Inside => scheme.pool(),
        PoolSide::Outside => scheme.muted(),
    })
}

/// A band's color, where it comes from the pool's layer or goes to it; else its own.
pub(super) fn pool_band_color(scheme: Scheme, graph: &FlowGraph, link: &FlowLink, color: Color) -> Color {
    match pool_side(graph, link.source).or_else(|| pool_side(graph, link.target)) {
        Some(PoolSide::Inside) => scheme.pool_band(),
        // It stands back for the pool, as a remainder does.
        Some(PoolSide::Outside) => scheme.rest_band(),
        None => color,
    }
}

/// What a part of a band is hatched by. Where a pool has a column, its own bands show how firmly money is meant and
/// all others how well it is known, so that neither hides the other; without that column the pool's money says the
/// former wherever it runs.
pub(super) fn hatched_grade(graph: &FlowGraph, link: &FlowLink, kind: PartKind) -> Grade {
    let touches_pool = [link.source, link.target].into_iter().any(|node| pool_side(graph, node).is_some());
    if touches_pool || !graph.layers.contains(&Dimension::Pool) { kind.grade } else { kind.known }
}

/// A pool's amount on the way from one picture to the next.
#[derive(Clone, Copy, Debug)]
pub struct RunningTotal {
    mark: MarkId,
    from: Money,
    to: Money,
}

impl RunningTotal {
    /// Nothing where the second graph has no pool.
    pub fn of(before: &FlowGraph, after: &FlowGraph) -> Option<Self> {
        let pool = |graph: &FlowGraph| {
            (0..graph.nodes.len()).find(|node| pool_side(graph, *node) == Some(PoolSide::Inside))
        };
        let node = pool(after)?;
        let from = pool(before).map_or(Money::ZERO, |node| before.nodes[node].amount);
        Some(Self { mark: amount_mark(after, node), from, to: after.nodes[node].amount })
    }

    /// Writes what the amount is at `share` of the way, 0 to 1, into the picture there.
    pub fn show(&self, figure: &mut Figure, share: f64) {
        // How far the animation is may be a float; the amount that is shown on the way is still whole units
        // of money.
        let thousandths = (share.clamp(0.0, 1.0) * 1000.0) as i128;
        let amount =
            Money::from_units(self.from.units() + (self.to - self.from).units() * thousandths / 1000);
        for mark in figure.marks.iter_mut().filter(|mark| mark.id == self.mark) {
            if let Shape::Label(text) = &mut mark.shape {
                text.content = in_short(amount);
            }
        }
    }
}
