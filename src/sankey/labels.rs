//! Labels beside their nodes: the largest money first, none on another, none outside the picture.

use super::graph::{Graph, NodeFlow};
use super::options::LayoutOptions;
use super::proper_graph::ProperGraph;

/// Where a node's label is drawn (px).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelBox {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
    /// Is the label right of its node?
    pub is_right: bool,
}

/// The widest label (px) there is room for beside a layer's nodes, and on which side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelRoom {
    pub layer: usize,
    pub width: f64,
    pub is_right: bool,
}

/// Between labels that meet from two layers (px).
// About a letter: closer, two names would be read as one.
const BETWEEN: f64 = 8.0;

/// What sums of widths may be off by (px): a label may be as wide as its margin.
const ROUNDED: f64 = 1e-6;

/// The room for labels beside each layer of a graph, before it is laid out: the caller may shorten texts
/// to it. Layers without nodes have none.
pub fn label_room(graph: &Graph, options: &LayoutOptions) -> Vec<LabelRoom> {
    let net = ProperGraph::new(graph);
    let options = &options.fitted(net.columns.len());
    let columns = columns_x(&net, options, (0.0, 0.0));
    let rooms = rooms(graph, &net, options, &columns);
    let mut layers: Vec<usize> = graph.nodes.iter().map(|node| node.layer).collect();
    layers.sort_unstable();
    layers.dedup();
    let one = |(layer, room): (usize, Room)| LabelRoom { layer, width: room.width, is_right: room.is_right };
    layers.into_iter().zip(rooms).map(one).collect()
}

/// The left edge of each column; `extra` is room for returns left of the first and right of the last.
pub(super) fn columns_x(net: &ProperGraph, options: &LayoutOptions, extra: (f64, f64)) -> Vec<f64> {
    let left = options.margin_left + extra.0;
    let right = (options.width - options.margin_right - extra.1 - options.node_width).max(left);
    let steps = net.columns.len().saturating_sub(1);
    let first = if steps == 0 { f64::midpoint(left, right) } else { left };
    let shares = &options.column_shares;
    let all: f64 = shares.iter().sum();
    let is_shared_out = shares.len() == steps && all > 0.0 && shares.iter().all(|share| *share >= 0.0);
    let until = |column: usize| {
        if is_shared_out {
            shares[..column].iter().sum::<f64>() / all
        } else {
            column as f64 / steps.max(1) as f64
        }
    };
    (0..net.columns.len()).map(|column| first + (right - left) * until(column)).collect()
}

#[derive(Clone, Copy, Debug)]
struct Room {
    width: f64,
    is_right: bool,
}

/// Labels go right of the left columns' nodes and left of the right columns'; where they meet, in one of
/// the spaces between columns, they share it. That space is the one where least would be cut.
fn rooms(graph: &Graph, net: &ProperGraph, options: &LayoutOptions, columns: &[f64]) -> Vec<Room> {
    let count = columns.len();
    let widest = |column: usize| {
        let widths = net.columns[column].iter().filter(|item| !net.is_lane(**item));
        let width = |item: &u32| graph.nodes[*item as usize].label.map_or(0.0, |label| label.width);
        widths.map(width).fold(0.0, f64::max)
    };
    let beside_left = |column: usize| {
        let until = if column == 0 { 0.0 } else { columns[column - 1] + options.node_width + BETWEEN };
        (columns[column] - options.label_gap - until).max(0.0)
    };
    let beside_right = |column: usize| {
        let from = columns[column] + options.node_width + options.label_gap;
        // Nearer to the next column than to its own: there is no word of that one.
        let until = if column + 1 == count { options.width } else { columns[column + 1] - BETWEEN };
        (until - from).max(0.0)
    };
    // Outside is where labels lie on no band. Thirty pixels are some four letters, even where names are
    // short.
    let has_room = |room: f64, widest: f64| room + ROUNDED >= widest.max(30.0);
    let outer_left = count > 0 && has_room(beside_left(0), widest(0));
    let outer_right = count > 1 && has_room(beside_right(count - 1), widest(count - 1));
    let mut rooms: Vec<Room> =
        (0..count).map(|column| Room { width: beside_right(column), is_right: true }).collect();
    if outer_left && count > 1 {
        rooms[0] = Room { width: beside_left(0), is_right: false };
    }
    if count < 2 || outer_right {
        return rooms;
    }
    // The last column that has its labels on the right; the one after it shares that space.
    let first = usize::from(outer_left);
    let shared = |left: usize| {
        (columns[left + 1] - columns[left] - options.node_width - 2.0 * options.label_gap - BETWEEN).max(0.0)
    };
    let cut = |left: usize| {
        let shared = shared(left);
        let over = |wish: f64, room: f64| (wish - room).max(0.0);
        over(widest(left) + widest(left + 1), shared)
    };
    // Where two spaces cut as little, the one nearer to the middle: the picture stays even.
    let near = |left: usize| (2 * left + 2).abs_diff(count);
    let Some(left) = (first.min(count - 2)..count - 1)
        .min_by(|a, b| cut(*a).total_cmp(&cut(*b)).then(near(*a).cmp(&near(*b))))
    else {
        return rooms;
    };
    for (column, room) in rooms.iter_mut().enumerate().skip(left + 1) {
        *room = Room { width: beside_left(column), is_right: false };
    }
    if left >= first && !(outer_left && left == 0) {
        let shared = shared(left);
        let (a, b) = (widest(left), widest(left + 1));
        // Neither column loses its names altogether to the other's long ones.
        let wide =
            if a + b <= shared { a } else { (shared * a / (a + b)).clamp(shared * 0.35, shared * 0.65) };
        rooms[left].width = wide.min(shared);
        rooms[left + 1].width = shared - rooms[left].width;
    }
    rooms
}

/// Places the labels of all nodes that get one.
pub(super) fn place_labels(
    graph: &Graph,
    net: &ProperGraph,
    options: &LayoutOptions,
    columns: &[f64],
    tops: &[f64],
    heights: &[f64],
) -> Vec<Option<LabelBox>> {
    let mut labels = vec![None; graph.nodes.len()];
    let flows = graph.flows();
    let rooms = rooms(graph, net, options, columns);
    for (column, items) in net.columns.iter().enumerate() {
        let room = rooms[column];
        let mut wishes: Vec<Wish> = Vec::new();
        for &item in items.iter().filter(|item| !net.is_lane(**item)) {
            let node = item as usize;
            let Some(size) = graph.nodes[node].label else { continue };
            let middle = tops[node] + heights[node] / 2.0;
            let money = flows[node];
            wishes.push(Wish {
                node,
                middle,
                height: size.height.max(1.0),
                half: heights[node] / 2.0,
                money: NodeFlow::worth(money),
            });
        }
        // Labels keep to the part of the picture that nodes have, but for half of a line above it, and for the foot, where
        // nothing else stands.
        let line = wishes.iter().map(|wish| wish.height).fold(f64::INFINITY, f64::min);
        let head = (options.margin_top - line / 2.0).clamp(0.0, options.margin_top);
        for wish in &mut wishes {
            wish.middle -= head;
        }
        for (mut wish, y0) in pack(wishes, options.height - head, options.label_shift) {
            wish.middle += head;
            let y0 = y0 + head;
            let size = graph.nodes[wish.node].label.expect("only nodes with labels were asked");
            let width = size.width.min(room.width);
            // Room for an ellipsis alone says nothing.
            if width < size.width.min(12.0) {
                continue;
            }
            let x0 = if room.is_right {
                columns[column] + options.node_width + options.label_gap
            } else {
                columns[column] - options.label_gap - width
            };
            labels[wish.node] =
                Some(LabelBox { x0, y0, x1: x0 + width, y1: y0 + wish.height, is_right: room.is_right });
        }
    }
    labels
}

#[derive(Clone, Copy, Debug)]
struct Wish {
    node: usize,
    middle: f64,
    height: f64,
    /// Half the node's height.
    half: f64,
    money: f64,
}

/// Chooses labels from the largest down and packs them, each as near to its node as the others allow and none further
/// off than `shift` (px).
fn pack(mut wishes: Vec<Wish>, height: f64, shift: f64) -> Vec<(Wish, f64)> {
    let is_near = |chosen: &[Wish], tops: &[f64]| {
        // What rounding leaves is no way.
        let most = |wish: &Wish| wish.half + shift + 1e-6;
        tops.iter().zip(chosen).all(|(y, wish)| (y + wish.height / 2.0 - wish.middle).abs() <= most(wish))
    };
    let tops_of = |chosen: &[Wish]| {
        let wished: Vec<(f64, f64)> = chosen.iter().map(|wish| (wish.middle, wish.height)).collect();
        stacked_labels(&wished, height)
    };
    wishes.sort_by(|a, b| a.middle.total_cmp(&b.middle).then(a.node.cmp(&b.node)));
    let tops = tops_of(&wishes);
    let used: f64 = wishes.iter().map(|wish| wish.height).sum();
    if used <= height && is_near(&wishes, &tops) {
        return wishes.into_iter().zip(tops).collect();
    }
    // Node numbers break ties, so that the same graph has the same labels.
    wishes.sort_by(|a, b| b.money.total_cmp(&a.money).then(a.node.cmp(&b.node)));
    let mut chosen: Vec<Wish> = Vec::new();
    let mut used = 0.0;
    for wish in wishes {
        if used + wish.height > height {
            break;
        }
        let place = chosen.partition_point(|other| (other.middle, other.node) < (wish.middle, wish.node));
        chosen.insert(place, wish);
        if is_near(&chosen, &tops_of(&chosen)) {
            used += wish.height;
        } else {
            chosen.remove(place);
        }
    }
    let tops = tops_of(&chosen);
    chosen.into_iter().zip(tops).collect()
}

/// Tops (px) of labels with these middles and heights, from above: without overlap, between nought and `height`, with the
/// least squares of distances from their middles.
pub fn stacked_labels(labels: &[(f64, f64)], height: f64) -> Vec<f64> {
    let mut above = Vec::with_capacity(labels.len());
    let mut y = 0.0;
    for (_, own) in labels {
        above.push(y);
        y += own;
    }
    let slack = (height - y).max(0.0);
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for ((middle, own), above) in labels.iter().zip(&above) {
        let mut block = (middle - own / 2.0 - above, 1.0, 1);
        while let Some(last) = blocks.last()
            && last.0 >= block.0
        {
            let weight = last.1 + block.1;
            block = ((last.0 * last.1 + block.0 * block.1) / weight, weight, last.2 + block.2);
            blocks.pop();
        }
        blocks.push(block);
    }
    let mut tops = Vec::with_capacity(labels.len());
    for (z, _, count) in blocks {
        for _ in 0..count {
            tops.push(above[tops.len()] + z.clamp(0.0, slack));
        }
    }
    tops
}
