//! Labels of flows belong to their nodes: on every sample, at every size, and on random places each stands nearest to its
//! own node or has a line that leads there, none covers another or a node, and no amount is left out or cut.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use shadowpool::figure::{Figure, FlowsFigure, FlowsInput, MarkId, Point, Rect, Scheme, Shape, Text};
use shadowpool::flow::{FlowGraph, Focus, Trace, trace};
use shadowpool::ledger::Filter;
use shadowpool::money::{Money, in_column};
use shadowpool::place::{Command, Place};
use shadowpool::sankey::steps_for_ms;
use shadowpool::scene::{Flows, has_pool_scope};

use crate::sample_data::samples;
use crate::support_ledgers::{any_ledger, some_dimensions};

/// What figures of files and of the window have at 640×400, 1024×768, 1280×720, 1280×800, 1920×1080 and 3840×2160 in
/// their own pixels, which are larger from 1280×720 on.
pub(crate) const SIZES: [(f64, f64); 6] =
    [(592.0, 290.0), (976.0, 620.0), (1232.0, 580.0), (1232.0, 660.0), (1240.0, 600.0), (1264.0, 640.0)];
/// From a node to its label, px; of a lens in its unit.
const GAP: f64 = 16.0;
/// A label is moved off its node by no more than so many lines.
const MOST_MOVED: f64 = 1.5;
const LINE: f64 = 18.0 / 14.0;

/// The words beside one node.
struct Label<'a> {
    node: usize,
    texts: Vec<&'a Text>,
}

/// What is seen of words.
fn seen(text: &Text) -> Rect {
    let left = text.left();
    Rect::new(left, text.at.y - text.size_px * 0.74, left + text.width(), text.at.y + text.size_px * 0.14)
}

impl Label<'_> {
    fn bounds(&self) -> Rect {
        self.texts.iter().map(|text| seen(text)).reduce(|all, one| all.union(one)).unwrap()
    }

    /// The middle of its lines: capitals are centred on theirs.
    fn middle(&self) -> f64 {
        let centre =
            |text: &&Text| text.at.y - shadowpool::figure::cap_height(text.weight) * text.size_px / 2.0;
        let (top, bottom) = self
            .texts
            .iter()
            .map(centre)
            .fold((f64::MAX, f64::MIN), |(top, bottom), y| (top.min(y), bottom.max(y)));
        f64::midpoint(top, bottom)
    }

    fn leader(&self) -> &[Point] {
        self.texts.iter().map(|text| text.leader.as_slice()).find(|leader| !leader.is_empty()).unwrap_or(&[])
    }

    fn said(&self) -> String {
        self.texts.iter().map(|text| text.content.as_str()).collect::<Vec<_>>().join(" ")
    }
}

fn labels<'a>(figure: &'a Figure, drawn: &FlowsFigure) -> Vec<Label<'a>> {
    let mut labels: BTreeMap<usize, Vec<&Text>> = BTreeMap::new();
    for mark in &figure.marks {
        let target = mark.target.and_then(|target| drawn.focus_of(target));
        let Some(Focus::Node(node)) = target else { continue };
        // A pool's name and amount under a lens stand above it.
        match &mark.shape {
            Shape::Label(text) if text.at.y > 60.0 || drawn.lens().is_none() => {
                labels.entry(node).or_default().push(text);
            }
            _ => {}
        }
    }
    labels.into_iter().map(|(node, texts)| Label { node, texts }).collect()
}

/// How far a height is from a node.
fn off(bar: Rect, y: f64) -> f64 {
    (bar.y0 - y).max(y - bar.y1).max(0.0)
}

/// All that must hold of the labels of a figure; how many nodes have none.
pub(crate) fn check(figure: &Figure, drawn: &FlowsFigure, graph: &FlowGraph, what: &str) -> usize {
    let labels = labels(figure, drawn);
    let picture = Rect::new(-0.5, -0.5, figure.width + 0.5, figure.height + 0.5);
    for (index, label) in labels.iter().enumerate() {
        let (own, y, bounds) = (drawn.node_box(label.node), label.middle(), label.bounds());
        let layer = graph.nodes[label.node].layer;
        let said = label.said();
        // Beside its own node, or with a line that leads from there to it.
        let is_beside = off(own, y) <= 1.0;
        let nearest = graph.layer(layer).map(|(node, _)| (off(drawn.node_box(node), y), node));
        let nearest = nearest.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
        let leader = label.leader();
        assert!(
            nearest.0 + 1.0 >= off(own, y) || !leader.is_empty(),
            "{what}: {said:?} is nearer to {:?} than to its own",
            graph.nodes[nearest.1].name
        );
        assert_eq!(
            is_beside,
            leader.is_empty(),
            "{what}: {said:?} at {y} has a line where it is off {own:?}"
        );
        if let [from, .., to] = leader {
            let is_right = bounds.x0 > own.x1;
            let (edge, near) = if is_right { (own.x1, bounds.x0) } else { (own.x0, bounds.x1) };
            assert!((from.x - edge).abs() < 0.01 && off(own, from.y) < 0.6, "{what}: {said:?} {from:?}");
            assert!((to.x - near).abs() < 3.0 && (to.y - y).abs() < 0.6, "{what}: {said:?} {to:?} {y}");
            assert_eq!(leader.len(), 4, "level, aslant, level");
        }
        let px = label.texts.iter().map(|text| text.size_px).fold(0.0, f64::max);
        assert!(off(own, y) <= MOST_MOVED * LINE * px + 0.6, "{what}: {said:?} is {} px off", off(own, y));
        if drawn.lens().is_none() {
            let gap = (bounds.x0 - own.x1).max(own.x0 - bounds.x1);
            assert!((gap - GAP).abs() < 0.5, "{what}: {said:?} stands {gap} px off");
        }
        // Within the picture, on no node and on no other label.
        assert!(
            picture.contains(bounds.origin()) && picture.contains(Point::new(bounds.x1, bounds.y1)),
            "{what}: {said:?} leaves the picture: {bounds:?}"
        );
        for node in 0..graph.nodes.len() {
            let covered = drawn.node_box(node).inflate(0.0, 0.5).intersect(bounds);
            assert!(covered.width() <= 0.0 || covered.height() <= 0.0, "{what}: {said:?} lies on a node");
        }
        for other in &labels[..index] {
            let shared = bounds.intersect(other.bounds());
            assert!(
                shared.width() <= 0.0 || shared.height() <= 0.0,
                "{what}: {said:?} covers {:?}",
                other.said()
            );
        }
        // No amount is cut, and nothing that is cut is less than a word.
        for text in &label.texts {
            let is_number = text.content.starts_with(['£', '\u{2212}', '+']);
            assert!(!is_number || !text.content.ends_with('…'), "{what}: {said:?}");
            // Nothing is cut within a word, unless that word alone is longer than its line.
            if let Some(cut) = text.content.strip_suffix('…') {
                let name = graph.nodes[label.node].name.to_lowercase();
                let cut = cut.trim_start_matches('…').to_lowercase();
                let ends = name.match_indices(&cut).map(|(at, _)| &name[at + cut.len()..]);
                let mut ends = ends.peekable();
                let is_at_word =
                    ends.peek().is_none() || ends.any(|rest| !rest.starts_with(char::is_alphanumeric));
                assert!(is_at_word || !cut.contains(' '), "{what}: {said:?} of {name:?}");
            }
        }
    }
    // What is a rest before as well is said there.
    let is_labelled = |node: &usize| labels.iter().any(|label| label.node == *node);
    let without = (0..graph.nodes.len()).filter(|node| !graph.is_same_rest_as_before(*node));
    without.filter(|node| !is_labelled(node)).count()
}

/// Every label says how much its node has, and while something is traced how much of it that is.
fn check_amounts(figure: &Figure, drawn: &FlowsFigure, graph: &FlowGraph, trace: Option<&Trace>, what: &str) {
    for label in labels(figure, drawn) {
        let traced = trace.map(|trace| trace.nodes[label.node]).filter(|traced| !traced.is_zero());
        let amount: Money = traced.unwrap_or(graph.nodes[label.node].amount);
        let said = in_column(amount);
        assert!(
            label.texts.iter().any(|text| text.content == said),
            "{what}: {:?} says {said}",
            label.said()
        );
    }
}

fn drawn(place: &Place, flows: &Flows, size: (f64, f64)) -> FlowsFigure {
    flows.draw(&flows.input(place, Scheme::Light, size, None, steps_for_ms(1)))
}

/// The samples as they are, and with each of their scenarios under the lens and not.
pub(crate) fn places() -> Vec<(String, Place)> {
    let mut places = Vec::new();
    for (name, mut place) in samples() {
        let scenarios: Vec<String> = place.scenarios.iter().map(|scenario| scenario.name.clone()).collect();
        places.push((name.to_owned(), place.clone()));
        for scenario in scenarios {
            Command::ShowScenario(Some(scenario.clone())).apply(&mut place).unwrap();
            let modelled = place.modelled(&scenario).unwrap().0;
            if has_pool_scope(&modelled) {
                let mut whole = modelled.clone();
                Arc::make_mut(&mut whole.view).pool_scope = Some(shadowpool::place::PoolScope::WholePlace);
                places.push((format!("{name}, {scenario}, whole"), whole));
            }
            places.push((format!("{name}, {scenario}"), modelled));
        }
    }
    places
}

#[test]
fn every_label_of_the_samples_belongs_to_its_node_and_says_its_amount() {
    for (name, place) in places() {
        for size in SIZES {
            let flows = Flows::of(&place, size.1);
            let drawn = drawn(&place, &flows, size);
            let what = format!("{name} at {size:?}");
            let missing = check(&drawn.figure, &drawn, &flows.graph, &what);
            // The pool's own under a lens stands above it.
            let above = usize::from(drawn.lens().is_some());
            assert!(missing <= above, "{what}: {missing} nodes have no label");
            check_amounts(&drawn.figure, &drawn, &flows.graph, None, &what);
        }
    }
}

#[test]
fn every_label_of_what_is_traced_belongs_to_its_node_and_says_its_share() {
    for (name, place) in places() {
        for size in [SIZES[0], SIZES[1], SIZES[2]] {
            let flows = Flows::of(&place, size.1);
            let drawn = drawn(&place, &flows, size);
            let input = flows.input(&place, Scheme::Light, size, None, 0);
            let nodes = (0..flows.graph.nodes.len()).step_by(5).map(Focus::Node);
            let links = (0..flows.graph.links.len()).step_by(29).map(Focus::Link);
            for focus in nodes.chain(links) {
                let traced = trace(&flows.graph, focus);
                let figure = drawn.traced(&input, &traced, Some(focus));
                let what = format!("{name} at {size:?} with {focus:?}");
                let missing = check(&figure, &drawn, &flows.graph, &what);
                let above = usize::from(drawn.lens().is_some());
                assert!(missing <= above, "{what}: {missing} nodes have no label");
                check_amounts(&figure, &drawn, &flows.graph, Some(&traced), &what);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn labels_of_any_place_belong_to_their_nodes(
        ledger in any_ledger(60),
        layers in some_dimensions(2, 5),
        size in 0_usize..6,
        pick in 0_usize..100,
    ) {
        let mut place = Place { ledger: ledger.into(), ..Place::default() };
        let view = Arc::make_mut(&mut place.view);
        view.layers = layers;
        view.filter = Filter::default();
        let size = SIZES[size];
        let flows = Flows::of(&place, size.1);
        if flows.graph.nodes.is_empty() {
            return Ok(());
        }
        let drawn = drawn(&place, &flows, size);
        check(&drawn.figure, &drawn, &flows.graph, "at rest");
        check_amounts(&drawn.figure, &drawn, &flows.graph, None, "at rest");
        let traced = trace(&flows.graph, Focus::Node(pick % flows.graph.nodes.len()));
        let input: FlowsInput<'_> = flows.input(&place, Scheme::Light, size, None, 0);
        let figure = drawn.traced(&input, &traced, None);
        check(&figure, &drawn, &flows.graph, "traced");
        check_amounts(&figure, &drawn, &flows.graph, Some(&traced), "traced");
    }
}

#[test]
fn a_judge_of_labels_sees_one_that_stands_by_another_node() {
    let (_, place) = samples().last().unwrap();
    let flows = Flows::of(&place, SIZES[1].1);
    let drawn = drawn(&place, &flows, SIZES[1]);
    let mut moved = drawn.figure.clone();
    let last = moved.marks.iter().rposition(|mark| {
        let is_node = matches!(mark.target.and_then(|target| drawn.focus_of(target)), Some(Focus::Node(_)));
        is_node && matches!(mark.shape, Shape::Label(_))
    });
    let target: MarkId = moved.marks[last.unwrap()].target.unwrap();
    for mark in moved.marks.iter_mut().filter(|mark| mark.target == Some(target)) {
        if let Shape::Label(text) = &mut mark.shape {
            text.at.y -= 40.0;
        }
    }
    let judged = std::panic::catch_unwind(|| check(&moved, &drawn, &flows.graph, "moved"));
    assert!(judged.is_err());
}
