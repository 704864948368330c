//! Layers with more nodes than pixels: those that are too thin to be seen apart fold into a sheaf in the middle
//! of their column, each beside the next, so that still none lies on another.

/// How far the middles of folded nodes may be from each other (px): the eye takes them for one column.
// Below two pixels: at two, a sheaf would be seen as columns of its own.
const SHEAF: f64 = 1.9;

/// Nodes thinner than this (px) are seen as this high.
pub(super) const SEEN: f64 = 1.0;

/// What rounding may leave of an overlap (px).
// Two hundred of them come to a pixel; nodes that touch exactly must not count as overlapping.
const HAIR: f64 = 0.005;

/// The left and right edge of each node, from its column's left edge on (px), where it is folded.
///
/// `order` lists the columns' items from top to bottom; items from `nodes` on are lanes.
pub(super) fn sheaves(
    order: &[Vec<u32>],
    nodes: usize,
    tops: &[f64],
    heights: &[f64],
    node_width: f64,
) -> Vec<Option<(f64, f64)>> {
    let mut edges = vec![None; nodes];
    let mut sheaf = Sheaf::default();
    for column in order {
        sheaf.gather(column.iter().copied().filter(|item| (*item as usize) < nodes), tops, heights);
        let count = sheaf.strips.len();
        if count < 2 {
            continue;
        }
        // Never wider together than a node, however few they are.
        let width = (SHEAF / (count - 1) as f64).min(node_width / count as f64);
        let left = (node_width - width * count as f64) / 2.0;
        for (item, strip, _) in sheaf.placed.iter().filter(|placed| placed.2) {
            let at = left + width * *strip as f64;
            edges[*item as usize] = Some((at, at + width));
        }
    }
    edges
}

/// The nodes of a column on as few strips beside each other as keep them apart.
#[derive(Default)]
struct Sheaf {
    /// Each node, its strip, and whether it meets another.
    placed: Vec<(u32, usize, bool)>,
    /// Of each strip, where the last node on it ends, and which of `placed` that is.
    strips: Vec<(f64, usize)>,
}

impl Sheaf {
    /// Takes nodes from top to bottom, each to the first strip that is free.
    fn gather(&mut self, items: impl Iterator<Item = u32>, tops: &[f64], heights: &[f64]) {
        self.placed.clear();
        self.strips.clear();
        for item in items {
            let (top, height) = (tops[item as usize], heights[item as usize]);
            let grow = (SEEN - height).max(0.0) / 2.0;
            let (start, end) = (top - grow, top + height + grow);
            let this = self.placed.len();
            let mut free = None;
            let mut meets = false;
            for (strip, (until, last)) in self.strips.iter().enumerate() {
                if *until > start + HAIR {
                    meets = true;
                    self.placed[*last].2 = true;
                } else {
                    free = free.or(Some(strip));
                }
            }
            let strip = free.unwrap_or_else(|| {
                self.strips.push((0.0, 0));
                self.strips.len() - 1
            });
            self.strips[strip] = (end, this);
            self.placed.push((item, strip, meets));
        }
    }
}
