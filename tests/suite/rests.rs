//! What is the rest of its layer stands at its foot, is an outline on the ground, and is said once.

use shadowpool::dimension::Dimension::{Service, Theme};
use shadowpool::figure::{FlowsFigure, Mark, MarkId, Scheme, Shape, flows_figure};
use shadowpool::flow::{FlowGraph, Focus, Remainder};
use shadowpool::place::Place;
use shadowpool::sankey::steps_for_ms;
use shadowpool::scene::{flow_graph, flows_input};

use crate::sample_data::{sample, samples};

const SIZES: [(f64, f64); 3] = [(900.0, 560.0), (1200.0, 640.0), (1860.0, 900.0)];

struct Drawn {
    graph: FlowGraph,
    drawn: FlowsFigure,
}

fn drawn(place: &Place, size: (f64, f64), scheme: Scheme) -> Drawn {
    let graph = flow_graph(place, size.1);
    let drawn = flows_figure(&flows_input(place, &graph, scheme, size, None, steps_for_ms(2)));
    Drawn { graph, drawn }
}

impl Drawn {
    /// The nodes of a layer from the top down.
    fn layer(&self, layer: usize) -> Vec<usize> {
        let mut nodes: Vec<usize> = self.graph.layer(layer).map(|(node, _)| node).collect();
        nodes.sort_by(|a, b| self.drawn.node_box(*a).y0.total_cmp(&self.drawn.node_box(*b).y0));
        nodes
    }

    fn mark(&self, node: usize) -> &Mark {
        let is_of = |mark: &&Mark| self.drawn.focus_of(mark.id) == Some(Focus::Node(node));
        self.drawn.figure.marks.iter().find(is_of).expect("every node is drawn")
    }

    fn has_words(&self, of: MarkId) -> bool {
        let is_word = |mark: &Mark| mark.target == Some(of) && matches!(mark.shape, Shape::Label(_));
        self.drawn.figure.marks.iter().any(is_word)
    }
}

/// Samples, and one whose services and themes leave the same money untold.
fn places() -> Vec<(String, Place)> {
    let mut places: Vec<(String, Place)> = samples().map(|(file, place)| (file.to_owned(), place)).collect();
    let mut twice = sample("west-cheshire.ron");
    let view = std::sync::Arc::make_mut(&mut twice.view);
    view.layers = vec![Theme, Service];
    places.push(("themes and services".to_owned(), twice));
    places
}

#[test]
fn rests_stand_at_the_foot_in_their_order() {
    let mut seen = 0;
    for (file, place) in places() {
        for size in SIZES {
            let drawn = drawn(&place, size, Scheme::Light);
            for layer in 0..drawn.graph.layers.len() {
                let nodes = drawn.layer(layer);
                let rests: Vec<Option<Remainder>> =
                    nodes.iter().map(|node| drawn.graph.nodes[*node].remainder()).collect();
                let names: Vec<&str> = nodes.iter().map(|node| &*drawn.graph.nodes[*node].name).collect();
                assert!(rests.is_sorted(), "{file} at {size:?}: {names:?}");
                seen += rests.iter().flatten().count();
            }
        }
    }
    assert!(seen > 20, "the samples have rests: {seen}");
}

#[test]
fn a_rest_is_a_dashed_outline_on_the_ground() {
    for scheme in [Scheme::Light, Scheme::Dark, Scheme::HighContrast] {
        let drawn = drawn(&sample("west-cheshire.ron"), SIZES[1], scheme);
        for (node, of) in drawn.graph.nodes.iter().enumerate() {
            let mark = drawn.mark(node);
            let is_dash = |other: &&Mark| {
                other.target == Some(mark.id)
                    && matches!(&other.shape, Shape::Line(points) if points.len() == 2)
            };
            let dashes = drawn.drawn.figure.marks.iter().filter(is_dash).count();
            if of.remainder().is_some() {
                assert_eq!(mark.paint.fill, scheme.ground(), "{}", of.name);
                assert!(mark.paint.hatch.is_none(), "{}", of.name);
                assert!(dashes >= 4, "{} has {dashes} dashes", of.name);
            } else {
                assert_ne!(mark.paint.fill, scheme.ground(), "{}", of.name);
                assert_eq!(dashes, 0, "{}", of.name);
            }
        }
    }
}

#[test]
fn the_same_rest_of_the_same_money_is_said_once() {
    let mut said_before = 0;
    for (file, place) in places() {
        let drawn = drawn(&place, SIZES[2], Scheme::Light);
        for node in 0..drawn.graph.nodes.len() {
            if drawn.graph.is_same_rest_as_before(node) {
                said_before += 1;
                let name = &drawn.graph.nodes[node].name;
                assert!(!drawn.has_words(drawn.mark(node).id), "{file}: {name} is said twice");
            }
        }
    }
    assert!(said_before > 0, "some sample has a rest that runs on whole");
}
