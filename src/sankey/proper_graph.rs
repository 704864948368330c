//! The layered net behind a graph: every long link cut into pieces between neighbouring columns.
//!
//! A link over several columns passes each of them as a *lane*, which is ordered and placed as the
//! nodes are. Links with the same ends travel as one *bundle*.

use std::ops::Range;

use super::graph::Graph;

/// Nodes and lanes ("items") by column, and the segments between neighbouring columns.
pub(super) struct ProperGraph {
    /// Items below this number are the graph's nodes; the rest are lanes.
    pub(super) node_count: usize,
    pub(super) columns: Vec<Vec<u32>>,
    pub(super) column_of: Vec<u32>,
    pub(super) segments: Vec<Segment>,
    pub(super) bundles: Vec<Bundle>,
    /// The bundle of each link; returns have none.
    pub(super) bundle_of: Vec<Option<u32>>,
    pub(super) right: Neighbours,
    pub(super) left: Neighbours,
}

/// A piece of a link from an item to one of the next column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) value: f64,
}

/// All forward links from one node to another.
#[derive(Clone, Debug)]
pub(super) struct Bundle {
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) value: f64,
    pub(super) lanes: Range<u32>,
    pub(super) segments: Range<u32>,
}

/// For each item, the segments on one side of it.
pub(super) struct Neighbours {
    start: Vec<u32>,
    list: Vec<(u32, u32)>,
}

impl Neighbours {
    fn new(item_count: usize, ends: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut start = vec![0_u32; item_count + 1];
        for (item, _) in ends.clone() {
            start[item as usize + 1] += 1;
        }
        for item in 0..item_count {
            start[item + 1] += start[item];
        }
        let mut next = start.clone();
        let mut list = vec![(0, 0); start[item_count] as usize];
        for (segment, (item, other)) in ends.enumerate() {
            list[next[item as usize] as usize] = (other, segment as u32);
            next[item as usize] += 1;
        }
        Self { start, list }
    }

    /// The items at the other end and the segments that lead there.
    pub(super) fn of(&self, item: u32) -> &[(u32, u32)] {
        &self.list[self.start[item as usize] as usize..self.start[item as usize + 1] as usize]
    }
}

impl ProperGraph {
    pub(super) fn new(graph: &Graph) -> Self {
        let mut used: Vec<usize> = graph.nodes.iter().map(|node| node.layer).collect();
        used.sort_unstable();
        used.dedup();
        let node_count = graph.nodes.len();
        let mut columns = vec![Vec::new(); used.len()];
        let mut column_of = Vec::with_capacity(node_count);
        for (index, node) in graph.nodes.iter().enumerate() {
            let column = used.partition_point(|layer| *layer < node.layer);
            columns[column].push(index as u32);
            column_of.push(column as u32);
        }
        let mut net = Self {
            node_count,
            columns,
            column_of,
            segments: Vec::new(),
            bundles: Vec::new(),
            bundle_of: vec![None; graph.links.len()],
            right: Neighbours { start: Vec::new(), list: Vec::new() },
            left: Neighbours { start: Vec::new(), list: Vec::new() },
        };
        net.add_bundles(graph);
        let count = net.column_of.len();
        net.right = Neighbours::new(count, net.segments.iter().map(|s| (s.from, s.to)));
        net.left = Neighbours::new(count, net.segments.iter().map(|s| (s.to, s.from)));
        net
    }

    fn add_bundles(&mut self, graph: &Graph) {
        let mut forward: Vec<(u32, u32, u32)> = (0..graph.links.len())
            .filter(|link| !graph.is_return(*link))
            .map(|link| (graph.links[link].source as u32, graph.links[link].target as u32, link as u32))
            .collect();
        forward.sort_unstable();
        for (source, target, link) in forward {
            let value = graph.value(link as usize);
            if let Some(last) = self.bundles.last_mut()
                && (last.source, last.target) == (source, target)
            {
                last.value += value;
                self.bundle_of[link as usize] = Some(self.bundles.len() as u32 - 1);
                continue;
            }
            let first_lane = self.column_of.len() as u32;
            for column in self.column_of[source as usize] + 1..self.column_of[target as usize] {
                self.columns[column as usize].push(self.column_of.len() as u32);
                self.column_of.push(column);
            }
            self.bundle_of[link as usize] = Some(self.bundles.len() as u32);
            let lanes = first_lane..self.column_of.len() as u32;
            self.bundles.push(Bundle { source, target, value, lanes, segments: 0..0 });
        }
        for bundle in &mut self.bundles {
            let first = self.segments.len() as u32;
            let mut from = bundle.source;
            for to in bundle.lanes.clone().chain([bundle.target]) {
                self.segments.push(Segment { from, to, value: bundle.value });
                from = to;
            }
            bundle.segments = first..self.segments.len() as u32;
        }
    }

    pub(super) fn item_count(&self) -> usize {
        self.column_of.len()
    }

    pub(super) fn is_lane(&self, item: u32) -> bool {
        item as usize >= self.node_count
    }
}
