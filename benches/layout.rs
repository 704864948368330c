//! How long a layout takes: a first picture, and one near an earlier layout, as after a drag or a filter.

use divan::{Bencher, black_box};
use shadowpool::sankey::{
    Graph, LabelSize, LayoutOptions, Link, Node, first_picture_steps, layout, relayout,
};

fn main() {
    divan::main();
}

const LINKS: [usize; 3] = [800, 2_800, 10_000];

#[divan::bench(args = LINKS)]
fn cold(bencher: Bencher, links: usize) {
    let graph = graph(links);
    let options = options(&graph);
    bencher.bench_local(|| layout(black_box(&graph), &options));
}

#[divan::bench(args = LINKS)]
fn warm(bencher: Bencher, links: usize) {
    let graph = graph(links);
    let options = options(&graph);
    let previous = layout(&graph, &options).previous(&graph);
    let mut changed = graph.clone();
    for (index, link) in changed.links.iter_mut().enumerate() {
        link.value *= 0.8 + 0.45 * ((index * 37 % 100) as f64 / 100.0);
    }
    bencher.bench_local(|| relayout(black_box(&changed), &options, &previous));
}

fn options(graph: &Graph) -> LayoutOptions {
    LayoutOptions { budget_steps: first_picture_steps(graph), ..LayoutOptions::default() }
}

/// Five layers as public spending has them: few funders, many agencies, few themes, many services.
fn graph(links: usize) -> Graph {
    let unit = links / 40;
    let sizes = [unit / 2, 2 * unit, unit, 3 * unit / 2, 3 * unit];
    let mut state = 7_u64;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let label = Some(LabelSize { width: 80.0, height: 14.0 });
    let mut graph = Graph::default();
    let mut firsts = Vec::new();
    for (layer, size) in sizes.into_iter().enumerate() {
        firsts.push(graph.nodes.len());
        for _ in 0..size {
            graph.nodes.push(Node { key: graph.nodes.len() as u64, layer, label, ..Node::default() });
        }
    }
    for index in 0..links {
        let layer = next(4);
        let target_layer = if next(30) == 0 { (layer + 2).min(4) } else { layer + 1 };
        let value = (1 + next(1_000)) as f64 * (1 + next(1_000)) as f64 * (1 + next(100)) as f64;
        graph.links.push(Link {
            source: firsts[layer] + next(sizes[layer]),
            target: firsts[target_layer] + next(sizes[target_layer]),
            value,
            key: index as u64,
        });
    }
    graph
}
