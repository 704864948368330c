//! Money that comes back: links that do not lead to a later layer, drawn below the nodes.

use super::graph::Graph;
use super::labels::columns_x;
use super::options::LayoutOptions;
use super::proper_graph::ProperGraph;
use super::ribbon::Reach;

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
    pub(super) fn new(graph: &Graph, net: &ProperGraph) -> Self {
        let column = |node: usize| net.column_of[node] as usize;
        let mut list: Vec<Return> = (0..graph.links.len())
            .filter(|link| graph.is_return(*link))
            .map(|link| Return { link: link as u32, level: 0 })
            .collect();
        let ends = |link: u32| &graph.links[link as usize];
        // Short ones first, which gives them the upper levels: long ones pass around them.
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

    /// How far right of its source and left of its target each return turns, outer bands around inner ones,
    /// and the room (px) that this takes left of the first column and right of the last.
    ///
    /// Where the bands beside a column are wider than a third of the space to the next, they get narrower
    /// there: they must not lie over the nodes and links of other columns.
    pub(super) fn reaches(
        &self,
        graph: &Graph,
        net: &ProperGraph,
        options: &LayoutOptions,
        scale: f64,
    ) -> (Vec<(Reach, Reach)>, (f64, f64)) {
        // Bands that turn beside each other must be told apart.
        const APART: f64 = 3.0;
        // The links that go on have the other two thirds.
        const SHARE: f64 = 1.0 / 3.0;
        let count = net.columns.len();
        let (mut right, mut left) = (vec![0.0; count], vec![0.0; count]);
        let ends = |one: &Return| {
            let link = &graph.links[one.link as usize];
            (net.column_of[link.source] as usize, net.column_of[link.target] as usize)
        };
        let mut middles = Vec::with_capacity(self.list.len());
        for one in &self.list {
            let width = graph.value(one.link as usize) * scale;
            let turn = |used: &mut f64| {
                let middle = *used + APART + width / 2.0;
                *used += APART + width;
                middle
            };
            let (source, target) = ends(one);
            middles.push((turn(&mut right[source]), turn(&mut left[target])));
        }
        // At most a quarter of the picture goes to the bands at either side of it.
        let most = (options.width - options.margin_left - options.margin_right) / 4.0;
        let room =
            |used: Option<&f64>| used.filter(|used| **used > 0.0).map_or(0.0, |used| most.min(used + 1.0));
        let outer = (room(left.first()), room(right.last()));
        let columns = columns_x(net, options, outer);
        let narrowest = columns.windows(2).map(|pair| pair[1] - pair[0]).reduce(f64::min);
        let between = narrowest.map_or(0.0, |space| (space - options.node_width) * SHARE);
        let squeeze = |used: f64, is_outer: bool, outer: f64| {
            let room = if is_outer { outer - 1.0 } else { between };
            if used > 0.0 { (room.max(0.0) / used).min(1.0) } else { 1.0 }
        };
        let reach = |middle: f64, squeeze: f64| Reach { middle: middle * squeeze, squeeze };
        let reaches = self.list.iter().zip(middles).map(|(one, middle)| {
            let (source, target) = ends(one);
            (
                reach(middle.0, squeeze(right[source], source + 1 == count, outer.1)),
                reach(middle.1, squeeze(left[target], target == 0, outer.0)),
            )
        });
        (reaches.collect(), outer)
    }
}
