//! Is the way that money goes up and down the least there is for its order?
//!
//! The travel is an L♮-convex function of the places (Murota 2003): where no set of items gains by moving a
//! little up or down together, no other placing is better. On small graphs every set can be tried.

use proptest::prelude::*;
use shadowpool::sankey::{Graph, LayoutOptions, Link, Node, SankeyLayout, layout};

/// A node or the lane of a long link through a column.
struct Item {
    column: usize,
    top: f64,
    height: f64,
    is_node: bool,
}

/// From one item to another, with the middle of the link below either top.
struct Segment {
    from: (usize, f64),
    to: (usize, f64),
    width: f64,
}

fn parts(graph: &Graph, drawn: &SankeyLayout) -> (Vec<Item>, Vec<Segment>) {
    let mut items: Vec<Item> = graph
        .nodes
        .iter()
        .zip(&drawn.nodes)
        .map(|(node, place)| Item {
            column: node.layer,
            top: place.y0,
            height: place.y1 - place.y0,
            is_node: true,
        })
        .collect();
    let mut segments = Vec::new();
    for (link, ribbon) in graph.links.iter().zip(&drawn.links) {
        let mut from = (link.source, ribbon.y0 - items[link.source].top);
        for (step, point) in ribbon.waypoints.iter().step_by(2).enumerate() {
            let lane = items.len();
            items.push(Item {
                column: graph.nodes[link.source].layer + 1 + step,
                top: point.1 - ribbon.width / 2.0,
                height: ribbon.width,
                is_node: false,
            });
            segments.push(Segment { from, to: (lane, ribbon.width / 2.0), width: ribbon.width });
            from = (lane, ribbon.width / 2.0);
        }
        let to = (link.target, ribbon.y1 - items[link.target].top);
        segments.push(Segment { from, to, width: ribbon.width });
    }
    (items, segments)
}

/// The least distance between two neighbours of a column (px).
fn least_gap(options: &LayoutOptions, gap: f64, above: &Item, below: &Item) -> f64 {
    let unseen = |item: &Item| if item.is_node { (1.0 - item.height).max(0.0) / 2.0 } else { 0.0 };
    let gap = if above.is_node && below.is_node { gap } else { gap * options.lane_gap_share };
    gap.max(unseen(above) + unseen(below))
}

/// The most that moving any set of items by `step` px would save, as a share of the travel.
fn best_gain(options: &LayoutOptions, gap: f64, items: &[Item], segments: &[Segment], step: f64) -> f64 {
    let travel = |shift: &dyn Fn(usize) -> f64| -> f64 {
        let y = |(item, port): (usize, f64)| items[item].top + port + shift(item);
        segments.iter().map(|s| s.width * (y(s.from) - y(s.to)).abs()).sum()
    };
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); 4];
    for (index, item) in items.iter().enumerate() {
        columns[item.column].push(index);
    }
    for column in &mut columns {
        column.sort_by(|a, b| items[*a].top.total_cmp(&items[*b].top));
    }
    let now = travel(&|_| 0.0);
    let mut best = 0.0_f64;
    for set in 1_u32..1 << items.len() {
        for way in [step, -step] {
            let shift = |item: usize| if set >> item & 1 == 1 { way } else { 0.0 };
            let top = |item: usize| items[item].top + shift(item);
            let is_inside =
                |item: usize| top(item) >= -1e-6 && top(item) + items[item].height <= options.height + 1e-6;
            let has_room = |pair: &[usize]| {
                let (above, below) = (&items[pair[0]], &items[pair[1]]);
                let free = top(pair[1]) - top(pair[0]) - above.height;
                free >= least_gap(options, gap, above, below) - 1e-6
            };
            if (0..items.len()).all(is_inside) && columns.iter().all(|c| c.windows(2).all(has_room)) {
                best = best.max(now - travel(&shift));
            }
        }
    }
    best / now.max(1.0)
}

fn small_graph() -> impl Strategy<Value = Graph> {
    (4..8_usize, proptest::collection::vec((0..8_usize, 0..8_usize, 1.0..1_000.0_f64), 3..12)).prop_map(
        |(count, wishes)| {
            let nodes: Vec<Node> =
                (0..count).map(|n| Node { key: n as u64, layer: n % 4, ..Node::default() }).collect();
            let mut links: Vec<Link> = Vec::new();
            for (a, b, value) in wishes {
                let (source, target) = (a % count, b % count);
                let is_there = links.iter().any(|link| (link.source, link.target) == (source, target));
                if nodes[source].layer < nodes[target].layer && !is_there {
                    links.push(Link { source, target, value, key: links.len() as u64 });
                }
            }
            Graph { nodes, links }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_set_of_items_gains_by_moving(graph in small_graph()) {
        let options = LayoutOptions::default();
        let drawn = layout(&graph, &options);
        let (items, segments) = parts(&graph, &drawn);
        prop_assume!(items.len() <= 14);
        for step in [0.01, 3.0] {
            let gain = best_gain(&options, drawn.gap, &items, &segments, step);
            prop_assert!(gain < 1e-6, "{gain} of the travel could be saved by moving {step} px");
        }
    }
}

#[test]
fn a_worse_place_is_noticed() {
    let nodes = (0..4).map(|n| Node { key: n as u64, layer: n, ..Node::default() }).collect();
    let links = (0..3).map(|n| Link { source: n, target: n + 1, value: 5.0 - n as f64, key: n as u64 });
    let graph = Graph { nodes, links: links.collect() };
    let options = LayoutOptions { scale: Some(20.0), ..LayoutOptions::default() };
    let drawn = layout(&graph, &options);
    let (mut items, segments) = parts(&graph, &drawn);
    assert!(best_gain(&options, drawn.gap, &items, &segments, 1.0) < 1e-6);
    items[1].top += if items[1].top > 300.0 { -40.0 } else { 40.0 };
    assert!(best_gain(&options, drawn.gap, &items, &segments, 1.0) > 0.001);
}
