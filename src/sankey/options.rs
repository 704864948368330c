//! The frame a layout has to fit, and what it may spend.

use super::graph::Graph;

/// Sizes are px, values what the links are measured in.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutOptions {
    /// The whole picture.
    pub width: f64,
    pub height: f64,
    /// Room kept free of nodes at each side.
    pub margin_left: f64,
    pub margin_right: f64,
    pub margin_top: f64,
    pub margin_bottom: f64,
    pub node_width: f64,
    /// The gap between two nodes of a layer where there is room.
    pub gap: f64,
    /// What gaps may shrink to before amounts do.
    pub min_gap: f64,
    /// The share of the height that gaps may take at most: more nodes get narrower gaps.
    pub gap_share: f64,
    /// The gap beside a lane, the way of a long link through a layer, as a share of the gap.
    pub lane_gap_share: f64,
    /// What each space between two columns takes of the way from the first to the last, in proportion; all alike
    /// where this is empty or there are more spaces or fewer.
    pub column_shares: Vec<f64>,
    /// Between a node and its label.
    pub label_gap: f64,
    /// How far off its node's side a label may be moved.
    pub label_shift: f64,
    /// Whether nodes keep so far apart that each label has room beside its own.
    pub has_room_for_labels: bool,
    /// How much searching for a good order may cost; see [`steps_for_ms`].
    pub budget_steps: u64,
    /// Which of many equally good searches is made; another may find another order.
    pub seed: u64,
    /// A scale to be used whatever the graph (px per unit of value), as for pictures to be compared.
    pub scale: Option<f64>,
    /// How hard nodes are held where they were, in a relayout: 0 not at all, 1 usual.
    pub hold: f64,
}

impl Default for LayoutOptions {
    fn default() -> Self {
        Self {
            width: 1280.0,
            height: 720.0,
            margin_left: 0.0,
            margin_right: 0.0,
            margin_top: 0.0,
            margin_bottom: 0.0,
            node_width: 15.0,
            gap: 8.0,
            min_gap: 0.5,
            gap_share: 0.4,
            lane_gap_share: 0.25,
            column_shares: Vec::new(),
            label_gap: 6.0,
            // A line and a half: further off, the eye takes a label for a neighbour's.
            label_shift: 27.0,
            has_room_for_labels: false,
            budget_steps: 0,
            seed: 1,
            scale: None,
            hold: 1.0,
        }
    }
}

impl LayoutOptions {
    /// The options of a picture so many times as large; what labels take stays as it is.
    #[must_use]
    pub fn magnified(&self, by: f64) -> Self {
        Self {
            width: self.width * by,
            height: self.height * by,
            margin_left: self.margin_left * by,
            margin_right: self.margin_right * by,
            margin_top: self.margin_top * by,
            margin_bottom: self.margin_bottom * by,
            node_width: self.node_width * by,
            gap: self.gap * by,
            min_gap: self.min_gap * by,
            scale: self.scale.map(|scale| scale * by),
            ..self.clone()
        }
    }

    /// The options for so many columns: where these are close, nodes are half as wide as a column's share.
    pub(super) fn fitted(&self, columns: usize) -> Self {
        let share = (self.width - self.margin_left - self.margin_right) / columns.max(1) as f64;
        Self { node_width: self.node_width.min(share / 2.0).max(0.0), ..self.clone() }
    }
}

/// Steps of search that take about a millisecond on a slow core.
///
/// A step is one trial of a move, or as much other work. Counting steps and not time makes a layout
/// the same on every machine.
pub const STEPS_PER_MS: u64 = 45_000;

/// The steps of search a first picture can afford: a millisecond or so where a thousand links flow.
pub fn first_picture_steps(graph: &Graph) -> u64 {
    let links = graph.links.len() as u64;
    // What small graphs save in drawing they may spend on searching.
    let small = 56_000_u64.saturating_sub(links * 45);
    let large = (links * 50).min((links * 80).saturating_sub(44_000));
    small.max(large)
}

/// The steps of search that fill `ms` milliseconds on this graph: where there is much to look at, more of it lies
/// side by side and a step takes less.
pub fn steps_for_graph(graph: &Graph, ms: u64) -> u64 {
    let more = (graph.links.len() as u64).saturating_sub(300).min(500);
    steps_for_ms(ms).saturating_mul(100 + 30 * more / 500) / 100
}

/// The steps of search to be spent where a layout may take `ms` milliseconds.
pub fn steps_for_ms(ms: u64) -> u64 {
    ms.saturating_mul(STEPS_PER_MS)
}
