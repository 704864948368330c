//! How large amounts are drawn: the scale and the gaps that let every column fit the height.
//!
//! Gaps shrink before amounts do. All columns share one gap, so that equal distances mean nothing; it is
//! the preferred one unless the fullest column would spend more than its share of the height on gaps.

use super::fold::SEEN;
use super::graph::{Graph, NodeFlow};
use super::options::LayoutOptions;
use super::proper_graph::ProperGraph;

/// The share of the largest possible scale below which gaps give way further.
// Below it more of the height would be gaps than money.
const LEAST_SHARE: f64 = 0.5;

/// The share of the height that gaps between returns may take.
// A graph of many small returns would otherwise give its height to the white between them.
const RETURN_GAPS: f64 = 0.15;

/// The scale of a picture and the distances it leaves.
#[derive(Clone, Debug)]
pub(super) struct Metrics {
    /// px per unit of value.
    pub(super) scale: f64,
    pub(super) gap: f64,
    pub(super) lane_gap: f64,
    /// The first and the last y (px) where nodes may be.
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Each item's height (px).
    pub(super) heights: Vec<f64>,
    /// Thin nodes keep so much apart (px) as if they were this high.
    seen: f64,
    /// How high each node's label is (px), where nodes make room for labels.
    labels: Vec<f64>,
    node_count: usize,
}

impl Metrics {
    /// The largest scale that fits, or `fixed` where that fits too; `returns` says how much value passes
    /// below the nodes at most, and in how many bands.
    pub(super) fn new(
        net: &ProperGraph,
        graph: &Graph,
        order: &[Vec<u32>],
        options: &LayoutOptions,
        returns: (f64, usize),
        fixed: Option<f64>,
    ) -> Self {
        // A window can be dragged to nothing: a picture of one pixel is of no use, but it divides by no zero.
        let room = (options.height - options.margin_top - options.margin_bottom).max(1.0);
        let worth = worths(net, &graph.flows());
        let lane_share = options.lane_gap_share.clamp(0.0, 1.0);
        let mut widest = 0.0_f64;
        let mut fullest = 0.0_f64;
        for column in order {
            let gaps: f64 = column
                .windows(2)
                .map(|pair| if pair.iter().any(|i| net.is_lane(*i)) { lane_share } else { 1.0 })
                .sum();
            widest = widest.max(gaps);
            fullest = fullest.max(column.iter().map(|item| worth[*item as usize]).sum());
        }
        // The fullest column decides for all, since equal distances are to mean nothing.
        let gap = if widest > 0.0 { options.gap.min(options.gap_share * room / widest) } else { options.gap };
        let mut metrics = Self {
            scale: 0.0,
            // Even the least gap takes no more than half of the height, in whichever column has most of them.
            gap: gap.max(options.min_gap.min(room / (2.0 * widest.max(1.0)))),
            lane_gap: 0.0,
            top: options.margin_top,
            bottom: options.margin_top + room,
            heights: Vec::new(),
            seen: SEEN,
            labels: if options.has_room_for_labels { label_heights(graph) } else { Vec::new() },
            node_count: net.node_count,
        };
        metrics.lane_gap = metrics.gap * lane_share;
        let fits_all = |metrics: &Metrics, scale: f64, columns: &[&Vec<u32>]| {
            let below = metrics.return_room(returns, scale);
            columns.iter().all(|column| metrics.need(column, &worth, scale) + below <= room)
        };
        let all: Vec<&Vec<u32>> = order.iter().collect();
        let fits = |metrics: &Metrics, scale: f64| fits_all(metrics, scale, &all);
        // What comes back passes below every column.
        fullest += returns.0;
        let most = if fullest > 0.0 { room / fullest } else { 0.0 };
        let wished = fixed.or(options.scale).filter(|scale| scale.is_finite() && *scale > 0.0);
        loop {
            metrics.scale = match wished {
                Some(scale) if fits(&metrics, scale) => scale,
                _ => {
                    // Most columns do: bisection then looks at the few that do not, in place of all.
                    // What fits at the largest scale fits at all that are tried.
                    let full = |column: &&Vec<u32>| !fits_all(&metrics, most, &[*column]);
                    let full: Vec<&Vec<u32>> = order.iter().filter(full).collect();
                    largest(most, |scale| fits_all(&metrics, scale, &full))
                }
            };
            let is_large = metrics.scale >= LEAST_SHARE * most || wished == Some(metrics.scale);
            if is_large && fits(&metrics, metrics.scale) || metrics.gap < 1e-9 {
                break;
            }
            // More nodes than pixels, or nearly: gaps go first, then what cannot be seen apart anyway moves
            // together.
            // A twentieth of a pixel apart is no longer seen as apart.
            if metrics.gap < 0.05 {
                metrics.seen *= 0.7;
            }
            // Gaps first, then the room for labels: some of them then have none.
            if metrics.gap < 1.0 {
                metrics.labels.iter_mut().for_each(|height| *height *= 0.9);
            }
            // Some sixty rounds at most from the widest gap to none; smaller steps would cost more for the
            // same picture.
            metrics.gap *= 0.7;
            metrics.lane_gap *= 0.7;
        }
        metrics.bottom -= metrics.return_room(returns, metrics.scale);
        metrics.heights = worth.iter().map(|worth| worth * metrics.scale).collect();
        metrics
    }

    fn return_room(&self, (value, bands): (f64, usize), scale: f64) -> f64 {
        let most = RETURN_GAPS * (self.bottom - self.top);
        if bands == 0 { 0.0 } else { value * scale + ((bands as f64) * self.gap.max(2.0)).min(most) }
    }

    fn need(&self, column: &[u32], worth: &[f64], scale: f64) -> f64 {
        let mut need = 0.0;
        let mut above: Option<(u32, f64)> = None;
        for &item in column {
            let height = worth[item as usize] * scale;
            if let Some((other, other_height)) = above {
                need += self.gap_between((other, other_height), (item, height));
            }
            need += height;
            above = Some((item, height));
        }
        need
    }

    /// The least distance from the foot of one item to the head of the next.
    pub(super) fn gap_between(&self, above: (u32, f64), below: (u32, f64)) -> f64 {
        let is_node = |item: u32| (item as usize) < self.node_count;
        // Thin ones come closer to each other where they are too many: they fold. Next to what is seen they keep
        // their room.
        let is_thin = above.1 < SEEN && below.1 < SEEN;
        let seen = if is_thin || !is_node(above.0) || !is_node(below.0) { self.seen } else { SEEN };
        let unseen = |height: f64| (seen - height).max(0.0) / 2.0;
        let label = |(item, height): (u32, f64)| {
            self.labels.get(item as usize).map_or(0.0, |label| (label - height).max(0.0) / 2.0)
        };
        match (is_node(above.0), is_node(below.0)) {
            // Boxes too thin to be seen as what they are reach half a pixel further.
            (true, true) => self.gap.max(unseen(above.1) + unseen(below.1)).max(label(above) + label(below)),
            (true, false) => self.lane_gap.max(unseen(above.1)),
            (false, true) => self.lane_gap.max(unseen(below.1)),
            (false, false) => self.lane_gap,
        }
    }
}

fn label_heights(graph: &Graph) -> Vec<f64> {
    graph.nodes.iter().map(|node| node.label.map_or(0.0, |label| label.height)).collect()
}

fn worths(net: &ProperGraph, flows: &[NodeFlow]) -> Vec<f64> {
    let mut worth: Vec<f64> = flows.iter().map(|flow| flow.worth()).collect();
    worth.resize(net.item_count(), 0.0);
    for bundle in &net.bundles {
        for lane in bundle.lanes.clone() {
            worth[lane as usize] = bundle.value;
        }
    }
    worth
}

/// The largest number up to `most` that fits, by bisection.
fn largest(most: f64, fits: impl Fn(f64) -> bool) -> f64 {
    if fits(most) {
        return most;
    }
    let (mut low, mut high) = (0.0, most);
    // Halved so often, a picture a thousand pixels high is off by less than a millionth of one.
    for _ in 0..44 {
        let middle = f64::midpoint(low, high);
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
