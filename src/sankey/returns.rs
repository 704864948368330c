//! Money that comes back: links that do not lead to a later layer, drawn below the nodes.

use super::graph::Graph;
use super::net::Net;

/// The way of each return below the nodes.
///
/// Returns share a *level* where they do not meet; short ones are above, nearer to the nodes.
pub(super) struct Returns {
    pub(super) list: Vec<Return>,
    /// The largest value on each level.
    pub(super) levels: Vec<f64>,
}

#[derive(Clone, Debug)]
pub(super) struct Return {
    pub(super) link: u32,
    pub(super) level: u32,
}

impl Returns {
    pub(super) fn new(graph: &Graph, net: &Net) -> Self {
        let column = |node: usize| net.column_of[node] as usize;
        let mut list: Vec<Return> = (0..graph.links.len())
            .filter(|link| graph.is_return(*link))
            .map(|link| Return { link: link as u32, level: 0 })
            .collect();
        let ends = |link: u32| &graph.links[link as usize];
        list.sort_by_key(|one| {
            let link = ends(one.link);
            (
                column(link.source) - column(link.target),
                column(link.target),
                link.target,
                link.source,
                one.link,
            )
        });
        let mut used = vec![0_u32; net.columns.len()];
        let mut levels: Vec<f64> = Vec::new();
        for one in &mut list {
            let link = ends(one.link);
            let span = &mut used[column(link.target)..=column(link.source)];
            one.level = span.iter().copied().max().unwrap_or(0);
            span.fill(one.level + 1);
            let value = graph.value(one.link as usize);
            match levels.get_mut(one.level as usize) {
                Some(level) => *level = level.max(value),
                None => levels.push(value),
            }
        }
        Self { list, levels }
    }

    /// How much value passes below the nodes, and in how many levels.
    pub(super) fn need(&self) -> (f64, usize) {
        (self.levels.iter().sum(), self.levels.len())
    }
}
