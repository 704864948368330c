//! What is traced: its share is said and filled at every node, adds up in every layer, and alone has colour.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shadowpool::dimension::Dimension::{self, Agency, Funder, Theme};
use shadowpool::figure::{Color, Figure, FlowsFigure, Mark, MarkId, Rect, Scheme, Shape, flows_figure};
use shadowpool::flow::{FlowEnds, FlowGraph, FlowSpec, Focus, FoldSpec, Member, aggregate, trace};
use shadowpool::ledger::{Filter, Ledger};
use shadowpool::money::{Money, in_column};
use shadowpool::place::Place;
use shadowpool::scene::{Traced, flow_graph, flows_input, traced_captions, traced_in, traced_picture_near};

use crate::sample_data::sample;
use crate::support_ledgers::{any_ledger, ledger, some_dimensions};

/// A picture of a place with something traced in it.
struct Lit {
    graph: FlowGraph,
    drawn: FlowsFigure,
    figure: Figure,
    focus: Focus,
}

const SIZE: (f64, f64) = (1200.0, 640.0);

fn lit(place: &Place, graph: FlowGraph, focus: Focus, scheme: Scheme) -> Lit {
    let input = flows_input(place, &graph, scheme, SIZE, None, 0);
    let drawn = flows_figure(&input);
    let figure = drawn.traced(&input, &trace(&graph, focus), Some(focus));
    Lit { graph, drawn, figure, focus }
}

fn of_ledger(ledger: Ledger, layers: &[Dimension]) -> (Place, FlowGraph) {
    let place = Place { ledger: ledger.into(), ..Place::default() };
    let fold = FoldSpec {
        most_nodes: usize::MAX,
        smallest_thousandths: 0,
        unfolded: [].into(),
        is_one_group: false,
    };
    let spec = FlowSpec { layers: layers.to_vec(), filter: Filter::default(), color_by: Theme, fold };
    let graph = aggregate(&place.ledger, &spec, FlowEnds::default());
    (place, graph)
}

/// A thing of the figure is told apart from grey by more than this of 255 between its channels.
const COLORED: u8 = 40;

fn is_colored(color: Color) -> bool {
    let channels = [color.r, color.g, color.b];
    channels.iter().max().unwrap() - channels.iter().min().unwrap() > COLORED
}

impl Lit {
    fn node(&self, name: &str) -> usize {
        self.graph.nodes.iter().position(|node| &*node.name == name).unwrap()
    }

    /// The mark of a node.
    fn id(&self, node: usize) -> MarkId {
        let is_of = |mark: &&Mark| self.drawn.focus_of(mark.id) == Some(Focus::Node(node));
        self.drawn.figure.marks.iter().find(is_of).unwrap().id
    }

    /// The words beside a node, from left to right, line by line.
    fn label(&self, node: usize) -> String {
        let id = self.id(node);
        let mut words: Vec<(i64, i64, String)> = self
            .figure
            .marks
            .iter()
            .filter(|mark| mark.target == Some(id))
            .filter_map(|mark| match &mark.shape {
                Shape::Label(text) => Some((text.at.y as i64, text.left() as i64, text.content.clone())),
                _ => None,
            })
            .collect();
        words.sort();
        words.into_iter().map(|(.., word)| word.trim().to_owned()).collect::<Vec<_>>().join(" ")
    }

    /// Nodes' bars by what they stand for: the filled parts, and outlines.
    fn bars(&self) -> BTreeMap<MarkId, Vec<&Mark>> {
        let mut bars: BTreeMap<MarkId, Vec<&Mark>> = BTreeMap::new();
        for mark in self.figure.marks.iter().filter(|mark| matches!(mark.shape, Shape::Bar(_))) {
            bars.entry(mark.target.unwrap_or(mark.id)).or_default().push(mark);
        }
        bars
    }
}

#[test]
fn a_lit_node_says_how_much_of_how_much_runs_through_it_and_is_filled_as_far() {
    let ledger = ledger(
        &[Funder, Agency, Theme],
        "Grant  Council  Early years  100.00
         Grant  Council  Ageing well  300.00
         Tax    Health   Ageing well  100.00",
    );
    let (place, graph) = of_ledger(ledger, &[Funder, Agency, Theme]);
    let focus = Focus::Node(graph.nodes.iter().position(|node| &*node.name == "Early years").unwrap());
    let lit = lit(&place, graph, focus, Scheme::Light);
    assert_eq!(lit.label(lit.node("Council")), "Council £100 of £400");
    assert_eq!(lit.label(lit.node("Grant")), "Grant £100 of £400");
    assert_eq!(lit.label(lit.node("Early years")), "Early years £100");
    assert_eq!(lit.label(lit.node("Health")), "Health £100");
    let height = |mark: &Mark| mark.shape.bounds().height();
    let council = lit.drawn.node_box(lit.node("Council"));
    let of_council = |mark: &&&Mark| (mark.shape.bounds().center().x - council.center().x).abs() < 1.0;
    let bars = lit.bars();
    let filled = bars
        .values()
        .flatten()
        .filter(of_council)
        .find(|mark| is_colored(mark.paint.fill) && mark.shape.bounds().intersect(council).area() > 0.0);
    assert!((height(filled.unwrap()) - council.height() / 4.0).abs() < 0.01, "a quarter of it is filled");
    let colored = lit.figure.marks.iter().filter(|mark| is_colored(mark.paint.fill));
    let colored: Vec<Rect> = colored.map(|mark| mark.shape.bounds()).collect();
    let health = lit.drawn.node_box(lit.node("Health"));
    assert!(colored.iter().all(|bounds| bounds.intersect(health).area() == 0.0), "what is not lit is grey");
}

#[test]
fn a_pin_is_seen_as_one_and_a_pointer_leaves_none() {
    let place = sample("west-cheshire.ron");
    let graph = flow_graph(&place, SIZE.1);
    let focus = Focus::Node(0);
    let input = flows_input(&place, &graph, Scheme::Light, SIZE, None, 0);
    let drawn = flows_figure(&input);
    let has_pin = |figure: &Figure| figure.mark(MarkId::of(&["pin", "head"])).is_some();
    let traced = trace(&graph, focus);
    assert!(has_pin(&drawn.traced(&input, &traced, Some(focus))));
    assert!(!has_pin(&drawn.traced(&input, &traced, None)));
}

#[test]
fn on_every_sample_only_what_is_lit_has_colour_and_every_lit_amount_is_whole() {
    for name in ["west-cheshire.ron", "tri-borough.ron", "greater-manchester.ron"] {
        let place = sample(name);
        for scheme in Scheme::ALL {
            let graph = flow_graph(&place, SIZE.1);
            for focus in [Focus::Node(0), Focus::Node(graph.nodes.len() / 2), Focus::Link(0)] {
                let traced = trace(&graph, focus);
                let lit = lit(&place, flow_graph(&place, SIZE.1), focus, scheme);
                for mark in &lit.figure.marks {
                    let of = mark.target.and_then(|target| lit.drawn.focus_of(target));
                    let is_lit = match of {
                        Some(Focus::Node(node)) => !traced.nodes[node].is_zero(),
                        Some(Focus::Link(link)) => traced.links[link].iter().any(|part| !part.is_zero()),
                        None => continue,
                    };
                    assert!(is_lit || !is_colored(mark.paint.fill), "{name}, {scheme:?}: {mark:?}");
                    if let Shape::Label(text) = &mark.shape {
                        assert!(!text.content.starts_with('£') || !text.content.ends_with('…'), "{text:?}");
                    }
                }
                for (node, amount) in traced.nodes.iter().enumerate() {
                    let label = lit.label(node);
                    if !amount.is_zero() && !label.is_empty() {
                        assert!(label.contains(&in_column(*amount)), "{name}: {label} says {amount}");
                    }
                }
                assert!(matches!(lit.focus, Focus::Node(_) | Focus::Link(_)));
            }
        }
    }
}

#[test]
fn lit_labels_do_not_cover_each_other() {
    for name in ["west-cheshire.ron", "tri-borough.ron", "greater-manchester.ron"] {
        let place = sample(name);
        for size in [(984.0, 560.0), (1232.0, 620.0), (1850.0, 950.0)] {
            let graph = flow_graph(&place, size.1);
            let input = flows_input(&place, &graph, Scheme::Light, size, None, 0);
            let drawn = flows_figure(&input);
            for node in (0..graph.nodes.len()).step_by(5) {
                let figure = drawn.traced(&input, &trace(&graph, Focus::Node(node)), None);
                let of_node = |mark: &&Mark| mark.target.and_then(|id| drawn.focus_of(id)).is_some();
                let labels: Vec<(&Mark, Rect)> = figure
                    .marks
                    .iter()
                    .filter(|mark| matches!(mark.shape, Shape::Label(_)))
                    .filter(of_node)
                    .map(|mark| (mark, mark.shape.bounds()))
                    .collect();
                for (index, (mark, bounds)) in labels.iter().enumerate() {
                    assert!(bounds.x0 >= -1.0 && bounds.x1 <= size.0 + 1.0, "{name} {size:?}: {mark:?}");
                    for (other, others) in &labels[..index] {
                        // Letters of one line stand clear of the next by a hair.
                        let covered = bounds.inset(-2.5).intersect(others.inset(-2.5));
                        let is_apart = covered.area() <= 0.0 || mark.target == other.target;
                        assert!(is_apart, "{name} {size:?} {node}: {:?} {:?}", mark.shape, other.shape);
                    }
                }
            }
        }
    }
}

#[test]
fn the_sentence_says_whose_the_most_of_it_is() {
    let place = sample("west-cheshire.ron");
    let said = |names: &[(Dimension, &str)]| {
        let names: Vec<_> = names.iter().map(|(dimension, name)| (*dimension, (*name).to_owned())).collect();
        traced_in(&place, 640.0, &names).unwrap().sentence(&place)
    };
    let theme = said(&[(Theme, "Starting Well")]);
    assert!(theme.starts_with("Starting Well: £501m from 10 agencies, more than half from "), "{theme}");
    let agency = said(&[(Agency, "HM Revenue and Customs")]);
    assert!(agency.contains(" on 2 themes, more than three quarters on Starting Well."), "{agency}");
    let funder = said(&[(Funder, "Council tax")]);
    assert!(funder.contains("£192m") && funder.contains("through "), "{funder}");
}

#[test]
fn what_is_named_and_not_drawn_is_said() {
    let place = sample("west-cheshire.ron");
    let wrong = |names: &[(Dimension, &str)]| {
        let names: Vec<_> = names.iter().map(|(dimension, name)| (*dimension, (*name).to_owned())).collect();
        traced_picture_near(&place, Scheme::Light, SIZE, &names, |_| None).unwrap_err()
    };
    assert!(wrong(&[(Theme, "Starting Wel")]).contains("did you mean \"Starting Well\"?"));
    assert!(
        wrong(&[(Dimension::Area, "North")]).contains("no layer area; it has funder, agency, theme, service")
    );
    let apart = wrong(&[(Funder, "Council tax"), (Theme, "Starting Well")]);
    assert!(apart.contains("layers beside each other"), "{apart}");
}

#[test]
fn the_small_print_of_a_pinned_picture_is_of_what_is_pinned() {
    let place = sample("west-cheshire.ron");
    let traced: Traced = traced_in(&place, 640.0, &[(Theme, "Starting Well".to_owned())]).unwrap();
    let (_, notes) = traced_captions(&place, &traced);
    let lit = notes.iter().find(|note| note.starts_with("Lit £501,")).unwrap();
    assert!(lit.contains("In all £3,000,000,000.00"), "{notes:?}");
    assert!(notes.last().unwrap().starts_with("Sources: "));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn traced_shares_of_a_layer_add_up_to_what_is_traced(
        ledger in any_ledger(30),
        layers in some_dimensions(2, 4),
        pick in 0_usize..100,
    ) {
        let (place, graph) = of_ledger(ledger, &layers);
        if graph.nodes.is_empty() || graph.links.is_empty() {
            return Ok(());
        }
        let node = Focus::Node(pick % graph.nodes.len());
        for focus in [node, Focus::Link(pick % graph.links.len())] {
            let traced = trace(&graph, focus);
            for layer in 0..layers.len() {
                let sum: Money = graph.layer(layer).map(|(node, _)| traced.nodes[node]).sum();
                prop_assert_eq!(sum, traced.total);
            }
            let (place, graph) = (place.clone(), of_ledger((*place.ledger).clone(), &layers).1);
            let lit = lit(&place, graph, focus, Scheme::Light);
            // As much of a node is filled as runs through it; where credits meet, no more than all of it.
            for (index, node) in lit.graph.nodes.iter().enumerate() {
                let bar = lit.drawn.node_box(index);
                let amounts = (traced.nodes[index], node.amount);
                let only = matches!(node.member, Member::Name(_)) && amounts.0.is_positive() && amounts.0 < amounts.1;
                if !only || bar.height() < 4.0 {
                    continue;
                }
                let id = lit.id(index);
                let heights: Vec<f64> = lit.bars()[&id].iter().map(|mark| mark.shape.bounds().height()).collect();
                prop_assert_eq!(heights.len(), 2, "an outline, and what is filled");
                let share = amounts.0.units() as f64 / amounts.1.units() as f64;
                prop_assert!((heights[1] - (bar.height() * share).max(1.5)).abs() < 0.01);
            }
        }
    }
}
